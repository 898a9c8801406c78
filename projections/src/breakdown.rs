//! How counts of people break down, with what could point at persons left unsaid.
use std::collections::BTreeMap;

use domain::indicator::Measurement;
use domain::measure::Quantity;
use domain::population::{Headcount, PopulationGroup, Profession, Sex, is_small};
use domain::territory::{Level, TerritoryId};
use serde::Serialize;

/// Some people, and what is known of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Piece {
    pub sex: Option<Sex>,
    pub group: Option<PopulationGroup>,
    pub profession: Option<Profession>,
    pub territory: Option<TerritoryId>,
    pub count: i64,
}

/// One line of a breakdown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Line<K> {
    /// Of whom; `None` is those of whom the sources do not say it.
    pub of: Option<K>,
    /// How many; `None` is suppressed, which is not zero.
    pub count: Option<i64>,
}

/// How a count of people breaks down. A list is empty where no source breaks it down like that.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Breakdown {
    /// By sex.
    pub by_sex: Vec<Line<Sex>>,
    /// By group.
    pub by_group: Vec<Line<PopulationGroup>>,
    /// By profession.
    pub by_profession: Vec<Line<Profession>>,
    /// By province or prefecture.
    pub by_province: Vec<Line<TerritoryId>>,
}

/// A count as it may be read, below province and above.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Readable {
    /// Its parts; the last one, of nobody in particular, is those of whom the source says nothing.
    pub parts: Vec<Line<PartKey>>,
}

/// Of which sex, group and profession the people of a part are.
pub type PartKey = (Option<Sex>, Option<PopulationGroup>, Option<Profession>);

impl Readable {
    /// `people` in `territory`.
    pub fn of(people: &Headcount, territory: TerritoryId) -> Self {
        let pieces = of_people(people, Some(territory));
        let key = |it: &Piece| {
            let said = it.sex.is_some() || it.group.is_some() || it.profession.is_some();
            said.then_some((it.sex, it.group, it.profession))
        };
        Self { parts: table(pieces.iter().map(|it| (key(it), it.count, it.is_close()))) }
    }
}

/// Of which sex and group the people of a cell are, and where they are counted.
pub type CellKey = (Option<Sex>, Option<PopulationGroup>, Option<TerritoryId>);

/// The cells of what was measured, as they may be read; the last one, of nobody in particular, is
/// how much of the value no cell tells of.
pub fn cells(measurement: &Measurement) -> Vec<Line<CellKey>> {
    let keys = measurement.cells.iter().map(|it| Some((it.sex, it.group, it.territory)));
    let pieces = of_measurement(measurement);
    let keyed = keys.chain([None]).zip(&pieces);
    table(keyed.map(|(key, it)| (key, it.count, it.is_close())))
}

impl Piece {
    /// Few people live where these are counted.
    fn is_close(&self) -> bool {
        self.count > 0 && self.territory.is_some_and(|it| it.get().level.is_below_province())
    }
}

impl Breakdown {
    pub(crate) fn of(pieces: &[Piece]) -> Self {
        fn by<K: Copy + Ord>(pieces: &[Piece], key: impl Fn(&Piece) -> Option<K>) -> Vec<Line<K>> {
            table(pieces.iter().map(|it| (key(it), it.count, it.is_close())))
        }
        let province = |it: &Piece| (it.territory.and_then(province_of), it.count, false);
        Self {
            by_sex: by(pieces, |it| it.sex),
            by_group: by(pieces, |it| it.group),
            by_profession: by(pieces, |it| it.profession),
            by_province: table(pieces.iter().map(province)),
        }
    }
}

/// The pieces of `people`, those included of whom no more is said.
pub(crate) fn of_people(people: &Headcount, territory: Option<TerritoryId>) -> Vec<Piece> {
    let parts = people.parts.iter().map(|it| Piece {
        sex: it.sex,
        group: it.group,
        profession: it.profession,
        territory,
        count: it.count.get(),
    });
    let mut pieces: Vec<_> = parts.collect();
    pieces.extend(rest(people.total, &pieces, territory));
    pieces
}

