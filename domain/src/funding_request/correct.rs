//! What of a funding request can be corrected. A corrected sum keeps all that holds between the sums.
use jiff::civil::Date;

use super::check::must_fit;
use super::flow::must_be_known;
use super::{Account, Command, Figure, FundingRequest, Refusal, Stage, TERRITORIES_MAX};
use crate::aggregate::ensure;
use crate::correction::differs;
use crate::ids::{ActorId, CorrectionId, UserId};
use crate::money::Money;

/// A grant that gives a right to money.
const GRANTED: &[Stage] = &[Stage::Granted, Stage::Contracted, Stage::Completed];

impl Figure {
    /// What the figure should be; nothing where the flow should not be there.
    fn amount(&self) -> Option<Money> {
        match self {
            Self::Disbursement { to, .. }
            | Self::Expenditure { to, .. }
            | Self::Refund { to, .. } => *to,
            Self::Agreement { to } => Some(*to),
        }
    }
}

impl FundingRequest {
    pub(super) fn check_correction(&self, command: &Command) -> Result<(), Refusal> {
        self.must_exist()?;
        match command {
            Command::Correct { by, title, intervention, territories, .. } => {
                self.must_be_applicant(*by)?;
                must_fit(territories.as_ref().map_or(0, Vec::len), TERRITORIES_MAX)?;
                let known = &self.described;
                let other = differs(title.as_ref(), known.title.as_ref())
                    || differs(intervention.as_ref(), known.intervention.as_ref())
                    || differs(territories.as_ref(), known.territories.as_ref());
                ensure(other, Refusal::NothingCorrected)
            }
            Command::ProposeCorrection { correction, figure, today, .. } => {
                self.can_propose(*correction, figure, *today)
            }
            Command::ProposeExpenditureCorrection { by, correction, figure, today, .. } => {
                self.must_be_applicant(*by)?;
                let spent = matches!(figure, Figure::Expenditure { .. });
                ensure(spent, Refusal::UnknownFigure)?;
                self.can_propose(*correction, figure, *today)
            }
            Command::ConfirmCorrection { by, person, correction } => {
                let figure = self.can_answer(*by, *person, *correction)?;
                let now = self.says(figure).ok_or(Refusal::UnknownFigure)?;
                self.corrections.must_be_as_it_was(*correction, &now)?;
                self.can_become(figure)
            }
            Command::RejectCorrection { by, person, correction, .. } => {
                self.can_answer(*by, *person, *correction).map(drop)
            }
            Command::Annul { .. } => {
                let granted = GRANTED.contains(&self.stage);
                ensure(!granted, Refusal::GrantInForce)?;
                ensure(!self.has_flowed(), Refusal::MoneyFlowed)
            }
            _ => Ok(()),
        }
    }

    /// Recorded, and not by mistake.
    fn must_exist(&self) -> Result<(), Refusal> {
        let stage = self.stage;
        ensure(stage != Stage::Unrecorded, Refusal::NotSubmitted)?;
        ensure(stage != Stage::Annulled, Refusal::OutOfTurn { stage })
    }

    fn has_flowed(&self) -> bool {
        self.disbursements.values().any(Option::is_some)
            || self.refunds.values().any(Option::is_some)
            || self.expenditures.values().any(|it| it.amount.is_some())
    }

    fn can_propose(
        &self,
        correction: CorrectionId,
        figure: &Figure,
        today: Date,
    ) -> Result<(), Refusal> {
        self.can_become(figure)?;
        let was = self.says(figure).ok_or(Refusal::UnknownFigure)?;
        ensure(*figure != was, Refusal::NothingCorrected)?;
        if let Figure::Disbursement { exchange: Some(exchange), .. }
        | Figure::Expenditure { exchange: Some(exchange), .. } = figure
        {
            must_be_known(exchange, today)?;
        }
        Ok(self.corrections.can_propose(correction, &was)?)
    }

    fn can_answer(
        &self,
        by: ActorId,
        person: UserId,
        correction: CorrectionId,
    ) -> Result<&Figure, Refusal> {
        let figure = self.corrections.can_answer(correction, person)?;
        ensure(self.applicant != Some(by), Refusal::AnsweredByApplicant)?;
        Ok(figure)
    }

