//! The same tree in two programs that others wrote: `tlog_tiles`, by those who run logs of
//! certificates, and `ct-merkle`. Included by its path where ours is compared with them.
use ct_merkle::mem_backed_tree::MemoryBackedTree;
use ct_merkle::{ConsistencyProof, InclusionProof, RootHash};
use sha2::Sha256;
use tlog_tiles::{HashReader, check_record, check_tree, prove_record, prove_tree, tree_hash};

type Hash = [u8; 32];

/// A tile's path; its level, index and width; its bytes.
pub type NewTile = (String, (u32, u64, u64), Vec<u8>);

/// A tree that grows one entry at a time.
#[derive(Default)]
pub struct Oracles {
    size: u64,
    stored: Stored,
    tree: MemoryBackedTree<Sha256, Vec<u8>>,
}

/// The nodes as `tlog_tiles` numbers them.
#[derive(Default)]
struct Stored(Vec<tlog_tiles::Hash>);

impl HashReader for Stored {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog_tiles::Hash>, tlog_tiles::Error> {
        Ok(indexes.iter().map(|it| self.0[small(*it)]).collect())
    }
}

impl Oracles {
    pub fn push(&mut self, entry: &[u8]) {
        let more = tlog_tiles::stored_hashes(self.size, entry, &self.stored);
        self.stored.0.extend(more.expect("a tree in memory"));
        self.tree.push(entry.to_vec());
        self.size += 1;
    }

    pub fn root(&self) -> Hash {
        let root = self.root_at(self.size);
        assert_eq!(self.tree.root().as_bytes().as_slice(), root, "the two agree");
        root
    }

    /// The root that the tree had when it was of this `size`.
    pub fn root_at(&self, size: u64) -> Hash {
        tree_hash(size, &self.stored).expect("a tree in memory").0
    }

    /// Each proof that the entry at `index` is in the tree: the first is that of `tlog_tiles`.
    pub fn inclusion(&self, index: u64) -> [Vec<Hash>; 2] {
        let one = prove_record(self.size, index, &self.stored).expect("a tree in memory");
        let other = self.tree.prove_inclusion(small(index));
        [one.iter().map(|it| it.0).collect(), hashes(other.as_bytes())]
    }

    /// Both accept `path` as such a proof.
    pub fn accept_inclusion(&self, index: u64, path: &[Hash]) {
        let entry = self.tree.get(small(index)).expect("an entry");
        let (root, leaf) = (tlog_tiles::Hash(self.root()), tlog_tiles::record_hash(entry));
        check_record(&theirs(path), self.size, root, index, leaf).expect("tlog_tiles accepts it");
        let proof = InclusionProof::try_from_bytes(path.concat()).expect("a proof");
        let accepted = self.tree.root().verify_inclusion(entry, index, &proof);
        accepted.expect("ct-merkle accepts it");
    }

    /// Each proof that the tree began with its first `old` entries; `ct-merkle` has none where
    /// nothing was added.
    pub fn consistency(&self, old: u64) -> Vec<Vec<Hash>> {
        let one = prove_tree(self.size, old, &self.stored).expect("a tree in memory");
        let other = (old < self.size).then(|| self.tree.prove_consistency(small(self.size - old)));
        let other = other.map(|it| hashes(it.as_bytes()));
        [one.iter().map(|it| it.0).collect()].into_iter().chain(other).collect()
    }

    /// Both accept `path` as such a proof.
    pub fn accept_consistency(&self, old: u64, path: &[Hash]) {
        let (root, before) = (tlog_tiles::Hash(self.root()), self.root_at(old));
        let at = tlog_tiles::Hash(before);
        check_tree(&theirs(path), self.size, root, old, at).expect("tlog_tiles accepts it");
        if old < self.size {
            let proof = ConsistencyProof::<Sha256>::try_from_bytes(path.concat()).expect("a proof");
            let accepted =
                self.tree.root().verify_consistency(&RootHash::new(before.into(), old), &proof);
            accepted.expect("ct-merkle accepts it");
        }
    }

    /// The tiles that were not there when the tree had `before` entries, as `tlog_tiles` has them
    /// published.
    pub fn new_tiles(&self, before: u64) -> Vec<NewTile> {
        let tiles = tlog_tiles::Tile::new_tiles(8, before, self.size);
        let tile = |it: tlog_tiles::Tile| {
            let bytes = it.read_data(&self.stored).expect("a tree in memory");
            let place = (it.level().into(), it.level_index(), it.width().into());
            (it.path().replacen("tile/8/", "", 1), place, bytes)
        };
        tiles.into_iter().map(tile).collect()
    }
}

fn theirs(path: &[Hash]) -> Vec<tlog_tiles::Hash> {
    path.iter().map(|it| tlog_tiles::Hash(*it)).collect()
}

fn hashes(bytes: &[u8]) -> Vec<Hash> {
    let (hashes, rest) = bytes.as_chunks();
    assert!(rest.is_empty(), "whole hashes");
    hashes.to_vec()
}

fn small(number: u64) -> usize {
    usize::try_from(number).expect("a tree in memory")
}
