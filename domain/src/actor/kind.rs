//! What sort of body an actor is, and the codes and keys that it has.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

use crate::text::Name;

/// What sort of body it is.
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
    IntoStaticStr,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Kind {
    /// Commune.
    Commune,
    /// Province ou préfecture.
    Province,
    /// Région.
    Region,
    /// Ministère.
    Ministry,
    /// Service déconcentré de l'État.
    DecentralisedService,
    /// Établissement ou organisme public.
    PublicBody,
    /// Association nationale.
    NationalAssociation,
    /// Association locale.
    LocalAssociation,
    /// Association de la diaspora.
    DiasporaAssociation,
    /// Organisation non gouvernementale.
    Ngo,
    /// Bailleur de fonds.
    Funder,
    /// Opérateur, agence de mise en œuvre.
    Operator,
    /// Université.
    University,
    /// Média.
    Media,
    /// None of these.
    Other,
}

/// How a key signs.
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
    IntoStaticStr,
    strum::VariantArray,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum KeyAlgorithm {
    /// Ed25519 (RFC 8032); its public key is 32 bytes.
    Ed25519,
}

impl KeyAlgorithm {
    /// Whether `text` has the form of a public key of this algorithm, in Base64 (RFC 4648, §4).
    pub fn takes(self, text: &str) -> bool {
        match self {
            // 32 bytes are 43 characters and one of padding.
            Self::Ed25519 => text.strip_suffix('=').is_some_and(|digits| {
                let digit = |byte: u8| byte.is_ascii_alphanumeric() || b"+/".contains(&byte);
                digits.len() == 43 && digits.bytes().all(digit)
            }),
        }
    }
}

/// A code that the body has elsewhere.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Identifier {
    /// Who gives such codes: `iati`, `hcp`, `rna`.
    pub scheme: Name,
    /// The code.
    pub value: Name,
}
