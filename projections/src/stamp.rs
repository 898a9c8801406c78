//! Where a fact stands in the ledger and in the world.
use std::sync::Arc;

use domain::effective::Effective;
use domain::ids::ActorId;
use domain::recorded::{Position, Recorded, Source};
use domain::text::Note;
use jiff::Timestamp;
use serde::Serialize;

/// When the ledger learned something, and when it was true.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Stamp {
    /// The event that says it.
    pub position: Position,
    /// When the ledger wrote that event.
    pub recorded_at: Timestamp,
    /// When it was true in the world.
    pub effective: Effective,
    /// For whom somebody said it.
    pub by: Option<ActorId>,
}

impl Stamp {
    /// The stamp of `recorded`.
    pub fn of(recorded: &Recorded) -> Self {
        Self {
            position: recorded.position,
            recorded_at: recorded.recorded_at,
            effective: recorded.provenance.effective,
            by: recorded.provenance.actor,
        }
    }

    /// The same, true at `effective`: for events that carry a date of their own.
    pub fn on(recorded: &Recorded, effective: Effective) -> Self {
        Self { effective, ..Self::of(recorded) }
    }
}

/// Why and when something was corrected or annulled. What it was before stays in its timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rectification {
    /// Why.
    pub reason: Arc<Note>,
    /// The event that it corrects or annuls.
    pub corrects: Option<Position>,
    /// When, and who said so.
    pub stamp: Stamp,
}

impl Rectification {
    /// What `recorded` rectifies, because of `reason`.
    pub(crate) fn of(recorded: &Recorded, reason: &Note) -> Self {
        let corrects = recorded.provenance.corrects;
        Self { reason: Arc::new(reason.clone()), corrects, stamp: Stamp::of(recorded) }
    }
}

/// Where `recorded` was read.
pub(crate) fn source(recorded: &Recorded) -> Option<Arc<Source>> {
    recorded.provenance.source.clone().map(Arc::new)
}
