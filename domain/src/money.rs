//! Money: integer minor units of one currency, checked arithmetic, no fractions.
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

/// The largest integer that every JSON reader keeps exactly (RFC 7493, §2.2): 2^53 − 1.
pub const INTEGER_MAX: i64 = (1 << 53) - 1;

/// A currency by its ISO 4217 code.
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
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "UPPERCASE")]
#[strum(serialize_all = "UPPERCASE")]
pub enum Currency {
    /// Moroccan dirham.
    Mad,
    /// Euro.
    Eur,
    /// United States dollar.
    Usd,
    /// Pound sterling.
    Gbp,
    /// Swiss franc.
    Chf,
    /// Canadian dollar.
    Cad,
    /// West African CFA franc.
    Xof,
}

impl Currency {
    /// The ISO 4217 code.
    pub fn code(self) -> &'static str {
        self.into()
    }

    /// Digits after the decimal mark (ISO 4217, minor unit).
    pub fn decimals(self) -> u32 {
        match self {
            Self::Xof => 0,
            Self::Mad | Self::Eur | Self::Usd | Self::Gbp | Self::Chf | Self::Cad => 2,
        }
    }
}

/// Why a sum of money cannot be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize)]
pub enum MoneyError {
    /// Beyond ±(2^53 − 1) minor units.
    #[error("an amount must stay within ±9,007,199,254,740,991 minor units")]
    OutOfRange,
    /// Two currencies in one sum.
    #[error("amounts in two currencies cannot be added: {0:?} and {1:?}")]
    MixedCurrencies(Currency, Currency),
}

/// An amount in the minor units of its currency (centimes of a dirham, cents of a euro).
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "Stored")]
pub struct Money {
    currency: Currency,
    minor: i64,
}

#[derive(Deserialize, JsonSchema)]
struct Stored {
    currency: Currency,
    minor: i64,
}

impl TryFrom<Stored> for Money {
    type Error = MoneyError;

    fn try_from(stored: Stored) -> Result<Self, MoneyError> {
        Self::new(stored.minor, stored.currency)
    }
}

impl Money {
    /// `minor` units of `currency`; refused beyond ±[`INTEGER_MAX`].
    pub const fn new(minor: i64, currency: Currency) -> Result<Self, MoneyError> {
        if minor > INTEGER_MAX || minor < -INTEGER_MAX {
            return Err(MoneyError::OutOfRange);
        }
        Ok(Self { currency, minor })
    }

    /// Nothing, in `currency`.
    pub const fn zero(currency: Currency) -> Self {
        Self { currency, minor: 0 }
    }

    /// Whole dirhams; for constants and tests.
    pub const fn dirhams(whole: i32) -> Self {
        Self { currency: Currency::Mad, minor: whole as i64 * 100 }
    }

    /// The amount in minor units.
    pub const fn minor(self) -> i64 {
        self.minor
    }

    /// The currency.
    pub const fn currency(self) -> Currency {
        self.currency
    }

    /// Above zero.
    pub const fn is_positive(self) -> bool {
        self.minor > 0
    }

    /// The sum, where both have one currency and it stays in range.
    pub fn checked_add(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        Self::new(self.minor + other.minor, self.currency)
    }

    /// The difference, where both have one currency and it stays in range.
    pub fn checked_sub(self, other: Self) -> Result<Self, MoneyError> {
        self.same_currency(other)?;
        Self::new(self.minor - other.minor, self.currency)
    }

    fn same_currency(self, other: Self) -> Result<(), MoneyError> {
        if self.currency == other.currency {
            Ok(())
        } else {
            Err(MoneyError::MixedCurrencies(self.currency, other.currency))
        }
    }
}

/// `8220000.00 MAD`: machine-neutral; pages format for their language.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.minor < 0 { "-" } else { "" };
        let (minor, code) = (self.minor.unsigned_abs(), self.currency.code());
        match self.currency.decimals() {
            0 => write!(f, "{sign}{minor} {code}"),
            decimals => {
                let (unit, width) = (10_u64.pow(decimals), decimals as usize);
                write!(f, "{sign}{}.{:0width$} {code}", minor / unit, minor % unit)
            }
        }
    }
}

/// What a sum was before it was turned into the agreement's currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Exchange {
    /// The sum as it was paid.
    pub original: Money,
    /// Millionths of the agreement's currency for one unit of the original's.
    pub rate_millionths: i64,
    /// The day of the rate.
    pub on: jiff::civil::Date,
    /// Who published the rate.
    pub source: crate::text::Name,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn currencies_never_mix() {
        let dirhams = Money::dirhams(3);
        let euros = Money::zero(Currency::Eur);
        let mixed = MoneyError::MixedCurrencies(Currency::Mad, Currency::Eur);
        assert_eq!(dirhams.checked_add(euros), Err(mixed));
    }

    #[test]
    fn an_amount_beyond_exact_json_integers_is_refused_when_made_and_when_read() {
        assert_eq!(Money::new(INTEGER_MAX + 1, Currency::Mad), Err(MoneyError::OutOfRange));
        let stored = r#"{"currency":"MAD","minor":9007199254740992}"#;
        assert!(serde_json::from_str::<Money>(stored).is_err());
        let largest = Money::new(INTEGER_MAX, Currency::Mad).expect("the largest is in range");
        assert_eq!(largest.checked_add(Money::dirhams(1)), Err(MoneyError::OutOfRange));
    }

    #[test]
    fn it_reads_as_units_and_code() {
        assert_eq!(Money::dirhams(8_220_000).to_string(), "8220000.00 MAD");
        let francs = Money::new(-5, Currency::Xof).expect("in range");
        assert_eq!(francs.to_string(), "-5 XOF");
        assert_eq!(Money::new(-105, Currency::Eur).expect("in range").to_string(), "-1.05 EUR");
    }
}
