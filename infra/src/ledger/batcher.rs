//! What waits for the one writer of this process, and how a batch of it becomes rows.
//!
//! ```text
//! callers ──Call──▶ queue ──all that waits──▶ stamp ──one transaction──▶ answer each
//! ```
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use domain::ids::CommandId;
use domain::recorded::{Position, Prev};
use jiff::Timestamp;
use tokio::sync::{mpsc, oneshot};
use uuid::Uuid;

use super::draft::{Draft, instant};
use super::follow::Feed;
use super::{Clock, Error, Head, Receipt, Stored};
use crate::transparency::tree::{self, Frontier, Hash, Node};

/// The most calls that are committed together.
pub(crate) const BATCH_CALLS_MAX: usize = 1024;
/// The most calls that wait; who comes later waits to be let in.
pub(crate) const QUEUE_CALLS_MAX: usize = 8192;

/// What is sent to the writer.
pub(crate) enum Message {
    /// Record this.
    Call(Call),
    /// Record what waits, then end.
    Close,
}

/// Events that are recorded together or not at all.
pub(crate) struct Call {
    pub command: CommandId,
    pub digest: [u8; 16],
    /// The streams that are written to, or that were read and must not have moved.
    pub streams: Vec<Expected>,
    pub drafts: Vec<Draft>,
    pub reply: oneshot::Sender<Result<Verdict, Error>>,
}

/// A stream as the caller saw it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Expected {
    pub aggregate: &'static str,
    pub id: Uuid,
    /// The number of its last event; 0 where there is none.
    pub sequence: u64,
    /// Its last event.
    pub last: Option<Prev>,
}

impl Call {
    /// Whether it pins a stream that it does not write to: no unique index guards that.
    pub fn only_reads_some(&self) -> bool {
        let written = |stream| self.drafts.iter().any(|draft| draft.stream == stream);
        !(0..self.streams.len()).all(written)
    }
}

/// The answer to a call that did not fail.
#[derive(Debug)]
pub(crate) enum Verdict {
    /// Recorded, and the last event of each of the call's streams now.
    Recorded(Receipt, Vec<(u64, Option<Prev>)>),
    /// A stream has moved, or the command id was used.
    Conflict,
}

/// The end of the ledger as the writer goes on from it.
#[derive(Clone, Debug)]
pub(crate) struct Tip {
    pub frontier: Frontier,
    pub recorded_at: Timestamp,
}

/// A row of the events' table.
pub(crate) struct Row {
    pub position: Position,
    pub leaf: Hash,
    pub body: Vec<u8>,
    pub aggregate: Cow<'static, str>,
    pub id: Uuid,
    pub sequence: u64,
    pub event_type: Cow<'static, str>,
    pub recorded_at: Timestamp,
    /// On the first event of a call.
    pub command: Option<CommandMark>,
}

/// What the first event of a call keeps of it.
#[derive(Clone, Copy)]
pub(crate) struct CommandMark {
    pub id: CommandId,
    pub digest: [u8; 16],
    pub last: Position,
}

/// A batch with its hashes, ready to be written.
pub(crate) struct Batch {
    pub rows: Vec<Row>,
    pub nodes: Vec<Node>,
    pub tip: Tip,
    pub root: Hash,
    pub verdicts: Vec<Verdict>,
}

impl Tip {
    /// The position of the last event.
    pub fn position(&self) -> Position {
        Position(self.frontier.size())
    }

