//! Streams: what comes, in which order, what a reader that was cut off sees, and what is refused.
use axum::body::BodyDataStream;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, RETRY_AFTER};
use futures_util::StreamExt as _;
use futures_util::future::join;

use super::commands::begun;
use super::*;

const REGION: (ActorId, MandateId) = (ACTOR, MANDATE);
const COMMUNE: (ActorId, MandateId) = (APPLICANT, APPLICANT_MANDATE);
/// Every event of a ledger that was just founded.
const FOUNDING: u64 = 5;
const EVENTS: &str = "subscription($after: Position) { events(after: $after) { position name } }";

/// One event of a stream.
#[derive(Debug, PartialEq)]
struct Told {
    event: String,
    id: Option<u64>,
    data: Value,
}

/// Who reads a stream.
struct Reader {
    body: BodyDataStream,
    text: String,
}

impl Reader {
    fn of(response: Response) -> Self {
        assert_eq!(response.status(), StatusCode::OK);
        Self { body: response.into_body().into_data_stream(), text: String::new() }
    }

    /// The next event; none once the stream has ended.
    async fn next(&mut self) -> Option<Told> {
        loop {
            while let Some((block, rest)) = self.text.split_once("\n\n") {
                let told = read(block);
                self.text = rest.to_owned();
                if told.is_some() {
                    return told;
                }
            }
            let limit = Duration::from_secs(20);
            let part = tokio::time::timeout(limit, self.body.next()).await;
            let part = part.expect("something comes")?.expect("the body is read");
            self.text.push_str(std::str::from_utf8(&part).expect("it is text"));
        }
    }

    /// The ids of the next `count` events.
    async fn ids(&mut self, count: usize) -> Vec<u64> {
        let mut ids = Vec::new();
        while ids.len() < count {
            let told = self.next().await.expect("the stream goes on");
            assert_eq!(told.event, "next", "{told:?}");
            ids.extend(told.id);
        }
        ids
    }

    /// Asserts that the stream has ended as one of the server's own does.
    async fn completes(&mut self) {
        let told = self.next().await.expect("it says that it is complete");
        assert_eq!((told.event.as_str(), told.id), ("complete", None));
        assert_eq!(self.next().await, None);
    }
}

/// What a block of lines says; nothing where it is a comment.
fn read(block: &str) -> Option<Told> {
    let field = |name: &str| block.lines().find_map(|it| it.strip_prefix(name)).map(str::trim);
    let data = field("data:").filter(|it| !it.is_empty());
    Some(Told {
        event: field("event:")?.to_owned(),
        id: field("id:").map(|it| it.parse().expect("an id is a position")),
        data: data.map_or(Value::Null, |it| serde_json::from_str(it).expect("data are JSON")),
    })
}

impl Server {
    /// Asks for a stream, after the event `last` where there is one.
    async fn open(&self, body: &Value, last: Option<&str>) -> Response {
        let mut request = post().body(Body::from(body.to_string())).expect("a request");
        let headers = request.headers_mut();
        headers.insert(ACCEPT, HeaderValue::from_static("text/event-stream"));
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip, br"));
        if let Some(last) = last {
            headers.insert("last-event-id", HeaderValue::from_str(last).expect("a header"));
        }
        self.router.clone().oneshot(request).await.expect("an answer")
    }

    /// The stream of `query`.
    async fn follow(&self, query: &str, variables: Value, last: Option<u64>) -> Reader {
        let body = json!({"query": query, "variables": variables});
        let last = last.map(|it| it.to_string());
        Reader::of(self.open(&body, last.as_deref()).await)
    }

    /// What refuses a stream: its status and its reason.
    async fn unfit(&self, query: &str, last: Option<&str>) -> (u16, String) {
        let response = self.open(&json!({"query": query}), last).await;
        let status = response.status().as_u16();
        let reason = refusal(response).await["reason"].clone();
        (status, reason.as_str().unwrap_or_default().to_owned())
    }

    /// Records `count` actors, each one event.
    async fn grow(&self, names: &str, count: u8) {
        for number in 0..count {
            let name = format!("{names} {number}");
            let fields = format!("name: \"{name}\", kind: COMMUNE, country: \"MA\"");
            self.done(REGION, "actorRegister", &fields).await;
        }
    }
}

/// What programs are told of a stream that is refused.
async fn refusal(response: Response) -> Value {
    let body = to_bytes(response.into_body(), usize::MAX).await.expect("a body");
    let body: Value = serde_json::from_slice(&body).expect("it is refused in JSON");
    body["errors"][0]["extensions"].clone()
}

