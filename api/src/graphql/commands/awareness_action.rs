//! The mutations of awareness actions.
use domain::awareness_action::{AwarenessAction, Channel, Command};
use domain::effective::Effective;
use domain::ids::{AwarenessActionId, IndicatorId, InterventionId, ProgrammeId};
use domain::measure::Quantity;
use domain::population::PopulationGroup;
use domain::recorded::Position;
use domain::territory::TerritoryId;
use domain::text::{Note, Title};
use projections::Models;

use super::commands;
use super::headcount::HeadcountInput;
use super::inputs::Words;
use crate::graphql::enums::Choice;
use crate::graphql::scalars::Given;
use crate::graphql::values::PeriodInput;
use crate::graphql::view::Seen;

commands! {
    |desk, id| AwarenessAction(AwarenessActionId) as awareness_action: Seen<projections::awareness::Action>,
    AwarenessActionMutation, AwarenessActionPayload;

    /// People are to be told something.
    awareness_action_plan: AwarenessActionPlanInput => Plan {
        /// What.
        title: Words<Title>,
        /// How they are reached.
        channel: Choice<Channel>,
        /// Within which programme.
        programme: Option<Given<ProgrammeId>>,
        /// As part of which intervention.
        intervention: Option<Given<InterventionId>>,
        /// Where.
        territory: Given<TerritoryId>,
        /// For whom.
        #[graphql(default)]
        groups: Vec<Choice<PopulationGroup>>,
        /// From when to when.
        period: PeriodInput,
        /// Which indicators those who are reached count towards.
        #[graphql(default)]
        indicators: Vec<Given<IndicatorId>>,
    } with { by: desk.actor };

    /// It takes place.
    awareness_action_record_session: AwarenessActionRecordSessionInput =>
    RecordSession of awareness_action {
        /// What about.
        title: Option<Words<Title>>,
        /// How many came, or are thought to have been reached.
        reached: Option<Given<Quantity>>,
        /// When.
        on: Given<Effective>,
    } on on with { today: desk.today };

    /// It is over.
    awareness_action_record_completion: AwarenessActionRecordCompletionInput =>
    RecordCompletion of awareness_action {
        /// How many it reached.
        reached: HeadcountInput,
        /// Whether that is an estimate.
        #[graphql(default)]
        estimated: bool,
        /// When.
        on: Given<Effective>,
    } on on with { by: desk.actor, today: desk.today };

    /// It does not take place.
    awareness_action_cancel: AwarenessActionCancelInput => Cancel of awareness_action {
        /// Why.
        reason: Words<Note>,
    };

    /// They were counted wrongly; somebody else than who recorded the count says so.
    awareness_action_correct_completion: AwarenessActionCorrectCompletionInput =>
    CorrectCompletion of awareness_action {
        /// How many it reached.
        reached: HeadcountInput,
        /// Whether that is an estimate.
        #[graphql(default)]
        estimated: bool,
        /// Why.
        reason: Words<Note>,
    } corrects { counted(desk.models, id) } with { by: desk.actor };

    /// It was written down wrongly; what is left out stays as it was.
    awareness_action_correct: AwarenessActionCorrectInput => Correct of awareness_action {
        /// What people are told.
        title: Option<Words<Title>>,
        /// How they are reached.
        channel: Option<Choice<Channel>>,
        /// Where.
        territory: Option<Given<TerritoryId>>,
        /// For whom.
        groups: Option<Vec<Choice<PopulationGroup>>>,
        /// From when to when.
        period: Option<PeriodInput>,
        /// Why.
        reason: Words<Note>,
    } corrects { planned(desk.models, id) };

    /// It was recorded by mistake: it counts nowhere, and stays visible.
    awareness_action_annul: AwarenessActionAnnulInput => Annul of awareness_action {
        /// Why.
        reason: Words<Note>,
    } corrects { planned(desk.models, id) } with { by: desk.actor };
}

fn planned(models: &Models, id: AwarenessActionId) -> Option<Position> {
    models.awareness.get(id).map(|it| it.planned.position)
}

/// The event whose count holds.
fn counted(models: &Models, id: AwarenessActionId) -> Option<Position> {
    let count = models.awareness.get(id)?.count()?;
    Some(count.stamp.position)
}
