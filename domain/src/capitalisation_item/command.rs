//! What is asked of a capitalisation item.
use serde::Serialize;

use crate::capitalisation_item::Kind;
use crate::classification::Sector;
use crate::effective::Effective;
use crate::ids::{ActorId, CapitalisationItemId, DocumentId, InterventionId, ProgrammeId};
use crate::population::PopulationGroup;
use crate::recorded::Position;
use crate::territory::TerritoryId;
use crate::text::{Language, Name, Note, Title};

/// What is asked of a capitalisation item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are those of the events")]
pub enum Command {
    Draft {
        by: ActorId,
        kind: Kind,
        title: Title,
        summary: Option<Note>,
        language: Option<Language>,
        programme: Option<ProgrammeId>,
        interventions: Vec<InterventionId>,
        territories: Vec<TerritoryId>,
        sectors: Vec<Sector>,
        groups: Vec<PopulationGroup>,
        address: Option<Name>,
        people_seen: bool,
    },
    LinkEvidence {
        document: Option<DocumentId>,
        event: Option<Position>,
        note: Option<Note>,
    },
    Review {
        by: ActorId,
        note: Option<Note>,
    },
    Publish {
        by: ActorId,
        consent: Option<Name>,
        on: Effective,
    },
    Supersede {
        successor: CapitalisationItemId,
        reason: Option<Note>,
        // Looked up for the decision; not in the event.
        #[serde(skip)]
        itself: CapitalisationItemId,
        // Looked up for the decision; not in the event.
        #[serde(skip)]
        successor_published: bool,
    },
    Withdraw {
        reason: Note,
    },
    Correct {
        title: Option<Title>,
        summary: Option<Note>,
        language: Option<Language>,
        interventions: Option<Vec<InterventionId>>,
        territories: Option<Vec<TerritoryId>>,
        sectors: Option<Vec<Sector>>,
        groups: Option<Vec<PopulationGroup>>,
        address: Option<Name>,
        people_seen: Option<bool>,
        reason: Note,
    },
    Annul {
        by: ActorId,
        reason: Note,
    },
}
