//! Documents that were asked before: parsed once, and validated once for each way of asking them.
//!
//! They are kept by SHA-256, and bounded: what was not asked for longest goes first. Only documents that
//! parse are kept, so nobody fills the place of others with rubbish more cheaply than with questions.
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use lru::LruCache;
use sha2::{Digest as _, Sha256};

use crate::graphql::admission::{self, Admitted};
use crate::graphql::fault::Fault;

/// How many documents are kept.
const DOCUMENTS_MAX: NonZeroUsize = NonZeroUsize::new(1_000).expect("more than none");
/// The longest document that is kept, in bytes of text. A longer one is parsed each time.
const DOCUMENT_BYTES_MAX: usize = 32 * 1024;
/// How much text all of them have, in bytes. A parsed document takes up to a hundred times its text
/// (two bytes name a field that takes two hundred), twice where the engine is given another: 50 MB at
/// worst, and a tenth of that for the ways in which they were asked.
const TEXTS_BYTES_MAX: usize = 256 * 1024;

/// A SHA-256.
pub(crate) type Digest = [u8; 32];

/// A document that was parsed.
pub(crate) struct Parsed {
    /// That of its text.
    pub(super) digest: Digest,
    /// What it says, and how it was asked.
    pub(super) admitted: Arc<Admitted>,
    text_bytes: usize,
}

/// Everything that is kept.
pub(crate) struct Documents(Mutex<Kept>);

struct Kept {
    documents: LruCache<Digest, Arc<Parsed>>,
    texts_bytes: usize,
}

impl Default for Documents {
    fn default() -> Self {
        let documents = LruCache::new(DOCUMENTS_MAX);
        Self(Mutex::new(Kept { documents, texts_bytes: 0 }))
    }
}

impl Documents {
    /// The document that `text` is.
    pub(super) fn parse(&self, text: &str) -> Result<Arc<Parsed>, Fault> {
        let digest = Sha256::digest(text).into();
        if let Some(parsed) = self.persisted(&digest) {
            return Ok(parsed);
        }
        // Not under the lock: who asks the same at once parses it twice, and nobody waits.
        let admitted = Arc::new(admission::admit(text)?);
        let parsed = Arc::new(Parsed { digest, admitted, text_bytes: text.len() });
        if text.len() <= DOCUMENT_BYTES_MAX {
            self.kept().keep(Arc::clone(&parsed));
        }
        Ok(parsed)
    }

    /// The document whose text has this digest, where it was asked before and is kept still.
    pub(super) fn persisted(&self, digest: &Digest) -> Option<Arc<Parsed>> {
        self.kept().documents.get(digest).cloned()
    }

    /// How many documents are kept.
    #[cfg(test)]
    pub(in crate::http) fn count(&self) -> usize {
        self.kept().documents.len()
    }

    /// Nothing is half done where somebody panics: each change is whole.
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn keep(&mut self, parsed: Arc<Parsed>) {
        self.texts_bytes += parsed.text_bytes;
        // What goes away for it: the same, kept by another meanwhile, or the one that was asked longest ago.
        if let Some((_, gone)) = self.documents.push(parsed.digest, parsed) {
            self.texts_bytes -= gone.text_bytes;
        }
        while self.texts_bytes > TEXTS_BYTES_MAX {
            let Some((_, gone)) = self.documents.pop_lru() else { break };
            self.texts_bytes -= gone.text_bytes;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: usize) -> String {
        format!("{{a{name}: __typename}}")
    }

    fn kept(documents: &Documents, text: &str) -> bool {
        documents.persisted(&Sha256::digest(text).into()).is_some()
    }

    #[test]
    fn a_document_is_parsed_once() {
        let documents = Documents::default();
        let first = documents.parse("{ledger{name}}").expect("it parses");
        let second = documents.parse("{ledger{name}}").expect("it parses");
        assert!(Arc::ptr_eq(&first, &second), "the second is the first");
        let other = documents.parse("{ledger{root}}").expect("it parses");
        assert!(!Arc::ptr_eq(&first, &other) && first.digest != other.digest);
        assert!(Arc::ptr_eq(&first, &documents.persisted(&first.digest).expect("it is kept")));
    }

    #[test]
    fn what_does_not_parse_or_is_too_long_is_not_kept() {
        let documents = Documents::default();
        assert!(documents.parse("{ledger").is_err());
        assert!(!kept(&documents, "{ledger"));
        let longest = format!("{:DOCUMENT_BYTES_MAX$}", "{ledger{name}}");
        documents.parse(&longest).expect("it parses");
        assert!(kept(&documents, &longest));
        let longer = format!("{longest} ");
        documents.parse(&longer).expect("it parses");
        assert!(!kept(&documents, &longer));
    }

    #[test]
    fn what_was_not_asked_for_longest_goes_first() {
        let documents = Documents::default();
        for at in 0..DOCUMENTS_MAX.get() {
            documents.parse(&field(at)).expect("it parses");
        }
        documents.parse(&field(0)).expect("it parses");
        documents.parse(&field(DOCUMENTS_MAX.get())).expect("it parses");
        assert!(kept(&documents, &field(0)), "it was asked again");
        assert!(!kept(&documents, &field(1)), "nobody asked again");
        assert_eq!(documents.kept().documents.len(), DOCUMENTS_MAX.get());
    }

    #[test]
    fn the_texts_that_are_kept_have_a_limit_together() {
        let documents = Documents::default();
        let long = |at: usize| format!("{:DOCUMENT_BYTES_MAX$}", field(at));
        let most = TEXTS_BYTES_MAX / DOCUMENT_BYTES_MAX;
        for at in 0..=most {
            documents.parse(&long(at)).expect("it parses");
        }
        assert!(!kept(&documents, &long(0)) && kept(&documents, &long(1)));
        let kept = documents.kept();
        assert_eq!((kept.texts_bytes, kept.documents.len()), (TEXTS_BYTES_MAX, most));
    }
}
