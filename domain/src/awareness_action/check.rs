//! What an awareness action allows.
use jiff::civil::Date;

use super::{
    AwarenessAction, Command, Completion, Event, GROUPS_MAX, INDICATORS_MAX, Plan, Refusal,
    SESSIONS_MAX, Stage,
};
use crate::aggregate::ensure;
use crate::effective::{Effective, Period};
use crate::population::Headcount;

/// To take place, and not over.
const AHEAD: &[Stage] = &[Stage::Planned, Stage::Running];

impl AwarenessAction {
    pub(super) fn check(&self, command: &Command) -> Result<(), Refusal> {
        match command {
            Command::Plan { groups, period, indicators, .. } => {
                ensure(self.stage == Stage::Unrecorded, Refusal::AlreadyPlanned)?;
                must_fit(indicators.len(), INDICATORS_MAX)?;
                must_describe(groups.len(), *period)
            }
            Command::RecordSession { on, today, .. } => {
                self.must_stand_at(AHEAD)?;
                must_have_happened(*on, *today)?;
                must_fit(self.sessions + 1, SESSIONS_MAX)
            }
            Command::RecordCompletion { reached, on, today, .. } => {
                ensure(self.stage != Stage::Completed, Refusal::AlreadyCompleted)?;
                self.must_stand_at(AHEAD)?;
                must_have_happened(*on, *today)?;
                self.must_follow_sessions(*on)?;
                self.must_count(reached)
            }
            Command::Cancel { .. } => self.must_stand_at(AHEAD),
            Command::CorrectCompletion { by, reached, estimated, .. } => {
                self.must_stand_at(&[Stage::Completed])?;
                if let Some(known) = &self.completion {
                    ensure(known.by != *by, Refusal::CorrectedByRecorder)?;
                    let same = (&known.reached, known.estimated) == (reached, *estimated);
                    ensure(!same, Refusal::NothingCorrected)?;
                }
                self.must_count(reached)
            }
            Command::Correct { .. } => self.can_correct(command),
            Command::Annul { .. } => self.must_stand(),
        }
    }

    fn can_correct(&self, command: &Command) -> Result<(), Refusal> {
        self.must_stand()?;
        // What it would be: the fold says how, and nothing is recorded of it.
        let corrected = self.clone().evolve(Event::from(command.clone()));
        ensure(corrected.plan != self.plan, Refusal::NothingCorrected)?;
        let Some(Plan { groups, period, .. }) = &corrected.plan else { return Ok(()) };
        must_describe(groups.len(), *period)?;
        // A count that is wide enough for a province may be too small for one of its communes.
        match &self.completion {
            Some(Completion { reached, .. }) => corrected.must_count(reached),
            None => Ok(()),
        }
    }

    fn must_count(&self, reached: &Headcount) -> Result<(), Refusal> {
        let plan = self.plan.as_ref();
        Ok(plan.map_or(Ok(()), |it| reached.check(it.territory))?)
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

fn must_describe(groups: usize, period: Period) -> Result<(), Refusal> {
    let Period { from, to } = period;
    ensure(!period.is_reversed(), Refusal::EndsBeforeStart { from, to })?;
    must_fit(groups, GROUPS_MAX)
}

fn must_have_happened(on: Effective, today: Date) -> Result<(), Refusal> {
    ensure(!on.is_certainly_after(today), Refusal::InTheFuture { on })
}

fn must_fit(number: usize, max: usize) -> Result<(), Refusal> {
    ensure(number <= max, Refusal::TooMany { max })
}
