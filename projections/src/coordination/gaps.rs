//! The communes that no intervention names.
use std::collections::{BTreeMap, BTreeSet};

use domain::ids::InterventionId;
use domain::territory::{Level, TerritoryId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Chosen, Window};
use crate::interventions::Stage;

/// Whether anything is done around a commune that no intervention names.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum CoveredBy {
    /// Only interventions that name a province, a region or the country around it.
    Wider,
    /// Nothing.
    Nothing,
}

/// Which communes of a territory are named by interventions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// The communes that are known in the territory, in the order of their ids as they are written.
    pub communes: Vec<TerritoryId>,
    named: BTreeSet<TerritoryId>,
    wider: BTreeMap<TerritoryId, Vec<InterventionId>>,
}

impl Coverage {
    /// The communes within `within`, against those of `chosen` that were not given up.
    pub fn of(within: TerritoryId, chosen: Chosen<'_>, window: &Window) -> Self {
        let commune = |it: &TerritoryId| it.get().level == Level::Commune && it.is_within(within);
        let mut communes: Vec<_> = TerritoryId::all().filter(commune).collect();
        communes.sort_unstable_by_key(|it| it.as_str());
        let (mut named, mut wider) = (BTreeSet::new(), BTreeMap::<_, Vec<_>>::new());
        for it in chosen.iter().filter(|it| window.stage(it) != Some(Stage::Abandoned)) {
            let places: BTreeSet<_> = it.territories.iter().copied().collect();
            for place in places {
                if place.get().level == Level::Commune {
                    named.insert(place);
                } else {
                    wider.entry(place).or_default().push(it.id);
                }
            }
        }
        Self { communes, named, wider }
    }

    /// How many communes at least one intervention names.
    pub fn covered(&self) -> usize {
        self.communes.len() - self.gaps().count()
    }

    /// The communes that no intervention names.
    pub fn gaps(&self) -> impl Iterator<Item = TerritoryId> + '_ {
        self.communes.iter().copied().filter(|it| !self.named.contains(it))
    }

    /// What is done around `commune`, by interventions that name a territory around it.
    pub fn covered_by(&self, commune: TerritoryId) -> CoveredBy {
        let mut around = above(commune);
        let wider = around.any(|it| self.wider.contains_key(&it));
        if wider { CoveredBy::Wider } else { CoveredBy::Nothing }
    }

    /// The interventions that name a territory around `commune`, in the order of their ids.
    pub fn around(&self, commune: TerritoryId) -> BTreeSet<InterventionId> {
        above(commune).filter_map(|it| self.wider.get(&it)).flatten().copied().collect()
    }
}

/// What `territory` lies in, the nearest first; without itself.
pub(super) fn above(territory: TerritoryId) -> impl Iterator<Item = TerritoryId> {
    std::iter::successors(territory.get().parent, |it| it.get().parent)
}
