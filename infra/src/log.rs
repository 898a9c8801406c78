//! The published log: what the world is shown of the ledger, and can hold it to.
//!
//! ```text
//! open:  key, anchor and ledger agree ─▶ publish; else nothing is signed under that origin again
//! then:  events are durable ─▶ sign ─▶ anchor is durable ─▶ publish, once a second at most
//! ```
//!
//! The anchor is the last published checkpoint, kept outside the database: a database that was put
//! back to an older state, or rewritten, is found out at the start.
mod anchor;
mod held;
mod keys;
mod renewal;
pub mod time;
pub mod witness;

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use domain::recorded::Position;
use signed_note::{Note, Signer, VerifierList};
use tokio::sync::watch;
use tokio::task::JoinHandle;

pub use self::held::Unpublished;
pub use self::keys::{Keys, verifiers};
pub use self::renewal::Renewal;
use self::time::Stamps;
use self::witness::Witnesses;
use crate::ledger::{self, Head, Ledger};
use crate::transparency::checkpoint::Checkpoint;
use crate::transparency::cose::{self, Inclusion};
use crate::transparency::path::Resource;
use crate::transparency::proof::{Tile, is_consistent};
use crate::transparency::receipt::{Receipt, Unproven, verified};
use crate::transparency::tree::Hash;

/// At most one checkpoint in so long.
const INTERVAL: Duration = Duration::from_secs(1);

/// What can go wrong with the published log.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Error {
    /// The ledger failed.
    #[error(transparent)]
    Ledger(#[from] ledger::Error),
    /// A file of the log cannot be read or written.
    #[error("{} cannot be read or written", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// What the system said.
        source: Arc<std::io::Error>,
    },
    /// Another process publishes the log, or changes its keys.
    #[error("another process publishes the log that is kept in {}", .0.display())]
    InUse(PathBuf),
    /// Others on this machine can read the secret key.
    #[error("{} can be read by others than its owner: chmod 600 it, and rotate the key", .0.display())]
    KeyReadableByOthers(PathBuf),
    /// The file holds no key.
    #[error("{} holds no key of the log", .0.display())]
    NoKey(PathBuf),
    /// The key was made for another log.
    #[error("the key is of the log {key}, and the ledger's is {origin}")]
    KeyOfAnotherLog {
        /// The log that the key was made for.
        key: String,
        /// The ledger's own.
        origin: String,
    },
    /// The anchor is no checkpoint that this log signed.
    #[error("the anchor {} is no checkpoint that this log signed: {why}", path.display())]
    AnchorUnproven {
        /// The file.
        path: PathBuf,
        /// Why.
        why: Unproven,
    },
    /// The ledger has fewer events than were published.
    #[error(
        "the ledger ends at {head}, and {published} events were published: it was put back to an older state"
    )]
    Behind {
        /// Where the ledger ends.
        head: Position,
        /// How many events were published.
        published: u64,
    },
    /// The ledger's first events are not those that were published.
    #[error("the first {published} events of the ledger are not those that were published")]
    Rewritten {
        /// How many events were published.
        published: u64,
    },
}

/// A checkpoint that was published, as it was signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// What it says.
    pub checkpoint: Checkpoint,
    /// The signed note.
    pub note: Vec<u8>,
}

/// The log with those who vouch for it.
#[derive(Clone)]
pub struct Vouched {
    /// The log.
    pub log: Log,
    /// Who watches that it only grows.
    pub witnesses: Witnesses,
    /// Since when its checkpoints are known.
    pub stamps: Stamps,
}

/// The published log of one ledger. Clones share it; it signs until the last of them is gone.
#[derive(Clone)]
pub struct Log(Arc<Inner>);

struct Inner {
    ledger: Ledger,
    publisher: Arc<Publisher>,
    latest: watch::Receiver<Arc<Published>>,
    signing: JoinHandle<()>,
    /// No other process signs meanwhile.
    _held: File,
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.signing.abort();
    }
}

/// What signs and keeps the anchor.
struct Publisher {
    keys: Keys,
    origin: String,
    folder: PathBuf,
}

