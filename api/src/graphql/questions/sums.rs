//! What lists of figures come to, counted again from what they list.
use std::collections::{BTreeMap, BTreeSet};

use super::wholes::{AGGREGATES, adds_up, amounts, list, number};
use super::*;

#[tokio::test]
async fn the_money_of_the_flows_counts_once_whatever_the_layers() {
    let desk = Desk::open().await;
    let query = format!(
        "{{ fundingFlows(measure: GRANTED) {{
                total {{ sums {{ minor currency }} undeclared }}
                links(first: 1) {{ {AGGREGATES}
                    layers: groups(by: KIND) {{ keys {{ value }} {AGGREGATES} }}
                    programmes: groups(by: PROGRAMME) {{ keys {{ value }} {AGGREGATES} }} }} }}
            balances(groupBy: PROGRAMME) {{ programme {{ id }} balance {{
                granted {{ sums {{ minor currency }} undeclared }} }} }} }}"
    );
    let answer = desk.ask(&query).await;
    let flows = &answer["fundingFlows"];
    let total = &flows["total"];
    assert!(number(&total["sums"][0]["minor"]) > 0);
    assert_eq!(&flows["links"]["aggregates"]["amounts"], total);
    let layers = list(&flows["links"]["layers"]);
    assert_eq!(layers.len(), 3);
    assert!(layers.iter().all(|it| &it["aggregates"]["amounts"] == total), "{layers:?}");
    let mut compared = 0;
    for balance in list(&answer["balances"]) {
        let id = &balance["programme"]["id"];
        let mut groups = list(&flows["links"]["programmes"]).iter();
        let Some(group) = groups.find(|it| it["keys"][0]["value"] == *id) else { continue };
        assert_eq!(group["aggregates"]["amounts"], balance["balance"]["granted"], "{id}");
        compared += 1;
    }
    assert!(compared > 0);
}

/// Two interventions under one title, at communes that no other names: at both over 100 dirhams, at the
/// first over 5 euros. Gives the second commune.
async fn propose_two(desk: &Desk) -> Value {
    let free =
        "{ gaps(within: \"region-souss-massa\") { gaps(first: 2) { nodes { commune { id } } } } }";
    let free = desk.ask(free).await["gaps"]["gaps"]["nodes"].clone();
    let [one, other] = [0, 1].map(|at| free[at]["commune"]["id"].clone());
    for (places, budget) in [
        (format!("{one}, {other}"), "10000, currency: MAD"),
        (one.to_string(), "500, currency: EUR"),
    ] {
        let fields = format!(
            "title: {{text: \"Atelier de couture\"}}, territories: [{places}], groups: [YOUTH],
                budget: {{minor: {budget}}}"
        );
        desk.recorded("region-souss-massa", "interventionPropose", &fields).await;
    }
    other
}

#[tokio::test]
async fn a_budget_that_stands_in_two_rows_counts_once_and_as_of_the_past_not_at_all() {
    let desk = Desk::open().await;
    let query = |as_of: &str| {
        format!(
            "{{ interventions {{ totalCount }}
                matrix(rows: COMMUNE, columns: STAGE{as_of}) {{
                    total {{ count }}
                    rows(first: 30) {{ {AGGREGATES}
                        groups(by: [TERRITORY, STAGE]) {{ keys {{ value }} {AGGREGATES} }}
                        nodes {{ value {{ code }} total {{ count }} }} }}
                    columns(first: 1) {{ {AGGREGATES} }} }}
                likelyDuplicates {{ pairs(first: 1) {{ {AGGREGATES}
                    groups(by: KIND) {{ keys {{ value }} {AGGREGATES} }} }} }} }}"
        )
    };
    let before = desk.ask(&query("")).await;
    let position = desk.app().now().position.0;
    let place = propose_two(&desk).await;
    let after = desk.ask(&query("")).await;
    let matrix = &after["matrix"];
    let unknown = number(&before["matrix"]["total"]["count"]);
    let before_rows = amounts(&before["matrix"]["rows"]["aggregates"]);
    assert_eq!(before_rows, [("", unknown)].into(), "the story declares no budget");
    let rows = list(&before["matrix"]["rows"]["nodes"]).iter();
    let stand: i64 = rows.map(|it| number(&it["total"]["count"])).sum();
    assert!(stand > unknown, "some of them stand in several rows");

    let all = BTreeMap::from([("MAD", 10_000), ("EUR", 500), ("", unknown)]);
    for axis in ["rows", "columns"] {
        assert_eq!(amounts(&matrix[axis]["aggregates"]), all, "{axis}");
    }
    let mut groups = list(&matrix["rows"]["groups"]).iter();
    let keys = json!([{ "value": place }, { "value": "IDEA" }]);
    let there = groups.find(|it| it["keys"] == keys).expect("a group");
    // Two rows have an intervention there: its own, and that of the other commune through the one that
    // names both. What stands in them counts once.
    assert_eq!(there["aggregates"]["count"], 2);
    assert_eq!(amounts(&there["aggregates"]), [("MAD", 10_000), ("EUR", 500)].into());

    let pairs = &after["likelyDuplicates"]["pairs"];
    let count =
        |answer: &Value| number(&answer["likelyDuplicates"]["pairs"]["aggregates"]["count"]);
    assert_eq!(count(&after), count(&before) + 1);
    let mut groups = list(&pairs["groups"]).iter();
    let same = groups.find(|it| it["keys"][0]["value"] == "SAME_TITLE").expect("one pair");
    assert_eq!(amounts(&same["aggregates"]), [("MAD", 10_000), ("EUR", 500)].into());

    let past = desk.ask(&query(&format!(", asOf: {{ position: {position} }}"))).await;
    assert_eq!(past["matrix"], before["matrix"]);
    assert_eq!(number(&past["interventions"]["totalCount"]), unknown + 2);
}

