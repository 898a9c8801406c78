//! A mobility map: the regular pathways to one country, each with its source and the day it was checked.
//!
//! ```text
//! Unrecorded ─Draft─▶ Draft ─Validate─▶ Validated ─Publish─▶ Published ─Expire─▶ Expired
//! Draft, Validated, Published   opportunities are added, checked again, and expire
//! every stage                   Annul ─▶ Annulled
//! ```
use std::future::Future;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::aggregate::{aggregate, causes, ensure, one};
use crate::ids::MobilityMapId;

mod command;
mod event;
mod refusal;

pub use command::Command;
pub use event::Event;
pub use refusal::Refusal;

/// A regular pathway abroad.
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
pub enum Pathway {
    /// Volontariat.
    Volunteering,
    /// Études.
    Study,
    /// Formation professionnelle.
    VocationalTraining,
    /// Travail saisonnier.
    SeasonalWork,
    /// Emploi qualifié.
    SkilledWork,
    /// Entrepreneuriat circulaire.
    Entrepreneurship,
    /// Échange ou mobilité courte.
    Exchange,
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MobilityMap {
    recorded: bool,
}

impl MobilityMap {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        let first = matches!(command, Command::Draft { .. });
        ensure(!(first && self.recorded), Refusal::AlreadyDrafted)?;
        one(command.into())
    }

    /// The state after `event`. A recorded fact is never refused.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "an event is consumed in every aggregate")]
    pub fn evolve(mut self, event: Event) -> Self {
        self.recorded |= matches!(event, Event::Drafted { .. });
        self
    }
}

causes! {
    Draft => Drafted { by, title, country, programme, intervention, indicators }
    AddOpportunity => OpportunityAdded { opportunity, title, pathway, conditions, groups, source, verified_on, closes }
    VerifyOpportunity => OpportunityVerified { opportunity, source, on }
    ExpireOpportunity => OpportunityExpired { opportunity, reason, on }
    Validate => Validated { by, on }
    Publish => Published { document, on }
    Expire => Expired { on, reason }
    Correct => Corrected { title, country, reason }
    Annul => Annulled { by, reason }
}

aggregate!(MobilityMap, MobilityMapId, "mobility_map");
