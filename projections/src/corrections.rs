//! Corrections that a second person has to confirm: what waits, and what became of the others.
use std::sync::Arc;

use domain::ids::{
    ActorId, CorrectionId, DisbursementId, EnvelopeId, EvidenceId, ExpenditureId, RefundId, UserId,
};
use domain::measure::Quantity;
use domain::money::{Exchange, Money};
use domain::recorded::{Position, Recorded};
use domain::text::Note;
use imbl::{OrdMap, OrdSet};
use serde::Serialize;

use crate::index::Index;
use crate::stamp::Stamp;
use crate::subjects::Subject;

mod proposed;
mod step;

pub(crate) use proposed::Proposed;
pub(crate) use step::Step;

/// Which figure of its subject a correction is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(tag = "figure", content = "id", rename_all = "snake_case")]
pub enum Figure {
    /// A payment that was made.
    Disbursement(DisbursementId),
    /// A sum that the beneficiary spent.
    Expenditure(ExpenditureId),
    /// A sum that came back.
    Refund(RefundId),
    /// What the agreement is over.
    Agreement,
    /// What was confirmed as kept, on a piece of evidence.
    Fulfilment(EvidenceId),
    /// How much was promised.
    Pledge,
    /// Money that is set aside.
    Envelope(EnvelopeId),
    /// What something costs.
    Budget,
}

/// What a figure says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Value {
    /// A sum; nothing where it is not declared, or should not be there.
    Money(Option<Money>),
    /// How much, in the pledge's unit; nothing where it should not be there.
    Quantity(Option<Quantity>),
}

/// What became of a proposed correction.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub enum Answer {
    /// Nobody else has looked at it yet.
    Waiting,
    /// Another person agreed.
    Confirmed {
        /// For whom.
        by: ActorId,
        /// Which person.
        person: UserId,
        /// When.
        stamp: Stamp,
    },
    /// Another person did not agree.
    Rejected {
        /// For whom.
        by: ActorId,
        /// Which person.
        person: UserId,
        /// Why.
        reason: Arc<Note>,
        /// When.
        stamp: Stamp,
    },
}

/// A correction that one person proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Correction {
    /// Its id.
    pub id: CorrectionId,
    /// The aggregate.
    pub subject: Subject,
    /// Which figure of it.
    pub figure: Figure,
    /// What the figure said when it was proposed; nothing where that was not known.
    pub was: Option<Value>,
    /// What it should say.
    pub to: Value,
    /// What that was in another currency.
    pub exchange: Option<Arc<Exchange>>,
    /// Whether it was said on purpose that more is kept than was promised.
    pub exceeding: bool,
    /// For whom somebody proposed it.
    pub by: ActorId,
    /// Which person.
    pub person: UserId,
    /// Why.
    pub reason: Arc<Note>,
    /// The event that said the figure.
    pub corrects: Option<Position>,
    /// When it was proposed.
    pub proposed: Stamp,
    /// What became of it.
    pub answer: Answer,
}

impl Correction {
    /// Whether nobody has answered it yet.
    pub fn is_waiting(&self) -> bool {
        self.answer == Answer::Waiting
    }
}

/// Every correction that was proposed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Corrections {
    by_id: OrdMap<CorrectionId, Arc<Correction>>,
    by_subject: Index<Subject, CorrectionId>,
    waiting: OrdSet<CorrectionId>,
}

impl Corrections {
    /// The correction.
    pub fn get(&self, id: CorrectionId) -> Option<&Arc<Correction>> {
        self.by_id.get(&id)
    }

    /// Those of one subject, answered or not.
    pub fn of(&self, subject: Subject) -> impl Iterator<Item = &Arc<Correction>> {
        self.by_subject.of(subject).filter_map(|id| self.by_id.get(&id))
    }

    /// Those that wait for a second person, by their ids.
    pub fn waiting(&self) -> impl Iterator<Item = &Arc<Correction>> {
        self.waiting.iter().filter_map(|id| self.by_id.get(id))
    }

    /// Folds in what `step` says of `subject`. `known` is what the figure says so far, and the event
    /// that said it.
    pub(crate) fn apply(
        &mut self,
        subject: Subject,
        step: Step<'_>,
        known: impl FnOnce(Figure) -> Option<(Value, Position)>,
        recorded: &Recorded,
    ) {
        let stamp = Stamp::of(recorded);
        match step {
            Step::Proposed { by, person, id, reason, said } => {
                let (was, corrects) = known(said.figure).unzip();
                let correction = Correction {
                    id,
                    subject,
                    figure: said.figure,
                    was,
                    to: said.to,
                    exchange: said.exchange.cloned().map(Arc::new),
                    exceeding: said.exceeding,
                    by,
                    person,
                    reason: Arc::new(reason.clone()),
                    corrects,
                    proposed: stamp,
                    answer: Answer::Waiting,
                };
                self.by_id.insert(id, Arc::new(correction));
                self.by_subject.insert(subject, id);
                self.waiting.insert(id);
            }
            Step::Confirmed { by, person, id } => {
                self.answer(id, Answer::Confirmed { by, person, stamp });
            }
            Step::Rejected { by, person, id, reason } => {
                let reason = Arc::new(reason.clone());
                self.answer(id, Answer::Rejected { by, person, reason, stamp });
            }
        }
    }

    fn answer(&mut self, id: CorrectionId, answer: Answer) {
        if self.waiting.remove(&id).is_some()
            && let Some(correction) = self.by_id.get_mut(&id)
        {
            Arc::make_mut(correction).answer = answer;
        }
    }
}
