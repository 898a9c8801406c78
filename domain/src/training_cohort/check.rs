//! What a training cohort allows.
use jiff::civil::Date;

use super::{
    Command, Counted, Event, GROUPS_MAX, INDICATORS_MAX, PROFESSIONS_MAX, Plan, Refusal,
    SESSIONS_MAX, Stage, TrainingCohort,
};
use crate::aggregate::ensure;
use crate::effective::{Effective, Period};
use crate::ids::ActorId;
use crate::measure::Quantity;
use crate::population::Headcount;
use crate::territory::TerritoryId;

/// To be held, and not over.
const AHEAD: &[Stage] = &[Stage::Planned, Stage::Running];

impl TrainingCohort {
    pub(super) fn check(&self, command: &Command) -> Result<(), Refusal> {
        match command {
            Command::Plan { groups, professions, places, period, indicators, .. } => {
                ensure(self.stage == Stage::Unrecorded, Refusal::AlreadyPlanned)?;
                must_fit(indicators.len(), INDICATORS_MAX)?;
                must_describe(groups.len(), professions.len(), *places, *period)
            }
            Command::RecordSession { on, today, .. } => {
                self.must_stand_at(AHEAD)?;
                must_have_happened(*on, *today)?;
                must_fit(self.sessions + 1, SESSIONS_MAX)
            }
            Command::RecordCompletion { enrolled, completed, on, today, .. } => {
                ensure(self.stage != Stage::Completed, Refusal::AlreadyCompleted)?;
                self.must_stand_at(AHEAD)?;
                must_have_happened(*on, *today)?;
                self.must_follow_sessions(*on)?;
                self.must_count(enrolled, completed)
            }
            Command::Cancel { .. } => self.must_stand_at(AHEAD),
            Command::CorrectCompletion { by, enrolled, completed, .. } => {
                self.can_recount(*by, enrolled, completed)
            }
            Command::Correct { .. } => self.can_correct(command),
            Command::Annul { .. } => self.must_stand(),
        }
    }

    fn can_recount(
        &self,
        by: ActorId,
        enrolled: &Headcount,
        completed: &Headcount,
    ) -> Result<(), Refusal> {
        self.must_stand_at(&[Stage::Completed])?;
        if let Some(known) = &self.completion {
            ensure(known.by != by, Refusal::CorrectedByRecorder)?;
            let same = (&known.enrolled, &known.completed) == (enrolled, completed);
            ensure(!same, Refusal::NothingCorrected)?;
        }
        self.must_count(enrolled, completed)
    }

    fn can_correct(&self, command: &Command) -> Result<(), Refusal> {
        self.must_stand()?;
        // What it would be: the fold says how, and nothing is recorded of it.
        let corrected = self.clone().evolve(Event::from(command.clone()));
        ensure(corrected.plan != self.plan, Refusal::NothingCorrected)?;
        let Some(Plan { groups, professions, places, period, .. }) = &corrected.plan else {
            return Ok(());
        };
        must_describe(groups.len(), professions.len(), *places, *period)?;
        let counts = self.completion.as_ref();
        // Counts that are wide enough for a province may be too small for one of its communes.
        counts.map_or(Ok(()), |it| corrected.must_count(&it.enrolled, &it.completed))
    }

    fn must_count(&self, enrolled: &Headcount, completed: &Headcount) -> Result<(), Refusal> {
        let place = self.plan.as_ref().map(|it| it.territory);
        let counts = |of: Counted, it: &Headcount, place: TerritoryId| {
            it.check(place).map_err(|why| Refusal::miscounted(of, why))
        };
        if let Some(place) = place {
            counts(Counted::Enrolled, enrolled, place)?;
            counts(Counted::Completed, completed, place)?;
        }
        completed.exceeds(enrolled).map_or(Ok(()), |(completed, enrolled)| {
            Err(Refusal::MoreCompletedThanEnrolled { completed, enrolled })
        })
    }

    fn must_follow_sessions(&self, on: Effective) -> Result<(), Refusal> {
        let after = self.last_session.filter(|session| on.is_certainly_before(*session));
        after.map_or(Ok(()), |session| Err(Refusal::CompletedBeforeSession { on, session }))
    }

    /// Whether it is recorded, and counts.
    fn must_stand(&self) -> Result<(), Refusal> {
        self.must_stand_at(&[Stage::Planned, Stage::Running, Stage::Completed, Stage::Cancelled])
    }

    fn must_stand_at(&self, stages: &[Stage]) -> Result<(), Refusal> {
        let stage = self.stage;
        ensure(stage != Stage::Unrecorded, Refusal::NotPlanned)?;
        ensure(stages.contains(&stage), Refusal::OutOfTurn { stage })
    }
}

fn must_describe(
    groups: usize,
    professions: usize,
    places: Option<Quantity>,
    period: Period,
) -> Result<(), Refusal> {
    let Period { from, to } = period;
    ensure(!period.is_reversed(), Refusal::EndsBeforeStart { from, to })?;
    ensure(places != Some(Quantity::ZERO), Refusal::NoPlaces)?;
    must_fit(groups, GROUPS_MAX)?;
    must_fit(professions, PROFESSIONS_MAX)
}

fn must_have_happened(on: Effective, today: Date) -> Result<(), Refusal> {
    ensure(!on.is_certainly_after(today), Refusal::InTheFuture { on })
}

fn must_fit(number: usize, max: usize) -> Result<(), Refusal> {
    ensure(number <= max, Refusal::TooMany { max })
}
