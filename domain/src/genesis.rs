//! The ledger itself: what it is, how its time was kept, and which keys sign its published log.
//!
//! ```text
//! Unopened ─Open─▶ Opened ─TrustKey, RetireKey, RenewOrigin, MakeBundle─▶ Opened
//! ```
mod scope;

use std::collections::BTreeSet;
use std::future::Future;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantNames};

pub use self::scope::{NoScope, Scope};
use crate::aggregate::{Refused, aggregate, ensure, one};
use crate::document::Digest;
use crate::ids::LedgerId;
use crate::published::{Checkpoint, VerifierKey};
use crate::text::{Name, Note};

/// The most keys that sign a log at a time.
pub const KEYS_MAX: usize = 8;

/// Where `recorded_at` comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Clock {
    /// The machine's clock.
    Real,
    /// A clock that walked through the past while demonstration data was loaded.
    Simulated,
}

/// What is asked of a ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are those of the event")]
pub enum Command {
    Open { ledger: LedgerId, name: Name, origin: Name, purpose: Note, clock: Clock },
    MakeBundle { scope: Scope, manifest: Digest, size: u64, root: Digest },
    TrustKey { key: VerifierKey },
    RetireKey { key: VerifierKey },
    RenewOrigin { origin: Name, key: VerifierKey, previous: Option<Checkpoint>, reason: Note },
}

/// What is recorded of a ledger.
#[derive(
    Clone,
    Debug,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    JsonSchema,
    IntoStaticStr,
    VariantNames,
    EnumCount,
)]
#[serde(tag = "type", content = "data", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Event {
    /// The ledger begins.
    Opened {
        /// Its own id, in every copy of it.
        ledger: LedgerId,
        /// What people call it.
        name: Name,
        /// The schema-less URL that its log is published under, until it is renewed.
        origin: Name,
        /// What it is kept for.
        purpose: Note,
        /// Whether its past was simulated.
        clock: Clock,
    },
    /// An evidence bundle was made of what was recorded so far.
    BundleMade {
        /// Which records it holds.
        scope: Scope,
        /// The SHA-256 of its manifest, which names every other file.
        manifest: Digest,
        /// How many events the ledger had, as the bundle shows it.
        size: u64,
        /// The root of the tree over them.
        root: Digest,
    },
    /// A key signs the log from now on.
    KeyTrusted {
        /// The key.
        key: VerifierKey,
    },
    /// A key signs the log no more. What it signed stays signed.
    KeyRetired {
        /// The key.
        key: VerifierKey,
    },
    /// The log goes on under another origin: the first entry that is published under it. Every
    /// earlier key is retired by it.
    OriginRenewed {
        /// The schema-less URL that the log is published under from now on.
        origin: Name,
        /// The first key that signs under it.
        key: VerifierKey,
        /// The last checkpoint under the origin before, where one was kept and is proven.
        #[serde(skip_serializing_if = "Option::is_none")]
        previous: Option<Checkpoint>,
        /// Why.
        reason: Note,
    },
}

/// Why a ledger refuses.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Refusal {
    /// It has a first event.
    #[error("this ledger is open already")]
    AlreadyOpen,
    /// It has no first event.
    #[error("this ledger is not open yet")]
    NotOpen,
    /// The key's name is not the log's origin.
    #[error("the key is named {key}, and the log's origin is {}", .origin.as_str())]
    KeyOfAnotherOrigin {
        /// What the key is named.
        key: String,
        /// The origin.
        origin: Name,
    },
    /// The key signs already.
    #[error("that key is trusted already")]
    KeyAlreadyTrusted,
    /// A key that was retired stays so: it may be in the wrong hands.
    #[error("that key was retired, and no key comes back")]
    KeyAlreadyRetired,
    /// The key does not sign.
    #[error("that key is not trusted")]
    KeyNotTrusted,
    /// Nothing could be signed any more.
    #[error("the last key is not retired: make another one first")]
    LastKey,
    /// Enough keys sign.
    #[error("at most {max} keys sign at a time: retire one first")]
    TooManyKeys {
        /// How many may.
        max: usize,
    },
    /// Two logs under one origin could contradict each other, and nobody could tell which is which.
    #[error("the log is, or was, published under {}: another origin is needed", .origin.as_str())]
    OriginUsed {
        /// The origin.
        origin: Name,
    },
    /// The checkpoint is another log's.
    #[error(
        "the last checkpoint is of the log {}, and this one's origin was {}",
        .found.as_str(), .origin.as_str()
    )]
    CheckpointOfAnotherOrigin {
        /// The checkpoint's origin.
        found: Name,
        /// The log's.
        origin: Name,
    },
}

impl Refused for Refusal {
    fn code(&self) -> String {
        format!("LEDGER_{}", <&str>::from(self))
    }
}

