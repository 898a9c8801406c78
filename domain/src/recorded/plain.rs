//! The stored form read in one pass, where it is written as this program writes it: canonical JSON,
//! the keys of [`super::Envelope`] in their order, no escape in the envelope's own texts, today's
//! versions.
//!
//! The general parser looks at every byte several times. Whatever is not exactly so is left to it,
//! and it alone refuses: what is read here, it reads to the same.
use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::civil::Date;
use memchr::memmem::Finder;
use serde::de::value::{Error, StrDeserializer};
use serde::de::{Deserialize, IntoDeserializer};
use uuid::Uuid;

use super::{CommandRef, Fact, Position, Provenance, Recorded, Source, hex};
use crate::effective::calendar_day;
use crate::text::Name;

/// `2026-11-21T22:10:57.123456Z`: where each part begins.
const INSTANT: usize = 27;
/// A UUID with its hyphens.
const UUID: usize = 36;
const MICROSECONDS: i64 = 1_000_000;
const SECONDS_A_DAY: i64 = 86_400;
/// The key that follows the data.
const EFFECTIVE: &str = r#","effective":""#;
static AFTER_DATA: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new(EFFECTIVE));

/// The event in `bytes`, or nothing where the general parser has to look.
pub(super) fn read(position: Position, bytes: &[u8]) -> Option<Recorded> {
    let mut text = Text(std::str::from_utf8(bytes).ok()?);
    text.skip("{")?;
    let actor = text.field(r#""actor":""#, Text::id)?;
    text.skip(r#""agg":{"id":""#)?;
    let aggregate_id = text.uuid()?;
    text.skip(r#"","seq":"#)?;
    let sequence = text.number()?;
    text.skip(r#","type":""#)?;
    let aggregate = text.string()?;
    text.skip("},")?;
    let cause = text.field(r#""cause":"#, Text::position)?;
    let command = text.command()?;
    let corrects = text.field(r#""corrects":"#, Text::position)?;
    text.skip(r#""data":"#)?;
    let data = text.data()?;
    let effective = text.string()?.parse().ok()?;
    text.skip(r#","id":""#)?;
    let id = text.id()?;
    text.skip(",")?;
    let mandate = text.field(r#""mandate":""#, Text::id)?;
    text.field(r#""prev":{"leaf":""#, Text::rest_of_prev)?;
    text.skip(r#""recorded_at":""#)?;
    let recorded_at = instant(text.take(INSTANT)?)?;
    text.skip(r#"","salt":""#)?;
    text.hex::<16>()?;
    text.skip(",")?;
    let source = text.field(r#""source":{"#, Text::rest_of_source)?;
    text.skip(r#""tv":"#)?;
    let version = u32::try_from(text.number()?).ok()?;
    text.skip(r#","type":""#)?;
    let name = text.string()?;
    text.skip(",")?;
    let user = text.field(r#""user":""#, Text::id)?;
    if text.0 != r#""v":1}"# {
        return None;
    }
    let fact = Fact::plain(aggregate, aggregate_id, name, version, data)?;
    let provenance =
        Provenance { effective, actor, mandate, user, command, cause, source, corrects };
    Some(Recorded { position, id, sequence, recorded_at, provenance, fact })
}

/// What is left to read.
struct Text<'a>(&'a str);

impl<'a> Text<'a> {
    fn skip(&mut self, expected: &str) -> Option<()> {
        self.0 = self.0.strip_prefix(expected)?;
        Some(())
    }

    fn take(&mut self, bytes: usize) -> Option<&'a str> {
        let (taken, rest) = self.0.split_at_checked(bytes)?;
        self.0 = rest;
        Some(taken)
    }

    /// A field that may be left out, with the comma after it: the outer nothing is a fault.
    #[expect(clippy::option_option, reason = "a fault and a field left out are two things")]
    fn field<T>(
        &mut self,
        begins: &str,
        read: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<Option<T>> {
        let Some(rest) = self.0.strip_prefix(begins) else {
            return Some(None);
        };
        self.0 = rest;
        let read = read(self)?;
        self.skip(",")?;
        Some(Some(read))
    }

    /// To the end of a string whose opening quote was read, where nothing in it is escaped.
    fn string(&mut self) -> Option<&'a str> {
        let ends = |byte: u8| byte == b'"' || byte == b'\\' || byte < b' ';
        let end = self.0.bytes().position(ends)?;
        let text = self.take(end)?;
        self.skip("\"")?;
        Some(text)
    }

    fn name(&mut self) -> Option<Name> {
        let text: StrDeserializer<'_, Error> = self.string()?.into_deserializer();
        Name::deserialize(text).ok()
    }

    fn number(&mut self) -> Option<u64> {
        let digits = self.0.bytes().take_while(u8::is_ascii_digit).count();
        let text = self.take(digits)?;
        if digits > 1 && text.starts_with('0') { None } else { text.parse().ok() }
    }

    fn position(&mut self) -> Option<Position> {
        self.number().map(Position)
    }

    fn uuid(&mut self) -> Option<Uuid> {
        hex::uuid(self.take(UUID)?)
    }

    fn hex<const BYTES: usize>(&mut self) -> Option<[u8; BYTES]> {
        let bytes = hex::read(self.take(BYTES * 2)?.as_bytes())?;
        self.skip("\"")?;
        Some(bytes)
    }

    fn id<I: From<Uuid>>(&mut self) -> Option<I> {
        let id = self.uuid()?;
        self.skip("\"")?;
        Some(id.into())
    }

    fn command(&mut self) -> Option<CommandRef> {
        self.skip(r#""cmd":{"digest":""#)?;
        let digest = self.hex()?;
        self.skip(r#","id":""#)?;
        let id = self.id()?;
        self.skip("},")?;
        Some(CommandRef { id, digest })
    }

    fn rest_of_prev(&mut self) -> Option<()> {
        self.hex::<32>()?;
        self.skip(r#","position":"#)?;
        self.number()?;
        self.skip("}")
    }

    fn rest_of_source(&mut self) -> Option<Source> {
        let document = self.field(r#""document":""#, Text::id)?;
        let locator = self.field(r#""locator":""#, Text::name)?;
        self.skip(r#""reference":""#)?;
        let reference = self.name()?;
        self.skip("}")?;
        Some(Source { reference, document, locator })
    }

    /// What is before [`AFTER_DATA`], which is passed over. An event with a key of that name within
    /// its data is cut there, and what then is no JSON is left to the general parser.
    fn data(&mut self) -> Option<&'a str> {
        let data = self.take(AFTER_DATA.find(self.0.as_bytes())?)?;
        self.skip(EFFECTIVE)?;
        Some(data)
    }
}

/// `YYYY-MM-DDTHH:MM:SS.ffffffZ` and nothing else.
fn instant(text: &str) -> Option<Timestamp> {
    let (date, time) = text.split_at_checked(10)?;
    let &[b'T', h, hh, b':', m, mm, b':', s, ss, b'.', ref fraction @ .., b'Z'] = time.as_bytes()
    else {
        return None;
    };
    let number = |digits: &[u8]| {
        digits.iter().try_fold(0_i64, |sum, digit| {
            digit.is_ascii_digit().then(|| sum * 10 + i64::from(digit - b'0'))
        })
    };
    let (hour, minute, second) = (number(&[h, hh])?, number(&[m, mm])?, number(&[s, ss])?);
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let of_day = hour * 3_600 + minute * 60 + second;
    let seconds = days(calendar_day(date)?) * SECONDS_A_DAY + of_day;
    Timestamp::from_microsecond(seconds * MICROSECONDS + number(fraction)?).ok()
}

/// Days since 1 January 1970. Years begin in March here, so that the leap day ends one, and
/// 400 of them have 146,097 days.
fn days(date: Date) -> i64 {
    let (month, day) = (i64::from(date.month()), i64::from(date.day()));
    let year = i64::from(date.year()) - i64::from(month < 3);
    let (era, year) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year * 365 + year / 4 - year / 100 + of_year - 719_468
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::tests::STORED;
    use super::*;

    const FULL: &str = r#"{"actor":"00000000-0000-0000-0000-000000000009","agg":{"id":"00000000-0000-0000-0000-00000000000a","seq":12,"type":"commitment"},"cause":7,"cmd":{"digest":"000102030405060708090a0b0c0d0e0f","id":"00000000-0000-0000-0000-000000000002"},"corrects":8,"data":{"by":"00000000-0000-0000-0000-00000000000b","reason":{"fr":"a \"b\" {c} \\"}},"effective":"2020-05","id":"00000000-0000-0000-0000-000000000003","mandate":"00000000-0000-0000-0000-00000000000c","prev":{"leaf":"000102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0e0f","position":6},"recorded_at":"2026-02-28T22:10:57.123456Z","salt":"000102030405060708090a0b0c0d0e0f","source":{"document":"00000000-0000-0000-0000-00000000000d","locator":"page 3, é","reference":"Convention"},"tv":1,"type":"withdrawn","user":"00000000-0000-0000-0000-00000000000e","v":1}"#;

    fn general(bytes: &[u8]) -> Option<Recorded> {
        Recorded::read_any(Position(9), bytes).ok()
    }

    #[test]
    fn what_this_program_writes_is_read_here_and_to_the_same() {
        for bytes in [STORED, FULL.as_bytes()] {
            let read = read(Position(9), bytes);
            assert!(read.is_some());
            assert_eq!(read, general(bytes));
        }
    }

    #[test]
    fn another_spelling_of_the_same_is_left_to_the_general_parser() {
        for (canonical, other) in [
            (r#""v":1}"#, r#""v":1 }"#),
            (r#""v":1}"#, r#""v":1,"w":2}"#),
            (r#""seq":12"#, r#""seq": 12"#),
            ("page 3", r"page\u00203"),
            (".123456Z", ".1234560Z"),
        ] {
            let bytes = FULL.replace(canonical, other).into_bytes();
            assert_eq!(read(Position(9), &bytes), None, "{other}");
            assert!(general(&bytes).is_some(), "{other}");
        }
    }

    #[test]
    fn an_instant_is_what_the_general_parser_makes_of_it() {
        for text in [
            "1970-01-01T00:00:00.000000Z",
            "1969-12-31T23:59:59.999999Z",
            "2000-02-29T12:30:15.000001Z",
            "2100-03-01T00:00:00.500000Z",
            "0001-01-01T00:00:00.000000Z",
        ] {
            assert_eq!(instant(text), text.parse().ok(), "{text}");
        }
        for wrong in ["2026-02-29T00:00:00.000000Z", "2026-02-28T24:00:00.000000Z"] {
            assert_eq!(instant(wrong), None);
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        /// One byte changed, left out or doubled: never read here where the general parser refuses,
        /// and never to something else.
        #[test]
        fn nothing_is_read_that_the_general_parser_refuses(
            at in 0..FULL.len(), byte in prop_oneof![any::<u8>(), Just(b'"'), Just(b'\\'), Just(b'0')],
            change in 0..3_u8,
        ) {
            let mut bytes = FULL.as_bytes().to_vec();
            match change {
                0 => bytes[at] = byte,
                1 => drop(bytes.remove(at)),
                _ => bytes.insert(at, byte),
            }
            if let Some(here) = read(Position(9), &bytes) {
                prop_assert_eq!(Some(here), general(&bytes));
            }
        }
    }
}
