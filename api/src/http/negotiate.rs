//! Which media type an answer has, and which a request may have (GraphQL over HTTP, §6).
use axum::http::header::{ACCEPT, CONTENT_TYPE};
use axum::http::{HeaderMap, Method};

/// The media type of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// `application/graphql-response+json`: the status tells a request that was not executed.
    GraphQl,
    /// `application/json`: 200 for every request that is well formed.
    Json,
    /// `text/event-stream`: one answer after the other.
    Events,
    /// `text/html`: a page for people, where GET alone is answered.
    Html,
}

impl Media {
    /// The header's value for an answer in one piece: what refuses a stream is JSON.
    pub fn text(self) -> &'static str {
        match self {
            Self::GraphQl => "application/graphql-response+json; charset=utf-8",
            Self::Json | Self::Events => "application/json; charset=utf-8",
            Self::Html => "text/html; charset=utf-8",
        }
    }

    /// The first that the caller accepts, JSON where it does not say; `None` where it accepts
    /// none. A client that accepts anything gets JSON.
    pub fn accepted(method: &Method, headers: &HeaderMap) -> Option<Self> {
        let Some(accept) = headers.get(ACCEPT) else {
            return Some(Self::Json);
        };
        accept.to_str().ok()?.split(',').find_map(|range| match essence(range).as_str() {
            "application/graphql-response+json" => Some(Self::GraphQl),
            "text/event-stream" => Some(Self::Events),
            "application/json" | "application/*" | "*/*" => Some(Self::Json),
            "text/html" if method == Method::GET => Some(Self::Html),
            _ => None,
        })
    }
}

/// Whether the body is said to be JSON. Anything that a form can send is not: a page of another
/// site could send it without being asked first.
pub fn is_json(headers: &HeaderMap) -> bool {
    let sent = headers.get(CONTENT_TYPE).and_then(|it| it.to_str().ok());
    sent.is_some_and(|it| essence(it) == "application/json")
}

/// A media type without its parameters, in lower case.
fn essence(text: &str) -> String {
    text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}
