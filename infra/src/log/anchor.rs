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
    let beside = with_suffix(path, "new");
    // What a crash left there may have other permissions.
    match fs::remove_file(&beside) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = File::options().write(true).create_new(true).mode(mode).open(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)?;
    sync_folder_of(path)
}

/// Makes durable which names the folder of `path` holds.
pub(super) fn sync_folder_of(path: &Path) -> std::io::Result<()> {
    File::open(path.parent().unwrap_or(Path::new(".")))?.sync_all()
}

/// `log.key` and `new` are `log.key.new`.
pub(super) fn with_suffix(path: &Path, suffix: impl std::fmt::Display) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{suffix}"));
    name.into()
}

#[cfg(test)]
mod tests;
