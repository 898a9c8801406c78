//! A funding request: from the application to the last dirham accounted for.
//!
//! ```text
//! Unrecorded ─Submit─▶ Submitted ─Check─▶ Eligible, Ineligible; Eligible ─Give opinion─▶ Opined ─Reformulate─▶ Opined ─Grant, Refuse, Defer─▶ Granted, Refused, Deferred; Granted ─Sign─▶ Contracted ─Close─▶ Completed; Granted, Contracted ─Revoke─▶ Revoked
//! ```
use std::future::Future;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantNames};

use crate::aggregate::{Refused, aggregate};
use crate::effective::Effective;
use crate::ids::{
    ActorId, AgreementId, AmendmentId, DisbursementId, DocumentId, EnvelopeId, ExpenditureId,
    FundingCallId, FundingRequestId, InterventionId, ProgrammeId, RefundId,
};
use crate::money::{Exchange, Money};
use crate::territory::TerritoryId;
use crate::text::{Note, Title};
/// What a technical opinion says.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    strum::EnumString,
    IntoStaticStr,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[allow(missing_docs)]
pub enum Advice {
    Favourable,
    FavourableWithReservations,
    Unfavourable,
}

/// Whether the funding call takes requests, as its own stream says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Window {
    /// The request answers no call.
    NoCall,
    /// The call is open, or was waived for this applicant.
    Open,
    /// The call is not open yet.
    NotYetOpen,
    /// The call is closed.
    Closed,
}

/// What is asked of a funding request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are those of the events")]
pub enum Command {
    Submit {
        applicant: ActorId,
        title: Title,
        call: Option<FundingCallId>,
        programme: ProgrammeId,
        envelope: Option<EnvelopeId>,
        intervention: Option<InterventionId>,
        territories: Vec<TerritoryId>,
        asked: Option<Money>,
        own_contribution: Option<Money>,
        #[serde(skip)]
        window: Window,
        #[serde(skip)]
        today: Date,
    },
    CheckEligibility {
        by: ActorId,
        eligible: bool,
        reason: Option<Note>,
    },
    GiveOpinion {
        by: ActorId,
        advice: Advice,
        note: Option<Note>,
        on: Effective,
    },
    Reformulate {
        asked: Option<Money>,
        own_contribution: Option<Money>,
        reason: Note,
        on: Effective,
    },
    Grant {
        by: ActorId,
        amount: Money,
        envelope: Option<EnvelopeId>,
        on: Effective,
    },
    Refuse {
        by: ActorId,
        reason: Note,
        on: Effective,
    },
    Defer {
        by: ActorId,
        reason: Note,
        on: Effective,
    },
    SignAgreement {
        agreement: AgreementId,
        parties: Vec<ActorId>,
        amount: Money,
        document: Option<DocumentId>,
        on: Effective,
    },
    AmendAgreement {
        amendment: AmendmentId,
        amount: Money,
        reason: Note,
        on: Effective,
    },
    PlanDisbursement {
        disbursement: DisbursementId,
        amount: Money,
        due: Date,
    },
    RecordDisbursement {
        disbursement: DisbursementId,
        funder: Option<ActorId>,
        amount: Money,
        exchange: Option<Exchange>,
        on: Effective,
        #[serde(skip)]
        today: Date,
    },
    DeclareExpenditure {
        expenditure: ExpenditureId,
        amount: Money,
        exchange: Option<Exchange>,
        documents: Vec<DocumentId>,
        on: Effective,
        #[serde(skip)]
        today: Date,
    },
    ValidateExpenditure {
        by: ActorId,
        expenditure: ExpenditureId,
    },
    RecordRefund {
        refund: RefundId,
        amount: Money,
        on: Effective,
        #[serde(skip)]
        today: Date,
    },
    Revoke {
        by: ActorId,
        reason: Note,
    },
    Close {
        by: ActorId,
        on: Effective,
    },
}

