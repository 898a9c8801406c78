//! Why a commitment refuses.
use serde::Serialize;
use strum::{IntoStaticStr, VariantNames};

use crate::aggregate::Refused;
use crate::commitment::Stage;
use crate::correction;

/// Why a commitment refuses: a rule said no, nothing broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the message says it")]
pub enum Refusal {
    #[error("a commitment must promise more than nothing")]
    NothingPledged,
    #[error("an estimate must be above zero; leave it out where there is none")]
    NothingEstimated,
    #[error("a partner cannot make a commitment to itself")]
    OfferedToItself,
    #[error("the commitment has not been offered yet")]
    NotOffered,
    #[error("the commitment has been offered already")]
    AlreadyOffered,
    #[error("the commitment is {stage}: this step is not possible any more, or not yet")]
    OutOfTurn { stage: Stage },
    #[error(
        "only the actor that offered a commitment may withdraw it, submit evidence for it or propose \
         another size of it"
    )]
    NotTheOfferer,
    #[error("only the actor that the commitment was offered to may accept or decline it")]
    NotTheBeneficiary,
    #[error(
        "only the actor that offered a commitment or the one that it was offered to may set its \
         milestones, correct or dispute it"
    )]
    NotAParty,
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
    #[error("nothing is corrected: give at least one value that differs from what is recorded")]
    NothingCorrected,
    #[error(
        "once a promise is accepted, only the actor that it was made to may correct a due date: \
         reschedule a milestone, or ask them"
    )]
    DueCorrectedByOfferer,
    #[error("nothing was confirmed on that evidence")]
    NothingConfirmed,
    #[error(
        "some of it was confirmed as kept: correct that to nothing first, with a second person"
    )]
    FulfilmentStands,
    #[error(transparent)]
    #[serde(untagged)]
    Correction(#[from] correction::Refusal),
}

impl Refused for Refusal {
    fn code(&self) -> String {
        match self {
            Self::Correction(refusal) => refusal.code(),
            own => format!("COMMITMENT_{}", <&str>::from(own)),
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NothingPledged | Self::NothingEstimated => Some("pledge"),
            Self::OfferedToItself => Some("to"),
            Self::UnknownMilestone | Self::DuplicateMilestone => Some("milestone"),
            Self::UnknownEvidence | Self::DuplicateEvidence => Some("evidence"),
            Self::NothingClaimed => Some("claimed"),
            Self::ExceedsPledge { .. } => Some("exceeding"),
            Self::DueCorrectedByOfferer => Some("due"),
            Self::NothingConfirmed => Some("figure"),
            Self::Correction(refusal) => refusal.field(),
            _ => None,
        }
    }
}
