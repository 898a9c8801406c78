//! The keys of the log come and go, and so does its name: with the server stopped, and whoever is
//! interrupted runs the same command again.
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tests::{Server, Store, tiwizi};

use crate::proof::{check, receipt, register};

const NEXT: &str = "registre.example/souss-massa";
const REASON: [&str; 2] = ["--reason", "Le registre déménage"];

/// Runs `tiwizi log <arguments>` on `store`: its exit code, its answer as JSON, and what it said
/// otherwise.
pub(crate) fn log(store: &Store, arguments: &[&str]) -> Result<(Option<i32>, Value, String)> {
    let state = store.state().to_str().context("a path")?;
    let [flag, place] = store.arguments();
    let at = [&*flag, &*place, "--state", state, "--json"];
    let all: Vec<_> = ["log"].into_iter().chain(arguments.iter().copied()).chain(at).collect();
    let output = tiwizi(&all)?;
    let answer = serde_json::from_slice(&output.stdout).unwrap_or_default();
    Ok((output.status.code(), answer, String::from_utf8(output.stderr)?))
}

/// The answer of a command that must be done.
pub(crate) fn done(store: &Store, arguments: &[&str]) -> Result<Value> {
    let (code, answer, why) = log(store, arguments)?;
    ensure!(code == Some(0), "{arguments:?} on {store:?}: {why}");
    Ok(answer)
}

/// Why a command was not done.
fn refused(store: &Store, arguments: &[&str]) -> Result<String> {
    let (code, _, why) = log(store, arguments)?;
    ensure!(code == Some(3), "{arguments:?} on {store:?}: {code:?} {why}");
    Ok(why)
}

async fn keys(server: &Server) -> Result<Vec<String>> {
    Ok(server.fetch("/log/key").await?.lines().map(str::to_owned).collect())
}

/// Starts `serve`, which founds the ledger and makes the first key, and stops it.
async fn founded(store: &Store) -> Result<(String, String)> {
    let server = Server::start("serve", store).await?;
    let acting = server.acting_as_founder()?;
    let key = keys(&server).await?.pop().context("a key")?;
    ensure!(server.stop()?.success(), "it stops");
    Ok((acting, key))
}

async fn rotated(store: &Store, folder: &Path) -> Result<()> {
    let file = folder.join("kept.tlog-proof");
    let proves = |kept: &str, key: &str| -> Result<Option<i32>> {
        fs::write(&file, kept)?;
        Ok(check(&file, key)?.0)
    };
    let server = Server::start("serve", store).await?;
    let acting = server.acting_as_founder()?;
    let server = server.acting(&acting);
    let first = receipt(&server, register(&server, "Association Anaruz").await?).await?;
    let listed = done(store, &["key", "list"])?;
    let old = listed[0]["key"].as_str().context("a key")?.to_owned();
    ensure!(listed[0]["trusted"]["position"] == 4, "it is named as soon as it is made: {listed}");
    ensure!(listed[0]["secretHere"] == true && listed[0]["retired"].is_null(), "{listed}");
    let why = refused(store, &["key", "rotate"])?;
    ensure!(why.contains("un autre processus"), "the server runs: {why}");
    ensure!(server.stop()?.success(), "it stops");

    let new = done(store, &["key", "rotate"])?["key"].as_str().context("a key")?.to_owned();
    ensure!(refused(store, &["key", "rotate"])?.contains("deux clés"), "one at a time");
    let server = Server::start("serve", store).await?.acting(&acting);
    ensure!(keys(&server).await? == [old.clone(), new.clone()]);
    let both = receipt(&server, register(&server, "Association Khamsa").await?).await?;
    ensure!(server.stop()?.success(), "it stops");
    ensure!(proves(&both, &old)? == Some(0) && proves(&both, &new)? == Some(0), "{both}");

    done(store, &["key", "retire", &old])?;
    done(store, &["key", "retire", &old])?;
    ensure!(refused(store, &["key", "retire", &new])?.contains("dernière clé"), "never the last");
    let unknown = old.replacen('/', "/x/", 1);
    ensure!(refused(store, &["key", "retire", &unknown])?.contains("ne signe pas"), "{unknown}");
    let server = Server::start("serve", store).await?.acting(&acting);
    let last = receipt(&server, register(&server, "Association Tizi").await?).await?;
    ensure!(proves(&last, &new)? == Some(0) && proves(&last, &old)? == Some(1), "{last}");
    ensure!(proves(&first, &old)? == Some(0), "what it signed stays signed");
    let asked = server.ask("{ ledger { keys { key retired { position } } } }").await?;
    let told = &asked["ledger"]["keys"];
    ensure!(told[0]["key"] == old && told[0]["retired"]["position"].is_u64(), "{told}");
    ensure!(told[1] == json!({ "key": new, "retired": null }), "{told}");
    Ok(())
}

