//! Where each commitment stands, and what is due.
use std::mem::offset_of;
use std::sync::Arc;

use domain::commitment::{Event, Figure, Pledge};
use domain::ids::{
    ActorId, CommitmentId, DocumentId, EvidenceId, InterventionId, MilestoneId, ProgrammeId,
};
use domain::measure::Quantity;
use domain::recorded::Recorded;
use domain::text::{Note, Title, folded};
use imbl::OrdMap;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::corrections::Proposed;
use crate::index::Index;
use crate::layout::fits_two_lines;
use crate::stamp::{Rectification, Stamp};
use crate::walk::{Between, EVERY, between};

mod correct;
mod fold;
mod lateness;

pub use lateness::{DUE_SOON_DAYS, Lateness};

/// How far a commitment has come.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// A partner promises; nobody has answered.
    Offered,
    /// The other side did not take the promise.
    Declined,
    /// The other side took the promise.
    Accepted,
    /// Something was planned or shown for it.
    Active,
    /// Some of it was kept.
    PartFulfilled,
    /// All of it was kept.
    Fulfilled,
    /// It was taken back, or both sides let it go.
    Withdrawn,
    /// Nobody expects it any more.
    Lapsed,
    /// The two sides disagree.
    Disputed,
}

/// One step of a commitment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// What it became.
    pub stage: Stage,
    /// Which side said so, where the event names one.
    pub by: Option<ActorId>,
    /// When.
    pub stamp: Stamp,
    /// Why, where a reason was given.
    pub reason: Option<Arc<Note>>,
}

/// A due date that was moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Rescheduling {
    /// The due date before.
    pub before: Date,
    /// The new one.
    pub due: Date,
    /// Why.
    pub reason: Arc<Note>,
    /// When it was decided.
    pub stamp: Stamp,
}

/// A step with a day of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Milestone {
    /// Its id.
    pub id: MilestoneId,
    /// In short.
    pub title: Title,
    /// The day it was first due.
    pub first_due: Date,
    /// The day it is due.
    pub due: Date,
    /// How the one became the other.
    pub reschedulings: Vec<Rescheduling>,
    /// When evidence for it was first confirmed.
    pub reached: Option<Stamp>,
    /// When it was added.
    pub added: Stamp,
}

impl Milestone {
    /// How many days its due date has moved; negative where it was brought forward.
    pub fn slipped_days(&self) -> i64 {
        days_between(self.first_due, self.due)
    }
}

/// What became of a piece of evidence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum Answer {
    /// Nobody has answered yet.
    Waiting,
    /// It proves this much.
    Confirmed {
        /// Who says so.
        by: ActorId,
        /// How much, in the pledge's unit.
        confirmed: Quantity,
        /// When.
        stamp: Stamp,
    },
    /// It does not prove it.
    Rejected {
        /// Who says so.
        by: ActorId,
        /// Why.
        reason: Arc<Note>,
        /// When.
        stamp: Stamp,
    },
}

/// What a partner shows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// Its id.
    pub id: EvidenceId,
    /// For which milestone.
    pub milestone: Option<MilestoneId>,
    /// The files.
    pub documents: Arc<[DocumentId]>,
    /// How much it is said to prove, in the pledge's unit.
    pub claimed: Quantity,
    /// In words.
    pub note: Option<Arc<Note>>,
    /// What became of it.
    pub answer: Answer,
    /// When it was submitted.
    pub submitted: Stamp,
}

/// What a partner promised, and what became of it.
///
/// In this order: what lists show lies first, and within two cache lines. A page of commitments that nobody
/// asked for lately waits for memory more than for anything else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[repr(C)]
pub struct Commitment {
    /// Its id.
    pub id: CommitmentId,
    /// Who promises.
    pub by: ActorId,
    /// In short.
    pub title: Title,
    /// What and how much.
    pub pledge: Pledge,
    /// The last day to keep it.
    pub due: Option<Date>,
    /// How far it has come.
    pub stage: Stage,
    /// That it was recorded by mistake: it counts nowhere.
    pub annulled: Option<Box<Rectification>>,
    /// To whom.
    pub to: ActorId,
    /// For which intervention.
    pub intervention: Option<InterventionId>,
    /// Within which programme.
    pub programme: Option<ProgrammeId>,
    /// The stage that a dispute interrupted.
    before_dispute: Stage,
    /// How much is confirmed, in the pledge's unit.
    pub fulfilled: i64,
    /// Its milestones, in the order of recording.
    pub milestones: Vec<Milestone>,
    /// What was shown, in the order of recording.
    pub evidence: Vec<Evidence>,
    /// Every step, the latest recorded last.
    pub steps: Vec<Step>,
    /// When it was offered.
    pub offered: Stamp,
    /// What of it was corrected.
    pub corrections: Vec<Rectification>,
    proposed: Proposed<Figure>,
    /// Its titles, folded, for searching.
    #[serde(skip)]
    folded: Arc<str>,
}

