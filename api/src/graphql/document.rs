//! The documents that events point to.
use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use domain::document::Digest;
use domain::effective::Effective;
use domain::ids::DocumentId;
use domain::measure::Quantity;
use domain::text::Language;
use projections::documents::{Attestation, Document};
use projections::{actors, capitalisation};
use uuid::Uuid;

use super::connection::{Connection, Page};
use super::enums::Choice;
use super::event::{EventObject, trail};
use super::fault::Fault;
use super::list::List;
use super::node::global;
use super::noun::{Listing, Order};
use super::payload::Node;
use super::scalars::{Given, Shown};
use super::values::{AsOf, Text};
use super::view::{RectificationObject, Seen, StampObject, Told, View, must};

/// Questions about documents.
#[derive(Default)]
pub struct DocumentQuery;

/// Questions about documents.
#[Object(serial)]
impl DocumentQuery {
    /// One document.
    async fn document(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Given<DocumentId>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
    ) -> Result<Told<Document>, Fault> {
        let id = must(&id, "id")?;
        let view = View::of(ctx, as_of, None).await?;
        Ok(view.tell(view.models.documents.get(id)))
    }

    /// Every document, in the order of their ids.
    #[graphql(complexity = "super::connection::cost(first.or(last), child_complexity)")]
    async fn documents(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many of the last, from 1 to 100, instead of `first`.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Before the entry with this cursor.")] before: Option<String>,
        #[graphql(desc = "In which order; that of this list where it is left out.")]
        order_by: Option<Vec<Order>>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
    ) -> Result<Listing<Document>, Fault> {
        let view = View::of(ctx, as_of, None).await?;
        let page = Page::read((first, after), (last, before))?;
        Listing::between(ctx, &view, (page, order_by), |ids| view.models.documents.between(ids))
    }
}

impl Node for Seen<Document> {
    fn find(models: &Arc<projections::Models>, id: Uuid) -> Option<Self> {
        let view = View::live(Arc::clone(models));
        view.models.documents.get(id.into()).map(|it| view.see(it))
    }
}

/// A file kept outside the ledger and named by its digest, or a page elsewhere.
#[Object(serial, name = "Document")]
impl Seen<Document> {
    /// Its id.
    pub async fn id(&self) -> ID {
        global(self.it.id)
    }

    /// Its title.
    async fn title(&self) -> Text {
        (&self.it.title).into()
    }

    /// The digest of the file.
    async fn sha256(&self) -> Option<Shown<Digest>> {
        self.it.sha256.clone().map(Shown)
    }

    /// The size of the file, in bytes.
    async fn bytes(&self) -> Option<Shown<Quantity>> {
        self.it.bytes.map(Shown)
    }

    /// The sort of file (RFC 6838).
    async fn media_type(&self) -> Option<&str> {
        self.it.media_type.as_ref().map(|it| it.as_str())
    }

    /// The language it is written in.
    async fn language(&self) -> Option<Choice<Language>> {
        self.it.language.map(Choice)
    }

    /// Where it can be read.
    async fn address(&self) -> Option<&str> {
        self.it.address.as_ref().map(|it| it.as_str())
    }

    /// When it was published.
    async fn published(&self) -> Shown<Effective> {
        Shown(self.it.published)
    }

    /// Who vouches for it.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn attestations(&self) -> List<AttestationObject> {
        let all = self.it.attestations.iter().cloned();
        all.map(|it| AttestationObject { view: self.view.clone(), it }).collect()
    }

    /// When the consent to show it was withdrawn.
    async fn consent_withdrawn(&self) -> Option<StampObject> {
        self.it.consent_withdrawn.as_ref().map(|(stamp, _)| self.view.stamp(*stamp))
    }

    /// Why the consent to show it was withdrawn.
    async fn consent_withdrawal_reason(&self) -> Option<Text> {
        self.it.consent_withdrawn.as_ref().map(|(_, reason)| (&**reason).into())
    }

    /// The capitalisation items that it is evidence of.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn capitalisation_items(&self) -> List<Seen<capitalisation::Item>> {
        let all = self.view.models.capitalisation.of_document(self.it.id);
        super::capitalisation::seen(&self.view, all, false)
    }

    /// What of it was corrected, and why: what it said before stays in its timeline.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn corrections(&self) -> List<RectificationObject> {
        self.view.rectifications(&self.it.corrections)
    }

    /// That it was recorded by mistake, and why: it counts nowhere.
    async fn annulment(&self) -> Option<RectificationObject> {
        self.it.annulled.as_ref().map(|it| self.view.rectification(it))
    }

    /// When it was registered.
    async fn registered(&self) -> StampObject {
        self.view.stamp(self.it.registered)
    }

    /// Every event that concerns it or was read in it, in the order of recording.
    #[graphql(complexity = "super::connection::cost(first.or(last), child_complexity)")]
    async fn timeline(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many of the last, from 1 to 100, instead of `first`.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Before the entry with this cursor.")] before: Option<String>,
    ) -> Result<Connection<EventObject>, Fault> {
        trail(ctx, &self.view, self.it.id.into(), Page::read((first, after), (last, before))?).await
    }
}

/// Somebody vouches for a document.
pub struct AttestationObject {
    view: View,
    it: Attestation,
}

/// Somebody vouches for a document.
#[Object(serial, name = "Attestation")]
impl AttestationObject {
    /// Who.
    async fn by(&self) -> Told<actors::Actor> {
        self.view.actor(self.it.by)
    }

    /// In which words.
    async fn statement(&self) -> Text {
        (&*self.it.statement).into()
    }

    /// When.
    async fn said(&self) -> StampObject {
        self.view.stamp(self.it.stamp)
    }
}
