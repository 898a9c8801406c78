//! The bodies in which actors decide together.
use domain::coordination_body::Event;
use domain::ids::CoordinationBodyId;
use domain::recorded::Recorded;
use imbl::OrdMap;
use serde::Serialize;

use crate::stamp::Stamp;

/// The bodies in which actors decide together.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Bodies {
    by_id: OrdMap<CoordinationBodyId, Stamp>,
}

impl Bodies {
    pub(crate) fn apply(&mut self, id: CoordinationBodyId, _event: &Event, recorded: &Recorded) {
        self.by_id.insert(id, Stamp::of(recorded));
    }
}
