//! What results are measured by, and how that stands against the targets.
use std::collections::BTreeSet;
use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use domain::effective::Effective;
use domain::measure::Quantity;
use domain::programme::Comparator;
use domain::text::Name;
use jiff::civil::Date;
use projections::lineage::{BreakdownOf, ResultsOf};
use projections::programmes::{Indicator, Programme, Target, Verdict};
use projections::results::{Basis, Doubt};
use uuid::Uuid;

use super::connection::{Connection, Page};
use super::enums::Choice;
use super::event::{EventObject, trail};
use super::fault::Fault;
use super::headcount::BreakdownObject;
use super::lineage::LineageObject;
use super::list::List;
use super::node::global;
use super::payload::Node;
use super::result::{ContributionObject, ProgressObject};
use super::scalars::{Given, Shown};
use super::values::Text;
use super::view::{Seen, StampObject, Told, View, read};

mod report;

use report::{ReportObject, SharingObject};

impl Node for Seen<Indicator> {
    fn find(models: &Arc<projections::Models>, id: Uuid) -> Option<Self> {
        let view = View::live(Arc::clone(models));
        view.models.programmes.indicator(id.into()).map(|it| view.see(it))
    }
}

/// What a result is measured by.
#[Object(serial, name = "Indicator")]
impl Seen<Indicator> {
    /// Its id.
    pub async fn id(&self) -> ID {
        global(self.it.id)
    }

    /// What is counted.
    async fn title(&self) -> Text {
        (&self.it.title).into()
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
    async fn programme(&self) -> Told<Programme> {
        self.view.programme(self.it.programme)
    }

    /// The target that holds.
    async fn target(&self) -> Option<TargetObject> {
        self.it.target().map(|it| TargetObject::of(&self.view, it))
    }

    /// The target and its revisions, the one that holds last.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn targets(&self) -> List<TargetObject> {
        self.it.targets.iter().map(|it| TargetObject::of(&self.view, it)).collect()
    }

    /// What was measured and what was contributed, by the day of the question.
    async fn progress(&self, ctx: &Context<'_>) -> ProgressObject {
        let only = BTreeSet::from([self.it.id]);
        let asked = ResultsOf::indicators([self.it.id], self.view.day(ctx));
        ProgressObject::of(&self.view, &only, asked)
    }

    /// What was measured and accepted by somebody else than the reporter; nothing where nothing was.
    async fn measured(&self, ctx: &Context<'_>) -> Option<Shown<i64>> {
        let day = self.view.day(ctx);
        self.view.models.judge(&self.it, day).measured.map(Shown)
    }

    /// The sum of its contributions; nothing where there is none.
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn contributed(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "On that day; the day of the question where it is left out.")] on: Option<
            Given<Date>,
        >,
    ) -> Result<Option<Shown<i64>>, Fault> {
        Ok(self.view.models.judge(&self.it, self.day(ctx, on)?).contributed.map(Shown))
    }

    /// Where what was measured and contributed, and the verdict on it, come from.
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn lineage(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "On that day; the day of the question where it is left out.")] on: Option<
            Given<Date>,
        >,
    ) -> Result<LineageObject, Fault> {
        let asked = ResultsOf::indicators([self.it.id], self.day(ctx, on)?);
        Ok(LineageObject::of(&self.view, asked))
    }

    /// What counts towards it without being measured for it: trainings, awareness actions, maps and
    /// placements.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn contributions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "On that day; the day of the question where it is left out.")] on: Option<
            Given<Date>,
        >,
    ) -> Result<List<ContributionObject>, Fault> {
        let day = self.day(ctx, on)?;
        let all = self.view.models.contributions(self.it.id, day);
        Ok(all.iter().map(|it| ContributionObject::of(&self.view, it)).collect())
    }

    /// How it stands against its target: what was measured and accepted decides where there is any
    /// of it, else what was contributed.
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn verdict(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "On that day; the day of the question where it is left out.")] on: Option<
            Given<Date>,
        >,
    ) -> Result<Choice<Verdict>, Fault> {
        Ok(Choice(self.view.models.judge(&self.it, self.day(ctx, on)?).verdict))
    }

    /// What the verdict rests on; nothing where there is no value that was accepted or contributed.
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn basis(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "On that day; the day of the question where it is left out.")] on: Option<
            Given<Date>,
        >,
    ) -> Result<Option<Choice<Basis>>, Fault> {
        Ok(self.view.models.judge(&self.it, self.day(ctx, on)?).basis.map(Choice))
    }

    /// What should be known of its values.
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn flags(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "On that day; the day of the question where it is left out.")] on: Option<
            Given<Date>,
        >,
    ) -> Result<Vec<Choice<Doubt>>, Fault> {
        let judgement = self.view.models.judge(&self.it, self.day(ctx, on)?);
        Ok(judgement.doubts().into_iter().map(Choice).collect())
    }

    /// Of whom the value that decides is made up, as far as its sources say.
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn breakdown(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "On that day; the day of the question where it is left out.")] on: Option<
            Given<Date>,
        >,
    ) -> Result<BreakdownObject, Fault> {
        let day = self.day(ctx, on)?;
        let it = self.view.models.breakdown(self.it.id, day);
        let asked = BreakdownOf { indicator: self.it.id, on: day };
        Ok(BreakdownObject::of(&it, LineageObject::of(&self.view, asked)))
    }

    /// What was reported, period by period.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn reports(&self) -> List<ReportObject> {
        let Some(reporting) = self.view.models.programmes.reporting(self.it.id) else {
            return List::default();
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
    async fn shared(&self) -> List<SharingObject> {
        let programmes = &self.view.models.programmes;
        let shared = programmes.reporting(self.it.id).map(|it| it.shared.iter());
        let shared = shared.into_iter().flatten();
        shared
            .map(|(period, it)| SharingObject {
                period: Shown(*period),
                counted_in_id: Shown(it.counted_in),
                counted_in: self.view.tell(programmes.indicator(it.counted_in)),
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
    #[graphql(complexity = "super::connection::cost(first.or(last), child_complexity)")]
    async fn timeline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many of the last, from 1 to 100, instead of `first`.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Before the entry with this cursor.")] before: Option<String>,
    ) -> Result<Connection<EventObject>, Fault> {
        trail(ctx, &self.view, self.it.id.into(), Page::read((first, after), (last, before))?).await
    }
}

impl Seen<Indicator> {
    fn day(&self, ctx: &Context<'_>, on: Option<Given<Date>>) -> Result<Date, Fault> {
        Ok(read(on, "on")?.unwrap_or_else(|| self.view.day(ctx)))
    }
}

/// What should be reached, until when.
#[derive(SimpleObject)]
#[graphql(serial, name = "Target")]
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
