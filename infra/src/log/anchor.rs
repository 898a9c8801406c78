//! The last published checkpoint, in a file of its own outside the database.
use std::fs::{self, File};
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Error;

/// Where the anchor is kept in `folder`.
pub(super) fn path(folder: &Path) -> PathBuf {
    folder.join("log.checkpoint")
}

/// The anchor, where one was kept.
pub(super) fn read(folder: &Path) -> Result<Option<Vec<u8>>, Error> {
    let path = path(folder);
    match fs::read(&path) {
        Ok(note) => Ok(Some(note)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Error::File { path, source: Arc::new(error) }),
    }
}

/// Keeps `note`: what was there before is there until this is on the disk.
pub(super) fn write(folder: &Path, note: &[u8]) -> Result<(), Error> {
    let path = path(folder);
    replace(&path, note, 0o644).map_err(|error| Error::File { path, source: Arc::new(error) })
}

/// Puts `bytes` in the place of the file at `path`, durably, with the permissions `mode`.
pub(super) fn replace(path: &Path, bytes: &[u8], mode: u32) -> std::io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let folder = path.parent().unwrap_or(Path::new("."));
    let beside = path.with_extension("new");
    let mut file =
        File::options().write(true).create(true).truncate(true).mode(mode).open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests;
