//! What is asked of an awareness action.
use jiff::civil::Date;
use serde::Serialize;

use crate::awareness_action::Channel;
use crate::effective::{Effective, Period};
use crate::ids::{ActorId, IndicatorId, InterventionId, ProgrammeId};
use crate::measure::Quantity;
use crate::population::{Headcount, PopulationGroup};
use crate::territory::TerritoryId;
use crate::text::{Note, Title};

/// What is asked of an awareness action.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are those of the events")]
pub enum Command {
    Plan {
        by: ActorId,
        title: Title,
        channel: Channel,
        programme: Option<ProgrammeId>,
        intervention: Option<InterventionId>,
        territory: TerritoryId,
        groups: Vec<PopulationGroup>,
        period: Period,
        indicators: Vec<IndicatorId>,
    },
    RecordSession {
        title: Option<Title>,
        reached: Option<Quantity>,
        on: Effective,
        #[serde(skip)]
        today: Date,
    },
    RecordCompletion {
        by: ActorId,
        reached: Headcount,
        estimated: bool,
        on: Effective,
        #[serde(skip)]
        today: Date,
    },
    Cancel {
        reason: Note,
    },
    CorrectCompletion {
        by: ActorId,
        reached: Headcount,
        estimated: bool,
        reason: Note,
    },
    Correct {
        title: Option<Title>,
        channel: Option<Channel>,
        territory: Option<TerritoryId>,
        groups: Option<Vec<PopulationGroup>>,
        period: Option<Period>,
        reason: Note,
    },
    Annul {
        by: ActorId,
        reason: Note,
    },
}
