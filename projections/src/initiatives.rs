//! What citizens ask councils for.
use domain::citizen_initiative::Event;
use domain::ids::CitizenInitiativeId;
use domain::recorded::Recorded;
use imbl::OrdMap;
use serde::Serialize;

use crate::stamp::Stamp;

/// What citizens ask councils for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Initiatives {
    by_id: OrdMap<CitizenInitiativeId, Stamp>,
}

impl Initiatives {
    pub(crate) fn apply(&mut self, id: CitizenInitiativeId, _event: &Event, recorded: &Recorded) {
        self.by_id.insert(id, Stamp::of(recorded));
    }
}
