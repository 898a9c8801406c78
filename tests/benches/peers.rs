//! The peers: `cqrs-es` with its own stores, set up as their authors show, and pgbench.
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use cqrs_es::{CqrsFramework, EventStore};
use domain::commitment::{Command, Commitment};
use postgres_es::{PostgresCqrs, postgres_cqrs};
use sqlite_es::{SqliteCqrs, sqlite_cqrs};
use sqlx::postgres::PgPoolOptions;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use uuid::Uuid;

use crate::load::{Contender, Rate};
use crate::postgres::program;

/// Longer than any run: a caller that waits for a connection does not give up.
const PATIENCE: Duration = Duration::from_mins(1);

/// The table of postgres-es and sqlite-es, with the column types of each.
fn events_table(text: &str, integer: &str, json: &str, end: &str) -> String {
    format!(
        "CREATE TABLE events (
            aggregate_type {text} NOT NULL,
            aggregate_id {text} NOT NULL,
            sequence {integer} CHECK (sequence >= 0) NOT NULL,
            event_type {text} NOT NULL,
            event_version {text} NOT NULL,
            payload {json} NOT NULL,
            metadata {json} NOT NULL,
            PRIMARY KEY (aggregate_type, aggregate_id, sequence)
        ) {end}"
    )
}

impl<S> Contender for CqrsFramework<Commitment, S>
where
    S: EventStore<Commitment, AC: Send> + 'static,
{
    async fn execute(&self, id: Uuid, command: Command) -> Result<()> {
        Ok(Self::execute(self, &id.to_string(), command).await?)
    }
}

/// Plain cqrs-es + postgres-es.
pub(crate) async fn plain_postgres(
    url: &str,
    connections: u32,
) -> Result<PostgresCqrs<Commitment>> {
    let options = PgPoolOptions::new().max_connections(connections).acquire_timeout(PATIENCE);
    let pool = options.connect(url).await?;
    sqlx::raw_sql(&events_table("text", "bigint", "json", "")).execute(&pool).await?;
    Ok(postgres_cqrs(pool, vec![], ()))
}

/// Plain cqrs-es + sqlite-es, as durable as ours: its default, NORMAL, loses what a power cut finds
/// in the log.
pub(crate) async fn plain_sqlite(file: &Path, connections: u32) -> Result<SqliteCqrs<Commitment>> {
    let options = SqliteConnectOptions::new()
        .filename(file)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(PATIENCE);
    let pool = SqlitePoolOptions::new().max_connections(connections).acquire_timeout(PATIENCE);
    let pool = pool.connect_with(options).await?;
    let table = events_table("text", "integer", "text", "STRICT");
    sqlx::raw_sql(&table).execute(&pool).await?;
    Ok(sqlite_cqrs(pool, vec![], ()))
}

/// pgbench, each client inserting rows of `bytes` one by one; `None` where it is not installed. It
/// reports the mean where the others have the median.
pub(crate) async fn pgbench(
    url: &str,
    callers: usize,
    duration: Duration,
    bytes: usize,
) -> Result<Option<Rate>> {
    let Some(program) = program("pgbench") else { return Ok(None) };
    let pool = PgPoolOptions::new().max_connections(1).connect(url).await?;
    let table = "CREATE TABLE IF NOT EXISTS rows (position bigserial PRIMARY KEY, body text)";
    sqlx::raw_sql(table).execute(&pool).await?;
    let script = tempfile::NamedTempFile::new()?;
    std::fs::write(&script, format!("INSERT INTO rows (body) VALUES ('{}');", "x".repeat(bytes)))?;
    // Blocks this thread: nothing else is to run meanwhile.
    let output = std::process::Command::new(program)
        .args(["--no-vacuum", "--protocol=prepared", "--jobs=2"])
        .arg(format!("--client={callers}"))
        .arg(format!("--time={}", duration.as_secs().max(1)))
        .arg("--file")
        .arg(script.path())
        .arg(url)
        .stdin(Stdio::null())
        .output()?;
    let report = String::from_utf8_lossy(&output.stdout);
    if !output.status.success() {
        bail!("pgbench: {report}{}", String::from_utf8_lossy(&output.stderr));
    }
    let number = |after: &str| -> Result<f64> {
        let rest = report.split_once(after).context("pgbench's report has changed")?.1;
        Ok(rest.split_whitespace().next().unwrap_or_default().parse()?)
    };
    let mean = Duration::try_from_secs_f64(number("latency average = ")? / 1e3)?;
    Ok(Some(Rate { per_second: number("tps = ")?, p50: mean, p99: None, failed: 0 }))
}