#[tokio::test]
async fn every_event_comes_once_and_in_order_from_the_past_into_the_present() {
    let server = Server::start().await;
    let body = json!({"query": EVENTS, "variables": {"after": 0}});
    let response = server.open(&body, None).await;
    let headers = response.headers().clone();
    assert_eq!(headers[CONTENT_TYPE], "text/event-stream");
    assert_eq!(headers[CACHE_CONTROL], "no-store");
    assert_eq!(headers["x-accel-buffering"], "no");
    assert!(headers.get(CONTENT_ENCODING).is_none(), "what is compressed waits for more");
    let mut reader = Reader::of(response);
    for position in 1..=FOUNDING {
        let told = reader.next().await.expect("it is there");
        assert_eq!((told.event.as_str(), told.id), ("next", Some(position)));
        assert_eq!(told.data["data"]["events"]["position"], position);
    }
    let mut now = server.follow(EVENTS, json!({}), None).await;
    server.grow("Commune", 150).await;
    let all: Vec<u64> = (FOUNDING + 1..=FOUNDING + 150).collect();
    assert_eq!(reader.ids(150).await, all);
    assert_eq!(now.ids(150).await, all, "from when it was opened");
}

#[tokio::test]
async fn one_subject_and_some_kinds_are_followed_alone() {
    let server = Server::start().await;
    let subject = format!("{{kind: ACTOR, id: \"{ACTOR}\"}}");
    server.grow("Commune", 3).await;
    let trail = format!(
        "{{ timeline(kind: ACTOR, id: \"{ACTOR}\", first: 100) {{ nodes {{ position }} }} }}"
    );
    let trail = server.ask(&trail).await["timeline"]["nodes"].clone();
    let trail: Vec<u64> =
        trail.as_array().expect("a list").iter().filter_map(|it| it["position"].as_u64()).collect();
    assert!(trail.len() >= 2 && trail.len() < 8, "{trail:?}");
    let query = format!("subscription {{ events(after: 0, subject: {subject}) {{ position }} }}");
    assert_eq!(server.follow(&query, json!({}), None).await.ids(trail.len()).await, trail);
    let none = format!(
        "subscription {{ events(after: 0, subject: {subject}, kinds: [LEDGER, COMMITMENT]) {{ position }} }}"
    );
    let mut none = server.follow(&none, json!({}), None).await;
    let kinds = "subscription { events(after: 0, kinds: [LEDGER, COMMITMENT]) { position name } }";
    let mut kinds = server.follow(kinds, json!({}), None).await;
    assert_eq!(kinds.ids(1).await, [1]);
    let fields = format!("to: \"{ACTOR}\", title: {{text: \"Ballons\"}}, pledge: {{days: 3}}");
    server.done(COMMUNE, "commitmentOffer", &fields).await;
    // The offer names both actors; nothing before it is of these kinds and of this subject.
    assert_eq!(kinds.ids(1).await, [FOUNDING + 4]);
    assert_eq!(none.ids(1).await, [FOUNDING + 4]);
}

#[tokio::test]
async fn a_stream_is_taken_up_after_the_last_event_that_was_seen() {
    let server = Server::start().await;
    let mut reader = server.follow(EVENTS, json!({"after": 4}), Some(2)).await;
    assert_eq!(reader.ids(3).await, [3, 4, 5], "the header wins over the variable");
    assert_eq!(server.follow(EVENTS, json!({"after": 4}), None).await.ids(1).await, [5]);
    for wrong in ["-1", "1.5", "x", "9007199254740992"] {
        let refused = server.unfit("subscription { events { id } }", Some(wrong)).await;
        assert_eq!(refused, (400, "LAST_EVENT_ID_INVALID".to_owned()), "{wrong}");
    }
    let mut beyond = server.follow(EVENTS, json!({}), Some(1_000)).await;
    let told = beyond.next().await.expect("it says why");
    let extensions = &told.data["errors"][0]["extensions"];
    assert_eq!(extensions["reason"], "POSITION_BEYOND_HEAD", "{told:?}");
    beyond.completes().await;
}

/// A reader that is cut off at any moment and comes back sees each event once, whatever is recorded
/// meanwhile. The numbers are those of a generator of our own: each run is the same.
#[tokio::test]
async fn a_reader_that_is_cut_off_again_and_again_sees_each_event_once() {
    let server = Server::start().await;
    let count = 120;
    let all: Vec<u64> = (1..=FOUNDING + u64::from(count)).collect();
    let reading = async {
        for seed in 1..=8_u64 {
            let mut random = seed;
            let mut seen: Vec<u64> = Vec::new();
            while seen.len() < all.len() {
                random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let take = usize::try_from(random >> 33).expect("31 bits") % 25;
                let mut reader =
                    server.follow(EVENTS, json!({"after": 0}), seen.last().copied()).await;
                seen.extend(reader.ids(take.min(all.len() - seen.len())).await);
            }
            assert_eq!(seen, all, "seed {seed}");
        }
    };
    join(server.grow("Commune", count), reading).await;
}

