//! PostgreSQL for the measurements: a server of our own with its default durability, or a given one.
use std::env;
use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use sqlx::{Connection, PgConnection};

/// 256 callers of pgbench, and pools.
const CONNECTIONS_MAX: &str = "max_connections=400";
const START_TIMEOUT: Duration = Duration::from_secs(30);
/// The names of the databases that a run makes, and drops when it begins.
const PREFIX: &str = "tiwizi_bench_";

/// A running server.
pub(crate) struct Server {
    /// The URL of a database that exists.
    url: String,
    own: Option<Own>,
}

/// The server that this process started; it stops with it.
struct Own(Child);

impl Drop for Own {
    fn drop(&mut self) {
        // Fast shutdown. Nothing can be done where it fails: the process ends.
        let pid = self.0.id().to_string();
        let _told = Command::new("kill").args(["-INT", &pid]).status();
        let _gone = self.0.wait();
    }
}

impl Server {
    /// `TIWIZI_BENCH_POSTGRES`, or a new cluster within `folder`.
    pub(crate) async fn start(folder: &Path) -> Result<Self> {
        let server = match env::var("TIWIZI_BENCH_POSTGRES") {
            Ok(url) => Self { url, own: None },
            Err(_) => Self::start_own(&folder.join("postgres"))?,
        };
        let mut connection = server.connect().await?;
        for setting in ["fsync", "synchronous_commit", "full_page_writes"] {
            let show = format!("SHOW {setting}");
            let value: String = sqlx::query_scalar(&show).fetch_one(&mut connection).await?;
            ensure!(value == "on", "{setting} is {value}: rates that survive no power cut");
        }
        drop_databases(&mut connection).await?;
        Ok(server)
    }

    fn start_own(home: &Path) -> Result<Self> {
        fs::create_dir(home)?;
        // PostgreSQL refuses root; its package made a user for it.
        let as_user: &[&str] = if fs::metadata(home)?.uid() == 0 {
            let parent = home.parent().context("a folder within another")?;
            run(Command::new("chmod").arg("a+x").arg(parent))?;
            run(Command::new("chown").arg("postgres").arg(home))?;
            &["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        } else {
            &["env"]
        };
        let start = |name: &str| -> Result<Command> {
            let program = program(name).with_context(|| format!("{name} is not installed"))?;
            let mut command = Command::new(as_user[0]);
            command.args(&as_user[1..]).arg(program).arg("-D").arg(home.join("data"));
            command.current_dir("/").stdin(Stdio::null());
            Ok(command)
        };
        let mut initdb = start("initdb")?;
        run(initdb.args([
            "--username=postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-locale",
        ]))?;
        let log = fs::File::create(home.with_extension("log"))?;
        let socket = format!("unix_socket_directories={}", home.display());
        let server = start("postgres")?
            .args(["-c", "listen_addresses=", "-c", &socket, "-c", CONNECTIONS_MAX])
            .stdout(log.try_clone()?)
            .stderr(log)
            .spawn()?;
        let own = Some(Own(server));
        let url = format!("postgres://postgres@localhost/postgres?host={}", home.display());
        Ok(Self { url, own })
    }

    /// Waits for a server that is starting.
    async fn connect(&self) -> Result<PgConnection> {
        let deadline = Instant::now() + START_TIMEOUT;
        loop {
            match PgConnection::connect(&self.url).await {
                Ok(connection) => return Ok(connection),
                Err(error) if self.own.is_none() || Instant::now() > deadline => bail!(error),
                Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
            }
        }
    }

    /// Makes an empty database and gives its URL.
    pub(crate) async fn database(&self, name: &str) -> Result<String> {
        let mut connection = self.connect().await?;
        let create = format!("CREATE DATABASE {PREFIX}{name} TEMPLATE template0");
        sqlx::raw_sql(&create).execute(&mut connection).await?;
        Ok(self.url(name))
    }

    /// The URL of the database that [`Self::database`] made.
    pub(crate) fn url(&self, name: &str) -> String {
        let (address, options) = match self.url.split_once('?') {
            Some((address, options)) => (address, format!("?{options}")),
            None => (self.url.as_str(), String::new()),
        };
        let server = address.rsplit_once('/').map_or(address, |it| it.0);
        format!("{server}/{PREFIX}{name}{options}")
    }

    /// What the server does by itself within minutes of so many rows: it marks their pages as read by
    /// everybody alike.
    pub(crate) async fn vacuum(url: &str) -> Result<()> {
        let mut connection = PgConnection::connect(url).await?;
        sqlx::raw_sql("VACUUM (ANALYZE)").execute(&mut connection).await?;
        Ok(connection.close().await?)
    }

    /// Begins the next measurement with nothing left to write of the one before.
    pub(crate) async fn settle(&self) -> Result<()> {
        let mut connection = self.connect().await?;
        sqlx::raw_sql("CHECKPOINT").execute(&mut connection).await?;
        Ok(())
    }

    /// In words.
    pub(crate) async fn version(&self) -> Result<String> {
        let mut connection = self.connect().await?;
        let version: String =
            sqlx::query_scalar("SHOW server_version").fetch_one(&mut connection).await?;
        let whose = if self.own.is_some() { "a cluster of its own" } else { "a given server" };
        Ok(format!("{version}, {whose}, fsync on"))
    }

    /// Leaves a given server as it was found; one of our own stops when it is dropped.
    pub(crate) async fn stop(self) -> Result<()> {
        if self.own.is_none() {
            drop_databases(&mut self.connect().await?).await?;
        }
        Ok(())
    }
}

async fn drop_databases(connection: &mut PgConnection) -> Result<()> {
    let made = format!("SELECT datname FROM pg_database WHERE starts_with(datname, '{PREFIX}')");
    let made: Vec<String> = sqlx::query_scalar(&made).fetch_all(&mut *connection).await?;
    for name in made {
        let drop = format!("DROP DATABASE \"{name}\" WITH (FORCE)");
        sqlx::raw_sql(&drop).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Where one of PostgreSQL's programs is: where Debian keeps them, the newest, or on the PATH.
pub(crate) fn program(name: &str) -> Option<PathBuf> {
    let mut packaged: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .filter_map(|version| Some(version.ok()?.path().join("bin")))
        .collect();
    packaged.sort();
    let path = env::var_os("PATH").unwrap_or_default();
    let folders = packaged.into_iter().rev().chain(env::split_paths(&path));
    folders.map(|folder| folder.join(name)).find(|it| it.is_file())
}

fn run(command: &mut Command) -> Result<()> {
    let output = command.output().with_context(|| format!("{command:?}"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    ensure!(output.status.success(), "{command:?}: {said}");
    Ok(())
}
