//! What is recorded of what is known of the sources on one subject.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantNames};

use crate::ids::{ActorId, ClaimId, ConflictId};
use crate::recorded::{Position, Source};
use crate::sourcing::{Claim, SubjectRef, Topic};
use crate::text::{Note, Title};

/// What is recorded of what is known of the sources on one subject. Stored for ever: variants and fields are added, never renamed.
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
pub enum Event {
    /// Something that was recorded without a source, or with another, was read there.
    Attributed {
        /// Of which subject.
        subject: SubjectRef,
        /// Which event.
        event: Position,
        /// Where it was read.
        source: Source,
        /// Why that is known only now.
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<Note>,
    },
    /// Two sources or more disagree.
    ConflictRecorded {
        /// About which subject.
        subject: SubjectRef,
        /// Its id.
        conflict: ConflictId,
        /// What about.
        topic: Topic,
        /// What each of them says.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        claims: Vec<Claim>,
        /// In words.
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<Note>,
    },
    /// One more source speaks.
    ClaimAdded {
        /// Which conflict.
        conflict: ConflictId,
        /// What it says.
        claim: Claim,
    },
    /// Somebody decides what holds.
    Settled {
        /// Which conflict.
        conflict: ConflictId,
        /// Who.
        by: ActorId,
        /// The claim that holds; nothing where none does.
        #[serde(skip_serializing_if = "Option::is_none")]
        claim: Option<ClaimId>,
        /// What holds instead, where none of the claims does.
        #[serde(skip_serializing_if = "Option::is_none")]
        value: Option<Title>,
        /// Why.
        reason: Note,
    },
}
