//! A PostgreSQL server for tests, and a fresh database for each.
//!
//! `TIWIZI_TEST_POSTGRES` names a server where databases can be made: a `postgres://` URL. Else a
//! private one is started from the Debian packages, once a run, and stops when the run ends.
//! Other crates include this file by its path.
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection as _, PgConnection};

static SERVER: OnceLock<String> = OnceLock::new();
static DATABASES: AtomicU32 = AtomicU32::new(0);

/// The URL of a new, empty database. It lives as long as the server.
pub async fn database() -> String {
    // Nobody connects to template0: it can be copied at any time.
    database_like("template0").await
}

/// The URL of a new database with everything that the one at `url` holds; whoever is connected to that
/// one is sent away.
#[allow(dead_code, reason = "not every crate that includes this file copies databases")]
pub async fn copy_of(url: &str) -> String {
    let options: PgConnectOptions = url.parse().expect("the URL of a database");
    let name = options.get_database().expect("a name").to_owned();
    let options: PgConnectOptions = server().parse().expect("the URL of a PostgreSQL server");
    let mut connection = PgConnection::connect_with(&options).await.expect("the server answers");
    let away = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1";
    sqlx::query(away).bind(&name).execute(&mut connection).await.expect("a superuser can");
    database_like(&name).await
}

async fn database_like(template: &str) -> String {
    let server = server();
    let number = DATABASES.fetch_add(1, Ordering::Relaxed);
    let name = format!("tiwizi_test_{}_{number}", std::process::id());
    let options: PgConnectOptions = server.parse().expect("the URL of a PostgreSQL server");
    let mut connection = PgConnection::connect_with(&options).await.expect("the server answers");
    for statement in [
        format!("DROP DATABASE IF EXISTS {name}"),
        format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY file_copy"),
    ] {
        sqlx::query(&statement).execute(&mut connection).await.expect("databases can be made");
    }
    let (address, query) = match server.split_once('?') {
        Some((address, query)) => (address, format!("?{query}")),
        None => (server, String::new()),
    };
    let address = match address.strip_prefix("postgres://").and_then(|it| it.split_once('/')) {
        Some((host, _)) => format!("postgres://{host}"),
        None => address.to_owned(),
    };
    format!("{address}/{name}{query}")
}

fn server() -> &'static str {
    SERVER.get_or_init(|| std::env::var("TIWIZI_TEST_POSTGRES").unwrap_or_else(|_| start()))
}

/// Starts a server that nobody else can reach: a socket in a directory of its own.
fn start() -> String {
    let programs = programs();
    let home = tempfile::Builder::new().prefix("tiwizi-pg").tempdir().expect("a directory").keep();
    let owner = if is_root() { Some("postgres") } else { None };
    if let Some(owner) = owner {
        run(Command::new("chown").arg(owner).arg(&home));
    }
    let data = home.join("data");
    let mut init = as_owner(owner, &programs.join("initdb"));
    init.args(["--auth=trust", "--username=tiwizi", "--no-sync", "--encoding=UTF8", "--locale=C"]);
    run(init.arg("--pgdata").arg(&data));

    let mut serve = as_owner(owner, &programs.join("postgres"));
    serve.arg("-D").arg(&data).arg("-k").arg(&home);
    for setting in ["listen_addresses=", "fsync=off", "max_connections=300", "jit=off"] {
        serve.args(["-c", setting]);
    }
    let server = serve.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    stop_at_the_end(&server.expect("the server starts"), &home);
    let mut ready = Command::new(programs.join("pg_isready"));
    ready.arg("-q").arg("-h").arg(&home);
    for _ in 0..600 {
        if ready.status().is_ok_and(|it| it.success()) {
            break;
        }
        // Another program starts: nothing tells when it is ready but the attempt.
        std::thread::sleep(Duration::from_millis(50));
    }
    let host = home.display().to_string().replace('/', "%2F");
    format!("postgres://tiwizi@localhost/postgres?host={host}")
}

/// Where Debian keeps the newest server that is installed.
fn programs() -> PathBuf {
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let version = |path: &Path| -> Option<u32> { path.file_name()?.to_str()?.parse().ok() };
    let newest = versions.map(|it| it.path()).max_by_key(|it| version(it));
    newest.map(|it| it.join("bin")).expect(
        "PostgreSQL's server is installed (Debian: postgresql), or TIWIZI_TEST_POSTGRES names one",
    )
}

fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt as _;
    fs::metadata("/proc/self").is_ok_and(|it| it.uid() == 0)
}

/// PostgreSQL refuses to run as root.
fn as_owner(owner: Option<&str>, program: &Path) -> Command {
    match owner {
        Some(owner) => {
            let mut command = Command::new("setpriv");
            command.arg(format!("--reuid={owner}")).arg(format!("--regid={owner}"));
            command.arg("--clear-groups").arg(program);
            command
        }
        None => Command::new(program),
    }
}

fn run(command: &mut Command) {
    let output = command.output().expect("the program is there");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// A shell that waits for this run to end, however it ends, then stops the server and removes its
/// files. It holds the reading end of a pipe whose writing end closes with this process.
fn stop_at_the_end(server: &Child, home: &Path) {
    let script = "cat >/dev/null; kill -INT \"$1\"; while kill -0 \"$1\" 2>/dev/null; do sleep 0.1; \
                  done; rm -rf \"$2\"";
    let mut guard = Command::new("setsid");
    guard.args(["sh", "-c", script, "sh"]).arg(server.id().to_string()).arg(home);
    let guard = guard.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    // Kept open for as long as the process lives.
    std::mem::forget(guard.expect("a shell is there").stdin);
}
