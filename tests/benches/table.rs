//! Tables in Markdown on standard output, as `RESULTS.md` keeps them.
use std::io::{Write, stdout};

use anyhow::Result;

/// Writes `text` and a line feed at once.
pub(crate) fn print(text: &str) -> Result<()> {
    let mut out = stdout().lock();
    writeln!(out, "{text}")?;
    Ok(out.flush()?)
}

/// A title over rows under a head. Every row has as many cells as the head.
pub(crate) fn table(title: &str, head: &[String], rows: &[Vec<String>]) -> Result<()> {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    let body: String = rows.iter().map(|row| line(row)).collect();
    print(&format!("### {title}\n\n{}|{}\n{body}", line(head), "---|".repeat(head.len())))
}

/// A ratio and whether it reaches what was aimed at.
pub(crate) fn verdict(ratio: f64, at_least: f64) -> String {
    let met = if ratio >= at_least { "met" } else { "**not met**" };
    format!("{ratio:.2} × (target {at_least} ×: {met})")
}

/// `1234567.8` as `1,234,568`.
pub(crate) fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
