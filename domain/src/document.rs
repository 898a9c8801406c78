//! A document: a file kept outside the ledger and named by its digest.
//!
//! ```text
//! Unrecorded ─Register─▶ Registered ─Attest─▶ Attested; consent may be withdrawn
//! ```
use std::future::Future;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantNames};

use crate::aggregate::{Refused, aggregate};
use crate::effective::Effective;
use crate::ids::{ActorId, DocumentId};
use crate::measure::Quantity;
use crate::text::{Language, Name, Note, Title};
/// The SHA-256 of a file, in lower-case hexadecimal.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct Digest(pub(crate) String);

/// What is asked of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are those of the events")]
pub enum Command {
    Register {
        title: Title,
        sha256: Option<Digest>,
        bytes: Option<Quantity>,
        media_type: Option<Name>,
        language: Option<Language>,
        address: Option<Name>,
        published: Effective,
    },
    Attest {
        by: ActorId,
        statement: Note,
    },
    WithdrawConsent {
        reason: Note,
    },
}

/// What is recorded of a document. Stored for ever: variants and fields are added, never renamed.
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
        title: Title,
        #[serde(skip_serializing_if = "Option::is_none")]
        sha256: Option<Digest>,
        #[serde(skip_serializing_if = "Option::is_none")]
        bytes: Option<Quantity>,
        #[serde(skip_serializing_if = "Option::is_none")]
        media_type: Option<Name>,
        #[serde(skip_serializing_if = "Option::is_none")]
        language: Option<Language>,
        #[serde(skip_serializing_if = "Option::is_none")]
        address: Option<Name>,
        published: Effective,
    },
    Attested {
        by: ActorId,
        statement: Note,
    },
    ConsentWithdrawn {
        reason: Note,
    },
}

/// Why a document refuses: a rule said no, nothing broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the message says it")]
pub enum Refusal {
    #[error("a document at this stage does not allow that step")]
    OutOfTurn,
}

impl Refused for Refusal {
    fn code(&self) -> String {
        format!("DOCUMENT_{}", <&str>::from(self))
    }
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {}

impl Document {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        todo!("{command:?}")
    }

    /// The Document after `event`. A recorded fact is never refused.
    #[must_use]
    pub fn evolve(self, event: Event) -> Self {
        todo!("{event:?}")
    }
}

aggregate!(Document, DocumentId, "document");
