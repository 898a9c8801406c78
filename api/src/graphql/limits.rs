//! What is too much to ask is refused before it is run; what the README asks is not.
use std::sync::Arc;

use async_graphql::Request;
use futures_util::StreamExt as _;
use serde_json::{Value, json};
use uuid::Uuid;

use super::questions::Desk;
use super::{COMPLEXITY_MAX, Contract, admission, build, fault};
use crate::languages::Tongue;

/// The answer to `query`, which must be refused. Nothing stands behind the contract here: a query that
/// were run would panic.
async fn refused(query: &str) -> Value {
    let response = Contract::new(build(), build()).ask(Request::new(query)).await;
    let response = fault::finish(response, Tongue::En, Uuid::nil());
    let [error] = &response.errors[..] else { panic!("one error: {:?}", response.errors) };
    assert_eq!(response.data, async_graphql::Value::Null);
    let extensions = error.extensions.as_ref().expect("extensions");
    assert_eq!(extensions.get("code"), Some(&"QUERY_TOO_COMPLEX".into()));
    serde_json::to_value(response).expect("it is JSON")
}

/// The reason for which it is refused.
async fn refusal(query: &str) -> String {
    let reason = &refused(query).await["errors"][0]["extensions"]["reason"];
    reason.as_str().expect("a reason").to_owned()
}

const TOO_COMPLEX: &str = "QUERY_TOO_COMPLEX";

/// `outer`, with `levels` times one field within the other.
fn nested(outer: &str, fields: &[&str], levels: usize) -> String {
    let within: Vec<&str> = fields.iter().copied().cycle().take(levels).collect();
    format!("{{{outer}{{nodes{{{}{{id}}{}}}}}}}", within.join("{"), "}".repeat(levels - 1))
}

#[tokio::test]
async fn lists_within_lists_are_refused_before_they_are_read() {
    for first in ["", "(first: 1)"] {
        let query = nested(&format!("commitments{first}"), &["intervention", "commitments"], 11);
        assert_eq!(refusal(&query).await, TOO_COMPLEX, "{query}");
    }
}

#[tokio::test]
async fn a_cost_that_no_number_holds_is_refused() {
    let timeline = "timeline(first: 100)";
    let query = nested("actors(first: 100)", &[timeline, "nodes", "actor"], 27);
    assert_eq!(refusal(&query).await, TOO_COMPLEX, "{query}");
}

#[tokio::test]
async fn what_goes_through_every_intervention_is_not_asked_again_and_again() {
    let one = |alias: usize| format!("a{alias}: likelyDuplicates {{ complete }}");
    let query = format!("{{ {} }}", (0..25).map(one).collect::<Vec<_>>().join(" "));
    assert_eq!(refusal(&query).await, TOO_COMPLEX);
}

/// Asks for what costs `cost` in all, with no more than 100 aliases: pages of 100 entries, and fields
/// that cost one each.
fn costing(cost: usize) -> String {
    let page = |at: usize, fields: usize| {
        let names = ["id", "name", "kind", "country"];
        let fields = (0..fields).map(|it| names[it]).collect::<Vec<_>>().join(" ");
        format!("p{at}: actors(first: 100) {{ nodes {{ {fields} }} }} ")
    };
    // A page costs 1 + 100 · (1 + its fields): 501 with four. The rest is one object and its fields.
    let pages = (cost - 2) / 501;
    let mut query: String = (0..pages).map(|at| page(at, 4)).collect();
    let left = cost - pages * 501 - 1;
    query.extend(["ledger { ", &"position ".repeat(left), " }"]);
    format!("{{ {query} }}")
}

#[tokio::test]
async fn what_costs_50_000_is_answered_and_one_more_is_not() {
    let most = costing(COMPLEXITY_MAX);
    let asked = Desk::open().await.answer(Request::new(most)).await;
    let cost = json!({"complexity": 50_000, "maxComplexity": 50_000, "depth": 3, "maxDepth": 15});
    assert_eq!(asked.extensions["cost"].clone().into_json().ok(), Some(cost));
    let refused = refused(&costing(COMPLEXITY_MAX + 1)).await;
    assert_eq!(refused["extensions"]["cost"]["complexity"], 50_001);
    let said = "the query asks for too much at once: it costs 50001, at most 50000 is taken; ask for \
                smaller pages";
    assert_eq!(refused["errors"][0]["message"], said);
}

#[tokio::test]
async fn what_would_be_streamed_is_measured_too() {
    let contract = Contract::new(build(), build());
    let asked = admission::admit(&deep(15)).expect("a document");
    let mut answers = contract.execute_stream(Arc::new(asked), Request::new(""));
    let response = answers.next().await.expect("an answer");
    let response = fault::finish(response, Tongue::En, Uuid::nil());
    let told = response.errors[0].extensions.as_ref().and_then(|it| it.get("reason"));
    assert_eq!(told, Some(&"QUERY_TOO_DEEP".into()));
    assert!(answers.next().await.is_none(), "it is refused and over");
}

/// The types of the schema, within each other.
fn deep(levels: usize) -> String {
    let within = levels - 4;
    let (open, close) = ("{ofType".repeat(within), "}".repeat(within));
    format!("{{__schema{{types{{fields{{type{open}{{name}}{close}}}}}}}}}")
}

#[tokio::test]
async fn what_is_15_deep_is_answered_and_one_more_is_not() {
    let asked = Desk::open().await.answer(Request::new(deep(14))).await;
    let cost = asked.extensions["cost"].clone().into_json().expect("JSON");
    assert_eq!(cost["depth"], 15);
    assert_eq!(refusal(&deep(15)).await, "QUERY_TOO_DEEP");
}

#[tokio::test]
async fn no_question_of_the_readme_is_too_complex() {
    let page = include_str!("../../../README.md");
    let blocks = page.split("```graphql\n").skip(1).filter_map(|it| it.split("```").next());
    let desk = Desk::open().await;
    let mut asked = 0;
    for query in blocks {
        desk.ask(query).await;
        asked += 1;
    }
    assert!(asked >= 7, "the tour has its questions");
}
