//! Balances: sums that never mix currencies and never take what was not declared for nothing.
use async_graphql::{Context, InputObject, Object, SimpleObject};
use domain::ids::{ActorId, ProgrammeId};
use domain::money::Currency;
use domain::territory::TerritoryId;
use jiff::civil::Date;
use projections::amounts::Amounts;
use projections::funding::{Balance, Group, Grouping};
use projections::lineage::{BalanceOf, Funded};
use projections::{actors, programmes};

use super::enums::Choice;
use super::fault::Fault;
use super::lineage::LineageObject;
use super::list::List;
use super::scalars::{Given, Shown};
use super::territory::TerritoryObject;
use super::values::{AsOf, MoneyObject};
use super::view::{Told, View, read};

/// Questions about balances.
#[derive(Default)]
pub struct BalanceQuery;

/// Of which funding requests a balance is asked for; all of the conditions hold.
#[derive(InputObject, Clone, Debug, Default)]
pub struct BalanceFilter {
    /// Those within this programme, or one that is part of it.
    programme: Option<Given<ProgrammeId>>,
    /// Those that this actor pays for; a merger is followed.
    funder: Option<Given<ActorId>>,
    /// Those for something in this territory.
    within: Option<Given<TerritoryId>>,
}

/// Questions about balances.
#[Object(serial)]
impl BalanceQuery {
    /// What was asked, granted, agreed, paid, spent and given back, one line for each group.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn balances(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "By what the requests are grouped.")] group_by: Choice<Grouping>,
        #[graphql(desc = "Of which requests; all where it is left out.")] filter: Option<
            BalanceFilter,
        >,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
        #[graphql(desc = "The day that planned payments are late on.")] effective_on: Option<
            Given<Date>,
        >,
    ) -> Result<List<BalanceLine>, Fault> {
        let view = View::of(ctx, as_of, effective_on).await?;
        let (requests, day) = (filter.unwrap_or_default().read()?, view.day(ctx));
        let models = &view.models;
        let wanted = requests.requests(models);
        let balances = models.funding.balances(wanted, group_by.0, &models.programmes, day);
        let line = |(group, it): (Group, _)| {
            let (requests, of) = (requests.clone(), Some(group.place()));
            let asked = BalanceOf { requests, by: Some(group_by.0), of, on: day };
            BalanceLine::of(&view, group, BalanceObject::of(&view, asked, it))
        };
        Ok(balances.into_iter().map(line).collect())
    }
}

impl BalanceFilter {
    /// What it asks for.
    pub fn read(self) -> Result<Funded, Fault> {
        Ok(Funded {
            programme: read(self.programme, "filter.programme")?,
            funder: read(self.funder, "filter.funder")?,
            within: read(self.within, "filter.within")?,
            ..Funded::default()
        })
    }
}

/// The balance of one group: one of the first four fields is there, or none where requests do not
/// say.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct BalanceLine {
    /// The programme.
    programme: Told<programmes::Programme>,
    /// Who pays: the envelope's funder, else who granted it.
    funder: Told<actors::Actor>,
    /// The territory: for a request that names several, the smallest that holds them all.
    territory: Option<TerritoryObject>,
    /// The currency of what was asked, else granted.
    currency: Option<Choice<Currency>>,
    /// The balance.
    balance: BalanceObject,
}

impl BalanceLine {
    fn of(view: &View, group: Group, balance: BalanceObject) -> Self {
        let (programme, funder, territory, currency) = (None, None, None, None);
        let mut line = Self { programme, funder, territory, currency, balance };
        match group {
            Group::Programme(id) => line.programme = view.programme(id),
            Group::Funder(id) => line.funder = id.and_then(|id| view.actor(id)),
            Group::Territory(id) => line.territory = id.map(TerritoryObject),
            Group::Currency(currency) => line.currency = currency.map(Choice),
        }
        line
    }
}

/// Sums over funding requests. Currencies stand side by side: nothing is converted.
#[derive(SimpleObject)]
#[graphql(serial, name = "Balance")]
pub struct BalanceObject {
    /// How many requests.
    requests: Shown<i64>,
    /// What was asked.
    asked: AmountsObject,
    /// What the applicants bring.
    own_contribution: AmountsObject,
    /// What was granted.
    granted: AmountsObject,
    /// What was agreed, after every amendment.
    agreed: AmountsObject,
    /// What was paid.
    disbursed: AmountsObject,
    /// What is planned and not paid yet.
    planned: AmountsObject,
    /// What is planned, not paid, and late on the day of the question.
    late: AmountsObject,
    /// What was spent.
    spent: AmountsObject,
    /// What was spent and validated.
    validated: AmountsObject,
    /// What was given back.
    refunded: AmountsObject,
    /// Where all of these come from.
    lineage: LineageObject,
}

impl BalanceObject {
    /// What `asked` comes to.
    pub fn of(view: &View, asked: BalanceOf, balance: Balance) -> Self {
        Self {
            requests: Shown(i64::try_from(balance.requests).unwrap_or(i64::MAX)),
            asked: balance.asked.into(),
            own_contribution: balance.own_contribution.into(),
            granted: balance.granted.into(),
            agreed: balance.agreed.into(),
            disbursed: balance.disbursed.into(),
            planned: balance.planned.into(),
            late: balance.late.into(),
            spent: balance.spent.into(),
            validated: balance.validated.into(),
            refunded: balance.refunded.into(),
            lineage: LineageObject::of(view, asked),
        }
    }
}

/// One sum for each currency, and how many amounts nobody declared.
#[derive(SimpleObject)]
#[graphql(serial, name = "Amounts")]
pub struct AmountsObject {
    /// The sums, one for each currency that appears.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    sums: List<MoneyObject>,
    /// How many amounts nobody declared: not zero, not known.
    undeclared: Shown<i64>,
}

impl From<Amounts> for AmountsObject {
    fn from(amounts: Amounts) -> Self {
        Self {
            sums: amounts.sums().iter().copied().map(Into::into).collect(),
            undeclared: Shown(i64::try_from(amounts.undeclared).unwrap_or(i64::MAX)),
        }
    }
}
