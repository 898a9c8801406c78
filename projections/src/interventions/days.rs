//! When an intervention goes on, as far as its dates are known.
use std::ops::RangeInclusive;

use domain::effective::Effective;
use jiff::civil::Date;
use serde::Serialize;

use super::{Intervention, Participation, Stage};

/// Days in a row, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Days {
    /// The first.
    pub first: Date,
    /// The last; `None` where it goes on.
    pub last: Option<Date>,
}

impl Days {
    /// Whether any of them lies between `first` and `last`; an open end excludes nothing.
    pub fn meet(self, first: Option<Date>, last: Option<Date>) -> bool {
        last.is_none_or(|last| self.first <= last)
            && first.is_none_or(|first| self.last.is_none_or(|end| first <= end))
    }

    /// Those of them that lie between `first` and `last`.
    #[must_use]
    pub fn between(self, first: Option<Date>, last: Option<Date>) -> Option<Self> {
        let ends = [self.last, last].into_iter().flatten();
        let both =
            Self { first: first.map_or(self.first, |it| it.max(self.first)), last: ends.min() };
        both.last.is_none_or(|last| both.first <= last).then_some(both)
    }

    /// Those that both have.
    #[must_use]
    pub fn shared(self, other: Self) -> Option<Self> {
        self.between(Some(other.first), other.last)
    }

    /// The years that they lie in; without an end, up to the year of `until`.
    pub fn years(self, until: Date) -> RangeInclusive<i16> {
        let last = self.last.unwrap_or(until).max(self.first);
        self.first.year()..=last.year()
    }
}

impl Intervention {
    /// From its first known start to its end: from the first day on which a phase can have started,
    /// or where no start is known the first day that is known of any of its steps, to the day on
    /// which it was closed, abandoned or, where it serves nobody yet, completed. Where that day is
    /// not known, the last day that is known of it stands for it. `None` where no day is known.
    pub fn days(&self) -> Option<Days> {
        let steps = || self.steps.iter().map(|it| it.stamp.effective);
        let phases = self.phases.iter();
        let worked = phases.flat_map(|it| [Some(it.started), it.completed]).flatten();
        let started = self.phases.iter().filter_map(|it| it.started.earliest()).min();
        let first = started.or_else(|| steps().filter_map(Effective::earliest).min())?;
        let over = matches!(self.stage, Stage::Closed | Stage::Abandoned | Stage::Completed);
        let last = over.then(|| {
            let end = self.steps.last().and_then(|it| it.stamp.effective.latest());
            end.or_else(|| steps().chain(worked).filter_map(Effective::latest).max())
        });
        let last = last.flatten();
        Some(Days { first: last.map_or(first, |last| first.min(last)), last })
    }
}

impl Participation {
    /// The days of `all` on which it can hold: a date of less than a day's precision excludes none of
    /// its days.
    pub fn days_of(&self, all: Days) -> Option<Days> {
        all.between(self.from.earliest(), self.to.and_then(Effective::latest))
    }

    /// Whether it can hold on a day between `first` and `last`.
    pub fn meets(&self, first: Option<Date>, last: Option<Date>) -> bool {
        let starts = self.from.earliest().is_none_or(|own| last.is_none_or(|last| own <= last));
        let end = self.to.and_then(Effective::latest);
        starts && end.is_none_or(|own| first.is_none_or(|first| first <= own))
    }
}
