//! Expected results, what they are measured by, and how that stands against the targets.
use std::collections::BTreeSet;
use std::sync::Arc;

use async_graphql::{Context, Object, SimpleObject};
use domain::effective::Effective;
use domain::ids::{ExpectedResultId, IndicatorId};
use domain::indicator::{Cell, Measurement};
use domain::measure::Quantity;
use domain::population::{PopulationGroup, Sex};
use domain::programme::Comparator;
use domain::text::Name;
use jiff::civil::Date;
use projections::actors;
use projections::programmes::{
    ExpectedResult, Indicator, Programme, Progress, Report, Standing, Target, Verdict, Version,
};
use uuid::Uuid;

use super::connection::Connection;
use super::enums::Choice;
use super::event::{EventObject, trail};
use super::fault::Fault;
use super::payload::Node;
use super::scalars::{Given, Shown};
use super::territory::TerritoryObject;
use super::values::Text;
use super::view::{RectificationObject, Seen, StampObject, View, read};

/// A result that a programme expects.
pub struct ResultObject {
    pub(super) view: View,
    pub(super) it: ExpectedResult,
}

/// A result that a programme expects.
#[Object(name = "ExpectedResult")]
impl ResultObject {
    /// Its id.
    async fn id(&self) -> Shown<ExpectedResultId> {
        Shown(self.it.id)
    }

    /// What is expected.
    async fn title(&self) -> Text {
        (&*self.it.title).into()
    }

    /// What it is measured by.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn indicators(&self) -> Vec<Seen<Indicator>> {
        let all = self.it.indicators.iter();
        let found = all.filter_map(|id| self.view.models.programmes.indicator(*id));
        found.map(|it| self.view.see(it)).collect()
    }

    /// The value of all its indicators together: a result that they share counts once. It says
    /// something where they count in one unit.
    async fn total(&self) -> ProgressObject {
        let ids: BTreeSet<_> = self.it.indicators.iter().copied().collect();
        self.view.models.programmes.total(&ids).into()
    }

    /// When it was defined.
    async fn defined(&self) -> StampObject {
        self.view.stamp(self.it.defined)
    }
}

/// What was measured, in the indicator's unit.
#[derive(SimpleObject)]
#[graphql(name = "Progress")]
pub struct ProgressObject {
    /// The sum of what was reported and not returned; a period within a longer one that is reported
    /// too is left out.
    reported: Shown<i64>,
    /// The sum of what somebody else than the reporter agreed to.
    agreed: Shown<i64>,
    /// How many periods were reported.
    periods: usize,
    /// How much was left out of both sums because another of the indicators counts it.
    counted_elsewhere: Shown<i64>,
}

impl From<Progress> for ProgressObject {
    fn from(progress: Progress) -> Self {
        Self {
            reported: Shown(progress.reported),
            agreed: Shown(progress.agreed),
            periods: progress.periods,
            counted_elsewhere: Shown(progress.counted_elsewhere),
        }
    }
}

impl Node for Seen<Indicator> {
    fn find(models: &Arc<projections::Models>, id: Uuid) -> Option<Self> {
        let view = View::live(Arc::clone(models));
        view.models.programmes.indicator(id.into()).map(|it| view.see(it))
    }
}

/// What a result is measured by.
#[Object(name = "Indicator")]
impl Seen<Indicator> {
    /// Its id.
    async fn id(&self) -> Shown<IndicatorId> {
        Shown(self.it.id)
    }

    /// What is counted.
    async fn title(&self) -> Text {
        (&*self.it.title).into()
    }

    /// In which unit.
    async fn unit(&self) -> Shown<Name> {
        Shown(Name::clone(&self.it.unit))
    }

    /// The value before the programme.
    async fn baseline(&self) -> Option<Shown<Quantity>> {
        self.it.baseline.map(Shown)
    }

    /// Whose it is.
    async fn programme(&self) -> Option<Seen<Programme>> {
        self.view.programme(self.it.programme)
    }

    /// The target that holds.
    async fn target(&self) -> Option<TargetObject> {
        self.it.target().map(|it| TargetObject::of(&self.view, it))
    }

