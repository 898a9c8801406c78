//! The documents that events point to.
use std::sync::Arc;

use domain::document::{Digest, Event};
use domain::effective::Effective;
use domain::ids::{ActorId, DocumentId};
use domain::measure::Quantity;
use domain::recorded::Recorded;
use domain::text::{Language, Name, Note, Title};
use imbl::OrdMap;
use serde::Serialize;

use crate::stamp::{Rectification, Stamp};
use crate::walk::{Between, EVERY, between};

/// Somebody vouches for a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Attestation {
    /// Who.
    pub by: ActorId,
    /// In which words.
    pub statement: Arc<Note>,
    /// When.
    pub stamp: Stamp,
}

/// A file kept outside the ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Document {
    /// Its id.
    pub id: DocumentId,
    /// Its title.
    pub title: Title,
    /// The digest of the file.
    pub sha256: Option<Digest>,
    /// The size of the file, in bytes.
    pub bytes: Option<Quantity>,
    /// The sort of file (RFC 6838).
    pub media_type: Option<Arc<Name>>,
    /// The language it is written in.
    pub language: Option<Language>,
    /// Where it can be read.
    pub address: Option<Arc<Name>>,
    /// When it was published.
    pub published: Effective,
    /// Who vouches for it.
    pub attestations: Vec<Attestation>,
    /// When and why the consent to show it was withdrawn.
    pub consent_withdrawn: Option<(Stamp, Arc<Note>)>,
    /// When it was registered.
    pub registered: Stamp,
    /// What of it was corrected.
    pub corrections: Vec<Rectification>,
    /// That it was recorded by mistake: it counts nowhere.
    pub annulled: Option<Rectification>,
}

/// Every document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Documents {
    by_id: OrdMap<DocumentId, Arc<Document>>,
}

impl Documents {
    /// The document.
    pub fn get(&self, id: DocumentId) -> Option<&Arc<Document>> {
        self.by_id.get(&id)
    }

    /// Every document by its id, but for those that were recorded by mistake.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Document>> {
        self.between(EVERY)
    }

    /// The same `between` two ids.
    pub fn between(&self, ids: Between) -> impl DoubleEndedIterator<Item = &Arc<Document>> {
        between(&self.by_id, ids).filter(|it| it.annulled.is_none())
    }

    pub(crate) fn apply(&mut self, id: DocumentId, event: &Event, recorded: &Recorded) {
        let stamp = Stamp::of(recorded);
        if let Event::Registered {
            title,
            sha256,
            bytes,
            media_type,
            language,
            address,
            published,
        } = event
        {
            let document = Document {
                id,
                title: title.clone(),
                sha256: sha256.clone(),
                bytes: *bytes,
                media_type: media_type.clone().map(Arc::new),
                language: *language,
                address: address.clone().map(Arc::new),
                published: *published,
                attestations: Vec::new(),
                consent_withdrawn: None,
                registered: stamp,
                corrections: Vec::new(),
                annulled: None,
            };
            self.by_id.insert(id, Arc::new(document));
            return;
        }
        let Some(document) = self.by_id.get_mut(&id).map(Arc::make_mut) else {
            return;
        };
        match event {
            Event::Registered { .. } => {}
            Event::Attested { by, statement } => document.attestations.push(Attestation {
                by: *by,
                statement: Arc::new(statement.clone()),
                stamp,
            }),
            Event::ConsentWithdrawn { reason } => {
                document.consent_withdrawn = Some((stamp, Arc::new(reason.clone())));
            }
            Event::Corrected { reason, .. } => {
                document.describe(event);
                document.corrections.push(Rectification::of(recorded, reason));
            }
            Event::Annulled { reason, .. } => {
                document.annulled = Some(Rectification::of(recorded, reason));
            }
        }
    }
}

impl Document {
    fn describe(&mut self, event: &Event) {
        let Event::Corrected {
            title, sha256, bytes, media_type, language, address, published, ..
        } = event
        else {
            return;
        };
        if let Some(title) = title {
            self.title = title.clone();
        }
        self.sha256 = sha256.clone().or(self.sha256.take());
        self.bytes = bytes.or(self.bytes);
        self.media_type = media_type.clone().map(Arc::new).or(self.media_type.take());
        self.language = language.or(self.language);
        self.address = address.clone().map(Arc::new).or(self.address.take());
        self.published = published.unwrap_or(self.published);
    }
}
