//! The published log on either store: what others are shown, and what stops it from being shown.
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use domain::recorded::Position;
use infra::ledger::Ledger;
use infra::log::{Error, Log, verifiers};
use infra::transparency::checkpoint::Checkpoint;
use infra::transparency::path::Resource;
use infra::transparency::proof::is_consistent;
use infra::transparency::receipt::{Receipt, Unproven};
use infra::transparency::tree;
use tempfile::TempDir;

use super::home::*;
use super::publishing::{ORIGIN, folder, grow, publish};

async fn refused(ledger: &Ledger, folder: &TempDir) -> Error {
    match publish(ledger, folder).await {
        Ok(_) => panic!("the log is published"),
        Err(error) => error,
    }
}

fn path(text: &str) -> Resource {
    text.parse().expect("a path")
}

super::suite::on_both_stores!(
    a_receipt_holds_without_the_ledger,
    what_is_published_is_the_ledger_and_no_more,
    the_log_only_grows,
    a_ledger_that_differs_from_what_was_published_is_not_signed,
);

async fn a_receipt_holds_without_the_ledger(home: Home) {
    let (ledger, folder) = (home.open().await, folder());
    let log = publish(&ledger, &folder).await.expect("it is published");
    grow(&ledger, 3).await;
    log.published(Position(3)).await.expect("it is published");
    let receipt = log.receipt(Position(2)).await.expect("hashes").expect("a receipt");
    let file = receipt.to_string();
    let keys = verifiers(log.keys()).expect("keys");
    ledger.close().await;

    let read = Receipt::read(file.as_bytes()).expect("a receipt");
    let proven = read.check(None, ORIGIN, &keys).expect("it proves");
    assert_eq!(proven.size, 3);
    let forged = file.replacen("index 1", "index 2", 1);
    let forged = Receipt::read(forged.as_bytes()).expect("a receipt");
    assert_eq!(forged.check(None, ORIGIN, &keys), Err(Unproven::NotIncluded));
}

async fn what_is_published_is_the_ledger_and_no_more(home: Home) {
    let (ledger, folder) = (home.open().await, folder());
    grow(&ledger, 258).await;
    let log = publish(&ledger, &folder).await.expect("it is published");
    let stored = ledger.read(Position::START, 300).await.expect("events");
    let leaves: Vec<_> = stored.iter().map(|it| tree::leaf(&it.bytes)).collect();
    let row = |text| log.resource(path(text));
    let found = row("0/000").await.expect("hashes").expect("a full tile");
    assert_eq!(found, leaves[..256].concat());
    let found = row("0/001.p/1").await.expect("hashes").expect("an earlier partial tile");
    assert_eq!(found, leaves[256]);
    let found = row("1/000.p/1").await.expect("hashes").expect("the level above");
    assert_eq!(found, ledger.root_at(Position(256)).await.expect("a root"));
    let found = row("entries/001.p/2").await.expect("entries").expect("a bundle");
    let (length, rest) = found.split_at(2);
    assert_eq!(usize::from(u16::from_be_bytes([length[0], length[1]])), stored[256].bytes.len());
    assert!(rest.starts_with(&stored[256].bytes));
    for beyond in ["0/001", "0/001.p/3", "0/002.p/1", "1/000", "2/000.p/1", "entries/001"] {
        assert_eq!(row(beyond).await.expect("an answer"), None, "{beyond}");
    }
}

async fn the_log_only_grows(home: Home) {
    let (ledger, folder) = (home.open().await, folder());
    grow(&ledger, 2).await;
    let log = publish(&ledger, &folder).await.expect("it is published");
    let before: Checkpoint = log.latest().checkpoint.clone();
    grow(&ledger, 5).await;
    assert_eq!(log.consistency(2, 7).await.expect("an answer"), None, "not published yet");
    let after = log.published(Position(7)).await.expect("it is published").checkpoint.clone();
    let proof = log.consistency(2, after.size).await.expect("hashes").expect("a proof");
    assert!(is_consistent((before.size, before.root), (after.size, after.root), &proof));
    drop(log);
    // The anchor is what was published last, and the ledger still begins with it.
    grow(&ledger, 1).await;
    let again = publish(&ledger, &folder).await.expect("it is published");
    assert_eq!(again.latest().checkpoint.size, 8);
}

async fn a_ledger_that_differs_from_what_was_published_is_not_signed(home: Home) {
    let (ledger, folder) = (home.open().await, folder());
    grow(&ledger, 4).await;
    drop(publish(&ledger, &folder).await.expect("it is published"));
    let other = Home::sqlite();
    let shorter = other.open().await;
    grow(&shorter, 3).await;
    let behind = refused(&shorter, &folder).await;
    assert!(matches!(behind, Error::Behind { head: Position(3), published: 4 }), "{behind}");
    grow(&shorter, 2).await;
    let rewritten = refused(&shorter, &folder).await;
    assert!(matches!(rewritten, Error::Rewritten { published: 4 }), "{rewritten}");
    let anchor = fs::read(folder.path().join("log.checkpoint")).expect("an anchor");
    assert!(anchor.starts_with(format!("{ORIGIN}\n4\n").as_bytes()), "it is still the first");
}

#[tokio::test]
async fn a_key_that_others_can_read_signs_nothing() {
    let (ledger, folder) = (Home::sqlite().open().await, folder());
    drop(publish(&ledger, &folder).await.expect("it is published"));
    let key = folder.path().join("log.key");
    let mode = |path: &Path| fs::metadata(path).expect("a file").permissions().mode() & 0o777;
    assert_eq!(mode(&key), 0o600);
    fs::set_permissions(&key, fs::Permissions::from_mode(0o640)).expect("it is changed");
    assert!(matches!(refused(&ledger, &folder).await, Error::KeyReadableByOthers(_)));
}

#[tokio::test]
async fn neither_a_key_of_another_log_nor_a_file_without_one_signs() {
    let (ledger, folder) = (Home::sqlite().open().await, folder());
    drop(publish(&ledger, &folder).await.expect("it is published"));
    let other = Log::open(ledger.clone(), "tiwizi.example/elsewhere", folder.path()).await;
    assert!(matches!(other.err(), Some(Error::KeyOfAnotherLog { .. })));
    let key = folder.path().join("log.key");
    for wrong in ["", "not a key\n", "PRIVATE+KEY+tiwizi.example/souss-massa+00000000+AAAA\n"] {
        fs::write(&key, wrong).expect("it is written");
        assert!(matches!(refused(&ledger, &folder).await, Error::NoKey(_)), "{wrong}");
    }
}

#[tokio::test]
async fn an_anchor_that_the_log_did_not_sign_stops_it() {
    let (ledger, folder) = (Home::sqlite().open().await, folder());
    grow(&ledger, 2).await;
    drop(publish(&ledger, &folder).await.expect("it is published"));
    let anchor = folder.path().join("log.checkpoint");
    let text = fs::read_to_string(&anchor).expect("an anchor");
    fs::write(&anchor, text.replacen("\n2\n", "\n1\n", 1)).expect("it is written");
    let why = refused(&ledger, &folder).await;
    let changed = Unproven::SignatureWrong;
    assert!(matches!(&why, Error::AnchorUnproven { why, .. } if *why == changed), "{why}");
    fs::write(&anchor, "torn").expect("it is written");
    let torn = Unproven::CheckpointUnreadable;
    let why = refused(&ledger, &folder).await;
    assert!(matches!(&why, Error::AnchorUnproven { why, .. } if *why == torn), "{why}");
}
