//! Interventions: who takes part, in which role, on which day.
use std::collections::BTreeSet;
use std::sync::Arc;

use async_graphql::{Context, Enum, InputObject, Object, SimpleObject};
use domain::effective::Effective;
use domain::ids::{ActorId, InterventionId, ParticipationId, ProgrammeId};
use domain::intervention::{Origin, Recurrence, Role};
use domain::population::PopulationGroup;
use domain::territory::TerritoryId;
use domain::text::folded;
use jiff::civil::Date;
use projections::interventions::{Intervention, Participation, Stage};
use projections::{actors, commitments, funding, programmes};
use uuid::Uuid;

use super::connection::{Connection, Page};
use super::enums::Choice;
use super::event::{EventObject, load, trail};
use super::fault::Fault;
use super::payload::Node;
use super::scalars::{Given, Shown};
use super::territory::TerritoryObject;
use super::values::{AsOf, MoneyObject, Text};
use super::view::{Seen, StampObject, View, must, read};

/// Questions about interventions.
#[derive(Default)]
pub struct InterventionQuery;

/// Which interventions are asked for; all of the conditions hold.
#[derive(InputObject, Clone, Debug, Default)]
pub struct InterventionFilter {
    /// Those with a title that contains this, in any spelling.
    text: Option<String>,
    /// Those that lie in this territory, wholly or in part.
    within: Option<Given<TerritoryId>>,
    /// Those in which this actor takes or took part, on the day of the question where one is asked
    /// for; a merger is followed.
    actor: Option<Given<ActorId>>,
    /// Those in which somebody has this role; with `actor`, in which that actor has it.
    role: Option<Choice<Role>>,
    /// Those of this programme, or of one that is part of it.
    programme: Option<Given<ProgrammeId>>,
    /// Those that have come so far; on the day of the question where one is asked for.
    stage: Option<Choice<Stage>>,
    /// Those for this group.
    group: Option<Choice<PopulationGroup>>,
}

/// In which order a timeline is read.
#[derive(Enum, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TimelineOrder {
    /// As the ledger learned it.
    #[default]
    Recorded,
    /// As it happened, by the first day that each date can mean; what has no date comes first.
    World,
}

struct Wanted<'a> {
    view: &'a View,
    text: Option<String>,
    places: Option<BTreeSet<InterventionId>>,
    actors: Option<BTreeSet<ActorId>>,
    programmes: Option<Vec<ProgrammeId>>,
    filter: InterventionFilter,
}

impl<'a> Wanted<'a> {
    fn read(view: &'a View, filter: InterventionFilter) -> Result<Self, Fault> {
        let within = read(filter.within.clone(), "filter.within")?;
        let actor = read(filter.actor.clone(), "filter.actor")?;
        let programme = read(filter.programme.clone(), "filter.programme")?;
        Ok(Self {
            view,
            text: filter.text.as_deref().map(folded),
            places: within.map(|it| view.models.interventions.within(it)),
            actors: actor.map(|id| view.models.actors.identities(id)),
            programmes: programme.map(|id| view.models.programmes.subtree(id)),
            filter,
        })
    }

    fn holds(&self, it: &Intervention) -> bool {
        self.places.as_ref().is_none_or(|all| all.contains(&it.id))
            && self
                .programmes
                .as_ref()
                .is_none_or(|all| it.programme.is_some_and(|id| all.contains(&id)))
            && self.filter.stage.is_none_or(|stage| self.stage(it) == Some(stage.0))
            && self.filter.group.is_none_or(|group| it.groups.contains(&group.0))
            && self.has_participant(it)
            && self.text.as_ref().is_none_or(|text| it.matches(text))
    }

    fn stage(&self, it: &Intervention) -> Option<Stage> {
        self.view.effective_on.map_or(Some(it.stage), |day| it.stage_on(day))
    }

