//! A ledger moves between the stores and stays the same ledger.
use domain::recorded::Position;
use infra::audit::verify;
use infra::exchange::{ExchangeError, export, import};
use infra::ledger::Ledger;

use super::home::*;

async fn exported(home: &Home) -> Vec<u8> {
    let ledger = Ledger::open_read_only(&home.place).await.expect("it opens");
    let (mut lines, mut done) = (Vec::new(), 0);
    let head = export(&ledger, &mut lines, |it| done = it).await.expect("it is exported");
    assert_eq!(head.position.0, done);
    lines
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_history_has_the_same_root_on_both_stores() {
    let mut heads = Vec::new();
    for home in [Home::sqlite(), Home::postgres().await] {
        let ledger = home.open().await;
        script(&ledger).await;
        heads.push(ledger.head());
        assert_eq!(verify(&ledger, |_| ()).await.expect("it is sound").root, ledger.head().root);
    }
    assert_eq!(heads[0], heads[1]);
    assert_eq!(heads[0].position, Position(303));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ledger_goes_to_the_other_store_and_back() {
    let home = Home::sqlite();
    let ledger = home.open().await;
    script(&ledger).await;
    ledger.close().await;
    let lines = exported(&home).await;
    let (there, back) = (Home::postgres().await, Home::sqlite());
    for next in [&there, &back] {
        let head = import(&next.place, &mut lines.as_slice(), |_| ()).await.expect("it fits");
        assert_eq!(head, ledger.head());
        assert_eq!(exported(next).await, lines);
        // It is a ledger like any other: sound, with its commands, and open for more.
        let ledger = next.open().await;
        verify(&ledger, |_| ()).await.expect("it is sound");
        let original = Ledger::open_read_only(&home.place).await.expect("it opens");
        let root = original.root_at(Position(300)).await.expect("a root");
        assert_eq!(ledger.root_at(Position(300)).await.expect("a root"), root);
        submit(&ledger, new_commitment(), offer()).await;
        verify(&ledger, |_| ()).await.expect("it is sound");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_goes_on_where_it_was_interrupted() {
    let home = Home::sqlite();
    let ledger = home.open().await;
    for _ in 0..1500 {
        ledger_of_two(&ledger).await;
    }
    ledger.close().await;
    let lines = exported(&home).await;
    for next in [Home::sqlite(), Home::postgres().await] {
        let line_2500 = lines.split_inclusive(|it| *it == b'\n').take(2499).flatten().count();
        let mut cut = lines[..line_2500].to_vec();
        cut.extend_from_slice(b"{\"what\":\"is this\"}\n");
        let stopped = import(&next.place, &mut cut.as_slice(), |_| ()).await;
        assert!(matches!(stopped, Err(ExchangeError::Line { line: 2500, .. })), "{stopped:?}");
        let head = Ledger::open_read_only(&next.place).await.expect("it opens").head();
        assert_eq!(head.position, Position(2000));
        let head = import(&next.place, &mut lines.as_slice(), |_| ()).await.expect("it goes on");
        assert_eq!(head, ledger.head());
        // And once more: nothing to do.
        let head = import(&next.place, &mut lines.as_slice(), |_| ()).await.expect("it is there");
        assert_eq!(head, ledger.head());
    }
}

async fn ledger_of_two(ledger: &Ledger) {
    let both = one(new_commitment(), offer())
        .step::<domain::commitment::Commitment>(new_commitment(), offer());
    ledger.submit(both).await.expect("it is recorded");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_history_is_not_imported() {
    let home = Home::sqlite();
    let ledger = home.open().await;
    script(&ledger).await;
    ledger.close().await;
    let lines = exported(&home).await;

    let other = Home::sqlite();
    let ledger = other.open().await;
    submit(&ledger, new_commitment(), offer()).await;
    ledger.close().await;
    let refused = import(&other.place, &mut lines.as_slice(), |_| ()).await;
    assert!(matches!(refused, Err(ExchangeError::OtherLedger)), "{refused:?}");

    let text = String::from_utf8(lines).expect("UTF-8");
    let split: Vec<_> = text.lines().collect();
    let mut swapped = split.clone();
    swapped.swap(0, 1);
    for changed in [
        swapped.join("\n"),
        split[1..].join("\n"),
        text.replacen("\"seq\":1", "\"seq\":2", 1),
        text.replacen("\"prev\":{\"leaf\":\"", "\"prev\":{\"leaf\":\"0", 1),
        text.replacen(",\"v\":1}", ", \"v\":1}", 1),
        text.replacen("2026-11-21T22", "2027-11-21T22", 1),
        format!("{text}{}", split[302]),
        text[..text.len() - 9].to_owned(),
    ] {
        let next = Home::sqlite();
        let refused = import(&next.place, &mut changed.as_bytes(), |_| ()).await;
        assert!(matches!(refused, Err(ExchangeError::Line { .. })), "{refused:?}");
    }
}
