//! What a GraphQL document may be before the engine looks at it.
//!
//! The engine's parser recurses by each bracket, and its checks go into a fragment as often as it is
//! spread: a few kilobytes would overflow the stack, or keep a processor for years. What is checked
//! here is linear in the document's length.
use std::collections::HashMap;
use std::sync::OnceLock;

use async_graphql::parser::types::{
    Directive, ExecutableDocument, FragmentDefinition, Selection, SelectionSet,
};
use async_graphql::parser::{Error, parse_query};
use async_graphql::{Name, Pos, Positioned};

use super::code::Code;
use super::fault::Fault;
use super::problem::Problem;
use checks::Checks;

pub mod checks;

/// The longest document, in bytes; variables do not count.
pub const QUERY_BYTES_MAX: usize = 64 * 1024;
/// The deepest nesting of braces, brackets and parentheses.
pub const BRACKETS_MAX: usize = 64;
/// The deepest nesting of selections, each spread of a fragment being a level of its own.
pub const LEVELS_MAX: usize = 32;
/// The most selections of a document, each fragment counted as often as it is spread.
pub const SELECTIONS_MAX: usize = 5_000;
/// The most fields of a document that are asked for under another name, counted likewise: one field
/// is asked many times in one answer only so.
pub const ALIASES_MAX: usize = 100;
/// The most directives at one place.
pub const DIRECTIVES_MAX: usize = 10;

/// A document that the engine may be given.
pub struct Admitted {
    /// What it says.
    pub document: ExecutableDocument,
    /// What the engine is given for it, once that is known.
    pub given: OnceLock<Result<Given, Conflict>>,
    /// How it was asked before.
    pub checks: Checks,
}

/// Two different fields would have one name in an answer. The engine finds those that stand in one object of
/// the document, not those that come together in one of the answer.
pub struct Conflict {
    /// That name.
    pub name: Name,
    /// Where the two are asked for.
    pub at: [Pos; 2],
}

/// What the engine is given to execute a document.
pub struct Given {
    /// Another document that asks for the same, where it is not the caller's own.
    pub instead: Option<ExecutableDocument>,
    /// Whether it asks for types that the caller did not ask for.
    pub is_named: bool,
    /// Whether lists of its answer may come as text.
    pub is_plain: bool,
}

impl Given {
    /// The document that the engine is given for `asked`.
    pub fn of<'a>(&'a self, asked: &'a Admitted) -> &'a ExecutableDocument {
        self.instead.as_ref().unwrap_or(&asked.document)
    }
}

/// The document that `query` is, where it can be read and asks for no more than it may.
pub fn admit(query: &str) -> Result<Admitted, Fault> {
    let document = parse(query)?;
    measure(&document)?;
    Ok(Admitted { document, given: OnceLock::new(), checks: Checks::default() })
}

/// The document that `query` is.
fn parse(query: &str) -> Result<ExecutableDocument, Fault> {
    if query.len() > QUERY_BYTES_MAX {
        return Err(too_much(Code::QueryTooLong, QUERY_BYTES_MAX));
    }
    nesting_of(query)?;
    parse_query(query).map_err(|error| match error {
        Error::RecursionLimitExceeded => too_much(Code::QueryTooDeep, BRACKETS_MAX),
        error => unreadable(error.positions().next().unwrap_or(Pos { line: 1, column: 1 })),
    })
}

fn too_much(code: Code, max: usize) -> Fault {
    Fault::TooComplex(Problem::new(code).with("max", max))
}

fn unreadable(at: Pos) -> Fault {
    let problem = Problem::new(Code::QueryUnreadable);
    Fault::BadUserInput(problem.with("line", at.line).with("column", at.column))
}

