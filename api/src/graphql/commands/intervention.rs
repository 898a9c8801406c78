//! The mutations of interventions.
use domain::classification::{Goal, Sector};
use domain::effective::Effective;
use domain::ids::{
    ActorId, CorrectionId, DeliberationId, InterventionId, ParticipationId, ProgrammeId,
    TerritorialPlanId,
};
use domain::intervention::{Command, Intervention, Part, Recurrence, Role};
use domain::population::PopulationGroup;
use domain::recorded::Position;
use domain::territorial_plan::TerritorialPlan;
use domain::territory::TerritoryId;
use domain::text::{Note, Title};
use projections::interventions::Stage;

use super::commands;
use super::deliberation::resting_on;
use super::desk::Desk;
use super::figures::InterventionFigureInput;
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
    } on on with { by: desk.actor } by |command| resting_on::<Intervention>(id, command, deliberation);

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

    /// It was written down wrongly; what is left out stays as it was.
    intervention_correct: InterventionCorrectInput => Correct of intervention {
        /// Its title.
        title: Option<Words<Title>>,
        /// What it is about.
        summary: Option<Words<Note>>,
        /// Where.
        territories: Option<Vec<Given<TerritoryId>>>,
        /// Within which programme.
        programme: Option<Given<ProgrammeId>>,
        /// For whom: categories, never persons.
        groups: Option<Vec<Choice<PopulationGroup>>>,
        /// Why.
        reason: Words<Note>,
    } corrects { proposed(desk, id) };

    /// A participation was written down wrongly; what is left out stays as it was.
    intervention_correct_participation: InterventionCorrectParticipationInput =>
    CorrectParticipation of intervention {
        /// Which participation.
        participation: Given<ParticipationId>,
        /// In which way.
        role: Option<Choice<Role>>,
        /// From when.
        from: Option<Given<Effective>>,
        /// Until when, where it ended.
        to: Option<Given<Effective>>,
        /// In words.
        note: Option<Words<Note>>,
        /// Why.
        reason: Words<Note>,
    } corrects { joined(desk, id, participation) };

    /// A participation was recorded by mistake: it counts nowhere, and stays visible.
    intervention_annul_participation: InterventionAnnulParticipationInput =>
    AnnulParticipation of intervention {
        /// Which participation.
        participation: Given<ParticipationId>,
        /// Why.
        reason: Words<Note>,
    } corrects { joined(desk, id, participation) };

    /// A phase was written down wrongly; what is left out stays as it was.
    intervention_correct_phase: InterventionCorrectPhaseInput => CorrectPhase of intervention {
        /// Its number.
        phase: u16,
        /// In short.
        title: Option<Words<Title>>,
        /// When it began.
        started: Option<Given<Effective>>,
        /// When it ended, where it did.
        completed: Option<Given<Effective>>,
        /// Why.
        reason: Words<Note>,
    } corrects { begun(desk, id, phase) };

    /// The dates of steps were written down wrongly; what is left out stays as it was.
    intervention_correct_dates: InterventionCorrectDatesInput => CorrectDates of intervention {
        /// When it was adopted.
        adopted: Option<Given<Effective>>,
        /// When the works were done.
        completed: Option<Given<Effective>>,
        /// Since when it serves people.
        commissioned: Option<Given<Effective>>,
        /// Why.
        reason: Words<Note>,
    } corrects { taken(desk, id, adopted.is_some(), completed.is_some()) };

    /// An origin, a plan or a recurring event was recorded by mistake: it counts nowhere, and stays
    /// visible.
    intervention_annul_part: InterventionAnnulPartInput => AnnulPart of intervention {
        /// What it is.
        part: Choice<Part>,
        /// Its number among those of its sort.
        number: u16,
        /// Why.
        reason: Words<Note>,
    } corrects { noted(desk, id, part, number) };

    /// A figure was recorded wrongly: it stays as it is until another person confirms.
    intervention_propose_correction: InterventionProposeCorrectionInput => ProposeCorrection of intervention {
        /// Which figure, and what it should say.
        figure: InterventionFigureInput,
        /// Why.
        reason: Words<Note>,
    } adds correction: CorrectionId with { by: desk.actor, person: desk.person };

    /// Another person than who proposed it agrees: the figure is corrected.
    intervention_confirm_correction: InterventionConfirmCorrectionInput => ConfirmCorrection of intervention {
        /// Which correction.
        correction: Given<CorrectionId>,
    } corrects { desk.corrected(correction) } with { by: desk.actor, person: desk.person };

    /// Another person than who proposed it does not agree: the figure stays as it is.
    intervention_reject_correction: InterventionRejectCorrectionInput => RejectCorrection of intervention {
        /// Which correction.
        correction: Given<CorrectionId>,
        /// Why.
        reason: Words<Note>,
    } with { by: desk.actor, person: desk.person };

    /// It was recorded by mistake: it counts nowhere, and stays visible.
    intervention_annul: InterventionAnnulInput => Annul of intervention {
        /// Why.
        reason: Words<Note>,
    } corrects { proposed(desk, id) } with { by: desk.actor, named_by: named_by(desk, id) };
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

fn proposed(desk: &Desk<'_>, id: InterventionId) -> Option<Position> {
    desk.models.interventions.get(id).map(|it| it.proposed.position)
}

fn joined(desk: &Desk<'_>, id: InterventionId, part: ParticipationId) -> Option<Position> {
    let known = desk.models.interventions.get(id)?;
    known.participations.iter().rfind(|it| it.id == part).map(|it| it.added.position)
}

fn begun(desk: &Desk<'_>, id: InterventionId, phase: u16) -> Option<Position> {
    let known = desk.models.interventions.get(id)?;
    known.phases.iter().rfind(|it| it.number == phase).map(|it| it.stamp.position)
}

/// The first of the steps whose dates are corrected.
fn taken(desk: &Desk<'_>, id: InterventionId, adopted: bool, completed: bool) -> Option<Position> {
    let stage = match (adopted, completed) {
        (true, _) => Stage::Adopted,
        (_, true) => Stage::Completed,
        _ => Stage::InService,
    };
    let known = desk.models.interventions.get(id)?;
    known.steps.iter().rfind(|it| it.stage == stage).map(|it| it.stamp.position)
}

fn noted(desk: &Desk<'_>, id: InterventionId, part: Part, number: u16) -> Option<Position> {
    let known = desk.models.interventions.get(id)?;
    let place = usize::from(number).checked_sub(1)?;
    let stamp = match part {
        Part::Origin => known.origins.get(place)?.stamp,
        Part::Plan => known.plans.get(place)?.stamp,
        Part::RecurringEvent => known.recurring.get(place)?.stamp,
    };
    Some(stamp.position)
}

/// How many commitments and funding requests are for it.
fn named_by(desk: &Desk<'_>, id: InterventionId) -> usize {
    let models = desk.models;
    models.commitments.of_intervention(id).count()
        + models.funding.requests_of_intervention(id).count()
}
