//! What a funding request allows once money flows.
use jiff::civil::Date;

use super::check::must_fit;
use super::{
    Account, Command, DOCUMENTS_MAX, EXPENDITURES_MAX, FLOWS_MAX, FundingRequest, Refusal, Stage,
};
use crate::aggregate::ensure;
use crate::effective::Effective;
use crate::ids::{ActorId, DisbursementId, ExpenditureId, RefundId};
use crate::money::{Exchange, Money, MoneyError};

impl From<MoneyError> for Refusal {
    fn from(error: MoneyError) -> Self {
        match error {
            MoneyError::OutOfRange => Self::AmountOutOfRange,
            MoneyError::MixedCurrencies(one, other) => Self::MixedCurrencies { one, other },
        }
    }
}

impl Account {
    /// What the beneficiary holds of the funder's money, spent or not: disbursed − refunded.
    pub(super) fn held(&self) -> Result<Money, Refusal> {
        Ok(self.disbursed.checked_sub(self.refunded)?)
    }

    /// What can be spent in all: what is held and the own contribution.
    pub(super) fn means(&self, own: Option<Money>) -> Result<Money, Refusal> {
        let held = self.held()?;
        Ok(own.map_or(Ok(held), |own| held.checked_add(own))?)
    }
}

impl FundingRequest {
    pub(super) fn check_flow(&self, command: &Command) -> Result<(), Refusal> {
        match command {
            Command::PlanDisbursement { disbursement, amount, .. } => {
                let account = self.account_at(&[Stage::Contracted])?;
                let new = !self.disbursements.contains_key(disbursement);
                ensure(new, Refusal::DuplicateDisbursement)?;
                account.must_take(*amount, None)?;
                must_fit(self.disbursements.len() + 1, FLOWS_MAX)
            }
            Command::RecordDisbursement { disbursement, amount, exchange, on, today, .. } => {
                self.account_at(&[Stage::Contracted])?.must_take(*amount, exchange.as_ref())?;
                must_have_happened(*on, exchange.as_ref(), *today)?;
                self.can_disburse(*disbursement, *amount)
            }
            Command::DeclareExpenditure {
                by,
                expenditure,
                amount,
                exchange,
                documents,
                on,
                today,
            } => {
                let account = self.account_at(&[Stage::Contracted])?;
                self.must_be_applicant(*by)?;
                let new = !self.expenditures.contains_key(expenditure);
                ensure(new, Refusal::DuplicateExpenditure)?;
                account.must_take(*amount, exchange.as_ref())?;
                must_have_happened(*on, exchange.as_ref(), *today)?;
                must_fit(documents.len(), DOCUMENTS_MAX)?;
                must_fit(self.expenditures.len() + 1, EXPENDITURES_MAX)
            }
            Command::ValidateExpenditure { by, expenditure } => {
                self.can_validate(*by, *expenditure)
            }
            Command::RecordRefund { refund, amount, on, today } => {
                self.account_at(&[Stage::Contracted, Stage::Revoked])?.must_take(*amount, None)?;
                must_have_happened(*on, None, *today)?;
                self.can_refund(*refund, *amount)
            }
            correction => self.check_correction(correction),
        }
    }

    fn can_disburse(&self, disbursement: DisbursementId, amount: Money) -> Result<(), Refusal> {
        let account = self.account_at(&[Stage::Contracted])?;
        let made = self.disbursements.get(&disbursement).copied();
        ensure(made.flatten().is_none(), Refusal::DuplicateDisbursement)?;
        let left = account.agreed.checked_sub(account.held()?)?;
        let (asked, within) = (amount, amount.minor() <= left.minor());
        ensure(within, Refusal::ExceedsAgreement { asked, left })?;
        account.disbursed.checked_add(amount)?;
        must_fit(self.disbursements.len() + usize::from(made.is_none()), FLOWS_MAX)
    }

