//! Where an intervention comes from: what it grew out of, who adopted it, and for which plan.
use async_graphql::{Enum, SimpleObject};
use domain::ids::{DeliberationId, TerritorialPlanId};
use domain::intervention::Origin;
use projections::interventions::{Adoption, OriginLink, PlanLink};
use projections::{actors, deliberations, initiatives, plans};
use uuid::Uuid;

use crate::graphql::scalars::Shown;
use crate::graphql::values::Text;
use crate::graphql::view::{RectificationObject, StampObject, Told, View};

/// What sort of thing an intervention grew out of.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum OriginKind {
    /// A petition of citizens.
    CitizenInitiative,
    /// A council's act.
    Deliberation,
    /// A study of what was missing.
    Diagnosis,
    /// Something else.
    Other,
}

/// What an intervention grew out of.
#[derive(SimpleObject)]
#[graphql(serial, name = "Origin")]
pub struct OriginObject {
    /// Its number among all of its sort, from 1: what annulling it names.
    number: u16,
    /// What sort of thing.
    kind: OriginKind,
    /// In words.
    note: Text,
    /// Its id, where it is in the ledger.
    of: Option<Shown<Uuid>>,
    /// The petition, where it is in the ledger.
    initiative: Told<initiatives::Initiative>,
    /// The council's act, where it is in the ledger.
    deliberation: Told<deliberations::Deliberation>,
    /// When it was, and who said so.
    said: StampObject,
    /// That it was recorded by mistake, and why: it counts nowhere.
    annulment: Option<RectificationObject>,
}

impl OriginObject {
    pub(super) fn new(view: &View, (number, it): (u16, &OriginLink)) -> Self {
        let (kind, note, of) = match &*it.origin {
            Origin::CitizenInitiative { initiative, note } => {
                (OriginKind::CitizenInitiative, note, initiative.map(Uuid::from))
            }
            Origin::Deliberation { deliberation, note } => {
                (OriginKind::Deliberation, note, deliberation.map(Uuid::from))
            }
            Origin::Diagnosis { note } => (OriginKind::Diagnosis, note, None),
            Origin::Other { note } => (OriginKind::Other, note, None),
        };
        let initiative = of.filter(|_| kind == OriginKind::CitizenInitiative);
        let deliberation = of.filter(|_| kind == OriginKind::Deliberation);
        Self {
            number,
            kind,
            note: note.into(),
            of: of.map(Shown),
            initiative: initiative.and_then(|id| view.initiative(id.into())),
            deliberation: deliberation.and_then(|id| view.deliberation(id.into())),
            said: view.stamp(it.stamp),
            annulment: it.annulled.as_ref().map(|it| view.rectification(it)),
        }
    }
}

/// Who adopted an intervention, and how.
#[derive(SimpleObject)]
#[graphql(serial, name = "Adoption")]
pub struct AdoptionObject {
    /// Who.
    by: Told<actors::Actor>,
    /// The id of the council's act.
    deliberation_id: Option<Shown<DeliberationId>>,
    /// The council's act, where it is in the ledger.
    deliberation: Told<deliberations::Deliberation>,
    /// When, and who said so.
    said: StampObject,
}

impl AdoptionObject {
    pub(super) fn of(view: &View, it: &Adoption) -> Self {
        Self {
            by: view.actor(it.by),
            deliberation_id: it.deliberation.map(Shown),
            deliberation: it.deliberation.and_then(|id| view.deliberation(id)),
            said: view.stamp(it.stamp),
        }
    }
}

/// A territorial plan that an intervention is part of.
#[derive(SimpleObject)]
#[graphql(serial, name = "PlanLink")]
pub struct PlanObject {
    /// Its number among all of its sort, from 1: what annulling it names.
    number: u16,
    /// Its id, where it is in the ledger.
    plan_id: Option<Shown<TerritorialPlanId>>,
    /// The plan, where it is in the ledger.
    plan: Told<plans::Plan>,
    /// What it is called.
    title: Text,
    /// Since when, and who said so.
    said: StampObject,
    /// That it was recorded by mistake, and why: it counts nowhere.
    annulment: Option<RectificationObject>,
}

impl PlanObject {
    pub(super) fn of(view: &View, (number, it): (u16, &PlanLink)) -> Self {
        Self {
            number,
            plan_id: it.plan.map(Shown),
            plan: it.plan.and_then(|id| view.plan(id)),
            title: (&it.title).into(),
            said: view.stamp(it.stamp),
            annulment: it.annulled.as_ref().map(|it| view.rectification(it)),
        }
    }
}
