//! What is asked again: answers that the caller holds, documents that were read before, and answers that are
//! compressed on their way.
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, ETAG, IF_NONE_MATCH, VARY,
};
use sha2::{Digest as _, Sha256};

use super::*;

const NAME: &str = "/graphql?query=%7Bledger%7Bname%7D%7D";
const POSITION: &str = "/graphql?query=%7Bledger%7Bposition%7D%7D";

impl Server {
    /// A GET with one more header, and everything that comes back.
    async fn fetch(&self, path: &str, name: HeaderName, value: &str) -> Response {
        let request = Request::get(path).header(ACCEPT, GRAPHQL).header(name, value);
        let request = request.body(Body::empty()).expect("a request");
        self.router.clone().oneshot(request).await.expect("an answer")
    }

    /// What `POST` with these parameters is refused with: its status, code and message.
    async fn refusal(&self, params: &Value) -> (u16, Value, Value) {
        let reply = self.post(params).await;
        let error = &reply.body["errors"][0];
        let code = &error["extensions"]["reason"];
        (reply.status.as_u16(), code.clone(), error["message"].clone())
    }
}

fn header(response: &Response, name: HeaderName) -> Option<&str> {
    response.headers().get(name).map(|it| it.to_str().expect("text"))
}

fn named(query: &str) -> Value {
    json!({"persistedQuery": {"version": 1, "sha256Hash": hex::encode(Sha256::digest(query))}})
}

#[tokio::test]
async fn an_answer_that_the_caller_holds_is_not_sent_again() {
    let server = Server::start().await;
    let first = server.fetch(POSITION, ACCEPT_LANGUAGE, "fr").await;
    let tag = header(&first, ETAG).expect("it has a tag").to_owned();
    assert_eq!(header(&first, CACHE_CONTROL), Some("no-cache"));
    let varies = "Accept, Accept-Language, Accept-Encoding, Tiwizi-Acting";
    assert_eq!(header(&first, VARY), Some(varies));
    let held = server.fetch(POSITION, IF_NONE_MATCH, &tag).await;
    assert_eq!(held.status(), StatusCode::NOT_MODIFIED);
    let headers = [ETAG, CACHE_CONTROL, VARY].map(|it| header(&held, it).map(str::to_owned));
    let wanted = [tag.as_str(), "no-cache", varies].map(|it| Some(it.to_owned()));
    assert_eq!(headers, wanted);
    let body = to_bytes(held.into_body(), usize::MAX).await.expect("a body");
    assert!(body.is_empty(), "the caller has it");
    let other = server.fetch(POSITION, IF_NONE_MATCH, "W/\"another\"").await;
    assert_eq!(other.status(), StatusCode::OK);
    server.register(10, "Belfaâ").await;
    let later = server.fetch(POSITION, IF_NONE_MATCH, &tag).await;
    assert_eq!(later.status(), StatusCode::OK, "the ledger grew");
    assert_ne!(header(&later, ETAG), Some(tag.as_str()));
}

#[tokio::test]
async fn an_answer_with_an_error_and_one_to_a_post_have_no_tag() {
    let server = Server::start().await;
    let beyond = "/graphql?query=%7Bledger(asOf:%7Bposition:999%7D)%7Bname%7D%7D";
    for path in [beyond, "/graphql?query=%7Bnothing%7D", "/graphql?query=mutation%7B__typename%7D"]
    {
        let failed = server.fetch(path, IF_NONE_MATCH, "*").await;
        assert_ne!(failed.status(), StatusCode::NOT_MODIFIED, "{path}");
        assert_eq!(header(&failed, ETAG), None, "{path}");
        assert_eq!(header(&failed, CACHE_CONTROL), Some("no-store"), "{path}");
    }
    for body in [registration(11, "Massa"), json!({"query": "{ledger{name}}"})] {
        let request = post().header(IF_NONE_MATCH, "*").body(Body::from(body.to_string()));
        let request = request.expect("a request");
        let response = server.router.clone().oneshot(request).await.expect("an answer");
        assert_eq!(response.status(), StatusCode::OK, "{body}");
        assert_eq!(header(&response, ETAG), None, "{body}");
    }
}

