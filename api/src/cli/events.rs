//! `tiwizi events`: what was recorded, as it was recorded.
use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use anyhow::Result;
use clap::Args;
use domain::recorded::Position;
use infra::ledger::{Ledger, Stored};
use projections::Subject;

use super::{DATA, Where};

/// How many events are read at once.
const PAGE: usize = 10_000;

#[derive(Args)]
pub(super) struct Events {
    #[command(flatten)]
    at: Where,
    /// Only events after this position.
    #[arg(long, value_name = "POSITION", default_value_t = 0)]
    after: u64,
    /// Only the events of one aggregate, as in `commitment/0198…`.
    #[arg(long, value_name = "TYPE/ID")]
    subject: Option<Subject>,
}

impl Events {
    pub(super) async fn run(self) -> Result<ExitCode> {
        let ledger = Ledger::open_read_only(&self.at.place(DATA)).await?;
        let mut out = BufWriter::new(io::stdout().lock());
        let done = match &self.subject {
            Some(Subject { kind, id }) => {
                let events = ledger.stream(kind.stored(), *id).await?;
                let later = events.iter().filter(|event| event.position.0 > self.after);
                write(&mut out, later)
            }
            None => self.every_event(&ledger, &mut out).await?,
        };
        match done.and_then(|()| out.flush()) {
            // The reader has seen enough: `tiwizi events | head`.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
            done => Ok(done.map(|()| ExitCode::SUCCESS)?),
        }
    }

    async fn every_event(&self, ledger: &Ledger, out: &mut impl Write) -> Result<io::Result<()>> {
        let mut after = Position(self.after);
        loop {
            let page = ledger.read(after, PAGE).await?;
            let Some(last) = page.last() else { return Ok(Ok(())) };
            after = last.position;
            if let Err(error) = write(out, page.iter()) {
                return Ok(Err(error));
            }
        }
    }
}

/// `{"event":…,"position":…}`: the event is the stored bytes themselves.
fn write<'a>(out: &mut impl Write, events: impl Iterator<Item = &'a Stored>) -> io::Result<()> {
    for event in events {
        out.write_all(br#"{"event":"#)?;
        out.write_all(&event.bytes)?;
        writeln!(out, r#","position":{}}}"#, event.position)?;
    }
    Ok(())
}
