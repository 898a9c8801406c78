//! What whoever builds on the GraphQL contract relies on: it only grows from release to release, and a
//! client generated from it works.
use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Output;

use anyhow::{Context, Result, ensure};
use tests::{Server, Store};

/// What `output` says, where it ended well.
fn said(output: Output) -> Result<String> {
    let text = String::from_utf8(output.stdout)?;
    let error = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{text}{error}");
    Ok(text)
}

fn path(of: &Path) -> Result<&str> {
    of.to_str().context("a path")
}

#[test]
fn the_contract_breaks_nobody_who_relies_on_the_last_release() -> Result<()> {
    let released = tests::root().join("api/released.graphql");
    let served = tests::root().join("api/schema.graphql");
    said(tests::node("evolution.mjs", &[path(&released)?, path(&served)?])?)?;
    // The script is believed because it sees what is missing.
    let directory = tests::directory()?;
    let less = directory.path().join("less.graphql");
    let text = fs::read_to_string(&served)?;
    fs::write(&less, text.replace("\n\taddress: String\n", "\n\tplace: String\n"))?;
    let output = tests::node("evolution.mjs", &[path(&released)?, path(&less)?])?;
    let told = String::from_utf8(output.stdout)?;
    ensure!(output.status.code() == Some(1), "{told}");
    ensure!(
        told.contains("BREAKING Field 'address' was removed from object type 'Document'"),
        "{told}"
    );
    Ok(())
}

#[tokio::test]
async fn a_generated_client_takes_the_tour_of_the_readme() -> Result<()> {
    let directory = tests::directory()?;
    let folder = directory.path().join("client");
    fs::create_dir(&folder)?;
    let ours = tests::root().join("tests/node");
    let schema = tests::root().join("api/schema.graphql");
    let page = tests::root().join("README.md");
    let arguments = [path(&schema)?, path(&page)?, path(&folder)?];
    said(tests::node("client/generate.mjs", &arguments)?)?;

    fs::copy(ours.join("client/tour.ts"), folder.join("tour.ts"))?;
    fs::write(folder.join("package.json"), r#"{"type": "module"}"#)?;
    symlink(fs::canonicalize(ours.join("node_modules"))?, folder.join("node_modules"))?;
    let tour = folder.join("tour.ts");
    let strictly = "--strict --noUncheckedIndexedAccess --noEmitOnError --target es2022 \
                    --module nodenext --types node";
    let mut arguments: Vec<&str> = strictly.split_whitespace().collect();
    arguments.push(path(&tour)?);
    said(tests::node("node_modules/typescript/bin/tsc", &arguments)?)?;

    let server = Server::start("demo", &Store::Sqlite(directory.path().join("ledger"))).await?;
    let header = server.said.lines().find(|it| it.trim().starts_with("Tiwizi-Acting: "));
    let header = header.with_context(|| format!("it said: {}", server.said))?.trim();
    let url = format!("{}/graphql", server.url);
    let taken = said(tests::node(path(&folder.join("tour.js"))?, &[&url, header])?)?;
    ensure!(taken.trim() == "8 questions and a command", "{taken}");
    Ok(())
}
