//! Tokens of a time authority on checkpoints (RFC 3161), and the checkpoints beside them: two files a
//! token, which an auditor gives to `openssl ts -verify` as they are.
use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::sleep;

use super::anchor::replace;
use super::{Error, Log, Published, Witnesses};
use crate::outside::{StatusCode, Unanswered, post};
use crate::transparency::timestamp::{Authority, Request, TOKEN_BYTES_MAX, Untimed, time_of};

/// After how long an authority that gave no token is asked again, unless it is asked more often anyway.
const PAUSE: Duration = Duration::from_mins(1);

/// Whom to ask for the time, and how often.
#[derive(Clone, Debug)]
pub struct Stamping {
    /// Where the authority takes questions.
    pub url: String,
    /// Whose certificates its tokens must lead to.
    pub authority: Authority,
    /// The shortest time between two tokens.
    pub every: Duration,
}

/// The tokens of one log. Clones share them; the authority is asked until the last of them is gone.
#[derive(Clone)]
pub struct Stamps(Arc<Inner>);

struct Inner {
    kept: Arc<Kept>,
    _stamping: JoinSet<()>,
}

/// The tokens in their folder: `<size>.tsr` and `<size>.checkpoint`.
struct Kept {
    folder: PathBuf,
    sizes: RwLock<BTreeSet<u64>>,
}

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// How many entries the log had.
    pub size: u64,
    /// The time that the authority gave.
    pub time: Timestamp,
}

/// What of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The authority's answer, a `TimeStampResp` in DER.
    Token,
    /// The signed checkpoint that it is about, byte for byte.
    Checkpoint,
}

/// Why a checkpoint got no token.
#[derive(Debug, thiserror::Error)]
enum Unstamped {
    #[error(transparent)]
    Unanswered(#[from] Unanswered),
    #[error("the answer is no application/timestamp-reply")]
    NoReply,
    #[error(transparent)]
    Untimed(#[from] Untimed),
    #[error(transparent)]
    Unkept(#[from] Error),
}

impl Stamps {
    /// Keeps tokens in `log.time` of `folder`, and asks for new ones where `stamping` says whom. What is
    /// stamped is the checkpoint as it is shown, with the cosignatures of `witnesses`.
    pub fn start(
        log: &Log,
        witnesses: &Witnesses,
        folder: &Path,
        stamping: Option<Stamping>,
    ) -> Result<Self, Error> {
        let kept = Arc::new(Kept::open(folder.join("log.time"))?);
        let mut tasks = JoinSet::new();
        if let Some(stamping) = stamping {
            let latest = log.0.latest.clone();
            tasks.spawn(stamp_all(Arc::clone(&kept), stamping, latest, witnesses.clone()));
        }
        Ok(Self(Arc::new(Inner { kept, _stamping: tasks })))
    }

    /// The tokens for checkpoints of less than `before` entries, the newest first.
    pub async fn before(&self, before: u64, limit: usize) -> Result<Vec<Stamp>, Error> {
        let kept = Arc::clone(&self.0.kept);
        on_disk(move || {
            let sizes: Vec<_> = kept.sizes().range(..before).rev().take(limit).copied().collect();
            let stamp = |size| {
                let token = kept.read(size, Part::Token)?;
                let time = token.and_then(|it| time_of(&it).ok());
                // A file that holds no token any more is not listed.
                Ok(time.map(|time| Stamp { size, time }))
            };
            sizes.into_iter().map(stamp).filter_map(Result::transpose).collect()
        })
        .await
    }

    /// A part of the token for the checkpoint of `size` entries, where there is one.
    pub async fn part(&self, size: u64, part: Part) -> Result<Option<Vec<u8>>, Error> {
        let kept = Arc::clone(&self.0.kept);
        on_disk(move || if kept.has(size) { kept.read(size, part) } else { Ok(None) }).await
    }
}

impl Kept {
    fn open(folder: PathBuf) -> Result<Self, Error> {
        let failed = |error| Error::File { path: folder.clone(), source: Arc::new(error) };
        let mut sizes = BTreeSet::new();
        match fs::read_dir(&folder) {
            Ok(entries) => {
                for entry in entries {
                    let name = entry.map_err(failed)?.file_name();
                    let size = name.to_str().and_then(|it| it.strip_suffix(".tsr"));
                    sizes.extend(size.and_then(|it| it.parse::<u64>().ok()));
                }
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(failed(error)),
        }
        Ok(Self { folder, sizes: RwLock::new(sizes) })
    }

    fn sizes(&self) -> impl std::ops::Deref<Target = BTreeSet<u64>> {
        self.sizes.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn has(&self, size: u64) -> bool {
        self.sizes().contains(&size)
    }

    fn path(&self, size: u64, part: Part) -> PathBuf {
        let extension = match part {
            Part::Token => "tsr",
            Part::Checkpoint => "checkpoint",
        };
        self.folder.join(format!("{size}.{extension}"))
    }

    fn read(&self, size: u64, part: Part) -> Result<Option<Vec<u8>>, Error> {
        let path = self.path(size, part);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(Error::File { path, source: Arc::new(error) }),
        }
    }

    /// The token comes last: where it is, its checkpoint is.
    fn keep(&self, published: &Published, token: &[u8]) -> Result<(), Error> {
        let size = published.checkpoint.size;
        fs::create_dir_all(&self.folder)
            .map_err(|error| Error::File { path: self.folder.clone(), source: Arc::new(error) })?;
        let parts = [(Part::Checkpoint, published.note.as_slice()), (Part::Token, token)];
        for (part, bytes) in parts {
            let path = self.path(size, part);
            let failed = |error| Error::File { path: path.clone(), source: Arc::new(error) };
            replace(&path, bytes, 0o644).map_err(failed)?;
        }
        self.sizes.write().unwrap_or_else(PoisonError::into_inner).insert(size);
        Ok(())
    }
}

/// Gets a token for the newest checkpoint, again and again, where there is a new one.
async fn stamp_all(
    kept: Arc<Kept>,
    stamping: Stamping,
    mut latest: watch::Receiver<Arc<Published>>,
    witnesses: Witnesses,
) {
    loop {
        let published = Arc::clone(&latest.borrow_and_update());
        if kept.has(published.checkpoint.size) {
            if latest.changed().await.is_err() {
                break;
            }
            continue;
        }
        let pause = match stamp(&kept, &stamping, witnesses.shown(&published)).await {
            Ok(()) => stamping.every,
            Err(why) => {
                tracing::error!(authority = stamping.url, %why, "a checkpoint got no time stamp");
                PAUSE.min(stamping.every)
            }
        };
        sleep(pause).await;
    }
}

async fn stamp(
    kept: &Arc<Kept>,
    stamping: &Stamping,
    published: Published,
) -> Result<(), Unstamped> {
    let request = Request::about(&published.note);
    let query = request.to_der()?;
    let answer = post(&stamping.url, "application/timestamp-query", query, TOKEN_BYTES_MAX).await?;
    if answer.status != StatusCode::OK {
        return Err(answer.refused().into());
    }
    if !answer.is("application/timestamp-reply") {
        return Err(Unstamped::NoReply);
    }
    stamping.authority.check(&answer.body, &request)?;
    let kept = Arc::clone(kept);
    Ok(on_disk(move || kept.keep(&published, &answer.body)).await?)
}

/// Runs `work` on a thread that may wait for the disk.
async fn on_disk<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|_| Err(crate::ledger::Error::NotWritable.into()))
}
