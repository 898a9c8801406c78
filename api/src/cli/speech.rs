//! What the command line says when something fails, in the language of the person's terminal.
use std::process::ExitCode;

use infra::ledger::Error;
use serde_json::{Map, Value};

use super::FAILED;
use crate::languages::Tongue;

/// Says why on the error stream.
pub(super) fn failure(error: &anyhow::Error) -> ExitCode {
    let tongue = Tongue::of_terminal();
    match error.chain().find_map(|cause| cause.downcast_ref::<Error>()) {
        Some(known) => {
            let (code, details) = spoken(known);
            eprintln!("tiwizi: {}", tongue.say(code, &details));
            tracing::debug!(?error, "the command failed");
        }
        None => eprintln!("tiwizi: {error:#}"),
    }
    ExitCode::from(FAILED)
}

/// The message of a ledger's error, and what its placeholders hold.
pub(crate) fn spoken(error: &Error) -> (&'static str, Map<String, Value>) {
    let with = |name: &str, value: Value| Map::from_iter([(name.to_owned(), value)]);
    let path = |path: &std::path::Path| with("path", path.display().to_string().into());
    match error {
        Error::ReadOnlyPlace(it) => ("LEDGER_READ_ONLY_PLACE", path(it)),
        Error::Unopened { path: it, source } => {
            let mut details = path(it);
            details.insert("reason".to_owned(), source.to_string().into());
            ("LEDGER_UNOPENED", details)
        }
        Error::DiskFull => ("LEDGER_DISK_FULL", Map::new()),
        Error::DatabaseAway(_) => ("LEDGER_DATABASE_AWAY", Map::new()),
        Error::BadAddress => ("LEDGER_BAD_ADDRESS", Map::new()),
        Error::Damaged(what) => ("LEDGER_DAMAGED", with("what", what.clone().into())),
        Error::NewerSchema { found, known } | Error::OlderSchema { found, known } => {
            let mut details = with("found", (*found).into());
            details.insert("known".to_owned(), (*known).into());
            let newer = matches!(error, Error::NewerSchema { .. });
            (if newer { "LEDGER_NEWER_SCHEMA" } else { "LEDGER_OLDER_SCHEMA" }, details)
        }
        Error::NotALedger(place) => ("LEDGER_NOT_A_LEDGER", with("place", place.clone().into())),
        Error::InUse(it) => ("LEDGER_IN_USE", path(it)),
        Error::EventTooLarge { bytes } => ("LEDGER_EVENT_TOO_LARGE", with("bytes", (*bytes).into())),
        Error::Inexact(_) => ("LEDGER_INEXACT", Map::new()),
        Error::Unreadable(why) => ("LEDGER_UNREADABLE", with("why", why.to_string().into())),
        Error::NothingToRecord => ("LEDGER_NOTHING_TO_RECORD", Map::new()),
        Error::Contended => ("LEDGER_CONTENDED", Map::new()),
        Error::OutcomeUnknown => ("LEDGER_OUTCOME_UNKNOWN", Map::new()),
        Error::NotWritable => ("LEDGER_NOT_WRITABLE", Map::new()),
        Error::Sqlite(it) => ("LEDGER_SQLITE", with("why", it.to_string().into())),
        Error::Postgres(it) => ("LEDGER_POSTGRES", with("why", it.to_string().into())),
    }
}
