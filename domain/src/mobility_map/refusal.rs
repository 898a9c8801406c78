//! Why a mobility map refuses.
use jiff::civil::Date;
use serde::Serialize;
use strum::{IntoStaticStr, VariantNames};

use crate::aggregate::Refused;
use crate::effective::Effective;
use crate::mobility_map::Stage;

/// Why a mobility map refuses: a rule said no, nothing broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the message says it")]
pub enum Refusal {
    #[error("the map has not been drafted yet")]
    NotDrafted,
    #[error("the map has been drafted already")]
    AlreadyDrafted,
    #[error("the map is {stage}: this step is not possible any more, or not yet")]
    OutOfTurn { stage: Stage },
    #[error("the map has that opportunity already")]
    DuplicateOpportunity,
    #[error("the map has no such opportunity")]
    UnknownOpportunity,
    #[error("the opportunity expired already")]
    OpportunityExpired,
    #[error("{on} is in the future: record what has happened")]
    InTheFuture { on: Effective },
    #[error("it closed ({closes}) before it was checked ({on}): it is no opportunity any more")]
    ClosedBeforeVerified { closes: Date, on: Date },
    #[error("it was checked on that day or since: {verified_on}")]
    VerifiedSince { verified_on: Date },
    #[error("who validates a map must not be who drafted it")]
    ValidatedByDrafter,
    #[error("no opportunity of the map is open: there is nothing to publish")]
    NothingOpen,
    #[error("the map cannot be out of date on {on}, before its publication ({published})")]
    ExpiredBeforePublication { on: Effective, published: Effective },
    #[error("the correction changes nothing")]
    NothingCorrected,
    #[error("at most {max} of them")]
    TooMany { max: usize },
}

impl Refused for Refusal {
    fn code(&self) -> String {
        format!("MOBILITY_MAP_{}", <&str>::from(self))
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::DuplicateOpportunity | Self::UnknownOpportunity | Self::OpportunityExpired => {
                Some("opportunity")
            }
            Self::ClosedBeforeVerified { .. } => Some("closes"),
            Self::VerifiedSince { .. } | Self::ExpiredBeforePublication { .. } => Some("on"),
            Self::ValidatedByDrafter => Some("by"),
            // The day may be that of a check, `verified_on`, or of a step, `on`.
            Self::InTheFuture { .. }
            | Self::NotDrafted
            | Self::AlreadyDrafted
            | Self::OutOfTurn { .. }
            | Self::NothingOpen
            | Self::NothingCorrected
            | Self::TooMany { .. } => None,
        }
    }
}
