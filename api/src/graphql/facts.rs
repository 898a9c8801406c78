//! What lists add up and group: what each of their entries says of itself, and what it is about.
use std::sync::Arc;

use async_graphql::resolver_utils::{EnumType, enum_value};
use domain::classification::{Goal, Sector, SectorCategory};
use domain::effective::Effective;
use domain::ids::{ActorId, InterventionId, ProgrammeId};
use domain::money::Money;
use domain::population::PopulationGroup;
use domain::territory::TerritoryId;
use domain::text::Country;
use projections::amounts::Amounts;
use projections::interventions::Intervention;
use projections::subjects::Kind;
use projections::{Models, Subject};
use uuid::Uuid;

use super::enums::{Choice, Enumerated};
use super::noun::noun;

/// What an entry is worth.
pub enum Worth {
    /// An amount of its own; nothing where nobody declared it.
    Own(Option<Money>),
    /// The amounts of what it counts, each under a number of its own: another entry may count the
    /// same, and a sum has it once.
    Parts(Vec<(u128, Amounts)>),
}

impl Worth {
    /// The budgets of `interventions`.
    pub fn of_budgets(
        interventions: impl IntoIterator<Item = InterventionId>,
        models: &Models,
    ) -> Self {
        let found = interventions.into_iter().filter_map(|id| models.interventions.get(id));
        let part =
            |it: &Arc<Intervention>| (Uuid::from(it.id).as_u128(), Amounts::from_iter([it.budget]));
        Self::Parts(found.map(part).collect())
    }
}

/// The dimensions of which an entry may have several values. Where it says nothing of its own, it has
/// those of what it is about.
macro_rules! dimensions {
    ($($(#[$doc:meta])* $name:ident: $Of:ty;)+) => {$(
        $(#[$doc])*
        fn $name(&self, models: &Models) -> Vec<$Of> {
            self.about(models).into_iter().flat_map(|it| it.$name(models)).collect()
        }
    )+};
}

/// An entry of a list, as far as lists add up and group.
pub trait Facts: Send + Sync {
    /// The things of the ledger that it counts, compares or speaks of.
    fn about<'a>(&'a self, models: &'a Models) -> Vec<&'a dyn Facts> {
        let _ = models;
        Vec::new()
    }

    /// When it is in the world; nothing where what it is about says it.
    fn date(&self) -> Option<Effective> {
        None
    }

    /// How far it has come: the place of its stage among those of its kind, and the stage's name;
    /// nothing where what it is about says it.
    fn standing(&self) -> Option<(usize, String)> {
        None
    }

    /// What it is worth; nothing where its kind has no amount. It is never that of what it is about,
    /// unless it counts just that.
    fn worth(&self, models: &Models) -> Option<Worth> {
        let _ = models;
        None
    }

    dimensions! {
        /// What sort of its kind it is, as a value of an enum or a name.
        kinds: String;
        /// Of which kind of things it is one, or speaks.
        subjects: Kind;
        /// In which country it is, or to which it leads.
        countries: Country;
        /// Where it is.
        territories: TerritoryId;
        /// Which programmes it is part of.
        programmes: ProgrammeId;
        /// Who is behind it.
        actors: ActorId;
        /// What it is about, as it was classified.
        sectors: Sector;
        /// Which goals it serves.
        goals: Goal;
        /// For whom it is.
        groups: PopulationGroup;
    }

    /// What it is about, more broadly.
    fn categories(&self, models: &Models) -> Vec<SectorCategory> {
        self.sectors(models).into_iter().map(Sector::category).collect()
    }
}

/// What `it` says by `own`, else what the things that it is about say.
pub fn told<T>(it: &dyn Facts, models: &Models, own: fn(&dyn Facts) -> Option<T>) -> Vec<T> {
    match own(it) {
        Some(own) => vec![own],
        None => it.about(models).into_iter().flat_map(|it| told(it, models, own)).collect(),
    }
}

/// The thing that `it` names, where it is known; that of sources is what they are on.
pub fn subject(models: &Models, it: Subject) -> Vec<&dyn Facts> {
    match it.kind {
        Kind::Indicator => {
            let found = models.programmes.indicator(it.id.into());
            found.map(|it| &**it as &dyn Facts).into_iter().collect()
        }
        Kind::Sourcing => {
            let found = models.sourcing.get(it.id.into()).map(|it| it.subject);
            let found = found.filter(|it| it.kind != Kind::Sourcing);
            found.map(|it| subject(models, it)).unwrap_or_default()
        }
        _ => noun(models, it).map(|it| it as &dyn Facts).into_iter().collect(),
    }
}

/// Those of the interventions that are known.
pub fn interventions(
    models: &Models,
    ids: impl IntoIterator<Item = InterventionId>,
) -> Vec<&dyn Facts> {
    let found = ids.into_iter().filter_map(|id| models.interventions.get(id));
    found.map(|it| &**it as &dyn Facts).collect()
}

/// The name of a domain enum's value in the schema.
pub fn named<E: Enumerated>(value: E) -> Vec<String> {
    Choice(value).place().map(|(_, name)| name).into_iter().collect()
}

/// The name of a value of one of the schema's own enums.
pub fn word(value: impl EnumType) -> String {
    enum_value(value).to_string()
}
