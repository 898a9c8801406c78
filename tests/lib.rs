//! The front door of a running Tiwizi, for the acceptance tests: the real program, a real port, real
//! stores.
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Output, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};

/// Where a test's ledger is kept.
#[derive(Clone, Debug)]
pub enum Store {
    /// A data directory.
    Sqlite(PathBuf),
    /// A PostgreSQL database, and the directory for what is kept outside it.
    Postgres {
        /// Its address.
        url: String,
        /// The directory.
        state: PathBuf,
    },
}

impl Store {
    /// The store as the command line names it.
    pub fn arguments(&self) -> [String; 2] {
        match self {
            Self::Sqlite(directory) => ["--data".to_owned(), directory.display().to_string()],
            Self::Postgres { url, .. } => ["--database".to_owned(), url.clone()],
        }
    }

    /// Where the log's key and its last checkpoint are kept.
    pub fn state(&self) -> &Path {
        match self {
            Self::Sqlite(state) | Self::Postgres { state, .. } => state,
        }
    }
}

/// The program as cargo built it, next to the test that runs.
pub fn program() -> Result<PathBuf> {
    let test = std::env::current_exe()?;
    let built = test.ancestors().nth(2).context("a test runs in target/<profile>/deps")?;
    let program = built.join("tiwizi");
    ensure!(program.exists(), "{} is not built: run `make test`", program.display());
    Ok(program)
}

/// A program that nobody here wrote and `tests/install` brings: of the witness (c2sp.org/tlog-witness), or
/// Python with libraries for COSE.
pub fn python_program(name: &str) -> Result<PathBuf> {
    let program = program()?;
    let target = program.ancestors().nth(2).context("programs are built in target/<profile>")?;
    let program = target.join("python/bin").join(name);
    ensure!(program.exists(), "{} is not installed: run `make test`", program.display());
    Ok(program)
}

/// Runs the script `name` of `tests/node` to its end; `tests/install` brings Node and the packages that it
/// imports.
pub fn node(name: &str, arguments: &[&str]) -> Result<Output> {
    let mut node = Command::new("node");
    node.arg(name).args(arguments).current_dir(root().join("tests/node"));
    node.output().context("Node is not installed: run `make test`")
}

/// Runs `tiwizi` to its end.
pub fn tiwizi(arguments: &[&str]) -> Result<Output> {
    Ok(Command::new(program()?).args(arguments).env("LANG", "fr_FR.UTF-8").output()?)
}

/// A server that runs until it is stopped, killed or dropped.
pub struct Server {
    child: Child,
    /// `http://127.0.0.1:<port>`.
    pub url: String,
    http: reqwest::Client,
    /// What it said before it listened.
    pub said: String,
    acting: Option<String>,
}

/// A client of HTTP, which has to be told by whose means it would speak TLS.
pub fn http() -> reqwest::ClientBuilder {
    // Every caller but the first finds one installed: this one.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
}

impl Server {
    /// Starts `tiwizi <command>` on `store` and waits until it answers.
    pub async fn start(command: &str, store: &Store) -> Result<Self> {
        Self::start_with(command, store, &[]).await
    }

    /// The same with `options`.
    pub async fn start_with(command: &str, store: &Store, options: &[&str]) -> Result<Self> {
        let mut child = Command::new(program()?)
            .arg(command)
            .args(store.arguments())
            .arg("--state")
            .arg(store.state())
            .args(["--listen", "127.0.0.1:0"])
            .args(options)
            .env("LANG", "fr_FR.UTF-8")
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()?;
        let mut lines = BufReader::new(child.stdout.take().context("its output is piped")?).lines();
        let mut said = String::new();
        let url = loop {
            let Some(line) = lines.next().transpose()? else {
                bail!("it ended with {} after saying: {said}", child.wait()?);
            };
            if let Some(url) = line.strip_suffix("/graphql") {
                break url.to_owned();
            }
            said.push_str(&line);
            said.push('\n');
        };
        // What it says later must not fill the pipe.
        std::thread::spawn(move || lines.for_each(drop));
        let http = http().timeout(Duration::from_mins(1)).build()?;
        let server = Self { child, url, http, said, acting: None };
        server.ready().await?;
        Ok(server)
    }

