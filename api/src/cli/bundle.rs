//! `tiwizi audit bundle`: makes an evidence bundle, or checks one without the server.
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use clap::{Args, Subcommand};
use domain::document::Digest;
use domain::genesis::{self, Scope};
use domain::ids::LedgerId;
use domain::recorded::{Envelope, Fact, Position};
use infra::bundle::{self, Fault, Manifest, Order};
use infra::ledger::{Ledger, Stored};
use infra::log;
use infra::transparency::receipt::{RECEIPT_BYTES_MAX, Receipt};
use jiff::Timestamp;
use projections::subjects::Kind;
use projections::{Models, Subject};
use serde_json::{Value, json};
use uuid::Uuid;

use super::audit::{answer_with, beyond};
use super::since::{Keys, read};
use super::speech::{told, unproven};
use super::standing::{Standing, today};
use super::{DATA, DIFFERENT, State, Where};

/// How many events are read at once.
const PAGE: usize = 10_000;
/// How long the log may take to publish the event of the bundle's making.
const PUBLISHED_WITHIN: Duration = Duration::from_secs(30);

#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub(super) struct Bundle {
    #[command(subcommand)]
    check: Option<Checking>,
    #[command(flatten)]
    at: Where,
    #[command(flatten)]
    state: State,
    /// Which records: `all`, `subject:TYPE/ID` (its own, and those of what they name),
    /// `programme:ID` (those that concern it) or `positions:FIRST-LAST`.
    #[arg(long, required = true)]
    scope: Option<Scope>,
    /// Where to write it; its receipt is written beside it, as FILE.tlog-proof.
    #[arg(long, value_name = "FILE", required = true)]
    out: Option<PathBuf>,
    /// Of how many events it speaks; of all that are published where it is left out.
    #[arg(long = "at", value_name = "SIZE")]
    size: Option<u64>,
    /// The answer as JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Subcommand)]
enum Checking {
    /// Checks a bundle with the log's key alone.
    Check(Check),
}

#[derive(Args)]
struct Check {
    /// The bundle.
    file: PathBuf,
    /// The receipt of its making; FILE.tlog-proof where it is left out.
    #[arg(long, value_name = "FILE")]
    receipt: Option<PathBuf>,
    #[command(flatten)]
    keys: Keys,
    /// The answer as JSON.
    #[arg(long)]
    json: bool,
}

impl Bundle {
    pub(super) async fn run(self) -> Result<ExitCode> {
        if let Some(Checking::Check(check)) = self.check {
            return check.run();
        }
        // clap has seen to both.
        let (scope, out) = self.scope.as_ref().zip(self.out.as_deref()).context("--scope --out")?;
        let place = self.at.place(DATA);
        let state = self.state.folder(&place);
        // Neither a ledger nor a key is made here: both are there, or the folder is the wrong one.
        let standing = Standing::of_begun(&Ledger::open_read_only(&place).await?).await?;
        if log::Keys::find(&state, standing.origin())?.is_none() {
            return Err(log::Error::NoKey(state).into());
        }
        let ledger = Ledger::open(&place, Arc::new(Timestamp::now)).await?;
        let made = self.make(&ledger, scope, &state, out).await;
        ledger.close().await;
        let (manifest, position) = match made {
            Ok(made) => made,
            Err(error) => {
                // There is none where it failed earlier.
                drop(fs::remove_file(with(out, ".part")));
                return Err(error);
            }
        };
        let receipt = beside(out).display().to_string();
        let answer = json!({
            "bundle": out.display().to_string(), "receipt": receipt, "position": position,
            "scope": scope.to_string(), "size": manifest.size, "root": manifest.root,
            "records": manifest.records,
        });
        let words = told(
            "BUNDLE_MADE",
            [
                ("records", manifest.records.into()),
                ("size", manifest.size.into()),
                ("path", out.display().to_string().into()),
                ("receipt", receipt.into()),
                ("position", position.0.into()),
            ],
        );
        answer_with(self.json, &answer, &words)?;
        Ok(ExitCode::SUCCESS)
    }

