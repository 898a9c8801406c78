//! How territories took migration into their planning: « pour la première fois » is derived here,
//! from every record of every plan of a territory.
use std::sync::Arc;

use async_graphql::{Context, Enum, Object};
use domain::effective::Effective;
use domain::ids::ProgrammeId;
use domain::territory::TerritoryId;
use jiff::civil::Date;
use projections::plans::{First, Mainstreaming, Plan, communes};
use projections::{Models, programmes};

use super::connection::{Connection, Page};
use super::facts::{Facts, word};
use super::fault::Fault;
use super::list::List;
use super::scalars::Given;
use super::territory::TerritoryObject;
use super::values::{AsOf, Text};
use super::view::{RectificationObject, Seen, SourceObject, StampObject, Told, View, read};

/// Questions about how communes take migration in.
#[derive(Default)]
pub struct MainstreamingQuery;

/// Whether a commune has taken migration into its planning.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum MainstreamingState {
    /// A plan of the commune says so.
    Mainstreamed,
    /// No plan of the commune says so.
    Never,
}

/// Questions about how communes take migration in.
#[Object(serial)]
impl MainstreamingQuery {
    /// Each commune with the first time that one of its plans took migration in, in the order of
    /// their ids.
    #[graphql(complexity = "super::connection::cost(first.or(last), child_complexity)")]
    async fn mainstreaming(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The communes that lie there; all where it is left out.")] within: Option<
            Given<TerritoryId>,
        >,
        #[graphql(desc = "Only those of which this is true.")] state: Option<MainstreamingState>,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many of the last, from 1 to 100, instead of `first`.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Before the entry with this cursor.")] before: Option<String>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "Only what had happened by that day.")] effective_on: Option<Given<Date>>,
    ) -> Result<Connection<CommuneMainstreaming>, Fault> {
        let within = read(within, "within")?;
        let view = View::of(ctx, as_of, effective_on).await?;
        let page = Page::read((first, after), (last, before))?;
        let every = || TerritoryId::all().find(|it| it.get().parent.is_none());
        let outer = within.or_else(every).into_iter();
        let happened =
            |it: TerritoryId| !view.models.plans.mainstreaming(it, view.effective_on).is_empty();
        let mut wanted: Vec<_> = outer.flat_map(communes).collect();
        wanted.retain(|it| {
            state.is_none_or(|state| happened(*it) == (state == MainstreamingState::Mainstreamed))
        });
        wanted.sort_unstable_by_key(|it| it.as_str());
        let entries = wanted.into_iter();
        page.keyed(
            ctx,
            &view,
            entries,
            |it| it.as_str().to_owned(),
            |it| CommuneMainstreaming { view: view.clone(), territory: it },
        )
    }
}

/// How a commune took migration into its planning.
pub struct CommuneMainstreaming {
    view: View,
    territory: TerritoryId,
}

impl CommuneMainstreaming {
    fn earliest(&self) -> Option<First<'_>> {
        let (plans, day) = (&self.view.models.plans, self.view.effective_on);
        plans.first_mainstreaming(self.territory, day)
    }
}

impl Facts for CommuneMainstreaming {
    fn date(&self) -> Option<Effective> {
        Some(self.earliest().map_or(Effective::Unknown, |it| it.record.stamp.effective))
    }

    fn kinds(&self, _: &Models) -> Vec<String> {
        let has = self.earliest().is_some();
        let state = if has { MainstreamingState::Mainstreamed } else { MainstreamingState::Never };
        vec![word(state)]
    }

    fn territories(&self, _: &Models) -> Vec<TerritoryId> {
        vec![self.territory]
    }

    fn programmes(&self, _: &Models) -> Vec<ProgrammeId> {
        self.earliest().and_then(|it| it.record.supported_by).into_iter().collect()
    }
}

/// How a commune took migration into its planning.
#[Object(serial)]
impl CommuneMainstreaming {
    /// The commune.
    async fn territory(&self) -> TerritoryObject {
        TerritoryObject(self.territory)
    }

    /// The first time, as far as is known: the earliest date, and where a record has none, the day
    /// on which it was recorded. Nothing where there was none.
    async fn first(&self) -> Option<MainstreamingObject> {
        let first = self.earliest()?;
        Some(MainstreamingObject::of(&self.view, first.plan, first.record))
    }

    /// Whether no other record can be earlier than the first one: a source that knows the year
    /// alone may speak of an earlier day. Nothing where there is no record.
    async fn first_is_certain(&self) -> Option<bool> {
        self.earliest().map(|it| it.is_certain)
    }

    /// Each time that counts, the first one first.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn records(&self) -> List<MainstreamingObject> {
        let all = self.view.models.plans.mainstreaming(self.territory, self.view.effective_on);
        all.into_iter().map(|(plan, it)| MainstreamingObject::of(&self.view, plan, it)).collect()
    }

    /// The commune's plans; annulled ones are left out.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn territorial_plans(&self) -> List<Seen<Plan>> {
        let all = self.view.models.plans.of_territory(self.territory);
        all.map(|it| self.view.see(it)).collect()
    }
}

/// A plan takes the dimension of migration in.
pub struct MainstreamingObject {
    plan: Told<Plan>,
    view: View,
    it: Arc<Mainstreaming>,
}

impl MainstreamingObject {
    /// The record `it` of `plan`.
    pub fn of(view: &View, plan: &Plan, it: &Mainstreaming) -> Self {
        Self { plan: view.plan(plan.id), view: view.clone(), it: Arc::new(it.clone()) }
    }
}

/// A plan takes the dimension of migration in.
#[Object(serial, name = "Mainstreaming")]
impl MainstreamingObject {
    /// Which plan.
    async fn plan(&self) -> Told<Plan> {
        self.plan.clone()
    }

    /// In which part of the plan, in short.
    async fn title(&self) -> Option<Text> {
        self.it.title.as_ref().map(Into::into)
    }

    /// In words.
    async fn note(&self) -> Option<Text> {
        self.it.note.as_deref().map(Into::into)
    }

    /// Which programme helped.
    async fn supported_by(&self) -> Told<programmes::Programme> {
        self.it.supported_by.and_then(|id| self.view.programme(id))
    }

    /// When, and who said so.
    async fn said(&self) -> StampObject {
        self.view.stamp(self.it.stamp)
    }

    /// Where it was read.
    async fn source(&self) -> Option<SourceObject> {
        self.view.source(self.it.source.as_deref())
    }

    /// Why it counts no more; nothing where it counts.
    async fn annulment(&self) -> Option<RectificationObject> {
        self.it.annulled.as_ref().map(|it| self.view.rectification(it))
    }
}
