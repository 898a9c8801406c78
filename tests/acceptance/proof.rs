//! What others keep of the log, and what it proves to them.
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use serde_json::json;
use tests::{Server, Store, tiwizi};
use uuid::Uuid;

const REGISTER: &str = "mutation($input: ActorRegisterInput!) { actorRegister(input: $input) { \
    receipt { lastPosition } errors { code message } } }";

/// Registers an association; its event's position.
async fn register(server: &Server, name: &str) -> Result<u64> {
    let input = json!({
        "commandId": Uuid::new_v4(), "name": name, "kind": "LOCAL_ASSOCIATION", "country": "MA"
    });
    let answer = server.graphql(REGISTER, json!({ "input": input })).await?;
    let position = answer["data"]["actorRegister"]["receipt"]["lastPosition"].as_u64();
    position.with_context(|| answer.to_string())
}

/// The receipt of the event at `position`, as soon as it is published.
async fn receipt(server: &Server, position: u64) -> Result<String> {
    let path = format!("/receipts/{position}.tlog-proof");
    for _ in 0..100 {
        if let Ok(receipt) = server.fetch(&path).await {
            return Ok(receipt);
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    server.fetch(&path).await
}

fn check(file: &Path, key: &str) -> Result<(Option<i32>, String)> {
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
async fn a_backup_that_was_put_back_is_not_served_as_if_nothing_had_happened() -> Result<()> {
    let directory = tests::directory()?;
    let store = Store::Sqlite(directory.path().join("ledger"));
    let server = Server::start("serve", &store).await?;
    let acting = server.acting_as_founder()?;
    ensure!(server.stop()?.success(), "it stops");
    let (file, backup) = (store.state().join("ledger.sqlite"), directory.path().join("backup"));
    fs::copy(&file, &backup)?;

    let server = Server::start("serve", &store).await?.acting(&acting);
    let position = register(&server, "Association Anaruz").await?;
    receipt(&server, position).await?;
    ensure!(server.stop()?.success(), "it stops");
    fs::copy(&backup, &file)?;
    let [flag, place] = store.arguments();
    let refused = tiwizi(&["serve", &flag, &place, "--listen", "127.0.0.1:0"])?;
    let why = String::from_utf8(refused.stderr)?;
    ensure!(refused.status.code() == Some(3), "{why}");
    ensure!(why.contains("ramené à un état plus ancien"), "{why}");
    Ok(())
}
