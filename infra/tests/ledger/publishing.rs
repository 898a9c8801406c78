//! A ledger whose log is published: what the tests of the log begin with.
use infra::ledger::Ledger;
use infra::log::{Error, Log};
use tempfile::TempDir;

use super::home::*;

pub const ORIGIN: &str = "tiwizi.example/souss-massa";

/// Where the log's key and its anchor are kept.
pub fn folder() -> TempDir {
    tempfile::tempdir().expect("a directory")
}

/// Records so many events.
pub async fn grow(ledger: &Ledger, events: usize) {
    for _ in 0..events {
        submit(ledger, new_commitment(), offer()).await;
    }
}

/// Publishes the log.
pub async fn publish(ledger: &Ledger, folder: &TempDir) -> Result<Log, Error> {
    Log::open(ledger.clone(), ORIGIN, folder.path()).await
}
