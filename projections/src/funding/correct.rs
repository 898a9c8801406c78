//! How corrections change requests, and what an annulled one leaves.
use std::sync::Arc;

use domain::funding_request::{self, Event};
use domain::ids::{DisbursementId, ExpenditureId, FundingRequestId, RefundId};
use domain::money::{Exchange, Money};
use domain::recorded::{Position, Recorded};
use domain::text::{Title, folded};

use super::{Funding, Outcome, Request};
use crate::amounts::Amounts;
use crate::corrections::Figure;
use crate::stamp::Rectification;

/// Moves the request in the indexes, before `event` changes it.
pub(super) fn index(all: &mut Funding, id: FundingRequestId, event: &Event) {
    let Some(known) = all.requests.get(&id) else {
        return;
    };
    match event {
        Event::Corrected { intervention, territories, .. } => {
            if let Some(intervention) = intervention {
                if let Some(before) = known.intervention {
                    all.by_intervention.remove(before, id);
                }
                all.by_intervention.insert(*intervention, id);
            }
            if let Some(territories) = territories {
                for before in known.territories.iter() {
                    all.by_territory.remove(*before, id);
                }
                for territory in territories {
                    all.by_territory.insert(*territory, id);
                }
            }
        }
        Event::Annulled { .. } => {
            all.by_programme.remove(known.programme, id);
            all.by_applicant.remove(known.applicant, id);
            if let Some(call) = known.call {
                all.by_call.remove(call, id);
            }
            if let Some(intervention) = known.intervention {
                all.by_intervention.remove(intervention, id);
            }
            // Every envelope that it ever asked for or was granted from.
            let granted = known.decisions.iter().filter_map(|it| match it.outcome {
                Outcome::Granted { envelope, .. } => envelope,
                _ => None,
            });
            for envelope in granted.chain(known.envelope) {
                all.by_envelope.remove(envelope, id);
            }
            for territory in known.territories.iter() {
                all.by_territory.remove(*territory, id);
            }
        }
        _ => {}
    }
}

/// A title as it is searched for.
pub(super) fn folded_title(title: &Title) -> Arc<str> {
    let all: String = title.wordings().map(|(_, text)| folded(text) + "\n").collect();
    all.into()
}

/// Puts `to` in the place of `was` in a sum.
fn shift(sum: &mut Amounts, was: Money, to: Option<Money>) {
    sum.take_back(was);
    if let Some(to) = to {
        sum.plus(to);
    }
}

impl Request {
    /// What a figure says so far, and the event that said it.
    pub(crate) fn figure(&self, figure: Figure) -> Option<(Money, Position)> {
        match figure {
            Figure::Disbursement(id) => {
                let made = self.disbursements.iter().rfind(|it| it.id == id)?;
                made.paid.as_ref().map(|it| (it.amount, it.stamp.position))
            }
            Figure::Expenditure(id) => {
                let spent = self.expenditures.iter().rfind(|it| it.id == id)?;
                Some((spent.amount, spent.stamp.position))
            }
            Figure::Refund(id) => {
                let refund = self.refunds.iter().rfind(|it| it.id == id)?;
                Some((refund.amount, refund.stamp.position))
            }
            _ => {
                let agreement = self.agreement.as_ref()?;
                let last = agreement.amendments.last().map_or(agreement.signed, |it| it.stamp);
                Some((agreement.amount, last.position))
            }
        }
    }

