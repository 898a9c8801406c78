//! The commitment board.
use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use domain::ids::CommitmentId;
use jiff::civil::Date;
use projections::commitments::{Answer, Commitment, Stage};
use projections::{actors, interventions, programmes};
use uuid::Uuid;

use super::connection::{Connection, Page};
use super::correction::CorrectionObject;
use super::enums::Choice;
use super::event::{EventObject, trail};
use super::fault::Fault;
use super::lineage::LineageObject;
use super::list::List;
use super::node::global;
use super::noun::{Listing, Order, Sieve};
use super::payload::Node;
use super::scalars::{Given, Shown};
use super::values::{AsOf, Text};
use super::view::{RectificationObject, Seen, StampObject, Told, View, must, read};

mod evidence;
mod filter;
mod lateness;
mod milestone;
mod pledge;

pub(super) use filter::{CommitmentFilter, Wanted};
pub use lateness::{LatenessObject, LatenessState};
pub use milestone::ReschedulingObject;

use evidence::EvidenceObject;
use milestone::{MilestoneObject, StepObject};
use pledge::PledgeObject;

/// Questions about commitments.
#[derive(Default)]
pub struct CommitmentQuery;

/// Questions about commitments.
#[Object(serial)]
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
    ) -> Result<Told<Commitment>, Fault> {
        let id = must(&id, "id")?;
        let view = View::of(ctx, as_of, effective_on).await?;
        Ok(view.tell(view.models.commitments.get(id)))
    }

    /// The commitment board, in the order of their ids.
    #[graphql(complexity = "super::connection::cost(first.or(last), child_complexity)")]
    async fn commitments(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them; all where it is left out.")] filter: Option<
            CommitmentFilter,
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
        #[graphql(
            desc = "The day that lateness is counted on; today, or the day of `asOf`, where \
                          it is left out."
        )]
        effective_on: Option<Given<Date>>,
    ) -> Result<Listing<Commitment>, Fault> {
        let view = View::of(ctx, as_of, effective_on).await?;
        let page = Page::read((first, after), (last, before))?;
        let day = view.day(ctx);
        let wanted = Sieve::read(filter, |it| {
            let wanted = Wanted::read(&view, it, day)?;
            Ok(move |it: &Commitment| wanted.holds(it))
        })?;
        let all = |ids| view.models.commitments.between(ids).filter(|it| wanted.holds(it.as_ref()));
        Listing::between(ctx, &view, (page, order_by), all)
    }
}

impl Node for Seen<Commitment> {
    fn find(models: &Arc<projections::Models>, id: Uuid) -> Option<Self> {
        let view = View::live(Arc::clone(models));
        view.models.commitments.get(id.into()).map(|it| view.see(it))
    }
}

/// What a partner promised, and what became of it.
#[Object(serial, name = "Commitment")]
impl Seen<Commitment> {
    /// Its id.
    pub async fn id(&self) -> ID {
        global(self.it.id)
    }

    /// In short.
    async fn title(&self) -> Text {
        (&self.it.title).into()
    }

    /// Who promises.
    async fn by(&self) -> Told<actors::Actor> {
        self.view.actor(self.it.by)
    }

    /// To whom.
    async fn to(&self) -> Told<actors::Actor> {
        self.view.actor(self.it.to)
    }

    /// What is promised.
    async fn pledge(&self) -> PledgeObject {
        (&self.it.pledge).into()
    }

    /// Where its numbers come from.
    async fn lineage(&self) -> LineageObject {
        LineageObject::own(&self.view, self.it.id)
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
    async fn intervention(&self) -> Told<interventions::Intervention> {
        self.it.intervention.and_then(|id| self.view.intervention(id))
    }

    /// Within which programme: its own, else that of the intervention.
    async fn programme(&self) -> Told<programmes::Programme> {
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
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn steps(&self) -> List<StepObject> {
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
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn milestones(&self) -> List<MilestoneObject> {
        let milestones = self.it.milestones.iter().cloned();
        milestones.map(|it| MilestoneObject { view: self.view.clone(), it }).collect()
    }

    /// What was shown in proof.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn evidence(
        &self,
        #[graphql(default, desc = "Only what waits for an answer.")] waiting_only: bool,
    ) -> List<EvidenceObject> {
        let all = self.it.evidence.iter();
        let wanted = all.filter(|it| !waiting_only || it.answer == Answer::Waiting).cloned();
        wanted.map(|it| EvidenceObject { view: self.view.clone(), it }).collect()
    }

    /// When it was offered.
    async fn offered(&self) -> StampObject {
        self.view.stamp(self.it.offered)
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
