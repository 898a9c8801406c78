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

use domain::recorded::Position;
use jiff::Timestamp;
use tokio::sync::mpsc;

pub use self::history::Difference;
pub(crate) use self::history::{Examined, History, examine};
use self::rows::{HeadRow, Row};
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
            if row.position != signed(position.0) {
                return Err(damaged(Difference::Missing));
            }
            let examined = examined.map_err(damaged)?;
            columns(&row, &examined).map_err(damaged)?;
            let is_first = history.push(&examined).map_err(damaged)?;
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
    ends(open, last)?;
    derived(store, &history, &head).await?;
    let (streams, commands) = history.counts();
    let (root, recorded_at) = (history.root(), history.recorded_at);
    Ok(Verification { position: Position(last), root, recorded_at, streams, commands })
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
    let mut expected = history.nodes.clone();
    expected.sort_unstable();
    let stored = rows::nodes(store).await?;
    // Where somebody writes meanwhile, there may be nodes beyond the head that was looked at.
    let within = |it: &&(u32, u64, Vec<u8>)| (it.1 + 1) << it.0.min(63) <= history.position;
    let stored: Vec<_> = stored.iter().filter(within).collect();
    for number in 0..expected.len().max(stored.len()) {
        let (due, found) = (expected.get(number), stored.get(number));
        let same = |due: &(u32, u64, [u8; 32]), found: &&(u32, u64, Vec<u8>)| {
            (due.0, due.1, due.2.as_slice()) == (found.0, found.1, found.2.as_slice())
        };
        if !due.zip(found).is_some_and(|(due, found)| same(due, found)) {
            let of_due = due.map(|it| (it.0, it.1));
            let (level, index) = of_due.or(found.map(|it| (it.0, it.1))).unwrap_or_default();
            return Err(Finding::Derived(Difference::Node { level, index }));
        }
    }
    let at = history.recorded_at.map_or(0, Timestamp::as_microsecond);
    for (holds, name) in [
        (head.root == history.root(), "root"),
        (head.frontier == history.frontier(), "frontier"),
        (head.recorded_at == at, "recorded_at"),
        (!rows::is_anything_after_the_head(store).await?, "position"),
    ] {
        if !holds {
            return Err(Finding::Derived(Difference::Head(name)));
        }
    }
    Ok(())
}
