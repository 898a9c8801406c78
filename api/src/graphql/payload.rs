//! What a mutation answers: the object, the receipt, or the problems.
use std::sync::Arc;

use infra::ledger::Receipt;
use projections::Models;
use uuid::Uuid;

use super::problem::Problem;
use super::receipt::ReceiptObject;
use super::scalars::Shown;

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
