//! Which interventions are asked for.
use std::collections::BTreeSet;

use async_graphql::InputObject;
use domain::classification::{Goal, Theme};
use domain::ids::{ActorId, InterventionId, ProgrammeId};
use domain::intervention::Role;
use domain::population::PopulationGroup;
use domain::territory::TerritoryId;
use domain::text::folded;
use projections::interventions::{Intervention, Stage};

use crate::graphql::enums::Choice;
use crate::graphql::fault::Fault;
use crate::graphql::scalars::Given;
use crate::graphql::view::{View, read};

/// Which interventions are asked for; all of the conditions hold.
#[derive(InputObject, Clone, Debug, Default)]
pub struct InterventionFilter {
    /// Those with a title that contains this, in any spelling.
    text: Option<String>,
    /// Those that somebody classified themselves under this sector, or under one of this category.
    pub(crate) sector: Option<Given<Theme>>,
    /// Those that somebody said to serve this goal, or one of its targets.
    goal: Option<Given<Goal>>,
    /// Those that lie in this territory, wholly or in part.
    within: Option<Given<TerritoryId>>,
    /// Those in which this actor takes or took part, on the day of the question where one is asked
    /// for; a merger is followed.
    actor: Option<Given<ActorId>>,
    /// Those in which somebody has this role; with `actor`, in which that actor has it.
    role: Option<Choice<Role>>,
    /// Those of this programme, or of one that is part of it.
    programme: Option<Given<ProgrammeId>>,
    /// Those that have come so far; on the day of the question where one is asked for.
    stage: Option<Choice<Stage>>,
    /// Those for this group.
    group: Option<Choice<PopulationGroup>>,
}

impl InterventionFilter {
    /// Those of a theme, for a group and within a programme alone.
    pub(crate) fn of(
        sector: Option<Given<Theme>>,
        group: Option<Choice<PopulationGroup>>,
        programme: Option<Given<ProgrammeId>>,
    ) -> Self {
        Self { sector, programme, group, ..Self::default() }
    }
}

/// A filter, read.
pub(crate) struct Wanted<'a> {
    view: &'a View,
    text: Option<String>,
    sector: Option<Theme>,
    goal: Option<Goal>,
    places: Option<BTreeSet<InterventionId>>,
    actors: Option<BTreeSet<ActorId>>,
    programmes: Option<Vec<ProgrammeId>>,
    filter: InterventionFilter,
}

impl<'a> Wanted<'a> {
    pub(crate) fn read(view: &'a View, filter: InterventionFilter) -> Result<Self, Fault> {
        let within = read(filter.within.clone(), "filter.within")?;
        let actor = read(filter.actor.clone(), "filter.actor")?;
        let programme = read(filter.programme.clone(), "filter.programme")?;
        Ok(Self {
            view,
            text: filter.text.as_deref().map(folded),
            sector: read(filter.sector.clone(), "filter.sector")?,
            goal: read(filter.goal.clone(), "filter.goal")?,
            places: within.map(|it| view.models.interventions.within(it)),
            actors: actor.map(|id| view.models.actors.identities(id)),
            programmes: programme.map(|id| view.models.programmes.subtree(id)),
            filter,
        })
    }

    pub(crate) fn holds(&self, it: &Intervention) -> bool {
        self.places.as_ref().is_none_or(|all| all.contains(&it.id))
            && self
                .programmes
                .as_ref()
                .is_none_or(|all| it.programme.is_some_and(|id| all.contains(&id)))
            && self.filter.stage.is_none_or(|stage| self.stage(it) == Some(stage.0))
            && self.filter.group.is_none_or(|group| it.groups.contains(&group.0))
            && self.has_participant(it)
            && self.is_about(it)
            && self.text.as_ref().is_none_or(|text| it.matches(text))
    }

    fn is_about(&self, it: &Intervention) -> bool {
        let own = it.classification.as_ref();
        self.sector.is_none_or(|theme| own.is_some_and(|it| it.is_about(theme)))
            && self.goal.is_none_or(|goal| own.is_some_and(|it| it.serves(goal)))
    }

    fn stage(&self, it: &Intervention) -> Option<Stage> {
        self.view.effective_on.map_or(Some(it.stage), |day| it.stage_on(day))
    }

    fn has_participant(&self, it: &Intervention) -> bool {
        if self.actors.is_none() && self.filter.role.is_none() {
            return true;
        }
        it.participations.iter().any(|it| {
            self.actors.as_ref().is_none_or(|all| all.contains(&it.actor))
                && self.filter.role.is_none_or(|role| it.role == role.0)
                && it.annulled.is_none()
                && self.view.effective_on.is_none_or(|day| it.on(day))
        })
    }
}
