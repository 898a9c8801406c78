//! The mutations of interventions.
use domain::classification::{Goal, Sector};
use domain::deliberation::Deliberation;
use domain::effective::Effective;
use domain::ids::{
    ActorId, DeliberationId, InterventionId, ParticipationId, ProgrammeId, TerritorialPlanId,
};
use domain::intervention::{Command, Intervention, Recurrence, Role};
use domain::population::PopulationGroup;
use domain::territorial_plan::TerritorialPlan;
use domain::territory::TerritoryId;
use domain::text::{Note, Title};

use super::commands;
use super::inputs::{OriginInput, Words};
use crate::app::Request;
use crate::graphql::enums::Choice;
use crate::graphql::scalars::Given;
use crate::graphql::values::MoneyInput;
use crate::graphql::view::Seen;

commands! {
    |desk, id| Intervention(InterventionId) as intervention: Seen<projections::interventions::Intervention>,
    InterventionMutation, InterventionPayload;

    /// Something should be done on the ground.
    intervention_propose: InterventionProposeInput => Propose {
        /// Its title.
        title: Words<Title>,
        /// What it is about.
        summary: Option<Words<Note>>,
        /// Where.
        territories: Vec<Given<TerritoryId>>,
        /// Within which programme.
        programme: Option<Given<ProgrammeId>>,
        /// For whom: categories, never persons.
        groups: Vec<Choice<PopulationGroup>>,
        /// What it costs; left out where it is not declared.
        budget: Option<MoneyInput>,
    };

    /// What it grew out of.
    intervention_link_origin: InterventionLinkOriginInput => LinkOrigin of intervention {
        /// What.
        origin: OriginInput,
        /// When that was.
        on: Given<Effective>,
    } on on;

    /// An actor makes it its own.
    intervention_adopt: InterventionAdoptInput => Adopt of intervention {
        /// By which act of a council, where it is in the ledger: an adopted one.
        deliberation: Option<Given<DeliberationId>>,
        /// When.
        on: Given<Effective>,
    } on on with { by: desk.actor } by |command| adopted(id, command, deliberation);

    /// An actor takes part from a date on.
    intervention_add_participant: InterventionAddParticipantInput => AddParticipant of intervention {
        /// Who.
        actor: Given<ActorId>,
        /// In which way.
        role: Choice<Role>,
        /// From when.
        from: Given<Effective>,
        /// In words.
        note: Option<Words<Note>>,
    } adds participation: ParticipationId on from;

    /// An actor takes part no more, in this way.
    intervention_end_participation: InterventionEndParticipationInput =>
    EndParticipation of intervention {
        /// Which participation.
        participation: Given<ParticipationId>,
        /// Until when.
        to: Given<Effective>,
        /// Why.
        reason: Option<Words<Note>>,
    } on to;

    /// A phase of the works begins.
    intervention_start_phase: InterventionStartPhaseInput => StartPhase of intervention {
        /// Its number, from 1.
        phase: u16,
        /// In short.
        title: Option<Words<Title>>,
        /// When.
        on: Given<Effective>,
    } on on;

    /// A phase of the works ends.
    intervention_complete_phase: InterventionCompletePhaseInput => CompletePhase of intervention {
        /// Its number.
        phase: u16,
        /// When.
        on: Given<Effective>,
    } on on;

    /// It stands in a territorial plan.
    intervention_integrate_in_plan: InterventionIntegrateInPlanInput =>
    IntegrateInPlan of intervention {
        /// Which plan, where it is in the ledger.
        plan: Option<Given<TerritorialPlanId>>,
        /// The plan's title.
        title: Words<Title>,
        /// When.
        on: Given<Effective>,
    } on on by |command| integrated(id, command, plan);

    /// The works are done.
    intervention_complete: InterventionCompleteInput => Complete of intervention {
        /// When.
        on: Given<Effective>,
    } on on;

    /// It serves people from now on.
    intervention_commission: InterventionCommissionInput => Commission of intervention {
        /// When.
        on: Given<Effective>,
    } on on;

    /// Something comes back in it: a tournament, a fair.
    intervention_record_recurring_event: InterventionRecordRecurringEventInput =>
    RecordRecurringEvent of intervention {
        /// In short.
        title: Words<Title>,
        /// How often.
        recurrence: Choice<Recurrence>,
        /// When.
        on: Given<Effective>,
    } on on;

    /// It rests for a time.
    intervention_suspend: InterventionSuspendInput => Suspend of intervention {
        /// When.
        on: Given<Effective>,
        /// Why.
        reason: Words<Note>,
    } on on;

    /// It goes on.
    intervention_resume: InterventionResumeInput => Resume of intervention {
        /// When.
        on: Given<Effective>,
    } on on;

    /// It will not be done.
    intervention_abandon: InterventionAbandonInput => Abandon of intervention {
        /// When.
        on: Given<Effective>,
        /// Why.
        reason: Words<Note>,
    } on on;

    /// It is over.
    intervention_close: InterventionCloseInput => Close of intervention {
        /// When.
        on: Given<Effective>,
    } on on;

    /// What it is about; what was said before holds no more.
    intervention_classify: InterventionClassifyInput => Classify of intervention {
        /// Its sectors, at least one.
        sectors: Vec<Given<Sector>>,
        /// The goals that it serves, or their targets.
        #[graphql(default)]
        goals: Vec<Given<Goal>>,
    };
}

/// An adoption, which rests on an act that is adopted itself.
fn adopted(
    id: InterventionId,
    command: Command,
    act: Option<DeliberationId>,
) -> impl FnOnce(Request) -> Request + Send {
    move |request| {
        let request = match act {
            Some(act) => request.requiring(act, Deliberation::must_be_adopted),
            None => request,
        };
        request.step::<Intervention>(id, command)
    }
}

/// A place in a plan, which must be one that counts.
fn integrated(
    id: InterventionId,
    command: Command,
    plan: Option<TerritorialPlanId>,
) -> impl FnOnce(Request) -> Request + Send {
    move |request| {
        let request = match plan {
            Some(plan) => request.requiring(plan, TerritorialPlan::must_count),
            None => request,
        };
        request.step::<Intervention>(id, command)
    }
}
