//! `tiwizi log key | new-origin`: who signs the published log, and under which name. The server is
//! stopped meanwhile; whoever is interrupted runs the same command again.
//!
//! ```text
//! rotate  the new key is in the file ─▶ recorded        (the server records what is in its file, too)
//! retire  the old key is out of the file ─▶ recorded    (never the last, and never again)
//! ```
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, Result, bail, ensure};
use clap::{Args, Subcommand};
use domain::document::Digest;
use domain::effective::Effective;
use domain::genesis::{Command, KEYS_MAX};
use domain::measure::Quantity;
use domain::published::{Checkpoint, NoVerifierKey, VerifierKey, names_a_key};
use domain::text::{Name, Note};
use infra::ledger::Ledger;
use infra::log::{self, Keys, Renewal, Unpublished};
use infra::transparency::checkpoint::Checkpoint as Signed;
use jiff::Timestamp;
use projections::Stamp;
use projections::genesis::Key;
use serde_json::{Value, json};

use super::audit::answer_with;
use super::speech::told;
use super::standing::{Standing, genesis, today, verifier_keys};
use super::{DATA, State, Where};

#[derive(Subcommand)]
pub(super) enum Log {
    /// The keys that sign the log; their secret part stays in its file.
    #[command(subcommand)]
    Key(OfKeys),
    /// Publishes the log under another name from now on, because its ledger was put back to an older
    /// state or was rewritten, or because it moves. What was kept of the log before stays beside the
    /// new files (`log.checkpoint.1`, `log.key.1`), and the first entry under the new name says how
    /// it ended and why. Stop every server of the ledger first.
    NewOrigin(NewOrigin),
}

#[derive(Subcommand)]
pub(super) enum OfKeys {
    /// Every key that signs or signed, and when. Works beside a running server.
    List(Kept),
    /// Makes a new key that signs beside the old one, and records it. Stop the server first; once it
    /// is started again, both sign. Retire the old key when everybody knows the new one.
    Rotate(Kept),
    /// Takes a key out of its file and records that it signs no more. Stop the server first.
    Retire(Retire),
}

#[derive(Args)]
pub(super) struct Kept {
    #[command(flatten)]
    at: Where,
    #[command(flatten)]
    state: State,
    /// The answer as JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Args)]
pub(super) struct Retire {
    /// The key, as `tiwizi log key list` shows it.
    #[arg(value_parser = verifier_key)]
    key: VerifierKey,
    #[command(flatten)]
    kept: Kept,
}

#[derive(Args)]
pub(super) struct NewOrigin {
    /// The schema-less URL that the log is published under from now on; never one that it had.
    #[arg(value_parser = origin)]
    origin: Name,
    /// Why, for whoever verified the log before.
    #[arg(long)]
    reason: String,
    #[command(flatten)]
    kept: Kept,
}

/// An origin that a key can be named after.
pub(super) fn origin(text: &str) -> Result<Name, String> {
    let unfit = || told("LOG_ORIGIN_UNFIT", []);
    let name = Name::new(text).map_err(|_| unfit())?;
    if names_a_key(name.as_str()) { Ok(name) } else { Err(unfit()) }
}

fn verifier_key(text: &str) -> Result<VerifierKey, NoVerifierKey> {
    VerifierKey::new(text)
}

impl Log {
    pub(super) async fn run(self) -> Result<ExitCode> {
        match self {
            Self::Key(OfKeys::List(kept)) => list(&kept).await,
            Self::Key(OfKeys::Rotate(kept)) => rotate(&kept).await,
            Self::Key(OfKeys::Retire(retire)) => retire.run().await,
            Self::NewOrigin(renewal) => renewal.run().await,
        }
    }
}

impl Kept {
    /// The ledger, open for writing, what it says of itself, and the folder of its log.
    async fn open(&self) -> Result<(Ledger, Standing, PathBuf)> {
        let place = self.at.place(DATA);
        // Opening for writing makes a ledger where there is none.
        Ledger::open_read_only(&place).await?.close().await;
        let ledger = Ledger::open(&place, Arc::new(Timestamp::now)).await?;
        let standing = Standing::of_begun(&ledger).await?;
        let folder = self.state.folder(&place);
        std::fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
        Ok((ledger, standing, folder))
    }

    /// The same, with the log, where it may be published.
    async fn prepare(&self) -> Result<(Ledger, Standing, Unpublished)> {
        let (ledger, standing, folder) = self.open().await?;
        let log = log::Log::prepare(ledger.clone(), standing.origin(), &folder).await?;
        Ok((ledger, standing, log))
    }

