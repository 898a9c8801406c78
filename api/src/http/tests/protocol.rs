//! What is taken and how it is answered, whatever it asks.
use axum::http::Method;
use axum::http::header::ORIGIN;

use super::*;

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
        ("text/html", StatusCode::OK, "text/html; charset=utf-8"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", StatusCode::OK, "text/html; charset=utf-8"),
        ("application/json, text/html", StatusCode::OK, "application/json; charset=utf-8"),
        ("text/plain", StatusCode::NOT_ACCEPTABLE, "application/json; charset=utf-8"),
    ] {
        let request = Request::get("/graphql?query=%7B__typename%7D").header(ACCEPT, accept);
        let reply = server.send(request.body(Body::empty()).expect("a request")).await;
        assert_eq!((reply.status, reply.media.as_str()), (status, media), "{accept}");
    }
    let mut form = post().body(r#"{"query": "{__typename}"}"#.into()).expect("a request");
    form.headers_mut().insert(ACCEPT, HeaderValue::from_static("text/html"));
    assert_eq!(
        server.send(form).await.status,
        StatusCode::NOT_ACCEPTABLE,
        "a page is got, not posted"
    );
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
