//! `tiwizi ledger export | import`: a ledger moves, its root stays.
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use infra::exchange;
use infra::ledger::Ledger;
use serde_json::json;

use super::serve::say;
use super::{DATA, Where, progress};

#[derive(Subcommand)]
pub(super) enum Move {
    /// Writes the stored bytes of every event, one line an event.
    Export(Export),
    /// Reads such lines into an empty ledger, and checks each.
    Import(Import),
}

#[derive(Args)]
pub(super) struct Export {
    #[command(flatten)]
    at: Where,
    /// Where to write; the standard output unless named.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Args)]
pub(super) struct Import {
    #[command(flatten)]
    at: Where,
    /// What to read; `-` is the standard input.
    file: PathBuf,
    /// The answer as JSON.
    #[arg(long)]
    json: bool,
}

impl Move {
    pub(super) async fn run(self) -> Result<ExitCode> {
        match self {
            Self::Export(export) => export.run().await,
            Self::Import(import) => import.run().await,
        }
    }
}

impl Export {
    async fn run(self) -> Result<ExitCode> {
        let ledger = Ledger::open_read_only(&self.at.place(DATA)).await?;
        let bar = progress::bar(ledger.head().position.0, "export");
        let mut out: Box<dyn Write> = match &self.out {
            Some(file) => Box::new(File::create(file).with_context(|| file.display().to_string())?),
            None => Box::new(io::stdout().lock()),
        };
        let mut out = BufWriter::new(&mut out);
        let head = exchange::export(&ledger, &mut out, |done| bar.set_position(done)).await?;
        bar.finish_and_clear();
        // The events themselves may be on the standard output: the answer is not for it.
        eprintln!("{} {}", head.position, hex::encode(head.root));
        Ok(ExitCode::SUCCESS)
    }
}

impl Import {
    async fn run(self) -> Result<ExitCode> {
        let mut lines: Box<dyn BufRead> = if self.file.as_os_str() == "-" {
            Box::new(BufReader::new(io::stdin()))
        } else {
            let file = File::open(&self.file).with_context(|| self.file.display().to_string())?;
            Box::new(BufReader::new(file))
        };
        let bar = progress::bar(0, "import");
        let place = self.at.place(DATA);
        let head = exchange::import(&place, &mut lines, |done| {
            bar.set_length(done);
            bar.set_position(done);
        })
        .await?;
        bar.finish_and_clear();
        let root = hex::encode(head.root);
        if self.json {
            say(format_args!("{}", json!({ "position": head.position, "root": root })))?;
        } else {
            say(format_args!("{} {root}", head.position))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
