//! The mutations of commitments.
use domain::commitment::{Command, Commitment, Settlement};
use domain::ids::{
    ActorId, CommitmentId, CorrectionId, DocumentId, EvidenceId, InterventionId, MilestoneId,
    ProgrammeId,
};
use domain::measure::Quantity;
use domain::recorded::Position;
use domain::text::{Note, Title};
use jiff::civil::Date;

use super::commands;
use super::desk::Desk;
use super::figures::CommitmentFigureInput;
use super::inputs::{PledgeInput, Words};
use crate::graphql::enums::Choice;
use crate::graphql::scalars::Given;
use crate::graphql::view::Seen;

commands! {
    |desk, id| Commitment(CommitmentId) as commitment: Seen<projections::commitments::Commitment>, CommitmentMutation, CommitmentPayload;

    /// A partner promises to bring something.
    commitment_offer: CommitmentOfferInput => Offer {
        /// To whom.
        to: Given<ActorId>,
        /// In short.
        title: Words<Title>,
        /// What.
        pledge: PledgeInput,
        /// For which intervention.
        intervention: Option<Given<InterventionId>>,
        /// Within which programme.
        programme: Option<Given<ProgrammeId>>,
        /// The last day to keep it.
        due: Option<Given<Date>>,
    } with { by: desk.actor };

    /// The other side takes the promise.
    commitment_accept: CommitmentAcceptInput => Accept of commitment {} with { by: desk.actor };

    /// The other side does not take the promise.
    commitment_decline: CommitmentDeclineInput => Decline of commitment {
        /// Why.
        reason: Words<Note>,
    } with { by: desk.actor };

    /// A step with a day of its own.
    commitment_add_milestone: CommitmentAddMilestoneInput => AddMilestone of commitment {
        /// In short.
        title: Words<Title>,
        /// Its last day.
        due: Given<Date>,
    } adds milestone: MilestoneId with { by: desk.actor };

    /// A step moves; its first day stays known.
    commitment_reschedule_milestone: CommitmentRescheduleMilestoneInput =>
    RescheduleMilestone of commitment {
        /// Which step.
        milestone: Given<MilestoneId>,
        /// Its new last day.
        due: Given<Date>,
        /// Why.
        reason: Words<Note>,
    } with { by: desk.actor };

    /// The partner shows what was done.
    commitment_submit_evidence: CommitmentSubmitEvidenceInput => SubmitEvidence of commitment {
        /// For which step.
        milestone: Option<Given<MilestoneId>>,
        /// The files.
        documents: Vec<Given<DocumentId>>,
        /// How much it is said to prove, in the pledge's unit.
        claimed: Given<Quantity>,
        /// In words.
        note: Option<Words<Note>>,
    } adds evidence: EvidenceId with { by: desk.actor };

    /// Somebody else than the offerer agrees that it was done.
    commitment_confirm_fulfilment: CommitmentConfirmFulfilmentInput =>
    ConfirmFulfilment of commitment {
        /// On which evidence.
        evidence: Given<EvidenceId>,
        /// How much, in the pledge's unit.
        confirmed: Given<Quantity>,
        /// More than was promised, said on purpose.
        #[graphql(default)]
        exceeding: bool,
    } with { by: desk.actor };

    /// The evidence does not prove it.
    commitment_reject_evidence: CommitmentRejectEvidenceInput => RejectEvidence of commitment {
        /// Which evidence.
        evidence: Given<EvidenceId>,
        /// Why.
        reason: Words<Note>,
    } with { by: desk.actor };

    /// The offerer takes the promise back.
    commitment_withdraw: CommitmentWithdrawInput => Withdraw of commitment {
        /// Why.
        reason: Words<Note>,
    } with { by: desk.actor };

    /// Nobody expects it any more.
    commitment_lapse: CommitmentLapseInput => Lapse of commitment {
        /// Why.
        reason: Words<Note>,
    } with { by: desk.actor };

    /// The two sides disagree.
    commitment_dispute: CommitmentDisputeInput => Dispute of commitment {
        /// Why.
        reason: Words<Note>,
    } with { by: desk.actor };

    /// The disagreement ends.
    commitment_settle: CommitmentSettleInput => Settle of commitment {
        /// How.
        settlement: Choice<Settlement>,
        /// Why.
        reason: Words<Note>,
    } with { by: desk.actor };

    /// It was written down wrongly; what is left out stays as it was.
    commitment_correct: CommitmentCorrectInput => Correct of commitment {
        /// In short.
        title: Option<Words<Title>>,
        /// The last day to keep it: once it is accepted, only who it was promised to corrects it.
        due: Option<Given<Date>>,
        /// For which intervention.
        intervention: Option<Given<InterventionId>>,
        /// Within which programme.
        programme: Option<Given<ProgrammeId>>,
        /// Why.
        reason: Words<Note>,
    } corrects { offered(desk, id) } with { by: desk.actor };

    /// A step was written down wrongly; what is left out stays as it was.
    commitment_correct_milestone: CommitmentCorrectMilestoneInput => CorrectMilestone of commitment {
        /// Which step.
        milestone: Given<MilestoneId>,
        /// In short.
        title: Option<Words<Title>>,
        /// Its last day: only who waits for it corrects it.
        due: Option<Given<Date>>,
        /// Why.
        reason: Words<Note>,
    } corrects { added(desk, id, milestone) } with { by: desk.actor };

    /// A figure was recorded wrongly: it stays as it is until another person confirms.
    commitment_propose_correction: CommitmentProposeCorrectionInput => ProposeCorrection of commitment {
        /// Which figure, and what it should say.
        figure: CommitmentFigureInput,
        /// Why.
        reason: Words<Note>,
    } adds correction: CorrectionId with { by: desk.actor, person: desk.person };

    /// Another person than who proposed it agrees: the figure is corrected.
    commitment_confirm_correction: CommitmentConfirmCorrectionInput => ConfirmCorrection of commitment {
        /// Which correction.
        correction: Given<CorrectionId>,
    } corrects { desk.corrected(correction) } with { by: desk.actor, person: desk.person };

    /// Another person than who proposed it does not agree: the figure stays as it is.
    commitment_reject_correction: CommitmentRejectCorrectionInput => RejectCorrection of commitment {
        /// Which correction.
        correction: Given<CorrectionId>,
        /// Why.
        reason: Words<Note>,
    } with { by: desk.actor, person: desk.person };

    /// It was recorded by mistake: it counts nowhere, and stays visible.
    commitment_annul: CommitmentAnnulInput => Annul of commitment {
        /// Why.
        reason: Words<Note>,
    } corrects { offered(desk, id) } with { by: desk.actor };
}

fn offered(desk: &Desk<'_>, id: CommitmentId) -> Option<Position> {
    desk.models.commitments.get(id).map(|it| it.offered.position)
}

fn added(desk: &Desk<'_>, id: CommitmentId, milestone: MilestoneId) -> Option<Position> {
    let known = desk.models.commitments.get(id)?;
    known.milestones.iter().rfind(|it| it.id == milestone).map(|it| it.added.position)
}
