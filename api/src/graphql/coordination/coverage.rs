//! The communes that no intervention names.
use std::sync::Arc;

use async_graphql::{Context, Object};
use domain::territory::TerritoryId;
use projections::Models;
use projections::coordination::gaps::{Coverage, CoveredBy};
use projections::lineage::CoverageOf;

use super::matrix::TallyObject;
use crate::graphql::connection::{Connection, Page};
use crate::graphql::enums::Choice;
use crate::graphql::facts::{Facts, named};
use crate::graphql::fault::Fault;
use crate::graphql::lineage::LineageObject;
use crate::graphql::territory::TerritoryObject;
use crate::graphql::view::View;

/// Which communes of a territory are named by interventions.
pub struct CoverageObject {
    pub(super) view: View,
    pub(super) coverage: Arc<Coverage>,
    pub(super) asked: Arc<CoverageOf>,
}

/// Which communes of a territory are named by interventions; one that was given up covers nothing.
#[Object(serial, name = "Coverage")]
impl CoverageObject {
    /// How many communes the table knows in the territory.
    async fn communes(&self) -> usize {
        self.coverage.communes.len()
    }

    /// How many of them at least one intervention names.
    async fn covered(&self) -> usize {
        self.coverage.covered()
    }

    /// How many of them only interventions cover that name a territory around them.
    async fn covered_by_wider(&self) -> usize {
        self.count(CoveredBy::Wider)
    }

    /// How many of them nothing covers.
    async fn uncovered(&self) -> usize {
        self.count(CoveredBy::Nothing)
    }

    /// Where these numbers come from.
    async fn lineage(&self) -> LineageObject {
        LineageObject::of(&self.view, CoverageOf::clone(&self.asked))
    }

    /// The communes that no intervention names, in the order of their ids.
    #[graphql(complexity = "crate::graphql::connection::cost(first.or(last), child_complexity)")]
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn gaps(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those of which this holds.")] covered_by: Option<Choice<CoveredBy>>,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many of the last, from 1 to 100, instead of `first`.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Before the entry with this cursor.")] before: Option<String>,
    ) -> Result<Connection<GapObject>, Fault> {
        let wanted =
            |it: &TerritoryId| covered_by.is_none_or(|by| self.coverage.covered_by(*it) == by.0);
        let gap = |commune| GapObject {
            view: self.view.clone(),
            coverage: Arc::clone(&self.coverage),
            asked: Arc::clone(&self.asked),
            commune,
        };
        let gaps = self.coverage.gaps().filter(wanted);
        let page = Page::read((first, after), (last, before))?;
        page.keyed(ctx, &self.view, gaps, |it| it.as_str().to_owned(), gap)
    }
}

impl CoverageObject {
    fn count(&self, by: CoveredBy) -> usize {
        self.coverage.gaps().filter(|it| self.coverage.covered_by(*it) == by).count()
    }
}

/// A commune that no intervention names.
pub struct GapObject {
    view: View,
    coverage: Arc<Coverage>,
    asked: Arc<CoverageOf>,
    commune: TerritoryId,
}

impl Facts for GapObject {
    fn kinds(&self, _: &Models) -> Vec<String> {
        named(self.coverage.covered_by(self.commune))
    }

    fn territories(&self, _: &Models) -> Vec<TerritoryId> {
        vec![self.commune]
    }
}

/// A commune that no intervention names.
#[Object(serial, name = "Gap")]
impl GapObject {
    /// The commune.
    async fn commune(&self) -> TerritoryObject {
        TerritoryObject(self.commune)
    }

    /// Whether interventions name a territory around it.
    async fn covered_by(&self) -> Choice<CoveredBy> {
        Choice(self.coverage.covered_by(self.commune))
    }

    /// The interventions that name a territory around it.
    async fn around(&self) -> TallyObject {
        let ids: Vec<_> = self.coverage.around(self.commune).into_iter().collect();
        let around = Some(self.commune);
        TallyObject::of(&self.view, &ids, CoverageOf { around, ..CoverageOf::clone(&self.asked) })
    }
}
