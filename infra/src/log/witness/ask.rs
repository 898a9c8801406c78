//! One question to one witness (c2sp.org/tlog-witness, `add-checkpoint`).
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use jiff::Timestamp;
use signed_note::{Note, Signature};

use super::policy::Witness;
use crate::log::{Error, Log, Published};
use crate::outside::{Answer, StatusCode, Unanswered, post};
use crate::transparency::cosignature::lines;

/// The longest answer that is read, in bytes: a few signature lines.
const ANSWER_BYTES_MAX: usize = 16 << 10;

/// Why a witness did not cosign.
#[derive(Debug, thiserror::Error)]
pub(super) enum Trouble {
    /// Nobody answers, or not now.
    #[error(transparent)]
    Away(#[from] Unanswered),
    /// It says no: the log is unknown to it, or contradicts what it saw.
    #[error("it refuses: {0}")]
    Refused(Unanswered),
    /// It cosigned more than this log has published.
    #[error("it has seen {0} entries, more than were published here")]
    Ahead(u64),
    /// What it answers is no cosignature by its key.
    #[error("its answer holds no cosignature by its key")]
    Uncosigned,
    /// The ledger gave no proof.
    #[error("the ledger gave no proof: {0}")]
    Unproven(Error),
}

impl Trouble {
    /// For those who only want to know which.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Away(_) => "AWAY",
            Self::Refused(_) => "REFUSED",
            Self::Ahead(_) => "AHEAD",
            Self::Uncosigned => "UNCOSIGNED",
            Self::Unproven(_) => "UNPROVEN",
        }
    }
}

/// What a witness gave.
pub(super) struct Given {
    pub signatures: Vec<Signature>,
    pub at: Timestamp,
}

/// Asks `witness` to cosign `published`. `known` is the size that it cosigned last, as far as known; a
/// witness that knows better says so once.
pub(super) async fn ask(
    log: &Log,
    witness: &Witness,
    published: &Published,
    known: &mut u64,
) -> Result<Given, Trouble> {
    if *known > published.checkpoint.size {
        *known = 0;
    }
    let mut answer = send(log, witness, published, *known).await?;
    if let Some(size) = size_in(&answer)
        && size != *known
    {
        if size > published.checkpoint.size {
            return Err(Trouble::Ahead(size));
        }
        *known = size;
        answer = send(log, witness, published, size).await?;
    }
    match answer.status {
        StatusCode::OK => {
            let given = read(&answer.body, witness, published).ok_or(Trouble::Uncosigned)?;
            *known = published.checkpoint.size;
            Ok(given)
        }
        StatusCode::TOO_MANY_REQUESTS => Err(Trouble::Away(answer.refused())),
        it if it.is_server_error() => Err(Trouble::Away(answer.refused())),
        _ => Err(Trouble::Refused(answer.refused())),
    }
}

async fn send(
    log: &Log,
    witness: &Witness,
    published: &Published,
    old: u64,
) -> Result<Answer, Trouble> {
    let size = published.checkpoint.size;
    let proof = if old == 0 || old == size {
        Vec::new()
    } else {
        log.consistency(old, size).await.map_err(Trouble::Unproven)?.unwrap_or_default()
    };
    let mut body = format!("old {old}\n");
    for hash in proof {
        body.push_str(&BASE64.encode(hash));
        body.push('\n');
    }
    body.push('\n');
    let body = [body.as_bytes(), &published.note].concat();
    Ok(post(&witness.url, "text/plain; charset=utf-8", body, ANSWER_BYTES_MAX).await?)
}

/// The size that a witness names which cosigned another one than the one that it was asked from.
fn size_in(answer: &Answer) -> Option<u64> {
    if answer.status != StatusCode::CONFLICT || !answer.is("text/x.tlog.size") {
        return None;
    }
    let text = std::str::from_utf8(&answer.body).ok()?.strip_suffix('\n')?;
    crate::transparency::path::decimal(text, u64::MAX).ok()
}

/// The cosignatures by the witness's own keys. Others are ignored, as the specification says.
fn read(answer: &[u8], witness: &Witness, published: &Published) -> Option<Given> {
    let text = published.checkpoint.to_string();
    let (mut signatures, mut at) = (Vec::<Signature>::new(), None);
    for signature in lines(answer)? {
        // One a key: what is repeated would grow the checkpoint.
        if signatures.iter().any(|it| it.id() == signature.id()) {
            continue;
        }
        let note = Note::new(text.as_bytes(), std::slice::from_ref(&signature)).ok()?;
        if let Some(time) = witness.keys.iter().find_map(|it| it.cosigned(&note)) {
            signatures.push(signature);
            at = at.max(Some(time));
        }
    }
    Some(Given { signatures, at: at? })
}
