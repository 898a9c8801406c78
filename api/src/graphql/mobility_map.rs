//! Mobility maps, and the catalogue of what they show.
use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object};
use domain::ids::{MobilityMapId, OpportunityId};
use domain::text::Country;
use jiff::civil::Date;
use projections::mobility::{Map, MapStage, Placement};
use projections::{actors, documents, interventions, programmes};
use uuid::Uuid;

use super::connection::{Connection, Page};
use super::enums::Choice;
use super::event::{EventObject, trail};
use super::fault::Fault;
use super::list::List;
use super::node::global;
use super::noun::{self, Listing, Order, Sieve, joined};
use super::payload::Node;
use super::roots::{RootsFilter, Wanted};
use super::scalars::{Given, Shown};
use super::step::StepObject;
use super::values::{AsOf, Text};
use super::view::{RectificationObject, Seen, StampObject, Told, View, must, read};

mod opportunity;

pub use opportunity::OpportunityObject;

use opportunity::OpportunityFilter;

/// Questions about mobility maps and their opportunities.
#[derive(Default)]
pub struct MobilityMapQuery;

/// Which maps are asked for; all of the conditions hold.
#[derive(InputObject, Clone, Debug, Default)]
pub struct MobilityMapFilter {
    /// By what they belong to.
    #[graphql(flatten)]
    roots: RootsFilter,
    /// Those of this country.
    country: Option<Given<Country>>,
    /// Those at one of these stages; on the day of the question where one is asked for.
    stage: Option<Vec<Choice<MapStage>>>,
    /// Those on one of these days, where their date is known: `OrderBy.DATE` says which date it is.
    dated: Option<noun::Days>,
    /// Those that all of these hold for, too.
    and: Option<Vec<MobilityMapFilter>>,
    /// Those that one of these holds for, too.
    or: Option<Vec<MobilityMapFilter>>,
    /// Those that this does not hold for.
    not: Option<Box<MobilityMapFilter>>,
}

joined!(MobilityMapFilter);

/// Questions about mobility maps and their opportunities.
#[Object(serial)]
impl MobilityMapQuery {
    /// One mobility map; one that was annulled too.
    async fn mobility_map(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Given<MobilityMapId>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "What was true on that day.")] effective_on: Option<Given<Date>>,
    ) -> Result<Told<Map>, Fault> {
        let id = must(&id, "id")?;
        let view = View::of(ctx, as_of, effective_on).await?;
        Ok(view.tell(view.models.mobility.maps.get(id)))
    }

    /// The mobility maps that count, in the order of their ids.
    #[graphql(complexity = "super::connection::cost(first.or(last), child_complexity)")]
    async fn mobility_maps(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them; all where it is left out.")] filter: Option<
            MobilityMapFilter,
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
    ) -> Result<Listing<Map>, Fault> {
        let view = View::of(ctx, as_of, effective_on).await?;
        let page = Page::read((first, after), (last, before))?;
        let wanted = Sieve::read(filter, |filter| {
            let country = read(filter.country, "filter.country")?;
            let wanted = Wanted::read(&view, filter.roots)?;
            let view = &view;
            Ok(move |it: &Map| {
                wanted.holds(&it.roots, |text| it.matches(text))
                    && country.is_none_or(|country| it.country == country)
                    && filter.stage.as_ref().is_none_or(|any| {
                        stage_of(view, it).is_some_and(|it| any.contains(&Choice(it)))
                    })
            })
        })?;
        let maps = &view.models.mobility.maps;
        let all = |ids| maps.between(ids).filter(|it| wanted.holds(it.as_ref()));
        Listing::between(ctx, &view, (page, order_by), all)
    }

    /// One opportunity, open or not.
    async fn mobility_opportunity(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Given<OpportunityId>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "What was true on that day.")] effective_on: Option<Given<Date>>,
    ) -> Result<Option<OpportunityObject>, Fault> {
        let id = must(&id, "id")?;
        let view = View::of(ctx, as_of, effective_on).await?;
        let found = view.models.mobility.opportunity(id);
        Ok(found.map(|(map, it)| OpportunityObject::new(&view, map, it)))
    }

    /// The catalogue: what published maps show and somebody can take on a day. France and Belgium
    /// come first, then the other countries by their codes.
    #[graphql(complexity = "super::connection::cost(first.or(last), child_complexity)")]
    async fn mobility_opportunities(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them; all where it is left out.")] filter: Option<
            OpportunityFilter,
        >,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many of the last, from 1 to 100, instead of `first`.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Before the entry with this cursor.")] before: Option<String>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "What was true on that day.")] effective_on: Option<Given<Date>>,
    ) -> Result<Connection<OpportunityObject>, Fault> {
        let view = View::of(ctx, as_of, effective_on).await?;
        let page = Page::read((first, after), (last, before))?;
        let filter = filter.unwrap_or_default();
        let day = filter.day()?.unwrap_or_else(|| view.day(ctx));
        let wanted = filter.read()?;
        let open = view.models.mobility.catalogue(day).into_iter();
        let open = open.filter(|(_, map, it)| wanted.holds(map, it));
        // Stale or not is a question of the day on which it is open.
        let on_the_day = view.on(day);
        page.keyed(
            ctx,
            &view,
            open,
            |(shelf, ..)| shelf.key(),
            |(_, map, it)| OpportunityObject::new(&on_the_day, map, it),
        )
    }
}

