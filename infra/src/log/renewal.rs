//! A log goes on under another origin; what was kept of the one before is set aside, never deleted.
//!
//! ```text
//! the next key is kept ─▶ the ledger records it ─▶ anchor aside ─▶ old keys aside ─▶ it is the key
//! ```
//!
//! Until the last step a server finds keys of another log here, and signs nothing. Whoever stops at
//! any step can begin again.
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use zeroize::Zeroizing;

use super::anchor::{self, sync_folder_of, with_suffix};
use super::{Error, Keys, held, keys, verifiers};
use crate::transparency::checkpoint::Checkpoint;
use crate::transparency::receipt::verified;

/// The folder of a log whose origin is renewed, held by this process.
pub struct Renewal {
    folder: PathBuf,
    _held: File,
}

impl Renewal {
    /// Holds the log that is kept in `folder`.
    pub fn begin(folder: &Path) -> Result<Self, Error> {
        Ok(Self { folder: folder.to_owned(), _held: held::hold(folder)? })
    }

    /// The key that will sign under `origin`, as others verify by it. It is made here, or was by a
    /// renewal that was interrupted.
    pub fn next_key(&self, origin: &str) -> Result<String, Error> {
        let path = keys::next_path(&self.folder);
        let keys = match Keys::at(path.clone(), origin) {
            Ok(Some(keys)) => keys,
            // No ledger has recorded a key that waits for another origin.
            Ok(None) | Err(Error::KeyOfAnotherLog { .. }) => Keys::make(path.clone(), origin)?,
            Err(error) => return Err(error),
        };
        keys.public().first().cloned().ok_or(Error::NoKey(path))
    }

    /// The last checkpoint under `origin`, where one was kept and a key of this folder, or one of
    /// `known`, signed it.
    pub fn last_checkpoint(
        &self,
        origin: &str,
        known: impl IntoIterator<Item = String>,
    ) -> Result<Option<Checkpoint>, Error> {
        let Some(note) = anchor::read(&self.folder)? else { return Ok(None) };
        // A key file that cannot be used is no reason to stay: it is set aside.
        let own = Keys::find(&self.folder, origin).ok().flatten();
        let own = own.iter().flat_map(Keys::public).cloned();
        let known: BTreeSet<String> = known.into_iter().chain(own).collect();
        let trusted = verifiers(&known.into_iter().collect::<Vec<_>>());
        let proven = trusted.and_then(|trusted| verified(&note, &trusted).ok());
        Ok(proven.filter(|it| it.origin == origin))
    }

    /// Puts the next key in its place once the ledger is published under `origin`, and sets aside
    /// what was kept of the log before. Whether there was anything left to do.
    pub fn finish(&self, origin: &str) -> Result<bool, Error> {
        let next = keys::next_path(&self.folder);
        match Keys::at(next.clone(), origin) {
            Ok(Some(_)) => {}
            Ok(None) | Err(Error::KeyOfAnotherLog { .. }) => return Ok(false),
            Err(error) => return Err(error),
        }
        let (anchor, key) = (anchor::path(&self.folder), keys::path(&self.folder));
        let failed = |path: &Path| {
            let path = path.to_owned();
            move |error| Error::File { path, source: Arc::new(error) }
        };
        set_aside(&anchor).map_err(failed(&anchor))?;
        fs::remove_file(&anchor).or_else(absent).map_err(failed(&anchor))?;
        set_aside(&key).map_err(failed(&key))?;
        fs::rename(&next, &key).map_err(failed(&key))?;
        sync_folder_of(&key).map_err(failed(&key))?;
        Ok(true)
    }
}

/// Gives the file at `path` a second name, the first free one of `log.key.1`, `log.key.2` and so on;
/// none where it has one already, or is not there.
fn set_aside(path: &Path) -> io::Result<()> {
    let bytes = match fs::read(path) {
        Ok(bytes) => Zeroizing::new(bytes),
        Err(error) => return absent(error),
    };
    for number in 1_u32.. {
        let aside = with_suffix(path, number);
        match fs::hard_link(path, &aside) {
            Ok(()) => break,
            Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
            Err(_) if Zeroizing::new(fs::read(&aside)?) == bytes => break,
            Err(_) => {}
        }
    }
    sync_folder_of(path)
}

/// What is not there needs nothing more.
fn absent(error: io::Error) -> io::Result<()> {
    if error.kind() == ErrorKind::NotFound { Ok(()) } else { Err(error) }
}
