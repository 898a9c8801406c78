use proptest::prelude::*;
use rand_core::OsRng;
use signed_note::{StandardSigner, StandardVerifier, generate_key};

use super::super::proof::{Known, Tile, tiles};
use super::super::tree::{Frontier, leaf};
use super::*;

const ORIGIN: &str = "tiwizi.example/souss-massa";

fn entries() -> Vec<Vec<u8>> {
    (0..5_u8).map(|number| vec![number; 40]).collect()
}

/// A log of five entries: the signed checkpoint, and who trusts its key.
fn log(origin: &str) -> (Vec<u8>, VerifierList) {
    let (secret, public) = generate_key(&mut OsRng, origin);
    let mut frontier = Frontier::default();
    for entry in entries() {
        frontier.push(leaf(&entry), |_| {});
    }
    let text = Checkpoint { origin: origin.to_owned(), size: 5, root: frontier.root() }.to_string();
    let signer = StandardSigner::new(&secret).expect("a key");
    let mut note = Note::new(text.as_bytes(), &[]).expect("a text");
    note.add_sigs(&[&signer]).expect("a signature");
    let verifier = StandardVerifier::new(&public).expect("a key");
    (note.to_bytes(), VerifierList::new(vec![Box::new(verifier)]))
}

fn receipt(checkpoint: &[u8]) -> Receipt {
    let mut known = Known::of(5);
    for tile in tiles(3, 5) {
        assert_eq!(tile, Tile { level: 0, index: 0, width: 5 });
        known.insert(tile, entries().iter().map(|it| leaf(it)).collect());
    }
    let path = known.inclusion(3).expect("the tile is there");
    let entry = Some(entries().remove(3));
    Receipt { entry, index: 3, path, checkpoint: checkpoint.to_vec() }
}

#[test]
fn a_receipt_is_checked_with_the_key_of_its_log_alone() {
    let (checkpoint, trusted) = log(ORIGIN);
    let written = receipt(&checkpoint).to_string();
    let read = Receipt::read(written.as_bytes()).expect("a receipt");
    assert_eq!(read, receipt(&checkpoint));
    let checked = read.check(None, ORIGIN, &trusted).expect("it proves");
    assert_eq!(checked.size, 5);
    let (_, strangers) = log(ORIGIN);
    assert_eq!(read.check(None, ORIGIN, &strangers), Err(Unproven::CheckpointUnsigned));
    let other = Unproven::OtherLog(ORIGIN.to_owned());
    assert_eq!(read.check(None, "tiwizi.example/elsewhere", &trusted), Err(other));
}

#[test]
fn a_changed_receipt_proves_nothing() {
    let (checkpoint, trusted) = log(ORIGIN);
    let sound = receipt(&checkpoint);
    let check = |it: &Receipt| it.check(None, ORIGIN, &trusted);
    let mut entry = sound.clone();
    entry.entry = Some(entries().remove(2));
    assert_eq!(check(&entry), Err(Unproven::NotIncluded));
    let moved = Receipt { index: 2, ..sound.clone() };
    assert_eq!(check(&moved), Err(Unproven::NotIncluded));
    let mut short = sound.clone();
    short.path.pop();
    assert_eq!(check(&short), Err(Unproven::NotIncluded));
    let bare = Receipt { entry: None, ..sound.clone() };
    assert_eq!(check(&bare), Err(Unproven::NoEntry));
    assert!(bare.check(Some(&entries()[3]), ORIGIN, &trusted).is_ok());
    let forged = String::from_utf8(checkpoint.clone()).expect("text").replacen("\n5\n", "\n4\n", 1);
    let forged = Receipt { checkpoint: forged.into_bytes(), ..sound.clone() };
    assert_eq!(check(&forged), Err(Unproven::SignatureWrong));
    let empty = Receipt { checkpoint: Vec::new(), ..sound };
    assert_eq!(check(&empty), Err(Unproven::CheckpointUnreadable));
}

#[test]
fn another_text_is_no_receipt() {
    let (checkpoint, _) = log(ORIGIN);
    let sound = receipt(&checkpoint).to_string();
    let wrong = [
        String::new(),
        sound.replacen("@v1", "@v2", 1),
        sound.replacen("index 3", "index 03", 1),
        sound.replacen("index 3", "index -3", 1),
        sound.replacen("index 3\n", "", 1),
        sound.replacen("extra ", "extra *", 1),
        sound.replacen("\n\n", "\n", 2),
        sound.replacen("index 3\n", "index 3\nnot a hash\n", 1),
        sound.replacen("index 3\n", &format!("index 3\n{}", "A".repeat(43) + "=\n").repeat(70), 1),
    ];
    for text in wrong {
        assert_eq!(Receipt::read(text.as_bytes()), Err(NoReceipt::Malformed), "{text}");
    }
    let long = " ".repeat(RECEIPT_BYTES_MAX + 1);
    assert_eq!(Receipt::read(long.as_bytes()), Err(NoReceipt::TooLong));
}

proptest! {
    #[test]
    fn no_bytes_make_the_reader_stop(bytes in prop::collection::vec(any::<u8>(), 0..300), at: prop::sample::Index) {
        let _ = Receipt::read(&bytes);
        let mut text = receipt(b"o\n1\n").to_string().into_bytes();
        let at = at.index(text.len());
        text[at] = bytes.first().copied().unwrap_or_default();
        let _ = Receipt::read(&text);
    }
}
