//! Proofs over the tree: that a leaf is in it, and that it only grew (RFC 6962, §2.1.1 and §2.1.2).
//!
//! Both are made from few tiles: those on the path of one leaf, and those at the tree's right edge.
use std::collections::BTreeMap;

use super::tree::{Hash, STORED_EVERY, Span, node};

/// How many hashes a full tile holds.
pub const TILE_WIDTH: u64 = 1 << STORED_EVERY;
/// The most hashes of an inclusion proof: a tree never has more levels than a size has bits.
pub const PROOF_HASHES_MAX: usize = 63;

/// A row of up to 256 neighbouring hashes of one stored level (c2sp.org/tlog-tiles).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tile {
    /// 0 for leaves; each hash of level *l* spans `256^l` of them.
    pub level: u32,
    /// Its place among the tiles of its level, from 0.
    pub index: u64,
    /// How many hashes it holds, from 1 to 256.
    pub width: u64,
}

impl Tile {
    /// The tile of `level` at `index` as it is in a tree of `size` leaves; `None` where it is empty.
    pub fn of(level: u32, index: u64, size: u64) -> Option<Self> {
        let hashes = size.checked_shr(level * STORED_EVERY).unwrap_or(0);
        let before = index.checked_mul(TILE_WIDTH)?;
        let width = hashes.saturating_sub(before).min(TILE_WIDTH);
        (width > 0).then_some(Self { level, index, width })
    }

    /// Its hashes' place in the tree.
    pub fn span(&self) -> Span {
        let (level, first) = (self.level * STORED_EVERY, self.index * TILE_WIDTH);
        Span { level, first, count: self.width }
    }
}

/// Which tiles a proof about the leaf at `index` of a tree of `size` leaves is made from.
pub fn tiles(index: u64, size: u64) -> Vec<Tile> {
    let mut needed = Vec::new();
    for level in 0.. {
        let nodes = size.checked_shr(level * STORED_EVERY).unwrap_or(0);
        if nodes == 0 {
            break;
        }
        let path = index >> (level * STORED_EVERY) >> STORED_EVERY;
        let edge = nodes >> STORED_EVERY;
        needed.extend(Tile::of(level, path, size));
        needed.extend(Tile::of(level, edge, size).filter(|it| it.index != path));
    }
    needed
}

/// Every tile of a tree of `size` leaves, those of the leaves first.
pub fn every_tile(size: u64) -> impl Iterator<Item = Tile> {
    let levels =
        (0_u32..).take_while(move |level| size.checked_shr(level * STORED_EVERY) > Some(0));
    levels.flat_map(move |level| (0..).map_while(move |index| Tile::of(level, index, size)))
}

/// The part of a tree that is known from some tiles.
#[derive(Debug, Default)]
pub struct Known {
    size: u64,
    tiles: BTreeMap<(u32, u64), Vec<Hash>>,
}

impl Known {
    /// Of a tree of `size` leaves nothing yet.
    pub fn of(size: u64) -> Self {
        Self { size, tiles: BTreeMap::new() }
    }

    /// The hashes of `tile`.
    pub fn insert(&mut self, tile: Tile, hashes: Vec<Hash>) {
        self.tiles.insert((tile.level, tile.index), hashes);
    }

    /// The hash of the leaf at `index`; `None` where its tile is missing.
    pub fn leaf(&self, index: u64) -> Option<Hash> {
        self.subtree(0, index)
    }

    /// The first tile with a hash that does not lead to `root`. Where there is none, every hash of
    /// every tile that was inserted is one of the tree with that root.
    pub fn stray(&self, root: Hash) -> Option<Tile> {
        for (&(level, index), hashes) in &self.tiles {
            let tile = Tile { level, index, width: hashes.len() as u64 };
            let halves = |it: u64| self.subtree((level + 1) * STORED_EVERY - 1, index * 2 + it);
            // A full tile is one hash of the tile above it; the others make the root.
            let leads = || {
                let own = node(&halves(0)?, &halves(1)?);
                Some(own == self.subtree((level + 1) * STORED_EVERY, index)?)
            };
            let is_full = tile.width == TILE_WIDTH;
            if Tile::of(level, index, self.size) != Some(tile) || (is_full && leads() != Some(true))
            {
                return Some(tile);
            }
        }
        let whole = self.size.checked_sub(1).and_then(|_| self.range(0, self.size));
        let (&(level, index), hashes) = self.tiles.last_key_value()?;
        let top = Tile { level, index, width: hashes.len() as u64 };
        (whole != Some(root)).then_some(top)
    }

