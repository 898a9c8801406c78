//! Whatever goes wrong, the answer has a code, a reason, a trace id and a message of ours, and no text
//! from within. Every code that there is, is provoked here: by a request, or, where a disk would have to
//! be full, by the failure itself.
use std::collections::BTreeSet;
use std::sync::Mutex;

use async_graphql::{EmptyMutation, EmptySubscription, Object, Schema, ServerError};
use domain::permission::Denied;
use infra::ledger::Error;
use strum::VariantNames as _;

use super::*;
use crate::app::NoPast;
use crate::graphql::code::Code;
use crate::graphql::engine;
use crate::graphql::fault::{self, Fault};
use crate::graphql::problem::Problem;
use crate::publication::ReadOnly;

/// What no answer may hold: the words of libraries, of Rust, of SQL, of this machine.
const INTERNAL: [&str; 20] = [
    "sqlx",
    "rusqlite",
    "SQLite",
    "SELECT",
    "INSERT",
    "panicked",
    "thread '",
    ".rs",
    "::",
    "tokio",
    "serde",
    "Option<",
    "Err(",
    "Some(",
    "{ $",
    "ledger.sqlite",
    "/var/",
    "/tmp",
    "async",
    "secret",
];

/// The internal text that `answer` holds.
fn leak(answer: &str) -> Option<&'static str> {
    INTERNAL.into_iter().find(|it| answer.contains(it))
}

/// The codes in `body`, each of which must come with what belongs to it.
fn codes(body: &Value) -> BTreeSet<String> {
    let text = body.to_string();
    assert_eq!(leak(&text), None, "{text}");
    let plain = body.as_str().and_then(|it| it.split_once(": ")).filter(|it| !it.1.is_empty());
    let mut found: BTreeSet<_> = plain.map(|(code, _)| code.to_owned()).into_iter().collect();
    for error in body["errors"].as_array().into_iter().flatten() {
        let told = &error["extensions"];
        for part in [&error["message"], &told["code"], &told["reason"], &told["traceId"]] {
            assert!(part.as_str().is_some_and(|it| !it.is_empty()), "{text}");
        }
        assert!(told["traceId"].as_str().is_some_and(|it| it.parse::<Uuid>().is_ok()), "{text}");
        found.insert(told["reason"].as_str().unwrap_or_default().to_owned());
    }
    let payloads = body["data"].as_object().into_iter().flat_map(|it| it.values());
    for problem in payloads.filter_map(|it| it["errors"].as_array()).flatten() {
        assert!(problem["message"].as_str().is_some_and(|it| !it.is_empty()), "{text}");
        found.insert(problem["code"].as_str().unwrap_or_default().to_owned());
    }
    found
}

/// Questions, each with the code that it provokes.
const ASKED: [(&str, &str); 19] = [
    ("PAGE_BOTH_WAYS", "actors(first: 1, last: 1) { totalCount }"),
    (
        "ORDERS_TOO_MANY",
        "actors(orderBy: [{by: TITLE}, {by: DATE}, {by: STAGE}, {by: AMOUNT}, {by: RECORDED}]) { totalCount }",
    ),
    ("DIMENSIONS_INVALID", "actors { groups(by: []) { keys { value } } }"),
    (
        "FILTER_FOR_LISTS_ALONE",
        "matrix(rows: ROLE, columns: STAGE, filter: {not: {}}) { __typename }",
    ),
    ("DATE_INVALID", "actors(effectiveOn: \"hier\") { totalCount }"),
    ("DATE_TIME_INVALID", "actors(asOf: {instant: \"hier\"}) { totalCount }"),
    ("UUID_INVALID", "actor(id: \"x\") { name }"),
    ("NUMBER_OUT_OF_RANGE", "actors(asOf: {position: 9007199254740993}) { totalCount }"),
    ("QUANTITY_OUT_OF_RANGE", "actors(asOf: {position: -1}) { totalCount }"),
    ("POSITION_BEYOND_HEAD", "actors(asOf: {position: 999999}) { totalCount }"),
    ("TERRITORY_UNKNOWN", "capitalisationItems(filter: {within: \"lune\"}) { totalCount }"),
    ("SECTOR_UNKNOWN", "capitalisationItems(filter: {sector: \"lune\"}) { totalCount }"),
    ("PAGE_SIZE_INVALID", "actors(first: -1) { totalCount }"),
    ("CURSOR_INVALID", "actors(after: \"zz\") { totalCount }"),
    (
        "PERIOD_REVERSED",
        "matrix(rows: ROLE, columns: STAGE, from: \"2025-01-01\", to: \"2024-01-01\") { __typename }",
    ),
    ("QUERY_UNREADABLE", "actors("),
    ("QUERY_TOO_DEEP", "a(b: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["),
    ("FRAGMENT_CYCLE", "...f } fragment f on Query { ...f"),
    ("GOAL_UNKNOWN", "interventions(filter: {goal: \"99\"}) { totalCount }"),
];

