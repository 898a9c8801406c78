//! A policy framework: a strategy whose axes programmes and interventions align with.
//!
//! ```text
//! Unrecorded ─Adopt─▶ Adopted ─Supersede─▶ Superseded
//! ```
use std::future::Future;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantNames};

use crate::aggregate::{Refused, aggregate};
use crate::effective::Effective;
use crate::ids::{ActorId, AxisId, PolicyFrameworkId};
use crate::text::{Name, Note, Title};

/// What is asked of a policy framework.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are those of the events")]
pub enum Command {
    Adopt {
        title: Title,
        acronym: Option<Name>,
        by: Option<ActorId>,
        on: Effective,
    },
    DefineAxis {
        axis: AxisId,
        title: Title,
    },
    Supersede {
        successor: Option<PolicyFrameworkId>,
        reason: Note,
        #[serde(skip)]
        itself: PolicyFrameworkId,
    },
}

/// What is recorded of a policy framework. Stored for ever: variants and fields are added, never renamed.
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
    Adopted {
        title: Title,
        #[serde(skip_serializing_if = "Option::is_none")]
        acronym: Option<Name>,
        #[serde(skip_serializing_if = "Option::is_none")]
        by: Option<ActorId>,
        on: Effective,
    },
    AxisDefined {
        axis: AxisId,
        title: Title,
    },
    Superseded {
        #[serde(skip_serializing_if = "Option::is_none")]
        successor: Option<PolicyFrameworkId>,
        reason: Note,
    },
}

/// Why a policy framework refuses: a rule said no, nothing broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the message says it")]
pub enum Refusal {
    #[error("a policy framework at this stage does not allow that step")]
    OutOfTurn,
}

impl Refused for Refusal {
    fn code(&self) -> String {
        format!("POLICY_FRAMEWORK_{}", <&str>::from(self))
    }
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyFramework {}

impl PolicyFramework {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        todo!("{command:?}")
    }

    /// The PolicyFramework after `event`. A recorded fact is never refused.
    #[must_use]
    pub fn evolve(self, event: Event) -> Self {
        todo!("{event:?}")
    }
}

aggregate!(PolicyFramework, PolicyFrameworkId, "policy_framework");
