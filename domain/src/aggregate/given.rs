//! Given what came before, when a command arrives, then this is recorded or refused.
use std::fmt::Debug;

use cqrs_es::DomainEvent;
use cqrs_es::test::{AggregateTestExecutor, TestFramework};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::aggregate::Decider;

/// The events that `commands` cause one after the other: a past that could have happened.
pub(crate) fn past<A: Decider>(commands: impl IntoIterator<Item = A::Command>) -> Vec<A::Event> {
    let mut aggregate = A::default();
    let mut events = Vec::new();
    for command in commands {
        let caused = aggregate.decide(command).expect("the past is allowed");
        for event in caused {
            events.push(event.clone());
            aggregate = aggregate.evolve(event);
        }
    }
    events
}

/// The test of `cqrs-es` with that past.
pub(crate) fn after<A: Decider>(
    commands: impl IntoIterator<Item = A::Command>,
) -> AggregateTestExecutor<A> {
    TestFramework::<A>::with(()).given(past::<A>(commands))
}

/// The aggregate itself with that past.
pub(crate) fn state<A: Decider>(commands: impl IntoIterator<Item = A::Command>) -> A {
    past::<A>(commands).into_iter().fold(A::default(), Decider::evolve)
}

/// After `commands`, `command` is recorded: as one event named `name` with the command's fields.
pub(crate) fn records<A>(
    commands: impl IntoIterator<Item = A::Command>,
    command: A::Command,
    name: &str,
) where
    A: Decider,
    A::Command: Serialize,
{
    let asked = serde_json::to_value(&command).expect("a command serialises");
    let asked = asked.as_object().and_then(|it| it.values().next()).map(declared);
    let events = after::<A>(commands).when(command).inspect_result();
    let events = events.expect("the command is allowed");
    let [event] = events.as_slice() else {
        panic!("one event, not {events:?}");
    };
    assert_eq!(event.event_type(), name);
    let stored = serde_json::to_value(event).expect("an event serialises");
    assert_eq!(stored["type"], name);
    assert_eq!(stored.get("data").map(declared), asked);
    let read: A::Event = serde_json::from_value(stored).expect("a stored event reads");
    assert_eq!(read, *event);
}

/// After `commands`, `command` is refused because of `why`.
pub(crate) fn refuses<A>(
    commands: impl IntoIterator<Item = A::Command>,
    command: A::Command,
    why: A::Error,
) where
    A: Decider,
    A::Error: PartialEq + Debug,
{
    after::<A>(commands).when(command).then_expect_error(why);
}

/// `value` without what is not declared: a command says `null` or `[]`, a stored event leaves it
/// out.
fn declared(value: &Value) -> Value {
    let nothing = [Value::Null, Value::Bool(false), Value::Array(Vec::new())];
    match value {
        Value::Object(fields) => fields
            .iter()
            .filter(|(_, it)| !nothing.contains(it))
            .map(|(name, it)| (name.clone(), declared(it)))
            .collect::<Map<_, _>>()
            .into(),
        Value::Array(items) => items.iter().map(declared).collect(),
        other => other.clone(),
    }
}
