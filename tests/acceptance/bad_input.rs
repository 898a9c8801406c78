//! What cannot be: each gets a clear error, and nothing is half-written.
use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tests::{Server, Store, tiwizi};

/// What `tiwizi <arguments>` says on the error stream, with its exit code, in `language`.
fn failing(arguments: &[&str], language: &str) -> Result<(Option<i32>, String)> {
    let output = std::process::Command::new(tests::program()?)
        .args(arguments)
        .env("LANG", language)
        .output()?;
    Ok((output.status.code(), String::from_utf8(output.stderr)?))
}

#[test]
fn a_place_that_is_no_ledger_is_said_in_the_language_of_the_terminal() -> Result<()> {
    let directory = tests::directory()?;
    let path = directory.path().to_str().context("a path")?;
    let file = directory.path().join("ledger.sqlite");
    let away = "postgres://nobody:secret@127.0.0.1:1/none";

    fs::write(&file, "this is no database, and nobody should write to it")?;
    for (arguments, french, arabic, english) in [
        (["serve", "--data", path], "endommagé", "السجل متضرر", "damaged"),
        (["serve", "--database", away], "ne répond pas", "لا تجيب", "does not answer"),
        (["serve", "--database", "mysql://here"], "postgres://", "postgres://", "postgres://"),
    ] {
        let languages =
            [("fr_FR.UTF-8", french), ("ar_MA.UTF-8", arabic), ("en_GB.UTF-8", english)];
        for (language, words) in languages {
            let (code, said) = failing(&arguments, language)?;
            ensure!(code == Some(3) && said.contains(words), "{arguments:?}: {code:?} {said}");
            ensure!(!said.contains("secret"), "a password is never said: {said}");
        }
    }
    ensure!(fs::read_to_string(&file)?.starts_with("this is no database"), "it is left alone");
    Ok(())
}

/// As the user nobody where the test runs as root, whom no permission stops; else as whoever runs it.
fn without_privileges(arguments: &[&str]) -> Result<(Option<i32>, String)> {
    let directory = tests::directory()?;
    let copy = directory.path().join("tiwizi");
    fs::copy(tests::program()?, &copy)?;
    fs::set_permissions(directory.path(), fs::Permissions::from_mode(0o755))?;
    let is_root = std::process::Command::new("id").arg("-u").output()?.stdout == b"0\n";
    let mut command = if is_root {
        let mut as_nobody = std::process::Command::new("setpriv");
        as_nobody.args(["--reuid=65534", "--regid=65534", "--clear-groups"]).arg(copy);
        as_nobody
    } else {
        std::process::Command::new(copy)
    };
    let output = command.args(arguments).env("LANG", "fr_FR.UTF-8").output()?;
    Ok((output.status.code(), String::from_utf8(output.stderr)?))
}

#[tokio::test]
async fn a_directory_that_may_only_be_read_is_read_and_not_written_to() -> Result<()> {
    let directory = tests::directory()?;
    let ledger = directory.path().join("ledger");
    Server::start("demo", &Store::Sqlite(ledger.clone())).await?.stop()?;
    let place = ledger.to_str().context("a path")?;
    for path in [directory.path(), &ledger] {
        fs::set_permissions(path, fs::Permissions::from_mode(0o555))?;
    }
    for file in fs::read_dir(&ledger)? {
        fs::set_permissions(file?.path(), fs::Permissions::from_mode(0o444))?;
    }
    let (code, said) = without_privileges(&["demo", "--data", place])?;
    ensure!(code == Some(3) && said.contains("impossible d'écrire"), "{code:?}: {said}");
    let new = directory.path().join("new");
    let (code, said) = without_privileges(&["serve", "--data", new.to_str().context("a path")?])?;
    ensure!(code == Some(3) && said.contains("impossible"), "{code:?}: {said}");
    let (code, said) = without_privileges(&["audit", "verify", "--data", place])?;
    ensure!(code == Some(0), "it can be audited: {code:?}: {said}");
    fs::set_permissions(directory.path(), fs::Permissions::from_mode(0o755))?;
    fs::set_permissions(&ledger, fs::Permissions::from_mode(0o755))?;
    Ok(())
}

