//! What lists of figures come to: each connection of the contract has aggregates and groups, and pages
//! from both ends.
use std::collections::{BTreeMap, BTreeSet};

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, FieldDefinition, TypeDefinition, TypeKind, TypeSystemDefinition,
};

use super::*;
use crate::graphql::noun::KINDS;

pub(super) const AGGREGATES: &str =
    "aggregates { count firstDate lastDate amounts { sums { minor currency } undeclared } }";

/// Each list of figures, as `it`; `@` stands for what is asked of it, behind it by what it is grouped,
/// and whether an entry has one such value at most.
const LISTS: &[(&str, &str, bool)] = &[
    ("it: actionPoints(first: 1) @", "STAGE", true),
    ("actorNetwork { it: links(first: 1) @ }", "KIND", false),
    ("actors(first: 10) { nodes { it: network(first: 1) @ } }", "KIND", false),
    ("it: bodyDecisions(first: 1) @", "YEAR", true),
    ("it: mainstreaming(first: 1) @", "KIND", true),
    ("it: conflicts(first: 1) @", "STAGE", true),
    ("it: pendingCorrections(first: 1) @", "KIND", true),
    ("interventions(first: 20) { nodes { it: timeline(first: 1) @ } }", "KIND", true),
    ("fundingFlows(measure: GRANTED) { it: links(first: 1) @ }", "KIND", true),
    ("gaps(within: \"region-souss-massa\") { it: gaps(first: 1) @ }", "KIND", true),
    ("it: goals(first: 1) @", "GOAL", true),
    ("dataQuality { it: issues(first: 1) @ }", "SUBJECT_KIND", true),
    ("likelyDuplicates { it: pairs(first: 1) @ }", "KIND", false),
    ("matrix(rows: ROLE, columns: YEAR) { it: rows(first: 1) @ }", "PROVINCE", false),
    ("matrix(rows: ROLE, columns: YEAR) { it: columns(first: 1) @ }", "PROGRAMME", false),
    (
        "matrix(rows: ROLE, columns: YEAR) { rows { nodes { it: cells(first: 1) @ } } }",
        "STAGE",
        false,
    ),
    ("it: mobilityOpportunities(first: 1) @", "COUNTRY", true),
    ("it: overlaps(first: 1, by: CATEGORY) @", "SECTOR_CATEGORY", true),
    ("overlaps(by: CATEGORY) { nodes { it: members(first: 1) @ } }", "ACTOR", false),
    ("it: sectors(first: 1) @", "SECTOR_CATEGORY", true),
    (
        "matrix(rows: ROLE, columns: YEAR) { total { lineage { it: counts(first: 1) @ } } }",
        "SUBJECT_KIND",
        true,
    ),
    ("it: territories(first: 1) @", "KIND", true),
];

/// Every object of `answer` under the key `it`.
pub(super) fn lists<'a>(answer: &'a Value, to: &mut Vec<&'a Value>) {
    match answer {
        Value::Object(members) => {
            to.extend(members.get("it"));
            members.values().for_each(|it| lists(it, to));
        }
        Value::Array(elements) => elements.iter().for_each(|it| lists(it, to)),
        _ => {}
    }
}

pub(super) fn number(it: &Value) -> i64 {
    it.as_i64().unwrap_or_else(|| panic!("no number: {it}"))
}

pub(super) fn list(it: &Value) -> &[Value] {
    it.as_array().map_or_else(|| panic!("no list: {it}"), Vec::as_slice)
}

/// The sums of `aggregates` by their currencies, and how many amounts nobody declared under none.
pub(super) fn amounts(aggregates: &Value) -> BTreeMap<&str, i64> {
    let amounts = &aggregates["amounts"];
    let sums = amounts["sums"].as_array().into_iter().flatten();
    let sums = sums.map(|it| (it["currency"].as_str().expect("a currency"), number(&it["minor"])));
    let undeclared = amounts["undeclared"].as_i64().filter(|it| *it > 0);
    sums.chain(undeclared.map(|it| ("", it))).collect()
}