#[tokio::test]
async fn corrections_that_wait_come_to_what_they_would_say() {
    let desk = Desk::open().await;
    let why = "reason: {text: \"Erreur de saisie\"}";
    propose_two(&desk).await;
    let answer = desk
        .ask("{ interventions(filter: { text: \"Atelier de couture\" }) { nodes { id budget { currency } } } }")
        .await;
    for it in list(&answer["interventions"]["nodes"]) {
        let to = match it["budget"]["currency"].as_str() {
            Some("EUR") => "{to: {minor: 700, currency: EUR}}",
            _ => "{}",
        };
        let fields = format!("intervention: {}, figure: {{budget: {to}}}, {why}", it["id"]);
        desk.recorded("region-souss-massa", "interventionProposeCorrection", &fields).await;
    }
    let (request, payment): (Uuid, Uuid) =
        (demo::id("request/exemple-terrain"), demo::id("disbursement/exemple-terrain/1"));
    let fields = format!(
        "fundingRequest: \"{request}\", figure: {{disbursement: {{disbursement: \"{payment}\",
            to: {{minor: 18000000, currency: MAD}}}}}}, {why}"
    );
    desk.recorded("afd", "fundingRequestProposeCorrection", &fields).await;

    let answer = desk
        .ask(&format!(
            "{{ it: pendingCorrections(first: 1) {{ totalCount {AGGREGATES}
                groups(by: KIND) {{ keys {{ value }} {AGGREGATES} }}
                two: groups(by: [SUBJECT_KIND, STAGE]) {{ keys {{ by value }} aggregates {{ count }} }}
            }} }}"
        ))
        .await;
    let it = &answer["it"];
    assert_eq!(it["totalCount"], 3);
    let all = [("MAD", 18_000_000), ("EUR", 700), ("", 1)];
    assert_eq!(amounts(&it["aggregates"]), all.into(), "never converted, never taken for nothing");
    adds_up("pendingCorrections", it, true);
    let groups = list(&it["groups"]);
    assert_eq!(groups.len(), 2);
    assert_eq!(groups[0]["keys"], json!([{ "value": "BUDGET" }]));
    assert_eq!(amounts(&groups[0]["aggregates"]), [("EUR", 700), ("", 1)].into());
    assert_eq!(groups[1]["keys"], json!([{ "value": "DISBURSEMENT" }]));
    assert_eq!(amounts(&groups[1]["aggregates"]), [("MAD", 18_000_000)].into());
    let key = |by: &str, value: &str| json!({ "by": by, "value": value });
    let group = |kind, count| {
        let keys = [key("SUBJECT_KIND", kind), key("STAGE", "WAITING")];
        json!({ "keys": keys, "aggregates": { "count": count } })
    };
    let both = [group("FUNDING_REQUEST", 1), group("INTERVENTION", 2)];
    assert_eq!(it["two"], json!(both));
}

/// How many of `nodes` have each value of `of`, as groups.
fn tally(nodes: &Value, of: impl Fn(&Value) -> Option<String>) -> Value {
    let mut counts = BTreeMap::<_, usize>::new();
    for node in list(nodes) {
        *counts.entry(of(node)).or_default() += 1;
    }
    let group = |(value, count): (Option<String>, usize)| json!({ "keys": [{ "value": value }], "aggregates": { "count": count } });
    counts.into_iter().map(group).collect()
}

