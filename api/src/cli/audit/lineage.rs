//! `tiwizi audit lineage`: the events behind a figure.
use std::fmt::Write as _;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Result;
use clap::Args;
use domain::recorded::{Position, Recorded};
use infra::ledger::Ledger;
use projections::lineage::{Figure, Lineage};
use projections::{AsOf, Models, Subject};
use serde_json::json;

use super::words::{Happened, named, plain};
use super::{Check, answer_with, moment};
use crate::cli::DATA;
use crate::cli::speech::told;

/// How many subjects of each sort, and how many events, are told of; the rest are counted.
const ENTRIES_MAX: usize = 1_000;

#[derive(Args)]
pub(in crate::cli) struct Behind {
    #[command(flatten)]
    check: Check,
    /// The figure, as `lineage { figure }` of an answer names it.
    figure: Figure,
    /// What was known then: a position, or an instant as in 2026-05-01T12:00:00Z.
    #[arg(long, value_name = "POSITION|INSTANT")]
    as_of: Option<AsOf>,
}

impl Behind {
    pub(super) async fn run(self) -> Result<ExitCode> {
        let ledger = Ledger::open_read_only(&self.check.at.place(DATA)).await?;
        let as_of = self.as_of.unwrap_or(AsOf::Position(ledger.head().position));
        let models = moment::fold(&ledger, Models::default(), as_of).await?;
        let (lineage, value) = (models.lineage(&self.figure), models.value(&self.figure));
        let positions = positions(&ledger, &lineage, models.position).await?;
        let shown = &positions[..positions.len().min(ENTRIES_MAX)];
        let events = moment::read(&ledger, shown).await?;
        let answer = json!({
            "figure": self.figure.to_string(),
            "position": models.position,
            "value": value,
            "counts": first(&lineage.counts),
            "countsInAll": lineage.counts.len(),
            "restsOn": first(&lineage.rests_on),
            "restsOnInAll": lineage.rests_on.len(),
            "events": told_of(&events, &models),
            "eventsInAll": positions.len(),
        });
        let mut words = told(
            "AUDIT_LINEAGE",
            [
                ("figure", self.figure.to_string().into()),
                ("position", models.position.0.into()),
                ("value", plain(&value).into()),
            ],
        );
        let names = |all: &[Subject]| all.iter().map(|it| named(&models, *it)).collect();
        let counts = (names(&first(&lineage.counts)), lineage.counts.len());
        list(&mut words, "AUDIT_LINEAGE_COUNTED", counts);
        let rests_on = (names(&first(&lineage.rests_on)), lineage.rests_on.len());
        list(&mut words, "AUDIT_LINEAGE_CONTEXT", rests_on);
        let events = told_of(&events, &models).iter().map(Happened::to_string).collect();
        list(&mut words, "AUDIT_LINEAGE_EVENTS", (events, positions.len()));
        answer_with(self.check.json, &answer, &words)?;
        Ok(ExitCode::SUCCESS)
    }
}

/// Where the events behind a figure stand, in order.
async fn positions(ledger: &Ledger, lineage: &Lineage, last: Position) -> Result<Vec<Position>> {
    let mut positions = Vec::new();
    for subject in lineage.subjects() {
        let stream = ledger.stream(subject.kind.stored(), subject.id).await?;
        positions.extend(stream.iter().map(|it| it.position).filter(|it| *it <= last));
    }
    positions.sort_unstable();
    Ok(positions)
}

fn told_of(events: &[Arc<Recorded>], models: &Models) -> Vec<Happened> {
    events.iter().map(|it| Happened::of(it, models)).collect()
}

fn first<'a>(subjects: impl IntoIterator<Item = &'a Subject>) -> Vec<Subject> {
    subjects.into_iter().take(ENTRIES_MAX).copied().collect()
}

/// Lines under a heading, and how many more there are.
fn list(to: &mut String, code: &str, (lines, in_all): (Vec<String>, usize)) {
    if in_all == 0 {
        return;
    }
    // Writing to a `String` never fails.
    let _ = write!(to, "\n\n{}", told(code, [("count", in_all.into())]));
    for line in &lines {
        let _ = write!(to, "\n  {line}");
    }
    if in_all > lines.len() {
        let _ =
            write!(to, "\n  {}", told("AUDIT_MORE", [("count", (in_all - lines.len()).into())]));
    }
}
