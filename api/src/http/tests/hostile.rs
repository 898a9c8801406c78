//! Operations that nobody would write, made from the schema: deep, wide, aliased, circular, of wrong
//! types. Whatever they are, each is answered in time, in the shape that it asked for, and told why where
//! it is not.
use std::cell::Cell;
use std::time::{Duration, Instant};

use infra::ledger::Place;
use proptest::collection::vec;
use proptest::prelude::any;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use tokio::runtime::Runtime;

use super::*;
use crate::demo::{self, Simulated};
use crate::graphql::sdl;
use crate::graphql::shape::Types;

mod generator;
mod shape;

use generator::{Generator, Operation};

/// How many operations are made.
const CASES: u32 = 2_000;
/// How many choices one is made of at most.
const CHOICES_MAX: usize = 400;
/// Within which an answer must be there: the limit of an operation, and what reading and writing take.
const ANSWERED_WITHIN: Duration = Duration::from_secs(6);

/// Operations that were once answered badly.
const KEPT: [&str; 7] = [
    // A failed field was left out of its object instead of making it null.
    "{ a: actors(first: -1) { totalCount } ledger { position } }",
    "{ actors(first: 2) { nodes { t: timeline(first: -1) { totalCount } } } }",
    "{ a: actor(id: \"x\") { name } ledger { position } }",
    "mutation { actorRegister(input: {commandId: \"x\", name: \"a\", kind: COMMUNE, country: \"MA\"}) \
     { errors { code } } }",
    // An object of which nothing was left was null.
    "{ ledger { position @skip(if: true) } actors(first: 1) { nodes { __typename @skip(if: true) } } }",
    "{ ledger { ... @include(if: false) { position } } }",
    // A failed field of an object behind an interface was left out.
    "{ nodes(ids: [\"21a24a5c-85d6-5f2c-baec-a9ae19c27dd1\"]) { id ...on Actor { \
     timeline(first: -1) { totalCount } } } }",
];

impl Server {
    /// The demonstration's ledger behind the door.
    async fn demonstration() -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        let place = Place::Directory(directory.path().to_owned());
        let told = Simulated::default();
        let ledger = Ledger::open(&place, told.clock()).await.expect("it opens");
        demo::tell(&ledger, &told, |_, _| ()).await.expect("it is told");
        let clock: Clock = Arc::new(|| "2025-12-01T09:00:00Z".parse().expect("an instant"));
        Self::around(ledger, clock, directory).await
    }

    /// What it answers to `operation`, asked by the region.
    async fn answer(&self, operation: &Operation) -> Reply {
        let body = json!({"query": operation.query, "variables": operation.variables});
        let mut request = post().body(body.to_string().into()).expect("a request");
        let acting = demo::acting("region-souss-massa");
        let acting = acting.strip_prefix("Tiwizi-Acting: ").expect("a header");
        let acting = HeaderValue::from_str(acting).expect("a header");
        request.headers_mut().insert("tiwizi-acting", acting);
        self.send(request).await
    }
}

