//! Why a deliberation refuses.
use serde::Serialize;
use strum::{IntoStaticStr, VariantNames};

use crate::aggregate::Refused;
use crate::deliberation::Stage;
use crate::effective::Effective;

/// Why a deliberation refuses: a rule said no, nothing broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the message says it")]
pub enum Refusal {
    #[error("the deliberation has not been tabled yet")]
    NotTabled,
    #[error("the deliberation has been tabled already")]
    AlreadyTabled,
    #[error("the deliberation is {stage}: this step is not possible any more, or not yet")]
    OutOfTurn { stage: Stage },
    #[error("the deliberation is {stage}: only an adopted one bears this")]
    NotAdopted { stage: Stage },
    #[error("the deliberation is {stage}: the council has not said yes, no or later")]
    NotDecided { stage: Stage },
    #[error("it cannot be on {on}, before what came first ({previous})")]
    RunsBackwards { on: Effective, previous: Effective },
    #[error("a matter cannot be postponed until {until}, before {on}")]
    PostponedBackwards { until: Effective, on: Effective },
    #[error("{cast} votes and abstentions are more than the {voters} who could vote")]
    MoreVotesThanVoters { cast: i64, voters: i64 },
    #[error("{present} present are more than the council's {members} members")]
    MorePresentThanMembers { present: i64, members: i64 },
    #[error("a quorum of {quorum} is more than the council's {members} members")]
    QuorumOutOfReach { quorum: i64, members: i64 },
    #[error("{present} present are fewer than the quorum of {quorum}: the council cannot decide")]
    NoQuorum { present: i64, quorum: i64 },
    #[error("{in_favour} in favour and {against} against do not adopt")]
    NoMajority { in_favour: i64, against: i64 },
    #[error("{in_favour} in favour and {against} against do not reject")]
    MajorityInFavour { in_favour: i64, against: i64 },
    #[error("votes must stay below 9,007,199,254,740,992")]
    VotesOutOfRange,
    #[error("a correction changes something")]
    NothingCorrected,
}

impl Refused for Refusal {
    fn code(&self) -> String {
        format!("DELIBERATION_{}", <&str>::from(self))
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NotAdopted { .. } | Self::NotDecided { .. } => Some("deliberation"),
            Self::RunsBackwards { .. } => Some("on"),
            Self::PostponedBackwards { .. } => Some("until"),
            Self::MoreVotesThanVoters { .. }
            | Self::MorePresentThanMembers { .. }
            | Self::QuorumOutOfReach { .. }
            | Self::NoQuorum { .. }
            | Self::NoMajority { .. }
            | Self::MajorityInFavour { .. }
            | Self::VotesOutOfRange => Some("votes"),
            Self::NotTabled
            | Self::AlreadyTabled
            | Self::OutOfTurn { .. }
            | Self::NothingCorrected => None,
        }
    }
}
