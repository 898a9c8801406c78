//! What a partner shows in proof, and what became of it.
use async_graphql::{Enum, Object};
use domain::ids::{EvidenceId, MilestoneId};
use domain::measure::Quantity;
use projections::commitments::{Answer, Evidence};
use projections::{actors, documents};

use crate::graphql::list::List;
use crate::graphql::scalars::Shown;
use crate::graphql::values::Text;
use crate::graphql::view::{Seen, StampObject, Told, View};

/// What became of a piece of evidence.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum EvidenceAnswer {
    /// Nobody has answered yet.
    Waiting,
    /// It proves something.
    Confirmed,
    /// It does not prove it.
    Rejected,
}

/// What a partner shows in proof.
pub struct EvidenceObject {
    pub(super) view: View,
    pub(super) it: Evidence,
}

/// What a partner shows in proof.
#[Object(serial, name = "Evidence")]
impl EvidenceObject {
    /// Its id.
    async fn id(&self) -> Shown<EvidenceId> {
        Shown(self.it.id)
    }

    /// The id of the milestone that it is for.
    async fn milestone_id(&self) -> Option<Shown<MilestoneId>> {
        self.it.milestone.map(Shown)
    }

    /// The files.
    #[graphql(complexity = "crate::graphql::connection::list_cost(child_complexity)")]
    async fn documents(&self) -> List<Seen<documents::Document>> {
        self.view.documents(self.it.documents.iter().copied())
    }

    /// How much it is said to prove, in the pledge's unit.
    async fn claimed(&self) -> Shown<Quantity> {
        Shown(self.it.claimed)
    }

    /// In words.
    async fn note(&self) -> Option<Text> {
        self.it.note.as_deref().map(Into::into)
    }

    /// When it was shown.
    async fn submitted(&self) -> StampObject {
        self.view.stamp(self.it.submitted)
    }

    /// What became of it.
    async fn answer(&self) -> EvidenceAnswer {
        match self.it.answer {
            Answer::Waiting => EvidenceAnswer::Waiting,
            Answer::Confirmed { .. } => EvidenceAnswer::Confirmed,
            Answer::Rejected { .. } => EvidenceAnswer::Rejected,
        }
    }

    /// Who answered.
    async fn answered_by(&self) -> Told<actors::Actor> {
        match self.it.answer {
            Answer::Waiting => None,
            Answer::Confirmed { by, .. } | Answer::Rejected { by, .. } => self.view.actor(by),
        }
    }

    /// When it was answered.
    async fn answered(&self) -> Option<StampObject> {
        match self.it.answer {
            Answer::Waiting => None,
            Answer::Confirmed { stamp, .. } | Answer::Rejected { stamp, .. } => {
                Some(self.view.stamp(stamp))
            }
        }
    }

    /// How much it proves, in the pledge's unit.
    async fn confirmed(&self) -> Option<Shown<Quantity>> {
        match self.it.answer {
            Answer::Confirmed { confirmed, .. } => Some(Shown(confirmed)),
            _ => None,
        }
    }

    /// Why it was rejected.
    async fn rejection_reason(&self) -> Option<Text> {
        match &self.it.answer {
            Answer::Rejected { reason, .. } => Some((&**reason).into()),
            _ => None,
        }
    }
}
