//! The feed: every event after a position, in order, without a gap, without end.
//!
//! ```text
//! past:  store ─pages─▶ fetch task ─▶ parse task ─▶ follower    (SQLite: parsed as it is fetched)
//! now:   writer ─batch─▶ the batches committed last ─▶ follower
//! ```
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use domain::recorded::{Position, Recorded};
use futures_util::Stream;
use tokio::sync::{mpsc, watch};
use tokio::task::spawn_blocking;

use super::postgres_database as postgres;
use super::store::Store;
use super::{Error, Head, Stored, copied};

/// Events read from the store at a time.
pub const PAGE_EVENTS: usize = 10_000;
/// How many of the batches committed last are kept for followers that keep up.
const BATCHES_KEPT: usize = 64;

/// How often the head is looked at where nobody tells that it moved.
pub(crate) const POLL: Duration = Duration::from_secs(1);

/// What followers wait for.
pub(crate) struct Feed {
    head: watch::Sender<Head>,
    recent: Mutex<VecDeque<Arc<Recent>>>,
}

/// A batch that this process committed, decoded by whoever wants it first.
struct Recent {
    stored: Vec<Stored>,
    decoded: OnceLock<Result<Vec<Arc<Recorded>>, Error>>,
}

impl Feed {
    pub fn new(head: Head) -> Self {
        Self { head: watch::Sender::new(head), recent: Mutex::default() }
    }

    /// The head as this process last saw it.
    pub fn head(&self) -> Head {
        *self.head.borrow()
    }

    /// The head as it moves.
    pub fn heads(&self) -> watch::Receiver<Head> {
        self.head.subscribe()
    }

    /// Takes what this process committed.
    pub fn committed(&self, stored: Vec<Stored>, head: Head) {
        if !stored.is_empty() {
            let batch = Arc::new(Recent { stored, decoded: OnceLock::new() });
            let mut recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
            if recent.len() == BATCHES_KEPT {
                recent.pop_front();
            }
            recent.push_back(batch);
        }
        self.seen(head);
    }

    /// Takes a head that was read: another process may have moved it.
    pub fn seen(&self, head: Head) {
        self.head.send_if_modified(|known| {
            let further = head.position > known.position;
            if further {
                *known = head;
            }
            further
        });
    }

    /// The kept batch that the event after `after` is in.
    fn batch_after(&self, after: Position) -> Option<Arc<Recent>> {
        let recent = self.recent.lock().unwrap_or_else(PoisonError::into_inner);
        let holds = |it: &&Arc<Recent>| match it.stored.as_slice() {
            [] => false,
            [one] => one.position == after.next(),
            [first, .., last] => first.position <= after.next() && after < last.position,
        };
        recent.iter().rev().find(holds).cloned()
    }
}

impl Recent {
    fn after(&self, after: Position) -> Result<Vec<Arc<Recorded>>, Error> {
        let decoded = self.decoded.get_or_init(|| decode(&self.stored));
        let later = |it: &&Arc<Recorded>| it.position > after;
        Ok(decoded.as_ref().map_err(Error::clone)?.iter().filter(later).cloned().collect())
    }
}

pub(super) fn decode(stored: &[Stored]) -> Result<Vec<Arc<Recorded>>, Error> {
    let read = |it: &Stored| Ok(Arc::new(Recorded::read(it.position, &it.bytes)?));
    stored.iter().map(read).collect()
}

/// Looks at the head of a file that another process writes to. Runs until it is aborted.
pub(crate) async fn watch(store: Store, feed: Arc<Feed>) {
    loop {
        tokio::time::sleep(POLL).await;
        match store.head().await {
            Ok(head) => feed.seen(head),
            Err(error) => tracing::warn!(%error, "the head of the ledger cannot be read"),
        }
    }
}

enum Page {
    Copied(Vec<Bytes>),
    Ready(Vec<Arc<Recorded>>),
}

impl Page {
    fn last(&self) -> Result<Option<Position>, Error> {
        match self {
            Self::Copied(page) => copied::last(page),
            Self::Ready(page) => Ok(page.last().map(|it| it.position)),
        }
    }
}

/// The events after `after`. Two tasks run ahead of whoever reads, two pages each, and end with
/// the stream.
pub(crate) fn follow(
    store: Store,
    feed: Arc<Feed>,
    after: Position,
) -> impl Stream<Item = Result<Vec<Arc<Recorded>>, Error>> + Send + use<> {
    let start = move || {
        let (raw, pages) = mpsc::channel(2);
        let (ready, batches) = mpsc::channel(2);
        tokio::spawn(fetch(store, feed, after, raw));
        tokio::spawn(parse(pages, ready));
        batches
    };
    let batches = Starting::Later(Some(start));
    futures_util::stream::unfold(batches, async |mut batches| {
        let next = batches.now().recv().await?;
        Some((next, batches))
    })
}

/// A stream does nothing until it is read.
enum Starting<F, T> {
    Later(Option<F>),
    Now(T),
}

impl<F: FnOnce() -> T, T> Starting<F, T> {
    fn now(&mut self) -> &mut T {
        if let Self::Later(start) = self
            && let Some(start) = start.take()
        {
            *self = Self::Now(start());
        }
        match self {
            Self::Now(started) => started,
            Self::Later(_) => unreachable!("it was started above"),
        }
    }
}

async fn fetch(
    store: Store,
    feed: Arc<Feed>,
    mut after: Position,
    to: mpsc::Sender<Result<Page, Error>>,
) {
    let mut head = feed.head.subscribe();
    loop {
        let moved = tokio::select! {
            moved = head.wait_for(|head| head.position > after) => moved.is_ok(),
            () = to.closed() => false,
        };
        if !moved {
            return;
        }
        let page = match feed.batch_after(after) {
            Some(batch) => batch.after(after).map(Page::Ready),
            None => page_after(&store, after).await,
        };
        let page = page.and_then(|page| {
            after = page.last()?.ok_or_else(|| missing(after))?;
            Ok(page)
        });
        let failed = page.is_err();
        if to.send(page).await.is_err() || failed {
            return;
        }
    }
}

/// SQLite gives its bytes out in place, to be parsed on the thread that reads them; those of a
/// server are parsed beside the next page's way here.
async fn page_after(store: &Store, after: Position) -> Result<Page, Error> {
    match store {
        Store::Sqlite(_) => store.events(after, PAGE_EVENTS).await.map(Page::Ready),
        Store::Postgres(pool) => postgres::copied(pool, after, PAGE_EVENTS).await.map(Page::Copied),
    }
}

fn missing(after: Position) -> Error {
    Error::Damaged(format!("the event at position {} is missing", after.next()))
}

async fn parse(
    mut from: mpsc::Receiver<Result<Page, Error>>,
    to: mpsc::Sender<Result<Vec<Arc<Recorded>>, Error>>,
) {
    while let Some(page) = from.recv().await {
        let batch = match page {
            Ok(Page::Ready(batch)) => Ok(batch),
            Ok(Page::Copied(page)) => match spawn_blocking(move || copied::decode(&page)).await {
                Ok(batch) => batch,
                // The program ends, or the parser panicked, which was reported already.
                Err(_) => return,
            },
            Err(error) => Err(error),
        };
        if to.send(batch).await.is_err() {
            return;
        }
    }
}
