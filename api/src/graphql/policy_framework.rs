//! The strategies that programmes align with.
use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use domain::effective::Effective;
use domain::ids::{AxisId, PolicyFrameworkId};
use projections::frameworks::{Axis, Framework};
use projections::{actors, programmes};
use uuid::Uuid;

use super::connection::{Connection, Page};
use super::event::{EventObject, trail};
use super::fault::Fault;
use super::list::List;
use super::node::global;
use super::noun::{Listing, Order};
use super::payload::Node;
use super::scalars::{Given, Shown};
use super::values::{AsOf, Text};
use super::view::{RectificationObject, Seen, StampObject, Told, View, must};

/// Questions about policy frameworks.
#[derive(Default)]
pub struct PolicyFrameworkQuery;

/// Questions about policy frameworks.
#[Object(serial)]
impl PolicyFrameworkQuery {
    /// One policy framework.
    async fn policy_framework(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Given<PolicyFrameworkId>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
    ) -> Result<Told<Framework>, Fault> {
        let id = must(&id, "id")?;
        let view = View::of(ctx, as_of, None).await?;
        Ok(view.tell(view.models.frameworks.get(id)))
    }

    /// Every policy framework, in the order of their ids.
    #[graphql(complexity = "super::connection::cost(first.or(last), child_complexity)")]
    async fn policy_frameworks(
        &self,
        ctx: &Context<'_>,
        #[graphql(default, desc = "Only those that nothing has superseded.")] in_force_only: bool,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many of the last, from 1 to 100, instead of `first`.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Before the entry with this cursor.")] before: Option<String>,
        #[graphql(desc = "In which order; that of this list where it is left out.")]
        order_by: Option<Vec<Order>>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
    ) -> Result<Listing<Framework>, Fault> {
        let view = View::of(ctx, as_of, None).await?;
        let page = Page::read((first, after), (last, before))?;
        let all = |ids| {
            let all = view.models.frameworks.between(ids);
            all.filter(|it| !in_force_only || it.superseded.is_none())
        };
        Listing::between(ctx, &view, (page, order_by), all)
    }
}

impl Node for Seen<Framework> {
    fn find(models: &Arc<projections::Models>, id: Uuid) -> Option<Self> {
        let view = View::live(Arc::clone(models));
        view.models.frameworks.get(id.into()).map(|it| view.see(it))
    }
}

/// A strategy that programmes align with.
#[Object(serial, name = "PolicyFramework")]
impl Seen<Framework> {
    /// Its id.
    pub async fn id(&self) -> ID {
        global(self.it.id)
    }

    /// Its title.
    async fn title(&self) -> Text {
        (&self.it.title).into()
    }

    /// Its initials.
    async fn acronym(&self) -> Option<&str> {
        self.it.acronym.as_ref().map(|it| it.as_str())
    }

    /// Who adopted it.
    async fn adopted_by(&self) -> Told<actors::Actor> {
        self.it.adopted_by.and_then(|id| self.view.actor(id))
    }

    /// When it was adopted.
    async fn adopted_on(&self) -> Shown<Effective> {
        Shown(self.it.adopted_on)
    }

    /// Its axes.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn axes(&self) -> List<AxisObject> {
        self.it.axes.iter().cloned().map(AxisObject).collect()
    }

    /// Whether something else took its place.
    async fn superseded(&self) -> Option<StampObject> {
        self.it.superseded.as_ref().map(|it| self.view.stamp(it.stamp))
    }

    /// Why something else took its place.
    async fn supersession_reason(&self) -> Option<Text> {
        self.it.superseded.as_ref().map(|it| (&*it.reason).into())
    }

    /// What took its place.
    async fn successor(&self) -> Told<Framework> {
        let id = self.it.superseded.as_ref()?.successor?;
        self.view.tell(self.view.models.frameworks.get(id))
    }

    /// The programmes that follow it.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn programmes(&self) -> List<Seen<programmes::Programme>> {
        let all = self.view.models.programmes.following(self.it.id);
        all.map(|it| self.view.see(it)).collect()
    }

    /// When the ledger learned of it.
    async fn recorded(&self) -> StampObject {
        self.view.stamp(self.it.adopted)
    }

    /// What of it was corrected, and why: what it said before stays in its timeline.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn corrections(&self) -> List<RectificationObject> {
        self.view.rectifications(&self.it.corrections)
    }

    /// That it was recorded by mistake, and why: it counts nowhere.
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

/// One axis of a policy framework.
pub struct AxisObject(pub Axis);

/// One axis of a policy framework.
#[Object(serial, name = "Axis")]
impl AxisObject {
    /// Its id.
    async fn id(&self) -> Shown<AxisId> {
        Shown(self.0.id)
    }

    /// Its title.
    async fn title(&self) -> Text {
        (&self.0.title).into()
    }
}
