//! Groups of people: categories, never persons.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

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
