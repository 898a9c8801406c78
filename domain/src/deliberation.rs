//! A deliberation: a council's act on one matter.
//!
//! ```text
//! Unrecorded ─Table─▶ Tabled ─Adopt─▶ Adopted ───┐
//!                       ├────Reject─▶ Rejected ──┼─Annul─▶ Annulled
//!                       └──Postpone─▶ Postponed ─┘
//! Postponed ─Adopt, Reject, Postpone again─▶ as from Tabled
//! ```
use std::future::Future;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::aggregate::{aggregate, causes, ensure, one};
use crate::ids::DeliberationId;
use crate::measure::Quantity;

mod command;
mod event;
mod refusal;

pub use command::Command;
pub use event::Event;
pub use refusal::Refusal;

/// How a council voted. Members who are present and neither vote nor abstain are not counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Votes {
    /// How many members the council has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub members: Option<Quantity>,
    /// How many had to be present, where it is declared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quorum: Option<Quantity>,
    /// How many were present.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub present: Option<Quantity>,
    /// How many voted for it.
    pub in_favour: Quantity,
    /// How many voted against it.
    pub against: Quantity,
    /// How many abstained.
    pub abstained: Quantity,
}

/// How far a matter has come.
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
    strum::IntoStaticStr,
    strum::Display,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[expect(missing_docs, reason = "the diagram above says it")]
pub enum Stage {
    #[default]
    Unrecorded,
    Tabled,
    Postponed,
    Adopted,
    Rejected,
    Annulled,
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deliberation {
    recorded: bool,
}

impl Deliberation {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        let first = matches!(command, Command::Table { .. });
        ensure(!(first && self.recorded), Refusal::AlreadyTabled)?;
        one(command.into())
    }

    /// The state after `event`. A recorded fact is never refused.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "an event is consumed in every aggregate")]
    pub fn evolve(mut self, event: Event) -> Self {
        self.recorded |= matches!(event, Event::Tabled { .. });
        self
    }
}

causes! {
    Table => Tabled { council, title, session, initiative, on }
    Adopt => Adopted { number, votes, document, on }
    Reject => Rejected { number, votes, document, reason, on }
    Postpone => Postponed { until, reason, on }
    Annul => Annulled { by, reason, on }
    Correct => Corrected { title, session, number, votes, on, reason }
}

aggregate!(Deliberation, DeliberationId, "deliberation");
