//! What an operation was found to be before: asked again, it is not validated again, and whoever executes
//! it knows how long it took.
//!
//! Whether an operation is valid, and what it costs, depends on its document and on its variables. Of a
//! variable that is declared as a scalar and given as a text it does not depend on what the text says:
//! whoever resolves a field reads a date or an id. So the pages of a list, which differ in a cursor, are
//! one question, and so are the commitments that somebody asks for by their ids.
use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_graphql::parser::types::{BaseType, ExecutableDocument, OperationDefinition};
use async_graphql::{Name, Request, Value};
use lru::LruCache;

use super::Admitted;
use crate::graphql::shape::Types;

/// How many ways of asking one document are kept.
const WAYS_MAX: NonZeroUsize = NonZeroUsize::new(8).expect("more than none");
/// The longest one that is kept, in bytes of JSON.
const WAY_BYTES_MAX: usize = 1024;
/// What is over before anybody notices.
const QUICK: Duration = Duration::from_millis(5);

/// What a variable is in a [`Way`]: a text that is left out, or the value that follows.
const TEXT: bool = true;
const OTHER: bool = false;

/// What was found of the ways in which one document was asked; what was refused is not kept.
pub struct Checks(Mutex<LruCache<String, Arc<Found>>>);

/// What was found of an operation that may be executed.
pub struct Found {
    /// The extensions of an answer that say what it costs.
    pub extensions: BTreeMap<String, Value>,
    /// Whether it only reads.
    is_safe: bool,
    /// How long it took the last time, in microseconds.
    took: AtomicU64,
}

/// How an operation is asked, and what was found of it where the same was asked before.
pub struct Known {
    way: Way,
    found: Option<Arc<Found>>,
}

/// An operation of a document with its variables, texts left out; none where that is too long to keep.
struct Way(Option<String>);

impl Default for Checks {
    fn default() -> Self {
        Self(Mutex::new(LruCache::new(WAYS_MAX)))
    }
}

impl Found {
    /// Of an operation that was not executed yet.
    pub fn new(extensions: BTreeMap<String, Value>, is_safe: bool) -> Self {
        Self { extensions, is_safe, took: AtomicU64::new(u64::MAX) }
    }

    /// Keeps how long it took.
    pub fn took(&self, time: Duration) {
        let time = u64::try_from(time.as_micros()).unwrap_or(u64::MAX);
        self.took.store(time, Ordering::Relaxed);
    }

    /// Whether it only reads, was executed before, and took at most [`QUICK`] the last time.
    fn is_quick(&self) -> bool {
        self.is_safe && u128::from(self.took.load(Ordering::Relaxed)) <= QUICK.as_micros()
    }
}

impl Known {
    /// The operation of `asked` that `request` names, asked of a contract of these `types`.
    pub fn of(asked: &Admitted, request: &Request, types: &Types) -> Self {
        let way = Way::of(&asked.document, request, types);
        let found = asked.checks.found(&way);
        Self { way, found }
    }

    /// Whether it only reads, and took no more than is over before anybody notices the last time that
    /// it was asked.
    pub fn is_quick(&self) -> bool {
        self.found.as_ref().is_some_and(|it| it.is_quick())
    }

    /// What was found of it before.
    pub fn found(&self) -> Option<Arc<Found>> {
        self.found.clone()
    }

    /// Keeps what was found of it now, among what was found of `asked`.
    pub fn keep(self, asked: &Admitted, found: &Arc<Found>) {
        asked.checks.keep(self.way, found);
    }
}

impl Checks {
    /// What was found where the same was asked before.
    fn found(&self, way: &Way) -> Option<Arc<Found>> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(way.0.as_ref()?).cloned()
    }

    /// Keeps what was found of an operation that may be executed.
    fn keep(&self, way: Way, found: &Arc<Found>) {
        if let Some(way) = way.0 {
            let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            kept.put(way, Arc::clone(found));
        }
    }
}

