//! What is said in plain text: why there is no answer, in the caller's language, where no GraphQL is
//! spoken.
use axum::http::StatusCode;
use axum::http::header::{
    ACCEPT_LANGUAGE, CACHE_CONTROL, CONTENT_LANGUAGE, CONTENT_TYPE, HeaderMap, VARY,
};
use axum::response::{IntoResponse as _, Response};
use uuid::Uuid;

use crate::graphql::code::Code;
use crate::graphql::problem::Problem;
use crate::languages::Tongue;

pub(super) const TEXT: &str = "text/plain; charset=utf-8";

/// The language that the caller reads best.
pub(super) fn tongue(headers: &HeaderMap) -> Tongue {
    Tongue::accepted(headers.get(ACCEPT_LANGUAGE).and_then(|it| it.to_str().ok()))
}

/// Why there is no answer: a stable code, a colon, and a message for people.
pub(super) fn refused(tongue: Tongue, status: StatusCode, problem: &Problem) -> Response {
    said(tongue, status, format!("{}: {}\n", problem.code(), problem.said_in(tongue)))
}

/// A defect: the caller gets the number `trace` to report.
pub(super) fn failed(tongue: Tongue, trace: Uuid) -> Response {
    let problem = Problem::new(Code::Internal);
    let text = format!("{}: {} ({trace})\n", problem.code(), problem.said_in(tongue));
    said(tongue, StatusCode::INTERNAL_SERVER_ERROR, text)
}

/// What no route leads to.
pub(super) async fn nowhere(headers: HeaderMap) -> Response {
    refused(tongue(&headers), StatusCode::NOT_FOUND, &Problem::new(Code::NotFound))
}

/// Nobody keeps it: what is not there today can be there tomorrow.
fn said(tongue: Tongue, status: StatusCode, text: String) -> Response {
    let headers = [
        (CONTENT_TYPE, TEXT),
        (CONTENT_LANGUAGE, tongue.tag()),
        (CACHE_CONTROL, "no-store"),
        (VARY, ACCEPT_LANGUAGE.as_str()),
    ];
    (status, headers, text).into_response()
}
