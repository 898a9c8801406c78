//! The ledger itself: what it says of itself, how far it is, and what its state is proved by.
use async_graphql::{Context, Enum, Object, SimpleObject};
use domain::genesis::Clock;
use domain::ids::LedgerId;
use domain::recorded::Position;
use jiff::Timestamp;
use projections::Genesis;

use super::fault::Fault;
use super::scalars::{Hash, Shown};
use super::values::{AsOf, Text};
use super::view::{StampObject, View};
use crate::app::App;

/// Questions about the ledger itself.
#[derive(Default)]
pub struct LedgerQuery;

/// Questions about the ledger itself.
#[Object]
impl LedgerQuery {
    /// The ledger: ask for its `moment` beside any other question with the same `asOf`, and the
    /// answer says what it was computed from.
    async fn ledger(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What was known then; now where it is left out.")] as_of: Option<AsOf>,
    ) -> Result<LedgerObject, Fault> {
        Ok(LedgerObject(View::of(ctx, as_of, None).await?))
    }
}

/// Where the ledger's time comes from.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "Clock")]
pub enum LedgerClock {
    /// The machine's clock.
    Real,
    /// A clock that walked through the past while demonstration data was loaded.
    Simulated,
}

struct LedgerObject(View);

impl LedgerObject {
    fn genesis(&self) -> Option<&Genesis> {
        self.0.models.ledger.as_deref()
    }
}

/// The ledger, as of a point.
#[Object(name = "Ledger")]
impl LedgerObject {
    /// Its id, the same in every copy of it; nothing before its first event.
    async fn id(&self) -> Option<Shown<LedgerId>> {
        self.genesis().map(|it| Shown(it.id))
    }

    /// What people call it.
    async fn name(&self) -> Option<&str> {
        self.genesis().map(|it| it.name.as_str())
    }

    /// The schema-less URL that its log is published under.
    async fn origin(&self) -> Option<&str> {
        self.genesis().map(|it| it.origin.as_str())
    }

    /// What it is kept for.
    async fn purpose(&self) -> Option<Text> {
        self.genesis().map(|it| (&it.purpose).into())
    }

    /// Where its time comes from.
    async fn clock(&self) -> Option<LedgerClock> {
        self.genesis().map(|it| it.clock.into())
    }

    /// When it was opened.
    async fn opened(&self) -> Option<StampObject> {
        self.genesis().map(|it| self.0.stamp(it.opened))
    }

    /// The position of the last event that was known.
    async fn position(&self) -> Shown<Position> {
        Shown(self.0.models.position)
    }

    /// When that event was recorded; nothing before the first.
    async fn recorded_at(&self) -> Option<Shown<Timestamp>> {
        self.0.models.recorded_at.map(Shown)
    }

    /// The root hash of the tree over the events that were known (RFC 6962, §2.1).
    async fn root(&self, ctx: &Context<'_>) -> Result<Shown<Hash>, Fault> {
        root(ctx, self.0.models.position).await
    }

    /// What an answer as of this point is computed from.
    async fn moment(&self, ctx: &Context<'_>) -> Result<Moment, Fault> {
        let models = &self.0.models;
        Ok(Moment {
            position: Shown(models.position),
            instant: models.recorded_at.map(Shown),
            root: root(ctx, models.position).await?,
        })
    }
}

async fn root(ctx: &Context<'_>, position: Position) -> Result<Shown<Hash>, Fault> {
    let ledger = ctx.data_unchecked::<App>().ledger();
    let root = ledger.root_at(position).await.map_err(Fault::ledger)?;
    Ok(Shown(Hash(root)))
}

/// What an answer is computed from: every event up to a position, and nothing else.
#[derive(SimpleObject)]
pub struct Moment {
    /// The position of the last event.
    position: Shown<Position>,
    /// When that event was recorded; nothing before the first.
    instant: Option<Shown<Timestamp>>,
    /// The root hash of the tree over those events (RFC 6962, §2.1).
    root: Shown<Hash>,
}
