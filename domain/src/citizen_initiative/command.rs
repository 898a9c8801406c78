//! What is asked of a citizens' initiative.
use serde::Serialize;

use crate::effective::Effective;
use crate::ids::{ActorId, DeliberationId};
use crate::measure::Quantity;
use crate::population::PopulationGroup;
use crate::territory::TerritoryId;
use crate::text::{Note, Title};

/// What is asked of a citizens' initiative.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are those of the events")]
pub enum Command {
    Receive {
        title: Title,
        summary: Option<Note>,
        territory: TerritoryId,
        groups: Vec<PopulationGroup>,
        signatures: Option<Quantity>,
        on: Effective,
    },
    Endorse {
        by: ActorId,
        note: Option<Note>,
        on: Effective,
    },
    Refer {
        to: ActorId,
        on: Effective,
    },
    LinkDeliberation {
        deliberation: DeliberationId,
        on: Effective,
    },
    Correct {
        title: Option<Title>,
        summary: Option<Note>,
        territory: Option<TerritoryId>,
        groups: Option<Vec<PopulationGroup>>,
        signatures: Option<Quantity>,
        on: Option<Effective>,
        reason: Note,
    },
    Annul {
        by: ActorId,
        reason: Note,
    },
}
