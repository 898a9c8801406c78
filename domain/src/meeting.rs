//! A meeting of a coordination body: what it decided, and who does what by when.
//!
//! ```text
//! Unrecorded ─Convene─▶ Convened ─Hold─▶ Held ─Record minutes─▶ Minuted ─Approve minutes─▶ Approved
//!                           └─────Cancel─▶ Cancelled
//! Held, Minuted             decisions, actions assigned
//! Held, Minuted, Approved   actions rescheduled and closed
//! every stage               Annul ─▶ Annulled
//! ```
use std::future::Future;

use serde::{Deserialize, Serialize};

use crate::aggregate::{aggregate, causes, ensure, one};
use crate::ids::MeetingId;

mod command;
mod event;
mod refusal;

pub use command::Command;
pub use event::Event;
pub use refusal::Refusal;

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    recorded: bool,
}

impl Meeting {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        let first = matches!(command, Command::Convene { .. });
        ensure(!(first && self.recorded), Refusal::AlreadyConvened)?;
        one(command.into())
    }

    /// The state after `event`. A recorded fact is never refused.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "an event is consumed in every aggregate")]
    pub fn evolve(mut self, event: Event) -> Self {
        self.recorded |= matches!(event, Event::Convened { .. });
        self
    }
}

causes! {
    Convene => Convened { body, title, agenda, on }
    Hold => Held { attending, on }
    Cancel => Cancelled { reason }
    RecordDecision => DecisionRecorded { decision, title, note, programme, intervention }
    AssignAction => ActionAssigned { action, decision, owner, title, due }
    RescheduleAction => ActionRescheduled { action, due, reason }
    CloseAction => ActionClosed { action, done, outcome, on }
    RecordMinutes => MinutesRecorded { document, on }
    ApproveMinutes => MinutesApproved { on }
    Correct => Corrected { title, attending, on, reason }
    Annul => Annulled { by, reason }
}

aggregate!(Meeting, MeetingId, "meeting");
