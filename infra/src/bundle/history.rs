//! The records of a bundle as JSON, as a table, and the files that they name.
use std::io::{self, BufRead, Write};

use domain::recorded::{EVENT_BYTES_MAX, Envelope, Position};
use serde::Deserialize;
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

#[cfg(test)]
mod tests {
    use super::*;

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
