//! The list of a noun: a page of it, in the order that is asked for.
use std::fmt::Display;
use std::str::FromStr;
use std::sync::Arc;

use async_graphql::Context;
use projections::{Between, EVERY};

use super::Noun;
use super::order::{Names, Order, Place};
use crate::graphql::connection::{Connection, Page, asks_for_whole};
use crate::graphql::fault::Fault;
use crate::graphql::reading::Reading;
use crate::graphql::view::{Seen, View};

/// The list of a noun.
pub type Listing<T> = Connection<Seen<T>>;

impl<T: Noun> Listing<T> {
    /// The page of what `all` gives between any two ids, in their order, in the order that is asked for.
    /// Only what the page shows is gone through, unless the answer says more of the list.
    pub fn between<'a, I>(
        ctx: &Context<'_>,
        view: &View,
        (page, orders): (Page, Option<Vec<Order>>),
        all: impl Fn(Between) -> I,
    ) -> Result<Self, Fault>
    where
        I: DoubleEndedIterator<Item = &'a Arc<T>>,
    {
        if orders.as_ref().is_some_and(|it| !it.is_empty()) || asks_for_whole(ctx) {
            return Self::of(ctx, view, (page, orders), all(EVERY));
        }
        let all = |ids| all(ids).map(|it| (it.uuid(), it));
        Ok(page.span()?.seek(view, all, |it| view.see(it)))
    }

    /// The page of `entries`, which come in the order of their ids, in the order that is asked for.
    pub fn of<'a>(
        ctx: &Context<'_>,
        view: &View,
        asked: (Page, Option<Vec<Order>>),
        entries: impl Iterator<Item = &'a Arc<T>>,
    ) -> Result<Self, Fault> {
        Self::keyed(ctx, view, asked, entries.map(|it| (it.uuid(), it)))
    }

    /// The same for entries that come in the order of keys of their own.
    pub fn keyed<'a, K: Ord + Display + FromStr>(
        ctx: &Context<'_>,
        view: &View,
        (page, orders): (Page, Option<Vec<Order>>),
        entries: impl Iterator<Item = (K, &'a Arc<T>)>,
    ) -> Result<Self, Fault> {
        let orders = Order::read(orders)?;
        if orders.is_empty() {
            return Ok(page.span()?.of(ctx, view, entries, |it| view.see(it)));
        }
        let span = page.span::<Place>()?.fitting(|place| place.is_in(&orders))?;
        let own = Names::default();
        let names = ctx.data_opt::<Arc<Reading>>().map_or(&own, |it| it.names());
        let place = |it: &T| Place::of(it, &orders, &view.models, names);
        let mut placed: Vec<_> = entries.map(|(_, it)| (place(it), it)).collect();
        placed.sort_unstable_by(|(one, _), (other, _)| one.cmp(other));
        Ok(span.of(ctx, view, placed, |it| view.see(it)))
    }
}
