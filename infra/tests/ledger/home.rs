//! Where a test's ledger lives, and what the tests submit.
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use domain::commitment::{Command, Commitment, Pledge};
use domain::effective::Effective;
use domain::ids::{ActorId, CommandId, CommitmentId};
use domain::measure::Quantity;
use domain::recorded::{CommandRef, Provenance};
use domain::text::{Note, Title};
use infra::ledger::{Ledger, Options, Place, Receipt, Submission, SubmitError};
use jiff::{SignedDuration, Timestamp};
use tempfile::TempDir;

pub const PARTNER: ActorId = ActorId::from_u128(1);
pub const REGION: ActorId = ActorId::from_u128(2);

/// A place for one ledger, gone when it is dropped.
pub struct Home {
    pub place: Place,
    _directory: Option<TempDir>,
}

impl Home {
    pub fn sqlite() -> Self {
        let directory = tempfile::tempdir().expect("a temporary directory");
        let place = Place::Directory(directory.path().join("data"));
        Self { place, _directory: Some(directory) }
    }

    pub async fn postgres() -> Self {
        Self { place: Place::Postgres(crate::postgres::database().await), _directory: None }
    }

    /// A place that somebody else looks after.
    pub fn at(place: Place) -> Self {
        Self { place, _directory: None }
    }

    pub async fn open(&self) -> Ledger {
        Ledger::open_with(&self.place, scripted()).await.expect("the ledger opens")
    }
}

/// A clock that moves by a millisecond whenever it is read, and no randomness.
pub fn scripted() -> Options {
    let start: Timestamp = "2026-11-21T22:10:57.123456Z".parse().expect("an instant");
    let ticks = AtomicU64::new(0);
    let clock = move || {
        let ticks = ticks.fetch_add(1, Ordering::Relaxed);
        start + SignedDuration::from_millis(i64::try_from(ticks).expect("a short test"))
    };
    let draws = AtomicU64::new(0);
    let entropy = move || {
        let mut random = [0; 32];
        random[..8].copy_from_slice(&draws.fetch_add(1, Ordering::Relaxed).to_be_bytes());
        random
    };
    Options { entropy: Arc::new(entropy), ..Options::new(Arc::new(clock)) }
}

pub fn provenance(command: CommandId) -> Provenance {
    Provenance {
        effective: Effective::Unknown,
        actor: Some(PARTNER),
        mandate: None,
        user: None,
        command: CommandRef { id: command, digest: [0; 16] },
        cause: None,
        source: None,
        corrects: None,
    }
}

pub fn new_command() -> CommandId {
    uuid::Uuid::now_v7().into()
}

pub fn new_commitment() -> CommitmentId {
    uuid::Uuid::now_v7().into()
}

pub fn offer() -> Command {
    Command::Offer {
        by: PARTNER,
        to: REGION,
        title: Title::fr("Terrain de sport").expect("a title"),
        pledge: Pledge::Human { days: Quantity::new(12).expect("a quantity") },
        intervention: None,
        programme: None,
        due: None,
    }
}

pub fn accept() -> Command {
    Command::Accept { by: REGION }
}

pub fn dispute() -> Command {
    Command::Dispute { by: PARTNER, reason: Note::fr("désaccord").expect("a note") }
}

pub fn settle() -> Command {
    let reason = Note::fr("accord").expect("a note");
    Command::Settle { by: PARTNER, settlement: domain::commitment::Settlement::Upheld, reason }
}

pub fn one(id: CommitmentId, command: Command) -> Submission {
    Submission::new(provenance(new_command())).step::<Commitment>(id, command)
}

pub async fn submit(ledger: &Ledger, id: CommitmentId, command: Command) -> Receipt {
    ledger.submit(one(id, command)).await.expect("it is recorded")
}

pub fn code(outcome: Result<Receipt, SubmitError>) -> String {
    match outcome {
        Err(SubmitError::Refused(refusal)) => refusal.code,
        other => panic!("{other:?} is no refusal"),
    }
}

/// A history with several streams, several events a command, and more than one stored node.
pub async fn script(ledger: &Ledger) {
    let commitment = |number: u128| CommitmentId::from_u128(1000 + number);
    for number in 0..150 {
        let command = CommandId::from_u128(2000 + number);
        let submission = Submission::new(provenance(command))
            .step::<Commitment>(commitment(number), offer())
            .step::<Commitment>(commitment(number), accept());
        ledger.submit(submission).await.expect("it is recorded");
    }
    let all = (0..3).fold(Submission::new(provenance(CommandId::from_u128(1))), |it, number| {
        it.step::<Commitment>(commitment(number), dispute())
    });
    ledger.submit(all).await.expect("it is recorded");
}

/// The ledger of [`script`] at `home`: closed by its writer, and open for reading.
pub async fn recorded(home: &Home) -> Ledger {
    let ledger = home.open().await;
    script(&ledger).await;
    ledger.close().await;
    drop(ledger);
    Ledger::open_read_only(&home.place).await.expect("it opens")
}

/// The file of a ledger in a directory.
pub fn file(home: &Home) -> std::path::PathBuf {
    match &home.place {
        Place::Directory(directory) => directory.join("ledger.sqlite"),
        Place::Postgres(_) => panic!("it is kept in a database"),
    }
}

/// Runs statements on a PostgreSQL ledger as its owner.
pub async fn psql(home: &Home, statements: &str) -> Result<(), sqlx::Error> {
    use sqlx::{Connection as _, Executor as _};
    let Place::Postgres(url) = &home.place else { panic!("it is kept in a file") };
    let mut connection = sqlx::PgConnection::connect(url).await?;
    connection.execute(statements).await?;
    connection.close().await
}
