//! An intervention: something done on the ground, by many, in phases.
//!
//! ```text
//! Unrecorded ─Propose─▶ Idea ─Adopt─▶ Adopted ─Start phase─▶ Started ─Complete─▶ Completed
//!                        │               │                   ▲     │               │    │
//!                        │               │              Resume   Suspend  Commission    │
//!                        │               │                   │     ▼               ▼    │
//!                        │               │                  Suspended      InService    │
//!                        │               │                   │                │         │
//!                        └──Abandon──────┴─▶ Abandoned ◀─────┘ (and Started)  └─Close───┴─▶ Closed
//!
//! Started                  more phases start, phases are completed
//! Completed, InService     recurring events
//! Idea … InService         participants, origins, plans; a participation can end later too
//! every stage              what it is about
//! ```
//!
//! Works need the adoption, not outside funding: in Belfaa the first phase came before the
//! programme's money. What never serves the public (a training, a study) closes once completed.
use std::collections::BTreeMap;
use std::future::Future;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::aggregate::{aggregate, causes, one};
use crate::effective::Effective;
use crate::ids::{ActorId, CitizenInitiativeId, DeliberationId, InterventionId, ParticipationId};
use crate::text::Note;

mod check;
mod command;
mod event;
mod refusal;
#[cfg(test)]
mod tests;

pub use command::Command;
pub use event::Event;
pub use refusal::Refusal;

/// The most territories that an intervention names.
pub const TERRITORIES_MAX: usize = 500;
/// The most population groups that an intervention names.
pub const GROUPS_MAX: usize = 50;
/// The most participations of an intervention, ended ones included.
pub const PARTICIPATIONS_MAX: usize = 500;
/// The highest number of a phase.
pub const PHASE_MAX: u16 = 100;

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
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Role {
    /// Pilote: coordinates all the others; one at a time.
    Lead,
    /// Porteur du projet.
    ProjectHolder,
    /// Financeur.
    Funder,
    /// Opérateur of a programme.
    Operator,
    /// Mise en œuvre.
    Implementer,
    /// Appui technique.
    TechnicalSupport,
    /// Animation.
    Facilitator,
    /// Partenaire, where the source says no more.
    Partner,
}

/// What an intervention grew out of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Origin {
    /// A petition.
    CitizenInitiative {
        /// The petition, where the ledger knows it.
        #[serde(skip_serializing_if = "Option::is_none")]
        initiative: Option<CitizenInitiativeId>,
        /// In words.
        note: Note,
    },
    /// A council's act.
    Deliberation {
        /// The act, where the ledger knows it.
        #[serde(skip_serializing_if = "Option::is_none")]
        deliberation: Option<DeliberationId>,
        /// In words.
        note: Note,
    },
    /// A study of what was needed.
    Diagnosis {
        /// In words.
        note: Note,
    },
    /// Something else.
    Other {
        /// In words.
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
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Recurrence {
    /// Each week.
    Weekly,
    /// Each month.
    Monthly,
    /// Each year.
    Yearly,
    /// Now and then.
    Irregular,
}

/// How far an intervention has come.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    IntoStaticStr,
    strum::Display,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[expect(missing_docs, reason = "the diagram above says it")]
pub enum Stage {
    #[default]
    Unrecorded,
    Idea,
    Adopted,
    Started,
    Suspended,
    Completed,
    InService,
    Closed,
    Abandoned,
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intervention {
    stage: Stage,
    participations: BTreeMap<ParticipationId, Participation>,
    phases: BTreeMap<u16, Phase>,
    completed: Option<Effective>,
}

/// Who takes or took part, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Participation {
    actor: ActorId,
    role: Role,
    from: Effective,
    /// Nothing while it lasts.
    to: Option<Effective>,
}

impl Participation {
    /// Whether it lasts, or is over but did for certain still last on `day`.
    fn covers(&self, day: Effective) -> bool {
        self.to.is_none_or(|to| self.from.is_certainly_before(day) && day.is_certainly_before(to))
    }
}

/// When a part of the work was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Phase {
    from: Effective,
    /// Nothing while it runs.
    to: Option<Effective>,
}

impl Intervention {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        self.check(&command)?;
        one(command.into())
    }

    /// The intervention after `event`. A recorded fact is never refused.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "an event is consumed in every aggregate")]
    pub fn evolve(mut self, event: Event) -> Self {
        match event {
            Event::Proposed { .. } => self.stage = Stage::Idea,
            Event::Adopted { .. } => self.stage = Stage::Adopted,
            Event::OriginLinked { .. }
            | Event::IntegratedInPlan { .. }
            | Event::RecurringEventRecorded { .. }
            | Event::Classified { .. } => {}
            Event::ParticipantAdded { participation, actor, role, from, .. } => {
                let added = Participation { actor, role, from, to: None };
                self.participations.insert(participation, added);
            }
            Event::ParticipationEnded { participation, to, .. } => {
                if let Some(ended) = self.participations.get_mut(&participation) {
                    ended.to = Some(to);
                }
            }
            Event::PhaseStarted { phase, on, .. } => {
                self.phases.insert(phase, Phase { from: on, to: None });
                self.stage = Stage::Started;
            }
            Event::PhaseCompleted { phase, on } => {
                if let Some(completed) = self.phases.get_mut(&phase) {
                    completed.to = Some(on);
                }
            }
            Event::Completed { on } => {
                self.completed = Some(on);
                self.stage = Stage::Completed;
            }
            Event::Commissioned { .. } => self.stage = Stage::InService,
            Event::Suspended { .. } => self.stage = Stage::Suspended,
            Event::Resumed { .. } => self.stage = Stage::Started,
            Event::Abandoned { .. } => self.stage = Stage::Abandoned,
            Event::Closed { .. } => self.stage = Stage::Closed,
        }
        self
    }
}

causes! {
    Propose => Proposed { title, summary, territories, programme, groups, budget }
    LinkOrigin => OriginLinked { origin, on }
    Adopt => Adopted { by, deliberation, on }
    AddParticipant => ParticipantAdded { participation, actor, role, from, note }
    EndParticipation => ParticipationEnded { participation, to, reason }
    StartPhase => PhaseStarted { phase, title, on }
    CompletePhase => PhaseCompleted { phase, on }
    IntegrateInPlan => IntegratedInPlan { plan, title, on }
    Complete => Completed { on }
    Commission => Commissioned { on }
    RecordRecurringEvent => RecurringEventRecorded { title, recurrence, on }
    Suspend => Suspended { on, reason }
    Resume => Resumed { on }
    Abandon => Abandoned { on, reason }
    Close => Closed { on }
    Classify => Classified { sectors, goals }
}

aggregate!(Intervention, InterventionId, "intervention");
