//! What is recorded of a capitalisation item.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantNames};

use crate::capitalisation_item::Kind;
use crate::classification::Sector;
use crate::effective::Effective;
use crate::ids::{ActorId, CapitalisationItemId, DocumentId, InterventionId, ProgrammeId};
use crate::population::PopulationGroup;
use crate::recorded::Position;
use crate::territory::TerritoryId;
use crate::text::{Language, Name, Note, Title};

/// What is recorded of a capitalisation item. Stored for ever: variants and fields are added, never renamed.
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
    /// Somebody writes down what was learnt.
    Drafted {
        /// Who.
        by: ActorId,
        /// What sort.
        kind: Kind,
        /// In short.
        title: Title,
        /// What was learnt.
        #[serde(skip_serializing_if = "Option::is_none")]
        summary: Option<Note>,
        /// In which language it is told.
        #[serde(skip_serializing_if = "Option::is_none")]
        language: Option<Language>,
        /// Within which programme.
        #[serde(skip_serializing_if = "Option::is_none")]
        programme: Option<ProgrammeId>,
        /// From which interventions.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        interventions: Vec<InterventionId>,
        /// Where.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        territories: Vec<TerritoryId>,
        /// On what.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        sectors: Vec<Sector>,
        /// For whom.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        groups: Vec<PopulationGroup>,
        /// Where it is to be read or seen.
        #[serde(skip_serializing_if = "Option::is_none")]
        address: Option<Name>,
        /// Whether people can be recognised in it.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        people_seen: bool,
    },
    /// What shows that it is so.
    EvidenceLinked {
        /// A document.
        #[serde(skip_serializing_if = "Option::is_none")]
        document: Option<DocumentId>,
        /// An event of this ledger.
        #[serde(skip_serializing_if = "Option::is_none")]
        event: Option<Position>,
        /// In words.
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<Note>,
    },
    /// Somebody else has read it.
    Reviewed {
        /// Who.
        by: ActorId,
        /// In words.
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<Note>,
    },
    /// Everybody may use it.
    Published {
        /// Who publishes.
        by: ActorId,
        /// The reference of the consent of those who are seen.
        #[serde(skip_serializing_if = "Option::is_none")]
        consent: Option<Name>,
        /// When.
        on: Effective,
    },
    /// A newer one takes its place.
    Superseded {
        /// Which.
        successor: CapitalisationItemId,
        /// Why.
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<Note>,
    },
    /// It is not to be used any more.
    Withdrawn {
        /// Why.
        reason: Note,
    },
    /// It was written down wrongly; what is left out stays as it was.
    Corrected {
        /// In short.
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<Title>,
        /// What was learnt.
        #[serde(skip_serializing_if = "Option::is_none")]
        summary: Option<Note>,
        /// In which language it is told.
        #[serde(skip_serializing_if = "Option::is_none")]
        language: Option<Language>,
        /// From which interventions.
        #[serde(skip_serializing_if = "Option::is_none")]
        interventions: Option<Vec<InterventionId>>,
        /// Where.
        #[serde(skip_serializing_if = "Option::is_none")]
        territories: Option<Vec<TerritoryId>>,
        /// On what.
        #[serde(skip_serializing_if = "Option::is_none")]
        sectors: Option<Vec<Sector>>,
        /// For whom.
        #[serde(skip_serializing_if = "Option::is_none")]
        groups: Option<Vec<PopulationGroup>>,
        /// Where it is to be read or seen.
        #[serde(skip_serializing_if = "Option::is_none")]
        address: Option<Name>,
        /// Whether people can be recognised in it.
        #[serde(skip_serializing_if = "Option::is_none")]
        people_seen: Option<bool>,
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
