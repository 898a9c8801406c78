//! What is asked of an intervention.
use serde::Serialize;

use crate::classification::{Goal, Sector};
use crate::effective::Effective;
use crate::ids::{ActorId, DeliberationId, ParticipationId, ProgrammeId, TerritorialPlanId};
use crate::intervention::{Origin, Recurrence, Role};
use crate::money::Money;
use crate::population::PopulationGroup;
use crate::territory::TerritoryId;
use crate::text::{Note, Title};

/// What is asked of an intervention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are those of the events")]
pub enum Command {
    Propose {
        title: Title,
        summary: Option<Note>,
        territories: Vec<TerritoryId>,
        programme: Option<ProgrammeId>,
        groups: Vec<PopulationGroup>,
        budget: Option<Money>,
    },
    LinkOrigin {
        origin: Origin,
        on: Effective,
    },
    Adopt {
        by: ActorId,
        deliberation: Option<DeliberationId>,
        on: Effective,
    },
    AddParticipant {
        participation: ParticipationId,
        actor: ActorId,
        role: Role,
        from: Effective,
        note: Option<Note>,
    },
    EndParticipation {
        participation: ParticipationId,
        to: Effective,
        reason: Option<Note>,
    },
    StartPhase {
        phase: u16,
        title: Option<Title>,
        on: Effective,
    },
    CompletePhase {
        phase: u16,
        on: Effective,
    },
    IntegrateInPlan {
        plan: Option<TerritorialPlanId>,
        title: Title,
        on: Effective,
    },
    Complete {
        on: Effective,
    },
    Commission {
        on: Effective,
    },
    RecordRecurringEvent {
        title: Title,
        recurrence: Recurrence,
        on: Effective,
    },
    Suspend {
        on: Effective,
        reason: Note,
    },
    Resume {
        on: Effective,
    },
    Abandon {
        on: Effective,
        reason: Note,
    },
    Close {
        on: Effective,
    },
    Classify {
        sectors: Vec<Sector>,
        goals: Vec<Goal>,
    },
}
