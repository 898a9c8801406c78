//! Every text of the engine, raised by the engine itself.
use async_graphql::{Request, Variables};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use uuid::Uuid;

use super::*;
use crate::graphql::contract::Contract;
use crate::graphql::{build, fault};
use crate::languages::Tongue;

/// What each text is raised by: the code, the operation, and its variables.
pub(crate) fn wrong() -> Vec<(Code, &'static str, Value)> {
    let plain = |code, query| (code, query, json!({}));
    let position = "query($p: Position!) { actors(asOf: {position: $p}) { totalCount } }";
    vec![
        plain(Code::UnknownField, "{ actorz { totalCount } }"),
        plain(Code::UnknownField, "{ nothing_like_it }"),
        plain(Code::UnknownArgument, "{ actors(frist: 1) { totalCount } }"),
        plain(Code::UnknownArgument, "{ ledger @skip(unless: true, if: true) { position } }"),
        plain(Code::UnknownDirective, "{ ledger @live { position } }"),
        plain(Code::UnknownFragment, "{ ...f }"),
        plain(Code::UnknownType, "{ ledger { ... on Nothing { position } } }"),
        plain(Code::UnknownType, "query($v: Nothing) { actors(first: $v) { totalCount } }"),
        plain(Code::OperationNameMissing, "query a { ledger { position } } query b { __typename }"),
        plain(Code::SubfieldsMissing, "{ ledger }"),
        plain(Code::SubfieldsSuperfluous, "{ ledger { position { a } } }"),
        plain(Code::ArgumentMissing, "{ actor { name } }"),
        plain(Code::ArgumentMissing, "{ ledger @skip { position } }"),
        plain(Code::ValueMismatched, "{ actors(first: \"1\") { totalCount } }"),
        plain(Code::ValueMismatched, "{ actor(id: null) { name } }"),
        (Code::ValueMismatched, position, json!({"p": "\" SELECT"})),
        plain(Code::ValueMismatched, "query($v: Int = \"1\") { actors(first: $v) { totalCount } }"),
        plain(Code::EnumValueUnknown, "{ actors(filter: {kind: VILLAGE}) { totalCount } }"),
        (
            Code::EnumValueUnknown,
            "query($k: ActorKind) { actors(filter: {kind: $k}) { totalCount } }",
            json!({"k": "a\"b"}),
        ),
        plain(
            Code::InputFieldMissing,
            "mutation { documentRegister(input: {}) { errors { code } } }",
        ),
        plain(Code::InputFieldUnknown, "{ actors(filter: {colour: 1}) { totalCount } }"),
        plain(Code::OneFieldWanted, "{ actors(asOf: {}) { totalCount } }"),
        plain(Code::OneFieldWanted, "{ actors(asOf: {position: null}) { totalCount } }"),
        plain(Code::GivenTwice, "{ actors(first: 1, first: 2) { totalCount } }"),
        plain(Code::GivenTwice, "query($v: Int, $v: Int) { actors(first: $v) { totalCount } }"),
        plain(Code::GivenTwice, "{ ledger @skip(if: true) @skip(if: true) { position } }"),
        plain(Code::VariableUndefined, "{ actors(first: $v) { totalCount } }"),
        plain(Code::VariableUndefined, "query a { actors(first: $v) { totalCount } }"),
        plain(Code::VariableUnused, "query($v: Int) { ledger { position } }"),
        plain(Code::VariableUnused, "query a($v: Int) { ledger { position } }"),
        plain(Code::VariableNotInput, "query($v: Actor) { actors(first: $v) { totalCount } }"),
        plain(Code::FragmentUnused, "{ ledger { position } } fragment f on Actor { name }"),
        plain(Code::FragmentImpossible, "{ ...f } fragment f on Actor { name }"),
        plain(Code::FragmentImpossible, "{ ... on Actor { name } }"),
        plain(Code::FragmentNotComposite, "{ ledger { ... on Int { name } } }"),
        plain(Code::FragmentNotComposite, "{ ledger { ...f } } fragment f on Int { name }"),
        plain(Code::DirectiveMisplaced, "query @skip(if: true) { ledger { position } }"),
        plain(Code::FieldsConflict, "{ a: ledger { position } a: actors { totalCount } }"),
        plain(Code::ValueUnreadable, "{ actors(first: 3000000000) { totalCount } }"),
    ]
}

/// The answer to an operation that must not be run: nothing stands behind the contract.
async fn refused(query: &str, variables: Value, operation: Option<&str>) -> Value {
    let mut request = Request::new(query).variables(Variables::from_json(variables));
    request.operation_name = operation.map(str::to_owned);
    let response = Contract::new(build(), build()).ask(request).await;
    let response = fault::finish(response, Tongue::En, Uuid::nil());
    assert!(!response.errors.is_empty(), "{query} is refused");
    serde_json::to_value(response).expect("it is JSON")
}

#[tokio::test]
async fn every_text_of_the_engine_has_a_code_and_is_told_in_our_words() {
    let mut seen = BTreeSet::new();
    for (code, query, variables) in wrong() {
        let answer = refused(query, variables, None).await;
        let errors = answer["errors"].as_array().expect("errors");
        let codes = errors.iter().map(|it| it["extensions"]["reason"].as_str().expect("a reason"));
        assert!(codes.clone().any(|it| it == code.as_str()), "{query}: {answer}");
        for error in errors {
            let message = error["message"].as_str().expect("a message");
            assert!(!message.contains("{ $"), "a placeholder is left: {message}");
            assert!(error["extensions"]["reason"] != "QUERY_INVALID", "{query}: {answer}");
        }
        seen.insert(code.as_str());
    }
    let answer = refused("query a { __typename }", json!({}), Some("b")).await;
    assert_eq!(answer["errors"][0]["extensions"]["reason"], "UNKNOWN_OPERATION", "{answer}");
    seen.insert(Code::UnknownOperation.as_str());
    let all: BTreeSet<&str> = SAID.iter().map(|(_, code)| code.as_str()).collect();
    assert_eq!(seen, all, "every code is raised here");
}

#[tokio::test]
async fn a_mistyped_field_is_answered_with_what_may_have_been_meant() {
    let answer = refused("{ actorz { totalCount } }", json!({}), None).await;
    let error = &answer["errors"][0];
    assert_eq!(error["message"], "the type Query has no field actorz");
    assert_eq!(error["locations"], json!([{"line": 1, "column": 3}]));
    let suggestions = error["extensions"]["suggestions"].as_array().expect("suggestions");
    assert!(suggestions.contains(&json!("actors")), "{answer}");
}

#[tokio::test]
async fn a_refusal_has_20_errors_at_most() {
    let query: String = (0..50).map(|at| format!("nothing{at} ")).collect::<Vec<_>>().concat();
    let answer = refused(&format!("{{ {query} }}"), json!({}), None).await;
    assert_eq!(answer["errors"].as_array().map(Vec::len), Some(20));
}

#[test]
fn what_no_template_fits_is_not_told() {
    for text in ["", "no such table: events", "Unknown type \"A\" at src/lib.rs", "Variable  is"] {
        assert!(told(&ServerError::new(text, None)).is_none(), "{text}");
    }
    let long = ServerError::new(format!("Unknown type \"{}\"", "A".repeat(60_000)), None);
    let problem = told(&long).expect("a type").problem;
    assert!(problem.said_in(Tongue::En).len() < 200, "what is quoted is shortened");
}
