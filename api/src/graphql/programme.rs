//! The tree of programmes: results against targets, envelopes, and what sources disagree about.
use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use domain::programme::Kind;
use projections::lineage::{BalanceOf, Funded};
use projections::programmes::{About, Envelope, Flag, Programme, Stage};
use projections::{
    actors, awareness, bodies, capitalisation, commitments, funding, interventions, meetings,
    mobility, trainings,
};
use uuid::Uuid;

use super::balance::BalanceObject;
use super::classification::{self, ClassificationObject, GoalObject, SectorObject};
use super::connection::{Connection, Page};
use super::correction::CorrectionObject;
use super::enums::Choice;
use super::event::{EventObject, trail};
use super::fault::Fault;
use super::list::List;
use super::node::global;
use super::payload::Node;
use super::result::ResultObject;
use super::territory::TerritoryObject;
use super::values::{MoneyObject, PeriodObject, Text};
use super::view::{RectificationObject, Seen, StampObject, Told, View};

pub(super) mod claim;
mod envelope;
mod filter;
mod frame;
mod questions;

pub use questions::ProgrammeQuery;

use claim::{ClaimObject, ClaimSettlement};
use frame::{AlignmentObject, ExtensionObject, ProgrammeAgreement, ProgrammeStep};

impl Node for Seen<Programme> {
    fn find(models: &Arc<projections::Models>, id: Uuid) -> Option<Self> {
        View::live(Arc::clone(models)).programme(id.into()).map(|it| it.0)
    }
}

/// A programme, or a project within one.
#[Object(serial, name = "Programme")]
impl Seen<Programme> {
    /// Its id.
    pub async fn id(&self) -> ID {
        global(self.it.id)
    }

    /// What it is.
    async fn kind(&self) -> Choice<Kind> {
        Choice(self.it.kind)
    }

    /// Its title.
    async fn title(&self) -> Text {
        (&self.it.title).into()
    }

    /// Its initials.
    async fn acronym(&self) -> Option<&str> {
        self.it.acronym.as_ref().map(|it| it.as_str())
    }

    /// What it is part of.
    async fn parent(&self) -> Told<Programme> {
        self.it.parent.and_then(|id| self.view.programme(id))
    }

