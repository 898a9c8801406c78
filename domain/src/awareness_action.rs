//! An awareness action: whom it speaks to, and how many it reached. Counts only.
//!
//! ```text
//! Unrecorded ─Plan─▶ Planned ─Record session─▶ Running ─Record completion─▶ Completed
//!                       └──────Cancel─────────────┴─▶ Cancelled
//! Running     more sessions
//! Completed   its count is corrected
//! every stage Annul ─▶ Annulled
//! ```
use std::future::Future;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::aggregate::{aggregate, causes, ensure, one};
use crate::ids::AwarenessActionId;

mod command;
mod event;
mod refusal;

pub use command::Command;
pub use event::Event;
pub use refusal::Refusal;

/// How people are reached.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Channel {
    /// A meeting or a workshop.
    Meeting,
    /// A caravan or a stand.
    Caravan,
    /// Radio, television or a film.
    Broadcast,
    /// The press.
    Press,
    /// Social networks and pages.
    Online,
    /// A festival, a tournament.
    Event,
    /// The source does not say.
    NotDeclared,
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AwarenessAction {
    recorded: bool,
}

impl AwarenessAction {
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
    Plan => Planned { by, title, channel, programme, intervention, territory, groups, period, indicators }
    RecordSession => SessionRecorded { title, reached, on }
    RecordCompletion => CompletionRecorded { reached, estimated, on }
    Cancel => Cancelled { reason }
    CorrectCompletion => CompletionCorrected { by, reached, estimated, reason }
    Correct => Corrected { title, channel, territory, groups, period, reason }
    Annul => Annulled { by, reason }
}

aggregate!(AwarenessAction, AwarenessActionId, "awareness_action");
