//! What a client meets at the door, with a real ledger behind it.
use std::sync::Arc;

use axum::body::to_bytes;
use axum::extract::ConnectInfo;
use axum::http::header::{ACCEPT, ACCEPT_LANGUAGE, ALLOW, HOST, ORIGIN};
use axum::http::{Method, Request};
use domain::actor::{self, Actor};
use domain::effective::Effective;
use domain::genesis;
use domain::ids::{ActorId, CommandId, LedgerId, MandateId, UserId};
use domain::permission::Power;
use domain::recorded::{CommandRef, Provenance};
use domain::text::{Country, Name, Note};
use infra::ledger::{Clock, Ledger, Place, Submission};
use serde_json::{Value, json};
use tower::ServiceExt as _;

use super::*;

const ACTOR: ActorId = ActorId::from_u128(1);
const MANDATE: MandateId = MandateId::from_u128(2);
const GRAPHQL: &str = "application/graphql-response+json";

struct Server {
    router: Router,
    _directory: tempfile::TempDir,
}

struct Reply {
    status: StatusCode,
    allow: Option<String>,
    media: String,
    body: Value,
}

impl Server {
    async fn start() -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        let clock: Clock = Arc::new(|| "2026-11-21T09:00:00Z".parse().expect("an instant"));
        let place = Place::Directory(directory.path().to_owned());
        let ledger = Ledger::open(&place, Arc::clone(&clock)).await.expect("a ledger");
        ledger.submit(founding()).await.expect("it begins");
        let app = App::start_with(ledger, clock);
        app.ready().await.expect("it catches up");
        let listening = "127.0.0.1:8080".parse().expect("an address");
        Self { router: router(app, listening), _directory: directory }
    }

    async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.expect("an answer");
        let text = |name| {
            response
                .headers()
                .get(name)
                .map(|it: &HeaderValue| it.to_str().expect("text").to_owned())
        };
        let (status, allow) = (response.status(), text(ALLOW));
        let media = text(CONTENT_TYPE).unwrap_or_default();
        let body = to_bytes(response.into_body(), usize::MAX).await.expect("a body");
        let body = serde_json::from_slice(&body)
            .unwrap_or_else(|_| String::from_utf8_lossy(&body).into_owned().into());
        Reply { status, allow, media, body }
    }

    async fn post(&self, body: &Value) -> Reply {
        self.send(post().body(body.to_string().into()).expect("a request")).await
    }

    async fn get(&self, path: &str) -> Reply {
        let request = Request::get(path).header(ACCEPT, GRAPHQL);
        self.send(request.body(Body::empty()).expect("a request")).await
    }

    /// Registers an actor `name` under the command id `command`.
    async fn register(&self, command: u128, name: &str) -> Reply {
        self.post(&registration(command, name)).await
    }
}

fn post() -> axum::http::request::Builder {
    let peer: SocketAddr = "127.0.0.1:5000".parse().expect("an address");
    Request::post("/graphql")
        .header(HOST, "localhost:8080")
        .header(CONTENT_TYPE, "application/json")
        .header(ACCEPT, GRAPHQL)
        .header(ACCEPT_LANGUAGE, "fr")
        .header("tiwizi-acting", format!("actor={ACTOR}; mandate={MANDATE}"))
        .extension(ConnectInfo(peer))
}

fn registration(command: u128, name: &str) -> Value {
    let query = "mutation($input: ActorRegisterInput!) { actorRegister(input: $input) {
        actor { id } errors { code field message } receipt { firstPosition lastPosition } } }";
    let command = CommandId::from_u128(command).to_string();
    let input = json!({"commandId": command, "name": name, "kind": "COMMUNE", "country": "MA"});
    json!({"query": query, "variables": {"input": input}})
}

fn founding() -> Submission {
    let (ledger, day) = (LedgerId::from_u128(9), "2026-01-01".parse::<Effective>());
    let provenance = Provenance {
        effective: day.expect("a day"),
        actor: None,
        mandate: None,
        user: None,
        command: CommandRef { id: CommandId::from_u128(1), digest: [0; 16] },
        cause: None,
        source: None,
        corrects: None,
    };
    let name = |text| Name::new(text).expect("a name");
    let open = genesis::Command::Open {
        ledger,
        name: name("Essai"),
        origin: name("tiwizi.example/essai"),
        purpose: Note::fr("Essayer").expect("a note"),
        clock: genesis::Clock::Real,
    };
    let register = actor::Command::Register {
        name: name("Région"),
        kind: actor::Kind::Region,
        country: Country::MOROCCO,
        territory: None,
        identifiers: Vec::new(),
        taken_by: None,
        homonym: false,
    };
    let grant = actor::Command::GrantMandate {
        mandate: MANDATE,
        holder: UserId::from_u128(3),
        powers: [Power::Coordinate].into(),
        from: "2026-01-01".parse().expect("a day"),
        until: None,
    };
    Submission::new(provenance)
        .step::<genesis::Ledger>(ledger, open)
        .step::<Actor>(ACTOR, register)
        .step::<Actor>(ACTOR, grant)
}

