//! Bytes of a fixed length as lower-case hexadecimal.

macro_rules! hex {
    ($module:ident, $bytes:literal) => {
        pub(super) mod $module {
            use serde::{Deserialize, Deserializer, Serializer, de::Error};

            pub(in super::super) fn serialize<S: Serializer>(
                bytes: &[u8; $bytes],
                to: S,
            ) -> Result<S::Ok, S::Error> {
                const DIGITS: &[u8; 16] = b"0123456789abcdef";
                let mut text = [0_u8; $bytes * 2];
                for (two, byte) in text.chunks_exact_mut(2).zip(bytes) {
                    two[0] = DIGITS[usize::from(byte >> 4)];
                    two[1] = DIGITS[usize::from(byte & 15)];
                }
                to.serialize_str(std::str::from_utf8(&text).unwrap_or_default())
            }

            pub(in super::super) fn deserialize<'de, D: Deserializer<'de>>(
                from: D,
            ) -> Result<[u8; $bytes], D::Error> {
                let text = std::borrow::Cow::<'_, str>::deserialize(from)?;
                let wrong = || D::Error::custom("not lower-case hexadecimal of the right length");
                let digit = |byte: u8| match byte {
                    b'0'..=b'9' => Ok(byte - b'0'),
                    b'a'..=b'f' => Ok(byte - b'a' + 10),
                    _ => Err(wrong()),
                };
                let mut bytes = [0_u8; $bytes];
                if text.len() != $bytes * 2 {
                    return Err(wrong());
                }
                for (byte, two) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
                    *byte = digit(two[0])? << 4 | digit(two[1])?;
                }
                Ok(bytes)
            }
        }
    };
}
hex!(hex16, 16);
hex!(hex32, 32);
