//! Who was reached: counts.
use domain::awareness_action::Event;
use domain::ids::AwarenessActionId;
use domain::recorded::Recorded;
use imbl::OrdMap;
use serde::Serialize;

use crate::stamp::Stamp;

/// Who was reached: counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Awareness {
    by_id: OrdMap<AwarenessActionId, Stamp>,
}

impl Awareness {
    pub(crate) fn apply(&mut self, id: AwarenessActionId, _event: &Event, recorded: &Recorded) {
        self.by_id.insert(id, Stamp::of(recorded));
    }
}
