//! A thousand readers of one server, each on a stream of its own: how late the last of them hears of a
//! command, and what the server keeps for each. Needs `ulimit -n` of 2,100 or more.
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use reqwest::Response;
use serde_json::json;
use tests::{Server, Store};
use uuid::Uuid;

use crate::table;

const SUBSCRIBERS: usize = 1_000;
const COMMANDS: usize = 100;
/// How long an event may take to reach everybody.
const ARRIVAL_MAX: Duration = Duration::from_mins(1);

const REGISTER: &str = "mutation($input: ActorRegisterInput!) { actorRegister(input: $input) { \
    receipt { lastPosition } errors { code } } }";

/// What all readers of one run have seen.
struct Seen {
    start: Instant,
    events: AtomicUsize,
    /// When the last event came, in nanoseconds from the start.
    last: AtomicU64,
}

/// What one run gives.
struct Run {
    subscribers: usize,
    delivered: usize,
    took: Duration,
    /// From sending a command to its answer, and to the last reader, in order of length.
    answers: Vec<Duration>,
    arrivals: Vec<Duration>,
    /// Resident bytes of the server before anybody read, and with everybody reading.
    before: u64,
    after: u64,
}

/// One reader, then a thousand, of the program as it was built beside this one.
pub(crate) async fn measure(folder: &Path) -> Result<()> {
    let mut runs = Vec::new();
    for subscribers in [1, SUBSCRIBERS] {
        let store = Store::Sqlite(folder.join(format!("subscribers-{subscribers}")));
        let server = Server::start("serve", &store).await?;
        let acting = server.acting_as_founder()?;
        runs.push(run(&server.acting(&acting), subscribers).await?);
    }
    let [one, many] = &runs[..] else { bail!("two runs") };
    let mut rows: Vec<_> = runs.iter().map(row).collect();
    let ratio = |of: fn(&Run) -> Duration| format!("{:.1} ×", of(many).div_duration_f64(of(one)));
    rows.push(vec![
        "**many / one**".to_owned(),
        String::new(),
        String::new(),
        ratio(|it| percentile(&it.answers, 50)),
        ratio(|it| percentile(&it.arrivals, 50)),
        ratio(|it| percentile(&it.arrivals, 99)),
        String::new(),
    ]);
    let head = [
        "subscribers",
        "events delivered",
        "delivered/s",
        "answer, p50",
        "last subscriber, p50",
        "p99",
        "resident memory a subscriber",
    ];
    let title = format!("Subscribers over SSE, {COMMANDS} commands one after the other, SQLite");
    table::table(&title, &head.map(str::to_owned), &rows)
}

async fn run(server: &Server, subscribers: usize) -> Result<Run> {
    let before = resident_bytes(server)?;
    let seen = Arc::new(Seen {
        start: Instant::now(),
        events: AtomicUsize::new(0),
        last: AtomicU64::new(0),
    });
    let client = tests::http().build()?;
    let mut readers = Vec::with_capacity(subscribers);
    for _ in 0..subscribers {
        let query = json!({ "query": "subscription { events { position name recordedAt } }" });
        let request = client.post(format!("{}/graphql", server.url)).json(&query);
        let stream = request.header("Accept", "text/event-stream").send().await?;
        let stream = stream.error_for_status().context("a stream")?;
        readers.push(tokio::spawn(read(stream, Arc::clone(&seen))));
    }
    let (mut answers, mut arrivals) = (Vec::new(), Vec::new());
    let start = Instant::now();
    for command in 1..=COMMANDS {
        let sent = Instant::now();
        register(server).await?;
        answers.push(sent.elapsed());
        everybody(&seen, command * subscribers).await?;
        let last = Duration::from_nanos(seen.last.load(Ordering::Acquire));
        arrivals.push(last.saturating_sub(sent - seen.start));
    }
    let took = start.elapsed();
    let after = resident_bytes(server)?;
    readers.iter().for_each(tokio::task::JoinHandle::abort);
    answers.sort_unstable();
    arrivals.sort_unstable();
    let delivered = seen.events.load(Ordering::Acquire);
    Ok(Run { subscribers, delivered, took, answers, arrivals, before, after })
}

/// Counts the events of one stream as they come.
async fn read(mut stream: Response, seen: Arc<Seen>) -> Result<()> {
    let mut text = String::new();
    while let Some(part) = stream.chunk().await? {
        text.push_str(std::str::from_utf8(&part)?);
        while let Some((block, rest)) = text.split_once("\n\n") {
            if block.lines().any(|it| it == "event: next") {
                let now = u64::try_from(seen.start.elapsed().as_nanos())?;
                seen.last.fetch_max(now, Ordering::AcqRel);
                seen.events.fetch_add(1, Ordering::AcqRel);
            }
            text = rest.to_owned();
        }
    }
    Ok(())
}

/// Waits until everybody has seen everything, and nobody anything twice.
async fn everybody(seen: &Seen, expected: usize) -> Result<()> {
    let limit = Instant::now() + ARRIVAL_MAX;
    while seen.events.load(Ordering::Acquire) < expected {
        ensure!(Instant::now() < limit, "{:?} of {expected} came", seen.events);
        tokio::time::sleep(Duration::from_micros(200)).await;
    }
    ensure!(seen.events.load(Ordering::Acquire) == expected, "an event came twice");
    Ok(())
}

async fn register(server: &Server) -> Result<()> {
    let letter = |byte: &u8| char::from(b'a' + byte % 26);
    let name: String = Uuid::new_v4().as_bytes().iter().map(letter).collect();
    let input = json!({ "commandId": Uuid::new_v4(), "name": format!("Association {name}"),
        "kind": "LOCAL_ASSOCIATION", "country": "MA" });
    let answer = server.graphql(REGISTER, json!({ "input": input })).await?;
    ensure!(answer["data"]["actorRegister"]["receipt"].is_object(), "{answer}");
    Ok(())
}

/// What the server holds in memory (`VmRSS` of proc(5)), in bytes.
fn resident_bytes(server: &Server) -> Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.process()))?;
    let line = status.lines().find_map(|it| it.strip_prefix("VmRSS:")).context("VmRSS")?;
    Ok(line.trim().trim_end_matches(" kB").parse::<u64>()? * 1_024)
}

fn percentile(sorted: &[Duration], percent: usize) -> Duration {
    sorted[(sorted.len() * percent / 100).min(sorted.len() - 1)]
}

fn row(run: &Run) -> Vec<String> {
    let ms = |time: Duration| format!("{:.1} ms", time.as_secs_f64() * 1e3);
    #[expect(clippy::cast_precision_loss, reason = "a count for people")]
    let (delivered, grown) = (
        run.delivered as f64,
        run.after.saturating_sub(run.before) as f64 / run.subscribers as f64,
    );
    vec![
        run.subscribers.to_string(),
        table::grouped(delivered),
        table::grouped(delivered / run.took.as_secs_f64()),
        ms(percentile(&run.answers, 50)),
        ms(percentile(&run.arrivals, 50)),
        ms(percentile(&run.arrivals, 99)),
        format!("{:.0} kB", grown / 1e3),
    ]
}
