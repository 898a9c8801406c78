//! Who does what, where and when: the matrix, its gaps, what goes on side by side, and what may have
//! been written down twice. Everything here is computed when it is asked.
use std::sync::Arc;

use async_graphql::{Context, Object};
use domain::classification::Theme;
use domain::ids::ProgrammeId;
use domain::population::PopulationGroup;
use domain::territory::TerritoryId;
use jiff::civil::Date;
use projections::coordination::duplicates::likenesses;
use projections::coordination::gaps::Coverage;
use projections::coordination::matrix::{Dimension, Matrix};
use projections::coordination::overlaps::{Grain, Overlap, overlaps};
use projections::lineage::{CoverageOf, Done, MatrixOf};

use super::code::Code;
use super::connection::{Connection, Page};
use super::enums::Choice;
use super::fault::Fault;
use super::intervention::filter::InterventionFilter;
use super::problem::Problem;
use super::scalars::Given;
use super::values::AsOf;
use super::view::{View, must, read};

mod coverage;
mod likeness;
mod matrix;
mod overlap;

use coverage::CoverageObject;
use likeness::LikenessesObject;
use matrix::MatrixObject;
use overlap::OverlapObject;

/// What it costs to go through every intervention, in the terms of a query's complexity.
const WALK: usize = 2_000;

/// Questions about who does what, where and when.
#[derive(Default)]
pub struct CoordinationQuery;

/// Questions about who does what, where and when.
#[Object(serial)]
impl CoordinationQuery {
    /// Interventions counted by two of their dimensions: who does what, where and when (4W). What
    /// has no value in a dimension stands under none, and nothing is dropped.
    #[graphql(complexity = "WALK + child_complexity")]
    async fn matrix(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What the rows are.")] rows: Choice<Dimension>,
        #[graphql(desc = "What the columns are.")] columns: Choice<Dimension>,
        #[graphql(desc = "Which interventions; all where it is left out.")] filter: Option<
            InterventionFilter,
        >,
        #[graphql(desc = "Those that can go on from this day on; no known date excludes none.")]
        from: Option<Given<Date>>,
        #[graphql(desc = "Those that can go on up to this day.")] to: Option<Given<Date>>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "What was true on that day; where neither `from` nor `to` is given, \
                          those that can go on on it.")]
        effective_on: Option<Given<Date>>,
    ) -> Result<MatrixObject, Fault> {
        let view = View::of(ctx, as_of, effective_on).await?;
        let done = done(ctx, &view, filter.unwrap_or_default(), from, to)?;
        let (chosen, rows, columns) = (done.chosen(&view.models), rows.0, columns.0);
        let chosen: Vec<_> = chosen.iter().collect();
        let matrix = Matrix::of(rows, columns, &chosen, &view.models.actors, &done.window());
        let asked = MatrixOf { done, rows, columns, row: None, column: None };
        Ok(MatrixObject { view, matrix: Arc::new(matrix), asked: Arc::new(asked) })
    }

