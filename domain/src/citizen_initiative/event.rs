//! What is recorded of a citizens' initiative.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantNames};

use crate::effective::Effective;
use crate::ids::{ActorId, DeliberationId};
use crate::measure::Quantity;
use crate::population::PopulationGroup;
use crate::territory::TerritoryId;
use crate::text::{Note, Title};

/// What is recorded of a citizens' initiative. Stored for ever: variants and fields are added, never renamed.
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
    /// Citizens ask a council for something.
    Received {
        /// What they ask for, in short.
        title: Title,
        /// In a few words.
        #[serde(skip_serializing_if = "Option::is_none")]
        summary: Option<Note>,
        /// Where.
        territory: TerritoryId,
        /// Who carries it: categories, never names.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        groups: Vec<PopulationGroup>,
        /// How many signed; nothing where it is not declared.
        #[serde(skip_serializing_if = "Option::is_none")]
        signatures: Option<Quantity>,
        /// When.
        on: Effective,
    },
    /// An actor supports it.
    Endorsed {
        /// Who.
        by: ActorId,
        /// In words.
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<Note>,
        /// When.
        on: Effective,
    },
    /// It goes to a council.
    Referred {
        /// Which.
        to: ActorId,
        /// When.
        on: Effective,
    },
    /// The council answers by an act.
    DeliberationLinked {
        /// Which.
        deliberation: DeliberationId,
        /// When.
        on: Effective,
    },
    /// It was written down wrongly; what is left out stays as it was.
    Corrected {
        /// What they ask for, in short.
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<Title>,
        /// In a few words.
        #[serde(skip_serializing_if = "Option::is_none")]
        summary: Option<Note>,
        /// Where.
        #[serde(skip_serializing_if = "Option::is_none")]
        territory: Option<TerritoryId>,
        /// Who carries it.
        #[serde(skip_serializing_if = "Option::is_none")]
        groups: Option<Vec<PopulationGroup>>,
        /// How many signed.
        #[serde(skip_serializing_if = "Option::is_none")]
        signatures: Option<Quantity>,
        /// When it was received.
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
