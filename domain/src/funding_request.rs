//! A funding request: from the application to the last dirham accounted for.
//!
//! ```text
//! Unrecorded ─Submit─▶ Submitted ─Check─▶ Eligible ─Give opinion─▶ Opined
//!                          └─────Check─▶ Ineligible
//!
//! Opined ─┬─Grant──▶ Granted ─Sign─▶ Contracted ─Close─▶ Completed
//!         │             └─────Revoke─────┴─▶ Revoked
//!         ├─Refuse─▶ Refused
//!         └─Defer──▶ Deferred ─Grant, Refuse, Defer again─▶ as from Opined
//!
//! Eligible, Opined, Deferred   opinions
//! Opined, Deferred             reformulations
//! Contracted                   amendments, disbursements, expenditure
//! Contracted, Revoked          refunds: money can come back after the grant has ended
//! Contracted and after         corrections of money, by two persons
//! every stage                  other corrections
//! no grant, no flow            Annul ─▶ Annulled, which takes nothing more
//! ```
//!
//! All sums are in the currency of the agreement, with these always true:
//! disbursed − refunded ≤ agreed ≤ granted, and
//! validated expenditure ≤ disbursed − refunded + own contribution.
use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::aggregate::{aggregate, causes, one};
use crate::correction::{Corrections, put};
use crate::ids::{
    ActorId, AmendmentId, DisbursementId, EnvelopeId, ExpenditureId, FundingRequestId,
    InterventionId, ProgrammeId, RefundId,
};
use crate::money::{Exchange, Money};
use crate::territory::TerritoryId;
use crate::text::Title;

mod check;
mod command;
mod correct;
mod event;
mod flow;
mod refusal;
#[cfg(test)]
mod tests;

pub use command::Command;
pub use event::Event;
pub use refusal::Refusal;

/// The most territories that a request names.
pub const TERRITORIES_MAX: usize = 500;
/// The most parties of an agreement.
pub const PARTIES_MAX: usize = 50;
/// The most proofs of one expenditure.
pub const DOCUMENTS_MAX: usize = 100;
/// The most amendments, disbursements or refunds of one request, each.
pub const FLOWS_MAX: usize = 1_000;
/// The most expenditures of one request.
pub const EXPENDITURES_MAX: usize = 10_000;

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
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Advice {
    /// Fund it.
    Favourable,
    /// Fund it once something has changed.
    FavourableWithReservations,
    /// Do not fund it.
    Unfavourable,
}

/// A figure that two persons correct, and its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Figure {
    /// A payment that was made.
    Disbursement {
        /// Which.
        disbursement: DisbursementId,
        /// How much, in the agreement's currency; nothing where it was never made.
        #[serde(skip_serializing_if = "Option::is_none")]
        to: Option<Money>,
        /// What it was in another currency.
        #[serde(skip_serializing_if = "Option::is_none")]
        exchange: Option<Exchange>,
    },
    /// A sum that the beneficiary spent.
    Expenditure {
        /// Which.
        expenditure: ExpenditureId,
        /// How much, in the agreement's currency; nothing where it was never spent.
        #[serde(skip_serializing_if = "Option::is_none")]
        to: Option<Money>,
        /// What it was in another currency.
        #[serde(skip_serializing_if = "Option::is_none")]
        exchange: Option<Exchange>,
    },
    /// A sum that came back.
    Refund {
        /// Which.
        refund: RefundId,
        /// How much, in the agreement's currency; nothing where it never came back.
        #[serde(skip_serializing_if = "Option::is_none")]
        to: Option<Money>,
    },
    /// What the agreement is over, after its last amendment.
    Agreement {
        /// How much.
        to: Money,
    },
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

/// How far a funding request has come.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    IntoStaticStr,
    strum::Display,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[expect(missing_docs, reason = "the diagram above says it")]
