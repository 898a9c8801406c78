//! What somebody with all rights changes is refused first, and found by the audit then.
use domain::recorded::Position;
use infra::audit::{Difference, Finding, verify};
use infra::ledger::{Ledger, Place};

use super::home::*;

/// Each damage in the words of both stores, and what the audit says.
fn damages() -> Vec<(&'static str, Finding)> {
    let at = |position, difference| Finding::Event { position: Position(position), difference };
    let column = |name| at(7, Difference::Column(name));
    vec![
        (
            "UPDATE events SET leaf = (SELECT root FROM head) WHERE position = 7",
            at(7, Difference::LeafHash),
        ),
        ("UPDATE events SET sequence = 9 WHERE position = 7", column("sequence")),
        ("UPDATE events SET event_type = 'accepted' WHERE position = 7", column("event_type")),
        ("UPDATE events SET aggregate_type = 'actor' WHERE position = 7", column("aggregate_type")),
        ("UPDATE events SET aggregate_id = 'x' WHERE position = 7", column("aggregate_id")),
        (
            "UPDATE events SET recorded_at = recorded_at + 1 WHERE position = 7",
            column("recorded_at"),
        ),
        ("UPDATE events SET command_last = 7 WHERE position = 7", column("command_last")),
        ("UPDATE events SET command_digest = leaf WHERE position = 7", column("command_digest")),
        (
            "UPDATE events SET command_id = NULL, command_digest = NULL, command_last = NULL WHERE position = 7",
            column("command_id"),
        ),
        ("DELETE FROM events WHERE position = 7", at(7, Difference::Missing)),
        ("DELETE FROM events WHERE position = 303", at(303, Difference::Missing)),
        (
            "UPDATE nodes SET hash = (SELECT root FROM head) WHERE level = 8",
            Finding::Derived(Difference::Node { level: 8, index: 0 }),
        ),
        ("DELETE FROM nodes", Finding::Derived(Difference::Node { level: 8, index: 0 })),
        (
            "UPDATE head SET root = (SELECT leaf FROM events WHERE position = 1)",
            Finding::Derived(Difference::Head("root")),
        ),
        ("UPDATE head SET recorded_at = 0", Finding::Derived(Difference::Head("recorded_at"))),
    ]
}

fn assert_found(found: &Finding, due: &Finding, damage: &str) {
    assert_eq!(found.to_string(), due.to_string(), "{damage}");
}

const DROP_SQLITE: &str =
    "DROP TRIGGER events_are_not_changed; DROP TRIGGER events_are_not_deleted;
     DROP TRIGGER nodes_are_not_changed; DROP TRIGGER nodes_are_not_deleted;";
const DROP_POSTGRES: &str = "ALTER TABLE ledger_events DISABLE TRIGGER ALL;
     ALTER TABLE ledger_nodes DISABLE TRIGGER ALL;";

#[tokio::test(flavor = "multi_thread")]
async fn sqlite_refuses_changes_and_the_audit_finds_them() {
    let home = Home::sqlite();
    let ledger = home.open().await;
    script(&ledger).await;
    ledger.close().await;
    drop(ledger);
    let sound = std::fs::read(file(&home)).expect("the file");
    for (damage, due) in damages() {
        std::fs::write(file(&home), &sound).expect("a file");
        let connection = rusqlite::Connection::open(file(&home)).expect("it opens");
        if !damage.starts_with("UPDATE head") {
            connection.execute_batch(damage).expect_err("a trigger refuses it");
        }
        connection.execute_batch(DROP_SQLITE).expect("its owner can");
        assert!(connection.execute(damage, []).expect("it is changed") > 0, "{damage}");
        connection.close().expect("it closes");
        let ledger = Ledger::open_read_only(&home.place).await.expect("it opens");
        assert_found(&verify(&ledger, |_| ()).await.expect_err(damage), &due, damage);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn postgres_refuses_changes_and_the_audit_finds_them() {
    let home = Home::postgres().await;
    let ledger = home.open().await;
    script(&ledger).await;
    ledger.close().await;
    drop(ledger);
    let copies = "CREATE TABLE sound_events AS TABLE ledger_events;
         CREATE TABLE sound_nodes AS TABLE ledger_nodes;
         CREATE TABLE sound_head AS TABLE ledger_head";
    psql(&home, copies).await.expect("copies");
    for (damage, due) in damages() {
        let mut words = damage.to_owned();
        for table in ["events", "nodes", "head"] {
            words = words.replace(&format!(" {table}"), &format!(" ledger_{table}"));
        }
        if !damage.starts_with("UPDATE head") {
            psql(&home, &words).await.expect_err("a trigger refuses it");
        }
        psql(&home, &format!("{DROP_POSTGRES} {words}")).await.expect("its owner can");
        let ledger = Ledger::open_read_only(&home.place).await.expect("it opens");
        assert_found(&verify(&ledger, |_| ()).await.expect_err(damage), &due, damage);
        let mend = "DELETE FROM ledger_events; INSERT INTO ledger_events TABLE sound_events;
             DELETE FROM ledger_nodes; INSERT INTO ledger_nodes TABLE sound_nodes;
             UPDATE ledger_head SET (position, root, frontier, recorded_at) =
                 (SELECT position, root, frontier, recorded_at FROM sound_head);
             ALTER TABLE ledger_events ENABLE TRIGGER ALL;
             ALTER TABLE ledger_nodes ENABLE TRIGGER ALL;";
        psql(&home, mend).await.expect("it is mended");
    }
    let ledger = Ledger::open_read_only(&home.place).await.expect("it opens");
    verify(&ledger, |_| ()).await.expect("it is sound again");
    psql(&home, "TRUNCATE ledger_events").await.expect_err("a trigger refuses it");
    psql(&home, "TRUNCATE ledger_head").await.expect_err("a trigger refuses it");
}

#[tokio::test(flavor = "multi_thread")]
async fn any_byte_of_any_body_counts() {
    let home = Home::sqlite();
    let ledger = home.open().await;
    script(&ledger).await;
    ledger.close().await;
    drop(ledger);
    let connection = rusqlite::Connection::open(file(&home)).expect("it opens");
    connection.execute_batch(DROP_SQLITE).expect("its owner can");
    let read = "SELECT body FROM events WHERE position = 8";
    let body: Vec<u8> = connection.query_row(read, [], |row| row.get(0)).expect("a body");
    for at in (0..body.len()).step_by(7) {
        let mut other = body.clone();
        other[at] ^= 1;
        let change = "UPDATE events SET body = ? WHERE position = 8";
        connection.execute(change, [&other]).expect("it is changed");
        let ledger = Ledger::open_read_only(&home.place).await.expect("it opens");
        let found = verify(&ledger, |_| ()).await.expect_err("a byte was changed");
        assert!(matches!(found, Finding::Event { position: Position(8), .. }), "{found}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_is_not_replaced_by_an_insert() {
    let home = Home::sqlite();
    let ledger = home.open().await;
    script(&ledger).await;
    let Place::Directory(_) = &home.place else { return };
    let connection = rusqlite::Connection::open(file(&home)).expect("it opens");
    let replace = "INSERT OR REPLACE INTO events SELECT * FROM events WHERE position = 7";
    connection.execute_batch(replace).expect_err("a trigger refuses it");
}