    /// The answer for a script, or for a person.
    fn answer(&self, answer: &Value, words: &str) -> Result<ExitCode> {
        answer_with(self.json, answer, words)?;
        Ok(ExitCode::SUCCESS)
    }
}

async fn list(kept: &Kept) -> Result<ExitCode> {
    let place = kept.at.place(DATA);
    let ledger = Ledger::open_read_only(&place).await?;
    let genesis = genesis(&ledger).await?;
    let here = Keys::find(&kept.state.folder(&place), genesis.origin.as_str())?;
    let here = here.as_ref().map(Keys::public).unwrap_or_default();
    let (mut answers, mut lines) = (Vec::new(), Vec::new());
    for key in &genesis.keys {
        let text = key.key.as_str();
        let is_here = here.iter().any(|it| it == text);
        let stamp = |it: Stamp| {
            let at = it.recorded_at.to_string();
            json!({ "position": it.position, "recordedAt": at })
        };
        answers.push(json!({
            "key": text, "trusted": stamp(key.trusted), "retired": key.retired.map(stamp),
            "secretHere": is_here,
        }));
        lines.push(format!("{text}\n  {}", validity(key, is_here)));
    }
    let unrecorded = |it: &&String| !genesis.keys.iter().any(|key| key.key.as_str() == **it);
    for key in here.iter().filter(unrecorded) {
        answers.push(json!({ "key": key, "trusted": null, "retired": null, "secretHere": true }));
        lines.push(format!("{key}\n  {}", told("LOG_KEY_UNRECORDED", [])));
    }
    kept.answer(&Value::Array(answers), &lines.join("\n"))
}

/// When a key signed, in words.
fn validity(key: &Key, is_here: bool) -> String {
    let from = ("from", key.trusted.position.0.into());
    let since = ("since", key.trusted.recorded_at.to_string().into());
    if let Some(retired) = key.retired {
        let until = ("until", retired.position.0.into());
        let on = ("on", retired.recorded_at.to_string().into());
        return told("LOG_KEY_RETIRED", [from, since, until, on]);
    }
    let code = if is_here { "LOG_KEY_SIGNS_HERE" } else { "LOG_KEY_SIGNS_ELSEWHERE" };
    told(code, [from, since])
}

async fn rotate(kept: &Kept) -> Result<ExitCode> {
    let (ledger, standing, mut log) = kept.prepare().await?;
    let keys = verifier_keys(log.keys())?;
    let unknown = standing.unknown(&keys);
    // A new key that the ledger does not name is one whose rotation was interrupted.
    let is_interrupted = keys.len() > 1 && keys.last() == unknown.last();
    if !is_interrupted {
        let old = keys.first().map(VerifierKey::as_str).unwrap_or_default();
        ensure!(keys.len() == 1, told("LOG_TWO_KEYS", [("key", old.into())]));
        let many = standing.signed.trusted.len() + unknown.len() >= KEYS_MAX;
        ensure!(!many, told("LEDGER_TOO_MANY_KEYS", [("max", KEYS_MAX.into())]));
        log.add_key()?;
    }
    let keys = verifier_keys(log.keys())?;
    let Some((new, older)) = keys.split_last() else { bail!("a log has a key") };
    // What signed before the ledger named it did so since an unknown day.
    standing.trust(&ledger, Effective::Unknown, older).await?;
    standing.trust(&ledger, today(), std::slice::from_ref(new)).await?;
    ledger.close().await;
    let old = older.last().map(VerifierKey::as_str).unwrap_or_default();
    let words = told("LOG_KEY_ROTATED", [("new", new.as_str().into()), ("old", old.into())]);
    kept.answer(&json!({ "key": new, "beside": older }), &words)
}

impl Retire {
    async fn run(self) -> Result<ExitCode> {
        let (ledger, standing, mut log) = self.kept.prepare().await?;
        let key = self.key.as_str();
        if log.keys().iter().any(|it| it == key) {
            ensure!(log.keys().len() > 1, told("LEDGER_LAST_KEY", []));
            let keys = verifier_keys(log.keys())?;
            let retired = |it: &VerifierKey| standing.signed.retired.contains(it);
            let older: Vec<_> = keys.into_iter().filter(|it| !retired(it)).collect();
            standing.trust(&ledger, Effective::Unknown, &older).await?;
            log.take_out(key)?;
        }
        if !standing.signed.retired.contains(&self.key) {
            let retire = Command::RetireKey { key: self.key.clone() };
            standing.record(&ledger, today(), [retire]).await?;
        }
        ledger.close().await;
        let words = told("LOG_KEY_TAKEN_OUT", [("key", key.into())]);
        self.kept.answer(&json!({ "retired": key, "keys": log.keys() }), &words)
    }
}

impl NewOrigin {
    async fn run(self) -> Result<ExitCode> {
        let reason = Note::fr(&self.reason)?;
        let (ledger, standing, folder) = self.kept.open().await?;
        let renewal = Renewal::begin(&folder)?;
        let was_interrupted = renewal.finish(standing.origin())?;
        if self.origin.as_str() == standing.origin() {
            drop(renewal);
            if !was_interrupted {
                // Only where there is really nothing left to be done.
                log::Log::prepare(ledger.clone(), standing.origin(), &folder).await?;
            }
            ledger.close().await;
            return self.done(None);
        }
        let used = standing.signed.has_used(&self.origin);
        ensure!(!used, told("LEDGER_ORIGIN_USED", [("origin", self.origin.as_str().into())]));
        let key = VerifierKey::new(&renewal.next_key(self.origin.as_str())?)?;
        let known = standing.signed.trusted.iter().chain(&standing.signed.retired);
        let known = known.map(|it| it.as_str().to_owned());
        let last = renewal.last_checkpoint(standing.origin(), known)?;
        let previous = last.map(|it| stated(&it)).transpose()?;
        let origin = self.origin.clone();
        let renew = Command::RenewOrigin { origin, key, previous: previous.clone(), reason };
        standing.record(&ledger, today(), [renew]).await?;
        renewal.finish(self.origin.as_str())?;
        ledger.close().await;
        self.done(previous.as_ref())
    }

    fn done(&self, previous: Option<&Checkpoint>) -> Result<ExitCode> {
        let origin = self.origin.as_str();
        let words = told("LOG_ORIGIN_RENEWED", [("origin", origin.into())]);
        self.kept.answer(&json!({ "origin": origin, "previous": previous }), &words)
    }
}

/// A checkpoint as an event states it.
fn stated(checkpoint: &Signed) -> Result<Checkpoint> {
    Ok(Checkpoint {
        origin: Name::new(&checkpoint.origin)?,
        size: Quantity::new(i64::try_from(checkpoint.size)?)?,
        root: Digest::new(&hex::encode(checkpoint.root))?,
    })
}
