//! A commitment: what a partner promised to bring, and what became of it.
//!
//! ```text
//!            ┌─Decline─▶ Declined
//! Offered ───┼─Accept──▶ Accepted ─Add milestone, Submit evidence─▶ Active
//!    │       │              │                                        │
//!    │       │              │              ┌─Confirm, some──▶ PartFulfilled ─┐
//!    └─Withdraw─▶ Withdrawn ◀──────────────┤                                 │
//!                                          └─Confirm, all───▶ Fulfilled ◀────┘
//! Accepted, Active, PartFulfilled ─Lapse─▶ Lapsed
//! Accepted, Active, PartFulfilled, Fulfilled ─Dispute─▶ Disputed ─Settle─▶ as before
//! ```
use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantNames};

use crate::aggregate::{Refused, aggregate, ensure, one};
use crate::ids::{
    ActorId, CommitmentId, DocumentId, EvidenceId, InterventionId, MilestoneId, ProgrammeId,
};
use crate::measure::Quantity;
use crate::money::Money;
use crate::text::{Name, Note, Title};

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

/// What is asked of a commitment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are those of the events")]
pub enum Command {
    Offer {
        by: ActorId,
        to: ActorId,
        title: Title,
        pledge: Pledge,
        intervention: Option<InterventionId>,
        programme: Option<ProgrammeId>,
        due: Option<Date>,
    },
    Accept {
        by: ActorId,
    },
    Decline {
        by: ActorId,
        reason: Note,
    },
    AddMilestone {
        milestone: MilestoneId,
        title: Title,
        due: Date,
    },
    RescheduleMilestone {
        milestone: MilestoneId,
        due: Date,
        reason: Note,
    },
    SubmitEvidence {
        by: ActorId,
        evidence: EvidenceId,
        milestone: Option<MilestoneId>,
        documents: Vec<DocumentId>,
        claimed: Quantity,
        note: Option<Note>,
    },
    ConfirmFulfilment {
        by: ActorId,
        evidence: EvidenceId,
        confirmed: Quantity,
        exceeding: bool,
    },
    RejectEvidence {
        by: ActorId,
        evidence: EvidenceId,
        reason: Note,
    },
    Withdraw {
        by: ActorId,
        reason: Note,
    },
    Lapse {
        by: ActorId,
        reason: Note,
    },
    Dispute {
        by: ActorId,
        reason: Note,
    },
    Settle {
        by: ActorId,
        settlement: Settlement,
        reason: Note,
    },
}

/// What is recorded of a commitment. Stored for ever: variants and fields are added, never renamed.
#[derive(
    Clone,
    Debug,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    JsonSchema,
    IntoStaticStr,
    VariantNames,
    EnumCount,
)]
#[serde(tag = "type", content = "data", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Event {
    /// A partner promises.
    Offered {
        /// Who promises.
        by: ActorId,
        /// To whom.
        to: ActorId,
        /// In short.
        title: Title,
        /// What and how much.
        pledge: Pledge,
        /// For which intervention.
        #[serde(skip_serializing_if = "Option::is_none")]
        intervention: Option<InterventionId>,
        /// Within which programme.
        #[serde(skip_serializing_if = "Option::is_none")]
        programme: Option<ProgrammeId>,
        /// The last day to keep it.
        #[serde(skip_serializing_if = "Option::is_none")]
        due: Option<Date>,
    },
    /// The other side takes the promise.
    Accepted {
        /// Who.
        by: ActorId,
    },
    /// The other side does not take it.
    Declined {
        /// Who.
        by: ActorId,
        /// Why.
        reason: Note,
    },
    /// A step with a day of its own.
    MilestoneAdded {
        /// Its id.
        milestone: MilestoneId,
        /// In short.
        title: Title,
        /// Its last day.
        due: Date,
    },
    /// A step moves; its first day stays known.
    MilestoneRescheduled {
        /// Which step.
        milestone: MilestoneId,
        /// Its new last day.
        due: Date,
        /// Why.
        reason: Note,
    },
    /// The partner shows what was done.
    EvidenceSubmitted {
        /// Who shows it.
        by: ActorId,
        /// Its id.
        evidence: EvidenceId,
        /// For which step.
        #[serde(skip_serializing_if = "Option::is_none")]
        milestone: Option<MilestoneId>,
        /// The files.
        documents: Vec<DocumentId>,
        /// How much it is said to prove, in the pledge's unit.
        claimed: Quantity,
        /// In words.
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<Note>,
    },
    /// Somebody else than the offerer agrees that it was done.
    FulfilmentConfirmed {
        /// Who.
        by: ActorId,
        /// On which evidence.
        evidence: EvidenceId,
        /// How much, in the pledge's unit.
        confirmed: Quantity,
        /// More than was promised, said on purpose.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        exceeding: bool,
    },
    /// The evidence does not prove it.
    EvidenceRejected {
        /// Who says so.
        by: ActorId,
        /// Which evidence.
        evidence: EvidenceId,
        /// Why.
        reason: Note,
    },
    /// The offerer takes the promise back.
    Withdrawn {
        /// Who.
        by: ActorId,
        /// Why.
        reason: Note,
    },
    /// Nobody expects it any more.
    Lapsed {
        /// Who says so.
        by: ActorId,
        /// Why.
        reason: Note,
    },
    /// The two sides disagree.
    Disputed {
        /// Who says so.
        by: ActorId,
        /// Why.
        reason: Note,
    },
    /// The disagreement ends.
    Settled {
        /// Who says so.
        by: ActorId,
        /// How.
        settlement: Settlement,
        /// Why.
        reason: Note,
    },
}

