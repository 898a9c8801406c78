//! What every aggregate has in common, and the glue to `cqrs-es`.

use cqrs_es::persist::EventUpcaster;
use cqrs_es::{Aggregate, DomainEvent};
use serde::Serialize;
use uuid::Uuid;

use crate::recorded::Fact;

#[cfg(test)]
pub(crate) mod given;

/// An aggregate that decides without waiting: what `cqrs-es` calls `handle` is [`Self::decide`].
pub trait Decider:
    Aggregate<Services = (), Event: Named, Error: Refused, Command: Send> + Clone + 'static
{
    /// The id of one of them.
    type Id: From<Uuid> + Into<Uuid> + Copy + Send + Sync;

    /// Which events `command` causes. Reads the state, changes nothing.
    fn decide(&self, command: Self::Command) -> Result<Vec<Self::Event>, Self::Error>;

    /// The aggregate after `event`. A recorded fact is never refused.
    #[must_use]
    fn evolve(self, event: Self::Event) -> Self;

    /// `event` of the aggregate `id`, as readers of the whole ledger meet it.
    fn fact(id: Self::Id, event: Self::Event) -> Fact;

    /// The event in `fact`, where it is one of theirs.
    fn event(fact: Fact) -> Option<Self::Event>;
}

/// An event with its stored name.
pub trait Named: DomainEvent {
    /// The name it is stored under, for ever: the serde tag.
    fn name(&self) -> &'static str;

    /// The version of the stored form of `name`: a number that grows when an upcaster is added.
    fn version(name: &str) -> u32;

    /// What lifts older stored forms to the newest, oldest first. Each takes and gives the payload
    /// `{"type": …, "data": …}`, and says in `event_version` which version it lifted to; one that
    /// gives an event another name changes `event_type` too.
    fn upcasters() -> Vec<Box<dyn EventUpcaster>> {
        Vec::new()
    }
}

/// Why a rule said no: a stable code for programs, a message for people.
///
/// It serialises to an object whose values fill the placeholders of the translated message.
pub trait Refused: std::error::Error + Serialize + Send + Sync + 'static {
    /// Stable, in capitals, with the aggregate's name before it: `COMMITMENT_NOT_THE_OFFERER`.
    fn code(&self) -> String;

    /// The input field that the refusal is about, as GraphQL names it.
    fn field(&self) -> Option<&'static str> {
        None
    }
}

/// A refusal of any aggregate, as it travels to the caller.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Refusal {
    /// Stable: see [`Refused::code`].
    pub code: String,
    /// The input field that it is about.
    pub field: Option<&'static str>,
    /// For people, in English.
    pub message: String,
    /// The values of the translated message's placeholders, by name.
    pub details: serde_json::Map<String, serde_json::Value>,
}

impl<R: Refused> From<R> for Refusal {
    fn from(refused: R) -> Self {
        use serde_json::Value;
        let details = match serde_json::to_value(&refused) {
            Ok(Value::Object(variant)) => match variant.into_iter().next() {
                Some((_, Value::Object(fields))) => fields,
                _ => serde_json::Map::new(),
            },
            _ => serde_json::Map::new(),
        };
        let (code, field) = (refused.code(), refused.field());
        Self { code, field, message: refused.to_string(), details }
    }
}

/// The glue between one file's `Command`, `Event`, `Refusal` and `cqrs-es`.
///
/// `aggregate!(Commitment, CommitmentId, "commitment")` expects the type to have inherent
/// functions `decide(&self, Command) -> Result<Vec<Event>, Refusal>` and
/// `evolve(self, Event) -> Self`.
macro_rules! aggregate {
    ($Aggregate:ident, $Id:ty, $stored:literal) => {
        impl cqrs_es::Aggregate for $Aggregate {
            const TYPE: &'static str = $stored;
            type Command = Command;
            type Event = Event;
            type Error = Refusal;
            type Services = ();

            fn handle(
                &mut self,
                command: Command,
                _services: &(),
                sink: &cqrs_es::event_sink::EventSink<Self>,
            ) -> impl Future<Output = Result<(), Refusal>> + Send {
                $crate::aggregate::handle(self, command, sink)
            }

            fn apply(&mut self, event: Event) {
                *self = std::mem::take(self).evolve(event);
            }
        }

        impl $crate::aggregate::Decider for $Aggregate {
            type Id = $Id;

            fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
                $Aggregate::decide(self, command)
            }

            fn evolve(self, event: Event) -> Self {
                $Aggregate::evolve(self, event)
            }

            fn fact(id: $Id, event: Event) -> $crate::recorded::Fact {
                $crate::recorded::Fact::$Aggregate(id, event)
            }

            fn event(fact: $crate::recorded::Fact) -> Option<Event> {
                match fact {
                    $crate::recorded::Fact::$Aggregate(_, event) => Some(event),
                    _ => None,
                }
            }
        }

        impl $crate::aggregate::Named for Event {
            fn name(&self) -> &'static str {
                self.into()
            }

            fn version(_name: &str) -> u32 {
                1
            }
        }

        impl cqrs_es::DomainEvent for Event {
            fn event_type(&self) -> String {
                $crate::aggregate::Named::name(self).to_owned()
            }

            fn event_version(&self) -> String {
                <Self as $crate::aggregate::Named>::version($crate::aggregate::Named::name(self))
                    .to_string()
            }
        }
    };
}
pub(crate) use aggregate;

/// Which event each command causes, where the event keeps the command's fields: a table.
///
/// What a command carries only for the decision (a looked-up date or list) is left behind.
macro_rules! causes {
    ($($Command:ident => $Event:ident { $($field:ident),* $(,)? })+) => {
        impl From<Command> for Event {
            fn from(command: Command) -> Self {
                match command {
                    $(Command::$Command { $($field,)* .. } => Self::$Event { $($field),* },)+
                }
            }
        }
    };
}
pub(crate) use causes;

/// The `cqrs-es` handler of every aggregate: decide, then write each event to the sink.
pub(crate) async fn handle<A: Decider>(
    aggregate: &mut A,
    command: A::Command,
    sink: &cqrs_es::event_sink::EventSink<A>,
) -> Result<(), A::Error> {
    for event in Decider::decide(aggregate, command)? {
        sink.write(event, aggregate).await;
    }
    Ok(())
}

/// Goes on where a rule holds, and refuses otherwise.
pub(crate) fn ensure<R>(holds: bool, otherwise: R) -> Result<(), R> {
    if holds { Ok(()) } else { Err(otherwise) }
}

/// The one event that most commands cause.
#[expect(clippy::unnecessary_wraps, reason = "every arm of a `decide` ends in it")]
pub(crate) fn one<E, R>(event: E) -> Result<Vec<E>, R> {
    Ok(vec![event])
}
