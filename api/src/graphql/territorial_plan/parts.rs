//! What a territorial plan is made of, and the steps that it took.
use async_graphql::SimpleObject;
use domain::effective::Effective;
use domain::ids::{ObjectiveId, PlanActionId};
use projections::plans::{Action, Adoption, Link, Objective, Plan, Stage, Step};
use projections::{deliberations, documents, interventions};

use crate::graphql::enums::Choice;
use crate::graphql::list::List;
use crate::graphql::scalars::Shown;
use crate::graphql::values::Text;
use crate::graphql::view::{Seen, StampObject, Told, View};

/// One step of a territorial plan.
#[derive(SimpleObject)]
#[graphql(serial, name = "TerritorialPlanStep")]
pub struct PlanStep {
    /// What it became.
    stage: Choice<Stage>,
    /// The text of the plan at that step.
    document: Told<documents::Document>,
    /// What changed, or why.
    note: Option<Text>,
    /// When, and who said so.
    said: StampObject,
}

impl PlanStep {
    pub(super) fn of(view: &View, it: &Step) -> Self {
        Self {
            stage: Choice(it.stage),
            document: it.document.and_then(|id| view.document(id)),
            note: it.note.as_deref().map(Into::into),
            said: view.stamp(it.stamp),
        }
    }
}

/// By which act a plan was adopted.
#[derive(SimpleObject)]
#[graphql(serial, name = "TerritorialPlanAdoption")]
pub struct AdoptionOfPlan {
    /// Which.
    deliberation: Told<deliberations::Deliberation>,
    /// Whether that act still stands: it can be annulled after the plan was adopted by it.
    stands: bool,
    /// When, and who said so.
    said: StampObject,
}

impl AdoptionOfPlan {
    pub(super) fn of(view: &View, it: Adoption) -> Self {
        let deliberation = view.deliberation(it.deliberation);
        let act = deliberation.as_ref().map(|seen| &seen.it);
        Self {
            stands: act.is_some_and(|it| it.stage == deliberations::Stage::Adopted),
            deliberation,
            said: view.stamp(it.stamp),
        }
    }
}

/// What a plan wants to reach.
#[derive(SimpleObject)]
#[graphql(serial, name = "PlanObjective")]
pub struct ObjectiveObject {
    /// Its id.
    id: Shown<ObjectiveId>,
    /// In short.
    title: Text,
    /// Whether an action serves it, or an intervention that has not been given up carries it out.
    is_covered: bool,
    /// What serves it.
    #[graphql(complexity = "crate::graphql::connection::list_cost(child_complexity)")]
    actions: List<PlanActionObject>,
    /// What carries it out.
    #[graphql(complexity = "crate::graphql::connection::list_cost(child_complexity)")]
    interventions: List<Seen<interventions::Intervention>>,
    /// When it was written down, and by whom.
    said: StampObject,
}

impl ObjectiveObject {
    pub(super) fn of(plan: &Seen<Plan>, it: &Objective, is_covered: bool) -> Self {
        let (view, plan) = (&plan.view, &plan.it);
        let actions = plan.actions.iter().filter(|action| action.objective == Some(it.id));
        let mut interventions: Vec<_> = plan.links_of(it.id).map(|it| it.intervention).collect();
        interventions.sort_unstable();
        interventions.dedup();
        Self {
            id: Shown(it.id),
            title: (&it.title).into(),
            is_covered,
            actions: actions.map(|it| PlanActionObject::of(view, it)).collect(),
            interventions: interventions
                .into_iter()
                .filter_map(|id| view.intervention(id))
                .map(|it| it.0)
                .collect(),
            said: view.stamp(it.stamp),
        }
    }
}

/// What a plan is to do.
#[derive(SimpleObject)]
#[graphql(serial, name = "PlanAction")]
pub struct PlanActionObject {
    /// Its id.
    id: Shown<PlanActionId>,
    /// The id of the objective that it serves.
    objective: Option<Shown<ObjectiveId>>,
    /// In short.
    title: Text,
    /// By when.
    due: Option<Shown<Effective>>,
    /// When it was written down, and by whom.
    said: StampObject,
}

impl PlanActionObject {
    pub(super) fn of(view: &View, it: &Action) -> Self {
        Self {
            id: Shown(it.id),
            objective: it.objective.map(Shown),
            title: (&it.title).into(),
            due: it.due.map(Shown),
            said: view.stamp(it.stamp),
        }
    }
}

/// An intervention that a plan names as what carries it out.
#[derive(SimpleObject)]
#[graphql(serial, name = "PlanIntervention")]
pub struct PlanLinkObject {
    /// Which.
    intervention: Told<interventions::Intervention>,
    /// The id of the objective that it serves.
    objective: Option<Shown<ObjectiveId>>,
    /// The id of the action that it is.
    action: Option<Shown<PlanActionId>>,
    /// When it was written down, and by whom.
    said: StampObject,
}

impl PlanLinkObject {
    pub(super) fn of(view: &View, it: &Link) -> Self {
        Self {
            intervention: view.intervention(it.intervention),
            objective: it.objective.map(Shown),
            action: it.action.map(Shown),
            said: view.stamp(it.stamp),
        }
    }
}
