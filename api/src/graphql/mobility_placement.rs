//! Mobility placements: how many go abroad together by a regular pathway, and come back. Counts only.
use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use domain::ids::{MobilityMapId, MobilityPlacementId};
use domain::measure::Quantity;
use domain::mobility_map::Pathway;
use domain::population::PopulationGroup;
use domain::territory::TerritoryId;
use domain::text::Country;
use jiff::civil::Date;
use projections::mobility::{Departure, Map, Placement, PlacementStage};
use projections::{actors, interventions, programmes};
use uuid::Uuid;

use super::connection::{Connection, Page};
use super::enums::Choice;
use super::event::{EventObject, trail};
use super::fault::Fault;
use super::headcount::HeadcountObject;
use super::lineage::LineageObject;
use super::list::List;
use super::mobility_map::OpportunityObject;
use super::node::global;
use super::noun::{self, Listing, Order, Sieve, joined};
use super::payload::Node;
use super::roots::{RootsFilter, Wanted};
use super::scalars::{Given, Shown};
use super::step::StepObject;
use super::territory::TerritoryObject;
use super::values::{AsOf, Text};
use super::view::{RectificationObject, Seen, StampObject, Told, View, must, read};

/// Questions about mobility placements.
#[derive(Default)]
pub struct MobilityPlacementQuery;

/// Which placements are asked for; all of the conditions hold.
#[derive(InputObject, Clone, Debug, Default)]
pub struct MobilityPlacementFilter {
    /// By what they belong to.
    #[graphql(flatten)]
    roots: RootsFilter,
    /// Those from this territory, or from one within it.
    within: Option<Given<TerritoryId>>,
    /// Those to this country.
    country: Option<Given<Country>>,
    /// Those of this sort.
    pathway: Option<Choice<Pathway>>,
    /// Those for this group.
    group: Option<Choice<PopulationGroup>>,
    /// Those that go by this map.
    map: Option<Given<MobilityMapId>>,
    /// Those at one of these stages; on the day of the question where one is asked for.
    stage: Option<Vec<Choice<PlacementStage>>>,
    /// Those on one of these days, where their date is known: `OrderBy.DATE` says which date it is.
    dated: Option<noun::Days>,
    /// Those that all of these hold for, too.
    and: Option<Vec<MobilityPlacementFilter>>,
    /// Those that one of these holds for, too.
    or: Option<Vec<MobilityPlacementFilter>>,
    /// Those that this does not hold for.
    not: Option<Box<MobilityPlacementFilter>>,
}

joined!(MobilityPlacementFilter);

/// Questions about mobility placements.
#[Object(serial)]
impl MobilityPlacementQuery {
    /// One mobility placement; one that was annulled too.
    async fn mobility_placement(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Given<MobilityPlacementId>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "What was true on that day.")] effective_on: Option<Given<Date>>,
    ) -> Result<Told<Placement>, Fault> {
        let id = must(&id, "id")?;
        let view = View::of(ctx, as_of, effective_on).await?;
        Ok(view.tell(view.models.mobility.placements.get(id)))
    }

    /// The mobility placements that count, in the order of their ids.
    #[graphql(complexity = "super::connection::cost(first.or(last), child_complexity)")]
    async fn mobility_placements(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them; all where it is left out.")] filter: Option<
            MobilityPlacementFilter,
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
    ) -> Result<Listing<Placement>, Fault> {
        let view = View::of(ctx, as_of, effective_on).await?;
        let page = Page::read((first, after), (last, before))?;
        let wanted = Sieve::read(filter, |filter| {
            let within = read(filter.within, "filter.within")?;
            let country = read(filter.country, "filter.country")?;
            let map = read(filter.map, "filter.map")?;
            let wanted = Wanted::read(&view, filter.roots)?;
            let view = &view;
            Ok(move |it: &Placement| {
                wanted.holds(&it.roots, |text| it.matches(text))
                    && within.is_none_or(|outer| it.territory.is_within(outer))
                    && country.is_none_or(|country| it.country == country)
                    && map.is_none_or(|map| it.map == Some(map))
                    && filter.pathway.is_none_or(|pathway| it.pathway == pathway.0)
                    && filter.group.is_none_or(|group| it.groups.contains(&group.0))
                    && filter.stage.as_ref().is_none_or(|any| {
                        stage_of(view, it).is_some_and(|it| any.contains(&Choice(it)))
                    })
            })
        })?;
        let placements = &view.models.mobility.placements;
        let all = |ids| placements.between(ids).filter(|it| wanted.holds(it.as_ref()));
        Listing::between(ctx, &view, (page, order_by), all)
    }
}

fn stage_of(view: &View, it: &Placement) -> Option<PlacementStage> {
    view.effective_on.map_or(Some(it.stage), |day| it.stage_on(day))
}

