//! The evidence bundle: what an auditor of public funds takes away, in one file that is checked
//! without the server.
//!
//! ```text
//! README.txt                    how it is checked, in French and English
//! attachments.json              the files that the records name, by their SHA-256
//! checkpoint                    the signed note (c2sp.org/tlog-checkpoint)
//! history.csv, history.ndjson   the records, for people and for programs
//! keys.json                     every key of the log, since when and until when, and whether it signed
//! keys.txt                      the keys that signed
//! openssl/…                     the same signature in the forms that OpenSSL reads
//! receipts/<position>.tlog-proof
//! tile/…                        the hashes that lead from the records to the root (c2sp.org/tlog-tiles)
//! tile/entries/…                every record, where the scope is all
//! time/<size>.{tsr,checkpoint}  the newest time token that is there, and what it stamps
//! manifest.json                 SHA-256 and length of each of them, the scope, and the counts
//! SHA256SUMS                    the same and the manifest's own, for sha256sum -c
//! ```
//!
//! Its making is an event, which names the digest of the manifest; the receipt of that event lies
//! beside the file, since it can only be had afterwards. The same scope, size and keys give the same
//! bytes: files are stored in one order, with one date, and without compression, whose output depends
//! on the machine.
mod check;
mod history;
mod openssl;
mod pack;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Seek, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::genesis::Scope;
use domain::recorded::Position;
use serde::{Deserialize, Serialize};

pub use self::check::{Fault, Sound, check};
use self::history::{Attachments, Csv, Keys, Ndjson};
use self::pack::Pack;
use crate::ledger::{self, Ledger, Stored};
use crate::log::{self, Log};
use crate::transparency::path::Resource;
use crate::transparency::proof::{Tile, tiles};
use crate::transparency::tree::Hash;

/// The form of a bundle that this program writes and reads.
const FORMAT: &str = "tiwizi-bundle@v1";
/// The most records that each get a receipt of their own; more are proven by the tiles alone.
pub const RECEIPTS_MAX: usize = 10_000;
const PAGE: usize = 1_000;
const README: &str = include_str!("bundle/README.txt");

/// Why no bundle was made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The ledger failed.
    #[error(transparent)]
    Ledger(#[from] ledger::Error),
    /// The log failed.
    #[error(transparent)]
    Log(#[from] log::Error),
    /// The file cannot be written.
    #[error("the bundle cannot be written: {0}")]
    File(#[from] io::Error),
    /// The file cannot be put together.
    #[error("the bundle cannot be written: {0}")]
    Zip(#[from] zip::result::ZipError),
    /// So many events are not published, or a record lies beyond them.
    #[error("{0} events are not published")]
    Unpublished(u64),
    /// A file of the log's state cannot be read.
    #[error("{} cannot be read", path.display())]
    State {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: Arc<io::Error>,
    },
}

/// One file of the bundle.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    /// Its name in the bundle.
    pub path: String,
    /// In hexadecimal.
    pub sha256: String,
    /// How long it is.
    pub bytes: u64,
}

/// What a bundle holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// [`FORMAT`].
    pub format: String,
    /// Which records.
    pub scope: Scope,
    /// Of which log.
    pub origin: String,
    /// How many entries the log had.
    pub size: u64,
    /// The root of the tree over them, in hexadecimal.
    pub root: String,
    /// How many records are in the bundle.
    pub records: usize,
    /// Of how many aggregates.
    pub subjects: usize,
    /// Every file but the manifest and `SHA256SUMS`, in the order of their names.
    pub files: Vec<File>,
}

impl Manifest {
    /// As it is written.
    fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(self).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// `SHA256SUMS`, which names the manifest too.
    fn sums(&self, manifest: &Hash) -> String {
        let files = self.files.iter().map(|it| (it.path.as_str(), it.sha256.clone()));
        let own = ("manifest.json", hex::encode(manifest));
        let mut lines: Vec<_> = files.chain([own]).collect();
        lines.sort_unstable();
        lines.iter().map(|(path, sha256)| [sha256, "  ", path, "\n"].concat()).collect()
    }
}

/// What is put into a bundle.
pub struct Order<'a> {
    /// As it was asked for.
    pub scope: &'a Scope,
    /// The records' positions, in order.
    pub chosen: &'a [Position],
    /// How many events of the ledger it speaks of.
    pub size: u64,
    /// The folder where the log's key is kept, and the time tokens.
    pub state: &'a Path,
}