#[tokio::test]
async fn two_keys_sign_until_the_old_one_is_retired_on_both_stores() -> Result<()> {
    let (directory, stores) = crate::stores().await?;
    for store in &stores {
        rotated(store, directory.path()).await.with_context(|| format!("{store:?}"))?;
    }
    Ok(())
}

/// A SQLite ledger that was founded, and a copy of its files, to be put back one by one: what a power
/// cut between two steps leaves.
struct Interrupted {
    store: Store,
    copy: std::path::PathBuf,
    _directory: tempfile::TempDir,
}

impl Interrupted {
    async fn founded() -> Result<(Self, String)> {
        let directory = tests::directory()?;
        let (store, copy) =
            (Store::Sqlite(directory.path().join("ledger")), directory.path().join("copy"));
        let (_, key) = founded(&store).await?;
        let it = Self { store, copy, _directory: directory };
        it.save()?;
        Ok((it, key))
    }

    fn at(&self, name: &str) -> std::path::PathBuf {
        self.store.state().join(name)
    }

    fn save(&self) -> Result<()> {
        fs::create_dir_all(&self.copy)?;
        for name in ["ledger.sqlite", "log.key", "log.checkpoint"] {
            fs::copy(self.at(name), self.copy.join(name))?;
        }
        Ok(())
    }

    fn put_back(&self, names: &[&str]) -> Result<()> {
        // What was read of the other one is of no use to this one.
        for companion in ["ledger.sqlite-wal", "ledger.sqlite-shm"] {
            if self.at(companion).exists() {
                fs::remove_file(self.at(companion))?;
            }
        }
        for name in names {
            fs::copy(self.copy.join(name), self.at(name))?;
        }
        Ok(())
    }

    async fn ask(&self, query: &str) -> Result<Value> {
        let server = Server::start("serve", &self.store).await?;
        let answer = server.ask(query).await?;
        ensure!(server.stop()?.success(), "it stops");
        Ok(answer["ledger"].clone())
    }
}

#[tokio::test]
async fn a_rotation_that_was_interrupted_is_finished_by_whoever_comes_next() -> Result<()> {
    let (it, old) = Interrupted::founded().await?;
    let new = done(&it.store, &["key", "rotate"])?["key"].as_str().context("a key")?.to_owned();
    // The new key was kept, and not yet recorded.
    it.put_back(&["ledger.sqlite"])?;
    let listed = done(&it.store, &["key", "list"])?;
    ensure!(listed[1]["key"] == new && listed[1]["trusted"].is_null(), "{listed}");
    ensure!(done(&it.store, &["key", "rotate"])?["key"] == new, "no third key is made");
    let listed = done(&it.store, &["key", "list"])?;
    ensure!(listed[1]["key"] == new && listed[1]["trusted"]["position"] == 5, "{listed}");
    it.put_back(&["ledger.sqlite"])?;
    let told = it.ask("{ ledger { keys { key } } }").await?;
    ensure!(
        told["keys"] == json!([{ "key": old }, { "key": new }]),
        "a server does so too: {told}"
    );

    it.save()?;
    done(&it.store, &["key", "retire", &old])?;
    // The old key was taken out, and that was not yet recorded.
    it.put_back(&["ledger.sqlite"])?;
    let listed = done(&it.store, &["key", "list"])?;
    ensure!(listed[0]["retired"].is_null() && listed[0]["secretHere"] == false, "{listed}");
    done(&it.store, &["key", "retire", &old])?;
    let told = it.ask("{ ledger { keys { retired { position } } } }").await?;
    ensure!(
        told["keys"][0]["retired"]["position"].is_u64() && told["keys"][1]["retired"].is_null()
    );
    // Somebody puts back the key file from before.
    it.put_back(&["log.key"])?;
    let [flag, place] = it.store.arguments();
    let refused = tiwizi(&["serve", &flag, &place, "--listen", "127.0.0.1:0"])?;
    let why = String::from_utf8(refused.stderr)?;
    ensure!(refused.status.code() == Some(3) && why.contains("aucune clé ne revient"), "{why}");
    done(&it.store, &["key", "retire", &old])?;
    ensure!(it.ask("{ ledger { name } }").await?["name"].is_string(), "it is served again");
    Ok(())
}

