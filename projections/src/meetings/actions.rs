//! What somebody is to do because of a meeting, and whether it is late: a function of the action and
//! a day, never stored.
use std::sync::Arc;

use domain::ids::{ActionPointId, ActorId, BodyDecisionId, MeetingId};
use domain::text::{Note, Title};
use jiff::civil::Date;
use serde::Serialize;

use crate::commitments::{Lateness, Rescheduling};
use crate::stamp::Stamp;

/// How an action ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Closing {
    /// Whether it was done; it was given up otherwise.
    pub done: bool,
    /// What came of it.
    pub outcome: Option<Arc<Note>>,
    /// When, and who said so.
    pub stamp: Stamp,
}

/// What somebody is to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Action {
    /// Its id.
    pub id: ActionPointId,
    /// Because of which meeting.
    pub meeting: MeetingId,
    /// Because of which decision.
    pub decision: Option<BodyDecisionId>,
    /// Who.
    pub owner: ActorId,
    /// What.
    pub title: Title,
    /// The day it was first due.
    pub first_due: Date,
    /// The day it is due.
    pub due: Date,
    /// How the one became the other.
    pub reschedulings: Vec<Rescheduling>,
    /// How it ended, where it has.
    pub closed: Option<Closing>,
    /// When it was assigned.
    pub assigned: Stamp,
    /// Its titles, folded, for searching.
    #[serde(skip)]
    pub(super) folded: Arc<str>,
}

impl Action {
    /// Whether a title contains `text`, which is folded.
    pub fn matches(&self, text: &str) -> bool {
        self.folded.contains(text)
    }

    /// How many days its due date has moved; negative where it was brought forward.
    pub fn slipped_days(&self) -> i64 {
        i64::from(self.first_due.until(self.due).map_or(0, |span| span.get_days()))
    }

    /// How it had ended on `day`: not yet where that came later for certain.
    pub fn closed_on(&self, day: Date) -> Option<&Closing> {
        self.closed.as_ref().filter(|it| !it.stamp.effective.is_certainly_after(day))
    }

    /// Whether it is still to be done on `day`.
    pub fn is_open(&self, day: Date) -> bool {
        self.closed_on(day).is_none()
    }

    /// How it stands against the calendar on `day`.
    pub fn lateness(&self, day: Date) -> Lateness {
        match self.closed_on(day) {
            Some(closing) if closing.done => Lateness::Fulfilled,
            Some(_) => Lateness::NotExpected,
            None => Lateness::of(self.due, day),
        }
    }
}
