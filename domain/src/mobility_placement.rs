//! A mobility placement: how many go abroad together by a regular pathway, and come back. Counts only.
//!
//! ```text
//! Unrecorded ─Propose─▶ Proposed ─Record departure─▶ Departed ─Record return─▶ Returned
//!                          └────────────End────────────┴─▶ Ended
//! Departed    more come back; Returned once all have
//! Departed, Returned, Ended after a departure
//!             its count is corrected, by somebody else than who recorded it: who was thought to be
//!             back with all others may turn out not to be
//! every stage Correct; Annul ─▶ Annulled
//! ```
use std::future::Future;

use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

use crate::aggregate::{aggregate, causes, one};
use crate::effective::Effective;
use crate::ids::{ActorId, MobilityPlacementId};
use crate::measure::Quantity;
use crate::population::{Headcount, PopulationGroup};
use crate::territory::TerritoryId;
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

/// The most groups that a placement is for.
pub const GROUPS_MAX: usize = 50;
/// The most indicators that a placement counts towards.
pub const INDICATORS_MAX: usize = 50;

/// How far a placement has come.
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
    Proposed,
    Departed,
    // A report that is "returned" goes back to its author: another word where people read it.
    #[serde(rename = "came_back")]
    #[strum(serialize = "came_back")]
    Returned,
    Ended,
    Annulled,
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MobilityPlacement {
    stage: Stage,
    proposal: Option<Proposal>,
    departure: Option<Departure>,
    returned: Quantity,
}

/// What a correction can change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Proposal {
    title: Title,
    country: Country,
    territory: TerritoryId,
    groups: Vec<PopulationGroup>,
    places: Quantity,
}

/// How many left and when, and who recorded it first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Departure {
    by: ActorId,
    departed: Headcount,
    on: Effective,
}

impl MobilityPlacement {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        self.check(&command)?;
        one(command.into())
    }

    /// The placement after `event`. A recorded fact is never refused.
    #[must_use]
    pub fn evolve(mut self, event: Event) -> Self {
        match event {
            Event::Proposed { title, country, territory, groups, places, .. } => {
                self.proposal = Some(Proposal { title, country, territory, groups, places });
                self.stage = Stage::Proposed;
            }
            Event::DepartureRecorded { by, departed, on } => {
                self.departure = Some(Departure { by, departed, on });
                self.stage = Stage::Departed;
            }
            Event::ReturnRecorded { returned, .. } => {
                self.returned = returned;
                self.count_back();
            }
            Event::DepartureCorrected { departed, .. } => {
                if let Some(departure) = &mut self.departure {
                    departure.departed = departed;
                }
                self.count_back();
            }
            Event::Ended { .. } => self.stage = Stage::Ended,
            Event::Corrected { title, country, territory, groups, places, .. } => {
                if let Some(known) = self.proposal.take() {
                    self.proposal = Some(Proposal {
                        title: title.unwrap_or(known.title),
                        country: country.unwrap_or(known.country),
                        territory: territory.unwrap_or(known.territory),
                        groups: groups.unwrap_or(known.groups),
                        places: places.unwrap_or(known.places),
                    });
                }
            }
            Event::Annulled { .. } => self.stage = Stage::Annulled,
        }
        self
    }

    /// Whether all are back, or some are still away.
    fn count_back(&mut self) {
        if matches!(self.stage, Stage::Departed | Stage::Returned) {
            let away = self.departure.as_ref().is_some_and(|it| it.departed.total > self.returned);
            self.stage = if away { Stage::Departed } else { Stage::Returned };
        }
    }
}

causes! {
    Propose => Proposed { by, title, pathway, country, map, opportunity, programme, intervention, territory, groups, places, indicators }
    RecordDeparture => DepartureRecorded { by, departed, on }
    RecordReturn => ReturnRecorded { returned, on }
    End => Ended { on, reason }
    CorrectDeparture => DepartureCorrected { by, departed, reason }
    Correct => Corrected { title, country, territory, groups, places, reason }
    Annul => Annulled { by, reason }
}

aggregate!(MobilityPlacement, MobilityPlacementId, "mobility_placement");
