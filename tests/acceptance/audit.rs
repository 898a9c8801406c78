//! What the auditor runs: verification, replay, and a ledger that moves between stores.
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use sqlx::Connection as _;
use tests::{Server, Store, tiwizi};

/// Loads the demonstration into `store`.
async fn demonstration(store: &Store) -> Result<()> {
    let server = Server::start("demo", store).await?;
    ensure!(server.stop()?.success(), "it ends well when asked to stop");
    Ok(())
}

/// Runs `tiwizi <arguments> <store> --json`: its exit code and its answer.
fn answer(arguments: &[&str], store: &Store) -> Result<(Option<i32>, Value)> {
    let [flag, place] = store.arguments();
    let all: Vec<_> = arguments.iter().copied().chain([&*flag, &*place, "--json"]).collect();
    let output = tiwizi(&all)?;
    let said = serde_json::from_slice(&output.stdout);
    Ok((
        output.status.code(),
        said.with_context(|| String::from_utf8_lossy(&output.stderr).into_owned())?,
    ))
}

/// Changes one letter of the event at position 20, as somebody with all rights over the store would.
async fn tamper(store: &Store) -> Result<()> {
    match store {
        Store::Sqlite(directory) => {
            let file = rusqlite::Connection::open(directory.join("ledger.sqlite"))?;
            let names = "SELECT name FROM sqlite_schema WHERE type = 'trigger'";
            let triggers: Vec<String> =
                file.prepare(names)?.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
            for trigger in triggers {
                file.execute_batch(&format!("DROP TRIGGER {trigger}"))?;
            }
            let changed = "UPDATE events SET body = CAST(replace(CAST(body AS TEXT), 'effective', \
                'effectivE') AS BLOB) WHERE position = 20";
            ensure!(file.execute(changed, [])? == 1, "one event is changed");
        }
        Store::Postgres { url, .. } => {
            let mut database = sqlx::PgConnection::connect(url).await?;
            for statement in [
                "SET session_replication_role = replica",
                "UPDATE ledger_events SET body = convert_to(replace(convert_from(body, 'UTF8'), \
                 'effective', 'effectivE'), 'UTF8') WHERE position = 20",
            ] {
                sqlx::query(statement).execute(&mut database).await?;
            }
        }
    }
    Ok(())
}

#[tokio::test]
async fn a_byte_changed_in_the_database_is_found_and_named() -> Result<()> {
    let (_directory, stores) = crate::stores().await?;
    for store in &stores {
        demonstration(store).await?;
        let (code, sound) = answer(&["audit", "verify"], store)?;
        ensure!(code == Some(0) && sound["sound"] == true, "{sound}");
        tamper(store).await?;
        let (code, damaged) = answer(&["audit", "verify"], store)?;
        ensure!(code == Some(1) && damaged["position"] == 20, "{store:?}: {damaged}");
    }
    Ok(())
}

#[tokio::test]
async fn a_replay_gives_the_state_that_the_server_answers_from() -> Result<()> {
    let (_directory, stores) = crate::stores().await?;
    for store in &stores {
        let server = Server::start("demo", store).await?;
        let live = server.ask("{ ledger { position stateDigest } }").await?;
        let digest = live["ledger"]["stateDigest"].as_str().context("a digest")?.to_owned();
        ensure!(server.stop()?.success(), "it stops");
        let (code, same) = answer(&["audit", "replay", "--expect", &digest], store)?;
        ensure!(code == Some(0) && same["same"] == true, "{same}");
        let (code, other) =
            answer(&["audit", "replay", "--as-of", "30", "--expect", &digest], store)?;
        ensure!(code == Some(1) && other["same"] == false, "{other}");
    }
    Ok(())
}

#[tokio::test]
async fn a_ledger_moves_between_stores_and_keeps_its_root() -> Result<()> {
    let (directory, [sqlite, postgres]) = crate::stores().await?;
    demonstration(&sqlite).await?;
    let root = tests::verified_root(&sqlite)?;
    let file = directory.path().join("ledger.ndjson");
    let file = file.to_str().context("a path")?;
    let back = Store::Sqlite(directory.path().join("back"));
    for (from, to) in [(&sqlite, &postgres), (&postgres, &back)] {
        let ([flag, place], [to_flag, to_place]) = (from.arguments(), to.arguments());
        let exported = tiwizi(&["ledger", "export", &flag, &place, "--out", file])?;
        ensure!(exported.status.success(), "{}", String::from_utf8_lossy(&exported.stderr));
        let imported = tiwizi(&["ledger", "import", file, &to_flag, &to_place])?;
        ensure!(imported.status.success(), "{}", String::from_utf8_lossy(&imported.stderr));
        ensure!(tests::verified_root(to)? == root, "the root stays");
    }
    Ok(())
}

#[tokio::test]
async fn recorded_events_are_written_as_lines_that_scripts_can_read() -> Result<()> {
    let directory = tests::directory()?;
    let store = Store::Sqlite(directory.path().join("ledger"));
    demonstration(&store).await?;
    let [flag, place] = store.arguments();
    let lines = |arguments: &[&str]| -> Result<Vec<Value>> {
        let all: Vec<_> = ["events", &*flag, &*place].iter().chain(arguments).copied().collect();
        let output = tiwizi(&all)?;
        ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let lines = output.stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        lines.map(|line| Ok(serde_json::from_slice(line)?)).collect()
    };
    let all = lines(&[])?;
    ensure!(all.first().is_some_and(|it| it["event"]["type"] == "opened" && it["position"] == 1));
    let last = all.len();
    let tail = lines(&["--after", &(last - 3).to_string()])?;
    ensure!(tail.len() == 3, "{tail:?}");
    let subject = format!("actor/{}", all[1]["event"]["agg"]["id"].as_str().context("an id")?);
    let of_one = lines(&["--subject", &subject])?;
    ensure!(!of_one.is_empty() && of_one.iter().all(|it| it["event"]["agg"]["type"] == "actor"));
    Ok(())
}
