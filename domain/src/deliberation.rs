//! A deliberation: a council's act on one matter.
//!
//! ```text
//! Unrecorded ─Table─▶ Tabled ─Adopt─▶ Adopted ───┐
//!                       ├────Reject─▶ Rejected ──┼─Annul─▶ Annulled
//!                       └──Postpone─▶ Postponed ─┘
//! Postponed ─Adopt, Reject, Postpone again─▶ as from Tabled
//! Tabled                     Annul too: it was recorded by mistake
//! every stage before Annulled   corrections
//! ```
//!
//! What rests on an act asks it: [`Deliberation::must_be_adopted`],
//! [`Deliberation::must_have_decided`].
use std::future::Future;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::aggregate::{aggregate, causes, ensure, one};
use crate::effective::Effective;
use crate::ids::DeliberationId;
use crate::measure::Quantity;
use crate::text::{Name, Title};

mod check;
mod command;
mod event;
mod refusal;
#[cfg(test)]
mod tests;

pub use command::Command;
pub use event::Event;
pub use refusal::Refusal;

/// How a council voted. Members who are present and neither vote nor abstain are not counted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Votes {
    /// How many members the council has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub members: Option<Quantity>,
    /// How many had to be present, where it is declared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quorum: Option<Quantity>,
    /// How many were present.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub present: Option<Quantity>,
    /// How many voted for it.
    pub in_favour: Quantity,
    /// How many voted against it.
    pub against: Quantity,
    /// How many abstained.
    pub abstained: Quantity,
}

/// How far a matter has come.
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
    Tabled,
    Postponed,
    Adopted,
    Rejected,
    Annulled,
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deliberation {
    stage: Stage,
    tabled: Option<Tabled>,
    decided: Option<Decided>,
}

/// What was taken up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Tabled {
    title: Title,
    session: Option<Name>,
    on: Effective,
}

/// What the council said last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Decided {
    number: Option<Name>,
    votes: Option<Votes>,
    on: Effective,
}

impl Deliberation {
    /// How far the matter has come.
    pub fn stage(&self) -> Stage {
        self.stage
    }

    /// Whether something may rest on the act: the council said yes, and that holds.
    pub fn must_be_adopted(&self) -> Result<(), Refusal> {
        let stage = self.stage;
        ensure(stage == Stage::Adopted, Refusal::NotAdopted { stage })
    }

    /// Whether the council has said something on the matter: yes, no, or later.
    pub fn must_have_decided(&self) -> Result<(), Refusal> {
        let stage = self.stage;
        let decided = matches!(stage, Stage::Adopted | Stage::Rejected | Stage::Postponed);
        ensure(decided, Refusal::NotDecided { stage })
    }

    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        self.check(&command)?;
        one(command.into())
    }

    /// The deliberation after `event`. A recorded fact is never refused.
    #[must_use]
    pub fn evolve(mut self, event: Event) -> Self {
        match event {
            Event::Tabled { title, session, on, .. } => {
                self.tabled = Some(Tabled { title, session, on });
                self.stage = Stage::Tabled;
            }
            Event::Adopted { number, votes, on, .. } => {
                self.decided = Some(Decided { number, votes, on });
                self.stage = Stage::Adopted;
            }
            Event::Rejected { number, votes, on, .. } => {
                self.decided = Some(Decided { number, votes, on });
                self.stage = Stage::Rejected;
            }
            Event::Postponed { on, .. } => {
                self.decided = Some(Decided { number: None, votes: None, on });
                self.stage = Stage::Postponed;
            }
            Event::Annulled { .. } => self.stage = Stage::Annulled,
            Event::Corrected { title, session, number, votes, on, .. } => {
                if let Some(tabled) = &mut self.tabled {
                    tabled.title = title.unwrap_or_else(|| tabled.title.clone());
                    tabled.session = session.or_else(|| tabled.session.take());
                }
                if let Some(decided) = &mut self.decided {
                    decided.number = number.or_else(|| decided.number.take());
                    decided.votes = votes.or_else(|| decided.votes.take());
                    decided.on = on.unwrap_or(decided.on);
                }
            }
        }
        self
    }
}

causes! {
    Table => Tabled { council, title, session, initiative, on }
    Adopt => Adopted { number, votes, document, on }
    Reject => Rejected { number, votes, document, reason, on }
    Postpone => Postponed { until, reason, on }
    Annul => Annulled { by, reason, on }
    Correct => Corrected { title, session, number, votes, on, reason }
}

aggregate!(Deliberation, DeliberationId, "deliberation");
