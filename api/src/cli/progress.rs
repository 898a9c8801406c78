//! Progress on the error stream, only where a person watches it.
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

/// A bar of `total` events, hidden where the error stream is no terminal.
pub(super) fn bar(total: u64, what: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(total);
    let form = "{msg} {wide_bar} {human_pos}/{human_len} ({per_sec}, {eta})";
    if let Ok(style) = ProgressStyle::with_template(form) {
        bar.set_style(style);
    }
    bar.set_message(what);
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
