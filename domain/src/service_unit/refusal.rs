//! Why a service unit refuses.
use serde::Serialize;
use strum::{IntoStaticStr, VariantNames};

use crate::aggregate::Refused;

/// Why a service unit refuses: a rule said no, nothing broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the message says it")]
pub enum Refusal {
    #[error("it has been decided already")]
    AlreadyDecided,
}

impl Refused for Refusal {
    fn code(&self) -> String {
        format!("SERVICE_UNIT_{}", <&str>::from(self))
    }
}
