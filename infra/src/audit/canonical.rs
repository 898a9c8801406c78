//! Whether bytes are canonical JSON (RFC 8785) without floats, told by looking at them once.
//!
//! Not the writer's code: it neither builds a value nor writes one.

/// How deep arrays and objects may lie in each other.
const DEPTH_MAX: usize = 64;
/// The largest integer that every JSON reader keeps exactly.
const INTEGER_MAX: u64 = (1 << 53) - 1;

/// The offset of the first byte that is not as the canonical form has it.
pub(crate) fn fault(bytes: &[u8]) -> Option<usize> {
    if let Err(error) = std::str::from_utf8(bytes) {
        return Some(error.valid_up_to());
    }
    let mut scan = Scan { bytes, at: 0 };
    let whole = scan.value(DEPTH_MAX).is_some() && scan.at == bytes.len();
    (!whole).then_some(scan.at)
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Scan<'a> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn take(&mut self, token: &[u8]) -> Option<()> {
        self.bytes[self.at..].starts_with(token).then(|| self.at += token.len())
    }

    fn value(&mut self, depth: usize) -> Option<()> {
        match self.peek()? {
            b'{' => self.object(depth.checked_sub(1)?),
            b'[' => self.array(depth.checked_sub(1)?),
            b'"' => self.string().map(drop),
            b't' => self.take(b"true"),
            b'f' => self.take(b"false"),
            b'n' => self.take(b"null"),
            _ => self.integer(),
        }
    }

    fn object(&mut self, depth: usize) -> Option<()> {
        self.take(b"{")?;
        if self.take(b"}").is_some() {
            return Some(());
        }
        let mut before: Option<&[u8]> = None;
        loop {
            let start = self.at;
            let key = self.string()?;
            if before.is_some_and(|before| !is_before(before, key)) {
                self.at = start;
                return None;
            }
            before = Some(key);
            self.take(b":")?;
            self.value(depth)?;
            if self.take(b",").is_none() {
                return self.take(b"}");
            }
        }
    }

    fn array(&mut self, depth: usize) -> Option<()> {
        self.take(b"[")?;
        if self.take(b"]").is_some() {
            return Some(());
        }
        loop {
            self.value(depth)?;
            if self.take(b",").is_none() {
                return self.take(b"]");
            }
        }
    }

    /// A string with the escapes of RFC 8785, §3.2.2.2, and no other; gives what is in its quotes.
    fn string(&mut self) -> Option<&'a [u8]> {
        self.take(b"\"")?;
        let start = self.at;
        loop {
            match self.peek()? {
                b'"' => {
                    let inside = &self.bytes[start..self.at];
                    self.at += 1;
                    return Some(inside);
                }
                b'\\' => match self.bytes.get(self.at + 1)? {
                    b'"' | b'\\' | b'b' | b'f' | b'n' | b'r' | b't' => self.at += 2,
                    b'u' => {
                        let code = self.bytes.get(self.at + 2..self.at + 6)?;
                        let low = matches!(code, [b'0', b'0', b'0', b'0'..=b'9' | b'a'..=b'f'])
                            || matches!(code, [b'0', b'0', b'1', b'0'..=b'9' | b'a'..=b'f']);
                        let short = [b"0008", b"0009", b"000a", b"000c", b"000d"];
                        if !low || short.iter().any(|it| it.as_slice() == code) {
                            return None;
                        }
                        self.at += 6;
                    }
                    _ => return None,
                },
                0..=0x1f => return None,
                _ => self.at += 1,
            }
        }
    }

    fn integer(&mut self) -> Option<()> {
        let start = self.at;
        let negative = self.take(b"-").is_some();
        let first = self.at;
        let mut value = 0_u64;
        while let Some(digit @ b'0'..=b'9') = self.peek() {
            value = value.saturating_mul(10).saturating_add(u64::from(digit - b'0'));
            self.at += 1;
        }
        let digits = self.at - first;
        let padded = self.bytes.get(first) == Some(&b'0') && (digits > 1 || negative);
        if digits == 0 || padded || value > INTEGER_MAX {
            self.at = start;
            return None;
        }
        Some(())
    }
}

/// Whether one key comes before another: by UTF-16 code units (RFC 8785, §3.2.3).
fn is_before(a: &[u8], b: &[u8]) -> bool {
    let plain = |key: &[u8]| key.iter().all(|it| it.is_ascii() && *it != b'\\');
    if plain(a) && plain(b) {
        return a < b;
    }
    let units = |key: &[u8]| -> Option<Vec<u16>> {
        let quoted = [b"\"", key, b"\""].concat();
        Some(serde_json::from_slice::<String>(&quoted).ok()?.encode_utf16().collect())
    };
    units(a).zip(units(b)).is_some_and(|(a, b)| a < b)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_not_canonical_is_found_where_it_begins() {
        for (text, at) in [
            (r#"{"a":1, "b":2}"#, 7),
            (r#"{"b":1,"a":2}"#, 7),
            (r#"{"a":1,"a":2}"#, 7),
            ("{\"\u{fb33}\":1,\"\u{1f600}\":2}", 9),
            ("1.0", 1),
            ("1e3", 1),
            ("-0", 0),
            ("01", 0),
            ("9007199254740992", 0),
            (r#""\u0041""#, 1),
            (r#""\u001F""#, 1),
            (r#""\u000a""#, 1),
            (r#""\/""#, 1),
            ("\"\n\"", 1),
            ("[1,]", 3),
            ("{}{}", 2),
            ("", 0),
        ] {
            assert_eq!(fault(text.as_bytes()), Some(at), "{text}");
        }
        let deep = "[".repeat(10_000);
        assert!(fault(deep.as_bytes()).is_some());
    }

    #[test]
    fn what_an_independent_writer_makes_is_canonical() {
        let text = || prop::collection::vec(any::<char>(), 0..6).prop_map(String::from_iter);
        let runner = &mut proptest::test_runner::TestRunner::default();
        let values = prop::collection::btree_map(text(), prop::collection::vec(text(), 0..4), 0..6);
        runner
            .run(&values, |value| {
                let text = serde_json_canonicalizer::to_string(&value).expect("it has a form");
                prop_assert_eq!(fault(text.as_bytes()), None);
                Ok(())
            })
            .expect("it holds");
    }
}
