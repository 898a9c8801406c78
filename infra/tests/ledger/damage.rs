//! What somebody with all rights changes is refused first, and found by the audit then.
//!
//! The ledger is that of [`script`]: each command offers and accepts at the positions 2n − 1 and 2n,
//! and the last one disputes at 301 to 303.
use std::collections::BTreeSet;

use domain::recorded::Position;
use infra::audit::{Difference, Finding, verify};
use infra::ledger::{Error, Ledger};

use super::home::*;
use super::owner;

/// What happens to who reads the damaged ledger.
enum Due {
    /// The audit names an event.
    Event(u64, Difference),
    /// The audit names what was derived from the events.
    Derived(Difference),
    /// The head makes no sense: the ledger is not opened.
    Unopened,
}

use Difference::{Column, Head, LeafHash, Missing, Node, Replaced, Stray, Twice};
use Due::{Derived, Event, Unopened};

const NODE: Difference = Node { level: 8, index: 0 };

/// For each column of each table, another value and what it leads to. An event's is changed at
/// position 7, where a command begins; a table has no column but these.
fn columns() -> Vec<(&'static str, &'static str, Due)> {
    let column = |name| Event(7, Column(name));
    vec![
        ("events.position", "777", Event(7, Missing)),
        ("events.leaf", "(SELECT root FROM head)", Event(7, LeafHash)),
        ("events.body", "(SELECT body FROM events WHERE position = 9)", Event(7, LeafHash)),
        ("events.aggregate_type", "'actor'", column("aggregate_type")),
        ("events.aggregate_id", "'x'", column("aggregate_id")),
        ("events.sequence", "9", column("sequence")),
        ("events.event_type", "'accepted'", column("event_type")),
        ("events.recorded_at", "recorded_at - 1", column("recorded_at")),
        ("events.command_id", "'00000000-0000-0000-0000-000000000000'", column("command_id")),
        ("events.command_digest", "leaf", column("command_digest")),
        ("events.command_last", "7", column("command_last")),
        ("nodes.level", "16", Derived(NODE)),
        ("nodes.place", "1", Derived(NODE)),
        ("nodes.hash", "(SELECT root FROM head)", Derived(NODE)),
        ("head.id", "2", Unopened),
        ("head.position", "302", Unopened),
        ("head.root", "(SELECT leaf FROM events WHERE position = 1)", Derived(Head("root"))),
        ("head.frontier", "root", Unopened),
        ("head.recorded_at", "recorded_at - 1", Derived(Head("recorded_at"))),
    ]
}

/// The second event of a stream where its first is due.
const SECOND_FIRST: Difference = Difference::Sequence { expected: 1, found: 2 };
/// Stands for `{rest}`: every column of an event but its position.
const REST: &str = "leaf, body, aggregate_type, aggregate_id, sequence, event_type, recorded_at, \
                    command_id, command_digest, command_last FROM events WHERE position =";

/// What more can be done to rows, in the words of both stores.
fn more() -> Vec<(&'static str, &'static str, Due)> {
    vec![
        ("an event is deleted", "DELETE FROM events WHERE position = 7", Event(7, Missing)),
        ("the last one is", "DELETE FROM events WHERE position = 303", Event(303, Missing)),
        ("the end is cut off", "DELETE FROM events WHERE position > 256", Event(257, Missing)),
        ("all are deleted", "DELETE FROM events", Event(1, Missing)),
        (
            "one is deleted and the others move up",
            "DELETE FROM events WHERE position = 7;
             UPDATE events SET position = position + 1000 WHERE position > 7;
             UPDATE events SET position = position - 1001 WHERE position > 1000",
            Event(7, SECOND_FIRST),
        ),
        (
            "two of one stream are swapped",
            "UPDATE events SET position = 1000 WHERE position = 7;
             UPDATE events SET position = 7 WHERE position = 8;
             UPDATE events SET position = 8 WHERE position = 1000",
            Event(7, SECOND_FIRST),
        ),
        (
            "two of different streams are swapped",
            "UPDATE events SET position = 1000 WHERE position = 7;
             UPDATE events SET position = 7 WHERE position = 9;
             UPDATE events SET position = 9 WHERE position = 1000",
            Event(7, Replaced { by: Position(8) }),
        ),
        (
            "one is inserted and the others make room",
            "UPDATE events SET position = position + 1000 WHERE position > 6;
             UPDATE events SET position = position - 999 WHERE position > 1000;
             INSERT INTO events SELECT 7, {rest} 304",
            Event(7, Column("command_id")),
        ),
        ("one is added", "INSERT INTO events SELECT 304, {rest} 303", Derived(Head("position"))),
        (
            "one is added before the first",
            "INSERT INTO events SELECT -3, {rest} 303",
            Derived(Stray),
        ),
        (
            "a command begins twice",
            "UPDATE events SET command_last = 8, command_digest = leaf,
             command_id = '00000000-0000-0000-0000-000000000000' WHERE position = 8",
            Event(8, Column("command_id")),
        ),
        (
            "a command is forgotten",
            "UPDATE events SET command_id = NULL, command_digest = NULL, command_last = NULL
             WHERE position = 7",
            Event(7, Column("command_id")),
        ),
        (
            "the last command ends too late",
            "UPDATE events SET command_last = 304 WHERE position = 301",
            Event(301, Column("command_last")),
        ),
        ("the nodes are deleted", "DELETE FROM nodes", Derived(NODE)),
        (
            "a node is added that is not due yet",
            "INSERT INTO nodes SELECT 8, 1, root FROM head",
            Derived(Node { level: 8, index: 1 }),
        ),
        (
            "a node is added where none is stored",
            "INSERT INTO nodes SELECT 3, 0, root FROM head",
            Derived(Node { level: 3, index: 0 }),
        ),
        ("the head lies lower", "UPDATE head SET position = 287", Derived(Head("position"))),
        ("the head lies higher", "UPDATE head SET position = 311", Event(304, Missing)),
        (
            "there is a second head",
            "INSERT INTO head SELECT 2, position, root, frontier, recorded_at FROM head",
            Derived(Head("id")),
        ),
        ("the head is gone", "DELETE FROM head", Unopened),
    ]
}

