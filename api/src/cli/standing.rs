//! What a ledger says of itself, and how it says more: for no actor, by no mandate.
use std::path::Path;

use anyhow::{Context, Result, bail};
use domain::effective::Effective;
use domain::genesis::{self, Clock, Event, Signed};
use domain::ids::{CommandId, LedgerId};
use domain::published::VerifierKey;
use domain::recorded::{CommandRef, Fact, Position, Provenance, Recorded};
use infra::ledger::{Ledger, Receipt, Submission, SubmitError};
use infra::log::Log;
use jiff::Timestamp;
use projections::{Genesis, Models};
use uuid::Uuid;

use super::speech::told;

/// A ledger that has begun, as far as its own events say.
pub(super) struct Standing {
    /// Which one.
    pub(super) id: LedgerId,
    /// How its time was kept.
    pub(super) clock: Clock,
    /// Under which origin and by which keys its log is signed.
    pub(super) signed: Signed,
}

impl Standing {
    /// What `ledger` says of itself; `None` where it is empty.
    pub(super) async fn of(ledger: &Ledger) -> Result<Option<Self>> {
        let Some((id, events)) = own_events(ledger).await? else { return Ok(None) };
        let (mut clock, mut state) = (Clock::Real, genesis::Ledger::default());
        for recorded in events {
            let Fact::Ledger(_, event) = recorded.fact else { continue };
            if let Event::Opened { clock: kept, .. } = &event {
                clock = *kept;
            }
            state = state.evolve(event);
        }
        match state {
            genesis::Ledger::Opened(signed) => Ok(Some(Self { id, clock, signed })),
            genesis::Ledger::Unopened => bail!("the first event is not a ledger's beginning"),
        }
    }

    /// The same of a ledger that has begun.
    pub(super) async fn of_begun(ledger: &Ledger) -> Result<Self> {
        match Self::of(ledger).await? {
            Some(standing) => Ok(standing),
            None => bail!(told("LEDGER_NOT_OPEN", [])),
        }
    }

    /// What its log is published under.
    pub(super) fn origin(&self) -> &str {
        self.signed.origin.as_str()
    }

    /// Publishes its log, whose keys and anchor are kept in `folder`. A key signs nothing before the
    /// ledger names it; but a simulated past stays as it was told.
    pub(super) async fn publish(&self, ledger: &Ledger, folder: &Path) -> Result<Log> {
        std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        let log = Log::prepare(ledger.clone(), self.origin(), folder).await?;
        if self.clock == Clock::Real {
            self.trust(ledger, today(), &verifier_keys(log.keys())?).await?;
        }
        Ok(log.publish().await?)
    }

    /// Those of `keys` that the ledger does not trust yet.
    pub(super) fn unknown(&self, keys: &[VerifierKey]) -> Vec<VerifierKey> {
        keys.iter().filter(|it| !self.signed.trusted.contains(it)).cloned().collect()
    }

    /// Records `commands` to `ledger`, true at `effective`; nothing where there are none.
    pub(super) async fn record(
        &self,
        ledger: &Ledger,
        effective: Effective,
        commands: impl IntoIterator<Item = genesis::Command>,
    ) -> Result<Option<Receipt>, SubmitError> {
        let mut commands = commands.into_iter().peekable();
        if commands.peek().is_none() {
            return Ok(None);
        }
        let submission = Submission::new(by_the_ledger(effective));
        let submission =
            commands.fold(submission, |it, command| it.step::<genesis::Ledger>(self.id, command));
        ledger.submit(submission).await.map(Some)
    }

    /// Records that each of `keys` signs, where the ledger does not say so.
    pub(super) async fn trust(
        &self,
        ledger: &Ledger,
        effective: Effective,
        keys: &[VerifierKey],
    ) -> Result<Option<Receipt>, SubmitError> {
        let trust = |key| genesis::Command::TrustKey { key };
        self.record(ledger, effective, self.unknown(keys).into_iter().map(trust)).await
    }
}

/// The same as people are shown it, with when each key signed.
pub(super) async fn genesis(ledger: &Ledger) -> Result<Genesis> {
    let mut models = Models::default();
    for recorded in own_events(ledger).await?.into_iter().flat_map(|it| it.1) {
        models.apply(&recorded);
    }
    match models.ledger {
        Some(genesis) => Ok(Genesis::clone(&genesis)),
        None => bail!(told("LEDGER_NOT_OPEN", [])),
    }
}

/// The events of the ledger's own stream, and its id; `None` where it is empty.
async fn own_events(ledger: &Ledger) -> Result<Option<(LedgerId, Vec<Recorded>)>> {
    let Some(first) = ledger.read(Position::START, 1).await?.pop() else { return Ok(None) };
    let fact = Recorded::read(first.position, &first.bytes)?.fact;
    if !matches!(fact, Fact::Ledger(..)) {
        bail!("the first event is not a ledger's beginning");
    }
    let (aggregate, id, _) = fact.subject();
    let stream = ledger.stream(aggregate, id).await?;
    let events = stream.iter().map(|it| Recorded::read(it.position, &it.bytes));
    Ok(Some((id.into(), events.collect::<Result<_, _>>()?)))
}

/// What the ledger itself says: no actor, no mandate.
pub(super) fn by_the_ledger(effective: Effective) -> Provenance {
    Provenance {
        effective,
        actor: None,
        mandate: None,
        user: None,
        command: CommandRef { id: CommandId::from(Uuid::new_v4()), digest: [0; 16] },
        cause: None,
        source: None,
        corrects: None,
    }
}

/// The day on which the operator does something.
pub(super) fn today() -> Effective {
    Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date().into()
}

/// Keys as the log writes them.
pub(super) fn verifier_keys(keys: &[String]) -> Result<Vec<VerifierKey>> {
    Ok(keys.iter().map(|it| VerifierKey::new(it)).collect::<Result<_, _>>()?)
}
