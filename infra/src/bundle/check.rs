//! Whether a bundle proves what it says: everything in it is derived again from its records, its
//! hashes and a trusted key.
use std::collections::BTreeSet;
use std::io::{self, BufReader, Read, Seek};

use domain::genesis;
use domain::recorded::{Fact, Position, Recorded};
use sha2::{Digest as _, Sha256};
use signed_note::VerifierList;
use zip::{CompressionMethod, ZipArchive};

use super::history::{Attachments, Csv, Keys, next, subject};
use super::{FORMAT, Manifest, Scope, by_name, openssl};
use crate::audit::outside::{ENTRIES_BYTES_MAX, leaves};
use crate::transparency::checkpoint::CHECKPOINT_BYTES_MAX;
use crate::transparency::path::Resource;
use crate::transparency::proof::{Known, TILE_WIDTH, Tile};
use crate::transparency::receipt::{RECEIPT_BYTES_MAX, Receipt, Unproven, verified};
use crate::transparency::tree::{Hash, leaf};

/// The longest manifest that is read, in bytes: one line for each receipt and tile.
const MANIFEST_BYTES_MAX: usize = 64 << 20;
const TILE_BYTES_MAX: usize = 32 * 256;
const KEYS_BYTES_MAX: usize = 64 << 10;
/// What a bundle holds beside receipts, tiles, and what belongs to time and to OpenSSL.
const FILES: [&str; 7] = [
    "README.txt",
    "attachments.json",
    "checkpoint",
    "history.csv",
    "history.ndjson",
    "keys.json",
    "keys.txt",
];

/// A bundle that proves what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sound {
    /// What it holds.
    pub manifest: Manifest,
    /// The event that says that it was made.
    pub made: Position,
}

/// Why a bundle proves nothing.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// It cannot be read as one.
    #[error("not a bundle: {0}")]
    Unreadable(String),
    /// A file is changed, missing, or not one of a bundle.
    #[error("the file {0} is not the one that the manifest names")]
    File(String),
    /// A checkpoint or a receipt proves nothing.
    #[error("{path}: {why}")]
    Unproven {
        /// Which file.
        path: String,
        /// Why.
        why: Unproven,
    },
    /// A tile does not lead to the signed root.
    #[error("the tile {0} does not lead to the root that was signed")]
    Tile(String),
    /// A record is not in the log.
    #[error("the record at position {0} is not in the log")]
    Record(Position),
    /// Records of the scope are missing, or too many.
    #[error("the records are not those of the scope")]
    OtherRecords,
    /// A file says something else than the records.
    #[error("{0} does not say what the records say")]
    Derived(String),
    /// The receipt is not of the making of this bundle.
    #[error("the receipt beside the bundle is not of its making")]
    OtherReceipt,
}

impl From<io::Error> for Fault {
    fn from(error: io::Error) -> Self {
        Self::Unreadable(error.to_string())
    }
}

impl From<zip::result::ZipError> for Fault {
    fn from(error: zip::result::ZipError) -> Self {
        Self::Unreadable(error.to_string())
    }
}

/// Checks a bundle of the log `origin` with the `receipt` that lies beside it.
pub fn check<R: Read + Seek>(
    bundle: R,
    receipt: &Receipt,
    origin: &str,
    trusted: &VerifierList,
) -> Result<Sound, Fault> {
    let mut zip = ZipArchive::new(bundle)?;
    let written = read(&mut zip, "manifest.json", MANIFEST_BYTES_MAX)?;
    let manifest: Manifest =
        serde_json::from_slice(&written).map_err(|error| Fault::Unreadable(error.to_string()))?;
    if manifest.format != FORMAT || manifest.to_bytes() != written {
        return Err(Fault::File("manifest.json".to_owned()));
    }
    let digest: Hash = Sha256::digest(&written).into();
    let made = recorded(receipt, &manifest, &digest, origin, trusted)?;
    every_file(&mut zip, &manifest, &digest)?;
    let mut opened = Opened { zip, manifest, origin, trusted };
    let note = opened.signed()?;
    let known = opened.tiles()?;
    let positions = opened.records(&known)?;
    opened.entries(&known)?;
    opened.receipts(&known, &positions)?;
    opened.keys(&note)?;
    Ok(Sound { manifest: opened.manifest, made })
}

/// Where the making of the bundle was recorded.
fn recorded(
    receipt: &Receipt,
    manifest: &Manifest,
    digest: &Hash,
    origin: &str,
    trusted: &VerifierList,
) -> Result<Position, Fault> {
    let unproven = |why| Fault::Unproven { path: "tlog-proof".to_owned(), why };
    receipt.check(None, origin, trusted).map_err(unproven)?;
    let made = Position(receipt.index + 1);
    let event = Recorded::read(made, receipt.entry.as_deref().unwrap_or_default());
    let Ok(Recorded { fact: Fact::Ledger(_, event), .. }) = event else {
        return Err(Fault::OtherReceipt);
    };
    let genesis::Event::BundleMade { scope, manifest: named, size, root } = event else {
        return Err(Fault::OtherReceipt);
    };
    let same = scope == manifest.scope
        && named.as_str() == hex::encode(digest)
        && (size, root.as_str()) == (manifest.size, manifest.root.as_str());
    if same && made.0 > size { Ok(made) } else { Err(Fault::OtherReceipt) }
}

