//! The right of somebody to act for an actor.
use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::ids::UserId;
use crate::permission::Power;

/// The right of somebody to act for an actor, as it was granted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mandate {
    /// Who may act.
    pub holder: UserId,
    /// For what.
    pub powers: BTreeSet<Power>,
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub until: Option<Date>,
    /// Taken back.
    pub revoked: bool,
}

impl Mandate {
    /// Whether it binds the actor on the day `on`; its first and last days are included.
    pub fn is_in_force(&self, on: Date) -> bool {
        !self.revoked && self.from <= on && self.until.is_none_or(|last| on <= last)
    }
}
