//! A clever owner of the database rewrites history so that nothing in it contradicts anything else.
//!
//! The audit derives what a ledger claims from its own events, so it has nothing to say of a whole
//! new history. What was given away before does: the anchor, a checkpoint, a receipt.
use std::collections::HashMap;
use std::fs;

use domain::recorded::Position;
use infra::audit::{Difference, Finding, Verification, verify};
use infra::ledger::Ledger;
use infra::log::{Error, Log, verifiers};
use infra::transparency::checkpoint::Checkpoint;
use infra::transparency::proof::is_consistent;
use infra::transparency::receipt::{Receipt, Unproven};
use infra::transparency::tree::{self, Frontier, Hash, Node};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::home::*;
use super::owner;
use super::publishing::ORIGIN;

/// A history that somebody writes, with every hash that belongs to it.
#[derive(Clone)]
struct Forged {
    events: Vec<Value>,
    leaves: Vec<Hash>,
    nodes: Vec<Node>,
    root: Hash,
    frontier: Frontier,
}

impl Forged {
    async fn from(ledger: &Ledger) -> Self {
        let stored = ledger.read(Position::START, 1_000).await.expect("events");
        let parse = |bytes: &[u8]| serde_json::from_slice(bytes).expect("JSON");
        let mut it = Self {
            events: stored.iter().map(|it| parse(&it.bytes)).collect(),
            leaves: stored.iter().map(|it| tree::leaf(&it.bytes)).collect(),
            nodes: Vec::new(),
            root: [0; 32],
            frontier: Frontier::default(),
        };
        it.grow_tree();
        it
    }

    fn body(&self, at: usize) -> Vec<u8> {
        serde_json_canonicalizer::to_vec(&self.events[at]).expect("it has a canonical form")
    }

    /// Numbers the events of each stream again, and links each to the one before it.
    fn link(&mut self) {
        let mut streams: HashMap<String, (u64, Value)> = HashMap::new();
        for at in 0..self.events.len() {
            let stream = self.events[at]["agg"]["id"].to_string();
            let before = streams.remove(&stream);
            let sequence = before.as_ref().map_or(0, |it| it.0) + 1;
            let event = self.events[at].as_object_mut().expect("an object");
            event["agg"]["seq"] = sequence.into();
            event.remove("prev");
            event.extend(before.map(|(_, prev)| ("prev".to_owned(), prev)));
            self.leaves.truncate(at);
            self.leaves.push(tree::leaf(&self.body(at)));
            let last = json!({ "position": at + 1, "leaf": hex::encode(self.leaves[at]) });
            streams.insert(stream, (sequence, last));
        }
        self.leaves.truncate(self.events.len());
    }

    fn grow_tree(&mut self) {
        (self.frontier, self.nodes) = (Frontier::default(), Vec::new());
        for leaf in &self.leaves {
            self.frontier.push(*leaf, |node| self.nodes.push(node));
        }
        self.root = self.frontier.root();
    }

    fn recorded_at(&self, at: usize) -> i64 {
        let text = self.events[at]["recorded_at"].as_str().expect("a text");
        text.parse::<Timestamp>().expect("an instant").as_microsecond()
    }

    /// Puts it in the place of what `home` holds.
    async fn write(&self, home: &Home) {
        let blob = |bytes: &[u8]| owner::blob(home, bytes);
        let mut words = vec!["DELETE FROM events; DELETE FROM nodes;".to_owned()];
        for (at, event) in self.events.iter().enumerate() {
            let (leaf, body) = (blob(&self.leaves[at]), blob(&self.body(at)));
            let text = |of: &Value| format!("'{}'", of.as_str().expect("a text"));
            let agg = &event["agg"];
            let (kind, id, name) = (text(&agg["type"]), text(&agg["id"]), text(&event["type"]));
            let (position, sequence, recorded_at) = (at + 1, &agg["seq"], self.recorded_at(at));
            let command = self.command(at, home);
            words.push(format!(
                "INSERT INTO events VALUES ({position}, {leaf}, {body}, {kind}, {id}, {sequence}, \
                 {name}, {recorded_at}, {command});"
            ));
        }
        for Node { level, index, hash } in &self.nodes {
            words.push(format!("INSERT INTO nodes VALUES ({level}, {index}, {});", blob(hash)));
        }
        let (root, frontier) = (blob(&self.root), blob(&self.frontier.to_bytes()));
        let (position, recorded_at) = (self.events.len(), self.recorded_at(self.events.len() - 1));
        words.push(format!(
            "UPDATE head SET position = {position}, root = {root}, frontier = {frontier}, \
             recorded_at = {recorded_at}"
        ));
        owner::tamper(home, &words.concat()).await;
    }

