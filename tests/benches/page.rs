//! A page of interventions with their partners and commitments, over HTTP: ours from memory, the peer's
//! by SQL and `DataLoader`.
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use infra::ledger::Place;
use serde_json::{Value, json};
use tests::Store;
use tokio::task::spawn_blocking;

use self::connection::{Connection, request};
use crate::history;
use crate::load::{Rate, WARM_UP};
use crate::postgres::Server;
use crate::replay::replay;
use crate::settings::Settings;
use crate::table::{self, verdict};
use crate::tiwizi::Tiwizi;

mod connection;
pub(crate) mod peer;
mod tables;

/// What this program is told to be the peer's server.
pub(crate) const PEER: &str = "page-peer";
/// Of the peer's pages per second.
const TARGET: f64 = 3.0;
/// Interventions on a page.
const PAGE: usize = 20;
const CONNECTIONS: [usize; 3] = [1, 8, 32];
/// Each rate is the median of so many.
const ROUNDS: usize = 5;

/// Cursors are each server's own, so the measured page does not show its last one.
fn query(page_info: &str) -> String {
    format!(
        "query Page($after: String) {{ interventions(first: {PAGE}, after: $after) {{
            nodes {{
                commitments {{ by {{ name }} due pledged stage title {{ text }} }}
                id
                participations {{ actor {{ name }} role }}
                stage
                title {{ text }}
            }}
            pageInfo {{ {page_info} }}
        }} }}"
    )
}

/// One server and its pages.
struct Contender {
    address: SocketAddr,
    pages: Arc<[Page]>,
}

struct Page {
    asked: Vec<u8>,
    /// Of the answer's body, in bytes.
    length: usize,
    /// With the members of each object in the order of their names: async-graphql shows those first
    /// that are there first.
    data: String,
}

/// Ours and the peer's, by turns.
pub(crate) async fn measure(settings: &Settings, server: &Server, folder: &Path) -> Result<()> {
    let events = *settings.events.first().context("TIWIZI_BENCH_EVENTS is empty")?;
    let directory = folder.join("page");
    std::fs::create_dir(&directory)?;
    let store = Store::Sqlite(directory.clone());
    // The first start founds the ledger.
    tests::Server::start("serve", &store).await?.stop()?;
    let place = Place::Directory(directory);
    let tiwizi = Arc::new(Tiwizi::open(&place).await?);
    history::fill(&tiwizi, events).await?;
    tiwizi.ledger.close().await;
    drop(tiwizi);
    let url = server.database("page").await?;
    tables::fill(&url, replay(&place).await?.live()).await?;
    server.settle().await?;

    let own = tests::Server::start("serve", &store).await?;
    let address = own.url.strip_prefix("http://").context("an address")?.parse()?;
    let ours = Contender { address, pages: walk(address)? };
    let process = Process::start(&url)?;
    let theirs = Contender { address: process.address, pages: walk(process.address)? };
    ensure!(ours.pages.len() == theirs.pages.len(), "one list has more pages than the other");
    for (own, other) in ours.pages.iter().zip(theirs.pages.iter()) {
        ensure!(own.data == other.data, "the two servers show different pages");
    }
    let bytes = ours.pages.iter().map(|it| it.length).sum::<usize>() / ours.pages.len();
    let title = format!(
        "{PAGE} interventions with partners and commitments, {} pages of {bytes} bytes, {events} events",
        ours.pages.len()
    );
    compare(settings.duration, &title, &ours, &theirs).await
}

