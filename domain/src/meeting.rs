//! A meeting of a coordination body: what it decided, and who does what by when.
//!
//! ```text
//! Unrecorded ─Convene─▶ Convened ─Hold─▶ Held ─Record minutes─▶ Minuted ─Approve minutes─▶ Approved
//!                           └─────Cancel─▶ Cancelled
//! Held, Minuted             decisions, actions assigned
//! Held, Minuted, Approved   actions rescheduled and closed
//! every stage               corrections, Annul ─▶ Annulled
//! ```
//!
//! Only a body that stands is called together. Who was there is known once it was held.
use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

use crate::aggregate::{aggregate, causes, one};
use crate::effective::Effective;
use crate::ids::{ActionPointId, ActorId, BodyDecisionId, MeetingId};
use crate::text::Title;

mod check;
mod command;
mod event;
mod refusal;
#[cfg(test)]
mod tests;

pub use command::Command;
pub use event::Event;
pub use refusal::Refusal;

/// The most actors that attend a meeting.
pub const ATTENDING_MAX: usize = 500;
/// The most decisions of a meeting.
pub const DECISIONS_MAX: usize = 500;
/// The most actions that a meeting assigns, closed ones included.
pub const ACTIONS_MAX: usize = 500;

/// How far a meeting has come.
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
    Unrecorded,
    Convened,
    Held,
    Minuted,
    Approved,
    Cancelled,
    Annulled,
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Meeting {
    stage: Stage,
    /// Nothing before it was convened.
    what: Option<What>,
    /// When its minutes were written.
    minuted: Option<Effective>,
    decisions: BTreeSet<BodyDecisionId>,
    actions: BTreeMap<ActionPointId, Action>,
}

/// What a correction can set right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct What {
    title: Title,
    attending: Vec<ActorId>,
    on: Effective,
}

/// By when something is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Action {
    due: Date,
    closed: bool,
}

impl Meeting {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        self.check(&command)?;
        one(command.into())
    }

    /// The meeting after `event`. A recorded fact is never refused.
    #[must_use]
    pub fn evolve(mut self, event: Event) -> Self {
        match event {
            Event::Convened { title, on, .. } => {
                self.what = Some(What { title, attending: Vec::new(), on });
                self.stage = Stage::Convened;
            }
            Event::Held { attending, on } => {
                if let Some(what) = &mut self.what {
                    (what.attending, what.on) = (attending, on);
                }
                self.stage = Stage::Held;
            }
            Event::Cancelled { .. } => self.stage = Stage::Cancelled,
            Event::DecisionRecorded { decision, .. } => {
                self.decisions.insert(decision);
            }
            Event::ActionAssigned { action, due, .. } => {
                self.actions.insert(action, Action { due, closed: false });
            }
            Event::ActionRescheduled { action, due, .. } => {
                if let Some(known) = self.actions.get_mut(&action) {
                    known.due = due;
                }
            }
            Event::ActionClosed { action, .. } => {
                if let Some(known) = self.actions.get_mut(&action) {
                    known.closed = true;
                }
            }
            Event::MinutesRecorded { on, .. } => {
                self.minuted = Some(on);
                self.stage = Stage::Minuted;
            }
            Event::MinutesApproved { .. } => self.stage = Stage::Approved,
            Event::Corrected { title, attending, on, .. } => {
                if let Some(what) = &mut self.what {
                    what.title = title.unwrap_or_else(|| what.title.clone());
                    what.attending = attending.unwrap_or_else(|| what.attending.clone());
                    what.on = on.unwrap_or(what.on);
                }
            }
            Event::Annulled { .. } => self.stage = Stage::Annulled,
        }
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
