//! What councils decide.
use domain::deliberation::Event;
use domain::ids::DeliberationId;
use domain::recorded::Recorded;
use imbl::OrdMap;
use serde::Serialize;

use crate::stamp::Stamp;

/// What councils decide.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Deliberations {
    by_id: OrdMap<DeliberationId, Stamp>,
}

impl Deliberations {
    pub(crate) fn apply(&mut self, id: DeliberationId, _event: &Event, recorded: &Recorded) {
        self.by_id.insert(id, Stamp::of(recorded));
    }
}
