//! Witnesses that cosign, are away, know better, or lie. The acceptance tests ask a real one.
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use domain::recorded::Position;
use ed25519_dalek::{Signer as _, SigningKey};
use infra::ledger::Ledger;
use infra::log::time::Stamps;
use infra::log::witness::{Policy, Witnesses};
use infra::log::{Log, Vouched, verifiers};
use infra::transparency::checkpoint::Checkpoint;
use infra::transparency::cosignature::{Cosigner, cosigned};
use infra::transparency::receipt::{Receipt, verified};
use tempfile::TempDir;

use super::home::*;
use super::outside::{Reply, answering, until};
use super::publishing::ORIGIN;

/// What somebody answers to a body.
type Answers = Box<dyn Fn(&[u8]) -> Reply + Send>;

const TEXT: &str = "text/plain";
const SIZE: &str = "text/x.tlog.size";

/// A witness as the specification says it, with the parts that a liar would change open.
#[derive(Clone)]
struct Scripted {
    name: &'static str,
    key: SigningKey,
}

impl Scripted {
    fn new(name: &'static str, seed: u8) -> Self {
        Self { name, key: SigningKey::from_bytes(&[seed; 32]) }
    }

    fn key(&self) -> String {
        let typed = [&[4][..], self.key.verifying_key().as_bytes()].concat();
        let id = signed_note::key_id(self.name, &typed);
        format!("{}+{id:08x}+{}", self.name, BASE64.encode(typed))
    }

    fn cosign(&self, text: &str, time: u64) -> Vec<u8> {
        let signed = format!("cosignature/v1\ntime {time}\n{text}");
        let typed = [&[4][..], self.key.verifying_key().as_bytes()].concat();
        let id = signed_note::key_id(self.name, &typed).to_be_bytes();
        let signature = self.key.sign(signed.as_bytes()).to_bytes();
        let blob = [id.as_slice(), &time.to_be_bytes(), &signature].concat();
        format!("— {} {}\n", self.name, BASE64.encode(blob)).into_bytes()
    }
}

/// What `add-checkpoint` brings.
struct Question {
    old: u64,
    proof: Vec<tlog_tiles::Hash>,
    text: String,
    checkpoint: Checkpoint,
}

fn question(body: &[u8]) -> Question {
    let body = std::str::from_utf8(body).expect("a text");
    let (head, note) = body.split_once("\n\n").expect("a blank line before the checkpoint");
    let (text, _) = note.rsplit_once("\n\n").expect("a signed note");
    let mut lines = head.lines();
    let old = lines.next().and_then(|it| it.strip_prefix("old ")).expect("an old size");
    let hash = |it: &str| BASE64.decode(it).expect("Base 64").try_into().expect("32 bytes");
    let text = format!("{text}\n");
    Question {
        old: old.parse().expect("a number"),
        proof: lines.map(|it| tlog_tiles::Hash(hash(it))).collect(),
        checkpoint: Checkpoint::read(text.as_bytes()).expect("a checkpoint"),
        text,
    }
}

struct World {
    ledger: Ledger,
    published: Vouched,
    _home: Home,
    _folder: TempDir,
}

/// A log of two events, and its witnesses.
async fn world(witnesses: &[(String, &Scripted)], quorum: usize) -> World {
    let (home, folder) = (Home::sqlite(), tempfile::tempdir().expect("a directory"));
    let ledger = home.open().await;
    for _ in 0..2 {
        submit(&ledger, new_commitment(), offer()).await;
    }
    let log = Log::open(ledger.clone(), ORIGIN, folder.path()).await.expect("a log");
    let named: Vec<_> = witnesses.iter().map(|(url, it)| format!("{url} {}", it.key())).collect();
    let policy = Policy::read(&named, Some(quorum)).expect("a policy");
    let witnesses = Witnesses::start(&log, policy);
    let stamps = Stamps::start(&log, &witnesses, folder.path(), None).expect("stamps");
    let published = Vouched { log, witnesses, stamps };
    World { ledger, published, _home: home, _folder: folder }
}

impl World {
    /// Who vouches for the newest witnessed checkpoint, once it has `size` entries.
    async fn witnessed(&self, size: u64, by: &[&Scripted]) -> BTreeSet<String> {
        let cosigners: Vec<Cosigner> =
            by.iter().map(|it| it.key().parse().expect("a key")).collect();
        let witnessed = until(async || {
            self.published.witnesses.witnessed().filter(|it| it.checkpoint.size == size)
        });
        let witnessed = witnessed.await.expect("a quorum");
        let keys = verifiers(self.published.log.keys()).expect("keys");
        let proven = verified(&witnessed.note, &keys).expect("the log's signature is there too");
        assert_eq!(proven, witnessed.checkpoint);
        cosigned(&witnessed.note, &cosigners).into_keys().collect()
    }

