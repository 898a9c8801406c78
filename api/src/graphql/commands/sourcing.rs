//! The mutations of sourcing: one stream a subject, whose id nobody has to know.
use async_graphql::InputObject;
use domain::ids::{ClaimId, ConflictId, SourcingId};
use domain::recorded::Position;
use domain::sourcing::{Claim, Command, Sourcing, SubjectRef, Topic};
use domain::text::{Note, Title};
use projections::Subject;
use projections::subjects::Kind;

use super::commands;
use super::desk::{Desk, Take};
use super::inputs::{SourceInput, Words};
use crate::graphql::enums::Choice;
use crate::graphql::problem::Problem;
use crate::graphql::scalars::Given;
use crate::graphql::subject::SubjectInput;
use crate::graphql::view::Seen;

commands! {
    |desk, id| Sourcing(SourcingId) as sourcing: Seen<projections::sourcing::Sourcing>,
    SourcingMutation, SourcingPayload;

    /// An event that was recorded without a source, or with another, was read there.
    sourcing_attribute: SourcingAttributeInput => Attribute {
        /// Of what: the event is one that concerns it.
        subject: SubjectInput,
        /// The position of the event.
        event: Given<Position>,
        /// Why that is known only now.
        reason: Option<Words<Note>>,
    }
    takes {
        /// Where the event was read.
        found_in: SourceInput,
    }
    stream { concerned(desk, &subject, event) }
    with { source: found_in.clone() };

    /// Two sources or more disagree.
    sourcing_record_conflict: SourcingRecordConflictInput => RecordConflict {
        /// About what.
        subject: SubjectInput,
        /// What about it.
        topic: Choice<Topic>,
        /// What each of them says: at least two that differ, from different places.
        claims: Vec<SourcedClaimInput>,
        /// In words.
        note: Option<Words<Note>>,
    } stream { stream(desk, &subject) } adds conflict: ConflictId;

    /// One more source speaks; a settled disagreement is open again.
    sourcing_add_claim: SourcingAddClaimInput => AddClaim {
        /// Which disagreement.
        conflict: Given<ConflictId>,
        /// What it says.
        claim: SourcedClaimInput,
    } stream { of_conflict(desk, conflict) };

    /// Somebody decides what holds: one of the claims, or another wording.
    sourcing_settle: SourcingSettleInput => Settle {
        /// Which disagreement.
        conflict: Given<ConflictId>,
        /// The claim that holds.
        claim: Option<Given<ClaimId>>,
        /// What holds instead, where none of the claims does.
        value: Option<Words<Title>>,
        /// Why.
        reason: Words<Note>,
    } stream { of_conflict(desk, conflict) } with { by: desk.actor };
}

/// What one source says.
#[derive(InputObject, Clone, Debug)]
pub struct SourcedClaimInput {
    /// What it says.
    value: Words<Title>,
    /// Where it says so.
    source: SourceInput,
}

impl Take for SourcedClaimInput {
    type Domain = Claim;

    fn take(self, desk: &Desk<'_>) -> Result<Claim, Problem> {
        let value = self.value.take(desk).map_err(|it| it.at("value"))?;
        let source = self.source.take(desk).map_err(|it| it.at("source"))?;
        // Two claims of one command differ in what they say or in where.
        let claim: ClaimId = desk.derived(&format!("claim {value:?} {source:?}"));
        Ok(Claim { claim, value, source })
    }
}

/// The stream about `subject`.
fn stream(desk: &Desk<'_>, subject: &SubjectRef) -> SourcingId {
    let known = about(subject).and_then(|it| desk.models.sourcing.stream_about(it));
    known.unwrap_or_else(|| subject.sourcing())
}

/// The same, where the event at `position` concerns the subject.
fn concerned(desk: &mut Desk<'_>, subject: &SubjectRef, position: Position) -> SourcingId {
    let before = Position(position.0.saturating_sub(1));
    let next = about(subject).and_then(|it| desk.models.subjects.page(it, before, 1).pop());
    if next != Some(position) {
        desk.unknown("event", Some(position));
    }
    stream(desk, subject)
}

fn about(subject: &SubjectRef) -> Option<Subject> {
    let kind = Kind::of_stored(subject.r#type.as_str())?;
    Some(Subject { kind, id: subject.id })
}

/// The stream of a disagreement, which is there: the input was read.
fn of_conflict(desk: &Desk<'_>, conflict: ConflictId) -> SourcingId {
    let known = desk.models.sourcing.conflict(conflict);
    known.map_or_else(|| desk.derived("sourcing"), |it| it.sourcing)
}
