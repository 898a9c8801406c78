//! What is asked of a meeting.
use jiff::civil::Date;
use serde::Serialize;

use crate::effective::Effective;
use crate::ids::{
    ActionPointId, ActorId, BodyDecisionId, CoordinationBodyId, DocumentId, InterventionId,
    ProgrammeId,
};
use crate::text::{Note, Title};

/// What is asked of a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are those of the events")]
pub enum Command {
    Convene {
        body: CoordinationBodyId,
        title: Title,
        agenda: Option<Note>,
        on: Effective,
        // Looked up for the decision, not in the event: whether that body is constituted.
        #[serde(skip)]
        body_stands: bool,
    },
    Hold {
        attending: Vec<ActorId>,
        on: Effective,
    },
    Cancel {
        reason: Note,
    },
    RecordDecision {
        decision: BodyDecisionId,
        title: Title,
        note: Option<Note>,
        programme: Option<ProgrammeId>,
        intervention: Option<InterventionId>,
    },
    AssignAction {
        action: ActionPointId,
        decision: Option<BodyDecisionId>,
        owner: ActorId,
        title: Title,
        due: Date,
    },
    RescheduleAction {
        action: ActionPointId,
        due: Date,
        reason: Note,
    },
    CloseAction {
        action: ActionPointId,
        done: bool,
        outcome: Option<Note>,
        on: Effective,
    },
    RecordMinutes {
        document: Option<DocumentId>,
        on: Effective,
    },
    ApproveMinutes {
        on: Effective,
    },
    Correct {
        title: Option<Title>,
        attending: Option<Vec<ActorId>>,
        on: Option<Effective>,
        reason: Note,
    },
    Annul {
        by: ActorId,
        reason: Note,
    },
}
