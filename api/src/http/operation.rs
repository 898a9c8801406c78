//! `/graphql`: one GraphQL operation over HTTP, as the GraphQL-over-HTTP specification has it, and
//! stricter: only queries by GET, only JSON by POST, no batches.
use std::net::SocketAddr;
use std::sync::Arc;

use async_graphql::Request;
use axum::body::Body;
use axum::extract::{ConnectInfo, State};
use axum::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, ETAG, RETRY_AFTER, VARY,
};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::Response;
use domain::recorded::Position;
use serde_json::Value;
use tokio::time::timeout;
use uuid::Uuid;

use super::executor::TIME_MAX;
use super::negotiate::Media;
use super::{Door, console, etag, plain, stream};
use crate::acting::Claimed;
use crate::graphql::admission::Admitted;
use crate::graphql::code::Code;
use crate::graphql::contract::is_safe;
use crate::graphql::fault::{self, Fault};
use crate::graphql::problem::Problem;
use crate::graphql::reading::Reading;
use crate::languages::Tongue;
pub(super) use answer::{Answer, Unfit};
use asked::{Asked, Document};
use documents::Parsed;

mod answer;
mod asked;
pub(super) mod documents;

/// The longest body of a request, in bytes.
pub const BODY_BYTES_MAX: usize = 256 * 1024;
/// What an answer depends on, beside the address.
const VARIES: &str = "Accept, Accept-Language, Accept-Encoding, Tiwizi-Acting";

/// An operation that its method allows.
pub(super) struct Prepared {
    /// The document that the operation stands in.
    pub(super) asked: Arc<Admitted>,
    pub(super) request: Request,
    /// The position that the answer has to rest on at least.
    min_position: Option<Position>,
}

/// Whom an answer is for: the form that they accept, their language, and the number that they can report.
#[derive(Clone, Copy)]
pub(super) struct Caller {
    media: Media,
    pub(super) tongue: Tongue,
    pub(super) trace: Uuid,
}

/// Answers one request.
pub(super) async fn answer(State(door): State<Door>, request: axum::extract::Request) -> Response {
    let (parts, body) = request.into_parts();
    let (tongue, trace) = (plain::tongue(&parts.headers), Uuid::new_v4());
    let Some(media) = Media::accepted(&parts.method, &parts.headers) else {
        let unfit = Unfit::new(StatusCode::NOT_ACCEPTABLE, Code::MediaNotAcceptable);
        let caller = Caller { media: Media::Json, tongue, trace };
        return written(&parts, caller, "", unfit.answer(caller));
    };
    let caller = Caller { media, tongue, trace };
    let params = params(&parts, body).await;
    let query = params.as_ref().ok().and_then(|it| it.get("query")?.as_str());
    let query = query.unwrap_or_default().to_owned();
    if media == Media::Html && query.trim().is_empty() {
        let page = console::page(tongue, console::FIRST, None);
        return respond(StatusCode::OK, Media::Html, page);
    }
    let answered = match params.and_then(|it| prepare(&door, &parts.method, it, media)) {
        Ok(prepared) if media == Media::Events => {
            match stream::execute(&door, &parts, prepared, caller).await {
                Ok(streamed) => return streamed,
                Err(unfit) => Err(unfit),
            }
        }
        Ok(prepared) => execute(&door, &parts, prepared, caller).await,
        Err(unfit) => Err(unfit),
    };
    let answer = answered.unwrap_or_else(|unfit| unfit.answer(caller));
    written(&parts, caller, &query, answer)
}

/// What the request says, as JSON.
async fn params(parts: &Parts, body: Body) -> Result<Value, Unfit> {
    match parts.method {
        Method::GET => asked::from_address(parts.uri.query().unwrap_or_default()),
        Method::POST => asked::from_body(parts, body).await,
        _ => Err(Unfit::method(Code::MethodNotAllowed, "GET, POST")),
    }
}

/// The operation that the request asks for, parsed and allowed by its method.
fn prepare(door: &Door, method: &Method, params: Value, media: Media) -> Result<Prepared, Unfit> {
    let Asked { document, operation, variables, min_position } = Asked::read(params)?;
    let parsed = document.found(door, media)?;
    if *method == Method::GET && !is_safe(&parsed.admitted.document, operation.as_deref()) {
        return Err(Unfit::method(Code::MutationByGet, "POST"));
    }
    stream::check(&parsed.admitted.document, operation.as_deref(), media)?;
    let mut request = Request::new("").variables(variables);
    if let Some(operation) = operation {
        request = request.operation_name(operation);
    }
    Ok(Prepared { asked: Arc::clone(&parsed.admitted), request, min_position })
}

impl Document {
    /// The document that is named, where it can be read.
    fn found(&self, door: &Door, media: Media) -> Result<Arc<Parsed>, Unfit> {
        let status = unexecuted(media);
        match self {
            Self::Persisted(digest) => door
                .documents
                .persisted(digest)
                .ok_or_else(|| Unfit::new(status, Code::PersistedQueryNotFound)),
            Self::Text(text, named) => {
                let parsed = door.documents.parse(text).map_err(|it| Unfit::of(status, it))?;
                if named.is_some_and(|it| it != parsed.digest) {
                    return Err(Unfit::bad(Code::PersistedQueryMismatch));
                }
                Ok(parsed)
            }
        }
    }
}

