//! A policy framework: a strategy whose axes programmes and interventions align with.
//!
//! ```text
//! Unrecorded ─Adopt─▶ Adopted ─Supersede─▶ Superseded
//!                     │   ▲
//!                     └───┘ Define axis
//!
//! Adopted, Superseded   corrections; where no programme aligns with it, Annul ─▶ Annulled
//! ```
use std::collections::BTreeMap;
use std::future::Future;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantNames};

use crate::aggregate::{Refused, aggregate, ensure, one};
use crate::correction::{differs, put};
use crate::effective::Effective;
use crate::ids::{ActorId, AxisId, PolicyFrameworkId};
use crate::text::{Name, Note, Title};

/// The most axes of one framework.
pub const AXES_MAX: usize = 100;

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
    Correct {
        title: Option<Title>,
        acronym: Option<Name>,
        by: Option<ActorId>,
        on: Option<Effective>,
        reason: Note,
    },
    CorrectAxis {
        axis: AxisId,
        title: Title,
        reason: Note,
    },
    Annul {
        by: ActorId,
        reason: Note,
        // How many programmes align with it: looked up, not in the event.
        #[serde(skip)]
        named_by: usize,
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
pub enum Event {
    /// It holds from now on.
    Adopted {
        /// Its title.
        title: Title,
        /// Its initials, where people use them.
        #[serde(skip_serializing_if = "Option::is_none")]
        acronym: Option<Name>,
        /// Who adopted it, where the source says so.
        #[serde(skip_serializing_if = "Option::is_none")]
        by: Option<ActorId>,
        /// When.
        on: Effective,
    },
    /// One direction that programmes align with.
    AxisDefined {
        /// Its id.
        axis: AxisId,
        /// In short.
        title: Title,
    },
    /// Another one takes its place, or none.
    Superseded {
        /// What takes its place, where there is one here.
        #[serde(skip_serializing_if = "Option::is_none")]
        successor: Option<PolicyFrameworkId>,
        /// Why.
        reason: Note,
    },
    /// It was written down wrongly; what is left out stays as it was.
    Corrected {
        /// Its title.
        #[serde(skip_serializing_if = "Option::is_none")]
        title: Option<Title>,
        /// Its initials.
        #[serde(skip_serializing_if = "Option::is_none")]
        acronym: Option<Name>,
        /// Who adopted it.
        #[serde(skip_serializing_if = "Option::is_none")]
        by: Option<ActorId>,
        /// When it was adopted.
        #[serde(skip_serializing_if = "Option::is_none")]
        on: Option<Effective>,
        /// Why.
        reason: Note,
    },
    /// An axis was written down wrongly.
    AxisCorrected {
        /// Which axis.
        axis: AxisId,
        /// In short.
        title: Title,
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

/// Why a policy framework refuses: a rule said no, nothing broke.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the message says it")]
pub enum Refusal {
    #[error("the policy framework has not been adopted yet")]
    NotAdopted,
    #[error("the policy framework has been adopted already")]
    AlreadyAdopted,
    #[error("the policy framework has been superseded: it takes nothing more")]
    Superseded,
    #[error("a policy framework cannot be its own successor")]
    SucceedsItself,
    #[error("the axis is there already")]
    DuplicateAxis,
    #[error("at most {max} axes")]
    TooMany { max: usize },
    #[error("the policy framework has no such axis")]
    UnknownAxis,
    #[error("nothing is corrected: give at least one value that differs from what is recorded")]
    NothingCorrected,
    #[error("{named_by} programmes align with it: annul or correct those first")]
    StillNamed { named_by: usize },
    #[error("the policy framework was recorded by mistake: it takes nothing more")]
    Annulled,
}

impl Refused for Refusal {
    fn code(&self) -> String {
        format!("POLICY_FRAMEWORK_{}", <&str>::from(self))
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::SucceedsItself => Some("successor"),
            Self::DuplicateAxis | Self::UnknownAxis | Self::TooMany { .. } => Some("axis"),
            Self::NotAdopted
            | Self::AlreadyAdopted
            | Self::Superseded
            | Self::NothingCorrected
            | Self::StillNamed { .. }
            | Self::Annulled => None,
        }
    }
}

/// How far a policy framework has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the diagram above says it")]
pub enum Stage {
    #[default]
    Unrecorded,
    Adopted,
    Superseded,
    Annulled,
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyFramework {
    stage: Stage,
    described: Described,
    axes: BTreeMap<AxisId, Title>,
}

/// What it says of itself: kept to tell a correction from one that changes nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Described {
    title: Option<Title>,
    acronym: Option<Name>,
    by: Option<ActorId>,
    on: Option<Effective>,
}

impl PolicyFramework {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::Adopt { title, acronym, by, on } => {
                ensure(self.stage == Stage::Unrecorded, Refusal::AlreadyAdopted)?;
                one(Event::Adopted { title, acronym, by, on })
            }
            Command::DefineAxis { axis, title } => {
                self.must_hold()?;
                ensure(!self.axes.contains_key(&axis), Refusal::DuplicateAxis)?;
                let fits = self.axes.len() < AXES_MAX;
                ensure(fits, Refusal::TooMany { max: AXES_MAX })?;
                one(Event::AxisDefined { axis, title })
            }
            Command::Supersede { successor, reason, itself } => {
                self.must_hold()?;
                ensure(successor != Some(itself), Refusal::SucceedsItself)?;
                one(Event::Superseded { successor, reason })
            }
            Command::Correct { title, acronym, by, on, reason } => {
                self.must_exist()?;
                let known = &self.described;
                let other = differs(title.as_ref(), known.title.as_ref())
                    || differs(acronym.as_ref(), known.acronym.as_ref())
                    || differs(by.as_ref(), known.by.as_ref())
                    || differs(on.as_ref(), known.on.as_ref());
                ensure(other, Refusal::NothingCorrected)?;
                one(Event::Corrected { title, acronym, by, on, reason })
            }
            Command::CorrectAxis { axis, title, reason } => {
                self.must_exist()?;
                let known = self.axes.get(&axis).ok_or(Refusal::UnknownAxis)?;
                ensure(title != *known, Refusal::NothingCorrected)?;
                one(Event::AxisCorrected { axis, title, reason })
            }
            Command::Annul { by, reason, named_by } => {
                self.must_exist()?;
                ensure(named_by == 0, Refusal::StillNamed { named_by })?;
                one(Event::Annulled { by, reason })
            }
        }
    }

    /// The policy framework after `event`. A recorded fact is never refused.
    #[must_use]
    pub fn evolve(mut self, event: Event) -> Self {
        match event {
            Event::Adopted { title, acronym, by, on } => {
                self.described = Described { title: Some(title), acronym, by, on: Some(on) };
                self.stage = Stage::Adopted;
            }
            Event::AxisDefined { axis, title } => {
                self.axes.insert(axis, title);
            }
            Event::Superseded { .. } => self.stage = Stage::Superseded,
            Event::Corrected { title, acronym, by, on, .. } => {
                put(&mut self.described.title, title);
                put(&mut self.described.acronym, acronym);
                put(&mut self.described.by, by);
                put(&mut self.described.on, on);
            }
            Event::AxisCorrected { axis, title, .. } => {
                self.axes.entry(axis).and_modify(|it| *it = title);
            }
            Event::Annulled { .. } => self.stage = Stage::Annulled,
        }
        self
    }

    fn must_hold(&self) -> Result<(), Refusal> {
        match self.stage {
            Stage::Unrecorded => Err(Refusal::NotAdopted),
            Stage::Adopted => Ok(()),
            Stage::Superseded => Err(Refusal::Superseded),
            Stage::Annulled => Err(Refusal::Annulled),
        }
    }

    /// Recorded, and not by mistake.
    fn must_exist(&self) -> Result<(), Refusal> {
        ensure(self.stage != Stage::Unrecorded, Refusal::NotAdopted)?;
        ensure(self.stage != Stage::Annulled, Refusal::Annulled)
    }
}

aggregate!(PolicyFramework, PolicyFrameworkId, "policy_framework");

#[cfg(test)]
mod tests;
