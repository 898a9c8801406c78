//! One PostgreSQL ledger and several that write to it, or a connection that breaks.
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use domain::commitment::Commitment;
use domain::recorded::Position;
use infra::audit::verify;
use infra::ledger::{Error, Place, Submission};
use tokio::task::JoinSet;

use super::home::*;
use super::suite::{assert_dense, positions};

#[tokio::test(flavor = "multi_thread")]
async fn two_processes_write_to_one_ledger() {
    let home = Home::postgres().await;
    let (one_side, other_side) = (home.open().await, home.open().await);
    let ids: Vec<_> = (0..8).map(|_| new_commitment()).collect();
    for id in &ids {
        submit(&one_side, *id, offer()).await;
        submit(&other_side, *id, accept()).await;
    }
    let follower = other_side.follow(Position::START);
    let mut callers = JoinSet::new();
    for number in 0..200 {
        let ledger = if number % 2 == 0 { one_side.clone() } else { other_side.clone() };
        let id = ids[number % ids.len()];
        callers.spawn(async move {
            let both = Submission::new(provenance(new_command()))
                .step::<Commitment>(id, dispute())
                .step::<Commitment>(id, settle());
            ledger.submit(both).await.expect("it is recorded in the end")
        });
    }
    let receipts = callers.join_all().await;
    assert_eq!(positions(follower, 416).await, (1..=416).collect::<Vec<_>>());
    assert_eq!(receipts.iter().map(|it| it.last.0).max(), Some(416));
    for receipt in receipts.iter().step_by(20) {
        assert_eq!(one_side.root_at(receipt.last).await.expect("a root"), receipt.root);
    }
    verify(&one_side, |_| ()).await.expect("it is sound");
    assert_dense(&other_side).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stale_refusal_is_not_believed() {
    let home = Home::postgres().await;
    let (one_side, other_side) = (home.open().await, home.open().await);
    let id = new_commitment();
    submit(&one_side, id, offer()).await;
    submit(&other_side, id, accept()).await;
    // What the first side remembers was never accepted.
    submit(&one_side, id, dispute()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_killed_under_load_loses_and_doubles_nothing() {
    let home = Home::postgres().await;
    let ledger = home.open().await;
    let (stop, doomed) = (Arc::new(AtomicBool::new(false)), home.place.clone());
    let killing = Arc::clone(&stop);
    let killer = tokio::spawn(async move {
        let home = Home::at(doomed);
        let kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
             WHERE datname = current_database() AND query LIKE '%ledger_head SET%' \
             AND pid <> pg_backend_pid()";
        let mut times = 0;
        while !killing.load(Ordering::Relaxed) {
            psql(&home, kill).await.expect("a superuser can");
            times += 1;
        }
        times
    });
    let mut callers = JoinSet::new();
    for _ in 0..32 {
        let ledger = ledger.clone();
        callers.spawn(async move {
            for _ in 0..20 {
                let (id, command) = (new_commitment(), new_command());
                let submission =
                    || Submission::new(provenance(command)).step::<Commitment>(id, offer());
                // A read may fail, and an outcome be unknown: the same command is sent again.
                let mut outcome = ledger.submit(submission()).await;
                while outcome.is_err() {
                    outcome = ledger.submit(submission()).await;
                }
                assert_eq!(outcome.expect("it is recorded").command, command);
            }
        });
    }
    while let Some(caller) = callers.join_next().await {
        caller.expect("no caller fails");
    }
    stop.store(true, Ordering::Relaxed);
    assert!(killer.await.expect("it ends") > 0);
    assert_eq!(ledger.head().position, Position(640));
    let verified = verify(&ledger, |_| ()).await.expect("it is sound");
    assert_eq!((verified.streams, verified.commands), (640, 640));
}

/// What was connected when the server ended it fails once, and is replaced.
#[tokio::test(flavor = "multi_thread")]
async fn connections_that_ended_are_replaced() {
    let home = Home::postgres().await;
    let ledger = home.open().await;
    submit(&ledger, new_commitment(), offer()).await;
    let mut readers = JoinSet::new();
    for _ in 0..32 {
        let ledger = ledger.clone();
        readers.spawn(async move { ledger.read(Position::START, 1).await });
    }
    assert!(readers.join_all().await.iter().all(Result::is_ok));
    let kill = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
         WHERE datname = current_database() AND pid <> pg_backend_pid()";
    psql(&home, kill).await.expect("a superuser can");
    let mut failed = 0;
    while let Err(error) = ledger.read(Position::START, 1).await {
        assert!(matches!(error, Error::DatabaseAway(_)), "{error}");
        failed += 1;
        assert!(failed <= 8, "as many as there are connections");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_applications_role_records_and_cannot_touch_the_past() {
    let home = Home::postgres().await;
    home.open().await.close().await;
    let name = format!("clerk_{}", uuid::Uuid::now_v7().simple());
    let create = format!("CREATE ROLE {name} LOGIN PASSWORD 'clerk' IN ROLE tiwizi_app");
    psql(&home, &create).await.expect("a superuser can");
    let Place::Postgres(url) = &home.place else { unreachable!("it is in a database") };
    let (_, host) = url.split_once('@').expect("a user");
    let clerk = Home::at(Place::Postgres(format!("postgres://{name}:clerk@{host}")));

    let ledger = clerk.open().await;
    let id = new_commitment();
    submit(&ledger, id, offer()).await;
    submit(&ledger, id, accept()).await;
    verify(&ledger, |_| ()).await.expect("it is sound");
    for forbidden in [
        "DELETE FROM ledger_events",
        "UPDATE ledger_events SET sequence = 3",
        "TRUNCATE ledger_events",
        "DELETE FROM ledger_nodes",
        "DELETE FROM ledger_head",
        "DROP TRIGGER events_are_kept ON ledger_events",
        "ALTER TABLE ledger_events DISABLE TRIGGER ALL",
        "DROP TABLE ledger_events",
    ] {
        let refused = psql(&clerk, forbidden).await.expect_err(forbidden);
        let code =
            refused.into_database_error().expect("the server said so").code().map(String::from);
        assert_eq!(code.as_deref(), Some("42501"), "{forbidden}");
    }
    ledger.close().await;
    psql(&home, &format!("DROP ROLE {name}")).await.expect("a superuser can");
}
