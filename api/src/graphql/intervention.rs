//! Interventions: who takes part, in which role, on which day.
use std::collections::BTreeMap;
use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object};
use domain::ids::InterventionId;
use domain::intervention::Role;
use domain::population::PopulationGroup;
use jiff::civil::Date;
use projections::interventions::{Intervention, Stage};
use projections::{
    actors, awareness, capitalisation, commitments, funding, meetings, mobility, plans, programmes,
    service_units, trainings,
};
use uuid::Uuid;

use super::classification::{self, ClassificationObject, GoalObject, SectorObject};
use super::connection::{Connection, Page};
use super::correction::CorrectionObject;
use super::enums::Choice;
use super::event::{EventObject, load_all, trail};
use super::fault::Fault;
use super::list::List;
use super::node::global;
use super::noun::{Listing, Order, Sieve};
use super::payload::Node;
use super::scalars::Given;
use super::territory::TerritoryObject;
use super::values::{AsOf, MoneyObject, Text};
use super::view::{RectificationObject, Seen, StampObject, Told, View, must, read};

pub mod filter;
mod origin;
mod participation;
mod works;

pub use participation::ParticipationObject;

use filter::InterventionFilter;
use origin::{AdoptionObject, OriginObject, PlanObject};
use works::{InterventionStep, PhaseObject, RecurringEventObject};

/// Questions about interventions.
#[derive(Default)]
pub struct InterventionQuery;

/// In which order a timeline is read.
#[derive(Enum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimelineOrder {
    /// As the ledger learned it.
    #[default]
    Recorded,
    /// As it happened, by the first day that each date can mean; what has no date comes first.
    World,
}

/// Questions about interventions.
#[Object(serial)]
impl InterventionQuery {
    /// One intervention.
    async fn intervention(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Given<InterventionId>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "What was true on that day.")] effective_on: Option<Given<Date>>,
    ) -> Result<Told<Intervention>, Fault> {
        let id = must(&id, "id")?;
        Ok(View::of(ctx, as_of, effective_on).await?.intervention(id))
    }

    /// The interventions, in the order of their ids.
    #[graphql(complexity = "super::connection::cost(first.or(last), child_complexity)")]
    async fn interventions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them; all where it is left out.")] filter: Option<
            InterventionFilter,
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
    ) -> Result<Listing<Intervention>, Fault> {
        let view = View::of(ctx, as_of, effective_on).await?;
        let page = Page::read((first, after), (last, before))?;
        let wanted = Sieve::read(filter, |it| {
            let wanted = it.read(view.effective_on)?.read(&view.models);
            Ok(move |it: &Intervention| wanted.holds(it))
        })?;
        let all =
            |ids| view.models.interventions.between(ids).filter(|it| wanted.holds(it.as_ref()));
        Listing::between(ctx, &view, (page, order_by), all)
    }
}

/// Those of `parts` that are `wanted`, each with its number from 1, in the order of recording.
fn numbered<T>(parts: &[T], wanted: impl Fn(&T) -> bool) -> impl Iterator<Item = (u16, &T)> {
    (1..).zip(parts).filter(move |(_, it)| wanted(it))
}

impl Node for Seen<Intervention> {
    fn find(models: &Arc<projections::Models>, id: Uuid) -> Option<Self> {
        View::live(Arc::clone(models)).intervention(id.into()).map(|it| it.0)
    }
}

/// Something done on the ground, by many, in phases.
#[Object(serial, name = "Intervention")]
impl Seen<Intervention> {
    /// Its id.
    pub async fn id(&self) -> ID {
        global(self.it.id)
    }

    /// Its title.
    async fn title(&self) -> Text {
        (&self.it.title).into()
    }

    /// In some sentences.
    async fn summary(&self) -> Option<Text> {
        self.it.summary.as_deref().map(Into::into)
    }

