//! Which interventions are asked for.
use async_graphql::InputObject;
use domain::classification::{Goal, Theme};
use domain::ids::{ActorId, ProgrammeId};
use domain::intervention::Role;
use domain::population::PopulationGroup;
use domain::territory::TerritoryId;
use jiff::civil::Date;
use projections::interventions::{Selection, Stage};

use crate::graphql::code::Code;
use crate::graphql::enums::Choice;
use crate::graphql::fault::Fault;
use crate::graphql::noun::{self, Joined as _, Parts, joined};
use crate::graphql::problem::Problem;
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
    /// Those at one of these stages; on the day of the question where one is asked for.
    stage: Option<Vec<Choice<Stage>>>,
    /// Those for this group.
    group: Option<Choice<PopulationGroup>>,
    /// Those on one of these days, where their date is known: `OrderBy.DATE` says which date it is.
    dated: Option<noun::Days>,
    /// Those that all of these hold for, too.
    and: Option<Vec<InterventionFilter>>,
    /// Those that one of these holds for, too.
    or: Option<Vec<InterventionFilter>>,
    /// Those that this does not hold for.
    not: Option<Box<InterventionFilter>>,
}

joined!(InterventionFilter);

impl InterventionFilter {
    /// Those of a theme, for a group and within a programme alone.
    pub(crate) fn of(
        sector: Option<Given<Theme>>,
        group: Option<Choice<PopulationGroup>>,
        programme: Option<Given<ProgrammeId>>,
    ) -> Self {
        Self { sector, programme, group, ..Self::default() }
    }

    /// What it asks for, on a day where one is asked for; without the filters that it holds, which only
    /// a list takes out.
    pub(crate) fn read(mut self, effective_on: Option<Date>) -> Result<Selection, Fault> {
        let Parts { and, or, not, dated } = self.parts();
        if and.is_some() || or.is_some() || not.is_some() || dated.is_some() {
            let problem = Problem::new(Code::FilterForListsAlone);
            return Err(Fault::BadUserInput(problem.at("filter")));
        }
        Ok(Selection {
            text: self.text,
            sector: read(self.sector, "filter.sector")?,
            goal: read(self.goal, "filter.goal")?,
            within: read(self.within, "filter.within")?,
            actor: read(self.actor, "filter.actor")?,
            role: self.role.map(|it| it.0),
            programme: read(self.programme, "filter.programme")?,
            stage: self.stage.map(|any| any.into_iter().map(|it| it.0).collect()),
            group: self.group.map(|it| it.0),
            effective_on,
        })
    }
}
