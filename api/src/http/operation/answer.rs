//! What a request is answered, whatever it is written in.
use std::io;

use async_graphql::{ErrorExtensionValues, Response, ServerError, Value};
use axum::http::StatusCode;

use super::Caller;
use crate::graphql::code::Code;
use crate::graphql::fault::Fault;
use crate::graphql::problem::Problem;
use crate::graphql::written::write;
use crate::http::negotiate::Media;

/// Why a request is not executed: its status, its fault, and the methods that would do instead.
pub(in crate::http) struct Unfit {
    status: StatusCode,
    fault: Fault,
    allow: Option<&'static str>,
}

impl Unfit {
    pub(in crate::http) fn new(status: StatusCode, code: Code) -> Self {
        Self::of(status, Fault::BadUserInput(Problem::new(code)))
    }

    pub(in crate::http) fn of(status: StatusCode, fault: Fault) -> Self {
        Self { status, fault, allow: None }
    }

    pub(in crate::http) fn bad(code: Code) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code)
    }

    pub(super) fn method(code: Code, allow: &'static str) -> Self {
        Self { allow: Some(allow), ..Self::new(StatusCode::METHOD_NOT_ALLOWED, code) }
    }

    /// What the caller is told.
    pub(super) fn answer(&self, caller: Caller) -> Answer {
        let problem = self.fault.problem();
        let code = match problem.code() {
            // Clients of persisted queries look for this one.
            code @ "PERSISTED_QUERY_NOT_FOUND" => code,
            _ => self.fault.code(),
        };
        let mut extensions = ErrorExtensionValues::default();
        extensions.set("code", code);
        extensions.set("reason", problem.code());
        extensions.set("traceId", caller.trace.to_string());
        let mut error = ServerError::new(problem.said_in(caller.tongue), None);
        error.extensions = Some(extensions);
        let response = Response::from_errors(vec![error]);
        Answer {
            allow: self.allow,
            retry_after: self.fault.retry_after(),
            ..Answer::of(self.status, caller.media, false, &response)
        }
    }
}

/// What a request is answered.
pub(in crate::http) struct Answer {
    pub(super) status: StatusCode,
    /// The methods that would have done.
    pub(super) allow: Option<&'static str>,
    /// After how many seconds the same may be asked again.
    pub(super) retry_after: Option<u32>,
    /// Whether everything that was asked has its answer.
    pub(super) is_whole: bool,
    /// None where it cannot be written, which is a defect.
    pub(in crate::http) json: Option<String>,
}

impl Answer {
    /// `response` for whoever accepts `media`. Where nothing was executed, there is no `data`, not even
    /// null (GraphQL, §7.1).
    pub(super) fn of(
        status: StatusCode,
        media: Media,
        executed: bool,
        response: &Response,
    ) -> Self {
        let json = written(executed, response).ok();
        let json = match media {
            Media::Html => json.and_then(|it| indented(&it).ok()),
            Media::Json | Media::GraphQl | Media::Events => json,
        };
        let json = json.and_then(|it| String::from_utf8(it).ok());
        let is_whole = executed && response.errors.is_empty();
        Self { status, allow: None, retry_after: None, is_whole, json }
    }
}

/// `response`, whose data may hold text. What was not executed has its errors alone.
fn written(executed: bool, response: &Response) -> io::Result<Vec<u8>> {
    let mut json = vec![b'{'];
    if executed {
        json.extend_from_slice(br#""data":"#);
        write(&mut json, &response.data)?;
        if !response.extensions.is_empty() {
            json.extend_from_slice(br#","extensions":"#);
            serde_json::to_writer(&mut json, &response.extensions)?;
        }
    }
    if !response.errors.is_empty() {
        json.extend_from_slice(if executed {
            br#","errors":"#.as_slice()
        } else {
            br#""errors":"#
        });
        serde_json::to_writer(&mut json, &response.errors)?;
    }
    json.push(b'}');
    Ok(json)
}

/// The same `json` for a person.
fn indented(json: &[u8]) -> serde_json::Result<Vec<u8>> {
    serde_json::to_vec_pretty(&serde_json::from_slice::<Value>(json)?)
}
