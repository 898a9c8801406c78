//! A bundle made by somebody who has the log's key and lies in one file: manifest and receipt fit.
use std::collections::BTreeMap;
use std::io::Cursor;

use domain::recorded::Position;
use proptest::prelude::*;
use rand_core::OsRng;
use signed_note::{Note, Signer, StandardSigner, StandardVerifier, VerifierList, generate_key};

use super::*;
use crate::transparency::checkpoint::Checkpoint;
use crate::transparency::receipt::{Receipt, Unproven};
use crate::transparency::tree::{Frontier, leaf};

const ORIGIN: &str = "tiwizi.example/souss-massa";
const SIZE: u64 = 3;

type Files = BTreeMap<String, Vec<u8>>;

/// A stored event of the ledger.
fn event(sequence: u64, name: &str, data: &str) -> Vec<u8> {
    format!(
        r#"{{"agg":{{"id":"00000000-0000-0000-0000-000000000001","seq":{sequence},"type":"ledger"}},"cmd":{{"digest":"000102030405060708090a0b0c0d0e0f","id":"00000000-0000-0000-0000-000000000002"}},"data":{data},"effective":"2026-11-21","id":"00000000-0000-0000-0000-000000000003","recorded_at":"2026-11-21T22:10:57.123456Z","salt":"000102030405060708090a0b0c0d0e0f","tv":1,"type":"{name}","v":1}}"#
    )
    .into_bytes()
}

struct Operator {
    signer: StandardSigner,
    public: String,
    entries: Vec<Vec<u8>>,
}

