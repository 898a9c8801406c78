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

/// Of the raw COPY's rate.
const TARGET_OF_COPY: f64 = 0.4;
/// Events per second on SQLite.
const TARGET_SQLITE: f64 = 400_000.0;
/// Of the replay's rate: verification takes at most twice the time.
const TARGET_VERIFY: f64 = 0.5;
/// Each time is the median of so many.
const RUNS: usize = 3;

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
        let raw = || scan(directory.join("ledger.sqlite"));
        rows.push(row("SQLite", &sqlite, raw).await?);
        past::measure("SQLite", &sqlite).await?;
        proof::measure("SQLite", &sqlite).await?;

        let url = server.database(&format!("history_{events}")).await?;
        let place = Place::Postgres(url.clone());
        moved(&sqlite, &place, folder).await?;
        server.settle().await?;
        let raw = || copy(url.clone());
        rows.push(row("PostgreSQL", &place, raw).await?);
        past::measure("PostgreSQL", &place).await?;
        proof::measure("PostgreSQL", &place).await?;
    }
    let head = [
        "store",
        "events",
        "raw, events/s",
        "replay, events/s",
        "replay / raw",
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

/// `raw` and our replay in turn.
async fn row<F: Future<Output = Result<u64>>>(
    store: &str,
    place: &Place,
    raw: impl Fn() -> F,
) -> Result<Vec<String>> {
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
    let (raw, replay) = (rate(events, &mut raws), rate(events, &mut replays));
    let (audit, digest) = (rate(events, &mut audits), rate(events, &mut digests));
    let audited = verdict(audit / replay, TARGET_VERIFY);
    let ratio = replay / raw;
    let replayed = if store == "SQLite" {
        let met = if replay >= TARGET_SQLITE { "met" } else { "**not met**" };
        format!("{ratio:.2} × (target {} events/s: {met})", grouped(TARGET_SQLITE))
    } else {
        verdict(ratio, TARGET_OF_COPY)
    };
    let events = events.to_string();
    let [raw, replay, audit, digest] = [raw, replay, audit, digest].map(grouped);
    Ok(vec![store.to_owned(), events, raw, replay, replayed, audit, audited, digest])
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
