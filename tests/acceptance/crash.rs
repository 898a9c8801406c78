//! A power cut under load: what was acknowledged is there, and a retry gets the same receipt.
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tests::{Server, Store};
use tokio::sync::mpsc;
use uuid::Uuid;

/// How many callers load the server.
const CALLERS: usize = 16;
/// How many commands must be acknowledged before the power is cut.
const ACKNOWLEDGED: usize = 300;

const REGISTER: &str = "mutation($input: ActorRegisterInput!) { actorRegister(input: $input) { \
    receipt { lastPosition leafHash root } errors { code message } } }";

fn register(command: Uuid) -> Value {
    let name = format!("Association {command}");
    json!({ "input": { "commandId": command, "name": name, "kind": "LOCAL_ASSOCIATION", "country": "MA" } })
}

async fn record(server: &Server, command: Uuid) -> Result<Value> {
    let answer = server.graphql(REGISTER, register(command)).await?;
    let payload = &answer["data"]["actorRegister"];
    ensure!(payload["receipt"].is_object(), "{answer}");
    Ok(payload["receipt"].clone())
}

/// Starts `serve`, acting for the coordinator that its first start founds.
async fn founded(store: &Store) -> Result<(Server, String)> {
    let server = Server::start("serve", store).await?;
    let acting = server.acting_as_founder()?;
    Ok((server.acting(&acting), acting))
}

async fn power_cut(store: &Store) -> Result<()> {
    let (server, acting) = founded(store).await?;
    let server = Arc::new(server);
    let (acknowledged, mut receipts) = mpsc::unbounded_channel();
    for _ in 0..CALLERS {
        let (server, acknowledged) = (Arc::clone(&server), acknowledged.clone());
        tokio::spawn(async move {
            loop {
                let command = Uuid::new_v4();
                // Once the server is gone, there is nobody to ask.
                let Ok(receipt) = record(&server, command).await else { return };
                if acknowledged.send((command, receipt)).is_err() {
                    return;
                }
            }
        });
    }
    drop(acknowledged);
    let mut kept = Vec::new();
    while kept.len() < ACKNOWLEDGED {
        kept.push(receipts.recv().await.context("the server ended by itself")?);
    }
    server.kill()?;
    while let Some(late) = receipts.recv().await {
        kept.push(late);
    }

    let root = tests::verified_root(store)?;
    let server = Server::start("serve", store).await?.acting(&acting);
    for (command, receipt) in &kept {
        let again = record(&server, *command).await?;
        ensure!(again == *receipt, "{command}: {receipt} became {again}");
    }
    ensure!(server.ask("{ ledger { root } }").await?["ledger"]["root"] == root.as_str());
    Ok(())
}

#[tokio::test]
async fn a_power_cut_loses_no_acknowledged_command_on_either_store() -> Result<()> {
    let (_directory, stores) = crate::stores().await?;
    for store in &stores {
        power_cut(store).await.with_context(|| format!("{store:?}"))?;
    }
    Ok(())
}
