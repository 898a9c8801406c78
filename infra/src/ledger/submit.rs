//! A submission: from commands to recorded events and a receipt.
//!
//! ```text
//! hold the streams ─▶ read what is not cached ─▶ decide ─▶ queue ─▶ Recorded ─▶ receipt
//!        ▲                                         │                   │
//!        └────── evict and try again ◀─ Conflict ──┼───────────────────┤
//!                                                  └─ Refused ─▶ was the command id used?
//! ```
use std::any::Any;
use std::mem;

use cqrs_es::Aggregate;
use domain::aggregate::{Decider, Refusal};
use domain::canonical;
use domain::ids::CommandId;
use domain::recorded::{Prev, Provenance};
use serde::Serialize;
use sha2::{Digest, Sha256};
use tokio::sync::oneshot;

use super::batcher::{Call, Expected, Message, Verdict};
use super::cache::{Cached, Held, StreamKey};
use super::draft::{Draft, Point, identity};
use super::{Error, Inner, Receipt};

/// How often a submission is decided again because other processes moved its streams.
const ATTEMPTS_MAX: usize = 32;

/// One command, or several that are recorded together or not at all. Each step sees what the
/// steps before it caused.
pub struct Submission {
    provenance: Provenance,
    steps: Vec<Box<dyn Step>>,
    /// The canonical form of what tells this command from another.
    told: Vec<Result<Vec<u8>, Error>>,
}

impl Submission {
    /// Nothing yet, said by whom and why. `provenance.command.digest` is filled in by `submit`:
    /// the first 16 bytes of the SHA-256 over the canonical JSON of `[type, id, command]` of
    /// every step, each on a line of its own. A command made by [`Self::step_reading`] may turn
    /// out another way when it is sent again, so such a step counts as
    /// `[type, id, "reading", type, id]`, and [`Self::telling`] says what was asked for.
    pub fn new(provenance: Provenance) -> Self {
        Self { provenance, steps: Vec::new(), told: Vec::new() }
    }

    /// Then `command` to the aggregate `id`.
    #[must_use]
    pub fn step<A: Decider>(self, id: A::Id, command: A::Command) -> Self
    where
        A::Command: Clone + Serialize + Sync + 'static,
    {
        let key = StreamKey::of::<A>(id);
        let submission = self.telling(&(key.aggregate, key.id, &command));
        submission.then(Plain::<A> { key, command })
    }

    /// Then, to the aggregate `id`, the command that `make` reads off another aggregate. The
    /// submission is recorded only if `read` has not moved meanwhile.
    #[must_use]
    pub fn step_reading<A: Decider, B: Decider>(
        self,
        id: A::Id,
        read: B::Id,
        make: impl Fn(&B) -> A::Command + Send + Sync + 'static,
    ) -> Self
    where
        A::Command: Serialize,
    {
        let (key, read) = (StreamKey::of::<A>(id), StreamKey::of::<B>(read));
        let words = (key.aggregate, key.id, "reading", read.aggregate, read.id);
        let submission = self.telling(&words);
        let make = Box::new(make);
        submission.then(Reading::<A, B> { key, read, make })
    }

    /// Then nothing, unless `check` refuses the aggregate `read`: what the steps rest on without
    /// writing to it. The submission is recorded only if `read` has not moved meanwhile. It tells
    /// nothing: what is required follows from what is asked for.
    #[must_use]
    pub fn requiring<B: Decider>(
        self,
        read: B::Id,
        check: impl Fn(&B) -> Result<(), B::Error> + Send + Sync + 'static,
    ) -> Self {
        let (read, check) = (StreamKey::of::<B>(read), Box::new(check));
        self.then(Requiring::<B> { read, check })
    }

    /// Counts `input` to what tells this command from another that uses the same id. Needed
    /// where [`Self::step_reading`] hides a choice of the caller's.
    #[must_use]
    pub fn telling(mut self, input: &impl Serialize) -> Self {
        let mut bytes = Vec::new();
        let told = canonical::write(&mut bytes, input).map(|()| bytes);
        self.told.push(told.map_err(Error::from));
        self
    }

    fn then(mut self, step: impl Step + 'static) -> Self {
        self.steps.push(Box::new(step));
        self
    }

    fn digest(&self) -> Result<[u8; 16], Error> {
        let mut hash = Sha256::new();
        for told in &self.told {
            hash.update(told.as_ref().map_err(Error::clone)?);
            hash.update(b"\n");
        }
        let mut digest = [0; 16];
        digest.copy_from_slice(&hash.finalize()[..16]);
        Ok(digest)
    }
}

