//! What is asked of a mobility placement.
use jiff::civil::Date;
use serde::Serialize;

use crate::effective::Effective;
use crate::ids::{ActorId, IndicatorId, InterventionId, MobilityMapId, OpportunityId, ProgrammeId};
use crate::measure::Quantity;
use crate::mobility_map::{Pathway, Way};
use crate::population::{Headcount, PopulationGroup};
use crate::territory::TerritoryId;
use crate::text::{Country, Note, Title};

/// What is asked of a mobility placement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are those of the events")]
pub enum Command {
    Propose {
        by: ActorId,
        title: Title,
        pathway: Pathway,
        country: Country,
        map: Option<MobilityMapId>,
        opportunity: Option<OpportunityId>,
        programme: Option<ProgrammeId>,
        intervention: Option<InterventionId>,
        territory: TerritoryId,
        groups: Vec<PopulationGroup>,
        places: Quantity,
        indicators: Vec<IndicatorId>,
        // What the map says of the opportunity, or of itself.
        #[serde(skip)]
        way: Way,
    },
    RecordDeparture {
        by: ActorId,
        departed: Headcount,
        on: Effective,
        #[serde(skip)]
        today: Date,
    },
    RecordReturn {
        returned: Quantity,
        on: Effective,
        #[serde(skip)]
        today: Date,
    },
    End {
        on: Effective,
        reason: Note,
        #[serde(skip)]
        today: Date,
    },
    CorrectDeparture {
        by: ActorId,
        departed: Headcount,
        reason: Note,
    },
    Correct {
        title: Option<Title>,
        country: Option<Country>,
        territory: Option<TerritoryId>,
        groups: Option<Vec<PopulationGroup>>,
        places: Option<Quantity>,
        reason: Note,
    },
    Annul {
        by: ActorId,
        reason: Note,
    },
}
