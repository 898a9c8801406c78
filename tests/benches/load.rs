//! Callers that each wait for their answer before they send the next command.
use std::future::Future;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::Result;
use domain::commitment::{Command, Pledge};
use domain::ids::{ActorId, EvidenceId, InterventionId, MilestoneId, ProgrammeId};
use domain::measure::Quantity;
use domain::text::{Note, Title};
use jiff::civil::date;
use uuid::Uuid;

use crate::table::grouped;

/// What fills pools and caches before anything counts.
pub(crate) const WARM_UP: Duration = Duration::from_millis(500);
/// Promised, and confirmed in two halves.
const DAYS: i64 = 40;

/// One way to have a command executed durably.
pub(crate) trait Contender: Send + Sync + 'static {
    /// Returns once it is on the disk.
    fn execute(&self, id: Uuid, command: Command) -> impl Future<Output = Result<()>> + Send;
}

/// What came of it.
#[derive(Clone, Copy)]
pub(crate) struct Rate {
    /// Executed commands per second.
    pub(crate) per_second: f64,
    /// Half of the answers came within this.
    pub(crate) p50: Duration,
    /// All but one answer in a hundred came within this, where it is known.
    pub(crate) p99: Option<Duration>,
    /// Commands that failed.
    pub(crate) failed: usize,
}

/// Has `callers` execute lives of commitments, one after another, for `duration`.
pub(crate) async fn run<C: Contender>(
    contender: Arc<C>,
    callers: usize,
    duration: Duration,
) -> Result<Rate> {
    let start = Instant::now() + WARM_UP;
    let end = start + duration;
    let calling: Vec<_> =
        (0..callers).map(|_| tokio::spawn(call(Arc::clone(&contender), start, end))).collect();
    let (mut times, mut failed) = (Vec::new(), 0);
    for caller in calling {
        let (answered, refused) = caller.await??;
        times.extend(answered);
        failed += refused;
    }
    Rate::of(times, duration, failed)
}

impl Rate {
    /// Of the answers that took `times` and came within `duration`.
    pub(crate) fn of(mut times: Vec<Duration>, duration: Duration, failed: usize) -> Result<Self> {
        times.sort_unstable();
        let quantile = |hundredths: usize| {
            times.get(times.len() * hundredths / 100).copied().unwrap_or_default()
        };
        let per_second = f64::from(u32::try_from(times.len())?) / duration.as_secs_f64();
        Ok(Self { per_second, p50: quantile(50), p99: Some(quantile(99)), failed })
    }

    /// As a table shows it.
    pub(crate) fn cell(&self) -> String {
        let milliseconds = |it: Duration| format!("{:.2}", it.as_secs_f64() * 1e3);
        let (p50, p99) =
            (milliseconds(self.p50), self.p99.map_or_else(|| "?".into(), milliseconds));
        let failed =
            if self.failed == 0 { String::new() } else { format!(", {} failed", self.failed) };
        format!("{} ({p50}, {p99} ms{failed})", grouped(self.per_second))
    }
}

/// A caller whose command fails gives that commitment up and begins another.
async fn call<C: Contender>(
    contender: Arc<C>,
    start: Instant,
    end: Instant,
) -> Result<(Vec<Duration>, usize)> {
    let (mut times, mut failed) = (Vec::new(), 0);
    loop {
        let id = Uuid::now_v7();
        let (by, to) = (Uuid::now_v7().into(), Uuid::now_v7().into());
        let (intervention, programme) = (Uuid::now_v7().into(), Uuid::now_v7().into());
        for command in life(by, to, intervention, programme)? {
            let asked = Instant::now();
            if asked >= end {
                return Ok((times, failed));
            }
            let answer = contender.execute(id, command).await;
            let answered = Instant::now();
            let counts = asked >= start && answered <= end;
            if answer.is_err() {
                failed += usize::from(counts);
                break;
            }
            if counts {
                times.push(answered - asked);
            }
        }
    }
}

/// A commitment from its offer to its fulfilment: ten commands, one event each.
pub(crate) fn life(
    by: ActorId,
    to: ActorId,
    intervention: InterventionId,
    programme: ProgrammeId,
) -> Result<Vec<Command>> {
    let (works, opening) = (MilestoneId::from_u128(1), MilestoneId::from_u128(2));
    let half = Quantity::new(DAYS / 2)?;
    let add = |milestone, title, month| -> Result<Command> {
        let (title, due) = (Title::fr(title)?, date(2024, month, 30));
        Ok(Command::AddMilestone { by: to, milestone, title, due })
    };
    let submit = |number, milestone| -> Result<Command> {
        let evidence = EvidenceId::from_u128(number);
        let note = Some(Note::fr("Procès-verbal signé par les deux parties, exemple")?);
        let (milestone, documents) = (Some(milestone), vec![]);
        Ok(Command::SubmitEvidence { by, evidence, milestone, documents, claimed: half, note })
    };
    let confirm = |number| {
        let evidence = EvidenceId::from_u128(number);
        Command::ConfirmFulfilment { by: to, evidence, confirmed: half, exceeding: false }
    };
    Ok(vec![
        Command::Offer {
            by,
            to,
            title: Title::fr("Quarante jours d'animation au terrain de sport, exemple")?,
            pledge: Pledge::Human { days: Quantity::new(DAYS)? },
            intervention: Some(intervention),
            programme: Some(programme),
            due: Some(date(2024, 12, 31)),
        },
        Command::Accept { by: to },
        add(works, "Fin des travaux, exemple", 6)?,
        add(opening, "Ouverture au public, exemple", 9)?,
        Command::RescheduleMilestone {
            by: to,
            milestone: opening,
            due: date(2024, 10, 31),
            reason: Note::fr("Intempéries, exemple")?,
        },
        submit(5, works)?,
        confirm(5),
        Command::RescheduleMilestone {
            by: to,
            milestone: opening,
            due: date(2024, 11, 30),
            reason: Note::fr("Matériel en retard, exemple")?,
        },
        submit(6, opening)?,
        confirm(6),
    ])
}
