//! What counts towards indicators without being measured for them: who completed a training, who was
//! reached, maps that were published, who left.
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::ids::{
    AwarenessActionId, IndicatorId, MobilityMapId, MobilityPlacementId, TrainingCohortId,
};
use domain::measure::Quantity;
use domain::population::Headcount;
use jiff::civil::Date;
use serde::Serialize;

use crate::awareness::Action;
use crate::mobility::{Map, Placement};
use crate::register::{Kept, Roots};
use crate::trainings::Cohort;
use crate::{Models, Stamp, Subject};

/// What counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Those who completed a training.
    Training(TrainingCohortId),
    /// Those whom an awareness action reached.
    Awareness(AwarenessActionId),
    /// A map that was published.
    Map(MobilityMapId),
    /// Those who left.
    Placement(MobilityPlacementId),
}

impl From<Source> for Subject {
    fn from(source: Source) -> Self {
        match source {
            Source::Training(id) => id.into(),
            Source::Awareness(id) => id.into(),
            Source::Map(id) => id.into(),
            Source::Placement(id) => id.into(),
        }
    }
}

/// What one source counts for: the same for every indicator that it counts towards.
#[derive(Clone, Debug)]
pub struct Contribution<'a> {
    /// What counts.
    pub source: Source,
    /// How many.
    pub value: Quantity,
    /// Whether that is an estimate.
    pub estimated: bool,
    /// Of whom, where it counts people.
    pub people: Option<&'a Arc<Headcount>>,
    /// When it came about, and who said so.
    pub stamp: Stamp,
    /// Where it came about, and which indicators it counts towards.
    pub roots: &'a Roots,
}

/// The sum of contributions, each source once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Contributed {
    /// How many.
    pub value: i64,
    /// From how many sources.
    pub sources: usize,
}

impl Cohort {
    fn contribution(&self) -> Option<Contribution<'_>> {
        let count = self.count()?;
        Some(Contribution {
            source: Source::Training(self.id),
            value: count.completed.total,
            estimated: false,
            people: Some(&count.completed),
            stamp: self.completed()?,
            roots: &self.roots,
        })
    }
}

impl Action {
    fn contribution(&self) -> Option<Contribution<'_>> {
        let count = self.count()?;
        Some(Contribution {
            source: Source::Awareness(self.id),
            value: count.reached.total,
            estimated: count.estimated,
            people: Some(&count.reached),
            stamp: self.completed()?,
            roots: &self.roots,
        })
    }
}

impl Map {
    /// A map that went out of date later was made all the same.
    fn contribution(&self) -> Option<Contribution<'_>> {
        Some(Contribution {
            source: Source::Map(self.id),
            value: Quantity::new(1).ok()?,
            estimated: false,
            people: None,
            stamp: self.published?,
            roots: &self.roots,
        })
    }
}

impl Placement {
    fn contribution(&self) -> Option<Contribution<'_>> {
        let departure = self.departure()?;
        Some(Contribution {
            source: Source::Placement(self.id),
            value: departure.departed.total,
            estimated: false,
            people: Some(&departure.departed),
            stamp: self.left()?,
            roots: &self.roots,
        })
    }
}

impl Models {
    /// What counts towards `indicator` by `day`, in the order of the sources. What has no date counts
    /// on every day.
    pub fn contributions(&self, indicator: IndicatorId, day: Date) -> Vec<Contribution<'_>> {
        let trainings = self.trainings.of_indicator(indicator).filter_map(|it| it.contribution());
        let awareness = self.awareness.of_indicator(indicator).filter_map(|it| it.contribution());
        let maps = self.mobility.maps.of_indicator(indicator);
        let maps = maps.filter_map(|it| it.contribution());
        let placements = self.mobility.placements.of_indicator(indicator);
        let placements = placements.filter_map(|it| it.contribution());
        let all = trainings.chain(awareness).chain(maps).chain(placements);
        all.filter(|it| !it.stamp.effective.is_certainly_after(day)).collect()
    }

    /// What counts towards several indicators together by `day`: a source that counts towards more
    /// than one of them counts once.
    pub fn contributed(&self, indicators: &BTreeSet<IndicatorId>, day: Date) -> Contributed {
        let all = indicators.iter().flat_map(|id| self.contributions(*id, day));
        let once: BTreeMap<_, _> = all.map(|it| (it.source, it.value.get())).collect();
        let value = once.values().fold(0_i64, |sum, it| sum.saturating_add(*it));
        Contributed { value, sources: once.len() }
    }

    /// What an event of a counted thing belongs to: events of other sorts belong to nothing here.
    pub(crate) fn roots_of(&self, fact: &domain::recorded::Fact) -> Vec<Subject> {
        use domain::recorded::Fact;
        let (roots, map) = match fact {
            Fact::TrainingCohort(id, _) => (self.trainings.get(*id).map(|it| it.roots()), None),
            Fact::AwarenessAction(id, _) => (self.awareness.get(*id).map(|it| it.roots()), None),
            Fact::MobilityMap(id, _) => (self.mobility.maps.get(*id).map(|it| it.roots()), None),
            Fact::MobilityPlacement(id, _) => {
                let placement = self.mobility.placements.get(*id);
                (placement.map(|it| it.roots()), placement.and_then(|it| it.map))
            }
            _ => return Vec::new(),
        };
        let Some(roots) = roots else { return Vec::new() };
        let mut all: Vec<Subject> = Vec::with_capacity(3 + roots.indicators.len());
        all.extend(roots.intervention.map(Subject::from));
        all.extend(roots.programme.map(Subject::from));
        all.extend(map.map(Subject::from));
        all.extend(roots.indicators.iter().copied().map(Subject::from));
        all
    }
}
