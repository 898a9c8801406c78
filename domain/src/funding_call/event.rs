//! What is recorded of a funding call.
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantNames};

use crate::effective::Effective;
use crate::ids::{ActorId, EnvelopeId, ProgrammeId};
use crate::money::Money;
use crate::territory::TerritoryId;
use crate::text::{Note, Title};

/// What is recorded of a funding call. Stored for ever: variants and fields are added, never renamed.
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
    /// It is prepared.
    Drafted {
        /// In short.
        title: Title,
        /// The programme that pays.
        programme: ProgrammeId,
        /// The money that is set aside for it, where that is known.
        #[serde(skip_serializing_if = "Option::is_none")]
        envelope: Option<EnvelopeId>,
        /// Where it applies; everywhere where none is named.
        territories: Vec<TerritoryId>,
        /// The most that one request may be granted.
        #[serde(skip_serializing_if = "Option::is_none")]
        ceiling: Option<Money>,
    },
    /// It takes requests.
    Opened {
        /// When.
        on: Effective,
        /// The last day to submit a request; none for a standing window.
        #[serde(skip_serializing_if = "Option::is_none")]
        closes: Option<Date>,
    },
    /// One applicant has longer than the others.
    WaiverRecorded {
        /// Who.
        applicant: ActorId,
        /// The last day on which their request is taken.
        until: Date,
        /// Why.
        reason: Note,
    },
    /// It takes requests no more.
    Closed {
        /// When; the day itself is still open.
        on: Effective,
    },
    /// The requests have their answers.
    Decided {
        /// When.
        on: Effective,
    },
    /// It was written down wrongly; what is left out stays as it was.
    Corrected {
        /// In short.
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<Title>,
        /// The money that is set aside for it.
        #[serde(skip_serializing_if = "Option::is_none")]
        envelope: Option<EnvelopeId>,
        /// Where it applies.
        #[serde(skip_serializing_if = "Option::is_none")]
        territories: Option<Vec<TerritoryId>>,
        /// The most that one request may be granted.
        #[serde(skip_serializing_if = "Option::is_none")]
        ceiling: Option<Money>,
        /// Why.
        reason: Note,
    },
    /// The dates of steps were written down wrongly; what is left out stays as it was.
    DatesCorrected {
        /// When it opened.
        #[serde(skip_serializing_if = "Option::is_none")]
        opened: Option<Effective>,
        /// The last day to submit a request.
        #[serde(skip_serializing_if = "Option::is_none")]
        closes: Option<Date>,
        /// When it closed.
        #[serde(skip_serializing_if = "Option::is_none")]
        closed: Option<Effective>,
        /// When the requests had their answers.
        #[serde(skip_serializing_if = "Option::is_none")]
        decided: Option<Effective>,
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
