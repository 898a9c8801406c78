//! The log before it is published: what this process alone may sign, and change the keys of.
use std::fs::{File, TryLockError};
use std::path::Path;
use std::sync::Arc;

use signed_note::{Note, Signer};

use super::{Error, Log, Publisher, anchor};
use crate::ledger::Ledger;
use crate::transparency::receipt::Unproven;

/// The log, held by this process: its keys, its anchor and the ledger agree, and nothing is signed yet.
pub struct Unpublished {
    pub(super) ledger: Ledger,
    pub(super) publisher: Publisher,
    pub(super) held: File,
}

impl Unpublished {
    /// Every key that will sign, as others verify by it, the newest last.
    pub fn keys(&self) -> &[String] {
        self.publisher.keys.public()
    }

    /// Makes a new key, the newest. The others go on signing beside it.
    pub fn add_key(&mut self) -> Result<(), Error> {
        self.publisher.keys.add(&self.publisher.origin)
    }

    /// Takes out `key`: it signs no more. The others sign the anchor first, which would prove nothing
    /// to this log without the key otherwise.
    pub fn take_out(&mut self, key: &str) -> Result<(), Error> {
        self.publisher.sign_the_anchor_again()?;
        self.publisher.keys.take_out(key, &self.publisher.origin)
    }

    /// Signs what the ledger has come to, and goes on as it grows.
    pub async fn publish(self) -> Result<Log, Error> {
        Log::publish(self).await
    }
}

impl Publisher {
    /// Puts the signature of every key under what was published last.
    fn sign_the_anchor_again(&self) -> Result<(), Error> {
        let Some(note) = anchor::read(&self.folder)? else { return Ok(()) };
        let path = || anchor::path(&self.folder);
        let unread =
            |_| Error::AnchorUnproven { path: path(), why: Unproven::CheckpointUnreadable };
        let mut note = Note::from_bytes(&note).map_err(unread)?;
        let signers: Vec<&dyn Signer> = self.keys.signers().collect();
        note.add_sigs(&signers).map_err(|_| Error::NoKey(self.keys.path().to_owned()))?;
        anchor::write(&self.folder, &note.to_bytes())
    }
}

/// Keeps other processes from the log in `folder` until what it gives is dropped.
pub(super) fn hold(folder: &Path) -> Result<File, Error> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let path = folder.join("log.lock");
    let failed = |error| Error::File { path: path.clone(), source: Arc::new(error) };
    let mut options = File::options();
    let options = options.write(true).create(true).truncate(false).mode(0o600);
    let lock = options.open(&path).map_err(failed)?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(Error::InUse(folder.to_owned())),
        Err(TryLockError::Error(error)) => Err(failed(error)),
    }
}
