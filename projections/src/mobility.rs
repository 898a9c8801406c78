//! The regular pathways abroad, and who went.
use std::sync::Arc;

use domain::ids::{MobilityMapId, MobilityPlacementId, OpportunityId};
use domain::recorded::Recorded;
use domain::text::Country;
use domain::{mobility_map, mobility_placement};
use imbl::OrdMap;
use jiff::civil::Date;
use serde::Serialize;

use crate::index::Index;
use crate::register::{Kept, Register};
use crate::stamp::Stamp;

mod maps;
mod placements;

pub use maps::{Expiry, Map, MapStage, Opportunity, VERIFIED_DAYS_MAX, Verification};
pub use placements::{Departure, Placement, PlacementStage, Return};

/// The countries that the catalogue begins with, in this order: those that the programme's own maps
/// are of.
const FIRST_COUNTRIES: [&str; 2] = ["FR", "BE"];

/// Where an opportunity stands in the catalogue: France and Belgium first, then the other countries
/// by their codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Shelf {
    rank: usize,
    /// The country.
    pub country: Country,
    /// The opportunity.
    pub opportunity: OpportunityId,
    /// Its map.
    pub map: MobilityMapId,
}

impl Shelf {
    fn of(map: &Map, opportunity: OpportunityId) -> Self {
        let country = map.country;
        let first = FIRST_COUNTRIES.iter().position(|it| *it == country.as_str());
        let rank = first.unwrap_or(FIRST_COUNTRIES.len());
        Self { rank, country, opportunity, map: map.id }
    }

    /// A text that sorts as the shelves do.
    pub fn key(&self) -> String {
        let Self { rank, country, opportunity, map } = self;
        format!("{rank}{}{opportunity}{map}", country.as_str())
    }
}

/// Every mobility map and placement.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Mobility {
    /// The maps.
    pub maps: Register<Map>,
    /// The placements.
    pub placements: Register<Placement>,
    by_map: Index<MobilityMapId, MobilityPlacementId>,
    /// The map of each opportunity, by the opportunity's id alone.
    map_of: OrdMap<OpportunityId, MobilityMapId>,
}

impl Mobility {
    /// The opportunity, with its map.
    pub fn opportunity(&self, id: OpportunityId) -> Option<(&Arc<Map>, &Arc<Opportunity>)> {
        let map = self.maps.get(*self.map_of.get(&id)?)?;
        Some((map, map.opportunity(id)?))
    }

    /// The placements that go by `map`.
    pub fn by_map(&self, map: MobilityMapId) -> impl Iterator<Item = &Arc<Placement>> {
        let all = self.by_map.of(map).filter_map(|id| self.placements.get(id));
        all.filter(|it| !it.is_annulled())
    }

    /// What somebody can take on `day`: the open opportunities of the published maps, in the order of
    /// their shelves.
    pub fn catalogue(&self, day: Date) -> Vec<(Shelf, &Arc<Map>, &Arc<Opportunity>)> {
        let published = self.maps.iter().filter(|it| it.is_published_on(day));
        let mut open: Vec<_> = published
            .flat_map(|map| map.opportunities.iter().map(move |it| (map, it)))
            .filter(|(_, it)| it.is_open_on(day))
            .map(|(map, it)| (Shelf::of(map, it.id), map, it))
            .collect();
        open.sort_unstable_by_key(|(shelf, ..)| *shelf);
        open
    }

    pub(crate) fn apply_map(
        &mut self,
        id: MobilityMapId,
        event: &mobility_map::Event,
        recorded: &Recorded,
    ) {
        if let Some(map) = Map::drafted(id, event, Stamp::of(recorded)) {
            return self.maps.insert(map);
        }
        if let mobility_map::Event::OpportunityAdded { opportunity, .. } = event {
            self.map_of.insert(*opportunity, id);
        }
        self.maps.change(id, |it| it.apply(event, recorded));
    }

    pub(crate) fn apply_placement(
        &mut self,
        id: MobilityPlacementId,
        event: &mobility_placement::Event,
        recorded: &Recorded,
    ) {
        match Placement::proposed(id, event, Stamp::of(recorded)) {
            Some(placement) => {
                placement.map.into_iter().for_each(|map| self.by_map.insert(map, id));
                self.placements.insert(placement);
            }
            None => self.placements.change(id, |it| it.apply(event, recorded)),
        }
    }
}
