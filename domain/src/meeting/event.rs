//! What is recorded of a meeting.
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantNames};

use crate::effective::Effective;
use crate::ids::{
    ActionPointId, ActorId, BodyDecisionId, CoordinationBodyId, DocumentId, InterventionId,
    ProgrammeId,
};
use crate::text::{Note, Title};

/// What is recorded of a meeting. Stored for ever: variants and fields are added, never renamed.
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
    /// A body is called together.
    Convened {
        /// Which.
        body: CoordinationBodyId,
        /// What for.
        title: Title,
        /// In words.
        #[serde(skip_serializing_if = "Option::is_none")]
        agenda: Option<Note>,
        /// For when.
        on: Effective,
    },
    /// It meets.
    Held {
        /// Who is there: bodies, never persons.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        attending: Vec<ActorId>,
        /// When.
        on: Effective,
    },
    /// It does not meet.
    Cancelled {
        /// Why.
        reason: Note,
    },
    /// It decides.
    DecisionRecorded {
        /// Its id.
        decision: BodyDecisionId,
        /// In short.
        title: Title,
        /// In words.
        #[serde(skip_serializing_if = "Option::is_none")]
        note: Option<Note>,
        /// On which programme.
        #[serde(skip_serializing_if = "Option::is_none")]
        programme: Option<ProgrammeId>,
        /// On which intervention.
        #[serde(skip_serializing_if = "Option::is_none")]
        intervention: Option<InterventionId>,
    },
    /// Somebody is to do something.
    ActionAssigned {
        /// Its id.
        action: ActionPointId,
        /// Because of which decision.
        #[serde(skip_serializing_if = "Option::is_none")]
        decision: Option<BodyDecisionId>,
        /// Who.
        owner: ActorId,
        /// What.
        title: Title,
        /// By when.
        due: Date,
    },
    /// It may be done later; the first day stays known.
    ActionRescheduled {
        /// Which.
        action: ActionPointId,
        /// By when.
        due: Date,
        /// Why.
        reason: Note,
    },
    /// It is done, or will not be.
    ActionClosed {
        /// Which.
        action: ActionPointId,
        /// Whether it was done.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        done: bool,
        /// What came of it.
        #[serde(skip_serializing_if = "Option::is_none")]
        outcome: Option<Note>,
        /// When.
        on: Effective,
    },
    /// What was said is written down.
    MinutesRecorded {
        /// The minutes.
        #[serde(skip_serializing_if = "Option::is_none")]
        document: Option<DocumentId>,
        /// When.
        on: Effective,
    },
    /// The body approves what was written.
    MinutesApproved {
        /// When.
        on: Effective,
    },
    /// It was written down wrongly; what is left out stays as it was.
    Corrected {
        /// What for.
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<Title>,
        /// Who was there.
        #[serde(skip_serializing_if = "Option::is_none")]
        attending: Option<Vec<ActorId>>,
        /// When it met.
        #[serde(skip_serializing_if = "Option::is_none")]
        on: Option<Effective>,
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