#[tokio::test]
async fn a_command_is_recorded_once_and_read_at_once() {
    let server = Server::start().await;
    let first = server.register(10, "Belfaâ").await.body;
    let payload = &first["data"]["actorRegister"];
    assert_eq!(payload["errors"], json!([]), "{first}");
    assert_eq!(payload["receipt"], json!({"firstPosition": 4, "lastPosition": 4}));
    assert_eq!(server.register(10, "Belfaâ").await.body, first, "a retry gets the first answer");
    let head = server.get("/graphql?query=%7Bledger%7Bposition%7D%7D").await.body;
    assert_eq!(head, json!({"data": {"ledger": {"position": 4}}}));
}

#[tokio::test]
async fn a_command_id_stands_for_one_command() {
    let server = Server::start().await;
    server.register(10, "Belfaâ").await;
    let other = server.register(10, "Tiznit").await.body;
    assert_eq!(other["errors"][0]["extensions"]["code"], "IDEMPOTENCY_MISMATCH", "{other}");
}

#[tokio::test]
async fn a_refusal_is_data_in_the_callers_language() {
    let server = Server::start().await;
    server.register(10, "Khamsa").await;
    let taken = server.register(11, "Khamssa").await.body;
    let error = &taken["data"]["actorRegister"]["errors"][0];
    assert_eq!(error["code"], "ACTOR_NAME_TAKEN", "{taken}");
    assert!(error["message"].as_str().is_some_and(|it| it.contains("alias")), "{taken}");
}

#[tokio::test]
async fn every_wrong_field_of_an_input_is_named() {
    let server = Server::start().await;
    let query = "mutation($input: ProgrammeCreateInput!) { programmeCreate(input: $input) {
        errors { code field } } }";
    let nobody = CommandId::from_u128(77).to_string();
    let input = json!({"commandId": CommandId::from_u128(12).to_string(), "kind": "PROJECT",
        "title": {"text": " "}, "period": {"from": "2020", "to": "hier"},
        "funders": [ACTOR.to_string(), nobody], "budget": {"minor": 1, "currency": "MAD"}});
    let reply = server.post(&json!({"query": query, "variables": {"input": input}})).await.body;
    let errors = &reply["data"]["programmeCreate"]["errors"];
    let expected = json!([
        {"code": "TEXT_EMPTY", "field": "title"},
        {"code": "EFFECTIVE_INVALID", "field": "period.to"},
        {"code": "UNKNOWN_REFERENCE", "field": "funders.1"},
    ]);
    assert_eq!(errors, &expected, "{reply}");
}

#[tokio::test]
async fn nobody_acts_without_a_mandate_that_gives_the_power() {
    let server = Server::start().await;
    let nobody = {
        let mut request =
            post().body(registration(10, "Belfaâ").to_string().into()).expect("a request");
        request.headers_mut().remove("tiwizi-acting");
        server.send(request).await.body
    };
    assert_eq!(nobody["errors"][0]["extensions"]["code"], "UNAUTHENTICATED", "{nobody}");
    let query = format!(
        "mutation {{ documentRegister(input: {{commandId: \"{}\", title: {{text: \"PV\"}}, \
         published: \"2024\"}}) {{ errors {{ code }} }} }}",
        CommandId::from_u128(10)
    );
    let powerless = server.post(&json!({"query": query})).await.body;
    let extensions = &powerless["errors"][0]["extensions"];
    assert_eq!(extensions["code"], "FORBIDDEN", "{powerless}");
    assert_eq!(extensions["reason"], "POWER_MISSING");
    assert!(extensions["traceId"].is_string());
}

#[tokio::test]
async fn the_past_is_answered_up_to_the_head_and_no_further() {
    let server = Server::start().await;
    let query = "/graphql?query=query(%24p:Position!)%7Bledger(asOf:%7Bposition:%24p%7D)\
                 %7Bposition%7D%7D&variables=";
    let known = server.get(&format!("{query}%7B%22p%22:2%7D")).await.body;
    assert_eq!(known["data"]["ledger"]["position"], 2, "{known}");
    let beyond = server.get(&format!("{query}%7B%22p%22:99%7D")).await.body;
    assert_eq!(beyond["errors"][0]["extensions"]["reason"], "POSITION_BEYOND_HEAD", "{beyond}");
}