/// The pieces of what was measured, those included of which no cell tells.
pub(crate) fn of_measurement(measurement: &Measurement) -> Vec<Piece> {
    let cells = measurement.cells.iter().map(|it| Piece {
        sex: it.sex,
        group: it.group,
        profession: None,
        territory: it.territory.or(measurement.territory),
        count: it.count.get(),
    });
    let mut pieces: Vec<_> = cells.collect();
    pieces.extend(rest(measurement.value, &pieces, measurement.territory));
    pieces
}

/// Those of `total` who are in none of `pieces`.
fn rest(total: Quantity, pieces: &[Piece], territory: Option<TerritoryId>) -> Option<Piece> {
    let counted = pieces.iter().fold(0_i64, |sum, it| sum.saturating_add(it.count));
    let count = total.get().saturating_sub(counted);
    let unsaid = Piece { sex: None, group: None, profession: None, territory, count };
    (count > 0).then_some(unsaid)
}

/// The province or prefecture that `territory` is or lies in.
fn province_of(territory: TerritoryId) -> Option<TerritoryId> {
    let up = |it: &TerritoryId| it.get().parent;
    std::iter::successors(Some(territory), up).find(|it| it.get().level == Level::Province)
}

/// One line for each key, the one without a key last. Where there is no other, or where the only
/// line would have to be suppressed, there is no table: beside the total, it would say too much.
fn table<K: Copy + Ord>(counts: impl Iterator<Item = (Option<K>, i64, bool)>) -> Vec<Line<K>> {
    let mut sums: BTreeMap<(bool, Option<K>), (i64, bool)> = BTreeMap::new();
    for (key, count, close) in counts {
        let (sum, any_close) = sums.entry((key.is_none(), key)).or_default();
        *sum = sum.saturating_add(count);
        *any_close |= close;
    }
    if sums.keys().all(|(unsaid, _)| *unsaid) {
        return Vec::new();
    }
    let cells: Vec<_> = sums.values().copied().collect();
    let hidden = hidden(&cells);
    if hidden == [true] {
        return Vec::new();
    }
    let lines = sums.iter().zip(hidden);
    lines
        .map(|(((_, of), (count, _)), hidden)| Line { of: *of, count: (!hidden).then_some(*count) })
        .collect()
}

/// Which cells are suppressed: the small ones of which some people are counted below province; and,
/// as the total is known, as many others as it takes for none of them to be the difference.
fn hidden(cells: &[(i64, bool)]) -> Vec<bool> {
    let mut hidden: Vec<_> =
        cells.iter().map(|(count, close)| *close && is_small(*count)).collect();
    loop {
        let together = cells.iter().zip(&hidden).filter(|(_, hidden)| **hidden);
        let (number, sum) =
            together.fold((0, 0_i64), |(number, sum), ((it, _), _)| (number + 1, sum + it));
        if number == 0 || (number > 1 && !is_small(sum)) {
            return hidden;
        }
        // The smallest that holds somebody, else one that holds nobody: who reads it cannot tell.
        let shown = cells.iter().enumerate().filter(|(index, _)| !hidden[*index]);
        let next = shown.min_by_key(|(_, (count, _))| (*count == 0, *count));
        let Some((next, _)) = next else { return hidden };
        hidden[next] = true;
    }
}

#[cfg(test)]
mod tests {
    use domain::indicator::Cell;

    use super::*;

    fn place(key: &str) -> TerritoryId {
        key.parse().expect("a territory")
    }

    fn piece(sex: Option<Sex>, territory: Option<TerritoryId>, count: i64) -> Piece {
        Piece { sex, group: None, profession: None, territory, count }
    }

    fn sexes(
        territory: Option<TerritoryId>,
        women: i64,
        men: i64,
        unsaid: i64,
    ) -> Vec<Option<i64>> {
        let pieces = [
            piece(Some(Sex::Female), territory, women),
            piece(Some(Sex::Male), territory, men),
            piece(None, territory, unsaid),
        ];
        Breakdown::of(&pieces).by_sex.into_iter().map(|it| it.count).collect()
    }

