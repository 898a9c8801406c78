//! Where things were read, and what sources disagree about.
use std::sync::Arc;

use domain::ids::{ActorId, ClaimId, ConflictId, SourcingId};
use domain::recorded::{Position, Recorded, Source};
use domain::sourcing::{Claim, Event, SubjectRef, Topic};
use domain::text::{Note, Title};
use imbl::OrdMap;
use serde::Serialize;

use crate::index::Index;
use crate::stamp::Stamp;
use crate::subjects::{Kind, Subject};
use crate::walk::walk;

mod disagreement;

pub use disagreement::{Disagreement, Said, Verdict, Wording};

/// A source that was named after the fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Attribution {
    /// For which event.
    pub event: Position,
    /// Where it was read.
    pub source: Arc<Source>,
    /// Why that is known only later.
    pub reason: Option<Arc<Note>>,
    /// Who said so, and when.
    pub stamp: Stamp,
}

/// What one source says in a disagreement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Claimed {
    /// Its id.
    pub id: ClaimId,
    /// What it says.
    pub value: Title,
    /// Where.
    pub source: Arc<Source>,
    /// Who reported it, and when.
    pub stamp: Stamp,
}

/// What somebody decided to hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Settled {
    /// Who.
    pub by: ActorId,
    /// The claim that holds.
    pub claim: Option<ClaimId>,
    /// What holds instead of the claims.
    pub value: Option<Title>,
    /// Why.
    pub reason: Arc<Note>,
    /// When, and for whom.
    pub stamp: Stamp,
}

/// A disagreement of sources about one subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Conflict {
    /// Its id.
    pub id: ConflictId,
    /// The stream that it belongs to.
    pub sourcing: SourcingId,
    /// About what.
    pub subject: Subject,
    /// What about it.
    pub topic: Topic,
    /// What each source says, in the order of recording.
    pub claims: Vec<Claimed>,
    /// In words.
    pub note: Option<Arc<Note>>,
    /// Every settlement, the latest last.
    pub settlements: Vec<Settled>,
    /// Whether nobody has settled it since the last claim.
    pub open: bool,
    /// When it was recorded, or opened again by a later claim.
    pub since: Stamp,
    /// When it was recorded.
    pub recorded: Stamp,
}

/// What is known of the sources on one subject.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Sourcing {
    /// Its id.
    pub id: SourcingId,
    /// On what.
    pub subject: Subject,
    /// The sources that were named after the fact, in the order of recording.
    pub attributions: Vec<Attribution>,
}

/// Where things were read, and what sources disagree about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sourcings {
    by_id: OrdMap<SourcingId, Arc<Sourcing>>,
    streams: OrdMap<Subject, SourcingId>,
    by_event: OrdMap<Position, Vec<Attribution>>,
    conflicts: OrdMap<ConflictId, Arc<Conflict>>,
    by_subject: Index<Subject, ConflictId>,
}

impl Sourcings {
    /// What is known of the sources on one subject.
    pub fn get(&self, id: SourcingId) -> Option<&Arc<Sourcing>> {
        self.by_id.get(&id)
    }

    /// The stream about `subject`.
    pub fn stream_about(&self, subject: Subject) -> Option<SourcingId> {
        self.streams.get(&subject).copied()
    }

    /// The sources that were named for the event at `position` after the fact.
    pub fn attributed(&self, position: Position) -> &[Attribution] {
        self.by_event.get(&position).map_or(&[], Vec::as_slice)
    }

    /// The disagreement.
    pub fn conflict(&self, id: ConflictId) -> Option<&Arc<Conflict>> {
        self.conflicts.get(&id)
    }

    /// Every disagreement by its id, those of programmes' own claims left out.
    pub fn conflicts(&self) -> impl Iterator<Item = &Arc<Conflict>> {
        walk(self.conflicts.values())
    }

    /// The disagreements about `subject`.
    pub fn conflicts_about(&self, subject: Subject) -> impl Iterator<Item = &Arc<Conflict>> {
        self.by_subject.of(subject).filter_map(|id| self.conflicts.get(&id))
    }

    pub(crate) fn apply(&mut self, id: SourcingId, event: &Event, recorded: &Recorded) {
        let stamp = Stamp::of(recorded);
        match event {
            Event::Attributed { subject, event, source, reason } => {
                let attribution = Attribution {
                    event: *event,
                    source: Arc::new(source.clone()),
                    reason: reason.clone().map(Arc::new),
                    stamp,
                };
                self.by_event.entry(*event).or_default().push(attribution.clone());
                if let Some(sourcing) = self.begun(id, subject) {
                    sourcing.attributions.push(attribution);
                }
            }
            Event::ConflictRecorded { subject, conflict, topic, claims, note } => {
                let Some(about) = self.begun(id, subject).map(|it| it.subject) else {
                    return;
                };
                let recorded = Conflict {
                    id: *conflict,
                    sourcing: id,
                    subject: about,
                    topic: *topic,
                    claims: claims.iter().map(|it| Claimed::of(it, stamp)).collect(),
                    note: note.clone().map(Arc::new),
                    settlements: Vec::new(),
                    open: true,
                    since: stamp,
                    recorded: stamp,
                };
                self.by_subject.insert(about, *conflict);
                self.conflicts.insert(*conflict, Arc::new(recorded));
            }
            Event::ClaimAdded { conflict, claim } => {
                if let Some(conflict) = self.conflicts.get_mut(conflict).map(Arc::make_mut) {
                    conflict.claims.push(Claimed::of(claim, stamp));
                    if !conflict.open {
                        (conflict.open, conflict.since) = (true, stamp);
                    }
                }
            }
            Event::Settled { conflict, by, claim, value, reason } => {
                if let Some(conflict) = self.conflicts.get_mut(conflict).map(Arc::make_mut) {
                    conflict.open = false;
                    conflict.settlements.push(Settled {
                        by: *by,
                        claim: *claim,
                        value: value.clone(),
                        reason: Arc::new(reason.clone()),
                        stamp,
                    });
                }
            }
        }
    }

    /// The stream, begun where it is not there; nothing where the ledger keeps no such subject.
    fn begun(&mut self, id: SourcingId, subject: &SubjectRef) -> Option<&mut Sourcing> {
        let kind = Kind::of_stored(subject.r#type.as_str())?;
        let subject = Subject { kind, id: subject.id };
        let begin = || Arc::new(Sourcing { id, subject, attributions: Vec::new() });
        self.streams.entry(subject).or_insert(id);
        Some(Arc::make_mut(self.by_id.entry(id).or_insert_with(begin)))
    }
}

impl Claimed {
    fn of(claim: &Claim, stamp: Stamp) -> Self {
        let (value, source) = (claim.value.clone(), claim.source.clone());
        Self { id: claim.claim, value, source: source.into(), stamp }
    }
}
