//! Which coordination bodies are asked for.
use std::collections::BTreeSet;

use async_graphql::InputObject;
use domain::coordination_body::Kind;
use domain::ids::{ActorId, CoordinationBodyId, ProgrammeId};
use domain::territory::TerritoryId;
use domain::text::folded;
use projections::bodies::{Body, Stage};

use crate::graphql::enums::Choice;
use crate::graphql::fault::Fault;
use crate::graphql::noun::{self, joined};
use crate::graphql::scalars::Given;
use crate::graphql::view::{View, read};

/// Which coordination bodies are asked for; all of the conditions hold.
#[derive(InputObject, Clone, Debug, Default)]
pub struct CoordinationBodyFilter {
    /// Those with a title that contains this, in any spelling.
    text: Option<String>,
    /// Those of this sort.
    kind: Option<Choice<Kind>>,
    /// Those for this territory, or for one within it.
    within: Option<Given<TerritoryId>>,
    /// Those within this programme, or one that is part of it.
    programme: Option<Given<ProgrammeId>>,
    /// Those in which this actor sits or sat, on the day of the question where one is asked for; a
    /// merger is followed.
    member: Option<Given<ActorId>>,
    /// Those at one of these stages; on the day of the question where one is asked for.
    stage: Option<Vec<Choice<Stage>>>,
    /// Those on one of these days, where their date is known: `OrderBy.DATE` says which date it is.
    dated: Option<noun::Days>,
    /// Those that all of these hold for, too.
    and: Option<Vec<CoordinationBodyFilter>>,
    /// Those that one of these holds for, too.
    or: Option<Vec<CoordinationBodyFilter>>,
    /// Those that this does not hold for.
    not: Option<Box<CoordinationBodyFilter>>,
}

joined!(CoordinationBodyFilter);

/// A filter, read.
pub(super) struct Wanted<'a> {
    view: &'a View,
    text: Option<String>,
    places: Option<BTreeSet<CoordinationBodyId>>,
    programmes: Option<Vec<ProgrammeId>>,
    members: Option<BTreeSet<ActorId>>,
    filter: CoordinationBodyFilter,
}

impl<'a> Wanted<'a> {
    pub(super) fn read(view: &'a View, filter: CoordinationBodyFilter) -> Result<Self, Fault> {
        let models = &view.models;
        let within = read(filter.within.clone(), "filter.within")?;
        let programme = read(filter.programme.clone(), "filter.programme")?;
        let member = read(filter.member.clone(), "filter.member")?;
        Ok(Self {
            view,
            text: filter.text.as_deref().map(folded),
            places: within.map(|it| models.bodies.within(it)),
            programmes: programme.map(|id| models.programmes.subtree(id)),
            members: member.map(|id| models.actors.identities(id)),
            filter,
        })
    }

    pub(super) fn holds(&self, it: &Body) -> bool {
        self.places.as_ref().is_none_or(|all| all.contains(&it.id))
            && self
                .programmes
                .as_ref()
                .is_none_or(|all| it.programme.is_some_and(|id| all.contains(&id)))
            && self.filter.kind.is_none_or(|kind| it.kind == kind.0)
            && self
                .filter
                .stage
                .as_ref()
                .is_none_or(|any| self.stage(it).is_some_and(|it| any.contains(&Choice(it))))
            && self.members.as_ref().is_none_or(|all| self.seats(it, all))
            && self.text.as_ref().is_none_or(|text| it.matches(text))
    }

    fn stage(&self, it: &Body) -> Option<Stage> {
        self.view.effective_on.map_or(Some(it.stage()), |day| it.stage_on(day))
    }

    fn seats(&self, it: &Body, members: &BTreeSet<ActorId>) -> bool {
        match self.view.effective_on {
            Some(day) => it.members_on(day).any(|it| members.contains(&it.actor)),
            None => it.memberships.iter().any(|it| members.contains(&it.actor)),
        }
    }
}