/// Asserts that the groups of a list are what it comes to, taken apart: all sums are above zero.
pub(super) fn adds_up(name: &str, it: &Value, single: bool) {
    let whole = &it["aggregates"];
    let groups = list(&it["groups"]);
    let each = || groups.iter().map(|it| &it["aggregates"]);
    assert_eq!(whole["count"], it["totalCount"], "{name}");
    let count: i64 = each().map(|it| number(&it["count"])).sum();
    assert!(count >= number(&whole["count"]), "{name}: {it}");
    assert!(!single || count == number(&whole["count"]), "{name}: {it}");
    let day = |it: &Value, field: &str| it[field].as_str().map(str::to_owned);
    let first = each().filter_map(|it| day(it, "firstDate")).min();
    let last = each().filter_map(|it| day(it, "lastDate")).max();
    assert_eq!((first, last), (day(whole, "firstDate"), day(whole, "lastDate")), "{name}");
    let values: Vec<_> = groups.iter().map(|it| it["keys"][0]["value"].as_str()).collect();
    let sorted: BTreeSet<_> = values.iter().copied().collect();
    assert_eq!(values, sorted.into_iter().collect::<Vec<_>>(), "{name}: each once, in order");
    assert_eq!(whole["amounts"].is_null(), each().all(|it| it["amounts"].is_null()), "{name}");
    for (currency, sum) in amounts(whole) {
        let parts: Vec<_> = each().filter_map(|it| amounts(it).get(currency).copied()).collect();
        assert!(parts.iter().all(|it| *it <= sum), "{name}: {it}");
        assert!(parts.iter().sum::<i64>() >= sum, "{name}: {it}");
    }
}

/// The object types of the contract.
fn objects() -> Vec<(String, Vec<FieldDefinition>)> {
    let schema = parse_schema(crate::graphql::sdl()).expect("the contract");
    let objects = schema.definitions.into_iter().filter_map(|it| match it {
        TypeSystemDefinition::Type(it) => match it.node {
            TypeDefinition { name, kind: TypeKind::Object(it), .. } => {
                Some((name.node.to_string(), it.fields.into_iter().map(|it| it.node).collect()))
            }
            _ => None,
        },
        _ => None,
    });
    objects.collect()
}

#[test]
fn every_connection_has_aggregates_and_groups() {
    let connections = objects().into_iter().filter(|(name, _)| name.ends_with("Connection"));
    let mut count = 0;
    for (name, fields) in connections {
        count += 1;
        let of = |field: &str| {
            let found = fields.iter().find(|it| it.name.node == field);
            found.map(|it| it.ty.node.to_string()).unwrap_or_default()
        };
        assert_eq!(of("aggregates"), "Aggregates!", "{name}");
        assert_eq!(of("groups"), "[Group!]!", "{name}");
        assert_eq!(of("totalCount"), "Int!", "{name}");
    }
    assert!(count >= KINDS.len() + LISTS.len(), "{count} connections");
}

#[test]
fn every_list_is_paged_from_both_ends() {
    let mut count = 0;
    for (object, fields) in objects() {
        for field in fields {
            let BaseType::Named(of) = &field.ty.node.base else { continue };
            if !(of.ends_with("Connection") || of == "LineageEvents") {
                continue;
            }
            count += 1;
            for page in ["first", "after", "last", "before"] {
                let has = field.arguments.iter().any(|it| it.node.name.node == page);
                assert!(has, "{object}.{} lacks {page}", field.name.node);
            }
        }
    }
    assert!(count > 42, "{count} lists");
}

