//! An actor: a body that takes part, with its names, its mandates and its keys.
//!
//! ```text
//! Unregistered ─Register─▶ Registered ⇄ Suspended; Registered, Suspended ─▶ Merged, Dissolved
//! ```
use std::future::Future;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantNames};

use crate::aggregate::{Refused, aggregate};
use crate::ids::{ActorId, KeyId, MandateId, UserId};
use crate::permission::Power;
use crate::territory::TerritoryId;
use crate::text::{Country, Language, Name, Note};
use std::collections::BTreeSet;
/// What sort of body it is.
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
    strum::EnumString,
    IntoStaticStr,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[allow(missing_docs)]
pub enum Kind {
    Commune,
    Province,
    Region,
    Ministry,
    DecentralisedService,
    PublicBody,
    NationalAssociation,
    LocalAssociation,
    DiasporaAssociation,
    Ngo,
    Funder,
    Operator,
    University,
    Media,
    Other,
}
/// How a key signs.
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
    strum::EnumString,
    IntoStaticStr,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[allow(missing_docs)]
pub enum KeyAlgorithm {
    Ed25519,
}
/// A code that the body has elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub struct Identifier {
    pub scheme: Name,
    pub value: Name,
}

/// What is asked of an actor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are those of the events")]
pub enum Command {
    Register {
        name: Name,
        kind: Kind,
        country: Country,
        territory: Option<TerritoryId>,
        identifiers: Vec<Identifier>,
        #[serde(skip)]
        taken_by: Option<ActorId>,
        homonym: bool,
    },
    AddAlias {
        alias: Name,
        language: Option<Language>,
        #[serde(skip)]
        taken_by: Option<ActorId>,
        homonym: bool,
    },
    Merge {
        into: ActorId,
        reason: Note,
        #[serde(skip)]
        itself: ActorId,
    },
    Suspend {
        reason: Note,
    },
    Reinstate {
        reason: Note,
    },
    Dissolve {
        reason: Note,
    },
    GrantMandate {
        mandate: MandateId,
        holder: UserId,
        powers: BTreeSet<Power>,
        from: Date,
        until: Option<Date>,
    },
    RevokeMandate {
        mandate: MandateId,
        reason: Note,
    },
    EnrolKey {
        key: KeyId,
        algorithm: KeyAlgorithm,
        public_key: Name,
    },
    RevokeKey {
        key: KeyId,
        reason: Note,
    },
}

/// What is recorded of an actor. Stored for ever: variants and fields are added, never renamed.
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
#[allow(missing_docs)]
pub enum Event {
    Registered {
        name: Name,
        kind: Kind,
        country: Country,
        #[serde(skip_serializing_if = "Option::is_none")]
        territory: Option<TerritoryId>,
        identifiers: Vec<Identifier>,
    },
    AliasAdded {
        alias: Name,
        #[serde(skip_serializing_if = "Option::is_none")]
        language: Option<Language>,
    },
    Merged {
        into: ActorId,
        reason: Note,
    },
    Suspended {
        reason: Note,
    },
    Reinstated {
        reason: Note,
    },
    Dissolved {
        reason: Note,
    },
    MandateGranted {
        mandate: MandateId,
        holder: UserId,
        powers: BTreeSet<Power>,
        from: Date,
        #[serde(skip_serializing_if = "Option::is_none")]
        until: Option<Date>,
    },
    MandateRevoked {
        mandate: MandateId,
        reason: Note,
    },
    KeyEnrolled {
        key: KeyId,
        algorithm: KeyAlgorithm,
        public_key: Name,
    },
    KeyRevoked {
        key: KeyId,
        reason: Note,
    },
}

/// Why an actor refuses: a rule said no, nothing broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the message says it")]
pub enum Refusal {
    #[error("an actor at this stage does not allow that step")]
    OutOfTurn,
}

impl Refused for Refusal {
    fn code(&self) -> String {
        format!("ACTOR_{}", <&str>::from(self))
    }
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {}

impl Actor {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        todo!("{command:?}")
    }

    /// The Actor after `event`. A recorded fact is never refused.
    #[must_use]
    pub fn evolve(self, event: Event) -> Self {
        todo!("{event:?}")
    }
}

aggregate!(Actor, ActorId, "actor");
