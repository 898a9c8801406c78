//! The ledger in a PostgreSQL database: its writer.
//!
//! ```text
//! Fast: one statement that moves the head from where this process left it
//!   │ head moved, or a unique index says no: nothing was written
//!   ▼
//! Slow: lock the head, look at streams and command ids, drop the calls that do not fit, write
//!   │ connection lost: perhaps it was written
//!   ▼
//! Slow again on a new connection. The lock waits for whatever the old session still does, the
//! command ids tell what it had done, and once the head has moved the old statement cannot apply.
//! ```
//! Several processes may write to one ledger: the head row orders them. There is no lease, so
//! each change of writer costs a batch on the slow path.
use std::collections::{HashMap, HashSet};
use std::time::Duration;

use domain::ids::CommandId;
use domain::recorded::Position;
use jiff::Timestamp;
use sqlx::postgres::{PgConnectOptions, PgConnection, PgRow};
use sqlx::{ConnectOptions as _, Connection as _, Row as _};
use tokio::time::{Instant, sleep, timeout};
use uuid::Uuid;

use super::Error;
use super::batcher::{BATCH_CALLS_MAX, Batch, Call, Desk, Tip, answer, judge, sort_out};
use super::error::lost;
use super::sqlite::{signed, unsigned};
use crate::transparency::tree::Frontier;

/// The channel on which a commit tells other processes the new position: a hint, nothing more.
pub(crate) const CHANNEL: &str = "tiwizi_ledger";
/// How long a server may take to let somebody in.
pub(crate) const CONNECT_WAIT: Duration = Duration::from_secs(10);
/// How long callers wait to learn the outcome of what was being recorded when the connection broke.
const OUTCOME_WAIT: Duration = Duration::from_secs(30);
const RETRY_WAIT: Duration = Duration::from_millis(100);

const INSERT: &str = "
WITH moved AS (
    UPDATE ledger_head SET position = $1, root = $2, frontier = $3, recorded_at = $4
    WHERE id = 1 AND position = $5
    RETURNING pg_notify('tiwizi_ledger', $1::text)::text
), noted AS (
    INSERT INTO ledger_nodes (level, place, hash)
    SELECT level, place, hash
    FROM moved, UNNEST($6::int[], $7::bigint[], $8::bytea[]) AS node (level, place, hash)
)
INSERT INTO ledger_events (position, leaf, body, aggregate_type, aggregate_id, sequence,
                           event_type, recorded_at, command_id, command_digest, command_last)
SELECT $5 + number, leaf, body, kind, id, sequence, name, recorded_at, command, digest, last
FROM moved, UNNEST($9::bytea[], $10::bytea[], $11::text[], $12::text[], $13::bigint[],
                   $14::text[], $15::bigint[], $16::uuid[], $17::bytea[], $18::bigint[]) WITH ORDINALITY
    AS event (leaf, body, kind, id, sequence, name, recorded_at, command, digest, last, number)";

const TIP: &str = "SELECT position, frontier, recorded_at FROM ledger_head WHERE id = 1";
const LOCK: &str =
    "SELECT position, frontier, recorded_at FROM ledger_head WHERE id = 1 FOR UPDATE";

// A statement of its own after the lock: READ COMMITTED takes a new snapshot for each statement,
// and this one must see what was committed while the lock was waited for.
const LAST: &str = "
SELECT stream.number, (
    SELECT sequence FROM ledger_events AS event
    WHERE event.aggregate_type = stream.kind AND event.aggregate_id = stream.id
    ORDER BY sequence DESC LIMIT 1
)
FROM UNNEST($1::text[], $2::text[]) WITH ORDINALITY AS stream (kind, id, number)";

const USED: &str = "SELECT command_id FROM ledger_events WHERE command_id = ANY($1)";

/// The one that records for this process.
pub(crate) struct Writer {
    options: PgConnectOptions,
    connection: Option<PgConnection>,
    /// Where this process left the ledger; none after anything unexpected.
    tip: Option<Tip>,
    desk: Desk,
}

/// An attempt that failed, and whether it was perhaps committed all the same.
struct Failed {
    error: sqlx::Error,
    perhaps_written: bool,
}

