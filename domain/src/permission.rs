//! Who may do what.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a mandate lets its holder do for its actor.
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
    strum::EnumString,
    strum::IntoStaticStr,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Power {
    /// Keep the directory, programmes, frameworks, calls and interventions of the region.
    Coordinate,
    /// Offer, accept, withdraw: bind the actor.
    Sign,
    /// Submit evidence, measurements, expenditures, documents.
    Report,
    /// Check eligibility, give opinions, confirm fulfilments, accept measurements, validate.
    Verify,
    /// Decide on funding, sign agreements, disburse.
    Fund,
    /// Read everything, write nothing.
    Audit,
    /// Grant and revoke mandates and keys.
    Administer,
}
