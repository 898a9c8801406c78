//! When a territory first took migration into its planning: derived, never recorded.
use domain::recorded::Position;
use domain::territory::{Level, TerritoryId};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::{Mainstreaming, Plan, Plans};

/// The first time that a territory took migration in, as far as is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct First<'a> {
    /// In which plan.
    pub plan: &'a Plan,
    /// By which record.
    pub record: &'a Mainstreaming,
    /// Whether every other record is later, or was made on the same day, for certain.
    pub is_certain: bool,
}

impl Mainstreaming {
    /// Its place among the times that migration was taken in: by the first day that its date can
    /// mean; where that is not known, by the day on which it was recorded, which it did not follow.
    fn order(&self) -> (Date, Position) {
        let day = self.stamp.effective.earliest();
        (day.unwrap_or_else(|| self.recorded_on()), self.stamp.position)
    }

    /// Whether it cannot lie before the end of `first`.
    fn follows(&self, first: &Self) -> bool {
        let end = first.stamp.effective.latest().unwrap_or_else(|| first.recorded_on());
        self.stamp.effective.earliest().is_some_and(|start| end <= start)
    }

    fn recorded_on(&self) -> Date {
        self.stamp.recorded_at.to_zoned(TimeZone::UTC).date()
    }
}

impl Plans {
    /// Each time that a plan of `territory` itself took migration in, the first one first. What was
    /// annulled is left out, and what happened after `day` for certain, where one is given.
    pub fn mainstreaming(
        &self,
        territory: TerritoryId,
        day: Option<Date>,
    ) -> Vec<(&Plan, &Mainstreaming)> {
        let happened =
            |it: &&Mainstreaming| day.is_none_or(|day| !it.stamp.effective.is_certainly_after(day));
        let plans = self.of_territory(territory).map(AsRef::as_ref);
        let mut all: Vec<_> = plans
            .flat_map(|plan: &Plan| plan.mainstreaming().map(move |it| (plan, it)))
            .filter(|(_, it)| happened(it))
            .collect();
        all.sort_by_key(|(_, it)| it.order());
        all
    }

    /// When `territory` first took migration in: « pour la première fois ».
    pub fn first_mainstreaming(
        &self,
        territory: TerritoryId,
        day: Option<Date>,
    ) -> Option<First<'_>> {
        let all = self.mainstreaming(territory, day);
        let (&(plan, record), others) = all.split_first()?;
        let is_certain = others.iter().all(|(_, it)| it.follows(record));
        Some(First { plan, record, is_certain })
    }

    /// The communes of `territory` whose plans have never taken migration in, in the order of their
    /// table.
    pub fn never_mainstreamed(
        &self,
        territory: TerritoryId,
        day: Option<Date>,
    ) -> impl Iterator<Item = TerritoryId> {
        communes(territory).filter(move |it| self.mainstreaming(*it, day).is_empty())
    }
}

/// The communes that lie in `territory`.
pub fn communes(territory: TerritoryId) -> impl Iterator<Item = TerritoryId> {
    TerritoryId::all().filter(move |it| it.get().level == Level::Commune && it.is_within(territory))
}
