//! Which actors have to do with each other, and through what.
use std::collections::{BTreeMap, BTreeSet};

use async_graphql::{Context, InputObject, Object, SimpleObject};
use domain::effective::Effective;
use domain::ids::{ActorId, ProgrammeId};
use domain::territory::TerritoryId;
use jiff::civil::Date;
use projections::actors::Actor;
use projections::lineage::TieOf;
use projections::network::{Network, Scope, Tie};
use projections::subjects::Kind;
use projections::{Models, Subject};
use uuid::Uuid;

use crate::graphql::connection::{Connection, Page};
use crate::graphql::enums::Choice;
use crate::graphql::event::SubjectKind;
use crate::graphql::facts::{self, Facts, named};
use crate::graphql::fault::Fault;
use crate::graphql::lineage::LineageObject;
use crate::graphql::list::List;
use crate::graphql::noun::{Listing, Order};
use crate::graphql::scalars::{Given, Shown};
use crate::graphql::subject::title;
use crate::graphql::values::{AsOf, Text};
use crate::graphql::view::{Told, View, read};

/// How many of the things that two actors share are shown: the counts count all.
const SHARED_MAX: usize = 100;

/// Questions about the network of actors.
#[derive(Default)]
pub struct NetworkQuery;

/// Which things count in a network; all of the conditions hold.
#[derive(InputObject, Clone, Debug, Default)]
pub struct ActorNetworkFilter {
    /// What lies in this territory, wholly or in part.
    within: Option<Given<TerritoryId>>,
    /// What belongs to this programme, or to one that is part of it.
    programme: Option<Given<ProgrammeId>>,
}

/// Questions about the network of actors.
#[Object(serial)]
impl NetworkQuery {
    /// Which actors have to do with each other, and through what: on a day where one is asked for,
    /// else through whatever ever was.
    async fn actor_network(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What counts; everything where it is left out.")] filter: Option<
            ActorNetworkFilter,
        >,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "What was true on that day.")] effective_on: Option<Given<Date>>,
    ) -> Result<NetworkObject, Fault> {
        let view = View::of(ctx, as_of, effective_on).await?;
        let filter = filter.unwrap_or_default();
        let scope = Scope {
            within: read(filter.within, "filter.within")?,
            programme: read(filter.programme, "filter.programme")?,
            day: view.effective_on,
        };
        let it = Network::of(&view.models, &scope);
        Ok(NetworkObject { view, scope, it })
    }
}

/// Actors and what ties them. A merged actor counts as the one that it was merged into.
pub struct NetworkObject {
    view: View,
    scope: Scope,
    it: Network,
}

/// Actors and what ties them. A merged actor counts as the one that it was merged into.
#[Object(serial, name = "ActorNetwork")]
impl NetworkObject {
    /// Everybody who has to do with something that counts, in the order of their ids.
    #[graphql(complexity = "crate::graphql::connection::cost(first.or(last), child_complexity)")]
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn actors(
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
    ) -> Result<Listing<Actor>, Fault> {
        let known = self.it.actors.iter().filter_map(|id| self.view.models.actors.get(*id));
        let page = Page::read((first, after), (last, before))?;
        Listing::of(ctx, &self.view, (page, order_by), known)
    }

    /// Each pair of actors that has something in common, in the order of their ids.
    #[graphql(complexity = "crate::graphql::connection::cost(first.or(last), child_complexity)")]
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn links(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many of the last, from 1 to 100, instead of `first`.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Before the entry with this cursor.")] before: Option<String>,
    ) -> Result<Connection<LinkObject>, Fault> {
        Page::read((first, after), (last, before))?.keyed(
            ctx,
            &self.view,
            &self.it.links,
            |((one, other), _)| format!("{one}/{other}"),
            |((one, other), ties)| LinkObject {
                one: self.view.actor(*one),
                other: self.view.actor(*other),
                ties: TieCount::all(&self.view, &self.scope, (*one, *other), ties),
            },
        )
    }

    /// Whether every pair was counted: a network of more than 100,000 is cut off, and is better
    /// asked for by territory or programme.
    async fn complete(&self) -> bool {
        self.it.complete
    }
}

/// Two actors that have something in common.
#[derive(SimpleObject)]
#[graphql(serial, name = "ActorLink")]
pub struct LinkObject {
    /// The one with the lesser id.
    one: Told<Actor>,
    /// The other.
    other: Told<Actor>,
    /// What they have to do with each other.
    #[graphql(complexity = "crate::graphql::connection::list_cost(child_complexity)")]
    ties: List<TieCount>,
}

