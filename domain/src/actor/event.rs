//! What is recorded of an actor.
use std::collections::BTreeSet;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantNames};

use super::{Identifier, KeyAlgorithm, Kind};
use crate::ids::{ActorId, KeyId, MandateId, UserId};
use crate::permission::Power;
use crate::territory::TerritoryId;
use crate::text::{Country, Language, Name, Note};

/// What is recorded of an actor. Stored for ever: variants and fields are added, never renamed.
#[derive(
    Clone,
    Debug,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    JsonSchema,
    IntoStaticStr,
    VariantNames,
    EnumCount,
)]
#[serde(tag = "type", content = "data", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Event {
    /// The body is known from now on.
    Registered {
        /// Its first name here.
        name: Name,
        /// What sort of body.
        kind: Kind,
        /// Where it is seated.
        country: Country,
        /// The territory that it governs or is seated in.
        #[serde(skip_serializing_if = "Option::is_none")]
        territory: Option<TerritoryId>,
        /// Codes that it has elsewhere.
        identifiers: Vec<Identifier>,
    },
    /// Another name or spelling in use.
    AliasAdded {
        /// The name.
        alias: Name,
        /// Its language, where it has one.
        #[serde(skip_serializing_if = "Option::is_none")]
        language: Option<Language>,
    },
    /// It was another actor, or became part of it.
    Merged {
        /// Into which actor.
        into: ActorId,
        /// Why.
        reason: Note,
    },
    /// It may not act for the time being.
    Suspended {
        /// Why.
        reason: Note,
    },
    /// It may act again.
    Reinstated {
        /// Why.
        reason: Note,
    },
    /// It is no more.
    Dissolved {
        /// Why.
        reason: Note,
    },
    /// Somebody may act for it.
    MandateGranted {
        /// Its id.
        mandate: MandateId,
        /// Who may act.
        holder: UserId,
        /// For what; at least one.
        powers: BTreeSet<Power>,
        /// Its first day.
        from: Date,
        /// Its last day; none where it is not known yet.
        #[serde(skip_serializing_if = "Option::is_none")]
        until: Option<Date>,
    },
    /// Somebody may not act for it any more.
    MandateRevoked {
        /// Which one.
        mandate: MandateId,
        /// Why.
        reason: Note,
    },
    /// It signs with a key.
    KeyEnrolled {
        /// Its id.
        key: KeyId,
        /// How it signs.
        algorithm: KeyAlgorithm,
        /// In Base64 (RFC 4648, §4), with padding.
        public_key: Name,
    },
    /// It signs with a key no more.
    KeyRevoked {
        /// Which one.
        key: KeyId,
        /// Why.
        reason: Note,
    },
    /// It was written down wrongly; what is left out stays as it was.
    Corrected {
        /// The name that it is registered under.
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<Name>,
        /// What sort of body.
        #[serde(skip_serializing_if = "Option::is_none")]
        kind: Option<Kind>,
        /// Where it is seated.
        #[serde(skip_serializing_if = "Option::is_none")]
        country: Option<Country>,
        /// The territory that it governs or is seated in.
        #[serde(skip_serializing_if = "Option::is_none")]
        territory: Option<TerritoryId>,
        /// Codes that it has elsewhere.
        #[serde(skip_serializing_if = "Option::is_none")]
        identifiers: Option<Vec<Identifier>>,
        /// Why.
        reason: Note,
    },
    /// It never had that name.
    AliasWithdrawn {
        /// The name.
        alias: Name,
        /// Why.
        reason: Note,
    },
    /// It was recorded by mistake: it counts nowhere, and stays visible.
    Annulled {
        /// Who says so.
        by: ActorId,
        /// Why.
        reason: Note,
    },
}
