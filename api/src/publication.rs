//! Whether the ledger's log is published, or why the ledger can only be read.
use infra::log::{Error, Vouched};
use strum::{IntoStaticStr, VariantNames};

use crate::graphql::code::Code;
use crate::graphql::problem::Problem;

/// The published log, or why nothing is signed and nothing recorded.
pub type Publication = Result<Vouched, ReadOnly>;

/// How the ledger and what was published of it disagree. More of either would be worth nothing: the
/// ledger is read, and its operator decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "snake_case")]
pub enum ReadOnly {
    /// It ends before what was published.
    LogBehind,
    /// It begins otherwise than what was published.
    LogRewritten,
    /// No key of the log signed what is kept as published last.
    LogAnchorUnproven,
    /// The keys are of another log.
    LogKeyOfAnotherLog,
}

impl ReadOnly {
    /// The disagreement that `error` speaks of; none where something else went wrong.
    pub fn of(error: &Error) -> Option<Self> {
        match error {
            Error::Behind { .. } => Some(Self::LogBehind),
            Error::Rewritten { .. } => Some(Self::LogRewritten),
            Error::AnchorUnproven { .. } => Some(Self::LogAnchorUnproven),
            Error::KeyOfAnotherLog { .. } => Some(Self::LogKeyOfAnotherLog),
            Error::Ledger(_)
            | Error::File { .. }
            | Error::InUse(_)
            | Error::KeyReadableByOthers(_)
            | Error::NoKey(_) => None,
        }
    }

    /// What a caller is told. It names no file of the server.
    pub(crate) fn problem(self) -> Problem {
        Problem::new(Code::ReadOnly).with("refused", <&str>::from(self))
    }
}
