//! What is recorded of a funding request.
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantNames};

use crate::effective::Effective;
use crate::funding_request::{Advice, Figure};
use crate::ids::{
    ActorId, AgreementId, AmendmentId, CorrectionId, DisbursementId, DocumentId, EnvelopeId,
    ExpenditureId, FundingCallId, InterventionId, ProgrammeId, RefundId, UserId,
};
use crate::money::{Exchange, Money};
use crate::territory::TerritoryId;
use crate::text::{Note, Title};

/// What is recorded of a funding request. Stored for ever: variants and fields are added, never
/// renamed.
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
pub enum Event {
    /// An actor asks for money.
    Submitted {
        /// Who asks.
        applicant: ActorId,
        /// For what, in short.
        title: Title,
        /// Which call it answers.
        #[serde(skip_serializing_if = "Option::is_none")]
        call: Option<FundingCallId>,
        /// Of which programme.
        programme: ProgrammeId,
        /// From which envelope.
        #[serde(skip_serializing_if = "Option::is_none")]
        envelope: Option<EnvelopeId>,
        /// For which intervention.
        #[serde(skip_serializing_if = "Option::is_none")]
        intervention: Option<InterventionId>,
        /// Where.
        territories: Vec<TerritoryId>,
        /// How much; nothing where it is not declared.
        #[serde(skip_serializing_if = "Option::is_none")]
        asked: Option<Money>,
        /// What the applicant brings itself; nothing where it is not declared.
        #[serde(skip_serializing_if = "Option::is_none")]
        own_contribution: Option<Money>,
    },
    /// Whether the request may be considered at all.
    EligibilityChecked {
        /// Who.
        by: ActorId,
        /// Whether it may.
        eligible: bool,
        /// Why.
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<Note>,
    },
    /// Somebody outside the applicant says what it is worth.
    OpinionGiven {
        /// Who.
        by: ActorId,
        /// What it says.
        advice: Advice,
        /// In words.
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<Note>,
        /// When.
        on: Effective,
    },
    /// The applicant changes it after an opinion; what is left out stays as it was.
    Reformulated {
        /// How much is asked now.
        #[serde(skip_serializing_if = "Option::is_none")]
        asked: Option<Money>,
        /// What the applicant brings now.
        #[serde(skip_serializing_if = "Option::is_none")]
        own_contribution: Option<Money>,
        /// Why.
        reason: Note,
        /// When.
        on: Effective,
    },
    /// The money is promised.
    Granted {
        /// Who.
        by: ActorId,
        /// How much at most.
        amount: Money,
        /// From which envelope.
        #[serde(skip_serializing_if = "Option::is_none")]
        envelope: Option<EnvelopeId>,
        /// When.
        on: Effective,
    },
    /// The money is not given.
    Refused {
        /// Who.
        by: ActorId,
        /// Why.
        reason: Note,
        /// When.
        on: Effective,
    },
    /// The decision is put off.
    Deferred {
        /// Who.
        by: ActorId,
        /// Why.
        reason: Note,
        /// When.
        on: Effective,
    },
    /// The promise becomes a contract.
    AgreementSigned {
        /// Its id.
        agreement: AgreementId,
        /// Who signed.
        parties: Vec<ActorId>,
        /// How much, in the agreement's one currency.
        amount: Money,
        /// The signed text.
        #[serde(skip_serializing_if = "Option::is_none")]
        document: Option<DocumentId>,
        /// When.
        on: Effective,
    },
    /// The contract changes.
    AgreementAmended {
        /// Its id.
        amendment: AmendmentId,
        /// How much from now on.
        amount: Money,
        /// Why.
        reason: Note,
        /// When.
        on: Effective,
    },
    /// A payment is expected.
    DisbursementPlanned {
        /// Its id.
        disbursement: DisbursementId,
        /// How much.
        amount: Money,
        /// By when.
        due: Date,
    },
    /// A payment was made, planned before or not.
    DisbursementRecorded {
        /// Which payment.
        disbursement: DisbursementId,
        /// Who paid.
        #[serde(skip_serializing_if = "Option::is_none")]
        funder: Option<ActorId>,
        /// How much, in the agreement's currency.
        amount: Money,
        /// What it was in another currency.
        #[serde(skip_serializing_if = "Option::is_none")]
        exchange: Option<Exchange>,
        /// When.
        on: Effective,
    },
    /// The beneficiary spent money.
    ExpenditureDeclared {
        /// Its id.
        expenditure: ExpenditureId,
        /// How much, in the agreement's currency.
        amount: Money,
        /// What it was in another currency.
        #[serde(skip_serializing_if = "Option::is_none")]
        exchange: Option<Exchange>,
        /// The proofs.
        documents: Vec<DocumentId>,
        /// When.
        on: Effective,
    },
    /// What was spent is recognised.
    ExpenditureValidated {
        /// Who.
        by: ActorId,
        /// Which expenditure.
        expenditure: ExpenditureId,
    },
    /// Money came back to the funder.
    RefundRecorded {
        /// Its id.
        refund: RefundId,
        /// How much, in the agreement's currency.
        amount: Money,
        /// When.
        on: Effective,
    },
    /// The grant ends: what was not disbursed is free again.
    Revoked {
        /// Who.
        by: ActorId,
        /// Why.
        reason: Note,
    },
    /// All is accounted for.
    Closed {
        /// Who.
        by: ActorId,
        /// When.
        on: Effective,
    },
    /// It was written down wrongly; what is left out stays as it was.
    Corrected {
        /// For what, in short.
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<Title>,
        /// For which intervention.
        #[serde(skip_serializing_if = "Option::is_none")]
        intervention: Option<InterventionId>,
        /// Where.
        #[serde(skip_serializing_if = "Option::is_none")]
        territories: Option<Vec<TerritoryId>>,
        /// Why.
        reason: Note,
    },
    /// A figure was recorded wrongly; it stays as it is until another person confirms.
    CorrectionProposed {
        /// For whom somebody proposes it.
        by: ActorId,
        /// Which person.
        person: UserId,
        /// Its id.
        correction: CorrectionId,
        /// Which figure, and what it should say.
        figure: Figure,
        /// Why.
        reason: Note,
    },
    /// Another person agrees: the figure says from now on what was proposed.
    CorrectionConfirmed {
        /// For whom somebody confirms it.
        by: ActorId,
        /// Which person.
        person: UserId,
        /// Which correction.
        correction: CorrectionId,
    },
    /// Another person does not agree: the figure stays as it is.
    CorrectionRejected {
        /// For whom somebody rejects it.
        by: ActorId,
        /// Which person.
        person: UserId,
        /// Which correction.
        correction: CorrectionId,
        /// Why.
        reason: Note,
    },
    /// It was recorded by mistake: it counts nowhere, and stays visible.
    Annulled {
        /// Who says so.
        by: ActorId,
        /// Why.
        reason: Note,
    },
}
