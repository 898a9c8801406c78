//! Counts and quantities: integers that every JSON reader keeps exactly.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::money::INTEGER_MAX;

/// A quantity that cannot be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize)]
#[error("a quantity must be from 0 to 9,007,199,254,740,991")]
pub struct OutOfRange;

/// How many, from 0 to 2^53 − 1; of what, the field beside it says.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(try_from = "i64", into = "i64")]
#[schemars(with = "i64")]
pub struct Quantity(i64);

impl Quantity {
    /// None.
    pub const ZERO: Self = Self(0);

    /// `value`, refused below 0 and beyond [`INTEGER_MAX`].
    pub const fn new(value: i64) -> Result<Self, OutOfRange> {
        if value < 0 || value > INTEGER_MAX { Err(OutOfRange) } else { Ok(Self(value)) }
    }

    /// The number.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// The sum, where it stays in range.
    pub fn checked_add(self, other: Self) -> Result<Self, OutOfRange> {
        Self::new(self.0 + other.0)
    }
}

impl TryFrom<i64> for Quantity {
    type Error = OutOfRange;

    fn try_from(value: i64) -> Result<Self, OutOfRange> {
        Self::new(value)
    }
}

impl From<Quantity> for i64 {
    fn from(quantity: Quantity) -> Self {
        quantity.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantity_is_neither_negative_nor_inexact() {
        assert_eq!(Quantity::new(-1), Err(OutOfRange));
        assert_eq!(Quantity::new(INTEGER_MAX + 1), Err(OutOfRange));
        assert!(serde_json::from_str::<Quantity>("-3").is_err());
        let largest = Quantity::new(INTEGER_MAX).expect("the largest is in range");
        assert_eq!(largest.checked_add(Quantity(1)), Err(OutOfRange));
    }
}
