//! The matrix of who does what, where and when (4W), over any two of its dimensions.
//!
//! An intervention counts in the cell of each pair of values that it has, and once in a total. What
//! it has no value for is counted under [`Value::None`]: nothing is dropped. Two dimensions of one
//! family are read together, element by element: an actor stands under the role that it has, a
//! commune under its own province. So are actors and years: an actor stands under the years in which
//! it takes part.
use std::collections::{BTreeMap, BTreeSet};

use domain::ids::InterventionId;

use super::{Chosen, Window};
use crate::actors::Actors;
use crate::amounts::Amounts;
use crate::interventions::{Intervention, Interventions, Participation};

mod value;

pub use value::{Dimension, Value};

use value::Family;

/// Interventions by the values that they have in two dimensions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Matrix {
    /// Each value of the rows, with the interventions that have it.
    pub rows: BTreeMap<Value, Vec<InterventionId>>,
    /// Each value of the columns, with the interventions that have it.
    pub columns: BTreeMap<Value, Vec<InterventionId>>,
    /// Each pair of values that an intervention has, with the interventions that have both.
    pub cells: BTreeMap<(Value, Value), Vec<InterventionId>>,
    /// Every intervention that was counted.
    pub all: Vec<InterventionId>,
}

impl Matrix {
    /// The matrix of `chosen`, which come in the order of their ids.
    pub fn of(
        rows: Dimension,
        columns: Dimension,
        chosen: Chosen<'_>,
        actors: &Actors,
        window: &Window,
    ) -> Self {
        let mut matrix = Self::default();
        for it in chosen {
            note(&mut matrix.all, it.id);
            let reading = Reading { it, actors, window };
            for (row, column) in reading.pairs(rows, columns) {
                note(matrix.rows.entry(row).or_default(), it.id);
                note(matrix.columns.entry(column).or_default(), it.id);
                note(matrix.cells.entry((row, column)).or_default(), it.id);
            }
        }
        matrix
    }

    /// The cells of one row, in the order of the columns.
    pub fn row(&self, row: Value) -> impl Iterator<Item = (Value, &Vec<InterventionId>)> {
        let cells = self.cells.range((row, Value::LEAST)..=(row, Value::None));
        cells.map(|((_, column), interventions)| (*column, interventions))
    }
}

/// What the budgets of `ids` come to; one that nobody declared is counted as such.
pub fn budgets(ids: &[InterventionId], interventions: &Interventions) -> Amounts {
    ids.iter().filter_map(|id| interventions.get(*id)).map(|it| it.budget).collect()
}

/// Interventions are met in the order of their ids, so that one that is there already is the last.
fn note(ids: &mut Vec<InterventionId>, id: InterventionId) {
    if ids.last() != Some(&id) {
        ids.push(id);
    }
}

/// One intervention, as it is counted.
struct Reading<'a> {
    it: &'a Intervention,
    actors: &'a Actors,
    window: &'a Window,
}

