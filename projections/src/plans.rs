//! Territorial plans, and how they take migration in.
use std::collections::BTreeSet;
use std::sync::Arc;

use domain::effective::{Effective, Period};
use domain::ids::{
    ActorId, DeliberationId, DocumentId, InterventionId, ObjectiveId, PlanActionId, ProgrammeId,
    TerritorialPlanId,
};
use domain::recorded::{Recorded, Source};
use domain::territorial_plan::{Event, Kind};
use domain::territory::TerritoryId;
use domain::text::{Note, Title, folded};
use imbl::OrdMap;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::index::Index;
use crate::interventions::{self, Interventions};
use crate::stamp::{Rectification, Stamp};
use crate::walk::{Between, EVERY, between};

mod fold;
mod mainstreaming;

pub use mainstreaming::{First, communes};

/// How far a plan has come.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// An authority is planning.
    Preparing,
    /// Its text is written.
    Drafted,
    /// The council adopted it.
    Adopted,
    /// It holds.
    InForce,
    /// It holds, and was looked at again.
    Revised,
    /// It holds no more.
    Expired,
    /// It was recorded by mistake.
    Annulled,
}

/// One step of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// What it became.
    pub stage: Stage,
    /// The text of the plan at that step.
    pub document: Option<DocumentId>,
    /// What changed, or why.
    pub note: Option<Arc<Note>>,
    /// When.
    pub stamp: Stamp,
}

/// What a plan wants to reach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Objective {
    /// Its id.
    pub id: ObjectiveId,
    /// In short.
    pub title: Title,
    /// When it was written down.
    pub stamp: Stamp,
}

/// What a plan is to do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Action {
    /// Its id.
    pub id: PlanActionId,
    /// For which objective.
    pub objective: Option<ObjectiveId>,
    /// In short.
    pub title: Title,
    /// By when.
    pub due: Option<Effective>,
    /// When it was written down.
    pub stamp: Stamp,
}

/// An intervention that carries a plan out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Link {
    /// Which.
    pub intervention: InterventionId,
    /// For which objective.
    pub objective: Option<ObjectiveId>,
    /// As which action.
    pub action: Option<PlanActionId>,
    /// When it was written down.
    pub stamp: Stamp,
}

/// A plan takes the dimension of migration in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mainstreaming {
    /// In which part of the plan.
    pub title: Option<Title>,
    /// In words.
    pub note: Option<Arc<Note>>,
    /// Which programme helped.
    pub supported_by: Option<ProgrammeId>,
    /// When.
    pub stamp: Stamp,
    /// Where it was read.
    pub source: Option<Arc<Source>>,
    /// Why it counts no more.
    pub annulled: Option<Rectification>,
}

/// By which act a plan was adopted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Adoption {
    /// Which.
    pub deliberation: DeliberationId,
    /// When.
    pub stamp: Stamp,
}

/// The plan of a commune, a province or the region.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// Its id.
    pub id: TerritorialPlanId,
    /// Whose plan.
    pub by: ActorId,
    /// What sort of plan.
    pub kind: Kind,
    /// For which territory.
    pub territory: TerritoryId,
    /// What it is called.
    pub title: Title,
    /// From when to when it is to hold.
    pub period: Period,
    /// Which programme accompanies it.
    pub programme: Option<ProgrammeId>,
    /// How far it has come.
    pub stage: Stage,
    /// Every step, the latest recorded last.
    pub steps: Vec<Step>,
    /// What it wants to reach, in the order of recording.
    pub objectives: Vec<Objective>,
    /// What it is to do, in the order of recording.
    pub actions: Vec<Action>,
    /// What carries it out, in the order of recording.
    pub links: Vec<Link>,
    /// How it takes migration in, in the order of recording, annulled records among them.
    pub mainstreamings: Vec<Mainstreaming>,
    /// By which act it was adopted.
    pub adoption: Option<Adoption>,
    /// What was corrected.
    pub corrections: Vec<Rectification>,
    /// Why it counts nowhere.
    pub annulled: Option<Rectification>,
    /// When it was started.
    pub started: Stamp,
    /// Its titles, folded, for searching.
    #[serde(skip)]
    folded: Arc<str>,
}

impl Plan {
    /// Whether a title contains `text`, which is [`folded`].
    pub fn matches(&self, text: &str) -> bool {
        self.folded.contains(text)
    }

    /// How far it had come on `day`; nothing before it was started. A step without a date comes no
    /// earlier than those recorded before it.
    pub fn stage_on(&self, day: Date) -> Option<Stage> {
        if self.annulled.is_some() {
            return Some(Stage::Annulled);
        }
        let begun = |step: &&Step| !step.stamp.effective.is_certainly_after(day);
        self.steps.iter().take_while(begun).last().map(|step| step.stage)
    }

