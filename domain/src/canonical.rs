//! Canonical JSON (RFC 8785) of a value, in one pass: members sorted, integers exact, no floats.
//!
//! RFC 8785 prints every number as a double, which rounds integers beyond ±(2^53−1) silently. Here
//! such a number is refused instead, and so is every float. What is hashed is written here: events,
//! the digests of commands, and the state that an audit compares.
use std::io;

use serde::Serialize;
use serde_json::ser::{CharEscape, Formatter, Serializer};

use crate::money::INTEGER_MAX;

/// Appends the canonical form of `value` to `out`. Fails where it has none: a float, an integer that
/// some reader would round, or a key that is no text.
pub fn write(out: &mut Vec<u8>, value: &impl Serialize) -> Result<(), serde_json::Error> {
    let mut sorting = Sorting { out, objects: Vec::new(), members: Vec::new(), sorted: Vec::new() };
    value.serialize(&mut Serializer::with_formatter(io::sink(), &mut sorting))
}

/// The output so far, and where the members of the objects that are still open lie in it.
struct Sorting<'a> {
    out: &'a mut Vec<u8>,
    /// For each open object: its first member in `members`.
    objects: Vec<usize>,
    members: Vec<Member>,
    /// Where an object's members are put in order before they go back.
    sorted: Vec<u8>,
}

/// Where a member lies in the output: its key, then a colon, then its value.
#[derive(Clone, Copy)]
struct Member {
    start: usize,
    key_end: usize,
    end: usize,
}

impl Sorting<'_> {
    fn integer(&mut self, value: i128) -> io::Result<()> {
        // An `i64` is printed several times faster.
        let exact = i64::try_from(value).ok();
        let exact = exact.filter(|it| (-INTEGER_MAX..=INTEGER_MAX).contains(it));
        io::Write::write_fmt(self.out, format_args!("{}", exact.ok_or_else(inexact)?))
    }

    #[expect(clippy::unnecessary_wraps, reason = "every formatter function ends in it")]
    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.out.extend_from_slice(bytes);
        Ok(())
    }

    /// Puts the members of the innermost object into the order of their keys.
    fn sort(&mut self, first: usize) {
        let Self { out, members, sorted, .. } = self;
        let object = &mut members[first..];
        let order = |a: &Member, b: &Member| before(a.key(out), b.key(out));
        if !object.is_sorted_by(|a, b| order(a, b).is_le()) {
            let start = object[0].start;
            object.sort_by(order);
            sorted.clear();
            for member in object {
                if !sorted.is_empty() {
                    sorted.push(b',');
                }
                sorted.extend_from_slice(&out[member.start..member.end]);
            }
            out.truncate(start);
            out.extend_from_slice(sorted);
        }
        members.truncate(first);
    }
}

impl Member {
    fn key(self, out: &[u8]) -> &[u8] {
        &out[self.start..self.key_end]
    }
}

/// The order of RFC 8785, §3.2.3: by UTF-16 code units of the key as it reads, not as it is
/// escaped. For plain ASCII that is the order of the bytes.
fn before(a: &[u8], b: &[u8]) -> std::cmp::Ordering {
    let plain = |key: &[u8]| key.iter().all(|it| it.is_ascii() && *it != b'\\');
    if plain(a) && plain(b) {
        return a[1..a.len() - 1].cmp(&b[1..b.len() - 1]);
    }
    let units = |key: &[u8]| -> Vec<u16> {
        let text: String = serde_json::from_slice(key).unwrap_or_default();
        text.encode_utf16().collect()
    };
    units(a).cmp(&units(b))
}

fn inexact() -> io::Error {
    let message = "a number in it is no integer, or beyond ±(2^53−1)";
    io::Error::new(io::ErrorKind::InvalidData, message)
}

macro_rules! integers {
    ($($write:ident($integer:ty)),+) => {$(
        fn $write<W: ?Sized + io::Write>(&mut self, _: &mut W, it: $integer) -> io::Result<()> {
            self.integer(i128::from(it))
        }
    )+};
}

macro_rules! tokens {
    ($($write:ident => $token:literal),+) => {$(
        fn $write<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
            self.put($token)
        }
    )+};
}

