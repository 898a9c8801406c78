//! How long and how large, from the environment; a short run is a few seconds of each.
use std::env;
use std::str::FromStr;
use std::time::Duration;

use anyhow::{Context, Result};

/// What a run may be told.
pub(crate) struct Settings {
    /// `TIWIZI_BENCH_SECONDS`: how long each rate is measured.
    pub(crate) duration: Duration,
    /// `TIWIZI_BENCH_CALLERS`: how many callers at once, with commas between.
    pub(crate) callers: Vec<usize>,
    /// `TIWIZI_BENCH_EVENTS`: how long the histories are that are replayed, with commas between.
    pub(crate) events: Vec<u64>,
}

impl Settings {
    /// The defaults are those of `RESULTS.md`.
    pub(crate) fn from_environment() -> Result<Self> {
        let seconds: Vec<f64> = read("TIWIZI_BENCH_SECONDS", "5")?;
        let duration = seconds.first().context("TIWIZI_BENCH_SECONDS is empty")?;
        Ok(Self {
            duration: Duration::try_from_secs_f64(*duration)?,
            callers: read("TIWIZI_BENCH_CALLERS", "1,16,64,256")?,
            events: read("TIWIZI_BENCH_EVENTS", "200000,1000000")?,
        })
    }
}

fn read<T: FromStr<Err: std::error::Error + Send + Sync + 'static>>(
    name: &str,
    default: &str,
) -> Result<Vec<T>> {
    let text = env::var(name).unwrap_or_else(|_| default.to_owned());
    let parts = text.split(',').map(|it| it.trim().parse());
    parts.collect::<Result<_, _>>().with_context(|| format!("{name}={text}"))
}
