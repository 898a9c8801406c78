//! The mutations of territorial plans.
use domain::deliberation::Deliberation;
use domain::effective::Effective;
use domain::ids::{
    DeliberationId, DocumentId, InterventionId, ObjectiveId, PlanActionId, ProgrammeId,
    TerritorialPlanId,
};
use domain::permission::Needs;
use domain::recorded::Position;
use domain::territorial_plan::{Command, Kind, TerritorialPlan};
use domain::territory::TerritoryId;
use domain::text::{Note, Title};

use super::commands;
use super::desk::Desk;
use super::inputs::Words;
use crate::app::Request;
use crate::graphql::enums::Choice;
use crate::graphql::scalars::Given;
use crate::graphql::values::PeriodInput;
use crate::graphql::view::Seen;

commands! {
    |desk, id| TerritorialPlan(TerritorialPlanId) as territorial_plan: Seen<projections::plans::Plan>,
    TerritorialPlanMutation, TerritorialPlanPayload;

    /// The actor that the request acts for begins to plan.
    territorial_plan_start: TerritorialPlanStartInput => Start {
        /// What sort of plan.
        kind: Choice<Kind>,
        /// For which territory: a plan of its rank.
        territory: Given<TerritoryId>,
        /// What it is called.
        title: Words<Title>,
        /// From when to when it is to hold.
        period: PeriodInput,
        /// Which programme accompanies it.
        programme: Option<Given<ProgrammeId>>,
        /// When.
        on: Given<Effective>,
    } on on with { by: desk.actor };

    /// What it wants to reach.
    territorial_plan_define_objective: TerritorialPlanDefineObjectiveInput =>
    DefineObjective of territorial_plan {
        /// In short.
        title: Words<Title>,
    } adds objective: ObjectiveId;

    /// It takes the dimension of migration in. Which time was the first is derived, never given.
    territorial_plan_record_mainstreaming: TerritorialPlanRecordMainstreamingInput =>
    RecordMainstreaming of territorial_plan {
        /// In which part of the plan, in short.
        title: Option<Words<Title>>,
        /// In words.
        note: Option<Words<Note>>,
        /// Which programme helped.
        supported_by: Option<Given<ProgrammeId>>,
        /// When.
        on: Given<Effective>,
    } on on;

    /// It plans to do something.
    territorial_plan_add_action: TerritorialPlanAddActionInput => AddAction of territorial_plan {
        /// For which objective.
        objective: Option<Given<ObjectiveId>>,
        /// In short.
        title: Words<Title>,
        /// By when.
        due: Option<Given<Effective>>,
    } adds action: PlanActionId;

    /// An intervention carries it out.
    territorial_plan_link_intervention: TerritorialPlanLinkInterventionInput =>
    LinkIntervention of territorial_plan {
        /// Which.
        intervention: Given<InterventionId>,
        /// For which objective.
        objective: Option<Given<ObjectiveId>>,
        /// As which action.
        action: Option<Given<PlanActionId>>,
    };

    /// Its text is written.
    territorial_plan_draft: TerritorialPlanDraftInput => Draft of territorial_plan {
        /// The text.
        document: Option<Given<DocumentId>>,
        /// When.
        on: Given<Effective>,
    } on on;

    /// The council adopts it, by a deliberation that is adopted itself.
    territorial_plan_adopt: TerritorialPlanAdoptInput => Adopt of territorial_plan {
        /// Which.
        deliberation: Given<DeliberationId>,
        /// When.
        on: Given<Effective>,
    } on on with { act: None } by |command| adopted(id, command, deliberation);

    /// It holds from now on.
    territorial_plan_enter_into_force: TerritorialPlanEnterIntoForceInput =>
    EnterIntoForce of territorial_plan {
        /// When.
        on: Given<Effective>,
    } on on;

    /// It is looked at again, and changed.
    territorial_plan_review: TerritorialPlanReviewInput => Review of territorial_plan {
        /// What changed.
        note: Words<Note>,
        /// The new text.
        document: Option<Given<DocumentId>>,
        /// When.
        on: Given<Effective>,
    } on on;

    /// It holds no more.
    territorial_plan_expire: TerritorialPlanExpireInput => Expire of territorial_plan {
        /// When.
        on: Given<Effective>,
        /// Why, where it ends early.
        reason: Option<Words<Note>>,
    } on on;

    /// It was written down wrongly; what is left out stays as it was.
    territorial_plan_correct: TerritorialPlanCorrectInput => Correct of territorial_plan {
        /// What sort of plan.
        kind: Option<Choice<Kind>>,
        /// What it is called.
        title: Option<Words<Title>>,
        /// From when to when it is to hold.
        period: Option<PeriodInput>,
        /// Why.
        reason: Words<Note>,
    } corrects { start(desk, id) };

    /// Migration was not taken in then: it was recorded by mistake.
    territorial_plan_annul_mainstreaming: TerritorialPlanAnnulMainstreamingInput =>
    AnnulMainstreaming of territorial_plan {
        /// The position of the event that says so.
        at: Given<Position>,
        /// Why.
        reason: Words<Note>,
    } corrects { Some(at) } by |command| annulled(desk, id, command, at);

    /// It was recorded by mistake: it counts nowhere, and stays visible.
    territorial_plan_annul: TerritorialPlanAnnulInput => Annul of territorial_plan {
        /// Why.
        reason: Words<Note>,
    } corrects { start(desk, id) } with { by: desk.actor };
}

/// The event by which it was started.
fn start(desk: &Desk<'_>, id: TerritorialPlanId) -> Option<Position> {
    desk.models.plans.get(id).map(|it| it.started.position)
}

/// An adoption that reads off the act itself how it stands, so that nothing rests on an act that is
/// annulled at the same moment.
fn adopted(
    id: TerritorialPlanId,
    command: Command,
    act: DeliberationId,
) -> impl FnOnce(Request) -> Request + Send {
    move |request| {
        let needed = command.needs();
        let request = request.telling(&command);
        request.step_reading::<TerritorialPlan, Deliberation>(id, act, needed, move |read| {
            let mut command = command.clone();
            if let Command::Adopt { act, .. } = &mut command {
                *act = Some(read.stage());
            }
            command
        })
    }
}

/// An annulment of a record that the plan has. A plan does not know the positions of its events, so
/// they are looked up; they never change.
fn annulled(
    desk: &mut Desk<'_>,
    id: TerritorialPlanId,
    command: Command,
    at: Position,
) -> impl FnOnce(Request) -> Request + Send + use<> {
    let plan = desk.models.plans.get(id);
    let known = plan.is_some_and(|it| it.mainstreamings.iter().any(|it| it.stamp.position == at));
    if !known {
        desk.unknown("at", Some(at));
    }
    move |request| request.step::<TerritorialPlan>(id, command)
}
