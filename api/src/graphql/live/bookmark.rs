//! Where the reader of a stream stands, outside the answers.
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use domain::recorded::Position;

/// Where the reader of a stream stopped the last time, and what it was shown last. Clones share it.
#[derive(Clone)]
pub struct Bookmark {
    resumed: Option<Position>,
    opened: Position,
    shown: Arc<AtomicU64>,
}

impl Bookmark {
    /// Of a reader that was shown everything up to `resumed`, where it names that, and comes when the
    /// models stand at `opened`.
    pub fn new(resumed: Option<Position>, opened: Position) -> Self {
        Self { resumed, opened, shown: Arc::default() }
    }

    /// Where the stream begins: where the reader stopped the last time, else after `asked`, else with
    /// what is recorded next.
    pub(super) fn beginning(&self, asked: Option<Position>) -> Position {
        self.resumed.or(asked).unwrap_or(self.opened)
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
