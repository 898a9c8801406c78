//! Technical failures: what the caller is told of them, and what is kept for the log.
//!
//! A rule's refusal is not among them: it is data, see [`super::problem`].
use async_graphql::{ErrorExtensionValues, Response, ServerError};
use domain::ids::CommandId;
use uuid::Uuid;

use super::problem::Problem;
use crate::languages::Tongue;

/// Why a request, or a field of it, has no answer.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// Nobody is named for whom the request acts.
    #[error("the request acts for nobody")]
    Unauthenticated(Problem),
    /// The one that it acts for may not do this.
    #[error("the request is not allowed")]
    Forbidden(Problem),
    /// An argument cannot be read, or asks for what cannot be.
    #[error("an argument cannot be taken")]
    BadUserInput(Problem),
    /// What it names is not there.
    #[error("what the request names is not there")]
    NotFound(Problem),
    /// Others moved what the command reads, again and again.
    #[error("others changed the same things meanwhile")]
    Conflict,
    /// A command id stands for another command already.
    #[error("the command id {0} was used before, for another command")]
    IdempotencyMismatch(CommandId),
    /// More is asked at once than one process answers.
    #[error("too much is asked at once")]
    RateLimited,
    /// Something failed here. Its text goes to the log alone.
    #[error("{0}")]
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

impl Fault {
    /// Machinery that failed.
    pub fn internal(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(error.into())
    }

    /// Stable, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unauthenticated(_) => "UNAUTHENTICATED",
            Self::Forbidden(_) => "FORBIDDEN",
            Self::BadUserInput(_) => "BAD_USER_INPUT",
            Self::NotFound(_) => "NOT_FOUND",
            Self::Conflict => "CONFLICT",
            Self::IdempotencyMismatch(_) => "IDEMPOTENCY_MISMATCH",
            Self::RateLimited => "RATE_LIMITED",
            Self::Internal(_) => "INTERNAL",
        }
    }

    /// What the caller is told, and the more precise code that it was read from.
    fn problem(&self) -> Problem {
        match self {
            Self::Unauthenticated(problem)
            | Self::Forbidden(problem)
            | Self::BadUserInput(problem)
            | Self::NotFound(problem) => problem.clone(),
            Self::IdempotencyMismatch(command) => {
                Problem::new(self.code()).with("command", command.to_string())
            }
            Self::Conflict | Self::RateLimited | Self::Internal(_) => Problem::new(self.code()),
        }
    }
}

/// Gives every error of `response` its code, its message in `tongue` and the request's trace id,
/// and logs the internal ones, once.
pub fn finish(mut response: Response, tongue: Tongue, trace: Uuid) -> Response {
    for error in &mut response.errors {
        let mut extensions = ErrorExtensionValues::default();
        match error.source::<Fault>() {
            Some(fault) => {
                if let Fault::Internal(inner) = fault {
                    tracing::error!(%trace, error = %inner, "a request failed");
                }
                let problem = fault.problem();
                extensions.set("code", fault.code());
                extensions.set("reason", problem.code());
                if let Some(field) = problem.field_name() {
                    extensions.set("field", field);
                }
                error.message = problem.said_in(tongue);
            }
            None => extensions.set("code", code_of(error)),
        }
        extensions.set("traceId", trace.to_string());
        error.extensions = Some(extensions);
    }
    response
}

/// The code of an error that the GraphQL engine raised.
fn code_of(error: &ServerError) -> &'static str {
    match error.message.as_str() {
        "Query is too complex." | "Query is nested too deep." => "QUERY_TOO_COMPLEX",
        _ => "BAD_USER_INPUT",
    }
}
