//! The moments that an audit is asked about.
use std::sync::Arc;

use anyhow::{Result, ensure};
use domain::recorded::{Position, Recorded};
use infra::ledger::Ledger;
use projections::{AsOf, Models};

use crate::app::catch_up;

/// Refuses a position that the ledger has not come to.
pub(super) fn within(ledger: &Ledger, as_of: AsOf) -> Result<()> {
    let head = ledger.head().position;
    let AsOf::Position(position) = as_of else { return Ok(()) };
    ensure!(position <= head, "{}", super::beyond(head));
    Ok(())
}

/// What was known at `as_of`, folded on from `models`, which stand at an earlier moment.
pub(super) async fn fold(ledger: &Ledger, mut models: Models, as_of: AsOf) -> Result<Models> {
    within(ledger, as_of)?;
    catch_up(ledger, &mut models, as_of).await?;
    Ok(models)
}

/// The events at `positions`, which are in order: one read for each run without a gap.
pub(super) async fn read(ledger: &Ledger, positions: &[Position]) -> Result<Vec<Arc<Recorded>>> {
    let mut events = Vec::with_capacity(positions.len());
    for run in positions.chunk_by(|one, next| one.next() == *next) {
        let before = Position(run[0].0.saturating_sub(1));
        events.extend(ledger.events(before, run.len()).await?);
    }
    Ok(events)
}
