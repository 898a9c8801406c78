//! Service units: what they offer, who takes people on, and how many came.
use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use domain::effective::Effective;
use domain::ids::ServiceUnitId;
use domain::population::PopulationGroup;
use domain::service_unit::Service;
use domain::territory::TerritoryId;
use jiff::civil::Date;
use projections::lineage::VisitsOf;
use projections::service_units::{ServiceUnit, Stage, by_month, totals};
use projections::{actors, deliberations, interventions};
use uuid::Uuid;

use super::connection::{Connection, Page};
use super::enums::Choice;
use super::event::{EventObject, trail};
use super::fault::Fault;
use super::lineage::LineageObject;
use super::list::List;
use super::node::global;
use super::noun::{Listing, Order, Sieve};
use super::payload::Node;
use super::scalars::{Given, Shown};
use super::territory::TerritoryObject;
use super::values::{AsOf, Text};
use super::view::{RectificationObject, Seen, StampObject, Told, View, must, read};

mod activity;
mod filter;
mod referral;

use activity::{ActivityMonth, MonthObject, TotalObject};
use filter::{ServiceUnitFilter, Wanted};
use referral::ReferralObject;

/// Questions about service units.
#[derive(Default)]
pub struct ServiceUnitQuery;

/// Questions about service units.
#[Object(serial)]
impl ServiceUnitQuery {
    /// One service unit: an annulled one too.
    async fn service_unit(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Given<ServiceUnitId>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "What was true on that day.")] effective_on: Option<Given<Date>>,
    ) -> Result<Told<ServiceUnit>, Fault> {
        let id = must(&id, "id")?;
        let view = View::of(ctx, as_of, effective_on).await?;
        Ok(view.tell(view.models.service_units.get(id)))
    }

    /// The service units, in the order of their ids.
    #[graphql(complexity = "super::connection::cost(first.or(last), child_complexity)")]
    async fn service_units(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them; all where it is left out.")] filter: Option<
            ServiceUnitFilter,
        >,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many of the last, from 1 to 100, instead of `first`.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Before the entry with this cursor.")] before: Option<String>,
        #[graphql(desc = "In which order; that of this list where it is left out.")]
        order_by: Option<Vec<Order>>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "What was true on that day.")] effective_on: Option<Given<Date>>,
    ) -> Result<Listing<ServiceUnit>, Fault> {
        let view = View::of(ctx, as_of, effective_on).await?;
        let page = Page::read((first, after), (last, before))?;
        let wanted = Sieve::read(filter, |it| {
            let wanted = Wanted::read(&view, it)?;
            Ok(move |it: &ServiceUnit| wanted.holds(it))
        })?;
        let all =
            |ids| view.models.service_units.between(ids).filter(|it| wanted.holds(it.as_ref()));
        Listing::between(ctx, &view, (page, order_by), all)
    }

    /// How many came to all service units of a territory: visits, never persons.
    async fn service_activity(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "In this territory, or in one within it; everywhere where it is left out."
        )]
        within: Option<Given<TerritoryId>>,
        #[graphql(desc = "From the month of this day on.")] from: Option<Given<Date>>,
        #[graphql(desc = "Up to the month of this day.")] to: Option<Given<Date>>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
    ) -> Result<ServiceActivity, Fault> {
        let (from, to) = (read(from, "from")?, read(to, "to")?);
        let within: Option<TerritoryId> = read(within, "within")?;
        let view = View::of(ctx, as_of, None).await?;
        let all = view.models.service_units.iter();
        let all = all.filter(|it| within.is_none_or(|outer| it.territory.is_within(outer)));
        let units: Vec<_> = all.collect();
        let months = by_month(units.iter().copied(), from, to);
        let all = totals(months.values().flatten().copied());
        let asked = VisitsOf { within, from, to, ..VisitsOf::default() };
        let month = |(first, it): (&Date, &Vec<_>)| ActivityMonth::of(&view, &asked, *first, it);
        Ok(ServiceActivity {
            units: units.len(),
            months: months.iter().map(month).collect(),
            totals: TotalObject::all(&view, &asked, all),
            lineage: LineageObject::of(&view, asked),
        })
    }
}

/// How many came to several service units: visits, never persons.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct ServiceActivity {
    /// How many service units lie there, whether they counted or not.
    units: usize,
    /// What was counted, month by month.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    months: List<ActivityMonth>,
    /// What the months count together, by service.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    totals: List<TotalObject>,
    /// Where these numbers come from.
    lineage: LineageObject,
}

impl Node for Seen<ServiceUnit> {
    fn find(models: &Arc<projections::Models>, id: Uuid) -> Option<Self> {
        let view = View::live(Arc::clone(models));
        view.models.service_units.get(id.into()).map(|it| view.see(it))
    }
}

