//! Those who vouch for the log: a witness that nobody here wrote, and `openssl ts` as a time authority.
use std::fs;
use std::net::TcpListener;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};
use tempfile::TempDir;
use tests::{Server, Store, python_program, tiwizi};
use uuid::Uuid;

use crate::bundle::make;
use crate::outside::authority::TimeAuthority;
use crate::outside::{answering, until};

const REGISTER: &str = "mutation($input: ActorRegisterInput!) { actorRegister(input: $input) { \
    receipt { lastPosition } } }";
/// What a log is known by where nobody says otherwise.
const ORIGIN: &str = "localhost/tiwizi";

/// The package `aics-witness`, with a key and a memory of its own.
struct Witness {
    folder: TempDir,
    address: String,
    key: String,
    child: Option<Child>,
}

impl Witness {
    /// One that watches the log with the key `log`, and is not started yet.
    fn of(log: &str) -> Result<Self> {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let folder = tests::directory()?;
        let mut new = Self { folder, address: port.to_string(), key: String::new(), child: None };
        new.key = new.run(&["init", "--name", "witness.example/w1"])?;
        new.run(&["add-log", "--origin", ORIGIN, "--vkey", log])?;
        Ok(new)
    }

    /// As `--witness` names it.
    fn named(&self) -> String {
        format!("http://{} {}", self.address, self.key)
    }

    async fn start(&mut self) -> Result<()> {
        let mut serve = self.command("serve")?;
        serve.args(["--listen", &self.address, "--log-level", "ERROR"]);
        self.child = Some(serve.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?);
        let health = format!("http://{}/healthz", self.address);
        let up = until(async || reqwest::get(&health).await.ok().map(drop)).await;
        up.context("the witness starts")
    }

    fn stop(&mut self) -> Result<()> {
        let Some(mut child) = self.child.take() else { return Ok(()) };
        child.kill()?;
        child.wait()?;
        Ok(())
    }

    fn command(&self, what: &str) -> Result<Command> {
        let mut command = Command::new(python_program("aics-witness")?);
        command.arg(what).arg("--config").arg(self.folder.path().join("witness.json"));
        Ok(command)
    }

    fn run(&self, arguments: &[&str]) -> Result<String> {
        let output = self.command(arguments[0])?.args(&arguments[1..]).output()?;
        ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Ok(String::from_utf8(output.stdout)?.trim().to_owned())
    }
}

impl Drop for Witness {
    fn drop(&mut self) {
        // A test that failed must not leave its witness behind.
        drop(self.stop());
    }
}

/// The position of a new association's event.
async fn register(server: &Server) -> Result<u64> {
    let name = format!("Association {}", Uuid::new_v4().as_u128() % 1_000);
    let input = json!({
        "commandId": Uuid::new_v4(), "name": name, "kind": "LOCAL_ASSOCIATION", "country": "MA"
    });
    let answer = server.graphql(REGISTER, json!({ "input": input })).await?;
    let position = answer["data"]["actorRegister"]["receipt"]["lastPosition"].as_u64();
    position.with_context(|| answer.to_string())
}

async fn status(server: &Server) -> Option<Value> {
    serde_json::from_str(&server.fetch("/log/status").await.ok()?).ok()
}

/// The status, once the quorum vouches for `size` entries.
async fn witnessed(server: &Server, size: u64) -> Result<Value> {
    let there = async || {
        let status = status(server).await?;
        (status["witnessedSize"].as_u64()? >= size).then_some(status)
    };
    until(there).await.with_context(|| format!("a quorum for {size} entries"))
}

/// The status, once the witness could not cosign for the reason `trouble`.
async fn troubled(server: &Server, trouble: &str) -> Result<Value> {
    let there = async || {
        let status = status(server).await?;
        (status["witnesses"][0]["trouble"] == trouble).then_some(status)
    };
    until(there).await.with_context(|| format!("the witness is {trouble}"))
}

