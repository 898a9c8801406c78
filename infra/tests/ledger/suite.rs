//! What holds on either store.
use std::sync::Arc;

use domain::commitment::{Commitment, Event, Refusal};
use domain::recorded::{Fact, Position, Recorded};
use futures_util::{Stream, StreamExt as _};
use infra::ledger::{Error, Included, Ledger, Submission, SubmitError};
use infra::transparency::proof::{Tile, root_of_inclusion};
use infra::transparency::tree;
use tokio::task::JoinSet;

use super::home::*;
use super::oracles::Oracles;

macro_rules! on_both_stores {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                super::$name(crate::home::Home::sqlite()).await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                super::$name(crate::home::Home::postgres().await).await;
            })+
        }
    };
}
pub(crate) use on_both_stores;

on_both_stores!(
    a_command_is_recorded_and_read_back,
    a_retry_gets_the_first_receipt,
    a_command_id_serves_one_command,
    a_refused_command_leaves_nothing,
    steps_are_recorded_together_or_not_at_all,
    callers_on_one_stream_queue,
    a_caller_that_stops_waiting_leaves_nothing_stale,
    a_follower_meets_every_position_once,
    a_ledger_goes_on_after_it_was_closed,
    a_read_stream_must_not_have_moved,
    what_a_submission_requires_holds_when_it_is_recorded,
    a_sound_ledger_is_verified,
    any_event_is_proven_to_be_in_any_later_tree,
);

async fn a_command_is_recorded_and_read_back(home: Home) {
    let ledger = home.open().await;
    let id = new_commitment();
    let offered = submit(&ledger, id, offer()).await;
    let accepted = submit(&ledger, id, accept()).await;
    assert_eq!((offered.first, offered.last), (Position(1), Position(1)));
    assert_eq!(accepted.last, Position(2));
    assert!(offered.recorded_at < accepted.recorded_at);
    let head = ledger.head();
    assert_eq!((head.position, head.root), (Position(2), accepted.root));
    assert_eq!(ledger.root_at(Position(1)).await.expect("a root"), offered.root);

    let stored = ledger.stream("commitment", id.into()).await.expect("a stream");
    assert_eq!(stored, ledger.read(Position::START, 10).await.expect("events"));
    let recorded = Recorded::read(stored[1].position, &stored[1].bytes).expect("it reads");
    assert_eq!((recorded.sequence, recorded.recorded_at), (2, accepted.recorded_at));
    assert_eq!(recorded.fact, Fact::Commitment(id, Event::Accepted { by: REGION }));
    let text = String::from_utf8(stored[1].bytes.clone()).expect("UTF-8");
    assert!(
        text.contains(&format!(
            r#""prev":{{"leaf":"{}","position":1}}"#,
            hex::encode(offered.leaf)
        ))
    );
}

async fn a_retry_gets_the_first_receipt(home: Home) {
    let ledger = home.open().await;
    let (id, command) = (new_commitment(), new_command());
    let retry = || Submission::new(provenance(command)).step::<Commitment>(id, offer());
    let first = ledger.submit(retry()).await.expect("it is recorded");
    submit(&ledger, id, accept()).await;
    // Refused by the aggregate on its own: a commitment is offered once.
    assert_eq!(ledger.submit(retry()).await.expect("a receipt"), first);
    ledger.close().await;

    // Not refused by the aggregate: only the index knows that it was executed.
    let ledger = home.open().await;
    let (id, command) = (new_commitment(), new_command());
    submit(&ledger, id, offer()).await;
    submit(&ledger, id, accept()).await;
    let dispute = || Submission::new(provenance(command)).step::<Commitment>(id, dispute());
    let disputed = ledger.submit(dispute()).await.expect("it is recorded");
    submit(&ledger, id, settle()).await;
    assert_eq!(ledger.submit(dispute()).await.expect("a receipt"), disputed);
    assert_eq!(ledger.head().position, Position(6));
}

