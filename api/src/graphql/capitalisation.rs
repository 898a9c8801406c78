//! The library of what was learnt.
use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use domain::capitalisation_item::Kind;
use domain::classification::Sector;
use domain::ids::CapitalisationItemId;
use domain::population::PopulationGroup;
use domain::text::{Language, Name};
use jiff::civil::Date;
use projections::capitalisation::{Item, Stage};
use projections::{actors, documents, interventions, programmes};
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

mod evidence;
mod filter;

use evidence::{CapitalisationEvidence, CapitalisationStep};
use filter::{CapitalisationFilter, Wanted, found};

/// Questions about the library.
#[derive(Default)]
pub struct CapitalisationQuery;

/// Questions about the library.
#[Object(serial)]
impl CapitalisationQuery {
    /// One capitalisation item, an annulled one too.
    async fn capitalisation_item(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Given<CapitalisationItemId>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "What was true on that day.")] effective_on: Option<Given<Date>>,
    ) -> Result<Told<Item>, Fault> {
        let id = must(&id, "id")?;
        Ok(View::of(ctx, as_of, effective_on).await?.capitalisation_item(id))
    }

    /// The library, annulled items left out: the best found first where a text is asked for, else in
    /// the order of their ids.
    #[graphql(complexity = "super::connection::cost(first.or(last), child_complexity)")]
    async fn capitalisation_items(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them; all where it is left out.")] filter: Option<
            CapitalisationFilter,
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
    ) -> Result<Listing<Item>, Fault> {
        let view = View::of(ctx, as_of, effective_on).await?;
        let page = Page::read((first, after), (last, before))?;
        let text = filter.as_ref().and_then(|it| it.text().map(str::to_owned));
        let wanted = Sieve::read(filter, |it| {
            let wanted = Wanted::read(&view, it)?;
            Ok(move |it: &Item| wanted.holds(it))
        })?;
        let found = found(&view, text.as_deref()).into_iter();
        let found = found
            .filter(|(_, it)| wanted.holds(it.as_ref()))
            .map(|(rank, it)| (format!("{rank:06}/{}", it.id), it));
        Listing::keyed(ctx, &view, (page, order_by), found)
    }
}

/// Those of `all` that are wanted, seen in `view`.
pub fn seen<'a>(
    view: &View,
    all: impl Iterator<Item = &'a Arc<Item>>,
    published_only: bool,
) -> List<Seen<Item>> {
    let wanted = all.filter(|it| !published_only || stage(view, it) == Some(Stage::Published));
    wanted.map(|it| view.see(it)).collect()
}

/// How far it has come; on the day of the question where one is asked for.
fn stage(view: &View, it: &Item) -> Option<Stage> {
    view.effective_on.map_or(Some(it.stage), |day| it.stage_on(day))
}

impl Node for Seen<Item> {
    fn find(models: &Arc<projections::Models>, id: Uuid) -> Option<Self> {
        View::live(Arc::clone(models)).capitalisation_item(id.into()).map(|it| it.0)
    }
}

/// What was learnt, for others to use.
#[Object(serial, name = "CapitalisationItem")]
impl Seen<Item> {
    /// Its id.
    pub async fn id(&self) -> ID {
        global(self.it.id)
    }

    /// What sort of knowledge it is.
    async fn kind(&self) -> Choice<Kind> {
        Choice(self.it.kind)
    }

    /// In short.
    async fn title(&self) -> Text {
        (&self.it.title).into()
    }

    /// What was learnt.
    async fn summary(&self) -> Option<Text> {
        self.it.summary.as_deref().map(Into::into)
    }

    /// In which language it is told.
    async fn language(&self) -> Option<Choice<Language>> {
        self.it.language.map(Choice)
    }

    /// Who wrote it down.
    async fn author(&self) -> Told<actors::Actor> {
        self.view.actor(self.it.by)
    }

    /// Within which programme.
    async fn programme(&self) -> Told<programmes::Programme> {
        self.it.programme.and_then(|id| self.view.programme(id))
    }

    /// From which interventions.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn interventions(&self) -> List<Seen<interventions::Intervention>> {
        self.it
            .interventions
            .iter()
            .filter_map(|id| self.view.intervention(*id))
            .map(|it| it.0)
            .collect()
    }

    /// Where.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn territories(&self) -> List<TerritoryObject> {
        self.it.territories.iter().copied().map(TerritoryObject).collect()
    }

    /// On what: purpose codes of the OECD's DAC.
    async fn sectors(&self) -> Vec<Shown<Sector>> {
        self.it.sectors.iter().copied().map(Shown).collect()
    }

    /// For whom.
    async fn groups(&self) -> Vec<Choice<PopulationGroup>> {
        self.it.groups.iter().copied().map(Choice).collect()
    }

    /// Where it is to be read or seen.
    async fn address(&self) -> Option<Shown<Name>> {
        self.it.address.as_deref().cloned().map(Shown)
    }

    /// Whether people can be recognised in it.
    async fn people_seen(&self) -> bool {
        self.it.people_seen
    }

    /// How far it has come; on the day of the question where one is asked for, and nothing before
    /// it was drafted.
    async fn stage(&self) -> Option<Choice<Stage>> {
        stage(&self.view, &self.it).map(Choice)
    }

    /// Every step, the latest recorded last.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn steps(&self) -> List<CapitalisationStep> {
        self.it.steps.iter().map(|it| CapitalisationStep::of(&self.view, it)).collect()
    }

    /// What shows that it is so.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn evidence(&self) -> List<CapitalisationEvidence> {
        let all = self.it.evidence.iter().cloned();
        all.map(|it| CapitalisationEvidence { view: self.view.clone(), it }).collect()
    }

    /// The reference of the consent of those who are seen: never who they are.
    async fn consent(&self) -> Option<Shown<Name>> {
        self.it.consent.as_deref().cloned().map(Shown)
    }

    /// Those of its documents that people seen or named in them agree to no more: it should be
    /// withdrawn, or shown without them.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn consent_withdrawn(&self) -> List<Seen<documents::Document>> {
        self.view.documents(self.it.without_consent(&self.view.models.documents))
    }

    /// What takes its place.
    async fn successor(&self) -> Told<Item> {
        self.it.successor.and_then(|id| self.view.capitalisation_item(id))
    }

    /// What was written down wrongly, and corrected.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn corrections(&self) -> List<RectificationObject> {
        self.it.corrections.iter().map(|it| self.view.rectification(it)).collect()
    }

    /// Why it counts nowhere, where it was recorded by mistake.
    async fn annulment(&self) -> Option<RectificationObject> {
        self.it.annulled.as_ref().map(|it| self.view.rectification(it))
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
