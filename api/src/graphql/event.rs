//! Recorded events: the trail of any subject, with who said what, when, and from where.
use std::sync::Arc;

use async_graphql::{Context, Enum, Json, Object, SimpleObject};
use domain::effective::Effective;
use domain::ids::{ActorId, CommandId, EventId, MandateId, UserId};
use domain::recorded::{Envelope, Position, Recorded};
use infra::ledger::Stored;
use jiff::Timestamp;
use projections::subjects::Kind;
use projections::{Models, Subject, actors};
use uuid::Uuid;

use super::code::Code;
use super::connection::{Connection, Page, asks_for_whole};
use super::deadline::Deadline;
use super::facts::{self, Facts};
use super::fault::Fault;
use super::list::List;
use super::problem::Problem;
use super::scalars::{Given, Shown};
use super::values::{AsOf, Text};
use super::view::{SourceObject, StampObject, Told, View, must};
use crate::app::App;

/// How many events one list reads at most, where it needs all that it holds.
const EVENTS_MAX: usize = 10_000;
/// After how many events the time is looked at.
const EVENTS_BETWEEN_LOOKS: usize = 1_000;

/// Questions about events.
#[derive(Default)]
pub struct EventQuery;

/// What sort of thing a trail is of.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "Kind")]
pub enum SubjectKind {
    /// The ledger itself.
    Ledger,
    /// An actor.
    Actor,
    /// A policy framework.
    PolicyFramework,
    /// A programme.
    Programme,
    /// An indicator.
    Indicator,
    /// An intervention.
    Intervention,
    /// A funding call.
    FundingCall,
    /// A funding request.
    FundingRequest,
    /// A commitment.
    Commitment,
    /// A document.
    Document,
    /// A citizens' initiative.
    CitizenInitiative,
    /// A council's act.
    Deliberation,
    /// A territorial plan.
    TerritorialPlan,
    /// An office that receives people.
    ServiceUnit,
    /// A coordination body.
    CoordinationBody,
    /// A meeting.
    Meeting,
    /// A capitalisation item.
    CapitalisationItem,
    /// A training cohort.
    TrainingCohort,
    /// An awareness action.
    AwarenessAction,
    /// A mobility map.
    MobilityMap,
    /// A mobility placement.
    MobilityPlacement,
    /// What is known of the sources on a subject.
    Sourcing,
}

/// Questions about events.
#[Object(serial)]
impl EventQuery {
    /// One event.
    async fn event(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its place in the ledger.")] position: Given<Position>,
    ) -> Result<Option<EventObject>, Fault> {
        let position = must(&position, "position")?;
        let view = View::of(ctx, None, None).await?;
        if position == Position::START || position > view.models.position {
            return Ok(None);
        }
        Ok(load(ctx, &view, &[position]).await?.pop())
    }

    /// Every event that concerns one subject, in the order of recording: its own, and those that
    /// mention it.
    #[graphql(complexity = "super::connection::cost(first.or(last), child_complexity)")]
    async fn timeline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What sort of thing it is.")] kind: SubjectKind,
        #[graphql(desc = "Which one.")] id: Given<Uuid>,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many of the last, from 1 to 100, instead of `first`.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Before the entry with this cursor.")] before: Option<String>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
    ) -> Result<Connection<EventObject>, Fault> {
        let subject = Subject { kind: kind.into(), id: must(&id, "id")? };
        let view = View::of(ctx, as_of, None).await?;
        trail(ctx, &view, subject, Page::read((first, after), (last, before))?).await
    }
}

/// A page of the events that concern `subject`, in the order of recording. All of them are read where
/// the answer says what they come to.
pub async fn trail(
    ctx: &Context<'_>,
    view: &View,
    subject: Subject,
    page: Page,
) -> Result<Connection<EventObject>, Fault> {
    let positions = view.models.subjects.positions(subject);
    if asks_for_whole(ctx) {
        let events = load_all(ctx, view, &positions).await?;
        return page.keyed(ctx, view, events, |it| it.it.recorded.position.0, |it| it);
    }
    let page = page.keyed(ctx, view, positions, |it| it.0, |it| it)?;
    let wanted: Vec<_> = page.entries().copied().collect();
    let events = load(ctx, view, &wanted).await?;
    Ok(page.with(events))
}