    /// Whether it holds on `day`: it had entered into force, nobody had ended it, and its period can
    /// include that day.
    pub fn in_force_on(&self, day: Date) -> bool {
        let holds = matches!(self.stage_on(day), Some(Stage::InForce | Stage::Revised));
        holds && self.period.can_include(day)
    }

    /// The records by which it takes migration in, and that still count.
    pub fn mainstreaming(&self) -> impl Iterator<Item = &Mainstreaming> {
        let counts = self.annulled.is_none();
        self.mainstreamings.iter().filter(move |it| counts && it.annulled.is_none())
    }

    /// What carries `objective` out: linked to it, or to an action that serves it.
    pub fn links_of(&self, objective: ObjectiveId) -> impl Iterator<Item = &Link> {
        let serves = move |action: PlanActionId| {
            let mut actions = self.actions.iter();
            actions.any(|it| it.id == action && it.objective == Some(objective))
        };
        self.links
            .iter()
            .filter(move |it| it.objective == Some(objective) || it.action.is_some_and(serves))
    }

    /// The objectives for which nothing is planned and nothing is done: no action serves them, and
    /// no intervention that has not been given up carries them out.
    pub fn uncovered<'a>(
        &'a self,
        interventions: &'a Interventions,
    ) -> impl Iterator<Item = &'a Objective> {
        self.objectives.iter().filter(move |objective| !self.covers(objective.id, interventions))
    }

    fn covers(&self, objective: ObjectiveId, interventions: &Interventions) -> bool {
        let alive = |it: &Link| {
            let intervention = interventions.get(it.intervention);
            intervention.is_some_and(|it| it.stage != interventions::Stage::Abandoned)
        };
        self.actions.iter().any(|it| it.objective == Some(objective))
            || self.links_of(objective).any(alive)
    }
}

/// Territorial plans.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[expect(clippy::struct_field_names, reason = "each is named after its key")]
pub struct Plans {
    by_id: OrdMap<TerritorialPlanId, Arc<Plan>>,
    by_territory: Index<TerritoryId, TerritorialPlanId>,
    by_intervention: Index<InterventionId, TerritorialPlanId>,
    by_deliberation: Index<DeliberationId, TerritorialPlanId>,
}

impl Plans {
    /// The plan, annulled or not.
    pub fn get(&self, id: TerritorialPlanId) -> Option<&Arc<Plan>> {
        self.by_id.get(&id)
    }

    /// Every plan by its id, annulled ones among them.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Plan>> {
        self.between(EVERY)
    }

    /// The same `between` two ids.
    pub fn between(&self, ids: Between) -> impl DoubleEndedIterator<Item = &Arc<Plan>> {
        between(&self.by_id, ids)
    }

    fn counting(
        &self,
        ids: impl Iterator<Item = TerritorialPlanId>,
    ) -> impl Iterator<Item = &Arc<Plan>> {
        ids.filter_map(|id| self.by_id.get(&id)).filter(|it| it.annulled.is_none())
    }

    /// Those of `territory` itself; annulled ones are left out.
    pub fn of_territory(&self, territory: TerritoryId) -> impl Iterator<Item = &Arc<Plan>> {
        self.counting(self.by_territory.of(territory))
    }

    /// Those of `territory` and of what lies in it, each once, annulled ones among them.
    pub fn within(&self, territory: TerritoryId) -> BTreeSet<TerritorialPlanId> {
        let inner = self.by_territory.keys().filter(|it| it.is_within(territory));
        inner.flat_map(|it| self.by_territory.of(*it)).collect()
    }

    /// Those that name `intervention` as what carries them out; annulled ones are left out.
    pub fn of_intervention(
        &self,
        intervention: InterventionId,
    ) -> impl Iterator<Item = &Arc<Plan>> {
        self.counting(self.by_intervention.of(intervention))
    }

    /// Those that `deliberation` adopted; annulled ones are left out.
    pub fn adopted_by(&self, deliberation: DeliberationId) -> impl Iterator<Item = &Arc<Plan>> {
        self.counting(self.by_deliberation.of(deliberation))
    }

    /// Those that hold on `day`.
    pub fn in_force(&self, day: Date) -> impl Iterator<Item = &Arc<Plan>> {
        self.iter().filter(move |it| it.in_force_on(day))
    }

    pub(crate) fn apply(&mut self, id: TerritorialPlanId, event: &Event, recorded: &Recorded) {
        fold::apply(self, id, event, recorded);
    }
}

fn folded_titles(title: &Title) -> Arc<str> {
    let all: String = title.wordings().map(|(_, text)| folded(text) + "\n").collect();
    all.into()
}
