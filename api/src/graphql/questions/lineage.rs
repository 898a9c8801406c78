//! Where the numbers of the demonstration come from.
use std::collections::BTreeSet;
use std::sync::Arc;

use domain::recorded::{Position, Recorded};
use projections::lineage::Figure;
use projections::subjects::Kind;
use projections::{Models, Subject};

use super::*;

/// Every place of the contract that has numbers made of several events.
const NUMBERS: &[&str] = &[
    "balances(groupBy: PROGRAMME) { balance { lineage { figure } } }",
    "balances(groupBy: PROGRAMME_WITH_DESCENDANTS) { balance { lineage { figure } } }",
    "balances(groupBy: FUNDER, filter: { within: \"region-souss-massa\" }) {
        balance { lineage { figure } } }",
    "balances(groupBy: TERRITORY) { balance { lineage { figure } } }",
    "balances(groupBy: CURRENCY) { balance { lineage { figure } } }",
    "fundingFlows(measure: SET_ASIDE) {
        lineage { figure } links(first: 100) { nodes { lineage { figure } } } }",
    "fundingFlows(measure: GRANTED) {
        lineage { figure } links(first: 100) { nodes { lineage { figure } } } }",
    "fundingFlows(measure: DISBURSED) {
        lineage { figure } links(first: 100) { nodes { lineage { figure } } } }",
    "fundingRequests(first: 100) { nodes { lineage { figure } } }",
    "fundingCalls(first: 100) { nodes { balance { lineage { figure } } } }",
    "commitments(first: 100) { nodes { lineage { figure } } }",
    "mobilityPlacements(first: 100) { nodes { lineage { figure } } }",
    "programmes(first: 50) { nodes {
        balance { lineage { figure } } envelopes { lineage { figure } }
        results {
            total { lineage { figure } } totals { lineage { figure } }
            indicators {
                lineage { figure } progress { lineage { figure } }
                breakdown { lineage { figure } } } } } }",
    "matrix(rows: ACTOR, columns: YEAR) {
        total { lineage { figure } }
        rows(first: 100) { nodes { total { lineage { figure } }
            cells(first: 100) { nodes { tally { lineage { figure } } } } } }
        columns(first: 100) { nodes { total { lineage { figure } } } } }",
    "matrix(rows: SECTOR, columns: PROVINCE, from: \"2020-01-01\",
        filter: { within: \"region-souss-massa\" }) {
        rows(first: 100) { nodes { cells(first: 100) { nodes { tally { lineage { figure } } } } } } }",
    "matrix(rows: STAGE, columns: ROLE, effectiveOn: \"2022-06-01\", filter: { role: LEAD }) {
        total { lineage { figure } } rows { nodes { total { lineage { figure } } } } }",
    "gaps(within: \"province-chtouka-ait-baha\") {
        lineage { figure } gaps(first: 3) { nodes { around { lineage { figure } } } } }",
    "actors(first: 100) { nodes { card {
        roles { lineage { figure } } commitments { lineage { figure } }
        commitmentsReceived { lineage { figure } }
        fundingAsked { lineage { figure } } fundingPaid { lineage { figure } }
        actionsLineage { figure } mandatesLineage { figure } } } }",
    "actorNetwork { links(first: 100) { nodes { ties { lineage { figure } } } } }",
    "serviceActivity {
        lineage { figure } totals { lineage { figure } }
        months { lineage { figure } totals { lineage { figure } } } }",
    "serviceUnits(first: 100) { nodes { totals { lineage { figure } } } }",
    "dataQuality { counts { lineage { figure } } }",
];

/// Types whose numbers count what the list around them holds, are parts of what one event says (the object around them has its stamp), come
/// from a table of the State, or compare two things that stand beside them.
const WITHOUT: [&str; 12] = [
    "Aggregates",
    "Exchange",
    "Headcount",
    "HumanPledge",
    "InKindPledge",
    "LikelyDuplicate",
    "LikelyDuplicates",
    "LogCheckpoint",
    "Point",
    "ServiceCount",
    "Territory",
    "Votes",
];

/// Adds the figures that `answer` names to `to`.
fn figures(answer: &Value, to: &mut BTreeSet<String>) {
    match answer {
        Value::Object(members) => {
            to.extend(members.get("figure").and_then(Value::as_str).map(str::to_owned));
            members.values().for_each(|it| figures(it, to));
        }
        Value::Array(elements) => elements.iter().for_each(|it| figures(it, to)),
        _ => {}
    }
}

fn subject(recorded: &Recorded) -> Subject {
    let (aggregate, id, _) = recorded.fact.subject();
    Subject { kind: Kind::of_stored(aggregate).expect("a kind"), id }
}

fn folded(events: &[Arc<Recorded>], wanted: impl Fn(Subject) -> bool) -> Models {
    let mut models = Models::default();
    events.iter().filter(|it| wanted(subject(it))).for_each(|it| models.apply(it));
    models
}

#[tokio::test]
async fn every_number_of_the_demonstration_is_that_of_the_events_behind_it_alone() {
    let desk = Desk::open().await;
    let events = desk.app.ledger().events(Position::START, 10_000).await.expect("events");
    let models = desk.app.now();
    for numbers in NUMBERS {
        let mut found = BTreeSet::new();
        figures(&desk.ask(&format!("{{ {numbers} }}")).await, &mut found);
        assert!(!found.is_empty(), "{numbers}");
        for figure in found {
            let figure: Figure = figure.parse().expect("a figure");
            let (lineage, value) = (models.lineage(&figure), models.value(&figure));
            let subjects: BTreeSet<_> = lineage.subjects().collect();
            let alone = folded(&events, |it| subjects.contains(&it));
            assert_eq!(alone.value(&figure), value, "{figure}");
        }
    }
}