/// All the events at `positions`, which are in order: for lists that are not read page by page.
pub async fn load_all(
    ctx: &Context<'_>,
    view: &View,
    positions: &[Position],
) -> Result<Vec<EventObject>, Fault> {
    if positions.len() > EVENTS_MAX {
        let problem = Problem::new(Code::QueryTooComplex);
        return Err(Fault::TooComplex(
            problem.with("asked", positions.len()).with("max", EVENTS_MAX),
        ));
    }
    let mut events = Vec::with_capacity(positions.len());
    for some in positions.chunks(EVENTS_BETWEEN_LOOKS) {
        Deadline::check(ctx)?;
        events.extend(load(ctx, view, some).await?);
    }
    Ok(events)
}

/// The events at `positions`, which are in order: one read for each run without a gap.
pub async fn load(
    ctx: &Context<'_>,
    view: &View,
    positions: &[Position],
) -> Result<Vec<EventObject>, Fault> {
    let ledger = ctx.data_unchecked::<App>().ledger();
    let mut events = Vec::with_capacity(positions.len());
    for run in positions.chunk_by(|one, next| one.next() == *next) {
        let before = Position(run[0].0.saturating_sub(1));
        let stored = ledger.read(before, run.len()).await.map_err(Fault::ledger)?;
        for stored in &stored {
            events.push(EventObject::read(view, stored)?);
        }
    }
    Ok(events)
}

/// An event as it is recorded, and its data as they are stored.
pub struct EventRead {
    /// Everything that is recorded of it.
    pub recorded: Recorded,
    data: serde_json::Value,
}

impl EventRead {
    /// The event that is stored so.
    pub fn read(stored: &Stored) -> Result<Self, Fault> {
        let recorded = Recorded::read(stored.position, &stored.bytes).map_err(Fault::internal)?;
        let envelope: Envelope<'_> =
            serde_json::from_slice(&stored.bytes).map_err(Fault::internal)?;
        let data = serde_json::from_str(envelope.data.get()).map_err(Fault::internal)?;
        Ok(Self { recorded, data })
    }
}

/// One recorded event.
pub struct EventObject {
    view: View,
    it: Arc<EventRead>,
}

impl EventObject {
    /// The event that is stored so.
    pub fn read(view: &View, stored: &Stored) -> Result<Self, Fault> {
        Ok(Self::seen(view, Arc::new(EventRead::read(stored)?)))
    }

    /// The event, with what it speaks of seen in `view`.
    pub fn seen(view: &View, it: Arc<EventRead>) -> Self {
        Self { view: view.clone(), it }
    }

    /// The thing whose event it is.
    fn subject(&self) -> Option<Subject> {
        let (aggregate, id, _) = self.it.recorded.fact.subject();
        Some(Subject { kind: Kind::of_stored(aggregate)?, id })
    }

    /// Where it stands in the order of the world: by the first day that it can mean.
    pub fn in_the_world(&self) -> String {
        let day = self.it.recorded.provenance.effective.earliest();
        let day = day.map(|it| it.to_string()).unwrap_or_default();
        format!("{day:>10}/{:020}", self.it.recorded.position.0)
    }
}

impl Facts for EventObject {
    fn about<'a>(&'a self, models: &'a Models) -> Vec<&'a dyn Facts> {
        self.subject().map(|it| facts::subject(models, it)).unwrap_or_default()
    }

    fn date(&self) -> Option<Effective> {
        Some(self.it.recorded.provenance.effective)
    }

    fn kinds(&self, _: &Models) -> Vec<String> {
        vec![self.it.recorded.fact.subject().2.to_owned()]
    }

    fn subjects(&self, _: &Models) -> Vec<Kind> {
        self.subject().map(|it| it.kind).into_iter().collect()
    }