/// Why a submission was not recorded.
#[derive(Debug, thiserror::Error)]
pub enum SubmitError {
    /// A rule said no.
    #[error(transparent)]
    Refused(Refusal),
    /// The command id was used for another command.
    #[error("the command id {0} was used before, for another command")]
    CommandReused(CommandId),
    /// The ledger failed; nothing was recorded.
    #[error(transparent)]
    Ledger(#[from] Error),
}

impl Inner {
    pub(super) async fn submit(&self, mut submission: Submission) -> Result<Receipt, SubmitError> {
        let digest = submission.digest()?;
        submission.provenance.command.digest = digest;
        let command = submission.provenance.command.id;
        for _ in 0..ATTEMPTS_MAX {
            let mut work = self.hold(&submission).await?;
            match submission.steps.iter().try_for_each(|step| step.take(&mut work)) {
                Ok(()) if work.drafts.is_empty() => {
                    drop(work);
                    let first = self.first_receipt(command, digest).await?;
                    return first.ok_or(Error::NothingToRecord.into());
                }
                Ok(()) => {
                    if let Some(receipt) = self.record(command, digest, work).await? {
                        return Ok(receipt);
                    }
                    if let Some(receipt) = self.first_receipt(command, digest).await? {
                        return Ok(receipt);
                    }
                }
                // What another process recorded may be missing in the cache.
                Err(SubmitError::Refused(_)) if work.is_cached && self.store.is_shared() => {
                    work.evict();
                }
                Err(refused) => {
                    drop(work);
                    return self.first_receipt(command, digest).await?.ok_or(refused);
                }
            }
        }
        Err(Error::Contended.into())
    }

    /// Waits for every stream that the submission touches, in one order for everybody: two
    /// submissions never wait for each other.
    async fn hold<'a>(&'a self, submission: &'a Submission) -> Result<Work<'a>, Error> {
        let mut keys: Vec<_> = submission.steps.iter().flat_map(|step| step.streams()).collect();
        keys.sort_unstable_by_key(StreamKey::name);
        keys.dedup_by_key(|key| key.name());
        let mut benches = Vec::with_capacity(keys.len());
        let mut is_cached = false;
        for key in keys {
            let mut held = self.cache.hold(&key).await;
            is_cached |= held.is_some();
            let (sequence, last) = self.load(&key, &mut held).await?;
            benches.push(Bench { key, held, after: None, sequence, last });
        }
        let drafts = Vec::new();
        Ok(Work { inner: self, provenance: &submission.provenance, benches, drafts, is_cached })
    }

    /// Reads the stream into its slot, unless it is there. Gives the end of the stream.
    pub(super) async fn load(
        &self,
        key: &StreamKey,
        held: &mut Held,
    ) -> Result<(u64, Option<Prev>), Error> {
        if held.is_none() {
            let stored = self.store.stream(key.aggregate, key.id).await?;
            **held = Some((key.fold)(&stored)?);
        }
        Ok(held.as_ref().map_or((0, None), |it| (it.sequence, it.last)))
    }

    /// Sends the drafts to the writer. `None` on a conflict; then nothing of it stays cached.
    async fn record(
        &self,
        command: CommandId,
        digest: [u8; 16],
        mut work: Work<'_>,
    ) -> Result<Option<Receipt>, Error> {
        let streams = work.benches.iter().map(Bench::expected).collect();
        let drafts = mem::take(&mut work.drafts);
        // A caller that stops waiting drops this future, and the writer goes on: what is about to
        // change must not stay cached as it was.
        for bench in work.benches.iter_mut().filter(|it| it.after.is_some()) {
            *bench.held = None;
        }
        match self.append(command, digest, streams, drafts).await {
            Ok(Verdict::Recorded(receipt, ends)) => {
                for (bench, (sequence, last)) in work.benches.iter_mut().zip(ends) {
                    if let Some(state) = bench.after.take() {
                        *bench.held = Some(Cached { state, sequence, last });
                    }
                }
                Ok(Some(receipt))
            }
            Ok(Verdict::Conflict) => {
                work.evict();
                Ok(None)
            }
            Err(error) => {
                work.evict();
                Err(error)
            }
        }
    }

    /// One call to the writer.
    pub(super) async fn append(
        &self,
        command: CommandId,
        digest: [u8; 16],
        streams: Vec<Expected>,
        drafts: Vec<Draft>,
    ) -> Result<Verdict, Error> {
        let queue = self.queue.as_ref().ok_or(Error::NotWritable)?;
        let (reply, answer) = oneshot::channel();
        let call = Call { command, digest, streams, drafts, reply };
        let sent = queue.send(Message::Call(call)).await;
        sent.map_err(|_| Error::NotWritable)?;
        answer.await.map_err(|_| Error::OutcomeUnknown)?
    }

