//! The offices that receive people.
use domain::ids::ServiceUnitId;
use domain::recorded::Recorded;
use domain::service_unit::Event;
use imbl::OrdMap;
use serde::Serialize;

use crate::stamp::Stamp;

/// The offices that receive people.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ServiceUnits {
    by_id: OrdMap<ServiceUnitId, Stamp>,
}

impl ServiceUnits {
    pub(crate) fn apply(&mut self, id: ServiceUnitId, _event: &Event, recorded: &Recorded) {
        self.by_id.insert(id, Stamp::of(recorded));
    }
}
