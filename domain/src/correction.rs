//! Corrections of money and of what was kept: one person proposes, another one answers.
//!
//! ```text
//! ─Propose─▶ Waiting ─Confirm, by another person─▶ Confirmed: the figure changes
//!               └────Reject, by another person───▶ Rejected: nothing changes
//! ```
//!
//! While it waits, a correction changes no figure. A figure that has changed since the correction was
//! proposed is not the one that was looked at: the correction can only be rejected then.
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use strum::{IntoStaticStr, VariantNames};

use crate::aggregate::{Refused, ensure};
use crate::ids::{CorrectionId, UserId};

/// The most corrections that are proposed to one aggregate, answered ones included.
pub const CORRECTIONS_MAX: usize = 1_000;

/// Why a proposed correction, or the answer to it, is refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the message says it")]
pub enum Refusal {
    #[error("that correction was proposed already")]
    Duplicate,
    #[error("no such correction waits: it was confirmed or rejected already, or never proposed")]
    Unknown,
    #[error("another correction of the same figure waits: confirm or reject it first")]
    AlreadyWaiting,
    #[error("who confirms or rejects a correction must be another person than who proposed it")]
    SamePerson,
    #[error("the figure has changed since then: reject the correction, and propose another one")]
    ChangedMeanwhile,
    #[error("at most {max} corrections")]
    TooMany { max: usize },
}

impl Refused for Refusal {
    fn code(&self) -> String {
        format!("CORRECTION_{}", <&str>::from(self))
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::Duplicate | Self::Unknown | Self::ChangedMeanwhile => Some("correction"),
            Self::AlreadyWaiting => Some("figure"),
            Self::SamePerson | Self::TooMany { .. } => None,
        }
    }
}

/// The corrections of one aggregate, whose figures are named by `F`: which one, and its value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Corrections<F> {
    waiting: BTreeMap<CorrectionId, Waiting<F>>,
    answered: BTreeSet<CorrectionId>,
}

/// A correction that nobody has answered yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Waiting<F> {
    /// Who proposed it.
    person: UserId,
    /// What the figure said then.
    was: F,
    /// What it should say.
    figure: F,
}

impl<F> Default for Corrections<F> {
    fn default() -> Self {
        Self { waiting: BTreeMap::new(), answered: BTreeSet::new() }
    }
}

impl<F: PartialEq> Corrections<F> {
    /// Whether `id` may be proposed for the figure that says `was` today.
    pub(crate) fn can_propose(&self, id: CorrectionId, was: &F) -> Result<(), Refusal> {
        let known = self.waiting.contains_key(&id) || self.answered.contains(&id);
        ensure(!known, Refusal::Duplicate)?;
        let waits = self.waiting.values().any(|it| it.was == *was);
        ensure(!waits, Refusal::AlreadyWaiting)?;
        let fits = self.waiting.len() + self.answered.len() < CORRECTIONS_MAX;
        ensure(fits, Refusal::TooMany { max: CORRECTIONS_MAX })
    }

    /// Whether `person` may answer the correction `id`: what it proposes, where they may.
    pub(crate) fn can_answer(&self, id: CorrectionId, person: UserId) -> Result<&F, Refusal> {
        let waiting = self.waiting.get(&id).ok_or(Refusal::Unknown)?;
        ensure(waiting.person != person, Refusal::SamePerson)?;
        Ok(&waiting.figure)
    }

    /// Whether the figure that says `now` today is the one that `id` was proposed for.
    pub(crate) fn must_be_as_it_was(&self, id: CorrectionId, now: &F) -> Result<(), Refusal> {
        let same = self.waiting.get(&id).is_some_and(|it| it.was == *now);
        ensure(same, Refusal::ChangedMeanwhile)
    }

    /// Notes that `person` proposed `figure` in place of `was`.
    pub(crate) fn propose(&mut self, id: CorrectionId, person: UserId, was: F, figure: F) {
        self.waiting.insert(id, Waiting { person, was, figure });
    }

