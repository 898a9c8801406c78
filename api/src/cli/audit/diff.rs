//! `tiwizi audit diff`: what changed between two moments, for one subject or for all.
use std::fmt::Write as _;
use std::process::ExitCode;

use anyhow::{Result, ensure};
use clap::Args;
use domain::recorded::Position;
use infra::ledger::Ledger;
use projections::state::difference::{Change, changes};
use projections::{AsOf, Models, Subject};
use serde_json::{Value, json};

use super::words::{Happened, named, plain};
use super::{Check, answer_with, moment};
use crate::cli::DATA;
use crate::cli::speech::told;

/// How many subjects are told of; the rest are counted.
const SUBJECTS_MAX: usize = 200;
/// How many events, and how many changes, are told of each; the rest are counted.
const ENTRIES_MAX: usize = 200;

#[derive(Args)]
pub(in crate::cli) struct Diff {
    #[command(flatten)]
    check: Check,
    /// The earlier moment: a position, or an instant as in 2026-05-01T12:00:00Z.
    #[arg(long, value_name = "POSITION|INSTANT")]
    from: AsOf,
    /// The later moment.
    #[arg(long, value_name = "POSITION|INSTANT")]
    to: AsOf,
    /// Of one subject alone, as in `commitment/0198…`.
    #[arg(long, value_name = "TYPE/ID")]
    subject: Option<Subject>,
}

/// What became of one subject.
struct Become {
    subject: Subject,
    known: (bool, bool),
    positions: Vec<Position>,
    changes: Vec<Change>,
}

impl Diff {
    pub(super) async fn run(self) -> Result<ExitCode> {
        let ledger = Ledger::open_read_only(&self.check.at.place(DATA)).await?;
        moment::within(&ledger, self.to)?;
        let before = moment::fold(&ledger, Models::default(), self.from).await?;
        let forward = before.recorded_at.is_none_or(|at| self.to.includes(before.position, at));
        ensure!(forward, "{}", told("AUDIT_MOMENTS_REVERSED", []));
        let after = moment::fold(&ledger, before.clone(), self.to).await?;
        let all = self.became(&before, &after);
        let mut told_of = Vec::with_capacity(all.len().min(SUBJECTS_MAX));
        let mut words = told(
            "AUDIT_DIFF",
            [
                ("from", before.position.0.into()),
                ("to", after.position.0.into()),
                ("subjects", all.len().into()),
            ],
        );
        for it in all.iter().take(SUBJECTS_MAX) {
            let wanted = &it.positions[..it.positions.len().min(ENTRIES_MAX)];
            let events = moment::read(&ledger, wanted).await?;
            let events: Vec<_> = events.iter().map(|event| Happened::of(event, &after)).collect();
            it.say(&mut words, &events, &after);
            told_of.push(it.json(&events, &after));
        }
        let left_out = all.len() - told_of.len();
        if left_out > 0 {
            let _ = write!(words, "\n{}", told("AUDIT_MORE", [("count", left_out.into())]));
        }
        let answer = json!({
            "from": before.position, "to": after.position, "inAll": all.len(), "subjects": told_of,
        });
        answer_with(self.check.json, &answer, &words)?;
        Ok(ExitCode::SUCCESS)
    }

    /// The subject that is asked about, else every one whose state differs.
    fn became(&self, before: &Models, after: &Models) -> Vec<Become> {
        let of = |subject| Become::of(subject, before, after);
        if let Some(subject) = self.subject {
            return vec![of(subject)];
        }
        let all = after.subjects.since(before.position).map(of);
        all.filter(|it| !it.changes.is_empty()).collect()
    }
}

impl Become {
    fn of(subject: Subject, before: &Models, after: &Models) -> Self {
        let (one, other) = (before.entity(subject), after.entity(subject));
        Self {
            subject,
            known: (one.is_some(), other.is_some()),
            positions: after.subjects.page(subject, before.position, usize::MAX),
            changes: changes(one.as_ref(), other.as_ref()),
        }
    }

    fn say(&self, to: &mut String, events: &[Happened], after: &Models) {
        // Writing to a `String` never fails.
        let _ = write!(to, "\n\n{}", named(after, self.subject));
        let _ = write!(
            to,
            "\n  {}",
            match self.known {
                (false, false) => told("AUDIT_SUBJECT_UNKNOWN", []),
                (false, true) => told("AUDIT_SUBJECT_NEW", []),
                _ if self.changes.is_empty() => told("AUDIT_SUBJECT_SAME", []),
                _ => told("AUDIT_SUBJECT_CHANGED", [("count", self.changes.len().into())]),
            }
        );
        for event in events {
            let _ = write!(to, "\n  {event}");
        }
        more(to, self.positions.len(), events.len());
        for change in self.changes.iter().take(ENTRIES_MAX).filter(|it| !it.path.is_empty()) {
            let _ = write!(to, "\n    {}", line(change));
        }
        more(to, self.changes.len(), self.changes.len().min(ENTRIES_MAX));
    }

    fn json(&self, events: &[Happened], after: &Models) -> Value {
        json!({
            "subject": self.subject,
            "title": named(after, self.subject),
            "events": events,
            "eventsInAll": self.positions.len(),
            "changes": self.changes.iter().take(ENTRIES_MAX).collect::<Vec<_>>(),
            "changesInAll": self.changes.len(),
        })
    }
}

/// One change, old before new.
fn line(change: &Change) -> String {
    let path = ("path", change.path.clone().into());
    match (&change.before, &change.after) {
        (Some(before), Some(after)) => told(
            "AUDIT_CHANGE",
            [path, ("before", plain(before).into()), ("after", plain(after).into())],
        ),
        (None, Some(after)) => told("AUDIT_CHANGE_ADDED", [path, ("after", plain(after).into())]),
        (before, None) => {
            let before = before.as_ref().map(plain).unwrap_or_default();
            told("AUDIT_CHANGE_REMOVED", [path, ("before", before.into())])
        }
    }
}

fn more(to: &mut String, in_all: usize, shown: usize) {
    if in_all > shown {
        let _ = write!(to, "\n    {}", told("AUDIT_MORE", [("count", (in_all - shown).into())]));
    }
}
