//! What others on the network answer: logs, witnesses and time authorities, none of which is trusted.
use std::sync::LazyLock;
use std::time::Duration;

pub use reqwest::StatusCode;
use reqwest::header::CONTENT_TYPE;
use reqwest::{Client, RequestBuilder, Url, redirect};

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

/// Whether somebody can be asked at `text`: an http(s) address without a user, a password or a query, so
/// that messages may show it.
pub fn is_address(text: &str) -> bool {
    let Ok(url) = Url::parse(text) else { return false };
    let plain = url.username().is_empty() && url.password().is_none();
    let bare = url.query().is_none() && url.fragment().is_none();
    plain && bare && ["http", "https"].contains(&url.scheme())
}

/// What somebody answered.
#[derive(Debug)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// What it says that its body is.
    pub content_type: Option<String>,
    /// Its body.
    pub body: Vec<u8>,
}

impl Answer {
    /// That it says no, with the beginning of its words in one line.
    pub fn refused(&self) -> Unanswered {
        let words = String::from_utf8_lossy(&self.body);
        let words = words.chars().take(200).flat_map(char::escape_debug).collect();
        Unanswered::Refused { status: self.status, words }
    }

    /// Whether it says that its body is a `media`.
    pub fn is(&self, media: &str) -> bool {
        let said = self.content_type.as_deref().and_then(|it| it.split(';').next());
        said.is_some_and(|it| it.trim().eq_ignore_ascii_case(media))
    }
}

/// What is at `url`, `limit` bytes of it at most.
pub async fn get(url: &str, limit: usize) -> Result<Vec<u8>, Unanswered> {
    let answer = answer(CLIENT.get(url), limit).await?;
    if answer.status == StatusCode::OK { Ok(answer.body) } else { Err(answer.refused()) }
}

/// What `url` answers to `body`, whether it says yes or no; `limit` bytes of it at most.
pub async fn post(
    url: &str,
    content_type: &str,
    body: Vec<u8>,
    limit: usize,
) -> Result<Answer, Unanswered> {
    answer(CLIENT.post(url).header(CONTENT_TYPE, content_type).body(body), limit).await
}

async fn answer(request: RequestBuilder, limit: usize) -> Result<Answer, Unanswered> {
    let mut response = request.send().await?;
    let status = response.status();
    let content_type = response.headers().get(CONTENT_TYPE);
    let content_type = content_type.and_then(|it| Some(it.to_str().ok()?.to_owned()));
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if body.len() + chunk.len() > limit {
            return Err(Unanswered::TooLong(limit));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Answer { status, content_type, body })
}
