//! The measurements of `make bench`: every number beside that of a peer in the same run.
//!
//! Prints tables in Markdown and writes nothing else; `RESULTS.md` keeps a run. What is measured
//! by itself: `make bench` for all, `cargo bench -p tests --features bench -- commands` for one.
mod commands;
mod disk;
mod history;
mod institutions;
mod load;
mod page;
mod past;
mod peers;
mod postgres;
mod proof;
mod replay;
mod settings;
mod subscribers;
mod table;
mod tiwizi;

use anyhow::{Context, Result, bail};

use self::settings::Settings;

/// The product's allocator; the peers get it too.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> Result<()> {
    // Cargo says `--bench`; the rest names what to measure.
    let asked: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    if let [peer, url] = &asked[..]
        && peer == page::PEER
    {
        return page::peer::serve(url).await;
    }
    let known = ["commands", "replay", "page", "subscribers"];
    if let Some(unknown) = asked.iter().find(|it| !known.contains(&it.as_str())) {
        bail!("{unknown} is not measured here, but {} are", known.join(", "));
    }
    let wanted = |name: &str| asked.is_empty() || asked.iter().any(|it| it == name);

    let settings = Settings::from_environment()?;
    let folder = tempfile::Builder::new().prefix("tiwizi-bench-").tempdir()?;
    let server = postgres::Server::start(folder.path()).await.context("PostgreSQL")?;
    table::print(&disk::describe(folder.path())?)?;
    table::print(&format!("PostgreSQL: {}\n", server.version().await?))?;
    if wanted("commands") {
        commands::measure(&settings, &server, folder.path()).await?;
    }
    if wanted("replay") {
        replay::measure(&settings, &server, folder.path()).await?;
    }
    if wanted("page") {
        page::measure(&settings, &server, folder.path()).await?;
    }
    if wanted("subscribers") {
        subscribers::measure(folder.path()).await?;
    }
    server.stop().await
}
