//! An event's canonical bytes, all but what only the writer knows.
//!
//! The keys of the stored form are sorted, and the two that the writer stamps, `prev` and
//! `recorded_at`, are neighbours. So the caller prepares what stands before and after them, and
//! the one writer task has nothing to do but put three strings together and hash them.
use std::io::Write as _;

use domain::aggregate::Named;
use domain::canonical;
use domain::ids::EventId;
use domain::recorded::{ENVELOPE_VERSION, EVENT_BYTES_MAX, Prev, Provenance};
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use super::{Entropy, Error};

/// The longest that the writer adds: a `prev` with a position of 16 digits, and `recorded_at`.
const STAMP_BYTES_MAX: usize = 155;

/// An event on its way to the writer.
#[derive(Debug)]
pub(crate) struct Draft {
    /// Which of the call's streams it goes on.
    pub stream: usize,
    /// Its number in that stream.
    pub sequence: u64,
    /// Its stored name.
    pub event_type: &'static str,
    before: Vec<u8>,
    after: Vec<u8>,
}

/// Where an event goes: the aggregate's stored type, its id, the event's number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Point {
    pub aggregate: &'static str,
    pub id: Uuid,
    pub sequence: u64,
}

impl Draft {
    /// Prepares `event`, the next of the call's stream number `stream`.
    pub fn new<E: Named>(
        stream: usize,
        at: Point,
        event: &E,
        provenance: &Provenance,
        (id, salt): (EventId, [u8; 16]),
    ) -> Result<Self, Error> {
        let name = event.name();
        let mut before = Vec::with_capacity(1024);
        before.push(b'{');
        member(&mut before, "actor", provenance.actor.as_ref())?;
        let Point { aggregate, id: subject, sequence } = at;
        put(
            &mut before,
            format_args!(r#""agg":{{"id":"{subject}","seq":{sequence},"type":"{aggregate}"}},"#),
        );
        member(&mut before, "cause", provenance.cause.as_ref())?;
        member(&mut before, "cmd", Some(&provenance.command))?;
        member(&mut before, "corrects", provenance.corrects.as_ref())?;
        put(&mut before, format_args!(r#""data":"#));
        data(&mut before, event, name)?;
        before.push(b',');
        member(&mut before, "effective", Some(&provenance.effective))?;
        member(&mut before, "id", Some(&id))?;
        member(&mut before, "mandate", provenance.mandate.as_ref())?;

        let mut after = Vec::with_capacity(192);
        let salt = u128::from_be_bytes(salt);
        put(&mut after, format_args!(r#""salt":"{salt:032x}","#));
        member(&mut after, "source", provenance.source.as_ref())?;
        put(&mut after, format_args!(r#""tv":{},"type":"{name}","#, E::version(name)));
        member(&mut after, "user", provenance.user.as_ref())?;
        put(&mut after, format_args!(r#""v":{ENVELOPE_VERSION}}}"#));

        let bytes = before.len() + STAMP_BYTES_MAX + after.len();
        if bytes > EVENT_BYTES_MAX {
            return Err(Error::EventTooLarge { bytes });
        }
        Ok(Self { stream, sequence, event_type: name, before, after })
    }

    /// The stored form: with the event before it in its stream, and the time (see [`instant`]).
    pub fn stamp(&self, prev: Option<&Prev>, recorded_at: &str) -> Vec<u8> {
        let bytes = self.before.len() + STAMP_BYTES_MAX + self.after.len();
        let mut body = Vec::with_capacity(bytes);
        body.extend_from_slice(&self.before);
        if let Some(Prev { position, leaf }) = prev {
            body.extend_from_slice(br#""prev":{"leaf":""#);
            let mut text = [0; 64];
            // Fails only where the lengths do not fit, and 32 bytes have 64 digits.
            let _fits = hex::encode_to_slice(leaf, &mut text);
            body.extend_from_slice(&text);
            put(&mut body, format_args!(r#"","position":{position}}},"#));
        }
        body.extend_from_slice(br#""recorded_at":""#);
        body.extend_from_slice(recorded_at.as_bytes());
        body.extend_from_slice(br#"","#);
        body.extend_from_slice(&self.after);
        body
    }
}

/// A new event's id (UUID version 7) and its salt.
pub(crate) fn identity(now: Timestamp, entropy: &Entropy) -> (EventId, [u8; 16]) {
    let random = entropy();
    let (mut own, mut salt) = ([0; 10], [0; 16]);
    own.copy_from_slice(&random[..10]);
    salt.copy_from_slice(&random[16..]);
    let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
    let id = uuid::Builder::from_unix_timestamp_millis(millis, &own).into_uuid();
    (id.into(), salt)
}

/// An instant as the stored form has it: UTC, microseconds, always 27 characters.
pub(crate) fn instant(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%S.%6fZ").to_string()
}

fn member(to: &mut Vec<u8>, key: &str, value: Option<&impl Serialize>) -> Result<(), Error> {
    if let Some(value) = value {
        put(to, format_args!(r#""{key}":"#));
        canonical::write(to, value)?;
        to.push(b',');
    }
    Ok(())
}

/// The event's fields: its canonical form `{"data":…,"type":"name"}` without what is around them.
/// An event without fields has `null`.
fn data<E: Named>(to: &mut Vec<u8>, event: &E, name: &str) -> Result<(), Error> {
    const KEY: &[u8] = br#"{"data":"#;
    let start = to.len();
    canonical::write(to, event)?;
    if to[start..].starts_with(KEY) {
        let tail = r#","type":""}"#.len() + name.len();
        to.truncate(to.len() - tail);
        to.drain(start..start + KEY.len());
    } else {
        to.truncate(start);
        to.extend_from_slice(b"null");
    }
    Ok(())
}

fn put(to: &mut Vec<u8>, text: std::fmt::Arguments<'_>) {
    // Writing to a vector does not fail.
    let _written = to.write_fmt(text);
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use domain::commitment::Event;
    use domain::effective::Effective;
    use domain::ids::{ActorId, CommandId};
    use domain::recorded::{CommandRef, Envelope, Position, Source, StreamPoint};
    use domain::text::{Name, Note};
    use serde_json::value::RawValue;

    use super::*;

    fn provenance(full: bool) -> Provenance {
        let id = Uuid::from_u128;
        Provenance {
            effective: Effective::Unknown,
            actor: full.then(|| id(1).into()),
            mandate: full.then(|| id(2).into()),
            user: full.then(|| id(3).into()),
            command: CommandRef { id: CommandId::from_u128(4), digest: [7; 16] },
            cause: full.then_some(Position(5)),
            source: full.then(|| Source {
                reference: Name::new("Procès-verbal « 12 »").expect("a name"),
                document: Some(id(6).into()),
                locator: None,
            }),
            corrects: full.then_some(Position(8)),
        }
    }

    fn withdrawn(reason: &str) -> Event {
        let reason = Note::fr(reason).expect("a note");
        Event::Withdrawn { by: ActorId::from_u128(9), reason }
    }

    #[test]
    fn a_stamped_draft_is_the_canonical_form_of_the_envelope() {
        let at = Point { aggregate: "commitment", id: Uuid::from_u128(10), sequence: 2 };
        let now: Timestamp = "2026-11-21T22:10:57.123456789Z".parse().expect("an instant");
        let event = withdrawn("faute de « moyens »\n\"\\\t");
        for full in [true, false] {
            let provenance = provenance(full);
            let id = EventId::from_u128(11);
            let draft = Draft::new(0, at, &event, &provenance, (id, [3; 16])).expect("it fits");
            let prev = full.then_some(Prev { position: Position(12), leaf: [0xab; 32] });
            let body = draft.stamp(prev.as_ref(), &instant(now));

            let value = serde_json::to_value(&event).expect("it serialises");
            let data = RawValue::from_string(value["data"].to_string()).expect("JSON");
            let envelope = Envelope {
                v: ENVELOPE_VERSION,
                id,
                agg: StreamPoint { r#type: Cow::Borrowed(at.aggregate), id: at.id, seq: 2 },
                r#type: Cow::Borrowed("withdrawn"),
                tv: 1,
                recorded_at: "2026-11-21T22:10:57.123456Z".parse().expect("an instant"),
                effective: provenance.effective,
                actor: provenance.actor,
                mandate: provenance.mandate,
                user: provenance.user,
                cmd: provenance.command,
                cause: provenance.cause,
                source: provenance.source,
                corrects: provenance.corrects,
                prev,
                salt: [3; 16],
                data: &data,
            };
            let value = serde_json::to_value(&envelope).expect("it serialises");
            let expected = serde_json_canonicalizer::to_string(&value).expect("canonical");
            assert_eq!(String::from_utf8(body).expect("UTF-8"), expected);
        }
    }

    #[test]
    fn an_event_longer_than_a_log_entry_is_refused() {
        let at = Point { aggregate: "commitment", id: Uuid::from_u128(10), sequence: 1 };
        let submitted = |documents: usize| Event::EvidenceSubmitted {
            by: ActorId::from_u128(9),
            evidence: Uuid::from_u128(1).into(),
            milestone: None,
            documents: vec![Uuid::from_u128(2).into(); documents],
            claimed: domain::measure::Quantity::new(1).expect("a quantity"),
            note: None,
        };
        let draft = |documents| {
            let identity = (EventId::from_u128(11), [3; 16]);
            Draft::new(0, at, &submitted(documents), &provenance(true), identity)
        };
        let longest = (0..2000).rev().find(|it| draft(*it).is_ok()).expect("some fit");
        let prev = Prev { position: Position(1 << 52), leaf: [0xab; 32] };
        let stamped = draft(longest).expect("it fits").stamp(Some(&prev), &instant(Timestamp::MAX));
        assert!(stamped.len() <= EVENT_BYTES_MAX && stamped.len() > EVENT_BYTES_MAX - 200);
        let refused = draft(longest + 1).expect_err("it does not fit");
        assert!(matches!(refused, Error::EventTooLarge { bytes } if bytes > EVENT_BYTES_MAX));
    }

    #[test]
    fn an_instant_always_has_six_decimals() {
        let whole: Timestamp = "2020-01-01T00:00:00Z".parse().expect("an instant");
        assert_eq!(instant(whole), "2020-01-01T00:00:00.000000Z");
    }
}
