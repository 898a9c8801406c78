//! Subjects and events as an audit names them to a person.
use std::fmt;

use domain::effective::Effective;
use domain::recorded::{Position, Recorded};
use domain::text::Language;
use jiff::Timestamp;
use projections::subjects::Kind;
use projections::{Models, Subject};
use serde::Serialize;
use serde_json::Value;

use crate::cli::speech::told;
use crate::graphql::subject::title;

/// How many characters of a value are shown to a person.
const VALUE_CHARS_MAX: usize = 120;

/// What happened: who said what, when.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Happened {
    position: Position,
    recorded_at: Timestamp,
    effective: Effective,
    /// For whom somebody acted.
    actor: Option<String>,
    subject: String,
    /// The stored name.
    name: &'static str,
    /// The same in words.
    what: String,
}

impl Happened {
    pub(super) fn of(recorded: &Recorded, models: &Models) -> Self {
        let (aggregate, id, name) = recorded.fact.subject();
        let actor = recorded.provenance.actor.and_then(|id| models.actors.get(id));
        Self {
            position: recorded.position,
            recorded_at: recorded.recorded_at,
            effective: recorded.provenance.effective,
            actor: actor.map(|it| it.name.as_str().to_owned()),
            subject: format!("{aggregate}/{id}"),
            name,
            what: told("AUDIT_WHAT", [("subject", aggregate.into()), ("event", name.into())]),
        }
    }
}

/// One line, for a person.
impl fmt::Display for Happened {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = if self.actor.is_some() { "AUDIT_EVENT" } else { "AUDIT_EVENT_OF_NOBODY" };
        f.write_str(&told(
            code,
            [
                ("position", self.position.0.into()),
                ("at", self.recorded_at.to_string().into()),
                ("who", self.actor.clone().into()),
                ("what", self.what.clone().into()),
            ],
        ))
    }
}

/// What a subject is called, with its kind and id.
pub(super) fn named(models: &Models, subject: Subject) -> String {
    let title = title(models, subject)
        .map(|it| it.in_language(Language::Fr).to_owned())
        .unwrap_or_default();
    let kind = Kind::stored(subject.kind);
    told(
        "AUDIT_SUBJECT",
        [("subject", kind.into()), ("title", title.into()), ("id", subject.id.to_string().into())],
    )
}

/// A value on one line, cut off where it is long.
pub(super) fn plain(value: &Value) -> String {
    let text = value.to_string();
    match text.char_indices().nth(VALUE_CHARS_MAX) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}
