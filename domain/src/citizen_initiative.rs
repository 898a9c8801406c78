//! A citizens' initiative: a petition, from its signatures to the council's answer.
//!
//! ```text
//! Unrecorded ─Receive─▶ Received ─Endorse─▶ Endorsed ─Refer─▶ Referred ─Link deliberation─▶ Answered
//!                          └──────────Refer───────────▶┘
//! every stage but the last   endorsements, corrections
//! every stage                Annul ─▶ Annulled
//! ```
use std::future::Future;

use serde::{Deserialize, Serialize};

use crate::aggregate::{aggregate, causes, ensure, one};
use crate::ids::CitizenInitiativeId;

mod command;
mod event;
mod refusal;

pub use command::Command;
pub use event::Event;
pub use refusal::Refusal;

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CitizenInitiative {
    recorded: bool,
}

impl CitizenInitiative {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        let first = matches!(command, Command::Receive { .. });
        ensure(!(first && self.recorded), Refusal::AlreadyReceived)?;
        one(command.into())
    }

    /// The state after `event`. A recorded fact is never refused.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "an event is consumed in every aggregate")]
    pub fn evolve(mut self, event: Event) -> Self {
        self.recorded |= matches!(event, Event::Received { .. });
        self
    }
}

causes! {
    Receive => Received { title, summary, territory, groups, signatures, on }
    Endorse => Endorsed { by, note, on }
    Refer => Referred { to, on }
    LinkDeliberation => DeliberationLinked { deliberation, on }
    Correct => Corrected { title, summary, territory, groups, signatures, on, reason }
    Annul => Annulled { by, reason }
}

aggregate!(CitizenInitiative, CitizenInitiativeId, "citizen_initiative");
