//! Why a programme refuses.
use serde::Serialize;
use strum::{IntoStaticStr, VariantNames};

use crate::aggregate::Refused;
use crate::classification::Unfit;
use crate::correction;
use crate::effective::Effective;
use crate::money::{Currency, Money};
use crate::programme::Stage;

/// Why a programme refuses: a rule said no, nothing broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the message says it")]
pub enum Refusal {
    #[error("the programme has not been created yet")]
    NotCreated,
    #[error("the programme has been created already")]
    AlreadyCreated,
    #[error("the programme is {stage}: this step is not possible any more, or not yet")]
    OutOfTurn { stage: Stage },
    #[error("the period ends ({to}) before it begins ({from})")]
    PeriodReversed { from: Effective, to: Effective },
    #[error("an amount must be above zero; leave out what is not declared")]
    NothingBudgeted,
    #[error("a programme cannot be part of itself, not through others either")]
    CycleOfParents,
    #[error("it is part of that programme already")]
    AlreadyAttached,
    #[error("it is aligned with that framework and axis already")]
    AlreadyAligned,
    #[error("the programme has that result already")]
    DuplicateResult,
    #[error("the programme has no such result")]
    UnknownResult,
    #[error("the programme has that indicator already")]
    DuplicateIndicator,
    #[error("the programme has no such indicator")]
    UnknownIndicator,
    #[error("the indicator has a target already: revise it and say why")]
    TargetAlreadySet,
    #[error("the indicator has no target to revise yet")]
    NoTarget,
    #[error("the programme has that envelope already")]
    DuplicateEnvelope,
    #[error("the programme has no such envelope")]
    UnknownEnvelope,
    #[error("the envelope is kept in {}, not in {}", .envelope.code(), .given.code())]
    OtherCurrency { envelope: Currency, given: Currency },
    #[error("the funding request has taken its part of an envelope already")]
    AlreadyReserved,
    #[error("{asked} is more than what is left of the envelope: {left}")]
    EnvelopeExhausted { asked: Money, left: Money },
    #[error("the funding request has taken nothing from that envelope")]
    NotReserved,
    #[error("{asked} is more than what the funding request still holds: {reserved}")]
    ReleasesTooMuch { asked: Money, reserved: Money },
    #[error("an extension to {to} would end before the present end, {end}")]
    ExtendedBackwards { to: Effective, end: Effective },
    #[error("no source has said anything about that yet: report it before settling it")]
    NothingToSettle,
    #[error("name at least one sector: goals alone do not say what it is about")]
    NoSector,
    #[error("a sector or a goal is named twice")]
    ClassifiedTwice,
    #[error("at most {max} of them")]
    TooMany { max: usize },
    #[error("nothing is corrected: give at least one value that differs from what is recorded")]
    NothingCorrected,
    #[error("{asked} is less than what is reserved of the envelope: {reserved}")]
    EnvelopeBelowReserved { asked: Money, reserved: Money },
    #[error("funding requests hold parts of its envelopes: revoke those grants first")]
    MoneyReserved,
    #[error(
        "{named_by} projects, interventions, calls, requests and commitments are part of it: correct \
         or annul them first"
    )]
    StillNamed { named_by: usize },
    #[error(transparent)]
    #[serde(untagged)]
    Correction(#[from] correction::Refusal),
}

impl From<Unfit> for Refusal {
    fn from(unfit: Unfit) -> Self {
        match unfit {
            Unfit::NoSector => Self::NoSector,
            Unfit::Duplicate => Self::ClassifiedTwice,
            Unfit::TooMany { max } => Self::TooMany { max },
        }
    }
}

impl Refused for Refusal {
    fn code(&self) -> String {
        match self {
            Self::Correction(refusal) => refusal.code(),
            own => format!("PROGRAMME_{}", <&str>::from(own)),
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::PeriodReversed { .. } => Some("period"),
            Self::NothingBudgeted
            | Self::OtherCurrency { .. }
            | Self::EnvelopeExhausted { .. }
            | Self::ReleasesTooMuch { .. } => Some("amount"),
            Self::CycleOfParents | Self::AlreadyAttached => Some("parent"),
            Self::AlreadyAligned => Some("framework"),
            Self::DuplicateResult | Self::UnknownResult => Some("result"),
            Self::DuplicateIndicator
            | Self::UnknownIndicator
            | Self::TargetAlreadySet
            | Self::NoTarget => Some("indicator"),
            Self::DuplicateEnvelope | Self::UnknownEnvelope => Some("envelope"),
            Self::AlreadyReserved | Self::NotReserved => Some("request"),
            Self::ExtendedBackwards { .. } => Some("to"),
            Self::NothingToSettle => Some("claim"),
            Self::NoSector => Some("sectors"),
            Self::EnvelopeBelowReserved { .. } => Some("figure"),
            Self::Correction(refusal) => refusal.field(),
            Self::NotCreated
            | Self::AlreadyCreated
            | Self::OutOfTurn { .. }
            | Self::NothingCorrected
            | Self::MoneyReserved
            | Self::StillNamed { .. }
            | Self::ClassifiedTwice
            | Self::TooMany { .. } => None,
        }
    }
}
