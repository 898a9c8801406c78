//! What a funding request is made of: opinions, decisions, the agreement, and the money that flows.
use async_graphql::{Enum, SimpleObject};
use domain::funding_request::Advice;
use domain::ids::{AgreementId, AmendmentId, DisbursementId, ExpenditureId, RefundId};
use domain::money::Exchange;
use domain::text::Name;
use jiff::civil::Date;
use projections::funding::{
    Agreement, Amendment, Decision, Disbursement, Eligibility, Expenditure, Opinion, Outcome,
    Reformulation, Refund, Stage,
};
use projections::programmes::Envelope;
use projections::{actors, documents};

use crate::graphql::enums::Choice;
use crate::graphql::list::List;
use crate::graphql::scalars::Shown;
use crate::graphql::values::{MoneyObject, Text};
use crate::graphql::view::{RectificationObject, Seen, StampObject, Told, View};

/// One step of a funding request.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct FundingRequestStep {
    /// What it became.
    pub(super) stage: Choice<Stage>,
    /// When, and who said so.
    pub(super) said: StampObject,
}

/// Whether a request can be funded at all.
#[derive(SimpleObject)]
#[graphql(serial, name = "EligibilityCheck")]
pub struct EligibilityObject {
    /// Who checked.
    by: Told<actors::Actor>,
    /// What they found.
    eligible: bool,
    /// Why.
    reason: Option<Text>,
    /// When.
    said: StampObject,
}

impl EligibilityObject {
    pub(super) fn of(view: &View, it: &Eligibility) -> Self {
        Self {
            by: view.actor(it.by),
            eligible: it.eligible,
            reason: it.reason.as_deref().map(Into::into),
            said: view.stamp(it.stamp),
        }
    }
}

/// A technical opinion.
#[derive(SimpleObject)]
#[graphql(serial, name = "TechnicalOpinion")]
pub struct OpinionObject {
    /// Whose.
    by: Told<actors::Actor>,
    /// What it advises.
    advice: Choice<Advice>,
    /// In words.
    note: Option<Text>,
    /// When.
    said: StampObject,
}

impl OpinionObject {
    pub(super) fn of(view: &View, it: &Opinion) -> Self {
        Self {
            by: view.actor(it.by),
            advice: Choice(it.advice),
            note: it.note.as_deref().map(Into::into),
            said: view.stamp(it.stamp),
        }
    }
}

/// The request, asked again in another form.
#[derive(SimpleObject)]
#[graphql(serial, name = "Reformulation")]
pub struct ReformulationObject {
    /// What was asked before.
    before: Option<MoneyObject>,
    /// What is asked since; the sum before holds where this is left out.
    asked: Option<MoneyObject>,
    /// Why.
    reason: Text,
    /// When.
    said: StampObject,
}

impl ReformulationObject {
    pub(super) fn of(view: &View, it: &Reformulation) -> Self {
        Self {
            before: it.before.map(Into::into),
            asked: it.asked.map(Into::into),
            reason: (&*it.reason).into(),
            said: view.stamp(it.stamp),
        }
    }
}

/// What was decided.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecisionOutcome {
    /// Yes.
    Granted,
    /// No.
    Refused,
    /// Not now.
    Deferred,
    /// No more.
    Revoked,
}

/// A funding decision.
#[derive(SimpleObject)]
#[graphql(serial, name = "FundingDecision")]
pub struct DecisionObject {
    /// Who decided.
    by: Told<actors::Actor>,
    /// What.
    outcome: DecisionOutcome,
    /// How much was granted.
    amount: Option<MoneyObject>,
    /// Out of which envelope.
    envelope: Told<Envelope>,
    /// Why, where a reason was given.
    reason: Option<Text>,
    /// When.
    said: StampObject,
}

impl DecisionObject {
    pub(super) fn of(view: &View, it: &Decision) -> Self {
        let (outcome, granted) = match it.outcome {
            Outcome::Granted { amount, envelope } => {
                (DecisionOutcome::Granted, Some((amount, envelope)))
            }
            Outcome::Refused => (DecisionOutcome::Refused, None),
            Outcome::Deferred => (DecisionOutcome::Deferred, None),
            Outcome::Revoked => (DecisionOutcome::Revoked, None),
        };
        let envelope = granted.and_then(|(_, envelope)| envelope);
        let envelope = envelope.and_then(|id| view.models.programmes.envelope(id));
        Self {
            by: view.actor(it.by),
            outcome,
            amount: granted.map(|(amount, _)| amount.into()),
            envelope: view.tell(envelope),
            reason: it.reason.as_deref().map(Into::into),
            said: view.stamp(it.stamp),
        }
    }
}

/// The agreement that contracts a granted request.
#[derive(SimpleObject)]
#[graphql(serial, name = "Agreement")]
pub struct AgreementObject {
    /// Its id.
    id: Shown<AgreementId>,
    /// Who signed.
    #[graphql(complexity = "crate::graphql::connection::list_cost(child_complexity)")]
    parties: List<Seen<actors::Actor>>,
    /// How much, after every amendment.
    amount: MoneyObject,
    /// In which document.
    document: Told<documents::Document>,
    /// Its amendments.
    #[graphql(complexity = "crate::graphql::connection::list_cost(child_complexity)")]
    amendments: List<AmendmentObject>,
    /// When it was signed.
    signed: StampObject,
}

