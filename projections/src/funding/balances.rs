//! Balances: what was asked, granted, agreed, paid, spent and given back, grouped and never
//! converted.
use std::collections::BTreeMap;

use domain::ids::{ActorId, ProgrammeId};
use domain::money::{Currency, Money};
use domain::territory::TerritoryId;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Funding, Request, Stage};
use crate::amounts::Amounts;
use crate::programmes::Programmes;

/// Sums over funding requests.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Balance {
    /// How many requests.
    pub requests: u64,
    /// What was asked.
    pub asked: Amounts,
    /// What the applicants bring.
    pub own_contribution: Amounts,
    /// What was granted.
    pub granted: Amounts,
    /// What was agreed, after every amendment.
    pub agreed: Amounts,
    /// What was paid.
    pub disbursed: Amounts,
    /// What is planned, not paid yet.
    pub planned: Amounts,
    /// What is planned, not paid and late.
    pub late: Amounts,
    /// What was spent.
    pub spent: Amounts,
    /// What was spent and validated.
    pub validated: Amounts,
    /// What was given back.
    pub refunded: Amounts,
}

impl Balance {
    /// The balance of `requests` on `day`.
    pub fn of<'a>(requests: impl IntoIterator<Item = &'a Request>, day: Date) -> Self {
        let mut balance = Self::default();
        requests.into_iter().for_each(|request| balance.add(request, day));
        balance
    }

    fn add(&mut self, request: &Request, day: Date) {
        self.requests += 1;
        self.asked.add(request.asked);
        self.own_contribution.add(request.own_contribution);
        if let Some(granted) = request.granted {
            self.granted.plus(granted);
        }
        if let Some(agreement) = &request.agreement {
            self.agreed.plus(agreement.amount);
        }
        let open = matches!(request.stage, Stage::Granted | Stage::Contracted);
        let waiting = request.disbursements.iter().filter(|it| open && it.paid.is_none());
        for disbursement in waiting {
            if let Some((amount, _)) = disbursement.planned {
                self.planned.plus(amount);
                if disbursement.late_days(day).is_some() {
                    self.late.plus(amount);
                }
            }
        }
        self.disbursed.merge(&request.disbursed);
        self.spent.merge(&request.spent);
        self.validated.merge(&request.validated);
        self.refunded.merge(&request.refunded);
    }
}

/// What balances are grouped by.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Grouping {
    /// By the request's own programme.
    Programme,
    /// By programme, with all that is part of it: a request counts under each programme above it.
    ProgrammeWithDescendants,
    /// By who pays.
    Funder,
    /// By territory: a request for several counts under the smallest that holds them all.
    Territory,
    /// By the currency of what was asked, else granted.
    Currency,
}

/// What one balance is of; `None` where requests do not say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(tag = "by", content = "key", rename_all = "snake_case")]
pub enum Group {
    /// A programme.
    Programme(ProgrammeId),
    /// A funder.
    Funder(Option<ActorId>),
    /// A territory.
    Territory(Option<TerritoryId>),
    /// A currency.
    Currency(Option<Currency>),
}

impl Group {
    /// Its name among those of its grouping: an id or a code; empty where requests do not say.
    pub fn place(self) -> String {
        match self {
            Self::Programme(it) => it.to_string(),
            Self::Funder(it) => it.map(|it| it.to_string()).unwrap_or_default(),
            Self::Territory(it) => it.map(|it| it.to_string()).unwrap_or_default(),
            Self::Currency(it) => it.map_or("", Currency::code).to_owned(),
        }
    }
}

impl Funding {
    /// Who pays for `request`: the envelope's funder, else who granted it.
    pub fn funder(&self, request: &Request, programmes: &Programmes) -> Option<ActorId> {
        let envelope = request.envelope.and_then(|id| programmes.envelope(id));
        envelope.and_then(|it| it.funder).or_else(|| request.granted_by())
    }

    /// The balances of `requests` on `day`, grouped.
    pub fn balances<'a>(
        &self,
        requests: impl IntoIterator<Item = &'a Request>,
        grouping: Grouping,
        programmes: &Programmes,
        day: Date,
    ) -> BTreeMap<Group, Balance> {
        let mut balances = BTreeMap::<Group, Balance>::new();
        for request in requests {
            for group in self.groups(request, grouping, programmes) {
                balances.entry(group).or_default().add(request, day);
            }
        }
        balances
    }

    /// The groups that `request` counts in.
    pub fn groups(
        &self,
        request: &Request,
        grouping: Grouping,
        programmes: &Programmes,
    ) -> Vec<Group> {
        match grouping {
            Grouping::Programme => vec![Group::Programme(request.programme)],
            Grouping::ProgrammeWithDescendants => {
                let above = programmes.ancestors(request.programme);
                let all = std::iter::once(request.programme).chain(above);
                all.map(Group::Programme).collect()
            }
            Grouping::Funder => vec![Group::Funder(self.funder(request, programmes))],
            Grouping::Territory => vec![Group::Territory(covering(&request.territories))],
            Grouping::Currency => {
                let amount = request.asked.or(request.granted);
                vec![Group::Currency(amount.map(Money::currency))]
            }
        }
    }

    /// The balance of `programme`, with all that is part of it where `descendants` says so.
    pub fn balance_of(
        &self,
        programme: ProgrammeId,
        descendants: bool,
        programmes: &Programmes,
        day: Date,
    ) -> Balance {
        let all = if descendants { programmes.subtree(programme) } else { vec![programme] };
        let requests = all.into_iter().flat_map(|id| self.requests_of_programme(id));
        Balance::of(requests.map(AsRef::as_ref), day)
    }
}

/// The smallest territory that holds all of `territories`.
pub fn covering(territories: &[TerritoryId]) -> Option<TerritoryId> {
    let mut candidate = territories.first().copied();
    while let Some(territory) = candidate {
        if territories.iter().all(|it| it.is_within(territory)) {
            break;
        }
        candidate = territory.get().parent;
    }
    candidate
}
