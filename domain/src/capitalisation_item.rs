//! A capitalisation item: what was learnt, for others to use.
//!
//! ```text
//! Unrecorded ─Draft─▶ Draft ─Review─▶ Reviewed ─Publish─▶ Published ─Supersede─▶ Superseded
//!                       └──────────────────┴─Withdraw─▶ Withdrawn ◀─Withdraw─┘
//! Draft, Reviewed, Published   evidence
//! every stage                  Annul ─▶ Annulled
//! ```
use std::future::Future;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::aggregate::{aggregate, causes, ensure, one};
use crate::ids::CapitalisationItemId;

mod command;
mod event;
mod refusal;

pub use command::Command;
pub use event::Event;
pub use refusal::Refusal;

/// What sort of knowledge it is.
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
    /// Leçon apprise.
    Lesson,
    /// Bonne pratique.
    GoodPractice,
    /// Capsule: a short film.
    Capsule,
    /// Étude.
    Study,
    /// Atelier de capitalisation.
    Workshop,
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapitalisationItem {
    recorded: bool,
}

impl CapitalisationItem {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        let first = matches!(command, Command::Draft { .. });
        ensure(!(first && self.recorded), Refusal::AlreadyDrafted)?;
        one(command.into())
    }

    /// The state after `event`. A recorded fact is never refused.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "an event is consumed in every aggregate")]
    pub fn evolve(mut self, event: Event) -> Self {
        self.recorded |= matches!(event, Event::Drafted { .. });
        self
    }
}

causes! {
    Draft => Drafted { by, kind, title, summary, language, programme, interventions, territories, sectors, groups, address, people_seen }
    LinkEvidence => EvidenceLinked { document, event, note }
    Review => Reviewed { by, note }
    Publish => Published { by, consent, on }
    Supersede => Superseded { successor, reason }
    Withdraw => Withdrawn { reason }
    Correct => Corrected { title, summary, language, interventions, territories, sectors, groups, address, people_seen, reason }
    Annul => Annulled { by, reason }
}

aggregate!(CapitalisationItem, CapitalisationItemId, "capitalisation_item");
