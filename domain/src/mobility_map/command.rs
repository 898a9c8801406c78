//! What is asked of a mobility map.
use jiff::civil::Date;
use serde::Serialize;

use crate::effective::Effective;
use crate::ids::{ActorId, DocumentId, IndicatorId, InterventionId, OpportunityId, ProgrammeId};
use crate::mobility_map::Pathway;
use crate::population::PopulationGroup;
use crate::text::{Country, Name, Note, Title};

/// What is asked of a mobility map.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are those of the events")]
pub enum Command {
    Draft {
        by: ActorId,
        title: Title,
        country: Country,
        programme: Option<ProgrammeId>,
        intervention: Option<InterventionId>,
        indicators: Vec<IndicatorId>,
    },
    AddOpportunity {
        opportunity: OpportunityId,
        title: Title,
        pathway: Pathway,
        conditions: Option<Note>,
        groups: Vec<PopulationGroup>,
        reference: Name,
        verified_on: Date,
        closes: Option<Date>,
        #[serde(skip)]
        today: Date,
    },
    VerifyOpportunity {
        opportunity: OpportunityId,
        reference: Option<Name>,
        on: Date,
        #[serde(skip)]
        today: Date,
    },
    ExpireOpportunity {
        opportunity: OpportunityId,
        reason: Option<Note>,
        on: Effective,
        #[serde(skip)]
        today: Date,
    },
    Validate {
        by: ActorId,
        on: Effective,
        #[serde(skip)]
        today: Date,
    },
    Publish {
        document: Option<DocumentId>,
        on: Effective,
        #[serde(skip)]
        today: Date,
    },
    Expire {
        on: Effective,
        reason: Option<Note>,
        #[serde(skip)]
        today: Date,
    },
    Correct {
        title: Option<Title>,
        country: Option<Country>,
        reason: Note,
    },
    Annul {
        by: ActorId,
        reason: Note,
    },
}