    pub(super) fn correct(&mut self, event: &Event, recorded: &Recorded) {
        match event {
            Event::Corrected { title, intervention, territories, reason } => {
                if let Some(title) = title {
                    self.title = title.clone();
                    self.folded = folded_title(title);
                }
                self.intervention = intervention.or(self.intervention);
                if let Some(territories) = territories {
                    self.territories = territories.as_slice().into();
                }
                self.corrections.push(Rectification::of(recorded, reason));
            }
            Event::CorrectionProposed { correction, figure, reason, .. } => {
                self.proposed.propose(*correction, figure, reason);
            }
            Event::CorrectionConfirmed { correction, .. } => {
                if let Some((figure, why)) = self.proposed.confirm(*correction, recorded) {
                    self.put(&figure, &why);
                    self.corrections.push(why);
                }
            }
            Event::CorrectionRejected { correction, .. } => self.proposed.reject(*correction),
            Event::Annulled { reason, .. } => {
                self.annulled = Some(Rectification::of(recorded, reason));
            }
            _ => {}
        }
    }

    /// The figure is as was proposed from now on.
    fn put(&mut self, figure: &funding_request::Figure, why: &Rectification) {
        use funding_request::Figure as Of;
        match figure {
            Of::Disbursement { disbursement, to, exchange } => {
                self.put_disbursement(*disbursement, *to, exchange.as_ref(), why);
            }
            Of::Expenditure { expenditure, to, exchange } => {
                self.put_expenditure(*expenditure, *to, exchange.as_ref(), why);
            }
            Of::Refund { refund, to } => self.put_refund(*refund, *to, why),
            Of::Agreement { to } => {
                if let Some(agreement) = &mut self.agreement {
                    agreement.amount = *to;
                }
            }
        }
    }

    fn put_disbursement(
        &mut self,
        id: DisbursementId,
        to: Option<Money>,
        exchange: Option<&Exchange>,
        why: &Rectification,
    ) {
        let made = self.disbursements.iter_mut().rfind(|it| it.id == id);
        let Some((paid, annulled)) = made.map(|it| (&mut it.paid, &mut it.annulled)) else {
            return;
        };
        let Some(mut before) = paid.take() else {
            return;
        };
        let (was, said) = (before.amount, before.stamp.position);
        if let Some(to) = to {
            before.amount = to;
            before.exchange = exchange.cloned().map(Arc::new);
            *paid = Some(before);
        } else {
            *annulled = Some(why.clone());
        }
        shift(&mut self.disbursed, was, to);
        self.keep(said, was, to, 1);
    }

    fn put_refund(&mut self, id: RefundId, to: Option<Money>, why: &Rectification) {
        let Some(refund) = self.refunds.iter_mut().rfind(|it| it.id == id) else {
            return;
        };
        let (was, said) = (refund.amount, refund.stamp.position);
        match to {
            Some(to) => refund.amount = to,
            None => refund.annulled = Some(why.clone()),
        }
        shift(&mut self.refunded, was, to);
        self.keep(said, was, to, -1);
    }

    fn put_expenditure(
        &mut self,
        id: ExpenditureId,
        to: Option<Money>,
        exchange: Option<&Exchange>,
        why: &Rectification,
    ) {
        let Some(spent) = self.expenditures.iter_mut().rfind(|it| it.id == id) else {
            return;
        };
        let (was, validated) = (spent.amount, spent.validated.is_some());
        match to {
            Some(to) => {
                spent.amount = to;
                spent.exchange = exchange.cloned().map(Arc::new);
            }
            None => spent.annulled = Some(why.clone()),
        }
        shift(&mut self.spent, was, to);
        if validated {
            shift(&mut self.validated, was, to);
        }
    }

    /// A revocation left as granted what had been paid and not given back: where a flow from before it
    /// was wrong, so was that.
    fn keep(&mut self, said: Position, was: Money, to: Option<Money>, sign: i64) {
        let mut ends = self.decisions.iter().rev();
        let revoked = ends.find(|it| it.outcome == Outcome::Revoked).map(|it| it.stamp.position);
        if let (Some(granted), true) = (self.granted, revoked.is_some_and(|end| said < end)) {
            let moved = sign * (to.map_or(0, Money::minor) - was.minor());
            let kept = Money::new(granted.minor() + moved, granted.currency());
            self.granted = kept.ok().or(self.granted);
        }
    }
}
