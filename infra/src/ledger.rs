//! One door to the ledger, whichever store keeps it.
//!
//! The ledger is one total order of events at dense positions 1, 2, 3 …, written by one task of
//! each process in batches, each batch in one transaction together with its hashes.
mod batcher;
mod cache;
mod copied;
mod draft;
mod error;
mod event_store;
mod follow;
mod postgres;
mod postgres_database;
mod sink;
mod sqlite;
mod sqlite_file;
mod store;
mod submit;

use std::fmt;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;

use domain::ids::CommandId;
use domain::recorded::{Position, Recorded};
use futures_util::Stream;
use jiff::Timestamp;
use tokio::sync::{mpsc, watch};

pub(crate) use self::batcher::{Batch, CommandMark, Row, Tip};
use self::batcher::{Desk, Message, QUEUE_CALLS_MAX};
use self::cache::Cache;
pub use self::error::Error;
pub use self::event_store::{Context, LedgerStore};
use self::follow::Feed;
pub use self::follow::PAGE_EVENTS;
pub(crate) use self::sink::Sink;
pub(crate) use self::sqlite::{signed, unsigned};
use self::sqlite_file::Readers;
pub(crate) use self::store::Store;
pub use self::submit::{Submission, SubmitError};
use crate::transparency::proof::Tile;
use crate::transparency::receipt;

/// Where a ledger is kept.
#[derive(Clone)]
pub enum Place {
    /// `ledger.sqlite` in this data directory.
    Directory(PathBuf),
    /// A PostgreSQL database, by its URL. It holds a password: never logged.
    Postgres(String),
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Directory(path) => f.debug_tuple("Directory").field(path).finish(),
            Self::Postgres(_) => f.debug_tuple("Postgres").field(&"…").finish(),
        }
    }
}

/// Where `recorded_at` comes from.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Where the random part of ids and salts comes from.
pub type Entropy = Arc<dyn Fn() -> [u8; 32] + Send + Sync>;

/// How a ledger is opened.
#[derive(Clone)]
pub struct Options {
    /// Where `recorded_at` comes from.
    pub clock: Clock,
    /// Where the random part of ids and salts comes from. The system's, but in tests.
    pub entropy: Entropy,
    /// How many aggregates are kept in memory.
    pub cached_streams_max: NonZeroUsize,
}

impl Options {
    /// The system's randomness, and 65,536 aggregates in memory.
    pub fn new(clock: Clock) -> Self {
        let entropy: Entropy = Arc::new(system_entropy);
        Self { clock, entropy, cached_streams_max: CACHED_STREAMS_MAX }
    }
}

const CACHED_STREAMS_MAX: NonZeroUsize = NonZeroUsize::new(1 << 16).unwrap();

/// Two random UUIDs without their six fixed bits each: 244 random bits in 256.
fn system_entropy() -> [u8; 32] {
    let mut random = [0; 32];
    random[..16].copy_from_slice(uuid::Uuid::new_v4().as_bytes());
    random[16..].copy_from_slice(uuid::Uuid::new_v4().as_bytes());
    random
}

/// The ledger after its last event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The position of the last event; 0 where there is none.
    pub position: Position,
    /// The root hash of the tree over all events (RFC 6962, §2.1).
    pub root: [u8; 32],
    /// When the last event was recorded; 1970 where there is none.
    pub recorded_at: Timestamp,
}

/// What a caller keeps of an executed command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The command.
    pub command: CommandId,
    /// The position of the first event that the command caused.
    pub first: Position,
    /// The position of the last event that the command caused.
    pub last: Position,
    /// The leaf hash of the last event.
    pub leaf: [u8; 32],
    /// The root of the tree over the events 1 to `last`.
    pub root: [u8; 32],
    /// When they were recorded.
    pub recorded_at: Timestamp,
}

/// One event as it is kept: the bytes that are hashed and parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Its place in the ledger.
    pub position: Position,
    /// Its canonical JSON.
    pub bytes: Vec<u8>,
}

/// An event in a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Included {
    /// The event.
    pub event: Stored,
    /// The hashes from its leaf's sibling up to the root's child (RFC 6962, §2.1.1).
    pub path: Vec<[u8; 32]>,
}

