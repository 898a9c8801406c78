//! Answers written as they are made. The engine keeps an answer as a tree of values, each object in a table
//! of its own, and writes it at the end; to make, to hash and to free those tables took longer than to find
//! what they hold. So lists of objects become JSON at once, which the tree holds as bytes: one text for all
//! that is below an object of the tree, each going on where the one above it stopped.
use std::collections::HashSet;
use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};

use async_graphql::parser::types::{ExecutableDocument, Field, Selection, SelectionSet};
use async_graphql::{ContextSelectionSet, Pos, Positioned, QueryPathSegment, Value};
use axum::body::Bytes;

/// Given with a request, it has lists of objects come as text: see [`write`] and [`tree`]. Only where the
/// document [`is_plain`].
pub struct AsText;

/// The value of what is written already, in its place: adding it to a text changes nothing.
pub const IN_PLACE: Value = Value::Binary(Bytes::new());

/// Where an object in the making hands its text to the one below it, which goes on with it and puts it back.
#[derive(Default)]
pub struct Sheet(Mutex<Handed>);

#[derive(Default)]
struct Handed {
    json: Vec<u8>,
    /// Where the field stands in the document whose value comes next.
    next: Option<Pos>,
}

impl Sheet {
    /// Hands `json` to whoever tells the value of `field`.
    pub fn hand(&self, json: Vec<u8>, field: &Positioned<Field>) {
        *self.lock() = Handed { json, next: Some(field.pos) };
    }

    /// The text for the value of `field`, where it was handed to `ctx`. It was not, where the engine makes
    /// a list of several such values, or has an object between the two.
    pub fn handed<'a>(
        ctx: &ContextSelectionSet<'a>,
        field: &Positioned<Field>,
    ) -> Option<(&'a Self, Vec<u8>)> {
        let is_entry =
            ctx.path_node.is_some_and(|it| matches!(it.segment, QueryPathSegment::Index(_)));
        let sheet = ctx.data_opt::<Self>().filter(|_| !is_entry)?;
        let next = sheet.lock().next.take_if(|it| *it == field.pos);
        next.map(|_| (sheet, sheet.take()))
    }

    /// Puts back what was handed.
    pub fn put(&self, json: Vec<u8>) {
        self.lock().json = json;
    }

    /// What was handed or put back.
    pub fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.lock()).json
    }

    fn lock(&self) -> MutexGuard<'_, Handed> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether each selection of `document` is a field under a name of its own, that is neither skipped nor
/// brought together with others.
pub fn is_plain(document: &ExecutableDocument) -> bool {
    let mut sets = document.operations.iter().map(|(_, it)| &it.node.selection_set.node);
    sets.all(is_plain_set)
}

fn is_plain_set(set: &SelectionSet) -> bool {
    let mut keys = HashSet::new();
    set.items.iter().all(|it| match &it.node {
        Selection::Field(field) if field.node.directives.is_empty() => {
            keys.insert(&field.node.response_key().node)
                && is_plain_set(&field.node.selection_set.node)
        }
        _ => false,
    })
}

/// Writes `value` as JSON.
pub fn write(json: &mut Vec<u8>, value: &Value) -> io::Result<()> {
    match value {
        Value::Binary(text) => json.extend_from_slice(text),
        Value::List(entries) => {
            json.push(b'[');
            for (index, entry) in entries.iter().enumerate() {
                if index > 0 {
                    json.push(b',');
                }
                write(json, entry)?;
            }
            json.push(b']');
        }
        Value::Object(members) => {
            json.push(b'{');
            for (index, (name, member)) in members.iter().enumerate() {
                if index > 0 {
                    json.push(b',');
                }
                serde_json::to_writer(&mut *json, name)?;
                json.push(b':');
                write(json, member)?;
            }
            json.push(b'}');
        }
        leaf => serde_json::to_writer(json, leaf)?,
    }
    Ok(())
}

/// `value` without text in it.
pub fn tree(value: Value) -> serde_json::Result<Value> {
    match value {
        Value::Binary(text) => serde_json::from_slice(&text),
        Value::List(entries) => {
            entries.into_iter().map(tree).collect::<Result<_, _>>().map(Value::List)
        }
        Value::Object(members) => {
            let members = members.into_iter().map(|(name, it)| Ok((name, tree(it)?)));
            members.collect::<Result<_, _>>().map(Value::Object)
        }
        leaf => Ok(leaf),
    }
}

#[cfg(test)]
mod tests {
    use async_graphql::parser::parse_query;
    use async_graphql::value;

    use super::*;

    #[test]
    fn a_document_is_plain_where_nothing_of_it_is_brought_together_or_left_out() {
        for (document, plain) in [
            ("{ a { b: c c: b } d }", true),
            ("query q($x: Int) { a(x: $x) { b } c: a(x: 1) { b } } query r { a { b } }", true),
            ("{ a { b } a { c } }", false),
            ("{ a { b b } }", false),
            ("{ a { b: c b } }", false),
            ("{ a { ... { b } } }", false),
            ("{ a { ...f } } fragment f on A { b }", false),
            ("{ a { b @include(if: true) } }", false),
            ("query q { a } query r { a a }", false),
        ] {
            let parsed = parse_query(document).expect("it parses");
            assert_eq!(is_plain(&parsed), plain, "{document}");
        }
    }

    #[test]
    fn what_is_written_reads_back_as_the_tree() {
        let text = |json: &str| Value::Binary(json.to_owned().into());
        let mixed = value!({
            "list": [1, -2.5, null, true, "l'\"é\"\n\\ \u{1}", {}, []],
            "told": (text(r#"[{"b":[1],"a":null}]"#)),
            "nested": [{"deep": (text("[]"))}],
        });
        let mut json = Vec::new();
        write(&mut json, &mixed).expect("it is JSON");
        let whole = tree(mixed).expect("its text is JSON");
        let plain = serde_json::to_vec(&whole).expect("it is JSON");
        assert_eq!(String::from_utf8(json), String::from_utf8(plain));
        assert_eq!(
            whole,
            value!({
                "list": [1, -2.5, null, true, "l'\"é\"\n\\ \u{1}", {}, []],
                "told": [{"b": [1], "a": null}],
                "nested": [{"deep": []}],
            })
        );
    }
}