    async fn ready(&self) -> Result<()> {
        for _ in 0..600 {
            let answer = self.http.get(format!("{}/readyz", self.url)).send().await;
            if answer.is_ok_and(|it| it.status().is_success()) {
                return Ok(());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        bail!("{} does not get ready", self.url)
    }

    /// From now on every request carries this `Tiwizi-Acting` header.
    #[must_use]
    pub fn acting(mut self, acting: &str) -> Self {
        self.acting = Some(acting.to_owned());
        self
    }

    /// The header that the first start of `tiwizi serve` says its coordinator acts with.
    pub fn acting_as_founder(&self) -> Result<String> {
        let said = self.said.lines().find_map(|line| line.trim().strip_prefix("Tiwizi-Acting: "));
        said.map(str::to_owned).with_context(|| format!("it said: {}", self.said))
    }

    /// What is at `path`, or the status that refuses it.
    pub async fn fetch(&self, path: &str) -> Result<String> {
        let answer = self.http.get(format!("{}{path}", self.url)).send().await?;
        Ok(answer.error_for_status()?.text().await?)
    }

    /// A GraphQL document with its variables, and the whole answer.
    pub async fn graphql(&self, query: &str, variables: Value) -> Result<Value> {
        let acting = self.acting.as_deref();
        self.graphql_as(acting, query, variables).await
    }

    /// The same for another actor.
    pub async fn graphql_as(
        &self,
        acting: Option<&str>,
        query: &str,
        variables: Value,
    ) -> Result<Value> {
        let body = json!({ "query": query, "variables": variables });
        let mut request = self.http.post(format!("{}/graphql", self.url)).json(&body);
        if let Some(acting) = acting {
            request = request.header("Tiwizi-Acting", acting);
        }
        Ok(request.send().await?.json().await?)
    }

    /// The `data` of a query that must have no errors.
    pub async fn ask(&self, query: &str) -> Result<Value> {
        let mut answer = self.graphql(query, json!({})).await?;
        ensure!(answer.get("errors").is_none(), "{query}: {answer}");
        Ok(answer["data"].take())
    }

    /// A plain GET: its status and its text.
    pub async fn get(&self, path: &str) -> Result<(u16, String)> {
        let answer = self.http.get(format!("{}{path}", self.url)).send().await?;
        Ok((answer.status().as_u16(), answer.text().await?))
    }

    /// Its process, as the system knows it.
    pub fn process(&self) -> u32 {
        self.child.id()
    }

    /// Ends it at once, as a power cut would (`SIGKILL`).
    pub fn kill(&self) -> Result<()> {
        let killed = Command::new("kill").arg("-KILL").arg(self.child.id().to_string()).status()?;
        ensure!(killed.success(), "it could not be killed");
        Ok(())
    }

    /// Asks it to stop (`SIGTERM`) and waits.
    pub fn stop(mut self) -> Result<ExitStatus> {
        let asked = Command::new("kill").arg(self.child.id().to_string()).status()?;
        ensure!(asked.success(), "it could not be asked to stop");
        Ok(self.child.wait()?)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A test that failed must not leave its server behind; one that was stopped has none.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// The root of the tree, as `tiwizi audit verify --json` found it.
pub fn verified_root(store: &Store) -> Result<String> {
    let [flag, place] = store.arguments();
    let output = tiwizi(&["audit", "verify", &flag, &place, "--json"])?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let found: Value = serde_json::from_slice(&output.stdout)?;
    found["root"].as_str().map(str::to_owned).context("it names a root")
}

/// A directory of its own for each test, gone when dropped.
pub fn directory() -> Result<tempfile::TempDir> {
    Ok(tempfile::tempdir()?)
}

/// The repository's root, for tests that read what is committed.
pub fn root() -> &'static Path {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}
