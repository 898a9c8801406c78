//! For whom a request acts. Until people sign in, a header says so, and is believed only where
//! nobody but a process of the same machine can have written it.
use std::net::{IpAddr, SocketAddr};

use axum::http::HeaderMap;
use axum::http::header::HOST;
use domain::ids::{ActorId, MandateId, UserId};
use domain::permission::{Acting, Denied};
use jiff::civil::Date;
use projections::Models;
use projections::actors::Status;

use crate::graphql::code::Code;
use crate::graphql::fault::Fault;
use crate::graphql::problem::Problem;

/// The header: `Tiwizi-Acting: actor=<uuid>; mandate=<uuid>`.
pub const HEADER: &str = "tiwizi-acting";

/// Whom a request says that it acts for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claimed {
    /// Nobody: it can only read.
    Nobody,
    /// An actor, under a mandate that may or may not be in force.
    Mandate {
        /// For whom.
        actor: ActorId,
        /// By which right.
        mandate: MandateId,
    },
    /// The header says something else.
    Unreadable,
    /// The header could come from another machine.
    NotLocal,
}

impl Claimed {
    /// What the request's header says. `peer` is the other end of the connection, `listening` the
    /// address that the server listens on. Where the peer is not known, nothing is believed.
    ///
    /// The `Host` must be a loopback name too: a page of another site whose name was made to point
    /// here (DNS rebinding) would otherwise pass for a local process.
    pub fn read(headers: &HeaderMap, peer: Option<SocketAddr>, listening: SocketAddr) -> Self {
        let Some(header) = headers.get(HEADER) else {
            return Self::Nobody;
        };
        let is_loopback = |address: SocketAddr| address.ip().to_canonical().is_loopback();
        let host = headers.get(HOST).and_then(|it| it.to_str().ok());
        let is_local = peer.is_some_and(is_loopback) && is_loopback(listening);
        if !is_local || !host.is_some_and(names_loopback) {
            return Self::NotLocal;
        }
        header.to_str().ok().and_then(parse).unwrap_or(Self::Unreadable)
    }

    /// The one whom the directory knows by it, as of `today`.
    pub fn resolve(self, models: &Models, today: Date) -> Result<Holder, Fault> {
        let unauthenticated = |code| Fault::Unauthenticated(Problem::new(code));
        let (actor, mandate) = match self {
            Self::Nobody => return Err(Fault::denied(Denied::NoMandate)),
            Self::Unreadable => return Err(unauthenticated(Code::ActingUnreadable)),
            Self::NotLocal => return Err(unauthenticated(Code::ActingNotLocal)),
            Self::Mandate { actor, mandate } => (actor, mandate),
        };
        let known = models.actors.get(actor);
        let granted = models.actors.mandate_in_force(actor, mandate, today);
        let acting = Acting {
            actor,
            mandate,
            powers: granted.map(|it| it.powers.clone()).unwrap_or_default(),
            actor_active: known
                .is_some_and(|it| it.status == Status::Registered && it.annulled.is_none()),
            mandate_in_force: granted.is_some(),
        };
        Ok(Holder { acting, user: granted.map(|it| it.holder) })
    }
}

/// Who acts, and which person that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// For whom, and what may be done.
    pub acting: Acting,
    /// Who holds the mandate, where it is in force.
    pub user: Option<UserId>,
}

fn parse(header: &str) -> Option<Claimed> {
    let (mut actor, mut mandate) = (None, None);
    for part in header.split(';') {
        match part.trim().split_once('=')? {
            ("actor", id) => actor = Some(id.trim().parse().ok()?),
            ("mandate", id) => mandate = Some(id.trim().parse().ok()?),
            _ => return None,
        }
    }
    Some(Claimed::Mandate { actor: actor?, mandate: mandate? })
}

/// Whether a `Host` header names this machine from within.
fn names_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|it| it.is_ascii_digit()) => name,
        _ => host,
    };
    let address = name.trim_start_matches('[').trim_end_matches(']');
    name.eq_ignore_ascii_case("localhost")
        || address.parse::<IpAddr>().is_ok_and(|it| it.is_loopback())
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    const ACTING: &str = "actor=00000000-0000-0000-0000-000000000001; \
                          mandate=00000000-0000-0000-0000-000000000002";

    fn read(host: &'static str, acting: &'static str, peer: &str, listening: &str) -> Claimed {
        let mut headers = HeaderMap::new();
        headers.insert(HOST, HeaderValue::from_static(host));
        headers.insert(HEADER, HeaderValue::from_static(acting));
        let address = |text: &str| text.parse().expect("an address");
        Claimed::read(&headers, Some(address(peer)), address(listening))
    }

    #[test]
    fn a_local_process_names_its_actor_and_mandate() {
        let claimed =
            Claimed::Mandate { actor: ActorId::from_u128(1), mandate: MandateId::from_u128(2) };
        for host in ["localhost:8080", "127.0.0.1:8080", "[::1]:8080", "LOCALHOST"] {
            assert_eq!(read(host, ACTING, "127.0.0.1:5000", "127.0.0.1:8080"), claimed, "{host}");
        }
    }

    #[test]
    fn the_header_is_believed_from_this_machine_alone() {
        let local = "127.0.0.1:8080";
        for (host, peer, listening) in [
            ("localhost", "192.0.2.7:5000", local),
            ("localhost", "127.0.0.1:5000", "0.0.0.0:8080"),
            ("rebound.example", "127.0.0.1:5000", local),
        ] {
            assert_eq!(read(host, ACTING, peer, listening), Claimed::NotLocal, "{host} {peer}");
        }
        let mut headers = HeaderMap::new();
        let listening = local.parse().expect("an address");
        assert_eq!(Claimed::read(&headers, None, listening), Claimed::Nobody);
        headers.insert(HEADER, HeaderValue::from_static(ACTING));
        assert_eq!(Claimed::read(&headers, None, listening), Claimed::NotLocal);
    }

    #[test]
    fn a_header_of_another_form_is_told_so() {
        for wrong in ["", "actor=1", "actor", "user=00000000-0000-0000-0000-000000000001"] {
            let read = read("localhost", wrong, "127.0.0.1:1", "127.0.0.1:2");
            assert_eq!(read, Claimed::Unreadable, "{wrong}");
        }
    }
}
