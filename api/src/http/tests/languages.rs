//! In which language a caller is told what went wrong, in JSON and in plain text.
use axum::http::header::{CACHE_CONTROL, CONTENT_LANGUAGE, VARY};

use super::*;

/// What is asked for, and the language that answers.
const ASKED: [(&str, Tongue); 5] = [
    ("ar-MA, ar;q=0.9, fr;q=0.5", Tongue::Ar),
    ("fr;q=0.5, ar;q=0.6", Tongue::Ar),
    ("ar;q=0.5, fr;q=0.6", Tongue::Fr),
    ("en-GB, ar;q=0.9", Tongue::En),
    ("pt-BR", Tongue::Fr),
];

fn in_language(body: &Value, language: &'static str) -> Request<Body> {
    let mut request = post().body(Body::from(body.to_string())).expect("a request");
    request.headers_mut().insert(ACCEPT_LANGUAGE, HeaderValue::from_static(language));
    request
}

#[tokio::test]
async fn a_refusal_and_an_error_are_told_in_the_language_asked_for() {
    let server = Server::start().await;
    let taken = registration(10, "Région");
    let asks = json!({"query": "{ actors(first: -1) { totalCount } }"});
    for (language, tongue) in ASKED {
        let refused = server.send(in_language(&taken, language)).await.body;
        let said = &refused["data"]["actorRegister"]["errors"][0]["message"];
        let details = json!({ "by": ACTOR }).as_object().cloned().expect("an object");
        assert_eq!(said, &json!(tongue.say("ACTOR_NAME_TAKEN", &details)), "{language}: {refused}");
        let wrong = server.send(in_language(&asks, language)).await.body;
        let details = json!({ "max": 100 }).as_object().cloned().expect("an object");
        let wanted = json!(tongue.say("PAGE_SIZE_INVALID", &details));
        assert_eq!(wrong["errors"][0]["message"], wanted, "{language}: {wrong}");
    }
    let arabic = server.send(in_language(&asks, "ar")).await.body;
    assert_eq!(
        arabic["errors"][0]["message"], "اطلبوا من 1 إلى \u{2068}100\u{2069} من العناصر",
        "{arabic}"
    );
}

/// The message of `code`, which has no placeholders.
fn plainly(tongue: Tongue, code: &str) -> String {
    tongue.say(code, &serde_json::Map::new())
}

/// Addresses that answer in plain text, each with its status and its code.
const NOWHERE: [(&str, u16, &str); 15] = [
    ("/log/nothing", 404, "NOT_FOUND"),
    ("/receipts/1/2", 404, "NOT_FOUND"),
    ("/log/tile/0/00", 404, "LOG_PATH_UNKNOWN"),
    ("/log/tile/%ff", 404, "LOG_PATH_UNKNOWN"),
    ("/log/tile/entries/000", 404, "LOG_NOT_PUBLISHED"),
    ("/log/proof/consistency", 400, "LOG_SIZES_INVALID"),
    ("/log/proof/consistency?from=1", 400, "LOG_SIZES_INVALID"),
    ("/log/proof/consistency?from=a&to=1", 400, "LOG_SIZES_INVALID"),
    ("/log/proof/consistency?from=1&to=999", 400, "LOG_SIZES_INVALID"),
    ("/receipts/x.tlog-proof", 404, "RECEIPT_PATH_UNKNOWN"),
    ("/receipts/%ff.cose", 404, "RECEIPT_PATH_UNKNOWN"),
    ("/receipts/999.cose", 404, "EVENT_NOT_PUBLISHED"),
    ("/log/time/1.txt", 404, "STAMP_PATH_UNKNOWN"),
    ("/log/time/1.checkpoint", 404, "STAMP_MISSING"),
    ("/log/time?first=-1", 400, "STAMPS_PAGE_INVALID"),
];

#[tokio::test]
async fn what_is_not_there_is_told_in_plain_text_in_the_language_asked_for() {
    let server = Server::start().await;
    for (path, status, code) in NOWHERE {
        for (language, tongue) in ASKED {
            let request = Request::get(path).header(ACCEPT_LANGUAGE, language);
            let request = request.body(Body::empty()).expect("a request");
            let response = server.router.clone().oneshot(request).await.expect("an answer");
            assert_eq!(response.status().as_u16(), status, "{path}");
            let header = |name| response.headers().get(name).and_then(|it| it.to_str().ok());
            assert_eq!(header(CONTENT_TYPE), Some("text/plain; charset=utf-8"), "{path}");
            assert_eq!(header(CONTENT_LANGUAGE), Some(tongue.tag()), "{path} {language}");
            assert_eq!(header(CACHE_CONTROL), Some("no-store"), "{path}");
            let varies = header(VARY).unwrap_or_default().to_owned();
            assert!(varies.contains("accept-language"), "{path}: {varies}");
            let body = to_bytes(response.into_body(), usize::MAX).await.expect("a body");
            let said = String::from_utf8(body.to_vec()).expect("it is text");
            let wanted = format!("{code}: {}\n", plainly(tongue, code));
            assert_eq!(said, wanted, "{path} {language}");
        }
    }
}

#[tokio::test]
async fn what_is_there_is_the_same_in_every_language() {
    let server = Server::start().await;
    for path in
        ["/log/tile/0/000.p/5", "/log/tile/entries/000.p/5", "/log/proof/consistency?from=1&to=5"]
    {
        let mut bodies = Vec::new();
        for language in ["ar", "fr", "en"] {
            let request = Request::get(path).header(ACCEPT_LANGUAGE, language);
            let request = request.body(Body::empty()).expect("a request");
            let response = server.router.clone().oneshot(request).await.expect("an answer");
            assert_eq!(response.status(), StatusCode::OK, "{path}");
            let cache = response.headers()[CACHE_CONTROL].to_str().expect("text").to_owned();
            assert!(cache.contains("immutable"), "{path}: {cache}");
            assert!(
                !response.headers().contains_key(VARY),
                "{path}: one entry of a cache is enough"
            );
            assert!(!response.headers().contains_key(CONTENT_LANGUAGE), "{path}");
            bodies.push(to_bytes(response.into_body(), usize::MAX).await.expect("a body"));
        }
        bodies.dedup();
        assert_eq!(bodies.len(), 1, "{path}");
    }
}

#[tokio::test]
async fn a_defect_below_the_log_is_told_with_the_number_to_report() {
    let trace = Uuid::from_u128(7);
    let response = plain::failed(Tongue::Ar, trace);
    assert_eq!(response.status(), StatusCode::INTERNAL_SERVER_ERROR);
    assert_eq!(response.headers()[CONTENT_LANGUAGE], "ar");
    let body = to_bytes(response.into_body(), usize::MAX).await.expect("a body");
    let said = String::from_utf8(body.to_vec()).expect("it is text");
    let message = plainly(Tongue::Ar, "INTERNAL");
    assert_eq!(said, format!("INTERNAL: {message} ({trace})\n"));
}
