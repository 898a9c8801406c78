//! Every word of the two commissioning documents has its answer in the demonstration, on both stores.
use std::fs;

use anyhow::{Result, ensure};

const PAGE: &str = "DEMONSTRATION.md";

#[tokio::test]
async fn what_the_documents_say_is_answered_on_both_stores() -> Result<()> {
    crate::page::is_true(PAGE, 40).await
}

#[test]
fn every_entry_has_the_words_of_its_source_and_a_question() -> Result<()> {
    let page = fs::read_to_string(tests::root().join(PAGE))?;
    let entries: Vec<&str> = page.split("\n### ").skip(1).collect();
    ensure!(!entries.is_empty(), "the page has entries");
    for entry in entries {
        let heading = entry.lines().next().unwrap_or_default();
        let quoted = entry.lines().any(|line| line.starts_with("> "));
        let asked = entry.contains("\n```graphql\n");
        ensure!(quoted && asked, "{heading}: quote the source, then ask");
    }
    Ok(())
}
