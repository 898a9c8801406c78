//! Which citizens' initiatives are asked for.
use std::collections::BTreeSet;

use async_graphql::InputObject;
use domain::ids::ActorId;
use domain::population::PopulationGroup;
use domain::territory::TerritoryId;
use domain::text::folded;
use projections::initiatives::{Initiative, Stage};

use crate::graphql::enums::Choice;
use crate::graphql::fault::Fault;
use crate::graphql::noun::{self, joined};
use crate::graphql::scalars::Given;
use crate::graphql::view::{View, read};

/// Which initiatives are asked for; all of the conditions hold.
#[derive(InputObject, Clone, Debug, Default)]
pub struct CitizenInitiativeFilter {
    /// Those with a title that contains this, in any spelling.
    text: Option<String>,
    /// Those in this territory, or in one within it.
    within: Option<Given<TerritoryId>>,
    /// Those carried by this group.
    group: Option<Choice<PopulationGroup>>,
    /// Those that this actor supports; a merger is followed.
    endorsed_by: Option<Given<ActorId>>,
    /// Those that this council has; a merger is followed.
    referred_to: Option<Given<ActorId>>,
    /// Those at one of these stages; on the day of the question where one is asked for.
    stage: Option<Vec<Choice<Stage>>>,
    /// Those that were annulled too, which are left out otherwise.
    #[graphql(default)]
    annulled_too: bool,
    /// Those on one of these days, where their date is known: `OrderBy.DATE` says which date it is.
    dated: Option<noun::Days>,
    /// Those that all of these hold for, too.
    and: Option<Vec<CitizenInitiativeFilter>>,
    /// Those that one of these holds for, too.
    or: Option<Vec<CitizenInitiativeFilter>>,
    /// Those that this does not hold for.
    not: Option<Box<CitizenInitiativeFilter>>,
}

joined!(CitizenInitiativeFilter);

/// A filter, read.
pub(super) struct Wanted<'a> {
    view: &'a View,
    text: Option<String>,
    within: Option<TerritoryId>,
    supporters: Option<BTreeSet<ActorId>>,
    councils: Option<BTreeSet<ActorId>>,
    filter: CitizenInitiativeFilter,
}

impl<'a> Wanted<'a> {
    pub(super) fn read(view: &'a View, filter: CitizenInitiativeFilter) -> Result<Self, Fault> {
        let supporter = read(filter.endorsed_by.clone(), "filter.endorsedBy")?;
        let council = read(filter.referred_to.clone(), "filter.referredTo")?;
        Ok(Self {
            view,
            text: filter.text.as_deref().map(folded),
            within: read(filter.within.clone(), "filter.within")?,
            supporters: supporter.map(|id| view.models.actors.identities(id)),
            councils: council.map(|id| view.models.actors.identities(id)),
            filter,
        })
    }

    pub(super) fn holds(&self, it: &Initiative) -> bool {
        let day = self.view.effective_on;
        let stage = || day.map_or(Some(it.stage), |day| it.stage_on(day));
        (self.filter.annulled_too || it.annulled.is_none())
            && self.within.is_none_or(|outer| it.territory.is_within(outer))
            && self.filter.group.is_none_or(|group| it.groups.contains(&group.0))
            && self
                .filter
                .stage
                .as_ref()
                .is_none_or(|any| stage().is_some_and(|it| any.contains(&Choice(it))))
            && self
                .supporters
                .as_ref()
                .is_none_or(|all| it.endorsements.iter().any(|it| all.contains(&it.by)))
            && self
                .councils
                .as_ref()
                .is_none_or(|all| it.referral.is_some_and(|it| all.contains(&it.to)))
            && self.text.as_ref().is_none_or(|text| it.matches(text))
    }
}
