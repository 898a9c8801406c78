//! Questions about the past: all models as of any position, and one entity alone.
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Result, ensure};
use domain::ids::InterventionId;
use domain::recorded::{Position, Recorded};
use futures_util::future::join;
use infra::ledger::{Ledger, Place, Stored};
use projections::{AsOf, History, Models, advance};

use crate::replay::replay;
use crate::{history, table};

const QUESTIONS: usize = 400;
/// Events read at a time between a copy of the models and the position asked for, as a server does.
const PAGE_EVENTS: usize = 1_000;
const TARGET_ANY: Duration = Duration::from_millis(25);
const TARGET_ONE: Duration = Duration::from_millis(1);

/// Asks at positions spread over the whole past, in no order.
pub(crate) async fn measure(store: &str, place: &Place) -> Result<()> {
    let ledger = Ledger::open_read_only(place).await?;
    let history = replay(place).await?;
    let head = history.live().position.0;
    let (mut any, mut one) = (Vec::new(), Vec::new());
    for question in 0..QUESTIONS {
        // Steps of the golden ratio leave no part of the past out and repeat none.
        let spread = (question as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let position = Position(spread % head + 1);
        let start = Instant::now();
        let models = whole(&ledger, &history, position).await?;
        any.push(start.elapsed());
        let known = models.interventions.len().max(1);
        let Some(id) = models.interventions.iter().nth(question % known) else { continue };
        let id = id.id;
        let start = Instant::now();
        alone(&ledger, id, position).await?;
        one.push(start.elapsed());
    }
    let rows = [
        row("any question, as of any position", any, TARGET_ANY),
        row("one intervention, its own stream", one, TARGET_ONE),
    ];
    let title = format!("The past on {store}, {head} events, {} copies kept", history.copies());
    table::table(&title, &["question", "p50", "p99", "p50's target"].map(str::to_owned), &rows)
}

/// All models as they were, and the answer to one question about them.
async fn whole(ledger: &Ledger, history: &History, position: Position) -> Result<Models> {
    let as_of = AsOf::Position(position);
    let mut models = history.nearest(as_of);
    let mut events = ledger.events(models.position, wanted(models.position, position)).await?;
    while let Some(last) = events.last().map(|it| it.position) {
        let next = ledger.events(last, wanted(last, position));
        let (next, more) = join(next, async { advance(&mut models, &events, as_of) }).await;
        if !more {
            break;
        }
        events = next?;
    }
    ensure!(models.position == position, "it stopped at {}", models.position);
    black_box(models.interventions.of_programme(history::programme(position.0)).count());
    Ok(models)
}

fn wanted(after: Position, until: Position) -> usize {
    usize::try_from(until.0 - after.0).map_or(PAGE_EVENTS, |left| left.min(PAGE_EVENTS))
}

/// One of them, from its own events.
async fn alone(ledger: &Ledger, id: InterventionId, position: Position) -> Result<()> {
    let mut models = Models::default();
    let events = read(&ledger.stream("intervention", id.into()).await?)?;
    advance(&mut models, &events, AsOf::Position(position));
    ensure!(models.interventions.get(id).is_some(), "it was there");
    Ok(())
}

fn read(stored: &[Stored]) -> Result<Vec<Arc<Recorded>>> {
    let events = stored.iter().map(|it| Recorded::read(it.position, &it.bytes).map(Arc::new));
    Ok(events.collect::<Result<_, _>>()?)
}

pub(crate) fn row(question: &str, mut times: Vec<Duration>, at_most: Duration) -> Vec<String> {
    times.sort_unstable();
    let quantile = |hundredths: usize| times[times.len() * hundredths / 100];
    let milliseconds = |it: Duration| format!("{:.2} ms", it.as_secs_f64() * 1e3);
    let (p50, p99) = (quantile(50), quantile(99));
    let met = if p50 <= at_most { "met" } else { "**not met**" };
    let target = format!("≤ {}: {met}", milliseconds(at_most));
    vec![question.to_owned(), milliseconds(p50), milliseconds(p99), target]
}
