//! Why an awareness action refuses.
use serde::Serialize;
use strum::{IntoStaticStr, VariantNames};

use crate::aggregate::Refused;
use crate::awareness_action::Stage;
use crate::effective::Effective;
use crate::population::Miscount;

/// Why an awareness action refuses: a rule said no, nothing broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the message says it")]
pub enum Refusal {
    #[error("the action has not been planned yet")]
    NotPlanned,
    #[error("the action has been planned already")]
    AlreadyPlanned,
    #[error("the action is {stage}: this step is not possible any more, or not yet")]
    OutOfTurn { stage: Stage },
    #[error("the completion was recorded already: somebody else than who did so may correct it")]
    AlreadyCompleted,
    #[error("it would end ({to}) before it begins ({from})")]
    EndsBeforeStart { from: Effective, to: Effective },
    #[error("it would be completed ({on}) before one of its sessions ({session})")]
    CompletedBeforeSession { on: Effective, session: Effective },
    #[error("{on} is in the future: record what has happened")]
    InTheFuture { on: Effective },
    #[error("{parts} counted and {unknown} unknown do not add up to the total, {total}")]
    DoesNotAddUp { total: i64, parts: i64, unknown: i64 },
    #[error(
        "a count of {count} below province could point at persons: record the action for the \
         province, or count them as unknown"
    )]
    SmallCell { count: i64 },
    #[error("two counts speak of the same people: each is counted in one part")]
    OverlappingParts,
    #[error("who corrects the count must not be who recorded it")]
    CorrectedByRecorder,
    #[error("the correction changes nothing")]
    NothingCorrected,
    #[error("at most {max} of them")]
    TooMany { max: usize },
}

impl From<Miscount> for Refusal {
    fn from(why: Miscount) -> Self {
        match why {
            Miscount::DoesNotAddUp { total, parts, unknown } => {
                Self::DoesNotAddUp { total, parts, unknown }
            }
            Miscount::SmallCell { count } => Self::SmallCell { count },
            Miscount::OverlappingParts => Self::OverlappingParts,
            Miscount::TooManyParts { max } => Self::TooMany { max },
        }
    }
}

impl Refused for Refusal {
    fn code(&self) -> String {
        format!("AWARENESS_ACTION_{}", <&str>::from(self))
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::DoesNotAddUp { .. } | Self::SmallCell { .. } | Self::OverlappingParts => {
                Some("reached")
            }
            Self::EndsBeforeStart { .. } => Some("period"),
            Self::CompletedBeforeSession { .. } | Self::InTheFuture { .. } => Some("on"),
            Self::CorrectedByRecorder => Some("by"),
            Self::NotPlanned
            | Self::AlreadyPlanned
            | Self::OutOfTurn { .. }
            | Self::AlreadyCompleted
            | Self::NothingCorrected
            | Self::TooMany { .. } => None,
        }
    }
}
