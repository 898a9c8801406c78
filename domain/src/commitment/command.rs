//! What is asked of a commitment.
use jiff::civil::Date;
use serde::Serialize;

use crate::commitment::{Figure, Pledge, Settlement};
use crate::ids::{
    ActorId, CorrectionId, DocumentId, EvidenceId, InterventionId, MilestoneId, ProgrammeId, UserId,
};
use crate::measure::Quantity;
use crate::text::{Note, Title};

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
        // Not in the event: who acted is in its envelope.
        #[serde(skip)]
        by: ActorId,
        milestone: MilestoneId,
        title: Title,
        due: Date,
    },
    RescheduleMilestone {
        // Not in the event: who acted is in its envelope.
        #[serde(skip)]
        by: ActorId,
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
    Correct {
        // Not in the event: who acted is in its envelope.
        #[serde(skip)]
        by: ActorId,
        title: Option<Title>,
        due: Option<Date>,
        intervention: Option<InterventionId>,
        programme: Option<ProgrammeId>,
        reason: Note,
    },
    CorrectMilestone {
        // Not in the event: who acted is in its envelope.
        #[serde(skip)]
        by: ActorId,
        milestone: MilestoneId,
        title: Option<Title>,
        due: Option<Date>,
        reason: Note,
    },
    ProposeCorrection {
        by: ActorId,
        person: UserId,
        correction: CorrectionId,
        figure: Figure,
        reason: Note,
    },
    ConfirmCorrection {
        by: ActorId,
        person: UserId,
        correction: CorrectionId,
    },
    RejectCorrection {
        by: ActorId,
        person: UserId,
        correction: CorrectionId,
        reason: Note,
    },
    Annul {
        by: ActorId,
        reason: Note,
    },
}
