//! The aggregates that this process decides on, so that no stream is read again for each command.
//!
//! A stream's slot is locked while a command on it is under way: commands on one stream queue
//! instead of conflicting. A slot that is dropped from the cache while somebody still holds it
//! does no harm, for the store checks every sequence again.
use std::any::Any;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use domain::aggregate::Decider;
use domain::recorded::{Position, Prev, Recorded};
use lru::LruCache;
use tokio::sync::OwnedMutexGuard;
use uuid::Uuid;

use super::{Error, Stored};
use crate::transparency::tree;

/// An aggregate after its last event.
pub(crate) struct Cached {
    /// The aggregate, of its own type.
    pub state: Box<dyn Any + Send + Sync>,
    /// The number of its last event; 0 where there is none.
    pub sequence: u64,
    /// Its last event.
    pub last: Option<Prev>,
}

/// An aggregate's place in the cache; empty until it is read.
pub(crate) type Slot = Arc<tokio::sync::Mutex<Option<Cached>>>;
/// A slot that somebody works on.
pub(crate) type Held = OwnedMutexGuard<Option<Cached>>;

/// Which stream, and how to read it.
#[derive(Clone, Copy)]
pub(crate) struct StreamKey {
    pub aggregate: &'static str,
    pub id: Uuid,
    pub fold: fn(&[Stored]) -> Result<Cached, Error>,
}

impl StreamKey {
    /// The stream of the aggregate `id`.
    pub fn of<A: Decider>(id: A::Id) -> Self {
        Self { aggregate: A::TYPE, id: id.into(), fold: fold::<A> }
    }

    /// What tells it from others.
    pub fn name(&self) -> (&'static str, Uuid) {
        (self.aggregate, self.id)
    }
}

/// The slots of the streams used last.
pub(crate) struct Cache(Mutex<LruCache<(&'static str, Uuid), Slot>>);

impl Cache {
    pub fn new(streams_max: NonZeroUsize) -> Self {
        Self(Mutex::new(LruCache::new(streams_max)))
    }

    /// Waits for the slot of `key`.
    pub async fn hold(&self, key: &StreamKey) -> Held {
        let slot = {
            let mut slots = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(slots.get_or_insert(key.name(), Slot::default))
        };
        slot.lock_owned().await
    }
}

/// The aggregate that the events of one stream make.
fn fold<A: Decider>(events: &[Stored]) -> Result<Cached, Error> {
    let mut state = A::default();
    let mut sequence = 0;
    for stored in events {
        let recorded = Recorded::read(stored.position, &stored.bytes)?;
        sequence += 1;
        let event = A::event(recorded.fact).filter(|_| recorded.sequence == sequence);
        let event = event.ok_or_else(|| {
            let Position(at) = stored.position;
            Error::Damaged(format!("position {at} is not event {sequence} of its stream"))
        })?;
        state = Decider::evolve(state, event);
    }
    let last = events.last().map(|it| Prev { position: it.position, leaf: tree::leaf(&it.bytes) });
    Ok(Cached { state: Box::new(state), sequence, last })
}