    /// Gives the calls that `fits` says yes to their positions, times and hashes.
    pub fn stamp(&self, clock: &Clock, calls: &[Call], fits: impl Fn(usize) -> bool) -> Batch {
        let now = clock();
        let now = Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now);
        let recorded_at = now.max(self.recorded_at);
        let text = instant(recorded_at);
        let mut frontier = self.frontier.clone();
        let (mut rows, mut nodes) = (Vec::with_capacity(calls.len()), Vec::new());
        let mut verdicts = Vec::with_capacity(calls.len());
        for (number, call) in calls.iter().enumerate() {
            if !fits(number) {
                verdicts.push(Verdict::Conflict);
                continue;
            }
            let first = Position(frontier.size() + 1);
            let last = Position(frontier.size() + call.drafts.len() as u64);
            let mut ends: Vec<_> = call.streams.iter().map(|it| (it.sequence, it.last)).collect();
            let mut command = Some(CommandMark { id: call.command, digest: call.digest, last });
            let mut leaf = [0; 32];
            for draft in &call.drafts {
                let Expected { aggregate, id, .. } = call.streams[draft.stream];
                let body = draft.stamp(ends[draft.stream].1.as_ref(), &text);
                leaf = tree::leaf(&body);
                frontier.push(leaf, |node| nodes.push(node));
                let position = Position(frontier.size());
                ends[draft.stream] = (draft.sequence, Some(Prev { position, leaf }));
                let sequence = draft.sequence;
                let aggregate = Cow::Borrowed(aggregate);
                let event_type = Cow::Borrowed(draft.event_type);
                let command = command.take();
                rows.push(Row {
                    position,
                    leaf,
                    body,
                    aggregate,
                    id,
                    sequence,
                    event_type,
                    recorded_at,
                    command,
                });
            }
            let (command, root) = (call.command, frontier.root());
            let receipt = Receipt { command, first, last, leaf, root, recorded_at };
            verdicts.push(Verdict::Recorded(receipt, ends));
        }
        let root = frontier.root();
        Batch { rows, nodes, tip: Tip { frontier, recorded_at }, root, verdicts }
    }
}

/// Which of `calls` still fit: each stream at the number that the call expects, after the calls
/// before it, and no command id twice. `last` are the streams' last numbers, `used` the command
/// ids that the ledger has.
pub(crate) fn judge(
    calls: &[Call],
    mut last: HashMap<(&'static str, Uuid), u64>,
    mut used: HashSet<CommandId>,
) -> Vec<bool> {
    let fits = |call: &Call, last: &mut HashMap<(&'static str, Uuid), u64>| {
        let now = |it: &Expected| last.get(&(it.aggregate, it.id)).copied().unwrap_or(0);
        if !call.streams.iter().all(|it| now(it) == it.sequence) {
            return false;
        }
        for draft in &call.drafts {
            let Expected { aggregate, id, .. } = call.streams[draft.stream];
            last.insert((aggregate, id), draft.sequence);
        }
        true
    };
    let mut verdicts = Vec::with_capacity(calls.len());
    for call in calls {
        let fits = !used.contains(&call.command) && fits(call, &mut last);
        if fits {
            used.insert(call.command);
        }
        verdicts.push(fits);
    }
    verdicts
}

/// Answers every caller of a batch, after the feed has it: who has a receipt finds its events.
pub(crate) fn answer(calls: Vec<Call>, outcome: Result<Batch, Error>, feed: &Feed) {
    match outcome {
        Ok(batch) => {
            let Batch { rows, tip, root, verdicts, .. } = batch;
            let head = Head { position: tip.position(), root, recorded_at: tip.recorded_at };
            let stored = |row: Row| Stored { position: row.position, bytes: row.body };
            feed.committed(rows.into_iter().map(stored).collect(), head);
            for (call, verdict) in calls.into_iter().zip(verdicts) {
                // A caller that has gone away does not need its answer.
                let _gone = call.reply.send(Ok(verdict));
            }
        }
        Err(error) => {
            for call in calls {
                let _gone = call.reply.send(Err(error.clone()));
            }
        }
    }
}

/// The calls among `messages`, and whether they end with a wish to close.
pub(crate) fn sort_out(messages: &mut Vec<Message>) -> (Vec<Call>, bool) {
    let mut close = false;
    let mut calls = Vec::with_capacity(messages.len());
    for message in messages.drain(..) {
        match message {
            Message::Call(call) => calls.push(call),
            Message::Close => close = true,
        }
    }
    (calls, close)
}

/// What every writer has.
pub(crate) struct Desk {
    pub queue: mpsc::Receiver<Message>,
    pub clock: Clock,
    pub feed: Arc<Feed>,
}
