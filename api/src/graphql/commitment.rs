//! The commitment board.
use std::sync::Arc;

use async_graphql::{Context, Enum, InputObject, Object, SimpleObject, Union};
use domain::commitment::Pledge;
use domain::ids::{ActorId, CommitmentId, EvidenceId, InterventionId, MilestoneId, ProgrammeId};
use domain::measure::Quantity;
use domain::territory::TerritoryId;
use domain::text::{Name, folded};
use jiff::civil::Date;
use projections::commitments::{Answer, Commitment, Evidence, Lateness, Milestone, Stage, Step};
use projections::{actors, documents, interventions, programmes};
use uuid::Uuid;

use super::connection::{Connection, Page};
use super::enums::Choice;
use super::event::{EventObject, trail};
use super::fault::Fault;
use super::payload::Node;
use super::scalars::{Given, Shown};
use super::values::{AsOf, MoneyObject, Text};
use super::view::{Seen, StampObject, View, must, read};

/// Questions about commitments.
#[derive(Default)]
pub struct CommitmentQuery;

/// Which commitments are asked for; all of the conditions hold.
#[derive(InputObject, Clone, Debug, Default)]
pub struct CommitmentFilter {
    /// Those with a title that contains this, in any spelling.
    text: Option<String>,
    /// Those that this actor made; a merger is followed.
    by: Option<Given<ActorId>>,
    /// Those that were made to this actor; a merger is followed.
    to: Option<Given<ActorId>>,
    /// Those for this intervention.
    intervention: Option<Given<InterventionId>>,
    /// Those within this programme, or one that is part of it.
    programme: Option<Given<ProgrammeId>>,
    /// Those for an intervention in this territory, or in one within it.
    within: Option<Given<TerritoryId>>,
    /// Those that have come so far.
    stage: Option<Choice<Stage>>,
    /// Those that stand so against the calendar on the day of the question.
    lateness: Option<LatenessState>,
    /// Only those that are late on the day of the question.
    #[graphql(default)]
    late_only: bool,
    /// Only those with evidence that waits for an answer.
    #[graphql(default)]
    evidence_waiting: bool,
}

/// How a commitment stands against the calendar.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum LatenessState {
    /// Nobody waits for it: not accepted yet, declined, withdrawn or lapsed.
    NotExpected,
    /// All of it was kept.
    Fulfilled,
    /// Nobody said until when.
    Undated,
    /// It is due in more than 30 days.
    NotDue,
    /// It is due within 30 days, today included.
    DueSoon,
    /// Its due date, or that of a milestone, has passed.
    Late,
}

/// How a commitment stands against the calendar on a day.
#[derive(SimpleObject)]
#[graphql(name = "Lateness")]
pub struct LatenessObject {
    /// How.
    state: LatenessState,
    /// The date that counts: the earliest that was missed, or the next one.
    due: Option<Shown<Date>>,
    /// Where it is late, since how many days; otherwise in how many days it is due.
    days: Option<Shown<i64>>,
    /// The day that this is said for.
    on: Shown<Date>,
}

impl LatenessObject {
    fn of(lateness: Lateness, on: Date) -> Self {
        let dated = |state, due, days| (state, Some(Shown(due)), Some(Shown(days)));
        let (state, due, days) = match lateness {
            Lateness::NotExpected => (LatenessState::NotExpected, None, None),
            Lateness::Fulfilled => (LatenessState::Fulfilled, None, None),
            Lateness::Undated => (LatenessState::Undated, None, None),
            Lateness::NotDue { due, days } => dated(LatenessState::NotDue, due, days),
            Lateness::DueSoon { due, days } => dated(LatenessState::DueSoon, due, days),
            Lateness::Late { due, days } => dated(LatenessState::Late, due, days),
        };
        Self { state, due, days, on: Shown(on) }
    }
}

/// A filter, read.
struct Wanted<'a> {
    view: &'a View,
    filter: CommitmentFilter,
    text: Option<String>,
    intervention: Option<InterventionId>,
    by: Option<std::collections::BTreeSet<ActorId>>,
    to: Option<std::collections::BTreeSet<ActorId>>,
    programmes: Option<Vec<ProgrammeId>>,
    places: Option<std::collections::BTreeSet<InterventionId>>,
    day: Date,
}

