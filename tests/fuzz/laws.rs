//! What holds of every reader of what comes from outside, whatever the bytes are.
//!
//! One function for each reader: the fuzzer calls it with what it makes up, and a test of `make test`
//! with changed seeds. It returns nothing and panics where the law is broken.
use std::sync::LazyLock;

use infra::log::verifiers;
use infra::transparency::checkpoint::Checkpoint;
use infra::transparency::path::Resource;
use infra::transparency::proof::{
    Known, PROOF_HASHES_MAX, Tile, is_consistent, root_of_inclusion, tiles,
};
use infra::transparency::receipt::{NoReceipt, RECEIPT_BYTES_MAX, Receipt, verified};
use infra::transparency::tree::{Frontier, Hash, leaf};
use signed_note::VerifierList;

/// The log that the seeds are of.
pub const ORIGIN: &str = "tiwizi.example/seeds";
/// Who believes it. Its secret key is in the test that makes the seeds, for everybody to see.
pub const KEY: &str = "tiwizi.example/seeds+37b9f695+AepKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs";
/// At these sizes it signed a checkpoint; it has as many entries as the last one.
pub const SIZES: [u64; 3] = [1, 5, 300];

static LOG: LazyLock<Log> = LazyLock::new(Log::new);

/// What the seeds' log is in truth.
struct Log {
    leaves: Vec<Hash>,
    /// Of the first so many entries.
    roots: Vec<Hash>,
    /// The one hash of level 1.
    above: Hash,
}

impl Log {
    fn new() -> Self {
        let mut frontier = Frontier::default();
        let (mut leaves, mut roots, mut above) = (Vec::new(), vec![frontier.root()], [0; 32]);
        for index in 0..SIZES[2] {
            leaves.push(leaf(&entry(index)));
            frontier.push(leaf(&entry(index)), |node| above = node.hash);
            roots.push(frontier.root());
        }
        Self { leaves, roots, above }
    }

    fn row(&self, tile: Tile) -> Vec<Hash> {
        if tile.level > 0 {
            return vec![self.above];
        }
        let (first, width) = (small(tile.span().first), small(tile.width));
        self.leaves[first..first + width].to_vec()
    }

    fn known(&self, index: u64, size: u64) -> Known {
        let mut known = Known::of(size);
        for tile in tiles(index, size) {
            known.insert(tile, self.row(tile));
        }
        known
    }

    /// Whether it ever signed this.
    fn signed(&self, checkpoint: &Checkpoint) -> bool {
        let Checkpoint { origin, size, root } = checkpoint;
        origin == ORIGIN && SIZES.contains(size) && self.roots[small(*size)] == *root
    }
}

/// Who believes the seeds' log.
pub fn trusted() -> VerifierList {
    verifiers(&[KEY.to_owned()]).expect("a key")
}

/// The checkpoint of the seeds' log at `size`.
pub fn checkpoint_at(size: u64) -> Checkpoint {
    Checkpoint { origin: ORIGIN.to_owned(), size, root: LOG.roots[small(size)] }
}

/// The proof that the seeds' log has the entry at `index`.
pub fn path_of(index: u64, size: u64) -> Vec<Hash> {
    LOG.known(index, size).inclusion(index).expect("the tiles are there")
}

