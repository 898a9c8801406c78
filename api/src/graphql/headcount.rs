//! Counts of people, with what could point at persons left unsaid.
use std::sync::Arc;

use async_graphql::{Object, SimpleObject};
use domain::measure::Quantity;
use domain::population::{Headcount, PopulationGroup, Profession, Sex};
use domain::territory::TerritoryId;
use projections::breakdown::{Breakdown, Line, PartKey, Readable};

use super::enums::Choice;
use super::lineage::LineageObject;
use super::list::List;
use super::scalars::Shown;
use super::territory::TerritoryObject;

/// How many, unless it could point at persons.
#[derive(SimpleObject)]
#[graphql(serial, name = "ReadableCount")]
pub struct ReadableCount {
    /// How many; nothing where it is suppressed, which is not zero.
    count: Option<Shown<i64>>,
    /// Whether it is left unsaid: it is from 1 to 4 below province, or such a count could be computed
    /// from it.
    is_suppressed: bool,
}

impl<K> From<&Line<K>> for ReadableCount {
    fn from(line: &Line<K>) -> Self {
        Self { count: line.count.map(Shown), is_suppressed: line.count.is_none() }
    }
}

/// How many people, and how they break down: the parts and those of whom nothing is said add up to
/// the total.
pub struct HeadcountObject {
    people: Arc<Headcount>,
    territory: TerritoryId,
}

impl HeadcountObject {
    /// `people`, counted in `territory`.
    pub fn of(people: &Arc<Headcount>, territory: TerritoryId) -> Self {
        Self { people: Arc::clone(people), territory }
    }

    fn lines(&self) -> Vec<Line<PartKey>> {
        Readable::of(&self.people, self.territory).parts
    }
}

/// How many people, and how they break down: the parts and those of whom nothing is said add up to
/// the total.
#[Object(serial, name = "Headcount")]
impl HeadcountObject {
    /// How many in all.
    async fn total(&self) -> Shown<Quantity> {
        Shown(self.people.total)
    }

    /// How many of whom, each counted once; empty where the source has no breakdown.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn parts(&self) -> List<HeadcountPart> {
        self.lines().iter().filter_map(HeadcountPart::of).collect()
    }

    /// How many the source does not break down, where it breaks down the others.
    async fn unknown(&self) -> Option<ReadableCount> {
        self.lines().iter().find(|it| it.of.is_none()).map(Into::into)
    }
}

/// One part of a count of people.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct HeadcountPart {
    /// Of which sex; nothing means both.
    sex: Option<Choice<Sex>>,
    /// Of which group; nothing means all.
    group: Option<Choice<PopulationGroup>>,
    /// Of which profession; nothing means all.
    profession: Option<Choice<Profession>>,
    /// How many.
    #[graphql(flatten)]
    readable: ReadableCount,
}

impl HeadcountPart {
    fn of(line: &Line<PartKey>) -> Option<Self> {
        let (sex, group, profession) = line.of?;
        Some(Self {
            sex: sex.map(Choice),
            group: group.map(Choice),
            profession: profession.map(Choice),
            readable: line.into(),
        })
    }
}

/// Of whom a value is made up. A list is empty where no source breaks it down like that, or where it
/// would point at persons.
#[derive(SimpleObject)]
#[graphql(serial, name = "Breakdown")]
pub struct BreakdownObject {
    /// By sex.
    #[graphql(name = "bySex", complexity = "super::connection::list_cost(child_complexity)")]
    sexes: List<SexLine>,
    /// By group.
    #[graphql(name = "byGroup", complexity = "super::connection::list_cost(child_complexity)")]
    groups: List<GroupLine>,
    /// By profession.
    #[graphql(
        name = "byProfession",
        complexity = "super::connection::list_cost(child_complexity)"
    )]
    professions: List<ProfessionLine>,
    /// By province or prefecture; those of communes are counted in theirs.
    #[graphql(name = "byProvince", complexity = "super::connection::list_cost(child_complexity)")]
    provinces: List<ProvinceLine>,
    /// Where these numbers come from.
    lineage: LineageObject,
}

/// How many of one sex.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct SexLine {
    /// Which; nothing is those of whom the sources do not say it.
    sex: Option<Choice<Sex>>,
    /// How many.
    #[graphql(flatten)]
    readable: ReadableCount,
}

/// How many of one group.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct GroupLine {
    /// Which; nothing is those of whom the sources do not say it.
    group: Option<Choice<PopulationGroup>>,
    /// How many.
    #[graphql(flatten)]
    readable: ReadableCount,
}

/// How many of one profession.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct ProfessionLine {
    /// Which; nothing is those of whom the sources do not say it.
    profession: Option<Choice<Profession>>,
    /// How many.
    #[graphql(flatten)]
    readable: ReadableCount,
}

/// How many in one province or prefecture.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct ProvinceLine {
    /// Which; nothing is those who are counted in no single one.
    province: Option<TerritoryObject>,
    /// How many.
    #[graphql(flatten)]
    readable: ReadableCount,
}

impl BreakdownObject {
    /// `it`, which comes from what `lineage` says.
    pub fn of(it: &Breakdown, lineage: LineageObject) -> Self {
        let sex = |it: &Line<Sex>| SexLine { sex: it.of.map(Choice), readable: it.into() };
        let group = |it: &Line<PopulationGroup>| GroupLine {
            group: it.of.map(Choice),
            readable: it.into(),
        };
        let profession = |it: &Line<Profession>| ProfessionLine {
            profession: it.of.map(Choice),
            readable: it.into(),
        };
        let province = |it: &Line<TerritoryId>| ProvinceLine {
            province: it.of.map(TerritoryObject),
            readable: it.into(),
        };
        Self {
            sexes: it.by_sex.iter().map(sex).collect(),
            groups: it.by_group.iter().map(group).collect(),
            professions: it.by_profession.iter().map(profession).collect(),
            provinces: it.by_province.iter().map(province).collect(),
            lineage,
        }
    }
}