/// Whether the brackets of `query` nest no deeper than they may. A string that does not end is refused
/// here: the parser would read what follows it in another way.
fn nesting_of(query: &str) -> Result<(), Fault> {
    let (mut depth, mut rest) = (0_usize, query);
    while let Some(first) = rest.bytes().next() {
        let length = match first {
            b'#' => rest.find(['\n', '\r']).unwrap_or(rest.len()),
            b'"' => string_length(rest).ok_or_else(|| unreadable(position(query, rest)))?,
            _ => 1,
        };
        match first {
            b'{' | b'[' | b'(' => depth += 1,
            b'}' | b']' | b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > BRACKETS_MAX {
            return Err(too_much(Code::QueryTooDeep, BRACKETS_MAX));
        }
        // Bytes of a longer character are no bracket and no quote: the next boundary will do.
        let next = (length..=rest.len()).find(|it| rest.is_char_boundary(*it));
        rest = &rest[next.unwrap_or(rest.len())..];
    }
    Ok(())
}

/// How many bytes the string has that `text` begins with; none where it does not end (GraphQL, §2.1.4).
fn string_length(text: &str) -> Option<usize> {
    let block = text.starts_with("\"\"\"");
    let (quotes, escape) = if block { ("\"\"\"", "\\\"\"\"") } else { ("\"", "\\") };
    let mut at = quotes.len();
    loop {
        let rest = text.get(at..)?;
        let first = rest.chars().next()?;
        if rest.starts_with(quotes) {
            return Some(at + quotes.len());
        } else if rest.starts_with(escape) {
            // In a string of one line, whatever character is escaped belongs to it.
            let escaped = rest[1..].chars().next().filter(|it| block || !is_line_end(*it))?;
            at += if block { escape.len() } else { 1 + escaped.len_utf8() };
        } else if !block && is_line_end(first) {
            return None;
        } else {
            at += first.len_utf8();
        }
    }
}

fn is_line_end(it: char) -> bool {
    matches!(it, '\n' | '\r')
}

/// Where `rest`, the end of `query`, begins.
fn position(query: &str, rest: &str) -> Pos {
    let before = &query[..query.len() - rest.len()];
    let line = before.rsplit('\n').next().unwrap_or(before);
    Pos { line: before.matches('\n').count() + 1, column: line.chars().count() + 1 }
}

/// What is asked for in all.
#[derive(Clone, Copy, Default)]
struct Size {
    selections: usize,
    aliases: usize,
    levels: usize,
}

impl Size {
    /// The two side by side.
    fn and(self, other: Self) -> Result<Self, Fault> {
        let selections = self.selections + other.selections;
        let aliases = self.aliases + other.aliases;
        if selections > SELECTIONS_MAX {
            return Err(too_much(Code::QueryTooWide, SELECTIONS_MAX));
        }
        if aliases > ALIASES_MAX {
            return Err(too_much(Code::QueryTooManyAliases, ALIASES_MAX));
        }
        Ok(Self { selections, aliases, levels: self.levels.max(other.levels) })
    }
}

/// Whether `document` asks for no more than it may, whichever of its operations is meant.
fn measure(document: &ExecutableDocument) -> Result<(), Fault> {
    let mut ruler = Ruler { fragments: &document.fragments, known: HashMap::new() };
    let mut all = Size::default();
    for (_, operation) in document.operations.iter() {
        few(&operation.node.directives)?;
        for variable in &operation.node.variable_definitions {
            few(&variable.node.directives)?;
        }
        all = all.and(ruler.set(&operation.node.selection_set, 1)?)?;
    }
    for name in document.fragments.keys() {
        ruler.fragment(name, 1)?;
    }
    Ok(())
}

fn few(directives: &[Positioned<Directive>]) -> Result<(), Fault> {
    if directives.len() > DIRECTIVES_MAX {
        return Err(too_much(Code::QueryTooManyDirectives, DIRECTIVES_MAX));
    }
    Ok(())
}

/// Measures each fragment once.
struct Ruler<'a> {
    fragments: &'a HashMap<Name, Positioned<FragmentDefinition>>,
    /// `None` while it is being measured.
    known: HashMap<&'a Name, Option<Size>>,
}

impl<'a> Ruler<'a> {
    /// What the selections `set`, which lie `level` deep, ask for.
    fn set(&mut self, set: &'a Positioned<SelectionSet>, level: usize) -> Result<Size, Fault> {
        let mut all = Size::default();
        for selection in &set.node.items {
            few(selection.node.directives())?;
            let (within, alias) = match &selection.node {
                Selection::Field(field) if field.node.selection_set.node.items.is_empty() => {
                    (Size::default(), field.node.alias.is_some())
                }
                Selection::Field(field) => {
                    (self.set(&field.node.selection_set, level + 1)?, field.node.alias.is_some())
                }
                Selection::InlineFragment(it) => {
                    (self.set(&it.node.selection_set, level + 1)?, false)
                }
                Selection::FragmentSpread(spread) => {
                    (self.fragment(&spread.node.fragment_name.node, level + 1)?, false)
                }
            };
            let own = Size { selections: 1, aliases: usize::from(alias), levels: 0 };
            all = all.and(own.and(within)?)?;
        }
        all.levels += 1;
        if level.max(all.levels) > LEVELS_MAX {
            return Err(too_much(Code::QueryTooDeep, LEVELS_MAX));
        }
        Ok(all)
    }

    /// The same of a fragment; one that is not there asks for nothing, and is refused later.
    fn fragment(&mut self, name: &Name, level: usize) -> Result<Size, Fault> {
        let Some((name, fragment)) = self.fragments.get_key_value(name) else {
            return Ok(Size::default());
        };
        match self.known.get(name) {
            Some(Some(size)) => Ok(*size),
            Some(None) => {
                let problem = Problem::new(Code::FragmentCycle).with("name", name.as_str());
                Err(Fault::BadUserInput(problem))
            }
            None => {
                few(&fragment.node.directives)?;
                // A chain of fragments is followed no further than it may be long.
                if level > LEVELS_MAX {
                    return Err(too_much(Code::QueryTooDeep, LEVELS_MAX));
                }
                self.known.insert(name, None);
                let size = self.set(&fragment.node.selection_set, level)?;
                self.known.insert(name, Some(size));
                Ok(size)
            }
        }
    }
}

#[cfg(test)]
mod tests;
