//! How measured values stand against their targets.
use std::collections::BTreeSet;

use domain::effective::Effective;
use domain::ids::IndicatorId;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Indicator, Programmes};

/// How an indicator stands against its target on a day.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// What was agreed reaches the target.
    Met,
    /// Something was reported, and what was agreed does not reach the target.
    NotMet,
    /// Nothing was reported, and the target is not due yet.
    NotYetReported,
    /// Nothing was reported, and the target was due.
    Overdue,
    /// No target is set.
    NoTarget,
}

/// The value of one or several indicators.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Progress {
    /// The sum of what was reported and not returned, in the indicator's unit.
    pub reported: i64,
    /// The sum of what somebody else agreed to.
    pub agreed: i64,
    /// How many periods were reported.
    pub periods: usize,
    /// How much was left out of both sums because another of the indicators counts it.
    pub counted_elsewhere: i64,
}

impl Programmes {
    /// The value of one indicator: all that it reports, shared or not.
    pub fn progress(&self, id: IndicatorId) -> Progress {
        self.total(&BTreeSet::from([id]))
    }

    /// The value of several indicators together: a result that they share counts once.
    pub fn total(&self, indicators: &BTreeSet<IndicatorId>) -> Progress {
        let mut sum = Progress::default();
        for id in indicators {
            for (period, report) in self.reporting.get(id).into_iter().flat_map(|it| it.counted()) {
                let value = report.current().map_or(0, |it| it.measurement.value.get());
                sum.periods += 1;
                if self.is_counted_elsewhere(*id, period, indicators) {
                    sum.counted_elsewhere = sum.counted_elsewhere.saturating_add(value);
                    continue;
                }
                sum.reported = sum.reported.saturating_add(value);
                if report.standing.is_agreed() {
                    sum.agreed = sum.agreed.saturating_add(value);
                }
            }
        }
        sum
    }

    /// Whether the result of `id` in `period` is counted by another of `indicators`. Where they point
    /// at each other in a circle, the least of them counts it.
    fn is_counted_elsewhere(
        &self,
        id: IndicatorId,
        period: Effective,
        indicators: &BTreeSet<IndicatorId>,
    ) -> bool {
        let next = |from: IndicatorId| {
            let sharing = self.reporting.get(&from)?.shared.get(&period)?;
            Some(sharing.counted_in)
        };
        let mut passed = BTreeSet::new();
        let mut at = next(id);
        while let Some(other) = at {
            if other == id {
                return passed.intersection(indicators).next().is_some_and(|least| *least < id);
            }
            if !passed.insert(other) {
                break;
            }
            at = next(other);
        }
        !passed.is_disjoint(indicators)
    }

    /// How an indicator stands against its target on `day`.
    pub fn verdict(&self, indicator: &Indicator, day: Date) -> Verdict {
        let Some(target) = indicator.target() else {
            return Verdict::NoTarget;
        };
        let progress = self.progress(indicator.id);
        if progress.periods == 0 {
            let overdue = target.due.latest().is_some_and(|last| last < day);
            return if overdue { Verdict::Overdue } else { Verdict::NotYetReported };
        }
        let agreed = self
            .reporting(indicator.id)
            .is_some_and(|it| it.counted().any(|(_, report)| report.standing.is_agreed()));
        if agreed && target.is_met_by(progress.agreed) { Verdict::Met } else { Verdict::NotMet }
    }
}
