//! When something was true in the world: an interval with the precision that its source gave.
//!
//! Written in a subset of EDTF (ISO 8601-2:2019, level 0): `2018`, `2020-01`, `2020-05-01`,
//! `2024-02-05/2024-03-20`, and the word `unknown`.
use std::{fmt, str::FromStr};

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A day, a month, a year, a range of days, or not known.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub enum Effective {
    /// One day.
    Day(Date),
    /// A month of a year; its first day is kept.
    Month(Date),
    /// A year; its first day is kept.
    Year(Date),
    /// From one day to another, both included.
    Range(Date, Date),
    /// The source does not say.
    Unknown,
}

/// Why a text is no date.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no date: write 2018, 2020-01, 2020-05-01, 2024-02-05/2024-03-20 or unknown")]
pub struct NoDate(pub String);

impl Effective {
    /// The first day that it can mean, or `None` where it is not known.
    pub fn earliest(self) -> Option<Date> {
        match self {
            Self::Day(day) | Self::Month(day) | Self::Year(day) | Self::Range(day, _) => Some(day),
            Self::Unknown => None,
        }
    }

    /// The last day that it can mean, or `None` where it is not known.
    pub fn latest(self) -> Option<Date> {
        match self {
            Self::Day(day) | Self::Range(_, day) => Some(day),
            Self::Month(first) => Some(first.last_of_month()),
            Self::Year(first) => Some(first.last_of_year()),
            Self::Unknown => None,
        }
    }

    /// Whether all of it lies before all of `other`: false where either is not known.
    pub fn is_certainly_before(self, other: Self) -> bool {
        matches!((self.latest(), other.earliest()), (Some(end), Some(start)) if end < start)
    }

    /// Whether it begins after `day` for certain: false where it is not known.
    pub fn is_certainly_after(self, day: Date) -> bool {
        self.earliest().is_some_and(|start| start > day)
    }
}

impl FromStr for Effective {
    type Err = NoDate;

    fn from_str(text: &str) -> Result<Self, NoDate> {
        let wrong = || NoDate(text.chars().take(40).collect());
        let day = |part: &str| calendar_day(part).ok_or_else(wrong);
        match text.len() {
            4 => Ok(Self::Year(day(&format!("{text}-01-01"))?)),
            7 if text == "unknown" => Ok(Self::Unknown),
            7 => Ok(Self::Month(day(&format!("{text}-01"))?)),
            10 => Ok(Self::Day(day(text)?)),
            21 => {
                let (from, to) = text.split_once('/').ok_or_else(wrong)?;
                let (from, to) = (day(from)?, day(to)?);
                if from <= to { Ok(Self::Range(from, to)) } else { Err(wrong()) }
            }
            _ => Err(wrong()),
        }
    }
}

/// `YYYY-MM-DD` and nothing else: the general parser of dates takes more forms and more time.
pub(crate) fn calendar_day(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let number = |part: &[u8]| {
        part.iter().try_fold(0_i16, |sum, &byte| {
            byte.is_ascii_digit().then(|| sum * 10 + i16::from(byte - b'0'))
        })
    };
    let (month, day) = (number(&bytes[5..7])?, number(&bytes[8..10])?);
    Date::new(number(&bytes[..4])?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

impl TryFrom<String> for Effective {
    type Error = NoDate;

    fn try_from(text: String) -> Result<Self, NoDate> {
        text.parse()
    }
}

impl From<Effective> for String {
    fn from(effective: Effective) -> Self {
        effective.to_string()
    }
}

impl From<Date> for Effective {
    fn from(day: Date) -> Self {
        Self::Day(day)
    }
}

impl fmt::Display for Effective {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Month(first) => write!(f, "{:04}-{:02}", first.year(), first.month()),
            Self::Year(first) => write!(f, "{:04}", first.year()),
            Self::Range(from, to) => write!(f, "{from}/{to}"),
            Self::Unknown => f.write_str("unknown"),
        }
    }
}

/// From when to when something holds; an open end is not known yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Period {
    /// When it begins.
    pub from: Effective,
    /// When it ends.
    pub to: Effective,
}

impl Period {
    /// Whether it ends before it begins, for certain.
    pub fn is_reversed(self) -> bool {
        self.to.is_certainly_before(self.from)
    }

    /// Whether it begins before `outer` begins or ends after `outer` ends, for certain.
    pub fn exceeds(self, outer: Self) -> bool {
        let starts_early = matches!(
            (self.from.latest(), outer.from.earliest()), (Some(inner), Some(outer)) if inner < outer);
        let ends_late = matches!(
            (self.to.earliest(), outer.to.latest()), (Some(inner), Some(outer)) if inner > outer);
        starts_early || ends_late
    }

    /// Whether it can hold on `day`: an unknown bound excludes nothing.
    pub fn can_include(self, day: Date) -> bool {
        self.from.earliest().is_none_or(|start| start <= day)
            && self.to.latest().is_none_or(|end| end >= day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn when(text: &str) -> Effective {
        text.parse().expect("a date")
    }

    #[test]
    fn a_date_keeps_the_precision_of_its_source() {
        for text in ["2018", "2020-01", "2020-05-01", "2024-02-05/2024-03-20", "unknown"] {
            assert_eq!(when(text).to_string(), text);
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        let wrong =
            ["", "18", "2018-13", "2020-02-30", "2024-03-20/2024-02-05", "20é8", "2020-1-01"];
        for text in wrong {
            assert!(text.parse::<Effective>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_year_is_before_another_only_when_no_day_of_it_can_follow() {
        assert!(when("2018").is_certainly_before(when("2019-01-01")));
        assert!(!when("2018").is_certainly_before(when("2018-12")));
        assert!(!when("unknown").is_certainly_before(when("2030")));
    }

    #[test]
    fn a_period_exceeds_another_only_for_certain() {
        let project = Period { from: when("2020-01"), to: when("2023-12") };
        let programme = Period { from: when("2020-05-01"), to: when("2023-03-31") };
        assert!(project.exceeds(programme));
        assert!(!programme.exceeds(project));
        let open = Period { from: Effective::Unknown, to: Effective::Unknown };
        assert!(!open.exceeds(programme));
    }
}
