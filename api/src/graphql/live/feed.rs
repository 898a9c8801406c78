//! What streams read, read once for all of them: a thousand that keep up wait for the same event.
use std::hash::Hash;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use domain::ids::CommitmentId;
use domain::recorded::{Position, Recorded};
use infra::ledger::Error;
use lru::LruCache;
use projections::Models;
use projections::commitments::Commitment;
use projections::subjects::Kind;
use tokio::sync::OnceCell;

use crate::app::App;
use crate::graphql::event::EventRead;
use crate::graphql::fault::Fault;

/// Events read at a time: no more are kept for a stream whose reader is slow.
pub const PAGE_EVENTS: usize = 100;
/// How many pages are kept for the streams that read them next.
const PAGES_KEPT: NonZeroUsize = NonZeroUsize::new(64).unwrap();
/// How many turns of commitments are kept in the same way.
const TURNS_KEPT: NonZeroUsize = NonZeroUsize::new(256).unwrap();

/// The events of one page, in order.
type Page = Arc<[Arc<EventRead>]>;

/// What one event made of a commitment.
#[derive(Clone)]
pub struct Turn {
    /// What it was before; nothing where it was not there, or annulled.
    pub before: Option<Arc<Commitment>>,
    /// What it was after; nothing where it was annulled.
    pub after: Option<Arc<Commitment>>,
}

/// What the streams of one process read last.
pub struct Feed {
    /// By the position before the first event, and the most events that were asked for.
    pages: Shared<(Position, usize), Page>,
    turns: Shared<Position, Turn>,
}

impl Default for Feed {
    fn default() -> Self {
        Self { pages: Shared::keeping(PAGES_KEPT), turns: Shared::keeping(TURNS_KEPT) }
    }
}

impl Feed {
    /// At least one and at most `limit` events after `after`, which the models of `app` hold already.
    pub async fn page(&self, app: &App, after: Position, limit: usize) -> Result<Page, Fault> {
        let read = async {
            let known = app.now().position.0.saturating_sub(after.0);
            let limit = usize::try_from(known).unwrap_or(limit).min(limit);
            let stored = app.ledger().read(after, limit).await.map_err(Fault::ledger)?;
            if stored.is_empty() {
                let missing = format!("the event at position {} is missing", after.next());
                return Err(Fault::ledger(Error::Damaged(missing)));
            }
            stored.iter().map(|it| EventRead::read(it).map(Arc::new)).collect()
        };
        self.pages.get((after, limit), read).await
    }

    /// What the event at `position` made of the commitment `id`, whose event it is.
    pub async fn turn(
        &self,
        app: &App,
        id: CommitmentId,
        position: Position,
    ) -> Result<Turn, Fault> {
        let read = async {
            let stream = app.ledger().stream(Kind::Commitment.stored(), id.into()).await;
            let mut models = Models::default();
            let mut before = None;
            for stored in stream.map_err(Fault::ledger)? {
                if stored.position > position {
                    break;
                }
                before = standing(&models, id);
                let recorded = Recorded::read(stored.position, &stored.bytes);
                models.apply(&recorded.map_err(Fault::internal)?);
            }
            Ok(Turn { before, after: standing(&models, id) })
        };
        self.turns.get(position, read).await
    }
}

/// The commitment, unless it is annulled.
fn standing(models: &Models, id: CommitmentId) -> Option<Arc<Commitment>> {
    models.commitments.get(id).filter(|it| it.annulled.is_none()).cloned()
}

/// What was read last, by its key. Whoever asks first reads; those who ask meanwhile wait for it.
struct Shared<K, V>(Mutex<LruCache<K, Arc<OnceCell<V>>>>);

impl<K: Hash + Eq, V: Clone> Shared<K, V> {
    fn keeping(entries: NonZeroUsize) -> Self {
        Self(Mutex::new(LruCache::new(entries)))
    }

    /// What `read` gives, or gave. A failure is not kept: the next one reads again.
    async fn get(&self, key: K, read: impl Future<Output = Result<V, Fault>>) -> Result<V, Fault> {
        let cell = {
            let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(kept.get_or_insert(key, Arc::default))
        };
        cell.get_or_try_init(|| read).await.cloned()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    #[tokio::test]
    async fn many_that_ask_at_once_read_once_and_a_failure_is_not_kept() {
        let shared: Shared<u8, u8> = Shared::keeping(NonZeroUsize::MIN);
        let reads = AtomicUsize::new(0);
        let failed = shared.get(1, async { Err(Fault::Conflict) }).await;
        assert!(failed.is_err());
        let read = || async {
            reads.fetch_add(1, Ordering::Relaxed);
            tokio::task::yield_now().await;
            Ok(7)
        };
        let all = (0..100).map(|_| shared.get(1, read()));
        let all = futures_util::future::join_all(all).await;
        assert!(all.iter().all(|it| matches!(it, Ok(7))));
        assert_eq!(reads.load(Ordering::Relaxed), 1);
        // One entry is kept: another key takes its place.
        assert!(matches!(shared.get(2, async { Ok(8) }).await, Ok(8)));
        assert!(matches!(shared.get(1, async { Ok(9) }).await, Ok(9)));
    }
}
