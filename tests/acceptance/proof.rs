//! What others keep of the log, and what it proves to them.
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tests::{Server, Store, tiwizi};
use uuid::Uuid;

use crate::keys::done;

const REGISTER: &str = "mutation($input: ActorRegisterInput!) { actorRegister(input: $input) { \
    receipt { lastPosition } errors { code message } } }";

/// What registers an association.
fn input(name: &str) -> Value {
    let input = json!({
        "commandId": Uuid::new_v4(), "name": name, "kind": "LOCAL_ASSOCIATION", "country": "MA"
    });
    json!({ "input": input })
}

/// Registers an association; its event's position.
pub(crate) async fn register(server: &Server, name: &str) -> Result<u64> {
    let answer = server.graphql(REGISTER, input(name)).await?;
    let position = answer["data"]["actorRegister"]["receipt"]["lastPosition"].as_u64();
    position.with_context(|| answer.to_string())
}

/// The receipt of the event at `position`, as soon as it is published.
pub(crate) async fn receipt(server: &Server, position: u64) -> Result<String> {
    let path = format!("/receipts/{position}.tlog-proof");
    for _ in 0..100 {
        if let Ok(receipt) = server.fetch(&path).await {
            return Ok(receipt);
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    server.fetch(&path).await
}

pub(crate) fn check(file: &Path, key: &str) -> Result<(Option<i32>, String)> {
    let file = file.to_str().context("a path")?;
    let answer = tiwizi(&["receipt", "check", file, "--key", key])?;
    Ok((answer.status.code(), String::from_utf8(answer.stdout)?))
}

#[tokio::test]
async fn a_partner_proves_a_receipt_when_the_server_and_its_ledger_are_gone() -> Result<()> {
    let (directory, stores) = crate::stores().await?;
    for store in &stores {
        let server = Server::start("serve", store).await?;
        let acting = server.acting_as_founder()?;
        let server = server.acting(&acting);
        let position = register(&server, "Association Anaruz").await?;
        let kept = receipt(&server, position).await?;
        let key = server.fetch("/log/key").await?.trim().to_owned();
        ensure!(server.stop()?.success(), "it stops");
        fs::remove_dir_all(store.state())?;

        let file = directory.path().join("kept.tlog-proof");
        fs::write(&file, &kept)?;
        let (code, words) = check(&file, &key)?;
        ensure!(code == Some(0) && words.starts_with("Reçu exact"), "{store:?}: {words}");
        fs::write(&file, kept.replacen("extra ey", "extra eY", 1))?;
        let (code, words) = check(&file, &key)?;
        ensure!(code == Some(1) && words.contains("ne prouve rien"), "{store:?}: {words}");
        fs::write(&file, "a letter")?;
        ensure!(check(&file, &key)?.0 == Some(3), "what is no receipt is told so");
    }
    Ok(())
}

#[tokio::test]
async fn a_command_says_where_its_proof_is_on_both_stores() -> Result<()> {
    let (directory, stores) = crate::stores().await?;
    for store in &stores {
        let server = Server::start("serve", store).await?;
        let acting = server.acting_as_founder()?;
        let server = server.acting(&acting);
        let mutation = "mutation($input: ActorRegisterInput!) { actorRegister(input: $input) { \
            receipt { position lastPosition leafHash checkpointSize url recordedAt } } }";
        let answer = server.graphql(mutation, input("Association Anaruz")).await?;
        let given = &answer["data"]["actorRegister"]["receipt"];
        let position = given["position"].as_u64().with_context(|| answer.to_string())?;
        ensure!(given["lastPosition"] == position, "{given}");
        let size = &given["checkpointSize"];
        ensure!(size.is_null() || size.as_u64() >= Some(position), "{given}");

        let url = given["url"].as_str().context("an address")?;
        ensure!(url == format!("/receipts/{position}.tlog-proof"), "{url}");
        let file = directory.path().join("kept.tlog-proof");
        fs::write(&file, receipt(&server, position).await?)?;
        let (code, words) = check(&file, server.fetch("/log/key").await?.trim())?;
        ensure!(code == Some(0) && words.starts_with("Reçu exact"), "{store:?}: {words}");

        let query = format!(
            "{{ receipt(position: {position}) {{ position leafHash checkpointSize url recordedAt }} \
               none: receipt(position: 0) {{ url }} beyond: receipt(position: 999) {{ url }} }}"
        );
        let found = server.ask(&query).await?;
        ensure!(found["none"].is_null() && found["beyond"].is_null(), "{found}");
        let found = &found["receipt"];
        for field in ["position", "leafHash", "url", "recordedAt"] {
            ensure!(found[field] == given[field], "{field}: {found} and {given}");
        }
        ensure!(found["checkpointSize"].as_u64() >= Some(position), "it is published: {found}");
    }
    Ok(())
}

/// Puts the ledger of `store` back to what was exported to `backup`; what is kept outside stays.
async fn put_back(store: &Store, backup: &Path) -> Result<Store> {
    let restored = match store {
        Store::Sqlite(directory) => {
            for name in ["ledger.sqlite", "ledger.sqlite-wal", "ledger.sqlite-shm"] {
                let file = directory.join(name);
                if file.exists() {
                    fs::remove_file(file)?;
                }
            }
            store.clone()
        }
        Store::Postgres { state, .. } => {
            Store::Postgres { url: crate::postgres::database().await, state: state.clone() }
        }
    };
    let [flag, place] = restored.arguments();
    let backup = backup.to_str().context("a path")?;
    let output = tiwizi(&["ledger", "import", backup, &flag, &place])?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(restored)
}

/// What `serve` says on its error stream before it is ended.
fn complaint(store: &Store) -> Result<String> {
    use std::io::BufRead as _;
    use std::process::{Command, Stdio};
    let mut child = Command::new(tests::program()?)
        .arg("serve")
        .args(store.arguments())
        .arg("--state")
        .arg(store.state())
        .args(["--listen", "127.0.0.1:0"])
        .env("LANG", "fr_FR.UTF-8")
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()?;
    let stderr = child.stderr.take().context("it is piped")?;
    let mut lines = std::io::BufReader::new(stderr).lines();
    let said = lines.find(|it| it.as_ref().is_ok_and(|it| it.starts_with("tiwizi: ")));
    child.kill()?;
    child.wait()?;
    Ok(said.context("it says nothing")??)
}

async fn is_read_only(server: &Server, position: u64) -> Result<()> {
    let told = server.ask("{ ledger { name position } actors(first: 5) { totalCount } }").await?;
    ensure!(told["ledger"]["position"].as_u64() < Some(position), "questions are answered: {told}");
    let khamsa = || input("Association Khamsa");
    let answers = [
        server.graphql(REGISTER, khamsa()).await?,
        server.graphql_as(None, REGISTER, khamsa()).await?,
    ];
    for answer in answers {
        let error = &answer["errors"][0];
        ensure!(error["extensions"]["code"] == "READ_ONLY", "{answer}");
        let words = error["message"].as_str().unwrap_or_default();
        ensure!(words.contains("avant ce qui a été publié"), "{words}");
        ensure!(words.contains("tiwizi log new-origin"), "{words}");
    }
    for path in ["/log/checkpoint", "/log/key", "/log/tile/0/000.p/1", "/receipts/1.tlog-proof"] {
        let (status, words) = server.get(path).await?;
        ensure!(status == 503 && words.starts_with("READ_ONLY: "), "{path}: {status} {words}");
    }
    let (status, words) = server.get("/readyz").await?;
    ensure!(status == 200 && words.contains("READ_ONLY: this ledger can only be read"), "{words}");
    Ok(())
}

async fn put_back_and_renewed(store: &Store, folder: &Path) -> Result<()> {
    let server = Server::start("serve", store).await?;
    let acting = server.acting_as_founder()?;
    ensure!(server.stop()?.success(), "it stops");
    let backup = folder.join("backup.ndjson");
    let [flag, place] = store.arguments();
    let out = backup.to_str().context("a path")?;
    ensure!(tiwizi(&["ledger", "export", &flag, &place, "--out", out])?.status.success());
    let server = Server::start("serve", store).await?.acting(&acting);
    let position = register(&server, "Association Anaruz").await?;
    let lost = receipt(&server, position).await?;
    let key = server.fetch("/log/key").await?.trim().to_owned();
    ensure!(server.stop()?.success(), "it stops");
    let anchor = fs::read_to_string(store.state().join("log.checkpoint"))?;

    let store = &put_back(store, &backup).await?;
    let why = complaint(store)?;
    ensure!(why.contains("ramené à un état plus ancien"), "{why}");
    ensure!(why.contains("tiwizi log new-origin"), "{why}");
    let server = Server::start("serve", store).await?.acting(&acting);
    is_read_only(&server, position).await?;
    ensure!(server.stop()?.success(), "it stops");
    ensure!(fs::read_to_string(store.state().join("log.checkpoint"))? == anchor, "it is kept");

    let next = "registre.example/souss-massa";
    let said = done(store, &["new-origin", next, "--reason", "Sauvegarde de la veille"])?;
    ensure!(said["previous"]["size"] == position, "{said}");
    ensure!(fs::read_to_string(store.state().join("log.checkpoint.1"))? == anchor, "set aside");
    let server = Server::start("serve", store).await?.acting(&acting);
    let again = register(&server, "Association Khamsa").await?;
    let file = folder.join("kept.tlog-proof");
    fs::write(&file, receipt(&server, again).await?)?;
    let (code, words) = check(&file, server.fetch("/log/key").await?.trim())?;
    ensure!(code == Some(0) && words.contains(next), "{words}");
    let origins =
        "{ ledger { origins { origin until { position } last { size root } reason { text } } } }";
    let told = server.ask(origins).await?;
    let [before, today] = [&told["ledger"]["origins"][0], &told["ledger"]["origins"][1]];
    ensure!(before["last"]["size"] == position && today["origin"] == next, "{told}");
    ensure!(before["reason"]["text"] == "Sauvegarde de la veille", "{told}");
    // It is the first entry under the new name: nothing before it was published under that.
    ensure!(before["until"]["position"] == position, "{told}");
    fs::write(&file, lost)?;
    ensure!(check(&file, &key)?.0 == Some(0), "what was promised under the old name stays proven");
    Ok(())
}

#[tokio::test]
async fn a_backup_that_was_put_back_is_read_until_its_log_has_another_name() -> Result<()> {
    let (directory, stores) = crate::stores().await?;
    for store in &stores {
        put_back_and_renewed(store, directory.path())
            .await
            .with_context(|| format!("{store:?}"))?;
    }
    Ok(())
}
