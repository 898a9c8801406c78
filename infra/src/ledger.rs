//! One door to the ledger, whichever store keeps it.
#![allow(missing_docs, unused_variables, clippy::todo, clippy::unused_async)]
use std::path::PathBuf;
use std::sync::Arc;

use domain::aggregate::{Decider, Refusal};
use domain::ids::CommandId;
use domain::recorded::{Position, Provenance, Recorded};
use futures_util::Stream;
use jiff::Timestamp;

/// Where a ledger is kept.
#[derive(Clone, Debug)]
pub enum Place {
    /// `ledger.sqlite` in this data directory.
    Directory(PathBuf),
    /// A PostgreSQL database, by its URL. It holds a password: never logged.
    Postgres(String),
}

/// Where `recorded_at` comes from.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// The ledger after its last event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The position of the last event; 0 where there is none.
    pub position: Position,
    /// The root hash of the tree over all events (RFC 6962, §2.1).
    pub root: [u8; 32],
    /// When the last event was recorded.
    pub recorded_at: Timestamp,
}

/// What a caller keeps of an executed command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Receipt {
    pub command: CommandId,
    /// The positions of the first and the last event that the command caused.
    pub first: Position,
    pub last: Position,
    /// The leaf hash of the last event.
    pub leaf: [u8; 32],
    /// The root of the tree over the events 1 to `last`.
    pub root: [u8; 32],
    pub recorded_at: Timestamp,
}

/// One event as it is kept: the bytes that are hashed and parsed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    pub position: Position,
    pub bytes: Vec<u8>,
}

/// One command, or several that are recorded together or not at all.
pub struct Submission {}

impl Submission {
    /// Nothing yet, said by whom and why. `provenance.command.digest` is filled in by `submit`
    /// from the steps' commands.
    pub fn new(provenance: Provenance) -> Self {
        todo!()
    }

    /// Then `command` to the aggregate `id`.
    #[must_use]
    pub fn step<A: Decider>(self, id: A::Id, command: A::Command) -> Self
    where
        A::Command: Clone + serde::Serialize + Sync + 'static,
    {
        todo!()
    }

    /// Then, to the aggregate `id`, the command that `make` reads off another aggregate. The
    /// submission is recorded only if `read` has not moved meanwhile.
    #[must_use]
    pub fn step_reading<A: Decider, B: Decider>(
        self,
        id: A::Id,
        read: B::Id,
        make: impl Fn(&B) -> A::Command + Send + Sync + 'static,
    ) -> Self
    where
        A::Command: serde::Serialize,
    {
        todo!()
    }
}

/// Why a submission was not recorded.
#[derive(Debug, thiserror::Error)]
pub enum SubmitError {
    /// A rule said no.
    #[error(transparent)]
    Refused(Refusal),
    /// The command id was used for another command.
    #[error("the command id {0} was used before, for another command")]
    CommandReused(CommandId),
    /// The ledger failed; nothing was recorded.
    #[error(transparent)]
    Ledger(#[from] Error),
}

/// What can go wrong with a ledger.
#[derive(Debug, thiserror::Error)]
pub enum Error {}

/// A ledger, open. Clones share it.
#[derive(Clone)]
pub struct Ledger {}

impl Ledger {
    /// Opens the ledger at `place`: makes its tables where they lack, checks their version, and
    /// starts the one writer of this process.
    pub async fn open(place: &Place, clock: Clock) -> Result<Self, Error> {
        todo!()
    }

    /// Opens it for reading alone: no migration, no writer, works on a read-only directory.
    pub async fn open_read_only(place: &Place) -> Result<Self, Error> {
        todo!()
    }

    /// The head as this process last saw it.
    pub fn head(&self) -> Head {
        todo!()
    }

    /// Decides and records. A retry (the same command id and commands) gets the first receipt.
    pub async fn submit(&self, submission: Submission) -> Result<Receipt, SubmitError> {
        todo!()
    }

    /// At most `limit` events after `after`, in order.
    pub async fn read(&self, after: Position, limit: usize) -> Result<Vec<Stored>, Error> {
        todo!()
    }

    /// Every event of one stream, in order.
    pub async fn stream(&self, aggregate: &str, id: uuid::Uuid) -> Result<Vec<Stored>, Error> {
        todo!()
    }

    /// Every event after `after`, in order and without end, in batches as they are committed.
    pub fn follow(
        &self,
        after: Position,
    ) -> impl Stream<Item = Result<Vec<Arc<Recorded>>, Error>> + Send + use<> {
        futures_util::stream::pending()
    }

    /// Waits until what was submitted is committed, then stops the writer.
    pub async fn close(&self) {
        todo!()
    }
}