    /// The columns of the command: on its first event alone.
    fn command(&self, at: usize, home: &Home) -> String {
        let id = |at: usize| self.events[at]["cmd"]["id"].as_str().expect("an id");
        if at > 0 && id(at - 1) == id(at) {
            return "NULL, NULL, NULL".to_owned();
        }
        let last = (at..self.events.len()).take_while(|it| id(*it) == id(at)).count() + at;
        let digest = self.events[at]["cmd"]["digest"].as_str().and_then(|it| hex::decode(it).ok());
        format!("'{}', {}, {last}", id(at), owner::blob(home, &digest.expect("hexadecimal")))
    }
}

/// Makes the offer at position 7 another one.
fn other_offer(mut events: Vec<Value>) -> Vec<Value> {
    events[6]["data"]["title"]["text"] = "Terrain de golf".into();
    events
}

/// Everything up to position 7 was recorded a day earlier.
fn back_dated(mut events: Vec<Value>) -> Vec<Value> {
    for event in &mut events[..7] {
        let at: Timestamp = event["recorded_at"].as_str().expect("a text").parse().expect("a time");
        let at = at - SignedDuration::from_hours(24);
        event["recorded_at"] = at.strftime("%Y-%m-%dT%H:%M:%S.%6fZ").to_string().into();
    }
    events
}

/// The fourth command, at positions 7 and 8, comes before the third.
fn swapped(mut events: Vec<Value>) -> Vec<Value> {
    let times: Vec<_> = (4..8).map(|at| events[at]["recorded_at"].clone()).collect();
    events[4..8].rotate_left(2);
    for (event, time) in events[4..8].iter_mut().zip(times) {
        event["recorded_at"] = time;
    }
    events
}

/// Somebody else's offer, between the third command and the fourth.
fn inserted(mut events: Vec<Value>) -> Vec<Value> {
    let mut event = events[6].clone();
    let id = uuid::Uuid::from_u128;
    event["agg"]["id"] = id(3_000).to_string().into();
    event["cmd"]["id"] = id(3_001).to_string().into();
    event["recorded_at"] = events[5]["recorded_at"].clone();
    events.insert(6, event);
    events
}

/// The fourth command was never executed.
fn deleted(mut events: Vec<Value>) -> Vec<Value> {
    events.drain(6..8);
    events
}

/// The last command was not.
fn cut_off(mut events: Vec<Value>) -> Vec<Value> {
    events.truncate(300);
    events
}

type Edit = fn(Vec<Value>) -> Vec<Value>;

/// What others were given before the ledger was rewritten.
struct Given {
    folder: TempDir,
    keys: Vec<String>,
    checkpoint: Checkpoint,
    /// Of the offer at position 7.
    receipt: Receipt,
}

impl Given {
    async fn by(ledger: &Ledger) -> Self {
        let folder = tempfile::tempdir().expect("a directory");
        let log = Log::open(ledger.clone(), ORIGIN, folder.path()).await.expect("it is published");
        let receipt = log.receipt(Position(7)).await.expect("hashes").expect("a receipt");
        let (keys, checkpoint) = (log.keys().to_vec(), log.latest().checkpoint.clone());
        Self { folder, keys, checkpoint, receipt }
    }

    /// The old receipt proves what was there, and nothing that was put in its place.
    async fn receipt_holds_against(&self, ledger: &Ledger) {
        let trusted = verifiers(&self.keys).expect("keys");
        self.receipt.check(None, ORIGIN, &trusted).expect("it proves the event that was recorded");
        let entry = ledger.read(Position(6), 1).await.expect("an event").pop().map(|it| it.bytes);
        assert_ne!(entry, self.receipt.entry);
        let forged = Receipt { entry, ..self.receipt.clone() };
        assert_eq!(forged.check(None, ORIGIN, &trusted), Err(Unproven::NotIncluded));
        let now = ledger.inclusion(Position(7), ledger.head().position).await.expect("hashes");
        let forged = Receipt { path: now.expect("it is in the tree").path, ..forged };
        assert_eq!(forged.check(None, ORIGIN, &trusted), Err(Unproven::NotIncluded));
    }

    /// The ledger is no continuation of the checkpoint, whatever it proves of itself.
    async fn checkpoint_holds_against(&self, ledger: &Ledger) {
        let (old, new) = (Position(self.checkpoint.size), ledger.head());
        let kept = (old.0, self.checkpoint.root);
        let now = (new.position.0, new.root);
        let proof = ledger.consistency(old, new.position).await.expect("hashes");
        assert_eq!(proof.is_none(), new.position < old, "a shorter ledger has no proof at all");
        assert!(!is_consistent(kept, now, &proof.unwrap_or_default()));
    }
}