/// An office that receives people.
#[Object(serial, name = "ServiceUnit")]
impl Seen<ServiceUnit> {
    /// Its id.
    pub async fn id(&self) -> ID {
        global(self.it.id)
    }

    /// What it is called.
    async fn title(&self) -> Text {
        (&self.it.title).into()
    }

    /// Who hosts it.
    async fn host(&self) -> Told<actors::Actor> {
        self.view.actor(self.it.host)
    }

    /// Where.
    async fn territory(&self) -> TerritoryObject {
        TerritoryObject(self.it.territory)
    }

    /// What people can come for; none where that was not said.
    async fn services(&self) -> Vec<Choice<Service>> {
        self.it.services.iter().copied().map(Choice).collect()
    }

    /// For whom: categories, never persons.
    async fn groups(&self) -> Vec<Choice<PopulationGroup>> {
        self.it.groups.iter().copied().map(Choice).collect()
    }

    /// The intervention that sets it up.
    async fn intervention(&self) -> Told<interventions::Intervention> {
        self.it.intervention.and_then(|id| self.view.intervention(id))
    }

    /// The council's act that it rests on.
    async fn deliberation(&self) -> Told<deliberations::Deliberation> {
        self.it.deliberation.and_then(|id| self.view.deliberation(id))
    }

    /// How far it has come; on the day of the question where one is asked for, and nothing before
    /// it was decided.
    async fn stage(&self) -> Option<Choice<Stage>> {
        let stage = self.view.effective_on.map_or(Some(self.it.stage), |day| self.it.stage_on(day));
        stage.map(Choice)
    }

    /// Every step, the latest recorded last.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn steps(&self) -> List<ServiceUnitStep> {
        let step = |it: &projections::service_units::Step| ServiceUnitStep {
            stage: Choice(it.stage),
            reason: it.reason.as_deref().map(Into::into),
            said: self.view.stamp(it.stamp),
        };
        self.it.steps.iter().map(step).collect()
    }

    /// Who takes people on whom it sends: on a day where one is asked for, else everybody who ever
    /// did.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn referrals(
        &self,
        #[graphql(desc = "On that day; the day of the question where it is left out.")] on: Option<
            Given<Date>,
        >,
    ) -> Result<List<ReferralObject>, Fault> {
        let show = |it: &_| ReferralObject::of(&self.view, it);
        Ok(match read(on, "on")?.or(self.view.effective_on) {
            Some(day) => self.it.referrals_on(day).map(show).collect(),
            None => self.it.referrals.iter().map(show).collect(),
        })
    }

    /// How many came, month by month.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn activity(
        &self,
        #[graphql(desc = "From the month of this day on.")] from: Option<Given<Date>>,
        #[graphql(desc = "Up to the month of this day.")] to: Option<Given<Date>>,
    ) -> Result<List<MonthObject>, Fault> {
        let months = self.it.activity(read(from, "from")?, read(to, "to")?);
        Ok(months.map(|it| MonthObject::of(&self.view, it)).collect())
    }

    /// How many came in a period, by service.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn totals(
        &self,
        #[graphql(desc = "From the month of this day on.")] from: Option<Given<Date>>,
        #[graphql(desc = "Up to the month of this day.")] to: Option<Given<Date>>,
    ) -> Result<List<TotalObject>, Fault> {
        let (unit, from, to) = (Some(self.it.id), read(from, "from")?, read(to, "to")?);
        let asked = VisitsOf { unit, from, to, ..VisitsOf::default() };
        Ok(TotalObject::all(&self.view, &asked, totals(self.it.activity(from, to))))
    }

    /// The months that are over, in which it was open on some day for certain, and which nobody
    /// counted.
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn missing_months(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Over on that day; the day of the question where it is left out.")]
        on: Option<Given<Date>>,
    ) -> Result<Vec<Shown<Effective>>, Fault> {
        let day = read(on, "on")?.unwrap_or_else(|| self.view.day(ctx));
        let missing = self.it.missing_months(day).into_iter();
        Ok(missing.map(|first| Shown(Effective::Month(first))).collect())
    }

    /// When it was decided.
    async fn decided(&self) -> StampObject {
        self.view.stamp(self.it.decided)
    }

    /// What was set right.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn corrections(&self) -> List<RectificationObject> {
        self.it.corrections.iter().map(|it| self.view.rectification(it)).collect()
    }

    /// Why it counts nowhere, where it was recorded by mistake.
    async fn annulment(&self) -> Option<RectificationObject> {
        self.it.annulled.as_ref().map(|it| self.view.rectification(it))
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

/// One step of a service unit.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct ServiceUnitStep {
    /// What it became.
    stage: Choice<Stage>,
    /// Why, where a reason was given.
    reason: Option<Text>,
    /// When, and who said so.
    said: StampObject,
}
