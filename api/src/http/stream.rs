//! GraphQL over Server-Sent Events, each operation on a connection of its own: `PROTOCOL.md` of
//! graphql-sse, "distinct connections mode".
//!
//! ```text
//! event: next
//! data: {"data":{"events":{…}}}
//! id: 42                      the position that `Last-Event-ID` takes the stream up after
//! ```
//!
//! A stream of the server's own that ends because the process does ends without `complete`: its
//! reader comes back and takes it up again.
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, OperationDefinition, OperationType, Selection,
};
use axum::http::header::{CACHE_CONTROL, HeaderName};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse as _, Response};
use domain::money::INTEGER_MAX;
use domain::recorded::Position;
use futures_util::stream::{self, Stream, StreamExt as _};
use tokio::sync::{Semaphore, mpsc};
use uuid::Uuid;

use super::Door;
use super::negotiate::Media;
use super::operation::{self, Answer, Caller, Prepared, Unfit, defect, finished, read, told};
use crate::graphql::code::Code;
use crate::graphql::fault::Fault;
use crate::graphql::live::Bookmark;
use crate::graphql::problem::Problem;

/// The most streams that one process keeps open.
pub(super) const STREAMS_MAX: usize = 2_000;
/// After how much silence a comment says that the connection lives.
const KEEP_ALIVE: Duration = Duration::from_secs(15);
/// How long a reader may take nothing of what waits for it.
const STALLED_MAX: Duration = Duration::from_mins(1);
/// Answers that wait for a reader; one more waits to join them.
const WAITING_MAX: usize = 1;

const LAST_EVENT_ID: &str = "last-event-id";
/// Tells nginx, and what understands it, to hand on each event as it comes.
const ACCEL_BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

/// The places of the streams that are open.
#[derive(Clone)]
pub(super) struct Streams(Arc<Semaphore>);

impl Default for Streams {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(STREAMS_MAX)))
    }
}

/// Refuses a subscription where no stream is accepted, and one that does not ask for one field: an
/// event of the stream has one id, which is that of the one field.
pub(super) fn check(
    document: &ExecutableDocument,
    operation: Option<&str>,
    media: Media,
) -> Result<(), Unfit> {
    let Some(asked) = chosen(document, operation).filter(|it| is_subscription(it)) else {
        return Ok(());
    };
    if media != Media::Events {
        return Err(Unfit::new(StatusCode::NOT_ACCEPTABLE, Code::SubscriptionNotStreamed));
    }
    match asked.selection_set.node.items.as_slice() {
        [one] => match &one.node {
            Selection::Field(field) if field.node.directives.is_empty() => Ok(()),
            _ => Err(Unfit::bad(Code::SubscriptionOneField)),
        },
        _ => Err(Unfit::bad(Code::SubscriptionOneField)),
    }
}

/// The operation that would be executed; none where that is not clear.
fn chosen<'a>(
    document: &'a ExecutableDocument,
    operation: Option<&str>,
) -> Option<&'a OperationDefinition> {
    match (&document.operations, operation) {
        (DocumentOperations::Single(single), _) => Some(&single.node),
        (DocumentOperations::Multiple(many), Some(name)) => many.get(name).map(|it| &it.node),
        (DocumentOperations::Multiple(many), None) => {
            many.values().next().filter(|_| many.len() == 1).map(|it| &it.node)
        }
    }
}

fn is_subscription(operation: &OperationDefinition) -> bool {
    matches!(operation.ty, OperationType::Subscription)
}

/// Answers with a stream: one answer for a query or a mutation, and for a subscription as many as
/// there are until one of the two ends it. A subscription begins once the position that the caller
/// waits for is reached.
pub(super) async fn execute(
    door: &Door,
    parts: &Parts,
    prepared: Prepared,
    caller: Caller,
) -> Result<Response, Unfit> {
    let Caller { tongue, trace, .. } = caller;
    let resumed = last_event_id(&parts.headers)?;
    let Ok(place) = Arc::clone(&door.streams.0).try_acquire_owned() else {
        let problem = Problem::new(Code::TooManyStreams).with("max", STREAMS_MAX);
        return Err(Unfit::of(StatusCode::SERVICE_UNAVAILABLE, Fault::NotYet(problem)));
    };
    let operation = prepared.request.operation_name.as_deref();
    let goes_on = chosen(&prepared.asked.document, operation).is_some_and(is_subscription);
    let (answers, bookmark) = if goes_on {
        let begun = read(door, &prepared, trace).await?.now().position;
        let bookmark = Bookmark::new(resumed, begun);
        let request = told(door, parts, prepared.request, tongue).data(bookmark.clone());
        let answers = door.contract.execute_stream(prepared.asked, request);
        (answers.map(move |it| finished(it, caller)).boxed(), Some(bookmark))
    } else {
        let answer = operation::execute(door, parts, prepared, caller).await?;
        (stream::once(std::future::ready(answer)).boxed(), None)
    };
    let events = answers.map(move |answer| {
        let shown = bookmark.as_ref().and_then(Bookmark::shown);
        next(answer, shown, trace)
    });
    let (to, waiting) = mpsc::channel(WAITING_MAX);
    let app = door.app.clone();
    tokio::spawn(async move {
        tokio::select! {
            () = forward(events, to, STALLED_MAX) => {}
            () = app.stopped() => {}
        }
        drop(place);
    });
    Ok(streamed(waiting))
}

