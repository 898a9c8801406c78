//! How many people, and how they break down.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{PopulationGroup, Profession, Sex, points_at_persons};
use crate::aggregate::ensure;
use crate::measure::Quantity;
use crate::money::INTEGER_MAX;
use crate::territory::TerritoryId;

/// The most parts of one breakdown.
pub const PARTS_MAX: usize = 200;

/// One count of a breakdown of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Part {
    /// Of which sex; nothing means both.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    /// Of which group; nothing means all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<PopulationGroup>,
    /// Of which profession; nothing means all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profession: Option<Profession>,
    /// How many.
    pub count: Quantity,
}

/// How many people, and how they break down: the parts and what is unknown add up to the total.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Headcount {
    /// How many in all.
    pub total: Quantity,
    /// How many of whom, each counted once; empty where the source has no breakdown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// How many the source does not break down.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unknown: Option<Quantity>,
}

/// Why a breakdown is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Miscount {
    /// People are missing, or there are more of them in the parts than in all.
    #[error("{parts} counted and {unknown} unknown do not add up to the total, {total}")]
    DoesNotAddUp {
        /// How many in all.
        total: i64,
        /// How many in the parts.
        parts: i64,
        /// How many in no part.
        unknown: i64,
    },
    /// A part is so small that it could point at persons.
    #[error("a count of {count} below province could point at persons")]
    SmallCell {
        /// How many.
        count: i64,
    },
    /// Somebody could be counted in two parts.
    #[error("two counts speak of the same people")]
    OverlappingParts,
    /// Over [`PARTS_MAX`].
    #[error("at most {max} parts")]
    TooManyParts {
        /// The limit.
        max: usize,
    },
}

impl Part {
    /// Whether somebody can be of both: the two differ in nothing that both of them say.
    fn overlaps(&self, other: &Self) -> bool {
        fn meets<T: PartialEq>(one: Option<T>, other: Option<T>) -> bool {
            one.zip(other).is_none_or(|(one, other)| one == other)
        }
        meets(self.sex, other.sex)
            && meets(self.group, other.group)
            && meets(self.profession, other.profession)
    }

    fn breaks_down_like(&self, other: &Self) -> bool {
        (self.sex, self.group, self.profession) == (other.sex, other.group, other.profession)
    }
}

impl Headcount {
    /// `total` people, of whom no more is said.
    pub fn of(total: Quantity) -> Self {
        Self { total, parts: Vec::new(), unknown: None }
    }

    /// Refuses a breakdown that does not add up, that may count somebody twice, or whose small
    /// counts could point at persons in `territory`.
    pub fn check(&self, territory: TerritoryId) -> Result<(), Miscount> {
        let few = self.parts.len() <= PARTS_MAX;
        ensure(few, Miscount::TooManyParts { max: PARTS_MAX })?;
        for (index, part) in self.parts.iter().enumerate() {
            let twice = self.parts[..index].iter().any(|other| part.overlaps(other));
            ensure(!twice, Miscount::OverlappingParts)?;
            let small = points_at_persons(part.count, Some(territory));
            ensure(!small, Miscount::SmallCell { count: part.count.get() })?;
        }
        self.must_add_up()
    }

    fn must_add_up(&self) -> Result<(), Miscount> {
        if self.parts.is_empty() && self.unknown.is_none() {
            return Ok(());
        }
        let (total, unknown) = (self.total.get(), self.unknown.unwrap_or_default().get());
        // Each count is below 2^53 and there are few of them, yet a sum can pass 2^53.
        let sum: i64 = self.parts.iter().map(|it| it.count.get()).sum();
        let equal = sum + unknown == total;
        let parts = sum.min(INTEGER_MAX);
        ensure(equal, Miscount::DoesNotAddUp { total, parts, unknown })
    }

    /// Where there are for certain more people here than in `whole`: in all, or in a part that both
    /// break down alike. How many here, and how many there at most.
    pub fn exceeds(&self, whole: &Self) -> Option<(i64, i64)> {
        let unknown = whole.unknown.unwrap_or_default().get();
        let alike = self.parts.iter().filter_map(|part| {
            let same = whole.parts.iter().find(|it| it.breaks_down_like(part))?;
            Some((part.count.get(), same.count.get().saturating_add(unknown)))
        });
        let totals = (self.total.get(), whole.total.get());
        std::iter::once(totals).chain(alike).find(|(here, most)| here > most)
    }
}

