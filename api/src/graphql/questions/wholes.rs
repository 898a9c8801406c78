//! What lists of figures come to: each connection of the contract has aggregates and groups, and pages
//! from both ends.
use std::collections::{BTreeMap, BTreeSet};

use async_graphql::Name;
use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, FieldDefinition, TypeDefinition, TypeKind, TypeSystemDefinition,
};

use super::*;
use crate::graphql::event::SubjectKind;
use crate::graphql::facts::word;
use crate::graphql::noun::KINDS;

const AGGREGATES: &str =
    "aggregates { count firstDate lastDate amounts { sums { minor currency } undeclared } }";

/// Each list of figures, as `it`; `@` stands for what is asked of it, behind it by what it is grouped,
/// and whether an entry has one such value at most.
const LISTS: &[(&str, &str, bool)] = &[
    ("it: actionPoints(first: 1) @", "STAGE", true),
    ("actorNetwork { it: links(first: 1) @ }", "KIND", false),
    ("actors(first: 100) { nodes { it: network(first: 1) @ } }", "KIND", false),
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
fn lists<'a>(answer: &'a Value, to: &mut Vec<&'a Value>) {
    match answer {
        Value::Object(members) => {
            to.extend(members.get("it"));
            members.values().for_each(|it| lists(it, to));
        }
        Value::Array(elements) => elements.iter().for_each(|it| lists(it, to)),
        _ => {}
    }
}

#[tokio::test]
async fn scratch() {
    let desk = Desk::open().await;
    for (list, by, _) in LISTS {
        let asked = format!(
            "{{ __typename totalCount {AGGREGATES} groups(by: {by}) {{ keys {{ value label {{ text }} }} {AGGREGATES} }} }}"
        );
        let answer = desk.ask(&format!("{{ {} }}", list.replace('@', &asked))).await;
        let mut found = Vec::new();
        lists(&answer, &mut found);
        eprintln!("==== {list} {by}: {}", found.len());
        for it in found.iter().filter(|it| it["totalCount"] != 0).take(2) {
            eprintln!("{it}");
        }
    }
    let more = [
        r#"{ programmes(first: 100) { totalCount nodes { acronym budget { minor currency } stage kind } aggregates { count firstDate lastDate amounts { sums { minor currency } undeclared } } } }"#,
        r#"{ conflicts(first: 100) { nodes { topic open since { effective } subject { kind } } } }"#,
        r#"{ actionPoints(first: 100) { nodes { due owner { name } closing { done } } } }"#,
        r#"{ mobilityOpportunities(first: 100) { nodes { country pathway closes groups } } }"#,
        r#"{ fundingFlows(measure: GRANTED) { total { sums { minor currency } undeclared } parts links(first: 100) { nodes { layer parts amounts { sums { minor currency } undeclared } } } } }"#,
        r#"{ fundingFlows(measure: ASKED) { total { sums { minor currency } undeclared } parts links(first: 100) { nodes { layer parts amounts { sums { minor currency } undeclared } } } } }"#,
        r#"{ interventions(first: 100) { nodes { id budget { minor currency } territories { id } } } }"#,
        r#"{ matrix(rows: PROGRAMME, columns: STAGE) { total { count budgets { sums { minor currency } undeclared } } rows { nodes { value { code } total { count budgets { sums { minor currency } undeclared } } } } } }"#,
    ];
    for it in more {
        eprintln!("#### {it}\n{}", desk.ask(it).await);
    }
}