/// Every file is there as the manifest says, and no other.
fn every_file<R: Read + Seek>(
    zip: &mut ZipArchive<R>,
    manifest: &Manifest,
    digest: &Hash,
) -> Result<(), Fault> {
    let sums = manifest.sums(digest);
    if read(zip, "SHA256SUMS", sums.len())? != sums.as_bytes() {
        return Err(Fault::File("SHA256SUMS".to_owned()));
    }
    let listed = by_name(&manifest.files);
    for name in zip.file_names() {
        let name = name?.into_owned();
        let own = ["manifest.json", "SHA256SUMS"].contains(&name.as_str());
        if !own && !listed.contains_key(name.as_str()) {
            return Err(Fault::File(name));
        }
    }
    for (path, file) in &listed {
        let wrong = || Fault::File((*path).to_owned());
        let mut sum = Sha256::new();
        let stored = zip.by_name(path).map_err(|_| wrong())?;
        if !is_known(path) || stored.compression() != CompressionMethod::Stored {
            return Err(wrong());
        }
        let bytes = io::copy(&mut stored.take(file.bytes.saturating_add(1)), &mut sum);
        let bytes = bytes.map_err(|_| wrong())?;
        if bytes != file.bytes || hex::encode(sum.finalize()) != file.sha256 {
            return Err(wrong());
        }
    }
    Ok(())
}

fn is_known(path: &str) -> bool {
    let folders = ["openssl/", "receipts/", "tile/", "time/"];
    FILES.contains(&path) || folders.iter().any(|it| path.starts_with(it))
}

fn read<R: Read + Seek>(
    zip: &mut ZipArchive<R>,
    path: &str,
    limit: usize,
) -> Result<Vec<u8>, Fault> {
    let wrong = || Fault::File(path.to_owned());
    let mut bytes = Vec::new();
    let file = zip.by_name(path).map_err(|_| wrong())?;
    if file.compression() != CompressionMethod::Stored {
        return Err(wrong());
    }
    file.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(|_| wrong())?;
    if bytes.len() > limit { Err(wrong()) } else { Ok(bytes) }
}

struct Opened<'a, R> {
    zip: ZipArchive<R>,
    manifest: Manifest,
    origin: &'a str,
    trusted: &'a VerifierList,
}