impl<'a> Wanted<'a> {
    fn read(view: &'a View, filter: CommitmentFilter, day: Date) -> Result<Self, Fault> {
        let models = &view.models;
        let (by, to) = (filter.by.clone(), filter.to.clone());
        let by = read(by, "filter.by")?.map(|id| models.actors.identities(id));
        let to = read(to, "filter.to")?.map(|id| models.actors.identities(id));
        let programme = read(filter.programme.clone(), "filter.programme")?;
        let within = read(filter.within.clone(), "filter.within")?;
        Ok(Self {
            view,
            text: filter.text.as_deref().map(folded),
            intervention: read(filter.intervention.clone(), "filter.intervention")?,
            by,
            to,
            programmes: programme.map(|id| models.programmes.subtree(id)),
            places: within.map(|territory| models.interventions.within(territory)),
            filter,
            day,
        })
    }

    fn holds(&self, it: &Commitment) -> bool {
        let lateness = || LatenessObject::of(it.lateness(self.day), self.day).state;
        self.by.as_ref().is_none_or(|all| all.contains(&it.by))
            && self.to.as_ref().is_none_or(|all| all.contains(&it.to))
            && self.filter.stage.is_none_or(|stage| it.stage == stage.0)
            && (!self.filter.late_only || it.lateness(self.day).is_late())
            && self.filter.lateness.is_none_or(|state| lateness() == state)
            && (!self.filter.evidence_waiting || it.waiting().next().is_some())
            && self.intervention.is_none_or(|id| it.intervention == Some(id))
            && self.programmes.as_ref().is_none_or(|all| self.is_part_of(it, all))
            && self
                .places
                .as_ref()
                .is_none_or(|all| it.intervention.is_some_and(|id| all.contains(&id)))
            && self.text.as_ref().is_none_or(|text| it.matches(text))
    }

    /// Whether a commitment, or the intervention that it is for, is part of one of `programmes`.
    fn is_part_of(&self, it: &Commitment, programmes: &[ProgrammeId]) -> bool {
        let through = || {
            let intervention = self.view.models.interventions.get(it.intervention?)?;
            intervention.programme
        };
        it.programme.or_else(through).is_some_and(|id| programmes.contains(&id))
    }
}

/// Questions about commitments.
#[Object]
impl CommitmentQuery {
    /// One commitment.
    async fn commitment(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Given<CommitmentId>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(
            desc = "The day that lateness is counted on; today, or the day of `asOf`, where \
                          it is left out."
        )]
        effective_on: Option<Given<Date>>,
    ) -> Result<Option<Seen<Commitment>>, Fault> {
        let id = must(&id, "id")?;
        let view = View::of(ctx, as_of, effective_on).await?;
        Ok(view.models.commitments.get(id).map(|it| view.see(it)))
    }

    /// The commitment board, in the order of their ids.
    #[graphql(complexity = "super::connection::cost(first, child_complexity)")]
    async fn commitments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them; all where it is left out.")] filter: Option<
            CommitmentFilter,
        >,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(
            desc = "The day that lateness is counted on; today, or the day of `asOf`, where \
                          it is left out."
        )]
        effective_on: Option<Given<Date>>,
    ) -> Result<Connection<Seen<Commitment>>, Fault> {
        let view = View::of(ctx, as_of, effective_on).await?;
        let page = Page::new(first, after)?;
        let wanted = Wanted::read(&view, filter.unwrap_or_default(), view.day(ctx))?;
        let all = view.models.commitments.iter().filter(|it| wanted.holds(it));
        page.keyed(all, |it| it.id, |it| view.see(it))
    }
}

impl Node for Seen<Commitment> {
    fn find(models: &Arc<projections::Models>, id: Uuid) -> Option<Self> {
        let view = View::live(Arc::clone(models));
        view.models.commitments.get(id.into()).map(|it| view.see(it))
    }
}

/// What a partner promised, and what became of it.
#[Object(name = "Commitment")]
impl Seen<Commitment> {
    /// Its id.
    async fn id(&self) -> Shown<CommitmentId> {
        Shown(self.it.id)
    }

    /// In short.
    async fn title(&self) -> Text {
        (&*self.it.title).into()
    }

    /// Who promises.
    async fn by(&self) -> Option<Seen<actors::Actor>> {
        self.view.actor(self.it.by)
    }

    /// To whom.
    async fn to(&self) -> Option<Seen<actors::Actor>> {
        self.view.actor(self.it.to)
    }

    /// What is promised.
    async fn pledge(&self) -> PledgeObject {
        (&*self.it.pledge).into()
    }

    /// How much is promised, in the pledge's unit; minor units for money.
    async fn pledged(&self) -> Shown<i64> {
        Shown(self.it.pledged())
    }

    /// How much is confirmed, in the pledge's unit; minor units for money.
    async fn fulfilled(&self) -> Shown<i64> {
        Shown(self.it.fulfilled)
    }

    /// How much is still owed, in the pledge's unit; minor units for money.
    async fn outstanding(&self) -> Shown<i64> {
        Shown(self.it.outstanding())
    }