    /// The target and its revisions, the one that holds last.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn targets(&self) -> Vec<TargetObject> {
        self.it.targets.iter().map(|it| TargetObject::of(&self.view, it)).collect()
    }

    /// What was measured.
    async fn progress(&self) -> ProgressObject {
        self.view.models.programmes.progress(self.it.id).into()
    }

    /// How it stands against its target.
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn verdict(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "On that day; the day of the question where it is left out.")] on: Option<
            Given<Date>,
        >,
    ) -> Result<Choice<Verdict>, Fault> {
        let day = read(on, "on")?.unwrap_or_else(|| self.view.day(ctx));
        Ok(Choice(self.view.models.programmes.verdict(&self.it, day)))
    }

    /// What was reported, period by period.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn reports(&self) -> Vec<ReportObject> {
        let Some(reporting) = self.view.models.programmes.reporting(self.it.id) else {
            return Vec::new();
        };
        let counted: BTreeSet<_> = reporting.counted().map(|(period, _)| period).collect();
        let reports = reporting.reports.iter();
        reports
            .map(|(period, it)| ReportObject {
                view: self.view.clone(),
                period: *period,
                is_counted: counted.contains(period),
                it: it.clone(),
            })
            .collect()
    }

    /// The periods whose result is counted under another indicator as well.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn shared(&self) -> Vec<SharingObject> {
        let programmes = &self.view.models.programmes;
        let shared = programmes.reporting(self.it.id).map(|it| it.shared.iter());
        let shared = shared.into_iter().flatten();
        shared
            .map(|(period, it)| SharingObject {
                period: Shown(*period),
                counted_in_id: Shown(it.counted_in),
                counted_in: programmes.indicator(it.counted_in).map(|it| self.view.see(it)),
                reason: (&*it.reason).into(),
                said: self.view.stamp(it.stamp),
            })
            .collect()
    }

    /// When it was defined.
    async fn defined(&self) -> StampObject {
        self.view.stamp(self.it.defined)
    }

    /// Every event that concerns it, in the order of recording.
    #[graphql(complexity = "super::connection::cost(first, child_complexity)")]
    async fn timeline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
    ) -> Result<Connection<EventObject>, Fault> {
        trail(ctx, &self.view, self.it.id.into(), first, after).await
    }
}

/// What should be reached, until when.
#[derive(SimpleObject)]
#[graphql(name = "Target")]
pub struct TargetObject {
    /// The value, in the indicator's unit.
    value: Shown<Quantity>,
    /// How a measured value is compared with it.
    comparator: Choice<Comparator>,
    /// Until when.
    due: Shown<Effective>,
    /// Why it was revised; nothing for the first.
    reason: Option<Text>,
    /// Who set it, and when.
    said: StampObject,
}

impl TargetObject {
    fn of(view: &View, it: &Target) -> Self {
        Self {
            value: Shown(it.value),
            comparator: Choice(it.comparator),
            due: Shown(it.due),
            reason: it.reason.as_deref().map(Into::into),
            said: view.stamp(it.stamp),
        }
    }
}

/// A result that is counted under another indicator as well.
#[derive(SimpleObject)]
#[graphql(name = "Sharing")]
pub struct SharingObject {
    /// Of which period.
    period: Shown<Effective>,
    /// The id of the indicator that counts it.
    counted_in_id: Shown<IndicatorId>,
    /// The indicator that counts it.
    counted_in: Option<Seen<Indicator>>,
    /// Why.
    reason: Text,
    /// Who said so, and when.
    said: StampObject,
}

/// What was reported of one period.
pub struct ReportObject {
    view: View,
    period: Effective,
    is_counted: bool,
    it: Report,
}

/// What was reported of one period.
#[Object(name = "IndicatorReport")]
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
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn versions(&self) -> Vec<VersionObject> {
        let versions = self.it.versions.iter().cloned();
        versions.map(|it| VersionObject { view: self.view.clone(), it }).collect()
    }

    /// Who accepted it.
    async fn accepted_by(&self) -> Option<Seen<actors::Actor>> {
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
#[Object(name = "Measurement")]
impl VersionObject {
    /// The value, in the indicator's unit.
    async fn value(&self) -> Shown<Quantity> {
        Shown(self.measurement().value)
    }

    /// Where it was measured.
    async fn territory(&self) -> Option<TerritoryObject> {
        self.measurement().territory.map(TerritoryObject)
    }

    /// How the value breaks down.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn cells(&self) -> Vec<CellObject> {
        self.measurement().cells.iter().map(Into::into).collect()
    }

    /// How much of the value no cell tells of.
    async fn unknown(&self) -> Option<Shown<Quantity>> {
        self.measurement().unknown.map(Shown)
    }

    /// Who reported it.
    async fn by(&self) -> Option<Seen<actors::Actor>> {
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
#[graphql(name = "Cell")]
pub struct CellObject {
    /// Of which sex.
    sex: Option<Choice<Sex>>,
    /// Of which group.
    group: Option<Choice<PopulationGroup>>,
    /// Where.
    territory: Option<TerritoryObject>,
    /// How many.
    count: Shown<Quantity>,
}

impl From<&Cell> for CellObject {
    fn from(cell: &Cell) -> Self {
        Self {
            sex: cell.sex.map(Choice),
            group: cell.group.map(Choice),
            territory: cell.territory.map(TerritoryObject),
            count: Shown(cell.count),
        }
    }
}
