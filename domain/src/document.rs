//! A document: a file kept outside the ledger and named by its digest.
//!
//! ```text
//! Unrecorded ─Register─▶ Registered ─Attest─▶ Attested
//!                                              │   ▲
//!                                              └───┘ Attest, by another actor
//! Registered, Attested ─Withdraw consent─▶ the same, without consent
//! every stage   corrections; Annul ─▶ Annulled, which takes nothing more
//! ```
use std::collections::BTreeSet;
use std::future::Future;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantNames};

use crate::aggregate::{Refused, aggregate, ensure, one};
use crate::correction::{differs, put};
use crate::effective::Effective;
use crate::ids::{ActorId, DocumentId};
use crate::measure::Quantity;
use crate::text::{Language, Name, Note, Title};

/// The most actors that vouch for one document.
pub const ATTESTATIONS_MAX: usize = 100;

/// The SHA-256 of a file, in lower-case hexadecimal.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(try_from = "String", into = "String")]
#[schemars(extend("pattern" = "^[0-9a-f]{64}$"))]
pub struct Digest(String);

/// A text that is no digest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize)]
#[error("a SHA-256 is written in 64 lower-case hexadecimal digits")]
pub struct NoDigest;

impl Digest {
    /// The digest that is written `text`.
    pub fn new(text: &str) -> Result<Self, NoDigest> {
        let digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
        if text.len() == 64 && text.bytes().all(digit) {
            Ok(Self(text.to_owned()))
        } else {
            Err(NoDigest)
        }
    }

    /// The 64 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<String> for Digest {
    type Error = NoDigest;

    fn try_from(text: String) -> Result<Self, NoDigest> {
        Self::new(&text)
    }
}

impl From<Digest> for String {
    fn from(digest: Digest) -> Self {
        digest.0
    }
}

/// What is asked of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are those of the events")]
pub enum Command {
    Register {
        title: Title,
        sha256: Option<Digest>,
        bytes: Option<Quantity>,
        media_type: Option<Name>,
        language: Option<Language>,
        address: Option<Name>,
        published: Effective,
    },
    Attest {
        by: ActorId,
        statement: Note,
    },
    WithdrawConsent {
        reason: Note,
    },
    Correct {
        title: Option<Title>,
        sha256: Option<Digest>,
        bytes: Option<Quantity>,
        media_type: Option<Name>,
        language: Option<Language>,
        address: Option<Name>,
        published: Option<Effective>,
        reason: Note,
    },
    Annul {
        by: ActorId,
        reason: Note,
    },
}

/// What is recorded of a document. Stored for ever: variants and fields are added, never renamed.
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
    /// The file is known from now on.
    Registered {
        /// Its title.
        title: Title,
        /// Its digest, where somebody had the file.
        #[serde(skip_serializing_if = "Option::is_none")]
        sha256: Option<Digest>,
        /// Its size, in bytes.
        #[serde(skip_serializing_if = "Option::is_none")]
        bytes: Option<Quantity>,
        /// What it is, as in `application/pdf` (RFC 6838).
        #[serde(skip_serializing_if = "Option::is_none")]
        media_type: Option<Name>,
        /// Its language.
        #[serde(skip_serializing_if = "Option::is_none")]
        language: Option<Language>,
        /// Where it is, or was, to be read.
        #[serde(skip_serializing_if = "Option::is_none")]
        address: Option<Name>,
        /// When it was published.
        published: Effective,
    },
    /// An actor vouches for it.
    Attested {
        /// Who.
        by: ActorId,
        /// What they vouch for.
        statement: Note,
    },
    /// People seen or named in it agree to its use no more.
    ConsentWithdrawn {
        /// Why.
        reason: Note,
    },
    /// It was written down wrongly; what is left out stays as it was.
    Corrected {
        /// Its title.
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<Title>,
        /// Its digest, where none was known.
        #[serde(skip_serializing_if = "Option::is_none")]
        sha256: Option<Digest>,
        /// Its size, in bytes, where none was known.
        #[serde(skip_serializing_if = "Option::is_none")]
        bytes: Option<Quantity>,
        /// What it is, as in `application/pdf` (RFC 6838).
        #[serde(skip_serializing_if = "Option::is_none")]
        media_type: Option<Name>,
        /// Its language.
        #[serde(skip_serializing_if = "Option::is_none")]
        language: Option<Language>,
        /// Where it is, or was, to be read.
        #[serde(skip_serializing_if = "Option::is_none")]
        address: Option<Name>,
        /// When it was published.
        #[serde(skip_serializing_if = "Option::is_none")]
        published: Option<Effective>,
        /// Why.
        reason: Note,
    },
    /// It was recorded by mistake: it counts nowhere, and stays visible.
    Annulled {
        /// Who says so.
        by: ActorId,
        /// Why.
        reason: Note,
    },
}

/// Why a document refuses: a rule said no, nothing broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the message says it")]
pub enum Refusal {
    #[error("the document has not been registered yet")]
    NotRegistered,
    #[error("the document has been registered already")]
    AlreadyRegistered,
    #[error("write the media type as in application/pdf or video/mp4")]
    NotAMediaType,
    #[error("this actor has attested the document already")]
    AlreadyAttested,
    #[error("consent to the use of the document has been withdrawn already")]
    ConsentWithdrawnAlready,
    #[error("at most {max} attestations")]
    TooMany { max: usize },
    #[error("nothing is corrected: give at least one value that differs from what is recorded")]
    NothingCorrected,
    #[error(
        "the digest and the size of a file are never replaced: register the other file as a document \
         of its own, and annul this one where it is a mistake"
    )]
    AnotherFile,
    #[error("the document was recorded by mistake: it takes nothing more")]
    Annulled,
}

