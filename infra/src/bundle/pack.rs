//! The file that a bundle is: a ZIP archive, each of whose files is hashed as it is written.
use std::io::{self, Seek, Write};

use sha2::{Digest as _, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::{Error, File};
use crate::transparency::tree::Hash;

/// A bundle under way.
pub(super) struct Pack<W: Write + Seek> {
    zip: ZipWriter<W>,
    files: Vec<File>,
    name: String,
    sum: Sha256,
    bytes: u64,
}

impl<W: Write + Seek> Pack<W> {
    pub(super) fn new(out: W) -> Self {
        let zip = ZipWriter::new(out).set_auto_large_file();
        Self { zip, files: Vec::new(), name: String::new(), sum: Sha256::new(), bytes: 0 }
    }

    /// Begins a file; what is written from now on is its own.
    pub(super) fn begin(&mut self, name: &str) -> Result<&mut Self, Error> {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Stored)
            .last_modified_time(DateTime::default())
            .unix_permissions(0o644);
        self.zip.start_file(name, options)?;
        name.clone_into(&mut self.name);
        (self.sum, self.bytes) = (Sha256::new(), 0);
        Ok(self)
    }

    /// Ends it.
    pub(super) fn end(&mut self) -> Hash {
        let digest: Hash = std::mem::take(&mut self.sum).finalize().into();
        let (path, bytes) = (std::mem::take(&mut self.name), self.bytes);
        self.files.push(File { path, sha256: hex::encode(digest), bytes });
        digest
    }

    /// A whole file.
    pub(super) fn file(&mut self, name: &str, bytes: &[u8]) -> Result<Hash, Error> {
        self.begin(name)?.write_all(bytes)?;
        Ok(self.end())
    }

    /// Every file so far, in the order of their names.
    pub(super) fn files(&self) -> Vec<File> {
        let mut files = self.files.clone();
        files.sort_unstable_by(|one, other| one.path.cmp(&other.path));
        files
    }

    pub(super) fn finish(self) -> Result<(), Error> {
        self.zip.finish()?.flush()?;
        Ok(())
    }
}

impl<W: Write + Seek> Write for Pack<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.zip.write(bytes)?;
        self.sum.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.zip.flush()
    }
}
