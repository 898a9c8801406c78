//! What is recorded of a mobility placement.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantNames};

use crate::effective::Effective;
use crate::ids::{ActorId, IndicatorId, InterventionId, MobilityMapId, OpportunityId, ProgrammeId};
use crate::measure::Quantity;
use crate::mobility_map::Pathway;
use crate::population::{Headcount, PopulationGroup};
use crate::territory::TerritoryId;
use crate::text::{Country, Note, Title};

/// What is recorded of a mobility placement. Stored for ever: variants and fields are added, never renamed.
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
    /// A group is to go.
    Proposed {
        /// Who accompanies it.
        by: ActorId,
        /// In short.
        title: Title,
        /// Which sort of way.
        pathway: Pathway,
        /// To which country.
        country: Country,
        /// The map that names the way.
        #[serde(skip_serializing_if = "Option::is_none")]
        map: Option<MobilityMapId>,
        /// Which way of that map.
        #[serde(skip_serializing_if = "Option::is_none")]
        opportunity: Option<OpportunityId>,
        /// Within which programme.
        #[serde(skip_serializing_if = "Option::is_none")]
        programme: Option<ProgrammeId>,
        /// As part of which intervention.
        #[serde(skip_serializing_if = "Option::is_none")]
        intervention: Option<InterventionId>,
        /// From where.
        territory: TerritoryId,
        /// For whom.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        groups: Vec<PopulationGroup>,
        /// For how many.
        places: Quantity,
        /// Which indicators those who leave count towards.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        indicators: Vec<IndicatorId>,
    },
    /// They leave.
    DepartureRecorded {
        /// Who says so.
        by: ActorId,
        /// How many.
        departed: Headcount,
        /// When.
        on: Effective,
    },
    /// They come back, all or some.
    ReturnRecorded {
        /// How many, those who came back before included.
        returned: Quantity,
        /// When.
        on: Effective,
    },
    /// It ends otherwise.
    Ended {
        /// When.
        on: Effective,
        /// Why.
        reason: Note,
    },
    /// They were counted wrongly; the first count stays known.
    DepartureCorrected {
        /// Who says so.
        by: ActorId,
        /// How many left.
        departed: Headcount,
        /// Why.
        reason: Note,
    },
    /// It was written down wrongly; what is left out stays as it was.
    Corrected {
        /// In short.
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<Title>,
        /// To which country.
        #[serde(skip_serializing_if = "Option::is_none")]
        country: Option<Country>,
        /// From where.
        #[serde(skip_serializing_if = "Option::is_none")]
        territory: Option<TerritoryId>,
        /// For whom.
        #[serde(skip_serializing_if = "Option::is_none")]
        groups: Option<Vec<PopulationGroup>>,
        /// For how many.
        #[serde(skip_serializing_if = "Option::is_none")]
        places: Option<Quantity>,
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