impl From<sqlx::Error> for Failed {
    fn from(error: sqlx::Error) -> Self {
        Self { error, perhaps_written: false }
    }
}

/// A commit, or a statement that commits on its own, that failed.
fn unsure(error: sqlx::Error) -> Failed {
    Failed { perhaps_written: lost(&error), error }
}

impl Writer {
    pub fn new(options: PgConnectOptions, desk: Desk) -> Self {
        Self { options, connection: None, tip: None, desk }
    }

    /// Records what comes until the queue ends.
    pub async fn run(mut self) {
        let mut messages = Vec::with_capacity(BATCH_CALLS_MAX);
        while self.desk.queue.recv_many(&mut messages, BATCH_CALLS_MAX).await > 0 {
            let (calls, close) = sort_out(&mut messages);
            if !calls.is_empty() {
                let outcome = self.record(&calls).await;
                answer(calls, outcome, &self.desk.feed);
            }
            if close {
                self.desk.queue.close();
            }
        }
        if let Some(connection) = self.connection {
            // The server notices by itself where this does not reach it.
            let _closed = connection.close().await;
        }
    }

    async fn record(&mut self, calls: &[Call]) -> Result<Batch, Error> {
        let end = Instant::now() + OUTCOME_WAIT;
        let mut perhaps_written = false;
        loop {
            let failed = match self.attempt(calls, perhaps_written).await {
                Ok(batch) => {
                    self.tip = Some(batch.tip.clone());
                    return Ok(batch);
                }
                Err(failed) => failed,
            };
            (self.tip, self.connection) = (None, None);
            perhaps_written |= failed.perhaps_written;
            if !perhaps_written {
                return Err(failed.error.into());
            }
            if !lost(&failed.error) || Instant::now() > end {
                tracing::error!(error = %failed.error, "a batch has an unknown outcome");
                return Err(Error::OutcomeUnknown);
            }
            tracing::warn!(error = %failed.error, "the connection was lost during a commit");
            sleep(RETRY_WAIT).await;
        }
    }

    async fn attempt(&mut self, calls: &[Call], again: bool) -> Result<Batch, Failed> {
        if self.connection.is_none() {
            self.connection = Some(connect(&self.options).await?);
        }
        let connection = self.connection.as_mut().ok_or(sqlx::Error::WorkerCrashed)?;
        if let Some(tip) = &self.tip
            && !again
            && !calls.iter().any(Call::only_reads_some)
        {
            let batch = tip.stamp(&self.desk.clock, calls, |_| true);
            match insert(connection, tip, &batch).await {
                Ok(true) => return Ok(batch),
                Ok(false) => {}
                Err(error) if is_unique_violation(&error) => {}
                Err(error) => return Err(unsure(error)),
            }
        }
        self.tip = None;
        let mut transaction = connection.begin().await?;
        let row = sqlx::query(LOCK).fetch_one(&mut *transaction).await?;
        let tip = tip_of(&row)?;
        let fits = fitting(&mut transaction, calls).await?;
        let batch = tip.stamp(&self.desk.clock, calls, |number| fits[number]);
        if batch.rows.is_empty() {
            transaction.rollback().await?;
        } else {
            let written = insert(&mut transaction, &tip, &batch).await?;
            if !written {
                return Err(sqlx::Error::RowNotFound.into());
            }
            transaction.commit().await.map_err(unsure)?;
        }
        Ok(batch)
    }
}

/// Opens a connection, or gives up after [`CONNECT_WAIT`].
pub(crate) async fn connect(options: &PgConnectOptions) -> Result<PgConnection, sqlx::Error> {
    timeout(CONNECT_WAIT, options.connect()).await.unwrap_or(Err(sqlx::Error::PoolTimedOut))
}

fn is_unique_violation(error: &sqlx::Error) -> bool {
    error.as_database_error().is_some_and(sqlx::error::DatabaseError::is_unique_violation)
}

