//! How far the works have come: steps and phases, and what comes back once they are done.
use async_graphql::SimpleObject;
use domain::effective::Effective;
use domain::intervention::Recurrence;
use projections::interventions::{Phase, RecurringEvent, Stage, Step};

use crate::graphql::enums::Choice;
use crate::graphql::scalars::Shown;
use crate::graphql::values::Text;
use crate::graphql::view::{RectificationObject, StampObject, View};

/// One step of an intervention.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct InterventionStep {
    /// What it became.
    stage: Choice<Stage>,
    /// Why, where a reason was given.
    reason: Option<Text>,
    /// When, and who said so.
    said: StampObject,
}

impl InterventionStep {
    pub(super) fn of(view: &View, it: &Step) -> Self {
        Self {
            stage: Choice(it.stage),
            reason: it.reason.as_deref().map(Into::into),
            said: view.stamp(it.stamp),
        }
    }
}

/// One phase of works.
#[derive(SimpleObject)]
#[graphql(serial, name = "Phase")]
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

impl PhaseObject {
    pub(super) fn of(view: &View, it: &Phase) -> Self {
        Self {
            number: it.number,
            title: it.title.as_ref().map(Into::into),
            started: Shown(it.started),
            completed: it.completed.map(Shown),
            said: view.stamp(it.stamp),
        }
    }
}

/// Something that comes back because of an intervention.
#[derive(SimpleObject)]
#[graphql(serial, name = "RecurringEvent")]
pub struct RecurringEventObject {
    /// Its number among all of its sort, from 1: what annulling it names.
    number: u16,
    /// What.
    title: Text,
    /// How often.
    recurrence: Choice<Recurrence>,
    /// Since when, and who said so.
    said: StampObject,
    /// That it was recorded by mistake, and why: it counts nowhere.
    annulment: Option<RectificationObject>,
}

impl RecurringEventObject {
    pub(super) fn of(view: &View, (number, it): (u16, &RecurringEvent)) -> Self {
        Self {
            number,
            title: (&it.title).into(),
            recurrence: Choice(it.recurrence),
            said: view.stamp(it.stamp),
            annulment: it.annulled.as_ref().map(|it| view.rectification(it)),
        }
    }
}
