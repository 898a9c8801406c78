//! Which events concern whom: the positions behind every timeline and audit trail.
use std::cmp::Ordering;
use std::fmt;
use std::str::FromStr;

use domain::recorded::{Fact, Position, Recorded};
use imbl::OrdMap;
use serde::{Serialize, Serializer};
use uuid::Uuid;

mod mentions;
mod trail;

use trail::Trail;

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
    CitizenInitiative,
    Deliberation,
    TerritorialPlan,
    ServiceUnit,
    CoordinationBody,
    Meeting,
    CapitalisationItem,
    TrainingCohort,
    AwarenessAction,
    MobilityMap,
    MobilityPlacement,
    Sourcing,
}

impl Kind {
    /// Every kind, in the order of [`Fact::AGGREGATES`].
    pub const ALL: [Self; 22] = [
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
        Self::CitizenInitiative,
        Self::Deliberation,
        Self::TerritorialPlan,
        Self::ServiceUnit,
        Self::CoordinationBody,
        Self::Meeting,
        Self::CapitalisationItem,
        Self::TrainingCohort,
        Self::AwarenessAction,
        Self::MobilityMap,
        Self::MobilityPlacement,
        Self::Sourcing,
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

/// `commitment/0190…`, as it is displayed.
impl FromStr for Subject {
    type Err = UnknownSubject;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (kind, id) = text.split_once('/').ok_or(UnknownSubject)?;
        let kind = Kind::of_stored(kind).ok_or(UnknownSubject)?;
        Ok(Self { kind, id: id.parse().map_err(|_| UnknownSubject)? })
    }
}

/// A text names no subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownSubject;

impl fmt::Display for UnknownSubject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "write TYPE/ID, where TYPE is one of {}", Fact::AGGREGATES.join(", "))
    }
}

impl std::error::Error for UnknownSubject {}

/// How many subjects of one event are remembered while it is noted.
const NOTED_MAX: usize = 8;

/// One thing that events speak of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Subject {
    /// What sort of thing.
    pub kind: Kind,
    /// Which one.
    pub id: Uuid,
}

/// By id, then by kind: two numbers compare faster than sixteen bytes.
impl Ord for Subject {
    fn cmp(&self, other: &Self) -> Ordering {
        let ids = self.id.as_u128().cmp(&other.id.as_u128());
        ids.then_with(|| self.kind.cmp(&other.kind))
    }
}

impl PartialOrd for Subject {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
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
    trails: OrdMap<Subject, Trail>,
    /// Each corrected or annulled event with the events that correct it.
    corrections: OrdMap<Position, Vec<Position>>,
}

impl Subjects {
    /// The positions that concern `subject`, in order.
    pub fn positions(&self, subject: Subject) -> Vec<Position> {
        self.page(subject, Position::START, usize::MAX)
    }

    /// How many events concern `subject`.
    pub fn count(&self, subject: Subject) -> usize {
        self.trails.get(&subject).map_or(0, |trail| trail.count as usize)
    }

    /// At most `limit` positions after `after` that concern `subject`, in order.
    pub fn page(&self, subject: Subject, after: Position, limit: usize) -> Vec<Position> {
        let mut found = self.trails.get(&subject).map(|it| it.after(after)).unwrap_or_default();
        found.truncate(limit);
        found
    }

    /// Every subject that an event after `after` concerns, in the order of their ids.
    pub fn since(&self, after: Position) -> impl Iterator<Item = Subject> + '_ {
        let later = self.trails.iter().filter(move |(_, trail)| trail.last() > Some(after));
        later.map(|(subject, _)| *subject)
    }

    /// The events that correct or annul the one at `position`.
    pub fn corrections(&self, position: Position) -> &[Position] {
        self.corrections.get(&position).map_or(&[], Vec::as_slice)
    }

    /// Notes under `subject`, too, the events at `positions`, which come in order and were recorded
    /// before it was known that they concern it.
    pub(crate) fn weave(&mut self, subject: Subject, positions: &[Position]) {
        if let Some(trail) = self.trails.get_mut(&subject) {
            trail.weave(positions);
        }
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
        // Most events name the same few subjects two or three times: one look-up for each is enough.
        let mut noted = [None; NOTED_MAX];
        let mut count = 0;
        let mut note = |subject: Subject| {
            if noted[..count].contains(&Some(subject)) {
                return;
            }
            if count < NOTED_MAX {
                noted[count] = Some(subject);
                count += 1;
            }
            // `entry` would walk the tree twice.
            if let Some(trail) = self.trails.get_mut(&subject) {
                trail.push(position);
            } else {
                self.trails.insert(subject, Trail::starting(position));
            }
        };
        mentions::each(recorded, &mut note);
        related.into_iter().for_each(note);
    }
}
