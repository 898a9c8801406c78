//! The ledger in one SQLite file: `ledger.sqlite` in a data directory.
use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use domain::ids::CommandId;
use domain::recorded::{Position, Recorded};
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row as Columns, Transaction, params};
use uuid::Uuid;

use super::batcher::{BATCH_CALLS_MAX, Batch, Call, Desk, Tip, answer, judge, sort_out};
use super::sqlite_file::{Opened, Readers};
use super::store::HashesAndBody;
use super::{Error, Head, Stored};
use crate::transparency::tree::{Frontier, Hash, Span};

const INSERT: &str = "INSERT INTO events VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
const INSERT_NODE: &str = "INSERT INTO nodes VALUES (?, ?, ?)";
const MOVE_HEAD: &str =
    "UPDATE head SET position = ?, root = ?, frontier = ?, recorded_at = ? WHERE id = 1";
const TIP: &str = "SELECT position, frontier, recorded_at FROM head WHERE id = 1";
const LAST: &str = "SELECT max(sequence) FROM events WHERE aggregate_type = ? AND aggregate_id = ?";
const USED: &str = "SELECT 1 FROM events WHERE command_id = ?";

/// Records what comes until the queue ends. Runs on a thread of its own.
pub(crate) fn write(mut opened: Opened, mut desk: Desk, readers: &Readers) {
    let mut messages = Vec::with_capacity(BATCH_CALLS_MAX);
    while desk.queue.blocking_recv_many(&mut messages, BATCH_CALLS_MAX) > 0 {
        let (calls, close) = sort_out(&mut messages);
        if !calls.is_empty() {
            let outcome = commit(&mut opened.connection, &desk, &calls);
            answer(calls, outcome, &desk.feed);
        }
        if close {
            // What is queued already is still taken; then `blocking_recv_many` gives 0.
            desk.queue.close();
        }
    }
    // Who closes the file last removes its companions, but only who may write.
    readers.rest();
    // The file alone is the ledger then: it can be copied, and read where nobody may write. A
    // reader that is busy prevents it, and does no harm.
    let checkpoint = "PRAGMA wal_checkpoint(TRUNCATE)";
    let _at_rest = opened.connection.query_row(checkpoint, [], |_| Ok(()));
}

/// One transaction. Tries without looking first; a unique index tells where that was wrong.
fn commit(connection: &mut Connection, desk: &Desk, calls: &[Call]) -> Result<Batch, Error> {
    if !calls.iter().any(Call::only_reads_some) {
        match attempt(connection, desk, calls, |_| Ok(vec![true; calls.len()])) {
            Err(Attempt::Conflict) => {}
            Err(Attempt::Failed(error)) => return Err(error),
            Ok(batch) => return Ok(batch),
        }
    }
    let looked = attempt(connection, desk, calls, |transaction| fitting(transaction, calls));
    looked.map_err(|failed| match failed {
        Attempt::Failed(error) => error,
        Attempt::Conflict => Error::Damaged("an index refuses what no row explains".to_owned()),
    })
}

enum Attempt {
    Conflict,
    Failed(Error),
}

impl From<rusqlite::Error> for Attempt {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error().map(|it| it.extended_code) {
            Some(rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE) => Self::Conflict,
            _ => Self::Failed(error.into()),
        }
    }
}

