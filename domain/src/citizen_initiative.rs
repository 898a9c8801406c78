//! A citizens' initiative: a petition, from its signatures to the council's answer.
//!
//! ```text
//! Unrecorded ─Receive─▶ Received ─Endorse─▶ Endorsed ─Refer─▶ Referred ─Link deliberation─▶ Answered
//!                          └──────────Refer───────────▶┘
//! Received, Endorsed, Referred   more endorsements
//! Answered                       more deliberations: a council may postpone, and answer later
//! every stage before Annulled    corrections
//! every stage                    Annul ─▶ Annulled
//! ```
//!
//! How many signed is a count; who signed is never asked. A deliberation answers once the council
//! has said something on the matter: see `Deliberation::must_have_decided`.
use std::collections::BTreeSet;
use std::future::Future;

use serde::{Deserialize, Serialize};

use crate::aggregate::{aggregate, causes, one};
use crate::effective::Effective;
use crate::ids::{ActorId, CitizenInitiativeId, DeliberationId};
use crate::measure::Quantity;
use crate::population::PopulationGroup;
use crate::territory::TerritoryId;
use crate::text::{Note, Title};

mod check;
mod command;
mod event;
mod refusal;
#[cfg(test)]
mod tests;

pub use command::Command;
pub use event::Event;
pub use refusal::Refusal;

/// The most population groups that carry an initiative.
pub const GROUPS_MAX: usize = 50;
/// The most actors that endorse an initiative.
pub const ENDORSEMENTS_MAX: usize = 500;
/// The most deliberations that answer an initiative.
pub const DELIBERATIONS_MAX: usize = 50;

/// How far an initiative has come.
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
    strum::IntoStaticStr,
    strum::Display,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[expect(missing_docs, reason = "the diagram above says it")]
pub enum Stage {
    #[default]
    Unrecorded,
    Received,
    Endorsed,
    Referred,
    Answered,
    Annulled,
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CitizenInitiative {
    stage: Stage,
    said: Option<Said>,
    endorsers: BTreeSet<ActorId>,
    referred: Option<Effective>,
    deliberations: BTreeSet<DeliberationId>,
}

/// What the record says: a correction has to change some of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Said {
    title: Title,
    summary: Option<Note>,
    territory: TerritoryId,
    groups: Vec<PopulationGroup>,
    signatures: Option<Quantity>,
    on: Effective,
}

impl CitizenInitiative {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        self.check(&command)?;
        one(command.into())
    }

    /// The initiative after `event`. A recorded fact is never refused.
    #[must_use]
    pub fn evolve(mut self, event: Event) -> Self {
        match event {
            Event::Received { title, summary, territory, groups, signatures, on } => {
                self.said = Some(Said { title, summary, territory, groups, signatures, on });
                self.stage = Stage::Received;
            }
            Event::Endorsed { by, .. } => {
                self.endorsers.insert(by);
                if self.stage == Stage::Received {
                    self.stage = Stage::Endorsed;
                }
            }
            Event::Referred { on, .. } => {
                self.referred = Some(on);
                self.stage = Stage::Referred;
            }
            Event::DeliberationLinked { deliberation, .. } => {
                self.deliberations.insert(deliberation);
                self.stage = Stage::Answered;
            }
            Event::Corrected { .. } => {
                if let Some(said) = self.said.take() {
                    self.said = Some(said.corrected(event));
                }
            }
            Event::Annulled { .. } => self.stage = Stage::Annulled,
        }
        self
    }
}

impl Said {
    fn corrected(mut self, event: Event) -> Self {
        if let Event::Corrected { title, summary, territory, groups, signatures, on, .. } = event {
            self.title = title.unwrap_or(self.title);
            self.summary = summary.or(self.summary);
            self.territory = territory.unwrap_or(self.territory);
            self.groups = groups.unwrap_or(self.groups);
            self.signatures = signatures.or(self.signatures);
            self.on = on.unwrap_or(self.on);
        }
        self
    }
}

causes! {
    Receive => Received { title, summary, territory, groups, signatures, on }
    Endorse => Endorsed { by, note, on }
    Refer => Referred { to, on }
    LinkDeliberation => DeliberationLinked { deliberation, on }
    Correct => Corrected { title, summary, territory, groups, signatures, on, reason }
    Annul => Annulled { by, reason }
}

aggregate!(CitizenInitiative, CitizenInitiativeId, "citizen_initiative");
