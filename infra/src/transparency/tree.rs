//! The hash tree of RFC 6962, §2.1, grown one leaf at a time.
//!
//! ```text
//! size 7 = 4 + 2 + 1        a frontier keeps the roots of the full subtrees, largest first
//!
//!        o          o    o
//!      o   o      o   o
//!     1 2 3 4     5   6   7
//! ```
use sha2::{Digest, Sha256};

/// A SHA-256 digest.
pub type Hash = [u8; 32];

/// The levels between two stored levels: a stored node spans 256, 65,536, … leaves, as the tiles
/// of c2sp.org/tlog-tiles do.
pub const STORED_EVERY: u32 = 8;

/// The hash of a leaf: SHA-256(0x00 ‖ bytes).
pub fn leaf(bytes: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(bytes).finalize().into()
}

/// The hash of an inner node: SHA-256(0x01 ‖ left ‖ right).
pub fn node(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// An inner node that the ledger stores, so that a root of the past needs few leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// A multiple of [`STORED_EVERY`]: the node spans `2^level` leaves.
    pub level: u32,
    /// Its place among the nodes of its level, from 0.
    pub index: u64,
    /// Its hash.
    pub hash: Hash,
}

/// The roots of the full subtrees that a tree consists of, the largest first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    roots: Vec<Hash>,
}

impl Frontier {
    /// How many leaves there are.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf, and hands each node that is to be stored to `stored`.
    pub fn push(&mut self, leaf: Hash, stored: impl FnMut(Node)) {
        self.push_subtree(0, leaf, stored);
    }

    /// Adds a full subtree of `2^level` leaves. The size must be a multiple of that.
    pub fn push_subtree(&mut self, level: u32, hash: Hash, mut stored: impl FnMut(Node)) {
        debug_assert_eq!(self.size % (1 << level), 0, "subtrees come largest first");
        let (mut hash, mut level, mut index) = (hash, level, self.size >> level);
        self.size += 1 << level;
        while index & 1 == 1 {
            let Some(left) = self.roots.pop() else { break };
            hash = node(&left, &hash);
            (level, index) = (level + 1, index >> 1);
            if level.is_multiple_of(STORED_EVERY) {
                stored(Node { level, index, hash });
            }
        }
        self.roots.push(hash);
    }

    /// The root of the whole tree; of no leaves, the hash of nothing.
    pub fn root(&self) -> Hash {
        let mut right_to_left = self.roots.iter().rev();
        match right_to_left.next() {
            None => Sha256::digest([]).into(),
            Some(last) => right_to_left.fold(*last, |right, left| node(left, &right)),
        }
    }

    /// As the ledger keeps it: the roots one after the other.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.roots.concat()
    }

    /// What [`Self::to_bytes`] gave for a tree of `size` leaves; `None` where it is not that.
    pub fn from_bytes(size: u64, bytes: &[u8]) -> Option<Self> {
        let (roots, rest) = bytes.as_chunks::<32>();
        let fits = rest.is_empty() && roots.len() == size.count_ones() as usize;
        fits.then(|| Self { size, roots: roots.to_vec() })
    }
}

/// Neighbouring hashes of a stored level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// 0 for leaves; a hash of level *l* spans `2^l` of them.
    pub level: u32,
    /// The place of the first among those of its level, from 0.
    pub first: u64,
    /// How many.
    pub count: u64,
}

/// Which hashes the tree of `size` leaves is made of, the largest subtrees first: at most 255 of
/// each level.
pub fn pieces(size: u64) -> Vec<Span> {
    let mut pieces = Vec::new();
    let mut level = 0;
    loop {
        let (count, above) = (size >> level, size >> level >> STORED_EVERY);
        let first = above << STORED_EVERY;
        pieces.push(Span { level, first, count: count - first });
        if above == 0 {
            break;
        }
        level += STORED_EVERY;
    }
    pieces.reverse();
    pieces
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The definition of RFC 6962, §2.1, word for word.
    fn naive(leaves: &[Vec<u8>]) -> Hash {
        match leaves {
            [] => Sha256::digest([]).into(),
            [one] => leaf(one),
            many => {
                let half = many.len().next_power_of_two() / 2;
                node(&naive(&many[..half]), &naive(&many[half..]))
            }
        }
    }

    fn grown(leaves: &[Vec<u8>]) -> (Frontier, Vec<Node>) {
        let (mut frontier, mut nodes) = (Frontier::default(), Vec::new());
        for bytes in leaves {
            frontier.push(leaf(bytes), |node| nodes.push(node));
        }
        (frontier, nodes)
    }

    /// The leaves and roots that the Certificate Transparency project tests its logs with.
    #[test]
    fn the_roots_are_those_of_the_published_vectors() {
        let leaves: Vec<Vec<u8>> = [
            "",
            "00",
            "10",
            "2021",
            "3031",
            "40414243",
            "5051525354555657",
            "606162636465666768696a6b6c6d6e6f",
        ]
        .map(|it| hex::decode(it).expect("hexadecimal"))
        .to_vec();
        let roots = [
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        for (size, root) in roots.iter().enumerate() {
            assert_eq!(hex::encode(grown(&leaves[..size]).0.root()), *root, "{size} leaves");
        }
    }

    proptest! {
        #[test]
        fn a_tree_grown_leaf_by_leaf_is_the_tree_of_the_definition(
            leaves in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..4), 0..600)
        ) {
            let (frontier, _) = grown(&leaves);
            prop_assert_eq!(frontier.root(), naive(&leaves));
            let size = frontier.size();
            prop_assert_eq!(Frontier::from_bytes(size, &frontier.to_bytes()), Some(frontier));
        }
    }

    #[test]
    fn a_root_of_the_past_comes_from_stored_nodes_and_few_leaves() {
        let leaves: Vec<_> = (0..70_000_u32).map(|n| n.to_be_bytes().to_vec()).collect();
        let (_, nodes) = grown(&leaves);
        for size in [0, 1, 255, 256, 257, 65_535, 65_536, 65_793, 70_000] {
            let mut frontier = Frontier::default();
            for Span { level, first, count } in pieces(size as u64) {
                for index in first..first + count {
                    let hash = if level == 0 {
                        leaf(&leaves[usize::try_from(index).expect("small")])
                    } else {
                        let at = |it: &&Node| it.level == level && it.index == index;
                        nodes.iter().find(at).expect("it is stored").hash
                    };
                    frontier.push_subtree(level, hash, |_| {});
                }
            }
            assert_eq!(frontier.root(), grown(&leaves[..size]).0.root(), "{size} leaves");
        }
    }
}
