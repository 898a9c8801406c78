//! What somebody is to do because of a meeting.
use std::collections::BTreeSet;

use async_graphql::{Context, InputObject, Object, SimpleObject};
use domain::effective::Effective;
use domain::ids::{
    ActionPointId, ActorId, CoordinationBodyId, InterventionId, MeetingId, ProgrammeId,
};
use domain::text::folded;
use jiff::civil::Date;
use projections::meetings::{Action, Decision, Meeting};
use projections::{Models, actors};

use super::decision::{decided_on, is_part_of};
use crate::graphql::commitment::{LatenessObject, LatenessState, ReschedulingObject};
use crate::graphql::facts::{self, Facts};
use crate::graphql::fault::Fault;
use crate::graphql::list::List;
use crate::graphql::scalars::{Given, Shown};
use crate::graphql::values::Text;
use crate::graphql::view::{Seen, StampObject, Told, View, read};

/// Which actions are asked for; all of the conditions hold.
#[derive(InputObject, Clone, Debug, Default)]
pub struct ActionPointFilter {
    /// Those with a title that contains this, in any spelling.
    text: Option<String>,
    /// Those of this actor; a merger is followed.
    owner: Option<Given<ActorId>>,
    /// Those that a meeting of this coordination body assigned.
    body: Option<Given<CoordinationBodyId>>,
    /// Those that this meeting assigned.
    meeting: Option<Given<MeetingId>>,
    /// Those because of a decision on this programme, on one that is part of it, or on an
    /// intervention of them.
    programme: Option<Given<ProgrammeId>>,
    /// Those because of a decision on this intervention.
    intervention: Option<Given<InterventionId>>,
    /// Those that are due on this day or earlier.
    due_by: Option<Given<Date>>,
    /// Those that stand so against the calendar on the day of the question.
    lateness: Option<LatenessState>,
    /// Only those that are still to be done on the day of the question.
    #[graphql(default)]
    open_only: bool,
    /// Only those that are late on the day of the question.
    #[graphql(default)]
    late_only: bool,
}

/// A filter, read.
pub(super) struct WantedActions<'a> {
    view: &'a View,
    text: Option<String>,
    owners: Option<BTreeSet<ActorId>>,
    body: Option<CoordinationBodyId>,
    meeting: Option<MeetingId>,
    programmes: Option<Vec<ProgrammeId>>,
    intervention: Option<InterventionId>,
    due_by: Option<Date>,
    filter: ActionPointFilter,
    day: Date,
}

impl<'a> WantedActions<'a> {
    pub(super) fn read(
        view: &'a View,
        filter: ActionPointFilter,
        day: Date,
    ) -> Result<Self, Fault> {
        let owner = read(filter.owner.clone(), "filter.owner")?;
        let programme = read(filter.programme.clone(), "filter.programme")?;
        Ok(Self {
            view,
            text: filter.text.as_deref().map(folded),
            owners: owner.map(|id| view.models.actors.identities(id)),
            body: read(filter.body.clone(), "filter.body")?,
            meeting: read(filter.meeting.clone(), "filter.meeting")?,
            programmes: programme.map(|id| view.models.programmes.subtree(id)),
            intervention: read(filter.intervention.clone(), "filter.intervention")?,
            due_by: read(filter.due_by.clone(), "filter.dueBy")?,
            filter,
            day,
        })
    }

    pub(super) fn holds(&self, it: &Action) -> bool {
        let meetings = &self.view.models.meetings;
        let body = || meetings.get(it.meeting).map(|it| it.body);
        let decision = || it.decision.and_then(|id| meetings.decision(id));
        let lateness = || LatenessObject::of(it.lateness(self.day), self.day).state;
        self.owners.as_ref().is_none_or(|all| all.contains(&it.owner))
            && (!self.filter.open_only || it.is_open(self.day))
            && (!self.filter.late_only || it.lateness(self.day).is_late())
            && self.filter.lateness.is_none_or(|state| lateness() == state)
            && self.due_by.is_none_or(|last| it.due <= last)
            && self.meeting.is_none_or(|id| it.meeting == id)
            && self.body.is_none_or(|id| body() == Some(id))
            && self
                .intervention
                .is_none_or(|id| decision().is_some_and(|it| it.intervention == Some(id)))
            && self
                .programmes
                .as_ref()
                .is_none_or(|all| decision().is_some_and(|it| is_part_of(self.view, it, all)))
            && self.text.as_ref().is_none_or(|text| it.matches(text))
    }
}

impl Facts for Seen<Action> {
    /// The decision that it comes of, else the meeting.
    fn about<'a>(&'a self, models: &'a Models) -> Vec<&'a dyn Facts> {
        let decision = self.it.decision.and_then(|id| models.meetings.decision(id));
        match decision {
            Some(it) => decided_on(models, it),
            None => facts::subject(models, self.it.meeting.into()),
        }
    }

    fn date(&self) -> Option<Effective> {
        Some(Effective::Day(self.it.due))
    }

    fn standing(&self) -> Option<(usize, String)> {
        let (place, name) = match &self.it.closed {
            None => (0, "OPEN"),
            Some(it) if it.done => (1, "DONE"),
            Some(_) => (2, "GIVEN_UP"),
        };
        Some((place, name.to_owned()))
    }

    fn actors(&self, _: &Models) -> Vec<ActorId> {
        vec![self.it.owner]
    }
}

/// What somebody is to do because of a meeting.
#[Object(serial, name = "ActionPoint")]
impl Seen<Action> {
    /// Its id.
    async fn id(&self) -> Shown<ActionPointId> {
        Shown(self.it.id)
    }

    /// Because of which meeting.
    async fn meeting(&self) -> Told<Meeting> {
        self.view.meeting(self.it.meeting)
    }

    /// Because of which decision.
    async fn decision(&self) -> Told<Decision> {
        let decision = self.view.models.meetings.decision(self.it.decision?)?;
        self.view.tell(Some(decision))
    }

    /// Who.
    async fn owner(&self) -> Told<actors::Actor> {
        self.view.actor(self.it.owner)
    }

    /// What.
    async fn title(&self) -> Text {
        (&self.it.title).into()
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

    /// How its due date moved.
    #[graphql(complexity = "crate::graphql::connection::list_cost(child_complexity)")]
    async fn reschedulings(&self) -> List<ReschedulingObject> {
        self.it.reschedulings.iter().map(|it| ReschedulingObject::of(&self.view, it)).collect()
    }

    /// Whether it is still to be done on the day of the question.
    async fn open(&self, ctx: &Context<'_>) -> bool {
        self.it.is_open(self.view.day(ctx))
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

    /// How it ended, where it has.
    async fn closing(&self) -> Option<ClosingObject> {
        self.it.closed.as_ref().map(|it| ClosingObject {
            done: it.done,
            outcome: it.outcome.as_deref().map(Into::into),
            said: self.view.stamp(it.stamp),
        })
    }

    /// When it was assigned.
    async fn assigned(&self) -> StampObject {
        self.view.stamp(self.it.assigned)
    }
}

/// How an action ended.
#[derive(SimpleObject)]
#[graphql(serial, name = "ActionPointClosing")]
pub struct ClosingObject {
    /// Whether it was done; it was given up otherwise.
    done: bool,
    /// What came of it.
    outcome: Option<Text>,
    /// When, and who said so.
    said: StampObject,
}
