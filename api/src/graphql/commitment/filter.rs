//! Which commitments are asked for.
use std::collections::BTreeSet;

use async_graphql::InputObject;
use domain::ids::{ActorId, InterventionId, ProgrammeId};
use domain::territory::TerritoryId;
use domain::text::folded;
use jiff::civil::Date;
use projections::commitments::{Commitment, Stage};

use super::lateness::{LatenessObject, LatenessState};
use crate::graphql::enums::Choice;
use crate::graphql::fault::Fault;
use crate::graphql::noun::{self, joined};
use crate::graphql::scalars::Given;
use crate::graphql::view::{View, read};

/// Which commitments are asked for; all of the conditions hold.
#[derive(InputObject, Clone, Debug, Default)]
pub struct CommitmentFilter {
    /// Those with a title that contains this, in any spelling.
    text: Option<String>,
    /// Those that this actor made; a merger is followed.
    by: Option<Given<ActorId>>,
    /// Those that were made to this actor; a merger is followed.
    to: Option<Given<ActorId>>,
    /// Those for this intervention.
    intervention: Option<Given<InterventionId>>,
    /// Those within this programme, or one that is part of it.
    programme: Option<Given<ProgrammeId>>,
    /// Those for an intervention in this territory, or in one within it.
    within: Option<Given<TerritoryId>>,
    /// Those at one of these stages.
    stage: Option<Vec<Choice<Stage>>>,
    /// Those that stand so against the calendar on the day of the question.
    lateness: Option<LatenessState>,
    /// Only those that are late on the day of the question.
    #[graphql(default)]
    late_only: bool,
    /// Only those with evidence that waits for an answer.
    #[graphql(default)]
    evidence_waiting: bool,
    /// Those on one of these days, where their date is known: `OrderBy.DATE` says which date it is.
    dated: Option<noun::Days>,
    /// Those that all of these hold for, too.
    and: Option<Vec<CommitmentFilter>>,
    /// Those that one of these holds for, too.
    or: Option<Vec<CommitmentFilter>>,
    /// Those that this does not hold for.
    not: Option<Box<CommitmentFilter>>,
}

joined!(CommitmentFilter);

/// A filter, read.
pub(in crate::graphql) struct Wanted<'a> {
    view: &'a View,
    filter: CommitmentFilter,
    text: Option<String>,
    intervention: Option<InterventionId>,
    by: Option<BTreeSet<ActorId>>,
    to: Option<BTreeSet<ActorId>>,
    programmes: Option<Vec<ProgrammeId>>,
    places: Option<BTreeSet<InterventionId>>,
    day: Date,
}

impl<'a> Wanted<'a> {
    pub(in crate::graphql) fn read(
        view: &'a View,
        filter: CommitmentFilter,
        day: Date,
    ) -> Result<Self, Fault> {
        let models = &view.models;
        let (by, to) = (filter.by.clone(), filter.to.clone());
        let by = read(by, "filter.by")?.map(|id| models.actors.identities(id));
        let to = read(to, "filter.to")?.map(|id| models.actors.identities(id));
        let programme = read(filter.programme.clone(), "filter.programme")?;
        let within = read(filter.within.clone(), "filter.within")?;
        Ok(Self {
            view,
            text: filter.text.as_deref().map(folded),
            intervention: read(filter.intervention.clone(), "filter.intervention")?,
            by,
            to,
            programmes: programme.map(|id| models.programmes.subtree(id)),
            places: within.map(|territory| models.interventions.within(territory)),
            filter,
            day,
        })
    }

    pub(in crate::graphql) fn holds(&self, it: &Commitment) -> bool {
        let lateness = || LatenessObject::of(it.lateness(self.day), self.day).state;
        self.by.as_ref().is_none_or(|all| all.contains(&it.by))
            && self.to.as_ref().is_none_or(|all| all.contains(&it.to))
            && self.filter.stage.as_ref().is_none_or(|any| any.contains(&Choice(it.stage)))
            && (!self.filter.late_only || it.lateness(self.day).is_late())
            && self.filter.lateness.is_none_or(|state| lateness() == state)
            && (!self.filter.evidence_waiting || it.waiting().next().is_some())
            && self.intervention.is_none_or(|id| it.intervention == Some(id))
            && self.programmes.as_ref().is_none_or(|all| self.is_part_of(it, all))
            && self
                .places
                .as_ref()
                .is_none_or(|all| it.intervention.is_some_and(|id| all.contains(&id)))
            && self.text.as_ref().is_none_or(|text| it.matches(text))
    }

    /// Whether a commitment, or the intervention that it is for, is part of one of `programmes`.
    fn is_part_of(&self, it: &Commitment, programmes: &[ProgrammeId]) -> bool {
        let through = || {
            let intervention = self.view.models.interventions.get(it.intervention?)?;
            intervention.programme
        };
        it.programme.or_else(through).is_some_and(|id| programmes.contains(&id))
    }
}