/// Why a commitment refuses: a rule said no, nothing broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the message says it")]
pub enum Refusal {
    #[error("a commitment must promise more than nothing")]
    NothingPledged,
    #[error("a partner cannot make a commitment to itself")]
    OfferedToItself,
    #[error("the commitment has not been offered yet")]
    NotOffered,
    #[error("the commitment has been offered already")]
    AlreadyOffered,
    #[error("the commitment is {stage}: this step is not possible any more, or not yet")]
    OutOfTurn { stage: Stage },
    #[error("only the actor that offered a commitment may withdraw it or submit evidence for it")]
    NotTheOfferer,
    #[error("only the actor that the commitment was offered to may accept or decline it")]
    NotTheBeneficiary,
    #[error("who confirms a fulfilment must not be who offered the commitment")]
    ConfirmedByOfferer,
    #[error("the commitment has no such milestone")]
    UnknownMilestone,
    #[error("the milestone is there already")]
    DuplicateMilestone,
    #[error("the commitment has no such evidence, or it was confirmed or rejected already")]
    UnknownEvidence,
    #[error("the evidence is there already")]
    DuplicateEvidence,
    #[error("evidence must prove more than nothing")]
    NothingClaimed,
    #[error(
        "{fulfilled} would be fulfilled of {pledged} promised: declare that it exceeds the promise"
    )]
    ExceedsPledge { pledged: i64, fulfilled: i64 },
    #[error("at most {max} milestones, pieces of evidence or documents")]
    TooMany { max: usize },
}

impl Refused for Refusal {
    fn code(&self) -> String {
        format!("COMMITMENT_{}", <&str>::from(self))
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NothingPledged => Some("pledge"),
            Self::OfferedToItself => Some("to"),
            Self::UnknownMilestone | Self::DuplicateMilestone => Some("milestone"),
            Self::UnknownEvidence | Self::DuplicateEvidence => Some("evidence"),
            Self::NothingClaimed => Some("claimed"),
            Self::ExceedsPledge { .. } => Some("exceeding"),
            _ => None,
        }
    }
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
    /// Evidence that waits for an answer, and evidence that has one.
    evidence: BTreeMap<EvidenceId, bool>,
}

