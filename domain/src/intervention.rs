//! An intervention: something done on the ground, by many, in phases.
//!
//! ```text
//! Unrecorded ─Propose─▶ Idea ─Adopt─▶ Adopted ─Start phase─▶ Started ⇄ Suspended; Started ─Complete─▶ Completed ─Commission─▶ InService ─Close─▶ Closed; any before Completed ─Abandon─▶ Abandoned
//! ```
use std::future::Future;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantNames};

use crate::aggregate::{Refused, aggregate};
use crate::effective::Effective;
use crate::ids::{
    ActorId, CitizenInitiativeId, DeliberationId, InterventionId, ParticipationId, ProgrammeId,
    TerritorialPlanId,
};
use crate::money::Money;
use crate::population::PopulationGroup;
use crate::territory::TerritoryId;
use crate::text::{Note, Title};
/// In which way an actor takes part.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    strum::EnumString,
    IntoStaticStr,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[allow(missing_docs)]
pub enum Role {
    Lead,
    ProjectHolder,
    Funder,
    Operator,
    Implementer,
    TechnicalSupport,
    Facilitator,
    Partner,
}
/// What an intervention grew out of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Origin {
    CitizenInitiative {
        #[serde(skip_serializing_if = "Option::is_none")]
        initiative: Option<CitizenInitiativeId>,
        note: Note,
    },
    Deliberation {
        #[serde(skip_serializing_if = "Option::is_none")]
        deliberation: Option<DeliberationId>,
        note: Note,
    },
    Diagnosis {
        note: Note,
    },
    Other {
        note: Note,
    },
}
/// How often something comes back.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    strum::EnumString,
    IntoStaticStr,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[allow(missing_docs)]
pub enum Recurrence {
    Weekly,
    Monthly,
    Yearly,
    Irregular,
}

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
}

/// What is recorded of an intervention. Stored for ever: variants and fields are added, never renamed.
#[derive(
    Clone,
    Debug,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    JsonSchema,
    IntoStaticStr,
    VariantNames,
    EnumCount,
)]
#[serde(tag = "type", content = "data", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[allow(missing_docs)]
pub enum Event {
    Proposed {
        title: Title,
        #[serde(skip_serializing_if = "Option::is_none")]
        summary: Option<Note>,
        territories: Vec<TerritoryId>,
        #[serde(skip_serializing_if = "Option::is_none")]
        programme: Option<ProgrammeId>,
        groups: Vec<PopulationGroup>,
        #[serde(skip_serializing_if = "Option::is_none")]
        budget: Option<Money>,
    },
    OriginLinked {
        origin: Origin,
        on: Effective,
    },
    Adopted {
        by: ActorId,
        #[serde(skip_serializing_if = "Option::is_none")]
        deliberation: Option<DeliberationId>,
        on: Effective,
    },
    ParticipantAdded {
        participation: ParticipationId,
        actor: ActorId,
        role: Role,
        from: Effective,
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<Note>,
    },
    ParticipationEnded {
        participation: ParticipationId,
        to: Effective,
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<Note>,
    },
    PhaseStarted {
        phase: u16,
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<Title>,
        on: Effective,
    },
    PhaseCompleted {
        phase: u16,
        on: Effective,
    },
    IntegratedInPlan {
        #[serde(skip_serializing_if = "Option::is_none")]
        plan: Option<TerritorialPlanId>,
        title: Title,
        on: Effective,
    },
    Completed {
        on: Effective,
    },
    Commissioned {
        on: Effective,
    },
    RecurringEventRecorded {
        title: Title,
        recurrence: Recurrence,
        on: Effective,
    },
    Suspended {
        on: Effective,
        reason: Note,
    },
    Resumed {
        on: Effective,
    },
    Abandoned {
        on: Effective,
        reason: Note,
    },
    Closed {
        on: Effective,
    },
}

/// Why an intervention refuses: a rule said no, nothing broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the message says it")]
pub enum Refusal {
    #[error("an intervention at this stage does not allow that step")]
    OutOfTurn,
}

impl Refused for Refusal {
    fn code(&self) -> String {
        format!("INTERVENTION_{}", <&str>::from(self))
    }
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intervention {}

impl Intervention {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        todo!("{command:?}")
    }

    /// The Intervention after `event`. A recorded fact is never refused.
    #[must_use]
    pub fn evolve(self, event: Event) -> Self {
        todo!("{event:?}")
    }
}

aggregate!(Intervention, InterventionId, "intervention");
