//! A ledger as a file: one line an event, the stored bytes themselves.
//!
//! Canonical JSON has no line break, so the bytes are the lines, and a ledger that goes from
//! SQLite to PostgreSQL and back has the same root. An import is resumable: every thousand events
//! or so are committed together, and where it was interrupted, the same file goes on from there,
//! after its beginning was compared with what the ledger has.
use std::borrow::Cow;
use std::io::{self, BufRead, Write};
use std::mem;

use domain::recorded::{CommandRef, EVENT_BYTES_MAX, Position, Recorded};

use crate::audit::{Difference, Examined, History, examine};
use crate::ledger::{Batch, CommandMark, Error, Head, Ledger, PAGE_EVENTS, Place, Row, Sink, Tip};
use crate::transparency::tree::Frontier;

/// How many events are committed together, and those that complete a command with them.
const BATCH_EVENTS: usize = 1000;

/// Why a ledger was not exported or imported.
#[derive(Debug, thiserror::Error)]
pub enum ExchangeError {
    /// The ledger failed.
    #[error(transparent)]
    Ledger(#[from] Error),
    /// The file failed.
    #[error("the file cannot be read or written")]
    File(#[from] io::Error),
    /// A line is no event that can follow those before it. The batches before it are imported.
    #[error("line {line}: {difference}")]
    Line {
        /// From 1.
        line: u64,
        /// What is wrong with it.
        difference: Difference,
    },
    /// The ledger has other events already.
    #[error("the ledger is not empty, and what it holds is not the beginning of the file")]
    OtherLedger,
}

/// Writes every event up to the head to `out`; `progress` hears how many are done. Gives the head.
pub async fn export(
    ledger: &Ledger,
    out: &mut impl Write,
    mut progress: impl FnMut(u64),
) -> Result<Head, ExchangeError> {
    let head = ledger.head();
    let mut after = Position::START;
    while after < head.position {
        let left = usize::try_from(head.position.0 - after.0).unwrap_or(PAGE_EVENTS);
        let page = ledger.read(after, left.min(PAGE_EVENTS)).await?;
        for stored in &page {
            if stored.position != after.next() {
                break;
            }
            out.write_all(&stored.bytes)?;
            out.write_all(b"\n")?;
            after = stored.position;
        }
        if page.last().is_none_or(|it| it.position != after) {
            let missing = format!("the event at position {} is missing", after.next());
            return Err(Error::Damaged(missing).into());
        }
        progress(after.0);
    }
    out.flush()?;
    Ok(head)
}

/// Records the lines of `input` in the ledger at `place`, which is empty, or holds what an earlier
/// import of the same file left. Everything that the audit derives is derived and checked on the
/// way. Gives the head.
pub async fn import(
    place: &Place,
    input: &mut impl BufRead,
    mut progress: impl FnMut(u64),
) -> Result<Head, ExchangeError> {
    let mut sink = Sink::open(place).await?;
    let there = sink.tip().await?;
    let mut batch = Pending::new(Tip { frontier: Frontier::default(), ..there.clone() });
    let mut history = History::default();
    let mut line = Vec::new();
    while next_line(input, &mut line)? {
        let number = history.position + 1;
        let wrong = |difference| ExchangeError::Line { line: number, difference };
        let examined = examine(&line).map_err(wrong)?;
        Recorded::read(Position(number), &line).map_err(Error::from)?;
        let is_first = match history.push(&examined) {
            Ok(is_first) => is_first,
            Err(difference) => return Err(wrong(difference)),
        };
        if is_first && batch.rows.len() >= BATCH_EVENTS {
            batch.write(&mut sink, &there).await?;
            progress(number - 1);
        }
        batch.push(Position(number), examined, mem::take(&mut line), is_first);
    }
    batch.write(&mut sink, &there).await?;
    let tip = sink.tip().await?;
    if tip.frontier.root() != history.root() {
        return Err(ExchangeError::OtherLedger);
    }
    progress(history.position);
    sink.close().await;
    Ok(Head { position: tip.position(), root: history.root(), recorded_at: tip.recorded_at })
}

/// Reads a line without its end. `false` at the end of the file.
fn next_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<bool> {
    line.clear();
    let most = EVENT_BYTES_MAX as u64 + 2;
    io::Read::take(input.by_ref(), most).read_until(b'\n', line)?;
    if line.last() == Some(&b'\n') {
        line.pop();
        return Ok(true);
    }
    Ok(!line.is_empty())
}

/// What waits to be committed.
struct Pending {
    rows: Vec<Row>,
    nodes: Vec<crate::transparency::tree::Node>,
    /// Before the first of the rows, and after the last.
    start: Tip,
    tip: Tip,
    /// The row that carries the command under way.
    first: Option<(usize, CommandRef)>,
}

impl Pending {
    fn new(start: Tip) -> Self {
        let tip = start.clone();
        Self { rows: Vec::new(), nodes: Vec::new(), start, tip, first: None }
    }

    fn push(&mut self, position: Position, event: Examined, body: Vec<u8>, is_first: bool) {
        if is_first {
            self.first = Some((self.rows.len(), event.command));
        }
        self.tip.frontier.push(event.leaf, |node| self.nodes.push(node));
        self.tip.recorded_at = event.recorded_at;
        let recorded_at = event.recorded_at;
        let (leaf, id, sequence) = (event.leaf, event.id, event.sequence);
        let (aggregate, event_type) = (Cow::Owned(event.aggregate), Cow::Owned(event.event_type));
        let command = None;
        self.rows.push(Row {
            position,
            leaf,
            body,
            aggregate,
            id,
            sequence,
            event_type,
            recorded_at,
            command,
        });
        if let Some((row, CommandRef { id, digest })) = self.first {
            self.rows[row].command = Some(CommandMark { id, digest, last: position });
        }
    }

    /// Commits what waits, or compares it where the ledger has it already, and begins anew.
    async fn write(&mut self, sink: &mut Sink, there: &Tip) -> Result<(), ExchangeError> {
        let next = Self::new(self.tip.clone());
        let Self { rows, nodes, start, tip, .. } = mem::replace(self, next);
        if rows.is_empty() {
            return Ok(());
        }
        let (had, end) = (there.frontier.size(), tip.frontier.size());
        if end <= had {
            // An interrupted import stopped between two batches, and these are the same batches.
            let same = end < had || tip.frontier == there.frontier;
            return if same { Ok(()) } else { Err(ExchangeError::OtherLedger) };
        }
        if start.frontier.size() < had {
            return Err(ExchangeError::OtherLedger);
        }
        let root = tip.frontier.root();
        let batch = Batch { rows, nodes, tip, root, verdicts: Vec::new() };
        if sink.write(&start, &batch).await? { Ok(()) } else { Err(ExchangeError::OtherLedger) }
    }
}
