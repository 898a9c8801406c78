//! The published log as others fetch it.
use axum::http::header::CACHE_CONTROL;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use infra::log::verifiers;
use infra::transparency::checkpoint::Checkpoint;
use infra::transparency::proof::is_consistent;
use infra::transparency::receipt::{Receipt, verified};

use super::*;

/// An answer as it is.
struct Fetched {
    status: StatusCode,
    media: String,
    cache: String,
    body: Vec<u8>,
}

async fn fetch(server: &Server, path: &str) -> Fetched {
    let request = Request::get(path).body(Body::empty()).expect("a request");
    let response = server.router.clone().oneshot(request).await.expect("an answer");
    let header =
        |name| response.headers().get(name).and_then(|it| it.to_str().ok()).map(str::to_owned);
    let (media, cache) = (header(CONTENT_TYPE), header(CACHE_CONTROL));
    let status = response.status();
    let body = to_bytes(response.into_body(), usize::MAX).await.expect("a body").to_vec();
    Fetched { status, media: media.unwrap_or_default(), cache: cache.unwrap_or_default(), body }
}

/// The checkpoint, checked with the keys that the server gives, once it speaks of `size` entries.
async fn checkpoint(server: &Server, size: u64) -> Checkpoint {
    let keys = String::from_utf8(fetch(server, "/log/key").await.body).expect("text");
    let keys: Vec<_> = keys.lines().map(str::to_owned).collect();
    let trusted = verifiers(&keys).expect("keys");
    loop {
        let note = fetch(server, "/log/checkpoint").await;
        assert_eq!(note.media, "text/plain; charset=utf-8");
        let checkpoint = verified(&note.body, &trusted).expect("it is signed");
        if checkpoint.size >= size {
            return checkpoint;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

#[tokio::test]
async fn a_registration_is_proven_to_somebody_who_has_the_key_alone() {
    let server = Server::start().await;
    let before = checkpoint(&server, 1).await;
    let reply = server.register(77, "Association Anaruz").await.body;
    let position = reply["data"]["actorRegister"]["receipt"]["lastPosition"].as_u64();
    let position = position.expect("a position");
    let after = checkpoint(&server, position).await;
    assert_eq!(after.origin, ORIGIN);

    let file = fetch(&server, &format!("/receipts/{position}.tlog-proof")).await;
    assert_eq!((file.status, file.media.as_str()), (StatusCode::OK, "text/plain; charset=utf-8"));
    let keys = String::from_utf8(fetch(&server, "/log/key").await.body).expect("text");
    let trusted = verifiers(&[keys.trim_end().to_owned()]).expect("keys");
    let receipt = Receipt::read(&file.body).expect("a receipt");
    receipt.check(None, ORIGIN, &trusted).expect("it proves");
    let entry = String::from_utf8(receipt.entry.expect("the event")).expect("text");
    assert!(entry.contains("Association Anaruz"));

    let path = format!("/log/proof/consistency?from={}&to={}", before.size, after.size);
    let told: Value = serde_json::from_slice(&fetch(&server, &path).await.body).expect("JSON");
    let hash = |it: &Value| BASE64.decode(it.as_str()?).ok()?.try_into().ok();
    let proof = told["proof"].as_array().expect("hashes").iter();
    let proof: Vec<_> = proof.map(|it| hash(it).expect("a hash")).collect();
    assert!(is_consistent((before.size, before.root), (after.size, after.root), &proof));
}

#[tokio::test]
async fn what_never_changes_may_be_kept_for_ever_and_nothing_else() {
    let server = Server::start().await;
    let size = checkpoint(&server, 1).await.size;
    for path in [format!("/log/tile/0/000.p/{size}"), format!("/log/tile/entries/000.p/{size}")] {
        let tile = fetch(&server, &path).await;
        assert_eq!(
            (tile.status, tile.media.as_str()),
            (StatusCode::OK, "application/octet-stream")
        );
        assert!(tile.cache.contains("immutable"), "{path}: {}", tile.cache);
    }
    assert!(!fetch(&server, "/log/checkpoint").await.cache.contains("immutable"));
    let beyond = ["/log/tile/0/000", "/log/tile/0/00", "/log/tile/entries/x/../000.p/1"];
    let unknown = [
        "/receipts/999.tlog-proof",
        "/receipts/0.tlog-proof",
        "/receipts/1",
        "/receipts/x.tlog-proof",
    ];
    for path in beyond.into_iter().chain(unknown) {
        let answer = fetch(&server, path).await;
        assert_eq!(
            (answer.status, answer.cache.as_str()),
            (StatusCode::NOT_FOUND, "no-store"),
            "{path}"
        );
    }
    for wrong in ["from=0&to=1", "from=2&to=1", "from=1&to=999", "from=a&to=1", "from=1"] {
        let answer = fetch(&server, &format!("/log/proof/consistency?{wrong}")).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{wrong}");
    }
}
