//! Which deliberations are asked for.
use std::collections::BTreeSet;

use async_graphql::InputObject;
use domain::ids::{ActorId, CitizenInitiativeId};
use domain::text::folded;
use projections::deliberations::{Deliberation, Stage};

use crate::graphql::enums::Choice;
use crate::graphql::fault::Fault;
use crate::graphql::noun::{self, joined};
use crate::graphql::scalars::Given;
use crate::graphql::view::{View, read};

/// Which deliberations are asked for; all of the conditions hold.
#[derive(InputObject, Clone, Debug, Default)]
pub struct DeliberationFilter {
    /// Those with a title that contains this, in any spelling.
    text: Option<String>,
    /// Those of this actor's council; a merger is followed.
    council: Option<Given<ActorId>>,
    /// Those that were tabled because of this petition.
    initiative: Option<Given<CitizenInitiativeId>>,
    /// Those at one of these stages; on the day of the question where one is asked for.
    stage: Option<Vec<Choice<Stage>>>,
    /// Those that were annulled too, which are left out otherwise.
    #[graphql(default)]
    annulled_too: bool,
    /// Those on one of these days, where their date is known: `OrderBy.DATE` says which date it is.
    dated: Option<noun::Days>,
    /// Those that all of these hold for, too.
    and: Option<Vec<DeliberationFilter>>,
    /// Those that one of these holds for, too.
    or: Option<Vec<DeliberationFilter>>,
    /// Those that this does not hold for.
    not: Option<Box<DeliberationFilter>>,
}

joined!(DeliberationFilter);

/// A filter, read.
pub(super) struct Wanted<'a> {
    view: &'a View,
    text: Option<String>,
    councils: Option<BTreeSet<ActorId>>,
    initiative: Option<CitizenInitiativeId>,
    filter: DeliberationFilter,
}

impl<'a> Wanted<'a> {
    pub(super) fn read(view: &'a View, filter: DeliberationFilter) -> Result<Self, Fault> {
        let council = read(filter.council.clone(), "filter.council")?;
        Ok(Self {
            view,
            text: filter.text.as_deref().map(folded),
            councils: council.map(|id| view.models.actors.identities(id)),
            initiative: read(filter.initiative.clone(), "filter.initiative")?,
            filter,
        })
    }

    pub(super) fn holds(&self, it: &Deliberation) -> bool {
        let day = self.view.effective_on;
        let stage = || day.map_or(Some(it.stage), |day| it.stage_on(day));
        (self.filter.annulled_too || it.annulled.is_none())
            && self.councils.as_ref().is_none_or(|all| all.contains(&it.council))
            && self.initiative.is_none_or(|id| it.initiative == Some(id))
            && self
                .filter
                .stage
                .as_ref()
                .is_none_or(|any| stage().is_some_and(|it| any.contains(&Choice(it))))
            && self.text.as_ref().is_none_or(|text| it.matches(text))
    }
}
