//! The territories of Morocco: the country, its regions, its provinces and prefectures, and the
//! communes of Souss-Massa.
//!
//! A territory keeps the id that it has here for ever. The codes of the Haut-Commissariat au Plan
//! (HCP) change when a commune moves to another cercle, so they are names with a validity, never
//! keys. The table is part of the program: `domain/data/README.md` says where it comes from.
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::text::folded;

mod table;

use table::table;

/// The form of a territory's id, as the JSON Schemas give it.
const ID_PATTERN: &str = "^(ma|(region|province|commune)-[a-z0-9]+(-[a-z0-9]+)*)$";

/// One territory of the table; written as its id: `commune-belfaa`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TerritoryId(u16);

/// A text that is no territory's id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize)]
#[error("`{0}` is no territory: ids read like region-souss-massa or commune-belfaa")]
pub struct UnknownTerritory(pub String);

/// The rank of a territory, from the largest.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Level {
    /// Morocco.
    Country,
    /// One of the twelve regions.
    Region,
    /// A province or a prefecture: the two have one rank.
    Province,
    /// A commune, urban or rural.
    Commune,
}

impl Level {
    /// Small enough for a count of a few people to point at persons.
    pub fn is_below_province(self) -> bool {
        self > Self::Province
    }
}

/// What is known of a territory.
#[derive(Debug)]
pub struct Territory {
    /// Its own id.
    pub id: TerritoryId,
    /// The id as it is written.
    pub slug: &'static str,
    /// Its rank.
    pub level: Level,
    /// What it lies in; nothing for the country.
    pub parent: Option<TerritoryId>,
    /// Its name in French, as HCP wrote it in 2024.
    pub name_fr: &'static str,
    /// Its name in Arabic, as HCP wrote it in 2024.
    pub name_ar: &'static str,
    /// Its HCP codes, each with the days on which it holds.
    pub codes: Vec<Code>,
    /// Inhabitants at the census of September 2024 (RGPH 2024).
    pub population_2024: u32,
    /// The centroid of its surface, where the table has it.
    pub centroid: Option<Point>,
    /// Other spellings in use.
    pub aliases: Vec<&'static str>,
}

/// An HCP code and the days on which it holds; an open end is `None`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// Region, province, cercle and commune, as in `09.163.05.11`.
    pub code: &'static str,
    /// Its first day.
    pub from: Option<Date>,
    /// Its last day.
    pub until: Option<Date>,
}

impl Code {
    /// Whether it holds on `day`; its first and last days are included.
    pub fn holds_on(&self, day: Date) -> bool {
        self.from.is_none_or(|first| first <= day) && self.until.is_none_or(|last| day <= last)
    }
}

/// A point on the map (WGS 84), in millionths of a degree; east and north are positive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// Longitude, in millionths of a degree.
    pub longitude: i32,
    /// Latitude, in millionths of a degree.
    pub latitude: i32,
}

impl TerritoryId {
    /// The territory whose id is `text`, exactly.
    pub fn parse(text: &str) -> Result<Self, UnknownTerritory> {
        let unknown = || UnknownTerritory(text.chars().take(80).collect());
        table().by_slug.get(text).copied().ok_or_else(unknown)
    }

    /// The id as it is written.
    pub fn as_str(self) -> &'static str {
        self.get().slug
    }

    /// What is known of it.
    pub fn get(self) -> &'static Territory {
        &table().rows[usize::from(self.0)]
    }

    /// Every territory, from the country down to the communes.
    pub fn all() -> impl ExactSizeIterator<Item = Self> {
        table().rows.iter().map(|territory| territory.id)
    }

    /// What lies in it directly.
    pub fn children(self) -> impl Iterator<Item = Self> {
        Self::all().filter(move |id| id.get().parent == Some(self))
    }

    /// Whether it is `other` or lies in it.
    pub fn is_within(self, other: Self) -> bool {
        let mut up = Some(self);
        while let Some(id) = up {
            if id == other {
                return true;
            }
            up = id.get().parent;
        }
        false
    }

    /// The territory that had the HCP code `code` on the day `on`.
    pub fn by_code(code: &str, on: Date) -> Option<Self> {
        let had = |id: &Self| {
            let mut codes = id.get().codes.iter();
            codes.any(|it| it.code == code && it.holds_on(on))
        };
        Self::all().find(had)
    }

    /// The territories whose HCP codes, old or new, are `code` or begin with it; the nearest first.
    fn coded(code: &str) -> Vec<Self> {
        let rank = |id: &Self| {
            let codes = id.get().codes.iter().map(|it| it.code);
            codes.filter(|it| within(it, code)).map(str::len).min()
        };
        let mut found: Vec<_> = Self::all().filter_map(|id| Some((rank(&id)?, id))).collect();
        found.sort_unstable();
        found.into_iter().map(|(_, id)| id).collect()
    }

    /// The territories that `text` may mean, in any spelling and script that the table knows: first
    /// those with that name, then those whose name begins with it, then those that contain it. A
    /// text of digits is an HCP code, of whichever day: those that have or had it, and those in it.
    pub fn find(text: &str) -> Vec<Self> {
        let wanted = folded(text);
        if wanted.is_empty() {
            return Vec::new();
        }
        if wanted.bytes().all(|it| it.is_ascii_digit()) {
            return Self::coded(text.trim());
        }
        let rank = |id: &Self| {
            let names = &table().folded[usize::from(id.0)];
            let rank_of = |name: &String| match name.find(&wanted) {
                Some(0) if name.len() == wanted.len() => Some(0),
                Some(0) => Some(1),
                Some(_) => Some(2),
                None => None,
            };
            names.iter().filter_map(rank_of).min()
        };
        let mut found: Vec<_> = Self::all().filter_map(|id| Some((rank(&id)?, id))).collect();
        found.sort_unstable();
        found.into_iter().map(|(_, id)| id).collect()
    }
}

/// Whether the HCP code `inner` is `outer` or lies in it: `09.163.05.11` lies in `09.163`.
fn within(inner: &str, outer: &str) -> bool {
    inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

impl FromStr for TerritoryId {
    type Err = UnknownTerritory;

    fn from_str(text: &str) -> Result<Self, UnknownTerritory> {
        Self::parse(text)
    }
}

impl fmt::Display for TerritoryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for TerritoryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Serialize for TerritoryId {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for TerritoryId {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        /// Looks the text up where it lies, without a copy: every replay reads many ids.
        struct Slug;

        impl Visitor<'_> for Slug {
            type Value = TerritoryId;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a territory's id")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<TerritoryId, E> {
                TerritoryId::parse(text).map_err(E::custom)
            }
        }

        from.deserialize_str(Slug)
    }
}

impl JsonSchema for TerritoryId {
    fn schema_name() -> Cow<'static, str> {
        "TerritoryId".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "One territory of the table, by its id: `commune-belfaa`.",
            "type": "string",
            "pattern": ID_PATTERN,
        })
    }
}

#[cfg(test)]
mod tests;
