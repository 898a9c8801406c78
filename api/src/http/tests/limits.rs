//! What is too much, as a client meets it: for each limit a request that is refused, with the status
//! and the code, beside one that just passes. `graphql/admission` and `graphql/limits.rs` measure.
use super::*;
use crate::graphql::admission;

/// A request with `query`, and what refuses it, where something does.
pub(super) struct Case {
    pub(super) query: String,
    pub(super) reason: Option<&'static str>,
}

pub(super) fn cases() -> Vec<Case> {
    let aliases = |count: usize| -> String {
        (0..count).map(|at| format!("a{at}: __typename ")).collect::<Vec<_>>().concat()
    };
    let deep = |levels: usize| {
        let within = levels - 4;
        let (open, close) = ("{ofType".repeat(within), "}".repeat(within));
        format!("__schema{{types{{fields{{type{open}{{name}}{close}}}}}}}")
    };
    let long = |bytes: usize| format!("__typename{}", " ".repeat(bytes - 14));
    let skips = |count: usize| format!("__typename{}", " @skip(if: false)".repeat(count));
    let wide = |count: usize| "__typename ".repeat(count);
    let page = |first: i32| format!("actors(first: {first}) {{ totalCount }}");
    let both = |passing: String, refused: String, reason| {
        let case = |query, reason| Case { query: format!("{{ {query} }}"), reason };
        [case(passing, None), case(refused, Some(reason))]
    };
    [
        both(aliases(100), aliases(101), "QUERY_TOO_MANY_ALIASES"),
        both(deep(14), deep(15), "QUERY_TOO_DEEP"),
        both(long(65_536), long(65_537), "QUERY_TOO_LONG"),
        both(skips(1), skips(11), "QUERY_TOO_MANY_DIRECTIVES"),
        both(wide(5_000), wide(5_001), "QUERY_TOO_WIDE"),
        both(
            "likelyDuplicates { complete }".to_owned(),
            (0..30)
                .map(|at| format!("a{at}: likelyDuplicates {{ complete }} "))
                .collect::<Vec<_>>()
                .concat(),
            "QUERY_TOO_COMPLEX",
        ),
        both(page(100), page(101), "PAGE_SIZE_INVALID"),
        both(page(1), page(0), "PAGE_SIZE_INVALID"),
        both(page(1), page(-1), "PAGE_SIZE_INVALID"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[tokio::test]
async fn each_limit_refuses_what_is_beyond_it_and_nothing_else() {
    let server = Server::start().await;
    for Case { query, reason } in cases() {
        let reply = server.post(&json!({"query": query})).await;
        let told = &reply.body["errors"][0]["extensions"];
        let Some(reason) = reason else {
            assert_eq!(reply.status, StatusCode::OK, "{query:.100}: {}", reply.body);
            assert!(reply.body.get("errors").is_none(), "{query:.100}: {}", reply.body);
            continue;
        };
        assert_eq!(told["reason"], reason, "{query:.100}: {}", reply.body);
        assert!(told["traceId"].is_string());
        let page = reason == "PAGE_SIZE_INVALID";
        let code = if page { "BAD_USER_INPUT" } else { "QUERY_TOO_COMPLEX" };
        assert_eq!(told["code"], code, "{}", reply.body);
        // A page is refused where the field is executed, the rest before anything is.
        let status = if page { StatusCode::OK } else { StatusCode::BAD_REQUEST };
        assert_eq!(reply.status, status, "{query:.100}: {}", reply.body);
    }
}

#[tokio::test]
async fn a_body_of_256_kilobytes_is_read_and_one_byte_more_is_not() {
    let server = Server::start().await;
    let body = |bytes: usize| {
        let start = r#"{"query": "{ __typename }", "variables": {"v": ""#;
        format!("{start}{}\"}}}}", "x".repeat(bytes - start.len() - 3))
    };
    for (bytes, status) in [
        (operation::BODY_BYTES_MAX, StatusCode::OK),
        (operation::BODY_BYTES_MAX + 1, StatusCode::PAYLOAD_TOO_LARGE),
    ] {
        let text = body(bytes);
        assert_eq!(text.len(), bytes);
        let reply = server.send(post().body(text.into()).expect("a request")).await;
        assert_eq!(reply.status, status, "{}", reply.body);
    }
}

#[tokio::test]
async fn the_cost_of_an_operation_is_told_with_what_it_may_be() {
    let server = Server::start().await;
    let query = "query($n: Int) { actors(first: $n) { nodes { id name } } }";
    let reply = server.post(&json!({"query": query, "variables": {"n": 10}})).await;
    let cost = &reply.body["extensions"]["cost"];
    // The page, and ten times the field `nodes` with its two.
    assert_eq!(
        cost,
        &json!({"complexity": 31, "maxComplexity": 50_000, "depth": 3, "maxDepth": 15})
    );
}

/// What overflowed the stack of the parser, and took the server with it.
#[tokio::test]
async fn brackets_within_brackets_do_not_end_the_server() {
    let server = Server::start().await;
    for open in ["[", "{a:", "{a", "(a:", "\"\"\"\" ["] {
        let query = format!("{{a(b:{}", open.repeat(admission::QUERY_BYTES_MAX / open.len() - 2));
        let reply = server.post(&json!({"query": query})).await;
        assert_eq!(reply.status, StatusCode::BAD_REQUEST, "{open}");
    }
    let variables = format!("{}1{}", "[".repeat(100_000), "]".repeat(100_000));
    let body = format!(r#"{{"query": "{{ __typename }}", "variables": {{"v": {variables}}}}}"#);
    let reply = server.send(post().body(body.into()).expect("a request")).await;
    assert_eq!(reply.body["errors"][0]["extensions"]["reason"], "JSON_INVALID", "{}", reply.body);
}
