//! Bytes of a fixed length as lower-case hexadecimal, at most [`BYTES_MAX`] of them.
//!
//! Every stored event has three such texts: read through a table and without a copy.
use std::fmt;

use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserializer, Serializer};
use uuid::Uuid;

/// A SHA-256.
const BYTES_MAX: usize = 32;
const DIGITS: &[u8; 16] = b"0123456789abcdef";
/// What is no digit.
const NONE: u8 = 0xFF;
/// The value of each digit.
const VALUES: [u8; 256] = {
    let mut values = [NONE; 256];
    let mut value = 0;
    while value < 16 {
        values[DIGITS[value as usize] as usize] = value;
        value += 1;
    }
    values
};

pub(super) fn serialize<const BYTES: usize, S: Serializer>(
    bytes: &[u8; BYTES],
    to: S,
) -> Result<S::Ok, S::Error> {
    const { assert!(BYTES <= BYTES_MAX) };
    let mut text = [0_u8; BYTES_MAX * 2];
    let text = &mut text[..BYTES * 2];
    for (two, byte) in text.chunks_exact_mut(2).zip(bytes) {
        two[0] = DIGITS[usize::from(byte >> 4)];
        two[1] = DIGITS[usize::from(byte & 15)];
    }
    to.serialize_str(std::str::from_utf8(text).unwrap_or_default())
}

pub(super) fn deserialize<'de, const BYTES: usize, D: Deserializer<'de>>(
    from: D,
) -> Result<[u8; BYTES], D::Error> {
    from.deserialize_str(Digits)
}

struct Digits<const BYTES: usize>;

impl<const BYTES: usize> Visitor<'_> for Digits<BYTES> {
    type Value = [u8; BYTES];

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} digits of lower-case hexadecimal", BYTES * 2)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<[u8; BYTES], E> {
        read(text.as_bytes()).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }
}

/// The bytes that `text` writes.
pub(super) fn read<const BYTES: usize>(text: &[u8]) -> Option<[u8; BYTES]> {
    let mut bytes = [0_u8; BYTES];
    let mut every = if text.len() == BYTES * 2 { 0 } else { NONE };
    for (byte, two) in bytes.iter_mut().zip(text.chunks_exact(2)) {
        let (high, low) = (VALUES[usize::from(two[0])], VALUES[usize::from(two[1])]);
        *byte = high << 4 | low;
        every |= high | low;
    }
    (every < 16).then_some(bytes)
}

/// The UUID that `text` writes with hyphens.
pub(super) fn uuid(text: &str) -> Option<Uuid> {
    let text: &[u8; 36] = text.as_bytes().try_into().ok()?;
    let mut digits = [0_u8; 32];
    digits[..8].copy_from_slice(&text[..8]);
    digits[8..12].copy_from_slice(&text[9..13]);
    digits[12..16].copy_from_slice(&text[14..18]);
    digits[16..20].copy_from_slice(&text[19..23]);
    digits[20..].copy_from_slice(&text[24..]);
    let hyphens = [text[8], text[13], text[18], text[23]] == [b'-'; 4];
    read(&digits).filter(|_| hyphens).map(Uuid::from_bytes)
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_the_digits_that_are_written_are_read() {
        #[derive(serde::Serialize, serde::Deserialize, PartialEq, Debug)]
        struct Short(#[serde(with = "super")] [u8; 2]);
        let read = |text: &str| serde_json::from_str::<Short>(text).ok();
        assert_eq!(serde_json::to_string(&Short([0x09, 0xAF])).ok().as_deref(), Some(r#""09af""#));
        assert_eq!(read(r#""09af""#), Some(Short([0x09, 0xAF])));
        for wrong in [r#""09AF""#, r#""09a""#, r#""09af0""#, r#""09ag""#, r#""é9a""#, "9"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
    }
}