    /// For which intervention.
    async fn intervention(&self) -> Option<Seen<interventions::Intervention>> {
        self.it.intervention.and_then(|id| self.view.intervention(id))
    }

    /// Within which programme: its own, else that of the intervention.
    async fn programme(&self) -> Option<Seen<programmes::Programme>> {
        let through = || {
            let intervention = self.it.intervention?;
            self.view.models.interventions.get(intervention)?.programme
        };
        self.it.programme.or_else(through).and_then(|id| self.view.programme(id))
    }

    /// How far it has come.
    async fn stage(&self) -> Choice<Stage> {
        Choice(self.it.stage)
    }

    /// Every step, the latest recorded last.
    async fn steps(&self) -> Vec<StepObject> {
        let steps = self.it.steps.iter().cloned();
        steps.map(|it| StepObject { view: self.view.clone(), it }).collect()
    }

    /// The last day to keep it.
    async fn due(&self) -> Option<Shown<Date>> {
        self.it.due.map(Shown)
    }

    /// The earliest date that is still to be met: its own, or that of a milestone.
    async fn next_due(&self) -> Option<Shown<Date>> {
        self.it.next_due().map(Shown)
    }

    /// How it stands against the calendar.
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn lateness(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "On that day; the day of the question where it is left out.")] on: Option<
            Given<Date>,
        >,
    ) -> Result<LatenessObject, Fault> {
        let day = read(on, "on")?.unwrap_or_else(|| self.view.day(ctx));
        Ok(LatenessObject::of(self.it.lateness(day), day))
    }

    /// Its milestones.
    async fn milestones(&self) -> Vec<MilestoneObject> {
        let milestones = self.it.milestones.iter().cloned();
        milestones.map(|it| MilestoneObject { view: self.view.clone(), it }).collect()
    }

    /// What was shown in proof.
    async fn evidence(
        &self,
        #[graphql(default, desc = "Only what waits for an answer.")] waiting_only: bool,
    ) -> Vec<EvidenceObject> {
        let all = self.it.evidence.iter();
        let wanted = all.filter(|it| !waiting_only || it.answer == Answer::Waiting).cloned();
        wanted.map(|it| EvidenceObject { view: self.view.clone(), it }).collect()
    }

    /// When it was offered.
    async fn offered(&self) -> StampObject {
        self.view.stamp(self.it.offered)
    }

    /// Every event that concerns it, in the order of recording.
    #[graphql(complexity = "super::connection::cost(first, child_complexity)")]
    async fn timeline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
    ) -> Result<Connection<EventObject>, Fault> {
        trail(ctx, &self.view, self.it.id.into(), first, after).await
    }
}

/// What is promised.
#[derive(Union)]
#[graphql(name = "Pledge")]
pub enum PledgeObject {
    /// Money.
    Financial(FinancialPledge),
    /// Things or the use of them.
    InKind(InKindPledge),
    /// Work.
    Human(HumanPledge),
}

/// A promise of money.
#[derive(SimpleObject)]
pub struct FinancialPledge {
    /// How much.
    amount: MoneyObject,
}

/// A promise of things or of the use of them.
#[derive(SimpleObject)]
pub struct InKindPledge {
    /// How many.
    quantity: Shown<Quantity>,
    /// Of which unit.
    unit: Shown<Name>,
    /// What it is worth, where somebody estimated it.
    estimate: Option<MoneyObject>,
}

/// A promise of work.
#[derive(SimpleObject)]
pub struct HumanPledge {
    /// How many days of one person.
    days: Shown<Quantity>,
}

impl From<&Pledge> for PledgeObject {
    fn from(pledge: &Pledge) -> Self {
        match pledge {
            Pledge::Financial { amount } => {
                Self::Financial(FinancialPledge { amount: (*amount).into() })
            }
            Pledge::InKind { quantity, unit, estimate } => Self::InKind(InKindPledge {
                quantity: Shown(*quantity),
                unit: Shown(unit.clone()),
                estimate: estimate.map(Into::into),
            }),
            Pledge::Human { days } => Self::Human(HumanPledge { days: Shown(*days) }),
        }
    }
}

/// One step of a commitment.
pub struct StepObject {
    view: View,
    it: Step,
}

/// One step of a commitment.
#[Object(name = "CommitmentStep")]
impl StepObject {
    /// What it became.
    async fn stage(&self) -> Choice<Stage> {
        Choice(self.it.stage)
    }

    /// Which side said so.
    async fn by(&self) -> Option<Seen<actors::Actor>> {
        self.it.by.and_then(|id| self.view.actor(id))
    }

