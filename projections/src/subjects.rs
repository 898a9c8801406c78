//! Which events concern whom: the positions behind every timeline and audit trail.
use std::fmt;

use domain::recorded::{Fact, Position, Recorded};
use imbl::{OrdMap, Vector};
use serde::{Serialize, Serializer};
use uuid::Uuid;

mod mentions;

/// A sort of thing that a trail can be asked for: one for each aggregate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each variant is named after its aggregate")]
pub enum Kind {
    Ledger,
    Actor,
    PolicyFramework,
    Programme,
    Indicator,
    Intervention,
    FundingCall,
    FundingRequest,
    Commitment,
    Document,
}

impl Kind {
    /// Every kind, in the order of [`Fact::AGGREGATES`].
    pub const ALL: [Self; 10] = [
        Self::Ledger,
        Self::Actor,
        Self::PolicyFramework,
        Self::Programme,
        Self::Indicator,
        Self::Intervention,
        Self::FundingCall,
        Self::FundingRequest,
        Self::Commitment,
        Self::Document,
    ];

    /// The aggregate's stored type.
    pub fn stored(self) -> &'static str {
        Fact::AGGREGATES.get(self as usize).copied().unwrap_or_default()
    }

    /// The kind with this stored type.
    pub fn of_stored(stored: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.stored() == stored)
    }
}

/// One thing that events speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Subject {
    /// What sort of thing.
    pub kind: Kind,
    /// Which one.
    pub id: Uuid,
}

/// `commitment/0190…`: the stored type and the id.
impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind.stored(), self.id)
    }
}

impl Serialize for Subject {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

/// The positions that concern each subject: its own stream, and whatever else mentions it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Subjects {
    positions: OrdMap<Subject, Vector<Position>>,
    /// Each corrected or annulled event with the events that correct it.
    corrections: OrdMap<Position, Vec<Position>>,
}

impl Subjects {
    /// The positions that concern `subject`, in order.
    pub fn positions(&self, subject: Subject) -> impl DoubleEndedIterator<Item = Position> + '_ {
        self.positions.get(&subject).into_iter().flatten().copied()
    }

    /// How many events concern `subject`.
    pub fn count(&self, subject: Subject) -> usize {
        self.positions.get(&subject).map_or(0, Vector::len)
    }

    /// At most `limit` positions after `after` that concern `subject`, in order.
    pub fn page(&self, subject: Subject, after: Position, limit: usize) -> Vec<Position> {
        let Some(positions) = self.positions.get(&subject) else {
            return Vec::new();
        };
        let start = match positions.binary_search(&after) {
            Ok(found) => found + 1,
            Err(place) => place,
        };
        positions.iter().skip(start).take(limit).copied().collect()
    }

    /// The events that correct or annul the one at `position`.
    pub fn corrections(&self, position: Position) -> &[Position] {
        self.corrections.get(&position).map_or(&[], Vec::as_slice)
    }

    /// Notes `recorded` under its own stream, under what it mentions and under `related`: what its
    /// aggregate belongs to.
    pub(crate) fn apply(
        &mut self,
        recorded: &Recorded,
        related: impl IntoIterator<Item = Subject>,
    ) {
        let position = recorded.position;
        if let Some(corrected) = recorded.provenance.corrects {
            self.corrections.entry(corrected).or_default().push(position);
        }
        mentions::each(recorded, &mut |subject| self.note(subject, position));
        for subject in related {
            self.note(subject, position);
        }
    }

    fn note(&mut self, subject: Subject, position: Position) {
        let positions = self.positions.entry(subject).or_default();
        if positions.last() != Some(&position) {
            positions.push_back(position);
        }
    }
}
