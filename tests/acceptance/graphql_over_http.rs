//! GraphQL over HTTP, as programs of others and browsers find it.
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tests::{Server, Store};

/// The audits of the package `graphql-http`, which its specification's authors wrote.
#[tokio::test]
async fn every_audit_of_graphql_over_http_passes() -> Result<()> {
    let directory = tests::directory()?;
    let store = Store::Sqlite(directory.path().join("ledger"));
    let server = Server::start("serve", &store).await?;
    let audits = tests::node("audits.mjs", &[&format!("{}/graphql", server.url)])?;
    let said = String::from_utf8_lossy(&audits.stdout);
    ensure!(audits.status.success(), "{said}{}", String::from_utf8_lossy(&audits.stderr));
    ensure!(said.lines().filter(|it| it.ends_with(" ok")).count() >= 61, "{said}");
    // What passes everywhere proves nothing: most of them fail where no GraphQL is spoken.
    let elsewhere = tests::node("audits.mjs", &[&format!("{}/healthz", server.url)])?;
    ensure!(elsewhere.status.code() == Some(1), "no GraphQL is spoken at /healthz");
    Ok(())
}

/// Whether nothing is in it: an example that shows nothing shows that it is wrong.
fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.is_empty(),
        Value::Object(fields) => {
            fields.get("nodes").is_some_and(is_empty) || fields.values().all(is_empty)
        }
        _ => false,
    }
}

/// Every link of the page is followed, by a program and by a browser.
#[tokio::test]
async fn every_example_of_the_page_is_answered_by_the_demonstration() -> Result<()> {
    let directory = tests::directory()?;
    let store = Store::Sqlite(directory.path().join("ledger"));
    let server = Server::start("demo", &store).await?;
    let http = tests::http().build()?;
    let page = async |path: &str| -> Result<String> {
        let request = http.get(format!("{}{path}", server.url)).header("Accept", "text/html");
        Ok(request.send().await?.error_for_status()?.text().await?)
    };
    let first = page("/graphql").await?;
    let links: Vec<&str> = first
        .split("href=\"")
        .skip(1)
        .filter_map(|it| it.split_once('"'))
        .map(|it| it.0)
        .filter(|it| it.starts_with("/graphql?query="))
        .collect();
    ensure!(links.len() == 9, "three examples for each of three roles: {links:?}");
    for link in links {
        let answer: Value = serde_json::from_str(&server.fetch(link).await?)?;
        ensure!(answer.get("errors").is_none(), "{link}: {answer}");
        let fields = answer["data"].as_object().with_context(|| format!("{link}: {answer}"))?;
        ensure!(!fields.values().any(is_empty), "{link}: {answer}");
        let shown = page(link).await?;
        ensure!(shown.contains("id=\"answer\"") && !shown.contains("&quot;errors&quot;"), "{link}");
    }
    Ok(())
}
