//! `tiwizi audit verify | bundle | replay | diff | lineage`: what an auditor runs. Exit code 1 says that a
//! difference was found.
use std::process::ExitCode;

use anyhow::Result;
use clap::{Args, Subcommand};
use domain::recorded::Position;
use infra::audit::{self, Finding};
use infra::ledger::Ledger;
use serde_json::{Value, json};

use super::serve::say;
use super::speech::{found, told};
use super::{DATA, DIFFERENT, Where, bundle, progress, since};

mod diff;
mod lineage;
mod moment;
mod replay;
mod words;

#[derive(Subcommand)]
pub(super) enum Audit {
    /// Derives every hash, sequence, link and index column again, and names the first damaged event;
    /// with `--since`, proves too that nothing was rewritten since a checkpoint that was kept.
    Verify(since::Verify),
    /// Makes an evidence bundle of what was recorded, which is itself recorded; `check` checks one
    /// without the server. Stop the server of an SQLite ledger first.
    Bundle(bundle::Bundle),
    /// Folds every event from nothing, and as a server does it, and compares the digests of the state.
    Replay(replay::Replay),
    /// Says what changed between two moments: the events, and the state before and after them.
    Diff(diff::Diff),
    /// Lists the events behind a figure.
    Lineage(lineage::Behind),
}

#[derive(Args)]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) at: Where,
    /// The answer as JSON.
    #[arg(long)]
    pub(super) json: bool,
}

impl Audit {
    pub(super) async fn run(self) -> Result<ExitCode> {
        match self {
            Self::Verify(verify) => verify.run().await,
            Self::Bundle(bundle) => bundle.run().await,
            Self::Replay(replay) => replay.run().await,
            Self::Diff(diff) => diff.run().await,
            Self::Lineage(behind) => behind.run().await,
        }
    }
}

pub(super) async fn verify(check: &Check) -> Result<ExitCode> {
    let ledger = Ledger::open_read_only(&check.at.place(DATA)).await?;
    let bar = progress::bar(ledger.head().position.0, "audit verify");
    let verified = audit::verify(&ledger, |done| bar.set_position(done)).await;
    bar.finish_and_clear();
    match verified {
        Ok(it) => {
            let (position, root) = (it.position, hex::encode(it.root));
            let words =
                told("AUDIT_SOUND", [("events", position.0.into()), ("root", root.clone().into())]);
            let answer = json!({
                "sound": true, "position": position, "root": root,
                "recordedAt": it.recorded_at, "streams": it.streams, "commands": it.commands,
            });
            answer_with(check.json, &answer, &words)?;
            Ok(ExitCode::SUCCESS)
        }
        Err(Finding::Unread(error)) => Err(error.into()),
        Err(finding) => {
            let position = match &finding {
                Finding::Event { position, .. } => Some(position.0),
                Finding::Derived(_) | Finding::Unread(_) => None,
            };
            let difference = finding.to_string();
            let answer = json!({ "sound": false, "position": position, "difference": difference });
            answer_with(check.json, &answer, &found(&finding))?;
            Ok(ExitCode::from(DIFFERENT))
        }
    }
}

/// What is said where a position lies after the ledger's last one.
pub(super) fn beyond(head: Position) -> String {
    told("POSITION_BEYOND_HEAD", [("head", head.0.into())])
}

/// The answer for a script, or for a person.
pub(super) fn answer_with(as_json: bool, answer: &Value, words: &str) -> Result<()> {
    if as_json { say(format_args!("{answer}")) } else { say(format_args!("{words}")) }
}
