//! The mutations of trainings.
use domain::effective::Effective;
use domain::ids::{IndicatorId, InterventionId, ProgrammeId, TrainingCohortId};
use domain::measure::Quantity;
use domain::population::{PopulationGroup, Profession};
use domain::recorded::Position;
use domain::territory::TerritoryId;
use domain::text::{Note, Title};
use domain::training_cohort::{Command, TrainingCohort};
use projections::Models;

use super::commands;
use super::headcount::HeadcountInput;
use super::inputs::Words;
use crate::graphql::enums::Choice;
use crate::graphql::scalars::Given;
use crate::graphql::values::PeriodInput;
use crate::graphql::view::Seen;

commands! {
    |desk, id| TrainingCohort(TrainingCohortId) as training_cohort: Seen<projections::trainings::Cohort>,
    TrainingCohortMutation, TrainingCohortPayload;

    /// A training is to be held.
    training_cohort_plan: TrainingCohortPlanInput => Plan {
        /// What it is about.
        title: Words<Title>,
        /// Within which programme.
        programme: Option<Given<ProgrammeId>>,
        /// As part of which intervention.
        intervention: Option<Given<InterventionId>>,
        /// Where.
        territory: Given<TerritoryId>,
        /// For whom.
        #[graphql(default)]
        groups: Vec<Choice<PopulationGroup>>,
        /// For which professions.
        #[graphql(default)]
        professions: Vec<Choice<Profession>>,
        /// For how many; left out where it is not declared.
        places: Option<Given<Quantity>>,
        /// From when to when.
        period: PeriodInput,
        /// Which indicators those who complete it count towards.
        #[graphql(default)]
        indicators: Vec<Given<IndicatorId>>,
    } with { by: desk.actor };

    /// It meets.
    training_cohort_record_session: TrainingCohortRecordSessionInput =>
    RecordSession of training_cohort {
        /// What about.
        title: Option<Words<Title>>,
        /// How many came.
        attended: Option<Given<Quantity>>,
        /// How long it lasted, in hours.
        hours: Option<u16>,
        /// When.
        on: Given<Effective>,
    } on on with { today: desk.today };

    /// It is over.
    training_cohort_record_completion: TrainingCohortRecordCompletionInput =>
    RecordCompletion of training_cohort {
        /// How many began.
        enrolled: HeadcountInput,
        /// How many completed it.
        completed: HeadcountInput,
        /// When.
        on: Given<Effective>,
    } on on with { by: desk.actor, today: desk.today };

    /// It is not held.
    training_cohort_cancel: TrainingCohortCancelInput => Cancel of training_cohort {
        /// Why.
        reason: Words<Note>,
    };

    /// They were counted wrongly; somebody else than who recorded the counts says so.
    training_cohort_correct_completion: TrainingCohortCorrectCompletionInput =>
    CorrectCompletion of training_cohort {
        /// How many began.
        enrolled: HeadcountInput,
        /// How many completed it.
        completed: HeadcountInput,
        /// Why.
        reason: Words<Note>,
    } corrects { counted(desk.models, id) } with { by: desk.actor };

    /// It was written down wrongly; what is left out stays as it was.
    training_cohort_correct: TrainingCohortCorrectInput => Correct of training_cohort {
        /// What it is about.
        title: Option<Words<Title>>,
        /// Where.
        territory: Option<Given<TerritoryId>>,
        /// For whom.
        groups: Option<Vec<Choice<PopulationGroup>>>,
        /// For which professions.
        professions: Option<Vec<Choice<Profession>>>,
        /// For how many.
        places: Option<Given<Quantity>>,
        /// From when to when.
        period: Option<PeriodInput>,
        /// Why.
        reason: Words<Note>,
    } corrects { planned(desk.models, id) };

    /// It was recorded by mistake: it counts nowhere, and stays visible.
    training_cohort_annul: TrainingCohortAnnulInput => Annul of training_cohort {
        /// Why.
        reason: Words<Note>,
    } corrects { planned(desk.models, id) } with { by: desk.actor };
}

fn planned(models: &Models, id: TrainingCohortId) -> Option<Position> {
    models.trainings.get(id).map(|it| it.planned.position)
}

/// The event whose count holds.
fn counted(models: &Models, id: TrainingCohortId) -> Option<Position> {
    let count = models.trainings.get(id)?.count()?;
    Some(count.stamp.position)
}
