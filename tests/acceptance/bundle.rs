//! Evidence bundles: the same bytes wherever they are made, and nothing in them can be changed.
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tests::{Server, Store, tiwizi};

/// The demonstration on both stores, with the same key, and that.
async fn demonstrations(stores: &[Store; 2], folder: &Path) -> Result<String> {
    let [sqlite, postgres] = stores;
    let server = Server::start("demo", sqlite).await?;
    let key = server.fetch("/log/key").await?.trim().to_owned();
    ensure!(server.stop()?.success(), "it stops");
    let file = folder.join("export").display().to_string();
    let [flag, place] = sqlite.arguments();
    ensure!(
        tiwizi(&["ledger", "export", &flag, &place, "--out", &file])?.status.success(),
        "export"
    );
    let [flag, place] = postgres.arguments();
    ensure!(tiwizi(&["ledger", "import", &flag, &place, &file])?.status.success(), "import");
    fs::create_dir_all(postgres.state())?;
    fs::copy(sqlite.state().join("log.key"), postgres.state().join("log.key"))?;
    Ok(key)
}

/// Makes a bundle; what the program answers.
pub(crate) fn make(store: &Store, scope: &str, out: &Path, more: &[&str]) -> Result<Value> {
    let ([flag, place], out) = (store.arguments(), out.display().to_string());
    let state = store.state().display().to_string();
    let command = ["audit", "bundle", "--scope", scope, "--out", &out, &flag, &place];
    let state = ["--state", &state, "--json"];
    let output = tiwizi(&[&command[..], &state, more].concat())?;
    ensure!(output.status.success(), "{scope}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(serde_json::from_slice(&output.stdout)?)
}

fn check(bundle: &Path, key: &str, more: &[&str]) -> Result<(Option<i32>, String)> {
    let bundle = bundle.display().to_string();
    let command = ["audit", "bundle", "check", &bundle, "--key", key];
    let output = tiwizi(&[&command[..], more].concat())?;
    Ok((output.status.code(), String::from_utf8([output.stdout, output.stderr].concat())?))
}

/// Runs another program in `folder`, which must say that all is well.
fn elsewhere(folder: &Path, program: &str, arguments: &[&str]) -> Result<String> {
    let output = Command::new(program).args(arguments).current_dir(folder).output()?;
    let words = String::from_utf8([output.stdout, output.stderr].concat())?;
    ensure!(output.status.success(), "{program}: {words}");
    Ok(words)
}

/// Where the middle byte of each file of a bundle is.
fn middles(bundle: &Path) -> Result<Vec<(String, u64)>> {
    let mut zip = zip::ZipArchive::new(File::open(bundle)?)?;
    (0..zip.len())
        .map(|number| {
            let file = zip.by_index(number)?;
            let start = file.data_start().context("it is there")?;
            Ok((file.name()?.into_owned(), start + file.size() / 2))
        })
        .collect()
}

#[tokio::test]
async fn a_bundle_is_the_same_on_both_stores_and_every_change_of_it_is_found() -> Result<()> {
    let (directory, stores) = crate::stores().await?;
    let key = demonstrations(&stores, directory.path()).await?;
    let out = |name: &str| directory.path().join(name);
    let first = make(&stores[0], "positions:20-40", &out("first.zip"), &[])?;
    let size = first["size"].as_u64().context("a size")?;
    ensure!(first["position"] == size + 1, "the making is the next event: {first}");
    let at = size.to_string();
    make(&stores[0], "positions:20-40", &out("again.zip"), &["--at", &at])?;
    make(&stores[1], "positions:20-40", &out("other.zip"), &["--at", &at])?;
    let bytes = fs::read(out("first.zip"))?;
    ensure!(bytes == fs::read(out("again.zip"))?, "made twice");
    ensure!(bytes == fs::read(out("other.zip"))?, "made on another store");
    for name in ["first.zip", "again.zip", "other.zip"] {
        let (code, words) = check(&out(name), &key, &[])?;
        ensure!(code == Some(0) && words.starts_with("Dossier exact : 22"), "{name}: {words}");
    }
    let (code, words) = check(&out("first.zip"), &key, &["--json"])?;
    ensure!(code == Some(0) && words.contains(r#""proven":true"#), "{words}");

    let receipt = out("first.zip.tlog-proof").display().to_string();
    for (name, middle) in middles(&out("first.zip"))? {
        let mut changed = bytes.clone();
        changed[usize::try_from(middle)?] ^= 1;
        fs::write(out("changed.zip"), changed)?;
        let (code, words) = check(&out("changed.zip"), &key, &["--receipt", &receipt])?;
        ensure!(code == Some(1), "{name} was changed: {words}");
    }
    let cut = &bytes[..bytes.len() / 2];
    fs::write(out("changed.zip"), cut)?;
    ensure!(check(&out("changed.zip"), &key, &["--receipt", &receipt])?.0 == Some(1), "it was cut");
    Ok(())
}

#[tokio::test]
async fn a_bundle_is_checked_by_programs_that_are_not_ours() -> Result<()> {
    let directory = tests::directory()?;
    let store = Store::Sqlite(directory.path().join("ledger"));
    let server = Server::start("demo", &store).await?;
    let key = server.fetch("/log/key").await?.trim().to_owned();
    ensure!(server.stop()?.success(), "it stops");
    let bundle = directory.path().join("all.zip");
    let made = make(&store, "all", &bundle, &[])?;
    ensure!(made["records"] == made["size"], "{made}");
    ensure!(check(&bundle, &key, &[])?.0 == Some(0), "it is sound");

    let folder = directory.path().join("unpacked");
    fs::create_dir(&folder)?;
    let unpack = format!(
        "import zipfile; zipfile.ZipFile({:?}).extractall('.')",
        bundle.display().to_string()
    );
    elsewhere(&folder, "python3", &["-c", &unpack])?;
    elsewhere(&folder, "sha256sum", &["--check", "--strict", "SHA256SUMS"])?;
    let signed = "pkeyutl -verify -pubin -inkey openssl/1.pem -rawin -in openssl/checkpoint.txt \
                  -sigfile openssl/1.sig";
    let words = elsewhere(&folder, "openssl", &signed.split(' ').collect::<Vec<_>>())?;
    ensure!(words.contains("Verified"), "{words}");
    ensure!(fs::read_to_string(folder.join("README.txt"))?.contains(signed), "as it says");
    let receipt = folder.join("receipts/17.tlog-proof").display().to_string();
    ensure!(tiwizi(&["receipt", "check", &receipt, "--key", &key])?.status.success(), "a receipt");
    let table = fs::read_to_string(folder.join("history.csv"))?;
    ensure!(table.starts_with("position,recorded_at,effective,"), "{table:.80}");
    let events = fs::read_to_string(folder.join("history.ndjson"))?;
    ensure!(events.lines().count() as u64 == made["size"].as_u64().unwrap_or(0), "every event");
    Ok(())
}

#[tokio::test]
async fn a_bundle_holds_what_its_scope_says_and_no_other_receipt_fits() -> Result<()> {
    let directory = tests::directory()?;
    let store = Store::Sqlite(directory.path().join("ledger"));
    let server = Server::start("demo", &store).await?;
    let key = server.fetch("/log/key").await?.trim().to_owned();
    let asked = "{ programmes(first: 1) { nodes { id } } commitments(first: 1) { nodes { id } } }";
    let answer = server.ask(asked).await?;
    let id = |of: &str| answer[of]["nodes"][0]["id"].as_str().context("an id").map(str::to_owned);
    let (programme, commitment) = (id("programmes")?, id("commitments")?);
    let out = |name: &str| directory.path().join(name);
    let scope = format!("programme:{programme}");
    let ([flag, place], path) = (store.arguments(), out("held.zip").display().to_string());
    let command = ["audit", "bundle", "--scope", &scope, "--out", &path, &flag, &place];
    ensure!(tiwizi(&command)?.status.code() == Some(3), "the server has the ledger");
    ensure!(!out("held.zip").exists(), "nothing was made");
    ensure!(server.stop()?.success(), "it stops");

    let of_programme = make(&store, &scope, &out("programme.zip"), &[])?;
    let scope = format!("subject:commitment/{commitment}");
    make(&store, &scope, &out("subject.zip"), &[])?;
    ensure!(of_programme["records"].as_u64() < of_programme["size"].as_u64(), "{of_programme}");
    let subjects = subjects(&out("subject.zip"))?;
    ensure!(subjects.contains(&format!("commitment/{commitment}")), "its own: {subjects:?}");
    ensure!(subjects.iter().any(|it| it.starts_with("actor/")), "who offered it: {subjects:?}");
    ensure!(subjects.iter().any(|it| it.starts_with("ledger/")), "the ledger's: {subjects:?}");
    for name in ["programme.zip", "subject.zip"] {
        let (code, words) = check(&out(name), &key, &[])?;
        ensure!(code == Some(0), "{name}: {words}");
    }
    let other = out("programme.zip.tlog-proof").display().to_string();
    let (code, words) = check(&out("subject.zip"), &key, &["--receipt", &other])?;
    ensure!(code == Some(1) && words.contains("n'est pas celui"), "{words}");

    let nobody = "subject:commitment/00000000-0000-0000-0000-000000000000";
    let empty = directory.path().join("empty").display().to_string();
    let path = out("none.zip").display().to_string();
    let command = ["audit", "bundle", "--scope", "all", "--out", &path, &flag, &place];
    let elsewhere = tiwizi(&[&command[..], &["--state", &empty]].concat())?;
    ensure!(elsewhere.status.code() == Some(3), "no key is made");
    ensure!(!Path::new(&empty).exists(), "no key is made");
    let command = ["audit", "bundle", "--scope", "all", "--out", &path, "--data", &empty];
    ensure!(tiwizi(&command)?.status.code() == Some(3), "no ledger is made");
    ensure!(!Path::new(&empty).exists(), "no ledger is made");
    for (scope, at, code) in [(nobody, "1", 3), ("all", "99999999", 3), ("nothing", "1", 2)] {
        let path = out("none.zip").display().to_string();
        let command =
            ["audit", "bundle", "--scope", scope, "--out", &path, "--at", at, &flag, &place];
        ensure!(tiwizi(&command)?.status.code() == Some(code), "{scope}");
        ensure!(!out("none.zip").exists(), "{scope}");
    }
    Ok(())
}

/// The aggregates that the records of a bundle are of.
fn subjects(bundle: &PathBuf) -> Result<Vec<String>> {
    let mut zip = zip::ZipArchive::new(File::open(bundle)?)?;
    let lines = std::io::read_to_string(zip.by_name("history.ndjson")?)?;
    lines
        .lines()
        .map(|line| {
            let line: Value = serde_json::from_str(line)?;
            let agg = &line["event"]["agg"];
            let text = |name: &str| agg[name].as_str().context("a text");
            Ok(format!("{}/{}", text("type")?, text("id")?))
        })
        .collect()
}
