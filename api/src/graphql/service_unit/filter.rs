//! Which service units are asked for.
use std::collections::BTreeSet;

use async_graphql::InputObject;
use domain::ids::{ActorId, InterventionId, ServiceUnitId};
use domain::service_unit::Service;
use domain::territory::TerritoryId;
use domain::text::folded;
use projections::service_units::{ServiceUnit, Stage};

use crate::graphql::enums::Choice;
use crate::graphql::fault::Fault;
use crate::graphql::noun::{self, joined};
use crate::graphql::scalars::Given;
use crate::graphql::view::{View, read};

/// Which service units are asked for; all of the conditions hold.
#[derive(InputObject, Clone, Debug, Default)]
pub struct ServiceUnitFilter {
    /// Those with a title that contains this, in any spelling.
    text: Option<String>,
    /// Those in this territory, or in one within it.
    within: Option<Given<TerritoryId>>,
    /// Those that this actor hosts; a merger is followed.
    host: Option<Given<ActorId>>,
    /// Those with a referral agreement of this actor, on the day of the question where one is asked
    /// for; a merger is followed.
    partner: Option<Given<ActorId>>,
    /// Those that this intervention sets up.
    intervention: Option<Given<InterventionId>>,
    /// Those that say that they offer this service.
    service: Option<Choice<Service>>,
    /// Those at one of these stages; on the day of the question where one is asked for.
    stage: Option<Vec<Choice<Stage>>>,
    /// Those on one of these days, where their date is known: `OrderBy.DATE` says which date it is.
    dated: Option<noun::Days>,
    /// Those that all of these hold for, too.
    and: Option<Vec<ServiceUnitFilter>>,
    /// Those that one of these holds for, too.
    or: Option<Vec<ServiceUnitFilter>>,
    /// Those that this does not hold for.
    not: Option<Box<ServiceUnitFilter>>,
}

joined!(ServiceUnitFilter);

/// A filter, read.
pub(super) struct Wanted<'a> {
    view: &'a View,
    text: Option<String>,
    places: Option<BTreeSet<ServiceUnitId>>,
    hosts: Option<BTreeSet<ActorId>>,
    partners: Option<BTreeSet<ActorId>>,
    intervention: Option<InterventionId>,
    filter: ServiceUnitFilter,
}

impl<'a> Wanted<'a> {
    pub(super) fn read(view: &'a View, filter: ServiceUnitFilter) -> Result<Self, Fault> {
        let models = &view.models;
        let within = read(filter.within.clone(), "filter.within")?;
        let host = read(filter.host.clone(), "filter.host")?;
        let partner = read(filter.partner.clone(), "filter.partner")?;
        Ok(Self {
            view,
            text: filter.text.as_deref().map(folded),
            places: within.map(|it| models.service_units.within(it)),
            hosts: host.map(|id| models.actors.identities(id)),
            partners: partner.map(|id| models.actors.identities(id)),
            intervention: read(filter.intervention.clone(), "filter.intervention")?,
            filter,
        })
    }

    pub(super) fn holds(&self, it: &ServiceUnit) -> bool {
        self.places.as_ref().is_none_or(|all| all.contains(&it.id))
            && self.hosts.as_ref().is_none_or(|all| all.contains(&it.host))
            && self.partners.as_ref().is_none_or(|all| self.sends_to(it, all))
            && self.intervention.is_none_or(|id| it.intervention == Some(id))
            && self.filter.service.is_none_or(|service| it.services.contains(&service.0))
            && self
                .filter
                .stage
                .as_ref()
                .is_none_or(|any| self.stage(it).is_some_and(|it| any.contains(&Choice(it))))
            && self.text.as_ref().is_none_or(|text| it.matches(text))
    }

    fn stage(&self, it: &ServiceUnit) -> Option<Stage> {
        self.view.effective_on.map_or(Some(it.stage), |day| it.stage_on(day))
    }

    fn sends_to(&self, it: &ServiceUnit, partners: &BTreeSet<ActorId>) -> bool {
        match self.view.effective_on {
            Some(day) => it.referrals_on(day).any(|it| partners.contains(&it.partner)),
            None => it.referrals.iter().any(|it| partners.contains(&it.partner)),
        }
    }
}
