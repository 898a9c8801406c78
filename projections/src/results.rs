//! Results against targets: what was measured, what was contributed, and which of the two decides.
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::ids::{IndicatorId, ProgrammeId};
use domain::text::Name;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Models;
use crate::breakdown::{Breakdown, Piece, of_measurement, of_people};
use crate::contributions::Contributed;
use crate::programmes::{ExpectedResult, Indicator, Programme, Progress, Verdict};

/// What a verdict rests on.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// Measurements that somebody else than the reporter accepted.
    Measured,
    /// Trainings, awareness actions, maps and placements: nothing measured was accepted.
    Contributed,
}

/// Something that a reader should know of an indicator's values.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// What was measured and what was contributed are not the same number.
    Differs,
}

/// How an indicator stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Judgement {
    /// Against its target.
    pub verdict: Verdict,
    /// What the verdict rests on; nothing where there is no value.
    pub basis: Option<Basis>,
    /// What was measured and accepted, where anything was.
    pub measured: Option<i64>,
    /// What was contributed by that day, where anything was.
    pub contributed: Option<i64>,
}

impl Judgement {
    /// The value that decides.
    pub fn value(&self) -> Option<i64> {
        self.measured.or(self.contributed)
    }

    /// What a reader should know.
    pub fn doubts(&self) -> Vec<Doubt> {
        let both = self.measured.zip(self.contributed);
        both.filter(|(one, other)| one != other).map(|_| Doubt::Differs).into_iter().collect()
    }
}

/// An expected result with its programme.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// Whose it is.
    pub programme: &'a Arc<Programme>,
    /// The result.
    pub result: &'a ExpectedResult,
}

/// The indicators of one unit together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitTotal {
    /// The unit, as the first of them writes it.
    pub unit: Arc<Name>,
    /// Which.
    pub indicators: BTreeSet<IndicatorId>,
    /// What was measured: a result that several of them share counts once.
    pub measured: Progress,
    /// What was contributed: a source that counts towards several of them counts once.
    pub contributed: Contributed,
}

impl Models {
    /// How `indicator` stands on `day`: what was measured and accepted decides where there is any of
    /// it, else what was contributed by then, else what was only reported.
    pub fn judge(&self, indicator: &Indicator, day: Date) -> Judgement {
        let measured = self.measured(indicator.id);
        let contributed = self.contributed(&BTreeSet::from([indicator.id]), day);
        let contributed = (contributed.sources > 0).then_some(contributed.value);
        let basis = match (measured, contributed) {
            (Some(_), _) => Some(Basis::Measured),
            (None, Some(_)) => Some(Basis::Contributed),
            (None, None) => None,
        };
        let verdict =
            match (indicator.target(), basis, contributed) {
                (Some(target), Some(Basis::Contributed), Some(value)) => {
                    if target.is_met_by(value) { Verdict::Met } else { Verdict::NotMet }
                }
                _ => self.programmes.verdict(indicator, day),
            };
        Judgement { verdict, basis, measured, contributed }
    }

    /// What was measured of `id` and accepted, where anything was.
    fn measured(&self, id: IndicatorId) -> Option<i64> {
        let reporting = self.programmes.reporting(id)?;
        let agreed = reporting.counted().any(|(_, report)| report.standing.is_agreed());
        agreed.then(|| self.programmes.progress(id).agreed)
    }

    /// Of whom the value of `indicator` on `day` is made up, as far as its sources say.
    pub fn breakdown(&self, indicator: IndicatorId, day: Date) -> Breakdown {
        let pieces = if self.measured(indicator).is_some() {
            self.measured_pieces(indicator)
        } else {
            let all = self.contributions(indicator, day);
            let people = all.iter().filter_map(|it| it.people.map(|them| (them, it.roots)));
            people.flat_map(|(them, roots)| of_people(them, roots.territory)).collect()
        };
        Breakdown::of(&pieces)
    }

    fn measured_pieces(&self, indicator: IndicatorId) -> Vec<Piece> {
        let reporting = self.programmes.reporting(indicator);
        let counted = reporting.into_iter().flat_map(|it| it.counted());
        let agreed = counted.filter(|(_, report)| report.standing.is_agreed());
        let mut all = Vec::new();
        for version in agreed.filter_map(|(_, report)| report.current()) {
            all.append(&mut of_measurement(&version.measurement));
        }
        all
    }

    /// What `programme` expects and, `with_parts`, what all that is part of it expects.
    pub fn results(&self, programme: ProgrammeId, with_parts: bool) -> Vec<Expected<'_>> {
        let programmes = &self.programmes;
        let whose = if with_parts { programmes.subtree(programme) } else { vec![programme] };
        let known = whose.into_iter().filter_map(|id| programmes.get(id));
        known
            .flat_map(|programme| {
                programme.results.iter().map(move |result| Expected { programme, result })
            })
            .collect()
    }

    /// The values of `indicators` on `day`, one sum for each unit: what counts in different units is
    /// not added up.
    pub fn totals(
        &self,
        indicators: impl IntoIterator<Item = IndicatorId>,
        day: Date,
    ) -> Vec<UnitTotal> {
        let mut units: BTreeMap<String, (Arc<Name>, BTreeSet<IndicatorId>)> = BTreeMap::new();
        for indicator in indicators.into_iter().filter_map(|id| self.programmes.indicator(id)) {
            let unit = units.entry(indicator.unit.folded());
            let (_, all) = unit.or_insert_with(|| (Arc::clone(&indicator.unit), BTreeSet::new()));
            all.insert(indicator.id);
        }
        units
            .into_values()
            .map(|(unit, indicators)| UnitTotal {
                unit,
                measured: self.programmes.total(&indicators),
                contributed: self.contributed(&indicators, day),
                indicators,
            })
            .collect()
    }
}
