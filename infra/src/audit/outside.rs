//! What an auditor finds out from outside: with a checkpoint that was kept and the keys of the log,
//! over HTTP, without the database and without believing the server.
//!
//! ```text
//! kept checkpoint ─┐
//!                  ├─▶ both signed, one log, not smaller ─▶ consistency proof ─▶ tiles ─▶ entries
//! GET checkpoint ──┘
//! ```
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use domain::recorded::{EVENT_BYTES_MAX, Position};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};
use serde::Deserialize;
use signed_note::VerifierList;

use crate::outside::{Unanswered, get};
use crate::transparency::checkpoint::{CHECKPOINT_BYTES_MAX, Checkpoint};
use crate::transparency::path::Resource;
use crate::transparency::proof::{
    Known, PROOF_HASHES_MAX, TILE_WIDTH, Tile, every_tile, is_consistent,
};
use crate::transparency::receipt::{Unproven, verified};
use crate::transparency::tree::{Frontier, Hash, leaf};

/// How many tiles are asked for at a time.
const REQUESTS: usize = 8;
/// The largest log whose tiles are read: they are kept in memory, 32 bytes an entry.
pub const TILES_ENTRIES_MAX: u64 = 1 << 26;
/// The longest answer with a consistency proof, in bytes: two hashes a level, each in quotes.
const PROOF_BYTES_MAX: usize = PROOF_HASHES_MAX * 2 * 64 + 256;
const TILE_BYTES_MAX: usize = 32 * 256;
pub(crate) const ENTRIES_BYTES_MAX: usize = (EVENT_BYTES_MAX + 2) * 256;

/// How much of the log is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// The checkpoint, and one proof.
    Checkpoint,
    /// Every published hash too: the root is computed again.
    Tiles,
    /// Every entry too: its hash is computed again.
    Entries,
}

/// A log that goes on from the checkpoint that was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sound {
    /// What was kept.
    pub kept: Checkpoint,
    /// What is shown today.
    pub shown: Checkpoint,
}

/// What is wrong with the log, or why that cannot be told.
#[derive(Debug, thiserror::Error)]
pub enum Finding {
    /// What was kept proves nothing itself.
    #[error("the checkpoint that was kept proves nothing: {0}")]
    Kept(Unproven),
    /// The log does not answer.
    #[error("{url}: {source}")]
    Unanswered {
        /// What was asked for.
        url: String,
        /// Why there is no answer.
        source: Unanswered,
    },
    /// It answers something else than its format says.
    #[error("{0} is not in its format")]
    Malformed(String),
    /// It is too long to be looked at whole.
    #[error("the log has {0} entries, more than {TILES_ENTRIES_MAX}")]
    TooLarge(u64),
    /// The log shows a checkpoint that it did not sign.
    #[error("the checkpoint that is shown proves nothing: {0}")]
    Shown(Unproven),
    /// It shows less than it had shown: an older state, or another history.
    #[error("{shown} entries are shown, and {kept} were")]
    Behind {
        /// How many were shown.
        kept: u64,
        /// How many are.
        shown: u64,
    },
    /// Its beginning is not what it was.
    #[error("the first {kept} of its {shown} entries are not those that were shown")]
    Rewritten {
        /// How many were shown.
        kept: u64,
        /// How many are.
        shown: u64,
    },
    /// A tile does not lead to the signed root.
    #[error("the tile {0} does not lead to the root that was signed")]
    Tile(String),
    /// An entry is not what was hashed.
    #[error("the entry at position {0} does not have its published hash")]
    Entry(Position),
}

impl Finding {
    /// Whether it says nothing of the log: it could not be asked.
    pub fn is_unknown(&self) -> bool {
        matches!(
            self,
            Self::Kept(_) | Self::Unanswered { .. } | Self::Malformed(_) | Self::TooLarge(_)
        )
    }
}

