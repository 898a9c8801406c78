//! What something is about: the sectors of the OECD's DAC and the targets of the sustainable
//! development goals, as far as this field uses them.
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A purpose code of the OECD's DAC: five digits, as in `15190`.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Sector(u32);

/// A target of the sustainable development goals, as in `10.7`.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct Goal([u8; 5]);

/// A code that the product does not know.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize)]
#[error("`{0}` is no code of this classification")]
pub struct UnknownCode(pub String);

impl TryFrom<String> for Sector {
    type Error = UnknownCode;

    fn try_from(code: String) -> Result<Self, UnknownCode> {
        match code.parse() {
            Ok(number) if code.len() == 5 => Ok(Self(number)),
            _ => Err(UnknownCode(code)),
        }
    }
}

impl From<Sector> for String {
    fn from(sector: Sector) -> Self {
        sector.to_string()
    }
}

impl fmt::Display for Sector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:05}", self.0)
    }
}

impl TryFrom<String> for Goal {
    type Error = UnknownCode;

    fn try_from(code: String) -> Result<Self, UnknownCode> {
        let mut bytes = [0; 5];
        match bytes.get_mut(..code.len()) {
            Some(place) if code.contains('.') => {
                place.copy_from_slice(code.as_bytes());
                Ok(Self(bytes))
            }
            _ => Err(UnknownCode(code)),
        }
    }
}

impl From<Goal> for String {
    fn from(goal: Goal) -> Self {
        goal.to_string()
    }
}

impl fmt::Display for Goal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = std::str::from_utf8(&self.0).unwrap_or_default();
        f.write_str(text.trim_end_matches('\0'))
    }
}
