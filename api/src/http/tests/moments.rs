//! Which state an answer rests on, and lists that are paged through while the ledger grows.
use std::collections::BTreeSet;

use axum::http::header::RETRY_AFTER;
use proptest::prelude::*;

use super::*;

fn ledger(reply: &Reply) -> &Value {
    &reply.body["extensions"]["ledger"]
}

#[tokio::test]
async fn an_answer_says_which_state_it_rests_on() {
    let server = Server::start().await;
    let query = "{ ledger { position root moment { root } } }";
    let reply = server.post(&json!({ "query": query })).await;
    let (said, asked) = (ledger(&reply), &reply.body["data"]["ledger"]);
    assert_eq!(said["position"], asked["position"]);
    assert_eq!(said["root"], asked["root"]);
    assert_eq!(said["instant"], "2026-11-21T09:00:00Z");
    assert!(said.get("moments").is_none(), "{said}");

    let registered = server.register(10, "Belfaâ").await;
    assert_eq!(ledger(&registered)["position"], 6, "a payload rests on what it recorded");

    let then = "{ now: actors { totalCount } then: actors(asOf: {position: 3}) { totalCount } }";
    let reply = server.post(&json!({ "query": then })).await;
    assert_eq!(reply.body["data"]["now"]["totalCount"], 3);
    assert_eq!(reply.body["data"]["then"]["totalCount"], 1);
    let moments = ledger(&reply)["moments"].as_array().expect("two moments").clone();
    let positions: Vec<_> = moments.iter().map(|it| it["position"].as_u64()).collect();
    assert_eq!(positions, [Some(6), Some(3)]);
    assert_ne!(moments[0]["root"], moments[1]["root"]);
    let alone =
        server.post(&json!({"query": "{ actors(asOf: {position: 3}) { totalCount } }"})).await;
    assert_eq!(ledger(&alone), &moments[1], "the same state has the same root");
}

#[tokio::test]
async fn a_write_made_elsewhere_is_waited_for() {
    let server = Server::start().await;
    let waiting = |position: Value| {
        json!({
            "query": "{ actors { totalCount } }",
            "extensions": { "ledger": { "minPosition": position } }
        })
    };
    let known = server.post(&waiting(json!(5))).await;
    assert_eq!(known.body["data"]["actors"]["totalCount"], 2);
    let later = waiting(json!("6"));
    let (seen, _) = tokio::join!(server.post(&later), server.register(10, "Belfaâ"));
    assert_eq!(seen.body["data"]["actors"]["totalCount"], 3, "{}", seen.body);
    for wrong in [json!(-1), json!("x"), json!([6])] {
        let refused = server.post(&waiting(wrong)).await;
        assert_eq!(refused.body["errors"][0]["extensions"]["reason"], "PARAMETER_INVALID");
    }
}

#[tokio::test]
async fn a_position_that_nobody_writes_is_given_up() {
    let server = Server::impatient().await;
    let asked = |position: u64| {
        let body = json!({
            "query": "{ __typename }",
            "extensions": { "ledger": { "minPosition": position } }
        });
        let request = post().body(Body::from(body.to_string())).expect("a request");
        server.router.clone().oneshot(request)
    };
    let given_up = asked(6).await.expect("an answer");
    assert_eq!(given_up.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(given_up.headers()[RETRY_AFTER], "5");
    let body = to_bytes(given_up.into_body(), usize::MAX).await.expect("a body");
    let body: Value = serde_json::from_slice(&body).expect("it is JSON");
    let told = &body["errors"][0]["extensions"];
    assert_eq!(
        (&told["code"], &told["reason"]),
        (&json!("UNAVAILABLE"), &json!("POSITION_NOT_REACHED"))
    );
    let there = asked(5).await.expect("an answer");
    assert_eq!((there.status(), there.headers().get(RETRY_AFTER)), (StatusCode::OK, None));
}

/// What a reader does between two pages.
#[derive(Clone, Debug)]
enum Turn {
    Register,
    Next { size: u8 },
}

fn turns() -> impl Strategy<Value = Vec<Turn>> {
    let turn = prop_oneof![Just(Turn::Register), (1_u8..4).prop_map(|size| Turn::Next { size }),];
    prop::collection::vec(turn, 1..24)
}

/// The ids of one page, and the cursor that leads on.
async fn page(server: &Server, arguments: &str) -> (Vec<String>, Option<String>) {
    let query = format!(
        "{{ actors({arguments}) {{ nodes {{ id }} pageInfo {{ hasNextPage endCursor }} }} }}"
    );
    let answer = server.ask(&query).await;
    let nodes = answer["actors"]["nodes"].as_array().expect("nodes").iter();
    let ids = nodes.map(|it| it["id"].as_str().expect("an id").to_owned()).collect();
    let info = &answer["actors"]["pageInfo"];
    (ids, info["endCursor"].as_str().filter(|_| info["hasNextPage"] == true).map(str::to_owned))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn who_pages_through_a_moving_ledger_sees_each_object_once(turns in turns()) {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async {
            let server = Server::start().await;
            let mut number = 100;
            for _ in 0..7 {
                number += 1;
                server.register(number, &format!("Commune {number}")).await;
            }
            let (there, _) = page(&server, "first: 100").await;
            let (mut seen, mut after, mut over) = (Vec::new(), None::<String>, false);
            for turn in turns.iter().chain(std::iter::repeat_n(&Turn::Next { size: 3 }, 40)) {
                match turn {
                    Turn::Register if number < 160 => {
                        number += 1;
                        server.register(number, &format!("Commune {number}")).await;
                    }
                    Turn::Next { size } if !over => {
                        let cursor = after.as_ref().map(|it| format!(", after: \"{it}\"")).unwrap_or_default();
                        let (ids, next) = page(&server, &format!("first: {size}{cursor}")).await;
                        seen.extend(ids);
                        over = next.is_none();
                        after = next;
                    }
                    _ => {}
                }
            }
            let once: BTreeSet<_> = seen.iter().collect();
            assert!(over, "the list has an end");
            assert_eq!(once.len(), seen.len(), "nothing is seen twice");
            assert!(there.iter().all(|id| once.contains(id)), "nothing that was there is left out");
        });
    }
}
