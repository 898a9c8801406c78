//! The state as the auditor writes it, what changed between two moments, and where figures come from.
use std::process::Command;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tests::{Server, Store, tiwizi};

/// Runs `tiwizi audit <arguments> <store> --json`: its answer.
fn audit(arguments: &[&str], store: &Store) -> Result<Value> {
    let [flag, place] = store.arguments();
    let all = ["audit"].iter().chain(arguments).copied().chain([&*flag, &*place, "--json"]);
    let output = tiwizi(&all.collect::<Vec<_>>())?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// What `sha256sum` says of a file.
fn sha256sum(file: &str) -> Result<String> {
    let output = Command::new("sha256sum").arg(file).output()?;
    let said = String::from_utf8(output.stdout)?;
    said.split(' ').next().map(str::to_owned).context("a digest")
}

/// The demonstration in SQLite, and the same ledger in PostgreSQL.
async fn both(directory: &std::path::Path, stores: &[Store; 2]) -> Result<Value> {
    let [sqlite, postgres] = stores;
    let server = Server::start("demo", sqlite).await?;
    let query = r#"{
        now: ledger { position stateDigest }
        then: ledger(asOf: { position: 150 }) { position stateDigest }
        at: ledger(asOf: { instant: "2024-06-01T00:00:00Z" }) { position stateDigest }
        balances(groupBy: PROGRAMME) { balance { requests lineage {
            figure events(first: 50) { nodes { position } hasNextPage } } } }
    }"#;
    let answer = server.ask(query).await?;
    ensure!(server.stop()?.success(), "it stops");
    let file = directory.join("ledger.ndjson");
    let file = file.to_str().context("a path")?;
    let ([flag, place], [to_flag, to_place]) = (sqlite.arguments(), postgres.arguments());
    let exported = tiwizi(&["ledger", "export", &flag, &place, "--out", file])?;
    ensure!(exported.status.success(), "{}", String::from_utf8_lossy(&exported.stderr));
    let imported = tiwizi(&["ledger", "import", file, &to_flag, &to_place])?;
    ensure!(imported.status.success(), "{}", String::from_utf8_lossy(&imported.stderr));
    Ok(answer)
}

#[tokio::test]
async fn the_state_has_the_same_bytes_in_both_stores_and_in_every_run() -> Result<()> {
    let (directory, stores) = crate::stores().await?;
    let live = both(directory.path(), &stores).await?;
    let head = live["now"]["position"].to_string();
    for (as_of, known) in
        [(&*head, &live["now"]), ("150", &live["then"]), ("2024-06-01T00:00:00Z", &live["at"])]
    {
        let mut all = Vec::new();
        for (run, store) in
            [0, 1].into_iter().flat_map(|run| stores.iter().map(move |it| (run, it)))
        {
            let file = directory.path().join(format!("state-{run}"));
            let file = file.to_str().context("a path")?;
            let said = audit(&["replay", "--as-of", as_of, "--out", file], store)?;
            ensure!(said["stateDigest"] == known["stateDigest"], "{as_of}: {said} {known}");
            ensure!(said["position"] == known["position"], "{as_of}: {said} {known}");
            ensure!(said["stateDigest"] == *sha256sum(file)?, "{as_of}: {said}");
            all.push(std::fs::read(file)?);
        }
        ensure!(all.iter().all(|it| *it == all[0]), "the same bytes as of {as_of}");
        let state: Value = serde_json::from_slice(&all[0])?;
        let canonical = serde_json_canonicalizer::to_vec(&state)?;
        ensure!(canonical == all[0], "what an independent writer makes of it");
    }
    let beyond = tiwizi(&[
        "audit",
        "replay",
        "--as-of",
        "100000",
        &stores[0].arguments()[0],
        &stores[0].arguments()[1],
    ])?;
    ensure!(beyond.status.code() == Some(3), "a position that is not there is refused");
    Ok(())
}

#[tokio::test]
async fn a_difference_names_the_events_and_the_values_between_two_moments() -> Result<()> {
    let (directory, stores) = crate::stores().await?;
    both(directory.path(), &stores).await?;
    let answers =
        stores.each_ref().map(|store| audit(&["diff", "--from", "300", "--to", "330"], store));
    let [sqlite, postgres] = answers;
    let (said, other) = (sqlite?, postgres?);
    ensure!(said == other, "both stores say the same");
    let subjects = said["subjects"].as_array().context("a list")?;
    ensure!(!subjects.is_empty() && said["inAll"] == subjects.len());
    for it in subjects {
        let events = it["events"].as_array().context("a list")?;
        let between = |it: &Value| it["position"].as_u64().is_some_and(|at| at > 300 && at <= 330);
        ensure!(!events.is_empty() && events.iter().all(between), "{it}");
        ensure!(it["changes"].as_array().is_some_and(|it| !it.is_empty()), "{it}");
    }
    let one = subjects[0]["subject"].as_str().context("a subject")?;
    let arguments = ["diff", "--from", "300", "--to", "330", "--subject", one];
    let alone = audit(&arguments, &stores[0])?;
    ensure!(alone["subjects"][0] == subjects[0], "{alone}");
    let none = audit(&["diff", "--from", "330", "--to", "330"], &stores[0])?;
    ensure!(none["inAll"] == 0, "{none}");
    let [flag, place] = stores[0].arguments();
    let back = tiwizi(&["audit", "diff", "--from", "330", "--to", "300", &flag, &place])?;
    ensure!(back.status.code() == Some(3), "moments the wrong way round are refused");
    Ok(())
}

#[tokio::test]
async fn the_events_behind_a_number_are_those_that_the_auditor_finds() -> Result<()> {
    let (directory, stores) = crate::stores().await?;
    let live = both(directory.path(), &stores).await?;
    let balances = live["balances"].as_array().context("a list")?;
    ensure!(!balances.is_empty());
    for balance in balances.iter().map(|it| &it["balance"]) {
        let lineage = &balance["lineage"];
        let figure = lineage["figure"].as_str().context("a name")?;
        for store in &stores {
            let said = audit(&["lineage", figure], store)?;
            ensure!(said["value"]["requests"] == balance["requests"], "{said} {balance}");
            let positions = |it: &Value| -> Vec<u64> {
                let events = it.as_array().into_iter().flatten();
                let mut all: Vec<_> = events.filter_map(|it| it["position"].as_u64()).collect();
                all.sort_unstable();
                all
            };
            ensure!(
                lineage["events"]["hasNextPage"] == true
                    || positions(&said["events"]) == positions(&lineage["events"]["nodes"])
            );
        }
    }
    let [flag, place] = stores[0].arguments();
    for wrong in ["balance", "nonsense{}", r#"balance{"on":"2026-01-01","typo":1}"#] {
        let refused = tiwizi(&["audit", "lineage", wrong, &flag, &place])?;
        ensure!(refused.status.code() == Some(2), "{wrong} names no figure");
    }
    Ok(())
}
