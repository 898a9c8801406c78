//! Questions about programmes, their envelopes and their indicators.
use std::collections::BTreeSet;

use async_graphql::{Context, Object};
use domain::ids::{EnvelopeId, IndicatorId, ProgrammeId};
use jiff::civil::Date;
use projections::lineage::ResultsOf;
use projections::programmes::{Envelope, Indicator, Programme};

use super::filter::{ProgrammeFilter, Wanted};
use crate::graphql::connection::Page;
use crate::graphql::fault::Fault;
use crate::graphql::noun::{Listing, Order, Sieve};
use crate::graphql::result::ProgressObject;
use crate::graphql::scalars::Given;
use crate::graphql::values::AsOf;
use crate::graphql::view::{Told, View, must};

/// Questions about programmes.
#[derive(Default)]
pub struct ProgrammeQuery;

/// Questions about programmes.
#[Object(serial)]
impl ProgrammeQuery {
    /// One programme or project.
    async fn programme(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Given<ProgrammeId>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "What was true on that day.")] effective_on: Option<Given<Date>>,
    ) -> Result<Told<Programme>, Fault> {
        let id = must(&id, "id")?;
        Ok(View::of(ctx, as_of, effective_on).await?.programme(id))
    }

    /// Programmes and projects, in the order of their ids.
    #[graphql(complexity = "crate::graphql::connection::cost(first.or(last), child_complexity)")]
    async fn programmes(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them; all where it is left out.")] filter: Option<
            ProgrammeFilter,
        >,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many of the last, from 1 to 100, instead of `first`.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Before the entry with this cursor.")] before: Option<String>,
        #[graphql(desc = "In which order; that of this list where it is left out.")]
        order_by: Option<Vec<Order>>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "What was true on that day.")] effective_on: Option<Given<Date>>,
    ) -> Result<Listing<Programme>, Fault> {
        let view = View::of(ctx, as_of, effective_on).await?;
        let page = Page::read((first, after), (last, before))?;
        let day = view.day(ctx);
        let wanted = Sieve::read(filter, |it| {
            let wanted = Wanted::read(&view, it, day)?;
            Ok(move |it: &Programme| wanted.holds(it))
        })?;
        let all = |ids| view.models.programmes.between(ids).filter(|it| wanted.holds(it.as_ref()));
        Listing::between(ctx, &view, (page, order_by), all)
    }

    /// One envelope.
    async fn envelope(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Given<EnvelopeId>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
    ) -> Result<Told<Envelope>, Fault> {
        let id = must(&id, "id")?;
        let view = View::of(ctx, as_of, None).await?;
        Ok(view.tell(view.models.programmes.envelope(id)))
    }

    /// One indicator.
    async fn indicator(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Given<IndicatorId>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "The day that its target is judged on.")] effective_on: Option<
            Given<Date>,
        >,
    ) -> Result<Told<Indicator>, Fault> {
        let id = must(&id, "id")?;
        let view = View::of(ctx, as_of, effective_on).await?;
        Ok(view.tell(view.models.programmes.indicator(id)))
    }

    /// The value of several indicators together: a result that they share counts once.
    async fn indicator_total(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which.")] indicators: Vec<Given<IndicatorId>>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "The day by which contributions came about.")] effective_on: Option<
            Given<Date>,
        >,
    ) -> Result<ProgressObject, Fault> {
        let view = View::of(ctx, as_of, effective_on).await?;
        let ids = indicators.iter().map(|id| must(id, "indicators"));
        let ids = ids.collect::<Result<BTreeSet<_>, _>>()?;
        let asked = ResultsOf::indicators(ids.iter().copied(), view.day(ctx));
        Ok(ProgressObject::of(&view, &ids, asked))
    }
}
