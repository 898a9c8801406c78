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
//! every stage              what it is about; corrections; Annul ─▶ Annulled, which takes nothing
//!                          more
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
use crate::correction::Corrections;
use crate::effective::Effective;
use crate::ids::{
    ActorId, CitizenInitiativeId, DeliberationId, InterventionId, ParticipationId, ProgrammeId,
};
use crate::money::Money;
use crate::population::PopulationGroup;
use crate::territory::TerritoryId;
use crate::text::{Note, Title};

mod check;
mod command;
mod correct;
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

/// A thing that is noted of an intervention and has no id of its own.
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
pub enum Part {
    /// What it grew out of.
    Origin,
    /// A territorial plan that takes it in.
    Plan,
    /// Something that comes back.
    RecurringEvent,
}

/// A figure that two persons correct, and its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Figure {
    /// Its cost.
    Budget {
        /// How much; nothing where it is not declared.
        #[serde(skip_serializing_if = "Option::is_none")]
        to: Option<Money>,
    },
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
    Annulled,
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Intervention {
    stage: Stage,
    described: Described,
    budget: Option<Money>,
    participations: BTreeMap<ParticipationId, Participation>,
    phases: BTreeMap<u16, Phase>,
    adopted: Option<Effective>,
    completed: Option<Effective>,
    commissioned: Option<Effective>,
    /// Whether each thing of a sort still counts, in the order of recording.
    parts: BTreeMap<Part, Vec<bool>>,
    corrections: Corrections<Figure>,
}

/// What it says of itself: kept to tell a correction from one that changes nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Described {
    title: Option<Title>,
    summary: Option<Note>,
    territories: Option<Vec<TerritoryId>>,
    programme: Option<ProgrammeId>,
    groups: Option<Vec<PopulationGroup>>,
}

/// Who takes or took part, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Participation {
    actor: ActorId,
    role: Role,
    from: Effective,
    /// Nothing while it lasts.
    to: Option<Effective>,
    note: Option<Note>,
}

impl Participation {
    /// Whether it lasts, or is over but did for certain still last on `day`.
    fn covers(&self, day: Effective) -> bool {
        self.to.is_none_or(|to| self.from.is_certainly_before(day) && day.is_certainly_before(to))
    }
}

/// When a part of the work was done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Phase {
    title: Option<Title>,
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
    pub fn evolve(mut self, event: Event) -> Self {
        match event {
            Event::Proposed { title, summary, territories, programme, groups, budget } => {
                let (title, territories, groups) = (Some(title), Some(territories), Some(groups));
                self.described = Described { title, summary, territories, programme, groups };
                self.budget = budget;
                self.stage = Stage::Idea;
            }
            Event::Adopted { on, .. } => {
                self.adopted = Some(on);
                self.stage = Stage::Adopted;
            }
            Event::OriginLinked { .. } => self.note(Part::Origin),
            Event::IntegratedInPlan { .. } => self.note(Part::Plan),
            Event::RecurringEventRecorded { .. } => self.note(Part::RecurringEvent),
            Event::Classified { .. } => {}
            Event::ParticipantAdded { participation, actor, role, from, note } => {
                let added = Participation { actor, role, from, to: None, note };
                self.participations.insert(participation, added);
            }
            Event::ParticipationEnded { participation, to, .. } => {
                if let Some(ended) = self.participations.get_mut(&participation) {
                    ended.to = Some(to);
                }
            }
            Event::PhaseStarted { phase, title, on } => {
                self.phases.insert(phase, Phase { title, from: on, to: None });
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
            Event::Commissioned { on } => {
                self.commissioned = Some(on);
                self.stage = Stage::InService;
            }
            Event::Suspended { .. } => self.stage = Stage::Suspended,
            Event::Resumed { .. } => self.stage = Stage::Started,
            Event::Abandoned { .. } => self.stage = Stage::Abandoned,
            Event::Closed { .. } => self.stage = Stage::Closed,
            Event::Annulled { .. } => self.stage = Stage::Annulled,
            correction => self.take(correction),
        }
        self
    }

    fn note(&mut self, part: Part) {
        self.parts.entry(part).or_default().push(true);
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
    Correct => Corrected { title, summary, territories, programme, groups, reason }
    CorrectParticipation => ParticipationCorrected { participation, role, from, to, note, reason }
    AnnulParticipation => ParticipationAnnulled { participation, reason }
    CorrectPhase => PhaseCorrected { phase, title, started, completed, reason }
    CorrectDates => DatesCorrected { adopted, completed, commissioned, reason }
    AnnulPart => PartAnnulled { part, number, reason }
    ProposeCorrection => CorrectionProposed { by, person, correction, figure, reason }
    ConfirmCorrection => CorrectionConfirmed { by, person, correction }
    RejectCorrection => CorrectionRejected { by, person, correction, reason }
    Annul => Annulled { by, reason }
}

aggregate!(Intervention, InterventionId, "intervention");