impl Reading<'_> {
    /// The pairs of values that it has, each once, and at least one.
    fn pairs(&self, rows: Dimension, columns: Dimension) -> BTreeSet<(Value, Value)> {
        use Family::{What, When, Where, Who};
        match (rows.family(), columns.family()) {
            _ if rows == columns => self.each_with_each(rows, columns),
            (Who, Who) => together(self.window.participations(self.it), |it| {
                (self.who(rows, it), self.who(columns, it))
            }),
            (Who, When) => self.who_when(rows),
            (When, Who) => self.who_when(columns).into_iter().map(|(a, b)| (b, a)).collect(),
            (Where, Where) => together(self.it.territories.iter(), |it| {
                (Value::place(rows, *it), Value::place(columns, *it))
            }),
            (What, What) => {
                let sectors = self.it.classification.iter().flat_map(|it| it.sectors.iter());
                together(sectors, |it| (Value::sector(rows, *it), Value::sector(columns, *it)))
            }
            _ => self.each_with_each(rows, columns),
        }
    }

    fn each_with_each(&self, rows: Dimension, columns: Dimension) -> BTreeSet<(Value, Value)> {
        let columns = self.values(columns);
        let rows = self.values(rows).into_iter();
        rows.flat_map(|row| columns.iter().map(move |column| (row, *column))).collect()
    }

    /// Who takes part, under the years in which they do. A year in which nobody does stands under
    /// nothing, and so does who takes part in no year that is known of the intervention.
    fn who_when(&self, who: Dimension) -> BTreeSet<(Value, Value)> {
        let Some(days) = self.window.days(self.it) else {
            let all = self.values(who).into_iter();
            return all.map(|it| (it, Value::None)).collect();
        };
        let mut empty: BTreeSet<_> = days.years(self.window.today).collect();
        let mut pairs = BTreeSet::new();
        for it in self.window.participations(self.it) {
            let value = self.who(who, it);
            let years = it.days_of(days).map(|it| it.years(self.window.today));
            for year in years.clone().into_iter().flatten() {
                empty.remove(&year);
                pairs.insert((value, Value::Year(year)));
            }
            if years.is_none() {
                pairs.insert((value, Value::None));
            }
        }
        pairs.extend(empty.into_iter().map(|year| (Value::None, Value::Year(year))));
        pairs
    }

    /// The values that it has in one dimension, each once, and at least one.
    fn values(&self, dimension: Dimension) -> BTreeSet<Value> {
        let it = self.it;
        let about = it.classification.as_deref();
        let mut values: BTreeSet<_> = match dimension {
            Dimension::Actor | Dimension::Role | Dimension::ActorKind => {
                let parts = self.window.participations(it);
                parts.map(|it| self.who(dimension, it)).collect()
            }
            Dimension::Sector | Dimension::SectorCategory => {
                let sectors = about.into_iter().flat_map(|it| it.sectors.iter());
                sectors.map(|it| Value::sector(dimension, *it)).collect()
            }
            Dimension::Goal => {
                let goals = about.into_iter().flat_map(|it| it.goals.iter());
                goals.map(|it| Value::Goal(*it)).collect()
            }
            Dimension::Commune | Dimension::Province | Dimension::Region => {
                it.territories.iter().map(|it| Value::place(dimension, *it)).collect()
            }
            Dimension::Year => {
                let days = self.window.days(it).into_iter();
                days.flat_map(|it| it.years(self.window.today)).map(Value::Year).collect()
            }
            Dimension::Programme => it.programme.map(Value::Programme).into_iter().collect(),
            Dimension::Group => it.groups.iter().map(|it| Value::Group(*it)).collect(),
            Dimension::Stage => self.window.stage(it).map(Value::Stage).into_iter().collect(),
        };
        if values.len() > 1 {
            values.remove(&Value::None);
        }
        if values.is_empty() {
            values.insert(Value::None);
        }
        values
    }

    fn who(&self, dimension: Dimension, it: &Participation) -> Value {
        let actor = self.actors.resolve(it.actor);
        match dimension {
            Dimension::Actor => Value::Actor(actor),
            Dimension::Role => Value::Role(it.role),
            Dimension::ActorKind => {
                self.actors.get(actor).map_or(Value::None, |it| Value::ActorKind(it.kind))
            }
            _ => Value::None,
        }
    }
}

/// The pairs that each of `elements` has; two times nothing where there is none.
fn together<T>(
    elements: impl Iterator<Item = T>,
    pair: impl Fn(T) -> (Value, Value),
) -> BTreeSet<(Value, Value)> {
    let mut pairs: BTreeSet<_> = elements.map(pair).collect();
    let nothing = (Value::None, Value::None);
    if pairs.len() > 1 {
        pairs.remove(&nothing);
    }
    if pairs.is_empty() {
        pairs.insert(nothing);
    }
    pairs
}
