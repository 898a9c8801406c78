//! Events as PostgreSQL copies them out: the binary form of `COPY` (its documentation, "COPY", section
//! "Binary Format"), of rows with a position and a body.
use std::sync::Arc;

use bytes::Bytes;
use domain::recorded::{Position, Recorded};

use super::Error;
use super::sqlite::unsigned;

/// What a copy begins with.
const SIGNATURE: &[u8] = b"PGCOPY\n\xff\r\n\0";
/// The signature, the flags and the length of an extension, which no server has.
const HEADER_BYTES: usize = SIGNATURE.len() + 8;

/// The position and the body of every row.
pub(super) fn rows(parts: &[Bytes]) -> Result<Vec<(Position, &[u8])>, Error> {
    let mut rows = Vec::with_capacity(parts.len());
    for part in parts {
        let mut rest = Rest(part);
        if part.starts_with(SIGNATURE) {
            rest.take(HEADER_BYTES)?;
        }
        while !rest.0.is_empty() {
            match i16::from_be_bytes(rest.array()?) {
                // After the last row.
                -1 => break,
                2 => {}
                columns => return Err(unreadable(&format!("{columns} columns"))),
            }
            let position = i64::from_be_bytes(rest.value()?.try_into().map_err(|_| too_short())?);
            rows.push((Position(unsigned(position)), rest.value()?));
        }
    }
    Ok(rows)
}

/// The last position.
pub(super) fn last(parts: &[Bytes]) -> Result<Option<Position>, Error> {
    // A row is never parted, and what comes after the last has a part of its own.
    for part in parts.rchunks(1) {
        if let Some((position, _)) = rows(part)?.last() {
            return Ok(Some(*position));
        }
    }
    Ok(None)
}

/// The events, read.
pub(super) fn decode(parts: &[Bytes]) -> Result<Vec<Arc<Recorded>>, Error> {
    let read = |(position, body)| Ok(Arc::new(Recorded::read(position, body)?));
    rows(parts)?.into_iter().map(read).collect()
}

struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn take(&mut self, bytes: usize) -> Result<&'a [u8], Error> {
        let (taken, rest) = self.0.split_at_checked(bytes).ok_or_else(too_short)?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const BYTES: usize>(&mut self) -> Result<[u8; BYTES], Error> {
        self.take(BYTES)?.try_into().map_err(|_| too_short())
    }

    /// A column's value; none is NULL.
    fn value(&mut self) -> Result<&'a [u8], Error> {
        let bytes = i32::from_be_bytes(self.array()?);
        self.take(usize::try_from(bytes).map_err(|_| unreadable("NULL"))?)
    }
}

fn too_short() -> Error {
    unreadable("an end within a row")
}

fn unreadable(what: &str) -> Error {
    Error::Damaged(format!("the server's copy has {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(position: i64, body: &[u8]) -> Vec<u8> {
        let length = u32::try_from(body.len()).expect("short").to_be_bytes();
        [&[0, 2, 0, 0, 0, 8], &position.to_be_bytes()[..], &length, body].concat()
    }

    #[test]
    fn rows_are_read_however_they_are_parted() {
        let header = [SIGNATURE, &[0; 8]].concat();
        let (one, two) = (row(1, b"{}"), row(2, b""));
        let end = vec![0xff, 0xff];
        for parts in [
            vec![[&header[..], &one].concat(), two.clone(), end.clone()],
            vec![header.clone(), [&one[..], &two, &end].concat()],
        ] {
            let parts: Vec<_> = parts.into_iter().map(Bytes::from).collect();
            let found = rows(&parts).expect("rows");
            assert_eq!(found, [(Position(1), &b"{}"[..]), (Position(2), &b""[..])]);
            assert_eq!(last(&parts).expect("rows"), Some(Position(2)));
        }
        assert_eq!(rows(&[Bytes::from(header), Bytes::from(end)]).expect("no rows"), []);
    }

    #[test]
    fn what_is_no_row_is_told() {
        let whole = row(1, b"{}");
        for cut in 1..whole.len() {
            let part = Bytes::copy_from_slice(&whole[..cut]);
            assert!(matches!(rows(&[part]), Err(Error::Damaged(_))), "{cut} bytes");
        }
        let null = [&[0, 2][..], &(-1_i32).to_be_bytes()].concat();
        let three = [0, 3];
        for wrong in [&null[..], &three, &row(1, b"")[..13]] {
            assert!(rows(&[Bytes::copy_from_slice(wrong)]).is_err());
        }
    }
}
