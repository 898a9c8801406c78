//! How much of the models a question goes through. Counted in builds with debug assertions alone, for
//! the tests that hold a question to what it shows: a field that goes through a whole model to find
//! what belongs to one object gives the right answer, and takes longer with every event.
#[cfg(debug_assertions)]
use std::cell::Cell;
use std::iter::Inspect;
use std::ops::Bound;

use imbl::OrdMap;
use uuid::Uuid;

#[cfg(debug_assertions)]
thread_local! {
    static WALKED: Cell<u64> = const { Cell::new(0) };
}

/// The ids between two, as a page of a list has it.
pub type Between = (Bound<Uuid>, Bound<Uuid>);

/// Every id.
pub const EVERY: Between = (Bound::Unbounded, Bound::Unbounded);

/// `entries` of a model or of an index, each counted when it is reached.
pub(crate) fn walk<I: Iterator>(entries: I) -> Inspect<I, fn(&I::Item)> {
    entries.inspect(count)
}

/// What `all` keeps under the ids `between` two, without a look at the others.
pub(crate) fn between<K: Ord + From<Uuid>, T>(
    all: &OrdMap<K, T>,
    (from, to): Between,
) -> impl DoubleEndedIterator<Item = &T> {
    walk(all.range((from.map(K::from), to.map(K::from))).map(|(_, it)| it))
}

fn count<T>(_: &T) {
    #[cfg(debug_assertions)]
    WALKED.set(WALKED.get() + 1);
}

/// How many entries of models and indexes this thread has gone through so far.
#[cfg(debug_assertions)]
pub fn walked() -> u64 {
    WALKED.get()
}
