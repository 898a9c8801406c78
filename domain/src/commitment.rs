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
//! Evidence that waits when the commitment is fulfilled still gets its answer.
use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

use crate::aggregate::{aggregate, causes, one};
use crate::ids::{ActorId, CommitmentId, EvidenceId, MilestoneId};
use crate::measure::Quantity;
use crate::money::Money;
use crate::text::Name;

mod check;
mod command;
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
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Commitment {
    stage: Stage,
    /// The stage that a dispute interrupted.
    before_dispute: Stage,
    offerer: Option<ActorId>,
    beneficiary: Option<ActorId>,
    pledged: i64,
    fulfilled: i64,
    milestones: BTreeSet<MilestoneId>,
    /// Whether each piece of evidence has its answer.
    evidence: BTreeMap<EvidenceId, bool>,
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
            Event::Offered { by, to, pledge, .. } => {
                (self.offerer, self.beneficiary) = (Some(by), Some(to));
                self.pledged = pledge.size();
                self.stage = Stage::Offered;
            }
            Event::Accepted { .. } => self.stage = Stage::Accepted,
            Event::Declined { .. } => self.stage = Stage::Declined,
            Event::MilestoneAdded { milestone, .. } => {
                self.milestones.insert(milestone);
                self.become_active();
            }
            Event::MilestoneRescheduled { .. } => {}
            Event::EvidenceSubmitted { evidence, .. } => {
                self.evidence.insert(evidence, false);
                self.become_active();
            }
            Event::FulfilmentConfirmed { evidence, confirmed, .. } => {
                self.evidence.insert(evidence, true);
                self.fulfilled = self.fulfilled.saturating_add(confirmed.get());
                let all = self.fulfilled >= self.pledged;
                self.stage = if all { Stage::Fulfilled } else { Stage::PartFulfilled };
            }
            Event::EvidenceRejected { evidence, .. } => {
                self.evidence.insert(evidence, true);
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
}

aggregate!(Commitment, CommitmentId, "commitment");
