//! What is done on the ground: by whom, in which role, in which phase, where, and out of what.
use std::collections::BTreeSet;
use std::mem::offset_of;
use std::sync::Arc;

use domain::effective::Effective;
use domain::ids::{
    ActorId, DeliberationId, InterventionId, ParticipationId, ProgrammeId, TerritorialPlanId,
};
use domain::intervention::{Event, Figure, Origin, Recurrence, Role};
use domain::money::Money;
use domain::population::PopulationGroup;
use domain::recorded::Recorded;
use domain::territory::TerritoryId;
use domain::text::{Note, Title, folded};
use imbl::OrdMap;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::classified::Classification;
use crate::corrections::Proposed;
use crate::index::Index;
use crate::layout::fits_two_lines;
use crate::stamp::{Rectification, Stamp};
use crate::subjects::Subject;
use crate::walk::{Between, EVERY, between};

mod correct;
mod days;
mod fold;
mod selection;

pub use days::Days;
pub(crate) use fold::ground;
pub use selection::{Selected, Selection};

/// How far an intervention has come.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// Somebody proposed it.
    Idea,
    /// A body with the power to do so adopted it.
    Adopted,
    /// Its works have begun.
    Started,
    /// Its works stand still.
    Suspended,
    /// Its works are done.
    Completed,
    /// The public uses it.
    InService,
    /// It is over.
    Closed,
    /// It was given up.
    Abandoned,
}

/// One step of an intervention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// What it became.
    pub stage: Stage,
    /// When, and who said so.
    pub stamp: Stamp,
    /// Why, where a reason was given.
    pub reason: Option<Arc<Note>>,
}

/// One actor's role, from a date to a date. In this order, as [`Intervention`] is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[repr(C)]
pub struct Participation {
    /// Its id.
    pub id: ParticipationId,
    /// Who.
    pub actor: ActorId,
    /// In which way.
    pub role: Role,
    /// Since when.
    pub from: Effective,
    /// Until when; `None` where it goes on.
    pub to: Option<Effective>,
    /// That it was recorded by mistake: it counts nowhere.
    pub annulled: Option<Box<Rectification>>,
    /// In words.
    pub note: Option<Arc<Note>>,
    /// Why it ended.
    pub reason: Option<Arc<Note>>,
    /// When the ledger learned that it began.
    pub added: Stamp,
    /// When the ledger learned that it ended.
    pub ended: Option<Stamp>,
}

impl Participation {
    /// Whether it can hold on `day`: a date of less than a day's precision excludes none of its days,
    /// and one that was recorded by mistake holds on none.
    pub fn on(&self, day: Date) -> bool {
        self.annulled.is_none()
            && self.from.earliest().is_none_or(|first| first <= day)
            && self.to.and_then(Effective::latest).is_none_or(|last| day <= last)
    }
}

/// One phase of works.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Phase {
    /// Its number.
    pub number: u16,
    /// Its title.
    pub title: Option<Title>,
    /// When it started.
    pub started: Effective,
    /// When it was completed.
    pub completed: Option<Effective>,
    /// When the ledger learned of it.
    pub stamp: Stamp,
}

/// What an intervention grew out of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct OriginLink {
    /// What.
    pub origin: Arc<Origin>,
    /// When it was, and who said so.
    pub stamp: Stamp,
    /// That it was recorded by mistake: it counts nowhere.
    pub annulled: Option<Rectification>,
}

/// Who adopted an intervention, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Adoption {
    /// Who.
    pub by: ActorId,
    /// By which act of a council.
    pub deliberation: Option<DeliberationId>,
    /// When, and who said so.
    pub stamp: Stamp,
}

/// A territorial plan that an intervention is part of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PlanLink {
    /// The plan, where it is in the ledger.
    pub plan: Option<TerritorialPlanId>,
    /// What it is called.
    pub title: Title,
    /// Since when, and who said so.
    pub stamp: Stamp,
    /// That it was recorded by mistake: it counts nowhere.
    pub annulled: Option<Rectification>,
}

/// Something that comes back because of an intervention.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RecurringEvent {
    /// What.
    pub title: Title,
    /// How often.
    pub recurrence: Recurrence,
    /// Since when, and who said so.
    pub stamp: Stamp,
    /// That it was recorded by mistake: it counts nowhere.
    pub annulled: Option<Rectification>,
}

