//! Territorial plans, and how they take migration in.
use domain::ids::TerritorialPlanId;
use domain::recorded::Recorded;
use domain::territorial_plan::Event;
use imbl::OrdMap;
use serde::Serialize;

use crate::stamp::Stamp;

/// Territorial plans, and how they take migration in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Plans {
    by_id: OrdMap<TerritorialPlanId, Stamp>,
}

impl Plans {
    pub(crate) fn apply(&mut self, id: TerritorialPlanId, _event: &Event, recorded: &Recorded) {
        self.by_id.insert(id, Stamp::of(recorded));
    }
}
