//! What a list comes to as a whole, and in groups.
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt::Display;

use async_graphql::{Context, Enum, SimpleObject};
use domain::classification::{Goal, Sector, SectorCategory};
use domain::territory::{Level, TerritoryId};
use domain::text::Country;
use jiff::civil::Date;
use projections::Models;
use projections::amounts::Amounts;
use uuid::Uuid;

use crate::graphql::balance::AmountsObject;
use crate::graphql::code::Code;
use crate::graphql::deadline::Deadline;
use crate::graphql::enums::Choice;
use crate::graphql::event::SubjectKind;
use crate::graphql::facts::{Facts, Worth, told, word};
use crate::graphql::fault::Fault;
use crate::graphql::list::List;
use crate::graphql::problem::Problem;
use crate::graphql::scalars::Shown;
use crate::graphql::values::Text;

/// By how many things a list is grouped at most.
const DIMENSIONS_MAX: usize = 2;
/// How many groups an answer has at most.
const GROUPS_MAX: usize = 1_000;
/// After how many entries the time is looked at.
const ENTRIES_BETWEEN_LOOKS: usize = 1_024;

/// What a list is grouped by. An entry with several such values is in the group of each of them. What
/// an entry says nothing of, it has from the things that it counts, compares or speaks of: a row of the
/// matrix from its interventions, an event or an issue from its subject.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupBy {
    /// How far it has come. A disagreement is `OPEN` or `SETTLED`, an action point `OPEN`, `DONE` or
    /// `GIVEN_UP`.
    Stage,
    /// The year of its date, as `OrderBy.DATE` has it.
    Year,
    /// The territories that it names, or that its intervention names.
    Territory,
    /// The province or prefecture of those; none for what names a region or the country.
    Province,
    /// The region of those; none for what names the country.
    Region,
    /// The programme that it, or its intervention, is part of; a programme's is the one above it.
    Programme,
    /// Who is behind it: who takes part, promises, asks, decides, funds, hosts or attends.
    Actor,
    /// The sectors that it was classified under.
    Sector,
    /// The categories of those.
    SectorCategory,
    /// The goals that it serves; a target stands under its goal.
    Goal,
    /// For whom it is.
    PopulationGroup,
    /// What sort of its kind it is: the kind of an actor, a programme or a plan, the name of an event,
    /// the layer of a link of funding, what ties two actors, what an issue or a disagreement is about,
    /// why two interventions may be one, a pathway, a rank of territories.
    Kind,
    /// Of which kind of things it is one or speaks: the subject of an event, an issue, a disagreement or
    /// a correction.
    SubjectKind,
    /// The country that it is in or leads to.
    Country,
}

/// What a list, or one group of it, comes to: of every entry that it holds, whatever the page.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct Aggregates {
    /// How many entries.
    count: usize,
    /// What they are worth, one sum for each currency, and how many amounts nobody declared; nothing
    /// where entries of this kind have no amount. `OrderBy.AMOUNT` says which amount it is of the
    /// ledger's own objects; a cell, a row or a column of the matrix, an overlap or a pair of likely
    /// duplicates has the budgets of its interventions, a link of funding what flows, a correction what
    /// it says. What several entries count is in the sum once.
    amounts: Option<AmountsObject>,
    /// The first day that one of their dates may be.
    first_date: Option<Shown<Date>>,
    /// The last day that one of their dates may be.
    last_date: Option<Shown<Date>>,
}

/// One group of a list.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct Group {
    /// What its entries have in common, in the order that was asked for.
    keys: List<GroupKey>,
    /// What it comes to.
    aggregates: Aggregates,
}

/// What the entries of a group have in common.
#[derive(SimpleObject)]
#[graphql(serial)]
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
    counted: HashSet<u128>,
    first: Option<Date>,
    last: Option<Date>,
}

impl Sum {
    fn add(&mut self, it: &dyn Facts, models: &Models) {
        self.count += 1;
        if let Some(worth) = it.worth(models) {
            self.pay(worth);
        }
        for date in told(it, models, |it| it.date()) {
            self.first = self.first.into_iter().chain(date.earliest()).min();
            self.last = self.last.into_iter().chain(date.latest()).max();
        }
    }

