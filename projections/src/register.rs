//! Counted things of one sort: trainings, awareness actions, maps, placements. Each is found by its
//! id for ever, and by what it belongs to as long as it counts.
use std::fmt::Debug;
use std::sync::Arc;

use domain::ids::{ActorId, IndicatorId, InterventionId, ProgrammeId};
use domain::territory::TerritoryId;
use domain::text::{Note, Title, folded};
use imbl::OrdMap;
use serde::Serialize;

use crate::index::{Extremes, Index};
use crate::stamp::Stamp;

/// What something belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Roots {
    /// Who is behind it.
    pub by: ActorId,
    /// Within which programme.
    pub programme: Option<ProgrammeId>,
    /// As part of which intervention.
    pub intervention: Option<InterventionId>,
    /// Where.
    pub territory: Option<TerritoryId>,
    /// Which indicators it counts towards.
    pub indicators: Arc<[IndicatorId]>,
}

/// One step of something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step<S> {
    /// What it became.
    pub stage: S,
    /// When, and who said so.
    pub stamp: Stamp,
    /// Why, where a reason was given.
    pub reason: Option<Arc<Note>>,
}

impl<S> Step<S> {
    pub(crate) fn new(stage: S, stamp: Stamp, reason: Option<&Note>) -> Self {
        Self { stage, stamp, reason: reason.cloned().map(Arc::new) }
    }
}

/// What `steps` had come to on `day`. Steps follow one another: one without a date comes no earlier
/// than those recorded before it.
pub(crate) fn stage_on<S: Copy>(steps: &[Step<S>], day: jiff::civil::Date) -> Option<S> {
    let begun = |step: &&Step<S>| !step.stamp.effective.is_certainly_after(day);
    steps.iter().take_while(begun).last().map(|step| step.stage)
}

/// A title in the form in which it is searched.
pub(crate) fn searched(title: &Title) -> Arc<str> {
    let all: String = title.wordings().map(|(_, text)| folded(text) + "\n").collect();
    all.into()
}

/// Something that a register keeps.
pub trait Kept: Clone {
    /// Its id.
    type Id: Copy + Ord + Extremes + Debug + Serialize;

    /// Its id.
    fn id(&self) -> Self::Id;

    /// What it belongs to.
    fn roots(&self) -> &Roots;

    /// Whether it was recorded by mistake: it is found by its id alone, and counts nowhere.
    fn is_annulled(&self) -> bool;
}

/// Everything of one sort. A clone shares everything.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(bound(serialize = "T: Serialize"))]
pub struct Register<T: Kept> {
    by_id: OrdMap<T::Id, Arc<T>>,
    by_actor: Index<ActorId, T::Id>,
    by_programme: Index<ProgrammeId, T::Id>,
    by_intervention: Index<InterventionId, T::Id>,
    by_territory: Index<TerritoryId, T::Id>,
    by_indicator: Index<IndicatorId, T::Id>,
}

impl<T: Kept> Default for Register<T> {
    fn default() -> Self {
        Self {
            by_id: OrdMap::new(),
            by_actor: Index::default(),
            by_programme: Index::default(),
            by_intervention: Index::default(),
            by_territory: Index::default(),
            by_indicator: Index::default(),
        }
    }
}

impl<T: Kept> Register<T> {
    /// The one with this id, annulled or not.
    pub fn get(&self, id: T::Id) -> Option<&Arc<T>> {
        self.by_id.get(&id)
    }

    /// Every one that counts, by its id.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<T>> {
        self.by_id.values().filter(|it| !it.is_annulled())
    }

    fn all(&self, ids: impl Iterator<Item = T::Id>) -> impl Iterator<Item = &Arc<T>> {
        ids.filter_map(|id| self.by_id.get(&id))
    }

    /// Those that `actor` is behind.
    pub fn of_actor(&self, actor: ActorId) -> impl Iterator<Item = &Arc<T>> {
        self.all(self.by_actor.of(actor))
    }

    /// Those within `programme` itself.
    pub fn of_programme(&self, programme: ProgrammeId) -> impl Iterator<Item = &Arc<T>> {
        self.all(self.by_programme.of(programme))
    }

    /// Those that are part of `intervention`.
    pub fn of_intervention(&self, intervention: InterventionId) -> impl Iterator<Item = &Arc<T>> {
        self.all(self.by_intervention.of(intervention))
    }

    /// Those that count towards `indicator`.
    pub fn of_indicator(&self, indicator: IndicatorId) -> impl Iterator<Item = &Arc<T>> {
        self.all(self.by_indicator.of(indicator))
    }

    /// Those in `territory`, or in a part of it.
    pub fn within(&self, territory: TerritoryId) -> impl Iterator<Item = &Arc<T>> {
        let places = self.by_territory.keys().filter(move |it| it.is_within(territory));
        self.all(places.flat_map(|it| self.by_territory.of(*it)))
    }

    pub(crate) fn insert(&mut self, item: T) {
        let roots = item.roots().clone();
        self.file(item.id(), &roots);
        self.by_id.insert(item.id(), Arc::new(item));
    }

    /// Changes the one with this id, where it is known.
    pub(crate) fn change(&mut self, id: T::Id, change: impl FnOnce(&mut T)) {
        let Some(kept) = self.by_id.get_mut(&id) else { return };
        let kept = Arc::make_mut(kept);
        let before = (kept.roots().territory, kept.is_annulled());
        change(kept);
        if before == (kept.roots().territory, kept.is_annulled()) {
            return;
        }
        let (now, annulled) = (kept.roots().clone(), kept.is_annulled());
        self.take_out(id, &Roots { territory: before.0, ..now.clone() });
        if !annulled {
            self.file(id, &now);
        }
    }

    fn file(&mut self, id: T::Id, roots: &Roots) {
        self.by_actor.insert(roots.by, id);
        roots.programme.into_iter().for_each(|it| self.by_programme.insert(it, id));
        roots.intervention.into_iter().for_each(|it| self.by_intervention.insert(it, id));
        roots.territory.into_iter().for_each(|it| self.by_territory.insert(it, id));
        roots.indicators.iter().for_each(|it| self.by_indicator.insert(*it, id));
    }

    fn take_out(&mut self, id: T::Id, roots: &Roots) {
        self.by_actor.remove(roots.by, id);
        roots.programme.into_iter().for_each(|it| self.by_programme.remove(it, id));
        roots.intervention.into_iter().for_each(|it| self.by_intervention.remove(it, id));
        roots.territory.into_iter().for_each(|it| self.by_territory.remove(it, id));
        roots.indicators.iter().for_each(|it| self.by_indicator.remove(*it, id));
    }
}
