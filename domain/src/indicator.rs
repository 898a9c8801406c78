//! An indicator's reporting: measurements by period, with whom they were agreed.
//!
//! For each period:
//!
//! ```text
//!          ┌────────────Submit───────────┐
//!          ▼                             │
//! Open ─Submit─▶ Submitted ─Return─▶ Returned
//!                    └─Accept─▶ Accepted ─Lock─▶ Locked
//!
//! Accepted, Locked   corrections
//! every stage        declared, once, as a result that counts under another indicator
//! once reported      Annul ─▶ Open: the report was a mistake, and another one can be made
//! ```
//!
//! Who accepts, corrects or annuls a report is not who made it.
use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantNames};

use crate::aggregate::{Refused, aggregate, causes, ensure, one};
use crate::effective::Effective;
use crate::ids::{ActorId, IndicatorId};
use crate::text::Note;

mod measurement;
#[cfg(test)]
mod tests;

pub use crate::population::SMALL_CELL_MAX;
pub use measurement::{CELLS_MAX, Cell, Measurement};

/// The most periods of an indicator.
pub const PERIODS_MAX: usize = 1_000;

/// What is asked of an indicator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are those of the events")]
pub enum Command {
    Submit {
        by: ActorId,
        period: Effective,
        measurement: Measurement,
    },
    Return {
        by: ActorId,
        period: Effective,
        reason: Note,
    },
    Accept {
        by: ActorId,
        period: Effective,
    },
    Lock {
        by: ActorId,
        period: Effective,
    },
    Correct {
        by: ActorId,
        period: Effective,
        measurement: Measurement,
        reason: Note,
    },
    DeclareShared {
        period: Effective,
        counted_in: IndicatorId,
        reason: Note,
        #[serde(skip)]
        itself: IndicatorId,
    },
    Annul {
        by: ActorId,
        period: Effective,
        reason: Note,
    },
}

/// What is recorded of an indicator. Stored for ever: variants and fields are added, never renamed.
#[derive(
    Clone,
    Debug,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    JsonSchema,
    IntoStaticStr,
    VariantNames,
    EnumCount,
)]
#[serde(tag = "type", content = "data", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Event {
    /// An actor reports what was measured.
    Submitted {
        /// Who.
        by: ActorId,
        /// Of which period.
        period: Effective,
        /// What was measured.
        measurement: Measurement,
    },
    /// The report goes back to who made it.
    Returned {
        /// Who.
        by: ActorId,
        /// Of which period.
        period: Effective,
        /// Why.
        reason: Note,
    },
    /// Somebody else than who reported it agrees.
    Accepted {
        /// Who.
        by: ActorId,
        /// Of which period.
        period: Effective,
    },
    /// The period is settled; only corrections follow.
    Locked {
        /// Who.
        by: ActorId,
        /// Of which period.
        period: Effective,
    },
    /// An accepted measurement was wrong; it stays known.
    Corrected {
        /// Who.
        by: ActorId,
        /// Of which period.
        period: Effective,
        /// What it should have said.
        measurement: Measurement,
        /// Why.
        reason: Note,
    },
    /// The same result is counted under another indicator: together they count it once.
    SharedDeclared {
        /// Of which period.
        period: Effective,
        /// Where it counts.
        counted_in: IndicatorId,
        /// Why.
        reason: Note,
    },
    /// A report was made by mistake: it counts nowhere, and stays visible.
    Annulled {
        /// Who says so.
        by: ActorId,
        /// Of which period.
        period: Effective,
        /// Why.
        reason: Note,
    },
}

/// Why an indicator refuses: a rule said no, nothing broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the message says it")]
pub enum Refusal {
    #[error("the report for {period} is {stage}: this step is not possible any more, or not yet")]
    OutOfTurn { period: Effective, stage: Stage },
    #[error("who accepts a measurement must not be who submitted it")]
    AcceptedBySubmitter,
    #[error("who corrects or annuls a measurement must not be who submitted it")]
    CorrectedBySubmitter,
    #[error("{cells} counted and {unknown} unknown do not add up to the value, {value}")]
    DoesNotAddUp { value: i64, cells: i64, unknown: i64 },
    #[error(
        "a count of {count} below province could point at persons: give it for the province, or \
         count it as unknown"
    )]
    SmallCell { count: i64 },
    #[error("two counts speak of the same people: add them up")]
    DuplicateCell,
    #[error("a result cannot be shared with the indicator itself")]
    SharedWithItself,
    #[error("the result for {period} was declared as shared already")]
    AlreadyShared { period: Effective },
    #[error("at most {max} of them")]
    TooMany { max: usize },
}

