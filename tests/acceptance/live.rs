//! What others write to follow a server, `graphql-sse`, on connections that break.
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use serde_json::json;
use tests::{Server, Store};
use tokio::sync::mpsc;
use uuid::Uuid;

const REGISTER: &str = "mutation($input: ActorRegisterInput!) { actorRegister(input: $input) { \
    receipt { lastPosition } errors { code message } } }";
/// How long an event may take to come to whoever follows, in the worst case.
const ARRIVAL_MAX: Duration = Duration::from_mins(1);
/// How long a server may take to end that somebody follows.
const STOP_MAX: Duration = Duration::from_secs(5);

/// `live.mjs`, which runs until it is dropped.
struct Follower {
    node: Child,
    lines: mpsc::UnboundedReceiver<String>,
}

impl Follower {
    /// Follows the server that `address` names from its first event on, with the connection cut after
    /// every `cut` events.
    fn start(address: &Path, cut: usize) -> Result<Self> {
        let mut node = Command::new("node")
            .args(["live.mjs", &address.display().to_string(), "0", &cut.to_string()])
            .current_dir(tests::root().join("tests/node"))
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .context("Node is not installed: run `make test`")?;
        let output = BufReader::new(node.stdout.take().context("its output is piped")?);
        let (told, lines) = mpsc::unbounded_channel();
        std::thread::spawn(move || {
            let lines = output.lines().map_while(std::result::Result::ok);
            lines.map(|line| told.send(line)).find(std::result::Result::is_err)
        });
        Ok(Self { node, lines })
    }

    /// The positions that come next, up to `until`.
    async fn positions(&mut self, until: u64) -> Result<Vec<u64>> {
        let mut positions = Vec::new();
        while positions.last().is_none_or(|last| *last < until) {
            let line = tokio::time::timeout(ARRIVAL_MAX, self.lines.recv()).await;
            let line = line.with_context(|| format!("nothing comes after {positions:?}"))?;
            let line = line.with_context(|| format!("it ended after {positions:?}"))?;
            let (position, _name) = line.split_once(' ').context("a position and a name")?;
            positions.push(position.parse()?);
        }
        Ok(positions)
    }
}

impl Drop for Follower {
    fn drop(&mut self) {
        drop(self.node.kill());
        drop(self.node.wait());
    }
}

/// Records one event; its position.
async fn register(server: &Server) -> Result<u64> {
    let letter = |byte: &u8| char::from(b'a' + byte % 26);
    let name: String = Uuid::new_v4().as_bytes().iter().map(letter).collect();
    let input = json!({ "commandId": Uuid::new_v4(), "name": format!("Association {name}"),
        "kind": "LOCAL_ASSOCIATION", "country": "MA" });
    let answer = server.graphql(REGISTER, json!({ "input": input })).await?;
    let position = answer["data"]["actorRegister"]["receipt"]["lastPosition"].as_u64();
    position.with_context(|| answer.to_string())
}

/// Records 100 events; the position of the last.
async fn grow(server: &Server) -> Result<u64> {
    let mut last = 0;
    for _ in 0..100 {
        last = register(server).await?;
    }
    Ok(last)
}

/// Three follow: one is never cut, two are cut again and again. The server is killed and comes back
/// between two halves of what is recorded.
async fn followed(store: &Store, directory: &Path) -> Result<()> {
    let address = directory.join("address");
    let server = Server::start("serve", store).await?;
    let acting = server.acting_as_founder()?;
    let server = server.acting(&acting);
    fs::write(&address, &server.url)?;
    let mut followers = Vec::new();
    for cut in [0, 7, 1] {
        followers.push(Follower::start(&address, cut)?);
    }
    let half = grow(&server).await?;
    for follower in &mut followers {
        let seen = follower.positions(half).await?;
        ensure!(seen == (1..=half).collect::<Vec<_>>(), "{seen:?}");
    }
    server.kill()?;
    drop(server);
    let server = Server::start("serve", store).await?.acting(&acting);
    fs::write(&address, &server.url)?;
    let all = grow(&server).await?;
    for follower in &mut followers {
        let seen = follower.positions(all).await?;
        ensure!(seen == (half + 1..=all).collect::<Vec<_>>(), "{seen:?}");
    }
    let asked = Instant::now();
    ensure!(server.stop()?.success(), "it stops");
    ensure!(asked.elapsed() < STOP_MAX, "those who follow keep it for {:?}", asked.elapsed());
    Ok(())
}

#[tokio::test]
async fn the_client_of_graphql_sse_sees_every_event_once_over_cuts_and_a_power_cut() -> Result<()> {
    let (directory, stores) = crate::stores().await?;
    for store in &stores {
        followed(store, directory.path()).await.with_context(|| format!("{store:?}"))?;
    }
    Ok(())
}