/// The checkpoint in a note that was kept, of the log `origin`, signed by a key of `trusted`.
pub fn kept(note: &[u8], origin: &str, trusted: &VerifierList) -> Result<Checkpoint, Finding> {
    let kept = verified(note, trusted).map_err(Finding::Kept)?;
    if kept.origin != origin {
        return Err(Finding::Kept(Unproven::OtherLog(kept.origin)));
    }
    Ok(kept)
}

/// Whether the log at `url` goes on from `kept`; `progress` hears how many entries and tiles are done.
pub async fn verify(
    url: &str,
    kept: Checkpoint,
    trusted: &VerifierList,
    depth: Depth,
    mut progress: impl FnMut(u64),
) -> Result<Sound, Finding> {
    let log = Log { url: url.trim_end_matches('/') };
    let note = log.get("log/checkpoint", CHECKPOINT_BYTES_MAX).await?;
    let shown = verified(&note, trusted).map_err(Finding::Shown)?;
    if shown.origin != kept.origin {
        return Err(Finding::Shown(Unproven::OtherLog(shown.origin)));
    }
    log.goes_on(&kept, &shown).await?;
    if depth >= Depth::Tiles {
        let known = log.tiles(&shown, &mut progress).await?;
        if depth >= Depth::Entries {
            log.entries(&shown, &known, &mut progress).await?;
        }
    }
    Ok(Sound { kept, shown })
}

/// Whether `shown` is a later state of `kept`, where `path` proves it (RFC 9162, §2.1.4.2).
pub fn must_go_on(kept: &Checkpoint, shown: &Checkpoint, path: &[Hash]) -> Result<(), Finding> {
    let (old, new) = ((kept.size, kept.root), (shown.size, shown.root));
    if new.0 < old.0 {
        return Err(Finding::Behind { kept: old.0, shown: new.0 });
    }
    // Every tree begins with the empty one, whose root is one value.
    let is_root = |it: (u64, Hash)| it.0 > 0 || it.1 == Frontier::default().root();
    if is_root(old) && is_root(new) && is_consistent(old, new, path) {
        Ok(())
    } else {
        Err(Finding::Rewritten { kept: old.0, shown: new.0 })
    }
}

/// The answer of `/log/proof/consistency`.
#[derive(Deserialize)]
struct Consistency {
    proof: Vec<String>,
}

struct Log<'a> {
    url: &'a str,
}

impl Log<'_> {
    async fn get(&self, path: &str, limit: usize) -> Result<Vec<u8>, Finding> {
        let url = format!("{}/{path}", self.url);
        get(&url, limit).await.map_err(|source| Finding::Unanswered { url, source })
    }

    async fn goes_on(&self, kept: &Checkpoint, shown: &Checkpoint) -> Result<(), Finding> {
        let (from, to) = (kept.size, shown.size);
        if from == 0 || from >= to {
            return must_go_on(kept, shown, &[]);
        }
        let path = format!("log/proof/consistency?from={from}&to={to}");
        let answer = self.get(&path, PROOF_BYTES_MAX).await?;
        let proof = || {
            let Consistency { proof } = serde_json::from_slice(&answer).ok()?;
            let hash = |it: &String| BASE64.decode(it).ok()?.try_into().ok();
            proof.iter().map(hash).collect::<Option<Vec<Hash>>>()
        };
        must_go_on(kept, shown, &proof().ok_or(Finding::Malformed(path))?)
    }

    /// Every published hash, once all of them lead to the signed root.
    async fn tiles(
        &self,
        shown: &Checkpoint,
        progress: &mut impl FnMut(u64),
    ) -> Result<Known, Finding> {
        if shown.size > TILES_ENTRIES_MAX {
            return Err(Finding::TooLarge(shown.size));
        }
        let mut known = Known::of(shown.size);
        let asked = every_tile(shown.size).map(|tile| async move {
            let path = format!("log/tile/{}", Resource::Hashes(tile));
            let bytes = self.get(&path, TILE_BYTES_MAX).await?;
            let (hashes, rest) = bytes.as_chunks::<32>();
            let fits = rest.is_empty() && hashes.len() as u64 == tile.width;
            if fits { Ok((tile, hashes.to_vec())) } else { Err(Finding::Malformed(path)) }
        });
        let mut answered = stream::iter(asked).buffered(REQUESTS);
        while let Some((tile, hashes)) = answered.try_next().await? {
            progress(tile.width);
            known.insert(tile, hashes);
        }
        let stray = known.stray(shown.root).map(|it| Resource::Hashes(it).to_string());
        stray.map_or(Ok(known), |path| Err(Finding::Tile(path)))
    }

    /// Compares every published entry with its published hash.
    async fn entries(
        &self,
        shown: &Checkpoint,
        known: &Known,
        progress: &mut impl FnMut(u64),
    ) -> Result<(), Finding> {
        let asked =
            (0..).map_while(|index| Tile::of(0, index, shown.size)).map(|tile| async move {
                let path = format!("log/tile/{}", Resource::Entries(tile));
                let bytes = self.get(&path, ENTRIES_BYTES_MAX).await?;
                let hashes = leaves(&bytes).filter(|it| it.len() as u64 == tile.width);
                hashes.map(|it| (tile, it)).ok_or(Finding::Malformed(path))
            });
        let mut answered = stream::iter(asked).buffered(REQUESTS);
        while let Some((tile, hashes)) = answered.try_next().await? {
            for (index, hash) in (tile.index * TILE_WIDTH..).zip(hashes) {
                if known.leaf(index) != Some(hash) {
                    return Err(Finding::Entry(Position(index + 1)));
                }
            }
            progress(tile.width);
        }
        Ok(())
    }
}