#[tokio::test]
async fn a_mutation_is_not_taken_by_get() {
    let server = Server::start().await;
    let reply = server.get("/graphql?query=mutation%7B__typename%7D").await;
    assert_eq!(reply.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(reply.allow.as_deref(), Some("POST"));
    let put = Request::put("/graphql").body(Body::empty()).expect("a request");
    let reply = server.send(put).await;
    assert_eq!(reply.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(reply.allow.as_deref(), Some("GET, POST"));
}

#[tokio::test]
async fn the_named_operation_alone_is_executed() {
    let server = Server::start().await;
    let two = "/graphql?query=query+a%7B__typename%7Dmutation+b%7B__typename%7D&operationName=";
    assert_eq!(server.get(&format!("{two}a")).await.status, StatusCode::OK);
    assert_eq!(server.get(&format!("{two}b")).await.status, StatusCode::METHOD_NOT_ALLOWED);
    assert_eq!(server.get(&format!("{two}c")).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(server.get(two).await.status, StatusCode::METHOD_NOT_ALLOWED);
}

#[tokio::test]
async fn a_body_that_is_no_request_is_refused_with_a_reason() {
    let server = Server::start().await;
    for (body, reason) in [
        ("{", "JSON_INVALID"),
        ("[]", "BATCH_NOT_SUPPORTED"),
        ("{}", "QUERY_MISSING"),
        (r#"{"query": 1}"#, "QUERY_MISSING"),
        (r#"{"query": "{"}"#, "QUERY_UNREADABLE"),
        (r#"{"query": "{__typename}", "variables": []}"#, "PARAMETER_INVALID"),
        (r#"{"query": "{__typename}", "extensions": 1}"#, "PARAMETER_INVALID"),
        (r#"{"query": "{__typename}", "operationName": 1}"#, "PARAMETER_INVALID"),
    ] {
        let reply = server.send(post().body(body.into()).expect("a request")).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{body}");
        assert_eq!(reply.body["errors"][0]["extensions"]["reason"], reason, "{body}");
    }
    let unknown = server.post(&json!({"query": "{nothing}"})).await;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
    assert_eq!(unknown.body["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
    assert!(unknown.body.get("data").is_none(), "{}", unknown.body);
}

#[tokio::test]
async fn a_body_over_256_kilobytes_is_not_read() {
    let server = Server::start().await;
    let query = format!("{{__typename}}{}", " ".repeat(operation::BODY_BYTES_MAX));
    let reply = server.post(&json!({"query": query})).await;
    assert_eq!(reply.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[tokio::test]
async fn the_answer_has_the_media_type_that_the_caller_accepts() {
    let server = Server::start().await;
    for (accept, status, media) in [
        (GRAPHQL, StatusCode::OK, "application/graphql-response+json; charset=utf-8"),
        ("application/json", StatusCode::OK, "application/json; charset=utf-8"),
        ("*/*", StatusCode::OK, "application/json; charset=utf-8"),
        ("text/html", StatusCode::NOT_ACCEPTABLE, "application/json; charset=utf-8"),
    ] {
        let request = Request::get("/graphql?query=%7B__typename%7D").header(ACCEPT, accept);
        let reply = server.send(request.body(Body::empty()).expect("a request")).await;
        assert_eq!((reply.status, reply.media.as_str()), (status, media), "{accept}");
    }
}

#[tokio::test]
async fn a_form_of_another_site_reaches_nothing() {
    let server = Server::start().await;
    let body = registration(10, "Belfaâ").to_string();
    let send = |name: &str, value: &str| {
        let request = post().header(name, value).body(body.clone().into()).expect("a request");
        server.send(request)
    };
    let status = StatusCode::FORBIDDEN;
    assert_eq!(send("sec-fetch-site", "cross-site").await.status, status);
    assert_eq!(send(ORIGIN.as_str(), "https://evil.example").await.status, status);
    let mut plain = post().body(body.clone().into()).expect("a request");
    plain.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("text/plain"));
    assert_eq!(server.send(plain).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn a_query_too_deep_is_refused() {
    let server = Server::start().await;
    let deep = "{__schema{types".to_owned() + &"{ofType".repeat(0) + "{name}}}";
    assert_eq!(server.post(&json!({"query": deep})).await.status, StatusCode::OK);
    let levels = 16;
    let kind =
        "fields{type".to_owned() + &"{ofType".repeat(levels) + "{name}" + &"}".repeat(levels);
    let query = format!("{{__schema{{types{{{kind}}}}}}}}}");
    let reply = server.post(&json!({"query": query})).await;
    assert_eq!(
        reply.body["errors"][0]["extensions"]["code"], "QUERY_TOO_COMPLEX",
        "{}",
        reply.body
    );
}

#[tokio::test]
async fn the_server_says_that_it_lives_and_that_it_is_ready() {
    let server = Server::start().await;
    for path in ["/healthz", "/readyz", "/schema.graphql"] {
        assert_eq!(server.get(path).await.status, StatusCode::OK, "{path}");
    }
    let missing = server
        .send(
            Request::builder()
                .method(Method::GET)
                .uri("/nothing")
                .body(Body::empty())
                .expect("a request"),
        )
        .await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn every_answer_forbids_sniffing_and_framing() {
    let server = Server::start().await;
    let request = Request::get("/healthz").body(Body::empty()).expect("a request");
    let response = server.router.clone().oneshot(request).await.expect("an answer");
    assert_eq!(response.headers()[X_CONTENT_TYPE_OPTIONS], "nosniff");
    let policy = &response.headers()[CONTENT_SECURITY_POLICY];
    assert!(policy.to_str().is_ok_and(|it| it.contains("frame-ancestors 'none'")));
}

#[test]
fn a_panic_tells_the_caller_nothing_but_a_number() {
    let response = panicked(Box::new("the password is 1234"));
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
}