    fn has_participant(&self, it: &Intervention) -> bool {
        if self.actors.is_none() && self.filter.role.is_none() {
            return true;
        }
        it.participations.iter().any(|it| {
            self.actors.as_ref().is_none_or(|all| all.contains(&it.actor))
                && self.filter.role.is_none_or(|role| it.role == role.0)
                && self.view.effective_on.is_none_or(|day| it.on(day))
        })
    }
}

/// Questions about interventions.
#[Object]
impl InterventionQuery {
    /// One intervention.
    async fn intervention(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Given<InterventionId>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "What was true on that day.")] effective_on: Option<Given<Date>>,
    ) -> Result<Option<Seen<Intervention>>, Fault> {
        let id = must(&id, "id")?;
        Ok(View::of(ctx, as_of, effective_on).await?.intervention(id))
    }

    /// The interventions, in the order of their ids.
    #[graphql(complexity = "super::connection::cost(first, child_complexity)")]
    async fn interventions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them; all where it is left out.")] filter: Option<
            InterventionFilter,
        >,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "What was true on that day.")] effective_on: Option<Given<Date>>,
    ) -> Result<Connection<Seen<Intervention>>, Fault> {
        let view = View::of(ctx, as_of, effective_on).await?;
        let page = Page::new(first, after)?;
        let wanted = Wanted::read(&view, filter.unwrap_or_default())?;
        let all = view.models.interventions.iter().filter(|it| wanted.holds(it));
        page.keyed(all, |it| it.id, |it| view.see(it))
    }
}

impl Node for Seen<Intervention> {
    fn find(models: &Arc<projections::Models>, id: Uuid) -> Option<Self> {
        View::live(Arc::clone(models)).intervention(id.into())
    }
}

/// Something done on the ground, by many, in phases.
#[Object(name = "Intervention")]
impl Seen<Intervention> {
    /// Its id.
    async fn id(&self) -> Shown<InterventionId> {
        Shown(self.it.id)
    }

    /// Its title.
    async fn title(&self) -> Text {
        (&*self.it.title).into()
    }

    /// In some sentences.
    async fn summary(&self) -> Option<Text> {
        self.it.summary.as_deref().map(Into::into)
    }

    /// Where.
    async fn territories(&self) -> Vec<TerritoryObject> {
        self.it.territories.iter().copied().map(TerritoryObject).collect()
    }