    fn actors(&self, _: &Models) -> Vec<ActorId> {
        self.it.recorded.provenance.actor.into_iter().collect()
    }
}

/// One recorded event: what was said, by whom, when, and from where.
#[Object(serial, name = "Event")]
impl EventObject {
    /// Its place in the ledger.
    async fn position(&self) -> Shown<Position> {
        Shown(self.it.recorded.position)
    }

    /// Its id.
    async fn id(&self) -> Shown<EventId> {
        Shown(self.it.recorded.id)
    }

    /// The sort of thing whose event it is.
    async fn subject_kind(&self) -> Option<SubjectKind> {
        Kind::of_stored(self.it.recorded.fact.subject().0).map(Into::into)
    }

    /// The thing whose event it is.
    async fn subject_id(&self) -> Shown<Uuid> {
        Shown(self.it.recorded.fact.subject().1)
    }

    /// What happened, by its stored name: `participant_added`.
    async fn name(&self) -> &'static str {
        self.it.recorded.fact.subject().2
    }

    /// Its number among the events of its subject, from 1.
    async fn sequence(&self) -> Shown<i64> {
        Shown(i64::try_from(self.it.recorded.sequence).unwrap_or(i64::MAX))
    }

    /// When the ledger recorded it.
    async fn recorded_at(&self) -> Shown<Timestamp> {
        Shown(self.it.recorded.recorded_at)
    }

    /// When it was true in the world.
    async fn effective(&self) -> Shown<Effective> {
        Shown(self.it.recorded.provenance.effective)
    }

    /// For whom somebody acted; nobody where the ledger itself did.
    async fn actor(&self) -> Told<actors::Actor> {
        self.it.recorded.provenance.actor.and_then(|id| self.view.actor(id))
    }

    /// By which right.
    async fn mandate_id(&self) -> Option<Shown<MandateId>> {
        self.it.recorded.provenance.mandate.map(Shown)
    }

    /// Who acted: an account, whose person stands outside the ledger.
    async fn user_id(&self) -> Option<Shown<UserId>> {
        self.it.recorded.provenance.user.map(Shown)
    }

    /// The command that caused it.
    async fn command_id(&self) -> Shown<CommandId> {
        Shown(self.it.recorded.provenance.command.id)
    }

    /// The position of the event that led to it.
    async fn cause(&self) -> Option<Shown<Position>> {
        self.it.recorded.provenance.cause.map(Shown)
    }

    /// Where it was read.
    async fn source(&self) -> Option<SourceObject> {
        self.view.source(self.it.recorded.provenance.source.as_ref())
    }

    /// Every source of it: its own, and those that were named later.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn sources(&self) -> List<EventSource> {
        let own = self.view.source(self.it.recorded.provenance.source.as_ref());
        let own = own.map(|source| EventSource { source: Some(source), reason: None, named: None });
        let later = self.view.models.sourcing.attributed(self.it.recorded.position).iter();
        let later = later.map(|it| EventSource {
            source: self.view.source(Some(&it.source)),
            reason: it.reason.as_deref().map(Into::into),
            named: Some(self.view.stamp(it.stamp)),
        });
        own.into_iter().chain(later).collect()
    }

    /// The position of the event that it corrects or annuls.
    async fn corrects(&self) -> Option<Shown<Position>> {
        self.it.recorded.provenance.corrects.map(Shown)
    }

    /// The positions of the events that correct or annul it.
    async fn corrected_by(&self) -> Vec<Shown<Position>> {
        let all = self.view.models.subjects.corrections(self.it.recorded.position);
        all.iter().copied().map(Shown).collect()
    }

    /// What happened, field by field, as it is stored.
    async fn data(&self) -> Json<&serde_json::Value> {
        Json(&self.it.data)
    }
}

/// Where an event was read.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct EventSource {
    /// Where.
    source: Option<SourceObject>,
    /// Why that is known only later.
    reason: Option<Text>,
    /// When it was named, and by whom; nothing where the event itself names it.
    named: Option<StampObject>,
}
