//! `tiwizi receipt check`: whether a receipt proves what it says, without the server and its database.
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow, bail};
use clap::{Args, Subcommand};
use domain::recorded::{Position, Recorded};
use infra::log::witness::{BadPolicy, quorum};
use infra::transparency::cose::{COSE_BYTES_MAX, Statement};
use infra::transparency::cosignature::Cosigner;
use infra::transparency::receipt::{RECEIPT_BYTES_MAX, Receipt, Unproven, witnessed};
use jiff::Timestamp;
use serde_json::json;

use super::DIFFERENT;
use super::serve::say;
use super::since::{Keys, read};
use super::speech::{bad_policy, told, unproven};

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
    /// The key of a witness that must have cosigned. May be given more than once.
    #[arg(long, value_name = "KEY")]
    witness: Vec<String>,
    /// How many of the witnesses must have cosigned: their majority, where it is left out.
    #[arg(long, value_name = "N", requires = "witness")]
    quorum: Option<usize>,
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
    /// Who vouches for it, and when each said so.
    vouched: BTreeMap<String, Timestamp>,
}

impl Check {
    fn run(&self) -> Result<ExitCode> {
        let (trusted, origin) = self.keys.trusted()?;
        let (witnesses, quorum) = self.witnesses()?;
        let bytes = read(&self.file, RECEIPT_BYTES_MAX.max(COSE_BYTES_MAX))?;
        let proven = if bytes.first() == Some(&COSE_TAG) {
            let Ok(it) = Statement::read(&bytes) else { bail!(told("RECEIPT_UNREADABLE", [])) };
            it.check(&origin, &trusted).and_then(|place| {
                // It holds no checkpoint, which is what witnesses sign.
                let vouched = witnessed(&[], &witnesses, quorum)?;
                let (position, entry) = (Position(place.index + 1), it.entry().to_vec());
                Ok(Proven { position, size: place.size, entry, vouched })
            })
        } else {
            let Ok(it) = Receipt::read(&bytes) else { bail!(told("RECEIPT_UNREADABLE", [])) };
            it.check(None, &origin, &trusted).and_then(|checkpoint| {
                let vouched = witnessed(&it.checkpoint, &witnesses, quorum)?;
                let (position, entry) = (Position(it.index + 1), it.entry.unwrap_or_default());
                Ok(Proven { position, size: checkpoint.size, entry, vouched })
            })
        };
        match proven {
            Ok(proven) => self.sound(&proven, &origin),
            Err(why) => self.unproven(&why),
        }
    }

    /// Who may vouch, and how many must.
    fn witnesses(&self) -> Result<(Vec<Cosigner>, usize)> {
        let key = |key: &String| {
            let no_key = || anyhow!(bad_policy(&BadPolicy::NoKey(key.clone())));
            key.parse::<Cosigner>().map_err(|_| no_key())
        };
        let keys: Vec<_> = self.witness.iter().map(key).collect::<Result<_>>()?;
        let names: BTreeSet<_> = keys.iter().map(Cosigner::name).collect();
        let quorum = quorum(names.len(), self.quorum);
        let quorum = quorum.map_err(|error| anyhow!(bad_policy(&error)))?;
        Ok((keys, quorum))
    }

    fn sound(&self, proven: &Proven, origin: &str) -> Result<ExitCode> {
        let Proven { position, size, entry, vouched } = proven;
        let recorded = Recorded::read(*position, entry).context("the event")?;
        let (kind, id, name) = recorded.fact.subject();
        let at = recorded.recorded_at.to_string();
        if self.json {
            let answer = json!({
                "proven": true, "origin": origin, "size": size, "position": position,
                "recordedAt": at, "subject": format!("{kind}/{id}"), "name": name, "witnessed": vouched,
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
            for (name, at) in vouched {
                let words = [("name", name.as_str().into()), ("at", at.to_string().into())];
                say(format_args!("{}", told("RECEIPT_WITNESSED", words)))?;
            }
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
