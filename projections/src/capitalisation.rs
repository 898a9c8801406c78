//! What was learnt, for others to use.
use domain::capitalisation_item::Event;
use domain::ids::CapitalisationItemId;
use domain::recorded::Recorded;
use imbl::OrdMap;
use serde::Serialize;

use crate::stamp::Stamp;

/// What was learnt, for others to use.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Capitalisation {
    by_id: OrdMap<CapitalisationItemId, Stamp>,
}

impl Capitalisation {
    pub(crate) fn apply(&mut self, id: CapitalisationItemId, _event: &Event, recorded: &Recorded) {
        self.by_id.insert(id, Stamp::of(recorded));
    }
}