impl Refused for Refusal {
    fn code(&self) -> String {
        format!("INDICATOR_{}", <&str>::from(self))
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::OutOfTurn { .. } | Self::AlreadyShared { .. } => Some("period"),
            Self::AcceptedBySubmitter | Self::CorrectedBySubmitter => Some("by"),
            Self::DoesNotAddUp { .. } => Some("value"),
            Self::SmallCell { .. } | Self::DuplicateCell => Some("cells"),
            Self::SharedWithItself => Some("counted_in"),
            Self::TooMany { .. } => None,
        }
    }
}

/// How far the report of one period has come.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    IntoStaticStr,
    strum::Display,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[expect(missing_docs, reason = "the diagram above says it")]
pub enum Stage {
    #[default]
    Open,
    Submitted,
    Returned,
    Accepted,
    Locked,
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {
    reports: BTreeMap<Effective, Report>,
    shared: BTreeSet<Effective>,
}

/// The report of one period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Report {
    stage: Stage,
    submitter: Option<ActorId>,
}

impl Indicator {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        self.check(&command)?;
        one(command.into())
    }

    fn check(&self, command: &Command) -> Result<(), Refusal> {
        match command {
            Command::Submit { period, measurement, .. } => {
                self.must_stand_at(*period, &[Stage::Open, Stage::Returned])?;
                self.must_fit(*period)?;
                measurement.check()
            }
            Command::Return { period, .. } => self.must_stand_at(*period, &[Stage::Submitted]),
            Command::Accept { by, period } => {
                self.must_stand_at(*period, &[Stage::Submitted])?;
                let other = self.report(*period).submitter != Some(*by);
                ensure(other, Refusal::AcceptedBySubmitter)
            }
            Command::Lock { period, .. } => self.must_stand_at(*period, &[Stage::Accepted]),
            Command::Correct { by, period, measurement, .. } => {
                self.must_stand_at(*period, &[Stage::Accepted, Stage::Locked])?;
                self.must_be_another(*period, *by)?;
                measurement.check()
            }
            Command::Annul { by, period, .. } => {
                let open = Refusal::OutOfTurn { period: *period, stage: Stage::Open };
                ensure(self.reports.contains_key(period), open)?;
                self.must_be_another(*period, *by)
            }
            Command::DeclareShared { period, counted_in, itself, .. } => {
                ensure(counted_in != itself, Refusal::SharedWithItself)?;
                let (period, new) = (*period, !self.shared.contains(period));
                ensure(new, Refusal::AlreadyShared { period })?;
                self.must_fit(period)
            }
        }
    }

    /// The indicator after `event`. A recorded fact is never refused.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "an event is consumed in every aggregate")]
    pub fn evolve(mut self, event: Event) -> Self {
        match event {
            Event::Submitted { by, period, .. } => {
                let report = self.reports.entry(period).or_default();
                report.submitter = Some(by);
                report.stage = Stage::Submitted;
            }
            Event::Returned { period, .. } => self.advance(period, Stage::Returned),
            Event::Accepted { period, .. } => self.advance(period, Stage::Accepted),
            Event::Locked { period, .. } => self.advance(period, Stage::Locked),
            Event::Corrected { .. } => {}
            Event::SharedDeclared { period, .. } => {
                self.shared.insert(period);
            }
            Event::Annulled { period, .. } => {
                self.reports.remove(&period);
            }
        }
        self
    }

    fn advance(&mut self, period: Effective, stage: Stage) {
        self.reports.entry(period).or_default().stage = stage;
    }

    fn report(&self, period: Effective) -> Report {
        self.reports.get(&period).copied().unwrap_or_default()
    }

    fn must_stand_at(&self, period: Effective, stages: &[Stage]) -> Result<(), Refusal> {
        let stage = self.report(period).stage;
        ensure(stages.contains(&stage), Refusal::OutOfTurn { period, stage })
    }

    fn must_be_another(&self, period: Effective, by: ActorId) -> Result<(), Refusal> {
        let other = self.report(period).submitter != Some(by);
        ensure(other, Refusal::CorrectedBySubmitter)
    }

    fn must_fit(&self, period: Effective) -> Result<(), Refusal> {
        let max = PERIODS_MAX;
        let fits = |known: usize, has: bool| has || known < max;
        let both = fits(self.reports.len(), self.reports.contains_key(&period))
            && fits(self.shared.len(), self.shared.contains(&period));
        ensure(both, Refusal::TooMany { max })
    }
}

causes! {
    Submit => Submitted { by, period, measurement }
    Return => Returned { by, period, reason }
    Accept => Accepted { by, period }
    Lock => Locked { by, period }
    Correct => Corrected { by, period, measurement, reason }
    DeclareShared => SharedDeclared { period, counted_in, reason }
    Annul => Annulled { by, period, reason }
}

aggregate!(Indicator, IndicatorId, "indicator");
