//! Why what is known of the sources on one subject refuses.
use serde::Serialize;
use strum::{IntoStaticStr, VariantNames};

use crate::aggregate::Refused;

/// Why what is known of the sources on one subject refuses: a rule said no, nothing broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the message says it")]
pub enum Refusal {
    #[error("it has been begun already")]
    AlreadyBegun,
}

impl Refused for Refusal {
    fn code(&self) -> String {
        format!("SOURCING_{}", <&str>::from(self))
    }
}
