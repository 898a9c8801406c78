//! Why a citizens' initiative refuses.
use serde::Serialize;
use strum::{IntoStaticStr, VariantNames};

use crate::aggregate::Refused;
use crate::citizen_initiative::Stage;
use crate::effective::Effective;

/// Why a citizens' initiative refuses: a rule said no, nothing broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the message says it")]
pub enum Refusal {
    #[error("the initiative has not been received yet")]
    NotReceived,
    #[error("the initiative has been received already")]
    AlreadyReceived,
    #[error("the initiative is {stage}: this step is not possible any more, or not yet")]
    OutOfTurn { stage: Stage },
    #[error("a number of signatures is above zero; leave it out where it is not declared")]
    NothingSigned,
    #[error(
        "{count} signatures below the province could point at persons: leave the number out, or \
         give the province"
    )]
    SmallCount { count: i64 },
    #[error("the actor has endorsed the initiative already")]
    AlreadyEndorsed,
    #[error("the initiative has that deliberation already")]
    AlreadyLinked,
    #[error("it cannot be on {on}, before the initiative was received ({received})")]
    BeforeReception { on: Effective, received: Effective },
    #[error("a correction changes something")]
    NothingCorrected,
    #[error("at most {max} of them")]
    TooMany { max: usize },
}

impl Refused for Refusal {
    fn code(&self) -> String {
        format!("CITIZEN_INITIATIVE_{}", <&str>::from(self))
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NothingSigned | Self::SmallCount { .. } => Some("signatures"),
            Self::AlreadyLinked => Some("deliberation"),
            Self::BeforeReception { .. } => Some("on"),
            Self::NotReceived
            | Self::AlreadyReceived
            | Self::OutOfTurn { .. }
            | Self::AlreadyEndorsed
            | Self::NothingCorrected
            | Self::TooMany { .. } => None,
        }
    }
}