/// The hash of each entry of a bundle: each stands after its length in two bytes (c2sp.org/tlog-tiles).
pub(crate) fn leaves(mut bundle: &[u8]) -> Option<Vec<Hash>> {
    let mut hashes = Vec::new();
    while let Some((length, rest)) = bundle.split_first_chunk::<2>() {
        let (entry, rest) = rest.split_at_checked(u16::from_be_bytes(*length).into())?;
        hashes.push(leaf(entry));
        bundle = rest;
    }
    bundle.is_empty().then_some(hashes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn checkpoint(size: u64, root: u8) -> Checkpoint {
        Checkpoint { origin: "tiwizi.example".to_owned(), size, root: [root; 32] }
    }

    #[test]
    fn a_log_that_shows_less_or_another_root_is_found() {
        let behind = must_go_on(&checkpoint(5, 1), &checkpoint(4, 1), &[]);
        assert!(matches!(behind, Err(Finding::Behind { kept: 5, shown: 4 })));
        let other = must_go_on(&checkpoint(5, 1), &checkpoint(5, 2), &[]);
        assert!(matches!(other, Err(Finding::Rewritten { kept: 5, shown: 5 })));
        assert!(must_go_on(&checkpoint(5, 1), &checkpoint(5, 1), &[]).is_ok());
        assert!(must_go_on(&checkpoint(5, 1), &checkpoint(6, 1), &[]).is_err());
    }

    #[test]
    fn everything_goes_on_from_nothing_but_nothing_has_one_root() {
        let nothing = Checkpoint { root: Frontier::default().root(), ..checkpoint(0, 0) };
        assert!(must_go_on(&nothing, &checkpoint(5, 1), &[]).is_ok());
        assert!(must_go_on(&nothing, &nothing, &[]).is_ok());
        assert!(must_go_on(&checkpoint(0, 7), &checkpoint(5, 1), &[]).is_err());
    }

    #[test]
    fn entries_are_read_to_the_last_byte() {
        assert_eq!(leaves(b"\0\x02ab\0\0"), Some(vec![leaf(b"ab"), leaf(b"")]));
        assert_eq!(leaves(b"\0\x02a"), None);
        assert_eq!(leaves(b"\0\x02ab\0"), None);
        assert_eq!(leaves(b""), Some(vec![]));
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_reader_of_entries_stop(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = leaves(&bytes);
        }
    }
}
