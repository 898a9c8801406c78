//! The audit: everything that the ledger claims is derived again from the stored bytes.
//!
//! ```text
//! read pages ─▶ examine each event (hash, canonical form, parts) ─▶ one after the other:
//! columns, sequences, links, time, commands, tree ─▶ stored nodes and head
//! ```
mod canonical;
mod history;
pub mod outside;
mod rows;

use std::cmp::Ordering;

use domain::recorded::Position;
use jiff::Timestamp;
use tokio::sync::mpsc;

pub use self::history::Difference;
pub(crate) use self::history::{Examined, History, examine};
use self::rows::{HeadRow, NodeRow, Row};
use crate::ledger::{Error, Ledger, Store, signed, unsigned};

const PAGE: usize = 10_000;

/// A ledger that is as it should be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verification {
    /// The position of the last event that was looked at.
    pub position: Position,
    /// The root of the tree over all of them, derived again.
    pub root: [u8; 32],
    /// When the last of them was recorded.
    pub recorded_at: Option<Timestamp>,
    /// How many aggregates there are.
    pub streams: usize,
    /// How many commands were executed.
    pub commands: usize,
}

/// The first thing that is wrong, in the order of the ledger.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Finding {
    /// The first damaged event.
    #[error("the event at position {position} is damaged: {difference}")]
    Event {
        /// Which.
        position: Position,
        /// What is wrong with it.
        difference: Difference,
    },
    /// Every event is sound, but what was derived from them is not what is stored.
    #[error("the ledger is damaged: {0}")]
    Derived(Difference),
    /// The ledger cannot be read to its end.
    #[error(transparent)]
    Unread(#[from] Error),
}

/// Derives everything again up to the head as it is at the start; `progress` hears how many
/// events are done. A ledger that is being written to can be verified.
pub async fn verify(
    ledger: &Ledger,
    mut progress: impl FnMut(u64),
) -> Result<Verification, Finding> {
    let store = ledger.store();
    let head = rows::head(store).await?;
    let last = unsigned(head.position);
    let (raw, pages) = mpsc::channel(2);
    let (examined, mut ready) = mpsc::channel(2);
    tokio::spawn(fetch(store.clone(), last, raw));
    tokio::spawn(take_apart(pages, examined));

    let mut history = History::default();
    // The first event of the command under way, and where it says that the command ends.
    let mut open: Option<(Position, u64)> = None;
    while let Some(page) = ready.recv().await {
        for (row, examined) in page? {
            let position = Position(history.position + 1);
            let damaged = |difference| Finding::Event { position, difference };
            in_place(&row, position)?;
            let examined = examined.map_err(damaged)?;
            columns(&row, &examined).map_err(damaged)?;
            let is_first = match history.push(&examined) {
                Ok(is_first) => is_first,
                Err(difference) => {
                    return Err(first_damaged(store, position, &examined, difference).await?);
                }
            };
            if is_first {
                ends(open.take(), position.0 - 1)?;
            }
            open = command(&row, &examined, is_first)
                .map_err(damaged)?
                .map_or(open, |end| Some((position, end)));
        }
        progress(history.position);
    }
    if history.position != last {
        let position = Position(history.position + 1);
        return Err(Finding::Event { position, difference: Difference::Missing });
    }
    let (is_anything_after, is_dense) = rows::whole(store).await?;
    if is_anything_after {
        return Err(Finding::Derived(Difference::Head("position")));
    }
    ends(open, last)?;
    derived(store, &history, &head).await?;
    if !is_dense {
        return Err(Finding::Derived(Difference::Stray));
    }
    let (streams, commands) = history.counts();
    let (root, recorded_at) = (history.root(), history.recorded_at);
    Ok(Verification { position: Position(last), root, recorded_at, streams, commands })
}

/// Whether the row is the one that is due at `position`.
fn in_place(row: &Row, position: Position) -> Result<(), Finding> {
    match row.position.cmp(&signed(position.0)) {
        Ordering::Equal => Ok(()),
        Ordering::Greater => Err(Finding::Event { position, difference: Difference::Missing }),
        Ordering::Less => {
            let position = Position(unsigned(row.position));
            Err(Finding::Event { position, difference: Difference::Twice })
        }
    }
}

/// Which event is to blame where the one at `position` does not follow those before it: where it was
/// recorded after other bytes than its predecessor has now, the predecessor is.
async fn first_damaged(
    store: &Store,
    position: Position,
    event: &Examined,
    difference: Difference,
) -> Result<Finding, Error> {
    let by_link = matches!(difference, Difference::Sequence { .. } | Difference::Prev);
    if by_link
        && let Some(prev) = event.prev.filter(|it| it.position < position)
        && let Some(before) = prev.position.0.checked_sub(1)
    {
        let row = rows::page(store, before, 1).await?.pop();
        if row.is_some_and(|row| row.leaf != prev.leaf) {
            let difference = Difference::Replaced { by: position };
            return Ok(Finding::Event { position: prev.position, difference });
        }
    }
    Ok(Finding::Event { position, difference })
}