    /// What the figure that `figure` names is today, without what it was in another currency; nothing
    /// where no such flow counts.
    pub(super) fn says(&self, figure: &Figure) -> Option<Figure> {
        match figure {
            Figure::Disbursement { disbursement, .. } => {
                let to = self.disbursements.get(disbursement).copied().flatten();
                let of = |to| Figure::Disbursement {
                    disbursement: *disbursement,
                    to: Some(to),
                    exchange: None,
                };
                to.map(of)
            }
            Figure::Expenditure { expenditure, .. } => {
                let to = self.expenditures.get(expenditure).and_then(|it| it.amount);
                let of = |to| Figure::Expenditure {
                    expenditure: *expenditure,
                    to: Some(to),
                    exchange: None,
                };
                to.map(of)
            }
            Figure::Refund { refund, .. } => {
                let to = self.refunds.get(refund).copied().flatten();
                to.map(|to| Figure::Refund { refund: *refund, to: Some(to) })
            }
            Figure::Agreement { .. } => self.account.map(|it| Figure::Agreement { to: it.agreed }),
        }
    }

    /// Whether the sums still go together once the figure is as proposed.
    fn can_become(&self, figure: &Figure) -> Result<(), Refusal> {
        let stages: &[Stage] = match figure {
            Figure::Agreement { .. } => &[Stage::Contracted, Stage::Completed],
            _ => &[Stage::Contracted, Stage::Completed, Stage::Revoked],
        };
        let account = self.account_at(stages)?;
        let exchange = match figure {
            Figure::Disbursement { exchange, .. } | Figure::Expenditure { exchange, .. } => {
                exchange.as_ref()
            }
            Figure::Refund { .. } | Figure::Agreement { .. } => None,
        };
        if let Some(amount) = figure.amount() {
            account.must_take(amount, exchange)?;
        } else {
            let currency = account.agreed.currency();
            ensure(exchange.is_none(), Refusal::NeedlessExchange { currency })?;
        }
        if let Figure::Agreement { to } = figure {
            self.must_be_granted(*to)?;
        }
        self.must_balance(self.corrected(account, figure)?)
    }

    /// The account with the figure as proposed.
    fn corrected(&self, mut account: Account, figure: &Figure) -> Result<Account, Refusal> {
        let was = self.says(figure).ok_or(Refusal::UnknownFigure)?.amount();
        let moved = |sum: Money| {
            let less = was.map_or(Ok(sum), |was| sum.checked_sub(was))?;
            figure.amount().map_or(Ok(less), |to| less.checked_add(to))
        };
        match figure {
            Figure::Disbursement { .. } => account.disbursed = moved(account.disbursed)?,
            Figure::Refund { .. } => account.refunded = moved(account.refunded)?,
            Figure::Agreement { to } => account.agreed = *to,
            Figure::Expenditure { expenditure, .. } => {
                if self.expenditures.get(expenditure).is_some_and(|it| it.validated) {
                    account.validated = moved(account.validated)?;
                }
            }
        }
        Ok(account)
    }

    /// disbursed − refunded ≤ agreed, and validated ≤ disbursed − refunded + own contribution.
    fn must_balance(&self, account: Account) -> Result<(), Refusal> {
        let Account { agreed, disbursed, refunded, validated } = account;
        let held = account.held()?;
        ensure(held.minor() >= 0, Refusal::BelowRefunded { disbursed, refunded })?;
        let within = held.minor() <= agreed.minor();
        ensure(within, Refusal::BeyondAgreement { held, agreed })?;
        if let Some(kept) = self.kept {
            let within = held.minor() <= kept.minor();
            ensure(within, Refusal::BeyondRevocation { held, kept })?;
        }
        let means = account.means(self.own_contribution)?;
        let enough = validated.minor() <= means.minor();
        ensure(enough, Refusal::BelowSpent { means, validated })
    }

    /// The figure is as was proposed from now on.
    pub(super) fn put(&mut self, figure: &Figure) {
        if let Some(Ok(account)) = self.account.map(|it| self.corrected(it, figure)) {
            self.account = Some(account);
        }
        match figure {
            Figure::Disbursement { disbursement, to, .. } => {
                self.disbursements.insert(*disbursement, *to);
            }
            Figure::Refund { refund, to } => {
                self.refunds.insert(*refund, *to);
            }
            Figure::Expenditure { expenditure, to, .. } => {
                if let Some(spent) = self.expenditures.get_mut(expenditure) {
                    spent.amount = *to;
                }
            }
            Figure::Agreement { .. } => {}
        }
    }
}
