//! `tiwizi audit verify --since FILE [--url URL]`: whether a log goes on from a checkpoint that an
//! auditor kept.
use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use clap::Args;
use domain::recorded::Position;
use infra::audit::outside::{self, Depth, Finding, Sound};
use infra::ledger::Ledger;
use infra::log::verifiers;
use infra::transparency::checkpoint::{CHECKPOINT_BYTES_MAX, Checkpoint};
use infra::transparency::proof::every_tile;
use serde_json::json;
use signed_note::VerifierList;

use super::audit::{Check, answer_with};
use super::speech::{told, unproven};
use super::{DATA, DIFFERENT, audit, progress};

/// The longest file of keys that is read, in bytes.
const KEYS_BYTES_MAX: usize = 64 << 10;

#[derive(Args)]
pub(super) struct Verify {
    #[command(flatten)]
    check: Check,
    /// A checkpoint that was kept, as `/log/checkpoint` once gave it: proves that nothing since then
    /// was rewritten.
    #[arg(long, value_name = "FILE", requires = "trusted")]
    since: Option<PathBuf>,
    /// Asks the log at this address instead of a local ledger, and believes nothing that it says.
    #[arg(long, value_name = "URL", requires = "since", conflicts_with = "data")]
    url: Option<String>,
    #[command(flatten)]
    keys: Keys,
    /// Computes the root again from every published hash.
    #[arg(long, requires = "url")]
    tiles: bool,
    /// Computes every published hash again from its entry too.
    #[arg(long, requires = "url")]
    entries: bool,
}

/// The keys that somebody trusts.
#[derive(Args)]
#[group(id = "trusted", multiple = true)]
pub(super) struct Keys {
    /// The log's key, as `/log/key` gave it to somebody whom you trust. May be given more than once.
    #[arg(long, value_name = "KEY")]
    key: Vec<String>,
    /// A file with such keys, one a line.
    #[arg(long, value_name = "FILE")]
    keys: Option<PathBuf>,
}

impl Keys {
    /// Who trusts them, and the log whose they are: a key's name is that of its log
    /// (c2sp.org/tlog-checkpoint).
    pub(super) fn trusted(&self) -> Result<(VerifierList, String)> {
        let mut keys = self.key.clone();
        if let Some(file) = &self.keys {
            let text = String::from_utf8(read(file, KEYS_BYTES_MAX)?).unwrap_or_default();
            let lines = text.lines().map(str::trim).filter(|it| !it.is_empty());
            keys.extend(lines.map(str::to_owned));
        }
        let origin = keys.first().and_then(|it| it.split('+').next()).unwrap_or_default();
        match verifiers(&keys) {
            Some(trusted) if !keys.is_empty() => Ok((trusted, origin.to_owned())),
            _ => bail!(told("RECEIPT_KEY_UNREADABLE", [])),
        }
    }
}

/// The file at `path`, and one byte more than `limit` of it at most.
pub(super) fn read(path: &Path, limit: usize) -> Result<Vec<u8>> {
    let name = || path.display().to_string();
    let mut bytes = Vec::new();
    let file = File::open(path).with_context(name)?;
    file.take(limit as u64 + 1).read_to_end(&mut bytes).with_context(name)?;
    Ok(bytes)
}

impl Verify {
    pub(super) async fn run(self) -> Result<ExitCode> {
        let Some(file) = &self.since else { return audit::verify(&self.check).await };
        let (trusted, origin) = self.keys.trusted()?;
        let note = read(file, CHECKPOINT_BYTES_MAX)?;
        let kept = match outside::kept(&note, &origin, &trusted) {
            Ok(kept) => kept,
            Err(finding) => return self.found(&finding),
        };
        let verified = if let Some(url) = &self.url {
            self.outside(url, kept, &trusted).await
        } else {
            // The stored hashes that the comparison rests on are derived again first.
            let code = audit::verify(&self.check).await?;
            if code != ExitCode::SUCCESS {
                return Ok(code);
            }
            self.inside(kept).await?
        };
        match verified {
            Ok(sound) => self.sound(&sound),
            Err(finding) => self.found(&finding),
        }
    }

