//! Who does what, where and when, asked of the demonstration ledger.
use serde_json::json;

use super::*;

#[tokio::test]
async fn the_matrix_counts_each_intervention_once_in_a_total() {
    let desk = Desk::open().await;
    let tally = "count budgets { sums { minor currency } undeclared }";
    let query = format!(
        r#"{{
            interventions {{ totalCount }}
            matrix(rows: ROLE, columns: ACTOR) {{
                total {{ {tally} }}
                columns(first: 100) {{ nodes {{ value {{ none code actor {{ name }} }} }} }}
                rows(first: 100) {{ totalCount nodes {{
                    value {{ none code role sector {{ code }} }}
                    total {{ {tally} interventions(first: 1) {{ totalCount }} }}
                    cells(first: 5) {{ totalCount nodes {{
                        column {{ actor {{ name }} }} tally {{ count }}
                    }} }}
                }} }}
            }}
            sectors: matrix(rows: SECTOR, columns: YEAR, effectiveOn: "2024-06-01") {{
                total {{ count }}
                rows {{ nodes {{ value {{ none }} total {{ count }} }} }}
                columns {{ nodes {{ value {{ year }} }} }}
            }}
        }}"#
    );
    let answer = desk.ask(&query).await;
    let matrix = &answer["matrix"];
    assert_eq!(matrix["total"]["count"], answer["interventions"]["totalCount"]);
    let rows = matrix["rows"]["nodes"].as_array().expect("a list");
    let lead = rows.iter().find(|it| it["value"]["role"] == "LEAD").expect("somebody leads");
    let count = lead["total"]["count"].as_u64().expect("a count");
    let cells = lead["cells"]["nodes"].as_array().expect("a list").iter();
    let cells = cells.filter_map(|it| it["tally"]["count"].as_u64()).sum::<u64>();
    assert!(0 < count && count <= cells, "{lead}");
    assert_eq!(lead["total"]["interventions"]["totalCount"], lead["total"]["count"]);
    let total = |answer: &Value| answer["total"]["count"].as_u64();
    let sectors = &answer["sectors"];
    let rows = sectors["rows"]["nodes"].as_array().expect("a list");
    assert!(rows.iter().filter_map(total).sum::<u64>() >= total(sectors).expect("a count"));
    let columns = sectors["columns"]["nodes"].as_array().expect("a list").iter();
    assert!(columns.map(|it| &it["value"]["year"]).all(|it| *it == 2024 || it.is_null()));
}

#[tokio::test]
async fn the_flows_carry_what_the_balances_say() {
    let desk = Desk::open().await;
    for (measure, field) in [("ASKED", "asked"), ("GRANTED", "granted"), ("DISBURSED", "disbursed")]
    {
        let amounts = "sums { minor currency } undeclared";
        let query = format!(
            r"{{
                fundingFlows(measure: {measure}) {{
                    total {{ {amounts} }} parts
                    links(first: 100) {{ nodes {{
                        layer amounts {{ {amounts} }}
                        from {{ unknown several funder {{ name }} programme {{ acronym }} }}
                        to {{ unknown category {{ code }} territory {{ id }} }}
                    }} }}
                }}
                balances(groupBy: PROGRAMME) {{ balance {{ {field} {{ {amounts} }} }} }}
            }}"
        );
        let answer = desk.ask(&query).await;
        let sum = |all: &mut dyn Iterator<Item = &Value>| -> i64 {
            let sums = all.flat_map(|it| it["sums"].as_array().expect("a list"));
            sums.filter_map(|it| it["minor"].as_i64()).sum()
        };
        let flows = &answer["fundingFlows"];
        let total = sum(&mut std::iter::once(&flows["total"]));
        let balances = answer["balances"].as_array().expect("a list").iter();
        assert_eq!(total, sum(&mut balances.map(|it| &it["balance"][field])), "{measure}");
        assert!(measure != "GRANTED" || total > 0);
        for layer in ["FUNDER_TO_PROGRAMME", "PROGRAMME_TO_THEME", "THEME_TO_TERRITORY"] {
            let links = flows["links"]["nodes"].as_array().expect("a list").iter();
            let links = links.filter(|it| it["layer"] == layer).map(|it| &it["amounts"]);
            assert_eq!(sum(&mut { links }), total, "{measure} {layer}");
        }
    }
    let set_aside = "{ fundingFlows(measure: SET_ASIDE, filter: { within: \"ma\" }) {
        parts total { sums { minor } } } }";
    let answer = desk.ask(set_aside).await;
    assert!(answer["fundingFlows"]["parts"].as_i64() > Some(0), "{answer}");
}

