//! `tiwizi ledger export | import`: a ledger moves, its root stays.
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result};
use clap::{Args, Subcommand};
use infra::exchange;
use infra::ledger::Ledger;
use jiff::Timestamp;
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
