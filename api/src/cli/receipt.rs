//! `tiwizi receipt check`: whether a receipt proves what it says, without the server and its database.
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result, anyhow, bail};
use clap::{Args, Subcommand};
use domain::recorded::{Position, Recorded};
use infra::log::verifiers;
use infra::log::witness::{BadPolicy, quorum};
use infra::transparency::cosignature::Cosigner;
use infra::transparency::receipt::{RECEIPT_BYTES_MAX, Receipt, Unproven, witnessed};
use jiff::Timestamp;
use serde_json::json;

use super::DIFFERENT;
use super::serve::say;
use super::speech::{bad_policy, told, unproven};

#[derive(Subcommand)]
pub(super) enum Receipts {
    /// Checks a receipt with the log's key alone.
    Check(Check),
}

#[derive(Args)]
pub(super) struct Check {
    /// The receipt: a file in the format c2sp.org/tlog-proof.
    file: PathBuf,
    /// The log's key, as `/log/key` gave it to somebody whom you trust. May be given more than once.
    #[arg(long, required = true, value_name = "KEY")]
    key: Vec<String>,
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

impl Check {
    fn run(&self) -> Result<ExitCode> {
        let Some(trusted) = verifiers(&self.key) else { bail!(told("RECEIPT_KEY_UNREADABLE", [])) };
        // The name of a key is the name of its log (c2sp.org/tlog-checkpoint).
        let origin = self.key[0].split('+').next().unwrap_or_default();
        let name = || self.file.display().to_string();
        let mut bytes = Vec::new();
        let file = File::open(&self.file).with_context(name)?;
        file.take(RECEIPT_BYTES_MAX as u64 + 1).read_to_end(&mut bytes).with_context(name)?;
        let Ok(receipt) = Receipt::read(&bytes) else { bail!(told("RECEIPT_UNREADABLE", [])) };
        let (witnesses, quorum) = self.witnesses()?;
        let proven = receipt.check(None, origin, &trusted);
        let proven =
            proven.and_then(|it| Ok((it, witnessed(&receipt.checkpoint, &witnesses, quorum)?)));
        match proven {
            Ok((checkpoint, witnessed)) => {
                self.sound(&receipt, checkpoint.size, &checkpoint.origin, &witnessed)
            }
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

    fn sound(
        &self,
        receipt: &Receipt,
        size: u64,
        origin: &str,
        witnessed: &BTreeMap<String, Timestamp>,
    ) -> Result<ExitCode> {
        let position = Position(receipt.index + 1);
        let entry = receipt.entry.as_deref().unwrap_or_default();
        let recorded = Recorded::read(position, entry).context("the event")?;
        let (kind, id, name) = recorded.fact.subject();
        let at = recorded.recorded_at.to_string();
        if self.json {
            let answer = json!({
                "proven": true, "origin": origin, "size": size, "position": position,
                "recordedAt": at, "subject": format!("{kind}/{id}"), "name": name, "witnessed": witnessed,
            });
            say(format_args!("{answer}"))?;
        } else {
            let words = told(
                "RECEIPT_SOUND",
                [
                    ("position", position.0.into()),
                    ("origin", origin.into()),
                    ("size", size.into()),
                    ("at", at.into()),
                    ("name", format!("{kind}/{id}: {name}").into()),
                ],
            );
            say(format_args!("{words}"))?;
            for (name, at) in witnessed {
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
