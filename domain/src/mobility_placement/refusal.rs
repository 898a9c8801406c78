//! Why a mobility placement refuses.
use serde::Serialize;
use strum::{IntoStaticStr, VariantNames};

use crate::aggregate::Refused;
use crate::effective::Effective;
use crate::mobility_map::Pathway;
use crate::mobility_placement::Stage;
use crate::population::Miscount;
use crate::text::Country;

/// Why a mobility placement refuses: a rule said no, nothing broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the message says it")]
pub enum Refusal {
    #[error("the placement has not been proposed yet")]
    NotProposed,
    #[error("the placement has been proposed already")]
    AlreadyProposed,
    #[error("the placement is {stage}: this step is not possible any more, or not yet")]
    OutOfTurn { stage: Stage },
    #[error("the departure was recorded already: somebody else than who did so may correct it")]
    AlreadyDeparted,
    #[error("there is no such map, or it was annulled")]
    UnknownMap,
    #[error("the map has no such opportunity")]
    UnknownOpportunity,
    #[error("an opportunity is one of a map: name the map too")]
    OpportunityWithoutMap,
    #[error("the map is of {}, not of {}", .mapped.as_str(), .proposed.as_str())]
    OtherCountry { proposed: Country, mapped: Country },
    #[error("the map names that way as {}, not {}", <&str>::from(.mapped), <&str>::from(.proposed))]
    OtherPathway { proposed: Pathway, mapped: Pathway },
    #[error("a placement has at least one place")]
    NoPlaces,
    #[error("a departure is of at least one person; end what nobody takes up")]
    NobodyDeparted,
    #[error("{departed} cannot leave on {places} places")]
    MoreDepartedThanPlaces { departed: i64, places: i64 },
    #[error("{returned} cannot come back of {departed} who left")]
    MoreReturnedThanDeparted { returned: i64, departed: i64 },
    #[error("{before} were back already: {returned} in all is not more")]
    FewerReturned { returned: i64, before: i64 },
    #[error("{on} is before the departure, {departed}")]
    BeforeDeparture { on: Effective, departed: Effective },
    #[error("{on} is in the future: record what has happened")]
    InTheFuture { on: Effective },
    #[error("{parts} counted and {unknown} unknown do not add up to the total, {total}")]
    DoesNotAddUp { total: i64, parts: i64, unknown: i64 },
    #[error(
        "a count of {count} below province could point at persons: record the placement for the \
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
        format!("MOBILITY_PLACEMENT_{}", <&str>::from(self))
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::UnknownMap | Self::OpportunityWithoutMap => Some("map"),
            Self::UnknownOpportunity => Some("opportunity"),
            Self::OtherCountry { .. } => Some("country"),
            Self::OtherPathway { .. } => Some("pathway"),
            Self::NoPlaces => Some("places"),
            Self::NobodyDeparted
            | Self::MoreDepartedThanPlaces { .. }
            | Self::DoesNotAddUp { .. }
            | Self::SmallCell { .. }
            | Self::OverlappingParts => Some("departed"),
            Self::MoreReturnedThanDeparted { .. } | Self::FewerReturned { .. } => Some("returned"),
            Self::BeforeDeparture { .. } | Self::InTheFuture { .. } => Some("on"),
            Self::CorrectedByRecorder => Some("by"),
            Self::NotProposed
            | Self::AlreadyProposed
            | Self::OutOfTurn { .. }
            | Self::AlreadyDeparted
            | Self::NothingCorrected
            | Self::TooMany { .. } => None,
        }
    }
}