/// The input of commands, each with the code that it provokes.
const COMMANDED: [(&str, &str, &str); 12] = [
    ("EFFECTIVE_INVALID", "documentRegister", "title: {text: \"a\"}, published: \"hier\""),
    (
        "HASH_INVALID",
        "documentRegister",
        "title: {text: \"a\"}, published: \"2024\", sha256: \"0\"",
    ),
    ("TEXT_EMPTY", "documentRegister", "title: {text: \" \"}, published: \"2024\""),
    ("TEXT_UNPRINTABLE", "documentRegister", "title: {text: \"a\\u0007\"}, published: \"2024\""),
    (
        "TEXT_LANGUAGE_TWICE",
        "documentRegister",
        "title: [{text: \"a\"}, {text: \"b\"}], published: \"2024\"",
    ),
    (
        "PERSONAL_DATA_EMAIL",
        "documentRegister",
        "title: {text: \"moi@exemple.ma\"}, published: \"2024\"",
    ),
    (
        "PERSONAL_DATA_PHONE",
        "documentRegister",
        "title: {text: \"Tél. 06 61 23 45 67\"}, published: \"2024\"",
    ),
    (
        "PERSONAL_DATA_IDENTITY",
        "documentRegister",
        "title: {text: \"CIN JB123456\"}, published: \"2024\"",
    ),
    (
        "PERSONAL_DATA_BIRTH",
        "documentRegister",
        "title: {text: \"née le 12/03/1990\"}, published: \"2024\"",
    ),
    ("COUNTRY_INVALID", "actorRegister", "name: \"A\", kind: COMMUNE, country: \"Maroc\""),
    ("ACTOR_NAME_TAKEN", "actorRegister", "name: \"Région\", kind: COMMUNE, country: \"MA\""),
    (
        "UNKNOWN_REFERENCE",
        "programmeCreate",
        "kind: PROJECT, title: {text: \"a\"}, period: {from: \"2020\", to: \"2021\"}, \
         parent: \"00000000-0000-4000-8000-000000000000\"",
    ),
];

/// Addresses below which there is nothing, each with the code that it provokes.
const FETCHED: [(&str, &str); 10] = [
    ("NOT_FOUND", "/log/nothing"),
    ("LOG_PATH_UNKNOWN", "/log/tile/0/00"),
    ("LOG_NOT_PUBLISHED", "/log/tile/0/000"),
    ("LOG_SIZES_INVALID", "/log/proof/consistency?from=1"),
    ("LOG_NOT_WITNESSED", "/log/witnessed"),
    ("RECEIPT_PATH_UNKNOWN", "/receipts/1"),
    ("EVENT_NOT_PUBLISHED", "/receipts/999.tlog-proof"),
    ("STAMP_PATH_UNKNOWN", "/log/time/1"),
    ("STAMP_MISSING", "/log/time/1.tsr"),
    ("STAMPS_PAGE_INVALID", "/log/time?before=x"),
];

fn command(name: &str, input: &str) -> Value {
    let id = Uuid::new_v5(&Uuid::nil(), input.as_bytes());
    let query = format!(
        "mutation {{ {name}(input: {{commandId: \"{id}\", {input}}}) \
         {{ errors {{ code message }} }} }}"
    );
    json!({"query": query})
}

