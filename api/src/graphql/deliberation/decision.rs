//! What a council said on a matter, and how it voted.
use async_graphql::SimpleObject;
use domain::deliberation::Votes;
use domain::effective::Effective;
use domain::measure::Quantity;
use domain::text::Name;
use projections::deliberations::{Decision, Stage};
use projections::documents;

use crate::graphql::enums::Choice;
use crate::graphql::scalars::Shown;
use crate::graphql::values::Text;
use crate::graphql::view::{StampObject, Told, View};

/// What a council said on a matter: yes, no, or later.
#[derive(SimpleObject)]
#[graphql(serial, name = "CouncilDecision")]
pub struct DecisionObject {
    /// What the matter became.
    stage: Choice<Stage>,
    /// The number of the act.
    number: Option<Shown<Name>>,
    /// How the council voted; nothing where it is not declared.
    votes: Option<VotesObject>,
    /// The signed act.
    document: Told<documents::Document>,
    /// Why.
    reason: Option<Text>,
    /// Until when it was postponed, where that was said.
    until: Option<Shown<Effective>>,
    /// When, and who said so.
    said: StampObject,
}

impl DecisionObject {
    pub(super) fn of(view: &View, it: &Decision) -> Self {
        Self {
            stage: Choice(it.stage),
            number: it.number.as_deref().cloned().map(Shown),
            votes: it.votes.as_deref().map(Into::into),
            document: it.document.and_then(|id| view.document(id)),
            reason: it.reason.as_deref().map(Into::into),
            until: it.until.map(Shown),
            said: view.stamp(it.stamp),
        }
    }
}

/// How a council voted. Members who are present and neither vote nor abstain are not counted.
#[derive(SimpleObject)]
#[graphql(serial, name = "Votes")]
pub struct VotesObject {
    /// How many members the council has; nothing where it is not declared.
    members: Option<Shown<Quantity>>,
    /// How many had to be present; nothing where it is not declared.
    quorum: Option<Shown<Quantity>>,
    /// How many were present; nothing where it is not declared.
    present: Option<Shown<Quantity>>,
    /// How many voted for it.
    in_favour: Shown<Quantity>,
    /// How many voted against it.
    against: Shown<Quantity>,
    /// How many abstained.
    abstained: Shown<Quantity>,
}

impl From<&Votes> for VotesObject {
    fn from(it: &Votes) -> Self {
        Self {
            members: it.members.map(Shown),
            quorum: it.quorum.map(Shown),
            present: it.present.map(Shown),
            in_favour: Shown(it.in_favour),
            against: Shown(it.against),
            abstained: Shown(it.abstained),
        }
    }
}
