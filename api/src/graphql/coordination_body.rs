//! Coordination bodies: who sits in them, and when they met.
use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use domain::coordination_body::Kind;
use domain::ids::CoordinationBodyId;
use jiff::civil::Date;
use projections::bodies::{Body, Stage};
use projections::{deliberations, meetings, programmes};
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
use super::territory::TerritoryObject;
use super::values::{AsOf, Text};
use super::view::{RectificationObject, Seen, StampObject, Told, View, must, read};

mod filter;
mod membership;

pub use membership::MembershipObject;

use filter::{CoordinationBodyFilter, Wanted};

/// Questions about coordination bodies.
#[derive(Default)]
pub struct CoordinationBodyQuery;

/// Questions about coordination bodies.
#[Object(serial)]
impl CoordinationBodyQuery {
    /// One coordination body: an annulled one too.
    async fn coordination_body(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Given<CoordinationBodyId>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "What was true on that day.")] effective_on: Option<Given<Date>>,
    ) -> Result<Told<Body>, Fault> {
        let id = must(&id, "id")?;
        Ok(View::of(ctx, as_of, effective_on).await?.body(id))
    }

    /// The coordination bodies, in the order of their ids.
    #[graphql(complexity = "super::connection::cost(first.or(last), child_complexity)")]
    async fn coordination_bodies(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them; all where it is left out.")] filter: Option<
            CoordinationBodyFilter,
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
    ) -> Result<Listing<Body>, Fault> {
        let view = View::of(ctx, as_of, effective_on).await?;
        let page = Page::read((first, after), (last, before))?;
        let wanted = Sieve::read(filter, |it| {
            let wanted = Wanted::read(&view, it)?;
            Ok(move |it: &Body| wanted.holds(it))
        })?;
        let all = |ids| view.models.bodies.between(ids).filter(|it| wanted.holds(it.as_ref()));
        Listing::between(ctx, &view, (page, order_by), all)
    }
}

impl View {
    /// The coordination body, where it is known.
    pub fn body(&self, id: CoordinationBodyId) -> Told<Body> {
        self.tell(self.models.bodies.get(id))
    }
}

impl Node for Seen<Body> {
    fn find(models: &Arc<projections::Models>, id: Uuid) -> Option<Self> {
        View::live(Arc::clone(models)).body(id.into()).map(|it| it.0)
    }
}

/// A body in which actors decide together.
#[Object(serial, name = "CoordinationBody")]
impl Seen<Body> {
    /// Its id.
    pub async fn id(&self) -> ID {
        global(self.it.id)
    }

    /// What sort it is.
    async fn kind(&self) -> Choice<Kind> {
        Choice(self.it.kind)
    }

    /// What it is called.
    async fn title(&self) -> Text {
        (&self.it.title).into()
    }

    /// For which territory.
    async fn territory(&self) -> Option<TerritoryObject> {
        self.it.territory.map(TerritoryObject)
    }

    /// Within which programme.
    async fn programme(&self) -> Told<programmes::Programme> {
        self.it.programme.and_then(|id| self.view.programme(id))
    }

    /// The council's act that it rests on.
    async fn deliberation(&self) -> Told<deliberations::Deliberation> {
        self.it.deliberation.and_then(|id| self.view.deliberation(id))
    }

    /// How far it has come; on the day of the question where one is asked for, and nothing before
    /// it was set up.
    async fn stage(&self) -> Option<Choice<Stage>> {
        let day = self.view.effective_on;
        day.map_or(Some(self.it.stage()), |day| self.it.stage_on(day)).map(Choice)
    }

    /// Who sits in it: on a day where one is asked for, else everybody who ever did.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn members(
        &self,
        #[graphql(desc = "On that day; the day of the question where it is left out.")] on: Option<
            Given<Date>,
        >,
    ) -> Result<List<MembershipObject>, Fault> {
        let show = |it: &_| MembershipObject::new(self, it);
        Ok(match read(on, "on")?.or(self.view.effective_on) {
            Some(day) => self.it.members_on(day).map(show).collect(),
            None => self.it.memberships.iter().map(show).collect(),
        })
    }

    /// Its meetings.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn meetings(&self) -> List<Seen<meetings::Meeting>> {
        let meetings = self.view.models.meetings.of_body(self.it.id);
        meetings.map(|it| self.view.see(it)).collect()
    }

    /// When it was set up.
    async fn constituted(&self) -> StampObject {
        self.view.stamp(self.it.constituted)
    }

    /// How it ended.
    async fn dissolution(&self) -> Option<DissolutionObject> {
        let ended = self.it.dissolved.as_ref()?;
        let (reason, said) = ((&*ended.reason).into(), self.view.stamp(ended.stamp));
        Some(DissolutionObject { reason, said })
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

    /// Every event that concerns it and its meetings, in the order of recording.
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

/// The end of a coordination body.
#[derive(SimpleObject)]
#[graphql(serial, name = "Dissolution")]
pub struct DissolutionObject {
    /// Why.
    reason: Text,
    /// When, and who said so.
    said: StampObject,
}
