//! A page whose questions are asked again: every block of GraphQL, and the answer that stands below
//! it. With `TIWIZI_BLESS` set, the answers are written anew.
use std::fs;
use std::ops::Range;

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tests::Server;

/// A question of a page, and the answer that stands below it.
struct Question {
    query: String,
    /// Where the answer stands, without its fences; an empty place where it is missing.
    answer: Range<usize>,
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

/// Asks the demonstration every question of the page `name`, on both stores, and names every one that
/// is answered otherwise than the page says.
pub async fn is_true(name: &str, questions_min: usize) -> Result<()> {
    let path = tests::root().join(name);
    let mut page = fs::read_to_string(&path)?;
    let blessed = std::env::var_os("TIWIZI_BLESS").is_some();
    let (_directory, stores) = crate::stores().await?;
    let mut faults = Vec::new();
    for store in &stores {
        let server = Server::start("demo", store).await?;
        // From the last to the first, so that what is written moves no range that is still needed.
        for question in questions(&page)?.into_iter().rev() {
            let found = match server.ask(&question.query).await {
                Ok(found) => found,
                Err(error) => {
                    faults.push(format!("{store:?}: {error:#}"));
                    continue;
                }
            };
            if blessed {
                bless(&mut page, question.answer, &found);
            } else if serde_json::from_str(&page[question.answer]).ok() != Some(found.clone()) {
                faults.push(format!("{store:?}: {} is answered by {found:#}", question.query));
            }
        }
    }
    if blessed {
        fs::write(&path, &page)?;
    }
    ensure!(faults.is_empty(), "{name}:\n{}", faults.join("\n"));
    ensure!(questions(&page)?.len() >= questions_min, "{name} has its questions");
    Ok(())
}

fn bless(page: &mut String, answer: Range<usize>, found: &Value) {
    let pretty = format!("{}\n", laid_out(found, 0));
    let fenced = format!("\n```json\n{pretty}```\n");
    let missing = answer.is_empty();
    page.replace_range(answer, if missing { &fenced } else { &pretty });
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