#[tokio::test]
async fn a_long_answer_is_compressed_where_the_caller_takes_it() {
    let server = Server::start().await;
    let long = server.fetch("/schema.graphql", ACCEPT_ENCODING, "gzip, br").await;
    assert_eq!(header(&long, CONTENT_ENCODING), Some("gzip"));
    let body = to_bytes(long.into_body(), usize::MAX).await.expect("a body");
    assert_eq!(body[..2], [0x1f, 0x8b], "gzip begins so");
    assert!(body.len() < graphql::sdl().len() / 3, "{} bytes", body.len());
    for (path, encoding) in
        [("/schema.graphql", "identity"), ("/schema.graphql", "gzip;q=0"), (NAME, "gzip")]
    {
        let plain = server.fetch(path, ACCEPT_ENCODING, encoding).await;
        assert_eq!(plain.status(), StatusCode::OK);
        assert_eq!(header(&plain, CONTENT_ENCODING), None, "{path} {encoding}");
    }
}

#[test]
fn an_event_stream_and_hashes_are_not_compressed() {
    let compressed = |media: &'static str, bytes: usize| {
        let mut response = Response::new(Body::from(vec![b' '; bytes]));
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(media));
        worth_compressing().should_compress(&response)
    };
    assert!(compressed("application/json", 1_024));
    assert!(!compressed("application/json", 1_023));
    assert!(!compressed("text/event-stream", 10_000));
    assert!(!compressed("application/octet-stream", 10_000));
}

#[tokio::test]
async fn a_document_asked_twice_is_parsed_once() {
    let server = Server::start().await;
    let query = "query($first: Int) { actors(first: $first) { totalCount } }";
    let ask = |first: Value| json!({"query": query, "variables": {"first": first}});
    let first = server.post(&ask(1.into())).await;
    assert_eq!(server.door.documents.count(), 1, "{}", first.body);
    assert_eq!(server.post(&ask(1.into())).await.body, first.body);
    let wrong = server.post(&ask("many".into())).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST, "{}", wrong.body);
    assert_eq!(server.door.documents.count(), 1, "the document is the same");
    server.post(&json!({"query": "{"})).await;
    assert_eq!(server.door.documents.count(), 1, "what does not parse is not kept");
}

#[tokio::test]
async fn a_document_is_named_by_its_digest_once_its_text_was_sent() {
    let server = Server::start().await;
    let query = "{ledger{name}}";
    let by_name = json!({"extensions": named(query)});
    let (status, code, message) = server.refusal(&by_name).await;
    assert_eq!(
        (status, code, message),
        (400, json!("PERSISTED_QUERY_NOT_FOUND"), json!("PersistedQueryNotFound"))
    );
    let answer = server.post(&json!({"query": query, "extensions": named(query)})).await.body;
    assert_eq!(answer["data"]["ledger"]["name"], "Essai");
    assert_eq!(server.post(&by_name).await.body, answer);
    let extensions =
        named(query).to_string().replace('"', "%22").replace('{', "%7B").replace('}', "%7D");
    let got = server.get(&format!("/graphql?extensions={extensions}")).await;
    assert_eq!((got.status, got.body), (StatusCode::OK, answer));
}

#[tokio::test]
async fn a_digest_that_is_not_the_documents_is_refused() {
    let server = Server::start().await;
    let wrong = json!({"query": "{ledger{name}}", "extensions": named("{ledger{root}}")});
    assert_eq!(server.refusal(&wrong).await.1, "PERSISTED_QUERY_MISMATCH");
    assert_eq!(server.refusal(&json!({"extensions": named("{ledger{root}}")})).await.0, 400);
    let hash = "0".repeat(64);
    for named in [
        json!({"version": 2, "sha256Hash": hash}),
        json!({"version": 1, "sha256Hash": &hash[1..]}),
        json!({"version": 1, "sha256Hash": 1}),
        json!({"version": 1}),
        json!(1),
    ] {
        let params = json!({"query": "{__typename}", "extensions": {"persistedQuery": named}});
        assert_eq!(server.refusal(&params).await.1, "PERSISTED_QUERY_INVALID", "{params}");
    }
}

#[tokio::test]
async fn a_mutation_named_by_its_digest_is_not_taken_by_get() {
    let server = Server::start().await;
    let query = "mutation{__typename}";
    assert_eq!(server.post(&json!({"query": query})).await.status, StatusCode::OK);
    let extensions =
        named(query).to_string().replace('"', "%22").replace('{', "%7B").replace('}', "%7D");
    let got = server.get(&format!("/graphql?extensions={extensions}")).await;
    assert_eq!(got.status, StatusCode::METHOD_NOT_ALLOWED);
}