/// Requests that are wrong before they are GraphQL.
fn malformed() -> Vec<(&'static str, Request<Body>)> {
    let with = |name: &'static str, value: &'static str, body: &Value| {
        let mut request = post().body(body.to_string().into()).expect("a request");
        request.headers_mut().insert(name, HeaderValue::from_static(value));
        request
    };
    let plain = |body: &str| post().body(body.to_owned().into()).expect("a request");
    let asks = json!({"query": "{ __typename }"});
    let commands = command("actorRegister", "name: \"A\", kind: COMMUNE, country: \"MA\"");
    let extended = |params: &Value, hash: &str| {
        let mut params = params.clone();
        params["extensions"] = json!({"persistedQuery": {"version": 1, "sha256Hash": hash}});
        params.to_string()
    };
    let one = json!({"query": "subscription { events { __typename } }"});
    let two = json!({"query": "subscription { a: events { position } b: events { position } }"});
    let mut astray = with("accept", "text/event-stream", &one);
    astray.headers_mut().insert("last-event-id", HeaderValue::from_static("here"));
    let by = |method: &str, uri: &str| {
        let request = Request::builder().method(method).uri(uri).header(ACCEPT, GRAPHQL);
        request.body(Body::empty()).expect("a request")
    };
    vec![
        ("PERSISTED_QUERY_NOT_FOUND", plain(&extended(&json!({}), &"0".repeat(64)))),
        ("PERSISTED_QUERY_MISMATCH", plain(&extended(&asks, &"0".repeat(64)))),
        ("PERSISTED_QUERY_INVALID", plain(&extended(&asks, "0"))),
        ("MEDIA_NOT_ACCEPTABLE", with("accept", "text/html", &asks)),
        ("MEDIA_NOT_SUPPORTED", with("content-type", "text/plain", &asks)),
        ("METHOD_NOT_ALLOWED", by("PUT", "/graphql")),
        ("MUTATION_BY_GET", by("GET", "/graphql?query=mutation%7B__typename%7D")),
        ("JSON_INVALID", plain("{")),
        ("BODY_TOO_LARGE", plain(&" ".repeat(operation::BODY_BYTES_MAX + 1))),
        ("BATCH_NOT_SUPPORTED", plain("[]")),
        ("QUERY_MISSING", plain("{}")),
        ("PARAMETER_INVALID", plain(r#"{"query": "{__typename}", "variables": 1}"#)),
        (
            "SUBSCRIPTION_NOT_STREAMED",
            plain(r#"{"query": "subscription { events { __typename } }"}"#),
        ),
        ("SUBSCRIPTION_ONE_FIELD", with("accept", "text/event-stream", &two)),
        ("LAST_EVENT_ID_INVALID", astray),
        ("ACTING_UNREADABLE", with("tiwizi-acting", "me", &commands)),
        ("ACTING_NOT_LOCAL", with("host", "tiwizi.example", &commands)),
    ]
}

/// What the requests of this file provoke at a running server.
async fn by_requests() -> BTreeSet<String> {
    let server = Server::start().await;
    let mut seen = BTreeSet::new();
    let mut provoked = async |code: &str, request: Request<Body>| {
        let reply = server.send(request).await;
        let found = codes(&reply.body);
        assert!(found.contains(code), "{code}: {}", reply.body);
        seen.extend(found);
    };
    let sent = |body: &Value| post().body(body.to_string().into()).expect("a request");
    for (code, query) in ASKED {
        provoked(code, sent(&json!({"query": format!("{{ {query} }}")}))).await;
    }
    for (code, name, input) in COMMANDED {
        let mut request = sent(&command(name, input));
        if name == "documentRegister" {
            let acting = format!("actor={APPLICANT}; mandate={APPLICANT_MANDATE}");
            let acting = HeaderValue::from_str(&acting).expect("a header");
            request.headers_mut().insert("tiwizi-acting", acting);
        }
        provoked(code, request).await;
    }
    for (code, path) in FETCHED {
        provoked(code, Request::get(path).body(Body::empty()).expect("a request")).await;
    }
    for (code, request) in malformed() {
        provoked(code, request).await;
    }
    for (code, query, variables) in engine::tests::wrong() {
        let body = json!({"query": query, "variables": variables});
        provoked(code.as_str(), sent(&body)).await;
    }
    let unknown = json!({"query": "query a { __typename }", "operationName": "b"});
    provoked("UNKNOWN_OPERATION", sent(&unknown)).await;
    let long = format!("name: \"{}\", kind: COMMUNE, country: \"MA\"", "x".repeat(201));
    provoked("TEXT_TOO_LONG", sent(&command("actorRegister", &long))).await;
    server.register(10, "Belfaâ").await;
    provoked("IDEMPOTENCY_MISMATCH", sent(&registration(10, "Tiznit"))).await;
    for case in limits::cases().into_iter().filter(|it| it.reason.is_some()) {
        provoked(case.reason.unwrap_or_default(), sent(&json!({"query": case.query}))).await;
    }
    seen
}

/// A failure of the machinery, with all that must not be told.
fn failure() -> Error {
    Error::Damaged("SELECT data FROM events: /var/lib/secret/ledger.sqlite, rusqlite::Error".into())
}

/// Faults of every variant, with every code that no request can provoke.
fn made() -> Vec<Fault> {
    let problem = |code| Problem::new(code);
    let mut all = vec![
        Fault::denied(Denied::NoMandate),
        Fault::denied(Denied::ActorNotActive),
        Fault::BadUserInput(problem(Code::PageSizeInvalid)),
        Fault::BadUserInput(problem(Code::FilterTooLarge)),
        Fault::BadUserInput(problem(Code::GroupsTooMany)),
        Fault::NotYet(problem(Code::PositionNotReached)),
        Fault::NotYet(problem(Code::TooManyStreams)),
        Fault::NotFound(problem(Code::NotFound)),
        Fault::Conflict,
        Fault::IdempotencyMismatch(CommandId::from_u128(1)),
        Fault::RateLimited,
        Fault::TooComplex(problem(Code::QueryTooComplex)),
        Fault::TimedOut,
        Fault::ReadOnly(ReadOnly::LogBehind),
        Fault::internal(failure()),
        Fault::past(NoPast::Busy),
        Fault::past(NoPast::Ledger(failure())),
    ];
    all.extend(
        [
            Error::EventTooLarge { bytes: 70_000 },
            Error::NothingToRecord,
            Error::DiskFull,
            Error::from(sqlx::Error::PoolTimedOut),
            Error::OutcomeUnknown,
            Error::NotWritable,
            Error::Contended,
            Error::InUse("/var/lib/secret".into()),
            failure(),
        ]
        .map(Fault::ledger),
    );
    all
}

/// Which variant it is. A new one has no place here until it is provoked.
fn variant(fault: &Fault) -> usize {
    match fault {
        Fault::Unauthenticated(_) => 0,
        Fault::Forbidden(_) => 1,
        Fault::BadUserInput(_) => 2,
        Fault::NotFound(_) => 3,
        Fault::Conflict => 4,
        Fault::IdempotencyMismatch(_) => 5,
        Fault::RateLimited => 6,
        Fault::Unavailable(..) => 7,
        Fault::ReadOnly(_) => 8,
        Fault::TooComplex(_) => 9,
        Fault::TimedOut => 10,
        Fault::Internal(_) => 11,
        Fault::NotYet(_) => 12,
    }
}

/// The root of a schema whose one field fails.
struct Failing(Mutex<Option<Fault>>);

#[Object(serial)]
impl Failing {
    /// Never an answer.
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn it(&self) -> Result<bool, Fault> {
        let fault = self.0.lock().expect("nobody else").take();
        Err(fault.expect("it is asked once"))
    }
}

#[tokio::test]
async fn every_code_is_provoked_and_no_answer_tells_what_is_within() {
    let mut seen = by_requests().await;
    let mut variants = BTreeSet::new();
    for fault in made() {
        variants.insert(variant(&fault));
        let failing = Failing(Mutex::new(Some(fault)));
        let schema = Schema::new(failing, EmptyMutation, EmptySubscription);
        let response = schema.execute("{ it }").await;
        for tongue in Tongue::ALL {
            let copy = async_graphql::Response::from_errors(response.errors.clone());
            let told = fault::finish(copy, tongue, Uuid::new_v4());
            seen.extend(codes(&serde_json::to_value(told).expect("it is JSON")));
        }
    }
    assert_eq!(variants.len(), 13, "every variant is made");
    // Nothing is known to raise it: it answers what no template of the engine's texts fits.
    let text = ServerError::new("rusqlite::Error at src/lib.rs", None);
    let unknown = async_graphql::Response::from_errors(vec![text.clone()]);
    let unknown = fault::finish(unknown, Tongue::Fr, Uuid::new_v4());
    seen.extend(codes(&serde_json::to_value(unknown).expect("it is JSON")));
    let within = text.with_path(vec![async_graphql::PathSegment::Field("it".to_owned())]);
    let within = async_graphql::Response::from_errors(vec![within]);
    let within = fault::finish(within, Tongue::Fr, Uuid::new_v4());
    assert!(codes(&serde_json::to_value(within).expect("JSON")).contains("INTERNAL"));
    let unseen: Vec<_> = Code::VARIANTS.iter().filter(|it| !seen.contains(**it)).collect();
    assert!(unseen.is_empty(), "nothing provokes {unseen:?}");
}

#[tokio::test]
async fn a_panic_is_told_as_a_number_and_logged() {
    let response = panicked(Box::new("SELECT secret".to_owned()));
    let body = to_bytes(response.into_body(), usize::MAX).await.expect("a body");
    let body: Value = serde_json::from_slice(&body).expect("it is JSON");
    assert_eq!(codes(&body), BTreeSet::from(["INTERNAL".to_owned()]));
    assert_eq!(body["errors"][0]["extensions"]["code"], "INTERNAL");
}

#[test]
fn a_leak_is_found() {
    for text in ["no such table: events (rusqlite)", "at src/lib.rs:10", "serde_json::Error"] {
        assert!(leak(text).is_some(), "{text}");
    }
    assert_eq!(leak("le type Query n'a pas de champ actorz"), None);
}