#[tokio::test]
async fn a_simulated_past_is_never_served_as_a_real_one_nor_the_reverse() -> Result<()> {
    let directory = tests::directory()?;
    let (demo, real) = (directory.path().join("demo"), directory.path().join("real"));
    Server::start("demo", &Store::Sqlite(demo.clone())).await?.stop()?;
    Server::start("serve", &Store::Sqlite(real.clone())).await?.stop()?;
    let demo = demo.to_str().context("a path")?;
    let real = real.to_str().context("a path")?;
    for (command, place, words) in
        [("serve", demo, "passé simulé"), ("demo", real, "vrai registre")]
    {
        let output = tiwizi(&[command, "--data", place, "--listen", "127.0.0.1:0"])?;
        let said = String::from_utf8(output.stderr)?;
        ensure!(output.status.code() == Some(3) && said.contains(words), "{command}: {said}");
    }
    Ok(())
}

#[tokio::test]
async fn what_is_wrong_in_a_request_is_told_and_nothing_is_recorded() -> Result<()> {
    let directory = tests::directory()?;
    let server = Server::start("serve", &Store::Sqlite(directory.path().join("ledger"))).await?;
    let founder = server.acting_as_founder()?;
    let server = server.acting(&founder);
    let before = server.ask("{ ledger { position } }").await?;

    let offer = "mutation($input: CommitmentOfferInput!) { commitmentOffer(input: $input) { \
        receipt { root } errors { code field message } } }";
    let input = |to: &str, title: &str, due: &str| {
        json!({ "input": { "commandId": uuid::Uuid::new_v4(), "to": to,
            "title": [{ "text": title }], "pledge": { "days": 3 }, "due": due } })
    };
    let founder = founder.trim_start_matches("actor=").split(';').next().context("an actor")?;
    let nobody = "00000000-0000-4000-8000-000000000000";
    let long = "x".repeat(201);
    for (to, title, due, code, field) in [
        (nobody, "Ballons", "2030-01-01", "UNKNOWN_REFERENCE", "to"),
        (founder, &long, "2030-01-01", "TEXT_TOO_LONG", "title"),
        (founder, " ", "2030-01-01", "TEXT_EMPTY", "title"),
        (founder, "Ballons", "2030-02-30", "", "due"),
        (founder, "Ballons", "2030-01-01", "COMMITMENT_OFFERED_TO_ITSELF", "to"),
    ] {
        let answer = server.graphql(offer, input(to, title, due)).await?;
        let told = answer.to_string();
        let error = &answer["data"]["commitmentOffer"]["errors"][0];
        ensure!(error["code"].as_str().is_some_and(|it| it.contains(code)), "{told}");
        ensure!(error["field"].as_str().is_some_and(|it| it.starts_with(field)), "{told}");
    }
    ensure!(server.ask("{ ledger { position } }").await? == before, "nothing was recorded");
    Ok(())
}

#[tokio::test]
async fn a_malformed_request_has_a_status_and_a_reason() -> Result<()> {
    let directory = tests::directory()?;
    let server = Server::start("serve", &Store::Sqlite(directory.path().join("ledger"))).await?;
    let http = tests::http().build()?;
    let url = format!("{}/graphql", server.url);
    let post = |body: String| http.post(&url).header("content-type", "application/json").body(body);
    let large =
        json!({ "query": format!("{{ ledger {{ position }} }} # {}", "x".repeat(300_000)) });
    for (request, status) in [
        (post("{".to_owned()), 400),
        (post("[]".to_owned()), 400),
        (post(large.to_string()), 413),
        (http.post(&url).header("content-type", "text/plain").body("{}"), 415),
        (http.delete(&url), 405),
        (http.get(&url).query(&[("query", "mutation { x }")]), 405),
        (post(r#"{"query":"{ ledger { nothing } }"}"#.to_owned()), 400),
    ] {
        let answer = request.header("accept", "application/graphql-response+json").send().await?;
        let found = answer.status().as_u16();
        let body: Value = answer.json().await?;
        ensure!(found == status && body["errors"][0]["message"].is_string(), "{found}: {body}");
    }
    Ok(())
}
