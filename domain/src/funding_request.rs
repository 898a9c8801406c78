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
use crate::ids::{
    ActorId, AmendmentId, DisbursementId, EnvelopeId, ExpenditureId, FundingRequestId, ProgrammeId,
    RefundId,
};
use crate::money::Money;

mod check;
mod command;
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
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundingRequest {
    stage: Stage,
    applicant: Option<ActorId>,
    programme: Option<ProgrammeId>,
    envelope: Option<EnvelopeId>,
    asked: Option<Money>,
    own_contribution: Option<Money>,
    granted: Option<Money>,
    account: Option<Account>,
    amendments: BTreeSet<AmendmentId>,
    /// Whether each was made, and not only planned.
    disbursements: BTreeMap<DisbursementId, bool>,
    refunds: BTreeSet<RefundId>,
    /// What waits for validation; nothing once validated.
    expenditures: BTreeMap<ExpenditureId, Option<Money>>,
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
                applicant, programme, envelope, asked, own_contribution, ..
            } => {
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
            Event::Revoked { .. } => self.stage = Stage::Revoked,
            Event::Closed { .. } => self.stage = Stage::Completed,
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
                self.disbursements.entry(*disbursement).or_insert(false);
            }
            Event::DisbursementRecorded { disbursement, amount, .. } => {
                self.disbursements.insert(*disbursement, true);
                self.book(|account| add(&mut account.disbursed, *amount));
            }
            Event::ExpenditureDeclared { expenditure, amount, .. } => {
                self.expenditures.insert(*expenditure, Some(*amount));
            }
            Event::ExpenditureValidated { expenditure, .. } => {
                if let Some(Some(amount)) = self.expenditures.insert(*expenditure, None) {
                    self.book(|account| add(&mut account.validated, amount));
                }
            }
            Event::RefundRecorded { refund, amount, .. } => {
                self.refunds.insert(*refund);
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
}

aggregate!(FundingRequest, FundingRequestId, "funding_request");
