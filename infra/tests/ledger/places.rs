//! Places that hold no ledger, or none that can be used: each says why.
use infra::ledger::{Error, Ledger, Place};
use std::fs;
use std::sync::Arc;

use super::home::*;

async fn refused(place: &Place) -> Error {
    let clock = Arc::new(jiff::Timestamp::now);
    match Ledger::open(place, clock).await {
        Ok(_) => panic!("it opens"),
        Err(error) => error,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_directory_is_for_its_owner_alone_and_for_one_writer() {
    use std::os::unix::fs::PermissionsExt as _;
    let home = Home::sqlite();
    let ledger = home.open().await;
    submit(&ledger, new_commitment(), offer()).await;
    let mode = |path: &std::path::Path| {
        fs::metadata(path).expect("it is there").permissions().mode() & 0o777
    };
    assert_eq!(mode(file(&home).parent().expect("a directory")), 0o700);
    assert_eq!(mode(&file(&home)), 0o600);
    assert_eq!(mode(&file(&home).with_extension("sqlite-wal")), 0o600);
    assert!(matches!(refused(&home.place).await, Error::InUse(_)));
    Ledger::open_read_only(&home.place).await.expect("reading is allowed");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_ledger_is_one_file() {
    let home = Home::sqlite();
    let ledger = home.open().await;
    submit(&ledger, new_commitment(), offer()).await;
    ledger.read(domain::recorded::Position::START, 1).await.expect("events");
    ledger.close().await;
    let left = fs::read_dir(file(&home).parent().expect("a directory")).expect("its files");
    let mut left: Vec<_> = left.map(|it| it.expect("a file").file_name()).collect();
    left.sort();
    assert_eq!(left, ["ledger.lock", "ledger.sqlite"], "the file alone is the ledger");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_hears_of_what_another_process_records() {
    let home = Home::sqlite();
    let ledger = home.open().await;
    let reader = Ledger::open_read_only(&home.place).await.expect("it opens");
    submit(&ledger, new_commitment(), offer()).await;
    let followed = super::suite::positions(reader.follow(domain::recorded::Position::START), 1);
    assert_eq!(followed.await, [1]);
    assert!(matches!(
        reader.submit(one(new_commitment(), offer())).await,
        Err(infra::ledger::SubmitError::Ledger(Error::NotWritable))
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_ledger_is_left_alone() {
    let home = Home::sqlite();
    let directory = file(&home).parent().expect("a directory").to_owned();
    fs::create_dir(&directory).expect("a directory");
    let missing = Ledger::open_read_only(&home.place).await.err();
    assert!(matches!(missing, Some(Error::NotALedger(_))));

    fs::write(file(&home), "what is this, it is no database at all").expect("a file");
    assert!(matches!(refused(&home.place).await, Error::Damaged(_)));

    fs::remove_file(file(&home)).expect("it is removed");
    let other = rusqlite::Connection::open(file(&home)).expect("a database");
    other.execute_batch("CREATE TABLE something (id)").expect("a table");
    assert!(matches!(refused(&home.place).await, Error::NotALedger(_)));

    let home = Home::postgres().await;
    let missing = Ledger::open_read_only(&home.place).await.err();
    assert!(matches!(missing, Some(Error::NotALedger(_))));
    psql(&home, "CREATE TABLE _sqlx_migrations (version bigint)").await.expect("a table");
    assert!(matches!(refused(&home.place).await, Error::NotALedger(_)));
}

#[tokio::test(flavor = "multi_thread")]
async fn tables_of_a_later_version_are_left_alone() {
    let home = Home::sqlite();
    home.open().await.close().await;
    let connection = rusqlite::Connection::open(file(&home)).expect("it opens");
    connection.pragma_update(None, "user_version", 99).expect("a version");
    drop(connection);
    assert!(matches!(refused(&home.place).await, Error::NewerSchema { found: 99, known: 1 }));
    let read = Ledger::open_read_only(&home.place).await.err();
    assert!(matches!(read, Some(Error::NewerSchema { .. })));

    let home = Home::postgres().await;
    home.open().await.close().await;
    let later = "INSERT INTO _sqlx_migrations VALUES (99, 'later', now(), true, '', 0)";
    psql(&home, later).await.expect("a version");
    assert!(matches!(refused(&home.place).await, Error::NewerSchema { found: 99, known: 2 }));
}

#[tokio::test(flavor = "multi_thread")]
async fn tables_of_an_earlier_version_are_brought_up_with_what_is_in_them() {
    let home = Home::postgres().await;
    let ledger = home.open().await;
    script(&ledger).await;
    let head = ledger.head();
    ledger.close().await;
    drop(ledger);
    let first = "ALTER TABLE ledger_events DROP CONSTRAINT ledger_events_pkey, \
                 ADD PRIMARY KEY (position); \
                 DELETE FROM _sqlx_migrations WHERE version > 1";
    psql(&home, first).await.expect("the tables of version 1");
    let read = Ledger::open_read_only(&home.place).await.err();
    assert!(matches!(read, Some(Error::OlderSchema { found: 1, known: 2 })), "{read:?}");

    let ledger = home.open().await;
    assert_eq!(ledger.head(), head);
    assert_eq!(ledger.root_at(head.position).await.expect("the hashes"), head.root);
    submit(&ledger, new_commitment(), offer()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_file_is_told_when_it_is_opened() {
    let home = Home::sqlite();
    let ledger = home.open().await;
    script(&ledger).await;
    ledger.close().await;
    drop(ledger);
    let mut bytes = fs::read(file(&home)).expect("the file");
    let middle = bytes.len() / 2;
    bytes[middle..middle + 8192].fill(0xff);
    fs::write(file(&home), bytes).expect("it is damaged");
    assert!(matches!(refused(&home.place).await, Error::Damaged(_)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_is_away_is_told_without_its_password() {
    for (url, away) in [
        ("postgres://user:s3cret@127.0.0.1:1/nothing", true),
        ("mysql://user:s3cret@127.0.0.1/nothing", false),
        ("postgres://user:s3cret@[/nothing", false),
    ] {
        let place = Place::Postgres(url.to_owned());
        let error = refused(&place).await;
        assert_eq!(matches!(error, Error::DatabaseAway(_)), away, "{error:?}");
        assert!(!format!("{error} {error:?} {place:?}").contains("s3cret"));
    }
}
