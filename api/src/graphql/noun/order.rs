//! In which order a list of nouns comes.
use std::cmp::Ordering;
use std::collections::HashMap;
use std::fmt;
use std::str::FromStr;
use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::{Enum, InputObject};
use domain::money::Currency;
use domain::text::folded;
use jiff::civil::Date;
use projections::Models;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Noun;
use crate::graphql::code::Code;
use crate::graphql::facts::Worth;
use crate::graphql::fault::Fault;
use crate::graphql::problem::Problem;

/// How many orders a list may have, one within the other.
const ORDERS_MAX: usize = 4;

/// What a list is ordered by.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OrderBy {
    /// Title or name, as its French wording is compared: without diacritics and case.
    Title,
    /// When it is in the world: a commitment's due date, a call's closing, a meeting's day, the first
    /// day of a period, a publication; else when its first event was true.
    Date,
    /// The position of its first event.
    Recorded,
    /// How far it has come, in the order of the stages.
    Stage,
    /// The amount, in the order of currencies first: what is pledged, asked for or budgeted, or a
    /// call's ceiling.
    Amount,
}

/// Which way.
#[derive(Enum, Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Direction {
    /// The least first.
    #[default]
    Asc,
    /// The greatest first.
    Desc,
}

/// One order of a list. What has no such value comes last either way; what is alike comes in the
/// order of its ids.
#[derive(InputObject, Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// By what.
    pub by: OrderBy,
    /// Which way.
    #[graphql(default)]
    pub direction: Direction,
}

impl Order {
    /// The orders that a list is asked for in.
    pub fn read(asked: Option<Vec<Self>>) -> Result<Vec<Self>, Fault> {
        let asked = asked.unwrap_or_default();
        if asked.len() > ORDERS_MAX {
            let problem = Problem::new(Code::OrdersTooMany).with("max", ORDERS_MAX);
            return Err(Fault::BadUserInput(problem.at("orderBy")));
        }
        Ok(asked)
    }
}

/// The names that lists of one request are ordered by, folded: each is folded once, however many pages
/// and lists ask for it.
#[derive(Default)]
pub struct Names(Mutex<HashMap<Box<str>, Arc<str>>>);

impl Names {
    fn folded(&self, name: &str) -> Arc<str> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(folded) = known.get(name) {
            return Arc::clone(folded);
        }
        let folded: Arc<str> = folded(name).into();
        known.insert(name.into(), Arc::clone(&folded));
        folded
    }
}

/// A value that a list is ordered by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
enum Rank {
    Text(Arc<str>),
    Day(Date),
    Number(u64),
    Amount(Currency, i64),
}

/// Where an object stands in a list of some order: the key that its cursor is made of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    ranks: Vec<(Order, Option<Rank>)>,
    id: Uuid,
}

impl Place {
    /// That of `it` in a list in `orders`.
    pub fn of<T: Noun>(it: &T, orders: &[Order], models: &Models, names: &Names) -> Self {
        let rank = |order: &Order| match order.by {
            OrderBy::Title => Some(Rank::Text(names.folded(it.name()))),
            OrderBy::Date => it.date()?.earliest().map(Rank::Day),
            OrderBy::Recorded => Some(Rank::Number(it.begun().position.0)),
            OrderBy::Stage => it.standing().map(|(place, _)| Rank::Number(place as u64)),
            OrderBy::Amount => match it.worth(models)? {
                Worth::Own(amount) => amount.map(|it| Rank::Amount(it.currency(), it.minor())),
                Worth::Parts(_) => None,
            },
        };
        let ranks = orders.iter().map(|order| (*order, rank(order))).collect();
        Self { ranks, id: it.uuid() }
    }

    /// Whether it is one of a list in `orders`.
    pub fn is_in(&self, orders: &[Order]) -> bool {
        self.ranks.iter().map(|(order, _)| order).eq(orders)
    }
}

impl Ord for Place {
    fn cmp(&self, other: &Self) -> Ordering {
        let pairs = self.ranks.iter().zip(&other.ranks);
        let each = pairs.map(|((order, one), (_, other))| match (one, other) {
            (Some(one), Some(other)) if order.direction == Direction::Desc => other.cmp(one),
            (Some(one), Some(other)) => one.cmp(other),
            (one, other) => one.is_none().cmp(&other.is_none()),
        });
        each.fold(Ordering::Equal, Ordering::then).then_with(|| self.id.cmp(&other.id))
    }
}

impl PartialOrd for Place {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// JSON.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
    }
}

impl FromStr for Place {
    type Err = serde_json::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        serde_json::from_str(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_folded_once_for_all_the_lists_of_a_request() {
        let names = Names::default();
        let (one, other) = (names.folded("Été à Belfaâ"), names.folded("Été à Belfaâ"));
        assert!(Arc::ptr_eq(&one, &other), "the second one is the first");
        assert_eq!(*one, *folded("Été à Belfaâ"));
        assert_ne!(one, names.folded("Hiver à Belfaâ"));
    }
}
