//! Who vouches for the published log: its witnesses (c2sp.org/tlog-witness) and its time authority (RFC
//! 3161).
use axum::Json;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use infra::log::time::Part;
use serde::{Deserialize, Serialize};

use super::log::{FOR_EVER, FRESH, Shown};
use super::plain::TEXT;
use crate::graphql::code::Code;

/// The most time stamps of one answer.
const STAMPS_MAX: usize = 100;

/// Where the log and its witnesses stand.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Status {
    origin: String,
    /// Of the newest checkpoint.
    size: u64,
    /// In Base 64.
    root: String,
    /// How many witnesses make a quorum; 0 where none is asked.
    quorum: usize,
    /// How many entries a quorum vouches for; null where it does for none.
    witnessed_size: Option<u64>,
    witnesses: Vec<Witness>,
}

/// What a witness did last.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Witness {
    name: String,
    /// The size that it cosigned.
    size: Option<u64>,
    /// By its own clock.
    cosigned_at: Option<String>,
    /// Why it did not cosign what it was asked about last.
    trouble: Option<&'static str>,
}

/// `GET /log/witnessed`: the newest checkpoint that a quorum of witnesses vouches for.
pub(super) async fn witnessed(shown: Shown) -> Response {
    match shown.it.witnesses.witnessed() {
        Some(published) => (FRESH, published.note.clone()).into_response(),
        None => shown.missing(Code::LogNotWitnessed),
    }
}

/// `GET /log/status`: the newest checkpoint, the quorum and each witness.
pub(super) async fn status(Shown { it, .. }: Shown) -> Response {
    let latest = it.log.latest();
    let witnesses = it.witnesses.seen().into_iter().map(|(name, seen)| Witness {
        name,
        size: seen.size,
        cosigned_at: seen.cosigned_at.map(|it| it.to_string()),
        trouble: seen.trouble,
    });
    let status = Status {
        origin: latest.checkpoint.origin.clone(),
        size: latest.checkpoint.size,
        root: BASE64.encode(latest.checkpoint.root),
        quorum: it.witnesses.quorum(),
        witnessed_size: it.witnesses.witnessed().map(|it| it.checkpoint.size),
        witnesses: witnesses.collect(),
    };
    ([(CACHE_CONTROL, FRESH[1].1)], Json(status)).into_response()
}

/// Which page of the time stamps.
#[derive(Deserialize)]
pub(super) struct Page {
    /// Those for fewer entries than this.
    before: Option<u64>,
    first: Option<usize>,
}

/// The time stamps, the newest first.
#[derive(Serialize)]
struct Stamps {
    stamps: Vec<Stamp>,
    /// Where the older ones are; null where there are none.
    next: Option<String>,
}

#[derive(Serialize)]
struct Stamp {
    size: u64,
    /// By the authority's clock.
    time: String,
    token: String,
    checkpoint: String,
}

/// `GET /log/time?before=&first=`: which checkpoints an authority stamped.
pub(super) async fn stamps(shown: Shown, page: Result<Query<Page>, QueryRejection>) -> Response {
    let Ok(Query(page)) = page else {
        return shown.unfit(Code::StampsPageInvalid);
    };
    let first = page.first.unwrap_or(STAMPS_MAX).clamp(1, STAMPS_MAX);
    let found = match shown.it.stamps.before(page.before.unwrap_or(u64::MAX), first).await {
        Ok(found) => found,
        Err(error) => return shown.failed(&error),
    };
    let more = found.last().filter(|_| found.len() == first);
    let next = more.map(|it| format!("/log/time?before={}&first={first}", it.size));
    let stamps = found.iter().map(|it| Stamp {
        size: it.size,
        time: it.time.to_string(),
        token: format!("/log/time/{}.tsr", it.size),
        checkpoint: format!("/log/time/{}.checkpoint", it.size),
    });
    let stamps = Stamps { stamps: stamps.collect(), next };
    ([(CACHE_CONTROL, FRESH[1].1)], Json(stamps)).into_response()
}

/// `GET /log/time/<size>.tsr` and `GET /log/time/<size>.checkpoint`: the token, and what it is about.
pub(super) async fn stamp(shown: Shown, file: Result<Path<String>, PathRejection>) -> Response {
    const KINDS: [(Part, &str, &str); 2] = [
        (Part::Token, "tsr", "application/timestamp-reply"),
        (Part::Checkpoint, "checkpoint", TEXT),
    ];
    let file = file.map(|Path(it)| it).unwrap_or_default();
    let asked = file.split_once('.').and_then(|(size, extension)| {
        let (part, _, media) = KINDS.into_iter().find(|it| it.1 == extension)?;
        Some((size.parse().ok()?, part, media))
    });
    let Some((size, part, media)) = asked else {
        return shown.missing(Code::StampPathUnknown);
    };
    match shown.it.stamps.part(size, part).await {
        Ok(Some(bytes)) => {
            ([(CONTENT_TYPE, media), (CACHE_CONTROL, FOR_EVER[1].1)], bytes).into_response()
        }
        Ok(None) => shown.missing(Code::StampMissing),
        Err(error) => shown.failed(&error),
    }
}
