//! Why a meeting refuses.
use jiff::civil::Date;
use serde::Serialize;
use strum::{IntoStaticStr, VariantNames};

use crate::aggregate::Refused;
use crate::effective::Effective;
use crate::meeting::Stage;

/// Why a meeting refuses: a rule said no, nothing broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the message says it")]
pub enum Refusal {
    #[error("it has not been convened yet")]
    NotConvened,
    #[error("it has been convened already")]
    AlreadyConvened,
    #[error("it was annulled: nothing is recorded of it any more")]
    Annulled,
    #[error("the body is dissolved or annulled: it cannot be called together")]
    BodyDoesNotStand,
    #[error("the meeting is {stage}: this step is not possible any more, or not yet")]
    OutOfTurn { stage: Stage },
    #[error("an actor attends once")]
    AttendsTwice,
    #[error("the meeting has that decision already")]
    DuplicateDecision,
    #[error("the meeting has taken no such decision")]
    UnknownDecision,
    #[error("the meeting has assigned that action already")]
    DuplicateAction,
    #[error("the meeting has assigned no such action")]
    UnknownAction,
    #[error("the action is closed already")]
    ActionClosed,
    #[error("the action is due on {due} already")]
    NothingMoved { due: Date },
    #[error("{due} is before the meeting ({held}): nothing can be due then")]
    DueBeforeMeeting { due: Date, held: Effective },
    #[error("it cannot be on {on}, before the meeting ({held})")]
    BeforeMeeting { on: Effective, held: Effective },
    #[error("minutes cannot be approved on {on}, before they are written ({written})")]
    ApprovedBeforeWritten { on: Effective, written: Effective },
    #[error("the correction changes nothing")]
    NothingCorrected,
    #[error("at most {max} of them")]
    TooMany { max: usize },
}

impl Refused for Refusal {
    fn code(&self) -> String {
        format!("MEETING_{}", <&str>::from(self))
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::BodyDoesNotStand => Some("body"),
            Self::AttendsTwice => Some("attending"),
            Self::DuplicateDecision | Self::UnknownDecision => Some("decision"),
            Self::DuplicateAction | Self::UnknownAction | Self::ActionClosed => Some("action"),
            Self::NothingMoved { .. } | Self::DueBeforeMeeting { .. } => Some("due"),
            Self::BeforeMeeting { .. } | Self::ApprovedBeforeWritten { .. } => Some("on"),
            Self::NotConvened
            | Self::AlreadyConvened
            | Self::Annulled
            | Self::OutOfTurn { .. }
            | Self::NothingCorrected
            | Self::TooMany { .. } => None,
        }
    }
}
