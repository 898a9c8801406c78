//! The regular pathways abroad, and who went.
use domain::ids::{MobilityMapId, MobilityPlacementId};
use domain::recorded::Recorded;
use domain::{mobility_map, mobility_placement};
use imbl::OrdMap;
use serde::Serialize;

use crate::stamp::Stamp;

/// The regular pathways abroad, and who went.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Mobility {
    mobility_maps: OrdMap<MobilityMapId, Stamp>,
    mobility_placements: OrdMap<MobilityPlacementId, Stamp>,
}

impl Mobility {
    pub(crate) fn apply_map(
        &mut self,
        id: MobilityMapId,
        _event: &mobility_map::Event,
        recorded: &Recorded,
    ) {
        self.mobility_maps.insert(id, Stamp::of(recorded));
    }
    pub(crate) fn apply_placement(
        &mut self,
        id: MobilityPlacementId,
        _event: &mobility_placement::Event,
        recorded: &Recorded,
    ) {
        self.mobility_placements.insert(id, Stamp::of(recorded));
    }
}
