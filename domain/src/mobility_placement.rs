//! A mobility placement: how many go abroad together by a regular pathway, and come back. Counts only.
//!
//! ```text
//! Unrecorded ─Propose─▶ Proposed ─Record departure─▶ Departed ─Record return─▶ Returned
//!                          └────────────End────────────┴─▶ Ended
//! Departed    more come back; Returned once all have
//! every stage Annul ─▶ Annulled
//! ```
use std::future::Future;

use serde::{Deserialize, Serialize};

use crate::aggregate::{aggregate, causes, ensure, one};
use crate::ids::MobilityPlacementId;

mod command;
mod event;
mod refusal;

pub use command::Command;
pub use event::Event;
pub use refusal::Refusal;

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MobilityPlacement {
    recorded: bool,
}

impl MobilityPlacement {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        let first = matches!(command, Command::Propose { .. });
        ensure(!(first && self.recorded), Refusal::AlreadyProposed)?;
        one(command.into())
    }

    /// The state after `event`. A recorded fact is never refused.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "an event is consumed in every aggregate")]
    pub fn evolve(mut self, event: Event) -> Self {
        self.recorded |= matches!(event, Event::Proposed { .. });
        self
    }
}

causes! {
    Propose => Proposed { by, title, pathway, country, map, opportunity, programme, intervention, territory, groups, places, indicators }
    RecordDeparture => DepartureRecorded { departed, on }
    RecordReturn => ReturnRecorded { returned, on }
    End => Ended { on, reason }
    CorrectDeparture => DepartureCorrected { by, departed, reason }
    Correct => Corrected { title, country, territory, groups, places, reason }
    Annul => Annulled { by, reason }
}

aggregate!(MobilityPlacement, MobilityPlacementId, "mobility_placement");
