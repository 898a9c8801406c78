//! The ledger itself: how far it is, and what its state is proved by.
use async_graphql::{Context, Object};
use domain::recorded::Position;
use infra::ledger::Head;
use jiff::Timestamp;

use super::scalars::{Hash, Shown};
use crate::app::App;

/// Questions about the ledger itself.
#[derive(Default)]
pub struct LedgerQuery;

/// Questions about the ledger itself.
#[Object]
impl LedgerQuery {
    /// The ledger after its last event.
    async fn ledger(&self, ctx: &Context<'_>) -> LedgerObject {
        LedgerObject(ctx.data_unchecked::<App>().head())
    }
}

struct LedgerObject(Head);

/// The ledger after its last event.
#[Object(name = "Ledger")]
impl LedgerObject {
    /// The position of its last event.
    async fn position(&self) -> Shown<Position> {
        Shown(self.0.position)
    }

    /// The root hash of the tree over all its events (RFC 6962, §2.1).
    async fn root(&self) -> Shown<Hash> {
        Shown(Hash(self.0.root))
    }

    /// When its last event was recorded.
    async fn recorded_at(&self) -> Shown<Timestamp> {
        Shown(self.0.recorded_at)
    }
}
