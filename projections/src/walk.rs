//! How much of the models a question goes through. Counted in builds with debug assertions alone, for
//! the tests that hold a question to what it shows: a field that goes through a whole model to find
//! what belongs to one object gives the right answer, and takes longer with every event.
#[cfg(debug_assertions)]
use std::cell::Cell;

#[cfg(debug_assertions)]
thread_local! {
    static WALKED: Cell<u64> = const { Cell::new(0) };
}

/// `entries` of a model or of an index, each counted when it is reached.
pub(crate) fn walk<T>(entries: impl Iterator<Item = T>) -> impl Iterator<Item = T> {
    entries.inspect(|_| count())
}

fn count() {
    #[cfg(debug_assertions)]
    WALKED.set(WALKED.get() + 1);
}

/// How many entries of models and indexes this thread has gone through so far.
#[cfg(debug_assertions)]
pub fn walked() -> u64 {
    WALKED.get()
}
