//! Which interventions are asked for.
use async_graphql::InputObject;
use domain::classification::{Goal, Theme};
use domain::ids::{ActorId, ProgrammeId};
use domain::intervention::Role;
use domain::population::PopulationGroup;
use domain::territory::TerritoryId;
use jiff::civil::Date;
use projections::interventions::{Selection, Stage};

use crate::graphql::enums::Choice;
use crate::graphql::fault::Fault;
use crate::graphql::scalars::Given;
use crate::graphql::view::read;

/// Which interventions are asked for; all of the conditions hold.
#[derive(InputObject, Clone, Debug, Default)]
pub struct InterventionFilter {
    /// Those with a title that contains this, in any spelling.
    text: Option<String>,
    /// Those that somebody classified themselves under this sector, or under one of this category.
    sector: Option<Given<Theme>>,
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

    /// What it asks for, on a day where one is asked for.
    pub(crate) fn read(self, effective_on: Option<Date>) -> Result<Selection, Fault> {
        Ok(Selection {
            text: self.text,
            sector: read(self.sector, "filter.sector")?,
            goal: read(self.goal, "filter.goal")?,
            within: read(self.within, "filter.within")?,
            actor: read(self.actor, "filter.actor")?,
            role: self.role.map(|it| it.0),
            programme: read(self.programme, "filter.programme")?,
            stage: self.stage.map(|it| it.0),
            group: self.group.map(|it| it.0),
            effective_on,
        })
    }
}