const _: () = assert!(fits_two_lines(offset_of!(Commitment, stage) + size_of::<Stage>()));

impl Commitment {
    /// Whether a title contains `text`, which is [`folded`].
    pub fn matches(&self, text: &str) -> bool {
        self.folded.contains(text)
    }

    /// How much is promised, in the pledge's unit.
    pub fn pledged(&self) -> i64 {
        self.pledge.size()
    }

    /// How much is still owed, in the pledge's unit; never below 0.
    pub fn outstanding(&self) -> i64 {
        (self.pledged() - self.fulfilled).max(0)
    }

    /// How much was confirmed on `evidence`, and when.
    pub fn confirmed(&self, evidence: EvidenceId) -> Option<(Quantity, Stamp)> {
        let shown = self.evidence.iter().rfind(|it| it.id == evidence)?;
        match shown.answer {
            Answer::Confirmed { confirmed, stamp, .. } => Some((confirmed, stamp)),
            _ => None,
        }
    }

    /// The evidence that waits for an answer.
    pub fn waiting(&self) -> impl Iterator<Item = &Evidence> {
        self.evidence.iter().filter(|it| it.answer == Answer::Waiting)
    }
}

/// Every commitment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Commitments {
    by_id: OrdMap<CommitmentId, Arc<Commitment>>,
    offered_by: Index<ActorId, CommitmentId>,
    offered_to: Index<ActorId, CommitmentId>,
    by_intervention: Index<InterventionId, CommitmentId>,
    by_programme: Index<ProgrammeId, CommitmentId>,
}

impl Commitments {
    /// The commitment.
    pub fn get(&self, id: CommitmentId) -> Option<&Arc<Commitment>> {
        self.by_id.get(&id)
    }

    /// Every commitment by its id, but for those that were recorded by mistake.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Commitment>> {
        self.between(EVERY)
    }

    /// The same `between` two ids.
    pub fn between(&self, ids: Between) -> impl DoubleEndedIterator<Item = &Arc<Commitment>> {
        between(&self.by_id, ids).filter(|it| it.annulled.is_none())
    }

    /// How many there are, annulled ones included.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    fn all(
        &self,
        ids: impl Iterator<Item = CommitmentId>,
    ) -> impl Iterator<Item = &Arc<Commitment>> {
        ids.filter_map(|id| self.by_id.get(&id))
    }

    /// What `actor` promised.
    pub fn offered_by(&self, actor: ActorId) -> impl Iterator<Item = &Arc<Commitment>> {
        self.all(self.offered_by.of(actor))
    }

    /// What was promised to `actor`.
    pub fn offered_to(&self, actor: ActorId) -> impl Iterator<Item = &Arc<Commitment>> {
        self.all(self.offered_to.of(actor))
    }

    /// What was promised for `intervention`.
    pub fn of_intervention(
        &self,
        intervention: InterventionId,
    ) -> impl Iterator<Item = &Arc<Commitment>> {
        self.all(self.by_intervention.of(intervention))
    }

    /// What was promised within `programme` itself.
    pub fn of_programme(&self, programme: ProgrammeId) -> impl Iterator<Item = &Arc<Commitment>> {
        self.all(self.by_programme.of(programme))
    }

    /// Those that are late on `day`.
    pub fn late(&self, day: Date) -> impl Iterator<Item = &Arc<Commitment>> {
        self.iter().filter(move |it| it.lateness(day).is_late())
    }

    pub(crate) fn apply(&mut self, id: CommitmentId, event: &Event, recorded: &Recorded) {
        fold::apply(self, id, event, recorded);
    }
}

/// From `from` to `to`; negative where `to` is before.
fn days_between(from: Date, to: Date) -> i64 {
    i64::from(from.until(to).map_or(0, |span| span.get_days()))
}
