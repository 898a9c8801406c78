//! Every route on one screen, and what holds for all of them.
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::header::{
    CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get};
use tower_http::CompressionLevel;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{NotForContentType, Predicate, SizeAbove};
use tower_http::csrf::CsrfLayer;
use tower_http::set_header::SetResponseHeaderLayer;
use uuid::Uuid;

use crate::app::App;
use crate::graphql::{self, Contract};
use crate::languages::Tongue;
use crate::publication::Publication;
use executor::Executor;
use operation::documents::Documents;

mod console;
mod etag;
mod executor;
mod log;
mod negotiate;
mod operation;
mod plain;
mod stream;
mod vouched;

/// The shortest answer that is compressed, in bytes: a shorter one fits a packet as it is.
const COMPRESSED_BYTES_MIN: u64 = 1_024;

/// What every handler works with.
#[derive(Clone)]
pub(crate) struct Door {
    app: App,
    contract: Contract,
    documents: Arc<Documents>,
    executor: Executor,
    /// What the world is shown of the ledger.
    log: Publication,
    /// The address that the server listens on.
    listening: SocketAddr,
    streams: stream::Streams,
    /// How long a position that was recorded elsewhere may take to come here.
    arrival_max: Duration,
}

/// The whole server, answering from `app` and publishing `log`; where that is refused, the ledger is
/// read and no more. `listening` is the address that it listens on.
///
/// Serve it with the address of the other end as connect info: without it, no request acts for
/// anybody.
pub fn router(app: App, log: Publication, listening: SocketAddr) -> Router {
    routes(Door::new(app, log, listening))
}

impl Door {
    fn new(app: App, log: Publication, listening: SocketAddr) -> Self {
        Self {
            contract: graphql::contract(app.clone()),
            documents: Arc::default(),
            executor: Executor::default(),
            app,
            log,
            listening,
            streams: stream::Streams::default(),
            arrival_max: executor::TIME_MAX,
        }
    }
}

fn routes(door: Door) -> Router {
    let says = |name: HeaderName, value: &'static str| {
        SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
    };
    // Of the schema, the fastest level saves 82 % and the usual one 86 %, in 25 times the time.
    let compression = CompressionLayer::new()
        .quality(CompressionLevel::Fastest)
        .compress_when(worth_compressing());
    Router::new()
        .route("/graphql", any(operation::answer))
        .route("/console.css", get(console::style))
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(ready))
        .route("/schema.graphql", get(schema))
        .route("/log/checkpoint", get(log::checkpoint))
        .route("/log/key", get(log::key))
        .route("/log/tile/{*path}", get(log::tile))
        .route("/log/proof/consistency", get(log::consistency))
        .route("/log/witnessed", get(vouched::witnessed))
        .route("/log/status", get(vouched::status))
        .route("/log/time", get(vouched::stamps))
        .route("/log/time/{file}", get(vouched::stamp))
        .route("/receipts/{file}", get(log::receipt))
        .fallback(plain::nowhere)
        .with_state(door)
        // From the outermost to the innermost; in one step, since each costs a box a request.
        .layer((
            says(REFERRER_POLICY, "no-referrer"),
            says(CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'"),
            says(X_CONTENT_TYPE_OPTIONS, "nosniff"),
            compression,
            CatchPanicLayer::custom(panicked),
            CsrfLayer::new(),
        ))
}

/// What is compressed where the caller takes it. Event streams are not held back for it, and hashes, which
/// tiles are made of, have nothing to give.
///
/// The length of what is compressed tells something of what it holds to whoever can make the caller ask, and
/// hear the answer pass (BREACH). There is nothing to learn here: an answer repeats words of the question,
/// but holds no secret beside them, no token and no cookie; a page of another site cannot name whom it acts for.
fn worth_compressing() -> impl Predicate {
    SizeAbove::new(COMPRESSED_BYTES_MIN)
        .and(NotForContentType::SSE)
        .and(NotForContentType::const_new("application/octet-stream"))
}

/// 200 once every event that was there at the start is folded in, and while new ones are; also where
/// the ledger can only be read, since questions have their answers: the text says so.
async fn ready(State(door): State<Door>) -> Response {
    let (position, head) = (door.app.now().position, door.app.head().position);
    if door.app.is_ready() {
        if let Err(why) = &door.log {
            let why = why.problem().said_in(Tongue::En);
            return format!("ready at position {position}, READ_ONLY: {why}\n").into_response();
        }
        format!("ready at position {position}\n").into_response()
    } else {
        let text = format!("not ready: at position {position} of {head}\n");
        (StatusCode::SERVICE_UNAVAILABLE, text).into_response()
    }
}

async fn schema() -> Response {
    ([(CONTENT_TYPE, "text/plain; charset=utf-8")], graphql::sdl()).into_response()
}

/// A panic is a defect: the caller gets a number to report, the log gets the rest.
#[expect(clippy::needless_pass_by_value, reason = "the layer hands it over")]
fn panicked(panic: Box<dyn std::any::Any + Send>) -> Response<Body> {
    let trace = Uuid::new_v4();
    let text = panic.downcast_ref::<&str>().copied();
    let text = text.or(panic.downcast_ref::<String>().map(String::as_str));
    tracing::error!(%trace, panic = text.unwrap_or("not a text"), "a request panicked");
    operation::failed(trace)
}

#[cfg(test)]
mod tests;
