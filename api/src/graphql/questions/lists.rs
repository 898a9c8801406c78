//! Lists: filters of filters, orders, pages from both ends, aggregates and groups.
use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::{Desk, field};

fn ids(list: &Value) -> Vec<&str> {
    let nodes = list["nodes"].as_array().expect("nodes").iter();
    nodes.filter_map(|it| it["id"].as_str()).collect()
}

async fn listed(desk: &Desk, arguments: &str) -> Vec<String> {
    let answer = desk.ask(&format!("{{ it: {arguments} {{ nodes {{ id }} }} }}")).await;
    ids(&answer["it"]).into_iter().map(str::to_owned).collect()
}

#[tokio::test]
async fn filters_hold_filters() {
    let desk = Desk::open().await;
    let set = async |filter: &str| -> BTreeSet<String> {
        let all = listed(&desk, &format!("interventions(first: 100, filter: {filter})")).await;
        all.into_iter().collect()
    };
    let all = set("{}").await;
    let sport = set(r#"{ text: "terrain" }"#).await;
    let service = set("{ stage: IN_SERVICE }").await;
    assert!(!sport.is_empty() && !service.is_empty() && service != all);

    let both = set(r#"{ and: [{ text: "terrain" }, { stage: IN_SERVICE }] }"#).await;
    assert_eq!(both, sport.intersection(&service).cloned().collect());
    let either = set(r#"{ or: [{ text: "terrain" }, { stage: IN_SERVICE }] }"#).await;
    assert_eq!(either, sport.union(&service).cloned().collect());
    let neither = set(r#"{ not: { or: [{ text: "terrain" }, { stage: IN_SERVICE }] } }"#).await;
    assert_eq!(neither, all.difference(&either).cloned().collect());
    assert_eq!(set("{ or: [] }").await, BTreeSet::new(), "nothing is one of none");
    assert_eq!(set("{ and: [] }").await, all);
    let others = set("{ not: { stage: IN_SERVICE } }").await;
    assert_eq!(others, all.difference(&service).cloned().collect());

    let stages = r"query($any: [InterventionStage!]) {
        interventions(first: 100, filter: { stage: $any }) { nodes { id stage } } }";
    let request = async_graphql::Request::new(stages).variables(
        async_graphql::Variables::from_json(json!({ "any": ["IN_SERVICE", "STARTED"] })),
    );
    let answer = desk.run(request).await;
    let nodes = answer["interventions"]["nodes"].as_array().expect("nodes");
    assert!(nodes.iter().all(|it| it["stage"] == "IN_SERVICE" || it["stage"] == "STARTED"));
    assert!(nodes.len() >= service.len());
}

#[tokio::test]
async fn a_filter_within_filters_has_limits() {
    let desk = Desk::open().await;
    let many = |count: usize| {
        let parts = vec!["{}"; count].join(", ");
        format!("{{ interventions(filter: {{ or: [{parts}] }}) {{ totalCount }} }}")
    };
    assert!(desk.errors_of(many(31)).await == 0);
    assert_eq!(desk.errors_of(many(32)).await, 1);
    let matrix = r#"{ matrix(rows: PROVINCE, columns: STAGE, filter: { not: { text: "x" } }) { rows { totalCount } } }"#;
    assert_eq!(desk.errors_of(matrix).await, 1, "a matrix takes no filter within its filter");
}

#[tokio::test]
async fn a_date_is_asked_for_by_days() {
    let desk = Desk::open().await;
    let query = |filter: &str| format!("commitments(first: 100, filter: {filter})");
    let all: BTreeSet<_> = listed(&desk, &query("{}")).await.into_iter().collect();
    let before = listed(&desk, &query(r#"{ dated: { to: "2024-09-30" } }"#)).await;
    let after = listed(&desk, &query(r#"{ dated: { from: "2024-10-01" } }"#)).await;
    assert!(!before.is_empty() && !after.is_empty());
    assert!(before.iter().all(|id| !after.contains(id)));
    let answer = desk.ask("{ commitments(first: 100) { nodes { id due } } }").await;
    let nodes = answer["commitments"]["nodes"].as_array().expect("nodes").iter();
    let undated = nodes.filter(|it| it["due"] == Value::Null).count();
    assert_eq!(before.len() + after.len() + undated, all.len(), "an unknown date lies nowhere");
}

#[tokio::test]
async fn every_order_is_paged_from_both_ends() {
    let desk = Desk::open().await;
    for order in [
        "{ by: TITLE }",
        "{ by: TITLE, direction: DESC }",
        "[{ by: STAGE, direction: DESC }, { by: DATE }]",
        "[{ by: AMOUNT }, { by: RECORDED, direction: DESC }]",
    ] {
        let whole = listed(&desk, &format!("interventions(first: 100, orderBy: {order})")).await;
        assert!(whole.len() > 3, "{order}");
        for (size, from) in [("first: 2", "after"), ("last: 2", "before")] {
            let (mut met, mut cursor) = (Vec::new(), String::new());
            loop {
                let query = format!(
                    "{{ interventions({size}, orderBy: {order}{cursor}) {{ nodes {{ id }}
                        pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }}"
                );
                let answer = desk.ask(&query).await;
                let (page, info) =
                    (ids(&answer["interventions"]), &answer["interventions"]["pageInfo"]);
                let page = page.into_iter().map(str::to_owned);
                let more = if from == "after" {
                    met.extend(page);
                    cursor = format!(", after: {}", info["endCursor"]);
                    &info["hasNextPage"]
                } else {
                    met.splice(0..0, page);
                    cursor = format!(", before: {}", info["startCursor"]);
                    &info["hasPreviousPage"]
                };
                if more == false {
                    break;
                }
            }
            assert_eq!(met, whole, "{order} by {size}");
        }
    }
    let one = desk
        .ask("{ interventions(first: 1, orderBy: { by: TITLE }) { pageInfo { endCursor } } }")
        .await;
    let cursor = &one["interventions"]["pageInfo"]["endCursor"];
    let other =
        format!("{{ interventions(orderBy: {{ by: DATE }}, after: {cursor}) {{ totalCount }} }}");
    assert_eq!(desk.errors_of(other).await, 1, "it is of another list");
}

#[tokio::test]
async fn what_has_no_value_comes_last_either_way() {
    let desk = Desk::open().await;
    for direction in ["ASC", "DESC"] {
        let query = format!(
            "{{ commitments(first: 100, orderBy: {{ by: DATE, direction: {direction} }}) {{ nodes {{ due }} }} }}"
        );
        let answer = desk.ask(&query).await;
        let nodes = answer["commitments"]["nodes"].as_array().expect("nodes").iter();
        let dues: Vec<_> = nodes.map(|it| it["due"].as_str()).collect();
        let dated = dues.iter().take_while(|it| it.is_some()).count();
        assert!(dated > 1 && dues[dated..].iter().all(Option::is_none), "{dues:?}");
        let mut sorted: Vec<_> = dues[..dated].to_vec();
        sorted.sort_unstable();
        if direction == "DESC" {
            sorted.reverse();
        }
        assert_eq!(dues[..dated], sorted);
    }
}

#[tokio::test]
async fn groups_come_to_the_same_as_the_list() {
    let desk = Desk::open().await;
    let answer = desk
        .ask(
            "{ fundingRequests(first: 1) { totalCount
                aggregates { count amounts { sums { minor currency } undeclared } firstDate lastDate }
                groups(by: [STAGE]) { keys { by value } aggregates { count
                    amounts { sums { minor currency } undeclared } } }
            }
            interventions(first: 1) {
                groups(by: [PROVINCE, YEAR]) { keys { by value label { text } } aggregates { count } }
            }
            documents(first: 1) { aggregates { firstDate lastDate } } }",
        )
        .await;
    let list = &answer["fundingRequests"];
    let whole = &list["aggregates"];
    assert_eq!(whole["count"], list["totalCount"]);
    let dates = &answer["documents"]["aggregates"];
    assert!(dates["firstDate"].is_string());
    assert!(dates["firstDate"].as_str() < dates["lastDate"].as_str());
    let groups = list["groups"].as_array().expect("groups");
    assert!(groups.len() > 1);
    let sum = |field: &dyn Fn(&Value) -> i64| {
        groups.iter().map(|it| field(&it["aggregates"])).sum::<i64>()
    };
    assert_eq!(json!(sum(&|it| it["count"].as_i64().expect("a count"))), whole["count"]);
    let dirhams = |it: &Value| {
        let sums = it["amounts"]["sums"].as_array().expect("sums").iter();
        sums.filter(|it| it["currency"] == "MAD").filter_map(|it| it["minor"].as_i64()).sum::<i64>()
    };
    assert_eq!(sum(&dirhams), dirhams(whole));
    let undeclared = |it: &Value| it["amounts"]["undeclared"].as_i64().expect("a count");
    assert_eq!(sum(&undeclared), undeclared(whole));
    let both = answer["interventions"]["groups"].as_array().expect("groups").iter();
    let named: Vec<_> = both.filter(|it| it["keys"][0]["value"].is_string()).collect();
    assert!(!named.is_empty());
    assert!(named.iter().all(|it| it["keys"][0]["label"]["text"].is_string()), "{named:?}");
    assert!(named.iter().all(|it| it["keys"][1]["by"] == "YEAR"));
    for wrong in ["[]", "[STAGE, YEAR, ACTOR]"] {
        let query = format!("{{ interventions {{ groups(by: {wrong}) {{ keys {{ value }} }} }} }}");
        assert_eq!(desk.errors_of(query).await, 1, "{wrong}");
    }
}

#[tokio::test]
async fn every_list_has_orders_groups_and_filters_that_hold_others() {
    let desk = Desk::open().await;
    let answer = desk
        .ask(
            "{ __schema { queryType { fields { name args { name } type { ofType { name } } } } } }",
        )
        .await;
    let fields = answer["__schema"]["queryType"]["fields"].as_array().expect("fields");
    let mut lists = 0;
    for list in fields {
        let arguments = list["args"].as_array().expect("arguments").iter();
        let arguments: Vec<_> = arguments.filter_map(|it| it["name"].as_str()).collect();
        let name = list["name"].as_str().expect("a name");
        if !arguments.contains(&"orderBy") {
            continue;
        }
        lists += 1;
        for argument in ["first", "after", "last", "before", "asOf"] {
            assert!(arguments.contains(&argument), "{name} lacks {argument}");
        }
        let filter =
            if arguments.contains(&"filter") { "filter: { not: { or: [] } }, " } else { "" };
        let query = format!(
            "{{ {name}({filter}first: 100, orderBy: [{{ by: DATE, direction: DESC }}, {{ by: AMOUNT }}]) {{
                totalCount nodes {{ id }} aggregates {{ count amounts {{ undeclared }} }}
                groups(by: [SECTOR, POPULATION_GROUP]) {{ keys {{ value }} aggregates {{ count }} }} }} }}"
        );
        let answer = desk.ask(&query).await;
        let it = &answer[name];
        assert_eq!(it["totalCount"], it["aggregates"]["count"], "{name}");
        for id in ids(it) {
            let node = desk.ask(&format!("{{ node(id: \"{id}\") {{ id }} }}")).await;
            assert_eq!(node["node"]["id"], id, "{name}");
        }
    }
    assert_eq!(lists, crate::graphql::noun::KINDS.len(), "each noun has its list");
}

#[tokio::test]
async fn whatever_has_an_id_is_found_by_it_alone() {
    let desk = Desk::open().await;
    let intervention = field();
    let actor = listed(&desk, "actors(first: 1)").await.pop().expect("an actor");
    let query = format!(
        r#"{{
            node(id: "{intervention}") {{ __typename id ... on Intervention {{ stage }} }}
            nodes(ids: ["{actor}", "nobody", "{intervention}"]) {{ __typename id }}
            before: node(id: "{intervention}", asOf: {{ position: 1 }}) {{ id }}
        }}"#
    );
    let answer = desk.ask(&query).await;
    assert_eq!(answer["node"]["__typename"], "Intervention");
    assert_eq!(answer["node"]["stage"], "IN_SERVICE");
    assert_eq!(answer["nodes"][1], Value::Null);
    assert_eq!(answer["nodes"][2]["id"], intervention.to_string());
    assert_eq!(answer["before"], Value::Null);
    let many = vec!["\"x\""; 101].join(", ");
    assert_eq!(desk.errors_of(format!("{{ nodes(ids: [{many}]) {{ id }} }}")).await, 1);
}
