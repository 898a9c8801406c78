//! The PostgreSQL database: its tables' version, reading it, and hearing of other processes.
use std::str::FromStr as _;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use domain::ids::CommandId;
use domain::recorded::Position;
use futures_util::TryStreamExt as _;
use sqlx::migrate::{MigrateError, Migrator};
use sqlx::postgres::{
    PgConnectOptions, PgListener, PgPool, PgPoolCopyExt as _, PgPoolOptions, PgRow,
};
use sqlx::{ConnectOptions as _, Connection as _, Executor as _, PgConnection, Row as _};
use tokio::time::{sleep, timeout};
use uuid::Uuid;

use super::follow::{Feed, POLL};
use super::postgres::{CHANNEL, CONNECT_WAIT, connect, hint, tip};
use super::sqlite::{signed, unsigned};
use super::store::HashesAndBody;
use super::{Error, Head, Stored};
use crate::transparency::tree::Span;

static MIGRATIONS: Migrator = sqlx::migrate!("migrations/postgres");
/// Connections that read. The writer has one of its own, and so has the listener.
const READERS: u32 = 8;
/// A connection that was used so recently is used again without asking whether the server is there.
const TRUSTED: Duration = Duration::from_secs(1);

/// What the URL says. It never shows up in an error: it may hold a password.
pub(crate) fn options(url: &str) -> Result<PgConnectOptions, Error> {
    if !(url.starts_with("postgres://") || url.starts_with("postgresql://")) {
        return Err(Error::BadAddress);
    }
    let options = PgConnectOptions::from_str(url).map_err(|_| Error::BadAddress)?;
    Ok(options.application_name("tiwizi").disable_statement_logging())
}

/// Makes the tables where they lack.
pub(crate) async fn migrate(options: &PgConnectOptions) -> Result<(), Error> {
    let mut connection = connect(options).await?;
    let (found, known) = version(&mut connection).await?;
    if found < known {
        MIGRATIONS.run_direct(&mut connection).await.map_err(|error| match error {
            MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => error.into(),
            error => Error::Damaged(error.to_string()),
        })?;
    }
    Ok(connection.close().await?)
}

/// A pool for reading a ledger whose tables this program knows.
pub(crate) async fn pool(options: PgConnectOptions) -> Result<PgPool, Error> {
    let mut connection = connect(&options).await?;
    let (found, known) = version(&mut connection).await?;
    connection.close().await?;
    if found == 0 {
        return Err(Error::NotALedger("the database".to_owned()));
    }
    if found < known {
        return Err(Error::OlderSchema { found, known });
    }
    let pool = PgPoolOptions::new().max_connections(READERS).acquire_timeout(CONNECT_WAIT);
    // By itself the pool would ask the server before every reading: one more way there and back.
    let pool = pool.test_before_acquire(false).before_acquire(|connection, known| {
        Box::pin(async move {
            if known.idle_for > TRUSTED {
                connection.ping().await?;
            }
            Ok(true)
        })
    });
    Ok(pool.connect_lazy_with(options))
}

/// The version of the tables, 0 where there are none, and the newest that this program knows.
async fn version(connection: &mut PgConnection) -> Result<(i64, i64), Error> {
    let known = MIGRATIONS.iter().map(|it| it.version).max().unwrap_or(0);
    let there = "SELECT to_regclass('_sqlx_migrations') IS NOT NULL, \
                 to_regclass('ledger_head') IS NOT NULL";
    let row = connection.fetch_one(there).await?;
    let found = match (row.try_get(0)?, row.try_get(1)?) {
        (false, false) => 0,
        (true, true) => {
            let row = connection.fetch_one("SELECT max(version) FROM _sqlx_migrations").await?;
            row.try_get::<Option<i64>, _>(0)?.unwrap_or(0)
        }
        (_, _) => return Err(Error::NotALedger("the database".to_owned())),
    };
    if found > known { Err(Error::NewerSchema { found, known }) } else { Ok((found, known)) }
}

/// The head of the ledger.
pub(crate) async fn head(pool: &PgPool) -> Result<Head, Error> {
    let tip = tip(&mut *pool.acquire().await?).await?;
    Ok(Head { position: tip.position(), root: tip.frontier.root(), recorded_at: tip.recorded_at })
}

/// At most `limit` events after `after`.
pub(crate) async fn read(
    pool: &PgPool,
    after: Position,
    limit: usize,
) -> Result<Vec<Stored>, Error> {
    const READ: &str =
        "SELECT position, body FROM ledger_events WHERE position > $1 ORDER BY position LIMIT $2";
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let rows = sqlx::query(READ).bind(signed(after.0)).bind(limit).fetch_all(pool).await?;
    rows.iter().map(stored).collect()
}

/// At most `limit` events after `after`, as the server copies them out (`COPY`, binary): for long
/// readings, of which a row takes less of this program's time than one of a query.
pub(crate) async fn copied(
    pool: &PgPool,
    after: Position,
    limit: usize,
) -> Result<Vec<Bytes>, Error> {
    let (after, limit) = (signed(after.0), i64::try_from(limit).unwrap_or(i64::MAX));
    // COPY takes no parameters; both are numbers.
    let copy = format!(
        "COPY (SELECT position, body FROM ledger_events WHERE position > {after} \
         ORDER BY position LIMIT {limit}) TO STDOUT (FORMAT binary)"
    );
    Ok(pool.copy_out_raw(&copy).await?.try_collect().await?)
}

