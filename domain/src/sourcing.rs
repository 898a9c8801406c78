//! Sourcing: where what the ledger says of one subject was read, and what sources disagree about. One
//! stream a subject, whose id follows from the subject's: see [`SubjectRef::sourcing`].
//!
//! ```text
//! Unrecorded ─Attribute, Record conflict─▶ Begun
//! each conflict: Open ─Add claim─▶ Open ─Settle─▶ Settled ─Add claim─▶ Open
//! ```
//!
//! Claims stay side by side for ever; what is settled is which of them holds, or what holds instead.
use std::collections::BTreeMap;
use std::future::Future;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};
use uuid::Uuid;

use crate::aggregate::{aggregate, causes, one};
use crate::ids::{ClaimId, ConflictId, SourcingId};
use crate::recorded::{Position, Source};
use crate::text::{Name, Title};

mod check;
mod command;
mod event;
mod refusal;
#[cfg(test)]
mod tests;

pub use command::Command;
pub use event::Event;
pub use refusal::Refusal;

/// The most sources that the events of one subject get after the fact.
pub const ATTRIBUTIONS_MAX: usize = 1_000;
/// The most disagreements about one subject.
pub const CONFLICTS_MAX: usize = 200;
/// The most claims of one disagreement.
pub const CLAIMS_MAX: usize = 50;

/// What the ids of streams are derived under.
const NAMESPACE: Uuid = Uuid::from_u128(0x7469_7769_7a69_5000_8000_736f_7572_6365);

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

impl SubjectRef {
    /// The one stream about this subject: the UUID of version 5 (RFC 9562) of `type/id`.
    pub fn sourcing(&self) -> SourcingId {
        let name = format!("{}/{}", self.r#type.as_str(), self.id);
        Uuid::new_v5(&NAMESPACE, name.as_bytes()).into()
    }
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sourcing {
    /// Whose stream it is.
    subject: Option<SubjectRef>,
    attributed: Vec<(Position, Source)>,
    conflicts: BTreeMap<ConflictId, Conflict>,
}

/// A disagreement of sources.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Conflict {
    claims: Vec<(ClaimId, Title, Source)>,
    settled: bool,
}

impl Sourcing {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        self.check(&command)?;
        one(command.into())
    }

    /// The state after `event`. A recorded fact is never refused.
    #[must_use]
    pub fn evolve(mut self, event: Event) -> Self {
        match event {
            Event::Attributed { subject, event, source, .. } => {
                self.subject.get_or_insert(subject);
                self.attributed.push((event, source));
            }
            Event::ConflictRecorded { subject, conflict, claims, .. } => {
                self.subject.get_or_insert(subject);
                let claims = claims.into_iter().map(|it| (it.claim, it.value, it.source)).collect();
                self.conflicts.insert(conflict, Conflict { claims, settled: false });
            }
            Event::ClaimAdded { conflict, claim } => {
                if let Some(conflict) = self.conflicts.get_mut(&conflict) {
                    conflict.claims.push((claim.claim, claim.value, claim.source));
                    conflict.settled = false;
                }
            }
            Event::Settled { conflict, .. } => {
                if let Some(conflict) = self.conflicts.get_mut(&conflict) {
                    conflict.settled = true;
                }
            }
        }
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
