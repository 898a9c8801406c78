//! Which way the money goes: from funders through programmes to themes and territories.
use std::sync::Arc;

use async_graphql::{Context, Object, SimpleObject};
use domain::classification::SectorCategory;
use domain::ids::{ActorId, ProgrammeId};
use domain::territory::TerritoryId;
use projections::funding::flows::{Flow, Flows, Layer, Measure, Purpose, Stop};
use projections::lineage::FlowOf;
use projections::{Models, actors, programmes};

use super::balance::{AmountsObject, BalanceFilter};
use super::classification::SectorCategoryObject;
use super::connection::{Connection, Page};
use super::enums::Choice;
use super::facts::{Facts, Worth, named};
use super::fault::Fault;
use super::lineage::LineageObject;
use super::scalars::Shown;
use super::territory::TerritoryObject;
use super::values::AsOf;
use super::view::{Told, View};

/// Questions about flows of money.
#[derive(Default)]
pub struct FundingFlowQuery;

/// Questions about flows of money.
#[Object(serial)]
impl FundingFlowQuery {
    /// Which way the money goes: from who pays through a programme to a theme and a territory. Each
    /// request, or each envelope, runs through whole, so that each layer carries what the balances
    /// say; no amount is split by guess.
    async fn funding_flows(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which amounts.")] measure: Choice<Measure>,
        #[graphql(desc = "Of which funding requests, or of envelopes by their programmes; all \
                          where it is left out.")]
        filter: Option<BalanceFilter>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
    ) -> Result<FundingFlows, Fault> {
        let view = View::of(ctx, as_of, None).await?;
        let (funded, measure) = (filter.unwrap_or_default().read()?, measure.0);
        let models = &view.models;
        let flows = if measure == Measure::SetAside {
            Flows::of_envelopes(funded.envelopes(models), models)
        } else {
            Flows::of_requests(funded.requests(models), measure, models)
        };
        let asked = FlowOf { funded, measure, layer: None, from: None, to: None };
        Ok(FundingFlows { asked, flows: Arc::new(flows), view })
    }
}

/// Which way the money goes.
pub struct FundingFlows {
    view: View,
    asked: FlowOf,
    flows: Arc<Flows>,
}

/// Which way the money goes, layer by layer.
#[Object(serial)]
impl FundingFlows {
    /// Which amounts flow.
    async fn measure(&self) -> Choice<Measure> {
        Choice(self.asked.measure)
    }

    /// How much there is in all; each layer carries it.
    async fn total(&self) -> AmountsObject {
        self.flows.total.amounts.clone().into()
    }

    /// How many requests or envelopes it is made of.
    async fn parts(&self) -> Shown<i64> {
        parts(&self.flows.total)
    }

    /// Where that comes from.
    async fn lineage(&self) -> LineageObject {
        LineageObject::of(&self.view, self.asked.clone())
    }

    /// The links, layer by layer, in the order of where they come from and where they go.
    #[graphql(complexity = "super::connection::cost(first.or(last), child_complexity)")]
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn links(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Of this layer; of all where it is left out.")] layer: Option<
            Choice<Layer>,
        >,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many of the last, from 1 to 100, instead of `first`.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Before the entry with this cursor.")] before: Option<String>,
    ) -> Result<Connection<FundingLink>, Fault> {
        let place = |(layer, from, to): (Layer, Stop, Stop)| {
            format!("{} {} {}", layer as u8, from.place(), to.place())
        };
        let links = self.flows.links.iter();
        let mut links: Vec<_> =
            links.filter(|((at, ..), _)| layer.is_none_or(|it| it.0 == *at)).collect();
        links.sort_by_cached_key(|(link, _)| place(**link));
        let show = |(&(layer, from, to), flow): (&(Layer, Stop, Stop), &Flow)| FundingLink {
            layer: Choice(layer),
            from: FundingStop { view: self.view.clone(), stop: from },
            to: FundingStop { view: self.view.clone(), stop: to },
            amounts: flow.amounts.clone().into(),
            parts: parts(flow),
            flow: flow.of.clone(),
            flows: Arc::clone(&self.flows),
            lineage: LineageObject::of(
                &self.view,
                FlowOf {
                    layer: Some(layer),
                    from: Some(from.place()),
                    to: Some(to.place()),
                    ..self.asked.clone()
                },
            ),
        };
        let page = Page::read((first, after), (last, before))?;
        page.keyed(ctx, &self.view, links, |(link, _)| place(**link), show)
    }
}

