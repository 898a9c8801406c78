//! Why a coordination body refuses.
use serde::Serialize;
use strum::{IntoStaticStr, VariantNames};

use crate::aggregate::Refused;
use crate::coordination_body::Stage;
use crate::effective::Effective;
use crate::ids::ActorId;

/// Why a coordination body refuses: a rule said no, nothing broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the message says it")]
pub enum Refusal {
    #[error("it has not been constituted yet")]
    NotConstituted,
    #[error("it has been constituted already")]
    AlreadyConstituted,
    #[error("it was annulled: nothing is recorded of it any more")]
    Annulled,
    #[error("the body is {stage}: this step is not possible any more")]
    OutOfTurn { stage: Stage },
    #[error("the body is chaired by {chair} at that time: that membership must end first")]
    SecondChair { chair: ActorId },
    #[error("the actor has that seat already")]
    AlreadySits,
    #[error("the body has that membership already")]
    DuplicateMembership,
    #[error("the body has no such membership")]
    UnknownMembership,
    #[error("the membership ended already, on {to}")]
    MembershipOver { to: Effective },
    #[error("it would end ({to}) before it begins ({from})")]
    EndsBeforeStart { from: Effective, to: Effective },
    #[error("the correction changes nothing")]
    NothingCorrected,
    #[error("at most {max} of them")]
    TooMany { max: usize },
}

impl Refused for Refusal {
    fn code(&self) -> String {
        format!("COORDINATION_BODY_{}", <&str>::from(self))
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::SecondChair { .. } | Self::AlreadySits => Some("seat"),
            Self::DuplicateMembership | Self::UnknownMembership | Self::MembershipOver { .. } => {
                Some("membership")
            }
            Self::NotConstituted
            | Self::AlreadyConstituted
            | Self::Annulled
            | Self::OutOfTurn { .. }
            | Self::EndsBeforeStart { .. }
            | Self::NothingCorrected
            | Self::TooMany { .. } => None,
        }
    }
}
