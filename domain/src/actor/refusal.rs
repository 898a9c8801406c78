//! Why an actor refuses.
use serde::Serialize;
use strum::{IntoStaticStr, VariantNames};

use super::Stage;
use crate::aggregate::Refused;
use crate::ids::ActorId;

/// Why an actor refuses: a rule said no, nothing broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the message says it")]
pub enum Refusal {
    #[error("the actor has not been registered yet")]
    NotRegistered,
    #[error("the actor has been registered already")]
    AlreadyRegistered,
    #[error("the actor is {stage}: this step is not possible any more, or not yet")]
    OutOfTurn { stage: Stage },
    #[error(
        "actor {by} has this name in some spelling: add an alias to it, or declare a homonym if \
         the two are not the same"
    )]
    NameTaken {
        by: ActorId,
        #[serde(skip)]
        field: &'static str,
    },
    #[error("the actor has exactly this name already")]
    DuplicateAlias,
    #[error("the same identifier is given twice")]
    DuplicateIdentifier,
    #[error("an actor cannot be merged into itself")]
    MergedIntoItself,
    #[error("the mandate is there already")]
    DuplicateMandate,
    #[error("a mandate must give at least one power")]
    NoPower,
    #[error("a mandate must not end before it begins")]
    MandateEndsBeforeItBegins,
    #[error("the actor has granted no such mandate")]
    UnknownMandate,
    #[error("the mandate has been revoked already")]
    MandateRevokedAlready,
    #[error("the key is there already")]
    DuplicateKey,
    #[error("write the public key of 32 bytes in Base64, 44 characters with the padding")]
    NotAPublicKey,
    #[error("the actor has enrolled no such key")]
    UnknownKey,
    #[error("the key has been revoked already")]
    KeyRevokedAlready,
    #[error("at most {max} of these")]
    TooMany { max: usize },
    #[error("nothing is corrected: give at least one value that differs from what is recorded")]
    NothingCorrected,
    #[error("the actor has no such alias")]
    UnknownAlias,
    #[error("the actor is registered under this name: correct it, rather than withdrawing it")]
    RegisteredName,
    #[error(
        "somebody may act for the actor: revoke its mandates first, or merge or dissolve it where it \
         took part in something"
    )]
    MandateStands,
}

impl Refused for Refusal {
    fn code(&self) -> String {
        format!("ACTOR_{}", <&str>::from(self))
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NotRegistered
            | Self::AlreadyRegistered
            | Self::OutOfTurn { .. }
            | Self::NothingCorrected
            | Self::MandateStands
            | Self::TooMany { .. } => None,
            Self::NameTaken { field, .. } => Some(field),
            Self::DuplicateAlias | Self::UnknownAlias | Self::RegisteredName => Some("alias"),
            Self::DuplicateIdentifier => Some("identifiers"),
            Self::MergedIntoItself => Some("into"),
            Self::DuplicateMandate | Self::UnknownMandate | Self::MandateRevokedAlready => {
                Some("mandate")
            }
            Self::NoPower => Some("powers"),
            Self::MandateEndsBeforeItBegins => Some("until"),
            Self::DuplicateKey | Self::UnknownKey | Self::KeyRevokedAlready => Some("key"),
            Self::NotAPublicKey => Some("publicKey"),
        }
    }
}
