//! What must hold from one event to the next, derived again from the stored bytes alone.
//!
//! Not the writer's code, and no type of its: an error there must not hide itself here.
use std::collections::{HashMap, HashSet};

use domain::recorded::{CommandRef, EVENT_BYTES_MAX, Position, Prev};
use jiff::Timestamp;
use serde::Deserialize;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::canonical;

type Hash = [u8; 32];

/// What is wrong.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Difference {
    /// Another position, or none, where the next one should be.
    #[error("the event is missing")]
    Missing,
    /// Two rows claim one position.
    #[error("it is there more than once")]
    Twice,
    /// A later event of the same stream was recorded after other bytes than these.
    #[error("the event at position {by} was recorded after other bytes in its place")]
    Replaced {
        /// The later event, whose link names another hash.
        by: Position,
    },
    /// Rows that no position of the ledger leads to.
    #[error("there are rows where no event of the ledger is")]
    Stray,
    /// The bytes do not have the stored hash.
    #[error("its bytes do not have the hash that is stored beside them")]
    LeafHash,
    /// The bytes are not canonical JSON from this offset on.
    #[error("it is not canonical JSON at byte {0}")]
    NotCanonical(usize),
    /// The bytes are not the stored form of an event.
    #[error("it is not in the stored form: {0}")]
    Malformed(String),
    /// A column that copies a part of the bytes says something else.
    #[error("the column {0} differs from the stored bytes")]
    Column(&'static str),
    /// The number in its stream is not the next one.
    #[error("it is number {found} of its stream where {expected} was due")]
    Sequence {
        /// Which should come.
        expected: u64,
        /// Which comes.
        found: u64,
    },
    /// The link to the event before it in its stream leads elsewhere.
    #[error("its link to the event before it in its stream is wrong")]
    Prev,
    /// It was recorded before the event before it.
    #[error("it was recorded earlier than the event before it")]
    TimeGoesBack,
    /// A command id was used for something else before.
    #[error("its command was executed before")]
    CommandTwice,
    /// An inner node of the hash tree is not the hash of what is under it.
    #[error("node {index} of level {level} of the hash tree is wrong or missing")]
    Node {
        /// The node spans `2^level` events.
        level: u32,
        /// Its place in that level, from 0.
        index: u64,
    },
    /// A value of the head is not what the events make it.
    #[error("the head's {0} is not that of the events")]
    Head(&'static str),
}

/// One event, taken apart.
#[derive(Clone, Debug)]
pub(crate) struct Examined {
    pub leaf: Hash,
    pub aggregate: String,
    pub id: Uuid,
    pub sequence: u64,
    pub event_type: String,
    pub recorded_at: Timestamp,
    pub command: CommandRef,
    pub prev: Option<Prev>,
}

/// The parts of the stored form that the audit looks at.
#[derive(Deserialize)]
struct Kept<'a> {
    #[serde(borrow)]
    agg: KeptPoint<'a>,
    r#type: &'a str,
    recorded_at: &'a str,
    cmd: CommandRef,
    prev: Option<Prev>,
}

#[derive(Deserialize)]
struct KeptPoint<'a> {
    r#type: &'a str,
    id: Uuid,
    seq: u64,
}

/// What can be told of one event without the others.
pub(crate) fn examine(bytes: &[u8]) -> Result<Examined, Difference> {
    let malformed = |what: &str| Difference::Malformed(what.to_owned());
    if bytes.len() > EVENT_BYTES_MAX {
        return Err(malformed("longer than an event may be"));
    }
    if let Some(at) = canonical::fault(bytes) {
        return Err(Difference::NotCanonical(at));
    }
    let kept: Kept<'_> =
        serde_json::from_slice(bytes).map_err(|error| malformed(&error.to_string()))?;
    let recorded_at = kept.recorded_at.parse::<Timestamp>().ok();
    let fixed = kept.recorded_at.len() == 27 && kept.recorded_at.ends_with('Z');
    let recorded_at = recorded_at.filter(|_| fixed);
    Ok(Examined {
        leaf: Sha256::new_with_prefix([0]).chain_update(bytes).finalize().into(),
        aggregate: kept.agg.r#type.to_owned(),
        id: kept.agg.id,
        sequence: kept.agg.seq,
        event_type: kept.r#type.to_owned(),
        recorded_at: recorded_at.ok_or_else(|| malformed("`recorded_at` is no such instant"))?,
        command: kept.cmd,
        prev: kept.prev,
    })
}

/// The events so far.
#[derive(Default)]
pub(crate) struct History {
    pub position: u64,
    pub recorded_at: Option<Timestamp>,
    /// The full subtrees, by their level.
    roots: Vec<Option<Hash>>,
    /// The nodes of levels 8, 16, … in the order in which they became full.
    pub nodes: Vec<(u32, u64, Hash)>,
    streams: HashMap<(String, Uuid), (u64, Prev)>,
    commands: HashSet<Uuid>,
    /// The command of the last event.
    pub command: Option<CommandRef>,
}

impl History {
    /// Takes the next event. Gives whether it is the first of its command.
    pub fn push(&mut self, next: &Examined) -> Result<bool, Difference> {
        let position = Position(self.position + 1);
        let stream = self.streams.get(&(next.aggregate.clone(), next.id)).copied();
        let expected = stream.map_or(0, |it| it.0) + 1;
        if next.sequence != expected {
            return Err(Difference::Sequence { expected, found: next.sequence });
        }
        if next.prev != stream.map(|it| it.1) {
            return Err(Difference::Prev);
        }
        if self.recorded_at.is_some_and(|before| next.recorded_at < before) {
            return Err(Difference::TimeGoesBack);
        }
        let is_first = self.command.is_none_or(|it| it.id != next.command.id);
        if is_first && !self.commands.insert(next.command.id.into()) {
            return Err(Difference::CommandTwice);
        }
        if !is_first && self.command != Some(next.command) {
            return Err(Difference::CommandTwice);
        }
        let last = (next.sequence, Prev { position, leaf: next.leaf });
        self.streams.insert((next.aggregate.clone(), next.id), last);
        self.recorded_at = Some(next.recorded_at);
        self.command = Some(next.command);
        self.grow(next.leaf);
        Ok(is_first)
    }

    fn grow(&mut self, leaf: Hash) {
        let (mut hash, mut level) = (leaf, 0_u32);
        self.position += 1;
        for place in &mut self.roots {
            let Some(left) = place.take() else {
                *place = Some(hash);
                return;
            };
            hash = inner(&left, &hash);
            level += 1;
            if level % 8 == 0 {
                self.nodes.push((level, (self.position >> level) - 1, hash));
            }
        }
        self.roots.push(Some(hash));
    }

    /// The root of the tree (RFC 6962, §2.1).
    pub fn root(&self) -> Hash {
        let mut smallest_first = self.roots.iter().flatten();
        match smallest_first.next() {
            None => Sha256::digest([]).into(),
            Some(last) => smallest_first.fold(*last, |right, left| inner(left, &right)),
        }
    }

    /// The roots of the full subtrees, the largest first.
    pub fn frontier(&self) -> Vec<u8> {
        self.roots.iter().rev().flatten().flatten().copied().collect()
    }

    /// How many streams there are, and how many commands.
    pub fn counts(&self) -> (usize, usize) {
        (self.streams.len(), self.commands.len())
    }
}

fn inner(left: &Hash, right: &Hash) -> Hash {
    Sha256::new_with_prefix([1]).chain_update(left).chain_update(right).finalize().into()
}
