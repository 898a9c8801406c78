//! Those who watch that the log only grows, and say so in the log's checkpoint (c2sp.org/tlog-witness).
//!
//! ```text
//! published ─▶ candidate ─▶ each witness is asked at its own pace ─▶ cosignatures ─▶ quorum: witnessed
//!              the next one when the quorum stands or is out of reach, or after a while
//! ```
//!
//! Publication waits for nobody. All witnesses are asked about one checkpoint at a time: if each took
//! the newest one, those of a busy log would never vouch for the same.
mod ask;
mod policy;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use domain::recorded::Position;
use futures_util::FutureExt as _;
use jiff::Timestamp;
use signed_note::Signature;
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use crate::transparency::receipt::Receipt;

use self::ask::{Given, Trouble, ask};
pub use self::policy::{BadPolicy, Policy, WITNESSES_MAX, Witness, quorum};
use super::{Error, Log, Published};

/// How long a checkpoint waits for its quorum until a newer one is proposed.
const ROUND: Duration = Duration::from_secs(30);
/// After how long a witness that did not cosign is asked again at first; twice as long each time.
const PAUSE: Duration = Duration::from_secs(1);
/// The longest pause.
const PAUSE_MAX: Duration = Duration::from_secs(64);

/// The witnesses of one log. Clones share them; they are asked until the last of them is gone.
#[derive(Clone)]
pub struct Witnesses(Arc<Inner>);

struct Inner {
    state: Arc<State>,
    _asking: JoinSet<()>,
}

/// What is known of the witnesses and by them.
struct State {
    policy: Policy,
    candidate: watch::Sender<Candidate>,
    /// The newest checkpoint that a quorum vouches for.
    witnessed: watch::Sender<Option<Arc<Published>>>,
    seen: watch::Sender<Vec<Seen>>,
    /// The candidate has its quorum, or will not get it.
    decided: Notify,
}

/// The checkpoint that the witnesses are asked about, and what they gave: by the witness's place.
struct Candidate {
    published: Arc<Published>,
    given: BTreeMap<usize, Vec<Signature>>,
    /// Who did not cosign it, by place.
    failed: BTreeSet<usize>,
}

/// What one witness did last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// The size of the log that it cosigned last.
    pub size: Option<u64>,
    /// When, by its own clock.
    pub cosigned_at: Option<Timestamp>,
    /// Why it did not cosign what it was asked about last: a stable code.
    pub trouble: Option<&'static str>,
}

impl Witnesses {
    /// Asks the witnesses of `policy` about what `log` publishes from now on.
    pub fn start(log: &Log, policy: Policy) -> Self {
        let latest = log.0.latest.clone();
        let candidate = Candidate::new(log.latest());
        let seen = vec![Seen::default(); policy.witnesses.len()];
        let state = Arc::new(State {
            policy,
            candidate: watch::Sender::new(candidate),
            witnessed: watch::Sender::new(None),
            seen: watch::Sender::new(seen),
            decided: Notify::new(),
        });
        let mut asking = JoinSet::new();
        for place in 0..state.policy.witnesses.len() {
            asking.spawn(follow(Arc::clone(&state), log.clone(), place));
        }
        if !asking.is_empty() {
            asking.spawn(propose(Arc::clone(&state), latest));
        }
        Self(Arc::new(Inner { state, _asking: asking }))
    }

    /// How many witnesses make a quorum; 0 where there is none.
    pub fn quorum(&self) -> usize {
        self.0.state.policy.quorum
    }

    /// Each witness, and what it did last.
    pub fn seen(&self) -> Vec<(String, Seen)> {
        let names = self.0.state.policy.witnesses.iter().map(|it| it.name.clone());
        names.zip(self.0.state.seen.borrow().iter().cloned()).collect()
    }

    /// The newest checkpoint that a quorum vouches for, with its cosignatures.
    pub fn witnessed(&self) -> Option<Arc<Published>> {
        self.0.state.witnessed.borrow().clone()
    }