/// What is wrong with the answer to `operation`, where something is.
async fn judge(server: &Server, types: &Types, operation: &Operation) -> Result<Reply, String> {
    let begun = Instant::now();
    let reply = server.answer(operation).await;
    let taken = begun.elapsed();
    let body = &reply.body;
    if taken > ANSWERED_WITHIN {
        return Err(format!("it took {taken:?}"));
    }
    // On a machine that is busy with other things, five seconds may be over: that is an answer too.
    let late = body["errors"][0]["extensions"]["reason"] == "TIMED_OUT";
    if reply.status.is_server_error() && !late {
        return Err(format!("{}: {body}", reply.status));
    }
    let errors = body["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
    for error in errors {
        let told = &error["extensions"];
        let parts = [&error["message"], &told["code"], &told["reason"], &told["traceId"]];
        let whole = parts.iter().all(|it| it.as_str().is_some_and(|it| !it.is_empty()));
        let unknown = ["INTERNAL", "QUERY_INVALID"].iter().any(|it| told["reason"] == **it);
        if !whole || unknown || error["message"].as_str().is_some_and(|it| it.contains("{ $")) {
            return Err(format!("told badly: {error}"));
        }
    }
    match body.get("data") {
        None if errors.is_empty() => Err(format!("no answer: {body}")),
        None => Ok(reply),
        Some(data) => {
            let failed = !errors.is_empty();
            shape::check(types, operation, data, failed).map_err(|why| format!("{why}: {body}"))?;
            Ok(reply)
        }
    }
}

#[test]
fn no_operation_that_the_schema_can_be_bent_to_is_answered_badly() {
    let runtime = Runtime::new().expect("a runtime");
    let server = runtime.block_on(Server::demonstration());
    let types = Types::of(&sdl());
    for kept in KEPT {
        let operation = Operation { query: kept.to_owned(), variables: json!({}) };
        let judged = runtime.block_on(judge(&server, &types, &operation));
        assert!(judged.is_ok(), "{kept}: {:?}", judged.err());
    }
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let random = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, random);
    let (answered, refused, late) = (Cell::new(0), Cell::new(0), Cell::new(0));
    let judged = runner.run(&vec(any::<u8>(), 0..CHOICES_MAX), |choices| {
        let operation = Generator::new(&types, &choices).operation();
        let judged = runtime.block_on(judge(&server, &types, &operation));
        let reply = judged.map_err(|why| TestCaseError::fail(format!("{why}\n{operation:?}")))?;
        let counted = match reply.status {
            StatusCode::SERVICE_UNAVAILABLE => &late,
            _ if reply.body.get("errors").is_none() => &answered,
            _ => &refused,
        };
        counted.update(|it| it + 1);
        Ok(())
    });
    assert!(judged.is_ok(), "{}", judged.expect_err("it failed"));
    let (answered, refused, late) = (answered.get(), refused.get(), late.get());
    let told = format!("{answered} answered, {refused} refused, {late} late");
    assert!(answered > CASES / 10 && refused > CASES / 10 && late < CASES / 100, "{told}");
}

#[tokio::test]
async fn a_field_that_fails_is_null_and_so_is_what_may_not_hold_a_null() {
    let server = Server::start().await;
    for (query, data) in [
        (
            "{ a: actor(id: \"x\") { name } ledger { position } }",
            json!({"a": null, "ledger": {"position": 5}}),
        ),
        ("{ ledger { position } a: actors(first: -1) { totalCount } }", json!(null)),
        (
            "{ programmes { totalCount } a: actor(id: \"x\") { timeline(first: -1) { totalCount } } }",
            json!({"programmes": {"totalCount": 0}, "a": null}),
        ),
        (
            "{ node(id: \"00000000-0000-0000-0000-000000000001\") { ...on Node { id } ...on Actor { \
             kind timeline(first: -1) { totalCount } } } ledger { position } }",
            json!({"node": null, "ledger": {"position": 5}}),
        ),
        (
            "{ nodes(ids: [\"00000000-0000-0000-0000-000000000001\", \"x\"]) { ...on Actor { kind } \
             ...on Programme { timeline(first: -1) { totalCount } } } }",
            json!({"nodes": [{"kind": "REGION"}, null]}),
        ),
        ("{ ledger { position @skip(if: true) } }", json!({"ledger": {}})),
        ("{ ...f } fragment f on Query { ledger @include(if: false) { root } }", json!({})),
    ] {
        let reply = server.post(&json!({"query": query})).await;
        assert_eq!(reply.status, StatusCode::OK, "{query}");
        assert_eq!(reply.body["data"], data, "{query}: {}", reply.body);
    }
}

