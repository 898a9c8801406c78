//! Lateness: a function of a commitment and a day, never stored.
use jiff::civil::Date;
use serde::Serialize;

use super::{Commitment, Stage, days_between};

/// How many days before its due date a commitment is due soon.
pub const DUE_SOON_DAYS: i64 = 30;

/// How a commitment, or an action that a meeting assigned, stands against the calendar on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(tag = "lateness", rename_all = "snake_case")]
pub enum Lateness {
    /// Nobody waits for it: not accepted yet, declined, withdrawn, lapsed, given up or annulled.
    NotExpected,
    /// All of it was kept.
    Fulfilled,
    /// Nobody said until when.
    Undated,
    /// It is due in more than [`DUE_SOON_DAYS`] days.
    NotDue {
        /// When.
        due: Date,
        /// In how many days.
        days: i64,
    },
    /// It is due within [`DUE_SOON_DAYS`] days, today included.
    DueSoon {
        /// When.
        due: Date,
        /// In how many days.
        days: i64,
    },
    /// Its due date, or that of a milestone, has passed.
    Late {
        /// When it was due: the earliest date that was missed.
        due: Date,
        /// Since how many days.
        days: i64,
    },
}

impl Lateness {
    /// Whether a date has passed.
    pub fn is_late(self) -> bool {
        matches!(self, Self::Late { .. })
    }

    /// How what is due on `due` stands on `day`.
    pub(crate) fn of(due: Date, day: Date) -> Self {
        match days_between(day, due) {
            days if days < 0 => Self::Late { due, days: -days },
            days if days <= DUE_SOON_DAYS => Self::DueSoon { due, days },
            days => Self::NotDue { due, days },
        }
    }
}

impl Commitment {
    /// How it stands against the calendar on `day`. A dispute stops no clock.
    pub fn lateness(&self, day: Date) -> Lateness {
        if self.annulled.is_some() {
            return Lateness::NotExpected;
        }
        let stage = match self.stage {
            Stage::Disputed => self.before_dispute,
            stage => stage,
        };
        match stage {
            Stage::Offered
            | Stage::Declined
            | Stage::Withdrawn
            | Stage::Lapsed
            | Stage::Disputed => Lateness::NotExpected,
            Stage::Fulfilled => Lateness::Fulfilled,
            Stage::Accepted | Stage::Active | Stage::PartFulfilled => {
                self.next_due().map_or(Lateness::Undated, |due| Lateness::of(due, day))
            }
        }
    }

    /// The earliest date that is still to be met: its own, or that of a milestone not reached.
    pub fn next_due(&self) -> Option<Date> {
        let open = self.milestones.iter().filter(|it| it.reached.is_none());
        open.map(|it| it.due).chain(self.due).min()
    }
}
