//! Interventions that may have been written down twice.
use std::sync::Arc;

use async_graphql::{Context, Object, SimpleObject};
use projections::coordination::duplicates::{
    Likeness, Likenesses, Reason, SIMILARITY_MIN_PER_MILLE,
};
use projections::{Models, interventions};

use crate::graphql::connection::{Connection, Page};
use crate::graphql::enums::Choice;
use crate::graphql::facts::{Facts, Worth, named};
use crate::graphql::fault::Fault;
use crate::graphql::view::{Told, View};

/// Interventions that may have been written down twice.
pub struct LikenessesObject {
    pub(super) view: View,
    pub(super) found: Arc<Likenesses>,
}

/// Interventions that may have been written down twice, pair by pair.
#[Object(serial, name = "LikelyDuplicates")]
impl LikenessesObject {
    /// Whether every pair that could be one was compared; with too many that could, some are not.
    async fn complete(&self) -> bool {
        self.found.complete
    }

    /// From which score on a pair is shown, in thousandths.
    async fn score_min_per_mille(&self) -> usize {
        SIMILARITY_MIN_PER_MILLE
    }

    /// The pairs, the most similar first.
    #[graphql(complexity = "crate::graphql::connection::cost(first.or(last), child_complexity)")]
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn pairs(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many of the last, from 1 to 100, instead of `first`.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Before the entry with this cursor.")] before: Option<String>,
    ) -> Result<Connection<LikelyDuplicate>, Fault> {
        let pair = |it: &Likeness| LikelyDuplicate {
            first: self.view.intervention(it.first),
            second: self.view.intervention(it.second),
            score_per_mille: it.score_per_mille,
            reasons: it.reasons.iter().copied().map(Choice).collect(),
        };
        let page = Page::read((first, after), (last, before))?;
        page.keyed(ctx, &self.view, &self.found.pairs, |it| it.place(), pair)
    }
}

/// Two interventions that may be one.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct LikelyDuplicate {
    /// The one with the lesser id.
    first: Told<interventions::Intervention>,
    /// The other.
    second: Told<interventions::Intervention>,
    /// How similar their titles are, in thousandths: the trigrams that both have, of all that either
    /// has.
    score_per_mille: usize,
    /// Why they may be one.
    reasons: Vec<Choice<Reason>>,
}

impl LikelyDuplicate {
    fn both(&self) -> impl Iterator<Item = &Arc<interventions::Intervention>> {
        self.first.iter().chain(&self.second).map(|it| &it.it)
    }
}

impl Facts for LikelyDuplicate {
    fn about<'a>(&'a self, _: &'a Models) -> Vec<&'a dyn Facts> {
        self.both().map(|it| &**it as &dyn Facts).collect()
    }

    fn worth(&self, models: &Models) -> Option<Worth> {
        Some(Worth::of_budgets(self.both().map(|it| it.id), models))
    }

    fn kinds(&self, _: &Models) -> Vec<String> {
        self.reasons.iter().flat_map(|it| named(it.0)).collect()
    }
}
