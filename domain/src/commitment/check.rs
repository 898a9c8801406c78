//! What a commitment allows.
use super::{Command, Commitment, PARTS_MAX, Pledge, Refusal, Shown, Stage};
use crate::aggregate::ensure;
use crate::ids::{ActorId, EvidenceId, MilestoneId};
use crate::measure::Quantity;

/// Accepted and not at an end.
const RUNNING: &[Stage] = &[Stage::Accepted, Stage::Active, Stage::PartFulfilled];
/// Accepted, and neither taken back nor given up.
pub(super) const KEPT: &[Stage] =
    &[Stage::Accepted, Stage::Active, Stage::PartFulfilled, Stage::Fulfilled];

impl Commitment {
    pub(super) fn check(&self, command: &Command) -> Result<(), Refusal> {
        match command {
            Command::Offer { by, to, pledge, .. } => {
                ensure(self.stage == Stage::Unrecorded, Refusal::AlreadyOffered)?;
                ensure(by != to, Refusal::OfferedToItself)?;
                must_promise(pledge)
            }
            Command::Accept { by } | Command::Decline { by, .. } => {
                self.must_stand_at(&[Stage::Offered])?;
                ensure(self.beneficiary == Some(*by), Refusal::NotTheBeneficiary)
            }
            Command::AddMilestone { by, milestone, .. } => {
                self.must_stand_at(RUNNING)?;
                self.must_be_party(*by)?;
                let new = !self.milestones.contains_key(milestone);
                ensure(new, Refusal::DuplicateMilestone)?;
                must_fit(self.milestones.len() + 1)
            }
            Command::RescheduleMilestone { by, milestone, .. } => {
                self.must_stand_at(RUNNING)?;
                self.must_be_party(*by)?;
                self.must_know(*milestone)
            }
            Command::SubmitEvidence { by, evidence, milestone, documents, claimed, .. } => {
                self.must_stand_at(RUNNING)?;
                ensure(self.offerer == Some(*by), Refusal::NotTheOfferer)?;
                ensure(*claimed > Quantity::ZERO, Refusal::NothingClaimed)?;
                let new = !self.evidence.contains_key(evidence);
                ensure(new, Refusal::DuplicateEvidence)?;
                must_fit(documents.len().max(self.evidence.len() + 1))?;
                milestone.map_or(Ok(()), |it| self.must_know(it))
            }
            Command::ConfirmFulfilment { by, evidence, confirmed, exceeding } => {
                self.must_await(*evidence, *by)?;
                self.must_stay_within(*confirmed, *exceeding)
            }
            Command::RejectEvidence { by, evidence, .. } => self.must_await(*evidence, *by),
            Command::Withdraw { by, .. } => {
                self.must_stand_at(&[Stage::Offered, Stage::Accepted, Stage::Active])?;
                ensure(self.offerer == Some(*by), Refusal::NotTheOfferer)
            }
            Command::Lapse { .. } => self.must_stand_at(RUNNING),
            Command::Dispute { by, .. } => {
                self.must_stand_at(KEPT)?;
                self.must_be_party(*by)
            }
            Command::Settle { .. } => self.must_stand_at(&[Stage::Disputed]),
            correction => self.check_correction(correction),
        }
    }

    fn must_stay_within(&self, confirmed: Quantity, exceeding: bool) -> Result<(), Refusal> {
        ensure(confirmed > Quantity::ZERO, Refusal::NothingClaimed)?;
        let pledged = self.pledged;
        let fulfilled = self.fulfilled.saturating_add(confirmed.get());
        let within = exceeding || fulfilled <= pledged;
        ensure(within, Refusal::ExceedsPledge { pledged, fulfilled })
    }

    /// Whether `evidence` waits for an answer, and `by` may give it.
    fn must_await(&self, evidence: EvidenceId, by: ActorId) -> Result<(), Refusal> {
        self.must_stand_at(KEPT)?;
        let waits = self.evidence.get(&evidence) == Some(&Shown::Waiting);
        ensure(waits, Refusal::UnknownEvidence)?;
        ensure(self.offerer != Some(by), Refusal::ConfirmedByOfferer)
    }

    pub(super) fn must_be_party(&self, by: ActorId) -> Result<(), Refusal> {
        let party = [self.offerer, self.beneficiary].contains(&Some(by));
        ensure(party, Refusal::NotAParty)
    }

    pub(super) fn must_know(&self, milestone: MilestoneId) -> Result<(), Refusal> {
        let known = self.milestones.contains_key(&milestone);
        ensure(known, Refusal::UnknownMilestone)
    }

    pub(super) fn must_stand_at(&self, stages: &[Stage]) -> Result<(), Refusal> {
        let stage = self.stage;
        ensure(stage != Stage::Unrecorded, Refusal::NotOffered)?;
        ensure(stages.contains(&stage), Refusal::OutOfTurn { stage })
    }
}

fn must_promise(pledge: &Pledge) -> Result<(), Refusal> {
    ensure(pledge.size() > 0, Refusal::NothingPledged)?;
    match pledge {
        Pledge::InKind { estimate: Some(estimate), .. } => {
            ensure(estimate.is_positive(), Refusal::NothingEstimated)
        }
        _ => Ok(()),
    }
}

fn must_fit(parts: usize) -> Result<(), Refusal> {
    ensure(parts <= PARTS_MAX, Refusal::TooMany { max: PARTS_MAX })
}