    /// Notes that `id` has its answer, and hands over what it proposed.
    pub(crate) fn answer(&mut self, id: CorrectionId) -> Option<F> {
        self.answered.insert(id);
        self.waiting.remove(&id).map(|it| it.figure)
    }
}

/// Whether a correction gives a value, and another one than the one known.
pub(crate) fn differs<T: PartialEq>(given: Option<&T>, known: Option<&T>) -> bool {
    given.is_some() && given != known
}

/// Puts the value that a correction gives in the place of the one known; what is left out stays.
pub(crate) fn put<T>(known: &mut Option<T>, given: Option<T>) {
    if given.is_some() {
        *known = given;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: CorrectionId = CorrectionId::from_u128(1);
    const OTHER: CorrectionId = CorrectionId::from_u128(2);
    const AMINA: UserId = UserId::from_u128(10);
    const BRAHIM: UserId = UserId::from_u128(11);

    /// The figure 7, proposed to become 9.
    fn proposed() -> Corrections<u8> {
        let mut corrections = Corrections::default();
        corrections.propose(ONE, AMINA, 7, 9);
        corrections
    }

    #[test]
    fn another_person_answers_and_only_once() {
        let mut corrections = proposed();
        assert_eq!(corrections.can_answer(ONE, AMINA), Err(Refusal::SamePerson));
        assert_eq!(corrections.can_answer(ONE, BRAHIM), Ok(&9));
        assert_eq!(corrections.can_answer(OTHER, BRAHIM), Err(Refusal::Unknown));
        assert_eq!(corrections.answer(ONE), Some(9));
        assert_eq!(corrections.can_answer(ONE, BRAHIM), Err(Refusal::Unknown));
        assert_eq!(corrections.answer(ONE), None);
    }

    #[test]
    fn one_correction_of_a_figure_waits_at_a_time_and_none_comes_twice() {
        let mut corrections = proposed();
        assert_eq!(corrections.can_propose(ONE, &8), Err(Refusal::Duplicate));
        assert_eq!(corrections.can_propose(OTHER, &7), Err(Refusal::AlreadyWaiting));
        assert_eq!(corrections.can_propose(OTHER, &8), Ok(()));
        corrections.answer(ONE);
        assert_eq!(corrections.can_propose(ONE, &8), Err(Refusal::Duplicate));
        assert_eq!(corrections.can_propose(OTHER, &7), Ok(()));
    }

    #[test]
    fn a_figure_that_moved_meanwhile_is_not_the_one_that_was_looked_at() {
        assert_eq!(proposed().must_be_as_it_was(ONE, &7), Ok(()));
        assert_eq!(proposed().must_be_as_it_was(ONE, &8), Err(Refusal::ChangedMeanwhile));
    }

    #[test]
    fn corrections_are_limited() {
        let mut corrections = Corrections::default();
        for id in 0..CORRECTIONS_MAX {
            let id = CorrectionId::from_u128(100 + id as u128);
            corrections.propose(id, AMINA, 7, 9);
            corrections.answer(id);
        }
        let full = Err(Refusal::TooMany { max: CORRECTIONS_MAX });
        assert_eq!(corrections.can_propose(ONE, &7), full);
    }

    #[test]
    fn a_refusal_has_a_stable_code_and_names_its_field() {
        assert_eq!(Refusal::SamePerson.code(), "CORRECTION_SAME_PERSON");
        assert_eq!(Refusal::SamePerson.field(), None);
        assert_eq!(Refusal::Unknown.field(), Some("correction"));
        assert_eq!(Refusal::AlreadyWaiting.field(), Some("figure"));
    }

    #[test]
    fn what_is_left_out_or_the_same_is_no_difference() {
        assert!(differs(Some(&1), Some(&2)) && differs(Some(&1), None));
        assert!(!differs(Some(&1), Some(&1)) && !differs(None, Some(&1)));
        let mut known = Some(1);
        put(&mut known, None);
        assert_eq!(known, Some(1));
        put(&mut known, Some(2));
        assert_eq!(known, Some(2));
    }
}
