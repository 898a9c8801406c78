//! An indicator's reporting: measurements by period, with whom they were agreed.
//!
//! ```text
//! Open ─Submit─▶ Submitted ─Return─▶ Returned ─Submit─▶ Submitted ─Accept─▶ Accepted ─Lock─▶ Locked (for each period)
//! ```
use std::future::Future;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantNames};

use crate::aggregate::{Refused, aggregate};
use crate::effective::Effective;
use crate::ids::{ActorId, IndicatorId};
use crate::measure::Quantity;
use crate::population::{PopulationGroup, Sex};
use crate::territory::TerritoryId;
use crate::text::Note;
/// One count of a breakdown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub struct Cell {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group: Option<PopulationGroup>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub territory: Option<TerritoryId>,
    pub count: Quantity,
}
/// A measured value and how it breaks down: the cells and what is unknown add up to the value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[allow(missing_docs)]
pub struct Measurement {
    pub value: Quantity,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub territory: Option<TerritoryId>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<Cell>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unknown: Option<Quantity>,
}

/// What is asked of an indicator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are those of the events")]
pub enum Command {
    Submit {
        by: ActorId,
        period: Effective,
        measurement: Measurement,
    },
    Return {
        by: ActorId,
        period: Effective,
        reason: Note,
    },
    Accept {
        by: ActorId,
        period: Effective,
    },
    Lock {
        by: ActorId,
        period: Effective,
    },
    Correct {
        by: ActorId,
        period: Effective,
        measurement: Measurement,
        reason: Note,
    },
    DeclareShared {
        period: Effective,
        counted_in: IndicatorId,
        reason: Note,
        #[serde(skip)]
        itself: IndicatorId,
    },
}

/// What is recorded of an indicator. Stored for ever: variants and fields are added, never renamed.
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
    Submitted {
        by: ActorId,
        period: Effective,
        measurement: Measurement,
    },
    Returned {
        by: ActorId,
        period: Effective,
        reason: Note,
    },
    Accepted {
        by: ActorId,
        period: Effective,
    },
    Locked {
        by: ActorId,
        period: Effective,
    },
    Corrected {
        by: ActorId,
        period: Effective,
        measurement: Measurement,
        reason: Note,
    },
    SharedDeclared {
        period: Effective,
        counted_in: IndicatorId,
        reason: Note,
    },
}

/// Why an indicator refuses: a rule said no, nothing broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the message says it")]
pub enum Refusal {
    #[error("an indicator at this stage does not allow that step")]
    OutOfTurn,
}

impl Refused for Refusal {
    fn code(&self) -> String {
        format!("INDICATOR_{}", <&str>::from(self))
    }
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Indicator {}

impl Indicator {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        todo!("{command:?}")
    }

    /// The Indicator after `event`. A recorded fact is never refused.
    #[must_use]
    pub fn evolve(self, event: Event) -> Self {
        todo!("{event:?}")
    }
}

aggregate!(Indicator, IndicatorId, "indicator");