async fn fetch(store: Store, last: u64, to: mpsc::Sender<Result<Vec<Row>, Error>>) {
    let mut after = 0;
    while after < last {
        let page =
            rows::page(&store, after, PAGE.min(usize::try_from(last - after).unwrap_or(PAGE)));
        let page = page.await;
        match page.as_ref().ok().and_then(|page| page.last()) {
            Some(row) => after = unsigned(row.position).max(after + 1),
            None => after = last,
        }
        if to.send(page).await.is_err() {
            return;
        }
    }
}

type Page = Vec<(Row, Result<Examined, Difference>)>;

async fn take_apart(
    mut from: mpsc::Receiver<Result<Vec<Row>, Error>>,
    to: mpsc::Sender<Result<Page, Error>>,
) {
    while let Some(page) = from.recv().await {
        let apart = match page {
            Ok(page) => tokio::task::spawn_blocking(move || {
                page.into_iter()
                    .map(|mut row| {
                        let body = std::mem::take(&mut row.body);
                        let examined = examine(&body);
                        (row, examined)
                    })
                    .collect()
            })
            .await
            .map_err(|_| Error::NotWritable),
            Err(error) => Err(error),
        };
        if to.send(apart).await.is_err() {
            return;
        }
    }
}

/// Whether the columns say what the bytes say.
fn columns(row: &Row, bytes: &Examined) -> Result<(), Difference> {
    let column = |holds, name| if holds { Ok(()) } else { Err(Difference::Column(name)) };
    if row.leaf != bytes.leaf {
        return Err(Difference::LeafHash);
    }
    column(row.aggregate == bytes.aggregate, "aggregate_type")?;
    column(row.id == bytes.id.to_string(), "aggregate_id")?;
    column(unsigned(row.sequence) == bytes.sequence, "sequence")?;
    column(row.event_type == bytes.event_type, "event_type")?;
    column(row.recorded_at == bytes.recorded_at.as_microsecond(), "recorded_at")
}

/// The columns of the command: on its first event alone. Gives where they say that it ends.
fn command(row: &Row, bytes: &Examined, is_first: bool) -> Result<Option<u64>, Difference> {
    let id = is_first.then(|| bytes.command.id.to_string());
    let digest = is_first.then_some(bytes.command.digest.as_slice());
    if row.command_id != id {
        return Err(Difference::Column("command_id"));
    }
    if row.command_digest.as_deref() != digest {
        return Err(Difference::Column("command_digest"));
    }
    if row.command_last.is_some() != is_first {
        return Err(Difference::Column("command_last"));
    }
    Ok(row.command_last.map(unsigned))
}

/// Whether a command ended where its first event says.
fn ends(command: Option<(Position, u64)>, last: u64) -> Result<(), Finding> {
    match command {
        Some((position, end)) if end != last => {
            Err(Finding::Event { position, difference: Difference::Column("command_last") })
        }
        _ => Ok(()),
    }
}

/// Compares what is stored beside the events with what they make.
async fn derived(store: &Store, history: &History, head: &HeadRow) -> Result<(), Finding> {
    let (stored, now) = rows::nodes(store).await?;
    if let Some((level, index)) = wrong_node(history, &stored, now) {
        return Err(Finding::Derived(Difference::Node { level, index }));
    }
    let at = history.recorded_at.map_or(0, Timestamp::as_microsecond);
    for (holds, name) in [
        (head.alone, "id"),
        (head.root == history.root(), "root"),
        (head.frontier == history.frontier(), "frontier"),
        (head.recorded_at == at, "recorded_at"),
    ] {
        if !holds {
            return Err(Finding::Derived(Difference::Head(name)));
        }
    }
    Ok(())
}

/// The first node that is missing, not that of the events, or none of the tree of `now` events.
fn wrong_node(history: &History, stored: &[NodeRow], now: u64) -> Option<(u32, u64)> {
    let mut due: Vec<_> = history.nodes.clone();
    due.sort_unstable();
    let mut due = due.iter().peekable();
    for (level, index, hash) in stored {
        let at = (*level, *index);
        if due.peek().is_some_and(|it| (it.0, it.1) < at) {
            break;
        }
        match due.next_if(|it| (it.0, it.1) == at) {
            Some(it) if it.2 == hash.as_slice() => {}
            // Somebody who writes meanwhile adds nodes of events after those that were looked at.
            None if is_stored(at) && end(at) > history.position.into() && end(at) <= now.into() => {
            }
            _ => return Some(at),
        }
    }
    due.next().map(|it| (it.0, it.1))
}

/// Whether a node has a level that is stored.
fn is_stored((level, _): (u32, u64)) -> bool {
    level > 0 && level.is_multiple_of(8) && level < u64::BITS
}

/// The position of the last event under a node.
fn end((level, index): (u32, u64)) -> u128 {
    (u128::from(index) + 1) << level
}
