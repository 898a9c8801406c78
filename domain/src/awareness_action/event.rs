//! What is recorded of an awareness action.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantNames};

use crate::awareness_action::Channel;
use crate::effective::{Effective, Period};
use crate::ids::{ActorId, IndicatorId, InterventionId, ProgrammeId};
use crate::measure::Quantity;
use crate::population::{Headcount, PopulationGroup};
use crate::territory::TerritoryId;
use crate::text::{Note, Title};

/// What is recorded of an awareness action. Stored for ever: variants and fields are added, never renamed.
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
    /// People are to be told something.
    Planned {
        /// Who tells them.
        by: ActorId,
        /// What.
        title: Title,
        /// How they are reached.
        channel: Channel,
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
        /// From when to when.
        period: Period,
        /// Which indicators those who are reached count towards.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        indicators: Vec<IndicatorId>,
    },
    /// It takes place.
    SessionRecorded {
        /// What about.
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<Title>,
        /// How many came, or are thought to have been reached.
        #[serde(skip_serializing_if = "Option::is_none")]
        reached: Option<Quantity>,
        /// When.
        on: Effective,
    },
    /// It is over.
    CompletionRecorded {
        /// Who says so.
        by: ActorId,
        /// How many it reached.
        reached: Headcount,
        /// Whether that is an estimate.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        estimated: bool,
        /// When.
        on: Effective,
    },
    /// It does not take place.
    Cancelled {
        /// Why.
        reason: Note,
    },
    /// They were counted wrongly; the first count stays known.
    CompletionCorrected {
        /// Who says so.
        by: ActorId,
        /// How many it reached.
        reached: Headcount,
        /// Whether that is an estimate.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        estimated: bool,
        /// Why.
        reason: Note,
    },
    /// It was written down wrongly; what is left out stays as it was.
    Corrected {
        /// What.
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<Title>,
        /// How they are reached.
        #[serde(skip_serializing_if = "Option::is_none")]
        channel: Option<Channel>,
        /// Where.
        #[serde(skip_serializing_if = "Option::is_none")]
        territory: Option<TerritoryId>,
        /// For whom.
        #[serde(skip_serializing_if = "Option::is_none")]
        groups: Option<Vec<PopulationGroup>>,
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
