//! What is recorded of a training cohort.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantNames};

use crate::effective::{Effective, Period};
use crate::ids::{ActorId, IndicatorId, InterventionId, ProgrammeId};
use crate::measure::Quantity;
use crate::population::{Headcount, PopulationGroup, Profession};
use crate::territory::TerritoryId;
use crate::text::{Note, Title};

/// What is recorded of a training cohort. Stored for ever: variants and fields are added, never renamed.
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
    /// A training is to be held.
    Planned {
        /// Who holds it.
        by: ActorId,
        /// What it is about.
        title: Title,
        /// Within which programme.
        #[serde(skip_serializing_if = "Option::is_none")]
        programme: Option<ProgrammeId>,
        /// As part of which intervention.
        #[serde(skip_serializing_if = "Option::is_none")]
        intervention: Option<InterventionId>,
        /// Where.
        territory: TerritoryId,
        /// For whom.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        groups: Vec<PopulationGroup>,
        /// For which professions.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        professions: Vec<Profession>,
        /// For how many.
        #[serde(skip_serializing_if = "Option::is_none")]
        places: Option<Quantity>,
        /// From when to when.
        period: Period,
        /// Which indicators those who complete it count towards.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        indicators: Vec<IndicatorId>,
    },
    /// It meets.
    SessionRecorded {
        /// What about.
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<Title>,
        /// How many came.
        #[serde(skip_serializing_if = "Option::is_none")]
        attended: Option<Quantity>,
        /// How long it lasted, in hours.
        #[serde(skip_serializing_if = "Option::is_none")]
        hours: Option<u16>,
        /// When.
        on: Effective,
    },
    /// It is over.
    CompletionRecorded {
        /// Who says so.
        by: ActorId,
        /// How many began.
        enrolled: Headcount,
        /// How many completed it.
        completed: Headcount,
        /// When.
        on: Effective,
    },
    /// It is not held.
    Cancelled {
        /// Why.
        reason: Note,
    },
    /// They were counted wrongly; the first counts stay known.
    CompletionCorrected {
        /// Who says so.
        by: ActorId,
        /// How many began.
        enrolled: Headcount,
        /// How many completed it.
        completed: Headcount,
        /// Why.
        reason: Note,
    },
    /// It was written down wrongly; what is left out stays as it was.
    Corrected {
        /// What it is about.
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<Title>,
        /// Where.
        #[serde(skip_serializing_if = "Option::is_none")]
        territory: Option<TerritoryId>,
        /// For whom.
        #[serde(skip_serializing_if = "Option::is_none")]
        groups: Option<Vec<PopulationGroup>>,
        /// For which professions.
        #[serde(skip_serializing_if = "Option::is_none")]
        professions: Option<Vec<Profession>>,
        /// For how many.
        #[serde(skip_serializing_if = "Option::is_none")]
        places: Option<Quantity>,
        /// From when to when.
        #[serde(skip_serializing_if = "Option::is_none")]
        period: Option<Period>,
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
