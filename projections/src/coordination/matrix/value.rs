//! What interventions are counted by.
use domain::actor;
use domain::classification::{Goal, Sector, SectorCategory};
use domain::ids::{ActorId, ProgrammeId};
use domain::intervention::Role;
use domain::population::PopulationGroup;
use domain::territory::{Level, TerritoryId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::interventions::Stage;

/// What interventions are counted by.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// Who takes part; one actor where several were merged.
    Actor,
    /// In which way actors take part.
    Role,
    /// What sort of bodies take part.
    ActorKind,
    /// What it is about: its own sectors, not those of its programme.
    Sector,
    /// What it is about: the categories of its own sectors.
    SectorCategory,
    /// Which goals it serves.
    Goal,
    /// Where: the communes that it names.
    Commune,
    /// Where: the provinces and prefectures that it names, or that hold what it names.
    Province,
    /// Where: the regions that it names, or that hold what it names.
    Region,
    /// When: the years between its first known start and its end.
    Year,
    /// Within which programme, without those above it.
    Programme,
    /// For whom.
    Group,
    /// How far it has come.
    Stage,
}

/// What the values of two dimensions may have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    /// They are read off a participation.
    Who,
    /// They are read off a sector.
    What,
    /// They are read off a territory.
    Where,
    /// They are read off dates.
    When,
    /// They stand alone.
    Alone,
}

impl Dimension {
    pub(super) fn family(self) -> Family {
        match self {
            Self::Actor | Self::Role | Self::ActorKind => Family::Who,
            Self::Sector | Self::SectorCategory => Family::What,
            Self::Commune | Self::Province | Self::Region => Family::Where,
            Self::Year => Family::When,
            Self::Goal | Self::Programme | Self::Group | Self::Stage => Family::Alone,
        }
    }
}

/// What a row or a column is of. The values of one dimension are of one variant, or nothing, which
/// comes last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Value {
    /// An actor.
    Actor(ActorId),
    /// A role.
    Role(Role),
    /// A sort of body.
    ActorKind(actor::Kind),
    /// A sector.
    Sector(Sector),
    /// A category of sectors.
    Category(SectorCategory),
    /// A goal.
    Goal(Goal),
    /// A territory.
    Territory(TerritoryId),
    /// A year.
    Year(i16),
    /// A programme.
    Programme(ProgrammeId),
    /// A group of people.
    Group(PopulationGroup),
    /// A stage.
    Stage(Stage),
    /// Nothing: interventions without a value.
    None,
}

impl Value {
    /// Nothing is before it.
    pub(super) const LEAST: Self = Self::Actor(ActorId::from_u128(0));

    /// What a sector is counted under.
    pub(super) fn sector(dimension: Dimension, sector: Sector) -> Self {
        match dimension {
            Dimension::SectorCategory => Self::Category(sector.category()),
            _ => Self::Sector(sector),
        }
    }

    /// What a territory is counted under: itself or what holds it, of the dimension's rank.
    pub(super) fn place(dimension: Dimension, territory: TerritoryId) -> Self {
        let level = match dimension {
            Dimension::Commune => Level::Commune,
            Dimension::Province => Level::Province,
            _ => Level::Region,
        };
        let mut up = std::iter::successors(Some(territory), |it| it.get().parent);
        up.find(|it| it.get().level == level).map_or(Self::None, Self::Territory)
    }

    /// The value as a text: an id, a code, a year or the name of an enum's value; empty for nothing.
    pub fn code(self) -> String {
        fn name(value: impl Serialize) -> String {
            let name = serde_json::to_value(value).ok();
            name.as_ref().and_then(|it| it.as_str()).unwrap_or_default().to_ascii_uppercase()
        }
        match self {
            Self::Actor(it) => it.to_string(),
            Self::Role(it) => name(it),
            Self::ActorKind(it) => name(it),
            Self::Sector(it) => it.to_string(),
            Self::Category(it) => it.to_string(),
            Self::Goal(it) => it.to_string(),
            Self::Territory(it) => it.to_string(),
            Self::Year(it) => it.to_string(),
            Self::Programme(it) => it.to_string(),
            Self::Group(it) => name(it),
            Self::Stage(it) => name(it),
            Self::None => String::new(),
        }
    }

    /// Its place in a list: a text that no other value of its dimension has, and the same for ever.
    /// Nothing comes last.
    pub fn place_in_list(self) -> String {
        match self {
            // `10.7` after `4.a`, `16.10` after `16.9`, a goal before its targets.
            Self::Goal(goal) => {
                let code = goal.as_str();
                let (goal, target) = code.split_once('.').unwrap_or((code, "0"));
                let digits = target.bytes().all(|it| it.is_ascii_digit());
                let width = if digits { 2 } else { 1 };
                format!("{goal:0>2}.{target:0>width$}")
            }
            Self::Role(it) => format!("{:02}", it as u8),
            Self::ActorKind(it) => format!("{:02}", it as u8),
            Self::Group(it) => format!("{:02}", it as u8),
            Self::Stage(it) => format!("{:02}", it as u8),
            Self::None => "~".to_owned(),
            other => other.code(),
        }
    }
}
