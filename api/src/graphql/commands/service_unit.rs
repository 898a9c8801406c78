//! The mutations of service units.
use domain::effective::Effective;
use domain::ids::{ActorId, DeliberationId, DocumentId, InterventionId, ReferralId, ServiceUnitId};
use domain::population::PopulationGroup;
use domain::recorded::Position;
use domain::service_unit::{Command, PartnerKind, Service, ServiceUnit};
use domain::territory::TerritoryId;
use domain::text::{Note, Title};
use projections::Models;

use super::commands;
use super::deliberation::resting_on;
use super::inputs::{CountInput, Words};
use crate::graphql::enums::Choice;
use crate::graphql::scalars::Given;
use crate::graphql::view::Seen;

commands! {
    |desk, id| ServiceUnit(ServiceUnitId) as service_unit: Seen<projections::service_units::ServiceUnit>,
    ServiceUnitMutation, ServiceUnitPayload;

    /// The actor that the request acts for decides that there shall be an office that receives
    /// people, and hosts it.
    service_unit_decide: ServiceUnitDecideInput => Decide {
        /// What it is called.
        title: Words<Title>,
        /// Where.
        territory: Given<TerritoryId>,
        /// What people can come for; none where that is not known yet.
        services: Vec<Choice<Service>>,
        /// For whom: categories, never persons.
        groups: Vec<Choice<PopulationGroup>>,
        /// The intervention that sets it up.
        intervention: Option<Given<InterventionId>>,
        /// The council's act, where it is in the ledger: an adopted one.
        deliberation: Option<Given<DeliberationId>>,
        /// When.
        on: Given<Effective>,
    } on on with { by: desk.actor }
      by |command| resting_on::<ServiceUnit>(id, command, deliberation);

    /// It receives people.
    service_unit_open: ServiceUnitOpenInput => Open of service_unit {
        /// When.
        on: Given<Effective>,
    } on on;

    /// A partner takes people on whom it sends.
    service_unit_agree_referral: ServiceUnitAgreeReferralInput => AgreeReferral of service_unit {
        /// Who.
        partner: Given<ActorId>,
        /// What sort of partner.
        kind: Choice<PartnerKind>,
        /// For which services; none where that is not said.
        services: Vec<Choice<Service>>,
        /// The agreement.
        document: Option<Given<DocumentId>>,
        /// When.
        on: Given<Effective>,
    } adds referral: ReferralId on on;

    /// A partner takes on no more.
    service_unit_end_referral: ServiceUnitEndReferralInput => EndReferral of service_unit {
        /// Which agreement.
        referral: Given<ReferralId>,
        /// Why.
        reason: Option<Words<Note>>,
        /// When.
        on: Given<Effective>,
    } on on;

    /// How many came in a month: visits, never persons.
    service_unit_report_activity: ServiceUnitReportActivityInput => ReportActivity of service_unit {
        /// Which month: `2025-03`.
        month: Given<Effective>,
        /// How many came for which service.
        counts: Vec<CountInput>,
    } on month with { by: desk.actor, today: desk.today };

    /// A month was counted wrongly; the first count stays known.
    service_unit_correct_activity: ServiceUnitCorrectActivityInput =>
    CorrectActivity of service_unit {
        /// Which month: `2025-03`.
        month: Given<Effective>,
        /// How many came for which service: all of them, not only what changes.
        counts: Vec<CountInput>,
        /// Why.
        reason: Words<Note>,
    } on month corrects { counted(desk.models, id, month) } with { by: desk.actor };

    /// It receives nobody for a time.
    service_unit_suspend: ServiceUnitSuspendInput => Suspend of service_unit {
        /// When.
        on: Given<Effective>,
        /// Why.
        reason: Words<Note>,
    } on on;

    /// It receives people again.
    service_unit_resume: ServiceUnitResumeInput => Resume of service_unit {
        /// When.
        on: Given<Effective>,
    } on on;

    /// It receives nobody any more.
    service_unit_close: ServiceUnitCloseInput => Close of service_unit {
        /// When.
        on: Given<Effective>,
        /// Why.
        reason: Option<Words<Note>>,
    } on on;

    /// It was written down wrongly; what is left out stays as it was.
    service_unit_correct: ServiceUnitCorrectInput => Correct of service_unit {
        /// What it is called.
        title: Option<Words<Title>>,
        /// Where.
        territory: Option<Given<TerritoryId>>,
        /// What people can come for.
        services: Option<Vec<Choice<Service>>>,
        /// For whom: categories, never persons.
        groups: Option<Vec<Choice<PopulationGroup>>>,
        /// When it was decided.
        on: Option<Given<Effective>>,
        /// Why.
        reason: Words<Note>,
    } corrects { decided(desk.models, id) };

    /// It was recorded by mistake: it counts nowhere, and stays visible.
    service_unit_annul: ServiceUnitAnnulInput => Annul of service_unit {
        /// Why.
        reason: Words<Note>,
    } corrects { decided(desk.models, id) } with { by: desk.actor };
}

fn decided(models: &Models, id: ServiceUnitId) -> Option<Position> {
    models.service_units.get(id).map(|it| it.decided.position)
}

/// The event that said last how many came in `month`.
fn counted(models: &Models, id: ServiceUnitId, month: Effective) -> Option<Position> {
    let unit = models.service_units.get(id)?;
    unit.month(month.earliest()?).map(|it| it.said().position)
}
