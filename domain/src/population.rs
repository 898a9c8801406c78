//! Groups of people: categories, never persons.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumString, IntoStaticStr, VariantArray};

use crate::measure::Quantity;

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

/// One count of a breakdown of people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Part {
    /// Of which sex; nothing means both.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    /// Of which group; nothing means all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<PopulationGroup>,
    /// Of which profession; nothing means all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profession: Option<Profession>,
    /// How many.
    pub count: Quantity,
}

/// How many people, and how they break down: the parts and what is unknown add up to the total.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Headcount {
    /// How many in all.
    pub total: Quantity,
    /// How many of whom, each counted once; empty where the source has no breakdown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    /// How many the source does not break down.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unknown: Option<Quantity>,
}
