//! Why a capitalisation item refuses.
use serde::Serialize;
use strum::{IntoStaticStr, VariantNames};

use crate::aggregate::Refused;

/// Why a capitalisation item refuses: a rule said no, nothing broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the message says it")]
pub enum Refusal {
    #[error("it has been drafted already")]
    AlreadyDrafted,
}

impl Refused for Refusal {
    fn code(&self) -> String {
        format!("CAPITALISATION_ITEM_{}", <&str>::from(self))
    }
}
