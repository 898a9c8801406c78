//! Batches as the writer commits them.
use std::sync::Arc;

use domain::commitment::Event;
use domain::effective::Effective;
use domain::ids::{ActorId, EventId};
use domain::recorded::{CommandRef, Provenance};
use tokio::sync::{mpsc, oneshot};

use super::super::batcher::{Expected, Verdict};
use super::super::draft::{Draft, Point};
use super::super::follow::Feed;
use super::super::sqlite_file;
use super::*;

/// A call that writes the first event of the stream `id` under the command id `command`.
fn call(id: u128, command: u128) -> Call {
    let (aggregate, id) = ("commitment", Uuid::from_u128(id));
    let command = CommandId::from_u128(command);
    let provenance = Provenance {
        effective: Effective::Unknown,
        actor: None,
        mandate: None,
        user: None,
        command: CommandRef { id: command, digest: [0; 16] },
        cause: None,
        source: None,
        corrects: None,
    };
    let event = Event::Accepted { by: ActorId::from_u128(1) };
    let at = Point { aggregate, id, sequence: 1 };
    let identity = (EventId::from_u128(1), [0; 16]);
    let draft = Draft::new(0, at, &event, &provenance, identity).expect("it fits");
    let expected = Expected { aggregate, id, sequence: 0, last: None };
    let (reply, _) = oneshot::channel();
    Call { command, digest: [0; 16], streams: vec![expected], drafts: vec![draft], reply }
}

fn opened() -> (tempfile::TempDir, Opened, Desk) {
    let directory = tempfile::tempdir().expect("a directory");
    let opened = sqlite_file::open(directory.path()).expect("it opens");
    let head = head(&opened.connection).expect("a head");
    let (_, queue) = mpsc::channel(1);
    let clock: super::super::Clock = Arc::new(|| Timestamp::UNIX_EPOCH);
    (directory, opened, Desk { queue, clock, feed: Arc::new(Feed::new(head)) })
}

fn recorded(batch: &Batch) -> Vec<bool> {
    batch.verdicts.iter().map(|it| matches!(it, Verdict::Recorded(..))).collect()
}

#[test]
fn of_calls_that_contradict_each_other_the_first_is_recorded() {
    let (_directory, mut opened, desk) = opened();
    let calls = [call(1, 1), call(1, 2), call(2, 1), call(3, 3)];
    let batch = commit(&mut opened.connection, &desk, &calls).expect("it is recorded");
    assert_eq!(recorded(&batch), [true, false, false, true]);
    let calls = [call(4, 4), call(1, 5), call(5, 3)];
    let batch = commit(&mut opened.connection, &desk, &calls).expect("it is recorded");
    assert_eq!(recorded(&batch), [true, false, false]);
    let positions = read(&opened.connection, Position::START, 10).expect("events");
    assert_eq!(positions.iter().map(|it| it.position.0).collect::<Vec<_>>(), [1, 2, 3]);
}

#[test]
fn a_stream_that_was_only_read_must_stand_where_it_was_read() {
    let (_directory, mut opened, desk) = opened();
    let reading = |id, command, seen| {
        let mut call = call(id, command);
        call.streams.push(Expected { sequence: seen, ..call_stream(9) });
        call
    };
    commit(&mut opened.connection, &desk, &[call(9, 1)]).expect("it is recorded");
    let calls = [reading(1, 2, 0), reading(2, 3, 1)];
    let batch = commit(&mut opened.connection, &desk, &calls).expect("it is recorded");
    assert_eq!(recorded(&batch), [false, true]);
}

fn call_stream(id: u128) -> Expected {
    call(id, 0).streams[0]
}

#[test]
fn a_full_disk_leaves_nothing_half_written_and_is_gone_when_there_is_space() {
    let (_directory, mut opened, desk) = opened();
    let pages = |connection: &Connection, name| -> i64 {
        connection.pragma_query_value(None, name, |row| row.get(0)).expect("a number")
    };
    let limit = pages(&opened.connection, "page_count") + 8;
    let set = |connection: &Connection, limit: i64| {
        let pragma = format!("PRAGMA max_page_count = {limit}");
        connection.query_row(&pragma, [], |_| Ok(())).expect("it is set");
    };
    set(&opened.connection, limit);
    let mut written = 0;
    let refused = loop {
        let first = written + 1;
        let calls: Vec<_> = (first..first + 10).map(|it| call(it, it)).collect();
        match commit(&mut opened.connection, &desk, &calls) {
            Ok(_) => written += 10,
            Err(error) => break error,
        }
    };
    assert!(matches!(refused, Error::DiskFull), "{refused:?}");
    let stored = read(&opened.connection, Position::START, usize::MAX).expect("events");
    let before = head(&opened.connection).expect("a head");
    assert!(written > 0);
    assert_eq!((stored.len() as u128, u128::from(before.position.0)), (written, written));

    set(&opened.connection, 1 << 20);
    let calls: Vec<_> = (written + 1..written + 11).map(|it| call(it, it)).collect();
    let batch = commit(&mut opened.connection, &desk, &calls).expect("there is space again");
    assert_eq!(recorded(&batch), [true; 10]);
    assert_eq!(u128::from(batch.tip.position().0), written + 10);
}