/// The entry of the seeds' log at `index`.
pub fn entry(index: u64) -> Vec<u8> {
    format!(r#"{{"number":{index}}}"#).into_bytes()
}

/// A signed note that is believed holds what was signed.
pub fn note(bytes: &[u8]) {
    if let Ok(checkpoint) = verified(bytes, &trusted()) {
        assert!(LOG.signed(&checkpoint), "nobody signed {checkpoint:?}");
    }
}

/// A checkpoint is written as it was read, but for the lines after the third.
pub fn checkpoint(bytes: &[u8]) {
    if let Ok(checkpoint) = Checkpoint::read(bytes) {
        let text = checkpoint.to_string();
        assert!(bytes.starts_with(text.as_bytes()), "another spelling of {text}");
        assert_eq!(Checkpoint::read(text.as_bytes()), Ok(checkpoint));
    }
}

/// A receipt has one spelling, no part longer than the file, and proves what the log holds.
pub fn receipt(bytes: &[u8]) {
    let read = Receipt::read(bytes);
    assert_eq!(bytes.len() > RECEIPT_BYTES_MAX, read == Err(NoReceipt::TooLong));
    let Ok(receipt) = read else { return };
    assert_eq!(receipt.to_string().as_bytes(), bytes, "another spelling");
    assert!(receipt.entry.as_ref().is_none_or(|it| it.len() < bytes.len()));
    assert!(receipt.path.len() <= PROOF_HASHES_MAX);
    let own = receipt.entry.clone().unwrap_or_else(|| entry(receipt.index % SIZES[2]));
    if let Ok(checkpoint) = receipt.check(Some(own.as_slice()), ORIGIN, &trusted()) {
        assert!(LOG.signed(&checkpoint), "nobody signed {checkpoint:?}");
        assert!(receipt.index < checkpoint.size);
        assert_eq!(own, entry(receipt.index), "the log has another entry there");
        assert_eq!(receipt.path, path_of(receipt.index, checkpoint.size), "another proof");
    }
}

/// The path of a tile has one spelling, and the tile a width and a place that can be counted with.
pub fn path(bytes: &[u8]) {
    let Ok(text) = str::from_utf8(bytes) else { return };
    if let Ok(resource) = text.parse::<Resource>() {
        assert_eq!(resource.to_string(), text, "another spelling");
        let (Resource::Hashes(tile) | Resource::Entries(tile)) = resource;
        assert!((1..=256).contains(&tile.width));
        assert!(tile.span().first.checked_add(tile.width).is_some());
    }
}

/// An index, a size and hashes: only the log's own proof of an entry leads to its root, and only its
/// own proof of growth from one of its sizes to another.
pub fn proof(bytes: &[u8]) {
    let Some((index, size, hashes)) = numbers(bytes) else { return };
    let hash = LOG.leaves[small(index % SIZES[2])];
    let root = root_of_inclusion(hash, index, size, hashes);
    assert!(root.is_none() || hashes.len() <= 64, "more hashes than a size has bits");
    let known = (1..=SIZES[2]).contains(&size);
    if known && root == Some(LOG.roots[small(size)]) {
        assert!(index < size);
        assert_eq!(hashes, path_of(index, size), "another proof");
    }
    let at = |size: u64| LOG.roots[small(size % (SIZES[2] + 1))];
    let grew = is_consistent((index, at(index)), (size, at(size)), hashes);
    assert!(!grew || index <= size, "it became shorter");
    if grew && known && index > 0 {
        let own = LOG.known(index - 1, size).consistency(index);
        assert_eq!(own.as_deref(), Some(hashes), "another proof");
    }
}

/// An index, a size and the hashes of tiles: rows too short, missing or wrong make no proof that holds.
pub fn tile(bytes: &[u8]) {
    let Some((index, size, mut hashes)) = numbers(bytes) else { return };
    let mut given = Known::of(size);
    let mut all = true;
    for tile in tiles(index, size) {
        let width = small(tile.width).min(hashes.len());
        let (row, rest) = hashes.split_at(width);
        all &= row.len() as u64 == tile.width;
        given.insert(tile, row.to_vec());
        hashes = rest;
    }
    let (included, grew) = (given.inclusion(index), given.consistency(index));
    assert!(included.is_none() || index < size);
    assert!(grew.is_none() || (1..=size).contains(&index));
    if all && index < size {
        assert!(included.is_some(), "the tiles are there");
    }
    if let Some(path) = included.filter(|_| size <= SIZES[2]) {
        let hash = LOG.leaves[small(index)];
        let root = root_of_inclusion(hash, index, size, &path);
        assert_eq!(root == Some(LOG.roots[small(size)]), path == path_of(index, size));
    }
}

/// Two numbers of eight bytes, the greater first, and hashes; nothing where bytes are left over.
fn numbers(bytes: &[u8]) -> Option<(u64, u64, &[Hash])> {
    let (numbers, rest) = bytes.split_at_checked(16)?;
    let (index, size) = numbers.split_at(8);
    let number = |bytes: &[u8]| Some(u64::from_be_bytes(bytes.try_into().ok()?));
    let (hashes, rest) = rest.as_chunks();
    rest.is_empty().then_some((number(index)?, number(size)?, hashes))
}

fn small(number: u64) -> usize {
    usize::try_from(number).expect("a small log")
}
