//! What the list of any noun can be ordered, dated, grouped and summed by.
use domain::classification::Sector;
use domain::effective::Effective;
use domain::ids::{ActorId, ProgrammeId};
use domain::money::Money;
use domain::population::PopulationGroup;
use domain::territory::TerritoryId;
use projections::{Models, Stamp};
use uuid::Uuid;

mod aggregate;
mod facts;
mod listing;
mod order;
mod sieve;

pub use aggregate::{Aggregates, GroupBy};
pub use listing::Listing;
pub use order::Order;
pub(crate) use sieve::joined;
pub use sieve::{Days, Joined, Parts, Sieve};

/// A noun of the glossary: what lists know of each of its objects.
pub trait Noun: Send + Sync + 'static {
    /// Its id.
    fn uuid(&self) -> Uuid;

    /// What people call it: in French, where it has a wording in French.
    fn name(&self) -> &str;

    /// How far it has come: the place of its stage among those of its kind, and the stage's name.
    fn standing(&self) -> Option<(usize, String)> {
        None
    }

    /// The event that it begins with.
    fn begun(&self) -> Stamp;

    /// When it is in the world: the day that it is due or held, the first of its period, else when its
    /// first event was true.
    fn date(&self) -> Effective {
        self.begun().effective
    }

    /// What it is worth, where its kind has an amount: the inner nothing is one that nobody declared.
    fn amount(&self) -> Option<Option<Money>> {
        None
    }

    /// Where it is.
    fn territories(&self, models: &Models) -> Vec<TerritoryId> {
        let _ = models;
        Vec::new()
    }

    /// Which programme it is part of.
    fn programme(&self, models: &Models) -> Option<ProgrammeId> {
        let _ = models;
        None
    }

    /// Who is behind it.
    fn actors(&self) -> Vec<ActorId> {
        Vec::new()
    }

    /// What it is about, as it was classified.
    fn sectors(&self) -> Vec<Sector> {
        Vec::new()
    }

    /// For whom it is.
    fn groups(&self) -> Vec<PopulationGroup> {
        Vec::new()
    }
}