#[tokio::test]
async fn the_board_tells_what_enters_changes_and_leaves_and_the_same_after_a_cut() {
    let server = Server::start().await;
    let board = "subscription($after: Position) { commitmentBoard(filter: {text: \"terrain\"}, \
                 after: $after) { position id move commitment { id title { text } } event { name } } }";
    let other = format!("to: \"{ACTOR}\", title: {{text: \"Ballons\"}}, pledge: {{days: 3}}");
    server.done(COMMUNE, "commitmentOffer", &other).await;
    let fields = format!("to: \"{ACTOR}\", title: {{text: \"Terrain\"}}, pledge: {{days: 3}}");
    let id = begun("commitment", &fields);
    server.done(COMMUNE, "commitmentOffer", &fields).await;
    for change in [
        "due: \"2027-01-01\"",
        "title: {text: \"Gymnase\"}",
        "due: \"2027-02-01\"",
        "title: {text: \"Grand terrain\"}",
    ] {
        let fields = format!("commitment: \"{id}\", {change}, reason: {{text: \"Erreur\"}}");
        server.done(COMMUNE, "commitmentCorrect", &fields).await;
    }
    let offered = FOUNDING + 2;
    // While it was called otherwise, it was not on the board.
    let expected = [
        (offered, "ENTERED", Some("Terrain")),
        (offered + 1, "CHANGED", Some("Terrain")),
        (offered + 2, "LEFT", None),
        (offered + 4, "ENTERED", Some("Grand terrain")),
    ];
    for cut in 0..=expected.len() {
        let last = cut.checked_sub(1).map(|it| expected[it].0);
        let mut reader = server.follow(board, json!({"after": 0}), last).await;
        for (position, moved, title) in &expected[cut..] {
            let told = reader.next().await.expect("it moves");
            let change = &told.data["data"]["commitmentBoard"];
            assert_eq!((told.id, &change["move"]), (Some(*position), &json!(moved)), "{told:?}");
            assert_eq!((&change["position"], &change["id"]), (&json!(position), &json!(id)));
            assert_eq!(change["commitment"]["title"]["text"], json!(title), "{told:?}");
        }
    }
    let wrong = "subscription { commitmentBoard(filter: {by: \"nobody\"}) { id } }";
    let mut wrong = server.follow(wrong, json!({}), None).await;
    let told = wrong.next().await.expect("it says why");
    assert_eq!(told.data["errors"][0]["extensions"]["field"], "filter.by", "{told:?}");
    wrong.completes().await;
}

#[tokio::test]
async fn a_question_and_a_command_are_answered_once_and_the_stream_is_complete() {
    let server = Server::start().await;
    for (query, answer) in [
        ("{ ledger { name } }", json!({"ledger": {"name": "Essai"}})),
        ("mutation { __typename }", json!({"__typename": "Mutation"})),
    ] {
        let mut reader = server.follow(query, json!({}), None).await;
        let told = reader.next().await.expect("an answer");
        assert_eq!((told.event.as_str(), told.id), ("next", None), "{query}");
        assert_eq!(told.data["data"], answer, "{query}");
        reader.completes().await;
    }
    // What is well formed and cannot be executed is told in the stream, as its protocol has it.
    let pages = "timeline(first: 100) { nodes { actor {".repeat(3);
    let wide =
        format!("subscription {{ events {{ actor {{ {pages} id {} }} }} }}", "} } }".repeat(3));
    for (query, code) in [
        ("subscription { nothing }", "BAD_USER_INPUT"),
        ("subscription { events(after: \"x\") { id } }", "BAD_USER_INPUT"),
        (wide.as_str(), "QUERY_TOO_COMPLEX"),
    ] {
        let mut reader = server.follow(query, json!({}), None).await;
        let told = reader.next().await.expect("it says why");
        assert_eq!(told.data["errors"][0]["extensions"]["code"], code, "{told:?}");
        assert!(told.data.get("data").is_none(), "{told:?}");
        reader.completes().await;
    }
}

/// `query`, to be answered from the event at `position` or later.
fn waiting(query: &str, position: u64) -> Value {
    json!({"query": query, "extensions": {"ledger": {"minPosition": position}}})
}

