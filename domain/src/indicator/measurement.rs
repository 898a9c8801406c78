//! A measured value and its breakdown.
use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Refusal;
use crate::aggregate::ensure;
use crate::measure::Quantity;
use crate::money::INTEGER_MAX;
use crate::population::{PopulationGroup, Sex, points_at_persons};
use crate::territory::TerritoryId;

/// The most counts of one breakdown.
pub const CELLS_MAX: usize = 500;

/// One count of a breakdown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Cell {
    /// Of which sex; nothing means both.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    /// Of which group; nothing means all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<PopulationGroup>,
    /// Where; nothing means the measurement's territory.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub territory: Option<TerritoryId>,
    /// How many.
    pub count: Quantity,
}

/// A measured value and how it breaks down: the cells and what is unknown add up to the value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Measurement {
    /// How many in all, in the indicator's unit.
    pub value: Quantity,
    /// Where; nothing means the programme's whole area.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub territory: Option<TerritoryId>,
    /// How many of whom, each counted once; empty where the source has no breakdown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<Cell>,
    /// How many the source does not break down.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unknown: Option<Quantity>,
}

impl Measurement {
    /// Refuses a breakdown that does not add up, or whose small counts could point at persons.
    pub(super) fn check(&self) -> Result<(), Refusal> {
        ensure(self.cells.len() <= CELLS_MAX, Refusal::TooMany { max: CELLS_MAX })?;
        let mut met = BTreeSet::new();
        for cell in &self.cells {
            let territory = cell.territory.or(self.territory);
            let new = met.insert((cell.sex, cell.group, territory));
            ensure(new, Refusal::DuplicateCell)?;
            let small = points_at_persons(cell.count, territory);
            ensure(!small, Refusal::SmallCell { count: cell.count.get() })?;
        }
        self.must_add_up()
    }

    fn must_add_up(&self) -> Result<(), Refusal> {
        if self.cells.is_empty() && self.unknown.is_none() {
            return Ok(());
        }
        let (value, unknown) = (self.value.get(), self.unknown.unwrap_or_default().get());
        // Each count is below 2^53 and there are few of them, yet a sum can pass 2^53.
        let sum: i64 = self.cells.iter().map(|cell| cell.count.get()).sum();
        let cells = sum.min(INTEGER_MAX);
        let equal = sum + unknown == value;
        ensure(equal, Refusal::DoesNotAddUp { value, cells, unknown })
    }
}
