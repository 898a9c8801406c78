//! What is recorded of a deliberation.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantNames};

use crate::deliberation::Votes;
use crate::effective::Effective;
use crate::ids::{ActorId, CitizenInitiativeId, DocumentId};
use crate::text::{Name, Note, Title};

/// What is recorded of a deliberation. Stored for ever: variants and fields are added, never renamed.
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
    /// A council takes a matter up.
    Tabled {
        /// Whose council.
        council: ActorId,
        /// The matter.
        title: Title,
        /// Which session.
        #[serde(skip_serializing_if = "Option::is_none")]
        session: Option<Name>,
        /// The petition that asks for it.
        #[serde(skip_serializing_if = "Option::is_none")]
        initiative: Option<CitizenInitiativeId>,
        /// When.
        on: Effective,
    },
    /// The council says yes.
    Adopted {
        /// The number of the act.
        #[serde(skip_serializing_if = "Option::is_none")]
        number: Option<Name>,
        /// How it voted, where that is declared.
        #[serde(skip_serializing_if = "Option::is_none")]
        votes: Option<Votes>,
        /// The signed act.
        #[serde(skip_serializing_if = "Option::is_none")]
        document: Option<DocumentId>,
        /// When.
        on: Effective,
    },
    /// The council says no.
    Rejected {
        /// The number of the act.
        #[serde(skip_serializing_if = "Option::is_none")]
        number: Option<Name>,
        /// How it voted, where that is declared.
        #[serde(skip_serializing_if = "Option::is_none")]
        votes: Option<Votes>,
        /// The signed act.
        #[serde(skip_serializing_if = "Option::is_none")]
        document: Option<DocumentId>,
        /// Why.
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<Note>,
        /// When.
        on: Effective,
    },
    /// The council decides later.
    Postponed {
        /// Until when, where that was said.
        #[serde(skip_serializing_if = "Option::is_none")]
        until: Option<Effective>,
        /// Why.
        #[serde(skip_serializing_if = "Option::is_none")]
        reason: Option<Note>,
        /// When.
        on: Effective,
    },
    /// It holds no more: by law, or because it was recorded by mistake. The original stays visible.
    Annulled {
        /// Who says so.
        by: ActorId,
        /// Why.
        reason: Note,
        /// When.
        on: Effective,
    },
    /// It was written down wrongly; what is left out stays as it was.
    Corrected {
        /// The matter.
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<Title>,
        /// Which session.
        #[serde(skip_serializing_if = "Option::is_none")]
        session: Option<Name>,
        /// The number of the act.
        #[serde(skip_serializing_if = "Option::is_none")]
        number: Option<Name>,
        /// How it voted.
        #[serde(skip_serializing_if = "Option::is_none")]
        votes: Option<Votes>,
        /// When it was decided.
        #[serde(skip_serializing_if = "Option::is_none")]
        on: Option<Effective>,
        /// Why.
        reason: Note,
    },
}
