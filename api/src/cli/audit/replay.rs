//! `tiwizi audit replay`: the state of every projection at a moment, and its digest.
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result};
use clap::Args;
use domain::recorded::Recorded;
use infra::ledger::Ledger;
use projections::{AsOf, History, Models, Spacing, advance};
use serde_json::json;

use super::{Check, answer_with, moment};
use crate::cli::speech::told;
use crate::cli::{DATA, DIFFERENT, progress};

/// How many events are read at once.
const PAGE: usize = 10_000;

#[derive(Args)]
pub(in crate::cli) struct Replay {
    #[command(flatten)]
    check: Check,
    /// What was known then: a position, or an instant as in 2026-05-01T12:00:00Z.
    #[arg(long, value_name = "POSITION|INSTANT")]
    as_of: Option<AsOf>,
    /// Writes the state to this file, as canonical JSON (RFC 8785): its SHA-256 is the digest.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Compares with this digest too, as a server gives it: `{ ledger { position stateDigest } }`.
    #[arg(long, value_name = "HEX")]
    expect: Option<String>,
}

impl Replay {
    pub(super) async fn run(self) -> Result<ExitCode> {
        let ledger = Ledger::open_read_only(&self.check.at.place(DATA)).await?;
        let as_of = self.as_of.unwrap_or(AsOf::Position(ledger.head().position));
        moment::within(&ledger, as_of)?;
        let (plain, kept) = folded(&ledger, as_of).await?;
        let digest = hex::encode(plain.digest()?);
        let same = digest == hex::encode(kept.live().digest()?)
            && self.expect.as_ref().is_none_or(|expected| *expected == digest);
        if let Some(file) = &self.out {
            write(&plain, file).with_context(|| file.display().to_string())?;
        }
        let position = plain.position;
        let answer = json!({
            "same": same, "position": position, "recordedAt": plain.recorded_at,
            "stateDigest": digest,
        });
        let code = if same { "AUDIT_SAME_STATE" } else { "AUDIT_OTHER_STATE" };
        let words = told(code, [("position", position.0.into()), ("digest", digest.into())]);
        answer_with(self.check.json, &answer, &words)?;
        Ok(if same { ExitCode::SUCCESS } else { ExitCode::from(DIFFERENT) })
    }
}

/// Once plainly, and once with copies on the way, as a server keeps them.
async fn folded(ledger: &Ledger, as_of: AsOf) -> Result<(Models, History)> {
    let head = ledger.head().position;
    let bar = progress::bar(head.0, "audit replay");
    let (mut plain, mut kept) = (Models::default(), History::expecting(Spacing::default(), head));
    loop {
        let events = ledger.events(plain.position, PAGE).await?;
        let more = advance(&mut plain, &events, as_of);
        let known = |it: &&Arc<Recorded>| it.position <= plain.position;
        events.iter().take_while(known).for_each(|recorded| kept.record(recorded));
        bar.set_position(plain.position.0);
        if events.is_empty() || !more {
            bar.finish_and_clear();
            return Ok((plain, kept));
        }
    }
}

fn write(models: &Models, file: &Path) -> std::io::Result<()> {
    let mut to = BufWriter::new(File::create(file)?);
    models.write_state(&mut to)?;
    to.flush()
}
