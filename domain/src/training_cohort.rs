//! A training cohort: how many began, and how many completed it. Counts only.
//!
//! ```text
//! Unrecorded ─Plan─▶ Planned ─Record session─▶ Running
//! Planned, Running   ─Record completion─▶ Completed
//!                    ─Cancel────────────▶ Cancelled
//! Running            more sessions
//! Completed          its counts are corrected, by somebody else than who recorded them
//! every stage        Correct; Annul ─▶ Annulled
//! ```
//!
//! Many sources tell how many completed a training and nothing of its sessions: a completion needs
//! none.
use std::future::Future;

use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

use crate::aggregate::{aggregate, causes, one};
use crate::effective::{Effective, Period};
use crate::ids::{ActorId, TrainingCohortId};
use crate::measure::Quantity;
use crate::population::{Headcount, PopulationGroup, Profession};
use crate::territory::TerritoryId;
use crate::text::Title;

mod check;
mod command;
mod event;
mod refusal;
#[cfg(test)]
mod tests;

pub use command::Command;
pub use event::Event;
pub use refusal::{Counted, Refusal};

/// The most groups that a cohort is for.
pub const GROUPS_MAX: usize = 50;
/// The most professions that a cohort is for.
pub const PROFESSIONS_MAX: usize = 50;
/// The most indicators that a cohort counts towards.
pub const INDICATORS_MAX: usize = 50;
/// The most sessions of a cohort.
pub const SESSIONS_MAX: usize = 1_000;

/// How far a training has come.
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
    Planned,
    Running,
    Completed,
    Cancelled,
    Annulled,
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrainingCohort {
    stage: Stage,
    plan: Option<Plan>,
    sessions: usize,
    /// The date of the session that begins last.
    last_session: Option<Effective>,
    completion: Option<Completion>,
}

/// What a correction can change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Plan {
    title: Title,
    territory: TerritoryId,
    groups: Vec<PopulationGroup>,
    professions: Vec<Profession>,
    places: Option<Quantity>,
    period: Period,
}

/// How many there were, and who recorded it first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Completion {
    by: ActorId,
    enrolled: Headcount,
    completed: Headcount,
}

impl TrainingCohort {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        self.check(&command)?;
        one(command.into())
    }

    /// The cohort after `event`. A recorded fact is never refused.
    #[must_use]
    pub fn evolve(mut self, event: Event) -> Self {
        match event {
            Event::Planned { title, territory, groups, professions, places, period, .. } => {
                let plan = Plan { title, territory, groups, professions, places, period };
                self.plan = Some(plan);
                self.stage = Stage::Planned;
            }
            Event::SessionRecorded { on, .. } => {
                self.sessions += 1;
                let later = |last: Effective| on.earliest() > last.earliest();
                if self.last_session.is_none_or(later) {
                    self.last_session = Some(on);
                }
                self.stage = Stage::Running;
            }
            Event::CompletionRecorded { by, enrolled, completed, .. } => {
                self.completion = Some(Completion { by, enrolled, completed });
                self.stage = Stage::Completed;
            }
            Event::CompletionCorrected { enrolled, completed, .. } => {
                if let Some(completion) = &mut self.completion {
                    (completion.enrolled, completion.completed) = (enrolled, completed);
                }
            }
            Event::Cancelled { .. } => self.stage = Stage::Cancelled,
            Event::Corrected { title, territory, groups, professions, places, period, .. } => {
                if let Some(plan) = self.plan.take() {
                    self.plan = Some(Plan {
                        title: title.unwrap_or(plan.title),
                        territory: territory.unwrap_or(plan.territory),
                        groups: groups.unwrap_or(plan.groups),
                        professions: professions.unwrap_or(plan.professions),
                        places: places.or(plan.places),
                        period: period.unwrap_or(plan.period),
                    });
                }
            }
            Event::Annulled { .. } => self.stage = Stage::Annulled,
        }
        self
    }
}

causes! {
    Plan => Planned { by, title, programme, intervention, territory, groups, professions, places, period, indicators }
    RecordSession => SessionRecorded { title, attended, hours, on }
    RecordCompletion => CompletionRecorded { by, enrolled, completed, on }
    Cancel => Cancelled { reason }
    CorrectCompletion => CompletionCorrected { by, enrolled, completed, reason }
    Correct => Corrected { title, territory, groups, professions, places, period, reason }
    Annul => Annulled { by, reason }
}

aggregate!(TrainingCohort, TrainingCohortId, "training_cohort");
