//! Which interventions are asked for.
use std::collections::BTreeSet;

use domain::classification::{Goal, Theme};
use domain::ids::{ActorId, InterventionId, ProgrammeId};
use domain::intervention::Role;
use domain::population::PopulationGroup;
use domain::territory::TerritoryId;
use domain::text::folded;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Intervention, Stage};
use crate::Models;

/// Which interventions are asked for; all of the conditions hold.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Selection {
    /// Those with a title that contains this, in any spelling.
    pub text: Option<String>,
    /// Those that somebody classified themselves under this sector, or under one of this category.
    pub sector: Option<Theme>,
    /// Those that somebody said to serve this goal, or one of its targets.
    pub goal: Option<Goal>,
    /// Those that lie in this territory, wholly or in part.
    pub within: Option<TerritoryId>,
    /// Those in which this actor takes or took part; a merger is followed.
    pub actor: Option<ActorId>,
    /// Those in which somebody has this role; with `actor`, in which that actor has it.
    pub role: Option<Role>,
    /// Those of this programme, or of one that is part of it.
    pub programme: Option<ProgrammeId>,
    /// Those at one of these stages.
    pub stage: Option<Vec<Stage>>,
    /// Those for this group.
    pub group: Option<PopulationGroup>,
    /// The day that participations and stages are read on; as they are known last without one.
    pub effective_on: Option<Date>,
}

/// A selection, read against what is known.
pub struct Selected {
    selection: Selection,
    text: Option<String>,
    places: Option<BTreeSet<InterventionId>>,
    actors: Option<BTreeSet<ActorId>>,
    programmes: Option<Vec<ProgrammeId>>,
}

impl Selection {
    /// Reads it against `models`.
    pub fn read(self, models: &Models) -> Selected {
        Selected {
            text: self.text.as_deref().map(folded),
            places: self.within.map(|it| models.interventions.within(it)),
            actors: self.actor.map(|id| models.actors.identities(id)),
            programmes: self.programme.map(|id| models.programmes.subtree(id)),
            selection: self,
        }
    }
}

impl Selected {
    /// Whether `it` is asked for.
    pub fn holds(&self, it: &Intervention) -> bool {
        let selection = &self.selection;
        self.places.as_ref().is_none_or(|all| all.contains(&it.id))
            && self
                .programmes
                .as_ref()
                .is_none_or(|all| it.programme.is_some_and(|id| all.contains(&id)))
            && selection
                .stage
                .as_ref()
                .is_none_or(|any| self.stage(it).is_some_and(|it| any.contains(&it)))
            && selection.group.is_none_or(|group| it.groups.contains(&group))
            && self.has_participant(it)
            && self.is_about(it)
            && self.text.as_ref().is_none_or(|text| it.matches(text))
    }

    fn is_about(&self, it: &Intervention) -> bool {
        let own = it.classification.as_ref();
        let Selection { sector, goal, .. } = &self.selection;
        sector.is_none_or(|theme| own.is_some_and(|it| it.is_about(theme)))
            && goal.is_none_or(|goal| own.is_some_and(|it| it.serves(goal)))
    }

    fn stage(&self, it: &Intervention) -> Option<Stage> {
        self.selection.effective_on.map_or(Some(it.stage), |day| it.stage_on(day))
    }

    fn has_participant(&self, it: &Intervention) -> bool {
        let Selection { role, effective_on, .. } = &self.selection;
        if self.actors.is_none() && role.is_none() {
            return true;
        }
        it.participations.iter().any(|it| {
            self.actors.as_ref().is_none_or(|all| all.contains(&it.actor))
                && role.is_none_or(|role| it.role == role)
                && it.annulled.is_none()
                && effective_on.is_none_or(|day| it.on(day))
        })
    }
}
