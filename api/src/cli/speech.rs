//! What the command line says when something fails: in the language of the person's terminal.
use std::process::ExitCode;

use super::FAILED;

/// Says why on the error stream.
pub(super) fn failure(error: &anyhow::Error) -> ExitCode {
    todo!()
}
