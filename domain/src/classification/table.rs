//! The embedded tables of sectors and of goals, parsed once.
use std::collections::HashMap;
use std::sync::LazyLock;

/// Tab-separated, with a heading; a category stands before its sectors.
const SECTORS: &str = include_str!("../../data/sectors.tsv");
/// Tab-separated, with a heading; a goal stands before its targets.
const GOALS: &str = include_str!("../../data/goals.tsv");

/// One line of a table.
#[derive(Debug)]
pub(super) struct Row {
    pub code: &'static str,
    pub name_fr: &'static str,
    pub name_en: &'static str,
    /// Empty in the table of sectors.
    pub wording_fr: &'static str,
    /// Empty in the table of sectors.
    pub wording_en: &'static str,
    /// The row that it lies in.
    pub above: Option<u16>,
}

/// A table, with what makes look-ups fast.
#[derive(Debug)]
pub(super) struct Table {
    /// In the order of the file.
    pub rows: Vec<Row>,
    /// The rows by their codes.
    pub by_code: HashMap<&'static str, u16>,
}

/// The sectors and their categories.
pub(super) fn sectors() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| embedded(SECTORS, category));
    &TABLE
}

/// The goals and their targets.
pub(super) fn goals() -> &'static Table {
    static TABLE: LazyLock<Table> = LazyLock::new(|| embedded(GOALS, goal));
    &TABLE
}

fn embedded(file: &'static str, above: fn(&str) -> Option<&str>) -> Table {
    Table::parse(file, above)
        .unwrap_or_else(|line| unreachable!("a test reads the whole table: {line}"))
}

/// The code of the category that a sector lies in.
pub(super) fn category(code: &str) -> Option<&str> {
    (code.len() == 5).then(|| &code[..3])
}

/// The number of the goal that a target belongs to.
pub(super) fn goal(code: &str) -> Option<&str> {
    code.split_once('.').map(|(goal, _)| goal)
}

impl Table {
    /// Reads a file, or says which line is wrong.
    pub(super) fn parse(
        file: &'static str,
        above: fn(&str) -> Option<&str>,
    ) -> Result<Self, &'static str> {
        let (mut rows, mut by_code) = (Vec::new(), HashMap::new());
        for line in file.lines().skip(1) {
            let cells: Vec<_> = line.split('\t').collect();
            let (code, name_fr, name_en, wording_fr, wording_en) = match *cells.as_slice() {
                [code, fr, en] => (code, fr, en, "", ""),
                [code, fr, en, long_fr, long_en] => (code, fr, en, long_fr, long_en),
                _ => return Err(line),
            };
            let place = u16::try_from(rows.len()).map_err(|_| line)?;
            let above = match above(code) {
                Some(outer) => Some(*by_code.get(outer).ok_or(line)?),
                None => None,
            };
            if cells.contains(&"") || by_code.insert(code, place).is_some() {
                return Err(line);
            }
            rows.push(Row { code, name_fr, name_en, wording_fr, wording_en, above });
        }
        Ok(Self { rows, by_code })
    }

    pub(super) fn len(&self) -> u16 {
        // `parse` gives each row a number of this size.
        u16::try_from(self.rows.len()).unwrap_or(u16::MAX)
    }
}