impl Included {
    /// What somebody keeps of it, with the signed note `checkpoint` of that tree.
    pub(crate) fn under(self, checkpoint: &[u8]) -> receipt::Receipt {
        let Self { event: Stored { position, bytes }, path } = self;
        let (index, checkpoint) = (position.0 - 1, checkpoint.to_vec());
        receipt::Receipt { entry: Some(bytes), index, path, checkpoint }
    }
}

/// A ledger, open. Clones share it.
#[derive(Clone)]
pub struct Ledger(Arc<Inner>);

struct Inner {
    store: Store,
    feed: Arc<Feed>,
    cache: Cache,
    clock: Clock,
    entropy: Entropy,
    /// The way to the writer; none where the ledger was opened for reading alone.
    queue: Option<mpsc::Sender<Message>>,
    /// Ends when the writer does.
    writing: watch::Receiver<()>,
    _watching: Option<Watching>,
}

/// The task that looks out for what other processes record. Ends with the ledger.
struct Watching(tokio::task::JoinHandle<()>);

impl Drop for Watching {
    fn drop(&mut self) {
        self.0.abort();
    }
}

impl Ledger {
    /// Opens the ledger at `place`: makes its tables where they lack, checks their version, and
    /// starts the one writer of this process.
    pub async fn open(place: &Place, clock: Clock) -> Result<Self, Error> {
        Self::open_with(place, Options::new(clock)).await
    }

    /// Opens it as `options` say.
    pub async fn open_with(place: &Place, options: Options) -> Result<Self, Error> {
        let (queue, calls) = mpsc::channel(QUEUE_CALLS_MAX);
        let (alive, writing) = watch::channel(());
        let clock = Arc::clone(&options.clock);
        let (store, feed) = match place {
            Place::Directory(directory) => {
                let directory = directory.clone();
                let (opened, readers, head) = blocking(move || {
                    let opened = sqlite_file::open(&directory)?;
                    let head = sqlite::head(&opened.connection)?;
                    Ok((opened, Readers::open(&directory)?, head))
                })
                .await?;
                let feed = Arc::new(Feed::new(head));
                let desk = Desk { queue: calls, clock, feed: Arc::clone(&feed) };
                let readers = Arc::new(readers);
                let resting = Arc::clone(&readers);
                std::thread::spawn(move || {
                    sqlite::write(opened, desk, &resting);
                    drop(alive);
                });
                (Store::Sqlite(readers), feed)
            }
            Place::Postgres(url) => {
                let connecting = postgres_database::options(url)?;
                postgres_database::migrate(&connecting).await?;
                let pool = postgres_database::pool(connecting.clone()).await?;
                let feed = Arc::new(Feed::new(postgres_database::head(&pool).await?));
                let desk = Desk { queue: calls, clock, feed: Arc::clone(&feed) };
                let writer = postgres::Writer::new(connecting, desk);
                tokio::spawn(async move {
                    writer.run().await;
                    drop(alive);
                });
                (Store::Postgres(pool), feed)
            }
        };
        Ok(Self::of(store, feed, options, Some(queue), writing))
    }

    /// Opens it for reading alone: no migration, no writer, works on a read-only directory.
    pub async fn open_read_only(place: &Place) -> Result<Self, Error> {
        let store = match place {
            Place::Directory(directory) => {
                let directory = directory.clone();
                Store::Sqlite(Arc::new(blocking(move || Readers::open(&directory)).await?))
            }
            Place::Postgres(url) => {
                let pool = postgres_database::pool(postgres_database::options(url)?).await?;
                Store::Postgres(pool)
            }
        };
        let feed = Arc::new(Feed::new(store.head().await?));
        let options = Options::new(Arc::new(Timestamp::now));
        let (_, writing) = watch::channel(());
        Ok(Self::of(store, feed, options, None, writing))
    }

