//! The matrix, row by row.
use std::sync::Arc;

use async_graphql::{Context, Object, SimpleObject};
use domain::actor::Kind;
use domain::ids::InterventionId;
use domain::intervention::Role;
use domain::population::PopulationGroup;
use projections::coordination::matrix::{Matrix, Value, budgets};
use projections::interventions::{Intervention, Stage};
use projections::lineage::{Figure, MatrixOf};
use projections::{Models, actors, programmes};

use crate::graphql::balance::AmountsObject;
use crate::graphql::classification::{GoalObject, SectorCategoryObject, SectorObject};
use crate::graphql::connection::{Connection, Page};
use crate::graphql::enums::Choice;
use crate::graphql::facts::{self, Facts, Worth};
use crate::graphql::fault::Fault;
use crate::graphql::lineage::LineageObject;
use crate::graphql::noun::{Listing, Order};
use crate::graphql::territory::TerritoryObject;
use crate::graphql::view::{Told, View};

/// Interventions, counted by two dimensions.
pub struct MatrixObject {
    pub(super) view: View,
    pub(super) matrix: Arc<Matrix>,
    /// What it was asked for, without a row or a column.
    pub(super) asked: Arc<MatrixOf>,
}

/// Interventions, counted by two dimensions: a total counts an intervention once, however many of
/// the cells it stands in.
#[Object(serial, name = "Matrix")]
impl MatrixObject {
    /// Everything that was counted.
    async fn total(&self) -> TallyObject {
        TallyObject::of(&self.view, &self.matrix.all, MatrixOf::clone(&self.asked))
    }

    /// The rows, in the order of their values; what has none comes last.
    #[graphql(complexity = "crate::graphql::connection::cost(first.or(last), child_complexity)")]
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn rows(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many of the last, from 1 to 100, instead of `first`.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Before the entry with this cursor.")] before: Option<String>,
    ) -> Result<Connection<MatrixRow>, Fault> {
        let rows = placed(self.matrix.rows.iter().map(|(value, ids)| (*value, ids)));
        let row = |(value, ids): (Value, &Vec<_>)| MatrixRow {
            tally: TallyObject::of(&self.view, ids, in_row(&self.asked, value)),
            matrix: Arc::clone(&self.matrix),
            asked: Arc::clone(&self.asked),
            value,
        };
        Page::read((first, after), (last, before))?.keyed(
            ctx,
            &self.view,
            rows,
            |(value, _)| value.place_in_list(),
            row,
        )
    }

    /// The columns, in the order of their values; what has none comes last.
    #[graphql(complexity = "crate::graphql::connection::cost(first.or(last), child_complexity)")]
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn columns(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many of the last, from 1 to 100, instead of `first`.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Before the entry with this cursor.")] before: Option<String>,
    ) -> Result<Connection<MatrixColumn>, Fault> {
        let columns = placed(self.matrix.columns.iter().map(|(value, ids)| (*value, ids)));
        let page = Page::read((first, after), (last, before))?;
        page.keyed(
            ctx,
            &self.view,
            columns,
            |(value, _)| value.place_in_list(),
            |it| column(&self.view, it, &self.asked),
        )
    }
}

fn in_row(asked: &MatrixOf, value: Value) -> MatrixOf {
    MatrixOf { row: Some(value.code()), ..asked.clone() }
}

/// In the order of their places.
fn placed<'a>(
    values: impl Iterator<Item = (Value, &'a Vec<InterventionId>)>,
) -> Vec<(Value, &'a Vec<InterventionId>)> {
    let mut all: Vec<_> = values.collect();
    all.sort_by_cached_key(|(value, _)| value.place_in_list());
    all
}

fn column(
    view: &View,
    (value, ids): (Value, &Vec<InterventionId>),
    asked: &MatrixOf,
) -> MatrixColumn {
    let asked = MatrixOf { column: Some(value.code()), ..asked.clone() };
    let value = MatrixValue { view: view.clone(), value };
    MatrixColumn { value, total: TallyObject::of(view, ids, asked) }
}

/// One row of the matrix.
pub struct MatrixRow {
    matrix: Arc<Matrix>,
    asked: Arc<MatrixOf>,
    value: Value,
    tally: TallyObject,
}

/// One row of the matrix.
#[Object(serial)]
impl MatrixRow {
    /// What it is of.
    async fn value(&self) -> MatrixValue {
        MatrixValue { view: self.tally.view.clone(), value: self.value }
    }

    /// All of the row: an intervention that stands in several cells counts once.
    async fn total(&self) -> TallyObject {
        self.tally.clone()
    }

    /// The cells in which anything stands, in the order of their columns.
    #[graphql(complexity = "crate::graphql::connection::cost(first.or(last), child_complexity)")]
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn cells(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many of the last, from 1 to 100, instead of `first`.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Before the entry with this cursor.")] before: Option<String>,
    ) -> Result<Connection<MatrixCell>, Fault> {
        let cells = placed(self.matrix.row(self.value));
        let asked = in_row(&self.asked, self.value);
        let cell = |it| {
            let MatrixColumn { value, total } = column(&self.tally.view, it, &asked);
            MatrixCell { column: value, tally: total }
        };
        Page::read((first, after), (last, before))?.keyed(
            ctx,
            &self.tally.view,
            cells,
            |(value, _)| value.place_in_list(),
            cell,
        )
    }
}

