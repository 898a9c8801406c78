//! What is recorded of a mobility map.
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantNames};

use crate::effective::Effective;
use crate::ids::{ActorId, DocumentId, IndicatorId, InterventionId, OpportunityId, ProgrammeId};
use crate::mobility_map::Pathway;
use crate::population::PopulationGroup;
use crate::text::{Country, Name, Note, Title};

/// What is recorded of a mobility map. Stored for ever: variants and fields are added, never renamed.
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
    /// Somebody begins to look for what there is.
    Drafted {
        /// Who.
        by: ActorId,
        /// What it is called.
        title: Title,
        /// In which country.
        country: Country,
        /// Within which programme.
        #[serde(skip_serializing_if = "Option::is_none")]
        programme: Option<ProgrammeId>,
        /// As part of which intervention.
        #[serde(skip_serializing_if = "Option::is_none")]
        intervention: Option<InterventionId>,
        /// Which indicators it counts towards once it is published.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        indicators: Vec<IndicatorId>,
    },
    /// There is a way.
    OpportunityAdded {
        /// Its id.
        opportunity: OpportunityId,
        /// In short.
        title: Title,
        /// Which sort of way.
        pathway: Pathway,
        /// For whom, and on what conditions.
        #[serde(skip_serializing_if = "Option::is_none")]
        conditions: Option<Note>,
        /// For whom.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        groups: Vec<PopulationGroup>,
        /// Where it was read: its source.
        reference: Name,
        /// The day on which it was checked there.
        verified_on: Date,
        /// The last day to apply.
        #[serde(skip_serializing_if = "Option::is_none")]
        closes: Option<Date>,
    },
    /// It was checked again, and still holds.
    OpportunityVerified {
        /// Which.
        opportunity: OpportunityId,
        /// Where, if elsewhere.
        #[serde(skip_serializing_if = "Option::is_none")]
        reference: Option<Name>,
        /// The day.
        on: Date,
    },
    /// The way is closed.
    OpportunityExpired {
        /// Which.
        opportunity: OpportunityId,
        /// Why.
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<Note>,
        /// When.
        on: Effective,
    },
    /// Somebody else than who drafted it agrees.
    Validated {
        /// Who.
        by: ActorId,
        /// When.
        on: Effective,
    },
    /// Everybody may read it.
    Published {
        /// The map.
        #[serde(skip_serializing_if = "Option::is_none")]
        document: Option<DocumentId>,
        /// When.
        on: Effective,
    },
    /// It is out of date.
    Expired {
        /// When.
        on: Effective,
        /// Why.
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<Note>,
    },
    /// It was written down wrongly; what is left out stays as it was.
    Corrected {
        /// What it is called.
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<Title>,
        /// In which country.
        #[serde(skip_serializing_if = "Option::is_none")]
        country: Option<Country>,
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
