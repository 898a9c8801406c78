//! `tiwizi receipt check`: whether a receipt proves what it says, without the server and its database.
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};
use domain::recorded::{Position, Recorded};
use infra::transparency::cose::{COSE_BYTES_MAX, Statement};
use infra::transparency::receipt::{RECEIPT_BYTES_MAX, Receipt, Unproven};
use serde_json::json;

use super::DIFFERENT;
use super::serve::say;
use super::since::{Keys, read};
use super::speech::{told, unproven};

#[derive(Subcommand)]
pub(super) enum Receipts {
    /// Checks a receipt with the log's key alone.
    Check(Check),
}

#[derive(Args)]
pub(super) struct Check {
    /// The receipt: a file in the format c2sp.org/tlog-proof, or in COSE (RFC 9942).
    file: PathBuf,
    #[command(flatten)]
    keys: Keys,
    /// The answer as JSON.
    #[arg(long)]
    json: bool,
}

impl Receipts {
    pub(super) fn run(self) -> Result<ExitCode> {
        match self {
            Self::Check(check) => check.run(),
        }
    }
}

/// The first byte of a COSE object that says which it is: tag 18.
const COSE_TAG: u8 = 0xd2;

/// What a receipt proves.
struct Proven {
    position: Position,
    size: u64,
    entry: Vec<u8>,
}

impl Check {
    fn run(&self) -> Result<ExitCode> {
        let (trusted, origin) = self.keys.trusted()?;
        let bytes = read(&self.file, RECEIPT_BYTES_MAX.max(COSE_BYTES_MAX))?;
        let proven = if bytes.first() == Some(&COSE_TAG) {
            let Ok(it) = Statement::read(&bytes) else { bail!(told("RECEIPT_UNREADABLE", [])) };
            it.check(&origin, &trusted).map(|place| Proven {
                position: Position(place.index + 1),
                size: place.size,
                entry: it.entry().to_vec(),
            })
        } else {
            let Ok(it) = Receipt::read(&bytes) else { bail!(told("RECEIPT_UNREADABLE", [])) };
            it.check(None, &origin, &trusted).map(|checkpoint| Proven {
                position: Position(it.index + 1),
                size: checkpoint.size,
                entry: it.entry.unwrap_or_default(),
            })
        };
        match proven {
            Ok(proven) => self.sound(&proven, &origin),
            Err(why) => self.unproven(&why),
        }
    }

    fn sound(&self, proven: &Proven, origin: &str) -> Result<ExitCode> {
        let Proven { position, size, entry } = proven;
        let recorded = Recorded::read(*position, entry).context("the event")?;
        let (kind, id, name) = recorded.fact.subject();
        let at = recorded.recorded_at.to_string();
        if self.json {
            let answer = json!({
                "proven": true, "origin": origin, "size": size, "position": position,
                "recordedAt": at, "subject": format!("{kind}/{id}"), "name": name,
            });
            say(format_args!("{answer}"))?;
        } else {
            let words = told(
                "RECEIPT_SOUND",
                [
                    ("position", position.0.into()),
                    ("origin", origin.into()),
                    ("size", (*size).into()),
                    ("at", at.into()),
                    ("name", format!("{kind}/{id}: {name}").into()),
                ],
            );
            say(format_args!("{words}"))?;
        }
        Ok(ExitCode::SUCCESS)
    }

    fn unproven(&self, why: &Unproven) -> Result<ExitCode> {
        if self.json {
            say(format_args!("{}", json!({ "proven": false, "why": why.to_string() })))?;
        } else {
            say(format_args!("{}", told("RECEIPT_UNPROVEN", [("why", unproven(why).into())])))?;
        }
        Ok(ExitCode::from(DIFFERENT))
    }
}
