//! A service unit: an office that receives people, and counts visits by month.
//!
//! ```text
//! Unrecorded ─Decide─▶ Decided ─Open─▶ Open ─Suspend─▶ Suspended
//!                         │             ▲  │              │  │
//!                         │             └──┼────Resume────┘  │
//!                         └───Close──▶ Closed ◀──────────────┘
//! Decided, Open, Suspended   referral agreements
//! Open, Suspended, Closed    activity, by month
//! every stage                Annul ─▶ Annulled
//! ```
use std::future::Future;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::aggregate::{aggregate, causes, ensure, one};
use crate::ids::ServiceUnitId;
use crate::measure::Quantity;

mod command;
mod event;
mod refusal;

pub use command::Command;
pub use event::Event;
pub use refusal::Refusal;

/// What people come for.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Service {
    /// Access to rights.
    Rights,
    /// Access to care.
    Care,
    /// Information and orientation.
    Information,
}

/// What sort of partner takes people on.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum PartnerKind {
    /// Centre de santé.
    HealthCentre,
    /// Hôpital provincial.
    ProvincialHospital,
    /// An association.
    Association,
    /// A public service.
    PublicService,
}

/// How many came for one service in a month: visits, not persons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Count {
    /// For which service.
    pub service: Service,
    /// How many visits.
    pub received: Quantity,
    /// How many of them were sent on to a partner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub referred: Option<Quantity>,
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceUnit {
    recorded: bool,
}

impl ServiceUnit {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        let first = matches!(command, Command::Decide { .. });
        ensure(!(first && self.recorded), Refusal::AlreadyDecided)?;
        one(command.into())
    }

    /// The state after `event`. A recorded fact is never refused.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "an event is consumed in every aggregate")]
    pub fn evolve(mut self, event: Event) -> Self {
        self.recorded |= matches!(event, Event::Decided { .. });
        self
    }
}

causes! {
    Decide => Decided { by, title, territory, services, groups, intervention, deliberation, on }
    Open => Opened { on }
    AgreeReferral => ReferralAgreed { referral, partner, kind, services, document, on }
    EndReferral => ReferralEnded { referral, reason, on }
    ReportActivity => ActivityReported { by, month, counts }
    CorrectActivity => ActivityCorrected { by, month, counts, reason }
    Suspend => Suspended { on, reason }
    Resume => Resumed { on }
    Close => Closed { on, reason }
    Correct => Corrected { title, territory, services, groups, on, reason }
    Annul => Annulled { by, reason }
}

aggregate!(ServiceUnit, ServiceUnitId, "service_unit");
