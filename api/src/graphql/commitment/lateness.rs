//! How a commitment stands against the calendar.
use async_graphql::{Enum, SimpleObject};
use jiff::civil::Date;
use projections::commitments::Lateness;

use crate::graphql::scalars::Shown;

/// How a commitment, or an action that a meeting assigned, stands against the calendar.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum LatenessState {
    /// Nobody waits for it: not accepted yet, declined, withdrawn, lapsed or given up.
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

/// How a commitment, or an action that a meeting assigned, stands against the calendar on a day.
#[derive(SimpleObject)]
#[graphql(serial, name = "Lateness")]
pub struct LatenessObject {
    /// How.
    pub state: LatenessState,
    /// The date that counts: the earliest that was missed, or the next one.
    due: Option<Shown<Date>>,
    /// Where it is late, since how many days; otherwise in how many days it is due.
    days: Option<Shown<i64>>,
    /// The day that this is said for.
    on: Shown<Date>,
}

impl LatenessObject {
    /// `lateness`, said for `on`.
    pub fn of(lateness: Lateness, on: Date) -> Self {
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