impl Node for Seen<Placement> {
    fn find(models: &Arc<projections::Models>, id: Uuid) -> Option<Self> {
        let view = View::live(Arc::clone(models));
        view.models.mobility.placements.get(id.into()).map(|it| view.see(it))
    }
}

/// A group that goes abroad together by a regular pathway. Counts only.
#[Object(serial, name = "MobilityPlacement")]
impl Seen<Placement> {
    /// Its id.
    pub async fn id(&self) -> ID {
        global(self.it.id)
    }

    /// In short.
    async fn title(&self) -> Text {
        (&self.it.title).into()
    }

    /// Which sort of way.
    async fn pathway(&self) -> Choice<Pathway> {
        Choice(self.it.pathway)
    }

    /// To which country.
    async fn country(&self) -> Shown<Country> {
        Shown(self.it.country)
    }

    /// The map that names the way.
    async fn map(&self) -> Told<Map> {
        let map = self.view.models.mobility.maps.get(self.it.map?)?;
        self.view.tell(Some(map))
    }

    /// Which way of that map.
    async fn opportunity(&self) -> Option<OpportunityObject> {
        let map = self.view.models.mobility.maps.get(self.it.map?)?;
        let way = map.opportunity(self.it.opportunity?)?;
        Some(OpportunityObject::new(&self.view, map, way))
    }

    /// Who accompanies it.
    async fn by(&self) -> Told<actors::Actor> {
        self.view.actor(self.it.roots.by)
    }

    /// Within which programme.
    async fn programme(&self) -> Told<programmes::Programme> {
        self.it.roots.programme.and_then(|id| self.view.programme(id))
    }

    /// As part of which intervention.
    async fn intervention(&self) -> Told<interventions::Intervention> {
        self.it.roots.intervention.and_then(|id| self.view.intervention(id))
    }

    /// From where.
    async fn territory(&self) -> TerritoryObject {
        TerritoryObject(self.it.territory)
    }

    /// For whom.
    async fn groups(&self) -> Vec<Choice<PopulationGroup>> {
        self.it.groups.iter().copied().map(Choice).collect()
    }

    /// For how many.
    async fn places(&self) -> Shown<Quantity> {
        Shown(self.it.places)
    }

    /// How far it has come; on the day of the question where one is asked for, and nothing before
    /// it was proposed.
    async fn stage(&self) -> Option<Choice<PlacementStage>> {
        stage_of(&self.view, &self.it).map(Choice)
    }

    /// Every step, the latest recorded last.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn steps(&self) -> List<StepObject<PlacementStage>> {
        StepObject::all(&self.view, &self.it.steps)
    }

    /// How many left: the count that holds.
    async fn departure(&self) -> Option<DepartureObject> {
        self.it.departure().map(|it| DepartureObject::of(self, it))
    }

    /// Every count of those who left, the one that holds last: those before it were corrected.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn departures(&self) -> List<DepartureObject> {
        self.it.departures.iter().map(|it| DepartureObject::of(self, it)).collect()
    }

    /// Where its numbers come from.
    async fn lineage(&self) -> LineageObject {
        LineageObject::own(&self.view, self.it.id)
    }

    /// How many are back.
    async fn returned(&self) -> Shown<Quantity> {
        Shown(self.it.returned())
    }

    /// How many were back at each return, the latest last.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn returns(&self) -> List<ReturnObject> {
        let all = self.it.returns.iter();
        all.map(|it| ReturnObject { returned: Shown(it.returned), said: self.view.stamp(it.stamp) })
            .collect()
    }

    /// Which indicators those who left count towards.
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

    /// When the ledger learned of it.
    async fn proposed(&self) -> StampObject {
        self.view.stamp(self.it.proposed)
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

/// How many left, as somebody counted them.
pub struct DepartureObject {
    view: View,
    territory: TerritoryId,
    it: Departure,
}

impl DepartureObject {
    fn of(placement: &Seen<Placement>, it: &Departure) -> Self {
        let territory = placement.it.territory;
        Self { view: placement.view.clone(), territory, it: it.clone() }
    }
}

/// How many left, as somebody counted them.
#[Object(serial, name = "MobilityDeparture")]
impl DepartureObject {
    /// How many.
    async fn departed(&self) -> HeadcountObject {
        HeadcountObject::of(&self.it.departed, self.territory)
    }

    /// Who counted them.
    async fn by(&self) -> Told<actors::Actor> {
        self.view.actor(self.it.by)
    }

    /// Why it replaced the one before, where it is a correction.
    async fn reason(&self) -> Option<Text> {
        self.it.reason.as_deref().map(Into::into)
    }

    /// When they left; for a correction, when it was made.
    async fn said(&self) -> StampObject {
        self.view.stamp(self.it.stamp)
    }
}

/// How many were back.
#[derive(SimpleObject)]
#[graphql(serial, name = "MobilityReturn")]
pub struct ReturnObject {
    /// How many in all, those who came back before included.
    returned: Shown<Quantity>,
    /// When, and who said so.
    said: StampObject,
}
