//! What was reported of an indicator, period by period.
use async_graphql::{Object, SimpleObject};
use domain::effective::Effective;
use domain::ids::IndicatorId;
use domain::indicator::Measurement;
use domain::measure::Quantity;
use domain::population::{PopulationGroup, Sex};
use projections::actors;
use projections::breakdown::{CellKey, Line, cells};
use projections::programmes::{Indicator, Report, Standing, Version};

use crate::graphql::enums::Choice;
use crate::graphql::headcount::ReadableCount;
use crate::graphql::list::List;
use crate::graphql::scalars::Shown;
use crate::graphql::territory::TerritoryObject;
use crate::graphql::values::Text;
use crate::graphql::view::{RectificationObject, StampObject, Told, View};

/// A result that is counted under another indicator as well.
#[derive(SimpleObject)]
#[graphql(serial, name = "Sharing")]
pub struct SharingObject {
    /// Of which period.
    pub(super) period: Shown<Effective>,
    /// The id of the indicator that counts it.
    pub(super) counted_in_id: Shown<IndicatorId>,
    /// The indicator that counts it.
    pub(super) counted_in: Told<Indicator>,
    /// Why.
    pub(super) reason: Text,
    /// Who said so, and when.
    pub(super) said: StampObject,
}

/// What was reported of one period.
pub struct ReportObject {
    pub(super) view: View,
    pub(super) period: Effective,
    pub(super) is_counted: bool,
    pub(super) it: Report,
}

/// What was reported of one period.
#[Object(serial, name = "IndicatorReport")]
impl ReportObject {
    /// Of which period.
    async fn period(&self) -> Shown<Effective> {
        Shown(self.period)
    }

    /// How far it has come.
    async fn standing(&self) -> Choice<Standing> {
        Choice(self.it.standing)
    }

    /// Whether it counts towards the sum: not where it was returned or annulled, nor where a longer period is
    /// reported too.
    async fn is_counted(&self) -> bool {
        self.is_counted
    }

    /// The version that holds.
    async fn current(&self) -> Option<VersionObject> {
        let it = self.it.current()?.clone();
        Some(VersionObject { view: self.view.clone(), it })
    }

    /// Every version, the one that holds last.
    #[graphql(complexity = "crate::graphql::connection::list_cost(child_complexity)")]
    async fn versions(&self) -> List<VersionObject> {
        let versions = self.it.versions.iter().cloned();
        versions.map(|it| VersionObject { view: self.view.clone(), it }).collect()
    }

    /// Who accepted it.
    async fn accepted_by(&self) -> Told<actors::Actor> {
        self.it.accepted.and_then(|(id, _)| self.view.actor(id))
    }

    /// When it was accepted.
    async fn accepted(&self) -> Option<StampObject> {
        self.it.accepted.map(|(_, stamp)| self.view.stamp(stamp))
    }

    /// That it was made by mistake, and no other one was made since: it counts nowhere.
    async fn annulment(&self) -> Option<RectificationObject> {
        self.it.annulled.as_ref().map(|it| self.view.rectification(it))
    }

    /// Why it was returned last.
    async fn return_reason(&self) -> Option<Text> {
        self.it.returned.as_ref().map(|(reason, _)| (&**reason).into())
    }
}

/// One version of what was measured.
pub struct VersionObject {
    view: View,
    it: Version,
}

impl VersionObject {
    fn measurement(&self) -> &Measurement {
        &self.it.measurement
    }
}

/// One version of what was measured.
#[Object(serial, name = "Measurement")]
impl VersionObject {
    /// The value, in the indicator's unit.
    async fn value(&self) -> Shown<Quantity> {
        Shown(self.measurement().value)
    }

    /// Where it was measured.
    async fn territory(&self) -> Option<TerritoryObject> {
        self.measurement().territory.map(TerritoryObject)
    }

    /// How the value breaks down; empty where nothing is said, or it would point at persons.
    #[graphql(complexity = "crate::graphql::connection::list_cost(child_complexity)")]
    async fn cells(&self) -> List<CellObject> {
        cells(self.measurement()).iter().filter_map(CellObject::of).collect()
    }

    /// How much of the value no cell tells of, where there are cells.
    async fn unknown(&self) -> Option<ReadableCount> {
        cells(self.measurement()).iter().find(|it| it.of.is_none()).map(Into::into)
    }

    /// Who reported it.
    async fn by(&self) -> Told<actors::Actor> {
        self.view.actor(self.it.by)
    }

    /// Why it replaced the one before, where it is a correction.
    async fn reason(&self) -> Option<Text> {
        self.it.reason.as_deref().map(Into::into)
    }

    /// When it was reported.
    async fn said(&self) -> StampObject {
        self.view.stamp(self.it.stamp)
    }
}

/// One count of a breakdown.
#[derive(SimpleObject)]
#[graphql(serial, name = "Cell")]
pub struct CellObject {
    /// Of which sex.
    sex: Option<Choice<Sex>>,
    /// Of which group.
    group: Option<Choice<PopulationGroup>>,
    /// Where.
    territory: Option<TerritoryObject>,
    /// How many.
    #[graphql(flatten)]
    readable: ReadableCount,
}

impl CellObject {
    fn of(line: &Line<CellKey>) -> Option<Self> {
        let (sex, group, territory) = line.of?;
        Some(Self {
            sex: sex.map(Choice),
            group: group.map(Choice),
            territory: territory.map(TerritoryObject),
            readable: line.into(),
        })
    }
}
