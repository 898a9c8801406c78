//! The models at past positions: the history's copies, and the answers given last.
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use domain::recorded::{Position, Recorded};
use infra::ledger::Ledger;
use lru::LruCache;
use projections::{AsOf, History, Models, Spacing};
use tokio::sync::Semaphore;

use super::{NoPast, catch_up, fold};

/// Events read at a time to bring a copy to the position asked for.
pub(super) const PAGE_EVENTS: usize = 1_000;
/// How many past states are kept for the next page of the same question.
const ANSWERS_KEPT: NonZeroUsize = NonZeroUsize::new(32).unwrap();
/// How many past states are rebuilt at once.
const REBUILDS_MAX: usize = 4;
/// How many questions may wait for a rebuild.
const WAITING_MAX: usize = 64;

/// Every past state, near or kept.
pub(super) struct Past {
    history: RwLock<History>,
    answers: Mutex<LruCache<AsOf, Arc<Models>>>,
    rebuilds: Semaphore,
    waiting: Semaphore,
}

impl Past {
    /// Nothing yet, of a ledger that has come as far as `head`.
    pub(super) fn starting(head: Position) -> Self {
        Self {
            history: RwLock::new(History::expecting(Spacing::default(), head)),
            answers: Mutex::new(LruCache::new(ANSWERS_KEPT)),
            rebuilds: Semaphore::new(REBUILDS_MAX),
            waiting: Semaphore::new(WAITING_MAX),
        }
    }

    /// Folds `events`, and gives the models after them.
    pub(super) fn record(&self, events: &[Arc<Recorded>]) -> Arc<Models> {
        fold(&mut self.history.write().unwrap_or_else(PoisonError::into_inner), events)
    }

    /// What was known at `as_of`.
    pub(super) async fn at(&self, ledger: &Ledger, as_of: AsOf) -> Result<Arc<Models>, NoPast> {
        if let Some(found) = self.answered(as_of) {
            return Ok(found);
        }
        let nearest = {
            let history = self.history.read().unwrap_or_else(PoisonError::into_inner);
            if history.is_live(as_of) {
                // Not kept: an instant to come would otherwise answer with today's state for ever.
                return Ok(Arc::new(history.live().clone()));
            }
            history.nearest(as_of)
        };
        if AsOf::Position(nearest.position) == as_of {
            return Ok(Arc::new(nearest));
        }
        let _waits = self.waiting.try_acquire().map_err(|_| NoPast::Busy)?;
        let _rebuilds = self.rebuilds.acquire().await.map_err(|_| NoPast::Busy)?;
        if let Some(found) = self.answered(as_of) {
            return Ok(found);
        }
        let mut models = nearest;
        catch_up(ledger, &mut models, as_of).await?;
        let models = Arc::new(models);
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        answers.put(as_of, Arc::clone(&models));
        Ok(models)
    }

    fn answered(&self, as_of: AsOf) -> Option<Arc<Models>> {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner).get(&as_of).cloned()
    }
}
