//! Why a training cohort refuses.
use serde::Serialize;
use strum::{IntoStaticStr, VariantNames};

use crate::aggregate::Refused;
use crate::effective::Effective;
use crate::population::Miscount;
use crate::training_cohort::Stage;

/// Which of a cohort's two counts a refusal is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, IntoStaticStr)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Counted {
    /// Those who began.
    Enrolled,
    /// Those who completed it.
    Completed,
}

/// Why a training cohort refuses: a rule said no, nothing broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the message says it")]
pub enum Refusal {
    #[error("the training has not been planned yet")]
    NotPlanned,
    #[error("the training has been planned already")]
    AlreadyPlanned,
    #[error("the training is {stage}: this step is not possible any more, or not yet")]
    OutOfTurn { stage: Stage },
    #[error("the completion was recorded already: somebody else than who did so may correct it")]
    AlreadyCompleted,
    #[error("it would end ({to}) before it begins ({from})")]
    EndsBeforeStart { from: Effective, to: Effective },
    #[error("it would be completed ({on}) before one of its sessions ({session})")]
    CompletedBeforeSession { on: Effective, session: Effective },
    #[error("{on} is in the future: record what has happened")]
    InTheFuture { on: Effective },
    #[error("a training has at least one place; leave the places out where they are not known")]
    NoPlaces,
    #[error("{parts} counted and {unknown} unknown do not add up to the total, {total}")]
    DoesNotAddUp { of: Counted, total: i64, parts: i64, unknown: i64 },
    #[error(
        "a count of {count} below province could point at persons: record the training for the \
         province, or count them as unknown"
    )]
    SmallCell { of: Counted, count: i64 },
    #[error("two counts speak of the same people: each is counted in one part")]
    OverlappingParts { of: Counted },
    #[error("{completed} cannot complete what {enrolled} began")]
    MoreCompletedThanEnrolled { completed: i64, enrolled: i64 },
    #[error("who corrects the counts must not be who recorded them")]
    CorrectedByRecorder,
    #[error("the correction changes nothing")]
    NothingCorrected,
    #[error("at most {max} of them")]
    TooMany { max: usize },
}

impl Refusal {
    /// What is wrong with the count of those `of` whom it is.
    pub(super) fn miscounted(of: Counted, why: Miscount) -> Self {
        match why {
            Miscount::DoesNotAddUp { total, parts, unknown } => {
                Self::DoesNotAddUp { of, total, parts, unknown }
            }
            Miscount::SmallCell { count } => Self::SmallCell { of, count },
            Miscount::OverlappingParts => Self::OverlappingParts { of },
            Miscount::TooManyParts { max } => Self::TooMany { max },
        }
    }
}

impl Refused for Refusal {
    fn code(&self) -> String {
        format!("TRAINING_COHORT_{}", <&str>::from(self))
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::DoesNotAddUp { of, .. }
            | Self::SmallCell { of, .. }
            | Self::OverlappingParts { of } => Some(of.into()),
            Self::EndsBeforeStart { .. } => Some("period"),
            Self::CompletedBeforeSession { .. } | Self::InTheFuture { .. } => Some("on"),
            Self::NoPlaces => Some("places"),
            Self::MoreCompletedThanEnrolled { .. } => Some("completed"),
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