impl Log {
    /// Opens the log of `ledger`, which the world knows as `origin`. Its key and its anchor are kept
    /// in `folder`; the first start makes them.
    pub async fn open(ledger: Ledger, origin: &str, folder: &Path) -> Result<Self, Error> {
        Self::prepare(ledger, origin, folder).await?.publish().await
    }

    /// The same, before anything is signed.
    pub async fn prepare(
        ledger: Ledger,
        origin: &str,
        folder: &Path,
    ) -> Result<Unpublished, Error> {
        let held = held::hold(folder)?;
        let keys = Keys::open(folder, origin)?;
        let publisher = Publisher { keys, origin: origin.to_owned(), folder: folder.to_owned() };
        publisher.must_follow_the_anchor(&ledger).await?;
        Ok(Unpublished { ledger, publisher, held })
    }

    async fn publish(Unpublished { ledger, publisher, held }: Unpublished) -> Result<Self, Error> {
        let publisher = Arc::new(publisher);
        let signer = Arc::clone(&publisher);
        let mut heads = ledger.heads();
        let head = *heads.borrow_and_update();
        let (shown, latest) = watch::channel(Arc::new(Arc::clone(&signer).publish(head).await?));
        let signing = tokio::spawn(async move {
            while heads.changed().await.is_ok() {
                let head = *heads.borrow_and_update();
                match Arc::clone(&signer).publish(head).await {
                    Ok(next) => drop(shown.send_replace(Arc::new(next))),
                    Err(error) => {
                        tracing::error!(%error, "no checkpoint was published");
                        // Tried again, though no event follows.
                        heads.mark_changed();
                    }
                }
                tokio::time::sleep(INTERVAL).await;
            }
        });
        Ok(Self(Arc::new(Inner { ledger, publisher, latest, signing, _held: held })))
    }

    /// The last published checkpoint.
    pub fn latest(&self) -> Arc<Published> {
        Arc::clone(&self.0.latest.borrow())
    }

    /// Every key that signs, as others verify by it (c2sp.org/signed-note), the newest last.
    pub fn keys(&self) -> &[String] {
        self.0.publisher.keys.public()
    }

    /// Waits until the event at `position` is published. An error says that nothing will be.
    pub async fn published(&self, position: Position) -> Option<Arc<Published>> {
        let mut latest = self.0.latest.clone();
        let there = |it: &Arc<Published>| it.checkpoint.size >= position.0;
        latest.wait_for(there).await.ok().map(|it| Arc::clone(&it))
    }

    /// The hashes or the entries at a path, where that much is published.
    pub async fn resource(&self, resource: Resource) -> Result<Option<Vec<u8>>, Error> {
        let (Resource::Hashes(tile) | Resource::Entries(tile)) = resource;
        let size = self.latest().checkpoint.size;
        let there = Tile::of(tile.level, tile.index, size).is_some_and(|it| it.width >= tile.width);
        if !there {
            return Ok(None);
        }
        Ok(Some(match resource {
            Resource::Hashes(tile) => self.0.ledger.tile(tile).await?.concat(),
            Resource::Entries(tile) => self.entries(tile).await?,
        }))
    }

    /// Each entry after its length in two bytes, the greater first.
    async fn entries(&self, tile: Tile) -> Result<Vec<u8>, Error> {
        let (after, width) =
            (Position(tile.span().first), usize::try_from(tile.width).unwrap_or(0));
        let stored = self.0.ledger.read(after, width).await?;
        let mut bundle = Vec::new();
        for entry in &stored {
            let length = u16::try_from(entry.bytes.len());
            let length =
                length.map_err(|_| ledger::Error::EventTooLarge { bytes: entry.bytes.len() })?;
            bundle.extend(length.to_be_bytes());
            bundle.extend(&entry.bytes);
        }
        Ok(bundle)
    }

    /// The receipt of the event at `position`, up to the last published checkpoint; `None` where that
    /// does not reach so far.
    pub async fn receipt(&self, position: Position) -> Result<Option<Receipt>, Error> {
        self.receipt_up_to(&self.latest(), position).await
    }

    /// The same up to `published`.
    async fn receipt_up_to(
        &self,
        published: &Published,
        position: Position,
    ) -> Result<Option<Receipt>, Error> {
        let last = Position(published.checkpoint.size);
        let included = self.0.ledger.inclusion(position, last).await?;
        Ok(included.map(|it| it.under(&published.note)))
    }