/// Whether the ledger has begun, and who signs its log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ledger {
    /// No event yet.
    #[default]
    Unopened,
    /// Its first event is recorded.
    Opened(Signed),
}

/// Under which names and by which keys the log is signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// The origin that the log is published under.
    pub origin: Name,
    /// The origins that it was published under before.
    former: BTreeSet<Name>,
    /// The keys that sign.
    pub trusted: BTreeSet<VerifierKey>,
    /// The keys that signed once.
    pub retired: BTreeSet<VerifierKey>,
}

impl Ledger {
    /// Which events `command` causes.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        match (self, command) {
            (Self::Unopened, Command::Open { ledger, name, origin, purpose, clock }) => {
                one(Event::Opened { ledger, name, origin, purpose, clock })
            }
            (Self::Opened(_), Command::Open { .. }) => Err(Refusal::AlreadyOpen),
            (Self::Unopened, _) => Err(Refusal::NotOpen),
            (Self::Opened(signed), Command::TrustKey { key }) => signed.trust(key),
            (Self::Opened(signed), Command::RetireKey { key }) => signed.retire(key),
            (Self::Opened(signed), Command::RenewOrigin { origin, key, previous, reason }) => {
                signed.may_become(&origin, &key, previous.as_ref())?;
                one(Event::OriginRenewed { origin, key, previous, reason })
            }
            (Self::Opened(_), Command::MakeBundle { scope, manifest, size, root }) => {
                one(Event::BundleMade { scope, manifest, size, root })
            }
        }
    }

    /// The ledger after `event`.
    #[must_use]
    pub fn evolve(self, event: Event) -> Self {
        match (self, event) {
            (_, Event::Opened { origin, .. }) => Self::Opened(Signed {
                origin,
                former: BTreeSet::new(),
                trusted: BTreeSet::new(),
                retired: BTreeSet::new(),
            }),
            (it, Event::BundleMade { .. }) => it,
            (Self::Unopened, _) => Self::Unopened,
            (Self::Opened(mut signed), Event::KeyTrusted { key }) => {
                signed.trusted.insert(key);
                Self::Opened(signed)
            }
            (Self::Opened(mut signed), Event::KeyRetired { key }) => {
                signed.trusted.remove(&key);
                signed.retired.insert(key);
                Self::Opened(signed)
            }
            (Self::Opened(mut signed), Event::OriginRenewed { origin, key, .. }) => {
                signed.former.insert(std::mem::replace(&mut signed.origin, origin));
                signed.retired.append(&mut signed.trusted);
                signed.trusted.insert(key);
                Self::Opened(signed)
            }
        }
    }
}

impl Signed {
    /// Whether the log is, or was, published under `origin`.
    pub fn has_used(&self, origin: &Name) -> bool {
        *origin == self.origin || self.former.contains(origin)
    }

    fn trust(&self, key: VerifierKey) -> Result<Vec<Event>, Refusal> {
        is_named(&key, &self.origin)?;
        ensure(!self.trusted.contains(&key), Refusal::KeyAlreadyTrusted)?;
        ensure(!self.retired.contains(&key), Refusal::KeyAlreadyRetired)?;
        ensure(self.trusted.len() < KEYS_MAX, Refusal::TooManyKeys { max: KEYS_MAX })?;
        one(Event::KeyTrusted { key })
    }

    fn retire(&self, key: VerifierKey) -> Result<Vec<Event>, Refusal> {
        ensure(!self.retired.contains(&key), Refusal::KeyAlreadyRetired)?;
        ensure(self.trusted.contains(&key), Refusal::KeyNotTrusted)?;
        ensure(self.trusted.len() > 1, Refusal::LastKey)?;
        one(Event::KeyRetired { key })
    }

    fn may_become(
        &self,
        origin: &Name,
        key: &VerifierKey,
        previous: Option<&Checkpoint>,
    ) -> Result<(), Refusal> {
        ensure(!self.has_used(origin), Refusal::OriginUsed { origin: origin.clone() })?;
        is_named(key, origin)?;
        match previous {
            Some(it) if it.origin != self.origin => {
                let (found, origin) = (it.origin.clone(), self.origin.clone());
                Err(Refusal::CheckpointOfAnotherOrigin { found, origin })
            }
            _ => Ok(()),
        }
    }
}

fn is_named(key: &VerifierKey, origin: &Name) -> Result<(), Refusal> {
    let (name, expected) = (key.name().to_owned(), origin.clone());
    let refusal = Refusal::KeyOfAnotherOrigin { key: name, origin: expected };
    ensure(key.name() == origin.as_str(), refusal)
}

aggregate!(Ledger, LedgerId, "ledger");

#[cfg(test)]
mod tests;
