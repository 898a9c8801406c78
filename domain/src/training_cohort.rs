//! A training cohort: how many began, and how many completed it. Counts only.
//!
//! ```text
//! Unrecorded ─Plan─▶ Planned ─Record session─▶ Running ─Record completion─▶ Completed
//!                       └──────Cancel─────────────┴─▶ Cancelled
//! Running     more sessions
//! Completed   its counts are corrected
//! every stage Annul ─▶ Annulled
//! ```
use std::future::Future;

use serde::{Deserialize, Serialize};

use crate::aggregate::{aggregate, causes, ensure, one};
use crate::ids::TrainingCohortId;

mod command;
mod event;
mod refusal;

pub use command::Command;
pub use event::Event;
pub use refusal::Refusal;

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrainingCohort {
    recorded: bool,
}

impl TrainingCohort {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        let first = matches!(command, Command::Plan { .. });
        ensure(!(first && self.recorded), Refusal::AlreadyPlanned)?;
        one(command.into())
    }

    /// The state after `event`. A recorded fact is never refused.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "an event is consumed in every aggregate")]
    pub fn evolve(mut self, event: Event) -> Self {
        self.recorded |= matches!(event, Event::Planned { .. });
        self
    }
}

causes! {
    Plan => Planned { by, title, programme, intervention, territory, groups, professions, places, period, indicators }
    RecordSession => SessionRecorded { title, attended, hours, on }
    RecordCompletion => CompletionRecorded { enrolled, completed, on }
    Cancel => Cancelled { reason }
    CorrectCompletion => CompletionCorrected { by, enrolled, completed, reason }
    Correct => Corrected { title, territory, groups, professions, places, period, reason }
    Annul => Annulled { by, reason }
}

aggregate!(TrainingCohort, TrainingCohortId, "training_cohort");
