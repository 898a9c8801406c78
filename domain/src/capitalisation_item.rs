//! A capitalisation item: what was learnt, for others to use.
//!
//! ```text
//! Unrecorded ─Draft─▶ Draft ─Review─▶ Reviewed ─Publish─▶ Published ─Supersede─▶ Superseded
//!                       └──────────────────┴─Withdraw─▶ Withdrawn ◀─Withdraw─┘
//! Draft, Reviewed, Published   evidence
//! every stage                  Annul ─▶ Annulled
//! ```
//!
//! Who reviews is another actor than who wrote it. Published is what something shows to be so: a
//! document, or an event of this ledger; and, where people can be recognised, what refers to their
//! consent. A document whose consent was withdrawn later is flagged by the read side.
use std::future::Future;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::aggregate::{aggregate, causes, one};
use crate::classification::Sector;
use crate::ids::{ActorId, CapitalisationItemId, DocumentId, InterventionId};
use crate::population::PopulationGroup;
use crate::recorded::Position;
use crate::territory::TerritoryId;
use crate::text::{Language, Name, Note, Title};

mod check;
mod command;
mod event;
mod refusal;
#[cfg(test)]
mod tests;

pub use command::Command;
pub use event::Event;
pub use refusal::Refusal;

/// The most interventions, territories, sectors or groups that an item names.
pub const NAMED_MAX: usize = 100;
/// The most documents and events that show what an item says.
pub const EVIDENCE_MAX: usize = 100;

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

/// How far an item has come.
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
    Draft,
    Reviewed,
    Published,
    Superseded,
    Withdrawn,
    Annulled,
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CapitalisationItem {
    stage: Stage,
    author: Option<ActorId>,
    evidence: Vec<(Option<DocumentId>, Option<Position>)>,
    has_consent: bool,
    told: Told,
}

/// What the item says: kept so that a correction that changes nothing is seen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Told {
    title: Option<Title>,
    summary: Option<Note>,
    language: Option<Language>,
    interventions: Vec<InterventionId>,
    territories: Vec<TerritoryId>,
    sectors: Vec<Sector>,
    groups: Vec<PopulationGroup>,
    address: Option<Name>,
    people_seen: bool,
}

impl CapitalisationItem {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        self.check(&command)?;
        one(command.into())
    }

    /// Whether everybody may use it: what takes another's place has to be.
    pub fn is_published(&self) -> bool {
        self.stage == Stage::Published
    }

    /// The state after `event`. A recorded fact is never refused.
    #[must_use]
    pub fn evolve(mut self, event: Event) -> Self {
        match event {
            Event::Drafted {
                by,
                title,
                summary,
                language,
                interventions,
                territories,
                sectors,
                groups,
                address,
                people_seen,
                ..
            } => {
                (self.stage, self.author) = (Stage::Draft, Some(by));
                let title = Some(title);
                self.told = Told {
                    title,
                    summary,
                    language,
                    interventions,
                    territories,
                    sectors,
                    groups,
                    address,
                    people_seen,
                };
            }
            Event::EvidenceLinked { document, event, .. } => self.evidence.push((document, event)),
            Event::Reviewed { .. } => self.stage = Stage::Reviewed,
            Event::Published { consent, .. } => {
                self.has_consent = consent.is_some();
                self.stage = Stage::Published;
            }
            Event::Superseded { .. } => self.stage = Stage::Superseded,
            Event::Withdrawn { .. } => self.stage = Stage::Withdrawn,
            Event::Annulled { .. } => self.stage = Stage::Annulled,
            corrected @ Event::Corrected { .. } => self.told.correct(corrected),
        }
        self
    }
}

impl Told {
    fn correct(&mut self, corrected: Event) {
        let Event::Corrected {
            title,
            summary,
            language,
            interventions,
            territories,
            sectors,
            groups,
            address,
            people_seen,
            ..
        } = corrected
        else {
            return;
        };
        self.title = title.or(self.title.take());
        self.summary = summary.or(self.summary.take());
        self.language = language.or(self.language);
        set(&mut self.interventions, interventions);
        set(&mut self.territories, territories);
        set(&mut self.sectors, sectors);
        set(&mut self.groups, groups);
        self.address = address.or(self.address.take());
        set(&mut self.people_seen, people_seen);
    }
}

/// What is left out stays as it was.
fn set<T>(place: &mut T, corrected: Option<T>) {
    if let Some(corrected) = corrected {
        *place = corrected;
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
