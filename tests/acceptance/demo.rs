//! The demonstration answers what the README says that it answers, on both stores.
use anyhow::Result;

#[tokio::test]
async fn the_tour_of_the_readme_is_true_on_both_stores() -> Result<()> {
    crate::page::is_true("README.md", 8).await
}
