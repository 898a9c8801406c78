//! Figures of results.
use std::collections::BTreeSet;

use domain::ids::{ExpectedResultId, IndicatorId, ProgrammeId};
use domain::text::folded;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Counting, Lineage};
use crate::{Models, Subject};

/// What was measured by one indicator or several, and what was contributed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ResultsOf {
    /// By these.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub indicators: BTreeSet<IndicatorId>,
    /// By those of what this programme expects.
    pub programme: Option<ProgrammeId>,
    /// And of what all that is part of it expects.
    #[serde(default)]
    pub with_parts: bool,
    /// By those of this one of its results alone.
    pub result: Option<ExpectedResultId>,
    /// By those that count in this unit alone.
    pub unit: Option<String>,
    /// By which day contributions came about.
    pub on: Date,
}

/// Of whom the value of an indicator is made up.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BreakdownOf {
    /// Of which.
    pub indicator: IndicatorId,
    /// On which day.
    pub on: Date,
}

impl ResultsOf {
    /// Of some indicators on a day.
    pub fn indicators(ids: impl IntoIterator<Item = IndicatorId>, on: Date) -> Self {
        Self { indicators: ids.into_iter().collect(), ..Self::nothing(on) }
    }

    /// Of what a programme itself expects, on a day.
    pub fn programme(id: ProgrammeId, on: Date) -> Self {
        Self { programme: Some(id), ..Self::nothing(on) }
    }

    fn nothing(on: Date) -> Self {
        let (programme, result, unit) = (None, None, None);
        Self { indicators: BTreeSet::new(), programme, with_parts: false, result, unit, on }
    }

    fn read(&self, models: &Models) -> BTreeSet<IndicatorId> {
        let expected = self.programme.map(|id| models.results(id, self.with_parts));
        let expected = expected.into_iter().flatten();
        let wanted = expected.filter(|it| self.result.is_none_or(|id| it.result.id == id));
        let ids = wanted.flat_map(|it| it.result.indicators.iter().copied());
        let counts_so = |id: &IndicatorId| {
            let indicator = models.programmes.indicator(*id);
            indicator.is_some_and(|it| {
                self.unit.as_ref().is_none_or(|unit| it.unit.folded() == folded(unit))
            })
        };
        ids.chain(self.indicators.iter().copied()).filter(counts_so).collect()
    }
}

/// What `indicators` count: their reports, and what contributes to them. They are defined by their
/// programmes.
fn lineage_of(models: &Models, indicators: &BTreeSet<IndicatorId>, day: Date) -> Lineage {
    let sources = indicators.iter().flat_map(|id| models.contributions(*id, day));
    let sources: Vec<_> = sources.map(|it| Subject::from(it.source)).collect();
    let reported = indicators.iter().filter(|id| models.programmes.reporting(**id).is_some());
    let sharing = sharing(models, indicators);
    let defined = sharing.iter().filter_map(|id| models.programmes.indicator(*id));
    let defined = defined.flat_map(|it| models.line_of(it.programme));
    let rests_on = defined.chain(sharing.iter().copied().map(Subject::from));
    Lineage::of(sources.into_iter().chain(reported.map(|id| (*id).into())), rests_on)
}

/// `indicators`, and those under which their results are counted as well.
fn sharing(models: &Models, indicators: &BTreeSet<IndicatorId>) -> BTreeSet<IndicatorId> {
    let mut next: Vec<_> = indicators.iter().copied().collect();
    let mut all = BTreeSet::new();
    while let Some(id) = next.pop() {
        if all.insert(id) {
            let reporting = models.programmes.reporting(id).into_iter();
            next.extend(reporting.flat_map(|it| it.shared.values().map(|it| it.counted_in)));
        }
    }
    all
}

impl Counting for ResultsOf {
    const NAME: &'static str = "results";

    fn lineage(&self, models: &Models) -> Lineage {
        lineage_of(models, &self.read(models), self.on)
    }

    fn value(&self, models: &Models) -> Value {
        let indicators = self.read(models);
        let judged = indicators.first().filter(|_| indicators.len() == 1);
        let judged = judged.and_then(|id| models.programmes.indicator(*id));
        json!({
            "measured": models.programmes.total(&indicators),
            "contributed": models.contributed(&indicators, self.on),
            "verdict": judged.map(|it| models.judge(it, self.on).verdict),
        })
    }
}

impl Counting for BreakdownOf {
    const NAME: &'static str = "breakdown";

    fn lineage(&self, models: &Models) -> Lineage {
        lineage_of(models, &[self.indicator].into(), self.on)
    }

    fn value(&self, models: &Models) -> Value {
        json!(models.breakdown(self.indicator, self.on))
    }
}
