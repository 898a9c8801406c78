//! Technical failures: what the caller is told of them, and what is kept for the log.
//!
//! A rule's refusal is not among them: it is data, see [`super::problem`].
use std::error::Error as _;
use std::fmt;

use async_graphql::{ErrorExtensionValues, Response, ServerError, Value};
use domain::aggregate::Refusal;
use domain::ids::CommandId;
use domain::permission::Denied;
use infra::ledger::Error;
use uuid::Uuid;

use super::code::Code;
use super::engine;
use super::problem::Problem;
use crate::app::NoPast;
use crate::languages::Tongue;
use crate::publication::ReadOnly;

/// After how many seconds it is worth asking again what only had to be asked later.
const RETRY_SECONDS: u32 = 5;

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
    /// What is asked is not to be had yet, and waiting may be all that it takes.
    #[error("the request came too early")]
    NotYet(Problem),
    /// The ledger cannot record or read now, for a reason that people can do something about.
    #[error("the ledger cannot answer now")]
    Unavailable(Code, #[source] Error),
    /// The ledger and what was published of it disagree: nothing is recorded.
    #[error("the ledger can only be read")]
    ReadOnly(ReadOnly),
    /// The operation asks for more than one may.
    #[error("the operation asks for too much")]
    TooComplex(Problem),
    /// The operation took too long.
    #[error("the operation took too long")]
    TimedOut,
    /// Something failed here. Its text goes to the log alone.
    #[error("something failed here")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Fault {
    /// Machinery that failed.
    pub fn internal(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(error.into())
    }

    /// Whoever acts may not.
    pub fn denied(denied: Denied) -> Self {
        let problem = Problem::from(Refusal::from(denied));
        match denied {
            Denied::NoMandate => Self::Unauthenticated(problem),
            _ => Self::Forbidden(problem),
        }
    }

    /// The ledger failed. What people can do something about is told; the rest is internal.
    pub fn ledger(error: Error) -> Self {
        match error {
            Error::Contended => Self::Conflict,
            Error::EventTooLarge { bytes } => {
                Self::BadUserInput(Problem::new(Code::LedgerEventTooLarge).with("bytes", bytes))
            }
            Error::NothingToRecord => Self::BadUserInput(Problem::new(Code::LedgerNothingToRecord)),
            Error::DiskFull => Self::Unavailable(Code::LedgerDiskFull, error),
            Error::DatabaseAway(_) => Self::Unavailable(Code::LedgerDatabaseAway, error),
            Error::OutcomeUnknown => Self::Unavailable(Code::LedgerOutcomeUnknown, error),
            Error::NotWritable => Self::Unavailable(Code::LedgerNotWritable, error),
            other => Self::internal(other),
        }
    }

    /// A question about the past has no answer.
    pub fn past(error: NoPast) -> Self {
        match error {
            NoPast::BeyondHead { head } => Self::BadUserInput(
                Problem::new(Code::PositionBeyondHead).with("head", head.0).at("asOf"),
            ),
            NoPast::Busy => Self::RateLimited,
            NoPast::Ledger(error) => Self::ledger(error),
        }
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
            Self::TooComplex(_) => "QUERY_TOO_COMPLEX",
            Self::NotYet(_) | Self::Unavailable(..) | Self::TimedOut => "UNAVAILABLE",
            Self::ReadOnly(_) => "READ_ONLY",
            Self::Internal(_) => "INTERNAL",
        }
    }

    /// After how many seconds the caller may ask the same again, where nothing but time has to pass.
    pub fn retry_after(&self) -> Option<u32> {
        matches!(self, Self::NotYet(_) | Self::RateLimited).then_some(RETRY_SECONDS)
    }

    /// What the caller is told, and the more precise code that it was read from.
    pub fn problem(&self) -> Problem {
        match self {
            Self::Unauthenticated(problem)
            | Self::Forbidden(problem)
            | Self::BadUserInput(problem)
            | Self::TooComplex(problem)
            | Self::NotYet(problem)
            | Self::NotFound(problem) => problem.clone(),
            Self::IdempotencyMismatch(command) => {
                Problem::new(Code::IdempotencyMismatch).with("command", command.to_string())
            }
            Self::Unavailable(reason, _) => Problem::new(*reason),
            Self::ReadOnly(why) => why.problem(),
            Self::Conflict => Problem::new(Code::Conflict),
            Self::RateLimited => Problem::new(Code::RateLimited),
            Self::TimedOut => Problem::new(Code::TimedOut),
            Self::Internal(_) => Problem::new(Code::Internal),
        }
    }
}

/// Gives every error of `response` its code, its message in `tongue` and the request's trace id,
/// and logs the internal ones, once. No text goes out that is not one of ours.
pub fn finish(mut response: Response, tongue: Tongue, trace: Uuid) -> Response {
    for error in &mut response.errors {
        let mut extensions = ErrorExtensionValues::default();
        let (code, problem) = match error.source::<Fault>() {
            Some(fault) => {
                if matches!(fault, Fault::Internal(_) | Fault::Unavailable(..)) {
                    tracing::error!(%trace, error = %Chain(fault), "a request failed");
                }
                (fault.code(), fault.problem())
            }
            None => raised(error, &mut extensions, trace),
        };
        extensions.set("code", code);
        extensions.set("reason", problem.code());
        if let Some(field) = problem.field_name() {
            extensions.set("field", field);
        }
        extensions.set("traceId", trace.to_string());
        error.message = problem.said_in(tongue);
        error.extensions = Some(extensions);
    }
    response
}

/// The code and the problem of an error that the GraphQL engine raised.
fn raised(
    error: &ServerError,
    extensions: &mut ErrorExtensionValues,
    trace: Uuid,
) -> (&'static str, Problem) {
    let bad = "BAD_USER_INPUT";
    match engine::told(error) {
        Some(told) => {
            if !told.suggestions.is_empty() {
                let all = told.suggestions.into_iter().map(Value::String).collect();
                extensions.set("suggestions", Value::List(all));
            }
            (bad, told.problem)
        }
        None if error.path.is_empty() => (bad, Problem::new(Code::QueryInvalid)),
        None => {
            tracing::error!(%trace, error = %error.message, "the engine failed");
            (Code::Internal.as_str(), Problem::new(Code::Internal))
        }
    }
}

/// An error with its causes, on one line.
struct Chain<'a>(&'a Fault);

impl fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)?;
        let mut next = self.0.source();
        while let Some(cause) = next {
            write!(f, ": {cause}")?;
            next = cause.source();
        }
        Ok(())
    }
}