/// Writes a bundle. Gives its manifest and the digest of that.
pub async fn write<W: Write + Seek>(
    ledger: &Ledger,
    log: &Log,
    order: &Order<'_>,
    out: W,
) -> Result<(Manifest, Hash), Error> {
    let beyond = order.chosen.last().is_some_and(|it| it.0 > order.size);
    let published = log.checkpoint_at(order.size).await?.filter(|_| !beyond);
    let published = published.ok_or(Error::Unpublished(order.size))?;
    let making = Making { ledger, log, order, checkpoint: &published.note };
    let mut pack = Pack::new(out);
    pack.file("README.txt", README.as_bytes())?;
    let (mut attachments, mut keys) = (Attachments::default(), Keys::default());
    let mut subjects = BTreeSet::new();
    for run in making.runs() {
        making.read(run).await?.iter().try_for_each(|it| {
            subjects.insert(history::subject(it)?);
            keys.push(it)?;
            attachments.push(it)
        })?;
    }
    pack.file("attachments.json", &attachments.to_bytes())?;
    pack.file("checkpoint", &published.note)?;
    making.histories(&mut pack).await?;
    making.keys(&keys, &mut pack)?;
    if order.chosen.len() <= RECEIPTS_MAX {
        making.receipts(&mut pack).await?;
    }
    making.tiles(&mut pack).await?;
    making.time(&mut pack)?;
    let manifest = Manifest {
        format: FORMAT.to_owned(),
        scope: order.scope.clone(),
        origin: published.checkpoint.origin.clone(),
        size: order.size,
        root: hex::encode(published.checkpoint.root),
        records: order.chosen.len(),
        subjects: subjects.len(),
        files: pack.files(),
    };
    let digest = pack.file("manifest.json", &manifest.to_bytes())?;
    pack.file("SHA256SUMS", manifest.sums(&digest).as_bytes())?;
    pack.finish()?;
    Ok((manifest, digest))
}

struct Making<'a> {
    ledger: &'a Ledger,
    log: &'a Log,
    order: &'a Order<'a>,
    checkpoint: &'a [u8],
}

impl<'a> Making<'a> {
    /// The chosen positions in runs without a gap, none longer than a page.
    fn runs(&self) -> impl Iterator<Item = &'a [Position]> {
        let runs = self.order.chosen.chunk_by(|one, next| one.next() == *next);
        runs.flat_map(|run| run.chunks(PAGE))
    }

    async fn read(&self, run: &[Position]) -> Result<Vec<Stored>, Error> {
        let before = Position(run.first().map_or(0, |it| it.0 - 1));
        Ok(self.ledger.read(before, run.len()).await?)
    }

    async fn histories<W: Write + Seek>(&self, pack: &mut Pack<W>) -> Result<(), Error> {
        let mut csv = Csv::new(pack.begin("history.csv")?)?;
        for run in self.runs() {
            self.read(run).await?.iter().try_for_each(|it| csv.push(it))?;
        }
        csv.finish()?;
        pack.end();
        let mut lines = Ndjson(pack.begin("history.ndjson")?);
        for run in self.runs() {
            self.read(run).await?.iter().try_for_each(|it| lines.push(it))?;
        }
        pack.end();
        Ok(())
    }

    fn keys<W: Write + Seek>(&self, keys: &Keys, pack: &mut Pack<W>) -> Result<(), Error> {
        let signing = self.log.keys();
        pack.file("keys.json", &keys.to_bytes(signing))?;
        pack.file("keys.txt", (signing.join("\n") + "\n").as_bytes())?;
        for (path, bytes) in openssl::files(self.checkpoint, signing) {
            pack.file(&path, &bytes)?;
        }
        Ok(())
    }

    async fn receipts<W: Write + Seek>(&self, pack: &mut Pack<W>) -> Result<(), Error> {
        let last = Position(self.order.size);
        for position in self.order.chosen {
            let included = self.ledger.inclusion(*position, last).await?;
            let included = included.ok_or(Error::Unpublished(last.0))?;
            let receipt = included.under(self.checkpoint);
            pack.file(&format!("receipts/{position}.tlog-proof"), receipt.to_string().as_bytes())?;
        }
        Ok(())
    }

    /// The tiles on the way of every chosen record to the root, and all entries where all are chosen.
    async fn tiles<W: Write + Seek>(&self, pack: &mut Pack<W>) -> Result<(), Error> {
        let size = self.order.size;
        let needed: BTreeSet<Tile> =
            self.order.chosen.iter().flat_map(|it| tiles(it.0 - 1, size)).collect();
        let is_whole = *self.order.scope == Scope::All;
        let entries = needed.iter().filter(|it| is_whole && it.level == 0);
        let entries = entries.map(|it| Resource::Entries(*it));
        for resource in needed.iter().map(|it| Resource::Hashes(*it)).chain(entries) {
            let bytes = self.log.resource(resource).await?.ok_or(Error::Unpublished(size))?;
            pack.file(&format!("tile/{resource}"), &bytes)?;
        }
        Ok(())
    }

    /// The newest time token up to this size, and the checkpoint that it stamps.
    fn time<W: Write + Seek>(&self, pack: &mut Pack<W>) -> Result<(), Error> {
        let folder = self.order.state.join("log.time");
        let unread =
            |path: &Path, error| Error::State { path: path.to_owned(), source: Arc::new(error) };
        let names = match std::fs::read_dir(&folder) {
            Ok(names) => names,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(unread(&folder, error)),
        };
        let sizes = names.filter_map(|it| {
            it.ok()?.file_name().to_str()?.strip_suffix(".tsr")?.parse::<u64>().ok()
        });
        let Some(size) = sizes.filter(|it| *it <= self.order.size).max() else { return Ok(()) };
        // Both as they are kept: the token is of these very bytes, cosignatures included.
        for part in ["checkpoint", "tsr"] {
            let path = folder.join(format!("{size}.{part}"));
            let bytes = std::fs::read(&path).map_err(|error| unread(&path, error))?;
            pack.file(&format!("time/{size}.{part}"), &bytes)?;
        }
        Ok(())
    }
}

/// The files of a bundle by their names.
fn by_name(files: &[File]) -> BTreeMap<&str, &File> {
    files.iter().map(|it| (it.path.as_str(), it)).collect()
}

#[cfg(test)]
mod tests;