/// A history as it was recorded and published.
async fn given_away(home: &Home) -> (Forged, Given) {
    let ledger = recorded(home).await;
    (Forged::from(&ledger).await, Given::by(&ledger).await)
}

super::suite::on_both_stores!(
    a_forger_is_found_until_all_is_rewritten,
    a_rewritten_ledger_is_found_by_what_was_given_away,
    a_rogue_operator_with_the_key_is_found_by_others,
);

/// One event is changed, and step by step everything that speaks of it.
async fn a_forger_is_found_until_all_is_rewritten(home: Home) {
    let sound = Forged::from(&recorded(&home).await).await;
    let mut forged = sound.clone();
    forged.events = other_offer(forged.events);
    let event = |position, difference| Finding::Event { position: Position(position), difference };
    assert_is_found(&forged, &home, &event(7, Difference::LeafHash)).await;
    forged.leaves[6] = tree::leaf(&forged.body(6));
    let by = Position(8);
    assert_is_found(&forged, &home, &event(7, Difference::Replaced { by })).await;
    forged.link();
    let node = Difference::Node { level: 8, index: 0 };
    assert_is_found(&forged, &home, &Finding::Derived(node)).await;
    forged.grow_tree();
    forged.root = sound.root;
    let grown = std::mem::replace(&mut forged.frontier, sound.frontier);
    assert_is_found(&forged, &home, &Finding::Derived(Difference::Head("root"))).await;
    forged.root = grown.root();
    assert_is_found(&forged, &home, &Finding::Derived(Difference::Head("frontier"))).await;
    forged.frontier = grown;
    forged.write(&home).await;
    let verified = verified(&home).await.expect("nothing in it contradicts anything else");
    assert_eq!((verified.position, verified.root), (Position(303), forged.root));
}

async fn assert_is_found(forged: &Forged, home: &Home, due: &Finding) {
    forged.write(home).await;
    let found = verified(home).await.expect_err("it is not all rewritten");
    assert_eq!(found.to_string(), due.to_string());
}

async fn verified(home: &Home) -> Result<Verification, Finding> {
    let ledger = Ledger::open_read_only(&home.place).await.expect("it opens");
    verify(&ledger, |_| ()).await
}

async fn a_rewritten_ledger_is_found_by_what_was_given_away(home: Home) {
    let (sound, given) = given_away(&home).await;
    let edits: [(&str, Edit, Position); 6] = [
        ("another offer", other_offer, Position(303)),
        ("back-dated", back_dated, Position(303)),
        ("swapped", swapped, Position(303)),
        ("inserted", inserted, Position(304)),
        ("deleted", deleted, Position(301)),
        ("cut off", cut_off, Position(300)),
    ];
    for (name, edit, end) in edits {
        let mut forged = sound.clone();
        forged.events = edit(forged.events);
        forged.link();
        forged.grow_tree();
        let rewritten = owner::copy(&home).await;
        forged.write(&rewritten).await;
        let verified = verified(&rewritten).await.unwrap_or_else(|found| panic!("{name}: {found}"));
        assert_eq!(verified.position, end, "{name}");

        let ledger = Ledger::open_read_only(&rewritten.place).await.expect("it opens");
        let refused = Log::open(ledger.clone(), ORIGIN, given.folder.path()).await.err();
        match refused.expect(name) {
            Error::Behind { head, published: 303 } => assert!(head == end && end.0 < 303, "{name}"),
            Error::Rewritten { published: 303 } => assert!(end.0 >= 303, "{name}"),
            other => panic!("{name}: {other}"),
        }
        given.checkpoint_holds_against(&ledger).await;
        if name != "cut off" {
            given.receipt_holds_against(&ledger).await;
        }
    }
}

/// Who has the key and the anchor's folder can publish another history; he cannot make it fit what
/// others kept of the first one, which bears his own signature.
async fn a_rogue_operator_with_the_key_is_found_by_others(home: Home) {
    let (mut forged, given) = given_away(&home).await;
    forged.events = other_offer(forged.events);
    forged.link();
    forged.grow_tree();
    let rewritten = owner::copy(&home).await;
    forged.write(&rewritten).await;
    fs::remove_file(given.folder.path().join("log.checkpoint")).expect("he can");
    let ledger = Ledger::open_read_only(&rewritten.place).await.expect("it opens");
    let log = Log::open(ledger.clone(), ORIGIN, given.folder.path()).await.expect("he can sign");
    let second = log.latest().checkpoint.clone();
    assert_eq!(second.size, given.checkpoint.size);
    assert_ne!(second.root, given.checkpoint.root, "one key signed two histories of one length");
    given.checkpoint_holds_against(&ledger).await;
    given.receipt_holds_against(&ledger).await;
}
