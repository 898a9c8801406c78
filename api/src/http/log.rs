//! The published log (c2sp.org/tlog-tiles): its checkpoint, tiles and entries, its keys, and proofs.
//!
//! What has a path of its own never changes and may be kept for ever; the checkpoint may not.
use axum::Json;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{FromRequestParts, Path, Query};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::request::Parts;
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use domain::recorded::Position;
use infra::log::{Error, Vouched};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::Door;
use super::plain::{self, TEXT};
use crate::graphql::code::Code;
use crate::graphql::problem::Problem;
use crate::languages::Tongue;

pub(super) type Headers = [(HeaderName, &'static str); 2];

/// The next one comes within a second.
pub(super) const FRESH: Headers = [(CONTENT_TYPE, TEXT), (CACHE_CONTROL, "public, max-age=1")];
/// RFC 9052, §11.1.
const COSE: Headers = [
    (CONTENT_TYPE, "application/cose; cose-type=\"cose-sign1\""),
    (CACHE_CONTROL, "public, max-age=1"),
];
pub(super) const FOR_EVER: Headers = [
    (CONTENT_TYPE, "application/octet-stream"),
    (CACHE_CONTROL, "public, max-age=31536000, immutable"),
];

/// The log and who vouches for it, for a handler that shows something of it. Where it is refused, the
/// answer is 503 and says why, and nothing of what is unsigned is shown.
pub(super) struct Shown {
    pub(super) it: Vouched,
    /// The language of whoever asks, for what is said where there is nothing to show.
    tongue: Tongue,
}

impl FromRequestParts<Door> for Shown {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, door: &Door) -> Result<Self, Response> {
        let tongue = plain::tongue(&parts.headers);
        match &door.log {
            Ok(it) => Ok(Self { it: it.clone(), tongue }),
            Err(why) => {
                Err(plain::refused(tongue, StatusCode::SERVICE_UNAVAILABLE, &why.problem()))
            }
        }
    }
}

impl Shown {
    /// There is nothing there, or nothing yet.
    pub(super) fn missing(&self, why: Code) -> Response {
        plain::refused(self.tongue, StatusCode::NOT_FOUND, &Problem::new(why))
    }

    /// What is asked cannot be.
    pub(super) fn unfit(&self, why: Code) -> Response {
        plain::refused(self.tongue, StatusCode::BAD_REQUEST, &Problem::new(why))
    }

    pub(super) fn failed(&self, error: &Error) -> Response {
        let trace = Uuid::new_v4();
        tracing::error!(%trace, %error, "the published log could not be read");
        plain::failed(self.tongue, trace)
    }
}

/// `GET /log/checkpoint`: the last one that was signed, with the cosignatures that it has by now.
pub(super) async fn checkpoint(Shown { it, .. }: Shown) -> Response {
    (FRESH, it.witnesses.shown(&it.log.latest()).note).into_response()
}

/// `GET /log/key`: the keys that sign, one a line, the newest last.
pub(super) async fn key(Shown { it, .. }: Shown) -> Response {
    (FRESH, it.log.keys().join("\n") + "\n").into_response()
}

/// `GET /log/tile/…`: hashes or entries, as far as they are published.
pub(super) async fn tile(shown: Shown, path: Result<Path<String>, PathRejection>) -> Response {
    let Some(resource) = path.ok().and_then(|Path(it)| it.parse().ok()) else {
        return shown.missing(Code::LogPathUnknown);
    };
    match shown.it.log.resource(resource).await {
        Ok(Some(bytes)) => (FOR_EVER, bytes).into_response(),
        Ok(None) => shown.missing(Code::LogNotPublished),
        Err(error) => shown.failed(&error),
    }
}

/// `GET /receipts/<position>.tlog-proof` and `….cose`: the event with the proof, in the format of
/// c2sp.org/tlog-proof up to the last checkpoint that a quorum of witnesses vouches for, or up to the
/// last one where that does not reach so far; in that of RFC 9942 up to the last one.
pub(super) async fn receipt(shown: Shown, file: Result<Path<String>, PathRejection>) -> Response {
    let it = &shown.it;
    let file = file.map(|Path(it)| it).unwrap_or_default();
    let parts = file.split_once('.').and_then(|it| Some((Position(it.0.parse().ok()?), it.1)));
    let written = match parts {
        Some((position, "tlog-proof")) => {
            let receipt = it.witnesses.receipt(&it.log, position).await;
            receipt.map(|it| it.map(|it| (FRESH, it.to_string()).into_response()))
        }
        Some((position, "cose")) => {
            let receipt = it.log.cose(position).await;
            receipt.map(|it| it.map(|it| (COSE, it).into_response()))
        }
        _ => return shown.missing(Code::ReceiptPathUnknown),
    };
    match written {
        Ok(Some(response)) => response,
        Ok(None) => shown.missing(Code::EventNotPublished),
        Err(error) => shown.failed(&error),
    }
}

/// Between which sizes.
#[derive(Deserialize)]
pub(super) struct Sizes {
    from: u64,
    to: u64,
}

/// That the log only grew (RFC 6962, §2.1.2).
#[derive(Serialize)]
struct Consistency {
    from: u64,
    to: u64,
    /// In Base 64, in the order of the RFC.
    proof: Vec<String>,
}

/// `GET /log/proof/consistency?from=&to=`: that the first `from` entries begin the first `to`.
pub(super) async fn consistency(
    shown: Shown,
    sizes: Result<Query<Sizes>, QueryRejection>,
) -> Response {
    let Ok(Query(Sizes { from, to })) = sizes else {
        return shown.unfit(Code::LogSizesInvalid);
    };
    match shown.it.log.consistency(from, to).await {
        Ok(Some(proof)) => {
            let proof = proof.iter().map(|it| BASE64.encode(it)).collect();
            ([(CACHE_CONTROL, FOR_EVER[1].1)], Json(Consistency { from, to, proof }))
                .into_response()
        }
        Ok(None) => shown.unfit(Code::LogSizesInvalid),
        Err(error) => shown.failed(&error),
    }
}
