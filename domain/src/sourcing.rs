//! Sourcing: where what the ledger says of one subject was read, and what sources disagree about. One stream a subject.
//!
//! ```text
//! Unrecorded ─Attribute, Record conflict─▶ Begun
//! each conflict: Open ─Add claim─▶ Open ─Settle─▶ Settled ─Add claim─▶ Open
//! ```
use std::future::Future;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use uuid::Uuid;

use crate::aggregate::{aggregate, causes, ensure, one};
use crate::ids::{ClaimId, SourcingId};
use crate::recorded::Source;
use crate::text::{Name, Title};

mod command;
mod event;
mod refusal;

pub use command::Command;
pub use event::Event;
pub use refusal::Refusal;

/// What sources disagree about.
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
pub enum Topic {
    /// What it is called.
    Name,
    /// When it is, begins or ends.
    Dates,
    /// How much money.
    Amount,
    /// How many.
    Count,
    /// Who does what.
    Role,
    /// Where.
    Place,
    /// How far it has come.
    Status,
    /// Something else.
    Other,
}

/// What one source says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Claim {
    /// Its id.
    pub claim: ClaimId,
    /// What it says.
    pub value: Title,
    /// Where it says so.
    pub source: Source,
}

/// A subject of the ledger: which sort of thing, and which one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct SubjectRef {
    /// The stored type of its aggregate.
    pub r#type: Name,
    /// Its id.
    pub id: Uuid,
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sourcing {
    recorded: bool,
}

impl Sourcing {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        let first = matches!(command, Command::Attribute { .. });
        ensure(!(first && self.recorded), Refusal::AlreadyBegun)?;
        one(command.into())
    }

    /// The state after `event`. A recorded fact is never refused.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "an event is consumed in every aggregate")]
    pub fn evolve(mut self, event: Event) -> Self {
        self.recorded |= matches!(event, Event::Attributed { .. });
        self
    }
}

causes! {
    Attribute => Attributed { subject, event, source, reason }
    RecordConflict => ConflictRecorded { subject, conflict, topic, claims, note }
    AddClaim => ClaimAdded { conflict, claim }
    Settle => Settled { conflict, by, claim, value, reason }
}

aggregate!(Sourcing, SourcingId, "sourcing");