fn parts(flow: &Flow) -> Shown<i64> {
    Shown(i64::try_from(flow.parts).unwrap_or(i64::MAX))
}

/// The money that goes from one place to the next.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct FundingLink {
    /// Between which layers it lies.
    layer: Choice<Layer>,
    /// Where it comes from.
    from: FundingStop,
    /// Where it goes.
    to: FundingStop,
    /// How much, and how many amounts nobody declared.
    amounts: AmountsObject,
    /// How many requests or envelopes it is made of.
    parts: Shown<i64>,
    /// Where that comes from.
    lineage: LineageObject,
    /// Which of the contributions it carries.
    #[graphql(skip)]
    flow: Vec<usize>,
    #[graphql(skip)]
    flows: Arc<Flows>,
}

impl FundingLink {
    fn stops<T>(&self, of: impl Fn(Stop) -> Option<T>) -> Vec<T> {
        [self.from.stop, self.to.stop].into_iter().filter_map(of).collect()
    }
}

/// It says nothing but its amounts and its two ends. Each layer carries the same money, which counts
/// once.
impl Facts for FundingLink {
    fn worth(&self, _: &Models) -> Option<Worth> {
        let all = &self.flows.contributions;
        let part = |place: &usize| Some((*place as u128, all.get(*place)?.clone()));
        Some(Worth::Parts(self.flow.iter().filter_map(part).collect()))
    }

    fn kinds(&self, _: &Models) -> Vec<String> {
        named(self.layer.0)
    }

    fn territories(&self, _: &Models) -> Vec<TerritoryId> {
        self.stops(|it| if let Stop::Territory(id) = it { id } else { None })
    }

    fn programmes(&self, _: &Models) -> Vec<ProgrammeId> {
        self.stops(|it| if let Stop::Programme(id) = it { Some(id) } else { None })
    }

    fn actors(&self, _: &Models) -> Vec<ActorId> {
        self.stops(|it| if let Stop::Funder(id) = it { id } else { None })
    }

    fn categories(&self, _: &Models) -> Vec<SectorCategory> {
        self.stops(|it| if let Stop::Purpose(Purpose::Category(it)) = it { Some(it) } else { None })
    }
}

/// Where money comes from or goes to: the field of its sort is there, and none where nobody said.
pub struct FundingStop {
    view: View,
    stop: Stop,
}

/// Where money comes from or goes to: the field of its sort is there, and none where nobody said.
#[Object(serial)]
impl FundingStop {
    /// Who pays: the envelope's funder, else who granted the request.
    async fn funder(&self) -> Told<actors::Actor> {
        let Stop::Funder(id) = self.stop else { return None };
        id.and_then(|id| self.view.actor(id))
    }

    /// The programme.
    async fn programme(&self) -> Told<programmes::Programme> {
        let Stop::Programme(id) = self.stop else { return None };
        self.view.programme(id)
    }

    /// What it is for: the category of the sectors of the intervention, else of its programme or the
    /// nearest one above it that somebody classified.
    async fn category(&self) -> Option<SectorCategoryObject> {
        let Stop::Purpose(Purpose::Category(it)) = self.stop else { return None };
        Some(SectorCategoryObject(it))
    }

    /// Whether it is for sectors of several categories: nobody said how much for which.
    async fn several(&self) -> bool {
        self.stop == Stop::Purpose(Purpose::Several)
    }

    /// Where: the smallest territory that holds all that the request names, else all that its
    /// intervention names; for an envelope, all that its programme names.
    async fn territory(&self) -> Option<TerritoryObject> {
        let Stop::Territory(territory) = self.stop else { return None };
        territory.map(TerritoryObject)
    }

    /// Whether nobody said who, what or where it is.
    async fn unknown(&self) -> bool {
        let nowhere = [Stop::Funder(None), Stop::Territory(None)];
        nowhere.contains(&self.stop) || self.stop == Stop::Purpose(Purpose::NotClassified)
    }
}
