//! What a coordinator asks, answered on the demonstration ledger.
use std::sync::Arc;

use async_graphql::{Request, Response};
use infra::ledger::{Clock, Ledger, Place};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{Contract, contract};
use crate::app::App;
use crate::demo::{self, Simulated};

mod coordination;
mod corrections;
mod lineage;
mod lists;
mod paging;
mod sums;
mod wholes;

pub(super) struct Desk {
    contract: Contract,
    app: App,
    _directory: tempfile::TempDir,
}

impl Desk {
    /// The story, asked about on 1 December 2025.
    pub(super) async fn open() -> Self {
        let directory = tempfile::tempdir().expect("a directory");
        let place = Place::Directory(directory.path().to_owned());
        let told = Simulated::default();
        let ledger = Ledger::open(&place, told.clock()).await.expect("it opens");
        demo::tell(&ledger, &told, |_, _| ()).await.expect("it is told");
        let clock: Clock = Arc::new(|| "2025-12-01T09:00:00Z".parse().expect("an instant"));
        let app = App::start(ledger, clock);
        app.ready().await.expect("it catches up");
        Self { contract: contract(app.clone()), app, _directory: directory }
    }

    pub(super) fn app(&self) -> &App {
        &self.app
    }

    pub(super) async fn ask(&self, query: &str) -> Value {
        self.run(Request::new(query)).await
    }

    /// How many errors `query` is answered with.
    pub(super) async fn errors_of(&self, query: impl Into<String>) -> usize {
        self.contract.ask(Request::new(query)).await.errors.len()
    }

    pub(super) async fn run(&self, request: Request) -> Value {
        self.answer(request).await.data.into_json().expect("data are JSON")
    }

    /// The whole answer, which must have no errors.
    pub(super) async fn answer(&self, request: Request) -> Response {
        let response = self.contract.ask(request).await;
        assert!(response.errors.is_empty(), "{:?}", response.errors);
        response
    }
}

fn field() -> Uuid {
    demo::id("intervention/terrain-belfaa")
}

fn names(list: &Value) -> Vec<&str> {
    let all = list.as_array().expect("a list").iter();
    all.filter_map(|it| it["actor"]["name"].as_str()).collect()
}

#[tokio::test]
async fn who_takes_part_in_the_sports_field_depends_on_the_day_and_on_what_was_known() {
    let desk = Desk::open().await;
    let query = format!(
        r#"{{
            now: intervention(id: "{0}") {{ participations {{ role from actor {{ name }} }} }}
            then: intervention(id: "{0}", asOf: {{ instant: "2020-01-20T00:00:00Z" }}) {{
                participations {{ role actor {{ name }} }}
            }}
            before: intervention(id: "{0}", effectiveOn: "2017-12-31") {{
                stage participations {{ role from actor {{ name }} }}
            }}
        }}"#,
        field()
    );
    let answer = desk.ask(&query).await;
    let now = names(&answer["now"]["participations"]);
    let then = names(&answer["then"]["participations"]);
    assert_eq!(then.len(), 2, "{then:?}");
    assert!(now.len() > then.len() && then.iter().all(|name| now.contains(name)), "{now:?}");
    let leads = answer["now"]["participations"].as_array().expect("a list").iter();
    assert_eq!(leads.filter(|it| it["role"] == "LEAD").count(), 1);
    assert_eq!(answer["before"]["stage"], Value::Null);
    // What began in 2018 did not hold in 2017; what began nobody knows when may have.
    let before = answer["before"]["participations"].as_array().expect("a list");
    assert!(before.iter().all(|it| it["from"] == "unknown"));
}

#[tokio::test]
async fn which_commitments_are_late_depends_on_the_day() {
    let desk = Desk::open().await;
    let late = |day: &str| {
        format!(
            r#"{{ commitments(filter: {{ lateOnly: true, within: "region-souss-massa" }},
                effectiveOn: "{day}") {{
                totalCount
                nodes {{ by {{ name }} lateness {{ state due days on }} }}
            }} }}"#
        )
    };
    let none = desk.ask(&late("2024-09-30")).await;
    assert_eq!(none["commitments"]["totalCount"], 0);
    let one = desk.ask(&late("2024-10-01")).await;
    let lateness = json!({ "state": "LATE", "due": "2024-09-30", "days": 1, "on": "2024-10-01" });
    assert_eq!(one["commitments"]["nodes"][0]["lateness"], lateness);
    let two = desk.ask(&late("2025-04-01")).await;
    assert_eq!(two["commitments"]["totalCount"], 2);
}

