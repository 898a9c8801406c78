//! Receipts: what proves to a caller that something was recorded, now or when he asks again.
use async_graphql::{ComplexObject, Context, Object, SimpleObject};
use domain::ids::CommandId;
use domain::recorded::{Position, Recorded};
use infra::ledger::Receipt;
use infra::transparency::tree::leaf;
use jiff::Timestamp;

use super::fault::Fault;
use super::scalars::{Given, Hash, Shown};
use super::view::must;
use crate::app::App;
use crate::publication::Publication;

/// Questions about receipts.
#[derive(Default)]
pub struct ReceiptQuery;

/// Questions about receipts.
#[Object(serial)]
impl ReceiptQuery {
    /// The receipt of one event, for somebody who has lost it.
    async fn receipt(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The event's place in the ledger.")] position: Given<Position>,
    ) -> Result<Option<EventReceipt>, Fault> {
        let position = must(&position, "position")?;
        let ledger = ctx.data_unchecked::<App>().ledger();
        let Some(before) = position.0.checked_sub(1).map(Position) else { return Ok(None) };
        let stored = ledger.read(before, 1).await.map_err(Fault::ledger)?.pop();
        let Some(stored) = stored else { return Ok(None) };
        let recorded = Recorded::read(position, &stored.bytes).map_err(Fault::internal)?;
        Ok(Some(EventReceipt {
            position: Shown(position),
            leaf_hash: Shown(Hash(leaf(&stored.bytes))),
            recorded_at: Shown(recorded.recorded_at),
        }))
    }
}

/// What proves that one event was recorded.
#[derive(SimpleObject)]
#[graphql(serial, complex)]
pub struct EventReceipt {
    /// The event's place in the ledger.
    position: Shown<Position>,
    /// The event's leaf hash (RFC 6962, §2.1).
    leaf_hash: Shown<Hash>,
    /// When it was recorded.
    recorded_at: Shown<Timestamp>,
}

#[ComplexObject]
impl EventReceipt {
    /// How many events the last published checkpoint is about, where this one is among them. Nothing
    /// until it is published, which takes a second at most.
    async fn checkpoint_size(&self, ctx: &Context<'_>) -> Option<Shown<Position>> {
        published_with(ctx, self.position.0)
    }

    /// Where its proof is to be fetched, from the moment that it is published: a file in the format
    /// c2sp.org/tlog-proof, which is checked without this server.
    async fn url(&self) -> String {
        proof_of(self.position.0)
    }
}

/// What a caller keeps of a recorded command: enough to find it again, to fetch its proof and to see
/// that it was not changed.
#[derive(SimpleObject)]
#[graphql(serial, name = "Receipt", complex)]
pub struct ReceiptObject {
    /// The command's id.
    command_id: Shown<CommandId>,
    /// The position of the first event that it caused.
    first_position: Shown<Position>,
    /// The position of the last event that it caused.
    last_position: Shown<Position>,
    /// The leaf hash of that last event (RFC 6962, §2.1).
    leaf_hash: Shown<Hash>,
    /// The root of the tree over the events 1 to `lastPosition`.
    root: Shown<Hash>,
    /// When it was recorded.
    recorded_at: Shown<Timestamp>,
}

#[ComplexObject]
impl ReceiptObject {
    /// The position that the proof is about: that of the last event. Each event before it has a
    /// receipt of its own.
    async fn position(&self) -> Shown<Position> {
        self.last_position
    }

    /// How many events the last published checkpoint is about, where those of the command are among
    /// them. Nothing until they are published, which takes a second at most: a command does not wait
    /// for it, and `receipt(position:)` asks again.
    async fn checkpoint_size(&self, ctx: &Context<'_>) -> Option<Shown<Position>> {
        published_with(ctx, self.last_position.0)
    }

    /// Where the proof of the last event is to be fetched, from the moment that it is published: a
    /// file in the format c2sp.org/tlog-proof, which is checked without this server.
    async fn url(&self) -> String {
        proof_of(self.last_position.0)
    }
}

impl From<Receipt> for ReceiptObject {
    fn from(receipt: Receipt) -> Self {
        Self {
            command_id: Shown(receipt.command),
            first_position: Shown(receipt.first),
            last_position: Shown(receipt.last),
            leaf_hash: Shown(Hash(receipt.leaf)),
            root: Shown(Hash(receipt.root)),
            recorded_at: Shown(receipt.recorded_at),
        }
    }
}

/// How many events are published, where the one at `position` is among them.
fn published_with(ctx: &Context<'_>, position: Position) -> Option<Shown<Position>> {
    let vouched = ctx.data_opt::<Publication>()?.as_ref().ok()?;
    let size = Position(vouched.log.latest().checkpoint.size);
    (size >= position).then_some(Shown(size))
}

fn proof_of(position: Position) -> String {
    format!("/receipts/{position}.tlog-proof")
}