    fn of(
        store: Store,
        feed: Arc<Feed>,
        options: Options,
        queue: Option<mpsc::Sender<Message>>,
        writing: watch::Receiver<()>,
    ) -> Self {
        let Options { clock, entropy, cached_streams_max } = options;
        let cache = Cache::new(cached_streams_max);
        let watched = Arc::clone(&feed);
        let watching = match &store {
            Store::Postgres(pool) => {
                Some(Watching(tokio::spawn(postgres_database::listen(pool.clone(), watched))))
            }
            Store::Sqlite(_) if queue.is_some() => None,
            Store::Sqlite(_) => Some(Watching(tokio::spawn(follow::watch(store.clone(), watched)))),
        };
        Self(Arc::new(Inner {
            store,
            feed,
            cache,
            clock,
            entropy,
            queue,
            writing,
            _watching: watching,
        }))
    }

    /// The head as this process last saw it.
    pub fn head(&self) -> Head {
        self.0.feed.head()
    }

    /// The head as it moves.
    pub(crate) fn heads(&self) -> watch::Receiver<Head> {
        self.0.feed.heads()
    }

    /// Decides and records. A retry (the same command id and commands) gets the first receipt.
    pub async fn submit(&self, submission: Submission) -> Result<Receipt, SubmitError> {
        self.0.submit(submission).await
    }

    pub(crate) fn store(&self) -> &Store {
        &self.0.store
    }

    /// At most `limit` events after `after`, in order.
    pub async fn read(&self, after: Position, limit: usize) -> Result<Vec<Stored>, Error> {
        self.0.store.read(after, limit).await
    }

    /// The same, parsed.
    pub async fn events(&self, after: Position, limit: usize) -> Result<Vec<Arc<Recorded>>, Error> {
        self.0.store.events(after, limit).await
    }

    /// Every event of one stream, in order.
    pub async fn stream(&self, aggregate: &str, id: uuid::Uuid) -> Result<Vec<Stored>, Error> {
        self.0.store.stream(aggregate, id).await
    }

    /// The root of the tree over the events 1 to `position`, from the stored hashes.
    pub async fn root_at(&self, position: Position) -> Result<[u8; 32], Error> {
        Ok(self.0.store.tree_at(position).await?.root())
    }

    /// The hashes of a tile of the tree; all of them are at or before the head.
    pub async fn tile(&self, tile: Tile) -> Result<Vec<[u8; 32]>, Error> {
        let mut found = self.0.store.hashes(vec![tile.span()]).await?;
        Ok(found.pop().unwrap_or_default())
    }

    /// The event at `position`, and that it is in the tree over the events 1 to `last`: read at once.
    /// `None` where it is not.
    pub async fn inclusion(
        &self,
        position: Position,
        last: Position,
    ) -> Result<Option<Included>, Error> {
        let Some(index) = position.0.checked_sub(1).filter(|_| position <= last) else {
            return Ok(None);
        };
        let (known, event) = self.0.store.known_with_event(index, last.0).await?;
        Ok(known.inclusion(index).map(|path| Included { event, path }))
    }

    /// That the tree over the events 1 to `old` is the beginning of the one over 1 to `new`. `None`
    /// where `old` is 0 or after `new`.
    pub async fn consistency(
        &self,
        old: Position,
        new: Position,
    ) -> Result<Option<Vec<[u8; 32]>>, Error> {
        let Some(index) = old.0.checked_sub(1).filter(|_| old <= new) else {
            return Ok(None);
        };
        Ok(self.0.store.known(index, new.0).await?.consistency(old.0))
    }

    /// Every event after `after`, in order and without end, in batches as they are committed. The
    /// stream ends after an error.
    pub fn follow(
        &self,
        after: Position,
    ) -> impl Stream<Item = Result<Vec<Arc<Recorded>>, Error>> + Send + use<> {
        follow::follow(self.0.store.clone(), Arc::clone(&self.0.feed), after)
    }

    /// Waits until what was submitted is committed, then stops the writer.
    pub async fn close(&self) {
        if let Some(queue) = &self.0.queue {
            // Fails where it is closed already.
            let _closed = queue.send(Message::Close).await;
        }
        // Ends with an error, which says that the writer is gone.
        let _gone = self.0.writing.clone().changed().await;
        self.0.store.rest();
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|stopped| match stopped.try_into_panic() {
        Ok(panic) => std::panic::resume_unwind(panic),
        Err(_) => Err(Error::NotWritable),
    })
}