    fn can_validate(&self, by: ActorId, expenditure: ExpenditureId) -> Result<(), Refusal> {
        let account = self.account_at(&[Stage::Contracted])?;
        ensure(self.applicant != Some(by), Refusal::ValidatedByApplicant)?;
        let declared = self.expenditures.get(&expenditure).filter(|it| it.amount.is_some());
        let declared = declared.ok_or(Refusal::UnknownExpenditure)?;
        let asked = declared.waiting().ok_or(Refusal::AlreadyValidated)?;
        let left = account.means(self.own_contribution)?.checked_sub(account.validated)?;
        let within = asked.minor() <= left.minor();
        ensure(within, Refusal::ExceedsMeans { asked, left })?;
        account.validated.checked_add(asked)?;
        Ok(())
    }

    fn can_refund(&self, refund: RefundId, amount: Money) -> Result<(), Refusal> {
        let account = self.account_at(&[Stage::Contracted, Stage::Revoked])?;
        ensure(!self.refunds.contains_key(&refund), Refusal::DuplicateRefund)?;
        let (asked, disbursed) = (amount, account.held()?);
        let within = asked.minor() <= disbursed.minor();
        ensure(within, Refusal::ExceedsDisbursed { asked, disbursed })?;
        let means = account.means(self.own_contribution)?;
        let unspent = means.checked_sub(account.validated)?;
        let idle = asked.minor() <= unspent.minor();
        ensure(idle, Refusal::RefundOfSpent { asked, unspent })?;
        account.refunded.checked_add(amount)?;
        must_fit(self.refunds.len() + 1, FLOWS_MAX)
    }

    pub(super) fn account_at(&self, stages: &[Stage]) -> Result<Account, Refusal> {
        self.must_stand_at(stages)?;
        let stage = self.stage;
        self.account.ok_or(Refusal::OutOfTurn { stage })
    }
}

impl Account {
    /// Whether `amount` is a positive sum in the agreement's currency and, where it was paid in
    /// another one, follows from the rate.
    pub(super) fn must_take(
        &self,
        amount: Money,
        exchange: Option<&Exchange>,
    ) -> Result<(), Refusal> {
        ensure(amount.is_positive(), Refusal::NothingAsked)?;
        let (agreement, given) = (self.agreed.currency(), amount.currency());
        ensure(agreement == given, Refusal::OtherCurrency { agreement, given })?;
        let Some(exchange) = exchange else {
            return Ok(());
        };
        let original = exchange.original;
        let abroad = original.currency() != agreement;
        let currency = agreement;
        ensure(abroad, Refusal::NeedlessExchange { currency })?;
        let right = converts(exchange, amount);
        ensure(right, Refusal::WrongExchange { original, amount })
    }
}

/// Whether the rate turns the original into `amount`, to within one minor unit.
///
/// amount ÷ 10^d = original ÷ 10^e × rate ÷ 10^6, where d and e are the decimals of the two
/// currencies; all of it multiplied by 10^(d + e + 6), so that nothing is rounded.
fn converts(exchange: &Exchange, amount: Money) -> bool {
    let power = |currency: crate::money::Currency| 10_i128.pow(currency.decimals());
    let (original, rate) = (exchange.original, i128::from(exchange.rate_millionths));
    let one_minor_unit = 1_000_000 * power(original.currency());
    let expected = i128::from(original.minor()) * rate * power(amount.currency());
    let found = i128::from(amount.minor()) * one_minor_unit;
    rate > 0 && original.is_positive() && (expected - found).abs() <= one_minor_unit
}

/// A flow is a fact: neither it nor its rate is of a day to come.
fn must_have_happened(
    on: Effective,
    exchange: Option<&Exchange>,
    today: Date,
) -> Result<(), Refusal> {
    ensure(!on.is_certainly_after(today), Refusal::InTheFuture { on })?;
    exchange.map_or(Ok(()), |it| must_be_known(it, today))
}

/// A rate is known on its day, and not before.
pub(super) fn must_be_known(exchange: &Exchange, today: Date) -> Result<(), Refusal> {
    let on = Effective::Day(exchange.on);
    ensure(!on.is_certainly_after(today), Refusal::InTheFuture { on })
}
