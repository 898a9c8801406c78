//! What trainings, awareness actions, maps and placements have in common: what they belong to, and how
//! they are asked for by it.
use std::collections::BTreeSet;

use async_graphql::InputObject;
use domain::ids::{ActorId, IndicatorId, InterventionId, ProgrammeId};
use domain::text::folded;
use projections::programmes::Indicator;
use projections::register::Roots;

use super::fault::Fault;
use super::list::List;
use super::scalars::Given;
use super::view::{Seen, View, read};

/// By what they belong to; all of the conditions hold.
#[derive(InputObject, Clone, Debug, Default)]
pub struct RootsFilter {
    /// Those with a title that contains this, in any spelling.
    text: Option<String>,
    /// Those that this actor is behind; a merger is followed.
    by: Option<Given<ActorId>>,
    /// Those within this programme, or one that is part of it.
    programme: Option<Given<ProgrammeId>>,
    /// Those that are part of this intervention.
    intervention: Option<Given<InterventionId>>,
    /// Those that count towards this indicator.
    indicator: Option<Given<IndicatorId>>,
}

/// A filter, read.
pub struct Wanted {
    text: Option<String>,
    by: Option<BTreeSet<ActorId>>,
    programmes: Option<Vec<ProgrammeId>>,
    intervention: Option<InterventionId>,
    indicator: Option<IndicatorId>,
}

impl Wanted {
    /// What `filter` asks for.
    pub fn read(view: &View, filter: RootsFilter) -> Result<Self, Fault> {
        let models = &view.models;
        let by = read(filter.by, "filter.by")?.map(|id| models.actors.identities(id));
        let programme = read(filter.programme, "filter.programme")?;
        Ok(Self {
            text: filter.text.as_deref().map(folded),
            by,
            programmes: programme.map(|id| models.programmes.subtree(id)),
            intervention: read(filter.intervention, "filter.intervention")?,
            indicator: read(filter.indicator, "filter.indicator")?,
        })
    }

    /// Whether something with these roots is asked for; `matches` says whether its title contains a
    /// text.
    pub fn holds(&self, roots: &Roots, matches: impl Fn(&str) -> bool) -> bool {
        let within = |all: &Vec<ProgrammeId>| roots.programme.is_some_and(|it| all.contains(&it));
        self.by.as_ref().is_none_or(|all| all.contains(&roots.by))
            && self.programmes.as_ref().is_none_or(within)
            && self.intervention.is_none_or(|id| roots.intervention == Some(id))
            && self.indicator.is_none_or(|id| roots.indicators.contains(&id))
            && self.text.as_deref().is_none_or(matches)
    }
}

impl View {
    /// Those of the indicators that are known, each once.
    pub fn indicators(&self, ids: &[IndicatorId]) -> List<Seen<Indicator>> {
        let once: BTreeSet<_> = ids.iter().collect();
        let found = once.into_iter().filter_map(|id| self.models.programmes.indicator(*id));
        found.map(|it| self.see(it)).collect()
    }
}
