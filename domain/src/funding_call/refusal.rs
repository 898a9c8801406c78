//! Why a funding call refuses.
use serde::Serialize;
use strum::{IntoStaticStr, VariantNames};

use super::Stage;
use crate::aggregate::Refused;

/// Why a funding call refuses: a rule said no, nothing broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the message says it")]
pub enum Refusal {
    #[error("the funding call has not been drafted yet")]
    NotDrafted,
    #[error("the funding call has been drafted already")]
    AlreadyDrafted,
    #[error("the funding call is {stage}: this step is not possible any more, or not yet")]
    OutOfTurn { stage: Stage },
    #[error("the same territory is given twice")]
    DuplicateTerritory,
    #[error("the most that one request may be granted must be more than nothing")]
    NothingOffered,
    #[error("a funding call cannot close before it opens")]
    ClosesBeforeItOpens,
    #[error("a funding call cannot have closed before it opened")]
    ClosedBeforeItOpened,
    #[error("a waiver must not end before the call closes")]
    WaiverEndsBeforeClosing,
    #[error("requests cannot be decided before the call closes")]
    DecidedBeforeClosing,
    #[error("at most {max} of these")]
    TooMany { max: usize },
    #[error("nothing is corrected: give at least one value that differs from what is recorded")]
    NothingCorrected,
    #[error("that step was not recorded: there is no date to correct")]
    NoSuchStep,
    #[error("{named_by} requests answer it: correct or annul them first")]
    StillNamed { named_by: usize },
}

impl Refused for Refusal {
    fn code(&self) -> String {
        format!("FUNDING_CALL_{}", <&str>::from(self))
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::DuplicateTerritory => Some("territories"),
            Self::NothingOffered => Some("ceiling"),
            Self::ClosesBeforeItOpens => Some("closes"),
            Self::ClosedBeforeItOpened | Self::DecidedBeforeClosing => Some("on"),
            Self::WaiverEndsBeforeClosing => Some("until"),
            Self::NotDrafted
            | Self::AlreadyDrafted
            | Self::OutOfTurn { .. }
            | Self::NothingCorrected
            | Self::NoSuchStep
            | Self::StillNamed { .. }
            | Self::TooMany { .. } => None,
        }
    }
}
