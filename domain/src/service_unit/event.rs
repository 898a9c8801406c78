//! What is recorded of a service unit.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantNames};

use crate::effective::Effective;
use crate::ids::{ActorId, DeliberationId, DocumentId, InterventionId, ReferralId};
use crate::population::PopulationGroup;
use crate::service_unit::{Count, PartnerKind, Service};
use crate::territory::TerritoryId;
use crate::text::{Note, Title};

/// What is recorded of a service unit. Stored for ever: variants and fields are added, never renamed.
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
    /// Somebody decides that there shall be one.
    Decided {
        /// Who hosts it.
        by: ActorId,
        /// What it is called.
        title: Title,
        /// Where.
        territory: TerritoryId,
        /// What people can come for.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        services: Vec<Service>,
        /// For whom.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        groups: Vec<PopulationGroup>,
        /// The intervention that sets it up.
        #[serde(skip_serializing_if = "Option::is_none")]
        intervention: Option<InterventionId>,
        /// The council's act.
        #[serde(skip_serializing_if = "Option::is_none")]
        deliberation: Option<DeliberationId>,
        /// When.
        on: Effective,
    },
    /// It receives people.
    Opened {
        /// When.
        on: Effective,
    },
    /// A partner takes people on whom it sends.
    ReferralAgreed {
        /// Its id.
        referral: ReferralId,
        /// Who.
        partner: ActorId,
        /// What sort of partner.
        kind: PartnerKind,
        /// For which services.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        services: Vec<Service>,
        /// The agreement.
        #[serde(skip_serializing_if = "Option::is_none")]
        document: Option<DocumentId>,
        /// When.
        on: Effective,
    },
    /// A partner takes on no more.
    ReferralEnded {
        /// Which agreement.
        referral: ReferralId,
        /// Why.
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<Note>,
        /// When.
        on: Effective,
    },
    /// How many came in a month.
    ActivityReported {
        /// Who counted.
        by: ActorId,
        /// Which month.
        month: Effective,
        /// How many came for which service.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        counts: Vec<Count>,
    },
    /// A month was counted wrongly; the first count stays known.
    ActivityCorrected {
        /// Who.
        by: ActorId,
        /// Which month.
        month: Effective,
        /// How many came for which service.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        counts: Vec<Count>,
        /// Why.
        reason: Note,
    },
    /// It receives nobody for a time.
    Suspended {
        /// When.
        on: Effective,
        /// Why.
        reason: Note,
    },
    /// It receives people again.
    Resumed {
        /// When.
        on: Effective,
    },
    /// It receives nobody any more.
    Closed {
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
        /// Where.
        #[serde(skip_serializing_if = "Option::is_none")]
        territory: Option<TerritoryId>,
        /// What people can come for.
        #[serde(skip_serializing_if = "Option::is_none")]
        services: Option<Vec<Service>>,
        /// For whom.
        #[serde(skip_serializing_if = "Option::is_none")]
        groups: Option<Vec<PopulationGroup>>,
        /// When it was decided.
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
