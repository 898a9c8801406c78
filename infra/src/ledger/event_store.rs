//! The ledger as an event store of cqrs-es, for programs that use `CqrsFramework` with it.
//!
//! Metadata and provenance: the keys `effective` (EDTF, else unknown), `actor`, `mandate`, `user`
//! (ids), `command_id` (else a new one), `cause` and `corrects` (positions), and `source` (its
//! reference) are written into the stored event; any other key is refused. When events are
//! loaded, the same keys come back, and `position` and `recorded_at` with them.
use std::collections::HashMap;
use std::marker::PhantomData;
use std::str::FromStr;

use cqrs_es::{AggregateContext, AggregateError, EventEnvelope, EventStore};
use domain::aggregate::Decider;
use domain::canonical;
use domain::effective::Effective;
use domain::ids::CommandId;
use domain::recorded::{CommandRef, Position, Prev, Provenance, Recorded, Source};
use domain::text::Name;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::batcher::{Expected, Verdict};
use super::cache::{Cached, Held, StreamKey};
use super::draft::{Draft, Point, identity};
use super::submit::SubmitError;
use super::{Error, Ledger, Stored};

/// The ledger's events of the aggregates `A`.
pub struct LedgerStore<A> {
    ledger: Ledger,
    aggregate: PhantomData<fn() -> A>,
}

impl<A> LedgerStore<A> {
    /// A view of `ledger`.
    pub fn new(ledger: &Ledger) -> Self {
        Self { ledger: ledger.clone(), aggregate: PhantomData }
    }
}

/// An aggregate under way. Others wait for it until it is committed or dropped.
pub struct Context<A> {
    key: StreamKey,
    held: Held,
    aggregate: A,
    sequence: u64,
    last: Option<Prev>,
}

impl<A: Decider> AggregateContext<A> for Context<A> {
    fn aggregate(&mut self) -> &mut A {
        &mut self.aggregate
    }
}

type Failure<A> = AggregateError<<A as cqrs_es::Aggregate>::Error>;

impl<A: Decider> EventStore<A> for LedgerStore<A> {
    type AC = Context<A>;

    async fn load_events(&self, id: &str) -> Result<Vec<EventEnvelope<A>>, Failure<A>> {
        let stored = self.ledger.stream(A::TYPE, id_of::<A>(id)?).await.map_err(failure::<A>)?;
        stored.iter().map(envelope).collect()
    }

    async fn load_aggregate(&self, id: &str) -> Result<Context<A>, Failure<A>> {
        let inner = &self.ledger.0;
        let key = StreamKey::of::<A>(id_of::<A>(id)?.into());
        let mut held = inner.cache.hold(&key).await;
        let (sequence, last) = inner.load(&key, &mut held).await.map_err(failure::<A>)?;
        let cached = held.as_ref().and_then(|it| it.state.downcast_ref::<A>());
        let aggregate = cached.cloned().unwrap_or_default();
        Ok(Context { key, held, aggregate, sequence, last })
    }

    async fn commit(
        &self,
        events: Vec<A::Event>,
        mut context: Context<A>,
        metadata: HashMap<String, String>,
    ) -> Result<Vec<EventEnvelope<A>>, Failure<A>> {
        if events.is_empty() {
            return Ok(Vec::new());
        }
        let mut provenance = provenance(&metadata).map_err(|it| unexpected::<A>(it.into()))?;
        let command = provenance.command.id;
        let digest = digest::<A>(context.key.id, &events).map_err(failure::<A>)?;
        provenance.command.digest = digest;
        let drafts = self.drafts::<A>(&context, &events, &provenance).map_err(failure::<A>)?;
        let Context { key: StreamKey { aggregate, id, .. }, sequence, last, .. } = context;
        let expected = Expected { aggregate, id, sequence, last };
        match self.ledger.0.append(command, digest, vec![expected], drafts).await {
            Ok(Verdict::Recorded(_, ends)) => {
                let state = Box::new(context.aggregate);
                *context.held =
                    ends.first().map(|&(sequence, last)| Cached { state, sequence, last });
                let first = usize::try_from(sequence).unwrap_or(usize::MAX).saturating_add(1);
                let aggregate_id = id.to_string();
                let envelopes = (first..).zip(events).map(|(sequence, payload)| EventEnvelope {
                    aggregate_id: aggregate_id.clone(),
                    sequence,
                    payload,
                    metadata: metadata.clone(),
                });
                Ok(envelopes.collect())
            }
            outcome => {
                *context.held = None;
                drop(context);
                outcome.map_err(failure::<A>)?;
                self.executed::<A>(command, digest).await
            }
        }
    }
}

impl<S> LedgerStore<S> {
    fn drafts<A: Decider>(
        &self,
        context: &Context<A>,
        events: &[A::Event],
        provenance: &Provenance,
    ) -> Result<Vec<Draft>, Error> {
        let inner = &self.ledger.0;
        let StreamKey { aggregate, id, .. } = context.key;
        let draft = |(sequence, event): (u64, &A::Event)| {
            let at = Point { aggregate, id, sequence };
            let identity = identity((inner.clock)(), &inner.entropy);
            Draft::new(0, at, event, provenance, identity)
        };
        (context.sequence + 1..).zip(events).map(draft).collect()
    }