/// What is recorded of a funding request. Stored for ever: variants and fields are added, never renamed.
#[derive(
    Clone,
    Debug,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    JsonSchema,
    IntoStaticStr,
    VariantNames,
    EnumCount,
)]
#[serde(tag = "type", content = "data", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[allow(missing_docs)]
pub enum Event {
    Submitted {
        applicant: ActorId,
        title: Title,
        #[serde(skip_serializing_if = "Option::is_none")]
        call: Option<FundingCallId>,
        programme: ProgrammeId,
        #[serde(skip_serializing_if = "Option::is_none")]
        envelope: Option<EnvelopeId>,
        #[serde(skip_serializing_if = "Option::is_none")]
        intervention: Option<InterventionId>,
        territories: Vec<TerritoryId>,
        #[serde(skip_serializing_if = "Option::is_none")]
        asked: Option<Money>,
        #[serde(skip_serializing_if = "Option::is_none")]
        own_contribution: Option<Money>,
    },
    EligibilityChecked {
        by: ActorId,
        eligible: bool,
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<Note>,
    },
    OpinionGiven {
        by: ActorId,
        advice: Advice,
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<Note>,
        on: Effective,
    },
    Reformulated {
        #[serde(skip_serializing_if = "Option::is_none")]
        asked: Option<Money>,
        #[serde(skip_serializing_if = "Option::is_none")]
        own_contribution: Option<Money>,
        reason: Note,
        on: Effective,
    },
    Granted {
        by: ActorId,
        amount: Money,
        #[serde(skip_serializing_if = "Option::is_none")]
        envelope: Option<EnvelopeId>,
        on: Effective,
    },
    Refused {
        by: ActorId,
        reason: Note,
        on: Effective,
    },
    Deferred {
        by: ActorId,
        reason: Note,
        on: Effective,
    },
    AgreementSigned {
        agreement: AgreementId,
        parties: Vec<ActorId>,
        amount: Money,
        #[serde(skip_serializing_if = "Option::is_none")]
        document: Option<DocumentId>,
        on: Effective,
    },
    AgreementAmended {
        amendment: AmendmentId,
        amount: Money,
        reason: Note,
        on: Effective,
    },
    DisbursementPlanned {
        disbursement: DisbursementId,
        amount: Money,
        due: Date,
    },
    DisbursementRecorded {
        disbursement: DisbursementId,
        #[serde(skip_serializing_if = "Option::is_none")]
        funder: Option<ActorId>,
        amount: Money,
        #[serde(skip_serializing_if = "Option::is_none")]
        exchange: Option<Exchange>,
        on: Effective,
    },
    ExpenditureDeclared {
        expenditure: ExpenditureId,
        amount: Money,
        #[serde(skip_serializing_if = "Option::is_none")]
        exchange: Option<Exchange>,
        documents: Vec<DocumentId>,
        on: Effective,
    },
    ExpenditureValidated {
        by: ActorId,
        expenditure: ExpenditureId,
    },
    RefundRecorded {
        refund: RefundId,
        amount: Money,
        on: Effective,
    },
    Revoked {
        by: ActorId,
        reason: Note,
    },
    Closed {
        by: ActorId,
        on: Effective,
    },
}

/// Why a funding request refuses: a rule said no, nothing broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the message says it")]
pub enum Refusal {
    #[error("a funding request at this stage does not allow that step")]
    OutOfTurn,
}

impl Refused for Refusal {
    fn code(&self) -> String {
        format!("FUNDING_REQUEST_{}", <&str>::from(self))
    }
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundingRequest {}

impl FundingRequest {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        todo!("{command:?}")
    }

    /// The FundingRequest after `event`. A recorded fact is never refused.
    #[must_use]
    pub fn evolve(self, event: Event) -> Self {
        todo!("{event:?}")
    }
}

aggregate!(FundingRequest, FundingRequestId, "funding_request");