#[tokio::test]
async fn the_communes_that_no_intervention_names_are_counted_and_named() {
    let desk = Desk::open().await;
    let answer = desk
        .ask(
            r#"{ gaps(within: "province-chtouka-ait-baha", group: YOUTH) {
                communes covered coveredByWider uncovered
                gaps(first: 100) { totalCount nodes {
                    coveredBy commune { nameFr } around { count }
                } }
            } }"#,
        )
        .await;
    let gaps = &answer["gaps"];
    let number = |field: &str| gaps[field].as_u64().expect("a number");
    assert_eq!(number("communes"), 22);
    let apart = number("coveredByWider") + number("uncovered");
    assert_eq!(number("covered") + apart, 22);
    assert_eq!(gaps["gaps"]["totalCount"].as_u64(), Some(apart));
    let nodes = gaps["gaps"]["nodes"].as_array().expect("a list");
    assert!(nodes.iter().all(|it| it["commune"]["nameFr"] != "Belfaâ"));
}

#[tokio::test]
async fn the_reference_lists_are_asked_by_code_and_by_name() {
    let desk = Desk::open().await;
    let answer = desk
        .ask(
            r#"{
                migration: sectors(filter: { text: "MIGRATION" }) {
                    nodes { code nameFr nameEn category { code nameFr } }
                }
                social: sectors(filter: { within: "160", text: "1606" }) { nodes { code } }
                sectorCategories { code }
                goals(filter: { of: "10" }, first: 100) {
                    nodes { code nameFr wordingEn goal { code } }
                }
                wholes: goals(filter: { wholesOnly: true }) { totalCount }
                actorKinds { kind organisationType { code nameFr nameEn } }
                old: territories(filter: { text: "09.163.07.27" }) { nodes { id codes { code } } }
                arabic: territories(filter: { text: "سيدي بيبي" }) { nodes { id } }
                actors(filter: { text: "Belfaa" }, first: 1) {
                    nodes { organisationType { code } }
                }
            }"#,
        )
        .await;
    let migration = &answer["migration"]["nodes"];
    let codes = migration.as_array().expect("a list").iter().filter_map(|it| it["code"].as_str());
    assert!(codes.collect::<Vec<_>>().contains(&"15190"), "{migration}");
    assert_eq!(answer["social"]["nodes"][0]["code"], "16061");
    assert_eq!(answer["goals"]["nodes"][0]["code"], "10");
    let last = answer["goals"]["nodes"].as_array().and_then(|it| it.last()).expect("a target");
    assert_eq!((&last["code"], &last["goal"]["code"]), (&json!("10.c"), &json!("10")));
    assert_eq!(answer["wholes"]["totalCount"], 17);
    let kinds = answer["actorKinds"].as_array().expect("a list");
    let commune = kinds.iter().find(|it| it["kind"] == "COMMUNE").expect("a kind");
    assert_eq!(commune["organisationType"]["code"], "11");
    let sidi_bibi = json!("commune-sidi-bibi");
    assert_eq!(answer["old"]["nodes"][0]["id"], sidi_bibi);
    assert_eq!(answer["old"]["nodes"][0]["codes"].as_array().map(Vec::len), Some(2));
    assert_eq!(answer["arabic"]["nodes"][0]["id"], sidi_bibi);
}

#[tokio::test]
async fn likely_duplicates_and_overlaps_are_asked_page_by_page() {
    let desk = Desk::open().await;
    let answer = desk
        .ask(
            r#"{
                likelyDuplicates { complete scoreMinPerMille pairs(first: 5) {
                    totalCount nodes { scorePerMille reasons first { id } second { id } }
                } }
                overlaps(by: CATEGORY, within: "region-souss-massa", first: 5) {
                    totalCount nodes {
                        from to sector { code } category { code } territory { id }
                        leads { name } members(first: 5) { nodes {
                            wider named { id } leads { name } intervention { id }
                        } }
                    }
                }
            }"#,
        )
        .await;
    assert_eq!(answer["likelyDuplicates"]["complete"], true);
    assert_eq!(answer["likelyDuplicates"]["scoreMinPerMille"], 500);
    assert!(answer["overlaps"]["totalCount"].is_u64());
}
