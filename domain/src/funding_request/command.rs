//! What is asked of a funding request.
use jiff::civil::Date;
use serde::Serialize;

use crate::effective::Effective;
use crate::funding_request::{Advice, Figure, Window};
use crate::ids::{
    ActorId, AgreementId, AmendmentId, CorrectionId, DisbursementId, DocumentId, EnvelopeId,
    ExpenditureId, FundingCallId, InterventionId, ProgrammeId, RefundId, UserId,
};
use crate::money::{Exchange, Money};
use crate::territory::TerritoryId;
use crate::text::{Note, Title};

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
        // Not in the event: who acted is in its envelope.
        #[serde(skip)]
        by: ActorId,
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
        // Not in the event: who acted is in its envelope.
        #[serde(skip)]
        by: ActorId,
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
    Correct {
        // Not in the event: who acted is in its envelope.
        #[serde(skip)]
        by: ActorId,
        title: Option<Title>,
        intervention: Option<InterventionId>,
        territories: Option<Vec<TerritoryId>>,
        reason: Note,
    },
    ProposeCorrection {
        by: ActorId,
        person: UserId,
        correction: CorrectionId,
        figure: Figure,
        reason: Note,
        #[serde(skip)]
        today: Date,
    },
    /// The same, by the applicant of one of its expenditures: for this the power to report is enough.
    ProposeExpenditureCorrection {
        by: ActorId,
        person: UserId,
        correction: CorrectionId,
        figure: Figure,
        reason: Note,
        #[serde(skip)]
        today: Date,
    },
    ConfirmCorrection {
        by: ActorId,
        person: UserId,
        correction: CorrectionId,
    },
    RejectCorrection {
        by: ActorId,
        person: UserId,
        correction: CorrectionId,
        reason: Note,
    },
    Annul {
        by: ActorId,
        reason: Note,
    },
}
