//! Why a funding request refuses.
use serde::Serialize;
use strum::{IntoStaticStr, VariantNames};

use crate::aggregate::Refused;
use crate::correction;
use crate::effective::Effective;
use crate::funding_request::Stage;
use crate::money::{Currency, Money};

/// Why a funding request refuses: a rule said no, nothing broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the message says it")]
pub enum Refusal {
    #[error("the funding request has not been submitted yet")]
    NotSubmitted,
    #[error("the funding request has been submitted already")]
    AlreadySubmitted,
    #[error("the funding request is {stage}: this step is not possible any more, or not yet")]
    OutOfTurn { stage: Stage },
    #[error("there is no such funding call")]
    UnknownCall,
    #[error("the funding call is not open yet")]
    NotYetOpen,
    #[error("the funding call is closed, and was not waived for this applicant")]
    Closed,
    #[error("an amount must be above zero; leave out what is not declared")]
    NothingAsked,
    #[error("an own contribution cannot be below zero")]
    NegativeContribution,
    #[error("the amounts of one request must be in one currency: {} and {}", .one.code(), .other.code())]
    MixedCurrencies { one: Currency, other: Currency },
    #[error("the opinion must come from outside the applicant")]
    OpinionByApplicant,
    #[error("only the applicant may reformulate its request or declare its expenditure")]
    NotTheApplicant,
    #[error("who validates an expenditure must not be the applicant")]
    ValidatedByApplicant,
    #[error("a decision needs at least one opinion from outside the applicant first")]
    NoOutsideOpinion,
    #[error("{asked} is more than what was granted: {granted}")]
    ExceedsGrant { asked: Money, granted: Money },
    #[error("{asked} is less than what has been disbursed and not refunded: {disbursed}")]
    BelowDisbursed { asked: Money, disbursed: Money },
    #[error("the agreement has that amendment already")]
    DuplicateAmendment,
    #[error("that disbursement was planned or recorded already")]
    DuplicateDisbursement,
    #[error("that expenditure was declared already")]
    DuplicateExpenditure,
    #[error("there is no such expenditure")]
    UnknownExpenditure,
    #[error("that expenditure was validated already")]
    AlreadyValidated,
    #[error("that refund was recorded already")]
    DuplicateRefund,
    #[error(
        "the agreement is in {}: give the amount in it, and in {} with its rate, date and source",
        .agreement.code(), .given.code()
    )]
    OtherCurrency { agreement: Currency, given: Currency },
    #[error("an amount paid in the agreement's own currency, {}, has no rate", .currency.code())]
    NeedlessExchange { currency: Currency },
    #[error("at that rate {original} are not {amount}")]
    WrongExchange { original: Money, amount: Money },
    #[error("{on} is in the future: record what has happened, plan what is expected")]
    InTheFuture { on: Effective },
    #[error("{asked} is more than what is left to disburse of the agreement: {left}")]
    ExceedsAgreement { asked: Money, left: Money },
    #[error("{asked} is more than what has been disbursed and not refunded: {disbursed}")]
    ExceedsDisbursed { asked: Money, disbursed: Money },
    #[error("{asked} is more than what has not been spent: {unspent}")]
    RefundOfSpent { asked: Money, unspent: Money },
    #[error("{asked} is more than the disbursed and own money that is still to be spent: {left}")]
    ExceedsMeans { asked: Money, left: Money },
    #[error("{waiting} declared expenditures wait for validation")]
    ExpenditureWaiting { waiting: usize },
    #[error("an amount must stay within ±9,007,199,254,740,991 minor units")]
    AmountOutOfRange,
    #[error("at most {max} of them")]
    TooMany { max: usize },
    #[error("nothing is corrected: give at least one value that differs from what is recorded")]
    NothingCorrected,
    #[error("no such flow was recorded, or it was annulled")]
    UnknownFigure,
    #[error("who confirms or rejects a correction must not be the applicant")]
    AnsweredByApplicant,
    #[error(
        "{disbursed} would be disbursed and {refunded} refunded of it: correct the refunds first"
    )]
    BelowRefunded { disbursed: Money, refunded: Money },
    #[error("{held} would be disbursed and not refunded, more than was agreed: {agreed}")]
    BeyondAgreement { held: Money, agreed: Money },
    #[error(
        "{held} would be disbursed and not refunded, but all beyond {kept} went back when the grant \
         was revoked"
    )]
    BeyondRevocation { held: Money, kept: Money },
    #[error(
        "{validated} would be validated, more than the disbursed and own money: {means}; correct \
         the expenditures first"
    )]
    BelowSpent { means: Money, validated: Money },
    #[error("the grant is in force: revoke it first")]
    GrantInForce,
    #[error("money has flowed: correct each flow to nothing first, with a second person")]
    MoneyFlowed,
    #[error(transparent)]
    #[serde(untagged)]
    Correction(#[from] correction::Refusal),
}

impl Refused for Refusal {
    fn code(&self) -> String {
        match self {
            Self::Correction(refusal) => refusal.code(),
            own => format!("FUNDING_REQUEST_{}", <&str>::from(own)),
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::UnknownCall | Self::NotYetOpen | Self::Closed => Some("call"),
            Self::NegativeContribution | Self::MixedCurrencies { .. } => Some("own_contribution"),
            Self::OpinionByApplicant => Some("by"),
            Self::NothingAsked
            | Self::ExceedsGrant { .. }
            | Self::BelowDisbursed { .. }
            | Self::OtherCurrency { .. }
            | Self::ExceedsAgreement { .. }
            | Self::ExceedsDisbursed { .. }
            | Self::RefundOfSpent { .. }
            | Self::AmountOutOfRange => Some("amount"),
            Self::DuplicateAmendment => Some("amendment"),
            Self::DuplicateDisbursement => Some("disbursement"),
            Self::DuplicateExpenditure
            | Self::UnknownExpenditure
            | Self::AlreadyValidated
            | Self::ExceedsMeans { .. } => Some("expenditure"),
            Self::DuplicateRefund => Some("refund"),
            Self::NeedlessExchange { .. } | Self::WrongExchange { .. } => Some("exchange"),
            Self::InTheFuture { .. } => Some("on"),
            Self::UnknownFigure
            | Self::BelowRefunded { .. }
            | Self::BeyondAgreement { .. }
            | Self::BeyondRevocation { .. }
            | Self::BelowSpent { .. } => Some("figure"),
            Self::Correction(refusal) => refusal.field(),
            Self::NotSubmitted
            | Self::AlreadySubmitted
            | Self::OutOfTurn { .. }
            | Self::NotTheApplicant
            | Self::ValidatedByApplicant
            | Self::NoOutsideOpinion
            | Self::ExpenditureWaiting { .. }
            | Self::NothingCorrected
            | Self::AnsweredByApplicant
            | Self::GrantInForce
            | Self::MoneyFlowed
            | Self::TooMany { .. } => None,
        }
    }
}
