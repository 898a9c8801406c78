//! Proofs from the stored hashes: that one event is in the log, and that the log only grew.
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use domain::recorded::Position;
use infra::ledger::{Included, Ledger, Place};
use infra::transparency::proof::{is_consistent, root_of_inclusion};
use infra::transparency::tree::leaf;

use crate::past::row;
use crate::table;

const PROOFS: usize = 1_000;
const TARGET: Duration = Duration::from_millis(1);

/// Proves at positions spread over the whole ledger, in no order, and checks what was proven.
pub(crate) async fn measure(store: &str, place: &Place) -> Result<()> {
    let ledger = Ledger::open_read_only(place).await?;
    let head = ledger.head();
    let last = head.position;
    let (mut receipts, mut growths) = (Vec::new(), Vec::new());
    for number in 0..PROOFS {
        // Steps of the golden ratio leave no part of the ledger out.
        let spread = (number as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let position = Position(spread % last.0 + 1);
        let start = Instant::now();
        let included = ledger.inclusion(position, last).await?;
        let Included { event, path } = included.context("it is in the ledger")?;
        receipts.push(start.elapsed());
        let root = root_of_inclusion(leaf(&event.bytes), position.0 - 1, last.0, &path);
        ensure!(root == Some(head.root), "the proof of {position} proves nothing");

        let start = Instant::now();
        let path = ledger.consistency(position, last).await?.context("it is in the ledger")?;
        growths.push(start.elapsed());
        let old = (position.0, ledger.root_at(position).await?);
        ensure!(is_consistent(old, (last.0, head.root), &path), "{position} begins another ledger");
    }
    let rows = [
        row("an event and its proof, as a receipt has them", receipts, TARGET),
        row("consistency with any earlier size", growths, TARGET),
    ];
    let title = format!("Proofs on {store}, {last} events");
    table::table(&title, &["proof", "p50", "p99", "p50's target"].map(str::to_owned), &rows)
}