async fn a_command_id_serves_one_command(home: Home) {
    let ledger = home.open().await;
    let command = new_command();
    let offer_to = |id| Submission::new(provenance(command)).step::<Commitment>(id, offer());
    ledger.submit(offer_to(new_commitment())).await.expect("it is recorded");
    let reused = ledger.submit(offer_to(new_commitment())).await;
    assert!(matches!(reused, Err(SubmitError::CommandReused(it)) if it == command));

    let command = new_command();
    let mut racing = JoinSet::new();
    for _ in 0..16 {
        let (ledger, id) = (ledger.clone(), new_commitment());
        let submission = Submission::new(provenance(command)).step::<Commitment>(id, offer());
        racing.spawn(async move { ledger.submit(submission).await.is_ok() });
    }
    let won = racing.join_all().await.into_iter().filter(|it| *it).count();
    assert_eq!((won, ledger.head().position), (1, Position(2)));
}

async fn a_refused_command_leaves_nothing(home: Home) {
    let ledger = home.open().await;
    let refused = ledger.submit(one(new_commitment(), accept())).await;
    assert_eq!(code(refused), "COMMITMENT_NOT_OFFERED");
    assert_eq!(ledger.head().position, Position::START);
}

async fn steps_are_recorded_together_or_not_at_all(home: Home) {
    let ledger = home.open().await;
    let (a, b) = (new_commitment(), new_commitment());
    let refused = ledger.submit(one(a, offer()).step::<Commitment>(b, accept())).await;
    assert_eq!(code(refused), "COMMITMENT_NOT_OFFERED");
    assert_eq!(ledger.head().position, Position::START);

    let both = one(b, offer()).step::<Commitment>(a, offer()).step::<Commitment>(b, accept());
    let receipt = ledger.submit(both).await.expect("it is recorded");
    assert_eq!((receipt.first, receipt.last), (Position(1), Position(3)));
    assert_eq!(ledger.stream("commitment", b.into()).await.expect("a stream").len(), 2);
    // What was decided is what the next command meets.
    assert_eq!(code(ledger.submit(one(a, offer())).await), "COMMITMENT_ALREADY_OFFERED");
    submit(&ledger, a, accept()).await;
}

async fn callers_on_one_stream_queue(home: Home) {
    let ledger = home.open().await;
    let id = new_commitment();
    submit(&ledger, id, offer()).await;
    submit(&ledger, id, accept()).await;
    let mut callers = JoinSet::new();
    for _ in 0..32 {
        let ledger = ledger.clone();
        callers.spawn(async move {
            // Two commands of other callers can come between: then the rule says no.
            let both = one(id, dispute()).step::<Commitment>(id, settle());
            ledger.submit(both).await.expect("nobody comes between two steps");
        });
    }
    callers.join_all().await;
    assert_eq!(ledger.head().position, Position(66));
    assert_dense(&ledger).await;
}

async fn a_caller_that_stops_waiting_leaves_nothing_stale(home: Home) {
    let ledger = home.open().await;
    let mut left = 0;
    // The writer may be done before the first poll returns; not ten times in a row.
    for round in 0..10 {
        let (id, offered) = (new_commitment(), round * 3 + 1);
        submit(&ledger, id, offer()).await;
        let submission =
            Submission::new(provenance(new_command())).step::<Commitment>(id, accept());
        // One poll hands it to the writer; then nobody waits for the answer.
        let mut waiting = Box::pin(ledger.submit(submission));
        left += u32::from(futures_util::poll!(&mut waiting).is_pending());
        drop(waiting);
        let accepted = positions(ledger.follow(Position(offered)), offered + 1).await;
        assert_eq!(accepted, [offered + 1]);
        // Only an accepted commitment can be disputed.
        submit(&ledger, id, dispute()).await;
    }
    assert!(left > 0, "every caller had its answer at once");
}

