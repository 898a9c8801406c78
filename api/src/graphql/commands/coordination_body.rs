//! The mutations of coordination bodies.
use domain::coordination_body::{Command, CoordinationBody, Kind, Seat};
use domain::effective::Effective;
use domain::ids::{ActorId, CoordinationBodyId, DeliberationId, MembershipId, ProgrammeId};
use domain::recorded::Position;
use domain::territory::TerritoryId;
use domain::text::{Note, Title};
use projections::Models;

use super::commands;
use super::deliberation::resting_on;
use super::inputs::Words;
use crate::graphql::enums::Choice;
use crate::graphql::scalars::Given;
use crate::graphql::view::Seen;

commands! {
    |desk, id| CoordinationBody(CoordinationBodyId) as coordination_body: Seen<projections::bodies::Body>,
    CoordinationBodyMutation, CoordinationBodyPayload;

    /// A body in which actors decide together is set up.
    coordination_body_constitute: CoordinationBodyConstituteInput => Constitute {
        /// What sort.
        kind: Choice<Kind>,
        /// What it is called.
        title: Words<Title>,
        /// For which territory.
        territory: Option<Given<TerritoryId>>,
        /// Within which programme.
        programme: Option<Given<ProgrammeId>>,
        /// The council's act, where it is in the ledger: an adopted one.
        deliberation: Option<Given<DeliberationId>>,
        /// When.
        on: Given<Effective>,
    } on on by |command| resting_on::<CoordinationBody>(id, command, deliberation);

    /// An actor sits in it from a date on.
    coordination_body_add_member: CoordinationBodyAddMemberInput => AddMember of coordination_body {
        /// Who.
        actor: Given<ActorId>,
        /// In which way: one chair at a time.
        seat: Choice<Seat>,
        /// From when.
        from: Given<Effective>,
    } adds membership: MembershipId on from;

    /// An actor sits in it no more, in this way.
    coordination_body_end_membership: CoordinationBodyEndMembershipInput =>
    EndMembership of coordination_body {
        /// Which membership.
        membership: Given<MembershipId>,
        /// Until when.
        to: Given<Effective>,
        /// Why.
        reason: Option<Words<Note>>,
    } on to;

    /// It is no more.
    coordination_body_dissolve: CoordinationBodyDissolveInput => Dissolve of coordination_body {
        /// When.
        on: Given<Effective>,
        /// Why.
        reason: Words<Note>,
    } on on;

    /// It was written down wrongly; what is left out stays as it was.
    coordination_body_correct: CoordinationBodyCorrectInput => Correct of coordination_body {
        /// What sort.
        kind: Option<Choice<Kind>>,
        /// What it is called.
        title: Option<Words<Title>>,
        /// When it was set up.
        on: Option<Given<Effective>>,
        /// Why.
        reason: Words<Note>,
    } corrects { constituted(desk.models, id) };

    /// It was recorded by mistake: it counts nowhere, and stays visible.
    coordination_body_annul: CoordinationBodyAnnulInput => Annul of coordination_body {
        /// Why.
        reason: Words<Note>,
    } corrects { constituted(desk.models, id) } with { by: desk.actor };
}

fn constituted(models: &Models, id: CoordinationBodyId) -> Option<Position> {
    models.bodies.get(id).map(|it| it.constituted.position)
}
