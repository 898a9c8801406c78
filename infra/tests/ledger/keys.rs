//! The keys that sign the log come and go, and so does its origin; what a crash leaves is finished.
use std::fs;
use std::path::Path;

use infra::log::{Error, Keys, Log, Renewal, Unpublished, verifiers};
use infra::transparency::receipt::{Unproven, verified};
use tempfile::TempDir;

use super::home::*;
use super::publishing::ORIGIN;

const NEXT: &str = "registre.example/souss-massa";

/// A ledger of one event, and an empty folder for its log.
async fn begun() -> (infra::ledger::Ledger, TempDir) {
    let ledger = Home::sqlite().open().await;
    submit(&ledger, new_commitment(), offer()).await;
    (ledger, tempfile::tempdir().expect("a directory"))
}

async fn prepared(ledger: &infra::ledger::Ledger, folder: &TempDir) -> Result<Unpublished, Error> {
    Log::prepare(ledger.clone(), ORIGIN, folder.path()).await
}

/// Whether the note is proven to somebody who trusts `key` alone.
fn proves(note: &[u8], key: &str) -> Result<u64, Unproven> {
    let trusted = verifiers(&[key.to_owned()]).expect("a key");
    verified(note, &trusted).map(|it| it.size)
}

fn anchor(folder: &TempDir) -> Vec<u8> {
    fs::read(folder.path().join("log.checkpoint")).expect("an anchor")
}

#[tokio::test]
async fn while_two_keys_sign_whoever_knows_one_of_them_can_verify() {
    let (ledger, folder) = begun().await;
    let mut log = prepared(&ledger, &folder).await.expect("it agrees");
    log.add_key().expect("a second key");
    let keys = log.keys().to_vec();
    assert_eq!(keys.len(), 2);
    let log = log.publish().await.expect("it is published");
    for key in &keys {
        assert_eq!(proves(&log.latest().note, key), Ok(1), "{key}");
    }
    assert_eq!(log.keys(), keys);
}

#[tokio::test]
async fn a_key_that_is_taken_out_leaves_an_anchor_that_the_others_prove() {
    let (ledger, folder) = begun().await;
    drop(prepared(&ledger, &folder).await.expect("it agrees").publish().await.expect("a log"));
    let mut log = prepared(&ledger, &folder).await.expect("it agrees");
    let old = log.keys()[0].clone();
    log.add_key().expect("a second key");
    let new = log.keys()[1].clone();
    assert_eq!(proves(&anchor(&folder), &new), Err(Unproven::CheckpointUnsigned));
    log.take_out(&old).expect("it is taken out");
    assert_eq!(log.keys(), std::slice::from_ref(&new));
    assert_eq!(proves(&anchor(&folder), &new), Ok(1));
    drop(log);
    let mut again = prepared(&ledger, &folder).await.expect("the anchor is proven");
    assert!(matches!(again.take_out(&new), Err(Error::NoKey(_))), "the last key stays");
    let log = again.publish().await.expect("it is published");
    assert_eq!(proves(&log.latest().note, &old), Err(Unproven::CheckpointUnsigned));
}

#[tokio::test]
async fn one_process_at_a_time_holds_a_log() {
    let (ledger, folder) = begun().await;
    let log = prepared(&ledger, &folder).await.expect("it agrees").publish().await.expect("a log");
    assert!(matches!(prepared(&ledger, &folder).await.err(), Some(Error::InUse(_))));
    assert!(matches!(Renewal::begin(folder.path()).err(), Some(Error::InUse(_))));
    drop(log);
    assert!(prepared(&ledger, &folder).await.is_ok());
}

/// What is in each file of the log, by name; the lock left out.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let entries = fs::read_dir(folder).expect("a directory").map(|it| it.expect("an entry").path());
    let mut files: Vec<_> = entries
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            (name, fs::read(&path).expect("a file"))
        })
        .filter(|(name, _)| name != "log.lock")
        .collect();
    files.sort();
    files
}

#[tokio::test]
async fn a_renewed_log_has_a_key_of_its_own_and_what_was_before_stands_aside() {
    let (ledger, folder) = begun().await;
    drop(prepared(&ledger, &folder).await.expect("it agrees").publish().await.expect("a log"));
    let (key, note) = (fs::read(folder.path().join("log.key")).expect("a key"), anchor(&folder));

    let renewal = Renewal::begin(folder.path()).expect("it is free");
    assert!(!renewal.finish(NEXT).expect("an answer"), "nothing was begun");
    let last = renewal.last_checkpoint(ORIGIN, []).expect("an answer");
    assert_eq!(last.map(|it| (it.origin, it.size)), Some((ORIGIN.to_owned(), 1)));
    assert_eq!(renewal.last_checkpoint(NEXT, []).expect("an answer"), None);
    let next = renewal.next_key(NEXT).expect("a key");
    assert_eq!(renewal.next_key(NEXT).expect("a key"), next, "the one that was made");
    assert_eq!(files(folder.path())[1].1, key, "until it is recorded, nothing has changed");
    assert!(renewal.finish(NEXT).expect("it is finished"));
    assert!(!renewal.finish(NEXT).expect("an answer"), "once");
    drop(renewal);

    let files = files(folder.path());
    let names: Vec<_> = files.iter().map(|it| it.0.as_str()).collect();
    assert_eq!(names, ["log.checkpoint.1", "log.key", "log.key.1"]);
    assert_eq!((&files[0].1, &files[2].1), (&note, &key));
    let log = Log::open(ledger, NEXT, folder.path()).await.expect("it is published");
    assert_eq!(log.keys(), std::slice::from_ref(&next));
    assert_eq!(proves(&log.latest().note, &next), Ok(1));
}

#[tokio::test]
async fn a_renewal_that_was_interrupted_is_finished() {
    let (ledger, folder) = begun().await;
    drop(prepared(&ledger, &folder).await.expect("it agrees").publish().await.expect("a log"));
    let at = |name: &str| folder.path().join(name);
    let begin = || Renewal::begin(folder.path()).expect("it is free");
    let next = begin().next_key(NEXT).expect("a key");
    // The ledger has recorded it, and the anchor stands aside already.
    fs::rename(at("log.checkpoint"), at("log.checkpoint.1")).expect("it is moved");
    let opened = Log::open(ledger.clone(), NEXT, folder.path()).await;
    assert!(matches!(opened.err(), Some(Error::KeyOfAnotherLog { .. })), "nothing is signed");
    fs::hard_link(at("log.key"), at("log.key.1")).expect("it has a second name");
    assert!(begin().finish(NEXT).expect("it is finished"));
    assert_eq!(Keys::find(folder.path(), NEXT).expect("keys").expect("keys").public(), [next]);
    assert!(!at("log.key.2").exists(), "it is set aside once");
    assert!(Log::open(ledger, NEXT, folder.path()).await.is_ok());
}

#[tokio::test]
async fn no_key_is_made_where_one_waits() {
    let (ledger, folder) = begun().await;
    Renewal::begin(folder.path()).expect("it is free").next_key(NEXT).expect("a key");
    let opened = Log::open(ledger, NEXT, folder.path()).await;
    assert!(matches!(opened.err(), Some(Error::NoKey(_))));
    assert!(!folder.path().join("log.key").exists());
    // One that waits for an origin that is not wanted any more makes room.
    let renewal = Renewal::begin(folder.path()).expect("it is free");
    let other = renewal.next_key("other.example/log").expect("a key");
    assert!(other.starts_with("other.example/log+"));
    assert!(!renewal.finish(NEXT).expect("an answer"));
    assert!(matches!(renewal.next_key("not a name").err(), Some(Error::NoKey(_))));
}
