//! What an auditor finds out from outside, of servers that tell the truth and of one that does not.
use std::fs;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, ensure};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use serde_json::{Value, json};
use tests::{Server, Store, tiwizi};
use uuid::Uuid;

const REGISTER: &str = "mutation($input: ActorRegisterInput!) { actorRegister(input: $input) { \
    receipt { lastPosition } errors { code message } } }";

/// Registers an association, and waits until that is published.
async fn register(server: &Server) -> Result<()> {
    // A name of its own, in letters alone.
    let letter = |byte: &u8| char::from(b'a' + byte % 26);
    let name: String = Uuid::new_v4().as_bytes().iter().map(letter).collect();
    let input = json!({
        "commandId": Uuid::new_v4(), "name": format!("Association {name}"), "kind": "LOCAL_ASSOCIATION",
        "country": "MA"
    });
    let answer = server.graphql(REGISTER, json!({ "input": input })).await?;
    let position = answer["data"]["actorRegister"]["receipt"]["lastPosition"].as_u64();
    let position = position.with_context(|| answer.to_string())?;
    for _ in 0..100 {
        if size(&server.fetch("/log/checkpoint").await?)? >= position {
            return Ok(());
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    anyhow::bail!("the event at {position} is not published")
}

fn size(checkpoint: &str) -> Result<u64> {
    Ok(checkpoint.lines().nth(1).context("a checkpoint has a size")?.parse()?)
}

/// A server on a fresh SQLite ledger with some events, with the log's key at `key` where it is named.
async fn served(folder: &Path, key: Option<&Path>) -> Result<(Store, Server)> {
    fs::create_dir_all(folder)?;
    if let Some(key) = key {
        fs::copy(key, folder.join("log.key"))?;
    }
    let store = Store::Sqlite(folder.to_owned());
    let server = Server::start("serve", &store).await?;
    let acting = server.acting_as_founder()?;
    let server = server.acting(&acting);
    register(&server).await?;
    Ok((store, server))
}

/// `tiwizi audit verify --since`: its exit code and what it says.
fn verify(kept: &Path, key: &str, more: &[&str]) -> Result<(Option<i32>, String)> {
    let kept = kept.to_str().context("a path")?;
    let output = tiwizi(&[&["audit", "verify", "--since", kept, "--key", key], more].concat())?;
    let words = [output.stdout, output.stderr].concat();
    Ok((output.status.code(), String::from_utf8(words)?))
}

#[tokio::test]
async fn a_log_that_only_grew_is_sound_from_outside_and_from_inside() -> Result<()> {
    let (directory, stores) = crate::stores().await?;
    for store in &stores {
        let server = Server::start("serve", store).await?;
        let acting = server.acting_as_founder()?;
        let server = server.acting(&acting);
        let key = server.fetch("/log/key").await?.trim().to_owned();
        let kept = directory.path().join("kept");
        fs::write(&kept, server.fetch("/log/checkpoint").await?)?;
        let (code, words) = verify(&kept, &key, &["--url", &server.url])?;
        ensure!(code == Some(0), "the same size: {words}");
        for _ in 0..3 {
            register(&server).await?;
        }
        for more in [&[][..], &["--tiles"], &["--entries"]] {
            let (code, words) = verify(&kept, &key, &[&["--url", &server.url], more].concat())?;
            ensure!(code == Some(0) && words.contains("Rien n'a été réécrit"), "{words}");
        }
        let (_, words) = verify(&kept, &key, &["--url", &server.url, "--entries", "--json"])?;
        let answer: Value = serde_json::from_str(&words)?;
        ensure!(answer["sound"] == true && answer["entries"] == true, "{answer}");
        ensure!(answer["size"].as_u64() > answer["since"].as_u64(), "{answer}");
        let keys = directory.path().join("keys");
        fs::write(&keys, format!("{key}\n"))?;
        let (kept_path, keys) = (kept.display().to_string(), keys.display().to_string());
        let by_file =
            ["audit", "verify", "--since", &kept_path, "--keys", &keys, "--url", &server.url];
        ensure!(tiwizi(&by_file)?.status.success(), "keys can stand in a file");

        ensure!(server.stop()?.success(), "it stops");
        let [flag, place] = store.arguments();
        let (code, words) = verify(&kept, &key, &[&flag, &place])?;
        ensure!(code == Some(0) && words.contains("Rien n'a été réécrit"), "{words}");
    }
    Ok(())
}

#[tokio::test]
async fn a_ledger_that_was_rewritten_under_the_same_key_is_found() -> Result<()> {
    let directory = tests::directory()?;
    let (honest, server) = served(&directory.path().join("honest"), None).await?;
    let key = server.fetch("/log/key").await?.trim().to_owned();
    let kept = directory.path().join("kept");
    fs::write(&kept, server.fetch("/log/checkpoint").await?)?;
    register(&server).await?;
    let later = server.fetch("/log/checkpoint").await?;
    ensure!(server.stop()?.success(), "it stops");

    let stolen = honest.state().join("log.key");
    let (other, server) = served(&directory.path().join("other"), Some(&stolen)).await?;
    let (code, words) = verify(&kept, &key, &["--url", &server.url])?;
    ensure!(code == Some(1) && words.contains("réécrit"), "the same size: {words}");
    fs::write(&kept, later)?;
    let (code, words) = verify(&kept, &key, &["--url", &server.url])?;
    ensure!(code == Some(1) && words.contains("plus ancien"), "it shows less: {words}");
    for _ in 0..2 {
        register(&server).await?;
    }
    let (code, words) = verify(&kept, &key, &["--url", &server.url, "--json"])?;
    let answer: Value = serde_json::from_str(&words)?;
    ensure!(code == Some(1) && answer["sound"] == false, "it shows more: {words}");
    ensure!(server.stop()?.success(), "it stops");
    let [flag, place] = other.arguments();
    let (code, words) = verify(&kept, &key, &[&flag, &place])?;
    ensure!(code == Some(1) && words.contains("réécrit"), "from inside: {words}");
    Ok(())
}

#[tokio::test]
async fn a_backup_that_was_put_back_without_its_anchor_is_found() -> Result<()> {
    let directory = tests::directory()?;
    let store = Store::Sqlite(directory.path().join("ledger"));
    let server = Server::start("serve", &store).await?;
    let acting = server.acting_as_founder()?;
    ensure!(server.stop()?.success(), "it stops");
    let (file, backup) = (store.state().join("ledger.sqlite"), directory.path().join("backup"));
    fs::copy(&file, &backup)?;
    let server = Server::start("serve", &store).await?.acting(&acting);
    register(&server).await?;
    let key = server.fetch("/log/key").await?.trim().to_owned();
    let kept = directory.path().join("kept");
    fs::write(&kept, server.fetch("/log/checkpoint").await?)?;
    ensure!(server.stop()?.success(), "it stops");

    fs::copy(&backup, &file)?;
    fs::remove_file(store.state().join("log.checkpoint"))?;
    let server = Server::start("serve", &store).await?.acting(&acting);
    let (code, words) = verify(&kept, &key, &["--url", &server.url])?;
    ensure!(code == Some(1) && words.contains("plus ancien"), "{words}");
    register(&server).await?;
    let (code, words) = verify(&kept, &key, &["--url", &server.url])?;
    ensure!(code == Some(1) && words.contains("réécrit"), "grown again to the same size: {words}");
    Ok(())
}

#[tokio::test]
async fn a_key_that_is_not_trusted_proves_nothing() -> Result<()> {
    let directory = tests::directory()?;
    let (_, server) = served(&directory.path().join("one"), None).await?;
    let (_, impostor) = served(&directory.path().join("two"), None).await?;
    let key = server.fetch("/log/key").await?.trim().to_owned();
    let other = impostor.fetch("/log/key").await?.trim().to_owned();
    let kept = directory.path().join("kept");
    fs::write(&kept, server.fetch("/log/checkpoint").await?)?;
    let (code, words) = verify(&kept, &key, &["--url", &impostor.url])?;
    ensure!(code == Some(1) && words.contains("aucune des clés"), "an impostor: {words}");
    let (code, words) = verify(&kept, &other, &["--url", &server.url])?;
    ensure!(code == Some(3) && words.contains("gardé ne prouve rien"), "another key: {words}");
    ensure!(verify(&kept, "no key", &["--url", &server.url])?.0 == Some(3), "no key at all");
    let kept = kept.display().to_string();
    let bare = tiwizi(&["audit", "verify", "--since", &kept, "--url", &server.url])?;
    ensure!(bare.status.code() == Some(2), "a key is needed");
    fs::write(&kept, "a letter")?;
    ensure!(verify(Path::new(&kept), &key, &["--url", &server.url])?.0 == Some(3), "no checkpoint");
    Ok(())
}

/// What a liar answers instead of the truth: at which path, and what.
type Lie = (&'static str, StatusCode, Vec<u8>);

/// A server that answers as the one at `honest` does, but for one lie. Its address.
async fn liar(honest: &str, lie: Lie) -> Result<String> {
    let told = Arc::new((honest.to_owned(), tests::http().build()?, lie));
    let answer = async |State(told): State<Arc<(String, reqwest::Client, Lie)>>, uri: Uri| {
        let (honest, client, (path, status, body)) = &*told;
        if uri.path().starts_with(path) {
            return (*status, Bytes::from(body.clone()));
        }
        let truth = client.get(format!("{honest}{uri}")).send().await.expect("it answers");
        let status = truth.status();
        (status, truth.bytes().await.expect("a body"))
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    let url = format!("http://{}", listener.local_addr()?);
    let router = Router::new().fallback(answer).with_state(told);
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(url)
}

fn proof(hashes: &[&str]) -> Vec<u8> {
    json!({ "from": 1, "to": 2, "proof": hashes }).to_string().into_bytes()
}

// The liar answers while the program that asks it is waited for.
#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_lies_is_found_or_at_least_not_believed() -> Result<()> {
    const NOTHING: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    const PROOF: &str = "/log/proof/consistency";
    let directory = tests::directory()?;
    let (_, server) = served(&directory.path().join("ledger"), None).await?;
    let key = server.fetch("/log/key").await?.trim().to_owned();
    let kept = directory.path().join("kept");
    fs::write(&kept, server.fetch("/log/checkpoint").await?)?;
    register(&server).await?;
    let old = fs::read(&kept)?;
    let note = String::from_utf8(old.clone())?;
    let size = note.lines().nth(1).context("a size")?;
    let forged = note.replacen(&format!("\n{size}\n"), "\n99\n", 1).into_bytes();
    ensure!(forged != old, "another size is claimed");
    let now = size.parse::<usize>()? + 1;
    let lies: Vec<(Lie, i32)> = vec![
        (("/nothing", StatusCode::OK, vec![]), 0),
        ((PROOF, StatusCode::OK, proof(&[])), 1),
        ((PROOF, StatusCode::OK, proof(&[NOTHING])), 1),
        ((PROOF, StatusCode::OK, proof(&[NOTHING; 63])), 1),
        (("/log/checkpoint", StatusCode::OK, forged), 1),
        (("/log/tile/0/", StatusCode::OK, vec![7; 32 * now]), 1),
        (("/log/tile/entries/", StatusCode::OK, b"\0\x01a".repeat(now)), 1),
        ((PROOF, StatusCode::OK, b"<html>".to_vec()), 3),
        ((PROOF, StatusCode::OK, proof(&["AAAA"])), 3),
        ((PROOF, StatusCode::OK, proof(&[NOTHING; 5_000])), 3),
        ((PROOF, StatusCode::INTERNAL_SERVER_ERROR, vec![]), 3),
        ((PROOF, StatusCode::FOUND, vec![]), 3),
        (("/log/tile/0/", StatusCode::OK, vec![7; 32 * (now - 1)]), 3),
        (("/log/tile/entries/", StatusCode::FORBIDDEN, vec![]), 3),
        (("/log/tile/entries/", StatusCode::OK, b"\0\xff".to_vec()), 3),
    ];
    for (lie, expected) in lies {
        let name = format!("{} {} {}", lie.0, lie.1, String::from_utf8_lossy(&lie.2));
        let url = liar(&server.url, lie).await?;
        let (code, words) = verify(&kept, &key, &["--url", &url, "--entries"])?;
        ensure!(code == Some(expected), "{name:.200}: {words}");
    }
    let (code, words) = verify(&kept, &key, &["--url", "http://127.0.0.1:1"])?;
    ensure!(code == Some(3) && words.contains("ne répond pas"), "nobody there: {words}");
    Ok(())
}