async fn a_follower_meets_every_position_once(home: Home) {
    let ledger = home.open().await;
    for _ in 0..20 {
        submit(&ledger, new_commitment(), offer()).await;
    }
    let followers: Vec<_> = [0, 7, 20, 25]
        .map(|after| {
            let stream = ledger.follow(Position(after));
            tokio::spawn(async move { (after, positions(stream, 220).await) })
        })
        .into();
    let mut callers = JoinSet::new();
    for _ in 0..200 {
        let ledger = ledger.clone();
        callers.spawn(async move { submit(&ledger, new_commitment(), offer()).await });
    }
    callers.join_all().await;
    for follower in followers {
        let (after, positions) = follower.await.expect("it ends");
        assert_eq!(positions, (after + 1..=220).collect::<Vec<_>>());
    }
}

/// The positions that a follower meets until `last`.
pub async fn positions(
    stream: impl Stream<Item = Result<Vec<Arc<Recorded>>, Error>>,
    last: u64,
) -> Vec<u64> {
    let mut stream = std::pin::pin!(stream);
    let mut positions = Vec::new();
    while positions.last() != Some(&last) {
        let batch = stream.next().await.expect("it does not end").expect("it reads");
        positions.extend(batch.iter().map(|it| it.position.0));
    }
    positions
}

async fn a_ledger_goes_on_after_it_was_closed(home: Home) {
    let ledger = home.open().await;
    let id = new_commitment();
    submit(&ledger, id, offer()).await;
    let head = ledger.head();
    ledger.close().await;
    let late = ledger.submit(one(id, accept())).await;
    assert!(matches!(late, Err(SubmitError::Ledger(Error::NotWritable))));

    let reader = Ledger::open_read_only(&home.place).await.expect("it opens");
    assert_eq!(reader.head(), head);
    let ledger = home.open().await;
    assert_eq!(ledger.head(), head);
    assert_eq!(submit(&ledger, id, accept()).await.last, Position(2));
}

async fn a_read_stream_must_not_have_moved(home: Home) {
    let ledger = home.open().await;
    let read = new_commitment();
    submit(&ledger, read, offer()).await;
    let mut callers = JoinSet::new();
    for _ in 0..16 {
        let ledger = ledger.clone();
        callers.spawn(async move {
            let submission = Submission::new(provenance(new_command()))
                .step_reading::<Commitment, Commitment>(new_commitment(), read, |seen| {
                    assert_eq!(format!("{seen:?}").matches("Offered").count(), 1);
                    offer()
                });
            ledger.submit(submission).await.expect("it is recorded")
        });
    }
    callers.join_all().await;
    assert_eq!(ledger.head().position, Position(17));
}

async fn what_a_submission_requires_holds_when_it_is_recorded(home: Home) {
    let ledger = home.open().await;
    let (read, written) = (new_commitment(), new_commitment());
    let resting = || {
        let rest = |seen: &Commitment| {
            let offered = format!("{seen:?}").contains("Offered");
            if offered { Ok(()) } else { Err(Refusal::NotOffered) }
        };
        Submission::new(provenance(new_command()))
            .requiring::<Commitment>(read, rest)
            .step::<Commitment>(written, offer())
    };
    let refused = ledger.submit(resting()).await;
    assert!(
        matches!(refused, Err(SubmitError::Refused(it)) if it.code == "COMMITMENT_NOT_OFFERED")
    );
    assert_eq!(ledger.head().position, Position::START);
    submit(&ledger, read, offer()).await;
    let recorded = ledger.submit(resting()).await.expect("it is recorded");
    assert_eq!(
        (recorded.first, recorded.last),
        (Position(2), Position(2)),
        "nothing else is written"
    );
}