pub enum Stage {
    #[default]
    Unrecorded,
    Submitted,
    Eligible,
    Ineligible,
    Opined,
    Deferred,
    Refused,
    Granted,
    Contracted,
    Completed,
    Revoked,
    Annulled,
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundingRequest {
    stage: Stage,
    described: Described,
    applicant: Option<ActorId>,
    programme: Option<ProgrammeId>,
    envelope: Option<EnvelopeId>,
    asked: Option<Money>,
    own_contribution: Option<Money>,
    granted: Option<Money>,
    account: Option<Account>,
    amendments: BTreeSet<AmendmentId>,
    /// What the revocation left with the beneficiary.
    kept: Option<Money>,
    /// What was paid; nothing where it is only planned, or was annulled.
    disbursements: BTreeMap<DisbursementId, Option<Money>>,
    /// What came back; nothing where it was annulled.
    refunds: BTreeMap<RefundId, Option<Money>>,
    expenditures: BTreeMap<ExpenditureId, Spent>,
    corrections: Corrections<Figure>,
}

/// What it says of itself: kept to tell a correction from one that changes nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Described {
    title: Option<Title>,
    intervention: Option<InterventionId>,
    territories: Option<Vec<TerritoryId>>,
}

/// A sum that was spent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Spent {
    /// Nothing where it was annulled.
    amount: Option<Money>,
    validated: bool,
}

impl Spent {
    /// What waits for validation.
    fn waiting(self) -> Option<Money> {
        self.amount.filter(|_| !self.validated)
    }
}

/// What the agreement allows and what has flowed, all in its currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Account {
    agreed: Money,
    disbursed: Money,
    refunded: Money,
    validated: Money,
}

impl Account {
    fn of(agreed: Money) -> Self {
        let nothing = Money::zero(agreed.currency());
        Self { agreed, disbursed: nothing, refunded: nothing, validated: nothing }
    }
}

impl FundingRequest {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        self.check(&command)?;
        one(command.into())
    }

    /// Who asks; nothing before the submission.
    pub fn applicant(&self) -> Option<ActorId> {
        self.applicant
    }

    /// Whose money is asked for; nothing before the submission.
    pub fn programme(&self) -> Option<ProgrammeId> {
        self.programme
    }

    /// The envelope it was granted from, or else the one it asks for.
    pub fn envelope(&self) -> Option<EnvelopeId> {
        self.envelope
    }

    /// What was granted; nothing before that.
    pub fn granted(&self) -> Option<Money> {
        self.granted
    }

    /// What a revocation gives back to the envelope: granted − disbursed + refunded.
    ///
    /// Nothing before a grant; zero where all was disbursed.
    pub fn freed_by_revocation(&self) -> Option<Money> {
        let granted = self.granted?;
        let Some(account) = self.account else {
            return Some(granted);
        };
        let unpaid = granted.checked_sub(account.disbursed).ok()?;
        unpaid.checked_add(account.refunded).ok()
    }

    /// The funding request after `event`. A recorded fact is never refused.
    #[must_use]
    pub fn evolve(mut self, event: Event) -> Self {
        match event {
            Event::Submitted {
                applicant,
                title,
                programme,
                envelope,
                intervention,
                territories,
                asked,
                own_contribution,
                ..
            } => {
                let (title, territories) = (Some(title), Some(territories));
                self.described = Described { title, intervention, territories };
                (self.applicant, self.programme) = (Some(applicant), Some(programme));
                self.envelope = envelope;
                (self.asked, self.own_contribution) = (asked, own_contribution);
                self.stage = Stage::Submitted;
            }
            Event::EligibilityChecked { eligible: true, .. } => self.stage = Stage::Eligible,
            Event::EligibilityChecked { .. } => self.stage = Stage::Ineligible,
            Event::OpinionGiven { .. } => {
                if self.stage == Stage::Eligible {
                    self.stage = Stage::Opined;
                }
            }
            Event::Reformulated { asked, own_contribution, .. } => {
                self.asked = asked.or(self.asked);
                self.own_contribution = own_contribution.or(self.own_contribution);
            }
            Event::Granted { amount, envelope, .. } => {
                self.granted = Some(amount);
                self.envelope = envelope.or(self.envelope);
                self.stage = Stage::Granted;
            }
            Event::Refused { .. } => self.stage = Stage::Refused,
            Event::Deferred { .. } => self.stage = Stage::Deferred,
            Event::AgreementSigned { amount, .. } => {
                self.account = Some(Account::of(amount));
                self.stage = Stage::Contracted;
            }
            Event::Revoked { .. } => {
                self.kept = self.account.and_then(|it| it.held().ok());
                self.stage = Stage::Revoked;
            }
            Event::Closed { .. } => self.stage = Stage::Completed,
            Event::Annulled { .. } => self.stage = Stage::Annulled,
            Event::Corrected { title, intervention, territories, .. } => {
                put(&mut self.described.title, title);
                put(&mut self.described.intervention, intervention);
                put(&mut self.described.territories, territories);
            }
            Event::CorrectionProposed { correction, person, figure, .. } => {
                if let Some(was) = self.says(&figure) {
                    self.corrections.propose(correction, person, was, figure);
                }
            }
            Event::CorrectionConfirmed { correction, .. } => {
                if let Some(figure) = self.corrections.answer(correction) {
                    self.put(&figure);
                }
            }
            Event::CorrectionRejected { correction, .. } => {
                self.corrections.answer(correction);
            }
            flow => self.flow(&flow),
        }
        self
    }

    /// What changes the account and nothing else.
    fn flow(&mut self, event: &Event) {
        match event {
            Event::AgreementAmended { amendment, amount, .. } => {
                self.amendments.insert(*amendment);
                self.book(|account| account.agreed = *amount);
            }
            Event::DisbursementPlanned { disbursement, .. } => {
                self.disbursements.entry(*disbursement).or_insert(None);
            }
            Event::DisbursementRecorded { disbursement, amount, .. } => {
                self.disbursements.insert(*disbursement, Some(*amount));
                self.book(|account| add(&mut account.disbursed, *amount));
            }
            Event::ExpenditureDeclared { expenditure, amount, .. } => {
                let spent = Spent { amount: Some(*amount), validated: false };
                self.expenditures.insert(*expenditure, spent);
            }
            Event::ExpenditureValidated { expenditure, .. } => {
                let spent = self.expenditures.get_mut(expenditure);
                if let Some(amount) = spent.and_then(|it| {
                    let waiting = it.waiting();
                    it.validated = true;
                    waiting
                }) {
                    self.book(|account| add(&mut account.validated, amount));
                }
            }
            Event::RefundRecorded { refund, amount, .. } => {
                self.refunds.insert(*refund, Some(*amount));
                self.book(|account| add(&mut account.refunded, *amount));
            }
            _ => {}
        }
    }

    fn book(&mut self, entry: impl FnOnce(&mut Account)) {
        if let Some(account) = &mut self.account {
            entry(account);
        }
    }
}

