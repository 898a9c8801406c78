//! The application: the ledger, and the read models that follow it.
//!
//! ```text
//! start ─▶ fold the ledger ─▶ ready ─▶ follow ─┬─▶ follow …
//!                                              └─ the ledger failed ─▶ stopped
//! ```
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};

use domain::ids::CommandId;
use domain::permission::{Acting, Denied};
use domain::recorded::{Position, Recorded};
use futures_util::future::join;
use infra::ledger::{Clock, Error, Head, Ledger, Receipt, SubmitError};
use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use lru::LruCache;
use projections::{AsOf, History, advance};
use tokio::sync::watch;

mod past;
mod request;

pub use projections::Models;
pub use request::Request;

use past::Past;

/// The legal time of Morocco, which says what day it is: UTC+1, in Ramadan too for this purpose.
pub(crate) const LEGAL_TIME: Offset = Offset::constant(1);

/// How many roots are kept.
const ROOTS_MAX: NonZeroUsize = NonZeroUsize::new(256).expect("more than none");

/// The ledger and the read models that follow it. Clones share them.
#[derive(Clone)]
pub struct App {
    ledger: Ledger,
    clock: Clock,
    past: Arc<Past>,
    followed: watch::Receiver<Followed>,
    /// The roots that were asked for last.
    roots: Arc<Mutex<LruCache<Position, [u8; 32]>>>,
    /// Whether what goes on without end is to end.
    stopping: watch::Sender<bool>,
    /// Where the ledger stood at the start: once the models are there, the application is ready.
    head_at_start: Position,
}

/// How far the models have come.
#[derive(Clone, Default)]
struct Followed {
    models: Arc<Models>,
    /// Why they will come no further.
    stopped: Option<Error>,
}

/// Why a request was not recorded.
#[derive(Debug, thiserror::Error)]
pub enum Rejected {
    /// Whoever acts may not.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// A rule said no.
    #[error(transparent)]
    Refused(domain::aggregate::Refusal),
    /// The command id was used for another command.
    #[error("the command id {0} was used before, for another command")]
    CommandReused(CommandId),
    /// The ledger failed.
    #[error(transparent)]
    Ledger(#[from] Error),
}

impl From<SubmitError> for Rejected {
    fn from(error: SubmitError) -> Self {
        match error {
            SubmitError::Refused(refusal) => Self::Refused(refusal),
            SubmitError::CommandReused(command) => Self::CommandReused(command),
            SubmitError::Ledger(error) => Self::Ledger(error),
        }
    }
}

/// Why a question about the past has no answer.
#[derive(Debug, thiserror::Error)]
pub enum NoPast {
    /// The ledger has not come that far.
    #[error("the ledger ends at position {head}")]
    BeyondHead {
        /// Where it ends.
        head: Position,
    },
    /// Others ask about the past already, as many as one process answers at once.
    #[error("too many questions about the past at once")]
    Busy,
    /// The ledger failed.
    #[error(transparent)]
    Ledger(#[from] Error),
}

impl App {
    /// Folds `ledger` from its first event and follows it from then on. Does not wait until it has
    /// caught up: see [`Self::ready`]. `clock` tells what day it is.
    pub fn start(ledger: Ledger, clock: Clock) -> Self {
        let head_at_start = ledger.head().position;
        let past = Arc::new(Past::starting(head_at_start));
        let (progress, followed) = watch::channel(Followed::default());
        tokio::spawn(follow(ledger.clone(), Arc::clone(&past), progress));
        let stopping = watch::Sender::new(false);
        let roots = Arc::new(Mutex::new(LruCache::new(ROOTS_MAX)));
        Self { ledger, clock, past, followed, roots, stopping, head_at_start }
    }

    /// Whether the models have reached the head that the ledger had at the start, and still follow.
    pub fn is_ready(&self) -> bool {
        let followed = self.followed.borrow();
        followed.stopped.is_none() && followed.models.position >= self.head_at_start
    }

    /// Waits until [`Self::is_ready`].
    pub async fn ready(&self) -> Result<(), Error> {
        self.reach(self.head_at_start).await.map(drop)
    }

    /// The ledger.
    pub fn ledger(&self) -> &Ledger {
        &self.ledger
    }

    /// The head of the ledger.
    pub fn head(&self) -> Head {
        self.ledger.head()
    }

    /// What day it is in Morocco.
    pub fn today(&self) -> Date {
        (self.clock)().to_zoned(TimeZone::fixed(LEGAL_TIME)).date()
    }

    /// Everything that is known.
    pub fn now(&self) -> Arc<Models> {
        Arc::clone(&self.followed.borrow().models)
    }

