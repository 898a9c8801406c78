use proptest::prelude::*;
use tlog_tiles::{HashReader, check_record, check_tree, prove_record, prove_tree};

use super::super::tree::{Frontier, leaf};
use super::*;

/// A whole tree in memory: its leaves, and its nodes as `tlog_tiles` numbers them.
struct Grown {
    leaves: Vec<Hash>,
    rows: Vec<Vec<Hash>>,
    stored: Vec<tlog_tiles::Hash>,
}

impl HashReader for Grown {
    fn read_hashes(&self, indexes: &[u64]) -> Result<Vec<tlog_tiles::Hash>, tlog_tiles::Error> {
        let at = |&index: &u64| self.stored[usize::try_from(index).expect("small")];
        Ok(indexes.iter().map(at).collect())
    }
}

impl Grown {
    fn of(size: u64) -> Self {
        let leaves: Vec<_> = (0..size).map(|number| leaf(&number.to_be_bytes())).collect();
        let mut rows = vec![leaves.clone()];
        for level in 1.. {
            let row: Vec<_> =
                rows[level - 1].as_chunks::<256>().0.iter().map(|it| folded(it)).collect();
            if row.is_empty() {
                break;
            }
            rows.push(row);
        }
        let mut it = Self { leaves, rows, stored: Vec::new() };
        for number in 0..size {
            let hash = tlog_tiles::Hash(it.leaves[usize::try_from(number).expect("small")]);
            let more = tlog_tiles::stored_hashes_for_record_hash(number, hash, &it);
            it.stored.extend(more.expect("a tree in memory"));
        }
        it
    }

    fn known(&self, index: u64, size: u64) -> Known {
        let mut known = Known::of(size);
        for tile in tiles(index, size) {
            known.insert(tile, self.tile(tile));
        }
        known
    }

    fn tile(&self, tile: Tile) -> Vec<Hash> {
        let row = &self.rows[usize::try_from(tile.level).expect("small")];
        let first = usize::try_from(tile.first().1).expect("small");
        let width = usize::try_from(tile.width).expect("small");
        row[first..first + width].to_vec()
    }

    fn root(&self, size: u64) -> Hash {
        tlog_tiles::tree_hash(size, self).expect("a tree in memory").0
    }

    /// Ours and those of `tlog_tiles` are the same, and each side accepts them.
    fn agrees(&self, index: u64, size: u64) {
        let root = self.root(size);
        let hash = self.leaves[usize::try_from(index).expect("small")];
        let path = self.known(index, size).inclusion(index).expect("the tiles are there");
        let theirs = prove_record(size, index, self).expect("a tree in memory");
        assert_eq!(path, theirs.iter().map(|it| it.0).collect::<Vec<_>>(), "{index} of {size}");
        let at = (tlog_tiles::Hash(root), tlog_tiles::Hash(hash));
        check_record(&theirs, size, at.0, index, at.1).expect("the other side accepts it");
        assert_eq!(root_of_inclusion(hash, index, size, &path), Some(root), "{index} of {size}");

        let old = index + 1;
        let path = self.known(index, size).consistency(old).expect("the tiles are there");
        let theirs = prove_tree(size, old, self).expect("a tree in memory");
        assert_eq!(path, theirs.iter().map(|it| it.0).collect::<Vec<_>>(), "{old} to {size}");
        let old_root = self.root(old);
        check_tree(&theirs, size, at.0, old, tlog_tiles::Hash(old_root)).expect("it accepts it");
        assert!(is_consistent((old, old_root), (size, root), &path), "{old} to {size}");
    }
}

fn folded(hashes: &[Hash]) -> Hash {
    let mut frontier = Frontier::default();
    for hash in hashes {
        frontier.push(*hash, |_| {});
    }
    frontier.root()
}

#[test]
fn the_proofs_of_small_trees_are_those_of_another_program() {
    let grown = Grown::of(20);
    for size in 1..=20 {
        for index in 0..size {
            grown.agrees(index, size);
        }
    }
}

