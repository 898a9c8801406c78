//! A policy framework: a strategy whose axes programmes and interventions align with.
//!
//! ```text
//! Unrecorded ─Adopt─▶ Adopted ─Supersede─▶ Superseded
//!                     │   ▲
//!                     └───┘ Define axis
//! ```
use std::collections::BTreeSet;
use std::future::Future;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantNames};

use crate::aggregate::{Refused, aggregate, ensure, one};
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
}

impl Refused for Refusal {
    fn code(&self) -> String {
        format!("POLICY_FRAMEWORK_{}", <&str>::from(self))
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::SucceedsItself => Some("successor"),
            Self::DuplicateAxis | Self::TooMany { .. } => Some("axis"),
            Self::NotAdopted | Self::AlreadyAdopted | Self::Superseded => None,
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
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PolicyFramework {
    stage: Stage,
    axes: BTreeSet<AxisId>,
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
                ensure(!self.axes.contains(&axis), Refusal::DuplicateAxis)?;
                let fits = self.axes.len() < AXES_MAX;
                ensure(fits, Refusal::TooMany { max: AXES_MAX })?;
                one(Event::AxisDefined { axis, title })
            }
            Command::Supersede { successor, reason, itself } => {
                self.must_hold()?;
                ensure(successor != Some(itself), Refusal::SucceedsItself)?;
                one(Event::Superseded { successor, reason })
            }
        }
    }

    /// The policy framework after `event`. A recorded fact is never refused.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "an event is consumed in every aggregate")]
    pub fn evolve(mut self, event: Event) -> Self {
        match event {
            Event::Adopted { .. } => self.stage = Stage::Adopted,
            Event::AxisDefined { axis, .. } => {
                self.axes.insert(axis);
            }
            Event::Superseded { .. } => self.stage = Stage::Superseded,
        }
        self
    }

    fn must_hold(&self) -> Result<(), Refusal> {
        match self.stage {
            Stage::Unrecorded => Err(Refusal::NotAdopted),
            Stage::Adopted => Ok(()),
            Stage::Superseded => Err(Refusal::Superseded),
        }
    }
}

aggregate!(PolicyFramework, PolicyFrameworkId, "policy_framework");

#[cfg(test)]
mod tests {
    use cqrs_es::test::TestFramework;

    use super::*;

    const ITSELF: PolicyFrameworkId = PolicyFrameworkId::from_u128(1);
    const NEXT: PolicyFrameworkId = PolicyFrameworkId::from_u128(2);
    const AXIS: AxisId = AxisId::from_u128(3);

    fn title() -> Title {
        Title::fr("Stratégie nationale d'immigration et d'asile").expect("a title")
    }

    fn reason() -> Note {
        Note::fr("Nouvelle stratégie").expect("a note")
    }

    fn on() -> Effective {
        "2014".parse().expect("a year")
    }

    fn adopt() -> Command {
        Command::Adopt { title: title(), acronym: Name::new("SNIA").ok(), by: None, on: on() }
    }

    fn adopted() -> Event {
        Event::Adopted { title: title(), acronym: Name::new("SNIA").ok(), by: None, on: on() }
    }

    fn define(axis: AxisId) -> Command {
        Command::DefineAxis { axis, title: title() }
    }

    fn defined(axis: AxisId) -> Event {
        Event::AxisDefined { axis, title: title() }
    }

    fn supersede(successor: Option<PolicyFrameworkId>) -> Command {
        Command::Supersede { successor, reason: reason(), itself: ITSELF }
    }

    fn superseded(successor: Option<PolicyFrameworkId>) -> Event {
        Event::Superseded { successor, reason: reason() }
    }

    fn causes(given: &[Event], command: Command, event: Event) {
        TestFramework::<PolicyFramework>::with(())
            .given(given.to_vec())
            .when(command)
            .then_expect_events(vec![event]);
    }

    fn refused(given: &[Event], command: Command, refusal: Refusal) {
        TestFramework::<PolicyFramework>::with(())
            .given(given.to_vec())
            .when(command)
            .then_expect_error(refusal);
    }

    #[test]
    fn a_framework_is_adopted_once() {
        causes(&[], adopt(), adopted());
        refused(&[adopted()], adopt(), Refusal::AlreadyAdopted);
        refused(&[adopted(), superseded(None)], adopt(), Refusal::AlreadyAdopted);
    }

    #[test]
    fn nothing_precedes_the_adoption() {
        refused(&[], define(AXIS), Refusal::NotAdopted);
        refused(&[], supersede(None), Refusal::NotAdopted);
    }

    #[test]
    fn an_axis_is_defined_once() {
        causes(&[adopted()], define(AXIS), defined(AXIS));
        refused(&[adopted(), defined(AXIS)], define(AXIS), Refusal::DuplicateAxis);
    }

    #[test]
    fn axes_are_limited() {
        let axes = (0..AXES_MAX).map(|it| defined(AxisId::from_u128(100 + it as u128)));
        let given: Vec<_> = std::iter::once(adopted()).chain(axes).collect();
        refused(&given, define(AXIS), Refusal::TooMany { max: AXES_MAX });
    }

    #[test]
    fn a_framework_gives_way_to_another_or_to_none_and_never_to_itself() {
        causes(&[adopted()], supersede(Some(NEXT)), superseded(Some(NEXT)));
        causes(&[adopted()], supersede(None), superseded(None));
        refused(&[adopted()], supersede(Some(ITSELF)), Refusal::SucceedsItself);
    }

    #[test]
    fn a_superseded_framework_takes_nothing_more() {
        let given = [adopted(), superseded(Some(NEXT))];
        refused(&given, define(AXIS), Refusal::Superseded);
        refused(&given, supersede(None), Refusal::Superseded);
    }

    #[test]
    fn a_refusal_has_a_stable_code_and_names_its_field() {
        assert_eq!(Refusal::SucceedsItself.code(), "POLICY_FRAMEWORK_SUCCEEDS_ITSELF");
        assert_eq!(Refusal::SucceedsItself.field(), Some("successor"));
        assert_eq!(Refusal::DuplicateAxis.field(), Some("axis"));
        assert_eq!(Refusal::NotAdopted.field(), None);
    }
}