#[tokio::test]
async fn a_renewal_that_was_interrupted_is_finished_by_the_same_command() -> Result<()> {
    let (it, old) = Interrupted::founded().await?;
    let renew = ["new-origin", NEXT, REASON[0], REASON[1]];
    let renewed = |listed: &Value| listed[1]["key"].as_str().map(str::to_owned);
    let said = done(&it.store, &renew)?;
    let new = renewed(&done(&it.store, &["key", "list"])?).context("a second key")?;
    ensure!(said["previous"]["origin"] == "localhost/tiwizi", "{said}");

    // The next key was kept, and nothing recorded: it is still the old log.
    let restore = |ledger: &[&str]| -> Result<()> {
        fs::rename(it.at("log.key"), it.at("log.key.next"))?;
        for aside in ["log.key.1", "log.checkpoint.1"] {
            fs::remove_file(it.at(aside))?;
        }
        it.put_back(&["log.key", "log.checkpoint"])?;
        it.put_back(ledger)
    };
    restore(&["ledger.sqlite"])?;
    let told = it.ask("{ ledger { origin keys { key } } }").await?;
    ensure!(told == json!({ "origin": "localhost/tiwizi", "keys": [{ "key": old }] }), "{told}");
    done(&it.store, &renew)?;
    let again = renewed(&done(&it.store, &["key", "list"])?);
    ensure!(again.as_ref() == Some(&new), "the key that waited");

    // It was recorded, and the files were as before: nothing is signed until it is finished.
    restore(&[])?;
    let server = Server::start("serve", &it.store).await?;
    let (status, why) = server.get("/log/checkpoint").await?;
    ensure!(status == 503 && why.contains("un autre journal"), "{status}: {why}");
    ensure!(server.stop()?.success(), "it stops");
    done(&it.store, &renew)?;
    done(&it.store, &renew)?;
    let told = it.ask("{ ledger { origin origins { origin } } }").await?;
    let both = json!([{ "origin": "localhost/tiwizi" }, { "origin": NEXT }]);
    ensure!(told == json!({ "origin": NEXT, "origins": both }), "it was recorded once: {told}");
    let back = ["new-origin", "localhost/tiwizi", REASON[0], REASON[1]];
    ensure!(refused(&it.store, &back)?.contains("choisissez un autre nom"), "never again");
    Ok(())
}

#[tokio::test]
async fn the_demonstration_names_its_keys_when_one_comes_or_goes() -> Result<()> {
    let directory = tests::directory()?;
    let store = Store::Sqlite(directory.path().join("demo"));
    let server = Server::start("demo", &store).await?;
    let told = server.ask("{ ledger { keys { key } } }").await?;
    ensure!(told["ledger"]["keys"] == json!([]), "its past is as it was told: {told}");
    ensure!(server.stop()?.success(), "it stops");
    done(&store, &["key", "rotate"])?;
    let server = Server::start("demo", &store).await?;
    let told = server.ask("{ ledger { keys { trusted { effective } } } }").await?;
    let since = |at: usize| told["ledger"]["keys"][at]["trusted"]["effective"].as_str();
    ensure!(since(0) == Some("unknown") && since(1) != since(0), "{told}");
    Ok(())
}
