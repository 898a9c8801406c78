//! Writing batches that were not decided here: what an import needs of a store.
use sqlx::{Connection as _, PgConnection};

use super::batcher::{Batch, Tip};
use super::sqlite_file::Opened;
use super::{Error, Place, blocking, postgres, postgres_database, sqlite, sqlite_file};

/// A store, for writing whole batches.
pub(crate) enum Sink {
    Sqlite(Opened),
    Postgres(PgConnection),
}

impl Sink {
    /// Opens the ledger at `place`, making its tables where they lack.
    pub async fn open(place: &Place) -> Result<Self, Error> {
        match place {
            Place::Directory(directory) => {
                let directory = directory.clone();
                Ok(Self::Sqlite(blocking(move || sqlite_file::open(&directory)).await?))
            }
            Place::Postgres(url) => {
                let options = postgres_database::options(url)?;
                postgres_database::migrate(&options).await?;
                Ok(Self::Postgres(postgres::connect(&options).await?))
            }
        }
    }

    /// The end of the ledger.
    pub async fn tip(&mut self) -> Result<Tip, Error> {
        match self {
            Self::Sqlite(opened) => sqlite::tip(&opened.connection),
            Self::Postgres(connection) => Ok(postgres::tip(connection).await?),
        }
    }

    /// Writes a batch that begins after `tip`; `false` where the ledger ends elsewhere.
    pub async fn write(&mut self, tip: &Tip, batch: &Batch) -> Result<bool, Error> {
        match self {
            Self::Sqlite(opened) => {
                let transaction = opened.connection.transaction()?;
                if sqlite::tip(&transaction)?.frontier != tip.frontier {
                    return Ok(false);
                }
                sqlite::insert(&transaction, batch)?;
                transaction.commit()?;
                Ok(true)
            }
            Self::Postgres(connection) => Ok(postgres::insert(connection, tip, batch).await?),
        }
    }

    pub async fn close(self) {
        if let Self::Postgres(connection) = self {
            // The server notices by itself where this does not reach it.
            let _closed = connection.close().await;
        }
    }
}