    pub(super) async fn first_receipt(
        &self,
        command: CommandId,
        digest: [u8; 16],
    ) -> Result<Option<Receipt>, SubmitError> {
        match self.store.receipt(command).await? {
            None => Ok(None),
            Some((receipt, first)) if first == digest => Ok(Some(receipt)),
            Some(_) => Err(SubmitError::CommandReused(command)),
        }
    }
}

/// What a submission works on: its streams, held.
struct Work<'a> {
    inner: &'a Inner,
    provenance: &'a Provenance,
    benches: Vec<Bench>,
    drafts: Vec<Draft>,
    /// Whether some of it was in the cache before.
    is_cached: bool,
}

/// One stream that a submission works on.
struct Bench {
    key: StreamKey,
    held: Held,
    /// The aggregate after the steps so far, where they changed it.
    after: Option<Box<dyn Any + Send + Sync>>,
    sequence: u64,
    last: Option<Prev>,
}

impl Bench {
    fn expected(&self) -> Expected {
        let StreamKey { aggregate, id, .. } = self.key;
        Expected { aggregate, id, sequence: self.sequence, last: self.last }
    }

    fn state<A: Decider>(&self) -> Option<&A> {
        let held = self.held.as_ref().map(|it| &it.state);
        self.after.as_ref().or(held)?.downcast_ref()
    }
}

impl Work<'_> {
    fn evict(mut self) {
        for bench in &mut self.benches {
            *bench.held = None;
        }
    }

    fn find<A: Decider>(&self, key: &StreamKey) -> Result<(usize, &A), Error> {
        let at = self.benches.iter().position(|it| it.key.name() == key.name());
        let found = at.and_then(|at| Some((at, self.benches[at].state()?)));
        found.ok_or_else(|| {
            let what = format!("two aggregates share the stored type {}", key.aggregate);
            Error::Damaged(what)
        })
    }

    fn decide<A: Decider>(
        &mut self,
        key: &StreamKey,
        command: A::Command,
    ) -> Result<(), SubmitError> {
        let (stream, state) = self.find::<A>(key)?;
        let events = Decider::decide(state, command);
        let events = events.map_err(|refused| SubmitError::Refused(refused.into()))?;
        let mut after = state.clone();
        let written = self.drafts.iter().filter(|it| it.stream == stream).count() as u64;
        let next = self.benches[stream].sequence + written + 1;
        for (sequence, event) in (next..).zip(events) {
            let at = Point { aggregate: key.aggregate, id: key.id, sequence };
            let identity = identity((self.inner.clock)(), &self.inner.entropy);
            self.drafts.push(Draft::new(stream, at, &event, self.provenance, identity)?);
            after = Decider::evolve(after, event);
        }
        self.benches[stream].after = Some(Box::new(after));
        Ok(())
    }
}

/// A command to one aggregate, whichever it is.
trait Step: Send + Sync {
    /// The streams that it writes to or reads.
    fn streams(&self) -> Vec<StreamKey>;

    /// Decides on the aggregates as the steps before it left them.
    fn take(&self, work: &mut Work<'_>) -> Result<(), SubmitError>;
}

struct Plain<A: Decider> {
    key: StreamKey,
    command: A::Command,
}

impl<A: Decider<Command: Clone + Sync>> Step for Plain<A> {
    fn streams(&self) -> Vec<StreamKey> {
        vec![self.key]
    }

    fn take(&self, work: &mut Work<'_>) -> Result<(), SubmitError> {
        work.decide::<A>(&self.key, self.command.clone())
    }
}

struct Reading<A: Decider, B> {
    key: StreamKey,
    read: StreamKey,
    make: Box<Make<A, B>>,
}

type Make<A, B> = dyn Fn(&B) -> <A as Aggregate>::Command + Send + Sync;

impl<A: Decider, B: Decider> Step for Reading<A, B> {
    fn streams(&self) -> Vec<StreamKey> {
        vec![self.key, self.read]
    }

    fn take(&self, work: &mut Work<'_>) -> Result<(), SubmitError> {
        let (_, read) = work.find::<B>(&self.read)?;
        let command = (self.make)(read);
        work.decide::<A>(&self.key, command)
    }
}

struct Requiring<B: Aggregate> {
    read: StreamKey,
    check: Box<Check<B>>,
}

type Check<B> = dyn Fn(&B) -> Result<(), <B as Aggregate>::Error> + Send + Sync;

impl<B: Decider> Step for Requiring<B> {
    fn streams(&self) -> Vec<StreamKey> {
        vec![self.read]
    }

    fn take(&self, work: &mut Work<'_>) -> Result<(), SubmitError> {
        let (_, read) = work.find::<B>(&self.read)?;
        (self.check)(read).map_err(|refused| SubmitError::Refused(refused.into()))
    }
}
