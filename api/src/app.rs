//! The application: the ledger and the read models that follow it.
use std::sync::Arc;

use domain::recorded::Position;
use infra::ledger::{Head, Ledger};
use jiff::Timestamp;

use crate::graphql::fault::Fault;

/// Every read model, at one position.
#[derive(Clone, Default)]
pub struct Models;

/// The ledger and the read models that follow it. Clones share them.
#[derive(Clone)]
pub struct App {
    ledger: Ledger,
}

impl App {
    /// The head of the ledger.
    pub fn head(&self) -> Head {
        self.ledger.head()
    }

    /// Everything that is known.
    pub fn now(&self) -> Arc<Models> {
        Arc::default()
    }

    /// Everything that was known once the event at `position` had been recorded.
    pub async fn at_position(&self, _position: Position) -> Result<Arc<Models>, Fault> {
        Ok(self.now())
    }

    /// Everything that was known at `instant`.
    pub async fn at_instant(&self, _instant: Timestamp) -> Result<Arc<Models>, Fault> {
        Ok(self.now())
    }
}
