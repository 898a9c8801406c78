//! Which items of the library are asked for.
use std::collections::BTreeSet;
use std::sync::Arc;

use async_graphql::InputObject;
use domain::capitalisation_item::Kind;
use domain::classification::Sector;
use domain::ids::{CapitalisationItemId, InterventionId, ProgrammeId};
use domain::population::PopulationGroup;
use domain::territory::TerritoryId;
use projections::capitalisation::{Item, Stage};

use super::stage;
use crate::graphql::enums::Choice;
use crate::graphql::fault::Fault;
use crate::graphql::noun::{self, joined};
use crate::graphql::scalars::Given;
use crate::graphql::view::{View, read};

/// Which items of the library are asked for; all of the conditions hold.
#[derive(InputObject, Clone, Debug, Default)]
pub struct CapitalisationFilter {
    /// Those in which every one of these words begins a word of the title, the summary, the themes,
    /// or a name of the places and actors that it is about; in any spelling, in French and Arabic.
    text: Option<String>,
    /// Those of this sort.
    kind: Option<Choice<Kind>>,
    /// Those on this.
    sector: Option<Given<Sector>>,
    /// Those about this territory or one within it, or about an intervention there.
    within: Option<Given<TerritoryId>>,
    /// Those within this programme, or one that is part of it.
    programme: Option<Given<ProgrammeId>>,
    /// Those from this intervention.
    intervention: Option<Given<InterventionId>>,
    /// Those for this group.
    group: Option<Choice<PopulationGroup>>,
    /// Those at one of these stages; on the day of the question where one is asked for.
    stage: Option<Vec<Choice<Stage>>>,
    /// Only those that are published; on the day of the question where one is asked for.
    #[graphql(default)]
    published_only: bool,
    /// Those on one of these days, where their date is known: `OrderBy.DATE` says which date it is.
    dated: Option<noun::Days>,
    /// Those that all of these hold for, too.
    and: Option<Vec<CapitalisationFilter>>,
    /// Those that one of these holds for, too.
    or: Option<Vec<CapitalisationFilter>>,
    /// Those that this does not hold for.
    not: Option<Box<CapitalisationFilter>>,
}

joined!(CapitalisationFilter);

/// A filter, read.
pub(super) struct Wanted<'a> {
    view: &'a View,
    sector: Option<Sector>,
    intervention: Option<InterventionId>,
    programmes: Option<Vec<ProgrammeId>>,
    within: Option<(TerritoryId, BTreeSet<InterventionId>)>,
    found: Option<BTreeSet<CapitalisationItemId>>,
    filter: CapitalisationFilter,
}

/// The items that `text` finds, or all, with their ranks, in the order of the list.
pub(super) fn found<'a>(view: &'a View, text: Option<&str>) -> Vec<(usize, &'a Arc<Item>)> {
    let library = &view.models.capitalisation;
    match text {
        Some(text) => library.search(&view.models, text),
        None => library.iter().map(|it| (0, it)).collect(),
    }
}

impl CapitalisationFilter {
    /// What the text of an item is searched for.
    pub(super) fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }
}

impl<'a> Wanted<'a> {
    pub(super) fn read(view: &'a View, filter: CapitalisationFilter) -> Result<Self, Fault> {
        let models = &view.models;
        let programme = read(filter.programme.clone(), "filter.programme")?;
        let within = read(filter.within.clone(), "filter.within")?;
        Ok(Self {
            view,
            sector: read(filter.sector.clone(), "filter.sector")?,
            intervention: read(filter.intervention.clone(), "filter.intervention")?,
            programmes: programme.map(|id| models.programmes.subtree(id)),
            within: within.map(|it| (it, models.interventions.within(it))),
            found: filter
                .text()
                .map(|text| found(view, Some(text)).into_iter().map(|(_, it)| it.id).collect()),
            filter,
        })
    }

    pub(super) fn holds(&self, it: &Item) -> bool {
        let own = stage(self.view, it);
        self.found.as_ref().is_none_or(|found| found.contains(&it.id))
            && self.filter.kind.is_none_or(|kind| it.kind == kind.0)
            && self.sector.is_none_or(|sector| it.sectors.contains(&sector))
            && self.filter.group.is_none_or(|group| it.groups.contains(&group.0))
            && self
                .filter
                .stage
                .as_ref()
                .is_none_or(|any| own.is_some_and(|it| any.contains(&Choice(it))))
            && (!self.filter.published_only || own == Some(Stage::Published))
            && self.intervention.is_none_or(|id| it.interventions.contains(&id))
            && self
                .programmes
                .as_ref()
                .is_none_or(|all| it.programme.is_some_and(|id| all.contains(&id)))
            && self.within.as_ref().is_none_or(|(outer, interventions)| {
                it.territories.iter().any(|it| it.is_within(*outer))
                    || it.interventions.iter().any(|id| interventions.contains(id))
            })
    }
}
