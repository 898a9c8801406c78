//! Where things were read, and what sources disagree about.
use domain::ids::SourcingId;
use domain::recorded::Recorded;
use domain::sourcing::Event;
use imbl::OrdMap;
use serde::Serialize;

use crate::stamp::Stamp;

/// Where things were read, and what sources disagree about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sourcings {
    by_id: OrdMap<SourcingId, Stamp>,
}

impl Sourcings {
    pub(crate) fn apply(&mut self, id: SourcingId, _event: &Event, recorded: &Recorded) {
        self.by_id.insert(id, Stamp::of(recorded));
    }
}
