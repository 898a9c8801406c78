//! What interventions and programmes are about, as somebody said it.
use std::sync::Arc;

use domain::classification::{Goal, Sector, SectorCategory, Theme};
use domain::ids::ProgrammeId;
use serde::Serialize;

use crate::interventions::Intervention;
use crate::programmes::Programmes;
use crate::stamp::Stamp;

/// What something is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Classification {
    /// Its sectors.
    pub sectors: Box<[Sector]>,
    /// The goals that it serves.
    pub goals: Box<[Goal]>,
    /// Who said so, and when.
    pub stamp: Stamp,
}

impl Classification {
    pub(crate) fn of(sectors: &[Sector], goals: &[Goal], stamp: Stamp) -> Arc<Self> {
        Arc::new(Self { sectors: sectors.into(), goals: goals.into(), stamp })
    }

    /// Whether one of its sectors is `theme`, or lies in it.
    pub fn is_about(&self, theme: Theme) -> bool {
        self.sectors.iter().any(|it| theme.covers(*it))
    }

    /// Whether it serves `goal`, or one of its targets.
    pub fn serves(&self, goal: Goal) -> bool {
        self.goals.iter().any(|it| *it == goal || it.whole() == goal)
    }

    /// The categories of its sectors, in the order of their codes, each once.
    pub fn categories(&self) -> Vec<SectorCategory> {
        let mut all: Vec<_> = self.sectors.iter().map(|it| it.category()).collect();
        all.sort_unstable();
        all.dedup();
        all
    }
}

impl Programmes {
    /// What `programme` is about: what was said of itself, else of the nearest programme above it;
    /// with the programme that it was said of.
    pub fn classification(
        &self,
        programme: ProgrammeId,
    ) -> Option<(ProgrammeId, &Arc<Classification>)> {
        let own = |id: ProgrammeId| Some((id, self.get(id)?.classification.as_ref()?));
        own(programme).or_else(|| self.ancestors(programme).into_iter().find_map(own))
    }

    /// What `intervention`, of which nobody said it, has from its programme.
    pub fn inherited(
        &self,
        intervention: &Intervention,
    ) -> Option<(ProgrammeId, &Arc<Classification>)> {
        let unsaid = intervention.classification.is_none();
        intervention.programme.filter(|_| unsaid).and_then(|id| self.classification(id))
    }
}
