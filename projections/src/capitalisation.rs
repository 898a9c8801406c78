//! What was learnt, for others to use: a library that is searched by words.
use std::sync::Arc;

use domain::capitalisation_item::{Event, Kind};
use domain::classification::Sector;
use domain::ids::{ActorId, CapitalisationItemId, DocumentId, InterventionId, ProgrammeId};
use domain::population::PopulationGroup;
use domain::recorded::{Position, Recorded};
use domain::territory::TerritoryId;
use domain::text::{Language, Name, Note, Title};
use imbl::OrdMap;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::documents::Documents;
use crate::index::Index;
use crate::stamp::{Rectification, Stamp};
use crate::walk::walk;

mod fold;
mod search;
mod words;

use words::Words;

/// How far an item has come.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Somebody wrote it down.
    Draft,
    /// Somebody else has read it.
    Reviewed,
    /// Everybody may use it.
    Published,
    /// A newer one takes its place.
    Superseded,
    /// It is not to be used any more.
    Withdrawn,
}

/// One step of an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// What it became.
    pub stage: Stage,
    /// Who took it, where the event names somebody.
    pub by: Option<ActorId>,
    /// When, and who said so.
    pub stamp: Stamp,
    /// Why, or what was said of it.
    pub note: Option<Arc<Note>>,
}

/// What shows that it is so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// A document.
    pub document: Option<DocumentId>,
    /// An event of this ledger.
    pub event: Option<Position>,
    /// In words.
    pub note: Option<Arc<Note>>,
    /// When it was linked.
    pub stamp: Stamp,
}

/// What was learnt: a lesson, a good practice, a capsule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Item {
    /// Its id.
    pub id: CapitalisationItemId,
    /// What sort of knowledge it is.
    pub kind: Kind,
    /// Who wrote it down.
    pub by: ActorId,
    /// In short.
    pub title: Title,
    /// What was learnt.
    pub summary: Option<Arc<Note>>,
    /// In which language it is told.
    pub language: Option<Language>,
    /// Within which programme.
    pub programme: Option<ProgrammeId>,
    /// From which interventions.
    pub interventions: Arc<[InterventionId]>,
    /// Where.
    pub territories: Arc<[TerritoryId]>,
    /// On what.
    pub sectors: Arc<[Sector]>,
    /// For whom.
    pub groups: Arc<[PopulationGroup]>,
    /// Where it is to be read or seen.
    pub address: Option<Arc<Name>>,
    /// Whether people can be recognised in it.
    pub people_seen: bool,
    /// How far it has come.
    pub stage: Stage,
    /// Every step, the latest recorded last.
    pub steps: Vec<Step>,
    /// What shows that it is so, in the order of linking.
    pub evidence: Vec<Evidence>,
    /// The reference of the consent of those who are seen.
    pub consent: Option<Arc<Name>>,
    /// What takes its place.
    pub successor: Option<CapitalisationItemId>,
    /// What was written down wrongly, and corrected.
    pub corrections: Vec<Rectification>,
    /// Why it counts nowhere, where it was recorded by mistake.
    pub annulled: Option<Rectification>,
    /// When the ledger learned of it.
    pub drafted: Stamp,
}

impl Item {
    /// How far it had come on `day`. Steps follow one another: one without a date comes no earlier
    /// than those recorded before it.
    pub fn stage_on(&self, day: Date) -> Option<Stage> {
        let begun = |step: &&Step| !step.stamp.effective.is_certainly_after(day);
        self.steps.iter().take_while(begun).last().map(|step| step.stage)
    }

    /// The documents among its evidence.
    pub fn documents(&self) -> impl Iterator<Item = DocumentId> + '_ {
        self.evidence.iter().filter_map(|it| it.document)
    }

    /// Those of its documents that people seen or named in them agree to no more.
    pub fn without_consent<'a>(
        &'a self,
        documents: &'a Documents,
    ) -> impl Iterator<Item = DocumentId> + 'a {
        self.documents().filter(|id| {
            documents.get(*id).is_some_and(|document| document.consent_withdrawn.is_some())
        })
    }
}

/// Every item, and the words that it is found by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Capitalisation {
    by_id: OrdMap<CapitalisationItemId, Arc<Item>>,
    by_intervention: Index<InterventionId, CapitalisationItemId>,
    by_programme: Index<ProgrammeId, CapitalisationItemId>,
    by_territory: Index<TerritoryId, CapitalisationItemId>,
    by_author: Index<ActorId, CapitalisationItemId>,
    by_document: Index<DocumentId, CapitalisationItemId>,
    words: Words,
}

impl Capitalisation {
    /// The item, an annulled one too.
    pub fn get(&self, id: CapitalisationItemId) -> Option<&Arc<Item>> {
        self.by_id.get(&id)
    }

    /// Every item that was not annulled, by its id.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Item>> {
        walk(self.by_id.values()).filter(|it| it.annulled.is_none())
    }

    fn all(
        &self,
        ids: impl Iterator<Item = CapitalisationItemId>,
    ) -> impl Iterator<Item = &Arc<Item>> {
        ids.filter_map(|id| self.by_id.get(&id))
    }

    /// What was learnt from `intervention`.
    pub fn of_intervention(
        &self,
        intervention: InterventionId,
    ) -> impl Iterator<Item = &Arc<Item>> {
        self.all(self.by_intervention.of(intervention))
    }

    /// What was learnt within `programme` itself.
    pub fn of_programme(&self, programme: ProgrammeId) -> impl Iterator<Item = &Arc<Item>> {
        self.all(self.by_programme.of(programme))
    }

    /// What `actor` wrote down.
    pub fn of_author(&self, actor: ActorId) -> impl Iterator<Item = &Arc<Item>> {
        self.all(self.by_author.of(actor))
    }

    /// What `document` shows.
    pub fn of_document(&self, document: DocumentId) -> impl Iterator<Item = &Arc<Item>> {
        self.all(self.by_document.of(document))
    }

    pub(crate) fn apply(&mut self, id: CapitalisationItemId, event: &Event, recorded: &Recorded) {
        fold::apply(self, id, event, recorded);
    }
}
