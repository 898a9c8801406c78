//! One request, from the application to the last dirham accounted for.
use std::sync::Arc;

use domain::funding_request::{Advice, Figure};
use domain::ids::{
    ActorId, AgreementId, AmendmentId, DisbursementId, DocumentId, EnvelopeId, ExpenditureId,
    FundingCallId, FundingRequestId, InterventionId, ProgrammeId, RefundId,
};
use domain::money::{Exchange, Money};
use domain::territory::TerritoryId;
use domain::text::{Note, Title};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::amounts::Amounts;
use crate::corrections::Proposed;
use crate::stamp::{Rectification, Stamp};

/// How far a request has come.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// It was handed in.
    Submitted,
    /// It may be funded.
    Eligible,
    /// It may not be funded.
    Ineligible,
    /// Somebody outside the applicant gave an opinion.
    Opined,
    /// Not now.
    Deferred,
    /// No.
    Refused,
    /// Yes.
    Granted,
    /// An agreement is signed.
    Contracted,
    /// All is accounted for.
    Completed,
    /// The grant was taken back.
    Revoked,
}

/// One step of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// What it became.
    pub stage: Stage,
    /// When, and who said so.
    pub stamp: Stamp,
}

/// Whether it can be funded at all.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Eligibility {
    /// Who checked.
    pub by: ActorId,
    /// What they found.
    pub eligible: bool,
    /// Why.
    pub reason: Option<Arc<Note>>,
    /// When.
    pub stamp: Stamp,
}

/// A technical opinion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Opinion {
    /// Whose.
    pub by: ActorId,
    /// What it advises.
    pub advice: Advice,
    /// In words.
    pub note: Option<Arc<Note>>,
    /// When.
    pub stamp: Stamp,
}

/// The request, asked again in another form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reformulation {
    /// What was asked before.
    pub before: Option<Money>,
    /// What is asked now; the sum before holds where this is `None`.
    pub asked: Option<Money>,
    /// Why.
    pub reason: Arc<Note>,
    /// When.
    pub stamp: Stamp,
}

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum Outcome {
    /// Yes.
    Granted {
        /// How much.
        amount: Money,
        /// Out of which envelope.
        envelope: Option<EnvelopeId>,
    },
    /// No.
    Refused,
    /// Not now.
    Deferred,
    /// No more.
    Revoked,
}

/// A funding decision; all are kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// Who decided.
    pub by: ActorId,
    /// What.
    pub outcome: Outcome,
    /// Why, where a reason was given.
    pub reason: Option<Arc<Note>>,
    /// When.
    pub stamp: Stamp,
}

/// A change to an agreement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Amendment {
    /// Its id.
    pub id: AmendmentId,
    /// The amount before.
    pub before: Money,
    /// The amount that holds since.
    pub amount: Money,
    /// Why.
    pub reason: Arc<Note>,
    /// When.
    pub stamp: Stamp,
}

/// The agreement that contracts a granted request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Agreement {
    /// Its id.
    pub id: AgreementId,
    /// Who signed.
    pub parties: Arc<[ActorId]>,
    /// How much, after every amendment.
    pub amount: Money,
    /// In which document.
    pub document: Option<DocumentId>,
    /// Its amendments.
    pub amendments: Vec<Amendment>,
    /// When it was signed.
    pub signed: Stamp,
}

/// A payment that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Paid {
    /// Who paid, where it was said.
    pub funder: Option<ActorId>,
    /// How much, in the agreement's currency.
    pub amount: Money,
    /// What it was before it was exchanged.
    pub exchange: Option<Arc<Exchange>>,
    /// When.
    pub stamp: Stamp,
}

/// A payment from a funder: planned, made, or both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Disbursement {
    /// Its id.
    pub id: DisbursementId,
    /// How much was planned, and until when.
    pub planned: Option<(Money, Date)>,
    /// What was paid.
    pub paid: Option<Paid>,
    /// That a payment was recorded by mistake: it counts nowhere.
    pub annulled: Option<Rectification>,
}

impl Disbursement {
    /// Since how many days it is late on `day`, where it is.
    pub fn late_days(&self, day: Date) -> Option<i64> {
        let (_, due) = self.planned?;
        let days = i64::from(due.until(day).map_or(0, |span| span.get_days()));
        (self.paid.is_none() && days > 0).then_some(days)
    }
}