/// Adds a flow to its sum; `decide` saw to it that they go together.
fn add(sum: &mut Money, amount: Money) {
    *sum = sum.checked_add(amount).unwrap_or(*sum);
}

causes! {
    Submit => Submitted {
        applicant, title, call, programme, envelope, intervention, territories, asked,
        own_contribution
    }
    CheckEligibility => EligibilityChecked { by, eligible, reason }
    GiveOpinion => OpinionGiven { by, advice, note, on }
    Reformulate => Reformulated { asked, own_contribution, reason, on }
    Grant => Granted { by, amount, envelope, on }
    Refuse => Refused { by, reason, on }
    Defer => Deferred { by, reason, on }
    SignAgreement => AgreementSigned { agreement, parties, amount, document, on }
    AmendAgreement => AgreementAmended { amendment, amount, reason, on }
    PlanDisbursement => DisbursementPlanned { disbursement, amount, due }
    RecordDisbursement => DisbursementRecorded { disbursement, funder, amount, exchange, on }
    DeclareExpenditure => ExpenditureDeclared { expenditure, amount, exchange, documents, on }
    ValidateExpenditure => ExpenditureValidated { by, expenditure }
    RecordRefund => RefundRecorded { refund, amount, on }
    Revoke => Revoked { by, reason }
    Close => Closed { by, on }
    Correct => Corrected { title, intervention, territories, reason }
    ProposeCorrection => CorrectionProposed { by, person, correction, figure, reason }
    ProposeExpenditureCorrection => CorrectionProposed { by, person, correction, figure, reason }
    ConfirmCorrection => CorrectionConfirmed { by, person, correction }
    RejectCorrection => CorrectionRejected { by, person, correction, reason }
    Annul => Annulled { by, reason }
}

aggregate!(FundingRequest, FundingRequestId, "funding_request");
