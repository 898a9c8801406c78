//! A funding call: a window in which requests are taken.
//!
//! ```text
//! Unrecorded ─Draft─▶ Drafted ─Open─▶ Open ─Close─▶ Closed ─Decide─▶ Decided
//! ```
use std::future::Future;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantNames};

use crate::aggregate::{Refused, aggregate};
use crate::effective::Effective;
use crate::ids::{ActorId, EnvelopeId, FundingCallId, ProgrammeId};
use crate::money::Money;
use crate::territory::TerritoryId;
use crate::text::{Note, Title};

/// What is asked of a funding call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are those of the events")]
pub enum Command {
    Draft {
        title: Title,
        programme: ProgrammeId,
        envelope: Option<EnvelopeId>,
        territories: Vec<TerritoryId>,
        ceiling: Option<Money>,
    },
    Open {
        on: Effective,
        closes: Option<Date>,
    },
    RecordWaiver {
        applicant: ActorId,
        until: Date,
        reason: Note,
    },
    Close {
        on: Effective,
    },
    Decide {
        on: Effective,
    },
}

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
#[allow(missing_docs)]
pub enum Event {
    Drafted {
        title: Title,
        programme: ProgrammeId,
        #[serde(skip_serializing_if = "Option::is_none")]
        envelope: Option<EnvelopeId>,
        territories: Vec<TerritoryId>,
        #[serde(skip_serializing_if = "Option::is_none")]
        ceiling: Option<Money>,
    },
    Opened {
        on: Effective,
        #[serde(skip_serializing_if = "Option::is_none")]
        closes: Option<Date>,
    },
    WaiverRecorded {
        applicant: ActorId,
        until: Date,
        reason: Note,
    },
    Closed {
        on: Effective,
    },
    Decided {
        on: Effective,
    },
}

/// Why a funding call refuses: a rule said no, nothing broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the message says it")]
pub enum Refusal {
    #[error("a funding call at this stage does not allow that step")]
    OutOfTurn,
}

impl Refused for Refusal {
    fn code(&self) -> String {
        format!("FUNDING_CALL_{}", <&str>::from(self))
    }
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundingCall {}

impl FundingCall {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        todo!("{command:?}")
    }

    /// The FundingCall after `event`. A recorded fact is never refused.
    #[must_use]
    pub fn evolve(self, event: Event) -> Self {
        todo!("{event:?}")
    }
}

aggregate!(FundingCall, FundingCallId, "funding_call");
