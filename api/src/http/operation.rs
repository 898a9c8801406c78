//! `/graphql`: one GraphQL operation over HTTP, as the GraphQL-over-HTTP specification has it, and
//! stricter: only queries by GET, only JSON by POST, no batches.
use std::net::SocketAddr;
use std::sync::Arc;

use async_graphql::parser::types::{DocumentOperations, ExecutableDocument, OperationType};
use async_graphql::{Request, Variables};
use axum::body::Body;
use axum::extract::{ConnectInfo, State};
use axum::http::header::{ACCEPT_LANGUAGE, ALLOW, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode};
use axum::response::Response;
use domain::recorded::Position;
use futures_util::StreamExt as _;
use serde_json::{Map, Value, json};
use tokio::time::timeout;
use uuid::Uuid;

use super::executor::TIME_MAX;
use super::negotiate::{Media, is_json};
use super::{Door, stream};
use crate::acting::Claimed;
use crate::graphql::admission;
use crate::graphql::code::Code;
use crate::graphql::fault::{self, Fault};
use crate::graphql::problem::Problem;
use crate::graphql::reading::Reading;
use crate::languages::Tongue;

/// The longest body of a request, in bytes.
pub const BODY_BYTES_MAX: usize = 256 * 1024;
/// How much of a longer one is read before the connection is given up, in bytes.
const DRAINED_BYTES_MAX: usize = 8 * BODY_BYTES_MAX;

/// What a request asks to be executed.
struct Asked {
    query: String,
    operation: Option<String>,
    variables: Value,
    /// The position that the answer has to rest on at least.
    min_position: Option<Position>,
}

/// Why a request is not executed: its status, its fault, and the methods that would do instead.
pub(super) struct Unfit {
    status: StatusCode,
    fault: Fault,
    allow: Option<&'static str>,
}

impl Unfit {
    pub(super) fn new(status: StatusCode, code: Code) -> Self {
        Self::of(status, Fault::BadUserInput(Problem::new(code)))
    }

    pub(super) fn of(status: StatusCode, fault: Fault) -> Self {
        Self { status, fault, allow: None }
    }

    pub(super) fn bad(code: Code) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code)
    }

    fn method(code: Code, allow: &'static str) -> Self {
        Self { allow: Some(allow), ..Self::new(StatusCode::METHOD_NOT_ALLOWED, code) }
    }
}

/// Answers one request.
pub(super) async fn answer(State(door): State<Door>, request: axum::extract::Request) -> Response {
    let (parts, body) = request.into_parts();
    let header = parts.headers.get(ACCEPT_LANGUAGE).and_then(|it| it.to_str().ok());
    let tongue = Tongue::accepted(header);
    let trace = Uuid::new_v4();
    let Some(media) = Media::accepted(&parts.headers) else {
        let unfit = Unfit::new(StatusCode::NOT_ACCEPTABLE, Code::MediaNotAcceptable);
        return refuse(&unfit, Media::Json, tongue, trace);
    };
    let prepared = match prepare(&parts, body, media).await {
        Ok((request, min_position)) => {
            read(&door, min_position, trace).await.map(|it| (request, it))
        }
        Err(unfit) => Err(unfit),
    };
    match prepared {
        Ok((request, _)) if media == Media::Events => {
            let streamed = stream::execute(&door, &parts, request, (tongue, trace)).await;
            streamed.unwrap_or_else(|unfit| refuse(&unfit, media, tongue, trace))
        }
        Ok((request, reading)) => {
            execute(&door, &parts, (request, reading), (media, tongue, trace)).await
        }
        Err(unfit) => refuse(&unfit, media, tongue, trace),
    }
}

/// The operation that the request asks for, parsed and allowed by its method.
async fn prepare(
    parts: &Parts,
    body: Body,
    media: Media,
) -> Result<(Request, Option<Position>), Unfit> {
    let params = match parts.method {
        Method::GET => from_address(parts.uri.query().unwrap_or_default())?,
        Method::POST => from_body(parts, body).await?,
        _ => return Err(Unfit::method(Code::MethodNotAllowed, "GET, POST")),
    };
    let asked = Asked::read(params)?;
    let document = admission::parse(&asked.query).map_err(|fault| {
        let status = if media == Media::Json { StatusCode::OK } else { StatusCode::BAD_REQUEST };
        Unfit::of(status, fault)
    })?;
    if parts.method == Method::GET && !is_safe(&document, asked.operation.as_deref()) {
        return Err(Unfit::method(Code::MutationByGet, "POST"));
    }
    stream::check(&document, asked.operation.as_deref(), media)?;
    let mut request = Request::new(asked.query).variables(Variables::from_json(asked.variables));
    if let Some(operation) = asked.operation {
        request = request.operation_name(operation);
    }
    request.set_parsed_query(document);
    Ok((request, asked.min_position))
}

