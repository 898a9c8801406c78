//! One step of something that has stages.
use std::borrow::Cow;

use async_graphql::{Object, TypeName};
use projections::register::Step;

use super::enums::{Choice, Enumerated};
use super::list::List;
use super::values::Text;
use super::view::{StampObject, View};

/// One step: what something became, when, and why.
pub struct StepObject<S> {
    view: View,
    it: Step<S>,
}

impl<S: Clone> StepObject<S> {
    /// Each of `steps`.
    pub fn all(view: &View, steps: &[Step<S>]) -> List<Self> {
        let one = |it: &Step<S>| Self { view: view.clone(), it: it.clone() };
        steps.iter().map(one).collect()
    }
}

impl<S: Enumerated> TypeName for StepObject<S> {
    /// The step of a `TrainingCohortStage` is a `TrainingCohortStep`.
    fn type_name() -> Cow<'static, str> {
        let noun = S::NAME.strip_suffix("Stage").unwrap_or(S::NAME);
        format!("{noun}Step").into()
    }
}

/// One step: what it became, when, and why.
#[Object(serial, name_type)]
impl<S: Enumerated> StepObject<S> {
    /// What it became.
    async fn stage(&self) -> Choice<S> {
        Choice(self.it.stage)
    }

    /// Why, where a reason was given.
    async fn reason(&self) -> Option<Text> {
        self.it.reason.as_deref().map(Into::into)
    }

    /// When, and who said so.
    async fn said(&self) -> StampObject {
        self.view.stamp(self.it.stamp)
    }
}
