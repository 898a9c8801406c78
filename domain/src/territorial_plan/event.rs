//! What is recorded of a territorial plan.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantNames};

use crate::effective::{Effective, Period};
use crate::ids::{
    ActorId, DeliberationId, DocumentId, InterventionId, ObjectiveId, PlanActionId, ProgrammeId,
};
use crate::recorded::Position;
use crate::territorial_plan::Kind;
use crate::territory::TerritoryId;
use crate::text::{Note, Title};

/// What is recorded of a territorial plan. Stored for ever: variants and fields are added, never renamed.
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
    /// An authority begins to plan.
    Started {
        /// Whose plan.
        by: ActorId,
        /// What sort of plan.
        kind: Kind,
        /// For which territory.
        territory: TerritoryId,
        /// What it is called.
        title: Title,
        /// From when to when it is to hold.
        period: Period,
        /// Which programme accompanies it.
        #[serde(skip_serializing_if = "Option::is_none")]
        programme: Option<ProgrammeId>,
        /// When.
        on: Effective,
    },
    /// What it wants to reach.
    ObjectiveDefined {
        /// Its id.
        objective: ObjectiveId,
        /// In short.
        title: Title,
    },
    /// It takes the dimension of migration in.
    MainstreamingRecorded {
        /// In which part of the plan, in short.
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<Title>,
        /// In words.
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<Note>,
        /// Which programme helped.
        #[serde(skip_serializing_if = "Option::is_none")]
        supported_by: Option<ProgrammeId>,
        /// When.
        on: Effective,
    },
    /// It plans to do something.
    ActionAdded {
        /// Its id.
        action: PlanActionId,
        /// For which objective.
        #[serde(skip_serializing_if = "Option::is_none")]
        objective: Option<ObjectiveId>,
        /// In short.
        title: Title,
        /// By when.
        #[serde(skip_serializing_if = "Option::is_none")]
        due: Option<Effective>,
    },
    /// An intervention carries it out.
    InterventionLinked {
        /// Which.
        intervention: InterventionId,
        /// For which objective.
        #[serde(skip_serializing_if = "Option::is_none")]
        objective: Option<ObjectiveId>,
        /// As which action.
        #[serde(skip_serializing_if = "Option::is_none")]
        action: Option<PlanActionId>,
    },
    /// Its text is written.
    Drafted {
        /// The text.
        #[serde(skip_serializing_if = "Option::is_none")]
        document: Option<DocumentId>,
        /// When.
        on: Effective,
    },
    /// The council adopts it.
    Adopted {
        /// By which act.
        deliberation: DeliberationId,
        /// When.
        on: Effective,
    },
    /// It holds from now on.
    EnteredIntoForce {
        /// When.
        on: Effective,
    },
    /// It is looked at again, and changed.
    Reviewed {
        /// What changed.
        note: Note,
        /// The new text.
        #[serde(skip_serializing_if = "Option::is_none")]
        document: Option<DocumentId>,
        /// When.
        on: Effective,
    },
    /// It holds no more.
    Expired {
        /// When.
        on: Effective,
        /// Why, where it ends early.
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<Note>,
    },
    /// It was written down wrongly; what is left out stays as it was.
    Corrected {
        /// What sort of plan.
        #[serde(skip_serializing_if = "Option::is_none")]
        kind: Option<Kind>,
        /// What it is called.
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<Title>,
        /// From when to when it is to hold.
        #[serde(skip_serializing_if = "Option::is_none")]
        period: Option<Period>,
        /// Why.
        reason: Note,
    },
    /// Migration was not taken in then: it was recorded by mistake.
    MainstreamingAnnulled {
        /// The event that said so.
        at: Position,
        /// Why.
        reason: Note,
    },
    /// It was recorded by mistake: it counts nowhere, and stays visible.
    Annulled {
        /// Who says so.
        by: ActorId,
        /// Why.
        reason: Note,
    },
}
