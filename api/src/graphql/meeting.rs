//! Meetings of coordination bodies: what they decided, and who does what by when.
use std::sync::Arc;

use async_graphql::{Context, ID, Object, SimpleObject};
use domain::effective::Effective;
use domain::ids::{ActionPointId, BodyDecisionId, MeetingId};
use jiff::civil::Date;
use projections::meetings::{Action, Decision, Meeting, Stage, Step};
use projections::{actors, bodies, documents};
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
use super::values::{AsOf, Text};
use super::view::{RectificationObject, Seen, StampObject, Told, View, must};

mod action;
mod decision;
mod filter;

use action::{ActionPointFilter, WantedActions};
use decision::{BodyDecisionFilter, WantedDecisions};
use filter::{MeetingFilter, Wanted};

/// Questions about meetings.
#[derive(Default)]
pub struct MeetingQuery;

/// Questions about meetings.
#[Object(serial)]
impl MeetingQuery {
    /// One meeting: an annulled one too.
    async fn meeting(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Given<MeetingId>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(
            desc = "The day that lateness is counted on; today, or the day of `asOf`, where \
                          it is left out."
        )]
        effective_on: Option<Given<Date>>,
    ) -> Result<Told<Meeting>, Fault> {
        let id = must(&id, "id")?;
        Ok(View::of(ctx, as_of, effective_on).await?.meeting(id))
    }

    /// The meetings, in the order of their ids.
    #[graphql(complexity = "super::connection::cost(first.or(last), child_complexity)")]
    async fn meetings(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them; all where it is left out.")] filter: Option<MeetingFilter>,
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
    ) -> Result<Listing<Meeting>, Fault> {
        let view = View::of(ctx, as_of, effective_on).await?;
        let page = Page::read((first, after), (last, before))?;
        let wanted = Sieve::read(filter, |it| {
            let wanted = Wanted::read(&view, it)?;
            Ok(move |it: &Meeting| wanted.holds(it))
        })?;
        let all = |ids| view.models.meetings.between(ids).filter(|it| wanted.holds(it.as_ref()));
        Listing::between(ctx, &view, (page, order_by), all)
    }

    /// One decision of a coordination body: one of an annulled meeting too.
    async fn body_decision(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Given<BodyDecisionId>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
    ) -> Result<Told<Decision>, Fault> {
        let id = must(&id, "id")?;
        let view = View::of(ctx, as_of, None).await?;
        Ok(view.tell(view.models.meetings.decision(id)))
    }

    /// What coordination bodies decided, in the order of their ids.
    #[graphql(complexity = "super::connection::cost(first.or(last), child_complexity)")]
    async fn body_decisions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them; all where it is left out.")] filter: Option<
            BodyDecisionFilter,
        >,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many of the last, from 1 to 100, instead of `first`.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Before the entry with this cursor.")] before: Option<String>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(
            desc = "The day that lateness is counted on; today, or the day of `asOf`, where \
                          it is left out."
        )]
        effective_on: Option<Given<Date>>,
    ) -> Result<Connection<Seen<Decision>>, Fault> {
        let view = View::of(ctx, as_of, effective_on).await?;
        let page = Page::read((first, after), (last, before))?;
        let wanted = WantedDecisions::read(&view, filter.unwrap_or_default())?;
        let all = view.models.meetings.decisions().filter(|it| wanted.holds(it));
        page.keyed(ctx, &view, all, |it| it.id, |it| view.see(it))
    }

    /// One action: one of an annulled meeting too.
    async fn action_point(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Given<ActionPointId>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(
            desc = "The day that lateness is counted on; today, or the day of `asOf`, where \
                          it is left out."
        )]
        effective_on: Option<Given<Date>>,
    ) -> Result<Told<Action>, Fault> {
        let id = must(&id, "id")?;
        let view = View::of(ctx, as_of, effective_on).await?;
        Ok(view.tell(view.models.meetings.action(id)))
    }

    /// What somebody is to do because of a meeting, in the order of their ids.
    #[graphql(complexity = "super::connection::cost(first.or(last), child_complexity)")]
    async fn action_points(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which of them; all where it is left out.")] filter: Option<
            ActionPointFilter,
        >,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many of the last, from 1 to 100, instead of `first`.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Before the entry with this cursor.")] before: Option<String>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(
            desc = "The day that lateness is counted on; today, or the day of `asOf`, where \
                          it is left out."
        )]
        effective_on: Option<Given<Date>>,
    ) -> Result<Connection<Seen<Action>>, Fault> {
        let view = View::of(ctx, as_of, effective_on).await?;
        let page = Page::read((first, after), (last, before))?;
        let wanted = WantedActions::read(&view, filter.unwrap_or_default(), view.day(ctx))?;
        let all = view.models.meetings.actions().filter(|it| wanted.holds(it));
        page.keyed(ctx, &view, all, |it| it.id, |it| view.see(it))
    }
}