impl Facts for LinkObject {
    fn about<'a>(&'a self, _: &'a Models) -> Vec<&'a dyn Facts> {
        let both = self.one.iter().chain(&self.other);
        both.map(|it| &*it.it as &dyn Facts).collect()
    }

    /// Nobody says since when; it is not the date of either of them.
    fn date(&self) -> Option<Effective> {
        Some(Effective::Unknown)
    }

    fn kinds(&self, _: &Models) -> Vec<String> {
        self.ties.iter().flat_map(|it| named(it.tie.0)).collect()
    }

    fn actors(&self, _: &Models) -> Vec<ActorId> {
        self.one.iter().chain(&self.other).map(|it| it.it.id).collect()
    }
}

/// How many things tie two actors in one way.
#[derive(SimpleObject)]
#[graphql(serial, name = "ActorTieCount")]
pub struct TieCount {
    /// In which way.
    tie: Choice<Tie>,
    /// How many things.
    count: Shown<i64>,
    /// Where that number comes from.
    lineage: LineageObject,
}

impl TieCount {
    fn all(
        view: &View,
        scope: &Scope,
        (one, other): (ActorId, ActorId),
        ties: &BTreeMap<Tie, u64>,
    ) -> List<Self> {
        let Scope { within, programme, day: on } = *scope;
        let count = |(tie, it): (&Tie, &u64)| Self {
            tie: Choice(*tie),
            count: Shown(i64::try_from(*it).unwrap_or(i64::MAX)),
            lineage: LineageObject::of(
                view,
                TieOf { one, other, tie: *tie, within, programme, on },
            ),
        };
        ties.iter().map(count).collect()
    }
}

/// Somebody with whom an actor has something in common.
pub struct NeighbourObject {
    view: View,
    one: ActorId,
    other: ActorId,
    shared: BTreeSet<(Tie, Subject)>,
}

impl Facts for NeighbourObject {
    fn about<'a>(&'a self, models: &'a Models) -> Vec<&'a dyn Facts> {
        self.shared.iter().flat_map(|(_, thing)| facts::subject(models, *thing)).collect()
    }

    fn kinds(&self, _: &Models) -> Vec<String> {
        self.shared.iter().flat_map(|(tie, _)| named(*tie)).collect()
    }

    fn subjects(&self, _: &Models) -> Vec<Kind> {
        self.shared.iter().map(|(_, thing)| thing.kind).collect()
    }

    fn actors(&self, _: &Models) -> Vec<ActorId> {
        vec![self.other]
    }
}

/// Somebody with whom an actor has something in common.
#[Object(serial, name = "ActorNeighbour")]
impl NeighbourObject {
    /// Who.
    async fn actor(&self) -> Told<Actor> {
        self.view.actor(self.other)
    }

    /// What they have to do with each other.
    #[graphql(complexity = "crate::graphql::connection::list_cost(child_complexity)")]
    async fn ties(&self) -> List<TieCount> {
        let mut ties = BTreeMap::<_, u64>::new();
        for (tie, _) in &self.shared {
            *ties.entry(*tie).or_default() += 1;
        }
        let scope = Scope { day: self.view.effective_on, ..Scope::default() };
        TieCount::all(&self.view, &scope, (self.one, self.other), &ties)
    }

    /// What they share: the first 100 things.
    #[graphql(complexity = "crate::graphql::connection::list_cost(child_complexity)")]
    async fn shared(&self) -> List<SharedObject> {
        let shared = self.shared.iter().take(SHARED_MAX);
        shared
            .map(|(tie, thing)| SharedObject {
                tie: Choice(*tie),
                kind: thing.kind.into(),
                id: Shown(thing.id),
                title: title(&self.view.models, *thing),
            })
            .collect()
    }
}

/// One thing that two actors share.
#[derive(SimpleObject)]
#[graphql(serial, name = "SharedThing")]
pub struct SharedObject {
    /// In which way it ties them.
    tie: Choice<Tie>,
    /// What sort of thing it is.
    kind: SubjectKind,
    /// Its id.
    id: Shown<Uuid>,
    /// What it is called.
    title: Option<Text>,
}

/// A page of those with whom `actor` has something in common, in the order of their ids.
pub(super) fn neighbours(
    ctx: &Context<'_>,
    view: &View,
    actor: ActorId,
    page: Page,
) -> Result<Connection<NeighbourObject>, Fault> {
    let found = projections::network::neighbours(&view.models, actor, view.effective_on);
    let show = |(other, shared)| NeighbourObject { view: view.clone(), one: actor, other, shared };
    page.keyed(ctx, view, found, |(other, _)| *other, show)
}
