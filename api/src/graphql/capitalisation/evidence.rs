//! What shows what an item says, and how far the item has come.
use async_graphql::{Context, Object, SimpleObject};
use domain::recorded::Position;
use projections::capitalisation::{Evidence, Stage, Step};
use projections::{actors, documents};

use crate::graphql::enums::Choice;
use crate::graphql::event::{EventObject, load};
use crate::graphql::fault::Fault;
use crate::graphql::scalars::Shown;
use crate::graphql::values::Text;
use crate::graphql::view::{StampObject, Told, View};

/// What shows that it is so: a document, or an event of this ledger.
pub struct CapitalisationEvidence {
    pub(super) view: View,
    pub(super) it: Evidence,
}

/// What shows that it is so: a document, or an event of this ledger.
#[Object(serial)]
impl CapitalisationEvidence {
    /// The document.
    async fn document(&self) -> Told<documents::Document> {
        self.it.document.and_then(|id| self.view.document(id))
    }

    /// The position of the event.
    async fn position(&self) -> Option<Shown<Position>> {
        self.it.event.map(Shown)
    }

    /// The event.
    async fn event(&self, ctx: &Context<'_>) -> Result<Option<EventObject>, Fault> {
        match self.it.event {
            Some(position) => Ok(load(ctx, &self.view, &[position]).await?.pop()),
            None => Ok(None),
        }
    }

    /// In words.
    async fn note(&self) -> Option<Text> {
        self.it.note.as_deref().map(Into::into)
    }

    /// When it was linked.
    async fn linked(&self) -> StampObject {
        self.view.stamp(self.it.stamp)
    }
}

/// One step of a capitalisation item.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct CapitalisationStep {
    /// What it became.
    stage: Choice<Stage>,
    /// Who took it, where the event names somebody.
    by: Told<actors::Actor>,
    /// Why, or what was said of it.
    note: Option<Text>,
    /// When, and who said so.
    said: StampObject,
}

impl CapitalisationStep {
    pub(super) fn of(view: &View, it: &Step) -> Self {
        Self {
            stage: Choice(it.stage),
            by: it.by.and_then(|id| view.actor(id)),
            note: it.note.as_deref().map(Into::into),
            said: view.stamp(it.stamp),
        }
    }
}
