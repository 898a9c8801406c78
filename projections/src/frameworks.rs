//! The strategies that programmes align with.
use std::sync::Arc;

use domain::effective::Effective;
use domain::ids::{ActorId, AxisId, PolicyFrameworkId};
use domain::policy_framework::Event;
use domain::recorded::Recorded;
use domain::text::{Name, Note, Title};
use imbl::OrdMap;
use serde::Serialize;

use crate::stamp::{Rectification, Stamp};
use crate::walk::{Between, EVERY, between};

/// One axis of a framework.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Axis {
    /// Its id.
    pub id: AxisId,
    /// Its title.
    pub title: Title,
    /// When it was defined.
    pub defined: Stamp,
}

/// How a framework ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Supersession {
    /// What came after it.
    pub successor: Option<PolicyFrameworkId>,
    /// Why.
    pub reason: Arc<Note>,
    /// When.
    pub stamp: Stamp,
}

/// A strategy that programmes align with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Framework {
    /// Its id.
    pub id: PolicyFrameworkId,
    /// Its title.
    pub title: Title,
    /// Its initials.
    pub acronym: Option<Arc<Name>>,
    /// Who adopted it.
    pub adopted_by: Option<ActorId>,
    /// When it was adopted.
    pub adopted_on: Effective,
    /// Its axes, in the order of their definition.
    pub axes: Vec<Axis>,
    /// How it ended; it is in force where this is `None`.
    pub superseded: Option<Supersession>,
    /// When the ledger learned of it.
    pub adopted: Stamp,
    /// What of it was corrected, its axes included.
    pub corrections: Vec<Rectification>,
    /// That it was recorded by mistake: it counts nowhere.
    pub annulled: Option<Rectification>,
}

/// Every framework.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Frameworks {
    by_id: OrdMap<PolicyFrameworkId, Arc<Framework>>,
}

impl Frameworks {
    /// The framework.
    pub fn get(&self, id: PolicyFrameworkId) -> Option<&Arc<Framework>> {
        self.by_id.get(&id)
    }

    /// Every framework by its id, but for those that were recorded by mistake.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Framework>> {
        self.between(EVERY)
    }

    /// The same `between` two ids.
    pub fn between(&self, ids: Between) -> impl DoubleEndedIterator<Item = &Arc<Framework>> {
        between(&self.by_id, ids).filter(|it| it.annulled.is_none())
    }

    pub(crate) fn apply(&mut self, id: PolicyFrameworkId, event: &Event, recorded: &Recorded) {
        let stamp = Stamp::of(recorded);
        if let Event::Adopted { title, acronym, by, on } = event {
            let framework = Framework {
                id,
                title: title.clone(),
                acronym: acronym.clone().map(Arc::new),
                adopted_by: *by,
                adopted_on: *on,
                axes: Vec::new(),
                superseded: None,
                adopted: stamp,
                corrections: Vec::new(),
                annulled: None,
            };
            self.by_id.insert(id, Arc::new(framework));
            return;
        }
        let Some(framework) = self.by_id.get_mut(&id).map(Arc::make_mut) else {
            return;
        };
        match event {
            Event::Adopted { .. } => {}
            Event::AxisDefined { axis, title } => {
                framework.axes.push(Axis { id: *axis, title: title.clone(), defined: stamp });
            }
            Event::Superseded { successor, reason } => {
                framework.superseded = Some(Supersession {
                    successor: *successor,
                    reason: Arc::new(reason.clone()),
                    stamp,
                });
            }
            Event::Corrected { title, acronym, by, on, reason } => {
                if let Some(title) = title {
                    framework.title = title.clone();
                }
                framework.acronym = acronym.clone().map(Arc::new).or(framework.acronym.take());
                framework.adopted_by = by.or(framework.adopted_by);
                framework.adopted_on = on.unwrap_or(framework.adopted_on);
                framework.corrections.push(Rectification::of(recorded, reason));
            }
            Event::AxisCorrected { axis, title, reason } => {
                if let Some(known) = framework.axes.iter_mut().find(|it| it.id == *axis) {
                    known.title = title.clone();
                }
                framework.corrections.push(Rectification::of(recorded, reason));
            }
            Event::Annulled { reason, .. } => {
                framework.annulled = Some(Rectification::of(recorded, reason));
            }
        }
    }
}