    /// The root of the tree over the events 1 to `position`, which never changes.
    pub async fn root_at(&self, position: Position) -> Result<[u8; 32], Error> {
        let roots = || self.roots.lock().unwrap_or_else(PoisonError::into_inner);
        let known = roots().get(&position).copied();
        if let Some(root) = known {
            return Ok(root);
        }
        let head = self.head();
        let root = if head.position == position {
            head.root
        } else {
            self.ledger.root_at(position).await?
        };
        roots().put(position, root);
        Ok(root)
    }

    /// Everything that is known, once that is at least what the event at `position` says: a write made
    /// elsewhere is waited for. Whoever calls sets the limit.
    pub async fn at_least(&self, position: Position) -> Result<Arc<Models>, Error> {
        self.reach(position).await
    }

    /// Everything that was known at `as_of`. Before the first event that is nothing.
    pub async fn at(&self, as_of: AsOf) -> Result<Arc<Models>, NoPast> {
        let now = self.now();
        if let AsOf::Position(position) = as_of
            && position > now.position
        {
            let head = self.head().position;
            if position > head {
                return Err(NoPast::BeyondHead { head });
            }
            self.reach(position).await?;
        }
        self.past.at(&self.ledger, as_of).await
    }

    /// The same, answering from `models`.
    #[cfg(test)]
    pub(crate) fn showing(&self, models: Models) -> Self {
        let shown = Followed { models: Arc::new(models), stopped: None };
        Self { followed: watch::channel(shown).1, ..self.clone() }
    }

    /// Records what `acting` asks for, where it may, and waits until the models have it: whoever
    /// asks next reads it.
    pub async fn submit(
        &self,
        acting: Option<&Acting>,
        request: Request,
    ) -> Result<Receipt, Rejected> {
        let submission = request.allowed_to(acting)?;
        let receipt = self.ledger.submit(submission).await?;
        self.reach(receipt.last).await?;
        Ok(receipt)
    }

    /// Ends what goes on without end: the process is about to.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Waits for [`Self::stop`].
    pub async fn stopped(&self) {
        let mut stopping = self.stopping.subscribe();
        // Fails where every sender is gone; this is one.
        let _stopped = stopping.wait_for(|it| *it).await;
    }

    /// The models, at `position` or later.
    pub(crate) async fn reach(&self, position: Position) -> Result<Arc<Models>, Error> {
        let mut followed = self.followed.clone();
        let there = |it: &Followed| it.stopped.is_some() || it.models.position >= position;
        let reached = followed.wait_for(there).await.map_err(|_| Error::NotWritable)?;
        match &reached.stopped {
            Some(error) if reached.models.position < position => Err(error.clone()),
            _ => Ok(Arc::clone(&reached.models)),
        }
    }
}

/// Folds every batch as it comes, and shows the models after it.
async fn follow(ledger: Ledger, past: Arc<Past>, progress: watch::Sender<Followed>) {
    use futures_util::StreamExt;
    let mut batches = Box::pin(ledger.follow(Position::START));
    while let Some(batch) = batches.next().await {
        match batch {
            Ok(events) => {
                let models = past.record(&events);
                progress.send_modify(|it| it.models = models);
            }
            Err(error) => {
                tracing::error!(%error, "the read models stopped following the ledger");
                progress.send_modify(|it| it.stopped = Some(error.clone()));
            }
        }
    }
}

/// Folds `events` into `history`.
fn fold(history: &mut History, events: &[Arc<Recorded>]) -> Arc<Models> {
    for recorded in events {
        history.record(recorded);
    }
    Arc::new(history.live().clone())
}

/// Reads what `models` lack to stand at `as_of`: no more than that, and the next events while those
/// before them are folded.
pub(crate) async fn catch_up(
    ledger: &Ledger,
    models: &mut Models,
    as_of: AsOf,
) -> Result<(), Error> {
    let mut events = ledger.events(models.position, wanted(models.position, as_of)).await?;
    while let Some(last) = events.last().map(|it| it.position) {
        let next = ledger.events(last, wanted(last, as_of));
        // The reading goes on elsewhere once it was asked for the first time.
        let (next, more) = join(next, async { advance(models, &events, as_of) }).await;
        if !more {
            break;
        }
        events = next?;
    }
    Ok(())
}

/// How many events to read at once after `after`.
fn wanted(after: Position, as_of: AsOf) -> usize {
    match as_of {
        AsOf::Position(last) => {
            let left = usize::try_from(last.0.saturating_sub(after.0));
            left.map_or(past::PAGE_EVENTS, |left| left.min(past::PAGE_EVENTS))
        }
        AsOf::Instant(_) => past::PAGE_EVENTS,
    }
}