fn stage_of(view: &View, it: &Map) -> Option<MapStage> {
    view.effective_on.map_or(Some(it.stage), |day| it.stage_on(day))
}

impl Node for Seen<Map> {
    fn find(models: &Arc<projections::Models>, id: Uuid) -> Option<Self> {
        let view = View::live(Arc::clone(models));
        view.models.mobility.maps.get(id.into()).map(|it| view.see(it))
    }
}

/// The regular ways to one country, each with its source and the day on which it was checked.
#[Object(serial, name = "MobilityMap")]
impl Seen<Map> {
    /// Its id.
    pub async fn id(&self) -> ID {
        global(self.it.id)
    }

    /// What it is called.
    async fn title(&self) -> Text {
        (&self.it.title).into()
    }

    /// To which country.
    async fn country(&self) -> Shown<Country> {
        Shown(self.it.country)
    }

    /// Who drafted it.
    async fn by(&self) -> Told<actors::Actor> {
        self.view.actor(self.it.roots.by)
    }

    /// Who validated it.
    async fn validated_by(&self) -> Told<actors::Actor> {
        self.it.validated_by.and_then(|id| self.view.actor(id))
    }

    /// Within which programme.
    async fn programme(&self) -> Told<programmes::Programme> {
        self.it.roots.programme.and_then(|id| self.view.programme(id))
    }

    /// As part of which intervention.
    async fn intervention(&self) -> Told<interventions::Intervention> {
        self.it.roots.intervention.and_then(|id| self.view.intervention(id))
    }

    /// How far it has come; on the day of the question where one is asked for, and nothing before
    /// it was drafted.
    async fn stage(&self) -> Option<Choice<MapStage>> {
        stage_of(&self.view, &self.it).map(Choice)
    }

    /// Every step, the latest recorded last.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn steps(&self) -> List<StepObject<MapStage>> {
        StepObject::all(&self.view, &self.it.steps)
    }

    /// Its ways, in the order of recording.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn opportunities(
        &self,
        ctx: &Context<'_>,
        #[graphql(default, desc = "Only those that are open on the day of the question.")]
        open_only: bool,
    ) -> List<OpportunityObject> {
        let day = self.view.day(ctx);
        let all = self.it.opportunities.iter().filter(|it| !open_only || it.is_open_on(day));
        all.map(|it| OpportunityObject::new(&self.view, &self.it, it)).collect()
    }

    /// The map itself.
    async fn document(&self) -> Told<documents::Document> {
        self.it.document.and_then(|id| self.view.document(id))
    }

    /// The groups that go by it.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn placements(&self) -> List<Seen<Placement>> {
        let all = self.view.models.mobility.by_map(self.it.id);
        all.map(|it| self.view.see(it)).collect()
    }

    /// Which indicators it counts towards once it is published.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn indicators(&self) -> List<Seen<programmes::Indicator>> {
        self.view.indicators(&self.it.roots.indicators)
    }

    /// What was corrected, and why.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn corrections(&self) -> List<RectificationObject> {
        self.it.corrections.iter().map(|it| self.view.rectification(it)).collect()
    }

    /// That it was recorded by mistake: it counts nowhere.
    async fn annulment(&self) -> Option<RectificationObject> {
        self.it.annulled.as_ref().map(|it| self.view.rectification(it))
    }

    /// When it was published.
    async fn published(&self) -> Option<StampObject> {
        self.it.published.map(|it| self.view.stamp(it))
    }

    /// When the ledger learned of it.
    async fn drafted(&self) -> StampObject {
        self.view.stamp(self.it.drafted)
    }

    /// Every event that concerns it, in the order of recording.
    #[graphql(complexity = "super::connection::cost(first.or(last), child_complexity)")]
    async fn timeline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many of the last, from 1 to 100, instead of `first`.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Before the entry with this cursor.")] before: Option<String>,
    ) -> Result<Connection<EventObject>, Fault> {
        trail(ctx, &self.view, self.it.id.into(), Page::read((first, after), (last, before))?).await
    }
}