    /// Within which programme.
    async fn programme(&self) -> Option<Seen<programmes::Programme>> {
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
    async fn steps(&self) -> Vec<InterventionStep> {
        let steps = self.it.steps.iter();
        steps
            .map(|it| InterventionStep {
                stage: Choice(it.stage),
                reason: it.reason.as_deref().map(Into::into),
                said: self.view.stamp(it.stamp),
            })
            .collect()
    }

    /// Who takes part and in which role: on a day where one is asked for, else everybody who ever
    /// did.
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn participations(
        &self,
        #[graphql(desc = "On that day; the day of the question where it is left out.")] on: Option<
            Given<Date>,
        >,
        #[graphql(desc = "In this role.")] role: Option<Choice<Role>>,
    ) -> Result<Vec<ParticipationObject>, Fault> {
        let on = read(on, "on")?.or(self.view.effective_on);
        let all = self.it.participations.iter().enumerate();
        let wanted = all.filter(|(_, it)| {
            on.is_none_or(|day| it.on(day)) && role.is_none_or(|role| it.role == role.0)
        });
        Ok(wanted.map(|(place, _)| ParticipationObject::new(self, place)).collect())
    }

    /// Who leads it on a day: one at a time, or two where their dates are only known to the year.
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn leads(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "On that day; the day of the question where it is left out.")] on: Option<
            Given<Date>,
        >,
    ) -> Result<Vec<Seen<actors::Actor>>, Fault> {
        let day = read(on, "on")?.unwrap_or_else(|| self.view.day(ctx));
        Ok(self.view.actors(self.it.leads_on(day)))
    }

    /// Its phases.
    async fn phases(&self) -> Vec<PhaseObject> {
        let phases = self.it.phases.iter();
        phases
            .map(|it| PhaseObject {
                number: it.number,
                title: it.title.as_deref().map(Into::into),
                started: Shown(it.started),
                completed: it.completed.map(Shown),
                said: self.view.stamp(it.stamp),
            })
            .collect()
    }

    /// What it grew out of.
    async fn origins(&self) -> Vec<OriginObject> {
        let origins = self.it.origins.iter();
        origins
            .map(|it| {
                let (kind, note, of) = match &*it.origin {
                    Origin::CitizenInitiative { initiative, note } => {
                        (OriginKind::CitizenInitiative, note, initiative.map(Uuid::from))
                    }
                    Origin::Deliberation { deliberation, note } => {
                        (OriginKind::Deliberation, note, deliberation.map(Uuid::from))
                    }
                    Origin::Diagnosis { note } => (OriginKind::Diagnosis, note, None),
                    Origin::Other { note } => (OriginKind::Other, note, None),
                };
                let said = self.view.stamp(it.stamp);
                OriginObject { kind, note: note.into(), of: of.map(Shown), said }
            })
            .collect()
    }

    /// Who adopted it.
    async fn adoption(&self) -> Option<AdoptionObject> {
        self.it.adoption.map(|it| AdoptionObject {
            by: self.view.actor(it.by),
            deliberation: it.deliberation.map(|it| Shown(it.into())),
            said: self.view.stamp(it.stamp),
        })
    }

    /// The territorial plans that it is part of.
    async fn plans(&self) -> Vec<PlanObject> {
        let plans = self.it.plans.iter();
        plans
            .map(|it| PlanObject {
                plan: it.plan.map(|it| Shown(it.into())),
                title: (&*it.title).into(),
                said: self.view.stamp(it.stamp),
            })
            .collect()
    }

    /// What comes back because of it.
    async fn recurring_events(&self) -> Vec<RecurringEventObject> {
        let events = self.it.recurring.iter();
        events
            .map(|it| RecurringEventObject {
                title: (&*it.title).into(),
                recurrence: Choice(it.recurrence),
                said: self.view.stamp(it.stamp),
            })
            .collect()
    }

    /// What was promised for it.
    async fn commitments(
        &self,
        ctx: &Context<'_>,
        #[graphql(default, desc = "Only those that are late on the day of the question.")]
        late_only: bool,
    ) -> Vec<Seen<commitments::Commitment>> {
        let day = self.view.day(ctx);
        let all = self.view.models.commitments.of_intervention(self.it.id);
        let wanted = all.filter(|it| !late_only || it.lateness(day).is_late());
        wanted.map(|it| self.view.see(it)).collect()
    }

    /// The funding that was asked for it.
    async fn funding_requests(&self) -> Vec<Seen<funding::Request>> {
        let all = self.view.models.funding.requests_of_intervention(self.it.id);
        all.map(|it| self.view.see(it)).collect()
    }

    /// When the ledger learned of it.
    async fn proposed(&self) -> StampObject {
        self.view.stamp(self.it.proposed)
    }

    /// From the petition to the tournament: its own events, and those of the commitments and the
    /// funding requests made for it.
    #[graphql(complexity = "super::connection::cost(first, child_complexity)")]
    async fn timeline(
        &self,
        ctx: &Context<'_>,
        #[graphql(default, desc = "In which order.")] order: TimelineOrder,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
    ) -> Result<Connection<EventObject>, Fault> {
        let subject = self.it.id.into();
        match order {
            TimelineOrder::Recorded => trail(ctx, &self.view, subject, first, after).await,
            TimelineOrder::World => {
                let page = Page::new(first, after)?;
                let positions = self.view.models.subjects.positions(subject);
                let mut events = load(ctx, &self.view, &positions).await?;
                events.sort_by_cached_key(EventObject::in_the_world);
                page.of(events, EventObject::in_the_world)
            }
        }
    }
}

/// One step of an intervention.
#[derive(SimpleObject)]
pub struct InterventionStep {
    /// What it became.
    stage: Choice<Stage>,
    /// Why, where a reason was given.
    reason: Option<Text>,
    /// When, and who said so.
    said: StampObject,
}

