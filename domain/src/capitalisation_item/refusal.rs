//! Why a capitalisation item refuses.
use serde::Serialize;
use strum::{IntoStaticStr, VariantNames};

use crate::aggregate::Refused;
use crate::capitalisation_item::Stage;

/// Why a capitalisation item refuses: a rule said no, nothing broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the message says it")]
pub enum Refusal {
    #[error("the item has not been drafted yet")]
    NotDrafted,
    #[error("the item has been drafted already")]
    AlreadyDrafted,
    #[error("the item is {stage}: this step is not possible any more, or not yet")]
    OutOfTurn { stage: Stage },
    #[error("name a document or an event of this ledger that shows it")]
    NothingLinked,
    #[error("this document or event is linked already")]
    AlreadyLinked,
    #[error("who reviews an item must not be who wrote it")]
    ReviewedByAuthor,
    #[error("link a document or an event that shows it before it is published")]
    NoEvidence,
    #[error("people are seen in it: give the reference of their consent")]
    NoConsent,
    #[error("an item cannot take its own place")]
    SupersededByItself,
    #[error("what takes its place must be published")]
    SuccessorNotPublished,
    #[error("the correction changes nothing")]
    NothingCorrected,
    #[error("at most {max} interventions, territories, sectors, groups or pieces of evidence")]
    TooMany { max: usize },
}

impl Refused for Refusal {
    fn code(&self) -> String {
        format!("CAPITALISATION_ITEM_{}", <&str>::from(self))
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NothingLinked | Self::AlreadyLinked => Some("document"),
            Self::NoConsent => Some("consent"),
            Self::SupersededByItself | Self::SuccessorNotPublished => Some("successor"),
            _ => None,
        }
    }
}
