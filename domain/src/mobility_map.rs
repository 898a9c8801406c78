//! A mobility map: the regular pathways to one country, each with its source and the day it was checked.
//!
//! ```text
//! Unrecorded ─Draft─▶ Draft ─Validate─▶ Validated ─Publish─▶ Published ─Expire─▶ Expired
//! Draft, Validated, Published   opportunities are added, checked again, and expire
//! every stage                   Correct; Annul ─▶ Annulled
//! ```
//!
//! A way that nobody may take by law has no place in [`Pathway`]: such a map cannot be written.
use std::collections::BTreeMap;
use std::future::Future;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::aggregate::{aggregate, causes, one};
use crate::effective::Effective;
use crate::ids::{ActorId, MobilityMapId, OpportunityId};
use crate::text::{Country, Title};

mod check;
mod command;
mod event;
mod refusal;
#[cfg(test)]
mod tests;

pub use command::Command;
pub use event::Event;
pub use refusal::Refusal;

/// The most opportunities of a map, expired ones included.
pub const OPPORTUNITIES_MAX: usize = 500;
/// The most groups that an opportunity is for.
pub const GROUPS_MAX: usize = 50;
/// The most indicators that a map counts towards.
pub const INDICATORS_MAX: usize = 50;

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

/// How far a map has come.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    IntoStaticStr,
    strum::Display,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[expect(missing_docs, reason = "the diagram above says it")]
pub enum Stage {
    #[default]
    Unrecorded,
    Draft,
    Validated,
    Published,
    Expired,
    Annulled,
}

/// What a map says of the way that a group takes: looked up when the group is proposed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Way {
    /// There is no such map, or it was annulled.
    #[default]
    NoMap,
    /// The map does not name the way.
    NotNamed,
    /// It does, or the map alone was asked about.
    Named {
        /// Of which country the map is.
        country: Country,
        /// Which sort of way it is, where one was asked about.
        pathway: Option<Pathway>,
    },
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MobilityMap {
    stage: Stage,
    drafter: Option<ActorId>,
    title: Option<Title>,
    country: Option<Country>,
    opportunities: BTreeMap<OpportunityId, Opportunity>,
    published: Option<Effective>,
}

/// A way, as far as the next decision needs it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Opportunity {
    pathway: Pathway,
    verified_on: Date,
    closes: Option<Date>,
    expired: bool,
}

impl MobilityMap {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        self.check(&command)?;
        one(command.into())
    }

    /// What it says of `opportunity`, or of itself where none is asked about.
    pub fn way(&self, opportunity: Option<OpportunityId>) -> Way {
        let country = self.country.filter(|_| self.stage != Stage::Annulled);
        let Some(country) = country else { return Way::NoMap };
        let found = opportunity.map(|it| self.opportunities.get(&it));
        match found {
            None => Way::Named { country, pathway: None },
            Some(None) => Way::NotNamed,
            Some(Some(it)) => Way::Named { country, pathway: Some(it.pathway) },
        }
    }

    /// The map after `event`. A recorded fact is never refused.
    #[must_use]
    pub fn evolve(mut self, event: Event) -> Self {
        match event {
            Event::Drafted { by, title, country, .. } => {
                (self.drafter, self.title, self.country) = (Some(by), Some(title), Some(country));
                self.stage = Stage::Draft;
            }
            Event::OpportunityAdded { opportunity, pathway, verified_on, closes, .. } => {
                let added = Opportunity { pathway, verified_on, closes, expired: false };
                self.opportunities.insert(opportunity, added);
            }
            Event::OpportunityVerified { opportunity, on, .. } => {
                if let Some(it) = self.opportunities.get_mut(&opportunity) {
                    it.verified_on = on;
                }
            }
            Event::OpportunityExpired { opportunity, .. } => {
                if let Some(it) = self.opportunities.get_mut(&opportunity) {
                    it.expired = true;
                }
            }
            Event::Validated { .. } => self.stage = Stage::Validated,
            Event::Published { on, .. } => {
                self.published = Some(on);
                self.stage = Stage::Published;
            }
            Event::Expired { .. } => self.stage = Stage::Expired,
            Event::Corrected { title, country, .. } => {
                self.title = title.or(self.title);
                self.country = country.or(self.country);
            }
            Event::Annulled { .. } => self.stage = Stage::Annulled,
        }
        self
    }
}

causes! {
    Draft => Drafted { by, title, country, programme, intervention, indicators }
    AddOpportunity => OpportunityAdded { opportunity, title, pathway, conditions, groups, reference, verified_on, closes }
    VerifyOpportunity => OpportunityVerified { opportunity, reference, on }
    ExpireOpportunity => OpportunityExpired { opportunity, reason, on }
    Validate => Validated { by, on }
    Publish => Published { document, on }
    Expire => Expired { on, reason }
    Correct => Corrected { title, country, reason }
    Annul => Annulled { by, reason }
}

aggregate!(MobilityMap, MobilityMapId, "mobility_map");
