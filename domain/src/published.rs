//! What a ledger says of its published log: the keys that sign it, and where it stood.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::document::Digest;
use crate::measure::Quantity;
use crate::text::Name;

/// The longest name of a key, in bytes: it is the log's origin (c2sp.org/tlog-checkpoint).
const NAME_BYTES_MAX: usize = 200;
/// An algorithm's byte and the 32 bytes of an Ed25519 key, in Base 64.
const MATERIAL_CHARS: usize = 44;

/// A key by which others verify the log: its name, its id and the key, as in
/// `tiwizi.example/souss-massa+a1b2c3d4+AbCd…` (c2sp.org/signed-note). The name is the log's origin.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("pattern" = r"^[^+\s]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}$"))]
pub struct VerifierKey(String);

/// A text that is no verifier key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a key is written name+id+key: a name without spaces, eight digits, 44 signs of Base 64")]
pub struct NoVerifierKey;

impl VerifierKey {
    /// The key that is written `text`. Whether it is a point of the curve, and its id the hash of
    /// its name, is for whoever verifies with it.
    pub fn new(text: &str) -> Result<Self, NoVerifierKey> {
        // Base 64 has a plus of its own, a name has none.
        let mut parts = text.splitn(3, '+');
        let mut part = || parts.next().ok_or(NoVerifierKey);
        let (name, id, material) = (part()?, part()?, part()?);
        let digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        let sign = |byte: u8| byte.is_ascii_alphanumeric() || b"+/".contains(&byte);
        let fits = names_a_key(name)
            && (id.len() == 8 && id.bytes().all(digit))
            && (material.len() == MATERIAL_CHARS && material.bytes().all(sign));
        if fits { Ok(Self(text.to_owned())) } else { Err(NoVerifierKey) }
    }

    /// As others verify by it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The origin of the log that it signs.
    pub fn name(&self) -> &str {
        self.0.split('+').next().unwrap_or_default()
    }
}

/// Whether a key, and so a log, can have this name: no space and no plus sign
/// (c2sp.org/signed-note).
pub fn names_a_key(name: &str) -> bool {
    let bad = |c: char| c == '+' || c.is_whitespace() || c.is_control();
    !name.is_empty() && name.len() <= NAME_BYTES_MAX && !name.contains(bad)
}

impl TryFrom<String> for VerifierKey {
    type Error = NoVerifierKey;

    fn try_from(text: String) -> Result<Self, NoVerifierKey> {
        Self::new(&text)
    }
}

impl From<VerifierKey> for String {
    fn from(key: VerifierKey) -> Self {
        key.0
    }
}

/// What a log said of itself at one moment (c2sp.org/tlog-checkpoint).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Checkpoint {
    /// The log's origin.
    pub origin: Name,
    /// How many entries it had.
    pub size: Quantity,
    /// The root of the tree over them (RFC 6962, §2.1).
    pub root: Digest,
}

#[cfg(test)]
mod tests {
    use super::*;

    const MATERIAL: &str = "AR+/abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMN";

    #[test]
    fn a_key_is_its_name_its_id_and_its_material() {
        let written = format!("tiwizi.example/a+0123abcd+{MATERIAL}");
        let key = VerifierKey::new(&written).expect("a key");
        assert_eq!((key.name(), key.as_str()), ("tiwizi.example/a", written.as_str()));
        let stored = serde_json::to_string(&key).expect("JSON");
        assert_eq!(serde_json::from_str::<VerifierKey>(&stored).expect("a key"), key);
    }

    #[test]
    fn what_is_no_key_is_refused() {
        let long = "a".repeat(NAME_BYTES_MAX + 1);
        for wrong in [
            String::new(),
            "a+0123abcd".to_owned(),
            format!("+0123abcd+{MATERIAL}"),
            format!("a b+0123abcd+{MATERIAL}"),
            format!("{long}+0123abcd+{MATERIAL}"),
            format!("a+0123ABCD+{MATERIAL}"),
            format!("a+0123abc+{MATERIAL}"),
            format!("a+0123abcd+{}", &MATERIAL[1..]),
            format!("a+0123abcd+{}", MATERIAL.replace('/', "-")),
            format!("a+0123abcd+{MATERIAL}\n"),
        ] {
            assert_eq!(VerifierKey::new(&wrong), Err(NoVerifierKey), "{wrong}");
            let stored = serde_json::to_string(&wrong).expect("JSON");
            assert!(serde_json::from_str::<VerifierKey>(&stored).is_err(), "{wrong}");
        }
    }
}
