//! The embedded tables of territories and of their other spellings, parsed once.
use std::collections::HashMap;
use std::sync::LazyLock;

use jiff::civil::Date;

use super::{Code, Point, Territory, TerritoryId};
use crate::text::folded;

/// Tab-separated, with a heading; a parent stands before what lies in it.
const TERRITORIES: &str = include_str!("../../data/territories.tsv");
/// Tab-separated, with a heading: a territory's id and another spelling of its name.
const ALIASES: &str = include_str!("../../data/territory_aliases.tsv");

/// Every territory, with what makes look-ups fast.
pub(super) struct Table {
    /// In the order of the file: a [`TerritoryId`] is an index into it.
    pub rows: Vec<Territory>,
    /// The territories by their ids as they are written.
    pub by_slug: HashMap<&'static str, TerritoryId>,
    /// The folded names and other spellings of each row.
    pub folded: Vec<Vec<String>>,
}

/// The one table of this program.
pub(super) fn table() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| {
        Table::parse(TERRITORIES, ALIASES)
            .unwrap_or_else(|line| unreachable!("a test reads the whole table: {line}"))
    });
    &TABLE
}

impl Table {
    /// Reads both files, or says which line is wrong.
    pub(super) fn parse(
        territories: &'static str,
        aliases: &'static str,
    ) -> Result<Self, &'static str> {
        let (mut rows, mut by_slug) = (Vec::new(), HashMap::new());
        for line in territories.lines().skip(1) {
            let id = TerritoryId(u16::try_from(rows.len()).map_err(|_| line)?);
            let territory = read(id, line, &by_slug).ok_or(line)?;
            if by_slug.insert(territory.slug, id).is_some() {
                return Err(line);
            }
            rows.push(territory);
        }
        for line in aliases.lines().skip(1) {
            let (slug, alias) = line.split_once('\t').ok_or(line)?;
            let id = by_slug.get(slug).ok_or(line)?;
            rows[usize::from(id.0)].aliases.push(alias);
        }
        let folded = rows.iter().map(names).collect();
        Ok(Self { rows, by_slug, folded })
    }
}

/// The names of a territory, folded.
fn names(territory: &Territory) -> Vec<String> {
    let given = [territory.name_fr, territory.name_ar];
    let mut names: Vec<_> =
        given.into_iter().chain(territory.aliases.iter().copied()).map(folded).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// The territory on `line`, with its parent among the lines above.
fn read(
    id: TerritoryId,
    line: &'static str,
    above: &HashMap<&'static str, TerritoryId>,
) -> Option<Territory> {
    let cells: Vec<_> = line.split('\t').collect();
    let &[slug, level, parent, french, arabic, codes, population, longitude, latitude] =
        cells.as_slice()
    else {
        return None;
    };
    let parent = match parent {
        "" => None,
        slug => Some(*above.get(slug)?),
    };
    let centroid = match (longitude, latitude) {
        ("", "") => None,
        _ => Some(Point { longitude: longitude.parse().ok()?, latitude: latitude.parse().ok()? }),
    };
    let codes = codes.split('|').filter(|it| !it.is_empty());
    Some(Territory {
        id,
        slug,
        level: level.parse().ok()?,
        parent,
        name_fr: french,
        name_ar: arabic,
        codes: codes.map(code).collect::<Option<_>>()?,
        population_2024: population.parse().ok()?,
        centroid,
        aliases: Vec::new(),
    })
}

/// `09.163.05.11`, or with its days as an EDTF interval: `09.163.07.01=../2024-08-31`.
fn code(cell: &'static str) -> Option<Code> {
    let (code, days) = cell.split_once('=').unwrap_or((cell, "../.."));
    let (from, until) = days.split_once('/')?;
    let day = |text: &str| match text {
        ".." => Some(None),
        text => text.parse::<Date>().ok().map(Some),
    };
    Some(Code { code, from: day(from)?, until: day(until)? })
}
