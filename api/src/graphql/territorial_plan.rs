//! Territorial plans: what they want to reach, what carries them out, and on which day they hold.
use std::collections::BTreeSet;
use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use domain::ids::TerritorialPlanId;
use domain::territorial_plan::Kind;
use jiff::civil::Date;
use projections::plans::{Plan, Stage};
use projections::{actors, interventions, programmes};
use uuid::Uuid;

use super::connection::{Connection, Page};
use super::enums::Choice;
use super::event::{EventObject, trail};
use super::fault::Fault;
use super::list::List;
use super::mainstreaming::MainstreamingObject;
use super::node::global;
use super::noun::{Listing, Order, Sieve};
use super::payload::Node;
use super::scalars::Given;
use super::territory::TerritoryObject;
use super::values::{AsOf, PeriodObject, Text};
use super::view::{RectificationObject, Seen, StampObject, Told, View, must, read};

mod filter;
mod parts;

use filter::{TerritorialPlanFilter, Wanted};
use parts::{AdoptionOfPlan, ObjectiveObject, PlanActionObject, PlanLinkObject, PlanStep};

/// Questions about territorial plans.
#[derive(Default)]
pub struct TerritorialPlanQuery;

/// Questions about territorial plans.
#[Object(serial)]
impl TerritorialPlanQuery {
    /// One territorial plan, annulled or not.
    async fn territorial_plan(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Given<TerritorialPlanId>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "What was true on that day.")] effective_on: Option<Given<Date>>,
    ) -> Result<Told<Plan>, Fault> {
        let id = must(&id, "id")?;
        Ok(View::of(ctx, as_of, effective_on).await?.plan(id))
    }

    /// The territorial plans, in the order of their ids; annulled ones are left out.
    #[graphql(complexity = "super::connection::cost(first.or(last), child_complexity)")]
    async fn territorial_plans(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them; all where it is left out.")] filter: Option<
            TerritorialPlanFilter,
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
    ) -> Result<Listing<Plan>, Fault> {
        let view = View::of(ctx, as_of, effective_on).await?;
        let page = Page::read((first, after), (last, before))?;
        let day = view.day(ctx);
        let wanted = Sieve::read(filter, |it| {
            let wanted = Wanted::read(&view, it, day)?;
            Ok(move |it: &Plan| wanted.holds(it))
        })?;
        let all = |ids| view.models.plans.between(ids).filter(|it| wanted.holds(it.as_ref()));
        Listing::between(ctx, &view, (page, order_by), all)
    }
}

impl Node for Seen<Plan> {
    fn find(models: &Arc<projections::Models>, id: Uuid) -> Option<Self> {
        View::live(Arc::clone(models)).plan(id.into()).map(|it| it.0)
    }
}

/// The plan of a commune, a province or prefecture, or the region.
#[Object(serial, name = "TerritorialPlan")]
impl Seen<Plan> {
    /// Its id.
    pub async fn id(&self) -> ID {
        global(self.it.id)
    }

    /// Whose plan.
    async fn by(&self) -> Told<actors::Actor> {
        self.view.actor(self.it.by)
    }

    /// What sort of plan.
    async fn kind(&self) -> Choice<Kind> {
        Choice(self.it.kind)
    }

    /// For which territory.
    async fn territory(&self) -> TerritoryObject {
        TerritoryObject(self.it.territory)
    }

    /// What it is called.
    async fn title(&self) -> Text {
        (&self.it.title).into()
    }

    /// From when to when it is to hold.
    async fn period(&self) -> PeriodObject {
        self.it.period.into()
    }

    /// Which programme accompanies it.
    async fn programme(&self) -> Told<programmes::Programme> {
        self.it.programme.and_then(|id| self.view.programme(id))
    }

    /// How far it has come; on the day of the question where one is asked for, and nothing before
    /// it was started.
    async fn stage(&self) -> Option<Choice<Stage>> {
        let stage = self.view.effective_on.map_or(Some(self.it.stage), |day| self.it.stage_on(day));
        stage.map(Choice)
    }

    /// Whether it holds on a day: it had entered into force, nobody had ended it, and its period
    /// can include that day.
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn in_force(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "On that day; the day of the question where it is left out.")] on: Option<
            Given<Date>,
        >,
    ) -> Result<bool, Fault> {
        let day = read(on, "on")?.unwrap_or_else(|| self.view.day(ctx));
        Ok(self.it.in_force_on(day))
    }

    /// Every step, the latest recorded last.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn steps(&self) -> List<PlanStep> {
        self.it.steps.iter().map(|it| PlanStep::of(&self.view, it)).collect()
    }

    /// By which act it was adopted.
    async fn adoption(&self) -> Option<AdoptionOfPlan> {
        self.it.adoption.map(|it| AdoptionOfPlan::of(&self.view, it))
    }

    /// What it wants to reach.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn objectives(
        &self,
        #[graphql(
            default,
            desc = "Only those that no action serves and no intervention that has not been given \
                    up carries out."
        )]
        uncovered_only: bool,
    ) -> List<ObjectiveObject> {
        let interventions = &self.view.models.interventions;
        let uncovered: BTreeSet<_> = self.it.uncovered(interventions).map(|it| it.id).collect();
        let all = self.it.objectives.iter().map(|it| (it, !uncovered.contains(&it.id)));
        let wanted = all.filter(|(_, is_covered)| !(uncovered_only && *is_covered));
        wanted.map(|(it, is_covered)| ObjectiveObject::of(self, it, is_covered)).collect()
    }

    /// What it is to do.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn actions(&self) -> List<PlanActionObject> {
        self.it.actions.iter().map(|it| PlanActionObject::of(&self.view, it)).collect()
    }

    /// The interventions that it names as what carries it out, and for what.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn links(&self) -> List<PlanLinkObject> {
        self.it.links.iter().map(|it| PlanLinkObject::of(&self.view, it)).collect()
    }

    /// Every intervention that is part of it: by its own record, or by the intervention's.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn interventions(&self) -> List<Seen<interventions::Intervention>> {
        let named = self.view.models.interventions.ids_naming(self.it.id);
        let all: BTreeSet<_> =
            self.it.links.iter().map(|it| it.intervention).chain(named).collect();
        all.into_iter().filter_map(|id| self.view.intervention(id)).map(|it| it.0).collect()
    }

    /// How it takes migration in, in the order of recording, annulled records among them.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn mainstreamings(&self) -> List<MainstreamingObject> {
        let all = self.it.mainstreamings.iter();
        all.map(|it| MainstreamingObject::of(&self.view, &self.it, it)).collect()
    }

    /// What was corrected.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn corrections(&self) -> List<RectificationObject> {
        self.it.corrections.iter().map(|it| self.view.rectification(it)).collect()
    }

    /// Why it counts nowhere; nothing where it counts.
    async fn annulment(&self) -> Option<RectificationObject> {
        self.it.annulled.as_ref().map(|it| self.view.rectification(it))
    }

    /// When it was started.
    async fn started(&self) -> StampObject {
        self.view.stamp(self.it.started)
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
