//! What something is about: the purpose codes of the OECD's Development Assistance Committee (DAC)
//! and the sustainable development goals, as far as this field uses them.
//!
//! Both lists are part of the program: `domain/data/README.md` says where they come from. A code
//! that the lists do not have is refused when it is made and when it is read.
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

mod table;
#[cfg(test)]
mod tests;

use table::{Row, goals, sectors};

/// The most sectors that one thing is classified under.
pub const SECTORS_MAX: usize = 20;
/// The most goals that one thing serves.
pub const GOALS_MAX: usize = 40;

/// A purpose code of the DAC: five digits, as in `15190`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Sector(u16);

/// What sectors are gathered in, by the DAC: three digits, as in `151`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SectorCategory(u16);

/// A sustainable development goal, or one of its targets: `10`, `10.7`, `10.c`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Goal(u16);

/// One sector, or all of a category.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Theme {
    /// One sector.
    Sector(Sector),
    /// Every sector of a category.
    Category(SectorCategory),
}

/// A code that the product does not know.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize)]
#[error("`{0}` is no code of this classification")]
pub struct UnknownCode(pub String);

/// Why a classification is not one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unfit {
    NoSector,
    Duplicate,
    TooMany { max: usize },
}

/// Whether something can be classified so: at least one sector, nothing twice, not too much.
pub(crate) fn must_classify(sectors: &[Sector], goals: &[Goal]) -> Result<(), Unfit> {
    fn twice<T: Ord>(all: &[T]) -> bool {
        let mut sorted: Vec<_> = all.iter().collect();
        sorted.sort_unstable();
        sorted.windows(2).any(|two| two[0] == two[1])
    }
    match () {
        () if sectors.is_empty() => Err(Unfit::NoSector),
        () if sectors.len() > SECTORS_MAX => Err(Unfit::TooMany { max: SECTORS_MAX }),
        () if goals.len() > GOALS_MAX => Err(Unfit::TooMany { max: GOALS_MAX }),
        () if twice(sectors) || twice(goals) => Err(Unfit::Duplicate),
        () => Ok(()),
    }
}

/// A type whose values are rows of a table, written as their codes.
macro_rules! coded {
    ($($Type:ident in $table:ident, $name:literal, $pattern:literal, $about:literal;)+) => {$(
        impl $Type {
            /// The one whose code is `text`, exactly.
            pub fn parse(text: &str) -> Result<Self, UnknownCode> {
                let unknown = || UnknownCode(text.chars().take(40).collect());
                let row = $table().by_code.get(text).copied().map(Self);
                row.filter(|it| it.fits()).ok_or_else(unknown)
            }

            /// All of them, in the order of their codes.
            pub fn all() -> impl Iterator<Item = Self> {
                (0..$table().len()).map(Self).filter(|it| it.fits())
            }

            /// Its code, as it is written.
            pub fn as_str(self) -> &'static str {
                self.row().code
            }

            /// Its name in French.
            pub fn name_fr(self) -> &'static str {
                self.row().name_fr
            }

            /// Its name in English.
            pub fn name_en(self) -> &'static str {
                self.row().name_en
            }

            fn row(self) -> &'static Row {
                &$table().rows[usize::from(self.0)]
            }
        }

        impl FromStr for $Type {
            type Err = UnknownCode;

            fn from_str(text: &str) -> Result<Self, UnknownCode> {
                Self::parse(text)
            }
        }

        impl TryFrom<String> for $Type {
            type Error = UnknownCode;

            fn try_from(code: String) -> Result<Self, UnknownCode> {
                Self::parse(&code)
            }
        }

        impl fmt::Display for $Type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl fmt::Debug for $Type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl Serialize for $Type {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $Type {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                /// Looks the text up where it lies, without a copy.
                struct Code;

                impl Visitor<'_> for Code {
                    type Value = $Type;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($about)
                    }

                    fn visit_str<E: de::Error>(self, text: &str) -> Result<$Type, E> {
                        $Type::parse(text).map_err(E::custom)
                    }
                }

                from.deserialize_str(Code)
            }
        }

        impl JsonSchema for $Type {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "description": $about, "type": "string", "pattern": $pattern })
            }
        }
    )+};
}

coded! {
    Sector in sectors, "Sector", "^[0-9]{5}$", "A purpose code of the OECD's DAC: `15190`.";
    SectorCategory in sectors, "SectorCategory", "^[0-9]{3}$", "A category of the OECD's DAC: `151`.";
    Goal in goals, "Goal", "^[0-9]{1,2}(\\.([0-9]{1,2}|[a-d]))?$",
        "A sustainable development goal or one of its targets: `10`, `10.7`.";
}

impl Sector {
    /// The category that it lies in.
    pub fn category(self) -> SectorCategory {
        SectorCategory(self.row().above.unwrap_or(self.0))
    }

    fn fits(self) -> bool {
        self.row().above.is_some()
    }
}

impl SectorCategory {
    /// The sectors that lie in it, in the order of their codes.
    pub fn sectors(self) -> impl Iterator<Item = Sector> {
        Sector::all().filter(move |it| it.category() == self)
    }

    fn fits(self) -> bool {
        self.row().above.is_none()
    }
}

impl Goal {
    /// The goal that it is a target of; itself, where it is a goal.
    #[must_use]
    pub fn whole(self) -> Self {
        Self(self.row().above.unwrap_or(self.0))
    }

    /// Whether it is a target of a goal.
    pub fn is_target(self) -> bool {
        self.row().above.is_some()
    }

    /// What it asks for in French, in the words of the United Nations.
    pub fn wording_fr(self) -> &'static str {
        self.row().wording_fr
    }

    /// What it asks for in English, in the words of the United Nations.
    pub fn wording_en(self) -> &'static str {
        self.row().wording_en
    }

    /// Every row of the table is one.
    #[expect(clippy::unused_self, reason = "the three types are made alike")]
    fn fits(self) -> bool {
        true
    }
}

impl Theme {
    /// Whether `sector` is it, or lies in it.
    pub fn covers(self, sector: Sector) -> bool {
        match self {
            Self::Sector(own) => own == sector,
            Self::Category(own) => own == sector.category(),
        }
    }

    /// The code, as it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sector(sector) => sector.as_str(),
            Self::Category(category) => category.as_str(),
        }
    }
}

impl FromStr for Theme {
    type Err = UnknownCode;

    fn from_str(text: &str) -> Result<Self, UnknownCode> {
        let sector = Sector::parse(text).map(Self::Sector);
        sector.or_else(|_| SectorCategory::parse(text).map(Self::Category))
    }
}

impl fmt::Display for Theme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