    /// Writes the bundle, records that it was made, and puts the receipt beside it.
    async fn make(
        &self,
        ledger: &Ledger,
        scope: &Scope,
        state: &Path,
        out: &Path,
    ) -> Result<(Manifest, Position)> {
        let standing = Standing::of_begun(ledger).await?;
        let log = &standing.publish(ledger, state).await?;
        let size = self.size.unwrap_or_else(|| log.latest().checkpoint.size);
        ensure!(size <= ledger.head().position.0, "{}", beyond(ledger.head().position));
        let id = standing.id;
        let chosen: Vec<_> = chosen(ledger, id, scope, size).await?.into_iter().collect();
        let under_way = with(out, ".part");
        let name = || under_way.display().to_string();
        let file = File::create(&under_way).with_context(name)?;
        let order = Order { scope, chosen: &chosen, size, state };
        let (manifest, digest) = bundle::write(ledger, log, &order, &file).await.map_err(failed)?;
        file.sync_all().with_context(name)?;
        let position = record(ledger, &standing, &manifest, &hex::encode(digest)).await?;
        let shown = tokio::time::timeout(PUBLISHED_WITHIN, log.published(position)).await;
        ensure!(shown.is_ok_and(|it| it.is_some()), "{}", told("BUNDLE_NOT_PUBLISHED", []));
        let receipt = log.receipt(position).await?.context("a receipt of what is published")?;
        fs::write(beside(out), receipt.to_string())
            .with_context(|| beside(out).display().to_string())?;
        fs::rename(&under_way, out).with_context(|| out.display().to_string())?;
        Ok((manifest, position))
    }
}

/// Records that a bundle was made.
async fn record(
    ledger: &Ledger,
    standing: &Standing,
    manifest: &Manifest,
    digest: &str,
) -> Result<Position> {
    let make = genesis::Command::MakeBundle {
        scope: manifest.scope.clone(),
        manifest: Digest::new(digest)?,
        size: manifest.size,
        root: Digest::new(&manifest.root)?,
    };
    let receipt = standing.record(ledger, today(), [make]).await?;
    Ok(receipt.context("one command causes one event")?.last)
}

/// The positions of the records of `scope`, and of the ledger's own, among the first `size`.
async fn chosen(
    ledger: &Ledger,
    id: LedgerId,
    scope: &Scope,
    size: u64,
) -> Result<BTreeSet<Position>> {
    let within = |stored: Vec<Stored>| {
        stored.into_iter().map(|it| it.position).filter(move |it| it.0 <= size)
    };
    let own = within(ledger.stream("ledger", id.into()).await?);
    let mut scoped = match scope {
        Scope::All => (1..=size).map(Position).collect(),
        Scope::Positions { first, last } => {
            ensure!(last.0 <= size, "{}", beyond(Position(size)));
            (first.0..=last.0).map(Position).collect()
        }
        Scope::Programme { programme } => concerning(ledger, (*programme).into(), size).await?,
        Scope::Subject { aggregate, id } => {
            let mut stream = ledger.stream(aggregate, *id).await?;
            stream.retain(|it| it.position.0 <= size);
            let mut named = BTreeSet::new();
            for stored in &stream {
                ids(&serde_json::from_slice(&stored.bytes)?, &mut named)?;
            }
            let mut positions: BTreeSet<_> = within(stream).collect();
            if !positions.is_empty() {
                for (aggregate, id) in
                    named.iter().flat_map(|id| Fact::AGGREGATES.iter().map(move |it| (it, id)))
                {
                    positions.extend(within(ledger.stream(aggregate, *id).await?));
                }
            }
            positions
        }
    };
    ensure!(!scoped.is_empty(), "{}", told("BUNDLE_NOTHING", [("size", size.into())]));
    scoped.extend(own);
    Ok(scoped)
}

