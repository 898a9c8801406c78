//! What can go wrong with a ledger. One variant for each thing that people can do something about.
use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use domain::recorded::{EVENT_BYTES_MAX, Unreadable};

/// What can go wrong with a ledger. Clones share the cause. No message holds a password.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// The directory or its file cannot be written to.
    #[error("{} cannot be written to", .0.display())]
    ReadOnlyPlace(PathBuf),
    /// The directory or its file cannot be opened.
    #[error("{} cannot be opened", path.display())]
    Unopened {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: Arc<io::Error>,
    },
    /// No space is left. What was refused can be sent again once there is.
    #[error("the disk of the ledger is full; nothing was recorded")]
    DiskFull,
    /// The database cannot be reached. Nothing was recorded.
    #[error("the database of the ledger cannot be reached")]
    DatabaseAway(#[source] Arc<sqlx::Error>),
    /// The URL of the database is none.
    #[error("the address of the database is not of the form postgres://user@host/name")]
    BadAddress,
    /// The file or the database is damaged.
    #[error("the ledger is damaged: {0}")]
    Damaged(String),
    /// The tables were made by a later version of this program.
    #[error(
        "the ledger's tables have version {found}, newer than the {known} that this program \
         knows: use a newer version of tiwizi"
    )]
    NewerSchema {
        /// The version of the tables.
        found: i64,
        /// The newest version that this program knows.
        known: i64,
    },
    /// The tables are older than this program, and it must not change them.
    #[error(
        "the ledger's tables have version {found}, older than {known}: open it for writing once"
    )]
    OlderSchema {
        /// The version of the tables.
        found: i64,
        /// The version that this program needs.
        known: i64,
    },
    /// There is something, but no ledger.
    #[error("{0} holds no ledger")]
    NotALedger(String),
    /// Another process writes to the same file.
    #[error("another process has {} open for writing", .0.display())]
    InUse(PathBuf),
    /// An event is longer than the ledger takes.
    #[error("an event of {bytes} bytes is longer than the {EVENT_BYTES_MAX} that the ledger takes")]
    EventTooLarge {
        /// Its length with everything that the ledger adds.
        bytes: usize,
    },
    /// An event or a command has no exact JSON form: a float, or an integer beyond ±(2^53−1).
    #[error("a value has no exact JSON form")]
    Inexact(#[source] Arc<serde_json::Error>),
    /// A stored event cannot be read.
    #[error(transparent)]
    Unreadable(Arc<Unreadable>),
    /// A submission caused no event: there is nothing to give a receipt for.
    #[error("the command causes no event")]
    NothingToRecord,
    /// Other writers kept changing the same aggregates.
    #[error("the same records are being changed by others all the time: try again")]
    Contended,
    /// The connection was lost while the command was being recorded, and has not come back.
    #[error(
        "the connection was lost while the command was being recorded: send it again with the \
         same command id to learn whether it was"
    )]
    OutcomeUnknown,
    /// The ledger was closed, or opened for reading alone.
    #[error("the ledger is not open for writing")]
    NotWritable,
    /// SQLite failed in another way.
    #[error("SQLite failed")]
    Sqlite(#[source] Arc<rusqlite::Error>),
    /// PostgreSQL failed in another way.
    #[error("PostgreSQL failed")]
    Postgres(#[source] Arc<sqlx::Error>),
}

impl From<Unreadable> for Error {
    fn from(unreadable: Unreadable) -> Self {
        Self::Unreadable(Arc::new(unreadable))
    }
}

impl From<serde_json::Error> for Error {
    fn from(inexact: serde_json::Error) -> Self {
        Self::Inexact(Arc::new(inexact))
    }
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        match error.sqlite_error_code() {
            Some(Code::DiskFull) => Self::DiskFull,
            Some(Code::DatabaseCorrupt | Code::NotADatabase) => Self::Damaged(error.to_string()),
            _ => Self::Sqlite(Arc::new(error)),
        }
    }
}

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Self {
        let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
        match (&error, code.as_deref()) {
            (_, Some("53100")) => Self::DiskFull,
            (_, Some(code)) if code.starts_with("XX") => Self::Damaged(error.to_string()),
            _ if lost(&error) => Self::DatabaseAway(Arc::new(error)),
            (sqlx::Error::Configuration(_), _) => Self::BadAddress,
            _ => Self::Postgres(Arc::new(error)),
        }
    }
}

/// Whether the connection is gone, or was never there: classes 08 (connection), 57P (the server
/// stops, starts, or ended the session), 3D (no such database) and 28 (not let in) of SQLSTATE.
pub(crate) fn lost(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(it) => it.code().is_some_and(|code| {
            ["08", "57P", "3D", "28", "53300"].iter().any(|class| code.starts_with(class))
        }),
        _ => false,
    }
}