    /// The communes of a territory that no intervention names. One that names a province, a region
    /// or the country covers no commune of it by itself: it is told apart.
    #[graphql(complexity = "WALK + child_complexity")]
    async fn gaps(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The communes of this territory, as far as the table knows them: those \
                          of Souss-Massa.")]
        within: Given<TerritoryId>,
        #[graphql(desc = "Against the interventions of this sector or category alone.")]
        sector: Option<Given<Theme>>,
        #[graphql(desc = "Against the interventions for this group alone.")] group: Option<
            Choice<PopulationGroup>,
        >,
        #[graphql(
            desc = "Against the interventions of this programme, or of one that is part of \
                          it."
        )]
        programme: Option<Given<ProgrammeId>>,
        #[graphql(desc = "Against those that can go on from this day on.")] from: Option<
            Given<Date>,
        >,
        #[graphql(desc = "Against those that can go on up to this day.")] to: Option<Given<Date>>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "What was true on that day.")] effective_on: Option<Given<Date>>,
    ) -> Result<CoverageObject, Fault> {
        let view = View::of(ctx, as_of, effective_on).await?;
        let communes_of = must(&within, "within")?;
        let filter = InterventionFilter::of(sector, group, programme);
        let done = done(ctx, &view, filter, from, to)?;
        let chosen = done.chosen(&view.models);
        let chosen: Vec<_> = chosen.iter().collect();
        let coverage = Coverage::of(communes_of, &chosen, &done.window());
        let asked = CoverageOf { done, communes_of, around: None };
        Ok(CoverageObject { view, coverage: Arc::new(coverage), asked: Arc::new(asked) })
    }

    /// What several do side by side: interventions of one theme, at one place, on the same days,
    /// under different leads. Only what was said of an intervention itself is its theme.
    #[graphql(complexity = "WALK + super::connection::cost(first.or(last), child_complexity)")]
    async fn overlaps(
        &self,
        ctx: &Context<'_>,
        #[graphql(default_with = "Choice(Grain::Sector)", desc = "What one theme is.")] by: Choice<
            Grain,
        >,
        #[graphql(desc = "Only at places within this territory; interventions that name what \
                          lies around a place are taken all the same.")]
        within: Option<Given<TerritoryId>>,
        #[graphql(desc = "Among which interventions; all where it is left out. With `sector`, \
                          only overlaps of that theme.")]
        filter: Option<InterventionFilter>,
        #[graphql(desc = "On days from this one on.")] from: Option<Given<Date>>,
        #[graphql(desc = "On days up to this one.")] to: Option<Given<Date>>,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many of the last, from 1 to 100, instead of `first`.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Before the entry with this cursor.")] before: Option<String>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "On that day, where neither `from` nor `to` is given.")]
        effective_on: Option<Given<Date>>,
    ) -> Result<Connection<OverlapObject>, Fault> {
        let view = View::of(ctx, as_of, effective_on).await?;
        let page = Page::read((first, after), (last, before))?;
        let within = read(within, "within")?;
        let done = done(ctx, &view, filter.unwrap_or_default(), from, to)?;
        let (chosen, about) = (done.chosen(&view.models), done.selection.sector);
        let chosen: Vec<_> = chosen.iter().collect();
        let all = overlaps(&chosen, by.0, about, within, &view.models.actors, &done.window());
        let show = |it| OverlapObject { view: view.clone(), it };
        page.keyed(ctx, &view, all, Overlap::place, show)
    }

    /// Interventions that may have been written down twice. Nothing is merged: somebody looks.
    #[graphql(complexity = "WALK + child_complexity")]
    async fn likely_duplicates(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Among which interventions; all where it is left out.")] filter: Option<
            InterventionFilter,
        >,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "What was true on that day.")] effective_on: Option<Given<Date>>,
    ) -> Result<LikenessesObject, Fault> {
        let view = View::of(ctx, as_of, effective_on).await?;
        let wanted = filter.unwrap_or_default().read(view.effective_on)?;
        let wanted = wanted.read(&view.models);
        let all = view.models.interventions.iter();
        let chosen: Vec<_> = all.filter(|it| wanted.holds(it)).cloned().collect();
        let found = likenesses(&chosen.iter().collect::<Vec<_>>(), &view.models.actors);
        Ok(LikenessesObject { view, found: Arc::new(found) })
    }
}

/// The interventions and the days that are asked for.
fn done(
    ctx: &Context<'_>,
    view: &View,
    filter: InterventionFilter,
    from: Option<Given<Date>>,
    to: Option<Given<Date>>,
) -> Result<Done, Fault> {
    let (from, to) = (read(from, "from")?, read(to, "to")?);
    if from.zip(to).is_some_and(|(from, to)| to < from) {
        return Err(Fault::BadUserInput(Problem::new(Code::PeriodReversed).at("to")));
    }
    let selection = filter.read(view.effective_on)?;
    Ok(Done { selection, from, to, on: view.day(ctx) })
}
