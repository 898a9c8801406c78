//! Replay: from the stored bytes to every read model, against the store giving the same bytes out
//! and nobody reading them.
use std::fs::File;
use std::io::{BufReader, BufWriter};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use domain::recorded::Position;
use futures_util::{StreamExt, TryStreamExt, pin_mut};
use infra::audit::verify;
use infra::exchange::{export, import};
use infra::ledger::{Ledger, Place};
use projections::{History, Spacing};
use sqlx::postgres::PgPoolCopyExt;

use crate::postgres::Server;
use crate::settings::Settings;
use crate::table::{self, grouped, verdict};
use crate::tiwizi::Tiwizi;
use crate::{history, past, proof};

/// Of the rate of a raw COPY from PostgreSQL in the same run.
const TARGET: f64 = 0.4;
/// Of the replay's rate: verification takes at most twice the time.
const TARGET_VERIFY: f64 = 0.5;
/// Each time is the median of so many.
const RUNS: usize = 5;

/// Both stores, and questions about the past of the longest history.
pub(crate) async fn measure(settings: &Settings, server: &Server, folder: &Path) -> Result<()> {
    let mut rows = Vec::new();
    for &events in &settings.events {
        let directory = folder.join(format!("history-{events}"));
        std::fs::create_dir(&directory)?;
        let sqlite = Place::Directory(directory.clone());
        let tiwizi = Arc::new(Tiwizi::open(&sqlite).await?);
        history::fill(&tiwizi, events).await?;
        tiwizi.ledger.close().await;
        drop(tiwizi);
        let of_file = measured(&sqlite, || scan(directory.join("ledger.sqlite"))).await?;
        past::measure("SQLite", &sqlite).await?;
        proof::measure("SQLite", &sqlite).await?;

        let url = server.database(&format!("history_{events}")).await?;
        let place = Place::Postgres(url.clone());
        moved(&sqlite, &place, folder).await?;
        Server::vacuum(&url).await?;
        server.settle().await?;
        let of_server = measured(&place, || copy(url.clone())).await?;
        past::measure("PostgreSQL", &place).await?;
        proof::measure("PostgreSQL", &place).await?;
        rows.push(of_file.row("SQLite", of_server.raw));
        rows.push(of_server.row("PostgreSQL", of_server.raw));
    }
    let head = [
        "store",
        "events",
        "raw, events/s",
        "replay, events/s",
        "replay / raw",
        "replay / COPY of PostgreSQL",
        "verify, events/s",
        "verify / replay",
        "digest of the state, events/s",
    ];
    table::table("Replay into all projections, and verification", &head.map(str::to_owned), &rows)
}

/// The same events in another store, by way of a file.
async fn moved(from: &Place, to: &Place, folder: &Path) -> Result<()> {
    let file = folder.join("history.ndjson");
    let ledger = Ledger::open_read_only(from).await?;
    let mut out = BufWriter::new(File::create(&file)?);
    let left = export(&ledger, &mut out, |_| {}).await?;
    let arrived = import(to, &mut BufReader::new(File::open(&file)?), |_| {}).await?;
    ensure!(left.root == arrived.root, "the root has changed on the way");
    Ok(std::fs::remove_file(file)?)
}

/// How many events each way takes a second.
struct Measured {
    events: u64,
    raw: f64,
    replay: f64,
    audit: f64,
    digest: f64,
}

impl Measured {
    fn row(&self, store: &str, copy: f64) -> Vec<String> {
        let Self { events, raw, replay, audit, digest } = *self;
        vec![
            store.to_owned(),
            events.to_string(),
            grouped(raw),
            grouped(replay),
            format!("{:.2} ×", replay / raw),
            verdict(replay / copy, TARGET),
            grouped(audit),
            verdict(audit / replay, TARGET_VERIFY),
            grouped(digest),
        ]
    }
}

/// `raw` and what we do, in turn.
async fn measured<F: Future<Output = Result<u64>>>(
    place: &Place,
    raw: impl Fn() -> F,
) -> Result<Measured> {
    let (mut raws, mut replays, mut audits, mut digests) = (vec![], vec![], vec![], vec![]);
    let mut events = 0;
    for _ in 0..RUNS {
        let start = Instant::now();
        events = raw().await?;
        raws.push(start.elapsed());
        let start = Instant::now();
        let history = replay(place).await?;
        replays.push(start.elapsed());
        let folded = history.live().position.0;
        ensure!(folded == events, "{folded} events folded of {events} in the store");
        let start = Instant::now();
        history.live().digest()?;
        digests.push(start.elapsed());
        drop(history);
        let ledger = Ledger::open_read_only(place).await?;
        let start = Instant::now();
        verify(&ledger, |_| {}).await?;
        audits.push(start.elapsed());
    }
    Ok(Measured {
        events,
        raw: rate(events, &mut raws),
        replay: rate(events, &mut replays),
        audit: rate(events, &mut audits),
        digest: rate(events, &mut digests),
    })
}

/// Events per second in the median time.
fn rate(events: u64, times: &mut [Duration]) -> f64 {
    times.sort_unstable();
    let events = f64::from(u32::try_from(events).unwrap_or(u32::MAX));
    events / times[times.len() / 2].as_secs_f64()
}

/// As a server that starts: a ledger just opened, followed from its first event to its head.
pub(crate) async fn replay(place: &Place) -> Result<History> {
    let ledger = Ledger::open_read_only(place).await?;
    let head = ledger.head().position;
    let mut history = History::expecting(Spacing::default(), head);
    let feed = ledger.follow(Position::START);
    pin_mut!(feed);
    while history.live().position < head {
        let Some(batch) = feed.next().await else { break };
        for recorded in batch? {
            history.record(&recorded);
        }
    }
    Ok(history)
}

/// Every row as it leaves the server.
async fn copy(url: String) -> Result<u64> {
    let pool = sqlx::PgPool::connect(&url).await?;
    let rows = "COPY (SELECT position, body FROM ledger_events ORDER BY position) TO STDOUT (FORMAT binary)";
    let mut copied = pool.copy_out_raw(rows).await?;
    let mut bytes = 0;
    while let Some(part) = copied.try_next().await? {
        bytes += part.len();
    }
    ensure!(bytes > 0, "nothing was copied");
    let last = sqlx::query_scalar("SELECT max(position) FROM ledger_events").fetch_one(&pool);
    let last: i64 = last.await?;
    Ok(u64::try_from(last)?)
}

/// Every row as it leaves the file.
async fn scan(file: PathBuf) -> Result<u64> {
    tokio::task::spawn_blocking(move || {
        let connection = rusqlite::Connection::open(file)?;
        let mut select =
            connection.prepare("SELECT position, body FROM events ORDER BY position")?;
        let mut rows = select.query([])?;
        let (mut events, mut bytes) = (0, 0);
        while let Some(row) = rows.next()? {
            events = row.get::<_, u64>(0)?;
            bytes += row.get_ref(1)?.as_bytes()?.len();
        }
        ensure!(bytes > 0, "nothing was read");
        Ok(events)
    })
    .await?
}
