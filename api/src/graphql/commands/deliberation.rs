//! The mutations of deliberations.
use async_graphql::InputObject;
use domain::aggregate::Decider;
use domain::deliberation::{Command, Deliberation, Votes};
use domain::effective::Effective;
use domain::ids::{ActorId, CitizenInitiativeId, DeliberationId, DocumentId};
use domain::measure::Quantity;
use domain::permission::Needs;
use domain::recorded::Position;
use domain::text::{Name, Note, Title};
use serde::Serialize;

use super::commands;
use super::desk::{Desk, Take, camel};
use super::inputs::{Words, fields};
use crate::app::Request;
use crate::graphql::problem::Problem;
use crate::graphql::scalars::Given;
use crate::graphql::view::Seen;

/// How a council voted. Members who are present and neither vote nor abstain are not counted.
#[derive(InputObject, Clone, Debug)]
pub struct VotesInput {
    /// How many members the council has; left out where it is not declared.
    members: Option<Given<Quantity>>,
    /// How many had to be present; left out where it is not declared.
    quorum: Option<Given<Quantity>>,
    /// How many were present; left out where it is not declared.
    present: Option<Given<Quantity>>,
    /// How many voted for it.
    in_favour: Given<Quantity>,
    /// How many voted against it.
    against: Given<Quantity>,
    /// How many abstained.
    abstained: Given<Quantity>,
}

impl Take for VotesInput {
    type Domain = Votes;

    fn take(self, desk: &Desk<'_>) -> Result<Votes, Problem> {
        fields!(self, desk, Votes { members, quorum, present, in_favour, against, abstained })
    }
}

commands! {
    |desk, id| Deliberation(DeliberationId) as deliberation: Seen<projections::deliberations::Deliberation>,
    DeliberationMutation, DeliberationPayload;

    /// A council takes a matter up.
    deliberation_table: DeliberationTableInput => Table {
        /// Whose council.
        council: Given<ActorId>,
        /// The matter.
        title: Words<Title>,
        /// Which session.
        session: Option<Given<Name>>,
        /// The petition that asks for it.
        initiative: Option<Given<CitizenInitiativeId>>,
        /// When.
        on: Given<Effective>,
    } on on;

    /// The council says yes.
    deliberation_adopt: DeliberationAdoptInput => Adopt of deliberation {
        /// The number of the act.
        number: Option<Given<Name>>,
        /// How it voted; left out where it is not declared.
        votes: Option<VotesInput>,
        /// The signed act.
        document: Option<Given<DocumentId>>,
        /// When.
        on: Given<Effective>,
    } on on;

    /// The council says no.
    deliberation_reject: DeliberationRejectInput => Reject of deliberation {
        /// The number of the act.
        number: Option<Given<Name>>,
        /// How it voted; left out where it is not declared.
        votes: Option<VotesInput>,
        /// The signed act.
        document: Option<Given<DocumentId>>,
        /// Why.
        reason: Option<Words<Note>>,
        /// When.
        on: Given<Effective>,
    } on on;

    /// The council decides later.
    deliberation_postpone: DeliberationPostponeInput => Postpone of deliberation {
        /// Until when, where that was said.
        until: Option<Given<Effective>>,
        /// Why.
        reason: Option<Words<Note>>,
        /// When.
        on: Given<Effective>,
    } on on;

    /// It holds no more: by law, or because it was recorded by mistake. The original stays visible
    /// with its votes.
    deliberation_annul: DeliberationAnnulInput => Annul of deliberation {
        /// Why.
        reason: Words<Note>,
        /// Since when.
        on: Given<Effective>,
    } on on corrects { decision(desk, id).or_else(|| tabling(desk, id)) } with { by: desk.actor };

    /// It was written down wrongly; what is left out stays as it was.
    deliberation_correct: DeliberationCorrectInput => Correct of deliberation {
        /// The matter.
        title: Option<Words<Title>>,
        /// Which session.
        session: Option<Given<Name>>,
        /// The number of the act.
        number: Option<Given<Name>>,
        /// How the council voted.
        votes: Option<VotesInput>,
        /// When it was decided.
        on: Option<Given<Effective>>,
        /// Why.
        reason: Words<Note>,
    } corrects {
        let of_the_decision = number.is_some() || votes.is_some() || on.is_some();
        if of_the_decision { decision(desk, id) } else { tabling(desk, id) }
    };
}

/// `command`, which rests on the council's act where one is named: it must be adopted.
pub(super) fn resting_on<A: Decider>(
    id: A::Id,
    command: A::Command,
    act: Option<DeliberationId>,
) -> impl FnOnce(Request) -> Request + Send
where
    A::Id: Send,
    A::Command: Needs + Clone + Serialize + Send + Sync + 'static,
{
    move |request| {
        let request = match act {
            Some(act) => request.requiring(act, Deliberation::must_be_adopted),
            None => request,
        };
        request.step::<A>(id, command)
    }
}

/// The event by which the council took the matter up.
fn tabling(desk: &Desk<'_>, id: DeliberationId) -> Option<Position> {
    desk.models.deliberations.get(id).map(|it| it.tabled.position)
}

/// The event by which the council last said something on it.
fn decision(desk: &Desk<'_>, id: DeliberationId) -> Option<Position> {
    desk.models.deliberations.get(id)?.decisions.last().map(|it| it.stamp.position)
}
