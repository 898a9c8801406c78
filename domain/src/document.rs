//! A document: a file kept outside the ledger and named by its digest.
//!
//! ```text
//! Unrecorded ─Register─▶ Registered ─Attest─▶ Attested
//!                                              │   ▲
//!                                              └───┘ Attest, by another actor
//! Registered, Attested ─Withdraw consent─▶ the same, without consent
//! ```
use std::collections::BTreeSet;
use std::future::Future;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantNames};

use crate::aggregate::{Refused, aggregate, ensure, one};
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
}

impl Refused for Refusal {
    fn code(&self) -> String {
        format!("DOCUMENT_{}", <&str>::from(self))
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NotAMediaType => Some("mediaType"),
            Self::AlreadyAttested => Some("by"),
            Self::NotRegistered
            | Self::AlreadyRegistered
            | Self::ConsentWithdrawnAlready
            | Self::TooMany { .. } => None,
        }
    }
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    registered: bool,
    attested_by: BTreeSet<ActorId>,
    consent_withdrawn: bool,
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
                let typed = media_type.as_ref().is_none_or(is_media_type);
                ensure(typed, Refusal::NotAMediaType)?;
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
                ensure(self.registered, Refusal::NotRegistered)?;
                ensure(!self.attested_by.contains(&by), Refusal::AlreadyAttested)?;
                let fits = self.attested_by.len() < ATTESTATIONS_MAX;
                ensure(fits, Refusal::TooMany { max: ATTESTATIONS_MAX })?;
                one(Event::Attested { by, statement })
            }
            Command::WithdrawConsent { reason } => {
                ensure(self.registered, Refusal::NotRegistered)?;
                ensure(!self.consent_withdrawn, Refusal::ConsentWithdrawnAlready)?;
                one(Event::ConsentWithdrawn { reason })
            }
        }
    }

    /// The document after `event`. A recorded fact is never refused.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "an event is consumed in every aggregate")]
    pub fn evolve(mut self, event: Event) -> Self {
        match event {
            Event::Registered { .. } => self.registered = true,
            Event::Attested { by, .. } => {
                self.attested_by.insert(by);
            }
            Event::ConsentWithdrawn { .. } => self.consent_withdrawn = true,
        }
        self
    }
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
mod tests {
    use cqrs_es::test::TestFramework;

    use super::*;

    const COMMUNE: ActorId = ActorId::from_u128(1);
    const REGION: ActorId = ActorId::from_u128(2);
    const DIGEST: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    fn title() -> Title {
        Title::fr("Convention de partenariat").expect("a title")
    }

    fn note() -> Note {
        Note::fr("Conforme à l'original").expect("a note")
    }

    fn register(media_type: Option<&str>) -> Command {
        Command::Register {
            title: title(),
            sha256: Digest::new(DIGEST).ok(),
            bytes: Quantity::new(12).ok(),
            media_type: media_type.and_then(|it| Name::new(it).ok()),
            language: Some(Language::Fr),
            address: None,
            published: Effective::Unknown,
        }
    }

    fn registered(media_type: Option<&str>) -> Event {
        Event::Registered {
            title: title(),
            sha256: Digest::new(DIGEST).ok(),
            bytes: Quantity::new(12).ok(),
            media_type: media_type.and_then(|it| Name::new(it).ok()),
            language: Some(Language::Fr),
            address: None,
            published: Effective::Unknown,
        }
    }

    fn attest(by: ActorId) -> Command {
        Command::Attest { by, statement: note() }
    }

    fn attested(by: ActorId) -> Event {
        Event::Attested { by, statement: note() }
    }

    fn withdraw() -> Command {
        Command::WithdrawConsent { reason: note() }
    }

    fn withdrawn() -> Event {
        Event::ConsentWithdrawn { reason: note() }
    }

    fn causes(given: &[Event], command: Command, event: Event) {
        TestFramework::<Document>::with(())
            .given(given.to_vec())
            .when(command)
            .then_expect_events(vec![event]);
    }

    fn refused(given: &[Event], command: Command, refusal: Refusal) {
        TestFramework::<Document>::with(())
            .given(given.to_vec())
            .when(command)
            .then_expect_error(refusal);
    }

    #[test]
    fn a_document_is_registered_once() {
        causes(&[], register(None), registered(None));
        refused(&[registered(None)], register(None), Refusal::AlreadyRegistered);
    }

    #[test]
    fn a_media_type_has_a_type_and_a_subtype() {
        for right in ["application/pdf", "video/mp4", "application/vnd.ms-excel", "image/svg+xml"] {
            causes(&[], register(Some(right)), registered(Some(right)));
        }
        for wrong in ["pdf", "/pdf", "application/", "application/p d f", "text/html; charset=x"] {
            refused(&[], register(Some(wrong)), Refusal::NotAMediaType);
        }
    }

    #[test]
    fn nothing_precedes_the_registration() {
        refused(&[], attest(COMMUNE), Refusal::NotRegistered);
        refused(&[], withdraw(), Refusal::NotRegistered);
    }

    #[test]
    fn each_actor_attests_once() {
        let given = [registered(None)];
        causes(&given, attest(COMMUNE), attested(COMMUNE));
        let given = [registered(None), attested(COMMUNE)];
        causes(&given, attest(REGION), attested(REGION));
        refused(&given, attest(COMMUNE), Refusal::AlreadyAttested);
    }

    #[test]
    fn attestations_are_limited() {
        let many = (0..ATTESTATIONS_MAX).map(|it| attested(ActorId::from_u128(100 + it as u128)));
        let given: Vec<_> = std::iter::once(registered(None)).chain(many).collect();
        refused(&given, attest(COMMUNE), Refusal::TooMany { max: ATTESTATIONS_MAX });
    }

    #[test]
    fn consent_is_withdrawn_once() {
        causes(&[registered(None)], withdraw(), withdrawn());
        let given = [registered(None), withdrawn()];
        refused(&given, withdraw(), Refusal::ConsentWithdrawnAlready);
    }

    #[test]
    fn a_document_without_consent_is_still_attested() {
        let given = [registered(None), withdrawn()];
        causes(&given, attest(COMMUNE), attested(COMMUNE));
    }

    #[test]
    fn a_digest_is_64_lower_case_hexadecimal_digits_when_made_and_when_read() {
        assert_eq!(Digest::new(DIGEST).expect("a digest").as_str(), DIGEST);
        let (upper, long) = (DIGEST.to_uppercase(), format!("{DIGEST}0"));
        for wrong in ["", "e3b0", &upper, &long, &DIGEST.replace('e', "g")] {
            assert_eq!(Digest::new(wrong), Err(NoDigest), "{wrong}");
            assert!(serde_json::from_value::<Digest>(wrong.into()).is_err(), "{wrong}");
        }
        let read: Digest = serde_json::from_value(DIGEST.into()).expect("a digest");
        assert_eq!(serde_json::to_value(read).expect("it serialises"), DIGEST);
    }

    #[test]
    fn a_refusal_has_a_stable_code_and_names_its_field() {
        assert_eq!(Refusal::NotAMediaType.code(), "DOCUMENT_NOT_A_MEDIA_TYPE");
        assert_eq!(Refusal::NotAMediaType.field(), Some("mediaType"));
        assert_eq!(Refusal::AlreadyAttested.field(), Some("by"));
        assert_eq!(Refusal::NotRegistered.field(), None);
    }
}
