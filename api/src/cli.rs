//! The command line: `tiwizi serve | demo | audit | events | ledger | log | receipt`.
//!
//! Exit codes: 0 done; 1 a check found a difference; 2 the command line is wrong; 3 the ledger or
//! the machine does not let it be done.
mod audit;
mod bundle;
mod demo;
mod events;
mod ledger;
mod log;
mod progress;
mod receipt;
mod serve;
mod since;
mod speech;
mod standing;
mod vouching;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use infra::ledger::Place;

/// A check found a difference.
const DIFFERENT: u8 = 1;
/// The ledger or the machine does not let it be done.
const FAILED: u8 = 3;

/// An event-sourced coordination ledger for programmes with many actors.
#[derive(Parser)]
#[command(name = "tiwizi", version, about, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves a ledger over HTTP; makes an empty one on its first start.
    Serve(serve::Serve),
    /// Loads the demonstration ledger once, then serves it.
    Demo(demo::Demo),
    /// Proves that nothing was altered, or that a replay gives the same state.
    #[command(subcommand)]
    Audit(audit::Audit),
    /// Writes recorded events as NDJSON, one line an event.
    Events(events::Events),
    /// Moves a ledger between SQLite and PostgreSQL.
    #[command(subcommand)]
    Ledger(ledger::Move),
    /// Changes the keys that sign the published log, or the name that it is published under. The
    /// server is stopped meanwhile.
    #[command(subcommand)]
    Log(log::Log),
    /// Checks what a partner kept, without the server.
    #[command(subcommand)]
    Receipt(receipt::Receipts),
}

/// Where the ledger is.
#[derive(Args)]
struct Where {
    /// The data directory: `ledger.sqlite` lives there.
    #[arg(long, value_name = "DIR", conflicts_with = "database")]
    data: Option<PathBuf>,
    /// A PostgreSQL database instead of the SQLite file.
    #[arg(long, value_name = "URL", env = "TIWIZI_DATABASE", hide_env_values = true)]
    database: Option<String>,
}

impl Where {
    /// The place that was named, else the directory `otherwise`.
    fn place(&self, otherwise: &str) -> Place {
        match (&self.data, &self.database) {
            (Some(directory), _) => Place::Directory(directory.clone()),
            (None, Some(url)) => Place::Postgres(url.clone()),
            (None, None) => Place::Directory(otherwise.into()),
        }
    }
}

/// Where the published log is kept.
#[derive(Args)]
struct State {
    /// Where the log's secret key and its last checkpoint are kept: outside the database. Beside the
    /// SQLite file, or in `tiwizi-data`, where it is left out.
    #[arg(long, value_name = "DIR")]
    state: Option<PathBuf>,
}

impl State {
    /// The folder that was named, else the one that goes with the ledger at `place`.
    fn folder(&self, place: &Place) -> PathBuf {
        match (&self.state, place) {
            (Some(folder), _) | (None, Place::Directory(folder)) => folder.clone(),
            (None, Place::Postgres(_)) => PathBuf::from(DATA),
        }
    }
}

/// Where a ledger is kept unless the command line says otherwise.
const DATA: &str = "tiwizi-data";

/// Runs the command that the process was called with.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    log();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return speech::failure(&error.into()),
    };
    let done = runtime.block_on(async {
        match cli.command {
            Command::Serve(serve) => serve.run().await,
            Command::Demo(demo) => demo.run().await,
            Command::Audit(audit) => audit.run().await,
            Command::Events(events) => events.run().await,
            Command::Ledger(ledger) => ledger.run().await,
            Command::Log(log) => log.run().await,
            Command::Receipt(receipt) => receipt.run(),
        }
    });
    done.unwrap_or_else(|error| speech::failure(&error))
}

/// The log goes to the error stream: warnings and errors, or what `RUST_LOG` asks for.
fn log() {
    use tracing_subscriber::EnvFilter;
    use tracing_subscriber::filter::LevelFilter;
    let filter = EnvFilter::builder().with_default_directive(LevelFilter::WARN.into());
    let log = tracing_subscriber::fmt().with_env_filter(filter.from_env_lossy());
    log.with_writer(std::io::stderr).init();
}