#[tokio::test]
async fn a_stream_waits_for_a_write_made_elsewhere_and_says_what_it_rests_on() {
    let server = Server::start().await;
    let asked = waiting("{ actors { totalCount } }", FOUNDING + 1);
    let (response, ()) = join(server.open(&asked, None), server.grow("Commune", 1)).await;
    let mut reader = Reader::of(response);
    let told = reader.next().await.expect("an answer");
    assert_eq!(told.data["data"]["actors"]["totalCount"], 3, "{told:?}");
    let ledger = &told.data["extensions"]["ledger"];
    assert_eq!(ledger["position"], FOUNDING + 1, "{told:?}");
    let root = server.ask("{ ledger { root } }").await["ledger"]["root"].clone();
    assert_eq!(ledger["root"], root);
    reader.completes().await;

    let asked = waiting("subscription { events { position } }", FOUNDING + 2);
    let (response, ()) = join(server.open(&asked, None), server.grow("Douar", 1)).await;
    let mut reader = Reader::of(response);
    server.grow("Cercle", 1).await;
    assert_eq!(reader.ids(1).await, [FOUNDING + 3], "now is after what was waited for");
}

#[tokio::test]
async fn a_stream_that_waits_for_what_nobody_writes_is_refused() {
    let server = Server::impatient().await;
    for query in ["{ __typename }", "mutation { __typename }", "subscription { events { id } }"] {
        let response = server.open(&waiting(query, FOUNDING + 1), None).await;
        assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE, "{query}");
        assert!(response.headers().contains_key(RETRY_AFTER), "{query}");
        let told = refusal(response).await;
        assert_eq!(told["code"], "UNAVAILABLE", "{query}: {told}");
        assert_eq!(told["reason"], "POSITION_NOT_REACHED", "{query}: {told}");
        let there = server.open(&waiting(query, FOUNDING), None).await;
        assert_eq!(there.status(), StatusCode::OK, "{query}");
    }
}

#[tokio::test]
async fn what_is_no_stream_is_refused_with_a_status() {
    let server = Server::start().await;
    for (query, status, reason) in [
        ("subscription {", 400, "QUERY_UNREADABLE"),
        ("subscription { a: events { id } b: events { id } }", 400, "SUBSCRIPTION_ONE_FIELD"),
        ("subscription { ...on Subscription { events { id } } }", 400, "SUBSCRIPTION_ONE_FIELD"),
        ("subscription { events @skip(if: false) { id } }", 400, "SUBSCRIPTION_ONE_FIELD"),
    ] {
        assert_eq!(server.unfit(query, None).await, (status, reason.to_owned()), "{query}");
    }
    let plain = server.post(&json!({"query": "subscription { events { id } }"})).await;
    assert_eq!(plain.status, StatusCode::NOT_ACCEPTABLE);
    assert_eq!(plain.body["errors"][0]["extensions"]["reason"], "SUBSCRIPTION_NOT_STREAMED");
    let get = |query: &str| {
        let request = Request::get(format!("/graphql?query={query}"));
        request.header(ACCEPT, "text/event-stream").body(Body::empty()).expect("a request")
    };
    let by_get = server.send(get("mutation%7B__typename%7D")).await;
    assert_eq!(by_get.status, StatusCode::METHOD_NOT_ALLOWED);
    let streamed = get("subscription%7Bevents(after:0)%7Bid%7D%7D");
    let streamed = server.router.clone().oneshot(streamed).await.expect("an answer");
    let mut reader = Reader::of(streamed);
    assert_eq!(reader.ids(2).await, [1, 2]);
}

#[tokio::test]
async fn no_more_streams_are_open_than_one_process_keeps() {
    let server = Server::start().await;
    let query = json!({"query": "subscription { events { id } }"});
    let mut open = Vec::new();
    for _ in 0..stream::STREAMS_MAX {
        let response = server.open(&query, None).await;
        assert_eq!(response.status(), StatusCode::OK);
        open.push(response);
    }
    let full = || server.unfit("subscription { events { id } }", None);
    assert_eq!(full().await, (503, "TOO_MANY_STREAMS".to_owned()));
    let refused = server.open(&query, None).await;
    assert!(refused.headers().contains_key(RETRY_AFTER), "a place becomes free");
    assert_eq!(refusal(refused).await["code"], "UNAVAILABLE");
    // A place is free once the task of the stream that went has ended.
    open.pop();
    let mut left = 1_000;
    while server.open(&query, None).await.status() != StatusCode::OK {
        left -= 1;
        assert!(left > 0, "the place stays taken");
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn streams_end_with_the_process_and_do_not_say_that_they_are_complete() {
    let server = Server::start().await;
    let mut reader = server.follow(EVENTS, json!({"after": 4}), None).await;
    assert_eq!(reader.ids(1).await, [5]);
    server.app.stop();
    assert_eq!(reader.next().await, None);
    // One that is opened too late ends at once.
    let mut late = server.follow(EVENTS, json!({}), None).await;
    assert_eq!(late.next().await, None);
}
