//! The mutations of capitalisation items.
use domain::capitalisation_item::{CapitalisationItem, Command, Kind};
use domain::classification::Sector;
use domain::effective::Effective;
use domain::ids::{CapitalisationItemId, DocumentId, InterventionId, ProgrammeId};
use domain::permission::Needs;
use domain::population::PopulationGroup;
use domain::recorded::Position;
use domain::territory::TerritoryId;
use domain::text::{Language, Name, Note, Title};

use super::commands;
use super::desk::Desk;
use super::inputs::Words;
use crate::app::Request;
use crate::graphql::enums::Choice;
use crate::graphql::scalars::Given;
use crate::graphql::view::Seen;

commands! {
    |desk, id| CapitalisationItem(CapitalisationItemId) as capitalisation_item: Seen<projections::capitalisation::Item>,
    CapitalisationItemMutation, CapitalisationItemPayload;

    /// Somebody writes down what was learnt.
    capitalisation_item_draft: CapitalisationItemDraftInput => Draft {
        /// What sort of knowledge it is.
        kind: Choice<Kind>,
        /// In short.
        title: Words<Title>,
        /// What was learnt.
        summary: Option<Words<Note>>,
        /// In which language it is told.
        language: Option<Choice<Language>>,
        /// Within which programme.
        programme: Option<Given<ProgrammeId>>,
        /// From which interventions.
        #[graphql(default)]
        interventions: Vec<Given<InterventionId>>,
        /// Where.
        #[graphql(default)]
        territories: Vec<Given<TerritoryId>>,
        /// On what.
        #[graphql(default)]
        sectors: Vec<Given<Sector>>,
        /// For whom: categories, never persons.
        #[graphql(default)]
        groups: Vec<Choice<PopulationGroup>>,
        /// Where it is to be read or seen.
        address: Option<Given<Name>>,
        /// Whether people can be recognised in it.
        #[graphql(default)]
        people_seen: bool,
    } with { by: desk.actor };

    /// A document or an event of this ledger shows that it is so.
    capitalisation_item_link_evidence: CapitalisationItemLinkEvidenceInput =>
    LinkEvidence of capitalisation_item {
        /// The document.
        document: Option<Given<DocumentId>>,
        /// The position of the event.
        event: Option<Given<Position>>,
        /// In words.
        note: Option<Words<Note>>,
    };

    /// Somebody else than the author has read it.
    capitalisation_item_review: CapitalisationItemReviewInput => Review of capitalisation_item {
        /// In words.
        note: Option<Words<Note>>,
    } with { by: desk.actor };

    /// Everybody may use it.
    capitalisation_item_publish: CapitalisationItemPublishInput => Publish of capitalisation_item {
        /// The reference of the consent of those who are seen: never who they are.
        consent: Option<Given<Name>>,
        /// When.
        on: Given<Effective>,
    } on on with { by: desk.actor };

    /// A published one takes its place.
    capitalisation_item_supersede: CapitalisationItemSupersedeInput =>
    Supersede of capitalisation_item {
        /// Which.
        successor: Given<CapitalisationItemId>,
        /// Why.
        reason: Option<Words<Note>>,
    }
    with { itself: id, successor_published: false }
    by |command| superseded(id, command, successor);

    /// It is not to be used any more.
    capitalisation_item_withdraw: CapitalisationItemWithdrawInput => Withdraw of capitalisation_item {
        /// Why.
        reason: Words<Note>,
    };

    /// It was written down wrongly; what is left out stays as it was.
    capitalisation_item_correct: CapitalisationItemCorrectInput => Correct of capitalisation_item {
        /// In short.
        title: Option<Words<Title>>,
        /// What was learnt.
        summary: Option<Words<Note>>,
        /// In which language it is told.
        language: Option<Choice<Language>>,
        /// From which interventions.
        interventions: Option<Vec<Given<InterventionId>>>,
        /// Where.
        territories: Option<Vec<Given<TerritoryId>>>,
        /// On what.
        sectors: Option<Vec<Given<Sector>>>,
        /// For whom.
        groups: Option<Vec<Choice<PopulationGroup>>>,
        /// Where it is to be read or seen.
        address: Option<Given<Name>>,
        /// Whether people can be recognised in it.
        people_seen: Option<bool>,
        /// Why.
        reason: Words<Note>,
    } corrects { drafted(desk, id) };

    /// It was recorded by mistake: it counts nowhere, and stays visible.
    capitalisation_item_annul: CapitalisationItemAnnulInput => Annul of capitalisation_item {
        /// Why.
        reason: Words<Note>,
    } corrects { drafted(desk, id) } with { by: desk.actor };
}

/// The event by which the item began.
fn drafted(desk: &Desk<'_>, id: CapitalisationItemId) -> Option<Position> {
    desk.models.capitalisation.get(id).map(|it| it.drafted.position)
}

/// A supersession that reads off the successor itself whether it is published, so that it is not
/// withdrawn at the same moment.
fn superseded(
    id: CapitalisationItemId,
    command: Command,
    successor: CapitalisationItemId,
) -> impl FnOnce(Request) -> Request + Send {
    move |request| {
        if successor == id {
            return request.step::<CapitalisationItem>(id, command);
        }
        let needed = command.needs();
        let request = request.telling(&command);
        let make = move |successor: &CapitalisationItem| {
            let mut command = command.clone();
            if let Command::Supersede { successor_published, .. } = &mut command {
                *successor_published = successor.is_published();
            }
            command
        };
        request.step_reading::<CapitalisationItem, CapitalisationItem>(id, successor, needed, make)
    }
}
