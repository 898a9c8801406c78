//! What is asked of either store by those that read.
use std::sync::Arc;

use domain::ids::CommandId;
use domain::recorded::{Position, Recorded};
use sqlx::PgPool;
use uuid::Uuid;

use super::follow::decode;
use super::postgres_database as postgres;
use super::sqlite_file::Readers;
use super::{Error, Head, Receipt, Stored, blocking, sqlite};
use crate::transparency::proof::{Known, Tile, tiles};
use crate::transparency::tree::{Frontier, Hash, Span, pieces};

/// The hashes of some spans, and the body of an event where one was asked for and is there.
pub(crate) type HashesAndBody = (Vec<Vec<Hash>>, Option<Vec<u8>>);

/// A store, for reading.
#[derive(Clone)]
pub(crate) enum Store {
    Sqlite(Arc<Readers>),
    Postgres(PgPool),
}

impl Store {
    /// Whether other processes may write to it at the same time.
    pub fn is_shared(&self) -> bool {
        match self {
            Self::Sqlite(_) => false,
            Self::Postgres(_) => true,
        }
    }

    /// Closes the connections that nobody uses. Whoever reads again opens new ones.
    pub fn rest(&self) {
        match self {
            Self::Sqlite(readers) => readers.rest(),
            // The pool does so by itself.
            Self::Postgres(_) => {}
        }
    }

    pub async fn read(&self, after: Position, limit: usize) -> Result<Vec<Stored>, Error> {
        match self {
            Self::Sqlite(readers) => readers.run(move |it| sqlite::read(it, after, limit)).await,
            Self::Postgres(pool) => postgres::read(pool, after, limit).await,
        }
    }

    /// The same, parsed where it is read: on a thread that may wait.
    pub async fn events(&self, after: Position, limit: usize) -> Result<Vec<Arc<Recorded>>, Error> {
        match self {
            Self::Sqlite(readers) => readers.run(move |it| sqlite::events(it, after, limit)).await,
            Self::Postgres(pool) => {
                let stored = postgres::read(pool, after, limit).await?;
                blocking(move || decode(&stored)).await
            }
        }
    }

    pub async fn stream(&self, aggregate: &str, id: Uuid) -> Result<Vec<Stored>, Error> {
        match self {
            Self::Sqlite(readers) => {
                let aggregate = aggregate.to_owned();
                readers.run(move |it| sqlite::stream(it, &aggregate, id)).await
            }
            Self::Postgres(pool) => postgres::stream(pool, aggregate, id).await,
        }
    }

    pub async fn head(&self) -> Result<Head, Error> {
        match self {
            Self::Sqlite(readers) => readers.run(sqlite::head).await,
            Self::Postgres(pool) => postgres::head(pool).await,
        }
    }

    /// The first and last position and the digest of an executed command.
    async fn command(&self, id: CommandId) -> Result<Option<(Position, Position, Vec<u8>)>, Error> {
        match self {
            Self::Sqlite(readers) => readers.run(move |it| sqlite::command(it, id)).await,
            Self::Postgres(pool) => postgres::command(pool, id).await,
        }
    }

    /// The stored hashes of each span, all asked for at once.
    pub async fn hashes(&self, spans: Vec<Span>) -> Result<Vec<Vec<Hash>>, Error> {
        Ok(self.hashes_and_body(spans, None).await?.0)
    }

    /// The same, and with them the body of an event, where one is asked for and is there.
    async fn hashes_and_body(
        &self,
        spans: Vec<Span>,
        event: Option<Position>,
    ) -> Result<HashesAndBody, Error> {
        let (found, body) = match self {
            Self::Sqlite(readers) => {
                let spans = spans.clone();
                readers.run(move |it| sqlite::hashes_and_body(it, &spans, event)).await?
            }
            Self::Postgres(pool) => postgres::hashes_and_body(pool, &spans, event).await?,
        };
        let lacks = |(span, hashes): &(&Span, &Vec<_>)| hashes.len() as u64 != span.count;
        match spans.iter().zip(&found).find(lacks) {
            None => Ok((found, body)),
            Some((Span { level, .. }, _)) => {
                Err(Error::Damaged(format!("hashes of level {level} are missing")))
            }
        }
    }

    /// What a proof about the leaf at `index` of the tree of `size` leaves is made from.
    pub async fn known(&self, index: u64, size: u64) -> Result<Known, Error> {
        let tiles = tiles(index, size);
        let read = self.hashes(tiles.iter().map(Tile::span).collect()).await?;
        Ok(known(size, tiles, read))
    }

    /// The same, and the event of that leaf, read at once.
    pub async fn known_with_event(&self, index: u64, size: u64) -> Result<(Known, Stored), Error> {
        let position = Position(index).next();
        let tiles = tiles(index, size);
        let spans = tiles.iter().map(Tile::span).collect();
        let (read, body) = self.hashes_and_body(spans, Some(position)).await?;
        let missing = || Error::Damaged(format!("the event at position {position} is missing"));
        let stored = Stored { position, bytes: body.ok_or_else(missing)? };
        Ok((known(size, tiles, read), stored))
    }

    /// The tree over the events 1 to `last`, from the stored hashes.
    pub async fn tree_at(&self, last: Position) -> Result<Frontier, Error> {
        let mut frontier = Frontier::default();
        let pieces = pieces(last.0);
        let read = self.hashes(pieces.clone()).await?;
        for (span, hashes) in pieces.into_iter().zip(read) {
            for hash in hashes {
                frontier.push_subtree(span.level, hash, |_| {});
            }
        }
        Ok(frontier)
    }

    /// What the command got when it was executed, with its digest.
    pub async fn receipt(&self, command: CommandId) -> Result<Option<(Receipt, Vec<u8>)>, Error> {
        let Some((first, last, digest)) = self.command(command).await? else {
            return Ok(None);
        };
        let missing = || Error::Damaged(format!("the event at position {last} is missing"));
        let before = Position(last.0.checked_sub(1).ok_or_else(missing)?);
        let stored = self.read(before, 1).await?.pop().ok_or_else(missing)?;
        let recorded_at = Recorded::read(last, &stored.bytes)?.recorded_at;
        let leaf = crate::transparency::tree::leaf(&stored.bytes);
        let root = self.tree_at(last).await?.root();
        Ok(Some((Receipt { command, first, last, leaf, root, recorded_at }, digest)))
    }
}

fn known(size: u64, tiles: Vec<Tile>, read: Vec<Vec<Hash>>) -> Known {
    let mut known = Known::of(size);
    for (tile, hashes) in tiles.into_iter().zip(read) {
        known.insert(tile, hashes);
    }
    known
}