/// The first start of a ledger: who may write to it, and its log's key.
async fn founded(store: &Store) -> Result<(String, String)> {
    let server = Server::start("serve", store).await?;
    let acting = server.acting_as_founder()?;
    let key = server.fetch("/log/key").await?.trim().to_owned();
    ensure!(server.stop()?.success(), "it stops");
    Ok((acting, key))
}

fn check(file: &Path, options: &[&str]) -> Result<(Option<i32>, String)> {
    let file = file.to_str().context("a path")?;
    let answer = tiwizi(&[&["receipt", "check", file], options].concat())?;
    let words = [answer.stdout, answer.stderr].concat();
    Ok((answer.status.code(), String::from_utf8(words)?))
}

#[tokio::test]
async fn a_witness_from_elsewhere_cosigns_and_a_partner_checks_it_offline() -> Result<()> {
    let (directory, stores) = crate::stores().await?;
    for store in &stores {
        let (acting, log) = founded(store).await?;
        let mut witness = Witness::of(&log)?;
        witness.start().await?;
        let named = witness.named();
        let server = Server::start_with("serve", store, &["--witness", &named]).await?;
        let server = server.acting(&acting);
        let position = register(&server).await?;
        let status = witnessed(&server, position).await?;
        ensure!(status["quorum"] == 1 && status["witnesses"][0]["trouble"].is_null(), "{status}");

        let file = directory.path().join("kept.tlog-proof");
        fs::write(&file, server.fetch(&format!("/receipts/{position}.tlog-proof")).await?)?;
        let trusted = ["--key", log.as_str(), "--witness", &witness.key];
        let (code, words) = check(&file, &trusted)?;
        ensure!(code == Some(0) && words.contains("contresigné par witness.example/w1"), "{words}");
        let stranger = Witness::of(&log)?;
        let (code, words) = check(&file, &["--key", &log, "--witness", &stranger.key])?;
        ensure!(code == Some(1) && words.contains("0 des témoins ont contresigné"), "{words}");
        let both = [&trusted[..], &["--quorum", "2"]].concat();
        ensure!(check(&file, &both)?.0 == Some(3), "one witness is no quorum of two");

        // And those who wrote the witness read the checkpoint as their own.
        let note = directory.path().join("checkpoint");
        fs::write(&note, server.fetch("/log/witnessed").await?)?;
        let mut theirs = Command::new(python_program("aics-tlog")?);
        theirs.args(["verify-checkpoint", "--origin", ORIGIN, "--log-key", &log, "--note"]);
        theirs.arg(&note).args(["--witness-key", &witness.key, "--quorum", "1"]);
        let read = theirs.output()?;
        ensure!(read.status.success(), "{}", String::from_utf8_lossy(&read.stderr));
    }
    Ok(())
}

#[tokio::test]
async fn a_witness_that_was_away_catches_up_and_refuses_another_history() -> Result<()> {
    let directory = tests::directory()?;
    let store = Store::Sqlite(directory.path().join("ledger"));
    let (acting, log) = founded(&store).await?;
    let mut witness = Witness::of(&log)?;
    let named = witness.named();
    let server = Server::start_with("serve", &store, &["--witness", &named]).await?;
    let server = server.acting(&acting);
    let first = register(&server).await?;
    troubled(&server, "AWAY").await?;
    ensure!(server.get("/log/witnessed").await?.0 == 404, "nobody vouches yet");
    witness.start().await?;
    witnessed(&server, first).await?;
    witness.stop()?;
    let mut last = first;
    for _ in 0..3 {
        last = register(&server).await?;
    }
    let status = troubled(&server, "AWAY").await?;
    ensure!(status["witnessedSize"].as_u64() < Some(last), "{status}");
    witness.start().await?;
    witnessed(&server, last).await?;
    ensure!(server.stop()?.success(), "it stops");

    // Another ledger under the same key: what an operator would show who hides something.
    let fork = Store::Sqlite(directory.path().join("fork"));
    fs::create_dir_all(fork.state())?;
    fs::copy(store.state().join("log.key"), fork.state().join("log.key"))?;
    let server = Server::start_with("serve", &fork, &["--witness", &named]).await?;
    let acting = server.acting_as_founder()?;
    let server = server.acting(&acting);
    while register(&server).await? <= last {}
    let status = troubled(&server, "REFUSED").await?;
    ensure!(status["witnessedSize"].is_null(), "{status}");
    ensure!(register(&server).await? > last, "the ledger goes on");
    Ok(())
}

