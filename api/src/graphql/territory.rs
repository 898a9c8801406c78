//! The territories of Morocco: a table of the program, the same as of any point. What happens in one
//! is not: those fields take the point and the day themselves.
use async_graphql::{Context, InputObject, Object, SimpleObject};
use domain::territory::{Level, TerritoryId};
use jiff::civil::Date;
use projections::{Models, awareness, mobility, plans, trainings};

use super::connection::{Connection, Page};
use super::enums::Choice;
use super::facts::{Facts, named};
use super::fault::Fault;
use super::list::List;
use super::scalars::{Given, Shown};
use super::values::AsOf;
use super::view::{Seen, View, must, read};

/// Questions about territories.
#[derive(Default)]
pub struct TerritoryQuery;

/// Which territories are asked for; all of the conditions hold.
#[derive(InputObject, Clone, Debug, Default)]
pub struct TerritoryFilter {
    /// Those with a name that contains this, in any spelling and script; digits are a code of the
    /// Haut-Commissariat au Plan, old or new, and find what has or had it and what lies in it.
    text: Option<String>,
    /// Those of this rank.
    level: Option<Choice<Level>>,
    /// Those that lie in this one; it is one of them.
    within: Option<Given<TerritoryId>>,
}

/// Questions about territories.
#[Object(serial)]
impl TerritoryQuery {
    /// One territory.
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn territory(
        &self,
        #[graphql(desc = "Its id: `commune-belfaa`.")] id: Given<TerritoryId>,
    ) -> Result<TerritoryObject, Fault> {
        must(&id, "id").map(TerritoryObject)
    }

    /// The territories, in the order of their ids.
    #[graphql(complexity = "super::connection::cost(first.or(last), child_complexity)")]
    async fn territories(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them; all where it is left out.")] filter: Option<
            TerritoryFilter,
        >,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many of the last, from 1 to 100, instead of `first`.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Before the entry with this cursor.")] before: Option<String>,
    ) -> Result<Connection<TerritoryObject>, Fault> {
        let page = Page::read((first, after), (last, before))?;
        let filter = filter.unwrap_or_default();
        let within = read(filter.within, "filter.within")?;
        let mut found: Vec<_> = match &filter.text {
            Some(text) => TerritoryId::find(text),
            None => TerritoryId::all().collect(),
        };
        found.retain(|it| {
            within.is_none_or(|outer| it.is_within(outer))
                && filter.level.is_none_or(|level| it.get().level == level.0)
        });
        found.sort_unstable_by_key(|it| it.as_str());
        let view = View::of(ctx, None, None).await?;
        let found = found.into_iter().map(TerritoryObject);
        page.of(ctx, &view, found, |it| it.0.as_str().to_owned())
    }
}

/// The country, a region, a province or prefecture, or a commune.
#[derive(Clone, Copy)]
pub struct TerritoryObject(pub TerritoryId);

impl Facts for TerritoryObject {
    fn kinds(&self, _: &Models) -> Vec<String> {
        named(self.0.get().level)
    }

    fn territories(&self, _: &Models) -> Vec<TerritoryId> {
        vec![self.0]
    }
}

/// The country, a region, a province or prefecture, or a commune.
#[Object(serial, name = "Territory")]
impl TerritoryObject {
    /// Its id, which it keeps for ever.
    async fn id(&self) -> Shown<TerritoryId> {
        Shown(self.0)
    }

    /// Its rank.
    async fn level(&self) -> Choice<Level> {
        Choice(self.0.get().level)
    }

    /// Its name in French.
    async fn name_fr(&self) -> &'static str {
        self.0.get().name_fr
    }

    /// Its name in Arabic.
    async fn name_ar(&self) -> &'static str {
        self.0.get().name_ar
    }

    /// Other spellings in use.
    async fn aliases(&self) -> &[&'static str] {
        &self.0.get().aliases
    }

    /// What it lies in.
    async fn parent(&self) -> Option<TerritoryObject> {
        self.0.get().parent.map(TerritoryObject)
    }

    /// What lies in it directly.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn children(&self) -> List<TerritoryObject> {
        self.0.children().map(TerritoryObject).collect()
    }

    /// Inhabitants at the census of September 2024.
    async fn population_2024(&self) -> u32 {
        self.0.get().population_2024
    }

    /// The codes of the Haut-Commissariat au Plan, each with the days on which it holds.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn codes(&self) -> List<CodeObject> {
        let codes = self.0.get().codes.iter();
        let code = |it: &domain::territory::Code| CodeObject {
            code: it.code,
            from: it.from.map(Shown),
            until: it.until.map(Shown),
        };
        codes.map(code).collect()
    }

    /// The plans for it and for what lies in it; annulled ones are left out.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn territorial_plans(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "What was true on that day.")] effective_on: Option<Given<Date>>,
    ) -> Result<List<Seen<plans::Plan>>, Fault> {
        let view = View::of(ctx, as_of, effective_on).await?;
        let plans = &view.models.plans;
        let within = plans.within(self.0).into_iter().filter_map(|id| plans.get(id));
        Ok(within.filter(|it| it.annulled.is_none()).map(|it| view.see(it)).collect())
    }

    /// The trainings in it.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn training_cohorts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "What was true on that day.")] effective_on: Option<Given<Date>>,
    ) -> Result<List<Seen<trainings::Cohort>>, Fault> {
        let view = View::of(ctx, as_of, effective_on).await?;
        Ok(view.models.trainings.within(self.0).map(|it| view.see(it)).collect())
    }

    /// The awareness actions in it.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn awareness_actions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "What was true on that day.")] effective_on: Option<Given<Date>>,
    ) -> Result<List<Seen<awareness::Action>>, Fault> {
        let view = View::of(ctx, as_of, effective_on).await?;
        Ok(view.models.awareness.within(self.0).map(|it| view.see(it)).collect())
    }

    /// The mobility placements from it.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn mobility_placements(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "What was true on that day.")] effective_on: Option<Given<Date>>,
    ) -> Result<List<Seen<mobility::Placement>>, Fault> {
        let view = View::of(ctx, as_of, effective_on).await?;
        Ok(view.models.mobility.placements.within(self.0).map(|it| view.see(it)).collect())
    }

    /// The centroid of its surface.
    async fn centroid(&self) -> Option<PointObject> {
        let centroid = self.0.get().centroid?;
        let (longitude, latitude) = (centroid.longitude, centroid.latitude);
        Some(PointObject { longitude_millionths: longitude, latitude_millionths: latitude })
    }
}

/// A code and the days on which it holds.
#[derive(SimpleObject)]
#[graphql(serial, name = "TerritoryCode")]
pub struct CodeObject {
    /// Region, province, cercle and commune: `09.163.05.11`.
    code: &'static str,
    /// Its first day.
    from: Option<Shown<Date>>,
    /// Its last day.
    until: Option<Shown<Date>>,
}

/// A point on the map (WGS 84).
#[derive(SimpleObject)]
#[graphql(serial, name = "Point")]
pub struct PointObject {
    /// Longitude, in millionths of a degree; east is positive.
    longitude_millionths: i32,
    /// Latitude, in millionths of a degree; north is positive.
    latitude_millionths: i32,
}