#[tokio::test]
async fn the_envelope_of_prim_adds_up() {
    let desk = Desk::open().await;
    let id: Uuid = demo::id("envelope/prim-souss-massa");
    let query = format!(
        r#"{{
            envelope(id: "{id}") {{
                amount {{ minor }} reserved {{ minor }} left {{ minor }}
                reservations {{ amount {{ minor }} request {{ stage }} }}
                programme {{ acronym balance {{ granted {{ sums {{ minor currency }} }} }} }}
            }}
            balances(groupBy: TERRITORY) {{ territory {{ id }} balance {{ requests }} }}
        }}"#
    );
    let answer = desk.ask(&query).await;
    let envelope = &answer["envelope"];
    let minor = |field: &str| envelope[field]["minor"].as_i64().expect("an amount");
    assert_eq!(minor("amount") - minor("reserved"), minor("left"));
    let reservations = envelope["reservations"].as_array().expect("a list").iter();
    let parts = reservations.filter_map(|it| it["amount"]["minor"].as_i64()).sum::<i64>();
    assert_eq!(parts, minor("reserved"));
    assert!(!answer["balances"].as_array().expect("a list").is_empty());
}

#[tokio::test]
async fn a_timeline_says_who_said_what_when_and_from_where() {
    let desk = Desk::open().await;
    let query = format!(
        r#"{{
            intervention(id: "{0}") {{
                timeline(first: 3) {{
                    totalCount pageInfo {{ hasNextPage endCursor }}
                    nodes {{ position name recordedAt effective source {{ reference }} data }}
                }}
                world: timeline(order: WORLD, first: 100) {{ nodes {{ name effective }} }}
            }}
            trail: timeline(kind: INTERVENTION, id: "{0}") {{ totalCount }}
            ledger {{ position moment {{ position root }} }}
        }}"#,
        field()
    );
    let answer = desk.ask(&query).await;
    let timeline = &answer["intervention"]["timeline"];
    assert_eq!(timeline["nodes"].as_array().map(Vec::len), Some(3));
    assert_eq!(timeline["nodes"][0]["name"], "received", "it begins with the petition");
    assert_eq!(timeline["nodes"][0]["effective"], "2018");
    assert!(timeline["nodes"][0]["data"]["title"].is_object());
    assert!(timeline["nodes"][0]["source"]["reference"].is_string());
    assert_eq!(timeline["totalCount"], answer["trail"]["totalCount"]);
    let world = answer["intervention"]["world"]["nodes"].as_array().expect("a list");
    assert_eq!(json!(world.len()), timeline["totalCount"]);
    assert_eq!(answer["ledger"]["position"], answer["ledger"]["moment"]["position"]);
}

#[tokio::test]
async fn an_actor_is_found_in_any_spelling_with_all_that_it_does() {
    let desk = Desk::open().await;
    let answer = desk
        .ask(
            r#"{
                actors(filter: { text: "ANAROUZ" }) {
                    totalCount
                    nodes {
                        name names { name source { reference } } kind
                        participations { role intervention { title { text } } }
                        commitments(lateOnly: true) { title { text(language: EN) wordings { text } } }
                    }
                }
                results: programmes(first: 100) {
                    nodes { results { indicators { target { value } progress { agreed } verdict } } }
                }
            }"#,
        )
        .await;
    assert_eq!(answer["actors"]["totalCount"], 1);
    let actor = &answer["actors"]["nodes"][0];
    assert_eq!(actor["commitments"].as_array().map(Vec::len), Some(1));
    assert!(!actor["participations"].as_array().expect("a list").is_empty());
}

#[tokio::test]
async fn everything_in_the_contract_is_described() {
    let desk = Desk::open().await;
    let answer = desk
        .ask(
            "{ __schema { types { name kind description
                fields { name description args { name description } }
                inputFields { name description }
                enumValues { name description } } } }",
        )
        .await;
    let mut silent = Vec::new();
    let says = |it: &Value| it["description"].as_str().is_some_and(|text| !text.is_empty());
    for kind in answer["__schema"]["types"].as_array().expect("a list") {
        let name = kind["name"].as_str().unwrap_or_default();
        // GraphQL's own types, and the roots, of which no text says more than their name.
        if name.starts_with("__") || ["ID", "Query", "Mutation"].contains(&name) {
            continue;
        }
        let parts = ["fields", "inputFields", "enumValues"];
        let parts = parts.iter().filter_map(|part| kind[*part].as_array()).flatten();
        for part in parts
            .flat_map(|it| std::iter::once(it).chain(it["args"].as_array().into_iter().flatten()))
        {
            if !says(part) {
                silent.push(format!("{name}.{}", part["name"].as_str().unwrap_or_default()));
            }
        }
        if !says(kind) {
            silent.push(name.to_owned());
        }
    }
    assert_eq!(silent, Vec::<String>::new());
}
