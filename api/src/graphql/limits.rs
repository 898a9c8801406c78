//! What is too much to ask is refused before it is run; what the README asks is not.
use async_graphql::Request;
use uuid::Uuid;

use super::questions::Desk;
use super::{build, fault};
use crate::languages::Tongue;

/// The code and the message that refuse `query`. Nothing stands behind the contract here: a query
/// that were run would panic.
async fn refusal(query: &str) -> (String, String) {
    let response = build().finish().execute(Request::new(query)).await;
    let response = fault::finish(response, Tongue::default(), Uuid::nil());
    let [error] = &response.errors[..] else { panic!("one error: {:?}", response.errors) };
    let code = error.extensions.as_ref().and_then(|it| it.get("code").cloned());
    (code.expect("a code").to_string(), error.message.clone())
}

fn too_complex() -> (String, String) {
    ("\"QUERY_TOO_COMPLEX\"".to_owned(), "Query is too complex.".to_owned())
}

/// `outer`, with `levels` times one field within the other.
fn nested(outer: &str, fields: &[&str], levels: usize) -> String {
    let within: Vec<&str> = fields.iter().copied().cycle().take(levels).collect();
    format!("{{{outer}{{nodes{{{}{{id}}{}}}}}}}", within.join("{"), "}".repeat(levels - 1))
}

#[tokio::test]
async fn lists_within_lists_are_refused_before_they_are_read() {
    for first in ["", "(first: 1)"] {
        let query = nested(&format!("commitments{first}"), &["intervention", "commitments"], 11);
        assert_eq!(refusal(&query).await, too_complex(), "{query}");
    }
}

#[tokio::test]
async fn a_cost_that_no_number_holds_is_refused() {
    let timeline = "timeline(first: 100)";
    let query = nested("actors(first: 100)", &[timeline, "nodes", "actor"], 27);
    assert_eq!(refusal(&query).await, too_complex(), "{query}");
}

#[tokio::test]
async fn what_goes_through_every_intervention_is_not_asked_again_and_again() {
    let one = |alias: usize| format!("a{alias}: likelyDuplicates {{ complete }}");
    let query = format!("{{ {} }}", (0..25).map(one).collect::<Vec<_>>().join(" "));
    assert_eq!(refusal(&query).await, too_complex());
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