/// Positions and sequences without gaps, and the root that the events have.
pub async fn assert_dense(ledger: &Ledger) {
    let stored = ledger.read(Position::START, usize::MAX).await.expect("events");
    let mut sequences = std::collections::HashMap::new();
    let mut tree = tree::Frontier::default();
    for (before, it) in (0..).zip(&stored) {
        assert_eq!(it.position, Position(before + 1));
        let recorded = Recorded::read(it.position, &it.bytes).expect("it reads");
        let (aggregate, id, _) = recorded.fact.subject();
        let sequence = sequences.entry((aggregate, id)).or_insert(0);
        *sequence += 1;
        assert_eq!(recorded.sequence, *sequence);
        tree.push(tree::leaf(&it.bytes), |_| {});
    }
    assert_eq!(tree.root(), ledger.head().root);
}

async fn a_sound_ledger_is_verified(home: Home) {
    let ledger = home.open().await;
    for _ in 0..3 {
        let mut callers = JoinSet::new();
        for _ in 0..100 {
            let ledger = ledger.clone();
            callers.spawn(async move {
                let both =
                    one(new_commitment(), offer()).step::<Commitment>(new_commitment(), offer());
                ledger.submit(both).await.expect("it is recorded")
            });
        }
        callers.join_all().await;
    }
    let mut done = 0;
    let verified = infra::audit::verify(&ledger, |it| done = it).await.expect("it is sound");
    assert_eq!((done, verified.position), (600, Position(600)));
    assert_eq!((verified.streams, verified.commands), (600, 300));
    assert_eq!(verified.root, ledger.head().root);
}

/// What the ledger makes of its stored hashes is what others make of the same entries.
async fn any_event_is_proven_to_be_in_any_later_tree(home: Home) {
    const EVENTS: u64 = 600;
    let ledger = home.open().await;
    let mut tasks = JoinSet::new();
    for _ in 0..EVENTS {
        let ledger = ledger.clone();
        tasks.spawn(async move { submit(&ledger, new_commitment(), offer()).await });
    }
    tasks.join_all().await;
    let stored = ledger.read(Position::START, 1_000).await.expect("events");
    let mut oracles = Oracles::default();
    for (size, entry) in (1..=EVENTS).zip(&stored) {
        oracles.push(&entry.bytes);
        let edge = (254..=258).contains(&size) || (511..=513).contains(&size);
        if edge || size % 97 == 0 || [1, 2, EVENTS].contains(&size) {
            assert_eq!(ledger.root_at(Position(size)).await.expect("a root"), oracles.root());
            let spread = [1, 2, 7, 255, 256, 257, 512, size - 1, size, 31 * size % 601];
            for position in spread.into_iter().filter(|it| (1..=size).contains(it)) {
                is_proven(&ledger, &oracles, Position(position), Position(size)).await;
            }
            for (path, (level, index, width), bytes) in oracles.new_tiles(0) {
                let tile = Tile { level, index, width };
                assert_eq!(ledger.tile(tile).await.expect("hashes").concat(), bytes, "{path}");
            }
        }
    }
    let nothing = ledger.inclusion(Position(7), Position(6)).await.expect("hashes");
    assert_eq!(nothing, None, "what came later is not in the tree");
    let beyond = ledger.inclusion(Position(1), Position(EVENTS + 1)).await;
    assert!(matches!(beyond, Err(Error::Damaged(_))), "there is no such tree");
}

async fn is_proven(ledger: &Ledger, oracles: &Oracles, position: Position, last: Position) {
    let Included { event, path } =
        ledger.inclusion(position, last).await.expect("hashes").expect("a proof");
    assert_eq!(event.position, position);
    let root = root_of_inclusion(tree::leaf(&event.bytes), position.0 - 1, last.0, &path);
    assert_eq!(root, Some(oracles.root()), "the event is the one that is proven");
    assert_eq!(oracles.inclusion(position.0 - 1)[0], path, "{position} of {last}");
    oracles.accept_inclusion(position.0 - 1, &path);
    let path = ledger.consistency(position, last).await.expect("hashes").expect("a proof");
    assert_eq!(oracles.consistency(position.0)[0], path, "{position} to {last}");
    oracles.accept_consistency(position.0, &path);
}
