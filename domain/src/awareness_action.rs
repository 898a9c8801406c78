//! An awareness action: whom it speaks to, and how many it reached. Counts only.
//!
//! ```text
//! Unrecorded ─Plan─▶ Planned ─Record session─▶ Running
//! Planned, Running   ─Record completion─▶ Completed
//!                    ─Cancel────────────▶ Cancelled
//! Running            more sessions; where a source tells none, a completion needs none
//! Completed          its count is corrected, by somebody else than who recorded it
//! every stage        Correct; Annul ─▶ Annulled
//! ```
use std::future::Future;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::aggregate::{aggregate, causes, one};
use crate::effective::{Effective, Period};
use crate::ids::{ActorId, AwarenessActionId};
use crate::population::{Headcount, PopulationGroup};
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
pub use refusal::Refusal;

/// The most groups that an action is for.
pub const GROUPS_MAX: usize = 50;
/// The most indicators that an action counts towards.
pub const INDICATORS_MAX: usize = 50;
/// The most sessions of an action.
pub const SESSIONS_MAX: usize = 1_000;

/// How people are reached.
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
pub enum Channel {
    /// A meeting or a workshop.
    Meeting,
    /// A caravan or a stand.
    Caravan,
    /// Radio, television or a film.
    Broadcast,
    /// The press.
    Press,
    /// Social networks and pages.
    Online,
    /// A festival, a tournament.
    Event,
    /// The source does not say.
    NotDeclared,
}

/// How far an action has come.
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
pub struct AwarenessAction {
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
    channel: Channel,
    territory: TerritoryId,
    groups: Vec<PopulationGroup>,
    period: Period,
}

/// How many it reached, and who recorded it first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Completion {
    by: ActorId,
    reached: Headcount,
    estimated: bool,
}

impl AwarenessAction {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        self.check(&command)?;
        one(command.into())
    }

    /// The action after `event`. A recorded fact is never refused.
    #[must_use]
    pub fn evolve(mut self, event: Event) -> Self {
        match event {
            Event::Planned { title, channel, territory, groups, period, .. } => {
                self.plan = Some(Plan { title, channel, territory, groups, period });
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
            Event::CompletionRecorded { by, reached, estimated, .. } => {
                self.completion = Some(Completion { by, reached, estimated });
                self.stage = Stage::Completed;
            }
            Event::CompletionCorrected { reached, estimated, .. } => {
                if let Some(completion) = &mut self.completion {
                    (completion.reached, completion.estimated) = (reached, estimated);
                }
            }
            Event::Cancelled { .. } => self.stage = Stage::Cancelled,
            Event::Corrected { title, channel, territory, groups, period, .. } => {
                if let Some(plan) = self.plan.take() {
                    self.plan = Some(Plan {
                        title: title.unwrap_or(plan.title),
                        channel: channel.unwrap_or(plan.channel),
                        territory: territory.unwrap_or(plan.territory),
                        groups: groups.unwrap_or(plan.groups),
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
    Plan => Planned { by, title, channel, programme, intervention, territory, groups, period, indicators }
    RecordSession => SessionRecorded { title, reached, on }
    RecordCompletion => CompletionRecorded { by, reached, estimated, on }
    Cancel => Cancelled { reason }
    CorrectCompletion => CompletionCorrected { by, reached, estimated, reason }
    Correct => Corrected { title, channel, territory, groups, period, reason }
    Annul => Annulled { by, reason }
}

aggregate!(AwarenessAction, AwarenessActionId, "awareness_action");
