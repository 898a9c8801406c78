//! The records of a bundle as JSON, as a table, and what is drawn from them: the files that they name, and
//! the log's keys.
use std::io::{self, BufRead, Write};

use domain::effective::Effective;
use domain::recorded::{EVENT_BYTES_MAX, Envelope, Position};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::ledger::Stored;
use crate::transparency::tree::leaf;

/// The longest line: an event with its position.
const LINE_BYTES_MAX: u64 = EVENT_BYTES_MAX as u64 + 64;
/// The fields of a document that say which file it is.
const FILE_FIELDS: [&str; 4] = ["sha256", "bytes", "media_type", "address"];
const COLUMNS: [&str; 14] = [
    "position",
    "recorded_at",
    "effective",
    "subject_type",
    "subject_id",
    "sequence",
    "event",
    "actor",
    "mandate",
    "user",
    "command",
    "corrects",
    "leaf_hash",
    "data",
];

fn envelope(stored: &Stored) -> io::Result<Envelope<'_>> {
    Ok(serde_json::from_slice(&stored.bytes)?)
}

/// The aggregate of a record.
pub(super) fn subject(stored: &Stored) -> io::Result<String> {
    let agg = envelope(stored)?.agg;
    Ok(format!("{}/{}", agg.r#type, agg.id))
}

/// One line a record: the stored bytes and its position, as `tiwizi events` writes them.
pub(super) struct Ndjson<W>(pub W);

impl<W: Write> Ndjson<W> {
    pub(super) fn push(&mut self, stored: &Stored) -> io::Result<()> {
        self.0.write_all(br#"{"event":"#)?;
        self.0.write_all(&stored.bytes)?;
        writeln!(self.0, r#","position":{}}}"#, stored.position)
    }
}

#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    event: &'a RawValue,
    position: Position,
}

/// The next record of such lines; `None` after the last one.
pub(super) fn next(lines: &mut impl BufRead) -> io::Result<Option<Stored>> {
    let mut line = Vec::new();
    io::Read::take(&mut *lines, LINE_BYTES_MAX).read_until(b'\n', &mut line)?;
    if line.is_empty() {
        return Ok(None);
    }
    let Line { event, position } = serde_json::from_slice(&line)?;
    let stored = Stored { position, bytes: event.get().as_bytes().to_vec() };
    // One spelling: nothing can stand between the fields that a reader would not see.
    let mut again = Ndjson(Vec::new());
    again.push(&stored)?;
    if again.0 == line { Ok(Some(stored)) } else { Err(io::ErrorKind::InvalidData.into()) }
}

/// The records as a table (RFC 4180).
pub(super) struct Csv<W: Write>(csv::Writer<W>);

impl<W: Write> Csv<W> {
    pub(super) fn new(out: W) -> io::Result<Self> {
        let mut writer =
            csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(out);
        writer.write_record(COLUMNS)?;
        Ok(Self(writer))
    }

    pub(super) fn push(&mut self, stored: &Stored) -> io::Result<()> {
        let it = envelope(stored)?;
        let text = |id: Option<String>| id.unwrap_or_default();
        let cells = [
            stored.position.to_string(),
            it.recorded_at.to_string(),
            it.effective.to_string(),
            it.agg.r#type.into_owned(),
            it.agg.id.to_string(),
            it.agg.seq.to_string(),
            it.r#type.into_owned(),
            text(it.actor.map(|it| it.to_string())),
            text(it.mandate.map(|it| it.to_string())),
            text(it.user.map(|it| it.to_string())),
            it.cmd.id.to_string(),
            text(it.corrects.map(|it| it.to_string())),
            hex::encode(leaf(&stored.bytes)),
            it.data.get().to_owned(),
        ];
        Ok(self.0.write_record(cells.map(inert))?)
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        self.0.flush()
    }
}

/// A cell that no spreadsheet takes for a formula: an apostrophe stands before what begins like one.
fn inert(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']) { format!("'{cell}") } else { cell }
}

/// The files that the records name: the ledger holds their digests, not the files.
#[derive(Default)]
pub(super) struct Attachments(Vec<Value>);

impl Attachments {
    pub(super) fn push(&mut self, stored: &Stored) -> io::Result<()> {
        let it = envelope(stored)?;
        if it.agg.r#type != "document" {
            return Ok(());
        }
        let data: Map<String, Value> = serde_json::from_str(it.data.get())?;
        let mut file: Map<String, Value> =
            data.into_iter().filter(|(name, _)| FILE_FIELDS.contains(&name.as_str())).collect();
        if !file.is_empty() {
            file.insert("document".to_owned(), it.agg.id.to_string().into());
            file.insert("position".to_owned(), stored.position.0.into());
            self.0.push(Value::Object(file));
        }
        Ok(())
    }

    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = serde_json::to_vec_pretty(&self.0).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}

/// The keys of the log, and since when and until when each is one: as the ledger's own events say.
#[derive(Default)]
pub(super) struct Keys(Vec<Key>);

#[derive(Serialize)]
struct Key {
    #[serde(rename = "key")]
    text: String,
    trusted: Option<Said>,
    retired: Option<Said>,
}

/// Which event says so, when it was recorded, and since when it is true.
#[derive(Clone, Copy, Serialize)]
struct Said {
    position: Position,
    recorded_at: Timestamp,
    effective: Effective,
}

/// What every event about a key holds.
#[derive(Deserialize)]
struct Named {
    key: String,
}

impl Keys {
    pub(super) fn push(&mut self, stored: &Stored) -> io::Result<()> {
        let it = envelope(stored)?;
        if it.agg.r#type != "ledger" {
            return Ok(());
        }
        let (recorded_at, effective) = (it.recorded_at, it.effective);
        let said = Said { position: stored.position, recorded_at, effective };
        let named = || serde_json::from_str::<Named>(it.data.get()).map(|it| it.key);
        match it.r#type.as_ref() {
            "key_trusted" => self.trust(named()?, said),
            "key_retired" => {
                let key = named()?;
                self.retire(|it| *it == key, said);
            }
            "origin_renewed" => {
                self.retire(|_| true, said);
                self.trust(named()?, said);
            }
            _ => {}
        }
        Ok(())
    }

    fn trust(&mut self, key: String, said: Said) {
        self.0.push(Key { text: key, trusted: Some(said), retired: None });
    }

    fn retire(&mut self, which: impl Fn(&String) -> bool, said: Said) {
        let standing = self.0.iter_mut().filter(|it| it.retired.is_none() && which(&it.text));
        standing.for_each(|it| it.retired = Some(said));
    }

    /// With whether each of them signed the checkpoint; `signing` are those that did.
    pub(super) fn to_bytes(&self, signing: &[String]) -> Vec<u8> {
        #[derive(Serialize)]
        struct Shown<'a> {
            #[serde(flatten)]
            key: &'a Key,
            signed: bool,
        }
        let unnamed = signing.iter().filter(|key| self.0.iter().all(|it| it.text != **key));
        let unnamed = unnamed.map(|key| Key { text: key.clone(), trusted: None, retired: None });
        let unnamed: Vec<_> = unnamed.collect();
        let all = self.0.iter().chain(&unnamed);
        let shown: Vec<_> =
            all.map(|key| Shown { key, signed: signing.contains(&key.text) }).collect();
        let mut bytes = serde_json::to_vec_pretty(&shown).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about_key(position: u64, name: &str, key: &str) -> Stored {
        let bytes = format!(
            r#"{{"agg":{{"id":"00000000-0000-0000-0000-000000000001","seq":{position},"type":"ledger"}},"cmd":{{"digest":"000102030405060708090a0b0c0d0e0f","id":"00000000-0000-0000-0000-000000000002"}},"data":{{"key":"{key}"}},"effective":"2026-11-21","id":"00000000-0000-0000-0000-000000000003","recorded_at":"2026-11-21T22:10:57.123456Z","salt":"000102030405060708090a0b0c0d0e0f","tv":1,"type":"{name}","v":1}}"#
        );
        Stored { position: Position(position), bytes: bytes.into_bytes() }
    }

    #[test]
    fn a_key_is_one_from_the_event_that_names_it_to_the_one_that_retires_it() {
        let mut keys = Keys::default();
        for (position, name, key) in [
            (2, "key_trusted", "a"),
            (3, "key_trusted", "b"),
            (4, "key_retired", "a"),
            (5, "origin_renewed", "c"),
        ] {
            keys.push(&about_key(position, name, key)).expect("an event of the ledger");
        }
        let shown = keys.to_bytes(&["c".to_owned(), "never named".to_owned()]);
        let shown: Vec<Value> = serde_json::from_slice(&shown).expect("JSON");
        let at = |said: &Value| said["position"].as_u64();
        let said: Vec<_> = shown
            .iter()
            .map(|it| (it["key"].as_str(), at(&it["trusted"]), at(&it["retired"]), &it["signed"]))
            .collect();
        assert_eq!(
            said,
            [
                (Some("a"), Some(2), Some(4), &Value::Bool(false)),
                (Some("b"), Some(3), Some(5), &Value::Bool(false)),
                (Some("c"), Some(5), None, &Value::Bool(true)),
                (Some("never named"), None, None, &Value::Bool(true)),
            ]
        );
        assert_eq!(shown[0]["trusted"]["recorded_at"], "2026-11-21T22:10:57.123456Z");
    }

    #[test]
    fn no_cell_is_a_formula() {
        for text in ["=1+1", "+33", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"] {
            assert_eq!(inert(text.to_owned()), format!("'{text}"));
        }
        for text in ["", "{\"a\":\"=1\"}", "commitment", "1"] {
            assert_eq!(inert(text.to_owned()), text);
        }
    }

    #[test]
    fn a_line_has_one_spelling_and_a_limit() {
        let read = |mut text: &[u8]| next(&mut text).map(|it| it.map(|it| it.bytes));
        assert_eq!(read(b"").ok(), Some(None));
        assert_eq!(read(b"{\"event\":{},\"position\":7}\n").ok(), Some(Some(b"{}".to_vec())));
        for wrong in [
            &b"{\"event\":{},\"position\":7}"[..],
            b"{\"event\": {},\"position\":7}\n",
            b"{\"position\":7,\"event\":{}}\n",
            b"{\"event\":{},\"position\":7,\"more\":1}\n",
            b"\n",
        ] {
            assert!(read(wrong).is_err(), "{}", String::from_utf8_lossy(wrong));
        }
        let long = format!("{{\"event\":\"{}\",\"position\":7}}\n", "x".repeat(70_000));
        assert!(read(long.as_bytes()).is_err());
    }
}
