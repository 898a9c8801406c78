//! Where an intervention comes from: what it grew out of, who adopted it, and for which plan.
use async_graphql::{Enum, SimpleObject};
use domain::intervention::Origin;
use projections::actors;
use projections::interventions::{Adoption, OriginLink, PlanLink};
use uuid::Uuid;

use crate::graphql::scalars::Shown;
use crate::graphql::values::Text;
use crate::graphql::view::{RectificationObject, Seen, StampObject, View};

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
#[graphql(name = "Origin")]
pub struct OriginObject {
    /// Its number among all of its sort, from 1: what annulling it names.
    number: u16,
    /// What sort of thing.
    kind: OriginKind,
    /// In words.
    note: Text,
    /// Its id, where it is in the ledger.
    of: Option<Shown<Uuid>>,
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
        Self {
            number,
            kind,
            note: note.into(),
            of: of.map(Shown),
            said: view.stamp(it.stamp),
            annulment: it.annulled.as_ref().map(|it| view.rectification(it)),
        }
    }
}

/// Who adopted an intervention, and how.
#[derive(SimpleObject)]
#[graphql(name = "Adoption")]
pub struct AdoptionObject {
    /// Who.
    by: Option<Seen<actors::Actor>>,
    /// The id of the council's act.
    deliberation: Option<Shown<Uuid>>,
    /// When, and who said so.
    said: StampObject,
}

impl AdoptionObject {
    pub(super) fn of(view: &View, it: &Adoption) -> Self {
        Self {
            by: view.actor(it.by),
            deliberation: it.deliberation.map(|it| Shown(it.into())),
            said: view.stamp(it.stamp),
        }
    }
}

/// A territorial plan that an intervention is part of.
#[derive(SimpleObject)]
#[graphql(name = "PlanLink")]
pub struct PlanObject {
    /// Its number among all of its sort, from 1: what annulling it names.
    number: u16,
    /// Its id, where it is in the ledger.
    plan: Option<Shown<Uuid>>,
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
            plan: it.plan.map(|it| Shown(it.into())),
            title: (&*it.title).into(),
            said: view.stamp(it.stamp),
            annulment: it.annulled.as_ref().map(|it| view.rectification(it)),
        }
    }
}