#[tokio::test]
async fn a_time_stamp_is_downloaded_and_verified_by_openssl() -> Result<()> {
    let authority = TimeAuthority::new("P-256");
    let root = authority.root();
    let (files, authority) = (tests::directory()?, std::sync::Arc::new(authority));
    let asked = std::sync::Arc::clone(&authority);
    let url = answering(move |query| (200, "application/timestamp-reply", asked.answer(query)));
    let options =
        ["--time-authority", &url, "--time-authority-ca", root.to_str().context("a path")?];
    let (_directory, stores) = crate::stores().await?;
    for store in &stores {
        let server = Server::start_with("serve", store, &options).await?;
        let listed = async || {
            let list: Value = serde_json::from_str(&server.fetch("/log/time").await.ok()?).ok()?;
            list["stamps"][0].is_object().then_some(list)
        };
        let list = until(listed).await.context("a time stamp")?;
        let mut kept = Vec::new();
        for part in ["token", "checkpoint"] {
            let path = list["stamps"][0][part].as_str().context("a path")?;
            let file = files.path().join(part);
            let answer = reqwest::get(format!("{}{path}", server.url)).await?.error_for_status()?;
            fs::write(&file, answer.bytes().await?)?;
            kept.push(file);
        }
        ensure!(authority.verifies(&kept[0], &kept[1]), "{list}");
        fs::write(&kept[1], fs::read_to_string(&kept[1])?.replacen("localhost", "elsewhere", 1))?;
        ensure!(!authority.verifies(&kept[0], &kept[1]), "and nothing else: {list}");
        ensure!(list["next"].is_null(), "{list}");
        for missing in ["/log/time/0.tsr", "/log/time/9999.checkpoint", "/log/time/1.key"] {
            ensure!(server.get(missing).await?.0 == 404, "{missing}");
        }
        ensure!(server.stop()?.success(), "it stops");

        // An evidence bundle holds the token with the bytes that it is of.
        let bundle = files.path().join("bundle.zip");
        make(store, "all", &bundle, &[])?;
        let mut bundle = zip::ZipArchive::new(fs::File::open(&bundle)?)?;
        let mut held = Vec::new();
        for name in bundle.file_names() {
            let name = name?.into_owned();
            if name.starts_with("time/") {
                held.push(name);
            }
        }
        held.sort_unstable();
        ensure!(held.len() == 2, "{held:?}");
        for (path, file) in held.iter().zip(kept.iter().rev()) {
            std::io::copy(&mut bundle.by_name(path)?, &mut fs::File::create(file)?)?;
        }
        ensure!(authority.verifies(&kept[0], &kept[1]), "{held:?}");
    }
    Ok(())
}

#[test]
fn what_is_no_witness_and_no_authority_is_told_before_anything_is_served() -> Result<()> {
    let directory = tests::directory()?;
    let place = directory.path().join("ledger");
    let place = place.to_str().context("a path")?;
    let wrong = [
        (&["--witness", "https://witness.example"][..], "'URL CLÉ'"),
        (&["--witness", "https://witness.example w+00000000+AAAA"], "pas la clé d'un témoin"),
        (
            &["--time-authority", "https://a:b@time.example", "--time-authority-ca", place],
            "sans utilisateur",
        ),
        (
            &["--time-authority", "https://time.example", "--time-authority-ca", place],
            "pas de certificat",
        ),
    ];
    for (options, words) in wrong {
        let serve = ["serve", "--data", place, "--listen", "127.0.0.1:0"];
        let refused = tiwizi(&[&serve[..], options].concat())?;
        let said = String::from_utf8(refused.stderr)?;
        ensure!(refused.status.code() == Some(3) && said.contains(words), "{options:?}: {said}");
    }
    Ok(())
}