/// The engine looks at the fields of one object as it stands in the document alone.
#[tokio::test]
async fn two_fields_that_come_together_under_one_name_are_refused() {
    let server = Server::start().await;
    let long = "x".repeat(300);
    for (query, name) in [
        ("{ a: actors { nodes { c: name } } a: actors { nodes { c: kind } } }", "c"),
        (
            "{ ...p actors { nodes { timeline(first: 2) { totalCount } } } } fragment p on Query { \
          actors { nodes { timeline(first: 1) { totalCount } } } }",
            "timeline",
        ),
        ("{ actors { nodes { ... { c: name } } ... { nodes { c: id } } } }", "c"),
        (&format!("{{ a: ledger {{ {long}: root }} a: ledger {{ {long}: name }} }}"), &long[..100]),
    ] {
        let reply = server.post(&json!({"query": query})).await;
        let error = &reply.body["errors"][0];
        let message = error["message"].as_str().unwrap_or_default();
        assert_eq!(error["extensions"]["reason"], "FIELDS_CONFLICT", "{query}: {}", reply.body);
        assert!(
            message.starts_with("deux champs différents") && message.contains(name),
            "{message}"
        );
        assert!(message.len() < 250, "{message}");
        assert_eq!(error["locations"].as_array().map(Vec::len), Some(2), "{query}");
        assert_eq!(
            (reply.status, reply.body.get("data")),
            (StatusCode::BAD_REQUEST, None),
            "{query}"
        );
    }
    let alike = "query($n: Int) { a: actors { nodes { t: timeline(first: $n, after: null) { totalCount } } } \
                 a: actors { nodes { t: timeline(after: null, first: $n) { totalCount } } } }";
    let reply = server.post(&json!({"query": alike, "variables": {"n": 2}})).await;
    assert_eq!(reply.body["data"]["a"]["nodes"][1]["t"]["totalCount"], 2, "{}", reply.body);
}

/// Plain, an answer is written as it is told; with fragments, once they are brought together; with directives,
/// by the engine.
#[tokio::test]
async fn a_question_has_one_answer_however_it_is_written() {
    let server = Server::demonstration().await;
    let told = |reply: &Reply| {
        let errors = reply.body["errors"].as_array().map(Vec::as_slice).unwrap_or_default();
        let told = |it: &Value| format!("{} {}", it["path"], it["extensions"]["reason"]);
        let mut errors: Vec<_> = errors.iter().map(told).collect();
        errors.sort_unstable();
        (reply.body["data"].clone(), errors)
    };
    for (failing, what) in [
        (0, "participations { actor { name } role }"),
        (
            0,
            "commitments { by { name } pledge { __typename ... on FinancialPledge { amount { minor } } } }",
        ),
        // Null, and so is each that may not hold a null.
        (3, "participations(on: \"x\") { role }"),
        (6, "participations(on: \"x\") { role } timeline(first: -1) { totalCount }"),
    ] {
        let whole = |nodes: &str| {
            format!("{{ interventions(first: 3) {{ {nodes} pageInfo {{ hasNextPage }} }} }}")
        };
        let plain = whole(&format!("nodes {{ id title {{ text }} {what} stage }}"));
        let parted = format!(
            "{} fragment p on InterventionConnection {{ nodes {{ ...a ...b id stage }} }} \
             fragment a on Intervention {{ id title {{ text }} ... on Intervention {{ {what} }} }} \
             fragment b on Node {{ id }}",
            whole("...p nodes { id title { text } }")
        );
        let skipping = whole(&format!(
            "nodes @include(if: true) {{ id title {{ text }} {what} stage skipped: id @skip(if: true) }}"
        ));
        let plain = told(&server.post(&json!({"query": plain})).await);
        assert_eq!(plain.1.len(), failing, "{plain:?}");
        assert!(failing > 0 || plain.0["interventions"]["nodes"][2]["id"].is_string(), "{plain:?}");
        for other in [parted, skipping] {
            assert_eq!(told(&server.post(&json!({"query": other})).await), plain, "{other}");
        }
    }
}
