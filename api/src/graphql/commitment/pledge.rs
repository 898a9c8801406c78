//! What is promised: money, things or work.
use async_graphql::{SimpleObject, Union};
use domain::commitment::Pledge;
use domain::measure::Quantity;
use domain::text::Name;

use crate::graphql::scalars::Shown;
use crate::graphql::values::MoneyObject;

/// What is promised.
#[derive(Union)]
#[graphql(name = "Pledge")]
pub enum PledgeObject {
    /// Money.
    Financial(FinancialPledge),
    /// Things or the use of them.
    InKind(InKindPledge),
    /// Work.
    Human(HumanPledge),
}

/// A promise of money.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct FinancialPledge {
    /// How much.
    amount: MoneyObject,
}

/// A promise of things or of the use of them.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct InKindPledge {
    /// How many.
    quantity: Shown<Quantity>,
    /// Of which unit.
    unit: Shown<Name>,
    /// What it is worth, where somebody estimated it.
    estimate: Option<MoneyObject>,
}

/// A promise of work.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct HumanPledge {
    /// How many days of one person.
    days: Shown<Quantity>,
}

impl From<&Pledge> for PledgeObject {
    fn from(pledge: &Pledge) -> Self {
        match pledge {
            Pledge::Financial { amount } => {
                Self::Financial(FinancialPledge { amount: (*amount).into() })
            }
            Pledge::InKind { quantity, unit, estimate } => Self::InKind(InKindPledge {
                quantity: Shown(*quantity),
                unit: Shown(unit.clone()),
                estimate: estimate.map(Into::into),
            }),
            Pledge::Human { days } => Self::Human(HumanPledge { days: Shown(*days) }),
        }
    }
}
