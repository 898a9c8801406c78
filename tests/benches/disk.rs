//! What durability costs on this disk: without it a rate of commits says nothing.
use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::Instant;

use anyhow::Result;

const SYNCS: usize = 200;
/// A small write to a log: one page of PostgreSQL's.
const PAGE_BYTES: usize = 8_192;

/// The machine and its disk in one line.
pub(crate) fn describe(folder: &Path) -> Result<String> {
    let cores = std::thread::available_parallelism()?;
    let mut file = File::create(folder.join("sync"))?;
    let mut times = Vec::with_capacity(SYNCS);
    for _ in 0..SYNCS {
        let start = Instant::now();
        file.write_all(&[0; PAGE_BYTES])?;
        file.sync_data()?;
        times.push(start.elapsed());
    }
    times.sort_unstable();
    let median = times[SYNCS / 2].as_secs_f64() * 1e3;
    Ok(format!("{cores} cores; a durable write of one page: median {median:.2} ms\n"))
}