impl Operator {
    fn new() -> Self {
        let (secret, public) = generate_key(&mut OsRng, ORIGIN);
        let entries = (1..=SIZE).map(|it| event(it, "opened", r#"{"name":"=1+1"}"#)).collect();
        Self { signer: StandardSigner::new(&secret).expect("a key"), public, entries }
    }

    fn trusted(&self) -> VerifierList {
        VerifierList::new(vec![Box::new(StandardVerifier::new(&self.public).expect("a key"))])
    }

    fn checkpoint(&self, entries: &[Vec<u8>]) -> (Vec<u8>, Hash) {
        let mut tree = Frontier::default();
        for entry in entries {
            tree.push(leaf(entry), |_| {});
        }
        let (size, root) = (tree.size(), tree.root());
        let text = Checkpoint { origin: ORIGIN.to_owned(), size, root }.to_string();
        let mut note = Note::new(text.as_bytes(), &[]).expect("a text");
        note.add_sigs(&[&self.signer as &dyn Signer]).expect("a signature");
        (note.to_bytes(), root)
    }

    fn receipt(&self, entries: &[Vec<u8>], index: usize) -> Receipt {
        let size = entries.len() as u64;
        let mut known = crate::transparency::proof::Known::of(size);
        let tile = Tile { level: 0, index: 0, width: size };
        known.insert(tile, entries.iter().map(|it| leaf(it)).collect());
        let path = known.inclusion(index as u64).expect("it is in the tree");
        let (entry, checkpoint) = (Some(entries[index].clone()), self.checkpoint(entries).0);
        Receipt { entry, index: index as u64, path, checkpoint }
    }

    /// The files of a bundle of the records at `positions`.
    fn files(&self, positions: &[u64]) -> Files {
        let (note, _) = self.checkpoint(&self.entries);
        let stored = positions.iter().map(|it| {
            let bytes = self.entries[usize::try_from(*it).expect("small") - 1].clone();
            Stored { position: Position(*it), bytes }
        });
        let (mut table, mut lines) = (Vec::new(), Ndjson(Vec::new()));
        let mut csv = Csv::new(&mut table).expect("a table");
        let (mut attachments, mut validity) = (Attachments::default(), Keys::default());
        for it in stored {
            csv.push(&it).expect("a row");
            lines.push(&it).expect("a line");
            attachments.push(&it).expect("a record");
            validity.push(&it).expect("a record");
        }
        csv.finish().expect("a table");
        let keys = vec![self.public.clone()];
        let hashes = self.entries.iter().flat_map(|it| leaf(it)).collect();
        let entries = self.entries.iter().flat_map(|it| {
            let length = u16::try_from(it.len()).expect("short").to_be_bytes();
            [&length[..], it].concat()
        });
        let named = [
            ("README.txt", README.as_bytes().to_vec()),
            ("attachments.json", attachments.to_bytes()),
            ("checkpoint", note.clone()),
            ("history.csv", table),
            ("history.ndjson", lines.0),
            ("keys.json", validity.to_bytes(&keys)),
            ("keys.txt", (self.public.clone() + "\n").into_bytes()),
            ("receipts/2.tlog-proof", self.receipt(&self.entries, 1).to_string().into_bytes()),
            ("tile/0/000.p/3", hashes),
            ("tile/entries/000.p/3", entries.collect()),
            ("time/3.checkpoint", note.clone()),
        ];
        let named = named.map(|(path, bytes)| (path.to_owned(), bytes));
        named.into_iter().chain(openssl::files(&note, &keys)).collect()
    }

    /// A bundle of `files`, and the receipt of its making.
    fn pack(&self, files: &Files, records: usize, scope: &Scope) -> (Vec<u8>, Receipt) {
        let mut bundle = Cursor::new(Vec::new());
        let mut pack = Pack::new(&mut bundle);
        for (path, bytes) in files {
            pack.file(path, bytes).expect("it is written");
        }
        let manifest = Manifest {
            format: FORMAT.to_owned(),
            scope: scope.clone(),
            origin: ORIGIN.to_owned(),
            size: SIZE,
            root: hex::encode(self.checkpoint(&self.entries).1),
            records,
            subjects: 1,
            files: pack.files(),
        };
        let digest = pack.file("manifest.json", &manifest.to_bytes()).expect("it is written");
        pack.file("SHA256SUMS", manifest.sums(&digest).as_bytes()).expect("it is written");
        pack.finish().expect("it is written");
        let (digest, root) = (hex::encode(digest), &manifest.root);
        let data = format!(
            r#"{{"manifest":"{digest}","root":"{root}","scope":{{"of":"all"}},"size":{SIZE}}}"#
        );
        let made = event(SIZE + 1, "bundle_made", &data);
        let entries = [&self.entries[..], &[made]].concat();
        (bundle.into_inner(), self.receipt(&entries, entries.len() - 1))
    }

    /// What somebody else finds in it.
    fn packed(&self, files: &Files, records: usize, scope: &Scope) -> Result<Sound, Fault> {
        let (bundle, receipt) = self.pack(files, records, scope);
        check(Cursor::new(bundle), &receipt, ORIGIN, &self.trusted())
    }

    fn lying(&self, lie: impl Fn(&mut Files)) -> Fault {
        let mut files = self.files(&[1, 2, 3]);
        lie(&mut files);
        self.packed(&files, 3, &Scope::All).expect_err("it is found")
    }
}

/// Changes the last byte of the file at `path`.
fn flip(path: &str) -> impl Fn(&mut Files) {
    move |files| *files.get_mut(path).and_then(|it| it.last_mut()).expect("it is there") ^= 1
}

#[test]
fn an_honest_bundle_is_sound() {
    let operator = Operator::new();
    let sound = operator.packed(&operator.files(&[1, 2, 3]), 3, &Scope::All).expect("it is sound");
    assert_eq!((sound.made, sound.manifest.records), (Position(4), 3));
}

#[test]
fn whoever_has_the_key_and_lies_in_one_file_is_found() {
    let operator = Operator::new();
    let derived =
        |it: Fault, path: &str| assert!(matches!(&it, Fault::Derived(at) if at == path), "{it}");
    for path in ["history.csv", "attachments.json", "keys.json", "openssl/1.sig", "openssl/1.pem"] {
        derived(operator.lying(flip(path)), path);
    }
    let strangers = Operator::new();
    let more_keys = |files: &mut Files| {
        let keys = files.get_mut("keys.txt").expect("it is there");
        keys.extend(strangers.public.bytes());
    };
    derived(operator.lying(more_keys), "keys.json");
    let other_receipt = |files: &mut Files| {
        let receipt = operator.receipt(&operator.entries, 0).to_string();
        files.insert("receipts/2.tlog-proof".to_owned(), receipt.into_bytes());
    };
    derived(operator.lying(other_receipt), "receipts/2.tlog-proof");
    for path in ["tile/0/000.p/3", "tile/entries/000.p/3"] {
        let fault = operator.lying(flip(path));
        assert!(matches!(fault, Fault::Tile(_)), "{path}: {fault}");
    }
    let text = |files: &mut Files, from: &str, to: &str| {
        let lines = files.get_mut("history.ndjson").expect("it is there");
        *lines = String::from_utf8(lines.clone()).expect("text").replacen(from, to, 1).into_bytes();
    };
    let record = operator.lying(|it| text(it, "=1+1", "=1+2"));
    assert!(matches!(record, Fault::Record(Position(1))), "{record}");
    let order = operator.lying(|it| text(it, "\"position\":1}", "\"position\":3}"));
    assert!(matches!(order, Fault::Record(Position(3))), "{order}");
    for path in ["checkpoint", "time/3.checkpoint"] {
        let signed = |files: &mut Files| {
            files.insert(path.to_owned(), strangers.checkpoint(&operator.entries).0);
        };
        let fault = operator.lying(signed);
        let why = Unproven::CheckpointUnsigned;
        assert!(matches!(&fault, Fault::Unproven { why: it, .. } if *it == why), "{path}: {fault}");
    }
    let more = |files: &mut Files| drop(files.insert("run-me.exe".to_owned(), vec![0]));
    let fault = operator.lying(more);
    assert!(matches!(&fault, Fault::File(path) if path == "run-me.exe"), "{fault}");
}

#[test]
fn records_that_are_left_out_or_of_another_scope_are_found() {
    let operator = Operator::new();
    let fewer = operator.packed(&operator.files(&[1, 2]), 2, &Scope::All);
    assert!(matches!(fewer, Err(Fault::OtherRecords)), "{fewer:?}");
    let miscounted = operator.packed(&operator.files(&[1, 2, 3]), 2, &Scope::All);
    assert!(matches!(miscounted, Err(Fault::OtherRecords)), "{miscounted:?}");
    let range = Scope::Positions { first: Position(1), last: Position(3) };
    let other = operator.packed(&operator.files(&[1, 2, 3]), 3, &range);
    assert!(matches!(other, Err(Fault::OtherReceipt)), "{other:?}");
}

#[test]
fn what_is_no_archive_is_told_so() {
    let operator = Operator::new();
    let receipt = operator.receipt(&operator.entries, 0);
    for bytes in [&b""[..], b"PK", b"a letter"] {
        let fault = check(Cursor::new(bytes), &receipt, ORIGIN, &operator.trusted());
        assert!(matches!(fault, Err(Fault::Unreadable(_))), "{fault:?}");
    }
}

proptest! {
    #[test]
    fn no_changed_byte_makes_the_reader_stop_or_proves_something_else(
        at: prop::sample::Index, bit in 0..8_u8
    ) {
        let operator = Operator::new();
        let (mut bundle, receipt) = operator.pack(&operator.files(&[1, 2, 3]), 3, &Scope::All);
        let check = |it: &[u8]| check(Cursor::new(it), &receipt, ORIGIN, &operator.trusted());
        let sound = check(&bundle).expect("it is sound");
        let at = at.index(bundle.len());
        bundle[at] ^= 1 << bit;
        // Dates and permissions of the archive's files are nobody's claim.
        if let Ok(other) = check(&bundle) {
            prop_assert_eq!(other, sound);
        }
    }
}
