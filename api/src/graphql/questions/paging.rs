//! Lists of figures, page by page from their end.
use super::wholes::list;
use super::*;

#[tokio::test]
async fn what_is_behind_a_figure_is_paged_from_its_end() {
    let desk = Desk::open().await;
    let ask = async |field: &str, page: &str| {
        let info = if field == "events" {
            "nodes { position } hasNextPage hasPreviousPage startCursor endCursor"
        } else {
            "nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }"
        };
        let query = format!(
            "{{ fundingFlows(measure: GRANTED) {{ lineage {{ {field}({page}) {{ {info} }} }} }} }}"
        );
        let answer = desk.ask(&query).await;
        let mut it = answer["fundingFlows"]["lineage"][field].clone();
        if field != "events" {
            let info = it["pageInfo"].take();
            it.as_object_mut().expect("an object").extend(info.as_object().cloned().expect("one"));
        }
        it
    };
    for field in ["counts", "restsOn", "events"] {
        let all = ask(field, "first: 100").await;
        assert_eq!((&all["hasNextPage"], &all["hasPreviousPage"]), (&json!(false), &json!(false)));
        let all = list(&all["nodes"]).to_vec();
        let (mut met, mut before) = (Vec::new(), String::new());
        loop {
            let it = ask(field, &format!("last: 2{before}")).await;
            assert_eq!(it["hasNextPage"], !before.is_empty(), "{field}");
            met.splice(0..0, list(&it["nodes"]).iter().cloned());
            before = format!(", before: {}", it["startCursor"]);
            if it["hasPreviousPage"] == false {
                break;
            }
        }
        assert_eq!(met, all, "{field}");
        assert!(all.len() > 2, "{field}");
        let first = ask(field, "first: 1").await;
        let last = ask(field, "last: 1").await;
        let between =
            format!("first: 100, after: {}, before: {}", first["endCursor"], last["startCursor"]);
        let between = ask(field, &between).await;
        assert_eq!(list(&between["nodes"]), &all[1..all.len() - 1], "{field}");
        assert_eq!(between["hasNextPage"], true);
    }
}

#[tokio::test]
async fn an_actors_network_and_the_issues_are_paged_from_their_end() {
    let desk = Desk::open().await;
    let answer = desk
        .ask(
            "{ actors(first: 100) { nodes { network(first: 100) { nodes { actor { id } } }
                    last: network(last: 1) { nodes { actor { id } } } } }
               dataQuality { issues(first: 100) { totalCount nodes { kind } }
                    last: issues(last: 2) { nodes { kind } pageInfo { hasPreviousPage } } } }",
        )
        .await;
    let mut met = 0;
    for it in list(&answer["actors"]["nodes"]) {
        let last = list(&it["network"]["nodes"]).last();
        assert_eq!(list(&it["last"]["nodes"]).last(), last);
        met += usize::from(last.is_some());
    }
    assert!(met > 1);
    let quality = &answer["dataQuality"];
    let all = list(&quality["issues"]["nodes"]);
    assert_eq!(quality["issues"]["totalCount"], json!(all.len()));
    assert_eq!(list(&quality["last"]["nodes"]), &all[all.len() - 2..]);
    assert_eq!(quality["last"]["pageInfo"]["hasPreviousPage"], true);
}