#[test]
fn so_are_those_at_the_edges_of_tiles() {
    let grown = Grown::of(65_800);
    let edges = [1, 2, 255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537, 65_793, 65_800];
    for size in edges {
        for index in edges.into_iter().flat_map(|it| [it - 1, it]).filter(|it| *it < size) {
            grown.agrees(index, size);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn so_are_those_of_any_tree(size in 1_u64..3_000, index: prop::sample::Index) {
        let grown = Grown::of(size);
        grown.agrees(index.index(usize::try_from(size).expect("small")) as u64, size);
    }

    #[test]
    fn a_proof_with_a_changed_lacking_or_added_hash_proves_nothing(
        size in 2_u64..700, index: prop::sample::Index, at: prop::sample::Index, kind in 0..3_u8
    ) {
        let grown = Grown::of(size);
        let index = index.index(usize::try_from(size).expect("small")) as u64;
        let change = |path: &mut Vec<Hash>| match (kind, path.len()) {
            (0, length) if length > 0 => path[at.index(length)][0] ^= 1,
            (1, length) if length > 0 => drop(path.remove(at.index(length))),
            (_, length) => path.insert(at.index(length + 1), [7; 32]),
        };
        let (root, known) = (grown.root(size), grown.known(index, size));
        let mut path = known.inclusion(index).expect("the tiles are there");
        change(&mut path);
        let hash = grown.leaves[usize::try_from(index).expect("small")];
        prop_assert_ne!(root_of_inclusion(hash, index, size, &path), Some(root));
        let mut path = known.consistency(index + 1).expect("the tiles are there");
        change(&mut path);
        let old = (index + 1, grown.root(index + 1));
        prop_assert!(!is_consistent(old, (size, root), &path));
    }
}

#[test]
fn a_tree_that_was_rewritten_is_not_consistent() {
    let grown = Grown::of(300);
    let path = grown.known(99, 300).consistency(100).expect("the tiles are there");
    let forged = leaf(b"another");
    assert!(!is_consistent((100, forged), (300, grown.root(300)), &path));
    assert!(!is_consistent((100, grown.root(100)), (300, forged), &path));
    assert!(!is_consistent((300, grown.root(300)), (100, grown.root(100)), &[]));
    assert!(!is_consistent((300, forged), (300, grown.root(300)), &[]));
    assert!(is_consistent((0, forged), (300, grown.root(300)), &[]), "before the first nothing is");
}

#[test]
fn what_is_not_in_the_tree_has_no_proof() {
    let known = Grown::of(10).known(3, 10);
    assert_eq!(known.inclusion(10), None);
    assert_eq!(known.consistency(0), None);
    assert_eq!(known.consistency(11), None);
    assert_eq!(Known::of(10).inclusion(3), None, "no tile is known");
    assert_eq!(root_of_inclusion([0; 32], 10, 10, &[]), None);
    assert_eq!(Tile::of(0, 1, 256), None);
    assert_eq!(Tile::of(1, 0, 256), Some(Tile { level: 1, index: 0, width: 1 }));
    assert_eq!(Tile::of(64, 0, u64::MAX), None);
}

#[test]
fn a_tile_that_does_not_lead_to_the_root_is_named() {
    for size in [1, 255, 256, 257, 512, 700, 65_537] {
        let tree = Grown::of(size);
        let root = tree.root(size);
        let mut known = Known::of(size);
        for tile in every_tile(size) {
            known.insert(tile, tree.tile(tile));
        }
        assert_eq!(known.stray(root), None, "{size}");
        assert!(known.stray([0; 32]).is_some(), "{size}");
        let places: Vec<_> = known.tiles.keys().copied().collect();
        assert_eq!(places.len(), every_tile(size).count());
        for at in places {
            let row = known.tiles.get_mut(&at).expect("it is there");
            let last = row.len() - 1;
            row[last][0] ^= 1;
            assert!(known.stray(root).is_some(), "{size}: {at:?}");
            known.tiles.get_mut(&at).expect("it is there")[last][0] ^= 1;
            let lost = known.tiles.get_mut(&at).and_then(Vec::pop).expect("it has hashes");
            assert!(known.stray(root).is_some(), "{size}: {at:?}");
            known.tiles.get_mut(&at).expect("it is there").push(lost);
        }
        // The few tiles of one leaf suffice.
        assert_eq!(tree.known(size / 2, size).stray(root), None, "{size}");
    }
}
