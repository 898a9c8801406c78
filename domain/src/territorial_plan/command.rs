//! What is asked of a territorial plan.
use serde::Serialize;

use crate::deliberation::Stage;
use crate::effective::{Effective, Period};
use crate::ids::{
    ActorId, DeliberationId, DocumentId, InterventionId, ObjectiveId, PlanActionId, ProgrammeId,
};
use crate::recorded::Position;
use crate::territorial_plan::Kind;
use crate::territory::TerritoryId;
use crate::text::{Note, Title};

/// What is asked of a territorial plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are those of the events")]
pub enum Command {
    Start {
        by: ActorId,
        kind: Kind,
        territory: TerritoryId,
        title: Title,
        period: Period,
        programme: Option<ProgrammeId>,
        on: Effective,
    },
    DefineObjective {
        objective: ObjectiveId,
        title: Title,
    },
    RecordMainstreaming {
        title: Option<Title>,
        note: Option<Note>,
        supported_by: Option<ProgrammeId>,
        on: Effective,
    },
    AddAction {
        action: PlanActionId,
        objective: Option<ObjectiveId>,
        title: Title,
        due: Option<Effective>,
    },
    LinkIntervention {
        intervention: InterventionId,
        objective: Option<ObjectiveId>,
        action: Option<PlanActionId>,
    },
    Draft {
        document: Option<DocumentId>,
        on: Effective,
    },
    Adopt {
        deliberation: DeliberationId,
        on: Effective,
        // Looked up for the decision, not in the event: how that act stands.
        #[serde(skip)]
        act: Option<Stage>,
    },
    EnterIntoForce {
        on: Effective,
    },
    Review {
        note: Note,
        document: Option<DocumentId>,
        on: Effective,
    },
    Expire {
        on: Effective,
        reason: Option<Note>,
    },
    Correct {
        kind: Option<Kind>,
        title: Option<Title>,
        period: Option<Period>,
        reason: Note,
    },
    AnnulMainstreaming {
        at: Position,
        reason: Note,
    },
    Annul {
        by: ActorId,
        reason: Note,
    },
}
