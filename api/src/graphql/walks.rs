//! What a question goes through grows with what it shows, not with the ledger: the same question on the
//! demonstration's ledger, and on one with the same story told again and again by others.
use std::collections::BTreeMap;

use async_graphql::Request;
use domain::recorded::{Fact, Position, Recorded};
use infra::ledger::Stored;
use projections::walked;
use serde_json::Value;
use uuid::Uuid;

use super::questions::Desk;
use crate::app::Models;

/// How often the story is told in the longer ledger.
const TIMES: u8 = 8;
/// More events than the story has.
const EVENTS_MAX: usize = 100_000;
/// How many objects of one sort are looked at.
const OBJECTS: usize = 12;
/// What everybody shares: of it, more is shown where more is told.
const SHARED: [&str; 3] = ["Territory", "Sector", "Goal"];
/// Fields that are computed from everything when they are asked, and why.
const OF_EVERYTHING: &[(&str, &str)] = &[];

/// The story alone, and among others.
struct Worlds {
    desk: Desk,
    small: Models,
    large: Models,
}

impl Worlds {
    async fn open() -> Self {
        let desk = Desk::open().await;
        let small = Models::clone(&desk.app().now());
        let ledger = desk.app().ledger().clone();
        let stored = ledger.read(Position::START, EVENTS_MAX).await.expect("the story");
        let mut large = small.clone();
        for time in 1..TIMES {
            for it in &stored {
                retell(&mut large, it, time);
            }
        }
        Self { desk, small, large }
    }

    /// The answer and the entries that were gone through for it, in the small world and in the large one.
    async fn ask(&self, query: &str) -> [(Value, u64); 2] {
        let mut answers = Vec::new();
        for models in [&self.small, &self.large] {
            let contract = super::contract(self.desk.app().showing(models.clone()));
            let before = walked();
            let response = contract.execute(Request::new(query)).await;
            let entries = walked() - before;
            assert!(response.errors.is_empty(), "{query}: {:?}", response.errors);
            answers.push((response.data.into_json().expect("JSON"), entries));
        }
        answers.try_into().expect("two worlds")
    }

    /// Some objects of the small world.
    async fn ids(&self, noun: &Noun) -> Vec<String> {
        let query = format!("{{ {}(first: {OBJECTS}) {{ nodes {{ id }} }} }}", noun.all);
        let answer = self.desk.ask(&query).await;
        let nodes = &answer[&noun.all]["nodes"];
        nodes.as_array().expect("a list").iter().map(|it| text(&it["id"])).collect()
    }
}

/// Folds an event of the story as if others had told it: every id is another one, and comes later in
/// the order of ids.
fn retell(models: &mut Models, stored: &Stored, time: u8) {
    let mut bytes = stored.bytes.to_vec();
    let mut at = 0;
    while at + 36 <= bytes.len() {
        let Ok(id) = Uuid::try_parse_ascii(&bytes[at..at + 36]) else {
            at += 1;
            continue;
        };
        let mut other = id.into_bytes();
        other[..2].copy_from_slice(&[0xFF, time]);
        let text = Uuid::from_bytes(other).hyphenated().to_string();
        bytes[at..at + 36].copy_from_slice(text.as_bytes());
        at += 36;
    }
    let next = Position(models.position.0 + 1);
    let recorded = Recorded::read(next, &bytes).expect("it reads as the original does");
    if !matches!(recorded.fact, Fact::Ledger(..)) {
        models.apply(&recorded);
    }
}

#[tokio::test]
async fn a_page_goes_through_what_it_shows_and_once_through_its_list() {
    let worlds = Worlds::open().await;
    let shown = worlds.small.interventions.iter().count().min(20);
    let page = |fields| format!("{{ interventions(first: {shown}) {{ nodes {{ {fields} }} }} }}");
    let [(_, small), (_, large)] = worlds.ask(&page("id")).await;
    let list = |models: &Models| models.interventions.iter().count() as u64;
    assert_eq!((small, large), (list(&worlds.small), list(&worlds.large)), "the list, once");
    let whole = page(
        "id title { text } stage participations { role actor { name } }
         commitments { title { text } stage by { name } pledged due }",
    );
    let [(told, with_small), (retold, with_large)] = worlds.ask(&whole).await;
    assert_eq!(told, retold, "the page stays the same");
    assert_eq!(with_small - small, with_large - large, "what it shows takes no more");
    assert!(with_small > small, "commitments are found through an index");
}