    /// Why, where a reason was given.
    async fn reason(&self) -> Option<Text> {
        self.it.reason.as_deref().map(Into::into)
    }

    /// When.
    async fn said(&self) -> StampObject {
        self.view.stamp(self.it.stamp)
    }
}

/// A step with a day of its own.
pub struct MilestoneObject {
    view: View,
    it: Milestone,
}

/// A step with a day of its own.
#[Object(name = "Milestone")]
impl MilestoneObject {
    /// Its id.
    async fn id(&self) -> Shown<MilestoneId> {
        Shown(self.it.id)
    }

    /// In short.
    async fn title(&self) -> Text {
        (&*self.it.title).into()
    }

    /// The day it was first due.
    async fn first_due(&self) -> Shown<Date> {
        Shown(self.it.first_due)
    }

    /// The day it is due.
    async fn due(&self) -> Shown<Date> {
        Shown(self.it.due)
    }

    /// How many days its due date has moved; negative where it was brought forward.
    async fn slipped_days(&self) -> Shown<i64> {
        Shown(self.it.slipped_days())
    }

    /// When evidence for it was first confirmed.
    async fn reached(&self) -> Option<StampObject> {
        self.it.reached.map(|stamp| self.view.stamp(stamp))
    }

    /// How its due date moved.
    async fn reschedulings(&self) -> Vec<ReschedulingObject> {
        let all = self.it.reschedulings.iter();
        all.map(|it| ReschedulingObject {
            before: Shown(it.before),
            due: Shown(it.due),
            reason: (&*it.reason).into(),
            said: self.view.stamp(it.stamp),
        })
        .collect()
    }
}

/// A due date that moved.
#[derive(SimpleObject)]
#[graphql(name = "Rescheduling")]
pub struct ReschedulingObject {
    /// The due date before.
    before: Shown<Date>,
    /// The new one.
    due: Shown<Date>,
    /// Why.
    reason: Text,
    /// When it was decided.
    said: StampObject,
}

/// What became of a piece of evidence.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvidenceAnswer {
    /// Nobody has answered yet.
    Waiting,
    /// It proves something.
    Confirmed,
    /// It does not prove it.
    Rejected,
}

/// What a partner shows in proof.
pub struct EvidenceObject {
    view: View,
    it: Evidence,
}

/// What a partner shows in proof.
#[Object(name = "Evidence")]
impl EvidenceObject {
    /// Its id.
    async fn id(&self) -> Shown<EvidenceId> {
        Shown(self.it.id)
    }

    /// The id of the milestone that it is for.
    async fn milestone_id(&self) -> Option<Shown<MilestoneId>> {
        self.it.milestone.map(Shown)
    }

    /// The files.
    async fn documents(&self) -> Vec<Seen<documents::Document>> {
        self.view.documents(self.it.documents.iter().copied())
    }

    /// How much it is said to prove, in the pledge's unit.
    async fn claimed(&self) -> Shown<Quantity> {
        Shown(self.it.claimed)
    }

    /// In words.
    async fn note(&self) -> Option<Text> {
        self.it.note.as_deref().map(Into::into)
    }

    /// When it was shown.
    async fn submitted(&self) -> StampObject {
        self.view.stamp(self.it.submitted)
    }

    /// What became of it.
    async fn answer(&self) -> EvidenceAnswer {
        match self.it.answer {
            Answer::Waiting => EvidenceAnswer::Waiting,
            Answer::Confirmed { .. } => EvidenceAnswer::Confirmed,
            Answer::Rejected { .. } => EvidenceAnswer::Rejected,
        }
    }

    /// Who answered.
    async fn answered_by(&self) -> Option<Seen<actors::Actor>> {
        match self.it.answer {
            Answer::Waiting => None,
            Answer::Confirmed { by, .. } | Answer::Rejected { by, .. } => self.view.actor(by),
        }
    }

    /// When it was answered.
    async fn answered(&self) -> Option<StampObject> {
        match self.it.answer {
            Answer::Waiting => None,
            Answer::Confirmed { stamp, .. } | Answer::Rejected { stamp, .. } => {
                Some(self.view.stamp(stamp))
            }
        }
    }

    /// How much it proves, in the pledge's unit.
    async fn confirmed(&self) -> Option<Shown<Quantity>> {
        match self.it.answer {
            Answer::Confirmed { confirmed, .. } => Some(Shown(confirmed)),
            _ => None,
        }
    }

    /// Why it was rejected.
    async fn rejection_reason(&self) -> Option<Text> {
        match &self.it.answer {
            Answer::Rejected { reason, .. } => Some((&**reason).into()),
            _ => None,
        }
    }
}
