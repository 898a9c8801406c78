//! A receipt (c2sp.org/tlog-proof): one event, its place in the log, and the proof up to a signed
//! checkpoint, in one file that is checked without the server.
use std::collections::BTreeMap;
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use domain::recorded::EVENT_BYTES_MAX;
use jiff::Timestamp;
use signed_note::{Note, VerifierList};

use super::checkpoint::{CHECKPOINT_BYTES_MAX, Checkpoint, hash};
use super::cosignature::{Cosigner, cosigned};
use super::path::decimal;
use super::proof::{PROOF_HASHES_MAX, root_of_inclusion};
use super::tree::{Hash, leaf};

const FIRST_LINE: &str = "c2sp.org/tlog-proof@v1";
/// The longest receipt that is read, in bytes: the event in Base 64, the proof and the checkpoint.
pub const RECEIPT_BYTES_MAX: usize =
    EVENT_BYTES_MAX.div_ceil(3) * 4 + PROOF_HASHES_MAX * 45 + CHECKPOINT_BYTES_MAX + 64;

/// A receipt as it is written in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    /// The stored bytes of the event, where the file has them.
    pub entry: Option<Vec<u8>>,
    /// The event's place in the log, from 0.
    pub index: u64,
    /// The hashes from the sibling of the event's leaf up to the child of the root.
    pub path: Vec<Hash>,
    /// The signed checkpoint, as its log published it.
    pub checkpoint: Vec<u8>,
}

/// Why a text is no receipt.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoReceipt {
    /// It is not written in the format.
    #[error("not a receipt in the format {FIRST_LINE}")]
    Malformed,
    /// It is longer than any receipt.
    #[error("longer than {RECEIPT_BYTES_MAX} bytes")]
    TooLong,
}

/// Why a receipt proves nothing.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unproven {
    /// The file holds no event, and none was given.
    #[error("the receipt holds no event to be checked")]
    NoEntry,
    /// The checkpoint is not written in its format.
    #[error("its checkpoint cannot be read")]
    CheckpointUnreadable,
    /// No trusted key signed the checkpoint.
    #[error("no key that is trusted signed its checkpoint")]
    CheckpointUnsigned,
    /// A trusted key's signature does not fit.
    #[error("a signature of its checkpoint is wrong")]
    SignatureWrong,
    /// It is another log's.
    #[error("its checkpoint is of the log {0}")]
    OtherLog(String),
    /// Too few of the witnesses cosigned its checkpoint.
    #[error("{found} of the witnesses cosigned its checkpoint, and {quorum} are asked for")]
    Unwitnessed {
        /// How many did.
        found: usize,
        /// How many are asked for.
        quorum: usize,
    },
    /// The event is not where the receipt says.
    #[error("the event is not at its place in the log that the checkpoint speaks of")]
    NotIncluded,
}

impl Receipt {
    /// Reads a receipt.
    pub fn read(text: &[u8]) -> Result<Self, NoReceipt> {
        if text.len() > RECEIPT_BYTES_MAX {
            return Err(NoReceipt::TooLong);
        }
        Self::parse(text).ok_or(NoReceipt::Malformed)
    }

    fn parse(text: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(text).ok()?;
        let (proof, checkpoint) = text.split_once("\n\n")?;
        let mut lines = proof.split('\n').peekable();
        if lines.next()? != FIRST_LINE {
            return None;
        }
        let extra =
            lines.next_if(|it| it.starts_with("extra ")).and_then(|it| it.strip_prefix("extra "));
        let entry = match extra {
            Some(extra) => Some(BASE64.decode(extra).ok()?),
            None => None,
        };
        let index = decimal(lines.next()?.strip_prefix("index ")?, u64::MAX).ok()?;
        let path: Vec<_> = lines.map(hash).collect::<Option<_>>()?;
        let fits = path.len() <= PROOF_HASHES_MAX;
        fits.then(|| Self { entry, index, path, checkpoint: checkpoint.as_bytes().to_vec() })
    }

    /// The checkpoint that the receipt leads to, where a key of `trusted` signed it, it is of the log
    /// `origin`, and the event is in that log. `entry` is the event where the file has none.
    pub fn check(
        &self,
        entry: Option<&[u8]>,
        origin: &str,
        trusted: &VerifierList,
    ) -> Result<Checkpoint, Unproven> {
        let entry = self.entry.as_deref().or(entry).ok_or(Unproven::NoEntry)?;
        let checkpoint = verified(&self.checkpoint, trusted)?;
        if checkpoint.origin != origin {
            return Err(Unproven::OtherLog(checkpoint.origin));
        }
        let root = root_of_inclusion(leaf(entry), self.index, checkpoint.size, &self.path);
        if root == Some(checkpoint.root) { Ok(checkpoint) } else { Err(Unproven::NotIncluded) }
    }
}

/// Who of `witnesses` cosigned the checkpoint in `note`, and when; a `quorum` of them at least.
pub fn witnessed(
    note: &[u8],
    witnesses: &[Cosigner],
    quorum: usize,
) -> Result<BTreeMap<String, Timestamp>, Unproven> {
    let found = cosigned(note, witnesses);
    let enough = found.len() >= quorum;
    if enough { Ok(found) } else { Err(Unproven::Unwitnessed { found: found.len(), quorum }) }
}

/// The checkpoint in the signed `note`, where a key of `trusted` signed it.
pub fn verified(note: &[u8], trusted: &VerifierList) -> Result<Checkpoint, Unproven> {
    use signed_note::{NoteError, VerificationError};
    let note = Note::from_bytes(note).map_err(|_| Unproven::CheckpointUnreadable)?;
    note.verify(trusted).map_err(|error| match error {
        NoteError::InvalidSignature { .. } => Unproven::SignatureWrong,
        NoteError::VerificationError(VerificationError::UnknownKey { .. })
        | NoteError::UnverifiedNote => Unproven::CheckpointUnsigned,
        _ => Unproven::CheckpointUnreadable,
    })?;
    Checkpoint::read(note.text()).map_err(|_| Unproven::CheckpointUnreadable)
}

/// The file.
impl fmt::Display for Receipt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{FIRST_LINE}")?;
        if let Some(entry) = &self.entry {
            writeln!(f, "extra {}", BASE64.encode(entry))?;
        }
        writeln!(f, "index {}", self.index)?;
        for hash in &self.path {
            writeln!(f, "{}", BASE64.encode(hash))?;
        }
        write!(f, "\n{}", String::from_utf8_lossy(&self.checkpoint))
    }
}

#[cfg(test)]
mod tests;
