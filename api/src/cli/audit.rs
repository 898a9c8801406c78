//! `tiwizi audit verify | replay | bundle`: what an auditor runs. Exit code 1 says that a difference was found.
use std::process::ExitCode;

use anyhow::{Result, ensure};
use clap::{Args, Subcommand};
use domain::recorded::Position;
use infra::audit::{self, Finding};
use infra::ledger::Ledger;
use projections::{History, Models, Spacing};
use serde_json::{Value, json};

use super::serve::say;
use super::speech::{found, told};
use super::{DATA, DIFFERENT, Where, bundle, progress, since};

/// How many events are read at once.
const PAGE: usize = 10_000;

#[derive(Subcommand)]
pub(super) enum Audit {
    /// Derives every hash, sequence, link and index column again, and names the first damaged event;
    /// with `--since`, proves too that nothing was rewritten since a checkpoint that was kept.
    Verify(since::Verify),
    /// Makes an evidence bundle of what was recorded, which is itself recorded; `check` checks one
    /// without the server. Stop the server of an SQLite ledger first.
    Bundle(bundle::Bundle),
    /// Folds every event from nothing, and as a server does it, and compares the digests of the state.
    Replay(Replay),
}

#[derive(Args)]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) at: Where,
    /// The answer as JSON.
    #[arg(long)]
    pub(super) json: bool,
}

#[derive(Args)]
pub(super) struct Replay {
    #[command(flatten)]
    check: Check,
    /// Stops once the event at this position is folded.
    #[arg(long, value_name = "POSITION")]
    at: Option<u64>,
    /// Compares with this digest too, as a server gives it: `{ ledger { position stateDigest } }`.
    #[arg(long, value_name = "HEX")]
    expect: Option<String>,
}

impl Audit {
    pub(super) async fn run(self) -> Result<ExitCode> {
        match self {
            Self::Verify(verify) => verify.run().await,
            Self::Bundle(bundle) => bundle.run().await,
            Self::Replay(replay) => replay.run().await,
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

impl Replay {
    async fn run(self) -> Result<ExitCode> {
        let ledger = Ledger::open_read_only(&self.check.at.place(DATA)).await?;
        let head = ledger.head().position;
        let until = self.at.map_or(head, Position);
        ensure!(until <= head, "{}", beyond(head));
        let bar = progress::bar(until.0, "audit replay");
        // Once plainly, and once with copies on the way, as a server keeps them.
        let (mut plain, mut kept) =
            (Models::default(), History::expecting(Spacing::default(), until));
        while plain.position < until {
            let left = usize::try_from(until.0 - plain.position.0).unwrap_or(PAGE);
            for recorded in ledger.events(plain.position, left.min(PAGE)).await? {
                plain.apply(&recorded);
                kept.record(&recorded);
            }
            bar.set_position(plain.position.0);
        }
        bar.finish_and_clear();
        let digest = hex::encode(plain.digest()?);
        let same = digest == hex::encode(kept.live().digest()?)
            && self.expect.as_ref().is_none_or(|expected| *expected == digest);
        let answer = json!({ "same": same, "position": until, "stateDigest": digest });
        let code = if same { "AUDIT_SAME_STATE" } else { "AUDIT_OTHER_STATE" };
        let words = told(code, [("position", until.0.into()), ("digest", digest.into())]);
        answer_with(self.check.json, &answer, &words)?;
        Ok(if same { ExitCode::SUCCESS } else { ExitCode::from(DIFFERENT) })
    }
}

pub(super) fn beyond(head: Position) -> String {
    told("POSITION_BEYOND_HEAD", [("head", head.0.into())])
}

/// The answer for a script, or for a person.
pub(super) fn answer_with(as_json: bool, answer: &Value, words: &str) -> Result<()> {
    if as_json { say(format_args!("{answer}")) } else { say(format_args!("{words}")) }
}
