//! A programme or project: its results, indicators, targets, alignment, money and period.
//!
//! ```text
//! Unrecorded ─Create─▶ Drafted ─Agree─▶ Agreed ─Start─▶ Running ─Begin closing─▶ Closing ─Close─▶ Closed; Drafted, Agreed, Running ─Cancel─▶ Cancelled
//! ```
use std::future::Future;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantNames};

use crate::aggregate::{Refused, aggregate};
use crate::effective::{Effective, Period};
use crate::ids::{
    ActorId, AxisId, DocumentId, EnvelopeId, ExpectedResultId, FundingRequestId, IndicatorId,
    PolicyFrameworkId, ProgrammeId,
};
use crate::measure::Quantity;
use crate::money::Money;
use crate::territory::TerritoryId;
use crate::text::{Name, Note, Title};
/// How a measured value is compared with its target.
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
#[allow(missing_docs)]
pub enum Comparator {
    Exactly,
    AtLeast,
    AtMost,
}
/// What one source says; several stand side by side until somebody settles it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "about", content = "value", rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Claim {
    Title(Title),
    Period(Period),
    Budget(Money),
    Status(Name),
}
/// What a programme or project is.
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
#[allow(missing_docs)]
pub enum Kind {
    Programme,
    Project,
}

/// What is asked of a programme.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are those of the events")]
pub enum Command {
    Create {
        kind: Kind,
        title: Title,
        acronym: Option<Name>,
        parent: Option<ProgrammeId>,
        period: Period,
        operator: Option<ActorId>,
        funders: Vec<ActorId>,
        partners: Vec<ActorId>,
        territories: Vec<TerritoryId>,
        budget: Option<Money>,
    },
    Attach {
        parent: ProgrammeId,
        #[serde(skip)]
        itself: ProgrammeId,
        #[serde(skip)]
        ancestors: Vec<ProgrammeId>,
    },
    Agree {
        parties: Vec<ActorId>,
        document: Option<DocumentId>,
        on: Effective,
    },
    Start {
        on: Effective,
    },
    Align {
        framework: PolicyFrameworkId,
        axis: Option<AxisId>,
    },
    DefineResult {
        result: ExpectedResultId,
        title: Title,
    },
    DefineIndicator {
        indicator: IndicatorId,
        result: ExpectedResultId,
        title: Title,
        unit: Name,
        baseline: Option<Quantity>,
    },
    SetTarget {
        indicator: IndicatorId,
        value: Quantity,
        comparator: Comparator,
        due: Effective,
    },
    ReviseTarget {
        indicator: IndicatorId,
        value: Quantity,
        comparator: Comparator,
        due: Effective,
        reason: Note,
    },
    OpenEnvelope {
        envelope: EnvelopeId,
        title: Title,
        funder: Option<ActorId>,
        amount: Money,
    },
    ReserveEnvelope {
        envelope: EnvelopeId,
        request: FundingRequestId,
        amount: Money,
    },
    ReleaseEnvelope {
        envelope: EnvelopeId,
        request: FundingRequestId,
        amount: Money,
    },
    Extend {
        to: Effective,
        reason: Note,
    },
    Report {
        claim: Claim,
    },
    Settle {
        claim: Claim,
        reason: Note,
    },
    BeginClosing {
        on: Effective,
    },
    Close {
        on: Effective,
    },
    Cancel {
        reason: Note,
    },
}

/// What is recorded of a programme. Stored for ever: variants and fields are added, never renamed.
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
    Created {
        kind: Kind,
        title: Title,
        #[serde(skip_serializing_if = "Option::is_none")]
        acronym: Option<Name>,
        #[serde(skip_serializing_if = "Option::is_none")]
        parent: Option<ProgrammeId>,
        period: Period,
        #[serde(skip_serializing_if = "Option::is_none")]
        operator: Option<ActorId>,
        funders: Vec<ActorId>,
        partners: Vec<ActorId>,
        territories: Vec<TerritoryId>,
        #[serde(skip_serializing_if = "Option::is_none")]
        budget: Option<Money>,
    },
    Attached {
        parent: ProgrammeId,
    },
    Agreed {
        parties: Vec<ActorId>,
        #[serde(skip_serializing_if = "Option::is_none")]
        document: Option<DocumentId>,
        on: Effective,
    },
    Started {
        on: Effective,
    },
    Aligned {
        framework: PolicyFrameworkId,
        #[serde(skip_serializing_if = "Option::is_none")]
        axis: Option<AxisId>,
    },
    ResultDefined {
        result: ExpectedResultId,
        title: Title,
    },
    IndicatorDefined {
        indicator: IndicatorId,
        result: ExpectedResultId,
        title: Title,
        unit: Name,
        #[serde(skip_serializing_if = "Option::is_none")]
        baseline: Option<Quantity>,
    },
    TargetSet {
        indicator: IndicatorId,
        value: Quantity,
        comparator: Comparator,
        due: Effective,
    },
    TargetRevised {
        indicator: IndicatorId,
        value: Quantity,
        comparator: Comparator,
        due: Effective,
        reason: Note,
    },
    EnvelopeOpened {
        envelope: EnvelopeId,
        title: Title,
        #[serde(skip_serializing_if = "Option::is_none")]
        funder: Option<ActorId>,
        amount: Money,
    },
    EnvelopeReserved {
        envelope: EnvelopeId,
        request: FundingRequestId,
        amount: Money,
    },
    EnvelopeReleased {
        envelope: EnvelopeId,
        request: FundingRequestId,
        amount: Money,
    },
    Extended {
        to: Effective,
        reason: Note,
    },
    Reported {
        claim: Claim,
    },
    Settled {
        claim: Claim,
        reason: Note,
    },
    ClosingBegun {
        on: Effective,
    },
    Closed {
        on: Effective,
    },
    Cancelled {
        reason: Note,
    },
}

/// Why a programme refuses: a rule said no, nothing broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the message says it")]
pub enum Refusal {
    #[error("a programme at this stage does not allow that step")]
    OutOfTurn,
}

impl Refused for Refusal {
    fn code(&self) -> String {
        format!("PROGRAMME_{}", <&str>::from(self))
    }
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Programme {}

impl Programme {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        todo!("{command:?}")
    }

    /// The Programme after `event`. A recorded fact is never refused.
    #[must_use]
    pub fn evolve(self, event: Event) -> Self {
        todo!("{event:?}")
    }
}

aggregate!(Programme, ProgrammeId, "programme");
