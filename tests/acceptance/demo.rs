//! The demonstration answers what the README says that it answers, on both stores.
use std::fs;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tests::Server;

/// A question of the README, and the answer that stands below it.
struct Question {
    query: String,
    /// Where the answer stands, without its fences; an empty place where it is missing.
    answer: std::ops::Range<usize>,
}

/// Every block of GraphQL, with the block of JSON that follows it.
fn questions(page: &str) -> Result<Vec<Question>> {
    let mut questions = Vec::new();
    let mut from = 0;
    while let Some(start) = page[from..].find("```graphql\n").map(|at| from + at + 11) {
        let end = start + page[start..].find("```\n").context("a block that ends")?;
        let after = end + 4;
        let answer = match page[after..].strip_prefix("\n```json\n") {
            Some(json) => {
                let start = after + 9;
                start..start + json.find("```\n").context("a block that ends")?
            }
            None => after..after,
        };
        from = answer.end;
        questions.push(Question { query: page[start..end].to_owned(), answer });
    }
    Ok(questions)
}

#[tokio::test]
async fn the_tour_of_the_readme_is_true_on_both_stores() -> Result<()> {
    let path = tests::root().join("README.md");
    let mut page = fs::read_to_string(&path)?;
    let (_directory, stores) = crate::stores().await?;
    for store in &stores {
        let server = Server::start("demo", store).await?;
        // From the last to the first, so that what is written moves no range that is still needed.
        for question in questions(&page)?.into_iter().rev() {
            let found = server.ask(&question.query).await?;
            if std::env::var_os("TIWIZI_BLESS").is_some() {
                let pretty = format!("{}\n", laid_out(&found, 0));
                let fenced = format!("\n```json\n{pretty}```\n");
                let missing = question.answer.is_empty();
                page.replace_range(question.answer, if missing { &fenced } else { &pretty });
                continue;
            }
            let told: Value = serde_json::from_str(&page[question.answer])
                .with_context(|| format!("no answer below: {}", question.query))?;
            ensure!(found == told, "{store:?}: {} is answered by {found:#}", question.query);
        }
    }
    if std::env::var_os("TIWIZI_BLESS").is_some() {
        fs::write(&path, &page)?;
    }
    ensure!(questions(&page)?.len() >= 7, "the tour has its questions");
    Ok(())
}

/// JSON with what fits on a line on one line, so that an answer can be read at a glance.
fn laid_out(value: &Value, indent: usize) -> String {
    let line = one_line(value);
    if line.chars().count() + indent <= 96 {
        return line;
    }
    let (open, parts, close) = match value {
        Value::Array(items) => {
            let items = items.iter().map(|it| laid_out(it, indent + 2));
            ("[", items.collect::<Vec<_>>(), "]")
        }
        Value::Object(fields) => {
            let field =
                |(name, it): (&String, &Value)| format!("\"{name}\": {}", laid_out(it, indent + 2));
            ("{", fields.iter().map(field).collect(), "}")
        }
        _ => return line,
    };
    let (inner, outer) = (" ".repeat(indent + 2), " ".repeat(indent));
    format!("{open}\n{inner}{}\n{outer}{close}", parts.join(&format!(",\n{inner}")))
}

fn one_line(value: &Value) -> String {
    match value {
        Value::Array(items) if items.is_empty() => "[]".to_owned(),
        Value::Array(items) => {
            format!("[{}]", items.iter().map(one_line).collect::<Vec<_>>().join(", "))
        }
        Value::Object(fields) => {
            let field = |(name, it): (&String, &Value)| format!("\"{name}\": {}", one_line(it));
            format!("{{ {} }}", fields.iter().map(field).collect::<Vec<_>>().join(", "))
        }
        scalar => scalar.to_string(),
    }
}
