//! Who was trained: counts.
use domain::ids::TrainingCohortId;
use domain::recorded::Recorded;
use domain::training_cohort::Event;
use imbl::OrdMap;
use serde::Serialize;

use crate::stamp::Stamp;

/// Who was trained: counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Trainings {
    by_id: OrdMap<TrainingCohortId, Stamp>,
}

impl Trainings {
    pub(crate) fn apply(&mut self, id: TrainingCohortId, _event: &Event, recorded: &Recorded) {
        self.by_id.insert(id, Stamp::of(recorded));
    }
}
