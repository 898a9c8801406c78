//! What is asked of what is known of the sources on one subject.
use serde::Serialize;

use crate::ids::{ActorId, ClaimId, ConflictId};
use crate::recorded::{Position, Source};
use crate::sourcing::{Claim, SubjectRef, Topic};
use crate::text::{Note, Title};

/// What is asked of what is known of the sources on one subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are those of the events")]
pub enum Command {
    Attribute {
        subject: SubjectRef,
        event: Position,
        source: Source,
        reason: Option<Note>,
    },
    RecordConflict {
        subject: SubjectRef,
        conflict: ConflictId,
        topic: Topic,
        claims: Vec<Claim>,
        note: Option<Note>,
    },
    AddClaim {
        conflict: ConflictId,
        claim: Claim,
    },
    Settle {
        conflict: ConflictId,
        by: ActorId,
        claim: Option<ClaimId>,
        value: Option<Title>,
        reason: Note,
    },
}
