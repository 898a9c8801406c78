//! The state of every projection as canonical JSON (RFC 8785), and its digest: the same bytes for the
//! same events, whichever store, machine or run folded them.
use std::io::{self, Write};

use domain::canonical;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::Models;

pub mod difference;
mod entity;

/// Writes the members of the object, which are named in the order of their names: one at a time, so
/// that the text of one projection is all that is held.
macro_rules! members {
    ($models:ident to $to:ident: $first:ident $(, $name:ident)* $(,)?) => {{
        let mut text = Vec::new();
        member(&mut text, concat!("{\"", stringify!($first), "\":"), &$models.$first, $to)?;
        $(member(&mut text, concat!(",\"", stringify!($name), "\":"), &$models.$name, $to)?;)*
        $to.write_all(b"}")
    }};
}

impl Models {
    /// Writes the state: one JSON object with a member for each projection, for the position and for
    /// what the ledger says of itself, in canonical form and without a line's end.
    ///
    /// Fails where `to` does; every model has a canonical form.
    pub fn write_state(&self, to: &mut impl Write) -> io::Result<()> {
        members!(self to to:
            actors,
            awareness,
            bodies,
            capitalisation,
            commitments,
            corrections,
            deliberations,
            documents,
            frameworks,
            funding,
            initiatives,
            interventions,
            ledger,
            meetings,
            mobility,
            plans,
            position,
            programmes,
            recorded_at,
            service_units,
            sourcing,
            subjects,
            trainings,
        )
    }

    /// The SHA-256 of what [`Self::write_state`] writes.
    pub fn digest(&self) -> io::Result<[u8; 32]> {
        let mut sum = Sha256::new();
        self.write_state(&mut sum)?;
        Ok(sum.finalize().into())
    }
}

fn member(
    text: &mut Vec<u8>,
    name: &str,
    model: &impl Serialize,
    to: &mut impl Write,
) -> io::Result<()> {
    text.clear();
    text.extend_from_slice(name.as_bytes());
    canonical::write(text, model)?;
    to.write_all(text)
}
