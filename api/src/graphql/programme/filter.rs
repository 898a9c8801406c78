//! Which programmes are asked for.
use std::collections::BTreeSet;

use async_graphql::InputObject;
use domain::classification::{Goal, Theme};
use domain::ids::{ActorId, PolicyFrameworkId, ProgrammeId};
use domain::programme::Kind;
use domain::territory::TerritoryId;
use domain::text::folded;
use jiff::civil::Date;
use projections::programmes::{Flag, Programme, Stage};

use crate::graphql::enums::Choice;
use crate::graphql::fault::Fault;
use crate::graphql::noun::{self, joined};
use crate::graphql::scalars::Given;
use crate::graphql::view::{Seen, View, read};

/// Which programmes are asked for; all of the conditions hold.
#[derive(InputObject, Clone, Debug, Default)]
pub struct ProgrammeFilter {
    /// Those with a title or initials that contain this, in any spelling.
    text: Option<String>,
    /// Those that somebody classified themselves under this sector, or under one of this category.
    sector: Option<Given<Theme>>,
    /// Those that somebody said to serve this goal, or one of its targets.
    goal: Option<Given<Goal>>,
    /// Those of this sort.
    kind: Option<Choice<Kind>>,
    /// Those at one of these stages; on the day of the question where one is asked for.
    stage: Option<Vec<Choice<Stage>>>,
    /// Those that this actor carries, pays or takes part in; a merger is followed.
    actor: Option<Given<ActorId>>,
    /// Those that follow this strategy.
    framework: Option<Given<PolicyFrameworkId>>,
    /// Those that are part of this programme, however deep; it is not one of them.
    part_of: Option<Given<ProgrammeId>>,
    /// Only those that are part of no other.
    #[graphql(default)]
    roots_only: bool,
    /// Those for this territory, or for one within it.
    within: Option<Given<TerritoryId>>,
    /// Those of which this is to be known on the day of the question.
    flag: Option<Choice<Flag>>,
    /// Those on one of these days, where their date is known: `OrderBy.DATE` says which date it is.
    dated: Option<noun::Days>,
    /// Those that all of these hold for, too.
    and: Option<Vec<ProgrammeFilter>>,
    /// Those that one of these holds for, too.
    or: Option<Vec<ProgrammeFilter>>,
    /// Those that this does not hold for.
    not: Option<Box<ProgrammeFilter>>,
}

joined!(ProgrammeFilter);

/// A filter, read.
pub(super) struct Wanted<'a> {
    view: &'a View,
    text: Option<String>,
    sector: Option<Theme>,
    goal: Option<Goal>,
    actors: Option<BTreeSet<ActorId>>,
    framework: Option<PolicyFrameworkId>,
    below: Option<BTreeSet<ProgrammeId>>,
    roots: Option<BTreeSet<ProgrammeId>>,
    within: Option<TerritoryId>,
    filter: ProgrammeFilter,
    day: Date,
}

impl<'a> Wanted<'a> {
    pub(super) fn read(view: &'a View, filter: ProgrammeFilter, day: Date) -> Result<Self, Fault> {
        let all = &view.models.programmes;
        let actor = read(filter.actor.clone(), "filter.actor")?;
        let framework = read(filter.framework.clone(), "filter.framework")?;
        let above = read(filter.part_of.clone(), "filter.partOf")?;
        Ok(Self {
            view,
            text: filter.text.as_deref().map(folded),
            sector: read(filter.sector.clone(), "filter.sector")?,
            goal: read(filter.goal.clone(), "filter.goal")?,
            actors: actor.map(|id| view.models.actors.identities(id)),
            framework,
            below: above.map(|id| all.subtree(id).into_iter().skip(1).collect()),
            roots: filter.roots_only.then(|| all.roots().map(|it| it.id).collect()),
            within: read(filter.within.clone(), "filter.within")?,
            filter,
            day,
        })
    }

    pub(super) fn holds(&self, it: &Programme) -> bool {
        let flags = || self.view.models.programmes.flags(it, self.day);
        self.filter.kind.is_none_or(|kind| it.kind == kind.0)
            && self
                .filter
                .stage
                .as_ref()
                .is_none_or(|any| self.stage(it).is_some_and(|it| any.contains(&Choice(it))))
            && self.actors.as_ref().is_none_or(|all| it.actors().any(|id| all.contains(&id)))
            && self.framework.is_none_or(|id| it.alignments.iter().any(|it| it.framework == id))
            && self.below.as_ref().is_none_or(|all| all.contains(&it.id))
            && self.roots.as_ref().is_none_or(|all| all.contains(&it.id))
            && self.within.is_none_or(|outer| it.territories.iter().any(|it| it.is_within(outer)))
            && self.filter.flag.is_none_or(|flag| flags().contains(&flag.0))
            && self.is_about(it)
            && self.text.as_ref().is_none_or(|text| it.matches(text))
    }

    fn is_about(&self, it: &Programme) -> bool {
        let own = it.classification.as_ref();
        self.sector.is_none_or(|theme| own.is_some_and(|it| it.is_about(theme)))
            && self.goal.is_none_or(|goal| own.is_some_and(|it| it.serves(goal)))
    }

    fn stage(&self, it: &Programme) -> Option<Stage> {
        self.view.effective_on.map_or(Some(it.stage), |day| it.stage_on(day))
    }
}

impl Seen<Programme> {
    /// Its own id, or those of all that is part of it too.
    pub(super) fn own_or_all(&self, with_parts: bool) -> Vec<ProgrammeId> {
        if with_parts { self.view.models.programmes.subtree(self.it.id) } else { vec![self.it.id] }
    }
}
