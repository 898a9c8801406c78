//! The steps of a commitment, and the days that it is to be kept by.
use async_graphql::{Object, SimpleObject};
use domain::ids::MilestoneId;
use jiff::civil::Date;
use projections::actors;
use projections::commitments::{Milestone, Rescheduling, Stage, Step};

use crate::graphql::enums::Choice;
use crate::graphql::list::List;
use crate::graphql::scalars::Shown;
use crate::graphql::values::Text;
use crate::graphql::view::{StampObject, Told, View};

/// One step of a commitment.
pub struct StepObject {
    pub(super) view: View,
    pub(super) it: Step,
}

/// One step of a commitment.
#[Object(serial, name = "CommitmentStep")]
impl StepObject {
    /// What it became.
    async fn stage(&self) -> Choice<Stage> {
        Choice(self.it.stage)
    }

    /// Which side said so.
    async fn by(&self) -> Told<actors::Actor> {
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
    pub(super) view: View,
    pub(super) it: Milestone,
}

/// A step with a day of its own.
#[Object(serial, name = "Milestone")]
impl MilestoneObject {
    /// Its id.
    async fn id(&self) -> Shown<MilestoneId> {
        Shown(self.it.id)
    }

    /// In short.
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

    /// When evidence for it was first confirmed.
    async fn reached(&self) -> Option<StampObject> {
        self.it.reached.map(|stamp| self.view.stamp(stamp))
    }

    /// How its due date moved.
    #[graphql(complexity = "crate::graphql::connection::list_cost(child_complexity)")]
    async fn reschedulings(&self) -> List<ReschedulingObject> {
        self.it.reschedulings.iter().map(|it| ReschedulingObject::of(&self.view, it)).collect()
    }
}

/// A due date that moved.
#[derive(SimpleObject)]
#[graphql(serial, name = "Rescheduling")]
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

impl ReschedulingObject {
    /// `it`, seen in `view`.
    pub fn of(view: &View, it: &Rescheduling) -> Self {
        Self {
            before: Shown(it.before),
            due: Shown(it.due),
            reason: (&*it.reason).into(),
            said: view.stamp(it.stamp),
        }
    }
}