    /// What a command recorded when it was executed; a conflict where it was not.
    async fn executed<A: Decider>(
        &self,
        command: CommandId,
        digest: [u8; 16],
    ) -> Result<Vec<EventEnvelope<A>>, Failure<A>> {
        let first = self.ledger.0.first_receipt(command, digest).await;
        let receipt = first.map_err(|error| match error {
            SubmitError::Ledger(error) => failure::<A>(error),
            error => unexpected::<A>(error.into()),
        })?;
        let receipt = receipt.ok_or(AggregateError::AggregateConflict)?;
        let (before, last) = (receipt.first.0 - 1, receipt.last.0);
        let count = usize::try_from(last - before).unwrap_or(usize::MAX);
        let stored = self.ledger.read(Position(before), count).await.map_err(failure::<A>)?;
        stored.iter().map(envelope).collect()
    }
}

fn id_of<A: Decider>(id: &str) -> Result<Uuid, Failure<A>> {
    id.parse().map_err(|error: uuid::Error| unexpected::<A>(error.into()))
}

fn failure<A: Decider>(error: Error) -> Failure<A> {
    match error {
        Error::Unreadable(_) => AggregateError::DeserializationError(error.into()),
        Error::Contended => AggregateError::AggregateConflict,
        _ => AggregateError::DatabaseConnectionError(error.into()),
    }
}

fn unexpected<A: Decider>(error: Box<dyn std::error::Error + Send + Sync>) -> Failure<A> {
    AggregateError::UnexpectedError(error)
}

fn envelope<A: Decider>(stored: &Stored) -> Result<EventEnvelope<A>, Failure<A>> {
    let recorded = Recorded::read(stored.position, &stored.bytes);
    let recorded = recorded.map_err(|it| failure::<A>(it.into()))?;
    let sequence = usize::try_from(recorded.sequence).unwrap_or(usize::MAX);
    let (_, id, _) = recorded.fact.subject();
    let metadata = metadata(&recorded);
    let other = || Error::Damaged(format!("position {} is of another type", stored.position));
    let payload = A::event(recorded.fact).ok_or_else(|| failure::<A>(other()))?;
    Ok(EventEnvelope { aggregate_id: id.to_string(), sequence, payload, metadata })
}

/// Tells a retry from another command with the same id: what it causes.
fn digest<A: Decider>(id: Uuid, events: &Vec<A::Event>) -> Result<[u8; 16], Error> {
    let mut told = Vec::new();
    canonical::write(&mut told, &(A::TYPE, id, events))?;
    let mut digest = [0; 16];
    digest.copy_from_slice(&Sha256::digest(&told)[..16]);
    Ok(digest)
}

#[derive(Debug, thiserror::Error)]
#[error("the metadata's {0} makes no sense")]
struct WrongMetadata(String);

fn provenance(metadata: &HashMap<String, String>) -> Result<Provenance, WrongMetadata> {
    let id = Uuid::now_v7().into();
    let mut provenance = Provenance {
        effective: Effective::Unknown,
        actor: None,
        mandate: None,
        user: None,
        command: CommandRef { id, digest: [0; 16] },
        cause: None,
        source: None,
        corrects: None,
    };
    for (key, value) in metadata {
        let wrong = || WrongMetadata(key.clone());
        match key.as_str() {
            "effective" => provenance.effective = read(key, value)?,
            "actor" => provenance.actor = Some(read(key, value)?),
            "mandate" => provenance.mandate = Some(read(key, value)?),
            "user" => provenance.user = Some(read(key, value)?),
            "command_id" => provenance.command.id = read(key, value)?,
            "cause" => provenance.cause = Some(Position(read(key, value)?)),
            "corrects" => provenance.corrects = Some(Position(read(key, value)?)),
            "source" => {
                let reference = Name::new(value).map_err(|_| wrong())?;
                provenance.source = Some(Source { reference, document: None, locator: None });
            }
            _ => return Err(wrong()),
        }
    }
    Ok(provenance)
}

fn read<T: FromStr>(key: &str, value: &str) -> Result<T, WrongMetadata> {
    value.parse().map_err(|_| WrongMetadata(key.to_owned()))
}

fn metadata(recorded: &Recorded) -> HashMap<String, String> {
    let Provenance { effective, actor, mandate, user, command, cause, source, corrects } =
        &recorded.provenance;
    let told = [
        ("effective", Some(String::from(*effective))),
        ("actor", actor.map(|it| it.to_string())),
        ("mandate", mandate.map(|it| it.to_string())),
        ("user", user.map(|it| it.to_string())),
        ("command_id", Some(command.id.to_string())),
        ("cause", cause.map(|it| it.to_string())),
        ("corrects", corrects.map(|it| it.to_string())),
        ("source", source.as_ref().map(|it| it.reference.as_str().to_owned())),
        ("position", Some(recorded.position.to_string())),
        ("recorded_at", Some(recorded.recorded_at.to_string())),
    ];
    let told = told.into_iter();
    told.filter_map(|(key, value)| Some((key.to_owned(), value?))).collect()
}
