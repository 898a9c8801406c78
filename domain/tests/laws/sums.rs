//! The sums of a request in minor units, from the events alone.
use domain::funding_request::Event;

use super::*;

/// Every flow of a request as it is known, corrected ones as corrected.
#[derive(Debug, Default)]
pub struct Sums {
    currency: Option<Currency>,
    own: i64,
    pub granted: i64,
    agreed: i64,
    disbursed: BTreeMap<DisbursementId, i64>,
    refunded: BTreeMap<RefundId, i64>,
    spent: BTreeMap<ExpenditureId, i64>,
    validated: BTreeMap<ExpenditureId, i64>,
    proposed: BTreeMap<CorrectionId, Figure>,
}

impl Sums {
    pub fn add(&mut self, event: &Event) {
        match event {
            Event::Submitted { own_contribution, .. }
            | Event::Reformulated { own_contribution, .. } => {
                self.own = own_contribution.map_or(self.own, Money::minor);
            }
            Event::Granted { amount, .. } => self.granted = amount.minor(),
            Event::AgreementSigned { amount, .. } => {
                self.currency = Some(amount.currency());
                self.agreed = amount.minor();
            }
            Event::AgreementAmended { amount, .. } => self.agreed = amount.minor(),
            Event::DisbursementRecorded { disbursement, amount, on, .. } => {
                assert!(!on.is_certainly_after(TODAY), "no flow is in the future");
                let first = self.disbursed.insert(*disbursement, self.flow(*amount));
                assert_eq!(first, None, "a disbursement is made once");
            }
            Event::RefundRecorded { refund, amount, .. } => {
                let first = self.refunded.insert(*refund, self.flow(*amount));
                assert_eq!(first, None, "a refund is made once");
            }
            Event::ExpenditureDeclared { expenditure, amount, .. } => {
                let first = self.spent.insert(*expenditure, self.flow(*amount));
                assert_eq!(first, None, "an expenditure is declared once");
            }
            Event::ExpenditureValidated { expenditure, .. } => {
                let first = self.validated.insert(*expenditure, self.spent[expenditure]);
                assert_eq!(first, None, "an expenditure is validated once");
            }
            Event::CorrectionProposed { correction, figure, .. } => {
                let first = self.proposed.insert(*correction, figure.clone());
                assert_eq!(first, None, "a correction is proposed once");
            }
            Event::CorrectionConfirmed { correction, .. } => {
                let figure = self.proposed.get(correction).cloned();
                self.correct(&figure.expect("only what was proposed is confirmed"));
            }
            _ => {}
        }
    }

    fn correct(&mut self, figure: &Figure) {
        let flow = |to: &Option<Money>| to.map(|it| self.flow(it));
        match figure {
            Figure::Agreement { to } => self.agreed = self.flow(*to),
            Figure::Disbursement { disbursement, to, .. } => {
                let to = flow(to);
                put(&mut self.disbursed, *disbursement, to);
            }
            Figure::Refund { refund, to } => {
                let to = flow(to);
                put(&mut self.refunded, *refund, to);
            }
            Figure::Expenditure { expenditure, to, .. } => {
                let to = flow(to);
                put(&mut self.spent, *expenditure, to);
                if self.validated.contains_key(expenditure) {
                    put(&mut self.validated, *expenditure, to);
                }
            }
        }
    }

    fn flow(&self, amount: Money) -> i64 {
        assert_eq!(Some(amount.currency()), self.currency, "one currency per agreement");
        assert!(amount.is_positive());
        amount.minor()
    }

    /// What is disbursed and not refunded.
    pub fn held(&self) -> i64 {
        self.disbursed.values().sum::<i64>() - self.refunded.values().sum::<i64>()
    }

    pub fn hold(&self) {
        let held = self.held();
        assert!(0 <= held && held <= self.agreed, "{self:?}");
        assert!(self.agreed <= self.granted, "{self:?}");
        assert!(self.validated.values().sum::<i64>() <= held + self.own, "{self:?}");
    }
}

/// What is corrected was there.
fn put<K: Ord>(flows: &mut BTreeMap<K, i64>, id: K, to: Option<i64>) {
    let was = match to {
        Some(to) => flows.insert(id, to),
        None => flows.remove(&id),
    };
    assert!(was.is_some(), "only what counts is corrected");
}
