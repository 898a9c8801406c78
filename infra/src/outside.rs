//! What others on the network answer: logs, witnesses and time authorities, none of which is trusted.
use std::sync::LazyLock;
use std::time::Duration;

use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, RequestBuilder, StatusCode, redirect};

/// How long one answer may take, the connection included.
const TIMEOUT: Duration = Duration::from_secs(10);

static CLIENT: LazyLock<Client> = LazyLock::new(|| {
    // A second provider in one process would be an error; the first one is this one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = Client::builder().timeout(TIMEOUT).redirect(redirect::Policy::none());
    client.build().expect("a client with nothing but limits")
});

/// Why nobody answered, or with what cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum Unanswered {
    /// The address, the network or the other side.
    #[error("no answer: {0}")]
    Network(#[from] reqwest::Error),
    /// It said no.
    #[error("the answer is {status}: {words}")]
    Refused {
        /// Its status.
        status: StatusCode,
        /// The beginning of what it said.
        words: String,
    },
    /// It said too much.
    #[error("the answer is longer than {0} bytes")]
    TooLong(usize),
}

/// What is at `url`, `limit` bytes of it at most.
pub async fn get(url: &str, limit: usize) -> Result<Vec<u8>, Unanswered> {
    answer(CLIENT.get(url), limit).await
}

/// What `url` answers to `body`, `limit` bytes of it at most.
pub async fn post(
    url: &str,
    content_type: &str,
    body: Vec<u8>,
    limit: usize,
) -> Result<Vec<u8>, Unanswered> {
    answer(CLIENT.post(url).header(CONTENT_TYPE, content_type).body(body), limit).await
}

async fn answer(request: RequestBuilder, limit: usize) -> Result<Vec<u8>, Unanswered> {
    let mut response = request.send().await?;
    let status = response.status();
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if body.len() + chunk.len() > limit {
            return Err(Unanswered::TooLong(limit));
        }
        body.extend_from_slice(&chunk);
    }
    if status == StatusCode::OK {
        return Ok(body);
    }
    let words = String::from_utf8_lossy(&body).chars().take(200).collect();
    Err(Unanswered::Refused { status, words })
}
