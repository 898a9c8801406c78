//! Groups of people: categories, never persons.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::measure::Quantity;
use crate::territory::TerritoryId;

mod headcount;

pub use headcount::{Headcount, Miscount, PARTS_MAX, Part};

/// A count from 1 to this could point at persons where few people live.
pub const SMALL_CELL_MAX: i64 = 4;

/// Whether `count` is so small that it could point at persons in `territory`. Where nothing is said
/// of the territory, it is as wide as the programme.
pub fn points_at_persons(count: Quantity, territory: Option<TerritoryId>) -> bool {
    let close = territory.is_some_and(|it| it.get().level.is_below_province());
    close && is_small(count.get())
}

/// Whether `count` is from 1 to [`SMALL_CELL_MAX`].
pub fn is_small(count: i64) -> bool {
    (1..=SMALL_CELL_MAX).contains(&count)
}

/// Whom an intervention or a count speaks of.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum PopulationGroup {
    /// Marocains résidant à l'étranger.
    MoroccansAbroad,
    /// MRE de retour.
    ReturnedMoroccans,
    /// Ressortissants des pays tiers.
    ThirdCountryNationals,
    /// Familles restées ou installées.
    Families,
    /// Femmes.
    Women,
    /// Jeunes.
    Youth,
    /// Enfants.
    Children,
    /// Habitants de la commune, sans distinction.
    Inhabitants,
    /// Professionnels de santé.
    HealthProfessionals,
    /// Élus locaux.
    ElectedOfficials,
    /// Agents des collectivités et services de l'État.
    PublicOfficers,
    /// Membres d'associations.
    CivilSociety,
    /// Journalistes.
    Journalists,
}

/// Sex, as counts are broken down by it.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Sex {
    /// Female.
    Female,
    /// Male.
    Male,
}

/// What people who are trained do, as counts are broken down by it.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
    EnumString,
    IntoStaticStr,
    VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Profession {
    /// Sage-femme.
    Midwife,
    /// Infirmier, infirmière.
    Nurse,
    /// Médecin.
    Doctor,
    /// Travailleur social.
    SocialWorker,
    /// Enseignant.
    Teacher,
    /// Élu local.
    ElectedOfficial,
    /// Agent d'une collectivité ou de l'État.
    PublicOfficer,
    /// Responsable associatif.
    AssociationLeader,
    /// Journaliste.
    Journalist,
    /// Entrepreneur.
    Entrepreneur,
    /// Une autre profession.
    Other,
}
