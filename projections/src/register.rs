//! Counted things of one sort: trainings, awareness actions, maps, placements. Each is found by its
//! id for ever, and by what it belongs to as long as it counts.
use std::fmt::Debug;
use std::sync::Arc;

use domain::ids::{ActorId, IndicatorId, InterventionId, ProgrammeId};
use domain::territory::TerritoryId;
use domain::text::Note;
use imbl::OrdMap;
use serde::Serialize;
use uuid::Uuid;

use crate::index::{Extremes, Index};
use crate::stamp::Stamp;
use crate::walk::{Between, EVERY, between};

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

/// Something that a register keeps.
pub trait Kept: Clone {
    /// Its id.
    type Id: Copy + Ord + From<Uuid> + Extremes + Debug + Serialize;

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
    kept: OrdMap<T::Id, Arc<T>>,
    actors: Index<ActorId, T::Id>,
    programmes: Index<ProgrammeId, T::Id>,
    interventions: Index<InterventionId, T::Id>,
    territories: Index<TerritoryId, T::Id>,
    indicators: Index<IndicatorId, T::Id>,
}

impl<T: Kept> Default for Register<T> {
    fn default() -> Self {
        Self {
            kept: OrdMap::new(),
            actors: Index::default(),
            programmes: Index::default(),
            interventions: Index::default(),
            territories: Index::default(),
            indicators: Index::default(),
        }
    }
}

impl<T: Kept> Register<T> {
    /// The one with this id, annulled or not.
    pub fn get(&self, id: T::Id) -> Option<&Arc<T>> {
        self.kept.get(&id)
    }

    /// Every one that counts, by its id.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<T>> {
        self.between(EVERY)
    }

    /// The same `between` two ids.
    pub fn between(&self, ids: Between) -> impl DoubleEndedIterator<Item = &Arc<T>> {
        between(&self.kept, ids).filter(|it| !it.is_annulled())
    }

    fn all(&self, ids: impl Iterator<Item = T::Id>) -> impl Iterator<Item = &Arc<T>> {
        ids.filter_map(|id| self.kept.get(&id))
    }

    /// Those that `actor` is behind.
    pub fn of_actor(&self, actor: ActorId) -> impl Iterator<Item = &Arc<T>> {
        self.all(self.actors.of(actor))
    }

    /// Those within `programme` itself.
    pub fn of_programme(&self, programme: ProgrammeId) -> impl Iterator<Item = &Arc<T>> {
        self.all(self.programmes.of(programme))
    }

    /// Those that are part of `intervention`.
    pub fn of_intervention(&self, intervention: InterventionId) -> impl Iterator<Item = &Arc<T>> {
        self.all(self.interventions.of(intervention))
    }

    /// Those that count towards `indicator`.
    pub fn of_indicator(&self, indicator: IndicatorId) -> impl Iterator<Item = &Arc<T>> {
        self.all(self.indicators.of(indicator))
    }

    /// Those in `territory`, or in a part of it.
    pub fn within(&self, territory: TerritoryId) -> impl Iterator<Item = &Arc<T>> {
        let places = self.territories.keys().filter(move |it| it.is_within(territory));
        self.all(places.flat_map(|it| self.territories.of(*it)))
    }

    pub(crate) fn insert(&mut self, item: T) {
        let roots = item.roots().clone();
        self.file(item.id(), &roots);
        self.kept.insert(item.id(), Arc::new(item));
    }

    /// Changes the one with this id, where it is known.
    pub(crate) fn change(&mut self, id: T::Id, change: impl FnOnce(&mut T)) {
        let Some(item) = self.kept.get_mut(&id) else { return };
        let item = Arc::make_mut(item);
        let before = (item.roots().territory, item.is_annulled());
        change(item);
        if before == (item.roots().territory, item.is_annulled()) {
            return;
        }
        let (now, annulled) = (item.roots().clone(), item.is_annulled());
        self.take_out(id, &Roots { territory: before.0, ..now.clone() });
        if !annulled {
            self.file(id, &now);
        }
    }

    fn file(&mut self, id: T::Id, roots: &Roots) {
        self.actors.insert(roots.by, id);
        roots.programme.into_iter().for_each(|it| self.programmes.insert(it, id));
        roots.intervention.into_iter().for_each(|it| self.interventions.insert(it, id));
        roots.territory.into_iter().for_each(|it| self.territories.insert(it, id));
        roots.indicators.iter().for_each(|it| self.indicators.insert(*it, id));
    }

    fn take_out(&mut self, id: T::Id, roots: &Roots) {
        self.actors.remove(roots.by, id);
        roots.programme.into_iter().for_each(|it| self.programmes.remove(it, id));
        roots.intervention.into_iter().for_each(|it| self.interventions.remove(it, id));
        roots.territory.into_iter().for_each(|it| self.territories.remove(it, id));
        roots.indicators.iter().for_each(|it| self.indicators.remove(*it, id));
    }
}