/// One actor's role in an intervention, from a date to a date.
pub struct ParticipationObject {
    intervention: Seen<Intervention>,
    it: Participation,
}

impl ParticipationObject {
    /// The participation at `place` of `intervention`.
    pub fn new(intervention: &Seen<Intervention>, place: usize) -> Self {
        let it = intervention.it.participations[place].clone();
        Self { intervention: intervention.clone(), it }
    }

    fn view(&self) -> &View {
        &self.intervention.view
    }
}

/// One actor's role in an intervention, from a date to a date.
#[Object(name = "Participation")]
impl ParticipationObject {
    /// Its id.
    async fn id(&self) -> Shown<ParticipationId> {
        Shown(self.it.id)
    }

    /// Who.
    async fn actor(&self) -> Option<Seen<actors::Actor>> {
        self.view().actor(self.it.actor)
    }

    /// In what.
    async fn intervention(&self) -> Seen<Intervention> {
        self.intervention.clone()
    }

    /// In which way.
    async fn role(&self) -> Choice<Role> {
        Choice(self.it.role)
    }

    /// Since when.
    async fn from(&self) -> Shown<Effective> {
        Shown(self.it.from)
    }

    /// Until when; nothing where it goes on.
    async fn to(&self) -> Option<Shown<Effective>> {
        self.it.to.map(Shown)
    }

    /// In words.
    async fn note(&self) -> Option<Text> {
        self.it.note.as_deref().map(Into::into)
    }

    /// Why it ended.
    async fn end_reason(&self) -> Option<Text> {
        self.it.reason.as_deref().map(Into::into)
    }

    /// When the ledger learned that it began.
    async fn added(&self) -> StampObject {
        self.view().stamp(self.it.added)
    }

    /// When the ledger learned that it ended.
    async fn ended(&self) -> Option<StampObject> {
        self.it.ended.map(|stamp| self.view().stamp(stamp))
    }
}

/// One phase of works.
#[derive(SimpleObject)]
#[graphql(name = "Phase")]
pub struct PhaseObject {
    /// Its number.
    number: u16,
    /// Its title.
    title: Option<Text>,
    /// When it started.
    started: Shown<Effective>,
    /// When it was completed.
    completed: Option<Shown<Effective>>,
    /// Who said that it started.
    said: StampObject,
}

/// What sort of thing an intervention grew out of.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum OriginKind {
    /// A petition of citizens.
    CitizenInitiative,
    /// A council's act.
    Deliberation,
    /// A study of what was missing.
    Diagnosis,
    /// Something else.
    Other,
}

/// What an intervention grew out of.
#[derive(SimpleObject)]
#[graphql(name = "Origin")]
pub struct OriginObject {
    /// What sort of thing.
    kind: OriginKind,
    /// In words.
    note: Text,
    /// Its id, where it is in the ledger.
    of: Option<Shown<Uuid>>,
    /// When it was, and who said so.
    said: StampObject,
}

/// Who adopted an intervention, and how.
#[derive(SimpleObject)]
#[graphql(name = "Adoption")]
pub struct AdoptionObject {
    /// Who.
    by: Option<Seen<actors::Actor>>,
    /// The id of the council's act.
    deliberation: Option<Shown<Uuid>>,
    /// When, and who said so.
    said: StampObject,
}

/// A territorial plan that an intervention is part of.
#[derive(SimpleObject)]
#[graphql(name = "PlanLink")]
pub struct PlanObject {
    /// Its id, where it is in the ledger.
    plan: Option<Shown<Uuid>>,
    /// What it is called.
    title: Text,
    /// Since when, and who said so.
    said: StampObject,
}

/// Something that comes back because of an intervention.
#[derive(SimpleObject)]
#[graphql(name = "RecurringEvent")]
pub struct RecurringEventObject {
    /// What.
    title: Text,
    /// How often.
    recurrence: Choice<Recurrence>,
    /// Since when, and who said so.
    said: StampObject,
}