    async fn receipt(&self, position: Position) -> Option<Receipt> {
        let Vouched { log, witnesses, .. } = &self.published;
        witnesses.receipt(log, position).await.expect("hashes")
    }

    async fn trouble(&self, place: usize) -> Option<&'static str> {
        until(async || self.published.witnesses.seen()[place].1.trouble).await
    }
}

#[tokio::test]
async fn a_quorum_vouches_and_nobody_waits_for_the_one_that_is_away() {
    let [one, two, three] =
        [("w/1", 1), ("w/2", 2), ("w/3", 3)].map(|it| Scripted::new(it.0, it.1));
    let cosigning = |it: &Scripted| {
        let it = it.clone();
        answering(move |body| (200, TEXT, it.cosign(&question(body).text, 1_800_000_000)))
    };
    let nobody = "http://127.0.0.1:1".to_owned();
    let all = [(cosigning(&one), &one), (cosigning(&two), &two), (nobody, &three)];
    let world = world(&all, 2).await;
    let vouching = world.witnessed(2, &[&one, &two, &three]).await;
    assert_eq!(vouching, ["w/1", "w/2"].map(str::to_owned).into());
    assert_eq!(world.trouble(2).await, Some("AWAY"));

    submit(&world.ledger, new_commitment(), offer()).await;
    assert_eq!(world.witnessed(3, &[&one, &two, &three]).await.len(), 2);
    let (name, seen) = world.published.witnesses.seen().swap_remove(0);
    let at = seen.cosigned_at.map(jiff::Timestamp::as_second);
    assert_eq!(
        (name.as_str(), seen.size, at, seen.trouble),
        ("w/1", Some(3), Some(1_800_000_000), None)
    );
    // What is shown of the newest checkpoint, and where receipts lead, holds their cosignatures.
    let shown = world.published.witnesses.shown(&world.published.log.latest());
    let keys = [&one, &two].map(|it| it.key().parse().expect("a key"));
    assert_eq!(cosigned(&shown.note, &keys).len(), 2);
    let receipt = world.receipt(Position(1)).await.expect("a receipt");
    assert_eq!(cosigned(&receipt.checkpoint, &keys).len(), 2);
    let trusted = verifiers(world.published.log.keys()).expect("keys");
    assert_eq!(receipt.check(None, ORIGIN, &trusted).map(|it| it.size), Ok(3));
}

#[tokio::test]
async fn a_witness_that_knows_an_earlier_size_is_brought_from_there() {
    let witness = Scripted::new("w/1", 1);
    let (cosigning, known) = (witness.clone(), Mutex::new(None::<Checkpoint>));
    let olds = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&olds);
    let url = answering(move |body| {
        let question = question(body);
        let mut known = known.lock().expect("nobody panicked");
        let size = known.as_ref().map_or(0, |it| it.size);
        seen.lock().expect("nobody panicked").push(question.old);
        if question.old != size {
            return (409, SIZE, format!("{size}\n").into_bytes());
        }
        let new = question.checkpoint.clone();
        if let Some(old) = known.as_ref().filter(|it| it.size < new.size) {
            use tlog_tiles::{Hash, check_tree};
            let roots = (Hash(new.root), Hash(old.root));
            let checked = check_tree(&question.proof, new.size, roots.0, old.size, roots.1);
            assert!(checked.is_ok(), "another implementation accepts the proof");
        }
        *known = Some(new);
        (200, TEXT, cosigning.cosign(&question.text, 1_800_000_000))
    });
    let world = world(&[(url.clone(), &witness)], 1).await;
    world.witnessed(2, &[&witness]).await;
    for size in 3..6 {
        submit(&world.ledger, new_commitment(), offer()).await;
        world.witnessed(size, &[&witness]).await;
    }
    // The next start knows nothing, and is told once.
    let named = format!("{url} {}", witness.key());
    let policy = Policy::read(&[named], None).expect("a policy");
    submit(&world.ledger, new_commitment(), offer()).await;
    world.witnessed(6, &[&witness]).await;
    let again = Witnesses::start(&world.published.log, policy);
    let cosigned = until(async || again.witnessed()).await.expect("it cosigns again");
    assert_eq!(cosigned.checkpoint.size, 6);
    assert_eq!(*olds.lock().expect("nobody panicked"), [0, 2, 3, 4, 5, 0, 6]);
}