    #[test]
    fn a_small_cell_below_province_and_its_complement_are_suppressed() {
        let belfaa = Some(place("commune-belfaa"));
        assert_eq!(sexes(belfaa, 17, 20, 3), [None, Some(20), None]);
        assert_eq!(sexes(belfaa, 17, 20, 5), [Some(17), Some(20), Some(5)]);
        assert_eq!(sexes(belfaa, 17, 20, 0), [Some(17), Some(20), Some(0)]);
        assert_eq!(sexes(Some(place("province-tiznit")), 17, 20, 3), [Some(17), Some(20), Some(3)]);
        assert_eq!(sexes(None, 17, 20, 3), [Some(17), Some(20), Some(3)]);
    }

    #[test]
    fn a_small_cell_of_a_measurement_is_suppressed_by_the_place_that_it_was_counted_in() {
        let cell = |sex, territory: Option<&str>, count| Cell {
            sex: Some(sex),
            group: None,
            territory: territory.map(place),
            count: Quantity::new(count).expect("in range"),
        };
        let measured = |at: &str, cells| Measurement {
            value: Quantity::new(30).expect("in range"),
            territory: Some(place(at)),
            cells,
            unknown: None,
        };
        let counts = |it: &Measurement| cells(it).iter().map(|it| it.count).collect::<Vec<_>>();
        let both = || vec![cell(Sex::Female, None, 27), cell(Sex::Male, None, 3)];
        assert_eq!(counts(&measured("province-tiznit", both())), [Some(27), Some(3)]);
        assert_eq!(counts(&measured("commune-belfaa", both())), [None, None]);
        let there = vec![cell(Sex::Female, Some("commune-belfaa"), 2)];
        assert_eq!(counts(&measured("province-tiznit", there)), [None, None]);
    }

    #[test]
    fn suppressed_cells_are_no_small_count_together() {
        let belfaa = Some(place("commune-belfaa"));
        assert_eq!(sexes(belfaa, 1, 2, 30), [None, None, None]);
        assert_eq!(sexes(belfaa, 3, 4, 30), [None, None, Some(30)]);
        assert_eq!(sexes(belfaa, 3, 0, 0), [None, None, None]);
    }

    #[test]
    fn a_table_that_no_source_gives_or_that_would_say_too_much_is_empty() {
        let belfaa = Some(place("commune-belfaa"));
        assert_eq!(Breakdown::of(&[piece(None, belfaa, 30)]).by_sex, []);
        let alone = [piece(Some(Sex::Female), belfaa, 3)];
        assert_eq!(Breakdown::of(&alone).by_sex, []);
        assert_eq!(Breakdown::of(&[]), Breakdown::default());
    }

    #[test]
    fn communes_are_counted_in_their_provinces() {
        let pieces = [
            piece(None, Some(place("commune-belfaa")), 3),
            piece(None, Some(place("province-chtouka-ait-baha")), 20),
            piece(None, Some(place("province-tiznit")), 2),
            piece(None, Some(place("region-souss-massa")), 9),
        ];
        let lines = Breakdown::of(&pieces).by_province;
        let counts: Vec<_> = lines.iter().map(|it| (it.of, it.count)).collect();
        let expected = [
            (Some(place("province-chtouka-ait-baha")), Some(23)),
            (Some(place("province-tiznit")), Some(2)),
            (None, Some(9)),
        ];
        assert_eq!(counts, expected);
    }

    #[test]
    fn a_count_reads_part_by_part_with_those_of_whom_nothing_is_said_last() {
        let women = domain::population::Part {
            sex: Some(Sex::Female),
            group: None,
            profession: None,
            count: Quantity::new(17).expect("in range"),
        };
        let total = Quantity::new(20).expect("in range");
        let people = Headcount { parts: vec![women], ..Headcount::of(total) };
        let read = |key: &str| {
            let parts = Readable::of(&people, place(key)).parts;
            parts.into_iter().map(|it| (it.of.is_some(), it.count)).collect::<Vec<_>>()
        };
        assert_eq!(read("province-tiznit"), [(true, Some(17)), (false, Some(3))]);
        assert_eq!(read("commune-belfaa"), [(true, None), (false, None)]);
    }
}
