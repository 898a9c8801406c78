//! Visits, by month and by service.
use std::collections::BTreeMap;
use std::sync::Arc;

use async_graphql::SimpleObject;
use domain::effective::Effective;
use domain::measure::Quantity;
use domain::service_unit::{Count, Service};
use jiff::civil::Date;
use projections::actors::Actor;
use projections::lineage::VisitsOf;
use projections::service_units::{Month, Total, totals};

use crate::graphql::connection::list_cost;
use crate::graphql::enums::Choice;
use crate::graphql::lineage::LineageObject;
use crate::graphql::list::List;
use crate::graphql::scalars::Shown;
use crate::graphql::view::{RectificationObject, StampObject, Told, View};

/// How many came for one service in a month.
#[derive(SimpleObject)]
#[graphql(serial, name = "ServiceCount")]
pub struct CountObject {
    /// For which service.
    service: Choice<Service>,
    /// How many visits.
    received: Shown<Quantity>,
    /// How many of them were sent on to a partner; nothing where nobody said, which is not zero.
    referred: Option<Shown<Quantity>>,
}

impl CountObject {
    fn all(counts: &[Count]) -> List<Self> {
        let count = |it: &Count| Self {
            service: Choice(it.service),
            received: Shown(it.received),
            referred: it.referred.map(Shown),
        };
        counts.iter().map(count).collect()
    }
}

/// How many came to a service unit in a month.
#[derive(SimpleObject)]
#[graphql(serial, name = "ServiceMonth")]
pub struct MonthObject {
    /// Which month.
    month: Shown<Effective>,
    /// How many came for which service, as last counted.
    #[graphql(complexity = "list_cost(child_complexity)")]
    counts: List<CountObject>,
    /// Who counted last.
    by: Told<Actor>,
    /// When it was first reported.
    reported: StampObject,
    /// What was counted otherwise before.
    #[graphql(complexity = "list_cost(child_complexity)")]
    recounts: List<RecountObject>,
}

/// A month that was counted wrongly.
#[derive(SimpleObject)]
#[graphql(serial, name = "ServiceRecount")]
pub struct RecountObject {
    /// What was counted before.
    #[graphql(complexity = "list_cost(child_complexity)")]
    before: List<CountObject>,
    /// Why and when it was counted again.
    correction: RectificationObject,
}

impl MonthObject {
    pub(super) fn of(view: &View, month: &Month) -> Self {
        let recounts = month.recounts.iter().map(|it| RecountObject {
            before: CountObject::all(&it.before),
            correction: view.rectification(&it.rectification),
        });
        Self {
            month: Shown(Effective::Month(month.first)),
            counts: CountObject::all(&month.counts),
            by: view.actor(month.by),
            reported: view.stamp(month.reported),
            recounts: recounts.collect(),
        }
    }
}

/// How many came for one service over some months.
#[derive(SimpleObject)]
#[graphql(serial, name = "ServiceTotal")]
pub struct TotalObject {
    /// For which service.
    service: Choice<Service>,
    /// In how many monthly reports it was counted.
    reports: Shown<i64>,
    /// How many visits.
    received: Shown<i64>,
    /// How many of them are said to have been sent on to a partner.
    referred: Shown<i64>,
    /// In how many of those reports nobody said how many were sent on: not zero, not known.
    referred_undeclared: Shown<i64>,
    /// Where these numbers come from.
    lineage: LineageObject,
}

impl TotalObject {
    /// The totals of what is `asked` for.
    pub(super) fn all(
        view: &View,
        asked: &VisitsOf,
        totals: BTreeMap<Service, Total>,
    ) -> List<Self> {
        let whole = |it: u64| Shown(i64::try_from(it).unwrap_or(i64::MAX));
        let total = |(service, it): (Service, Total)| Self {
            service: Choice(service),
            reports: whole(it.reports),
            received: Shown(it.received),
            referred: Shown(it.referred),
            referred_undeclared: whole(it.referred_undeclared),
            lineage: LineageObject::of(view, VisitsOf { service: Some(service), ..asked.clone() }),
        };
        totals.into_iter().map(total).collect()
    }
}

/// How many came to several service units in a month.
#[derive(SimpleObject)]
#[graphql(serial, name = "ServiceActivityMonth")]
pub struct ActivityMonth {
    /// Which month.
    month: Shown<Effective>,
    /// How many of the service units counted it.
    reports: usize,
    /// What they count together, by service.
    #[graphql(complexity = "list_cost(child_complexity)")]
    totals: List<TotalObject>,
    /// Where these numbers come from.
    lineage: LineageObject,
}

impl ActivityMonth {
    pub(super) fn of(view: &View, asked: &VisitsOf, first: Date, reports: &[&Arc<Month>]) -> Self {
        let asked = VisitsOf { from: Some(first), to: Some(first), ..asked.clone() };
        Self {
            month: Shown(Effective::Month(first)),
            reports: reports.len(),
            totals: TotalObject::all(view, &asked, totals(reports.iter().copied())),
            lineage: LineageObject::of(view, asked),
        }
    }
}