/// The status of an operation that is not executed for what it says (GraphQL over HTTP, §6.4).
fn unexecuted(media: Media) -> StatusCode {
    if media == Media::Json { StatusCode::OK } else { StatusCode::BAD_REQUEST }
}

/// What the whole document reads: what is known now, once that is at least what `prepared` asks for.
pub(super) async fn read(
    door: &Door,
    prepared: &Prepared,
    trace: Uuid,
) -> Result<Arc<Reading>, Unfit> {
    let Some(position) = prepared.min_position else {
        return Ok(Arc::new(Reading::of(door.app.now())));
    };
    let not_reached = || {
        let fault = Fault::NotYet(Problem::new(Code::PositionNotReached));
        Unfit::of(StatusCode::SERVICE_UNAVAILABLE, fault)
    };
    match timeout(door.arrival_max, door.app.at_least(position)).await {
        Ok(Ok(models)) => Ok(Arc::new(Reading::of(models))),
        Ok(Err(error)) => {
            tracing::error!(%trace, %error, "a position cannot be waited for");
            Err(not_reached())
        }
        Err(_) => Err(not_reached()),
    }
}

/// `request` with what is known of whoever sends it.
pub(super) fn told(door: &Door, parts: &Parts, request: Request, tongue: Tongue) -> Request {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|it| it.0);
    let claimed = Claimed::read(&parts.headers, peer, door.listening);
    request.data(claimed).data(tongue).data(door.log.clone())
}

/// The one answer to a query or a mutation, which says what state it rests on. It is written where the
/// operation was executed: what was allocated there is freed there, which is cheaper.
pub(super) async fn execute(
    door: &Door,
    parts: &Parts,
    prepared: Prepared,
    caller: Caller,
) -> Result<Answer, Unfit> {
    let Caller { tongue, trace, .. } = caller;
    let reading = read(door, &prepared, trace).await?;
    let request = told(door, parts, prepared.request, tongue).data(Arc::clone(&reading));
    let known = door.contract.known(&prepared.asked, &request);
    let is_quick = known.is_quick();
    let (contract, asked, app) = (door.contract.clone(), prepared.asked, door.app.clone());
    let execution = |deadline| async move {
        let mut response = contract.execute(asked, request.data(deadline), known).await;
        reading.tell(&app, &mut response).await.map(|()| finished(response, caller))
    };
    let answered = if is_quick {
        door.executor.here(TIME_MAX, execution).await
    } else {
        door.executor.apart(TIME_MAX, execution).await
    };
    answered.map_err(|fault| Unfit::of(StatusCode::SERVICE_UNAVAILABLE, fault))?.map_err(|error| {
        tracing::error!(%trace, %error, "the root that an answer rests on cannot be read");
        Unfit::of(StatusCode::INTERNAL_SERVER_ERROR, Fault::internal(error))
    })
}

/// `response` as `caller` is told it.
pub(super) fn finished(response: async_graphql::Response, caller: Caller) -> Answer {
    let executed = response.data != async_graphql::Value::Null
        || response.errors.is_empty()
        || response.errors.iter().any(|it| !it.path.is_empty());
    let status = if executed { StatusCode::OK } else { unexecuted(caller.media) };
    let response = fault::finish(response, caller.tongue, caller.trace);
    Answer::of(status, caller.media, executed, &response)
}

/// An answer to a request that met a defect.
pub(super) fn failed(trace: Uuid) -> Response {
    let answer = defect(trace);
    respond(answer.status, Media::Json, answer.json.unwrap_or_default())
}

/// What is said of it.
pub(super) fn defect(trace: Uuid) -> Answer {
    let fault = Fault::internal("a request met a defect");
    let unfit = Unfit::of(StatusCode::INTERNAL_SERVER_ERROR, fault);
    unfit.answer(Caller { media: Media::Json, tongue: Tongue::default(), trace })
}

/// `answer` in the form that the caller accepts. One to a GET without an error has a tag: whoever holds
/// the same already is told so (RFC 9110, §13.1.2), and it is computed anew all the same.
fn written(parts: &Parts, caller: Caller, query: &str, answer: Answer) -> Response {
    let Caller { media, tongue, trace } = caller;
    let Some(json) = answer.json else {
        return failed(trace);
    };
    let body = if media == Media::Html { console::page(tongue, query, Some(&json)) } else { json };
    let tag = (parts.method == Method::GET && answer.is_whole).then(|| etag::of(media, &body));
    let held = tag.as_ref().is_some_and(|it| etag::is_held(&parts.headers, it));
    // Whoever holds the answer takes every header of this one for it (RFC 9111, §3.2): they are the same.
    let mut response = respond(answer.status, media, if held { String::new() } else { body });
    if held {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
        response.headers_mut().remove(CONTENT_TYPE);
    }
    let headers = response.headers_mut();
    if let Some(tag) = tag.and_then(|it| HeaderValue::try_from(it).ok()) {
        headers.insert(ETAG, tag);
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    }
    if let Some(allow) = answer.allow {
        headers.insert(ALLOW, HeaderValue::from_static(allow));
    }
    if let Some(seconds) = answer.retry_after {
        headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

fn respond(status: StatusCode, media: Media, body: String) -> Response {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media.text()));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(VARY, HeaderValue::from_static(VARIES));
    if media == Media::Html {
        headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(console::POLICY));
    }
    response
}
