//! Which territorial plans are asked for.
use std::collections::BTreeSet;

use async_graphql::InputObject;
use domain::ids::{ActorId, InterventionId, ProgrammeId, TerritorialPlanId};
use domain::territorial_plan::Kind;
use domain::territory::TerritoryId;
use domain::text::folded;
use jiff::civil::Date;
use projections::plans::{Plan, Stage};

use crate::graphql::enums::Choice;
use crate::graphql::fault::Fault;
use crate::graphql::noun::{self, joined};
use crate::graphql::scalars::Given;
use crate::graphql::view::{View, read};

/// Which territorial plans are asked for; all of the conditions hold.
#[derive(InputObject, Clone, Debug, Default)]
pub struct TerritorialPlanFilter {
    /// Those with a title that contains this, in any spelling.
    text: Option<String>,
    /// Those of this territory itself.
    territory: Option<Given<TerritoryId>>,
    /// Those of this territory, and of what lies in it.
    within: Option<Given<TerritoryId>>,
    /// Those of this sort.
    kind: Option<Choice<Kind>>,
    /// Those of this actor; a merger is followed.
    by: Option<Given<ActorId>>,
    /// Those that this programme accompanies, or one that is part of it.
    programme: Option<Given<ProgrammeId>>,
    /// Those that this intervention is part of: by the plan's record, or by the intervention's.
    intervention: Option<Given<InterventionId>>,
    /// Those at one of these stages; on the day of the question where one is asked for.
    stage: Option<Vec<Choice<Stage>>>,
    /// Those that hold on the day of the question; with `false`, those that do not.
    in_force: Option<bool>,
    /// Those that take migration in; with `false`, those that do not.
    mainstreamed: Option<bool>,
    /// Those that were annulled too, which are left out otherwise.
    #[graphql(default)]
    annulled_too: bool,
    /// Those on one of these days, where their date is known: `OrderBy.DATE` says which date it is.
    dated: Option<noun::Days>,
    /// Those that all of these hold for, too.
    and: Option<Vec<TerritorialPlanFilter>>,
    /// Those that one of these holds for, too.
    or: Option<Vec<TerritorialPlanFilter>>,
    /// Those that this does not hold for.
    not: Option<Box<TerritorialPlanFilter>>,
}

joined!(TerritorialPlanFilter);

/// A filter, read.
pub(super) struct Wanted<'a> {
    view: &'a View,
    text: Option<String>,
    territory: Option<TerritoryId>,
    places: Option<BTreeSet<TerritorialPlanId>>,
    authorities: Option<BTreeSet<ActorId>>,
    programmes: Option<Vec<ProgrammeId>>,
    intervention: Option<InterventionId>,
    filter: TerritorialPlanFilter,
    day: Date,
}

impl<'a> Wanted<'a> {
    pub(super) fn read(
        view: &'a View,
        filter: TerritorialPlanFilter,
        day: Date,
    ) -> Result<Self, Fault> {
        let models = &view.models;
        let within = read(filter.within.clone(), "filter.within")?;
        let by = read(filter.by.clone(), "filter.by")?;
        let programme = read(filter.programme.clone(), "filter.programme")?;
        Ok(Self {
            view,
            text: filter.text.as_deref().map(folded),
            territory: read(filter.territory.clone(), "filter.territory")?,
            places: within.map(|it| models.plans.within(it)),
            authorities: by.map(|id| models.actors.identities(id)),
            programmes: programme.map(|id| models.programmes.subtree(id)),
            intervention: read(filter.intervention.clone(), "filter.intervention")?,
            filter,
            day,
        })
    }

    pub(super) fn holds(&self, it: &Plan) -> bool {
        let day = self.view.effective_on;
        let stage = || day.map_or(Some(it.stage), |day| it.stage_on(day));
        (self.filter.annulled_too || it.annulled.is_none())
            && self.territory.is_none_or(|territory| it.territory == territory)
            && self.places.as_ref().is_none_or(|all| all.contains(&it.id))
            && self.filter.kind.is_none_or(|kind| it.kind == kind.0)
            && self.authorities.as_ref().is_none_or(|all| all.contains(&it.by))
            && self
                .programmes
                .as_ref()
                .is_none_or(|all| it.programme.is_some_and(|id| all.contains(&id)))
            && self.intervention.is_none_or(|id| self.has(it, id))
            && self
                .filter
                .stage
                .as_ref()
                .is_none_or(|any| stage().is_some_and(|it| any.contains(&Choice(it))))
            && self.filter.in_force.is_none_or(|wanted| it.in_force_on(self.day) == wanted)
            && self.filter.mainstreamed.is_none_or(|wanted| self.is_mainstreamed(it) == wanted)
            && self.text.as_ref().is_none_or(|text| it.matches(text))
    }

    fn has(&self, plan: &Plan, intervention: InterventionId) -> bool {
        let mut named = self.view.models.interventions.ids_naming(plan.id);
        plan.links.iter().any(|it| it.intervention == intervention)
            || named.any(|it| it == intervention)
    }

    fn is_mainstreamed(&self, plan: &Plan) -> bool {
        let day = self.view.effective_on;
        plan.mainstreaming()
            .any(|it| day.is_none_or(|day| !it.stamp.effective.is_certainly_after(day)))
    }
}
