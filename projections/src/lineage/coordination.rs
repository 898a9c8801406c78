//! Figures of who does what, where and when.
use std::collections::BTreeSet;
use std::sync::Arc;

use domain::territory::TerritoryId;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Counting, Lineage};
use crate::coordination::Window;
use crate::coordination::gaps::{Coverage, CoveredBy};
use crate::coordination::matrix::{self, Dimension, Matrix, budgets};
use crate::interventions::{Intervention, Selection, Stage};
use crate::{Models, Subject};

/// Which interventions are counted, and on which days.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Done {
    /// Which.
    #[serde(flatten)]
    pub selection: Selection,
    /// Those that can go on from this day on.
    pub from: Option<Date>,
    /// Those that can go on up to this day.
    pub to: Option<Date>,
    /// The day of the question: what has no end is counted up to it.
    pub on: Date,
}

/// How many interventions stand in a cell, a row, a column or all of the matrix, and their budgets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MatrixOf {
    /// Of which interventions.
    #[serde(flatten)]
    pub done: Done,
    /// What the rows are.
    pub rows: Dimension,
    /// What the columns are.
    pub columns: Dimension,
    /// Which row, by [`crate::coordination::matrix::Value::code`]; all without one.
    pub row: Option<String>,
    /// Which column; all without one.
    pub column: Option<String>,
}

/// How many communes interventions name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CoverageOf {
    /// Against which interventions.
    #[serde(flatten)]
    pub done: Done,
    /// Of the communes of this territory.
    pub communes_of: TerritoryId,
    /// The interventions that name a territory around this commune alone.
    pub around: Option<TerritoryId>,
}

impl Done {
    /// The days.
    pub fn window(&self) -> Window {
        Window::new(self.from, self.to, self.selection.effective_on, self.on)
    }

    /// The interventions, in the order of their ids.
    pub fn chosen(&self, models: &Models) -> Vec<Arc<Intervention>> {
        let (window, selected) = (self.window(), self.selection.clone().read(models));
        let all = models.interventions.iter();
        all.filter(|it| window.takes(it) && selected.holds(it)).cloned().collect()
    }

    /// What decides which of them count.
    fn rests_on(&self, models: &Models, it: &Intervention) -> Vec<Subject> {
        let programme = it.programme.filter(|_| self.selection.programme.is_some());
        let mut all: Vec<_> = programme.into_iter().flat_map(|id| models.line_of(id)).collect();
        if self.selection.actor.is_some() {
            all.extend(takers(models, it));
        }
        all
    }
}

/// Who takes part in `it`, and everybody who is one with them.
fn takers(models: &Models, it: &Intervention) -> impl Iterator<Item = Subject> {
    it.participations.iter().flat_map(|it| models.merged_with(it.actor))
}

impl MatrixOf {
    /// The interventions that stand there.
    fn members(&self, models: &Models) -> Vec<Arc<Intervention>> {
        let mut chosen = self.done.chosen(models);
        let all: Vec<_> = chosen.iter().collect();
        let window = self.done.window();
        let matrix = Matrix::of(self.rows, self.columns, &all, &models.actors, &window);
        let asked = |value: &matrix::Value, wanted: &Option<String>| {
            wanted.as_ref().is_none_or(|wanted| *wanted == value.code())
        };
        let cells = matrix
            .cells
            .iter()
            .filter(|((row, column), _)| asked(row, &self.row) && asked(column, &self.column));
        let there: BTreeSet<_> = cells.flat_map(|(_, ids)| ids).collect();
        chosen.retain(|it| there.contains(&it.id));
        chosen
    }
}

impl Counting for MatrixOf {
    const NAME: &'static str = "matrix";

    fn lineage(&self, models: &Models) -> Lineage {
        let who = [Dimension::Actor, Dimension::ActorKind];
        let asks_who = (self.row.is_some() && who.contains(&self.rows))
            || (self.column.is_some() && who.contains(&self.columns));
        let members = self.members(models);
        let rests_on = members.iter().flat_map(|it| {
            let mut all = self.done.rests_on(models, it);
            if asks_who {
                all.extend(takers(models, it));
            }
            all
        });
        Lineage::of(members.iter().map(|it| it.id.into()), rests_on)
    }

    fn value(&self, models: &Models) -> Value {
        let ids: Vec<_> = self.members(models).iter().map(|it| it.id).collect();
        json!({ "count": ids.len(), "budgets": budgets(&ids, &models.interventions) })
    }
}

impl CoverageOf {
    fn coverage(&self, models: &Models) -> Coverage {
        let chosen = self.done.chosen(models);
        Coverage::of(self.communes_of, &chosen.iter().collect::<Vec<_>>(), &self.done.window())
    }
}

impl Counting for CoverageOf {
    const NAME: &'static str = "coverage";

    fn lineage(&self, models: &Models) -> Lineage {
        let window = self.done.window();
        let near = |place: TerritoryId| {
            place.is_within(self.communes_of) || self.communes_of.is_within(place)
        };
        let mut chosen = self.done.chosen(models);
        let around = self.around.map(|commune| self.coverage(models).around(commune));
        chosen.retain(|it| {
            window.stage(it) != Some(Stage::Abandoned)
                && it.territories.iter().any(|at| near(*at))
                && around.as_ref().is_none_or(|all| all.contains(&it.id))
        });
        let rests_on = chosen.iter().flat_map(|it| self.done.rests_on(models, it));
        Lineage::of(chosen.iter().map(|it| it.id.into()), rests_on)
    }

    fn value(&self, models: &Models) -> Value {
        let coverage = self.coverage(models);
        if let Some(commune) = self.around {
            let ids: Vec<_> = coverage.around(commune).into_iter().collect();
            return json!({ "count": ids.len(), "budgets": budgets(&ids, &models.interventions) });
        }
        let gaps = |by| coverage.gaps().filter(|it| coverage.covered_by(*it) == by).count();
        json!({
            "communes": coverage.communes.len(),
            "covered": coverage.covered(),
            "coveredByWider": gaps(CoveredBy::Wider),
            "uncovered": gaps(CoveredBy::Nothing),
        })
    }
}
