//! The figures that two persons correct, as the domain takes them.
use async_graphql::{InputObject, OneofObject};
use domain::ids::{DisbursementId, EnvelopeId, EvidenceId, ExpenditureId, RefundId};
use domain::measure::Quantity;
use domain::{commitment, funding_request, intervention, programme};

use super::desk::{Desk, Take, camel};
use super::inputs::{ExchangeInput, fields};
use crate::graphql::problem::Problem;
use crate::graphql::scalars::Given;
use crate::graphql::values::MoneyInput;

/// A figure of a funding request.
#[derive(OneofObject, Clone, Debug)]
pub enum FundingFigureInput {
    /// A payment that was made.
    Disbursement(DisbursementFigureInput),
    /// A sum that the beneficiary spent.
    Expenditure(ExpenditureFigureInput),
    /// A sum that came back.
    Refund(RefundFigureInput),
    /// What the agreement is over.
    Agreement(MoneyInput),
}

/// A payment that was made.
#[derive(InputObject, Clone, Debug)]
pub struct DisbursementFigureInput {
    /// Which.
    disbursement: Given<DisbursementId>,
    /// How much, in the agreement's currency; left out where it was never made.
    to: Option<MoneyInput>,
    /// What it was in another currency.
    exchange: Option<ExchangeInput>,
}

/// A sum that the beneficiary spent.
#[derive(InputObject, Clone, Debug)]
pub struct ExpenditureFigureInput {
    /// Which.
    expenditure: Given<ExpenditureId>,
    /// How much, in the agreement's currency; left out where it was never spent.
    to: Option<MoneyInput>,
    /// What it was in another currency.
    exchange: Option<ExchangeInput>,
}

/// A sum that came back.
#[derive(InputObject, Clone, Debug)]
pub struct RefundFigureInput {
    /// Which.
    refund: Given<RefundId>,
    /// How much, in the agreement's currency; left out where it never came back.
    to: Option<MoneyInput>,
}

impl Take for ExpenditureFigureInput {
    type Domain = funding_request::Figure;

    fn take(self, desk: &Desk<'_>) -> Result<funding_request::Figure, Problem> {
        fields!(self, desk, funding_request::Figure::Expenditure { expenditure, to, exchange })
    }
}

impl Take for FundingFigureInput {
    type Domain = funding_request::Figure;

    fn take(self, desk: &Desk<'_>) -> Result<funding_request::Figure, Problem> {
        use funding_request::Figure;
        match self {
            Self::Disbursement(input) => {
                fields!(input, desk, Figure::Disbursement { disbursement, to, exchange })
                    .map_err(|it: Problem| it.at("disbursement"))
            }
            Self::Expenditure(input) => input.take(desk).map_err(|it| it.at("expenditure")),
            Self::Refund(input) => fields!(input, desk, Figure::Refund { refund, to })
                .map_err(|it: Problem| it.at("refund")),
            Self::Agreement(to) => {
                let to = to.take(desk).map_err(|it| it.at("agreement"))?;
                Ok(Figure::Agreement { to })
            }
        }
    }
}

/// A figure of a commitment.
#[derive(OneofObject, Clone, Debug)]
pub enum CommitmentFigureInput {
    /// What was confirmed as kept.
    Fulfilment(FulfilmentFigureInput),
    /// How much was promised.
    Pledge(PledgeFigureInput),
}

/// What was confirmed as kept.
#[derive(InputObject, Clone, Debug)]
pub struct FulfilmentFigureInput {
    /// On which evidence.
    evidence: Given<EvidenceId>,
    /// How much, in the pledge's unit; left out where the evidence should wait for its answer again.
    to: Option<Given<Quantity>>,
    /// More than was promised, said on purpose.
    #[graphql(default)]
    exceeding: bool,
}

/// How much was promised.
#[derive(InputObject, Clone, Debug)]
pub struct PledgeFigureInput {
    /// How much, in the pledge's unit; minor units for money.
    to: Given<Quantity>,
    /// Less than was kept, said on purpose.
    #[graphql(default)]
    exceeding: bool,
}

impl Take for CommitmentFigureInput {
    type Domain = commitment::Figure;

    fn take(self, desk: &Desk<'_>) -> Result<commitment::Figure, Problem> {
        use commitment::Figure;
        match self {
            Self::Fulfilment(input) => {
                fields!(input, desk, Figure::Fulfilment { evidence, to, exceeding })
                    .map_err(|it: Problem| it.at("fulfilment"))
            }
            Self::Pledge(input) => fields!(input, desk, Figure::Pledge { to, exceeding })
                .map_err(|it: Problem| it.at("pledge")),
        }
    }
}

/// What something costs.
#[derive(InputObject, Clone, Debug)]
pub struct BudgetFigureInput {
    /// How much; left out where it is not declared.
    to: Option<MoneyInput>,
}

/// A figure of a programme.
#[derive(OneofObject, Clone, Debug)]
pub enum ProgrammeFigureInput {
    /// Money that is set aside for funding requests.
    Envelope(EnvelopeFigureInput),
    /// What it costs.
    Budget(BudgetFigureInput),
}

/// Money that is set aside for funding requests.
#[derive(InputObject, Clone, Debug)]
pub struct EnvelopeFigureInput {
    /// Which envelope.
    envelope: Given<EnvelopeId>,
    /// How much there is to give.
    to: MoneyInput,
}

impl Take for ProgrammeFigureInput {
    type Domain = programme::Figure;

    fn take(self, desk: &Desk<'_>) -> Result<programme::Figure, Problem> {
        use programme::Figure;
        match self {
            Self::Envelope(input) => fields!(input, desk, Figure::Envelope { envelope, to })
                .map_err(|it: Problem| it.at("envelope")),
            Self::Budget(input) => {
                fields!(input, desk, Figure::Budget { to }).map_err(|it: Problem| it.at("budget"))
            }
        }
    }
}

/// A figure of an intervention.
#[derive(OneofObject, Clone, Debug)]
pub enum InterventionFigureInput {
    /// What it costs.
    Budget(BudgetFigureInput),
}

impl Take for InterventionFigureInput {
    type Domain = intervention::Figure;

    fn take(self, desk: &Desk<'_>) -> Result<intervention::Figure, Problem> {
        let Self::Budget(input) = self;
        fields!(input, desk, intervention::Figure::Budget { to })
            .map_err(|it: Problem| it.at("budget"))
    }
}
