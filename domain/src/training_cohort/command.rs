//! What is asked of a training cohort.
use jiff::civil::Date;
use serde::Serialize;

use crate::effective::{Effective, Period};
use crate::ids::{ActorId, IndicatorId, InterventionId, ProgrammeId};
use crate::measure::Quantity;
use crate::population::{Headcount, PopulationGroup, Profession};
use crate::territory::TerritoryId;
use crate::text::{Note, Title};

/// What is asked of a training cohort.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are those of the events")]
pub enum Command {
    Plan {
        by: ActorId,
        title: Title,
        programme: Option<ProgrammeId>,
        intervention: Option<InterventionId>,
        territory: TerritoryId,
        groups: Vec<PopulationGroup>,
        professions: Vec<Profession>,
        places: Option<Quantity>,
        period: Period,
        indicators: Vec<IndicatorId>,
    },
    RecordSession {
        title: Option<Title>,
        attended: Option<Quantity>,
        hours: Option<u16>,
        on: Effective,
        #[serde(skip)]
        today: Date,
    },
    RecordCompletion {
        by: ActorId,
        enrolled: Headcount,
        completed: Headcount,
        on: Effective,
        #[serde(skip)]
        today: Date,
    },
    Cancel {
        reason: Note,
    },
    CorrectCompletion {
        by: ActorId,
        enrolled: Headcount,
        completed: Headcount,
        reason: Note,
    },
    Correct {
        title: Option<Title>,
        territory: Option<TerritoryId>,
        groups: Option<Vec<PopulationGroup>>,
        professions: Option<Vec<Profession>>,
        places: Option<Quantity>,
        period: Option<Period>,
        reason: Note,
    },
    Annul {
        by: ActorId,
        reason: Note,
    },
}
