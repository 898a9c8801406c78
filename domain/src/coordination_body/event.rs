//! What is recorded of a coordination body.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantNames};

use crate::coordination_body::{Kind, Seat};
use crate::effective::Effective;
use crate::ids::{ActorId, DeliberationId, MembershipId, ProgrammeId};
use crate::territory::TerritoryId;
use crate::text::{Note, Title};

/// What is recorded of a coordination body. Stored for ever: variants and fields are added, never renamed.
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
    /// A body is set up.
    Constituted {
        /// What sort.
        kind: Kind,
        /// What it is called.
        title: Title,
        /// For which territory.
        #[serde(skip_serializing_if = "Option::is_none")]
        territory: Option<TerritoryId>,
        /// Within which programme.
        #[serde(skip_serializing_if = "Option::is_none")]
        programme: Option<ProgrammeId>,
        /// The council's act.
        #[serde(skip_serializing_if = "Option::is_none")]
        deliberation: Option<DeliberationId>,
        /// When.
        on: Effective,
    },
    /// An actor sits in it.
    MemberAdded {
        /// Its id.
        membership: MembershipId,
        /// Who.
        actor: ActorId,
        /// In which way.
        seat: Seat,
        /// Since when.
        from: Effective,
    },
    /// An actor sits in it no more.
    MembershipEnded {
        /// Which.
        membership: MembershipId,
        /// Until when.
        to: Effective,
        /// Why.
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<Note>,
    },
    /// It is no more.
    Dissolved {
        /// When.
        on: Effective,
        /// Why.
        reason: Note,
    },
    /// It was written down wrongly; what is left out stays as it was.
    Corrected {
        /// What sort.
        #[serde(skip_serializing_if = "Option::is_none")]
        kind: Option<Kind>,
        /// What it is called.
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<Title>,
        /// When it was set up.
        #[serde(skip_serializing_if = "Option::is_none")]
        on: Option<Effective>,
        /// Why.
        reason: Note,
    },
    /// It was recorded by mistake: it counts nowhere, and stays visible.
    Annulled {
        /// Who says so.
        by: ActorId,
        /// Why.
        reason: Note,
    },
}