/// Where the reader stopped, if it says so.
fn last_event_id(headers: &HeaderMap) -> Result<Option<Position>, Unfit> {
    let Some(written) = headers.get(LAST_EVENT_ID).filter(|it| !it.is_empty()) else {
        return Ok(None);
    };
    let position = written.to_str().ok().and_then(|it| it.parse().ok());
    let position = position.filter(|it| *it <= INTEGER_MAX.unsigned_abs());
    position.map(|it| Some(Position(it))).ok_or_else(|| Unfit::bad(Code::LastEventIdInvalid))
}

/// One answer as an event of the stream; the position that it shows is the id to come back with.
fn next(answer: Answer, shown: Option<Position>, trace: Uuid) -> Event {
    let json = answer.json.or_else(|| defect(trace).json).unwrap_or_default();
    let event = Event::default().event("next").data(json);
    match shown {
        Some(position) => event.id(position.0.to_string()),
        None => event,
    }
}

/// Hands on `events` as fast as they are taken, and `complete` after the last. Gives up where the
/// reader is gone, or takes nothing for `stalled_max`: it can come back for what it has not seen.
async fn forward(
    events: impl Stream<Item = Event>,
    to: mpsc::Sender<Event>,
    stalled_max: Duration,
) {
    let mut events = std::pin::pin!(events);
    loop {
        let next = tokio::select! {
            next = events.next() => next,
            () = to.closed() => return,
        };
        // A browser hands on no event without data: that of the end is an empty line.
        let is_last = next.is_none();
        let event = next.unwrap_or_else(|| Event::default().event("complete").data("\n"));
        let taken = tokio::time::timeout(stalled_max, to.send(event)).await;
        if is_last || !taken.is_ok_and(|it| it.is_ok()) {
            return;
        }
    }
}

/// The response that carries what is `waiting`, as it comes.
fn streamed(waiting: mpsc::Receiver<Event>) -> Response {
    let events = stream::unfold(waiting, async |mut waiting| {
        let event = waiting.recv().await?;
        Some((Ok::<_, Infallible>(event), waiting))
    });
    let keep_alive = KeepAlive::new().interval(KEEP_ALIVE);
    let mut response = Sse::new(events).keep_alive(keep_alive).into_response();
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(ACCEL_BUFFERING, HeaderValue::from_static("no"));
    response
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    /// Events without end, which count how many were made.
    fn endless(made: &Arc<AtomicUsize>) -> impl Stream<Item = Event> + use<> {
        let made = Arc::clone(made);
        stream::repeat_with(move || {
            made.fetch_add(1, Ordering::SeqCst);
            Event::default().data("1")
        })
    }

    #[tokio::test]
    async fn a_reader_that_takes_nothing_is_given_up_and_little_is_kept_for_it() {
        let made = Arc::new(AtomicUsize::new(0));
        let (to, mut waiting) = mpsc::channel(WAITING_MAX);
        forward(endless(&made), to, Duration::from_millis(20)).await;
        assert_eq!(made.load(Ordering::SeqCst), WAITING_MAX + 1);
        assert!(waiting.recv().await.is_some(), "what waited is still there");
        assert!(waiting.recv().await.is_none(), "and then it ends, without `complete`");
    }

    #[tokio::test]
    async fn a_reader_that_is_slow_is_waited_for_and_one_that_is_gone_is_not() {
        let made = Arc::new(AtomicUsize::new(0));
        let (to, mut waiting) = mpsc::channel(WAITING_MAX);
        let forwarding = tokio::spawn(forward(endless(&made), to, STALLED_MAX));
        for taken in 1..=50 {
            assert!(waiting.recv().await.is_some());
            let ahead = made.load(Ordering::SeqCst);
            assert!(ahead <= taken + WAITING_MAX + 1, "{ahead} were made for {taken} taken");
        }
        drop(waiting);
        forwarding.await.expect("it ends with its reader");
    }
}
