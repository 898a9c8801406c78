//! Why a coordination body refuses.
use serde::Serialize;
use strum::{IntoStaticStr, VariantNames};

use crate::aggregate::Refused;

/// Why a coordination body refuses: a rule said no, nothing broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the message says it")]
pub enum Refusal {
    #[error("it has been constituted already")]
    AlreadyConstituted,
}

impl Refused for Refusal {
    fn code(&self) -> String {
        format!("COORDINATION_BODY_{}", <&str>::from(self))
    }
}
