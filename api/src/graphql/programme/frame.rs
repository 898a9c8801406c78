//! What a programme stands on: its steps, its agreement, its strategies and its later ends.
use async_graphql::SimpleObject;
use domain::effective::Effective;
use projections::programmes::{Agreement, Alignment, Extension, Stage, Step};
use projections::{actors, documents, frameworks};
use uuid::Uuid;

use crate::graphql::enums::Choice;
use crate::graphql::list::List;
use crate::graphql::scalars::Shown;
use crate::graphql::values::Text;
use crate::graphql::view::{Seen, StampObject, Told, View};

/// One step of a programme.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct ProgrammeStep {
    /// What it became.
    stage: Choice<Stage>,
    /// Why, where a reason was given.
    reason: Option<Text>,
    /// When, and who said so.
    said: StampObject,
}

impl ProgrammeStep {
    pub(super) fn of(view: &View, it: &Step) -> Self {
        Self {
            stage: Choice(it.stage),
            reason: it.reason.as_deref().map(Into::into),
            said: view.stamp(it.stamp),
        }
    }
}

/// The agreement that a programme rests on.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct ProgrammeAgreement {
    /// Who agreed.
    #[graphql(complexity = "crate::graphql::connection::list_cost(child_complexity)")]
    parties: List<Seen<actors::Actor>>,
    /// In which document.
    document: Told<documents::Document>,
    /// When.
    on: Shown<Effective>,
}

impl ProgrammeAgreement {
    pub(super) fn of(view: &View, it: &Agreement) -> Self {
        Self {
            parties: view.actors(it.parties.iter().copied()),
            document: it.document.and_then(|id| view.document(id)),
            on: Shown(it.on),
        }
    }
}

/// A strategy that a programme follows.
#[derive(SimpleObject)]
#[graphql(serial, name = "Alignment")]
pub struct AlignmentObject {
    /// The strategy.
    framework: Told<frameworks::Framework>,
    /// The id of one of its axes.
    axis: Option<Shown<Uuid>>,
    /// Who said so, and when.
    said: StampObject,
}

impl AlignmentObject {
    pub(super) fn of(view: &View, it: &Alignment) -> Self {
        Self {
            framework: view.tell(view.models.frameworks.get(it.framework)),
            axis: it.axis.map(|id| Shown(id.into())),
            said: view.stamp(it.stamp),
        }
    }
}

/// A later end, and why.
#[derive(SimpleObject)]
#[graphql(serial, name = "Extension")]
pub struct ExtensionObject {
    /// The end before.
    before: Shown<Effective>,
    /// The new end.
    to: Shown<Effective>,
    /// Why.
    reason: Text,
    /// When it was decided.
    said: StampObject,
}

impl ExtensionObject {
    pub(super) fn of(view: &View, it: &Extension) -> Self {
        Self {
            before: Shown(it.before),
            to: Shown(it.to),
            reason: (&*it.reason).into(),
            said: view.stamp(it.stamp),
        }
    }
}