/// `extensions.ledger.minPosition`: a number, or its digits.
fn min_position(extensions: &Value) -> Result<Option<Position>, Unfit> {
    let asked = &extensions["ledger"]["minPosition"];
    let digits = || asked.as_str().and_then(|it| it.parse().ok());
    match asked.as_u64().or_else(digits) {
        None if asked.is_null() => Ok(None),
        None => Err(Unfit::bad(Code::ParameterInvalid)),
        position => Ok(position.map(Position)),
    }
}

/// What the whole document reads: what is known now, once that is at least `min_position`.
async fn read(
    door: &Door,
    min_position: Option<Position>,
    trace: Uuid,
) -> Result<Arc<Reading>, Unfit> {
    let Some(position) = min_position else { return Ok(Arc::new(Reading::of(door.app.now()))) };
    let not_reached = || Unfit::new(StatusCode::SERVICE_UNAVAILABLE, Code::PositionNotReached);
    match timeout(TIME_MAX, door.app.at_least(position)).await {
        Ok(Ok(models)) => Ok(Arc::new(Reading::of(models))),
        Ok(Err(error)) => {
            tracing::error!(%trace, %error, "a position cannot be waited for");
            Err(not_reached())
        }
        Err(_) => Err(not_reached()),
    }
}

/// Whether no operation that may be executed is a mutation.
fn is_safe(document: &ExecutableDocument, operation: Option<&str>) -> bool {
    let asks = |ty| !matches!(ty, OperationType::Mutation);
    match (&document.operations, operation) {
        (DocumentOperations::Single(single), _) => asks(single.node.ty),
        (DocumentOperations::Multiple(many), Some(name)) => {
            many.get(name).is_none_or(|it| asks(it.node.ty))
        }
        (DocumentOperations::Multiple(many), None) => many.values().all(|it| asks(it.node.ty)),
    }
}

/// The parameters of a GET: `query`, `operationName`, and JSON in `variables` and `extensions`.
fn from_address(address: &str) -> Result<Value, Unfit> {
    let mut params = Map::new();
    for (name, value) in form_urlencoded(address) {
        let value = match name.as_str() {
            "variables" | "extensions" => {
                serde_json::from_str(&value).map_err(|_| Unfit::bad(Code::JsonInvalid))?
            }
            _ => Value::String(value),
        };
        params.insert(name, value);
    }
    Ok(Value::Object(params))
}

/// The pairs of `application/x-www-form-urlencoded` text (URL standard, §5.1).
fn form_urlencoded(text: &str) -> Vec<(String, String)> {
    let decode = |part: &str| {
        let (bytes, mut out, mut at) = (part.as_bytes(), Vec::with_capacity(part.len()), 0);
        while let Some(&byte) = bytes.get(at) {
            let two = bytes.get(at + 1..at + 3).filter(|_| byte == b'%');
            let decoded = two.and_then(|it| hex::decode(it).ok());
            at += if decoded.is_some() { 3 } else { 1 };
            match decoded {
                Some(decoded) => out.extend(decoded),
                None => out.push(if byte == b'+' { b' ' } else { byte }),
            }
        }
        String::from_utf8_lossy(&out).into_owned()
    };
    let pairs = text.split('&').filter(|it| !it.is_empty());
    pairs
        .map(|it| it.split_once('=').unwrap_or((it, "")))
        .map(|(n, v)| (decode(n), decode(v)))
        .collect()
}

/// The body of a POST.
async fn from_body(parts: &Parts, body: Body) -> Result<Value, Unfit> {
    if !is_json(&parts.headers) {
        let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
        return Err(Unfit::new(status, Code::MediaNotSupported));
    }
    let too_large = || {
        let problem = Problem::new(Code::BodyTooLarge).with("max", BODY_BYTES_MAX);
        Unfit::of(StatusCode::PAYLOAD_TOO_LARGE, Fault::BadUserInput(problem))
    };
    let bytes = taken(body).await.ok_or_else(too_large)?;
    serde_json::from_slice(&bytes).map_err(|_| Unfit::bad(Code::JsonInvalid))
}

