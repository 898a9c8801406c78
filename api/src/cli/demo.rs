//! `tiwizi demo`: the demonstration ledger, loaded once and served.
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Result, bail};
use clap::Args;
use domain::genesis;
use infra::ledger::{Ledger, Place};
use jiff::Timestamp;

use super::serve::{Listen, named, say, serve};
use super::speech::told;
use super::standing::Standing;
use super::{Where, progress};
use crate::demo::{Simulated, acting};

/// Where the demonstration is kept unless the command line says otherwise.
const DATA: &str = "tiwizi-demo";

#[derive(Args)]
pub(super) struct Demo {
    #[command(flatten)]
    at: Where,
    #[command(flatten)]
    listen: Listen,
}

impl Demo {
    pub(super) async fn run(self) -> Result<ExitCode> {
        let place = self.at.place(DATA);
        load_once(&place).await?;
        let ledger = Ledger::open(&place, Arc::new(Timestamp::now)).await?;
        serve(ledger, &place, &self.listen).await
    }
}

/// Loads the story where the ledger is empty; goes on where a load was interrupted.
async fn load_once(place: &Place) -> Result<()> {
    let clock = Simulated::default();
    let ledger = Ledger::open(place, clock.clock()).await?;
    let opened = Standing::of(&ledger).await?;
    if opened.is_some_and(|it| it.clock == genesis::Clock::Real) {
        bail!(told("REAL_LEDGER", [("place", named(place).into())]));
    }
    let bar = progress::bar(0, "démonstration");
    crate::demo::tell(&ledger, &clock, |done, total| {
        bar.set_length(total as u64);
        bar.set_position(done as u64);
    })
    .await?;
    bar.finish_and_clear();
    let head = ledger.head();
    ledger.close().await;
    let (events, root) = (head.position.0.into(), hex::encode(head.root).into());
    let ready = told("DEMO_READY", [("events", events), ("root", root)]);
    let partner = told("DEMO_PARTNER", [("name", "Taqaddoum".into())]);
    say(format_args!("{ready}\n{partner}\n  {}", acting("taqaddoum")))
}
