//! Visits: counts by month and service, never persons.
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::ids::ActorId;
use domain::service_unit::{Count, MONTHS_MAX, Service};
use jiff::civil::Date;
use serde::Serialize;

use super::{ServiceUnit, Stage};
use crate::stamp::{Rectification, Stamp};

/// What was counted in a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Month {
    /// Its first day.
    pub first: Date,
    /// How many came for which service, as last counted.
    pub counts: Arc<[Count]>,
    /// Who counted last.
    pub by: ActorId,
    /// When it was first reported.
    pub reported: Stamp,
    /// What was counted otherwise before.
    pub recounts: Vec<Recount>,
}

impl Month {
    /// When what holds now was said.
    pub fn said(&self) -> Stamp {
        self.recounts.last().map_or(self.reported, |it| it.rectification.stamp)
    }
}

/// A month that was counted wrongly.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Recount {
    /// What was counted before.
    pub before: Arc<[Count]>,
    /// Why it was counted again.
    pub rectification: Rectification,
}

/// What came together for one service over months.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Total {
    /// In how many reports it was counted.
    pub reports: u64,
    /// How many visits.
    pub received: i64,
    /// How many of them were sent on to a partner.
    pub referred: i64,
    /// In how many of those reports nobody said how many were sent on: not zero, not known.
    pub referred_undeclared: u64,
}

impl Total {
    fn add(&mut self, count: &Count) {
        self.reports += 1;
        self.received = self.received.saturating_add(count.received.get());
        match count.referred {
            Some(referred) => self.referred = self.referred.saturating_add(referred.get()),
            None => self.referred_undeclared += 1,
        }
    }
}

/// What `months` count together, by service.
pub fn totals<'a>(months: impl IntoIterator<Item = &'a Arc<Month>>) -> BTreeMap<Service, Total> {
    let mut totals = BTreeMap::<_, Total>::new();
    for count in months.into_iter().flat_map(|it| it.counts.iter()) {
        totals.entry(count.service).or_default().add(count);
    }
    totals
}

/// The months of `units` that have a day from `from` to `to`, each with the reports on it.
pub fn by_month<'a>(
    units: impl IntoIterator<Item = &'a Arc<ServiceUnit>>,
    from: Option<Date>,
    to: Option<Date>,
) -> BTreeMap<Date, Vec<&'a Arc<Month>>> {
    let mut months = BTreeMap::<_, Vec<_>>::new();
    for month in units.into_iter().flat_map(|it| it.activity(from, to)) {
        months.entry(month.first).or_default().push(month);
    }
    months
}

impl ServiceUnit {
    /// What was counted in the month that begins on `first`.
    pub fn month(&self, first: Date) -> Option<&Arc<Month>> {
        self.months.get(&first)
    }

    /// The months that have a day from `from` to `to`, in order.
    pub fn activity(
        &self,
        from: Option<Date>,
        to: Option<Date>,
    ) -> impl Iterator<Item = &Arc<Month>> {
        let first = from.map_or(Date::MIN, Date::first_of_month);
        let all = self.months.range(first..).map(|(_, month)| month);
        all.take_while(move |it| to.is_none_or(|last| it.first <= last))
    }

    /// The first days of the months that were over on `day`, in which the unit was open on some day
    /// for certain, and which nobody counted; the first [`MONTHS_MAX`] of them.
    pub fn missing_months(&self, day: Date) -> BTreeSet<Date> {
        let mut missing = BTreeSet::new();
        for (begun, ended) in self.open_spells() {
            let mut next = Some(begun.first_of_month());
            while let Some(first) = next.filter(|it| it.last_of_month() < day && *it < ended) {
                if !self.months.contains_key(&first) {
                    missing.insert(first);
                }
                let full = missing.len() >= MONTHS_MAX;
                next = first.last_of_month().tomorrow().ok().filter(|_| !full);
            }
        }
        missing
    }

    /// From which day to before which day it was open for certain.
    fn open_spells(&self) -> Vec<(Date, Date)> {
        let mut spells = Vec::new();
        let mut since = None;
        for step in &self.steps {
            match step.stage {
                Stage::Open => since = step.stamp.effective.latest(),
                Stage::Suspended | Stage::Closed => {
                    // Where nobody knows when it ended, one day is all that is certain.
                    let end = |begun: Date| step.stamp.effective.earliest().unwrap_or(begun);
                    spells.extend(since.take().map(|begun| (begun, end(begun))));
                }
                Stage::Decided => {}
            }
        }
        spells.extend(since.map(|begun| (begun, Date::MAX)));
        spells
    }
}