/// Every event of one stream. Not through `PostgresEventRepository`: that gives each event parsed
/// into a JSON tree, and what is decided on must be read from the hashed bytes.
pub(crate) async fn stream(pool: &PgPool, aggregate: &str, id: Uuid) -> Result<Vec<Stored>, Error> {
    const STREAM: &str = "SELECT position, body FROM ledger_events \
         WHERE aggregate_type = $1 AND aggregate_id = $2 ORDER BY sequence";
    let query = sqlx::query(STREAM).bind(aggregate).bind(id.to_string());
    query.fetch_all(pool).await?.iter().map(stored).collect()
}

/// The first and last position and the digest of an executed command.
pub(crate) async fn command(
    pool: &PgPool,
    id: CommandId,
) -> Result<Option<(Position, Position, Vec<u8>)>, Error> {
    const COMMAND: &str =
        "SELECT position, command_last, command_digest FROM ledger_events WHERE command_id = $1";
    let row = sqlx::query(COMMAND).bind(Uuid::from(id)).fetch_optional(pool).await?;
    let Some(row) = row else { return Ok(None) };
    let at = |number: usize| row.try_get(number).map(|it| Position(unsigned(it)));
    Ok(Some((at(0)?, at(1)?, row.try_get(2)?)))
}

/// The stored hashes of each span, and the body of an event where one is asked for: all in one
/// statement, so that a proof is one way to the server and back.
pub(crate) async fn hashes_and_body(
    pool: &PgPool,
    spans: &[Span],
    event: Option<Position>,
) -> Result<HashesAndBody, Error> {
    // The planner cannot know how few hashes a span has: `LIMIT` keeps it to the index, which holds the
    // leaves. Nor may it see how few spans there are, or it would plan for that number every time:
    // hence each parameter is selected.
    const HASHES: &str = "SELECT ARRAY( \
             SELECT CASE level \
                 WHEN 0 THEN (SELECT string_agg(leaf, ''::bytea) FROM (SELECT leaf FROM ledger_events \
                     WHERE position > first AND position <= first + count \
                     ORDER BY position LIMIT count) AS leaves) \
                 ELSE (SELECT string_agg(hash, ''::bytea) FROM (SELECT hash FROM ledger_nodes AS node \
                     WHERE node.level = span.level AND place >= first AND place < first + count \
                     ORDER BY place LIMIT count) AS nodes) \
             END \
             FROM unnest((SELECT $1::int[]), (SELECT $2::bigint[]), (SELECT $3::bigint[])) \
                 WITH ORDINALITY AS span (level, first, count, number) ORDER BY number \
         ), (SELECT body FROM ledger_events WHERE position = $4)";
    let level = |span: &Span| i32::try_from(span.level).unwrap_or(i32::MAX);
    let levels: Vec<_> = spans.iter().map(level).collect();
    let firsts: Vec<_> = spans.iter().map(|span| signed(span.first)).collect();
    let counts: Vec<_> = spans.iter().map(|span| signed(span.count)).collect();
    let query = sqlx::query_as(HASHES).bind(levels).bind(firsts).bind(counts);
    let query = query.bind(event.map(|it| signed(it.0)));
    let (found, body): (Vec<Option<Vec<u8>>>, _) = query.fetch_one(pool).await?;
    let each = |(found, span): (Option<Vec<u8>>, &Span)| match found
        .as_deref()
        .map(<[u8]>::as_chunks)
    {
        None => Ok(Vec::new()),
        Some((hashes, [])) => Ok(hashes.to_vec()),
        Some(_) => Err(Error::Damaged(format!("a hash of level {} has not 32 bytes", span.level))),
    };
    let hashes = found.into_iter().zip(spans).map(each).collect::<Result<_, Error>>()?;
    Ok((hashes, body))
}

fn stored(row: &PgRow) -> Result<Stored, Error> {
    let position = Position(unsigned(row.try_get(0)?));
    Ok(Stored { position, bytes: row.try_get::<&[u8], _>(1)?.to_vec() })
}

/// Tells `feed` where the head is, as other processes move it. Runs until it is aborted.
pub(crate) async fn listen(pool: PgPool, feed: Arc<Feed>) {
    loop {
        if let Err(error) = listen_once(&pool, &feed).await {
            tracing::warn!(%error, "the feed of other processes is interrupted");
        }
        sleep(POLL).await;
    }
}

async fn listen_once(pool: &PgPool, feed: &Feed) -> Result<(), Error> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    loop {
        feed.seen(head(pool).await?);
        // Own commits are known already. Anything else, a hint or a second gone by, is looked at.
        while let Ok(heard) = timeout(POLL, listener.recv()).await {
            if hint(heard?.payload()) > feed.head().position {
                break;
            }
        }
    }
}