fn attempt(
    connection: &mut Connection,
    desk: &Desk,
    calls: &[Call],
    judge: impl FnOnce(&Transaction<'_>) -> rusqlite::Result<Vec<bool>>,
) -> Result<Batch, Attempt> {
    // Dropped on an early return, which rolls it back.
    let transaction =
        connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let tip = tip(&transaction).map_err(Attempt::Failed)?;
    let fits = judge(&transaction)?;
    let batch = tip.stamp(&desk.clock, calls, |number| fits[number]);
    insert(&transaction, &batch)?;
    transaction.commit()?;
    Ok(batch)
}

/// Writes a stamped batch and moves the head.
pub(crate) fn insert(transaction: &Transaction<'_>, batch: &Batch) -> rusqlite::Result<()> {
    let mut insert = transaction.prepare_cached(INSERT)?;
    for row in &batch.rows {
        insert.execute(params![
            signed(row.position.0),
            row.leaf,
            row.body,
            row.aggregate,
            row.id.to_string(),
            signed(row.sequence),
            row.event_type,
            row.recorded_at.as_microsecond(),
            row.command.map(|it| it.id.to_string()),
            row.command.map(|it| it.digest),
            row.command.map(|it| signed(it.last.0)),
        ])?;
    }
    let mut insert = transaction.prepare_cached(INSERT_NODE)?;
    for node in &batch.nodes {
        insert.execute(params![node.level, signed(node.index), node.hash])?;
    }
    let Tip { frontier, recorded_at } = &batch.tip;
    let position = signed(frontier.size());
    transaction.prepare_cached(MOVE_HEAD)?.execute(params![
        position,
        batch.root,
        frontier.to_bytes(),
        recorded_at.as_microsecond()
    ])?;
    Ok(())
}

fn fitting(transaction: &Transaction<'_>, calls: &[Call]) -> rusqlite::Result<Vec<bool>> {
    let (mut last, mut used) = (HashMap::new(), HashSet::new());
    let mut find_last = transaction.prepare_cached(LAST)?;
    let mut find_used = transaction.prepare_cached(USED)?;
    for call in calls {
        if find_used.exists([call.command.to_string()])? {
            used.insert(call.command);
        }
        for it in &call.streams {
            let at = (it.aggregate, it.id.to_string());
            let sequence: Option<i64> = find_last.query_row(at, |row| row.get(0))?;
            last.insert((it.aggregate, it.id), unsigned(sequence.unwrap_or(0)));
        }
    }
    Ok(judge(calls, last, used))
}

/// The end of the ledger.
pub(crate) fn tip(connection: &Connection) -> Result<Tip, Error> {
    let columns = |row: &Columns<'_>| {
        Ok((unsigned(row.get(0)?), row.get::<_, Vec<u8>>(1)?, row.get::<_, i64>(2)?))
    };
    let (size, roots, at) = connection.prepare_cached(TIP)?.query_row([], columns)?;
    let frontier = Frontier::from_bytes(size, &roots);
    let recorded_at = Timestamp::from_microsecond(at).ok();
    let fits = frontier.zip(recorded_at);
    let (frontier, recorded_at) =
        fits.ok_or_else(|| Error::Damaged("its head does not make sense".to_owned()))?;
    Ok(Tip { frontier, recorded_at })
}

/// The head of the ledger.
pub(crate) fn head(connection: &Connection) -> Result<Head, Error> {
    let Tip { frontier, recorded_at } = tip(connection)?;
    Ok(Head { position: Position(frontier.size()), root: frontier.root(), recorded_at })
}

/// At most `limit` events after `after`.
pub(crate) fn read(
    connection: &Connection,
    after: Position,
    limit: usize,
) -> Result<Vec<Stored>, Error> {
    each(connection, after, limit, |position, bytes| Ok(Stored { position, bytes: bytes.to_vec() }))
}

/// The same, parsed from the store's own memory.
pub(crate) fn events(
    connection: &Connection,
    after: Position,
    limit: usize,
) -> Result<Vec<Arc<Recorded>>, Error> {
    each(connection, after, limit, |position, bytes| Ok(Arc::new(Recorded::read(position, bytes)?)))
}

fn each<T>(
    connection: &Connection,
    after: Position,
    limit: usize,
    make: impl Fn(Position, &[u8]) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    const READ: &str =
        "SELECT position, body FROM events WHERE position > ? ORDER BY position LIMIT ?";
    let mut statement = connection.prepare_cached(READ)?;
    let mut rows = statement.query((signed(after.0), i64::try_from(limit).unwrap_or(i64::MAX)))?;
    let mut events = Vec::with_capacity(limit.min(super::PAGE_EVENTS));
    while let Some(row) = rows.next()? {
        let body = row.get_ref(1)?.as_blob().map_err(rusqlite::Error::from)?;
        events.push(make(Position(unsigned(row.get(0)?)), body)?);
    }
    Ok(events)
}