/// The whole body, unless it is too long. Some of what is too much is read all the same: a sender
/// that is cut off in the middle never hears why.
async fn taken(body: Body) -> Option<Vec<u8>> {
    let (mut bytes, mut length) = (Vec::new(), 0);
    let mut parts = body.into_data_stream();
    while let Some(part) = parts.next().await {
        let part = part.ok()?;
        length += part.len();
        if length <= BODY_BYTES_MAX {
            bytes.extend_from_slice(&part);
        } else if length > DRAINED_BYTES_MAX {
            return None;
        }
    }
    (length <= BODY_BYTES_MAX).then_some(bytes)
}

impl Asked {
    fn read(params: Value) -> Result<Self, Unfit> {
        let Value::Object(mut params) = params else {
            return Err(Unfit::bad(Code::BatchNotSupported));
        };
        let Some(Value::String(query)) = params.remove("query") else {
            return Err(Unfit::bad(Code::QueryMissing));
        };
        let operation = match params.remove("operationName") {
            None | Some(Value::Null) => None,
            Some(Value::String(name)) => Some(name).filter(|it| !it.is_empty()),
            Some(_) => return Err(Unfit::bad(Code::ParameterInvalid)),
        };
        let mut object = |name| match params.remove(name) {
            None | Some(Value::Null) => Ok(json!({})),
            Some(object @ Value::Object(_)) => Ok(object),
            Some(_) => Err(Unfit::bad(Code::ParameterInvalid)),
        };
        let variables = object("variables")?;
        let min_position = min_position(&object("extensions")?)?;
        Ok(Self { query, operation, variables, min_position })
    }
}

/// The request with what every answer depends on: who acts, in which language, and the log.
pub(super) fn told(door: &Door, parts: &Parts, request: Request, tongue: Tongue) -> Request {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|it| it.0);
    let claimed = Claimed::read(&parts.headers, peer, door.listening);
    request.data(claimed).data(tongue).data(door.log.clone())
}

async fn execute(
    door: &Door,
    parts: &Parts,
    (request, reading): (Request, Arc<Reading>),
    (media, tongue, trace): (Media, Tongue, Uuid),
) -> Response {
    let request = told(door, parts, request, tongue).data(Arc::clone(&reading));
    let contract = door.contract.clone();
    let execution = |deadline| async move { contract.execute(request.data(deadline)).await };
    let mut response = match door.executor.run(TIME_MAX, execution).await {
        Ok(response) => response,
        Err(fault) => {
            let unfit = Unfit::of(StatusCode::SERVICE_UNAVAILABLE, fault);
            return refuse(&unfit, media, tongue, trace);
        }
    };
    if let Err(error) = reading.tell(&door.app, &mut response).await {
        tracing::error!(%trace, %error, "the root that an answer rests on cannot be read");
        return failed(trace);
    }
    let not_executed = response.data == async_graphql::Value::Null
        && !response.errors.is_empty()
        && response.errors.iter().all(|it| it.path.is_empty());
    let response = fault::finish(response, tongue, trace);
    let Ok(mut value) = serde_json::to_value(&response) else {
        return failed(trace);
    };
    let mut status = StatusCode::OK;
    if not_executed {
        if let Value::Object(fields) = &mut value {
            fields.remove("data");
        }
        if media == Media::GraphQl {
            status = StatusCode::BAD_REQUEST;
        }
    }
    respond(status, media, &value)
}

/// An answer to a request that is not executed.
fn refuse(unfit: &Unfit, media: Media, tongue: Tongue, trace: Uuid) -> Response {
    let problem = unfit.fault.problem();
    let message = problem.said_in(tongue);
    let extensions =
        json!({"code": unfit.fault.code(), "reason": problem.code(), "traceId": trace.to_string()});
    let value = json!({"errors": [{"message": message, "extensions": extensions}]});
    let mut response = respond(unfit.status, media, &value);
    if let Some(allow) = unfit.allow {
        response.headers_mut().insert(ALLOW, HeaderValue::from_static(allow));
    }
    response
}

/// An answer to a request that met a defect.
pub(super) fn failed(trace: Uuid) -> Response {
    let message = Tongue::default().say(Code::Internal.as_str(), &Map::new());
    let code = Code::Internal.as_str();
    let extensions = json!({"code": code, "reason": code, "traceId": trace.to_string()});
    let value = json!({"errors": [{"message": message, "extensions": extensions}]});
    respond(StatusCode::INTERNAL_SERVER_ERROR, Media::Json, &value)
}

fn respond(status: StatusCode, media: Media, value: &Value) -> Response {
    let mut response = Response::new(Body::from(value.to_string()));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(media.text()));
    response
}
