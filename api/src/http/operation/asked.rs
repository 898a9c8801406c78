//! What a request asks: read from the address of a GET or from the body of a POST.
use async_graphql::Variables;
use axum::body::Body;
use axum::http::StatusCode;
use axum::http::request::Parts;
use domain::recorded::Position;
use futures_util::StreamExt as _;
use serde::Deserialize;
use serde_json::{Map, Value, json};

use super::BODY_BYTES_MAX;
use super::answer::Unfit;
use super::documents::Digest;
use crate::graphql::code::Code;
use crate::graphql::fault::Fault;
use crate::graphql::problem::Problem;
use crate::http::negotiate::is_json;

/// How much of a longer body is read before the connection is given up, in bytes.
const DRAINED_BYTES_MAX: usize = 8 * BODY_BYTES_MAX;

/// What a request asks to be executed.
pub(super) struct Asked {
    pub(super) document: Document,
    pub(super) operation: Option<String>,
    pub(super) variables: Variables,
    pub(super) min_position: Option<Position>,
}

/// How a request names its document.
pub(super) enum Document {
    /// By its text, and by its digest too where the caller means to leave the text out next time.
    Text(String, Option<Digest>),
    /// By its digest alone: its text was sent before.
    Persisted(Digest),
}

impl Asked {
    pub(super) fn read(params: Value) -> Result<Self, Unfit> {
        let Value::Object(mut params) = params else {
            return Err(Unfit::bad(Code::BatchNotSupported));
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
        let variables = Variables::from_json(object("variables")?);
        let extensions = object("extensions")?;
        let min_position = min_position(&extensions)?;
        let digest = persisted(&extensions)?;
        let document = match (params.remove("query"), digest) {
            (Some(Value::String(text)), digest) => Document::Text(text, digest),
            (None | Some(Value::Null), Some(digest)) => Document::Persisted(digest),
            _ => return Err(Unfit::bad(Code::QueryMissing)),
        };
        Ok(Self { document, operation, variables, min_position })
    }
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

/// The digest that `extensions` name a document by, as Apollo's automatic persisted queries do
/// (<https://www.apollographql.com/docs/apollo-server/performance/apq>).
fn persisted(extensions: &Value) -> Result<Option<Digest>, Unfit> {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct PersistedQuery {
        version: u32,
        sha256_hash: String,
    }
    let Some(named) = extensions.get("persistedQuery") else { return Ok(None) };
    let invalid = || Unfit::bad(Code::PersistedQueryInvalid);
    let named = PersistedQuery::deserialize(named).map_err(|_| invalid())?;
    let mut digest = [0; 32];
    let read = hex::decode_to_slice(&named.sha256_hash, &mut digest);
    if named.version != 1 || read.is_err() {
        return Err(invalid());
    }
    Ok(Some(digest))
}

/// The parameters of a GET: `query`, `operationName`, and JSON in `variables` and `extensions`.
pub(super) fn from_address(address: &str) -> Result<Value, Unfit> {
    let mut params = Map::new();
    for (name, value) in form_urlencoded::parse(address.as_bytes()) {
        let value = match &*name {
            "variables" | "extensions" => {
                serde_json::from_str(&value).map_err(|_| Unfit::bad(Code::JsonInvalid))?
            }
            _ => Value::String(value.into_owned()),
        };
        params.insert(name.into_owned(), value);
    }
    Ok(Value::Object(params))
}

/// The body of a POST.
pub(super) async fn from_body(parts: &Parts, body: Body) -> Result<Value, Unfit> {
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