#[tokio::test]
async fn lists_of_figures_are_grouped_by_what_their_entries_say() {
    let desk = Desk::open().await;
    let group = "{ keys { value } aggregates { count } }";
    let timeline = format!("timeline(kind: INTERVENTION, id: \"{}\"", field());
    let query = format!(
        "{{ actionPoints {{ nodes {{ due closing {{ done }} }} }}
            actions: actionPoints(first: 1) {{
                groups(by: STAGE) {group} years: groups(by: YEAR) {group} {AGGREGATES} }}
            conflicts {{ nodes {{ topic open subject {{ kind }} }} }}
            disagreements: conflicts(first: 1) {{ stages: groups(by: STAGE) {group}
                kinds: groups(by: KIND) {group} subjects: groups(by: SUBJECT_KIND) {group} }}
            mobilityOpportunities {{ nodes {{ country pathway }} }}
            ways: mobilityOpportunities(first: 1) {{
                countries: groups(by: COUNTRY) {group} kinds: groups(by: KIND) {group} }}
            sectors(first: 100, filter: {{ text: \"15\" }}) {{ nodes {{ category {{ code }} }} }}
            codes: sectors(first: 1, filter: {{ text: \"15\" }}) {{
                groups(by: SECTOR_CATEGORY) {group} }}
            dataQuality {{ counts {{ kind count }} issues(last: 1) {{ groups(by: KIND) {group} }} }}
            {timeline}, first: 100) {{ nodes {{ name effective subjectKind }} }}
            events: {timeline}, first: 1) {{ {AGGREGATES}
                names: groups(by: KIND) {group} years: groups(by: YEAR) {group}
                subjects: groups(by: SUBJECT_KIND) {group} }} }}"
    );
    let answer = desk.ask(&query).await;
    let text = |it: &'static str| move |node: &Value| node[it].as_str().map(str::to_owned);
    let nodes = &answer["actionPoints"]["nodes"];
    let stage = |it: &Value| match it["closing"]["done"].as_bool() {
        None => Some("OPEN".to_owned()),
        Some(true) => Some("DONE".to_owned()),
        Some(false) => Some("GIVEN_UP".to_owned()),
    };
    assert_eq!(answer["actions"]["groups"], tally(nodes, stage));
    assert_eq!(
        answer["actions"]["years"],
        tally(nodes, |it| Some(it["due"].as_str()?[..4].into()))
    );
    let dues: BTreeSet<_> = list(nodes).iter().map(|it| it["due"].as_str()).collect();
    let whole = &answer["actions"]["aggregates"];
    assert_eq!(whole["firstDate"].as_str(), *dues.first().expect("a day"));
    assert_eq!(whole["lastDate"].as_str(), *dues.last().expect("a day"));

    let nodes = &answer["conflicts"]["nodes"];
    let stage = |it: &Value| Some(if it["open"] == true { "OPEN" } else { "SETTLED" }.to_owned());
    let subject = |it: &Value| it["subject"]["kind"].as_str().map(str::to_owned);
    assert_eq!(answer["disagreements"]["stages"], tally(nodes, stage));
    assert_eq!(answer["disagreements"]["kinds"], tally(nodes, text("topic")));
    assert_eq!(answer["disagreements"]["subjects"], tally(nodes, subject));

    let nodes = &answer["mobilityOpportunities"]["nodes"];
    assert_eq!(answer["ways"]["countries"], tally(nodes, text("country")));
    assert_eq!(answer["ways"]["kinds"], tally(nodes, text("pathway")));
    let category = |it: &Value| it["category"]["code"].as_str().map(str::to_owned);
    assert_eq!(answer["codes"]["groups"], tally(&answer["sectors"]["nodes"], category));
    assert!(list(&answer["codes"]["groups"]).len() > 1);

    let issues = list(&answer["dataQuality"]["issues"]["groups"]).iter();
    let counted = list(&answer["dataQuality"]["counts"]).iter();
    let told: BTreeMap<_, _> =
        issues.map(|it| (it["keys"][0]["value"].to_string(), &it["aggregates"]["count"])).collect();
    assert_eq!(told, counted.map(|it| (it["kind"].to_string(), &it["count"])).collect());

    let (nodes, events) = (&answer["timeline"]["nodes"], &answer["events"]);
    assert_eq!(events["names"], tally(nodes, text("name")));
    assert_eq!(events["subjects"], tally(nodes, text("subjectKind")));
    let year = |it: &Value| {
        let effective = it["effective"].as_str().filter(|it| *it != "unknown")?;
        Some(effective[..4].to_owned())
    };
    assert_eq!(events["years"], tally(nodes, year));
    assert_eq!(events["aggregates"]["count"], json!(list(nodes).len()));
}