impl Way {
    /// How `request` asks `document`.
    fn of(document: &ExecutableDocument, request: &Request, types: &Types) -> Self {
        let operation = request.operation_name.as_deref();
        let mut operations = document.operations.iter();
        let chosen = operations
            .find(|(name, _)| operation.is_none() || name.map(Name::as_str) == operation)
            .map(|(_, it)| &it.node);
        let variables: Vec<_> = request
            .variables
            .iter()
            .map(|(name, value)| match value {
                Value::String(_) if chosen.is_some_and(|it| is_scalar(it, name, types)) => {
                    (name, TEXT, None)
                }
                value => (name, OTHER, Some(value)),
            })
            .collect();
        let way = serde_json::to_string(&(operation, variables)).ok();
        Self(way.filter(|it| it.len() <= WAY_BYTES_MAX))
    }
}

/// Whether `operation` declares the variable `name` as a scalar.
fn is_scalar(operation: &OperationDefinition, name: &Name, types: &Types) -> bool {
    let declared = operation.variable_definitions.iter().find(|it| it.node.name.node == *name);
    declared.is_some_and(|it| match &it.node.var_type.node.base {
        BaseType::Named(name) => types.is_scalar(name),
        BaseType::List(_) => false,
    })
}

#[cfg(test)]
mod tests {
    use async_graphql::Variables;
    use serde_json::json;

    use super::*;
    use crate::graphql::admission::parse;

    const QUERY: &str =
        "query a($t: String!, $n: Int, $d: Date, $l: [ID!]) { a(t: $t, n: $n, d: $d, l: $l) }
                         query b($t: Stage) { a(s: $t) }";
    const SDL: &str = "scalar Date enum Stage { DONE }";

    fn way(operation: &str, variables: serde_json::Value) -> Option<String> {
        let document = parse(QUERY).expect("a document");
        let request = Request::new("").variables(Variables::from_json(variables));
        Way::of(&document, &request.operation_name(operation), &Types::of(SDL)).0
    }

    #[test]
    fn texts_alone_make_no_other_question() {
        let one = way("a", json!({"t": "x", "n": 1, "d": "2026-11-22"}));
        assert!(one.is_some());
        assert_eq!(one, way("a", json!({"t": "y", "n": 1, "d": "tomorrow"})));
        for other in [
            json!({"t": "x", "n": 2, "d": "2026-11-22"}),
            json!({"t": null, "n": 1, "d": "2026-11-22"}),
            json!({"t": 1, "n": 1, "d": "2026-11-22"}),
            json!({"n": 1, "d": "2026-11-22"}),
            json!({"t": "x", "n": 1}),
            json!({"t": "x", "n": 1, "d": 2026}),
        ] {
            assert_ne!(one, way("a", other.clone()), "{other}");
        }
    }

    #[test]
    fn what_has_to_be_read_is_compared_whole() {
        let stage = |stage: &str| way("b", json!({"t": stage}));
        assert_ne!(stage("DONE"), stage("NEVER"));
        assert_ne!(way("a", json!({"l": ["x"]})), way("a", json!({"l": ["x", "y"]})));
        // What one operation calls a text is a value of an enum in another.
        assert_ne!(way("a", json!({"t": "x"})), way("b", json!({"t": "x"})));
    }

    #[test]
    fn what_is_too_long_is_not_kept_and_what_was_not_asked_for_longest_goes() {
        assert_eq!(way("a", json!({"l": ["x".repeat(WAY_BYTES_MAX)]})), None);
        let checks = Checks::default();
        let at = |n: usize| Way(way("a", json!({"n": n})));
        for n in 0..=WAYS_MAX.get() {
            checks.keep(at(n), &Arc::new(Found::new(BTreeMap::new(), true)));
        }
        assert!(checks.found(&at(0)).is_none() && checks.found(&at(1)).is_some());
    }

    #[test]
    fn the_last_time_is_the_one_that_counts() {
        for is_safe in [true, false] {
            let found = Found::new(BTreeMap::new(), is_safe);
            assert!(!found.is_quick(), "nobody knows yet");
            for (took, is_quick) in [(QUICK, true), (QUICK * 2, false), (QUICK, true)] {
                found.took(took);
                assert_eq!(found.is_quick(), is_quick && is_safe, "{took:?}");
            }
        }
    }
}
