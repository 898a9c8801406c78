//! What is asked of a coordination body.
use serde::Serialize;

use crate::coordination_body::{Kind, Seat};
use crate::effective::Effective;
use crate::ids::{ActorId, DeliberationId, MembershipId, ProgrammeId};
use crate::territory::TerritoryId;
use crate::text::{Note, Title};

/// What is asked of a coordination body.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are those of the events")]
pub enum Command {
    Constitute {
        kind: Kind,
        title: Title,
        territory: Option<TerritoryId>,
        programme: Option<ProgrammeId>,
        deliberation: Option<DeliberationId>,
        on: Effective,
    },
    AddMember {
        membership: MembershipId,
        actor: ActorId,
        seat: Seat,
        from: Effective,
    },
    EndMembership {
        membership: MembershipId,
        to: Effective,
        reason: Option<Note>,
    },
    Dissolve {
        on: Effective,
        reason: Note,
    },
    Correct {
        kind: Option<Kind>,
        title: Option<Title>,
        on: Option<Effective>,
        reason: Note,
    },
    Annul {
        by: ActorId,
        reason: Note,
    },
}
