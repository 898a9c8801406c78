//! What is recorded of an intervention.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantNames};

use crate::classification::{Goal, Sector};
use crate::effective::Effective;
use crate::ids::{ActorId, DeliberationId, ParticipationId, ProgrammeId, TerritorialPlanId};
use crate::intervention::{Origin, Recurrence, Role};
use crate::money::Money;
use crate::population::PopulationGroup;
use crate::territory::TerritoryId;
use crate::text::{Note, Title};

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
pub enum Event {
    /// Somebody has the idea.
    Proposed {
        /// What it is called.
        title: Title,
        /// In a few words.
        #[serde(skip_serializing_if = "Option::is_none")]
        summary: Option<Note>,
        /// Where.
        territories: Vec<TerritoryId>,
        /// Within which programme.
        #[serde(skip_serializing_if = "Option::is_none")]
        programme: Option<ProgrammeId>,
        /// Whom it is for.
        groups: Vec<PopulationGroup>,
        /// Its cost; nothing where it is not declared.
        #[serde(skip_serializing_if = "Option::is_none")]
        budget: Option<Money>,
    },
    /// What it grew out of.
    OriginLinked {
        /// What it grew out of.
        origin: Origin,
        /// When.
        on: Effective,
    },
    /// A council or another body takes it on.
    Adopted {
        /// Who.
        by: ActorId,
        /// The council's act.
        #[serde(skip_serializing_if = "Option::is_none")]
        deliberation: Option<DeliberationId>,
        /// When.
        on: Effective,
    },
    /// An actor takes part.
    ParticipantAdded {
        /// Its id.
        participation: ParticipationId,
        /// Who takes part.
        actor: ActorId,
        /// In which way.
        role: Role,
        /// Since when.
        from: Effective,
        /// In words.
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<Note>,
    },
    /// An actor takes part no more.
    ParticipationEnded {
        /// Which participation.
        participation: ParticipationId,
        /// Until when.
        to: Effective,
        /// Why.
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<Note>,
    },
    /// Work on a phase begins; several phases may run.
    PhaseStarted {
        /// Its number, from 1.
        phase: u16,
        /// What it consists of.
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<Title>,
        /// When.
        on: Effective,
    },
    /// Work on a phase ends.
    PhaseCompleted {
        /// Its number, from 1.
        phase: u16,
        /// When.
        on: Effective,
    },
    /// A territorial plan takes it in.
    IntegratedInPlan {
        /// The plan, where the ledger knows it.
        #[serde(skip_serializing_if = "Option::is_none")]
        plan: Option<TerritorialPlanId>,
        /// What the plan is called.
        title: Title,
        /// When.
        on: Effective,
    },
    /// All work is done.
    Completed {
        /// When.
        on: Effective,
    },
    /// People can use it.
    Commissioned {
        /// When.
        on: Effective,
    },
    /// Something that comes back takes place there.
    RecurringEventRecorded {
        /// What it is called.
        title: Title,
        /// How often it comes back.
        recurrence: Recurrence,
        /// When.
        on: Effective,
    },
    /// Work stands still.
    Suspended {
        /// When.
        on: Effective,
        /// Why.
        reason: Note,
    },
    /// Work goes on.
    Resumed {
        /// When.
        on: Effective,
    },
    /// It will not be carried through.
    Abandoned {
        /// When.
        on: Effective,
        /// Why.
        reason: Note,
    },
    /// It ends.
    Closed {
        /// When.
        on: Effective,
    },
    /// What it is about; what was said before holds no more.
    Classified {
        /// Its sectors.
        sectors: Vec<Sector>,
        /// The goals that it serves.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        goals: Vec<Goal>,
    },
}
