//! `tiwizi serve`: a ledger over HTTP.
use std::collections::BTreeSet;
use std::io::Write;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use clap::Args;
use domain::actor::{self, Actor};
use domain::genesis;
use domain::ids::{ActorId, LedgerId, MandateId, UserId};
use domain::permission::Power;
use domain::text::{Country, Name, Note};
use infra::ledger::{Ledger, Place, Submission};
use jiff::Timestamp;
use tokio::net::TcpListener;
use uuid::Uuid;

use super::speech::{refused, told};
use super::standing::{Standing, by_the_ledger};
use super::vouching::Vouching;
use super::{DATA, State, Where};
use crate::app::App;
use crate::http;
use crate::publication::{Publication, ReadOnly};

/// How long requests that go on when the process is asked to stop may take; whoever does not read its
/// answer would keep it for ever.
const GRACE_MAX: Duration = Duration::from_secs(10);

#[derive(Args)]
pub(super) struct Serve {
    #[command(flatten)]
    at: Where,
    #[command(flatten)]
    listen: Listen,
    /// What people call the ledger; used on its first start.
    #[arg(long, default_value = "Tiwizi")]
    name: String,
    /// The schema-less URL that its log is published under; used on its first start.
    #[arg(long, default_value = "localhost/tiwizi", value_parser = super::log::origin)]
    origin: Name,
    /// The actor that may coordinate and grant mandates; registered on the first start.
    #[arg(long, default_value = "Coordination")]
    coordinator: String,
}

#[derive(Args)]
pub(super) struct Listen {
    /// Where to listen.
    #[arg(long = "listen", value_name = "ADDR:PORT", default_value = "127.0.0.1:8080")]
    address: SocketAddr,
    #[command(flatten)]
    state: State,
    #[command(flatten)]
    vouching: Vouching,
}

impl Serve {
    pub(super) async fn run(self) -> Result<ExitCode> {
        let place = self.at.place(DATA);
        let ledger = Ledger::open(&place, Arc::new(Timestamp::now)).await?;
        match Standing::of(&ledger).await?.map(|it| it.clock) {
            Some(genesis::Clock::Simulated) => bail!(told("SIMULATED_PAST", [])),
            Some(genesis::Clock::Real) => {}
            None => self.found(&ledger).await?,
        }
        serve(ledger, &place, &self.listen).await
    }

    /// Begins an empty ledger: its first event, and one actor that may do the rest.
    async fn found(&self, ledger: &Ledger) -> Result<()> {
        let id: LedgerId = Uuid::new_v4().into();
        let open = genesis::Command::Open {
            ledger: id,
            name: Name::new(&self.name).context("--name")?,
            origin: self.origin.clone(),
            purpose: Note::fr(
                "Coordination des interventions : qui s'engage, et ce qu'il en advient.",
            )?,
            clock: genesis::Clock::Real,
        };
        let coordinator: ActorId = Uuid::new_v4().into();
        let register = actor::Command::Register {
            name: Name::new(&self.coordinator).context("--coordinator")?,
            kind: actor::Kind::Region,
            country: Country::MOROCCO,
            territory: None,
            identifiers: Vec::new(),
            taken_by: None,
            homonym: false,
        };
        let mandate: MandateId = Uuid::new_v4().into();
        let powers = [
            Power::Administer,
            Power::Coordinate,
            Power::Fund,
            Power::Verify,
            Power::Sign,
            Power::Report,
        ];
        let today = Timestamp::now().to_zoned(jiff::tz::TimeZone::UTC).date();
        let grant = actor::Command::GrantMandate {
            mandate,
            holder: UserId::from(Uuid::new_v4()),
            powers: BTreeSet::from(powers),
            from: today,
            until: None,
        };
        let founding = Submission::new(by_the_ledger(today.into()))
            .step::<genesis::Ledger>(id, open)
            .step::<Actor>(coordinator, register)
            .step::<Actor>(coordinator, grant);
        ledger.submit(founding).await?;
        let words = told("FOUNDED", [("name", self.name.as_str().into())]);
        say(format_args!("{words}\n  Tiwizi-Acting: actor={coordinator}; mandate={mandate}"))
    }
}

/// Serves until the process is asked to stop; what was submitted by then is committed.
pub(super) async fn serve(ledger: Ledger, place: &Place, listen: &Listen) -> Result<ExitCode> {
    let (ledger, log) = published(ledger, place, listen).await?;
    let listener = match TcpListener::bind(listen.address).await {
        Ok(listener) => listener,
        Err(error) => {
            let address = listen.address.to_string().into();
            bail!(told("CANNOT_LISTEN", [("address", address), ("why", error.to_string().into())]))
        }
    };
    let address = listener.local_addr()?;
    let stop = asked_to_stop()?;
    let app = App::start(ledger.clone(), Arc::new(Timestamp::now));
    say(format_args!("http://{address}/graphql\nhttp://{address}/readyz"))?;
    let service =
        http::router(app.clone(), log, address).into_make_service_with_connect_info::<SocketAddr>();
    let ending = app.clone();
    let served = axum::serve(listener, service).with_graceful_shutdown(async move {
        stop.await;
        ending.stop();
    });
    let overdue = async {
        app.stopped().await;
        tokio::time::sleep(GRACE_MAX).await;
    };
    tokio::select! {
        served = served.into_future() => served?,
        () = overdue => tracing::warn!("requests that had not ended were cut off"),
    }
    ledger.close().await;
    Ok(ExitCode::SUCCESS)
}

/// The ledger with its published log and who vouches for it; read only, where the two disagree.
async fn published(
    ledger: Ledger,
    place: &Place,
    listen: &Listen,
) -> Result<(Ledger, Publication)> {
    let folder = listen.state.folder(place);
    match Standing::of_begun(&ledger).await?.publish(&ledger, &folder).await {
        Ok(log) => Ok((ledger, Ok(listen.vouching.publish(log, &folder)?))),
        Err(error) => {
            let of_log = error.downcast_ref::<infra::log::Error>();
            let known = of_log.and_then(|it| Some((ReadOnly::of(it)?, refused(it))));
            let Some((why, words)) = known else { return Err(error) };
            eprintln!("tiwizi: {}", told("SERVED_READ_ONLY", [("why", words.into())]));
            // Nothing can be recorded where nothing is open for writing.
            ledger.close().await;
            Ok((Ledger::open_read_only(place).await?, Err(why)))
        }
    }
}

/// Ends when the process is asked to stop. Listens from now on, not from when it is first polled.
fn asked_to_stop() -> Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) =
        (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
    })
}

/// One answer to the person or the script that started the command.
pub(super) fn say(answer: std::fmt::Arguments<'_>) -> Result<()> {
    Ok(writeln!(std::io::stdout(), "{answer}")?)
}

/// Where a message may name the place: never with a password.
pub(super) fn named(place: &Place) -> String {
    match place {
        Place::Directory(directory) => directory.display().to_string(),
        Place::Postgres(_) => "PostgreSQL".to_owned(),
    }
}