    /// The receipt of the event at `position` in `log`: up to the newest checkpoint that a quorum vouches
    /// for, or to the newest that was signed where that does not reach so far.
    pub async fn receipt(&self, log: &Log, position: Position) -> Result<Option<Receipt>, Error> {
        let reaches = |it: &Arc<Published>| it.checkpoint.size >= position.0;
        match self.witnessed().filter(reaches) {
            Some(witnessed) => log.receipt_up_to(&witnessed, position).await,
            None => log.receipt_up_to(&self.shown(&log.latest()), position).await,
        }
    }

    /// `published` as it is to be shown: with the cosignatures that came in by now.
    pub fn shown(&self, published: &Published) -> Published {
        let candidate = self.0.state.candidate.borrow();
        if candidate.published.checkpoint == published.checkpoint {
            candidate.shown()
        } else {
            published.clone()
        }
    }
}

impl Candidate {
    fn new(published: Arc<Published>) -> Self {
        Self { published, given: BTreeMap::new(), failed: BTreeSet::new() }
    }

    fn shown(&self) -> Published {
        let lines = self.given.values().flatten().flat_map(Signature::to_bytes);
        let note = self.published.note.iter().copied().chain(lines).collect();
        Published { checkpoint: self.published.checkpoint.clone(), note }
    }
}

impl State {
    fn cosigned(&self, place: usize, about: &Published, given: Given) {
        let done =
            Seen { size: Some(about.checkpoint.size), cosigned_at: Some(given.at), trouble: None };
        self.seen.send_modify(|seen| seen[place] = done);
        let mut witnessed = None;
        self.candidate.send_if_modified(|candidate| {
            // An answer that came too late is about another checkpoint.
            if candidate.published.checkpoint == about.checkpoint {
                candidate.given.insert(place, given.signatures);
                candidate.failed.remove(&place);
                let quorum = candidate.given.len() >= self.policy.quorum;
                witnessed = quorum.then(|| Arc::new(candidate.shown()));
            }
            // Those who wait for the next candidate do not care.
            false
        });
        if let Some(witnessed) = witnessed {
            self.witnessed.send_replace(Some(witnessed));
            self.decided.notify_one();
        }
    }

    fn failed(&self, place: usize, about: &Published, trouble: &Trouble) {
        self.candidate.send_if_modified(|candidate| {
            if candidate.published.checkpoint == about.checkpoint {
                candidate.failed.insert(place);
                let left = self.policy.witnesses.len() - candidate.failed.len();
                if left < self.policy.quorum {
                    self.decided.notify_one();
                }
            }
            false
        });
        let name = &self.policy.witnesses[place].name;
        self.seen.send_modify(|seen| {
            // Told once, not every time that it is asked.
            if seen[place].trouble.replace(trouble.code()) != Some(trouble.code()) {
                tracing::error!(witness = %name, %trouble, "a witness did not cosign");
            }
        });
    }
}

/// Proposes the newest checkpoint, once the one before has its quorum, will not get it, or has waited for
/// long.
async fn propose(state: Arc<State>, mut latest: watch::Receiver<Arc<Published>>) {
    loop {
        let published = Arc::clone(&latest.borrow_and_update());
        if published.checkpoint != state.candidate.borrow().published.checkpoint {
            // What was decided about the one before says nothing about this one.
            let _before = state.decided.notified().now_or_never();
            state.candidate.send_replace(Candidate::new(published));
        }
        // Whether it was decided or has waited for long is all the same here.
        let _decided = timeout(ROUND, state.decided.notified()).await;
        if latest.changed().await.is_err() {
            break;
        }
    }
}

/// Asks one witness about each candidate, and again about the newest where it did not cosign.
async fn follow(state: Arc<State>, log: Log, place: usize) {
    let witness = &state.policy.witnesses[place];
    let mut candidates = state.candidate.subscribe();
    let (mut known, mut pause) = (0, PAUSE);
    loop {
        let published = Arc::clone(&candidates.borrow_and_update().published);
        match ask(&log, witness, &published, &mut known).await {
            Ok(given) => {
                pause = PAUSE;
                state.cosigned(place, &published, given);
                if candidates.changed().await.is_err() {
                    break;
                }
            }
            Err(trouble) => {
                state.failed(place, &published, &trouble);
                sleep(pause).await;
                pause = PAUSE_MAX.min(pause * 2);
            }
        }
    }
}