#[tokio::test]
async fn a_checkpoint_that_gets_no_quorum_does_not_hold_up_the_next() {
    let witness = Scripted::new("w/1", 1);
    let cosigning = witness.clone();
    // It has seen three entries, by another server of the same log.
    let url = answering(move |body| match question(body) {
        it if it.old == 3 => (200, TEXT, cosigning.cosign(&it.text, 1_800_000_000)),
        _ => (409, SIZE, b"3\n".to_vec()),
    });
    let world = world(&[(url, &witness)], 1).await;
    assert_eq!(world.trouble(0).await, Some("AHEAD"));
    for _ in 0..2 {
        submit(&world.ledger, new_commitment(), offer()).await;
    }
    world.witnessed(4, &[&witness]).await;
    assert_eq!(world.published.witnesses.seen()[0].1.trouble, None);
}

#[tokio::test]
async fn a_witness_that_lies_or_refuses_changes_nothing_and_is_shown() {
    let (witness, other) = (Scripted::new("w/1", 1), Scripted::new("w/1", 2));
    let given = |cosign: &dyn Fn(&Question) -> Vec<u8>, body: &[u8]| cosign(&question(body));
    let by = move |it: &Scripted, time: u64| {
        let it = it.clone();
        move |body: &[u8]| (200, TEXT, given(&|asked| it.cosign(&asked.text, time), body))
    };
    let fork = {
        let it = witness.clone();
        move |body: &[u8]| {
            let forked = question(body).text.replacen("\n2\n", "\n3\n", 1);
            (200, TEXT, it.cosign(&forked, 1_800_000_000))
        }
    };
    let lies: Vec<(&str, Answers)> = vec![
        ("UNCOSIGNED", Box::new(by(&other, 1_800_000_000))),
        ("UNCOSIGNED", Box::new(by(&witness, 0))),
        ("UNCOSIGNED", Box::new(by(&witness, u64::MAX))),
        ("UNCOSIGNED", Box::new(fork)),
        ("UNCOSIGNED", Box::new(|_| (200, TEXT, Vec::new()))),
        ("UNCOSIGNED", Box::new(|_| (200, TEXT, b"\xff\xfe a letter\n".to_vec()))),
        ("AWAY", Box::new(|_| (200, TEXT, vec![b'x'; 1 << 20]))),
        ("AWAY", Box::new(|_| (503, TEXT, Vec::new()))),
        ("AWAY", Box::new(|_| (429, TEXT, Vec::new()))),
        ("REFUSED", Box::new(|_| (404, TEXT, b"who?\n".to_vec()))),
        ("REFUSED", Box::new(|_| (403, TEXT, Vec::new()))),
        ("REFUSED", Box::new(|_| (422, TEXT, Vec::new()))),
        ("REFUSED", Box::new(|_| (302, TEXT, Vec::new()))),
        ("REFUSED", Box::new(|_| (409, TEXT, b"1\n".to_vec()))),
        ("REFUSED", Box::new(|_| (409, SIZE, b"01\n".to_vec()))),
        ("REFUSED", Box::new(|_| (409, SIZE, b"1\n".to_vec()))),
        ("AHEAD", Box::new(|_| (409, SIZE, b"7\n".to_vec()))),
    ];
    for (place, (trouble, lie)) in lies.into_iter().enumerate() {
        let world = world(&[(answering(lie), &witness)], 1).await;
        assert_eq!(world.trouble(0).await, Some(trouble), "lie {place}");
        assert_eq!(world.published.witnesses.witnessed(), None, "lie {place}");
        let latest = world.published.log.latest();
        assert_eq!(world.published.witnesses.shown(&latest), *latest, "lie {place}");
        // The log goes on, and so do receipts.
        submit(&world.ledger, new_commitment(), offer()).await;
        world.published.log.published(Position(3)).await.expect("it is published");
        let receipt = world.receipt(Position(3)).await;
        assert!(receipt.is_some(), "lie {place}");
    }
}

#[tokio::test]
async fn of_a_long_answer_only_the_own_cosignature_is_taken_and_once() {
    let (witness, other) = (Scripted::new("w/1", 1), Scripted::new("w/2", 2));
    let (own, foreign) = (witness.clone(), other.clone());
    let url = answering(move |body| {
        let text = question(body).text;
        let (own, foreign) =
            (own.cosign(&text, 1_800_000_000), foreign.cosign(&text, 1_800_000_000));
        (200, TEXT, [foreign.as_slice(), &own, &own].concat())
    });
    let world = world(&[(url, &witness)], 1).await;
    let vouching = world.witnessed(2, &[&witness, &other]).await;
    assert_eq!(vouching, ["w/1".to_owned()].into());
    let witnessed = world.published.witnesses.witnessed().expect("a checkpoint");
    let note = String::from_utf8(witnessed.note.clone()).expect("a text");
    assert_eq!(note.matches("\n— ").count(), 2, "the log's and the witness's: {note}");
}
