//! placeholder
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A territory.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct TerritoryId(u16);

/// A level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Level {
    Country,
    Region,
    Province,
    Commune,
}

impl Level {
    /// Whether counts there can point at persons.
    pub fn is_below_province(self) -> bool {
        self == Self::Commune
    }
}

/// What is known of it.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct Territory {
    pub level: Level,
}

static STUB: [Territory; 4] = [
    Territory {
        level: Level::Country,
    },
    Territory {
        level: Level::Region,
    },
    Territory {
        level: Level::Province,
    },
    Territory {
        level: Level::Commune,
    },
];

impl TerritoryId {
    /// What is known of it.
    pub fn get(self) -> &'static Territory {
        &STUB[usize::from(self.0) % 4]
    }
}

impl FromStr for TerritoryId {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split('-').next() {
            Some("country") => Ok(Self(0)),
            Some("region") => Ok(Self(1)),
            Some("province") => Ok(Self(2)),
            Some("commune") => Ok(Self(3)),
            _ => Err(text.to_owned()),
        }
    }
}
