//! What is asked of an actor.
use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use super::{Identifier, KeyAlgorithm, Kind};
use crate::ids::{ActorId, KeyId, MandateId, UserId};
use crate::permission::Power;
use crate::territory::TerritoryId;
use crate::text::{Country, Language, Name, Note};

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
    Correct {
        name: Option<Name>,
        kind: Option<Kind>,
        country: Option<Country>,
        territory: Option<TerritoryId>,
        identifiers: Option<Vec<Identifier>>,
        #[serde(skip)]
        taken_by: Option<ActorId>,
        homonym: bool,
        reason: Note,
    },
    WithdrawAlias {
        alias: Name,
        reason: Note,
    },
    Annul {
        by: ActorId,
        reason: Note,
        #[serde(skip)]
        today: Date,
    },
}