    async fn outside(
        &self,
        url: &str,
        kept: Checkpoint,
        trusted: &VerifierList,
    ) -> Result<Sound, Finding> {
        let (depth, times) = match (self.tiles, self.entries) {
            (_, true) => (Depth::Entries, 2),
            (true, false) => (Depth::Tiles, 1),
            (false, false) => (Depth::Checkpoint, 0),
        };
        // What is shown today is at least what was kept.
        let hashes: u64 = every_tile(kept.size).map(|it| it.width).sum();
        let bar = progress::bar(hashes * times, "audit verify");
        let verified = outside::verify(url, kept, trusted, depth, |more| bar.inc(more)).await;
        bar.finish_and_clear();
        verified
    }

    async fn inside(&self, kept: Checkpoint) -> Result<Result<Sound, Finding>> {
        let ledger = Ledger::open_read_only(&self.check.at.place(DATA)).await?;
        let head = ledger.head();
        let (old, new) = (Position(kept.size), head.position);
        let path = ledger.consistency(old, new.max(old)).await;
        let path = if old < new { path?.unwrap_or_default() } else { Vec::new() };
        let shown = Checkpoint { size: new.0, root: head.root, ..kept.clone() };
        Ok(outside::must_go_on(&kept, &shown, &path).map(|()| Sound { kept, shown }))
    }

    fn sound(&self, sound: &Sound) -> Result<ExitCode> {
        let Sound { kept, shown } = sound;
        let root = hex::encode(shown.root);
        let answer = json!({
            "sound": true, "origin": shown.origin, "since": kept.size, "size": shown.size,
            "root": root, "tiles": self.tiles || self.entries, "entries": self.entries,
        });
        let words = told(
            "SINCE_SOUND",
            [
                ("origin", shown.origin.clone().into()),
                ("kept", kept.size.into()),
                ("shown", shown.size.into()),
                ("root", root.into()),
            ],
        );
        answer_with(self.check.json, &answer, &words)?;
        Ok(ExitCode::SUCCESS)
    }

    fn found(&self, finding: &Finding) -> Result<ExitCode> {
        if finding.is_unknown() {
            bail!(words(finding));
        }
        let answer = json!({ "sound": false, "difference": finding.to_string() });
        answer_with(self.check.json, &answer, &words(finding))?;
        Ok(ExitCode::from(DIFFERENT))
    }
}

/// A finding in the language of the person's terminal.
fn words(finding: &Finding) -> String {
    let sizes = |kept: &u64, shown: &u64| [("kept", (*kept).into()), ("shown", (*shown).into())];
    match finding {
        Finding::Kept(why) => told("SINCE_KEPT_UNPROVEN", [("why", unproven(why).into())]),
        Finding::Unanswered { url, source } => {
            let why = source.to_string();
            told("SINCE_UNANSWERED", [("url", url.clone().into()), ("why", why.into())])
        }
        Finding::Malformed(what) => told("SINCE_MALFORMED", [("what", what.clone().into())]),
        Finding::TooLarge(size) => told("SINCE_TOO_LARGE", [("size", (*size).into())]),
        Finding::Shown(why) => told("SINCE_SHOWN_UNPROVEN", [("why", unproven(why).into())]),
        Finding::Behind { kept, shown } => told("SINCE_BEHIND", sizes(kept, shown)),
        Finding::Rewritten { kept, shown } => told("SINCE_REWRITTEN", sizes(kept, shown)),
        Finding::Tile(path) => told("SINCE_TILE", [("path", path.clone().into())]),
        Finding::Entry(position) => told("SINCE_ENTRY", [("position", position.0.into())]),
    }
}
