//! What those bodies decided, and who does what.
use domain::ids::MeetingId;
use domain::meeting::Event;
use domain::recorded::Recorded;
use imbl::OrdMap;
use serde::Serialize;

use crate::stamp::Stamp;

/// What those bodies decided, and who does what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Meetings {
    by_id: OrdMap<MeetingId, Stamp>,
}

impl Meetings {
    pub(crate) fn apply(&mut self, id: MeetingId, _event: &Event, recorded: &Recorded) {
        self.by_id.insert(id, Stamp::of(recorded));
    }
}