    /// What it is part of, the nearest first.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn ancestors(&self) -> List<Seen<Programme>> {
        let above = self.view.models.programmes.ancestors(self.it.id);
        above.into_iter().filter_map(|id| self.view.programme(id)).map(|it| it.0).collect()
    }

    /// What is part of it directly.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn children(&self) -> List<Seen<Programme>> {
        let children = self.view.models.programmes.children(self.it.id);
        children.map(|it| self.view.see(it)).collect()
    }

    /// From when to when, as last created, extended or settled.
    async fn period(&self) -> PeriodObject {
        self.it.period.into()
    }

    /// Who carries it.
    async fn operator(&self) -> Told<actors::Actor> {
        self.it.operator.and_then(|id| self.view.actor(id))
    }

    /// Who pays.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn funders(&self) -> List<Seen<actors::Actor>> {
        self.view.actors(self.it.funders.iter().copied())
    }

    /// Who else takes part.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn partners(&self) -> List<Seen<actors::Actor>> {
        self.view.actors(self.it.partners.iter().copied())
    }

    /// Where.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn territories(&self) -> List<TerritoryObject> {
        self.it.territories.iter().copied().map(TerritoryObject).collect()
    }

    /// Its budget; nothing where nobody declared it, which is not zero.
    async fn budget(&self) -> Option<MoneyObject> {
        self.it.budget.map(Into::into)
    }

    /// How far it has come; on the day of the question where one is asked for, and nothing before
    /// it began.
    async fn stage(&self) -> Option<Choice<Stage>> {
        let stage = self.view.effective_on.map_or(Some(self.it.stage), |day| self.it.stage_on(day));
        stage.map(Choice)
    }

    /// Every step, the latest recorded last.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn steps(&self) -> List<ProgrammeStep> {
        self.it.steps.iter().map(|it| ProgrammeStep::of(&self.view, it)).collect()
    }

    /// What should be known of its data on the day of the question.
    async fn flags(&self, ctx: &Context<'_>) -> Vec<Choice<Flag>> {
        let flags = self.view.models.programmes.flags(&self.it, self.view.day(ctx));
        flags.into_iter().map(Choice).collect()
    }

    /// The agreement that it rests on.
    async fn agreement(&self) -> Option<ProgrammeAgreement> {
        self.it.agreement.as_ref().map(|it| ProgrammeAgreement::of(&self.view, it))
    }

    /// The strategies that it follows.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn alignments(&self) -> List<AlignmentObject> {
        self.it.alignments.iter().map(|it| AlignmentObject::of(&self.view, it)).collect()
    }

    /// What it expects, with what it is measured by.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn results(&self) -> List<ResultObject> {
        let results = self.it.results.iter();
        results.map(|it| ResultObject::of(&self.view, self.it.id, it)).collect()
    }

    /// The money that it sets aside.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn envelopes(&self) -> List<Seen<Envelope>> {
        let envelopes = self.view.models.programmes.envelopes(self.it.id);
        envelopes.map(|it| self.view.see(it)).collect()
    }

    /// Where its money stands.
    async fn balance(
        &self,
        ctx: &Context<'_>,
        #[graphql(default = true, desc = "With all that is part of it.")] with_parts: bool,
    ) -> BalanceObject {
        let models = &self.view.models;
        let day = self.view.day(ctx);
        let it = models.funding.balance_of(self.it.id, with_parts, &models.programmes, day);
        let programme = Some(self.it.id);
        let requests = Funded { programme, alone: !with_parts, ..Funded::default() };
        BalanceObject::of(&self.view, BalanceOf { requests, by: None, of: None, on: day }, it)
    }

    /// Later ends.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn extensions(&self) -> List<ExtensionObject> {
        self.it.extensions.iter().map(|it| ExtensionObject::of(&self.view, it)).collect()
    }

    /// What sources say of it, side by side.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn claims(&self) -> List<ClaimObject> {
        let claims = self.it.claims.iter().cloned();
        claims.map(|it| ClaimObject { view: self.view.clone(), it }).collect()
    }

    /// How disagreements ended.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn settlements(&self) -> List<ClaimSettlement> {
        let settlements = self.it.settlements.iter().cloned();
        settlements.map(|it| ClaimSettlement { view: self.view.clone(), it }).collect()
    }

    /// What sources disagree about and nobody has settled.
    async fn disputed(&self) -> Vec<Choice<About>> {
        self.it.disputed().into_iter().map(Choice).collect()
    }

    /// What is done on the ground within it.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn interventions(
        &self,
        #[graphql(default = true, desc = "With those of all that is part of it.")] with_parts: bool,
    ) -> List<Seen<interventions::Intervention>> {
        let models = &self.view.models;
        let all = self.own_or_all(with_parts).into_iter();
        let all = all.flat_map(|id| models.interventions.of_programme(id));
        all.map(|it| self.view.see(it)).collect()
    }

    /// What was promised within it, without what was promised for its interventions alone.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn commitments(
        &self,
        #[graphql(default = true, desc = "With those of all that is part of it.")] with_parts: bool,
    ) -> List<Seen<commitments::Commitment>> {
        let models = &self.view.models;
        let all = self.own_or_all(with_parts).into_iter();
        let all = all.flat_map(|id| models.commitments.of_programme(id));
        all.map(|it| self.view.see(it)).collect()
    }

    /// Its trainings.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn training_cohorts(
        &self,
        #[graphql(default = true, desc = "With those of all that is part of it.")] with_parts: bool,
    ) -> List<Seen<trainings::Cohort>> {
        let all = self.own_or_all(with_parts).into_iter();
        let all = all.flat_map(|id| self.view.models.trainings.of_programme(id));
        all.map(|it| self.view.see(it)).collect()
    }

    /// Its awareness actions.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn awareness_actions(
        &self,
        #[graphql(default = true, desc = "With those of all that is part of it.")] with_parts: bool,
    ) -> List<Seen<awareness::Action>> {
        let all = self.own_or_all(with_parts).into_iter();
        let all = all.flat_map(|id| self.view.models.awareness.of_programme(id));
        all.map(|it| self.view.see(it)).collect()
    }

    /// Its mobility maps.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn mobility_maps(
        &self,
        #[graphql(default = true, desc = "With those of all that is part of it.")] with_parts: bool,
    ) -> List<Seen<mobility::Map>> {
        let all = self.own_or_all(with_parts).into_iter();
        let all = all.flat_map(|id| self.view.models.mobility.maps.of_programme(id));
        all.map(|it| self.view.see(it)).collect()
    }

    /// Its mobility placements.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn mobility_placements(
        &self,
        #[graphql(default = true, desc = "With those of all that is part of it.")] with_parts: bool,
    ) -> List<Seen<mobility::Placement>> {
        let all = self.own_or_all(with_parts).into_iter();
        let all = all.flat_map(|id| self.view.models.mobility.placements.of_programme(id));
        all.map(|it| self.view.see(it)).collect()
    }

    /// Its funding calls.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn funding_calls(&self) -> List<Seen<funding::Call>> {
        let calls = self.view.models.funding.calls_of(self.it.id);
        calls.map(|it| self.view.see(it)).collect()
    }

    /// The coordination bodies within it.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn coordination_bodies(
        &self,
        #[graphql(default = true, desc = "With those of all that is part of it.")] with_parts: bool,
    ) -> List<Seen<bodies::Body>> {
        let models = &self.view.models;
        let all = self.own_or_all(with_parts).into_iter();
        let all = all.flat_map(|id| models.bodies.of_programme(id));
        all.map(|it| self.view.see(it)).collect()
    }

    /// What coordination bodies decided on it, without what they decided on its interventions alone.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn decisions(
        &self,
        #[graphql(default = true, desc = "With those of all that is part of it.")] with_parts: bool,
    ) -> List<Seen<meetings::Decision>> {
        let models = &self.view.models;
        let all = self.own_or_all(with_parts).into_iter();
        let all = all.flat_map(|id| models.meetings.decided_on_programme(id));
        all.map(|it| self.view.see(it)).collect()
    }

    /// What was learnt within it.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn capitalisation_items(
        &self,
        #[graphql(default, desc = "Only what is published.")] published_only: bool,
    ) -> List<Seen<capitalisation::Item>> {
        let all = self.view.models.capitalisation.of_programme(self.it.id);
        super::capitalisation::seen(&self.view, all, published_only)
    }

    /// What it is about, as somebody said of itself.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn sectors(&self) -> List<SectorObject> {
        classification::sectors(self.it.classification.as_ref())
    }

    /// The goals that it serves, as somebody said of itself.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn goals(&self) -> List<GoalObject> {
        classification::goals(self.it.classification.as_ref())
    }

    /// What it is about, as somebody said of itself, else of the nearest one above it.
    async fn classification(&self) -> Option<ClassificationObject> {
        classification::of_programme(self)
    }

    /// When the ledger learned of it.
    async fn created(&self) -> StampObject {
        self.view.stamp(self.it.created)
    }

    /// What of it was corrected, and why: what it said before stays in its timeline.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn corrections(&self) -> List<RectificationObject> {
        self.view.rectifications(&self.it.corrections)
    }

    /// That it was recorded by mistake, and why: it counts nowhere.
    async fn annulment(&self) -> Option<RectificationObject> {
        self.it.annulled.as_ref().map(|it| self.view.rectification(it))
    }

    /// The corrections of its figures that were proposed: each takes a second person.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn proposed_corrections(
        &self,
        #[graphql(default, desc = "Only those that wait for a second person.")] waiting_only: bool,
    ) -> List<CorrectionObject> {
        CorrectionObject::all(&self.view, self.it.id, waiting_only)
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