/// A sum spent by the beneficiary.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Expenditure {
    /// Its id.
    pub id: ExpenditureId,
    /// How much, in the agreement's currency.
    pub amount: Money,
    /// What it was before it was exchanged.
    pub exchange: Option<Arc<Exchange>>,
    /// What proves it.
    pub documents: Arc<[DocumentId]>,
    /// When it was spent, and who said so.
    pub stamp: Stamp,
    /// Who validated it, and when.
    pub validated: Option<(ActorId, Stamp)>,
    /// That it was recorded by mistake: it counts nowhere.
    pub annulled: Option<Rectification>,
}

/// A sum given back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Refund {
    /// Its id.
    pub id: RefundId,
    /// How much.
    pub amount: Money,
    /// When.
    pub stamp: Stamp,
    /// That it was recorded by mistake: it counts nowhere.
    pub annulled: Option<Rectification>,
}

/// One application for funding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Request {
    /// Its id.
    pub id: FundingRequestId,
    /// Who asks.
    pub applicant: ActorId,
    /// For what, in short.
    pub title: Title,
    /// On which call.
    pub call: Option<FundingCallId>,
    /// Within which programme.
    pub programme: ProgrammeId,
    /// Out of which envelope: as granted, else as asked.
    pub envelope: Option<EnvelopeId>,
    /// For which intervention.
    pub intervention: Option<InterventionId>,
    /// For which territories.
    pub territories: Arc<[TerritoryId]>,
    /// How much is asked; `None` is not declared.
    pub asked: Option<Money>,
    /// How much the applicant brings; `None` is not declared.
    pub own_contribution: Option<Money>,
    /// How far it has come.
    pub stage: Stage,
    /// Every step, the latest recorded last.
    pub steps: Vec<Step>,
    /// Every check of eligibility.
    pub eligibility: Vec<Eligibility>,
    /// Every opinion.
    pub opinions: Vec<Opinion>,
    /// Every other form in which it was asked.
    pub reformulations: Vec<Reformulation>,
    /// Every decision.
    pub decisions: Vec<Decision>,
    /// How much is granted; nothing after a refusal, and what is paid after a revocation.
    pub granted: Option<Money>,
    /// The agreement.
    pub agreement: Option<Agreement>,
    /// What is planned and paid.
    pub disbursements: Vec<Disbursement>,
    /// What was spent.
    pub expenditures: Vec<Expenditure>,
    /// What was given back.
    pub refunds: Vec<Refund>,
    /// The sum of the payments made.
    pub disbursed: Amounts,
    /// The sum of the expenditures declared.
    pub spent: Amounts,
    /// The sum of the expenditures validated.
    pub validated: Amounts,
    /// The sum of the refunds.
    pub refunded: Amounts,
    /// When it was submitted.
    pub submitted: Stamp,
    /// What of it was corrected.
    pub corrections: Vec<Rectification>,
    /// That it was recorded by mistake: it counts nowhere.
    pub annulled: Option<Rectification>,
    pub(super) proposed: Proposed<Figure>,
    /// Its titles, folded, for searching.
    #[serde(skip)]
    pub(super) folded: Arc<str>,
}

impl Request {
    /// Whether a title contains `text`, which is folded.
    pub fn matches(&self, text: &str) -> bool {
        self.folded.contains(text)
    }

    /// Whether any of it is for something in `territory`.
    pub fn is_within(&self, territory: TerritoryId) -> bool {
        self.territories.iter().any(|it| it.is_within(territory))
    }

    /// The planned disbursements that are late on `day`.
    pub fn late(&self, day: Date) -> impl Iterator<Item = &Disbursement> {
        let running = matches!(self.stage, Stage::Granted | Stage::Contracted);
        self.disbursements.iter().filter(move |it| running && it.late_days(day).is_some())
    }

    /// What is agreed and not paid yet, less what was given back: `None` without an agreement.
    pub fn to_disburse(&self) -> Option<Amounts> {
        let agreed = Amounts::from_iter([Some(self.agreement.as_ref()?.amount)]);
        let mut left = agreed.less(&self.disbursed);
        left.merge(&self.refunded);
        Some(left)
    }

    /// Who pays: whom the last grant names.
    pub fn granted_by(&self) -> Option<ActorId> {
        let grant = |it: &&Decision| matches!(it.outcome, Outcome::Granted { .. });
        self.decisions.iter().rfind(grant).map(|it| it.by)
    }
}