#[tokio::test]
async fn no_field_of_an_object_goes_through_what_belongs_to_others() {
    let worlds = Worlds::open().await;
    let types = types(&worlds).await;
    let (mut asked, mut far) = (0, BTreeMap::new());
    for noun in nouns(&types) {
        let ids = worlds.ids(&noun).await;
        for field in fields(&types, &noun.kind) {
            let of = |(number, id): (usize, &String)| {
                format!("a{number}: {}(id: \"{id}\") {{ {} }} ", noun.one, field.1)
            };
            let all: String = ids.iter().enumerate().map(of).collect();
            let [(_, small), (_, large)] = worlds.ask(&format!("{{ {all} }}")).await;
            asked += 1;
            if small != large {
                far.insert(format!("{}.{}", noun.kind, field.0), (small, large));
            }
        }
    }
    assert!(asked > 300, "every field of every noun: {asked}");
    let known = OF_EVERYTHING.iter().map(|it| it.0);
    assert!(far.keys().map(String::as_str).eq(known), "{far:#?}");
}

/// A sort of object that is asked for by its id.
struct Noun {
    /// The name of its type.
    kind: String,
    /// The question for one.
    one: String,
    /// The question for all.
    all: String,
}

/// The fields of every object type, by its name: their names and types, if they need no argument.
type Types = BTreeMap<String, Vec<(String, String)>>;

async fn types(worlds: &Worlds) -> Types {
    let query = "{ __schema { types { kind name fields {
        name args { name defaultValue type { kind } }
        type { name kind ofType { name kind ofType { name kind ofType { name } } } }
    } } } }";
    let answer = worlds.desk.ask(query).await;
    let list = |it: &Value| it.as_array().cloned().unwrap_or_default();
    let needs = |it: &Value| {
        it["type"]["kind"] == "NON_NULL" && it["defaultValue"].is_null() && it["name"] != "id"
    };
    let mut types = Types::new();
    for kind in list(&answer["__schema"]["types"]) {
        if kind["kind"] != "OBJECT" {
            continue;
        }
        let free = list(&kind["fields"]).into_iter();
        let free = free.filter(|it| !list(&it["args"]).iter().any(needs));
        types.insert(
            text(&kind["name"]),
            free.map(|it| (text(&it["name"]), named(&it["type"]))).collect(),
        );
    }
    types
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

/// The type within lists and what is never null.
fn named(kind: &Value) -> String {
    kind["name"].as_str().map_or_else(|| named(&kind["ofType"]), str::to_owned)
}

fn nouns(types: &Types) -> Vec<Noun> {
    let roots = &types["Query"];
    let has_id = |kind: &str| types.get(kind).is_some_and(|it| it.iter().any(|it| it.0 == "id"));
    let listed = |(one, kind): &(String, String)| {
        let pages = format!("{kind}Connection");
        let all = &roots.iter().find(|it| it.1 == pages)?.0;
        let own = has_id(kind) && !SHARED.contains(&kind.as_str());
        own.then(|| Noun { kind: kind.clone(), one: one.clone(), all: all.clone() })
    };
    roots.iter().filter_map(listed).collect()
}

/// The fields of `kind`, each with what it shows down to the next objects that have an id.
fn fields(types: &Types, kind: &str) -> Vec<(String, String)> {
    let own = types[kind].iter();
    own.map(|(name, of)| (name.clone(), format!("{name} {}", selection(types, of, 2)))).collect()
}

fn selection(types: &Types, kind: &str, depth: usize) -> String {
    let Some(fields) = types.get(kind) else { return String::new() };
    if depth == 0 || fields.iter().any(|it| it.0 == "id") {
        return "{ __typename }".to_owned();
    }
    let inner =
        fields.iter().map(|(name, of)| format!("{name} {}", selection(types, of, depth - 1)));
    format!("{{ __typename {} }}", inner.collect::<Vec<_>>().join(" "))
}
