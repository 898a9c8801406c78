//! Acceptance tests, through the front door: the real program on a real port and real stores.
mod audit;
mod bad_input;
mod bundle;
mod commands;
mod contract;
mod cose;
mod crash;
mod demo;
mod demonstration;
mod graphql_over_http;
mod keys;
mod live;
#[path = "../../infra/tests/outside/mod.rs"]
mod outside;
mod page;
#[path = "../../infra/tests/postgres/mod.rs"]
mod postgres;
mod proof;
mod replay;
mod since;
mod tidy;
mod vouched;

use tests::Store;

/// Each store, fresh; the directory lives as long as the test.
async fn stores() -> anyhow::Result<(tempfile::TempDir, [Store; 2])> {
    let directory = tests::directory()?;
    let sqlite = Store::Sqlite(directory.path().join("ledger"));
    let state = directory.path().join("state");
    let postgres = Store::Postgres { url: postgres::database().await, state };
    Ok((directory, [sqlite, postgres]))
}
