//! Why a territorial plan refuses.
use serde::Serialize;
use strum::{IntoStaticStr, VariantNames};

use crate::aggregate::Refused;
use crate::deliberation;
use crate::effective::Effective;
use crate::territorial_plan::{Kind, Stage};
use crate::territory::Level;

/// Why a territorial plan refuses: a rule said no, nothing broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the message says it")]
pub enum Refusal {
    #[error("the plan has not been started yet")]
    NotStarted,
    #[error("the plan has been started already")]
    AlreadyStarted,
    #[error("the plan is {stage}: this step is not possible any more, or not yet")]
    OutOfTurn { stage: Stage },
    #[error("a {} is not a plan of a {}", <&str>::from(kind), <&str>::from(level))]
    KindDoesNotFit { kind: Kind, level: Level },
    #[error("the period ends ({to}) before it begins ({from})")]
    PeriodReversed { from: Effective, to: Effective },
    #[error("it cannot be on {on}, before what came first ({previous})")]
    RunsBackwards { on: Effective, previous: Effective },
    #[error("the deliberation that adopts the plan is not in the ledger")]
    UnknownAct,
    #[error("a plan is adopted by an adopted deliberation, and this one is {stage}")]
    ActNotAdopted { stage: deliberation::Stage },
    #[error("the plan has that objective already")]
    DuplicateObjective,
    #[error("the plan has no such objective")]
    UnknownObjective,
    #[error("the plan has that action already")]
    DuplicateAction,
    #[error("the plan has no such action")]
    UnknownAction,
    #[error("that action serves another objective")]
    OtherObjective,
    #[error("the intervention is linked in that way already")]
    AlreadyLinked,
    #[error("the plan is not said to take migration in")]
    NoMainstreaming,
    #[error("that record of mainstreaming has been annulled already")]
    MainstreamingAnnulledAlready,
    #[error("a correction changes something")]
    NothingCorrected,
    #[error("at most {max} of them")]
    TooMany { max: usize },
}

impl Refused for Refusal {
    fn code(&self) -> String {
        format!("TERRITORIAL_PLAN_{}", <&str>::from(self))
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::KindDoesNotFit { .. } => Some("kind"),
            Self::PeriodReversed { .. } => Some("period"),
            Self::RunsBackwards { .. } => Some("on"),
            Self::UnknownAct | Self::ActNotAdopted { .. } => Some("deliberation"),
            Self::DuplicateObjective | Self::UnknownObjective => Some("objective"),
            Self::DuplicateAction | Self::UnknownAction | Self::OtherObjective => Some("action"),
            Self::AlreadyLinked => Some("intervention"),
            Self::NoMainstreaming | Self::MainstreamingAnnulledAlready => Some("at"),
            Self::NotStarted
            | Self::AlreadyStarted
            | Self::OutOfTurn { .. }
            | Self::NothingCorrected
            | Self::TooMany { .. } => None,
        }
    }
}
