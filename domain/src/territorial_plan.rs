//! A territorial plan: of a commune, a province or the region; and how it takes migration in.
//!
//! ```text
//! Unrecorded ─Start─▶ Preparing ─Draft─▶ Drafted ─Adopt─▶ Adopted ─Enter into force─▶ InForce
//!                                                            ▲                           │  │
//!                                             InForce, Revised ◀─────────Review──────────┘  │
//!                                             Adopted, InForce, Revised ─Expire─▶ Expired ◀─┘
//! every stage before Expired   mainstreaming, objectives, actions, interventions
//! every stage before Annulled  corrections; a mainstreaming that was recorded by mistake is annulled
//! every stage                  Annul ─▶ Annulled
//! ```
//!
//! A plan is adopted by a council's act that is itself adopted. That it takes migration in is one
//! fact, recorded as often as it happens; which time was the first is for readers to derive.
use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::aggregate::{aggregate, causes, one};
use crate::effective::{Effective, Period};
use crate::ids::{InterventionId, ObjectiveId, PlanActionId, TerritorialPlanId};
use crate::recorded::Position;
use crate::territory::Level;
use crate::text::Title;

mod check;
mod command;
mod event;
mod refusal;
#[cfg(test)]
mod tests;

pub use command::Command;
pub use event::Event;
pub use refusal::Refusal;

/// The most objectives, actions, linked interventions, or records of mainstreaming of a plan, each.
pub const PARTS_MAX: usize = 500;

/// What sort of plan it is.
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
pub enum Kind {
    /// Plan d'action communal (PAC).
    CommunalActionPlan,
    /// Feuille de route communale sur la migration.
    MigrationRoadmap,
    /// Programme de développement of a province or prefecture (PDP).
    ProvincialPlan,
    /// Programme de développement régional (PDR).
    RegionalPlan,
    /// Another plan.
    Other,
}

impl Kind {
    /// The rank of the territories that have such a plan; nothing where any may have it.
    pub fn level(self) -> Option<Level> {
        match self {
            Self::CommunalActionPlan | Self::MigrationRoadmap => Some(Level::Commune),
            Self::ProvincialPlan => Some(Level::Province),
            Self::RegionalPlan => Some(Level::Region),
            Self::Other => None,
        }
    }
}

/// How far a plan has come.
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
    Preparing,
    Drafted,
    Adopted,
    InForce,
    Revised,
    Expired,
    Annulled,
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TerritorialPlan {
    stage: Stage,
    said: Option<Said>,
    objectives: BTreeSet<ObjectiveId>,
    /// Each action with the objective that it serves.
    actions: BTreeMap<PlanActionId, Option<ObjectiveId>>,
    links: BTreeSet<(InterventionId, Option<ObjectiveId>, Option<PlanActionId>)>,
    mainstreamings: usize,
    /// The events by which it is said to take migration in, and that hold no more.
    annulled: BTreeSet<Position>,
    /// When it came to where it stands.
    reached: Option<Effective>,
}

/// What the record says: a correction has to change some of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Said {
    kind: Kind,
    level: Level,
    title: Title,
    period: Period,
    started: Effective,
}

impl TerritorialPlan {
    /// Whether something may say that it is part of the plan.
    pub fn must_count(&self) -> Result<(), Refusal> {
        match self.stage {
            Stage::Unrecorded => Err(Refusal::NotStarted),
            stage @ Stage::Annulled => Err(Refusal::OutOfTurn { stage }),
            _ => Ok(()),
        }
    }

    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        self.check(&command)?;
        one(command.into())
    }

    /// The plan after `event`. A recorded fact is never refused.
    #[must_use]
    pub fn evolve(mut self, event: Event) -> Self {
        match event {
            Event::Started { kind, territory, title, period, on, .. } => {
                let level = territory.get().level;
                self.said = Some(Said { kind, level, title, period, started: on });
                self.reach(Stage::Preparing, on);
            }
            Event::ObjectiveDefined { objective, .. } => {
                self.objectives.insert(objective);
            }
            Event::MainstreamingRecorded { .. } => self.mainstreamings += 1,
            Event::ActionAdded { action, objective, .. } => {
                self.actions.insert(action, objective);
            }
            Event::InterventionLinked { intervention, objective, action } => {
                self.links.insert((intervention, objective, action));
            }
            Event::Drafted { on, .. } => self.reach(Stage::Drafted, on),
            Event::Adopted { on, .. } => self.reach(Stage::Adopted, on),
            Event::EnteredIntoForce { on } => self.reach(Stage::InForce, on),
            Event::Reviewed { on, .. } => self.reach(Stage::Revised, on),
            Event::Expired { on, .. } => self.reach(Stage::Expired, on),
            Event::Corrected { .. } => {
                if let Some(said) = self.said.take() {
                    self.said = Some(said.corrected(event));
                }
            }
            Event::MainstreamingAnnulled { at, .. } => {
                self.annulled.insert(at);
            }
            Event::Annulled { .. } => self.stage = Stage::Annulled,
        }
        self
    }

    fn reach(&mut self, stage: Stage, on: Effective) {
        self.stage = stage;
        self.reached = Some(on);
    }
}

impl Said {
    fn corrected(mut self, event: Event) -> Self {
        if let Event::Corrected { kind, title, period, .. } = event {
            self.kind = kind.unwrap_or(self.kind);
            self.title = title.unwrap_or(self.title);
            self.period = period.unwrap_or(self.period);
        }
        self
    }
}

causes! {
    Start => Started { by, kind, territory, title, period, programme, on }
    DefineObjective => ObjectiveDefined { objective, title }
    RecordMainstreaming => MainstreamingRecorded { title, note, supported_by, on }
    AddAction => ActionAdded { action, objective, title, due }
    LinkIntervention => InterventionLinked { intervention, objective, action }
    Draft => Drafted { document, on }
    Adopt => Adopted { deliberation, on }
    EnterIntoForce => EnteredIntoForce { on }
    Review => Reviewed { note, document, on }
    Expire => Expired { on, reason }
    Correct => Corrected { kind, title, period, reason }
    AnnulMainstreaming => MainstreamingAnnulled { at, reason }
    Annul => Annulled { by, reason }
}

aggregate!(TerritorialPlan, TerritorialPlanId, "territorial_plan");