#[tokio::test]
async fn what_each_list_comes_to_is_what_its_groups_come_to() {
    let desk = Desk::open().await;
    let mut empty_ones = 0;
    let mut met: BTreeSet<_> = KINDS.iter().map(|it| format!("{it:?}Connection")).collect();
    for (name, by, single) in LISTS {
        let asked = format!(
            "{{ __typename totalCount {AGGREGATES}
                groups(by: {by}) {{ keys {{ by value }} {AGGREGATES} }} }}"
        );
        let answer = desk.ask(&format!("{{ {} }}", name.replace('@', &asked))).await;
        let mut found = Vec::new();
        lists(&answer, &mut found);
        assert!(!found.is_empty(), "{name}");
        let empty = found.iter().all(|it| it["totalCount"] == 0);
        let mut told = empty;
        for it in found {
            met.insert(it["__typename"].as_str().expect("a name").to_owned());
            adds_up(name, it, *single);
            told |= list(&it["groups"]).iter().any(|it| it["keys"][0]["value"].is_string());
        }
        assert!(told, "{name}: nothing has a {by}");
        empty_ones += usize::from(empty);
    }
    assert!(empty_ones <= 2, "the story has neither corrections that wait nor likely duplicates");
    let all = objects().into_iter().map(|(name, _)| name);
    let all: BTreeSet<_> = all.filter(|it| it.ends_with("Connection")).collect();
    assert_eq!(met, all, "each connection is asked");
}

#[tokio::test]
async fn a_list_of_nothing_comes_to_nothing() {
    let desk = Desk::open().await;
    let nobody = Uuid::nil();
    for name in [
        format!("conflicts(filter: {{ subject: \"{nobody}\" }})"),
        format!("actionPoints(filter: {{ owner: \"{nobody}\" }})"),
        format!("commitments(filter: {{ by: \"{nobody}\" }})"),
        "commitments(asOf: { position: 1 })".to_owned(),
        "pendingCorrections".to_owned(),
    ] {
        let query = format!(
            "{{ it: {name} {{ totalCount {AGGREGATES} groups(by: [YEAR, KIND]) {{ {AGGREGATES} }} }} }}"
        );
        let nothing = json!({ "count": 0, "firstDate": null, "lastDate": null, "amounts": null });
        let nothing = json!({ "totalCount": 0, "aggregates": nothing, "groups": [] });
        assert_eq!(desk.ask(&query).await["it"], nothing, "{name}");
    }
}

#[tokio::test]
async fn what_a_list_comes_to_is_known_however_it_is_asked() {
    let desk = Desk::open().await;
    let answer = desk
        .ask(
            "{ plain: conflicts { aggregates { count } }
               other: conflicts(first: 1) { whole: aggregates { count } }
               spread: conflicts { ...Whole }
               inline: conflicts(last: 1) { ... on ConflictConnection { aggregates { count } } } }
             fragment Whole on ConflictConnection { aggregates { count } }",
        )
        .await;
    let count = &answer["plain"]["aggregates"]["count"];
    assert!(number(count) > 0);
    assert_eq!(&answer["other"]["whole"]["count"], count);
    assert_eq!(answer["spread"], answer["plain"]);
    assert_eq!(answer["inline"], answer["plain"]);
}

#[tokio::test]
async fn what_a_list_comes_to_costs_as_much_as_walking_it() {
    let desk = Desk::open().await;
    let cost = async |fields: &str| {
        let query = format!("{{ territories(first: 1) {{ totalCount {fields} }} }}");
        let response = desk.answer(Request::new(query)).await;
        let cost = serde_json::to_value(&response.extensions["cost"]).expect("JSON");
        number(&cost["complexity"])
    };
    let page = cost("").await;
    assert_eq!(cost("aggregates { count }").await - page, 201);
    assert_eq!(cost("groups(by: KIND) { keys { value } }").await - page, 200 + 1 + 8 * 2);
    let pages = |count: usize| {
        let one = |at| {
            format!("a{at}: territories(first: 100) {{ groups(by: KIND) {{ keys {{ value }} }} }} ")
        };
        format!("{{ {} }}", (0..count).map(one).collect::<String>())
    };
    assert_eq!(desk.errors_of(pages(2)).await, 0);
    assert_eq!(desk.errors_of(pages(3)).await, 1);
    let wrong = "{ conflicts { groups(by: [KIND, STAGE, YEAR]) { keys { value } } } }";
    assert_eq!(desk.errors_of(wrong).await, 1);
}
