//! What the GraphQL engine says against an operation, as codes.
//!
//! The engine raises texts alone. Each is read by the template that it was made from, and the words that
//! it quotes go on; a text that no template fits is told to nobody.
use async_graphql::ServerError;

use super::code::Code;
use super::problem::Problem;

/// The engine's texts (async-graphql 7.2.1, `src/validation`, `src/error.rs`, `src/schema.rs`). A name in
/// braces stands for what is quoted. The first that fits counts.
const SAID: [(&str, Code); 35] = [
    ("Unknown field \"{field}\" on type \"{type}\".{hint}", Code::UnknownField),
    (
        "Unknown argument \"{argument}\" on field \"{on}\" of type \"{type}\".{hint}",
        Code::UnknownArgument,
    ),
    ("Unknown argument \"{argument}\" on directive \"{on}\".{hint}", Code::UnknownArgument),
    ("Unknown directive \"{name}\"", Code::UnknownDirective),
    ("Unknown fragment: \"{name}\"", Code::UnknownFragment),
    ("Unknown type \"{name}\"", Code::UnknownType),
    ("Unknown operation named \"{name}\"", Code::UnknownOperation),
    ("Operation name required in request.", Code::OperationNameMissing),
    (
        "Field \"{field}\" of type \"{type}\" must have a selection of subfields",
        Code::SubfieldsMissing,
    ),
    (
        "Field \"{field}\" must not have a selection since type \"{type}\" has no subfields",
        Code::SubfieldsSuperfluous,
    ),
    (
        "Field \"{on}\" argument \"{argument}\" of type \"{type}\" is required but not provided",
        Code::ArgumentMissing,
    ),
    (
        "Directive \"{on}\" argument \"{argument}\" of type \"{type}\" is required but not provided",
        Code::ArgumentMissing,
    ),
    ("Invalid {which} \"{path}\", expected type \"{type}\"", Code::ValueMismatched),
    (
        "Invalid {which} \"{path}\", enumeration type \"{type}\" does not contain the value \"{value}\"",
        Code::EnumValueUnknown,
    ),
    (
        "Invalid {which} \"{path}\", field \"{field}\" of type \"{type}\" is required but not provided",
        Code::InputFieldMissing,
    ),
    (
        "Invalid {which} \"{path}\", unknown field \"{field}\" of type \"{type}\"",
        Code::InputFieldUnknown,
    ),
    ("Invalid {which} \"{path}\", One{rule}", Code::OneFieldWanted),
    ("There can only be one argument named \"{name}\"", Code::GivenTwice),
    ("There can only be one variable named \"{name}\"", Code::GivenTwice),
    ("Duplicate directive \"{name}\"", Code::GivenTwice),
    ("Variable \"{name}\" is not defined by operation \"{operation}\"", Code::VariableUndefined),
    ("Variable \"{name}\" is not defined", Code::VariableUndefined),
    ("Variable {name} is not defined.", Code::VariableUndefined),
    ("Variable \"{name}\" is not used by operation \"{operation}\"", Code::VariableUnused),
    ("Variable \"{name}\" is not used", Code::VariableUnused),
    ("Variable \"{name}\" cannot be of non-input type \"{type}\"", Code::VariableNotInput),
    ("Fragment \"{name}\" is never used", Code::FragmentUnused),
    (
        "Fragment \"{name}\" cannot be spread here as objects of type \"{outer}\" can never be of type \"{type}\"",
        Code::FragmentImpossible,
    ),
    (
        "Fragment cannot be spread here as objects of type \"{outer}\" can never be of type \"{type}\"",
        Code::FragmentImpossible,
    ),
    (
        "Fragment \"{name}\" cannot condition non composite type \"{type}\"",
        Code::FragmentNotComposite,
    ),
    ("Fragment cannot condition non composite type \"{type}\"", Code::FragmentNotComposite),
    ("Directive \"{name}\" may not be used on \"{place}\"", Code::DirectiveMisplaced),
    ("Fields \"{name}\" conflict because {why}", Code::FieldsConflict),
    ("Expected input type \"{type}\", found {written}", Code::ValueUnreadable),
    ("Failed to parse \"{type}\": {why}", Code::ValueUnreadable),
];

/// How an error that the engine raised is told.
pub struct Told {
    /// What is wrong.
    pub problem: Problem,
    /// What may have been meant.
    pub suggestions: Vec<String>,
}

/// How `error` is told; none where its text is not the engine's against an operation.
pub fn told(error: &ServerError) -> Option<Told> {
    let (code, quoted) = SAID
        .iter()
        .find_map(|(template, code)| Some((*code, quoted(template, &error.message)?)))?;
    let mut told = Told { problem: Problem::new(code), suggestions: Vec::new() };
    for (name, text) in quoted {
        if name == "hint" {
            told.suggestions = text.split('"').skip(1).step_by(2).map(str::to_owned).collect();
        } else {
            told.problem = told.problem.with(name, shortened(text));
        }
    }
    Some(told)
}

/// The most characters of what is quoted.
const QUOTED_CHARS_MAX: usize = 100;

/// As much of `text` as is quoted.
pub fn shortened(text: &str) -> String {
    text.chars().take(QUOTED_CHARS_MAX).collect()
}

/// What stands in `text` for each name in braces of `template`.
fn quoted<'a>(template: &'static str, text: &'a str) -> Option<Vec<(&'static str, &'a str)>> {
    let mut parts = template.split('{').peekable();
    let mut rest = text.strip_prefix(parts.next()?)?;
    let mut found = Vec::new();
    while let Some(part) = parts.next() {
        let (name, after) = part.split_once('}')?;
        // What is quoted last may hold anything.
        let is_last = parts.peek().is_none();
        let length = if is_last { rest.strip_suffix(after)?.len() } else { rest.find(after)? };
        found.push((name, &rest[..length]));
        rest = &rest[length + after.len()..];
    }
    rest.is_empty().then_some(found)
}

#[cfg(test)]
pub(crate) mod tests;
