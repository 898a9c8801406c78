//! Why a training cohort refuses.
use serde::Serialize;
use strum::{IntoStaticStr, VariantNames};

use crate::aggregate::Refused;

/// Why a training cohort refuses: a rule said no, nothing broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the message says it")]
pub enum Refusal {
    #[error("it has been planned already")]
    AlreadyPlanned,
}

impl Refused for Refusal {
    fn code(&self) -> String {
        format!("TRAINING_COHORT_{}", <&str>::from(self))
    }
}