#[cfg(test)]
mod tests {
    use super::super::SMALL_CELL_MAX;
    use super::*;

    fn many(count: i64) -> Quantity {
        Quantity::new(count).expect("in range")
    }

    fn place(key: &str) -> TerritoryId {
        key.parse().expect("a territory")
    }

    fn part(sex: Option<Sex>, profession: Option<Profession>, count: i64) -> Part {
        Part { sex, group: None, profession, count: many(count) }
    }

    fn women(count: i64) -> Part {
        part(Some(Sex::Female), None, count)
    }

    fn men(count: i64) -> Part {
        part(Some(Sex::Male), None, count)
    }

    fn counted(total: i64, parts: Vec<Part>, unknown: Option<i64>) -> Headcount {
        Headcount { total: many(total), parts, unknown: unknown.map(many) }
    }

    #[test]
    fn parts_and_unknown_add_up_to_the_total_or_there_is_no_breakdown() {
        let tiznit = place("province-tiznit");
        for right in [
            counted(24, vec![], None),
            counted(24, vec![], Some(24)),
            counted(24, vec![women(11), men(13)], None),
            counted(24, vec![women(11), men(10)], Some(3)),
        ] {
            assert_eq!(right.check(tiznit), Ok(()));
        }
        let why = |parts, unknown| Err(Miscount::DoesNotAddUp { total: 24, parts, unknown });
        assert_eq!(counted(24, vec![women(11)], None).check(tiznit), why(11, 0));
        assert_eq!(counted(24, vec![women(11)], Some(14)).check(tiznit), why(11, 14));
        assert_eq!(counted(24, vec![], Some(2)).check(tiznit), why(0, 2));
        let most = counted(24, vec![women(INTEGER_MAX), men(INTEGER_MAX)], None);
        assert_eq!(most.check(tiznit), why(INTEGER_MAX, 0));
    }

    #[test]
    fn nobody_is_counted_in_two_parts() {
        let tiznit = place("province-tiznit");
        let nurses = |sex| part(sex, Some(Profession::Nurse), 10);
        for wrong in [
            vec![women(10), women(10)],
            vec![women(10), nurses(None)],
            vec![women(10), nurses(Some(Sex::Female))],
            vec![part(None, None, 10), men(10)],
        ] {
            let wrong = counted(20, wrong, None);
            assert_eq!(wrong.check(tiznit), Err(Miscount::OverlappingParts));
        }
        let apart = vec![women(10), nurses(Some(Sex::Male))];
        assert_eq!(counted(20, apart, None).check(tiznit), Ok(()));
    }

    #[test]
    fn small_counts_are_not_stored_below_province() {
        for count in 0..=SMALL_CELL_MAX + 1 {
            let counted = counted(count + 20, vec![women(count), men(20)], None);
            assert_eq!(counted.check(place("province-tiznit")), Ok(()));
            let small = (1..=SMALL_CELL_MAX).contains(&count);
            let why = if small { Err(Miscount::SmallCell { count }) } else { Ok(()) };
            assert_eq!(counted.check(place("commune-belfaa")), why);
        }
    }

    #[test]
    fn a_breakdown_has_its_limit() {
        let parts = vec![women(0); PARTS_MAX + 1];
        let why = Miscount::TooManyParts { max: PARTS_MAX };
        assert_eq!(counted(0, parts, None).check(place("ma")), Err(why));
    }

    #[test]
    fn a_part_exceeds_another_only_where_both_break_down_alike() {
        let enrolled = counted(24, vec![women(11), men(10)], Some(3));
        assert_eq!(counted(25, vec![], None).exceeds(&enrolled), Some((25, 24)));
        assert_eq!(counted(24, vec![women(15)], None).exceeds(&enrolled), Some((15, 14)));
        assert_eq!(counted(24, vec![women(14), men(10)], None).exceeds(&enrolled), None);
        let midwives = part(None, Some(Profession::Midwife), 24);
        assert_eq!(counted(24, vec![midwives], None).exceeds(&enrolled), None);
        assert_eq!(Headcount::of(many(24)).exceeds(&enrolled), None);
    }
}
