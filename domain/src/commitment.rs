//! A commitment: what a partner promised to bring, and what became of it.
//!
//! ```text
//! Unrecorded ─Offer─▶ Offered ─Accept─▶ Accepted ─Add milestone, Submit evidence─▶ Active
//!                        └────Decline─▶ Declined
//!
//! Accepted, Active, PartFulfilled ─Confirm, some─▶ PartFulfilled
//!                                 ─Confirm, all──▶ Fulfilled ─Confirm, more─▶ Fulfilled
//! Offered, Accepted, Active ─Withdraw─▶ Withdrawn
//! Accepted, Active, PartFulfilled ─Lapse─▶ Lapsed
//! Accepted, Active, PartFulfilled, Fulfilled ─Dispute─▶ Disputed ─Settle, upheld───▶ as before
//!                                                                ─Settle, released─▶ Withdrawn
//! ```
//!
//! Evidence that waits when the commitment is fulfilled still gets its answer. Corrections are taken at
//! every stage; what was confirmed and how much was promised are corrected by two persons. Where
//! nothing was confirmed, Annul ─▶ Annulled, which takes nothing more.
use std::collections::BTreeMap;
use std::future::Future;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

use crate::aggregate::{aggregate, causes, one};
use crate::correction::{Corrections, put};
use crate::ids::{ActorId, CommitmentId, EvidenceId, InterventionId, MilestoneId, ProgrammeId};
use crate::measure::Quantity;
use crate::money::Money;
use crate::text::{Name, Title};

mod check;
mod command;
mod correct;
mod event;
mod refusal;
#[cfg(test)]
mod tests;

pub use command::Command;
pub use event::Event;
pub use refusal::Refusal;

/// The most milestones, pieces of evidence, or documents of one piece that a commitment takes.
pub const PARTS_MAX: usize = 100;

/// What is promised. Its size is an integer: minor units of money, units of a thing, days of work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Pledge {
    /// Money.
    Financial {
        /// How much.
        amount: Money,
    },
    /// Things or the use of them.
    InKind {
        /// How many.
        quantity: Quantity,
        /// Of which unit: pieces, square metres, hours of a bus.
        unit: Name,
        /// What it is worth, where somebody estimated it.
        #[serde(skip_serializing_if = "Option::is_none")]
        estimate: Option<Money>,
    },
    /// Work.
    Human {
        /// How many days of one person.
        days: Quantity,
    },
}

impl Pledge {
    /// How much, in the pledge's own unit.
    pub fn size(&self) -> i64 {
        match self {
            Self::Financial { amount } => amount.minor(),
            Self::InKind { quantity, .. } => quantity.get(),
            Self::Human { days } => days.get(),
        }
    }

    /// The same promise, of another size in its own unit.
    #[must_use]
    pub fn resized(mut self, to: Quantity) -> Self {
        match &mut self {
            // Money and quantities have the same limit, so this never fails.
            Self::Financial { amount } => {
                *amount = Money::new(to.get(), amount.currency()).unwrap_or(*amount);
            }
            Self::InKind { quantity, .. } => *quantity = to,
            Self::Human { days } => *days = to,
        }
        self
    }
}

/// A figure that two persons correct, and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Figure {
    /// What was confirmed as kept.
    Fulfilment {
        /// On which evidence.
        evidence: EvidenceId,
        /// How much, in the pledge's unit; nothing where the evidence should wait for its answer
        /// again.
        #[serde(skip_serializing_if = "Option::is_none")]
        to: Option<Quantity>,
        /// More than was promised, said on purpose.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        exceeding: bool,
    },
    /// How much was promised.
    Pledge {
        /// How much, in the pledge's unit; minor units for money.
        to: Quantity,
        /// Less than was kept, said on purpose.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        exceeding: bool,
    },
}

/// How a dispute ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Settlement {
    /// The commitment stands as before.
    Upheld,
    /// Both sides let it go.
    Released,
}

/// How far a commitment has come.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    IntoStaticStr,
    strum::Display,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[expect(missing_docs, reason = "the diagram above says it")]
pub enum Stage {
    #[default]
    Unrecorded,
    Offered,
    Declined,
    Accepted,
    Active,
    PartFulfilled,
    Fulfilled,
    Withdrawn,
    Lapsed,
    Disputed,
    Annulled,
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    stage: Stage,
    /// The stage that a dispute interrupted.
    before_dispute: Stage,
    offerer: Option<ActorId>,
    beneficiary: Option<ActorId>,
    described: Described,
    pledged: i64,
    fulfilled: i64,
    milestones: BTreeMap<MilestoneId, Milestone>,
    evidence: BTreeMap<EvidenceId, Shown>,
    corrections: Corrections<Figure>,
}

