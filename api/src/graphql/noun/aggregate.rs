//! What a list comes to as a whole, and in groups.
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use async_graphql::{Enum, SimpleObject};
use domain::classification::Sector;
use domain::territory::{Level, TerritoryId};
use jiff::civil::Date;
use projections::Models;
use projections::amounts::Amounts;
use uuid::Uuid;

use super::Noun;
use crate::graphql::balance::AmountsObject;
use crate::graphql::code::Code;
use crate::graphql::enums::Choice;
use crate::graphql::fault::Fault;
use crate::graphql::problem::Problem;
use crate::graphql::scalars::Shown;
use crate::graphql::values::Text;

/// By how many things a list is grouped at most.
const DIMENSIONS_MAX: usize = 2;
/// How many groups an answer has at most.
const GROUPS_MAX: usize = 1_000;

/// What a list is grouped by. An object with several such values is in the group of each of them.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupBy {
    /// How far it has come.
    Stage,
    /// The year of its date, as `OrderBy.DATE` has it.
    Year,
    /// The territories that it names, or that its intervention names.
    Territory,
    /// The province or prefecture of those; none for what names a region or the country.
    Province,
    /// The programme that it, or its intervention, is part of; a programme's is the one above it.
    Programme,
    /// Who is behind it: who takes part, promises, asks, decides, funds, hosts or attends.
    Actor,
    /// The sectors that it was classified under.
    Sector,
    /// For whom it is.
    PopulationGroup,
}

/// What a list, or one group of it, comes to: of every object that it holds, whatever the page.
#[derive(SimpleObject)]
pub struct Aggregates {
    /// How many objects.
    count: usize,
    /// What they are worth, one sum for each currency, and how many amounts nobody declared; nothing
    /// where objects of this kind have no amount. `OrderBy.AMOUNT` says which amount it is.
    amounts: Option<AmountsObject>,
    /// The first day that one of their dates may be.
    first_date: Option<Shown<Date>>,
    /// The last day that one of their dates may be.
    last_date: Option<Shown<Date>>,
}

/// One group of a list.
#[derive(SimpleObject)]
pub struct Group {
    /// What its objects have in common, in the order that was asked for.
    keys: Vec<GroupKey>,
    /// What it comes to.
    aggregates: Aggregates,
}

/// What the objects of a group have in common.
#[derive(SimpleObject)]
pub struct GroupKey {
    /// What the list is grouped by.
    by: GroupBy,
    /// The code or the id; nothing for those of which nothing says.
    value: Option<String>,
    /// Its name, where it has one.
    label: Option<Text>,
}

#[derive(Default)]
struct Sum {
    count: usize,
    amounts: Option<Amounts>,
    first: Option<Date>,
    last: Option<Date>,
}

impl Sum {
    fn add<T: Noun>(&mut self, it: &T) {
        self.count += 1;
        if let Some(amount) = it.amount() {
            self.amounts.get_or_insert_default().add(amount);
        }
        let date = it.date();
        self.first = self.first.into_iter().chain(date.earliest()).min();
        self.last = self.last.into_iter().chain(date.latest()).max();
    }
}

impl From<Sum> for Aggregates {
    fn from(sum: Sum) -> Self {
        Self {
            count: sum.count,
            amounts: sum.amounts.map(Into::into),
            first_date: sum.first.map(Shown),
            last_date: sum.last.map(Shown),
        }
    }
}

impl Aggregates {
    /// Of all of `entries`.
    pub fn of<T: Noun>(entries: &[Arc<T>]) -> Self {
        let mut sum = Sum::default();
        for it in entries {
            sum.add(&**it);
        }
        sum.into()
    }
}

/// `entries` in groups, in the order of their keys' values; those of which nothing says come first.
pub fn groups<T: Noun>(
    entries: &[Arc<T>],
    models: &Models,
    by: &[GroupBy],
) -> Result<Vec<Group>, Fault> {
    let wrong = |code, max| Fault::BadUserInput(Problem::new(code).with("max", max).at("by"));
    if by.is_empty() || by.len() > DIMENSIONS_MAX {
        return Err(wrong(Code::DimensionsInvalid, DIMENSIONS_MAX));
    }
    let mut sums: BTreeMap<Vec<Option<String>>, Sum> = BTreeMap::new();
    for it in entries {
        let mut keys = vec![Vec::new()];
        for by in by {
            let values = by.values(&**it, models);
            let with = |key: &Vec<_>| {
                let key = key.clone();
                values.iter().map(move |value| [&key[..], std::slice::from_ref(value)].concat())
            };
            keys = keys.iter().flat_map(with).collect();
        }
        for key in keys {
            sums.entry(key).or_default().add(&**it);
        }
        if sums.len() > GROUPS_MAX {
            return Err(wrong(Code::GroupsTooMany, GROUPS_MAX));
        }
    }
    let group = |(values, sum): (Vec<Option<String>>, Sum)| {
        let key = |(by, value): (&GroupBy, Option<String>)| {
            let label = value.as_deref().and_then(|it| by.label(it, models));
            GroupKey { by: *by, value, label }
        };
        Group { keys: by.iter().zip(values).map(key).collect(), aggregates: sum.into() }
    };
    Ok(sums.into_iter().map(group).collect())
}

impl GroupBy {
    /// The values that `it` has of this, each once; nothing alone where nothing says.
    fn values<T: Noun>(self, it: &T, models: &Models) -> BTreeSet<Option<String>> {
        let found: BTreeSet<String> = match self {
            Self::Stage => it.standing().map(|(_, name)| name).into_iter().collect(),
            Self::Year => {
                it.date().earliest().map(|day| day.year().to_string()).into_iter().collect()
            }
            Self::Territory => {
                let all = it.territories(models).into_iter();
                all.map(|it| it.as_str().to_owned()).collect()
            }
            Self::Province => {
                let all = it.territories(models).into_iter().filter_map(province);
                all.map(|it| it.as_str().to_owned()).collect()
            }
            Self::Programme => it.programme(models).map(|id| id.to_string()).into_iter().collect(),
            Self::Actor => it.actors().into_iter().map(|id| id.to_string()).collect(),
            Self::Sector => it.sectors().into_iter().map(|it| it.as_str().to_owned()).collect(),
            Self::PopulationGroup => {
                it.groups().into_iter().filter_map(|it| Some(Choice(it).place()?.1)).collect()
            }
        };
        if found.is_empty() { [None].into() } else { found.into_iter().map(Some).collect() }
    }

    /// The name of one of its values.
    fn label(self, value: &str, models: &Models) -> Option<Text> {
        let id = || value.parse::<Uuid>().ok();
        match self {
            Self::Territory | Self::Province => {
                Some(Text::of_territory(TerritoryId::parse(value).ok()?.get()))
            }
            Self::Programme => Some((&*models.programmes.get(id()?.into())?.title).into()),
            Self::Actor => {
                let actor = models.actors.get(id()?.into())?;
                Some(Text::plain(actor.name.as_str().to_owned()))
            }
            Self::Sector => Some(Text::plain(Sector::parse(value).ok()?.name_fr().to_owned())),
            Self::Stage | Self::Year | Self::PopulationGroup => None,
        }
    }
}

/// The province or prefecture that a territory is, or lies in.
fn province(territory: TerritoryId) -> Option<TerritoryId> {
    let above = std::iter::successors(Some(territory), |it| it.get().parent);
    above.into_iter().find(|it| it.get().level == Level::Province)
}
