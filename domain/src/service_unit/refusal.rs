//! Why a service unit refuses.
use serde::Serialize;
use strum::{IntoStaticStr, VariantNames};

use crate::aggregate::Refused;
use crate::effective::Effective;
use crate::service_unit::{Service, Stage};

/// Why a service unit refuses: a rule said no, nothing broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the message says it")]
pub enum Refusal {
    #[error("it has not been decided yet")]
    NotDecided,
    #[error("it has been decided already")]
    AlreadyDecided,
    #[error("it was annulled: nothing is recorded of it any more")]
    Annulled,
    #[error("the service unit is {stage}: this step is not possible any more, or not yet")]
    OutOfTurn { stage: Stage },
    #[error("it cannot be on {on}, before what came before it ({before})")]
    OutOfOrder { before: Effective, on: Effective },
    #[error("the service unit does not offer this service: {}", <&str>::from(service))]
    NotOffered { service: Service },
    #[error("this service stands there twice: {}", <&str>::from(service))]
    ServiceTwice { service: Service },
    #[error("months were counted for this service, it cannot be left out: {}", <&str>::from(service))]
    ServiceCounted { service: Service },
    #[error("the service unit has that referral agreement already")]
    DuplicateReferral,
    #[error("the service unit has no such referral agreement")]
    UnknownReferral,
    #[error("an agreement of this sort with this partner is in force: it must end first")]
    AlreadyAgreed,
    #[error("the referral agreement ended already, on {to}")]
    ReferralOver { to: Effective },
    #[error("it would end ({to}) before it begins ({from})")]
    EndsBeforeStart { from: Effective, to: Effective },
    #[error("visits are counted by the month, which `{month}` is not: write 2025-03")]
    NotAMonth { month: Effective },
    #[error("{month} has not begun")]
    InTheFuture { month: Effective },
    #[error("{month} is before the opening ({opened})")]
    BeforeOpening { month: Effective, opened: Effective },
    #[error("{month} is after the closing ({closed})")]
    AfterClosing { month: Effective, closed: Effective },
    #[error("{month} was counted already: correct it")]
    AlreadyReported { month: Effective },
    #[error("{month} was not counted")]
    NotReported { month: Effective },
    #[error("a month counts at least one service; nobody who came is a count of zero")]
    NothingCounted,
    #[error("{received} came for a service and {referred} of them were sent on: too many")]
    MoreReferredThanReceived { service: Service, received: i64, referred: i64 },
    #[error("the correction changes nothing")]
    NothingCorrected,
    #[error("at most {max} of them")]
    TooMany { max: usize },
}

impl Refused for Refusal {
    fn code(&self) -> String {
        format!("SERVICE_UNIT_{}", <&str>::from(self))
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::OutOfOrder { .. } | Self::EndsBeforeStart { .. } => Some("on"),
            Self::ServiceCounted { .. } => Some("services"),
            Self::DuplicateReferral | Self::UnknownReferral | Self::ReferralOver { .. } => {
                Some("referral")
            }
            Self::AlreadyAgreed => Some("partner"),
            Self::NotAMonth { .. }
            | Self::InTheFuture { .. }
            | Self::BeforeOpening { .. }
            | Self::AfterClosing { .. }
            | Self::AlreadyReported { .. }
            | Self::NotReported { .. } => Some("month"),
            Self::NothingCounted | Self::MoreReferredThanReceived { .. } => Some("counts"),
            Self::NotDecided
            | Self::AlreadyDecided
            | Self::Annulled
            | Self::OutOfTurn { .. }
            | Self::NotOffered { .. }
            | Self::ServiceTwice { .. }
            | Self::NothingCorrected
            | Self::TooMany { .. } => None,
        }
    }
}