#[tokio::test]
async fn the_numbers_of_an_answer_are_those_of_the_figure_that_it_names() {
    let desk = Desk::open().await;
    let query = r"{
        balances(groupBy: FUNDER) { balance {
            requests granted { sums { minor } } lineage { figure counts { totalCount } } } }
        matrix(rows: SECTOR_CATEGORY, columns: PROVINCE) { rows(first: 20) { nodes {
            total { count lineage { figure } } } } }
        indicators: programmes(first: 20) { nodes { results { indicators {
            progress { reported agreed contributed lineage { figure } } } } } }
    }";
    let answer = desk.ask(query).await;
    let models = desk.app.now();
    let value = |lineage: &Value| {
        let figure = lineage["figure"].as_str().expect("a name").parse().expect("a figure");
        models.value(&figure)
    };
    for line in answer["balances"].as_array().expect("a list") {
        let (balance, value) = (&line["balance"], value(&line["balance"]["lineage"]));
        assert_eq!(balance["requests"], value["requests"]);
        assert_eq!(balance["lineage"]["counts"]["totalCount"], value["requests"]);
        let sums = value["granted"]["sums"].as_array().expect("a list").iter();
        let sums: Vec<_> = sums.map(|it| json!({ "minor": it["minor"] })).collect();
        assert_eq!(balance["granted"]["sums"], json!(sums));
    }
    for row in answer["matrix"]["rows"]["nodes"].as_array().expect("a list") {
        assert_eq!(row["total"]["count"], value(&row["total"]["lineage"])["count"]);
    }
    let mut seen = 0;
    for programme in answer["indicators"]["nodes"].as_array().expect("a list") {
        for result in programme["results"].as_array().expect("a list") {
            for indicator in result["indicators"].as_array().expect("a list") {
                let (progress, value) =
                    (&indicator["progress"], value(&indicator["progress"]["lineage"]));
                assert_eq!(progress["reported"], value["measured"]["reported"]);
                assert_eq!(progress["agreed"], value["measured"]["agreed"]);
                assert_eq!(progress["contributed"], value["contributed"]["value"]);
                seen += 1;
            }
        }
    }
    assert!(seen > 0, "there are indicators");
}

#[tokio::test]
async fn the_events_behind_a_number_come_page_by_page() {
    let desk = Desk::open().await;
    let page = |after: &str, first: u8| {
        format!(
            r"{{ fundingFlows(measure: GRANTED) {{ lineage {{
                figure
                events(first: {first}{after}) {{ nodes {{ position }} hasNextPage endCursor }}
            }} }} }}"
        )
    };
    let lineage = |answer: &Value| answer["fundingFlows"]["lineage"].clone();
    let all = lineage(&desk.ask(&page("", 100)).await);
    assert_eq!(all["events"]["hasNextPage"], false);
    let all_events = all["events"]["nodes"].as_array().expect("a list");
    assert!(all_events.len() > 3, "there are several pages");
    let (mut met, mut after) = (Vec::new(), String::new());
    loop {
        let events = lineage(&desk.ask(&page(&after, 3)).await)["events"].clone();
        met.extend(events["nodes"].as_array().expect("a list").iter().cloned());
        if events["hasNextPage"] == false {
            break;
        }
        after = format!(", after: {}", events["endCursor"]);
    }
    assert_eq!(&met, all_events);
    let figure: Figure = all["figure"].as_str().expect("a name").parse().expect("a figure");
    let subjects: BTreeSet<_> = desk.app.now().lineage(&figure).subjects().collect();
    let events = desk.app.ledger().events(Position::START, 10_000).await.expect("events");
    let own = events.iter().filter(|it| subjects.contains(&subject(it)));
    let own: BTreeSet<_> = own.map(|it| it.position.0).collect();
    let met: BTreeSet<_> = met.iter().filter_map(|it| it["position"].as_u64()).collect();
    assert_eq!(met, own);
    let wrong = Request::new(page(", after: \"00\"", 3));
    assert!(!desk.contract.ask(wrong).await.errors.is_empty(), "a made-up cursor is refused");
}

/// Each object type of the contract with its fields' names and types.
fn types() -> Vec<(&'static str, Vec<(&'static str, &'static str)>)> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schema.graphql");
    let schema: &'static str = std::fs::read_to_string(path).expect("the contract").leak();
    let blocks = schema.split("\ntype ").skip(1).filter_map(|it| it.split_once("\n}"));
    blocks
        .map(|(block, _)| {
            let name = block.split([' ', '{']).next().unwrap_or_default();
            let fields = block.lines().filter(|it| it.starts_with('\t'));
            let fields = fields.filter(|it| !it.starts_with("\t\t") && !it.contains('"'));
            let fields = fields.filter_map(|it| it.trim().rsplit_once(": "));
            let bare =
                |it: &'static str| it.split('(').next().unwrap_or(it).trim_start_matches(')');
            (name, fields.map(|(name, of)| (bare(name), of)).collect())
        })
        .collect()
}

#[test]
fn a_type_with_numbers_says_where_they_come_from() {
    const NUMBER: [&str; 4] = ["Int!", "SafeInt!", "Amounts!", "[Amounts!]!"];
    let mut without = Vec::new();
    for (name, fields) in types() {
        let counts = fields.iter().any(|(_, of)| NUMBER.contains(of));
        let says = fields.iter().any(|(_, of)| ["Lineage!", "Stamp!", "Stamp"].contains(of));
        let values = ["Money", "Amounts", "Query", "Receipt", "Event", "Ledger"].contains(&name);
        if counts && !says && !values && !name.ends_with("Connection") {
            without.push(name);
        }
    }
    assert_eq!(without, WITHOUT);
}
