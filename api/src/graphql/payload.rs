//! What a mutation answers: the object, the receipt, or the problems.
use std::sync::Arc;

use async_graphql::SimpleObject;
use domain::ids::CommandId;
use domain::recorded::Position;
use infra::ledger::Receipt;
use jiff::Timestamp;
use projections::Models;
use uuid::Uuid;

use super::problem::Problem;
use super::scalars::{Hash, Shown};

/// What became of a command.
pub enum Answer {
    /// It was recorded.
    Recorded(Box<Recorded>),
    /// Nothing was recorded.
    Problems(Vec<Problem>),
}

/// A command that was recorded.
pub struct Recorded {
    /// The aggregate.
    pub id: Uuid,
    /// The part of it that the command added.
    pub part: Option<Uuid>,
    /// The proof.
    pub receipt: Receipt,
    /// The models after it.
    pub models: Arc<Models>,
}

/// An object of the read side that a command's payload shows.
pub trait Node: Sized {
    /// The one with this id, in `models`.
    fn find(models: &Arc<Models>, id: Uuid) -> Option<Self>;
}

impl Answer {
    fn recorded(&self) -> Option<&Recorded> {
        match self {
            Self::Recorded(recorded) => Some(recorded),
            Self::Problems(_) => None,
        }
    }

    /// The object that the command was for.
    pub fn object<N: Node>(&self) -> Option<N> {
        self.recorded().and_then(|it| N::find(&it.models, it.id))
    }

    /// The id of the part that the command added.
    pub fn part(&self) -> Option<Shown<Uuid>> {
        self.recorded().and_then(|it| it.part).map(Shown)
    }

    /// The proof.
    pub fn receipt(&self) -> Option<ReceiptObject> {
        self.recorded().map(|it| it.receipt.into())
    }

    /// What is wrong.
    pub fn errors(&self) -> &[Problem] {
        match self {
            Self::Recorded(_) => &[],
            Self::Problems(problems) => problems,
        }
    }
}

/// What a caller keeps of a recorded command: enough to find it again and to see that it was not
/// changed.
#[derive(SimpleObject)]
#[graphql(name = "Receipt")]
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