    fn pay(&mut self, worth: Worth) {
        let sum = self.amounts.get_or_insert_default();
        match worth {
            Worth::Own(amount) => sum.add(amount),
            Worth::Parts(parts) => {
                for (part, amounts) in parts {
                    if self.counted.insert(part) {
                        sum.merge(&amounts);
                    }
                }
            }
        }
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
    pub fn of(entries: &[&dyn Facts], models: &Models) -> Self {
        let mut sum = Sum::default();
        for it in entries {
            sum.add(*it, models);
        }
        sum.into()
    }
}

/// `entries` in groups, in the order of their keys' values; those of which nothing says come first.
pub fn groups(
    ctx: &Context<'_>,
    entries: &[&dyn Facts],
    models: &Models,
    by: &[GroupBy],
) -> Result<Vec<Group>, Fault> {
    if by.is_empty() || by.len() > DIMENSIONS_MAX {
        return Err(wrong(Code::DimensionsInvalid, DIMENSIONS_MAX));
    }
    let mut sums: BTreeMap<Vec<Option<String>>, Sum> = BTreeMap::new();
    for (place, it) in entries.iter().enumerate() {
        if place % ENTRIES_BETWEEN_LOOKS == 0 {
            Deadline::check(ctx)?;
        }
        for key in keys(*it, models, by)? {
            sums.entry(key).or_default().add(*it, models);
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

fn wrong(code: Code, max: usize) -> Fault {
    Fault::BadUserInput(Problem::new(code).with("max", max).at("by"))
}

/// The keys of the groups that `it` is in.
fn keys(
    it: &dyn Facts,
    models: &Models,
    by: &[GroupBy],
) -> Result<Vec<Vec<Option<String>>>, Fault> {
    let mut keys = vec![Vec::new()];
    for by in by {
        let values = by.values(it, models);
        if keys.len() * values.len() > GROUPS_MAX {
            return Err(wrong(Code::GroupsTooMany, GROUPS_MAX));
        }
        let with = |key: &Vec<_>| {
            let key = key.clone();
            values.iter().map(move |value| [&key[..], std::slice::from_ref(value)].concat())
        };
        keys = keys.iter().flat_map(with).collect();
    }
    Ok(keys)
}

impl GroupBy {
    /// The values that `it` has of this, each once; nothing alone where nothing says.
    fn values(self, it: &dyn Facts, models: &Models) -> BTreeSet<Option<String>> {
        let found = match self {
            Self::Stage => texts(told(it, models, |it| it.standing()).into_iter().map(|it| it.1)),
            Self::Year => {
                let dates = told(it, models, |it| it.date()).into_iter();
                texts(dates.filter_map(|it| Some(it.earliest()?.year())))
            }
            Self::Territory => texts(it.territories(models)),
            Self::Province => texts(around(it.territories(models), Level::Province)),
            Self::Region => texts(around(it.territories(models), Level::Region)),
            Self::Programme => texts(it.programmes(models)),
            Self::Actor => texts(it.actors(models)),
            Self::Sector => texts(it.sectors(models)),
            Self::SectorCategory => texts(it.categories(models)),
            Self::Goal => texts(it.goals(models).into_iter().map(Goal::whole)),
            Self::PopulationGroup => {
                let groups = it.groups(models).into_iter();
                texts(groups.filter_map(|it| Some(Choice(it).place()?.1)))
            }
            Self::Kind => texts(it.kinds(models)),
            Self::SubjectKind => {
                texts(it.subjects(models).into_iter().map(|it| word(SubjectKind::from(it))))
            }
            Self::Country => texts(it.countries(models).iter().map(Country::as_str)),
        };
        if found.is_empty() { [None].into() } else { found.into_iter().map(Some).collect() }
    }

    /// The name of one of its values.
    fn label(self, value: &str, models: &Models) -> Option<Text> {
        let id = || value.parse::<Uuid>().ok();
        let plain = |name: &str| Some(Text::Plain(name.to_owned()));
        match self {
            Self::Territory | Self::Province | Self::Region => {
                Some(Text::Territory(TerritoryId::parse(value).ok()?.get()))
            }
            Self::Programme => Some((&models.programmes.get(id()?.into())?.title).into()),
            Self::Actor => plain(models.actors.get(id()?.into())?.name.as_str()),
            Self::Sector => plain(Sector::parse(value).ok()?.name_fr()),
            Self::SectorCategory => plain(SectorCategory::parse(value).ok()?.name_fr()),
            Self::Goal => plain(Goal::parse(value).ok()?.name_fr()),
            Self::Stage
            | Self::Year
            | Self::PopulationGroup
            | Self::Kind
            | Self::SubjectKind
            | Self::Country => None,
        }
    }
}

/// Each once, as it is written.
fn texts<T: Display>(all: impl IntoIterator<Item = T>) -> BTreeSet<String> {
    all.into_iter().map(|it| it.to_string()).collect()
}

/// Those of `level` that `territories` are, or lie in.
fn around(territories: Vec<TerritoryId>, level: Level) -> impl Iterator<Item = TerritoryId> {
    territories.into_iter().filter_map(move |it| {
        let mut above = std::iter::successors(Some(it), |it| it.get().parent);
        above.find(|it| it.get().level == level)
    })
}

#[cfg(test)]
mod tests;
