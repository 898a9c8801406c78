//! The stored rows as they are, each column of each.
use rusqlite::Connection;
use sqlx::Row as _;
use sqlx::postgres::{PgPool, PgRow};
use uuid::Uuid;

use crate::ledger::{Error, Store, signed, unsigned};

/// A row of the events' table.
pub(super) struct Row {
    pub position: i64,
    pub leaf: Vec<u8>,
    pub body: Vec<u8>,
    pub aggregate: String,
    pub id: String,
    pub sequence: i64,
    pub event_type: String,
    pub recorded_at: i64,
    pub command_id: Option<String>,
    pub command_digest: Option<Vec<u8>>,
    pub command_last: Option<i64>,
}

/// The row of the head's table.
pub(super) struct HeadRow {
    /// Whether there is no other one.
    pub alone: bool,
    pub position: i64,
    pub root: Vec<u8>,
    pub frontier: Vec<u8>,
    pub recorded_at: i64,
}

/// The first rows after the position `after`.
pub(super) async fn page(store: &Store, after: u64, limit: usize) -> Result<Vec<Row>, Error> {
    let (after, limit) = (signed(after), i64::try_from(limit).unwrap_or(i64::MAX));
    match store {
        Store::Sqlite(readers) => readers.run(move |it| sqlite_page(it, after, limit)).await,
        Store::Postgres(pool) => postgres_page(pool, after, limit).await,
    }
}

fn sqlite_page(connection: &Connection, after: i64, limit: i64) -> Result<Vec<Row>, Error> {
    const PAGE: &str = "SELECT position, leaf, body, aggregate_type, aggregate_id, sequence, \
         event_type, recorded_at, command_id, command_digest, command_last \
         FROM events WHERE position > ? ORDER BY position LIMIT ?";
    let mut statement = connection.prepare_cached(PAGE)?;
    let rows = statement.query_map((after, limit), |row| {
        Ok(Row {
            position: row.get(0)?,
            leaf: row.get(1)?,
            body: row.get(2)?,
            aggregate: row.get(3)?,
            id: row.get(4)?,
            sequence: row.get(5)?,
            event_type: row.get(6)?,
            recorded_at: row.get(7)?,
            command_id: row.get(8)?,
            command_digest: row.get(9)?,
            command_last: row.get(10)?,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

async fn postgres_page(pool: &PgPool, after: i64, limit: i64) -> Result<Vec<Row>, Error> {
    const PAGE: &str = "SELECT position, leaf, body, aggregate_type, aggregate_id, sequence, \
         event_type, recorded_at, command_id, command_digest, command_last \
         FROM ledger_events WHERE position > $1 ORDER BY position LIMIT $2";
    let rows = sqlx::query(PAGE).bind(after).bind(limit).fetch_all(pool).await?;
    let read = |row: &PgRow| -> Result<Row, sqlx::Error> {
        Ok(Row {
            position: row.try_get(0)?,
            leaf: row.try_get(1)?,
            body: row.try_get(2)?,
            aggregate: row.try_get(3)?,
            id: row.try_get(4)?,
            sequence: row.try_get(5)?,
            event_type: row.try_get(6)?,
            recorded_at: row.try_get(7)?,
            command_id: row.try_get::<Option<Uuid>, _>(8)?.map(|it| it.to_string()),
            command_digest: row.try_get(9)?,
            command_last: row.try_get(10)?,
        })
    };
    Ok(rows.iter().map(read).collect::<Result<_, _>>()?)
}

/// The head.
pub(super) async fn head(store: &Store) -> Result<HeadRow, Error> {
    let (position, root, frontier, recorded_at, alone) = match store {
        Store::Sqlite(readers) => {
            const HEAD: &str = "SELECT position, root, frontier, recorded_at, \
                 (SELECT count(*) FROM head) = 1 FROM head WHERE id = 1";
            let columns = |row: &rusqlite::Row<'_>| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
            };
            readers.run(move |it| Ok(it.query_row(HEAD, [], columns)?)).await?
        }
        Store::Postgres(pool) => {
            const HEAD: &str = "SELECT position, root, frontier, recorded_at, \
                 (SELECT count(*) FROM ledger_head) = 1 FROM ledger_head WHERE id = 1";
            sqlx::query_as(HEAD).fetch_one(pool).await?
        }
    };
    Ok(HeadRow { alone, position, root, frontier, recorded_at })
}

/// A stored node of the tree: level, index, hash.
pub(super) type NodeRow = (u32, u64, Vec<u8>);

/// Every stored node in the order of levels and indexes, and the head's position in the same view.
pub(super) async fn nodes(store: &Store) -> Result<(Vec<NodeRow>, u64), Error> {
    let rows: Vec<(i64, i64, Vec<u8>, i64)> = match store {
        Store::Sqlite(readers) => {
            const NODES: &str = "SELECT level, place, hash, position FROM nodes \
                 JOIN head ON head.id = 1 ORDER BY level, place";
            readers
                .run(|it| {
                    let mut statement = it.prepare(NODES)?;
                    let columns = |row: &rusqlite::Row<'_>| {
                        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
                    };
                    Ok(statement.query_map([], columns)?.collect::<Result<_, _>>()?)
                })
                .await?
        }
        Store::Postgres(pool) => {
            const NODES: &str = "SELECT level::bigint, place, hash, position FROM ledger_nodes \
                 JOIN ledger_head ON id = 1 ORDER BY level, place";
            sqlx::query_as(NODES).fetch_all(pool).await?
        }
    };
    let head = rows.first().map_or(0, |row| unsigned(row.3));
    let node = |(level, index, hash, _)| (u32::try_from(level).unwrap_or(0), unsigned(index), hash);
    Ok((rows.into_iter().map(node).collect(), head))
}

/// In one view of the whole: whether a row lies after the head, and whether there are as many rows as
/// the head has positions.
pub(super) async fn whole(store: &Store) -> Result<(bool, bool), Error> {
    match store {
        Store::Sqlite(readers) => {
            const WHOLE: &str = "SELECT EXISTS (SELECT 1 FROM events WHERE position > head.position), \
                 (SELECT count(*) FROM events) = head.position FROM head WHERE id = 1";
            let columns = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
            readers.run(move |it| Ok(it.query_row(WHOLE, [], columns)?)).await
        }
        Store::Postgres(pool) => {
            const WHOLE: &str = "SELECT \
                 EXISTS (SELECT FROM ledger_events WHERE position > head.position), \
                 (SELECT count(*) FROM ledger_events) = head.position \
                 FROM ledger_head AS head WHERE id = 1";
            Ok(sqlx::query_as(WHOLE).fetch_one(pool).await?)
        }
    }
}