/// Every event of one stream.
pub(crate) fn stream(
    connection: &Connection,
    aggregate: &str,
    id: Uuid,
) -> Result<Vec<Stored>, Error> {
    const STREAM: &str = "SELECT position, body FROM events \
         WHERE aggregate_type = ? AND aggregate_id = ? ORDER BY sequence";
    let mut statement = connection.prepare_cached(STREAM)?;
    let rows = statement.query_map((aggregate, id.to_string()), stored)?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The first and last position and the digest of an executed command.
pub(crate) fn command(
    connection: &Connection,
    id: CommandId,
) -> Result<Option<(Position, Position, Vec<u8>)>, Error> {
    const COMMAND: &str =
        "SELECT position, command_last, command_digest FROM events WHERE command_id = ?";
    let columns = |row: &Columns<'_>| {
        let at = |number| row.get(number).map(|it| Position(unsigned(it)));
        Ok((at(0)?, at(1)?, row.get(2)?))
    };
    let mut statement = connection.prepare_cached(COMMAND)?;
    Ok(statement.query_row([id.to_string()], columns).optional()?)
}

/// The stored hashes of each span, and the body of an event where one is asked for.
pub(crate) fn hashes_and_body(
    connection: &Connection,
    spans: &[Span],
    event: Option<Position>,
) -> Result<HashesAndBody, Error> {
    const BODY: &str = "SELECT body FROM events WHERE position = ?";
    let hashes = spans.iter().map(|span| hashes(connection, *span)).collect::<Result<_, _>>()?;
    let Some(event) = event else { return Ok((hashes, None)) };
    let mut body = connection.prepare_cached(BODY)?;
    Ok((hashes, body.query_row([signed(event.0)], |row| row.get(0)).optional()?))
}

fn hashes(connection: &Connection, span: Span) -> Result<Vec<Hash>, Error> {
    let (first, end) = (signed(span.first), signed(span.first + span.count));
    let rows = if span.level == 0 {
        const LEAVES: &str =
            "SELECT leaf FROM events WHERE position > ? AND position <= ? ORDER BY position";
        let mut statement = connection.prepare_cached(LEAVES)?;
        statement.query_map((first, end), |row| row.get(0))?.collect::<Result<Vec<_>, _>>()?
    } else {
        const NODES: &str = "SELECT hash FROM nodes \
             WHERE level = ? AND place >= ? AND place < ? ORDER BY place";
        let mut statement = connection.prepare_cached(NODES)?;
        let at = (span.level, first, end);
        statement.query_map(at, |row| row.get(0))?.collect::<Result<Vec<_>, _>>()?
    };
    Ok(rows)
}

fn stored(row: &Columns<'_>) -> rusqlite::Result<Stored> {
    let bytes = row.get_ref(1)?.as_blob()?.to_vec();
    Ok(Stored { position: Position(unsigned(row.get(0)?)), bytes })
}

/// As the store has it. Positions and sequences stay far below 2^63.
pub(crate) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// As the program has it. What is negative was never written by it, and the audit says so.
pub(crate) fn unsigned(number: i64) -> u64 {
    u64::try_from(number).unwrap_or(0)
}

/// Whether the schema of `file` is one that this program can use; see [`super::sqlite_file`].
pub(crate) fn version(connection: &Connection, file: &Path) -> Result<i64, Error> {
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let (application, version) = (pragma("application_id")?, pragma("user_version")?);
    let tables = "SELECT count(*) FROM sqlite_schema";
    let empty = connection.query_row(tables, [], |row| row.get::<_, i64>(0))? == 0;
    if application == super::sqlite_file::APPLICATION || (application == 0 && empty) {
        Ok(version)
    } else {
        Err(Error::NotALedger(file.display().to_string()))
    }
}

#[cfg(test)]
mod tests;