impl Formatter for &mut Sorting<'_> {
    integers!(
        write_i8(i8),
        write_i16(i16),
        write_i32(i32),
        write_i64(i64),
        write_i128(i128),
        write_u8(u8),
        write_u16(u16),
        write_u32(u32),
        write_u64(u64)
    );
    tokens!(
        write_null => b"null", begin_string => b"\"", end_string => b"\"", begin_array => b"[",
        end_array => b"]", end_array_value => b"", begin_object_value => b":"
    );

    fn write_bool<W: ?Sized + io::Write>(&mut self, _: &mut W, it: bool) -> io::Result<()> {
        self.put(if it { b"true" } else { b"false" })
    }

    fn write_u128<W: ?Sized + io::Write>(&mut self, _: &mut W, it: u128) -> io::Result<()> {
        self.integer(i128::try_from(it).map_err(|_| inexact())?)
    }

    fn write_f32<W: ?Sized + io::Write>(&mut self, _: &mut W, _: f32) -> io::Result<()> {
        Err(inexact())
    }

    fn write_f64<W: ?Sized + io::Write>(&mut self, _: &mut W, _: f64) -> io::Result<()> {
        Err(inexact())
    }

    fn write_number_str<W: ?Sized + io::Write>(&mut self, _: &mut W, it: &str) -> io::Result<()> {
        self.integer(it.parse().map_err(|_| inexact())?)
    }

    fn write_raw_fragment<W: ?Sized + io::Write>(&mut self, _: &mut W, _: &str) -> io::Result<()> {
        let message = "raw JSON has no canonical form until it is parsed";
        Err(io::Error::new(io::ErrorKind::InvalidData, message))
    }

    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        _: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        self.put(fragment.as_bytes())
    }

    fn write_char_escape<W: ?Sized + io::Write>(
        &mut self,
        _: &mut W,
        escape: CharEscape,
    ) -> io::Result<()> {
        match escape {
            CharEscape::Quote => self.put(b"\\\""),
            CharEscape::ReverseSolidus => self.put(b"\\\\"),
            CharEscape::Solidus => self.put(b"/"),
            CharEscape::Backspace => self.put(b"\\b"),
            CharEscape::FormFeed => self.put(b"\\f"),
            CharEscape::LineFeed => self.put(b"\\n"),
            CharEscape::CarriageReturn => self.put(b"\\r"),
            CharEscape::Tab => self.put(b"\\t"),
            CharEscape::AsciiControl(byte) => {
                io::Write::write_fmt(self.out, format_args!("\\u{byte:04x}"))
            }
        }
    }

    fn begin_array_value<W: ?Sized + io::Write>(
        &mut self,
        _: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.put(if first { b"" } else { b"," })
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        self.objects.push(self.members.len());
        self.put(b"{")
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        if let Some(first) = self.objects.pop() {
            self.sort(first);
        }
        self.put(b"}")
    }

    fn begin_object_key<W: ?Sized + io::Write>(
        &mut self,
        _: &mut W,
        first: bool,
    ) -> io::Result<()> {
        self.put(if first { b"" } else { b"," })?;
        let start = self.out.len();
        self.members.push(Member { start, key_end: start, end: start });
        Ok(())
    }

    fn end_object_key<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        let end = self.out.len();
        if let Some(member) = self.members.last_mut() {
            member.key_end = end;
        }
        Ok(())
    }

    fn end_object_value<W: ?Sized + io::Write>(&mut self, _: &mut W) -> io::Result<()> {
        let end = self.out.len();
        if let Some(member) = self.members.last_mut() {
            member.end = end;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;

    fn canonical(value: &impl Serialize) -> String {
        let mut out = Vec::new();
        write(&mut out, value).expect("it has a canonical form");
        String::from_utf8(out).expect("JSON is UTF-8")
    }

    /// Not `any::<String>()`, which leaves control characters out.
    fn texts() -> impl Strategy<Value = String> {
        prop::collection::vec(any::<char>(), 0..6).prop_map(String::from_iter)
    }

    fn values() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            (-9_007_199_254_740_991_i64..=9_007_199_254_740_991).prop_map(Value::from),
            texts().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 64, 8, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..8).prop_map(Value::from),
                prop::collection::vec((texts(), inner), 0..8)
                    .prop_map(|members| Value::Object(members.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn the_form_is_that_of_an_independent_writer(value in values()) {
            let other = serde_json_canonicalizer::to_string(&value).expect("it has one");
            prop_assert_eq!(canonical(&value), other);
        }
    }

    #[test]
    fn keys_are_sorted_as_utf_16_and_nested_members_stay_with_their_object() {
        #[derive(Serialize)]
        struct Unsorted {
            z: Value,
            a: [Value; 2],
        }
        let z = json!({"\u{fb33}": 1, "\u{1f600}": 2, "\n": 3});
        let value = Unsorted { z, a: [json!({"d": {}, "c": []}), json!(null)] };
        assert_eq!(
            canonical(&value),
            "{\"a\":[{\"c\":[],\"d\":{}},null],\"z\":{\"\\n\":3,\"\u{1f600}\":2,\"\u{fb33}\":1}}"
        );
    }

    #[test]
    fn a_number_that_some_reader_would_round_is_refused() {
        for value in [json!(1.0), json!(1_i64 << 53), json!(-(1_i64 << 53)), json!(u64::MAX)] {
            write(&mut Vec::new(), &value).expect_err("it is not exact");
        }
    }
}
