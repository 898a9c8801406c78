//! What councils decide.
use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use domain::ids::DeliberationId;
use jiff::civil::Date;
use projections::deliberations::{Deliberation, Stage};
use projections::{actors, initiatives, interventions, plans};
use uuid::Uuid;

use super::connection::{Connection, Page};
use super::enums::Choice;
use super::event::{EventObject, trail};
use super::fault::Fault;
use super::list::List;
use super::node::global;
use super::noun::{Listing, Order, Sieve};
use super::payload::Node;
use super::scalars::Given;
use super::values::{AsOf, Text};
use super::view::{RectificationObject, Seen, StampObject, Told, View, must};

mod decision;
mod filter;

use decision::DecisionObject;
use filter::{DeliberationFilter, Wanted};

/// Questions about deliberations.
#[derive(Default)]
pub struct DeliberationQuery;

/// Questions about deliberations.
#[Object(serial)]
impl DeliberationQuery {
    /// One deliberation, annulled or not.
    async fn deliberation(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Given<DeliberationId>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "What was true on that day.")] effective_on: Option<Given<Date>>,
    ) -> Result<Told<Deliberation>, Fault> {
        let id = must(&id, "id")?;
        Ok(View::of(ctx, as_of, effective_on).await?.deliberation(id))
    }

    /// The deliberations, in the order of their ids; annulled ones are left out.
    #[graphql(complexity = "super::connection::cost(first.or(last), child_complexity)")]
    async fn deliberations(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them; all where it is left out.")] filter: Option<
            DeliberationFilter,
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
    ) -> Result<Listing<Deliberation>, Fault> {
        let view = View::of(ctx, as_of, effective_on).await?;
        let page = Page::read((first, after), (last, before))?;
        let wanted = Sieve::read(filter, |it| {
            let wanted = Wanted::read(&view, it)?;
            Ok(move |it: &Deliberation| wanted.holds(it))
        })?;
        let all =
            |ids| view.models.deliberations.between(ids).filter(|it| wanted.holds(it.as_ref()));
        Listing::between(ctx, &view, (page, order_by), all)
    }
}

impl Node for Seen<Deliberation> {
    fn find(models: &Arc<projections::Models>, id: Uuid) -> Option<Self> {
        View::live(Arc::clone(models)).deliberation(id.into()).map(|it| it.0)
    }
}

/// A council's act on one matter.
#[Object(serial, name = "Deliberation")]
impl Seen<Deliberation> {
    /// Its id.
    pub async fn id(&self) -> ID {
        global(self.it.id)
    }

    /// Whose council.
    async fn council(&self) -> Told<actors::Actor> {
        self.view.actor(self.it.council)
    }

    /// The matter.
    async fn title(&self) -> Text {
        (&self.it.title).into()
    }

    /// Which session.
    async fn session(&self) -> Option<&str> {
        self.it.session.as_ref().map(|it| it.as_str())
    }

    /// How far the matter has come; on the day of the question where one is asked for, and nothing
    /// before it was tabled.
    async fn stage(&self) -> Option<Choice<Stage>> {
        let stage = self.view.effective_on.map_or(Some(self.it.stage), |day| self.it.stage_on(day));
        stage.map(Choice)
    }

    /// What the council said, the latest recorded last; an annulment leaves it as it was.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn decisions(&self) -> List<DecisionObject> {
        self.it.decisions.iter().map(|it| DecisionObject::of(&self.view, it)).collect()
    }

    /// The petition that asks for it.
    async fn initiative(&self) -> Told<initiatives::Initiative> {
        self.it.initiative.and_then(|id| self.view.initiative(id))
    }

    /// The petitions that it answers; annulled ones are left out.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn answers(&self) -> List<Seen<initiatives::Initiative>> {
        let all = self.view.models.initiatives.answered_by(self.it.id);
        all.map(|it| self.view.see(it)).collect()
    }

    /// The interventions that it adopted, or that grew out of it.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn interventions(&self) -> List<Seen<interventions::Intervention>> {
        let all = self.view.models.interventions.naming(self.it.id);
        all.map(|it| self.view.see(it)).collect()
    }

    /// The territorial plans that it adopted; annulled ones are left out.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn territorial_plans(&self) -> List<Seen<plans::Plan>> {
        let all = self.view.models.plans.adopted_by(self.it.id);
        all.map(|it| self.view.see(it)).collect()
    }

    /// What was corrected.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn corrections(&self) -> List<RectificationObject> {
        self.it.corrections.iter().map(|it| self.view.rectification(it)).collect()
    }

    /// Why it holds no more, and since when; nothing where it holds.
    async fn annulment(&self) -> Option<RectificationObject> {
        self.it.annulled.as_ref().map(|it| self.view.rectification(it))
    }

    /// When the council took it up.
    async fn tabled(&self) -> StampObject {
        self.view.stamp(self.it.tabled)
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