    /// The same in COSE (RFC 9942).
    pub async fn cose(&self, position: Position) -> Result<Option<Vec<u8>>, Error> {
        let latest = self.latest();
        let Checkpoint { origin, size, root } = &latest.checkpoint;
        let receipt = self.receipt_up_to(&latest, position).await?;
        let Some(Receipt { entry: Some(entry), index, path, .. }) = receipt else {
            return Ok(None);
        };
        let inclusion = Inclusion { size: *size, index, path };
        let keys = &self.0.publisher.keys;
        let signers: Vec<_> = keys.signers().collect();
        let written = cose::write(&entry, &inclusion, root, origin, &signers);
        written.map(Some).ok_or_else(|| Error::NoKey(keys.path().to_owned()))
    }

    /// The checkpoint of the first `size` entries, signed today; `None` where so many are not
    /// published. Nothing is signed that is not the beginning of what was published.
    pub async fn checkpoint_at(&self, size: u64) -> Result<Option<Published>, Error> {
        let latest = self.latest();
        let (published, root) = (latest.checkpoint.size, latest.checkpoint.root);
        if size > published {
            return Ok(None);
        }
        let old = (size, self.0.ledger.root_at(Position(size)).await?);
        let path = self.consistency(size, published).await?.unwrap_or_default();
        if !is_consistent(old, (published, root), &path) {
            return Err(Error::Rewritten { published });
        }
        self.0.publisher.signed(size, old.1).map(Some)
    }

    /// That the first `old` entries are the beginning of the first `new`; `None` where `old` is 0 or
    /// after `new`, or so many are not published.
    pub async fn consistency(&self, old: u64, new: u64) -> Result<Option<Vec<Hash>>, Error> {
        if new > self.latest().checkpoint.size {
            return Ok(None);
        }
        Ok(self.0.ledger.consistency(Position(old), Position(new)).await?)
    }
}

impl Publisher {
    /// Refuses a ledger that is not the one whose checkpoint was published last.
    async fn must_follow_the_anchor(&self, ledger: &Ledger) -> Result<(), Error> {
        let Some(note) = anchor::read(&self.folder)? else { return Ok(()) };
        let unproven = |why| Error::AnchorUnproven { path: anchor::path(&self.folder), why };
        let trusted: VerifierList =
            verifiers(self.keys.public()).unwrap_or_else(|| VerifierList::new(vec![]));
        let anchored = verified(&note, &trusted).map_err(unproven)?;
        if anchored.origin != self.origin {
            return Err(unproven(Unproven::OtherLog(anchored.origin)));
        }
        let (head, published) = (ledger.head().position, anchored.size);
        if head.0 < published {
            return Err(Error::Behind { head, published });
        }
        let root = ledger.root_at(Position(published)).await?;
        if root == anchored.root { Ok(()) } else { Err(Error::Rewritten { published }) }
    }

    /// The same on a thread that may wait for the disk.
    async fn publish(self: Arc<Self>, head: Head) -> Result<Published, Error> {
        let signed = tokio::task::spawn_blocking(move || self.sign(head)).await;
        signed.unwrap_or_else(|_| Err(ledger::Error::NotWritable.into()))
    }

    /// Signs what the ledger has come to, keeps it, and only then gives it away.
    fn sign(&self, head: Head) -> Result<Published, Error> {
        let published = self.signed(head.position.0, head.root)?;
        anchor::write(&self.folder, &published.note)?;
        Ok(published)
    }

    fn signed(&self, size: u64, root: Hash) -> Result<Published, Error> {
        let origin = self.origin.clone();
        let checkpoint = Checkpoint { origin, size, root };
        let text = checkpoint.to_string();
        let signers: Vec<&dyn Signer> = self.keys.signers().collect();
        let unsigned = |_| Error::NoKey(self.keys.path().to_owned());
        let mut note = Note::new(text.as_bytes(), &[]).map_err(unsigned)?;
        note.add_sigs(&signers).map_err(unsigned)?;
        Ok(Published { checkpoint, note: note.to_bytes() })
    }
}