async fn compare(
    duration: Duration,
    title: &str,
    ours: &Contender,
    theirs: &Contender,
) -> Result<()> {
    let mut head = vec!["pages/s (p50, p99)".to_owned()];
    let mut own = vec!["Tiwizi".to_owned()];
    let mut other = vec![format!("SQL + `DataLoader`, pool of {}", peer::POOL)];
    let mut ratio = vec!["**ours / the peer's**".to_owned()];
    for connections in CONNECTIONS {
        let (mut a, mut b) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            a.push(run(ours, connections, duration).await?);
            b.push(run(theirs, connections, duration).await?);
        }
        let rates = a.iter().zip(&b).map(|(a, b)| a.per_second / b.per_second);
        let times = median(rates.collect(), f64::total_cmp);
        head.push(format!("{connections} connections"));
        own.push(middle(&a).cell());
        other.push(middle(&b).cell());
        ratio.push(verdict(times, TARGET));
    }
    table::table(title, &head, &[own, other, ratio])
}

/// The median of each figure.
fn middle(rates: &[Rate]) -> Rate {
    Rate {
        per_second: median(rates.iter().map(|it| it.per_second).collect(), f64::total_cmp),
        p50: median(rates.iter().map(|it| it.p50).collect(), Ord::cmp),
        p99: median(rates.iter().map(|it| it.p99).collect(), Ord::cmp),
        failed: 0,
    }
}

fn median<T: Copy>(mut all: Vec<T>, order: impl FnMut(&T, &T) -> std::cmp::Ordering) -> T {
    all.sort_by(order);
    all[all.len() / 2]
}

/// From the first page to the last: what to ask for each, and the data that answer.
fn walk(address: SocketAddr) -> Result<Arc<[Page]>> {
    let mut connection = Connection::open(address)?;
    let (mut pages, mut after) = (Vec::new(), Value::Null);
    loop {
        let body = |page_info| json!({"query": query(page_info), "variables": {"after": after}});
        let asked = request(&body("hasNextPage").to_string());
        let answer: Value = serde_json::from_slice(connection.ask(&asked)?)?;
        ensure!(answer["errors"].is_null(), "{}", answer["errors"]);
        let length = connection.ask(&asked)?.len();
        pages.push(Page { asked, length, data: answer["data"].to_string() });
        let asked = request(&body("endCursor hasNextPage").to_string());
        let answer: Value = serde_json::from_slice(connection.ask(&asked)?)?;
        let info = &answer["data"]["interventions"]["pageInfo"];
        if info["hasNextPage"] != true {
            return Ok(pages.into());
        }
        after = info["endCursor"].clone();
    }
}

/// Has `connections` callers ask for one page after another, for `duration`.
async fn run(contender: &Contender, connections: usize, duration: Duration) -> Result<Rate> {
    let start = Instant::now() + WARM_UP;
    let end = start + duration;
    let calling: Vec<_> = (0..connections)
        .map(|caller| {
            let pages = Arc::clone(&contender.pages);
            // Each begins elsewhere in the list.
            let first = pages.len() * caller / connections;
            let address = contender.address;
            spawn_blocking(move || call(address, &pages, first, start, end))
        })
        .collect();
    let mut times = Vec::new();
    for caller in calling {
        times.extend(caller.await??);
    }
    Rate::of(times, duration, 0)
}

fn call(
    address: SocketAddr,
    pages: &[Page],
    first: usize,
    start: Instant,
    end: Instant,
) -> Result<Vec<Duration>> {
    let mut connection = Connection::open(address)?;
    let mut times = Vec::new();
    for page in pages.iter().cycle().skip(first) {
        let asked = Instant::now();
        if asked >= end {
            break;
        }
        let answer = connection.ask(&page.asked)?;
        let answered = Instant::now();
        ensure!(
            answer.starts_with(b"{\"data\":{") && answer.len() == page.length,
            "a page has changed"
        );
        if asked >= start && answered <= end {
            times.push(answered - asked);
        }
    }
    Ok(times)
}

/// The peer's server: a process of its own, as ours is.
struct Process {
    child: Child,
    address: SocketAddr,
}

impl Process {
    fn start(url: &str) -> Result<Self> {
        let mut child = Command::new(std::env::current_exe()?)
            .args([PEER, url])
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("it is piped")?).read_line(&mut line)?;
        Ok(Self { address: line.trim().parse().context("the peer's address")?, child })
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
