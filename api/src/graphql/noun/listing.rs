//! The list of a noun: a page of it, and what all of it comes to.
use std::borrow::Cow;
use std::fmt::Display;
use std::str::FromStr;
use std::sync::Arc;

use async_graphql::{Context, Object, ObjectType, OutputType, TypeName};

use super::aggregate::{Group, groups};
use super::order::Place;
use super::{Aggregates, GroupBy, Noun, Order};
use crate::graphql::connection::{Connection, Edge, Page, PageInfo, list_cost};
use crate::graphql::fault::Fault;
use crate::graphql::view::{Seen, View};

/// What it costs to walk a whole list once more, in the terms of a query's complexity.
const WALK: usize = 200;

/// One page of a noun's list, and all that it holds, where that is asked for.
pub struct Listing<T> {
    page: Connection<Seen<T>>,
    view: View,
    all: Vec<Arc<T>>,
}

impl<T: Noun> Listing<T> {
    /// The page of `entries`, which come in the order of their ids, in the order that is asked for.
    pub fn of<'a>(
        ctx: &Context<'_>,
        view: &View,
        (page, orders): (Page, Option<Vec<Order>>),
        entries: impl Iterator<Item = &'a Arc<T>>,
    ) -> Result<Self, Fault> {
        Self::keyed(ctx, view, (page, orders), entries.map(|it| (it.uuid(), it)))
    }

    /// The same for entries that come in the order of keys of their own.
    pub fn keyed<'a, K: Ord + Clone + Display + FromStr>(
        ctx: &Context<'_>,
        view: &View,
        (page, orders): (Page, Option<Vec<Order>>),
        entries: impl Iterator<Item = (K, &'a Arc<T>)>,
    ) -> Result<Self, Fault> {
        let orders = Order::read(orders)?;
        let asked = ctx.look_ahead();
        let whole = asked.field("aggregates").exists() || asked.field("groups").exists();
        let key = |(key, _): &(K, &Arc<T>)| key.clone();
        if orders.is_empty() && !whole {
            let page = page.keyed(entries, key, |(_, it)| view.see(it))?;
            return Ok(Self { page, view: view.clone(), all: Vec::new() });
        }
        let entries: Vec<_> = entries.collect();
        let all = entries.iter().map(|(_, it)| Arc::clone(it)).collect::<Vec<_>>();
        let page = if orders.is_empty() {
            page.keyed(entries, key, |(_, it)| view.see(it))?
        } else {
            ordered(page, &orders, &all, view)?
        };
        Ok(Self { page, view: view.clone(), all })
    }
}

fn ordered<T: Noun>(
    page: Page,
    orders: &[Order],
    all: &[Arc<T>],
    view: &View,
) -> Result<Connection<Seen<T>>, Fault> {
    page.check(|place: &Place| place.is_in(orders))?;
    let placed = all.iter().map(|it| (Place::of(&**it, orders), it));
    let mut placed: Vec<_> = placed.collect();
    placed.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
    page.keyed(placed, |(place, _)| place.clone(), |(_, it)| view.see(it))
}

impl<T: Noun> TypeName for Listing<T>
where
    Seen<T>: OutputType,
{
    fn type_name() -> Cow<'static, str> {
        Cow::Owned(format!("{}Connection", <Seen<T> as OutputType>::type_name()))
    }
}

/// One page of a list, and what all of it comes to.
#[Object(name_type)]
impl<T: Noun> Listing<T>
where
    Seen<T>: ObjectType,
{
    /// The entries with their cursors.
    async fn edges(&self) -> &[Edge<Seen<T>>] {
        self.page.edge_list()
    }

    /// The entries.
    async fn nodes(&self) -> Vec<&Seen<T>> {
        self.page.entries().collect()
    }

    /// Where the page lies.
    async fn page_info(&self) -> PageInfo {
        self.page.info()
    }

    /// How many entries the whole list has.
    async fn total_count(&self) -> usize {
        self.page.total()
    }

    /// What the whole list comes to, whatever the page.
    #[graphql(complexity = "WALK + child_complexity")]
    async fn aggregates(&self) -> Aggregates {
        Aggregates::of(&self.all)
    }

    /// The whole list in groups, whatever the page.
    #[graphql(complexity = "WALK + list_cost(child_complexity)")]
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn groups(
        &self,
        #[graphql(desc = "By what, one or two things; the second within the first.")] by: Vec<
            GroupBy,
        >,
    ) -> Result<Vec<Group>, Fault> {
        groups(&self.all, &self.view.models, &by)
    }
}
