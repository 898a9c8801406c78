//! What citizens ask councils for.
use std::collections::BTreeSet;
use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use domain::ids::CitizenInitiativeId;
use domain::measure::Quantity;
use domain::population::PopulationGroup;
use jiff::civil::Date;
use projections::initiatives::{Initiative, Stage};
use projections::{actors, deliberations, interventions};
use uuid::Uuid;

use super::connection::{Connection, Page};
use super::enums::Choice;
use super::event::{EventObject, trail};
use super::fault::Fault;
use super::list::List;
use super::node::global;
use super::noun::{Listing, Order, Sieve};
use super::payload::Node;
use super::scalars::{Given, Shown};
use super::territory::TerritoryObject;
use super::values::{AsOf, Text};
use super::view::{RectificationObject, Seen, StampObject, Told, View, must};

mod filter;

use filter::{CitizenInitiativeFilter, Wanted};

/// Questions about citizens' initiatives.
#[derive(Default)]
pub struct CitizenInitiativeQuery;

/// Questions about citizens' initiatives.
#[Object(serial)]
impl CitizenInitiativeQuery {
    /// One initiative, annulled or not.
    async fn citizen_initiative(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Given<CitizenInitiativeId>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "What was true on that day.")] effective_on: Option<Given<Date>>,
    ) -> Result<Told<Initiative>, Fault> {
        let id = must(&id, "id")?;
        Ok(View::of(ctx, as_of, effective_on).await?.initiative(id))
    }

    /// The initiatives, in the order of their ids; annulled ones are left out.
    #[graphql(complexity = "super::connection::cost(first.or(last), child_complexity)")]
    async fn citizen_initiatives(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them; all where it is left out.")] filter: Option<
            CitizenInitiativeFilter,
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
    ) -> Result<Listing<Initiative>, Fault> {
        let view = View::of(ctx, as_of, effective_on).await?;
        let page = Page::read((first, after), (last, before))?;
        let wanted = Sieve::read(filter, |it| {
            let wanted = Wanted::read(&view, it)?;
            Ok(move |it: &Initiative| wanted.holds(it))
        })?;
        let all = |ids| view.models.initiatives.between(ids).filter(|it| wanted.holds(it.as_ref()));
        Listing::between(ctx, &view, (page, order_by), all)
    }
}

impl Node for Seen<Initiative> {
    fn find(models: &Arc<projections::Models>, id: Uuid) -> Option<Self> {
        View::live(Arc::clone(models)).initiative(id.into()).map(|it| it.0)
    }
}

/// What citizens ask a council for: a petition.
#[Object(serial, name = "CitizenInitiative")]
impl Seen<Initiative> {
    /// Its id.
    pub async fn id(&self) -> ID {
        global(self.it.id)
    }

    /// What they ask for, in short.
    async fn title(&self) -> Text {
        (&self.it.title).into()
    }

    /// In a few words.
    async fn summary(&self) -> Option<Text> {
        self.it.summary.as_deref().map(Into::into)
    }

    /// Where.
    async fn territory(&self) -> TerritoryObject {
        TerritoryObject(self.it.territory)
    }

    /// Who carries it: categories, never names.
    async fn groups(&self) -> Vec<Choice<PopulationGroup>> {
        self.it.groups.iter().copied().map(Choice).collect()
    }

    /// How many signed; nothing where nobody declared it, which is not zero.
    async fn signatures(&self) -> Option<Shown<Quantity>> {
        self.it.signatures.map(Shown)
    }

    /// How far it has come; on the day of the question where one is asked for, and nothing before
    /// it was received.
    async fn stage(&self) -> Option<Choice<Stage>> {
        let stage = self.view.effective_on.map_or(Some(self.it.stage), |day| self.it.stage_on(day));
        stage.map(Choice)
    }

    /// Who supports it.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn endorsements(&self) -> List<EndorsementObject> {
        let all = self.it.endorsements.iter();
        all.map(|it| EndorsementObject {
            by: self.view.actor(it.by),
            note: it.note.as_deref().map(Into::into),
            said: self.view.stamp(it.stamp),
        })
        .collect()
    }

    /// Which council has it.
    async fn referral(&self) -> Option<ReferralToCouncil> {
        let it = self.it.referral?;
        Some(ReferralToCouncil { to: self.view.actor(it.to), said: self.view.stamp(it.stamp) })
    }

    /// The deliberations that answer it.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn answers(&self) -> List<CouncilAnswer> {
        let all = self.it.answers.iter();
        all.map(|it| CouncilAnswer {
            deliberation: self.view.deliberation(it.deliberation),
            said: self.view.stamp(it.stamp),
        })
        .collect()
    }

    /// The deliberations that answer it or were tabled because of it; annulled ones only where they
    /// were said to answer it.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn deliberations(&self) -> List<Seen<deliberations::Deliberation>> {
        let tabled = self.view.models.deliberations.of_initiative(self.it.id).map(|it| it.id);
        let answers = self.it.answers.iter().map(|it| it.deliberation);
        let all: BTreeSet<_> = tabled.chain(answers).collect();
        all.into_iter().filter_map(|id| self.view.deliberation(id)).map(|it| it.0).collect()
    }

    /// What was done on the ground because of it.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn interventions(&self) -> List<Seen<interventions::Intervention>> {
        let all = self.view.models.interventions.naming(self.it.id);
        all.map(|it| self.view.see(it)).collect()
    }

    /// What was corrected.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn corrections(&self) -> List<RectificationObject> {
        self.it.corrections.iter().map(|it| self.view.rectification(it)).collect()
    }

    /// Why it counts nowhere; nothing where it counts.
    async fn annulment(&self) -> Option<RectificationObject> {
        self.it.annulled.as_ref().map(|it| self.view.rectification(it))
    }

    /// When it was received.
    async fn received(&self) -> StampObject {
        self.view.stamp(self.it.received)
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

/// Somebody supports an initiative.
#[derive(SimpleObject)]
#[graphql(serial, name = "Endorsement")]
pub struct EndorsementObject {
    /// Who.
    by: Told<actors::Actor>,
    /// In words.
    note: Option<Text>,
    /// When, and who said so.
    said: StampObject,
}

/// A council has an initiative.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct ReferralToCouncil {
    /// Whose council.
    to: Told<actors::Actor>,
    /// When, and who said so.
    said: StampObject,
}

/// A deliberation answers an initiative.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct CouncilAnswer {
    /// Which.
    deliberation: Told<deliberations::Deliberation>,
    /// When, and who said so.
    said: StampObject,
}