impl Refused for Refusal {
    fn code(&self) -> String {
        format!("DOCUMENT_{}", <&str>::from(self))
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NotAMediaType => Some("mediaType"),
            Self::AlreadyAttested => Some("by"),
            Self::AnotherFile => Some("sha256"),
            Self::NotRegistered
            | Self::AlreadyRegistered
            | Self::ConsentWithdrawnAlready
            | Self::NothingCorrected
            | Self::Annulled
            | Self::TooMany { .. } => None,
        }
    }
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    registered: bool,
    annulled: bool,
    described: Described,
    attested_by: BTreeSet<ActorId>,
    consent_withdrawn: bool,
}

/// What it says of itself: kept to tell a correction from one that changes nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Described {
    title: Option<Title>,
    sha256: Option<Digest>,
    bytes: Option<Quantity>,
    media_type: Option<Name>,
    language: Option<Language>,
    address: Option<Name>,
    published: Option<Effective>,
}

impl Described {
    /// The same with what `given` says otherwise.
    fn with(mut self, given: Self) -> Self {
        put(&mut self.title, given.title);
        put(&mut self.sha256, given.sha256);
        put(&mut self.bytes, given.bytes);
        put(&mut self.media_type, given.media_type);
        put(&mut self.language, given.language);
        put(&mut self.address, given.address);
        put(&mut self.published, given.published);
        self
    }
}

impl Document {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::Register {
                title,
                sha256,
                bytes,
                media_type,
                language,
                address,
                published,
            } => {
                ensure(!self.registered, Refusal::AlreadyRegistered)?;
                must_be_typed(media_type.as_ref())?;
                one(Event::Registered {
                    title,
                    sha256,
                    bytes,
                    media_type,
                    language,
                    address,
                    published,
                })
            }
            Command::Attest { by, statement } => {
                self.must_exist()?;
                ensure(!self.attested_by.contains(&by), Refusal::AlreadyAttested)?;
                let fits = self.attested_by.len() < ATTESTATIONS_MAX;
                ensure(fits, Refusal::TooMany { max: ATTESTATIONS_MAX })?;
                one(Event::Attested { by, statement })
            }
            Command::WithdrawConsent { reason } => {
                self.must_exist()?;
                ensure(!self.consent_withdrawn, Refusal::ConsentWithdrawnAlready)?;
                one(Event::ConsentWithdrawn { reason })
            }
            Command::Correct {
                title,
                sha256,
                bytes,
                media_type,
                language,
                address,
                published,
                reason,
            } => {
                self.must_exist()?;
                must_be_typed(media_type.as_ref())?;
                let known = &self.described;
                let other_file = known.sha256.is_some()
                    && differs(sha256.as_ref(), known.sha256.as_ref())
                    || known.bytes.is_some() && differs(bytes.as_ref(), known.bytes.as_ref());
                ensure(!other_file, Refusal::AnotherFile)?;
                let event = Event::Corrected {
                    title,
                    sha256,
                    bytes,
                    media_type,
                    language,
                    address,
                    published,
                    reason,
                };
                let changes = self.clone().evolve(event.clone()) != *self;
                ensure(changes, Refusal::NothingCorrected)?;
                one(event)
            }
            Command::Annul { by, reason } => {
                self.must_exist()?;
                one(Event::Annulled { by, reason })
            }
        }
    }

    /// Recorded, and not by mistake.
    fn must_exist(&self) -> Result<(), Refusal> {
        ensure(self.registered, Refusal::NotRegistered)?;
        ensure(!self.annulled, Refusal::Annulled)
    }

    /// The document after `event`. A recorded fact is never refused.
    #[must_use]
    pub fn evolve(mut self, event: Event) -> Self {
        match event {
            Event::Registered {
                title,
                sha256,
                bytes,
                media_type,
                language,
                address,
                published,
            } => {
                let (title, published) = (Some(title), Some(published));
                self.described =
                    Described { title, sha256, bytes, media_type, language, address, published };
                self.registered = true;
            }
            Event::Corrected {
                title,
                sha256,
                bytes,
                media_type,
                language,
                address,
                published,
                ..
            } => {
                let given =
                    Described { title, sha256, bytes, media_type, language, address, published };
                self.described = self.described.with(given);
            }
            Event::Annulled { .. } => self.annulled = true,
            Event::Attested { by, .. } => {
                self.attested_by.insert(by);
            }
            Event::ConsentWithdrawn { .. } => self.consent_withdrawn = true,
        }
        self
    }
}

fn must_be_typed(media_type: Option<&Name>) -> Result<(), Refusal> {
    ensure(media_type.is_none_or(is_media_type), Refusal::NotAMediaType)
}

/// A type and a subtype in the characters that RFC 6838, §4.2, allows them.
fn is_media_type(name: &Name) -> bool {
    let allowed = |c: char| c.is_ascii_alphanumeric() || "!#$&-^_.+".contains(c);
    let part = |text: &str| {
        text.starts_with(|c: char| c.is_ascii_alphanumeric()) && text.chars().all(allowed)
    };
    name.as_str().split_once('/').is_some_and(|(kind, subtype)| part(kind) && part(subtype))
}

aggregate!(Document, DocumentId, "document");

#[cfg(test)]
mod tests;