/// What can be done in one store alone, or is said otherwise there.
fn of_store(postgres: bool) -> Vec<(&'static str, &'static str, Due)> {
    if !postgres {
        let other = "UPDATE head SET frontier = zeroblob(192)";
        return vec![("the frontier is another", other, Derived(Head("frontier")))];
    }
    vec![
        (
            "the frontier is another",
            "UPDATE head SET frontier = decode(repeat('00', 192), 'hex')",
            Derived(Head("frontier")),
        ),
        (
            "an event is there twice",
            "ALTER TABLE events DROP CONSTRAINT ledger_events_pkey;
             INSERT INTO events SELECT * FROM events WHERE position = 7",
            Event(7, Twice),
        ),
        ("all are gone at once", "TRUNCATE events", Event(1, Missing)),
    ]
}

/// Each of them: what it is, the statements, and what it leads to.
fn damages(postgres: bool) -> Vec<(String, String, Due)> {
    let row = |table: &str| match table {
        "events" => " WHERE position = 7",
        _ => "",
    };
    let one = columns().into_iter().map(|(at, value, due)| {
        let (table, column) = at.split_once('.').expect("a table and a column");
        let words = format!("UPDATE {table} SET {column} = {value}{}", row(table));
        (format!("{at} is changed"), words, due)
    });
    let others = more().into_iter().chain(of_store(postgres));
    let others = others.map(|(name, words, due)| (name.to_owned(), words.to_owned(), due));
    one.chain(others).map(|(name, words, due)| (name, words.replace("{rest}", REST), due)).collect()
}

async fn examine(home: &Home, (name, words, due): &(String, String, Due)) {
    let opened = Ledger::open_read_only(&home.place).await;
    let due = match (due, &opened) {
        (Unopened, Err(error)) => {
            assert!(!matches!(error, Error::NotALedger(_)), "{name}: {error}");
            return;
        }
        (Unopened, Ok(_)) => panic!("{name}: it is opened"),
        (Event(position, difference), _) => {
            Finding::Event { position: Position(*position), difference: difference.clone() }
        }
        (Derived(difference), _) => Finding::Derived(difference.clone()),
    };
    let ledger = opened.unwrap_or_else(|error| panic!("{name}: {error}"));
    let found = verify(&ledger, |_| ()).await.expect_err(name);
    assert_eq!(found.to_string(), due.to_string(), "{name}: {words}");
}

super::suite::on_both_stores!(
    every_damage_is_refused_first_and_found_then,
    no_column_is_left_out,
    any_byte_of_any_body_counts,
);

async fn every_damage_is_refused_first_and_found_then(home: Home) {
    recorded(&home).await;
    for damage in damages(owner::is_postgres(&home)) {
        let (name, words, _) = &damage;
        let copy = owner::copy(&home).await;
        let guarded = ["UPDATE events", "UPDATE nodes", "DELETE FROM", "TRUNCATE"];
        if guarded.iter().any(|it| words.starts_with(it)) {
            owner::run(&copy, words).await.expect_err(name);
        }
        owner::tamper(&copy, words).await;
        examine(&copy, &damage).await;
    }
    let ledger = Ledger::open_read_only(&home.place).await.expect("it opens");
    verify(&ledger, |_| ()).await.expect("the one that was copied is sound");
}

/// Who adds a column says here what finds a change of it.
async fn no_column_is_left_out(home: Home) {
    home.open().await.close().await;
    let told: BTreeSet<_> = columns().iter().map(|(at, ..)| (*at).to_owned()).collect();
    assert_eq!(owner::columns(&home).await, told);
}

async fn any_byte_of_any_body_counts(home: Home) {
    let ledger = recorded(&home).await;
    let body = ledger.read(Position(7), 1).await.expect("an event").remove(0).bytes;
    for at in (0..body.len()).step_by(13) {
        let mut other = body.clone();
        other[at] ^= 1;
        let blob = owner::blob(&home, &other);
        owner::tamper(&home, &format!("UPDATE events SET body = {blob} WHERE position = 8")).await;
        let ledger = Ledger::open_read_only(&home.place).await.expect("it opens");
        let found = verify(&ledger, |_| ()).await.expect_err("a byte was changed");
        assert!(matches!(found, Finding::Event { position: Position(8), .. }), "{found}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_is_not_replaced_by_an_insert() {
    let home = Home::sqlite();
    recorded(&home).await;
    let replace = "INSERT OR REPLACE INTO events SELECT * FROM events WHERE position = 7";
    owner::run(&home, replace).await.expect_err("a trigger refuses it");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_head_is_not_emptied() {
    let home = Home::postgres().await;
    recorded(&home).await;
    owner::run(&home, "TRUNCATE head").await.expect_err("a trigger refuses it");
}
