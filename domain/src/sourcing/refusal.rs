//! Why what is known of the sources on one subject refuses.
use serde::Serialize;
use strum::{IntoStaticStr, VariantNames};

use crate::aggregate::Refused;

/// Why what is known of the sources on one subject refuses: a rule said no, nothing broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the message says it")]
pub enum Refusal {
    #[error("the ledger keeps no such sort of thing")]
    UnknownSubjectType,
    #[error("these sources are about another subject")]
    OtherSubject,
    #[error("this source is known for this event already")]
    AlreadyAttributed,
    #[error("the disagreement is recorded already")]
    DuplicateConflict,
    #[error("there is no such disagreement")]
    UnknownConflict,
    #[error("a disagreement takes two claims or more")]
    TooFewClaims,
    #[error("the claims all say the same: there is no disagreement")]
    ClaimsAgree,
    #[error("two claims are read in the same place: say where in the source each of them stands")]
    SameSource,
    #[error("the claim is there already")]
    DuplicateClaim,
    #[error("the disagreement has no such claim")]
    UnknownClaim,
    #[error("name the claim that holds, or say what holds instead: one of the two")]
    ClaimOrValue,
    #[error("the disagreement is settled already; a new claim opens it again")]
    AlreadySettled,
    #[error("at most {max} of them")]
    TooMany { max: usize },
}

impl Refused for Refusal {
    fn code(&self) -> String {
        format!("SOURCING_{}", <&str>::from(self))
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::UnknownSubjectType | Self::OtherSubject => Some("subject"),
            Self::AlreadyAttributed => Some("foundIn"),
            Self::DuplicateConflict | Self::UnknownConflict | Self::AlreadySettled => {
                Some("conflict")
            }
            Self::TooFewClaims | Self::ClaimsAgree => Some("claims"),
            Self::DuplicateClaim | Self::UnknownClaim | Self::ClaimOrValue => Some("claim"),
            Self::SameSource | Self::TooMany { .. } => None,
        }
    }
}