/// Writes a stamped batch and moves the head away from `tip`; `false` where the head is elsewhere.
pub(crate) async fn insert(
    connection: &mut PgConnection,
    tip: &Tip,
    batch: &Batch,
) -> Result<bool, sqlx::Error> {
    let Tip { frontier, recorded_at } = &batch.tip;
    let (rows, nodes) = (&batch.rows, &batch.nodes);
    let level = |level: u32| i32::try_from(level).unwrap_or(i32::MAX);
    let done = sqlx::query(INSERT)
        .bind(signed(frontier.size()))
        .bind(batch.root)
        .bind(frontier.to_bytes())
        .bind(recorded_at.as_microsecond())
        .bind(signed(tip.frontier.size()))
        .bind(nodes.iter().map(|it| level(it.level)).collect::<Vec<_>>())
        .bind(nodes.iter().map(|it| signed(it.index)).collect::<Vec<_>>())
        .bind(nodes.iter().map(|it| it.hash.as_slice()).collect::<Vec<_>>())
        .bind(rows.iter().map(|it| it.leaf.as_slice()).collect::<Vec<_>>())
        .bind(rows.iter().map(|it| it.body.as_slice()).collect::<Vec<_>>())
        .bind(rows.iter().map(|it| &*it.aggregate).collect::<Vec<_>>())
        .bind(rows.iter().map(|it| it.id.to_string()).collect::<Vec<_>>())
        .bind(rows.iter().map(|it| signed(it.sequence)).collect::<Vec<_>>())
        .bind(rows.iter().map(|it| &*it.event_type).collect::<Vec<_>>())
        .bind(rows.iter().map(|it| it.recorded_at.as_microsecond()).collect::<Vec<_>>())
        .bind(rows.iter().map(|it| it.command.map(|it| Uuid::from(it.id))).collect::<Vec<_>>())
        .bind(rows.iter().map(|it| it.command.map(|it| it.digest.to_vec())).collect::<Vec<_>>())
        .bind(rows.iter().map(|it| it.command.map(|it| signed(it.last.0))).collect::<Vec<_>>())
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == rows.len() as u64)
}

async fn fitting(connection: &mut PgConnection, calls: &[Call]) -> Result<Vec<bool>, sqlx::Error> {
    let streams: HashSet<_> =
        calls.iter().flat_map(|it| &it.streams).map(|it| (it.aggregate, it.id)).collect();
    let streams: Vec<_> = streams.into_iter().collect();
    let rows = sqlx::query(LAST)
        .bind(streams.iter().map(|it| it.0).collect::<Vec<_>>())
        .bind(streams.iter().map(|it| it.1.to_string()).collect::<Vec<_>>())
        .fetch_all(&mut *connection)
        .await?;
    let mut last = HashMap::new();
    for row in rows {
        let (number, sequence): (i64, Option<i64>) = (row.try_get(0)?, row.try_get(1)?);
        let at = usize::try_from(number - 1).ok().and_then(|at| streams.get(at));
        let at = at.ok_or(sqlx::Error::RowNotFound)?;
        last.insert(*at, unsigned(sequence.unwrap_or(0)));
    }
    let commands: Vec<Uuid> = calls.iter().map(|it| it.command.into()).collect();
    let used: Vec<Uuid> = sqlx::query_scalar(USED).bind(commands).fetch_all(connection).await?;
    Ok(judge(calls, last, used.into_iter().map(CommandId::from).collect()))
}

/// The end of the ledger, read by any connection.
pub(crate) async fn tip(connection: &mut PgConnection) -> Result<Tip, sqlx::Error> {
    tip_of(&sqlx::query(TIP).fetch_one(connection).await?)
}

fn tip_of(row: &PgRow) -> Result<Tip, sqlx::Error> {
    let (size, roots): (i64, &[u8]) = (row.try_get(0)?, row.try_get(1)?);
    let frontier = Frontier::from_bytes(unsigned(size), roots);
    let recorded_at = Timestamp::from_microsecond(row.try_get(2)?).ok();
    let tip =
        frontier.zip(recorded_at).map(|(frontier, recorded_at)| Tip { frontier, recorded_at });
    tip.ok_or_else(|| sqlx::Error::Decode("the ledger's head does not make sense".into()))
}

/// The position that a notification tells.
pub(crate) fn hint(payload: &str) -> Position {
    Position(payload.parse().unwrap_or(u64::MAX))
}