/// What it says of itself: kept to tell a correction from one that changes nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Described {
    title: Option<Title>,
    due: Option<Date>,
    intervention: Option<InterventionId>,
    programme: Option<ProgrammeId>,
}

/// A step with a day of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Milestone {
    title: Title,
    due: Date,
}

/// What became of a piece of evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Shown {
    Waiting,
    Rejected,
    Confirmed(Quantity),
}

impl Commitment {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        self.check(&command)?;
        one(command.into())
    }

    /// The commitment after `event`. A recorded fact is never refused.
    #[must_use]
    pub fn evolve(mut self, event: Event) -> Self {
        match event {
            Event::Offered { by, to, title, pledge, intervention, programme, due } => {
                (self.offerer, self.beneficiary) = (Some(by), Some(to));
                self.described = Described { title: Some(title), due, intervention, programme };
                self.pledged = pledge.size();
                self.stage = Stage::Offered;
            }
            Event::Accepted { .. } => self.stage = Stage::Accepted,
            Event::Declined { .. } => self.stage = Stage::Declined,
            Event::MilestoneAdded { milestone, title, due } => {
                self.milestones.insert(milestone, Milestone { title, due });
                self.become_active();
            }
            Event::MilestoneRescheduled { milestone, due, .. } => {
                self.milestones.entry(milestone).and_modify(|it| it.due = due);
            }
            Event::EvidenceSubmitted { evidence, .. } => {
                self.evidence.insert(evidence, Shown::Waiting);
                self.become_active();
            }
            Event::FulfilmentConfirmed { evidence, confirmed, .. } => {
                self.evidence.insert(evidence, Shown::Confirmed(confirmed));
                self.fulfilled = self.fulfilled.saturating_add(confirmed.get());
                let all = self.fulfilled >= self.pledged;
                self.stage = if all { Stage::Fulfilled } else { Stage::PartFulfilled };
            }
            Event::EvidenceRejected { evidence, .. } => {
                self.evidence.insert(evidence, Shown::Rejected);
            }
            Event::Withdrawn { .. } => self.stage = Stage::Withdrawn,
            Event::Lapsed { .. } => self.stage = Stage::Lapsed,
            Event::Disputed { .. } => {
                self.before_dispute = self.stage;
                self.stage = Stage::Disputed;
            }
            Event::Settled { settlement, .. } => {
                self.stage = match settlement {
                    Settlement::Upheld => self.before_dispute,
                    Settlement::Released => Stage::Withdrawn,
                };
            }
            Event::Annulled { .. } => self.stage = Stage::Annulled,
            Event::Corrected { title, due, intervention, programme, .. } => {
                put(&mut self.described.title, title);
                put(&mut self.described.due, due);
                put(&mut self.described.intervention, intervention);
                put(&mut self.described.programme, programme);
            }
            Event::MilestoneCorrected { milestone, title, due, .. } => {
                self.milestones.entry(milestone).and_modify(|it| {
                    it.due = due.unwrap_or(it.due);
                    if let Some(title) = title {
                        it.title = title;
                    }
                });
            }
            Event::CorrectionProposed { correction, person, figure, .. } => {
                if let Some(was) = self.says(figure) {
                    self.corrections.propose(correction, person, was, figure);
                }
            }
            Event::CorrectionConfirmed { correction, .. } => {
                if let Some(figure) = self.corrections.answer(correction) {
                    self.put(figure);
                }
            }
            Event::CorrectionRejected { correction, .. } => {
                self.corrections.answer(correction);
            }
        }
        self
    }

    fn become_active(&mut self) {
        if self.stage == Stage::Accepted {
            self.stage = Stage::Active;
        }
    }
}

causes! {
    Offer => Offered { by, to, title, pledge, intervention, programme, due }
    Accept => Accepted { by }
    Decline => Declined { by, reason }
    AddMilestone => MilestoneAdded { milestone, title, due }
    RescheduleMilestone => MilestoneRescheduled { milestone, due, reason }
    SubmitEvidence => EvidenceSubmitted { by, evidence, milestone, documents, claimed, note }
    ConfirmFulfilment => FulfilmentConfirmed { by, evidence, confirmed, exceeding }
    RejectEvidence => EvidenceRejected { by, evidence, reason }
    Withdraw => Withdrawn { by, reason }
    Lapse => Lapsed { by, reason }
    Dispute => Disputed { by, reason }
    Settle => Settled { by, settlement, reason }
    Correct => Corrected { title, due, intervention, programme, reason }
    CorrectMilestone => MilestoneCorrected { milestone, title, due, reason }
    ProposeCorrection => CorrectionProposed { by, person, correction, figure, reason }
    ConfirmCorrection => CorrectionConfirmed { by, person, correction }
    RejectCorrection => CorrectionRejected { by, person, correction, reason }
    Annul => Annulled { by, reason }
}

aggregate!(Commitment, CommitmentId, "commitment");
