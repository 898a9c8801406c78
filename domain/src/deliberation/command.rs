//! What is asked of a deliberation.
use serde::Serialize;

use crate::deliberation::Votes;
use crate::effective::Effective;
use crate::ids::{ActorId, CitizenInitiativeId, DocumentId};
use crate::text::{Name, Note, Title};

/// What is asked of a deliberation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are those of the events")]
pub enum Command {
    Table {
        council: ActorId,
        title: Title,
        session: Option<Name>,
        initiative: Option<CitizenInitiativeId>,
        on: Effective,
    },
    Adopt {
        number: Option<Name>,
        votes: Option<Votes>,
        document: Option<DocumentId>,
        on: Effective,
    },
    Reject {
        number: Option<Name>,
        votes: Option<Votes>,
        document: Option<DocumentId>,
        reason: Option<Note>,
        on: Effective,
    },
    Postpone {
        until: Option<Effective>,
        reason: Option<Note>,
        on: Effective,
    },
    Annul {
        by: ActorId,
        reason: Note,
        on: Effective,
    },
    Correct {
        title: Option<Title>,
        session: Option<Name>,
        number: Option<Name>,
        votes: Option<Votes>,
        on: Option<Effective>,
        reason: Note,
    },
}
