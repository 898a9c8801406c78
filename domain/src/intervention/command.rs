//! What is asked of an intervention.
use serde::Serialize;

use crate::classification::{Goal, Sector};
use crate::effective::Effective;
use crate::ids::{
    ActorId, CorrectionId, DeliberationId, ParticipationId, ProgrammeId, TerritorialPlanId, UserId,
};
use crate::intervention::{Figure, Origin, Part, Recurrence, Role};
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
    Correct {
        title: Option<Title>,
        summary: Option<Note>,
        territories: Option<Vec<TerritoryId>>,
        programme: Option<ProgrammeId>,
        groups: Option<Vec<PopulationGroup>>,
        reason: Note,
    },
    CorrectParticipation {
        participation: ParticipationId,
        role: Option<Role>,
        from: Option<Effective>,
        to: Option<Effective>,
        note: Option<Note>,
        reason: Note,
    },
    AnnulParticipation {
        participation: ParticipationId,
        reason: Note,
    },
    CorrectPhase {
        phase: u16,
        title: Option<Title>,
        started: Option<Effective>,
        completed: Option<Effective>,
        reason: Note,
    },
    CorrectDates {
        adopted: Option<Effective>,
        completed: Option<Effective>,
        commissioned: Option<Effective>,
        reason: Note,
    },
    AnnulPart {
        part: Part,
        number: u16,
        reason: Note,
    },
    ProposeCorrection {
        by: ActorId,
        person: UserId,
        correction: CorrectionId,
        figure: Figure,
        reason: Note,
    },
    ConfirmCorrection {
        by: ActorId,
        person: UserId,
        correction: CorrectionId,
    },
    RejectCorrection {
        by: ActorId,
        person: UserId,
        correction: CorrectionId,
        reason: Note,
    },
    Annul {
        by: ActorId,
        reason: Note,
        // How many commitments and funding requests are for it: looked up, not in the event.
        #[serde(skip)]
        named_by: usize,
    },
}