    /// The hashes from the sibling of the leaf at `index` up to the child of the root; `None` where a
    /// tile of [`tiles`] is missing, or the leaf is not in the tree.
    pub fn inclusion(&self, index: u64) -> Option<Vec<Hash>> {
        if index >= self.size {
            return None;
        }
        let (mut low, mut high, mut path) = (0, self.size, Vec::new());
        while high - low > 1 {
            let middle = low + left_half(high - low);
            if index < middle {
                path.push(self.range(middle, high)?);
                high = middle;
            } else {
                path.push(self.range(low, middle)?);
                low = middle;
            }
        }
        path.reverse();
        Some(path)
    }

    /// The hashes that prove that the tree of the first `old` leaves is part of this one; `None` where
    /// a tile of [`tiles`] for the leaf before `old` is missing, or `old` is 0 or beyond the size.
    pub fn consistency(&self, old: u64) -> Option<Vec<Hash>> {
        if old == 0 || old > self.size {
            return None;
        }
        let (mut low, mut high, mut path) = (0, self.size, Vec::new());
        while high != old {
            let middle = low + left_half(high - low);
            if old <= middle {
                path.push(self.range(middle, high)?);
                high = middle;
            } else {
                path.push(self.range(low, middle)?);
                low = middle;
            }
        }
        // The verifier has the root of the old tree itself.
        if low > 0 {
            path.push(self.range(low, high)?);
        }
        path.reverse();
        Some(path)
    }

    /// The hash over the leaves from `low` up to `high`, which is left out.
    fn range(&self, low: u64, high: u64) -> Option<Hash> {
        let width = high - low;
        if width.is_power_of_two() && low.is_multiple_of(width) {
            return self.subtree(width.trailing_zeros(), low >> width.trailing_zeros());
        }
        let middle = low + left_half(width);
        Some(node(&self.range(low, middle)?, &self.range(middle, high)?))
    }

    /// The hash of a full subtree of `2^level` leaves.
    fn subtree(&self, level: u32, index: u64) -> Option<Hash> {
        let below = level % STORED_EVERY;
        let first = index << below;
        let row = self.tiles.get(&(level / STORED_EVERY, first >> STORED_EVERY))?;
        let at = usize::try_from(first % TILE_WIDTH).ok()?;
        let mut hashes = row.get(at..at + (1 << below))?.to_vec();
        while hashes.len() > 1 {
            let pairs = hashes.as_chunks::<2>().0;
            hashes = pairs.iter().map(|[left, right]| node(left, right)).collect();
        }
        hashes.pop()
    }
}

/// The largest power of two below `width`, which is at least 2.
fn left_half(width: u64) -> u64 {
    1 << (width - 1).ilog2()
}

/// The root of a tree of `size` leaves that has `leaf` at `index`, as the inclusion proof `path` says
/// (RFC 9162, §2.1.3.2). `None` where no such tree has a path of that length.
pub fn root_of_inclusion(leaf: Hash, index: u64, size: u64, path: &[Hash]) -> Option<Hash> {
    if index >= size {
        return None;
    }
    let (mut place, mut last, mut root) = (index, size - 1, leaf);
    for sibling in path {
        if last == 0 {
            return None;
        }
        if place & 1 == 1 || place == last {
            root = node(sibling, &root);
            while place & 1 == 0 && place != 0 {
                (place, last) = (place >> 1, last >> 1);
            }
        } else {
            root = node(&root, sibling);
        }
        (place, last) = (place >> 1, last >> 1);
    }
    (last == 0).then_some(root)
}

/// Whether the tree of `new` leaves with the root `new_root` begins with the tree of `old` leaves with
/// the root `old_root`, as the consistency proof `path` says (RFC 9162, §2.1.4.2).
pub fn is_consistent(
    (old, old_root): (u64, Hash),
    (new, new_root): (u64, Hash),
    path: &[Hash],
) -> bool {
    if old == 0 || old >= new {
        let same = old != new || old_root == new_root;
        return path.is_empty() && old <= new && same;
    }
    let (mut place, mut last) = (old - 1, new - 1);
    while place & 1 == 1 {
        (place, last) = (place >> 1, last >> 1);
    }
    let mut hashes = path.iter();
    let start = if old.is_power_of_two() { Some(&old_root) } else { hashes.next() };
    let Some(start) = start else { return false };
    let (mut first, mut second) = (*start, *start);
    for sibling in hashes {
        if last == 0 {
            return false;
        }
        if place & 1 == 1 || place == last {
            first = node(sibling, &first);
            second = node(sibling, &second);
            while place & 1 == 0 && place != 0 {
                (place, last) = (place >> 1, last >> 1);
            }
        } else {
            second = node(&second, sibling);
        }
        (place, last) = (place >> 1, last >> 1);
    }
    last == 0 && first == old_root && second == new_root
}

#[cfg(test)]
mod tests;