/// Something done on the ground. In this order: what lists show lies first, close together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[repr(C)]
pub struct Intervention {
    /// Its id.
    pub id: InterventionId,
    /// Its title.
    pub title: Title,
    /// Who takes or took part.
    pub participations: Vec<Participation>,
    /// That it was recorded by mistake: it counts nowhere.
    pub annulled: Option<Box<Rectification>>,
    /// How far it has come.
    pub stage: Stage,
    /// In some sentences.
    pub summary: Option<Arc<Note>>,
    /// Where.
    pub territories: Arc<[TerritoryId]>,
    /// Within which programme.
    pub programme: Option<ProgrammeId>,
    /// For whom.
    pub groups: Arc<[PopulationGroup]>,
    /// Its budget; `None` is not declared, not zero.
    pub budget: Option<Money>,
    /// Every step, the latest recorded last.
    pub steps: Vec<Step>,
    /// Its phases, in the order of recording.
    pub phases: Vec<Phase>,
    /// What it grew out of.
    pub origins: Vec<OriginLink>,
    /// Who adopted it.
    pub adoption: Option<Adoption>,
    /// The plans that it is part of.
    pub plans: Vec<PlanLink>,
    /// What comes back because of it.
    pub recurring: Vec<RecurringEvent>,
    /// What it is about, where somebody said it of itself.
    pub classification: Option<Arc<Classification>>,
    /// When the ledger learned of it.
    pub proposed: Stamp,
    /// What of it was corrected.
    pub corrections: Vec<Rectification>,
    waiting: Proposed<Figure>,
    /// Its titles, folded, for searching.
    #[serde(skip)]
    folded: Arc<str>,
}

const _: () = assert!(fits_two_lines(offset_of!(Intervention, stage) + size_of::<Stage>()));

impl Intervention {
    /// Whether a title contains `text`, which is [`folded`].
    pub fn matches(&self, text: &str) -> bool {
        self.folded.contains(text)
    }

    /// Whether any of it lies in `territory`.
    pub fn is_within(&self, territory: TerritoryId) -> bool {
        self.territories.iter().any(|it| it.is_within(territory))
    }

    /// Who takes part on `day`.
    pub fn participations_on(&self, day: Date) -> impl Iterator<Item = &Participation> {
        self.participations.iter().filter(move |it| it.on(day))
    }

    /// Who leads it on `day`: one at a time, but two where the dates are only known to the year.
    pub fn leads_on(&self, day: Date) -> impl Iterator<Item = ActorId> {
        self.participations_on(day).filter(|it| it.role == Role::Lead).map(|it| it.actor)
    }

    /// How far it had come on `day`. Steps follow one another: one without a date comes no earlier
    /// than those recorded before it.
    pub fn stage_on(&self, day: Date) -> Option<Stage> {
        let begun = |step: &&Step| !step.stamp.effective.is_certainly_after(day);
        self.steps.iter().take_while(begun).last().map(|step| step.stage)
    }
}

/// Every intervention.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[expect(clippy::struct_field_names, reason = "each is named after its key")]
pub struct Interventions {
    by_id: OrdMap<InterventionId, Arc<Intervention>>,
    by_territory: Index<TerritoryId, InterventionId>,
    by_actor: Index<ActorId, InterventionId>,
    by_programme: Index<ProgrammeId, InterventionId>,
    /// By the initiatives, deliberations and plans that they name.
    by_ground: Index<Subject, InterventionId>,
}

impl Interventions {
    /// The intervention.
    pub fn get(&self, id: InterventionId) -> Option<&Arc<Intervention>> {
        self.by_id.get(&id)
    }

    /// Every intervention by its id, but for those that were recorded by mistake.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Intervention>> {
        self.between(EVERY)
    }

    /// The same `between` two ids.
    pub fn between(&self, ids: Between) -> impl DoubleEndedIterator<Item = &Arc<Intervention>> {
        between(&self.by_id, ids).filter(|it| it.annulled.is_none())
    }

    /// How many there are, annulled ones included.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// Those that lie in `territory`, wholly or in part, each once.
    pub fn within(&self, territory: TerritoryId) -> BTreeSet<InterventionId> {
        let inner = self.by_territory.keys().filter(|it| it.is_within(territory));
        inner.flat_map(|it| self.by_territory.of(*it)).collect()
    }

    /// Those in which `actor` takes or took part, or which it adopted.
    pub fn of_actor(&self, actor: ActorId) -> impl Iterator<Item = &Arc<Intervention>> {
        self.by_actor.of(actor).filter_map(|id| self.by_id.get(&id))
    }

    /// Those of `programme` itself.
    pub fn of_programme(&self, programme: ProgrammeId) -> impl Iterator<Item = &Arc<Intervention>> {
        self.by_programme.of(programme).filter_map(|id| self.by_id.get(&id))
    }

    /// The ids of those that name `ground`, an initiative, a deliberation or a territorial plan, as
    /// what they grew out of, what adopted them, or what they are part of.
    pub fn ids_naming(&self, ground: impl Into<Subject>) -> impl Iterator<Item = InterventionId> {
        self.by_ground.of(ground.into())
    }

    /// Those that name `ground`: see [`Self::ids_naming`].
    pub fn naming(&self, ground: impl Into<Subject>) -> impl Iterator<Item = &Arc<Intervention>> {
        self.ids_naming(ground).filter_map(|id| self.by_id.get(&id))
    }

    pub(crate) fn apply(&mut self, id: InterventionId, event: &Event, recorded: &Recorded) {
        fold::apply(self, id, event, recorded);
    }
}

pub(crate) fn folded_titles(title: &Title) -> Arc<str> {
    let all: String = title.wordings().map(|(_, text)| folded(text) + "\n").collect();
    all.into()
}
