//! A ledger that was put back to an older state, and an anchor that does not fit its ledger.
use std::fs;

use domain::recorded::Position;
use infra::audit::verify;
use infra::ledger::Place;
use infra::log::Error;
use infra::transparency::proof::is_consistent;
use tempfile::TempDir;

use super::home::*;
use super::owner;
use super::publishing::{folder, grow, publish};

super::suite::on_both_stores!(
    a_restored_backup_is_refused,
    a_backup_that_went_on_is_refused,
    an_anchor_put_back_with_its_ledger_is_found_by_an_auditor_alone,
    no_byte_of_the_anchor_can_be_changed,
);

/// The home of a ledger of five published events, a backup of it with three, and where its anchor is.
async fn with_a_backup(home: &Home) -> (Home, TempDir) {
    let folder = folder();
    let ledger = home.open().await;
    grow(&ledger, 3).await;
    drop(publish(&ledger, &folder).await.expect("it is published"));
    ledger.close().await;
    drop(ledger);
    let backup = owner::copy(home).await;
    let ledger = home.open().await;
    grow(&ledger, 2).await;
    drop(publish(&ledger, &folder).await.expect("it is published"));
    ledger.close().await;
    (backup, folder)
}

async fn a_restored_backup_is_refused(home: Home) {
    let (backup, folder) = with_a_backup(&home).await;
    let ledger = backup.open().await;
    verify(&ledger, |_| ()).await.expect("it is sound, and old");
    let refused = publish(&ledger, &folder).await.err().expect("it is behind");
    assert!(matches!(refused, Error::Behind { head: Position(3), published: 5 }), "{refused}");
    drop(publish(&home.open().await, &folder).await.expect("the right one is still published"));
}

async fn a_backup_that_went_on_is_refused(home: Home) {
    let (backup, folder) = with_a_backup(&home).await;
    let ledger = backup.open().await;
    grow(&ledger, 4).await;
    verify(&ledger, |_| ()).await.expect("it is sound, and another");
    let refused = publish(&ledger, &folder).await.err().expect("it differs");
    assert!(matches!(refused, Error::Rewritten { published: 5 }), "{refused}");
}

/// Whoever puts back the whole machine puts back what would have told: others have to.
async fn an_anchor_put_back_with_its_ledger_is_found_by_an_auditor_alone(home: Home) {
    let (at, old) = (folder(), folder());
    let ledger = home.open().await;
    grow(&ledger, 3).await;
    drop(publish(&ledger, &at).await.expect("it is published"));
    ledger.close().await;
    drop(ledger);
    let backup = owner::copy(&home).await;
    owner::copy_files(at.path(), old.path());
    let ledger = home.open().await;
    grow(&ledger, 2).await;
    let log = publish(&ledger, &at).await.expect("it is published");
    let kept = log.latest().checkpoint.clone();

    let ledger = backup.open().await;
    let log = publish(&ledger, &old).await.expect("its own anchor fits");
    assert!(log.latest().checkpoint.size < kept.size, "shorter than what the auditor saw");
    grow(&ledger, 2).await;
    let again = log.published(Position(5)).await.expect("it is published").checkpoint.clone();
    assert!(!is_consistent((kept.size, kept.root), (again.size, again.root), &[]));
}

async fn no_byte_of_the_anchor_can_be_changed(home: Home) {
    let folder = folder();
    let ledger = home.open().await;
    grow(&ledger, 3).await;
    drop(publish(&ledger, &folder).await.expect("it is published"));
    let anchor = folder.path().join("log.checkpoint");
    let sound = fs::read(&anchor).expect("an anchor");
    for at in 0..sound.len() {
        let mut other = sound.clone();
        other[at] ^= 1;
        fs::write(&anchor, &other).expect("it is written");
        let refused = publish(&ledger, &folder).await.err().expect("a byte was changed");
        assert!(matches!(refused, Error::AnchorUnproven { .. }), "byte {at}: {refused}");
        fs::write(&anchor, &sound[..at]).expect("it is written");
        let refused = publish(&ledger, &folder).await.err().expect("it was cut off");
        assert!(matches!(refused, Error::AnchorUnproven { .. }), "{at} bytes: {refused}");
    }
    fs::write(&anchor, &sound).expect("it is written");
    drop(publish(&ledger, &folder).await.expect("it is as it was"));
}

/// The files of a ledger that is being written to: what was recorded last is in the log beside it.
#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_files_in_use_is_whole_and_refused_once_it_is_old() {
    let (home, folder) = (Home::sqlite(), folder());
    let ledger = home.open().await;
    grow(&ledger, 3).await;
    drop(publish(&ledger, &folder).await.expect("it is published"));
    let Place::Directory(directory) = &home.place else { unreachable!("it is in a directory") };
    assert!(fs::metadata(directory.join("ledger.sqlite-wal")).is_ok_and(|it| it.len() > 0));
    let backup = owner::copy(&home).await;
    grow(&ledger, 1).await;
    drop(publish(&ledger, &folder).await.expect("it is published"));

    let ledger = backup.open().await;
    assert_eq!(verify(&ledger, |_| ()).await.expect("it is sound").position, Position(3));
    let refused = publish(&ledger, &folder).await.err().expect("it is behind");
    assert!(matches!(refused, Error::Behind { head: Position(3), published: 4 }), "{refused}");
}
