//! What one document reads: one state for every field that asks for now, and a note of each state that
//! an answer was read from.
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::{Response, Value, value};
use domain::recorded::Position;
use infra::ledger::Error;
use jiff::Timestamp;

use super::noun::Names;
use crate::app::{App, Models};

/// How many states an answer names at most.
const NAMED_MAX: usize = 16;

/// What one document reads.
pub struct Reading {
    now: Arc<Models>,
    read: Mutex<BTreeMap<Position, Option<Timestamp>>>,
    names: Names,
}

impl Reading {
    /// Everything that is known when the request arrives.
    pub fn of(now: Arc<Models>) -> Self {
        Self { now, read: Mutex::default(), names: Names::default() }
    }

    /// The state of every field that asks for now.
    pub fn now(&self) -> Arc<Models> {
        Arc::clone(&self.now)
    }

    /// The names that its lists are ordered by.
    pub fn names(&self) -> &Names {
        &self.names
    }

    /// Notes that the answer rests on `models`.
    pub fn note(&self, models: &Models) {
        let mut read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.insert(models.position, models.recorded_at);
    }

    /// Adds what `response` was answered from: `extensions.ledger` has the position, the instant and
    /// the root of the latest state that was read, and of each where fields asked as of several.
    pub async fn tell(&self, app: &App, response: &mut Response) -> Result<(), Error> {
        let read = self.read.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let mut moments = Vec::new();
        for (position, instant) in read.iter().rev().take(NAMED_MAX) {
            moments.push(moment(app, *position, *instant).await?);
        }
        let Some(Value::Object(mut ledger)) = moments.first().cloned() else { return Ok(()) };
        if moments.len() > 1 {
            ledger.insert(async_graphql::Name::new("moments"), Value::List(moments));
        }
        response.extensions.insert("ledger".to_owned(), Value::Object(ledger));
        Ok(())
    }
}

async fn moment(app: &App, position: Position, instant: Option<Timestamp>) -> Result<Value, Error> {
    let root = hex::encode(app.root_at(position).await?);
    let instant = instant.map(|it| it.to_string());
    Ok(value!({ "position": (position.0), "instant": (instant), "root": (root) }))
}
