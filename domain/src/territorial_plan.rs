//! A territorial plan: of a commune, a province or the region; and how it takes migration in.
//!
//! ```text
//! Unrecorded ─Start─▶ Preparing ─Draft─▶ Drafted ─Adopt─▶ Adopted ─Enter into force─▶ InForce
//!                                                            ▲                           │  │
//!                                             InForce, Revised ◀─────────Review──────────┘  │
//!                                             Adopted, InForce, Revised ─Expire─▶ Expired ◀─┘
//! every stage before Expired   mainstreaming, objectives, actions, interventions
//! every stage                  Annul ─▶ Annulled
//! ```
use std::future::Future;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::aggregate::{aggregate, causes, ensure, one};
use crate::ids::TerritorialPlanId;

mod command;
mod event;
mod refusal;

pub use command::Command;
pub use event::Event;
pub use refusal::Refusal;

/// What sort of plan it is.
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
pub enum Kind {
    /// Plan d'action communal (PAC).
    CommunalActionPlan,
    /// Feuille de route communale sur la migration.
    MigrationRoadmap,
    /// Programme de développement of a province or prefecture (PDP).
    ProvincialPlan,
    /// Programme de développement régional (PDR).
    RegionalPlan,
    /// Another plan.
    Other,
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TerritorialPlan {
    recorded: bool,
}

impl TerritorialPlan {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        let first = matches!(command, Command::Start { .. });
        ensure(!(first && self.recorded), Refusal::AlreadyStarted)?;
        one(command.into())
    }

    /// The state after `event`. A recorded fact is never refused.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "an event is consumed in every aggregate")]
    pub fn evolve(mut self, event: Event) -> Self {
        self.recorded |= matches!(event, Event::Started { .. });
        self
    }
}

causes! {
    Start => Started { by, kind, territory, title, period, programme, on }
    DefineObjective => ObjectiveDefined { objective, title }
    RecordMainstreaming => MainstreamingRecorded { title, note, supported_by, on }
    AddAction => ActionAdded { action, objective, title, due }
    LinkIntervention => InterventionLinked { intervention, objective, action }
    Draft => Drafted { document, on }
    Adopt => Adopted { deliberation, on }
    EnterIntoForce => EnteredIntoForce { on }
    Review => Reviewed { note, document, on }
    Expire => Expired { on, reason }
    Correct => Corrected { kind, title, period, reason }
    AnnulMainstreaming => MainstreamingAnnulled { at, reason }
    Annul => Annulled { by, reason }
}

aggregate!(TerritorialPlan, TerritorialPlanId, "territorial_plan");
