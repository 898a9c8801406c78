//! What a question goes through grows with what it shows, not with the ledger: the same question on the
//! demonstration's ledger, and on one with the same story told again and again by others.
use async_graphql::Request;
use domain::recorded::{Fact, Position, Recorded};
use infra::ledger::Stored;
use projections::walked;
use serde_json::Value;
use uuid::Uuid;

use super::questions::Desk;
use crate::app::Models;

/// How often the story is told in the longer ledger.
const TIMES: u8 = 8;
/// More events than the story has.
const EVENTS_MAX: usize = 100_000;

/// The story alone, and among others.
struct Worlds {
    desk: Desk,
    small: Models,
    large: Models,
}

impl Worlds {
    async fn open() -> Self {
        let desk = Desk::open().await;
        let small = Models::clone(&desk.app().now());
        let ledger = desk.app().ledger().clone();
        let stored = ledger.read(Position::START, EVENTS_MAX).await.expect("the story");
        let mut large = small.clone();
        for time in 1..TIMES {
            for it in &stored {
                retell(&mut large, it, time);
            }
        }
        Self { desk, small, large }
    }

    /// The answer and the entries that were gone through for it, in the small world and in the large one.
    async fn ask(&self, query: &str) -> [(Value, u64); 2] {
        let mut answers = Vec::new();
        for models in [&self.small, &self.large] {
            let contract = super::contract(self.desk.app().showing(models.clone()));
            let before = walked();
            let response = contract.ask(Request::new(query)).await;
            let entries = walked() - before;
            assert!(response.errors.is_empty(), "{query}: {:?}", response.errors);
            answers.push((response.data.into_json().expect("JSON"), entries));
        }
        answers.try_into().expect("two worlds")
    }
}

/// Folds an event of the story as if others had told it: every id is another one, and comes later in
/// the order of ids.
fn retell(models: &mut Models, stored: &Stored, time: u8) {
    let mut bytes = stored.bytes.clone();
    let mut at = 0;
    while at + 36 <= bytes.len() {
        let Ok(id) = Uuid::try_parse_ascii(&bytes[at..at + 36]) else {
            at += 1;
            continue;
        };
        let mut other = id.into_bytes();
        other[..2].copy_from_slice(&[0xFF, time]);
        let text = Uuid::from_bytes(other).hyphenated().to_string();
        bytes[at..at + 36].copy_from_slice(text.as_bytes());
        at += 36;
    }
    let next = Position(models.position.0 + 1);
    let recorded = Recorded::read(next, &bytes).expect("it reads as the original does");
    if !matches!(recorded.fact, Fact::Ledger(..)) {
        models.apply(&recorded);
    }
}

#[tokio::test]
async fn a_page_goes_through_what_it_shows_and_once_through_a_list_that_is_counted() {
    let worlds = Worlds::open().await;
    let shown = worlds.small.interventions.iter().count().min(20);
    let page = |fields| format!("{{ interventions(first: {shown}) {{ {fields} }} }}");
    let [(_, small), (_, large)] = worlds.ask(&page("nodes { id }")).await;
    assert!(small <= shown as u64 + 1 && large <= shown as u64 + 1, "no more than the next one");
    let [(_, counted), (_, recounted)] = worlds.ask(&page("nodes { id } totalCount")).await;
    let list = |models: &Models| models.interventions.iter().count() as u64;
    assert_eq!((counted, recounted), (list(&worlds.small), list(&worlds.large)), "the list, once");
    let whole = page(
        "nodes { id title { text } stage participations { role actor { name } }
         commitments { title { text } stage by { name } pledged due } }",
    );
    let [(told, with_small), (retold, with_large)] = worlds.ask(&whole).await;
    assert_eq!(told, retold, "the page stays the same");
    assert_eq!(with_small - small, with_large - large, "what it shows takes no more");
    assert!(with_small > small, "commitments are found through an index");
}
