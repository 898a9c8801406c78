//! The mutations of citizens' initiatives.
use domain::citizen_initiative::{CitizenInitiative, Command};
use domain::deliberation::Deliberation;
use domain::effective::Effective;
use domain::ids::{ActorId, CitizenInitiativeId, DeliberationId};
use domain::measure::Quantity;
use domain::population::PopulationGroup;
use domain::recorded::Position;
use domain::territory::TerritoryId;
use domain::text::{Note, Title};

use super::commands;
use super::desk::Desk;
use super::inputs::Words;
use crate::app::Request;
use crate::graphql::enums::Choice;
use crate::graphql::scalars::Given;
use crate::graphql::view::Seen;

commands! {
    |desk, id| CitizenInitiative(CitizenInitiativeId) as citizen_initiative: Seen<projections::initiatives::Initiative>,
    CitizenInitiativeMutation, CitizenInitiativePayload;

    /// Citizens ask a council for something.
    citizen_initiative_receive: CitizenInitiativeReceiveInput => Receive {
        /// What they ask for, in short.
        title: Words<Title>,
        /// In a few words.
        summary: Option<Words<Note>>,
        /// Where.
        territory: Given<TerritoryId>,
        /// Who carries it: categories, never names.
        groups: Vec<Choice<PopulationGroup>>,
        /// How many signed; left out where it is not declared.
        signatures: Option<Given<Quantity>>,
        /// When.
        on: Given<Effective>,
    } on on;

    /// The actor that the request acts for supports it.
    citizen_initiative_endorse: CitizenInitiativeEndorseInput => Endorse of citizen_initiative {
        /// In words.
        note: Option<Words<Note>>,
        /// When.
        on: Given<Effective>,
    } on on with { by: desk.actor };

    /// It goes to a council.
    citizen_initiative_refer: CitizenInitiativeReferInput => Refer of citizen_initiative {
        /// Whose council.
        to: Given<ActorId>,
        /// When.
        on: Given<Effective>,
    } on on;

    /// A council answers it, by a deliberation that says yes, no, or later.
    citizen_initiative_link_deliberation: CitizenInitiativeLinkDeliberationInput =>
    LinkDeliberation of citizen_initiative {
        /// Which.
        deliberation: Given<DeliberationId>,
        /// When.
        on: Given<Effective>,
    } on on by |command| answered(id, command, deliberation);

    /// It was written down wrongly; what is left out stays as it was.
    citizen_initiative_correct: CitizenInitiativeCorrectInput => Correct of citizen_initiative {
        /// What they ask for, in short.
        title: Option<Words<Title>>,
        /// In a few words.
        summary: Option<Words<Note>>,
        /// Where.
        territory: Option<Given<TerritoryId>>,
        /// Who carries it: categories, never names.
        groups: Option<Vec<Choice<PopulationGroup>>>,
        /// How many signed.
        signatures: Option<Given<Quantity>>,
        /// When it was received.
        on: Option<Given<Effective>>,
        /// Why.
        reason: Words<Note>,
    } corrects { reception(desk, id) };

    /// It was recorded by mistake: it counts nowhere, and stays visible.
    citizen_initiative_annul: CitizenInitiativeAnnulInput => Annul of citizen_initiative {
        /// Why.
        reason: Words<Note>,
    } corrects { reception(desk, id) } with { by: desk.actor };
}

/// The event by which it was received.
fn reception(desk: &Desk<'_>, id: CitizenInitiativeId) -> Option<Position> {
    desk.models.initiatives.get(id).map(|it| it.received.position)
}

/// An answer, which is a deliberation on which the council has said something.
fn answered(
    id: CitizenInitiativeId,
    command: Command,
    act: DeliberationId,
) -> impl FnOnce(Request) -> Request + Send {
    move |request| {
        let request = request.requiring(act, Deliberation::must_have_decided);
        request.step::<CitizenInitiative>(id, command)
    }
}
