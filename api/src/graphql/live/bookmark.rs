//! Where the reader of a stream stands, outside the answers.
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use domain::recorded::Position;

/// Where the reader of a stream stopped the last time, and what it was shown last. Clones share it.
#[derive(Clone, Default)]
pub struct Bookmark {
    resumed: Option<Position>,
    shown: Arc<AtomicU64>,
}

impl Bookmark {
    /// Of a reader that was shown everything up to `resumed`, where it names that.
    pub fn at(resumed: Option<Position>) -> Self {
        Self { resumed, shown: Arc::default() }
    }

    /// Where the reader stopped the last time.
    pub fn resumed(&self) -> Option<Position> {
        self.resumed
    }

    /// The event that the last answer shows; none before the first.
    pub fn shown(&self) -> Option<Position> {
        Some(Position(self.shown.load(Ordering::Acquire))).filter(|it| *it > Position::START)
    }

    /// The event at `position` is shown.
    pub(super) fn turn_to(&self, position: Position) {
        self.shown.store(position.0, Ordering::Release);
    }
}