impl View {
    /// The meeting, where it is known.
    pub fn meeting(&self, id: MeetingId) -> Told<Meeting> {
        self.tell(self.models.meetings.get(id))
    }
}

impl Node for Seen<Meeting> {
    fn find(models: &Arc<projections::Models>, id: Uuid) -> Option<Self> {
        View::live(Arc::clone(models)).meeting(id.into()).map(|it| it.0)
    }
}

/// A meeting of a coordination body.
#[Object(serial, name = "Meeting")]
impl Seen<Meeting> {
    /// Its id.
    pub async fn id(&self) -> ID {
        global(self.it.id)
    }

    /// Of which body.
    async fn body(&self) -> Told<bodies::Body> {
        self.view.body(self.it.body)
    }

    /// What for.
    async fn title(&self) -> Text {
        (&self.it.title).into()
    }

    /// What for, in some sentences.
    async fn agenda(&self) -> Option<Text> {
        self.it.agenda.as_deref().map(Into::into)
    }

    /// When it is to meet, or met.
    async fn on(&self) -> Shown<Effective> {
        Shown(self.it.on)
    }

    /// Who was there: bodies, never persons.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn attending(&self) -> List<Seen<actors::Actor>> {
        self.view.actors(self.it.attending.iter().copied())
    }

    /// How far it has come.
    async fn stage(&self) -> Choice<Stage> {
        Choice(self.it.stage)
    }

    /// Every step, the latest recorded last.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn steps(&self) -> List<MeetingStep> {
        let step = |it: &Step| MeetingStep {
            stage: Choice(it.stage),
            reason: it.reason.as_deref().map(Into::into),
            said: self.view.stamp(it.stamp),
        };
        self.it.steps.iter().map(step).collect()
    }

    /// What was decided, in the order of recording.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn decisions(&self) -> List<Seen<Decision>> {
        let all = self.view.models.meetings.decisions_of(&self.it);
        all.map(|it| self.view.see(it)).collect()
    }

    /// Who is to do what by when, in the order of recording.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn actions(&self) -> List<Seen<Action>> {
        let all = self.view.models.meetings.actions_of(&self.it);
        all.map(|it| self.view.see(it)).collect()
    }

    /// The minutes, where they are a document.
    async fn minutes(&self) -> Told<documents::Document> {
        self.it.minutes.and_then(|id| self.view.document(id))
    }

    /// When it was convened.
    async fn convened(&self) -> StampObject {
        self.view.stamp(self.it.convened)
    }

    /// What was set right.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn corrections(&self) -> List<RectificationObject> {
        self.it.corrections.iter().map(|it| self.view.rectification(it)).collect()
    }

    /// Why it counts nowhere, where it was recorded by mistake.
    async fn annulment(&self) -> Option<RectificationObject> {
        self.it.annulled.as_ref().map(|it| self.view.rectification(it))
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

/// One step of a meeting.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct MeetingStep {
    /// What it became.
    stage: Choice<Stage>,
    /// Why, where a reason was given.
    reason: Option<Text>,
    /// When, and who said so.
    said: StampObject,
}