impl<R: Read + Seek> Opened<'_, R> {
    /// The paths below `folder`, and their files.
    fn below(&mut self, folder: &str, limit: usize) -> Result<Vec<(String, Vec<u8>)>, Fault> {
        let paths = self.manifest.files.iter().filter_map(|it| it.path.strip_prefix(folder));
        let paths: Vec<_> = paths.map(str::to_owned).collect();
        let file = |it: String| {
            let bytes = read(&mut self.zip, &format!("{folder}{it}"), limit)?;
            Ok((it, bytes))
        };
        paths.into_iter().map(file).collect()
    }

    /// The signed note, which is of the size and the root that the manifest names.
    fn signed(&mut self) -> Result<Vec<u8>, Fault> {
        let mut notes = self.below("time/", CHECKPOINT_BYTES_MAX)?;
        notes.retain(|(path, _)| path.ends_with(".checkpoint"));
        for (path, note) in notes {
            self.checkpoint(&format!("time/{path}"), &note)?;
        }
        let note = read(&mut self.zip, "checkpoint", CHECKPOINT_BYTES_MAX)?;
        let (size, root) = self.checkpoint("checkpoint", &note)?;
        if (size, hex::encode(root)) != (self.manifest.size, self.manifest.root.clone())
            || self.manifest.origin != self.origin
        {
            return Err(Fault::Derived("manifest.json".to_owned()));
        }
        Ok(note)
    }

    fn checkpoint(&self, path: &str, note: &[u8]) -> Result<(u64, Hash), Fault> {
        let unproven = |why| Fault::Unproven { path: path.to_owned(), why };
        let it = verified(note, self.trusted).map_err(unproven)?;
        let other = || unproven(Unproven::OtherLog(it.origin.clone()));
        if it.origin == self.origin { Ok((it.size, it.root)) } else { Err(other()) }
    }

    /// The hashes, once all of them lead to the root.
    fn tiles(&mut self) -> Result<Known, Fault> {
        let mut known = Known::of(self.manifest.size);
        for (path, bytes) in self.below("tile/", ENTRIES_BYTES_MAX)? {
            let Ok(Resource::Hashes(tile)) = path.parse() else { continue };
            let (hashes, rest) = bytes.as_chunks::<32>();
            if !rest.is_empty() || bytes.len() > TILE_BYTES_MAX || hashes.len() as u64 != tile.width
            {
                return Err(Fault::Tile(path));
            }
            known.insert(tile, hashes.to_vec());
        }
        let root = hex::decode(&self.manifest.root).unwrap_or_default();
        let root: Hash = root.try_into().unwrap_or_default();
        let stray = known.stray(root).map(|it| Fault::Tile(Resource::Hashes(it).to_string()));
        stray.map_or(Ok(known), Err)
    }

    /// The positions of the records, each of which has its hash in the tree. What is derived from them
    /// is derived again.
    fn records(&mut self, known: &Known) -> Result<BTreeSet<Position>, Fault> {
        let (mut positions, mut subjects) = (BTreeSet::new(), BTreeSet::new());
        let (mut attachments, mut keys) = (Attachments::default(), Keys::default());
        let mut sum = Sha256::new();
        let mut table = Csv::new(&mut sum)?;
        let mut lines = BufReader::new(self.zip.by_name("history.ndjson")?);
        while let Some(stored) = next(&mut lines)? {
            let position = stored.position;
            let index = position.0.checked_sub(1).ok_or(Fault::Record(position))?;
            let follows = positions.last().is_none_or(|it| *it < position);
            if !follows || known.leaf(index) != Some(leaf(&stored.bytes)) {
                return Err(Fault::Record(position));
            }
            positions.insert(position);
            subjects.insert(subject(&stored)?);
            table.push(&stored)?;
            attachments.push(&stored)?;
            keys.push(&stored)?;
        }
        table.finish()?;
        drop(lines);
        self.must_be("history.csv", sum)?;
        self.must_be("attachments.json", Sha256::new_with_prefix(attachments.to_bytes()))?;
        let keys = keys.to_bytes(&self.signing()?);
        self.must_be("keys.json", Sha256::new_with_prefix(keys))?;
        let counted = (self.manifest.records, self.manifest.subjects);
        let complete = match &self.manifest.scope {
            Scope::All => positions.len() as u64 == self.manifest.size,
            Scope::Positions { first, last } => {
                (first.0..=last.0).all(|it| positions.contains(&Position(it)))
            }
            // That an aggregate has no further record can be told from the whole log alone.
            Scope::Subject { .. } | Scope::Programme { .. } => true,
        };
        let same = counted == (positions.len(), subjects.len());
        if complete && same { Ok(positions) } else { Err(Fault::OtherRecords) }
    }

    /// Whether the file at `path` has the digest of what it should say.
    fn must_be(&self, path: &str, sum: Sha256) -> Result<(), Fault> {
        let sha256 = hex::encode(sum.finalize());
        let same = by_name(&self.manifest.files).get(path).is_some_and(|it| it.sha256 == sha256);
        if same { Ok(()) } else { Err(Fault::Derived(path.to_owned())) }
    }

    /// Every entry tile has the entries whose hashes are in the tree.
    fn entries(&mut self, known: &Known) -> Result<(), Fault> {
        for (path, bytes) in self.below("tile/", ENTRIES_BYTES_MAX)? {
            let Ok(resource) = path.parse() else { return Err(Fault::File(path)) };
            let Resource::Entries(Tile { index, width, .. }) = resource else { continue };
            let hashes = leaves(&bytes).filter(|it| it.len() as u64 == width);
            let hashes = hashes.ok_or_else(|| Fault::Tile(path.clone()))?;
            let mut placed = (index * TILE_WIDTH..).zip(hashes);
            if placed.any(|(index, hash)| known.leaf(index) != Some(hash)) {
                return Err(Fault::Tile(path));
            }
        }
        Ok(())
    }

    /// Every receipt proves the record of its name.
    fn receipts(&mut self, known: &Known, positions: &BTreeSet<Position>) -> Result<(), Fault> {
        for (path, bytes) in self.below("receipts/", RECEIPT_BYTES_MAX)? {
            let other = || Fault::Derived(format!("receipts/{path}"));
            let position = path.strip_suffix(".tlog-proof").and_then(|it| it.parse().ok());
            let position = position.map(Position).filter(|it| positions.contains(it));
            let receipt = Receipt::read(&bytes).map_err(|_| other())?;
            let unproven = |why| Fault::Unproven { path: format!("receipts/{path}"), why };
            receipt.check(None, self.origin, self.trusted).map_err(unproven)?;
            let own = receipt.entry.as_deref().map(leaf);
            if position != Some(Position(receipt.index + 1)) || known.leaf(receipt.index) != own {
                return Err(other());
            }
        }
        Ok(())
    }

    /// The keys that signed.
    fn signing(&mut self) -> Result<Vec<String>, Fault> {
        let text = read(&mut self.zip, "keys.txt", KEYS_BYTES_MAX)?;
        Ok(String::from_utf8_lossy(&text).lines().map(str::to_owned).collect())
    }

    /// The keys in every form are those of `keys.txt`, and their signatures those of the checkpoint.
    fn keys(&mut self, note: &[u8]) -> Result<(), Fault> {
        let expected = openssl::files(note, &self.signing()?);
        let forms = self.manifest.files.iter().filter(|it| it.path.starts_with("openssl/")).count();
        if forms != expected.len() {
            return Err(Fault::Derived("keys.txt".to_owned()));
        }
        expected.iter().try_for_each(|(path, it)| self.must_be(path, Sha256::new_with_prefix(it)))
    }
}
