//! Which witnesses are asked, and how many of them make a quorum.
use crate::outside::is_address;
use crate::transparency::cosignature::Cosigner;

/// The most witnesses.
pub const WITNESSES_MAX: usize = 16;

/// Somebody who watches that the log only grows.
#[derive(Clone, Debug)]
pub struct Witness {
    /// What its cosignatures name it.
    pub name: String,
    /// Where it takes checkpoints.
    pub(super) url: String,
    /// Its keys: two while it changes its key.
    pub(super) keys: Vec<Cosigner>,
}

/// The witnesses, and how many of them vouch for a checkpoint before it counts as witnessed.
#[derive(Clone, Debug, Default)]
pub struct Policy {
    pub(super) witnesses: Vec<Witness>,
    pub(super) quorum: usize,
}

/// Why there can be no such witnesses.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPolicy {
    /// Not written as an address and a key.
    #[error("a witness reads 'URL KEY': {0}")]
    Malformed(String),
    /// The key is none.
    #[error("no key of a witness: {0}")]
    NoKey(String),
    /// The address is none, or carries a password.
    #[error("no address of a witness: an http(s) URL without a user and a query is expected")]
    NoAddress,
    /// A key is named twice.
    #[error("the witness {0} is named twice with one key")]
    KeyTwice(String),
    /// One name stands at two addresses.
    #[error("the witness {0} is named at two addresses")]
    TwoAddresses(String),
    /// More than are asked.
    #[error("{WITNESSES_MAX} witnesses at most")]
    TooMany,
    /// The quorum cannot be reached, or states nothing.
    #[error("a quorum of {quorum} is not between 1 and the number of witnesses, {witnesses}")]
    Quorum {
        /// What was asked.
        quorum: usize,
        /// How many witnesses there are.
        witnesses: usize,
    },
}

impl Policy {
    /// Reads witnesses, each written `URL KEY`. Without a `quorum` it is their majority: of two
    /// majorities one witness at least is in both, and it vouches for one history alone.
    pub fn read(witnesses: &[String], quorum: Option<usize>) -> Result<Self, BadPolicy> {
        let mut found: Vec<Witness> = Vec::new();
        for text in witnesses {
            let mut parts = text.split_whitespace();
            let (Some(url), Some(key), None) = (parts.next(), parts.next(), parts.next()) else {
                return Err(BadPolicy::Malformed(text.clone()));
            };
            let key: Cosigner = key.parse().map_err(|_| BadPolicy::NoKey(key.to_owned()))?;
            add(&mut found, address(url)?, key)?;
        }
        if found.len() > WITNESSES_MAX {
            return Err(BadPolicy::TooMany);
        }
        let quorum = self::quorum(found.len(), quorum)?;
        Ok(Self { witnesses: found, quorum })
    }
}

/// How many of so many `witnesses` are asked for: `named`, or their majority.
pub fn quorum(witnesses: usize, named: Option<usize>) -> Result<usize, BadPolicy> {
    let majority = if witnesses == 0 { 0 } else { witnesses / 2 + 1 };
    match named {
        Some(quorum) if quorum == 0 || quorum > witnesses => {
            Err(BadPolicy::Quorum { quorum, witnesses })
        }
        named => Ok(named.unwrap_or(majority)),
    }
}

fn add(found: &mut Vec<Witness>, url: String, key: Cosigner) -> Result<(), BadPolicy> {
    let name = key.name().to_owned();
    match found.iter_mut().find(|it| it.name == name) {
        None => found.push(Witness { name, url, keys: vec![key] }),
        Some(known) if known.url != url => return Err(BadPolicy::TwoAddresses(name)),
        Some(known) if known.keys.contains(&key) => return Err(BadPolicy::KeyTwice(name)),
        Some(known) => known.keys.push(key),
    }
    Ok(())
}

/// Where checkpoints are sent.
fn address(text: &str) -> Result<String, BadPolicy> {
    if is_address(text) {
        Ok(format!("{}/add-checkpoint", text.trim_end_matches('/')))
    } else {
        Err(BadPolicy::NoAddress)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A key of `name`, the same for the same seed.
    fn key(name: &str, seed: u8) -> String {
        use base64::Engine as _;
        let secret = ed25519_dalek::SigningKey::from_bytes(&[seed; 32]);
        let typed = [&[4][..], secret.verifying_key().as_bytes()].concat();
        let id = signed_note::key_id(name, &typed);
        format!("{name}+{id:08x}+{}", base64::engine::general_purpose::STANDARD.encode(typed))
    }

    fn read(witnesses: &[(&str, String)], quorum: Option<usize>) -> Result<Policy, BadPolicy> {
        let written: Vec<_> = witnesses.iter().map(|(url, key)| format!("{url} {key}")).collect();
        Policy::read(&written, quorum)
    }

    #[test]
    fn a_quorum_is_the_majority_unless_it_is_named() {
        let named = |n: u8| (format!("https://w{n}.example"), key(&format!("w{n}.example"), n));
        for (witnesses, majority) in [(0, 0), (1, 1), (2, 2), (3, 2), (4, 3), (5, 3)] {
            let all: Vec<_> = (0..witnesses).map(named).collect();
            let all: Vec<_> = all.iter().map(|(url, key)| (url.as_str(), key.clone())).collect();
            assert_eq!(read(&all, None).expect("a policy").quorum, majority);
            let beyond = usize::from(witnesses) + 1;
            for quorum in [0, beyond] {
                assert!(matches!(read(&all, Some(quorum)), Err(BadPolicy::Quorum { .. })));
            }
        }
    }

    #[test]
    fn two_keys_of_one_name_are_one_witness() {
        let (url, name) = ("https://w.example/log/", "w.example");
        let both = [(url, key(name, 1)), (url, key(name, 2))];
        let policy = read(&both, None).expect("a policy");
        assert_eq!((policy.witnesses.len(), policy.quorum), (1, 1));
        assert_eq!(policy.witnesses[0].url, "https://w.example/log/add-checkpoint");
        let again = read(&[both[0].clone(), both[0].clone()], None);
        assert_eq!(again.err(), Some(BadPolicy::KeyTwice(name.to_owned())));
        let elsewhere = read(&[both[0].clone(), ("https://v.example", key(name, 2))], None);
        assert_eq!(elsewhere.err(), Some(BadPolicy::TwoAddresses(name.to_owned())));
    }

    #[test]
    fn what_is_no_witness_is_refused() {
        let good = key("w.example", 1);
        for url in ["w.example", "ftp://w.example", "https://a:b@w.example", "https://w/?k=1", ""] {
            assert!(read(&[(url, good.clone())], None).is_err(), "{url}");
        }
        for text in ["", "https://w.example", &format!("https://w.example {good} more")] {
            let refused = Policy::read(&[text.to_owned()], None);
            assert!(matches!(refused, Err(BadPolicy::Malformed(_))), "{text}");
        }
        let renamed = read(&[("https://w.example", good.replacen('w', "v", 1))], None);
        assert!(matches!(renamed, Err(BadPolicy::NoKey(_))), "its id is another's");
        let many: Vec<_> = (0..17)
            .map(|n: u8| format!("https://w{n}.example {}", key(&format!("w{n}"), n)))
            .collect();
        assert_eq!(Policy::read(&many, None).err(), Some(BadPolicy::TooMany));
    }
}
