use proptest::prelude::*;

use self::oracles::Oracles;
use super::super::path::Resource;
use super::super::tree::{Frontier, leaf};
use super::*;

#[path = "../../../tests/oracles/mod.rs"]
mod oracles;

/// A whole tree in memory, and the same tree elsewhere.
#[derive(Default)]
struct Grown {
    size: u64,
    rows: Vec<Vec<Hash>>,
    oracles: Oracles,
}

impl Grown {
    fn of(size: u64) -> Self {
        let mut it = Self::default();
        it.grow(size);
        it
    }

    fn grow(&mut self, size: u64) {
        for number in self.size..size {
            let entry = number.to_be_bytes();
            self.oracles.push(&entry);
            let mut hash = leaf(&entry);
            for level in 0.. {
                if self.rows.len() == level {
                    self.rows.push(Vec::new());
                }
                let row = &mut self.rows[level];
                row.push(hash);
                if !row.len().is_multiple_of(256) {
                    break;
                }
                hash = folded(&row[row.len() - 256..]);
            }
        }
        self.size = size;
    }

    fn known(&self, index: u64) -> Known {
        let mut known = Known::of(self.size);
        for tile in tiles(index, self.size) {
            known.insert(tile, self.tile(tile).to_vec());
        }
        known
    }

    fn tile(&self, tile: Tile) -> &[Hash] {
        let row = &self.rows[usize::try_from(tile.level).expect("small")];
        let first = usize::try_from(tile.span().first).expect("small");
        &row[first..first + usize::try_from(tile.width).expect("small")]
    }

    fn leaf(&self, index: u64) -> Hash {
        self.rows[0][usize::try_from(index).expect("small")]
    }

    /// Our proofs and theirs are the same, and each side accepts those of the other.
    fn agrees(&self, index: u64) {
        let (size, root, hash) = (self.size, self.oracles.root(), self.leaf(index));
        let path = self.known(index).inclusion(index).expect("the tiles are there");
        self.oracles.accept_inclusion(index, &path);
        for theirs in self.oracles.inclusion(index) {
            assert_eq!(root_of_inclusion(hash, index, size, &theirs), Some(root));
            assert_eq!(path, theirs, "{index} of {size}");
        }
        let old = index + 1;
        let path = self.known(index).consistency(old).expect("the tiles are there");
        self.oracles.accept_consistency(old, &path);
        let before = (old, self.oracles.root_at(old));
        for theirs in self.oracles.consistency(old) {
            assert!(is_consistent(before, (size, root), &theirs), "{old} to {size}");
            assert_eq!(path, theirs, "{old} to {size}");
        }
    }

    /// Every tile that is new since the tree had `before` leaves is ours by path and bytes.
    fn publishes_the_same(&self, before: u64) {
        for (path, (level, index, width), bytes) in self.oracles.new_tiles(before) {
            let tile = Tile::of(level, index, self.size).expect("the tile is there");
            assert_eq!((tile.width, Resource::Hashes(tile).to_string()), (width, path));
            assert_eq!(self.tile(tile).concat(), bytes, "{tile:?} of {}", self.size);
        }
    }
}

fn folded(hashes: &[Hash]) -> Hash {
    let mut frontier = Frontier::default();
    for hash in hashes {
        frontier.push(*hash, |_| {});
    }
    frontier.root()
}

/// Where a tile or a row of tiles is not full yet, just full, or a little more than that.
const EDGES: [u64; 13] =
    [1, 2, 255, 256, 257, 511, 512, 513, 65_535, 65_536, 65_537, 65_793, 65_800];

#[test]
fn the_proofs_of_small_trees_are_those_of_other_programs() {
    let mut grown = Grown::default();
    for size in 1..=20 {
        grown.grow(size);
        for index in 0..size {
            grown.agrees(index);
        }
    }
}

#[test]
fn so_are_those_at_the_edges_of_tiles() {
    let mut grown = Grown::default();
    for size in EDGES {
        grown.grow(size);
        let edges = EDGES.into_iter().flat_map(|it| [it - 1, it]);
        // Steps of the golden ratio leave no part of the tree out.
        let spread = (1..=16_u64).map(|it| it.wrapping_mul(0x9E37_79B9_7F4A_7C15) % size);
        for index in edges.filter(|it| *it < size).chain(spread) {
            grown.agrees(index);
        }
    }
}

#[test]
fn tiles_are_those_of_another_program_at_every_width() {
    let mut grown = Grown::default();
    for size in (1..=770).chain(65_530..=65_800) {
        let before = grown.size;
        grown.grow(size);
        grown.publishes_the_same(before);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn so_are_those_of_any_tree(size in 1_u64..3_000, index: prop::sample::Index) {
        let grown = Grown::of(size);
        grown.agrees(index.index(usize::try_from(size).expect("small")) as u64);
        grown.publishes_the_same(index.index(usize::try_from(size).expect("small")) as u64);
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
        let (root, known) = (grown.oracles.root(), grown.known(index));
        let mut path = known.inclusion(index).expect("the tiles are there");
        change(&mut path);
        prop_assert_ne!(root_of_inclusion(grown.leaf(index), index, size, &path), Some(root));
        let mut path = known.consistency(index + 1).expect("the tiles are there");
        change(&mut path);
        let old = (index + 1, grown.oracles.root_at(index + 1));
        prop_assert!(!is_consistent(old, (size, root), &path));
    }
}

#[test]
fn a_tree_that_was_rewritten_is_not_consistent() {
    let grown = Grown::of(300);
    let path = grown.known(99).consistency(100).expect("the tiles are there");
    let forged = leaf(b"another");
    assert!(!is_consistent((100, forged), (300, grown.oracles.root()), &path));
    assert!(!is_consistent((100, grown.oracles.root_at(100)), (300, forged), &path));
    assert!(!is_consistent((300, grown.oracles.root()), (100, grown.oracles.root_at(100)), &[]));
    assert!(!is_consistent((300, forged), (300, grown.oracles.root()), &[]));
    assert!(
        is_consistent((0, forged), (300, grown.oracles.root()), &[]),
        "before the first nothing is"
    );
}

#[test]
fn what_is_not_in_the_tree_has_no_proof() {
    let known = Grown::of(10).known(3);
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
        let root = tree.oracles.root();
        let mut known = Known::of(size);
        for tile in every_tile(size) {
            known.insert(tile, tree.tile(tile).to_vec());
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
            let popped = known.tiles.get_mut(&at).and_then(Vec::pop).expect("it has hashes");
            assert!(known.stray(root).is_some(), "{size}: {at:?}");
            known.tiles.get_mut(&at).expect("it is there").push(popped);
        }
        // The few tiles of one leaf suffice.
        assert_eq!(tree.known(size / 2).stray(root), None, "{size}");
    }
}