impl AgreementObject {
    pub(super) fn of(view: &View, it: &Agreement) -> Self {
        Self {
            id: Shown(it.id),
            parties: view.actors(it.parties.iter().copied()),
            amount: it.amount.into(),
            document: it.document.and_then(|id| view.document(id)),
            amendments: it.amendments.iter().map(|it| AmendmentObject::of(view, it)).collect(),
            signed: view.stamp(it.signed),
        }
    }
}

/// A change to an agreement.
#[derive(SimpleObject)]
#[graphql(serial, name = "Amendment")]
pub struct AmendmentObject {
    /// Its id.
    id: Shown<AmendmentId>,
    /// The amount before.
    before: MoneyObject,
    /// The amount that holds since.
    amount: MoneyObject,
    /// Why.
    reason: Text,
    /// When.
    said: StampObject,
}

impl AmendmentObject {
    fn of(view: &View, it: &Amendment) -> Self {
        Self {
            id: Shown(it.id),
            before: it.before.into(),
            amount: it.amount.into(),
            reason: (&*it.reason).into(),
            said: view.stamp(it.stamp),
        }
    }
}

/// A payment from a funder: planned, made, or both.
#[derive(SimpleObject)]
#[graphql(serial, name = "Disbursement")]
pub struct DisbursementObject {
    /// Its id.
    id: Shown<DisbursementId>,
    /// How much was planned.
    planned: Option<MoneyObject>,
    /// Until when it was planned.
    due: Option<Shown<Date>>,
    /// Since how many days it is late on the day of the question; nothing where it is not.
    late_days: Option<Shown<i64>>,
    /// How much was paid, in the agreement's currency.
    paid: Option<MoneyObject>,
    /// Who paid, where it was said.
    funder: Told<actors::Actor>,
    /// What it was before it was exchanged.
    exchange: Option<ExchangeObject>,
    /// When it was paid, and who said so.
    said: Option<StampObject>,
    /// That a payment was recorded by mistake, and why: it counts nowhere.
    annulment: Option<RectificationObject>,
}

impl DisbursementObject {
    pub(super) fn of(view: &View, it: &Disbursement, late_days: Option<i64>) -> Self {
        let paid = it.paid.as_ref();
        Self {
            id: Shown(it.id),
            planned: it.planned.map(|(amount, _)| amount.into()),
            due: it.planned.map(|(_, due)| Shown(due)),
            late_days: late_days.map(Shown),
            paid: paid.map(|it| it.amount.into()),
            funder: paid.and_then(|it| it.funder).and_then(|id| view.actor(id)),
            exchange: paid.and_then(|it| it.exchange.as_deref()).map(Into::into),
            said: paid.map(|it| view.stamp(it.stamp)),
            annulment: it.annulled.as_ref().map(|it| view.rectification(it)),
        }
    }
}

/// What a sum was before it was turned into the agreement's currency.
#[derive(SimpleObject)]
#[graphql(serial, name = "Exchange")]
pub struct ExchangeObject {
    /// The sum as it was paid.
    original: MoneyObject,
    /// Millionths of the agreement's currency for one unit of the original's.
    rate_millionths: Shown<i64>,
    /// The day of the rate.
    on: Shown<Date>,
    /// Who published the rate.
    source: Shown<Name>,
}

impl From<&Exchange> for ExchangeObject {
    fn from(exchange: &Exchange) -> Self {
        Self {
            original: exchange.original.into(),
            rate_millionths: Shown(exchange.rate_millionths),
            on: Shown(exchange.on),
            source: Shown(exchange.source.clone()),
        }
    }
}

/// A sum spent by the beneficiary.
#[derive(SimpleObject)]
#[graphql(serial, name = "Expenditure")]
pub struct ExpenditureObject {
    /// Its id.
    id: Shown<ExpenditureId>,
    /// How much, in the agreement's currency.
    amount: MoneyObject,
    /// What it was before it was exchanged.
    exchange: Option<ExchangeObject>,
    /// What proves it.
    #[graphql(complexity = "crate::graphql::connection::list_cost(child_complexity)")]
    documents: List<Seen<documents::Document>>,
    /// When it was spent, and who said so.
    said: StampObject,
    /// Who validated it.
    validated_by: Told<actors::Actor>,
    /// When it was validated.
    validated: Option<StampObject>,
    /// That it was recorded by mistake, and why: it counts nowhere.
    annulment: Option<RectificationObject>,
}

impl ExpenditureObject {
    pub(super) fn of(view: &View, it: &Expenditure) -> Self {
        Self {
            id: Shown(it.id),
            amount: it.amount.into(),
            exchange: it.exchange.as_deref().map(Into::into),
            documents: view.documents(it.documents.iter().copied()),
            said: view.stamp(it.stamp),
            validated_by: it.validated.and_then(|(by, _)| view.actor(by)),
            validated: it.validated.map(|(_, stamp)| view.stamp(stamp)),
            annulment: it.annulled.as_ref().map(|it| view.rectification(it)),
        }
    }
}

/// A sum given back.
#[derive(SimpleObject)]
#[graphql(serial, name = "Refund")]
pub struct RefundObject {
    /// Its id.
    id: Shown<RefundId>,
    /// How much.
    amount: MoneyObject,
    /// When, and who said so.
    said: StampObject,
    /// That it was recorded by mistake, and why: it counts nowhere.
    annulment: Option<RectificationObject>,
}

impl RefundObject {
    pub(super) fn of(view: &View, it: &Refund) -> Self {
        Self {
            id: Shown(it.id),
            amount: it.amount.into(),
            said: view.stamp(it.stamp),
            annulment: it.annulled.as_ref().map(|it| view.rectification(it)),
        }
    }
}
