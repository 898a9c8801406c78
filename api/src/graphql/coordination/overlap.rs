//! What several do side by side.
use async_graphql::{Object, SimpleObject};
use domain::classification::Theme;
use jiff::civil::Date;
use projections::coordination::overlaps::{Member, Overlap};
use projections::{actors, interventions};

use crate::graphql::classification::{SectorCategoryObject, SectorObject};
use crate::graphql::connection::{Connection, Page};
use crate::graphql::fault::Fault;
use crate::graphql::scalars::Shown;
use crate::graphql::territory::TerritoryObject;
use crate::graphql::view::{Seen, View};

/// One theme, one place, and a run of days on which several lead something there.
pub struct OverlapObject {
    pub(super) view: View,
    pub(super) it: Overlap,
}

/// One theme, one place, and a run of days on which several lead something there: what they do may
/// complete each other or repeat each other.
#[Object(name = "Overlap")]
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
    async fn leads(&self) -> Vec<Seen<actors::Actor>> {
        self.view.actors(self.it.leads())
    }

    /// The interventions, in the order of their ids.
    #[graphql(complexity = "crate::graphql::connection::cost(first.or(last), child_complexity)")]
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn members(
        &self,
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
            &self.it.members,
            |it| it.intervention,
            member,
        )
    }
}

/// One of the interventions that go on side by side.
#[derive(SimpleObject)]
pub struct OverlapMember {
    /// Which.
    intervention: Option<Seen<interventions::Intervention>>,
    /// The territory that it names: the place, or what lies around it.
    named: TerritoryObject,
    /// Whether it names a territory around the place, not the place itself.
    wider: bool,
    /// Who leads it on these days.
    #[graphql(complexity = "crate::graphql::connection::list_cost(child_complexity)")]
    leads: Vec<Seen<actors::Actor>>,
}