impl Commitment {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::Offer { by, to, title, pledge, intervention, programme, due } => {
                ensure(self.stage == Stage::Unrecorded, Refusal::AlreadyOffered)?;
                ensure(pledge.size() > 0, Refusal::NothingPledged)?;
                ensure(by != to, Refusal::OfferedToItself)?;
                one(Event::Offered { by, to, title, pledge, intervention, programme, due })
            }
            Command::Accept { by } => {
                self.must_stand_at(&[Stage::Offered])?;
                ensure(self.beneficiary == Some(by), Refusal::NotTheBeneficiary)?;
                one(Event::Accepted { by })
            }
            Command::Decline { by, reason } => {
                self.must_stand_at(&[Stage::Offered])?;
                ensure(self.beneficiary == Some(by), Refusal::NotTheBeneficiary)?;
                one(Event::Declined { by, reason })
            }
            Command::AddMilestone { milestone, title, due } => {
                self.must_stand_at(RUNNING)?;
                let new = !self.milestones.contains(&milestone);
                ensure(new, Refusal::DuplicateMilestone)?;
                self.must_fit(self.milestones.len() + 1)?;
                one(Event::MilestoneAdded { milestone, title, due })
            }
            Command::RescheduleMilestone { milestone, due, reason } => {
                self.must_stand_at(RUNNING)?;
                self.must_know(milestone)?;
                one(Event::MilestoneRescheduled { milestone, due, reason })
            }
            Command::SubmitEvidence { by, evidence, milestone, documents, claimed, note } => {
                self.must_stand_at(RUNNING)?;
                ensure(self.offerer == Some(by), Refusal::NotTheOfferer)?;
                ensure(claimed > Quantity::ZERO, Refusal::NothingClaimed)?;
                let new = !self.evidence.contains_key(&evidence);
                ensure(new, Refusal::DuplicateEvidence)?;
                self.must_fit(documents.len().max(self.evidence.len() + 1))?;
                milestone.map_or(Ok(()), |it| self.must_know(it))?;
                one(Event::EvidenceSubmitted { by, evidence, milestone, documents, claimed, note })
            }
            Command::ConfirmFulfilment { by, evidence, confirmed, exceeding } => {
                self.must_await(evidence)?;
                ensure(self.offerer != Some(by), Refusal::ConfirmedByOfferer)?;
                ensure(confirmed > Quantity::ZERO, Refusal::NothingClaimed)?;
                let (pledged, fulfilled) = (self.pledged, self.fulfilled + confirmed.get());
                let within = exceeding || fulfilled <= pledged;
                ensure(within, Refusal::ExceedsPledge { pledged, fulfilled })?;
                one(Event::FulfilmentConfirmed { by, evidence, confirmed, exceeding })
            }
            Command::RejectEvidence { by, evidence, reason } => {
                self.must_await(evidence)?;
                ensure(self.offerer != Some(by), Refusal::ConfirmedByOfferer)?;
                one(Event::EvidenceRejected { by, evidence, reason })
            }
            Command::Withdraw { by, reason } => {
                self.must_stand_at(&[Stage::Offered, Stage::Accepted, Stage::Active])?;
                ensure(self.offerer == Some(by), Refusal::NotTheOfferer)?;
                one(Event::Withdrawn { by, reason })
            }
            Command::Lapse { by, reason } => {
                self.must_stand_at(RUNNING)?;
                one(Event::Lapsed { by, reason })
            }
            Command::Dispute { by, reason } => {
                let disputable = self.stage == Stage::Fulfilled || RUNNING.contains(&self.stage);
                ensure(disputable, self.out_of_turn())?;
                one(Event::Disputed { by, reason })
            }
            Command::Settle { by, settlement, reason } => {
                self.must_stand_at(&[Stage::Disputed])?;
                one(Event::Settled { by, settlement, reason })
            }
        }
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

    fn out_of_turn(&self) -> Refusal {
        match self.stage {
            Stage::Unrecorded => Refusal::NotOffered,
            stage => Refusal::OutOfTurn { stage },
        }
    }

    fn must_stand_at(&self, stages: &[Stage]) -> Result<(), Refusal> {
        ensure(stages.contains(&self.stage), self.out_of_turn())
    }

    fn must_know(&self, milestone: MilestoneId) -> Result<(), Refusal> {
        ensure(self.milestones.contains(&milestone), Refusal::UnknownMilestone)
    }

    fn must_await(&self, evidence: EvidenceId) -> Result<(), Refusal> {
        self.must_stand_at(RUNNING)?;
        ensure(self.evidence.get(&evidence) == Some(&false), Refusal::UnknownEvidence)
    }

    fn must_fit(&self, parts: usize) -> Result<(), Refusal> {
        ensure(parts <= PARTS_MAX, Refusal::TooMany { max: PARTS_MAX })
    }
}

/// Accepted and not at an end.
const RUNNING: &[Stage] = &[Stage::Accepted, Stage::Active, Stage::PartFulfilled];

aggregate!(Commitment, CommitmentId, "commitment");
