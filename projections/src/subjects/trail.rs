//! The positions of one subject, in order: a list that only grows, of which copies share all but the
//! newest part.
use std::sync::Arc;

use domain::recorded::Position;
use serde::{Serialize, Serializer};

/// How many positions a part holds: what is copied where a shared trail grows, and what lies beside
/// its subject, one look away.
const PART_POSITIONS: usize = 8;

/// The newest part, and the full ones before it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Trail {
    newest: [Position; PART_POSITIONS],
    before: Option<Arc<Part>>,
    pub(super) count: u32,
}

#[derive(Debug, PartialEq, Eq)]
struct Part {
    positions: [Position; PART_POSITIONS],
    before: Option<Arc<Self>>,
}

/// A long list of parts is let go of one by one, not by as many calls within each other.
impl Drop for Part {
    fn drop(&mut self) {
        let mut next = self.before.take();
        while let Some(mut part) = next.and_then(Arc::into_inner) {
            next = part.before.take();
        }
    }
}

impl Trail {
    /// `position` alone.
    pub(super) fn starting(position: Position) -> Self {
        let mut trail = Self::default();
        trail.push(position);
        trail
    }

    /// Adds `position`, which follows all others or is the last of them: an event that names many
    /// subjects may be noted twice under one.
    pub(super) fn push(&mut self, position: Position) {
        if self.last() == Some(position) {
            return;
        }
        let filled = self.newest().len();
        if filled == PART_POSITIONS {
            let before = self.before.take();
            self.before = Some(Arc::new(Part { positions: self.newest, before }));
        }
        self.newest[filled % PART_POSITIONS] = position;
        self.count += 1;
    }

    fn newest(&self) -> &[Position] {
        let filled = match self.count as usize % PART_POSITIONS {
            0 if self.count > 0 => PART_POSITIONS,
            filled => filled,
        };
        &self.newest[..filled]
    }

    /// Adds `positions`, which come in order, wherever their places are.
    pub(super) fn weave(&mut self, positions: &[Position]) {
        let mut all = self.after(Position::START);
        let missing = positions.iter().filter(|it| all.binary_search(it).is_err());
        let missing: Vec<_> = missing.copied().collect();
        if missing.is_empty() {
            return;
        }
        all.extend(missing);
        all.sort_unstable();
        *self = Self::default();
        for position in all {
            self.push(position);
        }
    }

    /// The last position.
    pub(super) fn last(&self) -> Option<Position> {
        self.newest().last().copied()
    }

    /// The positions after `after`, in order.
    pub(super) fn after(&self, after: Position) -> Vec<Position> {
        let mut parts = vec![self.newest()];
        let mut next = &self.before;
        while let Some(part) = next {
            let [.., last] = part.positions;
            if last <= after {
                break;
            }
            parts.push(&part.positions);
            next = &part.before;
        }
        let all = parts.into_iter().rev().flat_map(|part| part.iter().copied());
        all.filter(|position| *position > after).collect()
    }
}

impl Serialize for Trail {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_seq(self.after(Position::START))
    }
}