/// The events that concern a programme, as its timeline shows them.
async fn concerning(ledger: &Ledger, id: Uuid, size: u64) -> Result<BTreeSet<Position>> {
    let mut models = Models::default();
    while models.position.0 < size {
        let left = usize::try_from(size - models.position.0).unwrap_or(PAGE);
        let page = ledger.events(models.position, left.min(PAGE)).await?;
        ensure!(!page.is_empty(), "{}", beyond(models.position));
        for recorded in &page {
            models.apply(recorded);
        }
    }
    Ok(models.subjects.positions(Subject { kind: Kind::Programme, id }).into_iter().collect())
}

/// Every id that an event names: of who said it, of its source, and in its data.
fn ids(event: &Envelope<'_>, named: &mut BTreeSet<Uuid>) -> Result<()> {
    named.extend(event.actor.map(Uuid::from));
    named.extend(event.source.as_ref().and_then(|it| it.document).map(Uuid::from));
    let mut waiting = vec![serde_json::from_str::<Value>(event.data.get())?];
    while let Some(value) = waiting.pop() {
        match value {
            Value::String(text) => named.extend(text.parse::<Uuid>()),
            Value::Array(items) => waiting.extend(items),
            Value::Object(fields) => waiting.extend(fields.into_iter().map(|it| it.1)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    Ok(())
}

/// Where the receipt of a bundle lies.
fn beside(bundle: &Path) -> PathBuf {
    with(bundle, ".tlog-proof")
}

fn with(path: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(path);
    name.push(ending);
    name.into()
}

fn failed(error: bundle::Error) -> anyhow::Error {
    match error {
        bundle::Error::Ledger(error) => error.into(),
        bundle::Error::Log(error) => error.into(),
        other => anyhow::anyhow!(told("BUNDLE_FAILED", [("why", other.to_string().into())])),
    }
}

impl Check {
    fn run(&self) -> Result<ExitCode> {
        let (trusted, origin) = self.keys.trusted()?;
        let receipt = self.receipt.clone().unwrap_or_else(|| beside(&self.file));
        let receipt = read(&receipt, RECEIPT_BYTES_MAX)?;
        let Ok(receipt) = Receipt::read(&receipt) else { bail!(told("RECEIPT_UNREADABLE", [])) };
        let file = File::open(&self.file).with_context(|| self.file.display().to_string())?;
        match bundle::check(file, &receipt, &origin, &trusted) {
            Ok(bundle::Sound { manifest, made }) => {
                let scope = manifest.scope.to_string();
                let answer = json!({
                    "proven": true, "origin": origin, "scope": scope, "size": manifest.size,
                    "root": manifest.root, "records": manifest.records, "position": made,
                });
                let words = told(
                    "BUNDLE_SOUND",
                    [
                        ("records", manifest.records.into()),
                        ("scope", scope.into()),
                        ("origin", origin.into()),
                        ("size", manifest.size.into()),
                        ("position", made.0.into()),
                    ],
                );
                answer_with(self.json, &answer, &words)?;
                Ok(ExitCode::SUCCESS)
            }
            Err(fault) => {
                let answer = json!({ "proven": false, "why": fault.to_string() });
                let words = told("BUNDLE_UNPROVEN", [("why", said(&fault).into())]);
                answer_with(self.json, &answer, &words)?;
                Ok(ExitCode::from(DIFFERENT))
            }
        }
    }
}

/// Why a bundle proves nothing, in the language of the person's terminal.
fn said(fault: &Fault) -> String {
    let path = |code, path: &String| told(code, [("path", path.clone().into())]);
    match fault {
        Fault::Unreadable(why) => told("FAULT_UNREADABLE", [("why", why.clone().into())]),
        Fault::File(it) => path("FAULT_FILE", it),
        Fault::Unproven { path, why } => {
            told("FAULT_UNPROVEN", [("path", path.clone().into()), ("why", unproven(why).into())])
        }
        Fault::Tile(it) => path("FAULT_TILE", it),
        Fault::Record(position) => told("FAULT_RECORD", [("position", position.0.into())]),
        Fault::OtherRecords => told("FAULT_OTHER_RECORDS", []),
        Fault::Derived(it) => path("FAULT_DERIVED", it),
        Fault::OtherReceipt => told("FAULT_OTHER_RECEIPT", []),
    }
}
