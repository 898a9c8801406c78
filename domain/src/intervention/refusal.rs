//! Why an intervention refuses.
use serde::Serialize;
use strum::{IntoStaticStr, VariantNames};

use crate::aggregate::Refused;
use crate::classification::Unfit;
use crate::correction;
use crate::effective::Effective;
use crate::ids::ActorId;
use crate::intervention::Stage;

/// Why an intervention refuses: a rule said no, nothing broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the message says it")]
pub enum Refusal {
    #[error("the intervention has not been proposed yet")]
    NotProposed,
    #[error("the intervention has been proposed already")]
    AlreadyProposed,
    #[error("the intervention is {stage}: this step is not possible any more, or not yet")]
    OutOfTurn { stage: Stage },
    #[error("a budget must be above zero; leave it out where it is not declared")]
    NothingBudgeted,
    #[error("the intervention is led by {lead} at that time: that participation must end first")]
    SecondLead { lead: ActorId },
    #[error("the actor takes part in that role already")]
    AlreadyTakesPart,
    #[error("the intervention has that participation already")]
    DuplicateParticipation,
    #[error("the intervention has no such participation")]
    UnknownParticipation,
    #[error("the participation ended already, on {to}")]
    ParticipationOver { to: Effective },
    #[error("it would end ({to}) before it begins ({from})")]
    EndsBeforeStart { from: Effective, to: Effective },
    #[error("phases are numbered from 1 to {max}")]
    PhaseNumber { max: u16 },
    #[error("phase {phase} was started already")]
    DuplicatePhase { phase: u16 },
    #[error("phase {phase} was not started")]
    UnknownPhase { phase: u16 },
    #[error("phase {phase} was completed already")]
    PhaseOver { phase: u16 },
    #[error("phase {phase} is still running: complete it first")]
    PhaseOpen { phase: u16 },
    #[error("it cannot be in service on {on}, before its completion ({completed})")]
    CommissionedBeforeCompletion { on: Effective, completed: Effective },
    #[error("name at least one sector: goals alone do not say what it is about")]
    NoSector,
    #[error("a sector or a goal is named twice")]
    ClassifiedTwice,
    #[error("at most {max} of them")]
    TooMany { max: usize },
    #[error("nothing is corrected: give at least one value that differs from what is recorded")]
    NothingCorrected,
    #[error("the participation lasts: end it, rather than correcting its end")]
    ParticipationLasts,
    #[error("that step was not recorded: there is no date to correct")]
    NoSuchStep,
    #[error("there is no such part, or it was annulled already")]
    UnknownPart,
    #[error("{named_by} commitments and funding requests are for it: correct or annul them first")]
    StillNamed { named_by: usize },
    #[error(transparent)]
    #[serde(untagged)]
    Correction(#[from] correction::Refusal),
}

impl From<Unfit> for Refusal {
    fn from(unfit: Unfit) -> Self {
        match unfit {
            Unfit::NoSector => Self::NoSector,
            Unfit::Duplicate => Self::ClassifiedTwice,
            Unfit::TooMany { max } => Self::TooMany { max },
        }
    }
}

impl Refused for Refusal {
    fn code(&self) -> String {
        match self {
            Self::Correction(refusal) => refusal.code(),
            own => format!("INTERVENTION_{}", <&str>::from(own)),
        }
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NothingBudgeted => Some("budget"),
            Self::SecondLead { .. } | Self::AlreadyTakesPart => Some("role"),
            Self::DuplicateParticipation
            | Self::UnknownParticipation
            | Self::ParticipationOver { .. } => Some("participation"),
            Self::ParticipationLasts => Some("to"),
            Self::UnknownPart => Some("number"),
            Self::Correction(refusal) => refusal.field(),
            Self::PhaseNumber { .. }
            | Self::DuplicatePhase { .. }
            | Self::UnknownPhase { .. }
            | Self::PhaseOver { .. } => Some("phase"),
            Self::CommissionedBeforeCompletion { .. } => Some("on"),
            Self::NoSector => Some("sectors"),
            Self::NotProposed
            | Self::AlreadyProposed
            | Self::OutOfTurn { .. }
            | Self::EndsBeforeStart { .. }
            | Self::PhaseOpen { .. }
            | Self::ClassifiedTwice
            | Self::NothingCorrected
            | Self::NoSuchStep
            | Self::StillNamed { .. }
            | Self::TooMany { .. } => None,
        }
    }
}
