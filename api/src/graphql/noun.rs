//! The nouns of the glossary: what the list of any of them is ordered, filtered and found by.
use projections::{Models, Stamp};
use uuid::Uuid;

use super::facts::{Facts, Worth};
use super::values::Text;
use super::view::Seen;

mod facts;
mod listing;
mod order;
mod sieve;
mod table;

pub use listing::Listing;
pub use order::{Names, Order};
pub(crate) use sieve::joined;
pub use sieve::{Days, Joined, Parts, Sieve};
#[cfg(test)]
pub use table::KINDS;
pub use table::{Found, noun};

/// A noun of the glossary: what lists know of each of its objects, beside its [`Facts`].
pub trait Noun: Facts + 'static {
    /// Its id.
    fn uuid(&self) -> Uuid;

    /// What people call it: in French, where it has a wording in French.
    fn name(&self) -> &str;

    /// The same in every language that it has.
    fn title(&self) -> Text;

    /// The event that it begins with.
    fn begun(&self) -> Stamp;
}

impl<T: Noun> Facts for Seen<T> {
    fn about<'a>(&'a self, _: &'a Models) -> Vec<&'a dyn Facts> {
        vec![&*self.it]
    }

    fn worth(&self, models: &Models) -> Option<Worth> {
        self.it.worth(models)
    }
}
