//! A receipt in COSE: checked by our own program without the server, and by one that is not ours.
use std::fs;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use tests::{Server, tiwizi};

fn python() -> Result<Command> {
    let mut command = Command::new(tests::python_program("python")?);
    command.arg(tests::root().join("tests/acceptance/cose.py"));
    Ok(command)
}

#[tokio::test]
async fn a_receipt_in_cose_is_verified_by_a_program_that_is_not_ours() -> Result<()> {
    let (directory, stores) = crate::stores().await?;
    for store in &stores {
        let server = Server::start("serve", store).await?;
        let key = server.fetch("/log/key").await?.trim().to_owned();
        let answer =
            tests::http().build()?.get(format!("{}/receipts/2.cose", server.url)).send().await?;
        let kind = answer.headers()["content-type"].to_str()?.to_owned();
        ensure!(kind.starts_with("application/cose"), "{kind}");
        let written = answer.error_for_status()?.bytes().await?;
        let (missing, _) = server.get("/receipts/9999.cose").await?;
        ensure!(missing == 404, "there is no such event");
        ensure!(server.stop()?.success(), "it stops");

        let file = directory.path().join("kept.cose");
        let path = file.display().to_string();
        fs::write(&file, &written)?;
        let ours = || tiwizi(&["receipt", "check", &path, "--key", &key]);
        let said = ours()?;
        let words = String::from_utf8(said.stdout)?;
        ensure!(said.status.success() && words.starts_with("Reçu exact"), "{words}");
        ensure!(words.contains("l'événement 2"), "{words}");
        let theirs = || python()?.args([&path, &key]).output().context("it runs");
        let said = theirs()?;
        ensure!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
        let event: serde_json::Value = serde_json::from_slice(&said.stdout)?;
        ensure!(event["agg"]["type"] == "actor", "{event}");

        // A letter of the event, the last hash and the last signature.
        let hash = written.windows(2).rposition(|it| it == [0x58, 0x20]).context("a hash")? + 3;
        let letter = written.windows(9).position(|it| it == b"effective").context("the event")?;
        for at in [letter, hash, written.len() - 1] {
            let mut changed = written.to_vec();
            changed[at] ^= 1;
            fs::write(&file, &changed)?;
            ensure!(ours()?.status.code() == Some(1), "{store:?}: byte {at} is changed");
            ensure!(!theirs()?.status.success(), "{store:?}: byte {at} is changed");
        }
    }
    Ok(())
}
