//! What a request is answered, whatever it is written in.
use async_graphql::{ErrorExtensionValues, Response, ServerError};
use axum::http::StatusCode;
use serde::ser::SerializeStruct as _;
use serde::{Serialize, Serializer};

use super::Caller;
use crate::graphql::code::Code;
use crate::graphql::fault::Fault;
use crate::graphql::problem::Problem;
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
pub(super) struct Answer {
    pub(super) status: StatusCode,
    /// The methods that would have done.
    pub(super) allow: Option<&'static str>,
    /// After how many seconds the same may be asked again.
    pub(super) retry_after: Option<u32>,
    /// Whether everything that was asked has its answer.
    pub(super) is_whole: bool,
    /// None where it cannot be written, which is a defect.
    pub(super) json: Option<String>,
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
        let shown = Shown { executed, response };
        let json = match media {
            Media::Html => serde_json::to_string_pretty(&shown),
            Media::Json | Media::GraphQl | Media::Events => serde_json::to_string(&shown),
        };
        let is_whole = executed && response.errors.is_empty();
        Self { status, allow: None, retry_after: None, is_whole, json: json.ok() }
    }
}

struct Shown<'a> {
    executed: bool,
    response: &'a Response,
}

impl Serialize for Shown<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.executed {
            return self.response.serialize(serializer);
        }
        let mut answer = serializer.serialize_struct("Answer", 1)?;
        answer.serialize_field("errors", &self.response.errors)?;
        answer.end()
    }
}
