//! The page that a browser finds at `/graphql`: a form that asks, its answer, and examples. It runs no
//! script, and a form sends GET: nothing is recorded from here.
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use maud::{DOCTYPE, html};
use serde_json::{Map, json};

use crate::languages::Tongue;
use examples::{EXAMPLES, Example};

mod examples;

/// What the page may load and where its form may go.
pub const POLICY: &str = "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
/// What the form asks before anybody wrote in it.
pub const FIRST: &str = "{\n  ledger { name position root }\n}";
/// Where the whole contract is.
const CONTRACT: &str = "/schema.graphql";
/// The longest question that the form takes, in characters. It stands in the address, where most of them
/// are three bytes, and HTTP servers read 64 kB of it.
const QUERY_CHARS_MAX: usize = 20_000;
/// How long a browser keeps the style, in seconds.
const STYLE: &str = "max-age=600";

/// The style of the page.
pub async fn style() -> impl IntoResponse {
    let headers = [(CONTENT_TYPE, "text/css; charset=utf-8"), (CACHE_CONTROL, STYLE)];
    (headers, include_str!("../../assets/console.css"))
}

/// The page with `query` in its form and `answer` below it. GraphQL and JSON run from left to right,
/// whatever is written around them.
pub fn page(tongue: Tongue, query: &str, answer: Option<&str>) -> String {
    let say = |what: &str| tongue.say(what, &Map::new());
    let page = html! {
        (DOCTYPE)
        html lang=(tongue.tag()) dir=(tongue.direction()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (say("console-title")) " · Tiwizi" }
                link rel="stylesheet" href="/console.css";
            }
            body {
                main {
                    h1 { (say("console-title")) }
                    p { (say("console-about")) }
                    (form(tongue, query))
                    @if let Some(answer) = answer {
                        section aria-labelledby="answer" {
                            h2 id="answer" { (say("console-answer")) }
                            pre tabindex="0" role="group" aria-labelledby="answer" dir="ltr" { code { (answer) } }
                        }
                    }
                    section aria-labelledby="examples" {
                        h2 id="examples" { (say("console-examples")) }
                        div class="roles" {
                            @for (role, examples) in EXAMPLES {
                                div {
                                    h3 { (say(role)) }
                                    ul { @for it in examples { li { a href=(it.address()) { (say(it.title)) } } } }
                                }
                            }
                        }
                    }
                }
            }
        }
    };
    page.into_string()
}

fn form(tongue: Tongue, query: &str) -> maud::Markup {
    let say = |what: &str| tongue.say(what, &Map::new());
    let mut details = Map::new();
    details.insert("address".to_owned(), json!(CONTRACT));
    let hint = tongue.say("console-hint", &details);
    let (before, after) = hint.split_once(CONTRACT).unwrap_or((&hint, ""));
    let lines = query.lines().count().clamp(8, 24);
    html! {
        form action="/graphql" method="get" {
            label for="query" { (say("console-query")) }
            textarea id="query" name="query" dir="ltr" rows=(lines) maxlength=(QUERY_CHARS_MAX) required
                spellcheck="false" autocomplete="off" autocapitalize="off" aria-describedby="hint" {
                (query)
            }
            p id="hint" { (before) a href=(CONTRACT) dir="ltr" { (CONTRACT) } (after) }
            button type="submit" { (say("console-run")) }
        }
    }
}

impl Example {
    /// Where the page shows it with its answer.
    fn address(&self) -> String {
        let mut pairs = form_urlencoded::Serializer::new(String::new());
        format!("/graphql?{}", pairs.append_pair("query", self.query).finish())
    }
}