    /// Where.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn territories(&self) -> List<TerritoryObject> {
        self.it.territories.iter().copied().map(TerritoryObject).collect()
    }

    /// Within which programme.
    async fn programme(&self) -> Told<programmes::Programme> {
        self.it.programme.and_then(|id| self.view.programme(id))
    }

    /// For whom.
    async fn groups(&self) -> Vec<Choice<PopulationGroup>> {
        self.it.groups.iter().copied().map(Choice).collect()
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
    async fn steps(&self) -> List<InterventionStep> {
        self.it.steps.iter().map(|it| InterventionStep::of(&self.view, it)).collect()
    }

    /// Who takes part and in which role: on a day where one is asked for, else everybody who ever
    /// did.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn participations(
        &self,
        #[graphql(desc = "On that day; the day of the question where it is left out.")] on: Option<
            Given<Date>,
        >,
        #[graphql(desc = "In this role.")] role: Option<Choice<Role>>,
        #[graphql(default, desc = "Those that were recorded by mistake too, on no day.")]
        with_annulled: bool,
    ) -> Result<List<ParticipationObject>, Fault> {
        let on = read(on, "on")?.or(self.view.effective_on);
        let all = self.it.participations.iter().enumerate();
        let wanted = all.filter(|(_, it)| {
            (with_annulled && it.annulled.is_some() || on.is_none_or(|day| it.on(day)))
                && (with_annulled || it.annulled.is_none())
                && role.is_none_or(|role| it.role == role.0)
        });
        Ok(wanted.map(|(place, _)| ParticipationObject::new(self, place)).collect())
    }

    /// Who leads it on a day: one at a time, or two where their dates are only known to the year.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn leads(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "On that day; the day of the question where it is left out.")] on: Option<
            Given<Date>,
        >,
    ) -> Result<List<Seen<actors::Actor>>, Fault> {
        let day = read(on, "on")?.unwrap_or_else(|| self.view.day(ctx));
        Ok(self.view.actors(self.it.leads_on(day)))
    }

    /// Its phases.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn phases(&self) -> List<PhaseObject> {
        self.it.phases.iter().map(|it| PhaseObject::of(&self.view, it)).collect()
    }

    /// What it grew out of.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn origins(
        &self,
        #[graphql(default, desc = "Those that were recorded by mistake too.")] with_annulled: bool,
    ) -> List<OriginObject> {
        let all = numbered(&self.it.origins, |it| with_annulled || it.annulled.is_none());
        all.map(|it| OriginObject::new(&self.view, it)).collect()
    }

    /// Who adopted it.
    async fn adoption(&self) -> Option<AdoptionObject> {
        self.it.adoption.as_ref().map(|it| AdoptionObject::of(&self.view, it))
    }

    /// The territorial plans that it is part of.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn plans(
        &self,
        #[graphql(default, desc = "Those that were recorded by mistake too.")] with_annulled: bool,
    ) -> List<PlanObject> {
        let all = numbered(&self.it.plans, |it| with_annulled || it.annulled.is_none());
        all.map(|it| PlanObject::of(&self.view, it)).collect()
    }

    /// The territorial plans that it is part of, by its own record or by the plan's; annulled ones
    /// are left out.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn territorial_plans(&self) -> List<Seen<plans::Plan>> {
        let own = self.it.plans.iter().filter_map(|it| self.view.models.plans.get(it.plan?));
        let own = own.filter(|it| it.annulled.is_none());
        let linked = self.view.models.plans.of_intervention(self.it.id);
        let all: BTreeMap<_, _> = own.chain(linked).map(|it| (it.id, it)).collect();
        all.into_values().map(|it| self.view.see(it)).collect()
    }

    /// What comes back because of it.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn recurring_events(
        &self,
        #[graphql(default, desc = "Those that were recorded by mistake too.")] with_annulled: bool,
    ) -> List<RecurringEventObject> {
        let all = numbered(&self.it.recurring, |it| with_annulled || it.annulled.is_none());
        all.map(|it| RecurringEventObject::of(&self.view, it)).collect()
    }

    /// What was promised for it.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn commitments(
        &self,
        ctx: &Context<'_>,
        #[graphql(default, desc = "Only those that are late on the day of the question.")]
        late_only: bool,
    ) -> List<Seen<commitments::Commitment>> {
        let day = self.view.day(ctx);
        let all = self.view.models.commitments.of_intervention(self.it.id);
        let wanted = all.filter(|it| !late_only || it.lateness(day).is_late());
        wanted.map(|it| self.view.see(it)).collect()
    }

    /// The funding that was asked for it.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn funding_requests(&self) -> List<Seen<funding::Request>> {
        let all = self.view.models.funding.requests_of_intervention(self.it.id);
        all.map(|it| self.view.see(it)).collect()
    }

    /// The service units that it sets up.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn service_units(&self) -> List<Seen<service_units::ServiceUnit>> {
        let all = self.view.models.service_units.of_intervention(self.it.id);
        all.map(|it| self.view.see(it)).collect()
    }

    /// What coordination bodies decided on it.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn decisions(&self) -> List<Seen<meetings::Decision>> {
        let all = self.view.models.meetings.decided_on_intervention(self.it.id);
        all.map(|it| self.view.see(it)).collect()
    }

    /// What was learnt from it.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn capitalisation_items(
        &self,
        #[graphql(default, desc = "Only what is published.")] published_only: bool,
    ) -> List<Seen<capitalisation::Item>> {
        let all = self.view.models.capitalisation.of_intervention(self.it.id);
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

    /// What it is about, as somebody said of itself, else of its programme.
    async fn classification(&self) -> Option<ClassificationObject> {
        classification::of_intervention(self)
    }

    /// The trainings that are part of it.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn training_cohorts(&self) -> List<Seen<trainings::Cohort>> {
        let all = self.view.models.trainings.of_intervention(self.it.id);
        all.map(|it| self.view.see(it)).collect()
    }

    /// The awareness actions that are part of it.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn awareness_actions(&self) -> List<Seen<awareness::Action>> {
        let all = self.view.models.awareness.of_intervention(self.it.id);
        all.map(|it| self.view.see(it)).collect()
    }

    /// The mobility maps that are part of it.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn mobility_maps(&self) -> List<Seen<mobility::Map>> {
        let all = self.view.models.mobility.maps.of_intervention(self.it.id);
        all.map(|it| self.view.see(it)).collect()
    }

    /// The mobility placements that are part of it.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn mobility_placements(&self) -> List<Seen<mobility::Placement>> {
        let all = self.view.models.mobility.placements.of_intervention(self.it.id);
        all.map(|it| self.view.see(it)).collect()
    }

    /// When the ledger learned of it.
    async fn proposed(&self) -> StampObject {
        self.view.stamp(self.it.proposed)
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

    /// From the petition to the tournament: its own events, those of the petition and the act that it
    /// names, and those of what is made for it: commitments, funding requests, service units,
    /// trainings, awareness actions, maps and placements, and the decisions on it.
    #[graphql(complexity = "super::connection::cost(first.or(last), child_complexity)")]
    async fn timeline(
        &self,
        ctx: &Context<'_>,
        #[graphql(default, desc = "In which order.")] order: TimelineOrder,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many of the last, from 1 to 100, instead of `first`.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Before the entry with this cursor.")] before: Option<String>,
    ) -> Result<Connection<EventObject>, Fault> {
        let page = Page::read((first, after), (last, before))?;
        let subject = self.it.id.into();
        match order {
            TimelineOrder::Recorded => trail(ctx, &self.view, subject, page).await,
            TimelineOrder::World => {
                let positions = self.view.models.subjects.positions(subject);
                let mut events = load_all(ctx, &self.view, &positions).await?;
                events.sort_by_cached_key(EventObject::in_the_world);
                page.of(ctx, &self.view, events, EventObject::in_the_world)
            }
        }
    }
}