/// One column of the matrix.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct MatrixColumn {
    /// What it is of.
    value: MatrixValue,
    /// All of the column: an intervention that stands in several cells counts once.
    total: TallyObject,
}

/// One cell of the matrix.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct MatrixCell {
    /// The column that it lies in.
    column: MatrixValue,
    /// What stands in it.
    tally: TallyObject,
}

/// Interventions, counted.
#[derive(Clone)]
pub struct TallyObject {
    pub(super) view: View,
    ids: Arc<[InterventionId]>,
    figure: Figure,
}

impl TallyObject {
    pub(super) fn of(view: &View, ids: &[InterventionId], figure: impl Into<Figure>) -> Self {
        Self { view: view.clone(), ids: ids.into(), figure: figure.into() }
    }
}

/// Interventions, counted: each once.
#[Object(serial, name = "Tally")]
impl TallyObject {
    /// How many.
    async fn count(&self) -> usize {
        self.ids.len()
    }

    /// What their budgets come to, currency by currency; those that nobody declared are counted.
    async fn budgets(&self) -> AmountsObject {
        budgets(&self.ids, &self.view.models.interventions).into()
    }

    /// Where these numbers come from.
    async fn lineage(&self) -> LineageObject {
        LineageObject::of(&self.view, self.figure.clone())
    }

    /// Which, in the order of their ids.
    #[graphql(complexity = "crate::graphql::connection::cost(first.or(last), child_complexity)")]
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn interventions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many of the last, from 1 to 100, instead of `first`.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Before the entry with this cursor.")] before: Option<String>,
        #[graphql(desc = "In which order; that of this list where it is left out.")]
        order_by: Option<Vec<Order>>,
    ) -> Result<Listing<Intervention>, Fault> {
        let all = &self.view.models.interventions;
        let found = self.ids.iter().filter_map(|id| all.get(*id));
        let page = Page::read((first, after), (last, before))?;
        Listing::of(ctx, &self.view, (page, order_by), found)
    }
}

/// A row, a column or a cell says what the interventions that stand in it say.
macro_rules! tallied {
    ($($Of:ty: $tally:ident),+) => {$(
        impl Facts for $Of {
            fn about<'a>(&'a self, models: &'a Models) -> Vec<&'a dyn Facts> {
                facts::interventions(models, self.$tally.ids.iter().copied())
            }

            fn worth(&self, models: &Models) -> Option<Worth> {
                Some(Worth::of_budgets(self.$tally.ids.iter().copied(), models))
            }
        }
    )+};
}

tallied!(MatrixRow: tally, MatrixColumn: total, MatrixCell: tally);

/// What a row or a column is of: the field of its dimension is there, or none of them.
pub struct MatrixValue {
    view: View,
    value: Value,
}

/// What a row or a column is of: the field of its dimension is there, and none of them where it
/// gathers what has no value.
#[Object(serial)]
impl MatrixValue {
    /// Whether it gathers the interventions that have no value in this dimension.
    async fn none(&self) -> bool {
        self.value == Value::None
    }

    /// The value as a text: an id, a code, a year or the name of an enum's value; empty for none.
    async fn code(&self) -> String {
        self.value.code()
    }

    /// Who takes part.
    async fn actor(&self) -> Told<actors::Actor> {
        let Value::Actor(id) = self.value else { return None };
        self.view.actor(id)
    }

    /// In which way.
    async fn role(&self) -> Option<Choice<Role>> {
        let Value::Role(role) = self.value else { return None };
        Some(Choice(role))
    }

    /// What sort of body takes part.
    async fn actor_kind(&self) -> Option<Choice<Kind>> {
        let Value::ActorKind(kind) = self.value else { return None };
        Some(Choice(kind))
    }

    /// What it is about.
    async fn sector(&self) -> Option<SectorObject> {
        let Value::Sector(sector) = self.value else { return None };
        Some(SectorObject(sector))
    }

    /// What it is about, more broadly.
    async fn category(&self) -> Option<SectorCategoryObject> {
        let Value::Category(category) = self.value else { return None };
        Some(SectorCategoryObject(category))
    }

    /// The goal or target that it serves.
    async fn goal(&self) -> Option<GoalObject> {
        let Value::Goal(goal) = self.value else { return None };
        Some(GoalObject(goal))
    }

    /// Where: a commune, a province or a region.
    async fn territory(&self) -> Option<TerritoryObject> {
        let Value::Territory(territory) = self.value else { return None };
        Some(TerritoryObject(territory))
    }

    /// When.
    async fn year(&self) -> Option<i16> {
        let Value::Year(year) = self.value else { return None };
        Some(year)
    }

    /// Within which programme.
    async fn programme(&self) -> Told<programmes::Programme> {
        let Value::Programme(id) = self.value else { return None };
        self.view.programme(id)
    }

    /// For whom.
    async fn group(&self) -> Option<Choice<PopulationGroup>> {
        let Value::Group(group) = self.value else { return None };
        Some(Choice(group))
    }

    /// How far it has come.
    async fn stage(&self) -> Option<Choice<Stage>> {
        let Value::Stage(stage) = self.value else { return None };
        Some(Choice(stage))
    }
}
