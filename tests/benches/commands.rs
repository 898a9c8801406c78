//! Executed commands per second: the same aggregate and the same commands, one way or another, each
//! answer after a durable commit.
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use infra::ledger::Place;

use crate::load::{self, Rate};
use crate::peers;
use crate::postgres::Server;
use crate::settings::Settings;
use crate::table::{self, verdict};
use crate::tiwizi::{Framed, Tiwizi};

/// Ours against the better of the plain ones, from `TARGET_CALLERS_MIN` callers on.
const TARGET: f64 = 6.0;
const TARGET_CALLERS_MIN: usize = 64;

/// Rates by the name of the contender and the number of callers.
type Rates = BTreeMap<(&'static str, usize), Rate>;

const OURS: &str = "Tiwizi, `Ledger::submit`";
const FRAMED: &str = "Tiwizi, `CqrsFramework` + `LedgerStore`";
const PGBENCH: &str = "pgbench, one row an insert";

/// Both stores, each against its peers.
pub(crate) async fn measure(settings: &Settings, server: &Server, folder: &Path) -> Result<()> {
    on_postgres(settings, server).await?;
    on_sqlite(settings, server, folder).await
}

const PLAIN_POSTGRES: [(&str, u32); 2] = [
    ("plain cqrs-es + postgres-es, pool of 10", 10),
    ("plain cqrs-es + postgres-es, pool of 64", 64),
];

async fn on_postgres(settings: &Settings, server: &Server) -> Result<()> {
    let ours = Arc::new(Tiwizi::open(&Place::Postgres(server.database("ours").await?)).await?);
    let mut plain = Vec::new();
    for (name, connections) in PLAIN_POSTGRES {
        let url = server.database(&format!("plain_{connections}")).await?;
        plain.push((name, Arc::new(peers::plain_postgres(&url, connections).await?)));
    }
    let rows = server.database("rows").await?;
    let mut rates = Rates::new();
    for &callers in &settings.callers {
        server.settle().await?;
        let rate = load::run(Arc::clone(&ours), callers, settings.duration).await?;
        rates.insert((OURS, callers), rate);
        let framed = Arc::new(Framed::over(&ours));
        let rate = load::run(framed, callers, settings.duration).await?;
        rates.insert((FRAMED, callers), rate);
        for (name, contender) in &plain {
            server.settle().await?;
            let rate = load::run(Arc::clone(contender), callers, settings.duration).await?;
            rates.insert((name, callers), rate);
        }
        server.settle().await?;
        let bytes = ours.event_bytes().await?;
        let rate = peers::pgbench(&rows, callers, settings.duration, bytes).await?;
        rates.extend(rate.map(|it| ((PGBENCH, callers), it)));
    }
    ours.ledger.close().await;
    let bytes = ours.event_bytes().await?;
    let title = format!("Executed commands on PostgreSQL, fsync on, {bytes} bytes an event");
    print(&title, settings, &rates, &PLAIN_POSTGRES.map(|it| it.0))
}

const PLAIN_SQLITE: [(&str, u32); 2] =
    [("plain cqrs-es + sqlite-es, pool of 1", 1), ("plain cqrs-es + sqlite-es, pool of 10", 10)];

async fn on_sqlite(settings: &Settings, server: &Server, folder: &Path) -> Result<()> {
    let ours = folder.join("ours");
    std::fs::create_dir(&ours)?;
    let ours = Arc::new(Tiwizi::open(&Place::Directory(ours)).await?);
    let mut plain = Vec::new();
    for (name, connections) in PLAIN_SQLITE {
        let file = folder.join(format!("plain-{connections}.sqlite"));
        plain.push((name, Arc::new(peers::plain_sqlite(&file, connections).await?)));
    }
    let mut rates = Rates::new();
    for &callers in &settings.callers {
        server.settle().await?;
        let rate = load::run(Arc::clone(&ours), callers, settings.duration).await?;
        rates.insert((OURS, callers), rate);
        let framed = Arc::new(Framed::over(&ours));
        let rate = load::run(framed, callers, settings.duration).await?;
        rates.insert((FRAMED, callers), rate);
        for (name, contender) in &plain {
            let rate = load::run(Arc::clone(contender), callers, settings.duration).await?;
            rates.insert((name, callers), rate);
        }
    }
    ours.ledger.close().await;
    let bytes = ours.event_bytes().await?;
    let title = format!("Executed commands on SQLite, `synchronous=FULL`, {bytes} bytes an event");
    print(&title, settings, &rates, &PLAIN_SQLITE.map(|it| it.0))
}

fn print(title: &str, settings: &Settings, rates: &Rates, plain: &[&'static str]) -> Result<()> {
    let mut head = vec!["commands/s (p50, p99)".to_owned()];
    head.extend(settings.callers.iter().map(|it| format!("{it} callers")));
    let mut names = vec![OURS, FRAMED];
    names.extend(plain);
    names.push(PGBENCH);
    let mut rows = Vec::new();
    for name in names.into_iter().filter(|name| rates.keys().any(|it| it.0 == *name)) {
        let mut row = vec![name.to_owned()];
        row.extend(
            settings
                .callers
                .iter()
                .map(|it| rates.get(&(name, *it)).map_or_else(String::new, Rate::cell)),
        );
        rows.push(row);
    }
    let rate = |name, callers| rates.get(&(name, callers)).map_or(f64::NAN, |it| it.per_second);
    let mut ratio = vec!["**ours / the better plain one**".to_owned()];
    let mut beside = vec!["ours / pgbench".to_owned()];
    for &callers in &settings.callers {
        let best = plain.iter().map(|name| rate(name, callers)).fold(f64::NAN, f64::max);
        let times = rate(OURS, callers) / best;
        ratio.push(if callers < TARGET_CALLERS_MIN {
            format!("{times:.2} ×")
        } else {
            verdict(times, TARGET)
        });
        beside.push(format!("{:.2} ×", rate(OURS, callers) / rate(PGBENCH, callers)));
    }
    rows.push(ratio);
    if rates.keys().any(|it| it.0 == PGBENCH) {
        rows.push(beside);
    }
    table::table(title, &head, &rows)
}
