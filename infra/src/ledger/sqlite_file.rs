//! Opening the file: who may write to it, its tables' version, and its connections for reading.
use std::fs::{DirBuilder, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, ErrorCode, OpenFlags};

use super::Error;
use super::sqlite::version;

/// `TIWI`: what SQLite's header calls the application that a file belongs to.
pub(crate) const APPLICATION: i64 = 0x5449_5749;
/// The tables, each version on top of the one before it.
const MIGRATIONS: &[&str] = &[include_str!("../../migrations/sqlite/1_ledger.sql")];
/// The largest file that is checked as a whole when it is opened.
const CHECKED_BYTES_MAX: u64 = 4 << 20;
/// How many prepared statements a connection keeps.
const STATEMENTS: usize = 32;

/// The name of the ledger's file in its data directory.
const FILE: &str = "ledger.sqlite";
const LOCK: &str = "ledger.lock";

/// A ledger's file, open for writing.
pub(crate) struct Opened {
    pub connection: Connection,
    /// Held as long as this process writes.
    _lock: File,
}

/// The file in the data directory `directory`.
pub(crate) fn file(directory: &Path) -> PathBuf {
    directory.join(FILE)
}

/// Opens the file for writing: makes the directory (for its owner alone), the file and the tables
/// where they lack.
pub(crate) fn open(directory: &Path) -> Result<Opened, Error> {
    make(directory)?;
    let lock = lock(directory)?;
    let path = file(directory);
    private(&path, directory)?;
    let mut connection = Connection::open(&path)?;
    prepare(&mut connection, &path).map_err(|error| writable(error, directory))?;
    Ok(Opened { connection, _lock: lock })
}

fn prepare(connection: &mut Connection, path: &Path) -> Result<(), Error> {
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.busy_timeout(std::time::Duration::from_secs(10))?;
    let found = version(connection, path)?;
    let known = newest();
    if found > known {
        return Err(Error::NewerSchema { found, known });
    }
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    let transaction = connection.transaction()?;
    for migration in &MIGRATIONS[usize::try_from(found).unwrap_or(0)..] {
        transaction.execute_batch(migration)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", known)?;
    transaction.commit()?;
    check(connection, path)
}

/// Reads a small file as a whole. Damage in a large one shows when it is read, and in the audit.
fn check(connection: &Connection, path: &Path) -> Result<(), Error> {
    if path.metadata().is_ok_and(|it| it.len() > CHECKED_BYTES_MAX) {
        return Ok(());
    }
    let verdict: String = connection.pragma_query_value(None, "quick_check", |row| row.get(0))?;
    if verdict == "ok" { Ok(()) } else { Err(Error::Damaged(verdict)) }
}

fn newest() -> i64 {
    i64::try_from(MIGRATIONS.len()).unwrap_or(i64::MAX)
}

fn make(directory: &Path) -> Result<(), Error> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(directory).map_err(|source| unopened(directory, source))
}

fn lock(directory: &Path) -> Result<File, Error> {
    let path = directory.join(LOCK);
    let lock = private(&path, directory)?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(Error::InUse(file(directory))),
        Err(TryLockError::Error(source)) => Err(unopened(&path, source)),
    }
}

/// Makes the file where it lacks, readable for its owner alone. SQLite gives its companions
/// (`-wal`, `-shm`) the same mode.
fn private(path: &Path, directory: &Path) -> Result<File, Error> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(|source| unopened(directory, source))
}

fn unopened(path: &Path, source: io::Error) -> Error {
    let path = path.to_owned();
    match source.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            Error::ReadOnlyPlace(path)
        }
        io::ErrorKind::StorageFull => Error::DiskFull,
        _ => Error::Unopened { path, source: Arc::new(source) },
    }
}

fn writable(error: Error, directory: &Path) -> Error {
    match &error {
        Error::Sqlite(it) => match it.sqlite_error_code() {
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Error::ReadOnlyPlace(directory.to_owned())
            }
            _ => error,
        },
        _ => error,
    }
}

/// Connections that read, as many as are used at once.
pub(crate) struct Readers {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl Readers {
    /// Of the file in `directory`, which must be a ledger of a version that this program reads.
    pub fn open(directory: &Path) -> Result<Self, Error> {
        let path = file(directory);
        if !path.exists() {
            return Err(Error::NotALedger(directory.display().to_string()));
        }
        let readers = Self { path, idle: Mutex::new(Vec::new()) };
        let connection = readers.connect()?;
        let (found, known) = (version(&connection, &readers.path)?, newest());
        if found == 0 {
            return Err(Error::NotALedger(readers.path.display().to_string()));
        }
        if found > known {
            return Err(Error::NewerSchema { found, known });
        }
        if found < known {
            return Err(Error::OlderSchema { found, known });
        }
        readers.give_back(connection);
        Ok(readers)
    }

    /// Does `work` with a connection, on a thread that may wait.
    pub async fn run<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let readers = Arc::clone(self);
        let done = tokio::task::spawn_blocking(move || readers.run_here(work)).await;
        done.unwrap_or_else(|stopped| match stopped.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => Err(Error::NotWritable),
        })
    }

    /// Does `work` with a connection, on this thread.
    pub fn run_here<T>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let connection = idle.map_or_else(|| self.connect(), Ok)?;
        let outcome = work(&connection);
        if outcome.is_ok() {
            self.give_back(connection);
        }
        outcome
    }

    /// Closes the connections that nobody uses.
    pub fn rest(&self) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    fn give_back(&self, connection: Connection) {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(connection);
    }

    fn connect(&self) -> Result<Connection, Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let open = |path: &Path, flags| -> Result<Connection, rusqlite::Error> {
            let connection = Connection::open_with_flags(path, flags)?;
            connection.set_prepared_statement_cache_capacity(STATEMENTS);
            connection.busy_timeout(std::time::Duration::from_secs(10))?;
            connection.pragma_query(None, "schema_version", |_| Ok(()))?;
            Ok(connection)
        };
        match open(&self.path, flags) {
            // SQLite wants to put an index of the write-ahead log beside the file. Where it may
            // not, and there is no log, nobody is writing: only the file's owner could.
            Err(error) if self.is_at_rest() && cannot_write(&error) => {
                let uri = format!("file:{}?immutable=1", encoded(&self.path));
                Ok(open(Path::new(&uri), flags | OpenFlags::SQLITE_OPEN_URI)?)
            }
            opened => Ok(opened?),
        }
    }

    fn is_at_rest(&self) -> bool {
        let log = self.path.with_extension("sqlite-wal");
        !log.metadata().is_ok_and(|it| it.len() > 0)
    }
}

fn cannot_write(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen))
}

/// A path as part of an URI: what SQLite would read as something else is escaped.
fn encoded(path: &Path) -> String {
    path.display().to_string().replace('%', "%25").replace('?', "%3f").replace('#', "%23")
}
