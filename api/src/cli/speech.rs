//! What the command line says when something is wrong, in the language of the person's terminal.
use std::process::ExitCode;

use infra::audit::{Difference, Finding};
use infra::exchange::ExchangeError;
use infra::ledger::{Error, SubmitError};
use infra::log::witness::{BadPolicy, WITNESSES_MAX};
use infra::transparency::receipt::Unproven;
use serde_json::{Map, Value};

use super::FAILED;
use crate::languages::Tongue;

/// The values of a message's placeholders.
pub(super) fn details<const N: usize>(pairs: [(&str, Value); N]) -> Map<String, Value> {
    pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
}

/// A message in the language of the person's terminal.
pub(super) fn told<const N: usize>(code: &str, pairs: [(&str, Value); N]) -> String {
    Tongue::of_terminal().say(code, &details(pairs))
}

/// Says why on the error stream.
pub(super) fn failure(error: &anyhow::Error) -> ExitCode {
    let tongue = Tongue::of_terminal();
    match error.chain().find_map(|cause| known(tongue, cause)) {
        Some(words) => eprintln!("tiwizi: {words}"),
        None => eprintln!("tiwizi: {error:#}"),
    }
    ExitCode::from(FAILED)
}

/// The message of an error that has one in every language.
fn known(tongue: Tongue, cause: &(dyn std::error::Error + 'static)) -> Option<String> {
    let of_ledger = |error| {
        let (code, words) = spoken(error);
        tongue.say(code, &words)
    };
    if let Some(error) = cause.downcast_ref::<Error>() {
        return Some(of_ledger(error));
    }
    if let Some(error) = cause.downcast_ref::<SubmitError>() {
        return match error {
            SubmitError::Ledger(error) => Some(of_ledger(error)),
            SubmitError::Refused(refusal) => Some(tongue.say(&refusal.code, &refusal.details)),
            SubmitError::CommandReused(_) => None,
        };
    }
    if let Some(error) = cause.downcast_ref::<infra::log::Error>() {
        return Some(of_log(tongue, error));
    }
    Some(match cause.downcast_ref::<ExchangeError>()? {
        ExchangeError::Ledger(error) => of_ledger(error),
        ExchangeError::File(error) => {
            tongue.say("EXCHANGE_FILE", &details([("why", error.to_string().into())]))
        }
        ExchangeError::Line { line, difference } => {
            let why = said(tongue, difference);
            tongue.say("EXCHANGE_LINE", &details([("line", (*line).into()), ("why", why.into())]))
        }
        ExchangeError::OtherLedger => tongue.say("EXCHANGE_OTHER_LEDGER", &Map::new()),
    })
}

/// What an audit found, in words.
pub(super) fn found(finding: &Finding) -> String {
    let tongue = Tongue::of_terminal();
    match finding {
        Finding::Event { position, difference } => {
            let why = said(tongue, difference);
            let words = details([("position", position.0.into()), ("why", why.into())]);
            tongue.say("AUDIT_EVENT_DAMAGED", &words)
        }
        Finding::Derived(difference) => {
            let why = said(tongue, difference);
            tongue.say("AUDIT_LEDGER_DAMAGED", &details([("why", why.into())]))
        }
        Finding::Unread(error) => {
            let (code, details) = spoken(error);
            tongue.say(code, &details)
        }
    }
}

fn said(tongue: Tongue, difference: &Difference) -> String {
    let (code, words) = match difference {
        Difference::Missing => ("DIFFERENCE_MISSING", Map::new()),
        Difference::Twice => ("DIFFERENCE_TWICE", Map::new()),
        Difference::Replaced { by } => ("DIFFERENCE_REPLACED", details([("by", by.0.into())])),
        Difference::Stray => ("DIFFERENCE_STRAY", Map::new()),
        Difference::LeafHash => ("DIFFERENCE_LEAF_HASH", Map::new()),
        Difference::NotCanonical(byte) => {
            ("DIFFERENCE_NOT_CANONICAL", details([("byte", (*byte).into())]))
        }
        Difference::Malformed(why) => {
            ("DIFFERENCE_MALFORMED", details([("why", why.clone().into())]))
        }
        Difference::Column(name) => ("DIFFERENCE_COLUMN", details([("column", (*name).into())])),
        Difference::Sequence { expected, found } => {
            let words = details([("expected", (*expected).into()), ("found", (*found).into())]);
            ("DIFFERENCE_SEQUENCE", words)
        }
        Difference::Prev => ("DIFFERENCE_PREV", Map::new()),
        Difference::TimeGoesBack => ("DIFFERENCE_TIME_GOES_BACK", Map::new()),
        Difference::CommandTwice => ("DIFFERENCE_COMMAND_TWICE", Map::new()),
        Difference::Node { level, index } => {
            let words = details([("level", (*level).into()), ("index", (*index).into())]);
            ("DIFFERENCE_NODE", words)
        }
        Difference::Head(value) => ("DIFFERENCE_HEAD", details([("value", (*value).into())])),
    };
    tongue.say(code, &words)
}

/// Why a receipt or a checkpoint proves nothing.
pub(super) fn unproven(why: &Unproven) -> String {
    unproven_in(Tongue::of_terminal(), why)
}

fn unproven_in(tongue: Tongue, why: &Unproven) -> String {
    let (code, words) = match why {
        Unproven::NoEntry => ("UNPROVEN_NO_ENTRY", Map::new()),
        Unproven::CheckpointUnreadable => ("UNPROVEN_CHECKPOINT_UNREADABLE", Map::new()),
        Unproven::CheckpointUnsigned => ("UNPROVEN_CHECKPOINT_UNSIGNED", Map::new()),
        Unproven::SignatureWrong => ("UNPROVEN_SIGNATURE_WRONG", Map::new()),
        Unproven::OtherLog(origin) => {
            ("UNPROVEN_OTHER_LOG", details([("origin", origin.clone().into())]))
        }
        Unproven::NotIncluded => ("UNPROVEN_NOT_INCLUDED", Map::new()),
        Unproven::Unwitnessed { found, quorum } => {
            let words = [("found", (*found).into()), ("quorum", (*quorum).into())];
            ("UNPROVEN_UNWITNESSED", details(words))
        }
    };
    tongue.say(code, &words)
}

/// Why there can be no such witnesses.
pub(super) fn bad_policy(why: &BadPolicy) -> String {
    match why {
        BadPolicy::Malformed(text) => told("WITNESS_MALFORMED", [("text", text.clone().into())]),
        BadPolicy::NoKey(key) => told("WITNESS_NO_KEY", [("key", key.clone().into())]),
        BadPolicy::NoAddress => told("WITNESS_NO_ADDRESS", []),
        BadPolicy::KeyTwice(name) => told("WITNESS_KEY_TWICE", [("name", name.clone().into())]),
        BadPolicy::TwoAddresses(name) => {
            told("WITNESS_TWO_ADDRESSES", [("name", name.clone().into())])
        }
        BadPolicy::TooMany => told("WITNESS_TOO_MANY", [("max", WITNESSES_MAX.into())]),
        BadPolicy::Quorum { quorum, witnesses } => {
            let words = [("quorum", (*quorum).into()), ("witnesses", (*witnesses).into())];
            told("WITNESS_QUORUM", words)
        }
    }
}

/// Why the log cannot be published.
/// Why the log is not published.
pub(super) fn refused(error: &infra::log::Error) -> String {
    of_log(Tongue::of_terminal(), error)
}

fn of_log(tongue: Tongue, error: &infra::log::Error) -> String {
    use infra::log::Error as Log;
    let path = |path: &std::path::Path| ("path", Value::from(path.display().to_string()));
    let (code, words) = match error {
        Log::Ledger(error) => spoken(error),
        Log::File { path: it, source } => {
            ("LOG_FILE", details([path(it), ("why", source.to_string().into())]))
        }
        Log::InUse(it) => ("LOG_IN_USE", details([path(it)])),
        Log::KeyReadableByOthers(it) => ("LOG_KEY_READABLE_BY_OTHERS", details([path(it)])),
        Log::NoKey(it) => ("LOG_NO_KEY", details([path(it)])),
        Log::KeyOfAnotherLog { key, origin } => {
            let words = [("key", key.clone().into()), ("origin", origin.clone().into())];
            ("LOG_KEY_OF_ANOTHER_LOG", details(words))
        }
        Log::AnchorUnproven { path: it, why } => {
            let why = unproven_in(tongue, why);
            ("LOG_ANCHOR_UNPROVEN", details([path(it), ("why", why.into())]))
        }
        Log::Behind { head, published } => {
            let words = [("head", head.0.into()), ("published", (*published).into())];
            ("LOG_BEHIND", details(words))
        }
        Log::Rewritten { published } => {
            ("LOG_REWRITTEN", details([("published", (*published).into())]))
        }
    };
    tongue.say(code, &words)
}

/// The message of a ledger's error, and what its placeholders hold.
fn spoken(error: &Error) -> (&'static str, Map<String, Value>) {
    let with = |name, value: Value| details([(name, value)]);
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
        Error::EventTooLarge { bytes } => {
            ("LEDGER_EVENT_TOO_LARGE", with("bytes", (*bytes).into()))
        }
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
