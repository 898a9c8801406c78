//! What several do side by side.
use async_graphql::{Context, Object, SimpleObject};
use domain::classification::{Sector, Theme};
use domain::effective::Effective;
use domain::ids::{ActorId, InterventionId};
use domain::territory::TerritoryId;
use jiff::civil::Date;
use projections::coordination::overlaps::{Member, Overlap};
use projections::interventions::Days;
use projections::{Models, actors, interventions};

use crate::graphql::classification::{SectorCategoryObject, SectorObject};
use crate::graphql::connection::{Connection, Page};
use crate::graphql::facts::{self, Facts, Worth};
use crate::graphql::fault::Fault;
use crate::graphql::list::List;
use crate::graphql::scalars::Shown;
use crate::graphql::territory::TerritoryObject;
use crate::graphql::view::{Seen, Told, View};

/// One theme, one place, and a run of days on which several lead something there.
pub struct OverlapObject {
    pub(super) view: View,
    pub(super) it: Overlap,
}

impl OverlapObject {
    fn interventions(&self) -> impl Iterator<Item = InterventionId> {
        self.it.members.iter().map(|it| it.intervention)
    }
}

impl Facts for OverlapObject {
    fn about<'a>(&'a self, models: &'a Models) -> Vec<&'a dyn Facts> {
        facts::interventions(models, self.interventions())
    }

    fn date(&self) -> Option<Effective> {
        let Days { first, last } = self.it.days;
        Some(last.map_or(Effective::Day(first), |last| Effective::Range(first, last)))
    }

    fn worth(&self, models: &Models) -> Option<Worth> {
        Some(Worth::of_budgets(self.interventions(), models))
    }

    fn territories(&self, _: &Models) -> Vec<TerritoryId> {
        vec![self.it.territory]
    }

    fn actors(&self, _: &Models) -> Vec<ActorId> {
        self.it.leads().into_iter().collect()
    }

    fn sectors(&self, models: &Models) -> Vec<Sector> {
        let Theme::Sector(sector) = self.it.theme else {
            let theirs = self.about(models).into_iter().flat_map(|it| it.sectors(models));
            return theirs.filter(|it| self.it.theme.covers(*it)).collect();
        };
        vec![sector]
    }
}

/// One theme, one place, and a run of days on which several lead something there: what they do may
/// complete each other or repeat each other.
#[Object(serial, name = "Overlap")]
impl OverlapObject {
    /// The sector, where overlaps of one sector are asked for.
    async fn sector(&self) -> Option<SectorObject> {
        let Theme::Sector(sector) = self.it.theme else { return None };
        Some(SectorObject(sector))
    }

    /// The category of the theme.
    async fn category(&self) -> SectorCategoryObject {
        SectorCategoryObject(match self.it.theme {
            Theme::Sector(sector) => sector.category(),
            Theme::Category(category) => category,
        })
    }

    /// Where.
    async fn territory(&self) -> TerritoryObject {
        TerritoryObject(self.it.territory)
    }

    /// The first day.
    async fn from(&self) -> Shown<Date> {
        Shown(self.it.days.first)
    }

    /// The last day; nothing where it goes on.
    async fn to(&self) -> Option<Shown<Date>> {
        self.it.days.last.map(Shown)
    }

    /// Everybody who leads one of the interventions on these days.
    #[graphql(complexity = "crate::graphql::connection::list_cost(child_complexity)")]
    async fn leads(&self) -> List<Seen<actors::Actor>> {
        self.view.actors(self.it.leads())
    }

    /// The interventions, in the order of their ids.
    #[graphql(complexity = "crate::graphql::connection::cost(first.or(last), child_complexity)")]
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn members(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many of the last, from 1 to 100, instead of `first`.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Before the entry with this cursor.")] before: Option<String>,
    ) -> Result<Connection<OverlapMember>, Fault> {
        let member = |it: &Member| OverlapMember {
            intervention: self.view.intervention(it.intervention),
            named: TerritoryObject(it.named),
            wider: it.named != self.it.territory,
            leads: self.view.actors(it.leads.iter().copied()),
        };
        Page::read((first, after), (last, before))?.keyed(
            ctx,
            &self.view,
            &self.it.members,
            |it| it.intervention,
            member,
        )
    }
}

/// One of the interventions that go on side by side.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct OverlapMember {
    /// Which.
    intervention: Told<interventions::Intervention>,
    /// The territory that it names: the place, or what lies around it.
    named: TerritoryObject,
    /// Whether it names a territory around the place, not the place itself.
    wider: bool,
    /// Who leads it on these days.
    #[graphql(complexity = "crate::graphql::connection::list_cost(child_complexity)")]
    leads: List<Seen<actors::Actor>>,
}

impl Facts for OverlapMember {
    fn about<'a>(&'a self, _: &'a Models) -> Vec<&'a dyn Facts> {
        self.intervention.iter().map(|it| &*it.it as &dyn Facts).collect()
    }

    fn worth(&self, models: &Models) -> Option<Worth> {
        Some(Worth::of_budgets(self.intervention.iter().map(|it| it.it.id), models))
    }

    fn territories(&self, _: &Models) -> Vec<TerritoryId> {
        vec![self.named.0]
    }

    fn actors(&self, _: &Models) -> Vec<ActorId> {
        self.leads.iter().map(|it| it.it.id).collect()
    }
}
