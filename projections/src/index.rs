//! Which values belong to a key: one ordered set of pairs, so that a copy costs nothing and a key
//! with many values costs no more than many keys with one.
use std::ops::Bound;

use domain::ids::{
    ActionPointId, ActorId, AwarenessActionId, BodyDecisionId, CapitalisationItemId,
    CitizenInitiativeId, CommitmentId, ConflictId, CoordinationBodyId, CorrectionId,
    DeliberationId, EnvelopeId, FundingCallId, FundingRequestId, IndicatorId, InterventionId,
    MeetingId, MobilityMapId, MobilityPlacementId, ProgrammeId, ServiceUnitId, TerritorialPlanId,
    TrainingCohortId,
};
use imbl::OrdSet;
use serde::Serialize;

use crate::walk::walk;

/// A type with a least and a greatest value.
pub trait Extremes {
    /// Nothing is before it.
    const LEAST: Self;
    /// Nothing is after it.
    const GREATEST: Self;
}

macro_rules! extremes {
    ($($Id:ident),+ $(,)?) => {$(
        impl Extremes for $Id {
            const LEAST: Self = Self::from_u128(0);
            const GREATEST: Self = Self::from_u128(u128::MAX);
        }
    )+};
}

extremes! {
    ActionPointId, ActorId, AwarenessActionId, BodyDecisionId, CapitalisationItemId, CitizenInitiativeId, CommitmentId, ConflictId, CoordinationBodyId, CorrectionId, DeliberationId, EnvelopeId, FundingCallId, FundingRequestId, IndicatorId, InterventionId, MeetingId, MobilityMapId, MobilityPlacementId, ProgrammeId, ServiceUnitId, TerritorialPlanId, TrainingCohortId,
}

/// Many values of `V` for each key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
#[serde(bound(serialize = "K: Ord + Clone + Serialize, V: Ord + Clone + Serialize"))]
pub struct Index<K: Ord, V: Ord> {
    pairs: OrdSet<(K, V)>,
}

impl<K: Ord, V: Ord> Default for Index<K, V> {
    fn default() -> Self {
        Self { pairs: OrdSet::new() }
    }
}

impl<K: Ord + Clone, V: Ord + Copy + Extremes> Index<K, V> {
    pub(crate) fn insert(&mut self, key: K, value: V) {
        self.pairs.insert((key, value));
    }

    pub(crate) fn remove(&mut self, key: K, value: V) {
        self.pairs.remove(&(key, value));
    }

    /// The values of `key`, in order.
    pub fn of(&self, key: K) -> impl Iterator<Item = V> + '_ {
        walk(self.pairs.range((key.clone(), V::LEAST)..=(key, V::GREATEST)))
            .map(|(_, value)| *value)
    }

    /// Every key that has a value, in order: one step for each key, however many values it has.
    pub fn keys(&self) -> impl Iterator<Item = &K> + '_ {
        let first = self.pairs.get_min().map(|(key, _)| key);
        walk(std::iter::successors(first, |&key| {
            let after = Bound::Excluded((key.clone(), V::GREATEST));
            self.pairs.range((after, Bound::Unbounded)).next().map(|(key, _)| key)
        }))
    }
}
