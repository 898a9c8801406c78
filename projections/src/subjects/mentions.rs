//! What an event mentions.
use domain::ids::{
    ActorId, AwarenessActionId, CapitalisationItemId, CitizenInitiativeId, CommitmentId,
    CoordinationBodyId, DeliberationId, DocumentId, FundingCallId, FundingRequestId, IndicatorId,
    InterventionId, LedgerId, MeetingId, MobilityMapId, MobilityPlacementId, PolicyFrameworkId,
    ProgrammeId, ServiceUnitId, SourcingId, TerritorialPlanId, TrainingCohortId,
};
use domain::recorded::{Fact, Recorded};
use domain::{
    actor, commitment, document, funding_call, funding_request, indicator, intervention,
    policy_framework, programme,
};

use super::{Kind, Subject};
use crate::interventions::ground;

mod councils;
mod people;

macro_rules! subjects {
    ($($Id:ident => $Kind:ident),+ $(,)?) => {$(
        impl From<$Id> for Subject {
            fn from(id: $Id) -> Self {
                Self { kind: Kind::$Kind, id: id.into() }
            }
        }
    )+};
}

subjects! {
    LedgerId => Ledger,
    ActorId => Actor,
    PolicyFrameworkId => PolicyFramework,
    ProgrammeId => Programme,
    IndicatorId => Indicator,
    InterventionId => Intervention,
    FundingCallId => FundingCall,
    FundingRequestId => FundingRequest,
    CommitmentId => Commitment,
    DocumentId => Document,
    CitizenInitiativeId => CitizenInitiative,
    DeliberationId => Deliberation,
    TerritorialPlanId => TerritorialPlan,
    ServiceUnitId => ServiceUnit,
    CoordinationBodyId => CoordinationBody,
    MeetingId => Meeting,
    CapitalisationItemId => CapitalisationItem,
    TrainingCohortId => TrainingCohort,
    AwarenessActionId => AwarenessAction,
    MobilityMapId => MobilityMap,
    MobilityPlacementId => MobilityPlacement,
    SourcingId => Sourcing,
}

/// Takes what an event mentions.
type Sink<'a> = &'a mut dyn FnMut(Subject);

fn all<T: Copy + Into<Subject>>(ids: impl IntoIterator<Item = T>, to: Sink<'_>) {
    for id in ids {
        to(id.into());
    }
}

/// Hands `to` the aggregate, who acted, the source, and every subject that the event names.
pub(super) fn each(recorded: &Recorded, to: Sink<'_>) {
    let provenance = &recorded.provenance;
    all(provenance.actor, to);
    all(provenance.source.as_ref().and_then(|source| source.document), to);
    match &recorded.fact {
        Fact::Ledger(id, _) => to((*id).into()),
        Fact::Actor(id, event) => {
            to((*id).into());
            if let actor::Event::Merged { into: other, .. }
            | actor::Event::Annulled { by: other, .. } = event
            {
                to((*other).into());
            }
        }
        Fact::PolicyFramework(id, event) => {
            to((*id).into());
            policy_framework(event, to);
        }
        Fact::Programme(id, event) => {
            to((*id).into());
            programme(event, to);
        }
        Fact::Indicator(id, event) => {
            to((*id).into());
            indicator(event, to);
        }
        Fact::Intervention(id, event) => {
            to((*id).into());
            intervention(event, to);
        }
        Fact::FundingCall(id, event) => {
            to((*id).into());
            funding_call(event, to);
        }
        Fact::FundingRequest(id, event) => {
            to((*id).into());
            funding_request(event, to);
        }
        Fact::Commitment(id, event) => {
            to((*id).into());
            commitment(event, to);
        }
        Fact::Document(id, event) => {
            to((*id).into());
            if let document::Event::Attested { by, .. } | document::Event::Annulled { by, .. } =
                event
            {
                to((*by).into());
            }
        }
        Fact::CitizenInitiative(id, event) => {
            to((*id).into());
            councils::citizen_initiative(event, to);
        }
        Fact::Deliberation(id, event) => {
            to((*id).into());
            councils::deliberation(event, to);
        }
        Fact::TerritorialPlan(id, event) => {
            to((*id).into());
            councils::territorial_plan(event, to);
        }
        Fact::ServiceUnit(id, event) => {
            to((*id).into());
            councils::service_unit(event, to);
        }
        Fact::CoordinationBody(id, event) => {
            to((*id).into());
            councils::coordination_body(event, to);
        }
        Fact::Meeting(id, event) => {
            to((*id).into());
            councils::meeting(event, to);
        }
        Fact::CapitalisationItem(id, event) => {
            to((*id).into());
            people::capitalisation_item(event, to);
        }
        Fact::TrainingCohort(id, event) => {
            to((*id).into());
            people::training_cohort(event, to);
        }
        Fact::AwarenessAction(id, event) => {
            to((*id).into());
            people::awareness_action(event, to);
        }
        Fact::MobilityMap(id, event) => {
            to((*id).into());
            people::mobility_map(event, to);
        }
        Fact::MobilityPlacement(id, event) => {
            to((*id).into());
            people::mobility_placement(event, to);
        }
        Fact::Sourcing(id, event) => {
            to((*id).into());
            people::sourcing(event, to);
        }
    }
}

fn policy_framework(event: &policy_framework::Event, to: Sink<'_>) {
    match event {
        policy_framework::Event::Adopted { by, .. }
        | policy_framework::Event::Corrected { by, .. } => all(*by, to),
        policy_framework::Event::Superseded { successor, .. } => all(*successor, to),
        policy_framework::Event::Annulled { by, .. } => to((*by).into()),
        policy_framework::Event::AxisDefined { .. }
        | policy_framework::Event::AxisCorrected { .. } => {}
    }
}

fn programme(event: &programme::Event, to: Sink<'_>) {
    use programme::Event;
    match event {
        Event::Created { parent, operator, funders, partners, .. } => {
            all(*parent, to);
            all(*operator, to);
            all(funders.iter().chain(partners).copied(), to);
        }
        Event::Attached { parent } => to((*parent).into()),
        Event::Agreed { parties, document, .. } => {
            all(parties.iter().copied(), to);
            all(*document, to);
        }
        Event::Aligned { framework, .. } => to((*framework).into()),
        Event::Corrected { operator, funders, partners, .. } => {
            all(*operator, to);
            all(funders.iter().chain(partners).flatten().copied(), to);
        }
        Event::CorrectionProposed { by, .. }
        | Event::CorrectionConfirmed { by, .. }
        | Event::CorrectionRejected { by, .. }
        | Event::Annulled { by, .. } => to((*by).into()),
        Event::IndicatorDefined { indicator, .. }
        | Event::IndicatorCorrected { indicator, .. }
        | Event::TargetSet { indicator, .. }
        | Event::TargetRevised { indicator, .. } => to((*indicator).into()),
        Event::EnvelopeOpened { funder, .. } => all(*funder, to),
        Event::EnvelopeReserved { request, .. } | Event::EnvelopeReleased { request, .. } => {
            to((*request).into());
        }
        Event::Started { .. }
        | Event::ResultDefined { .. }
        | Event::ResultCorrected { .. }
        | Event::Extended { .. }
        | Event::Classified { .. }
        | Event::Reported { .. }
        | Event::Settled { .. }
        | Event::ClosingBegun { .. }
        | Event::Closed { .. }
        | Event::Cancelled { .. } => {}
    }
}

fn indicator(event: &indicator::Event, to: Sink<'_>) {
    use indicator::Event;
    match event {
        Event::Submitted { by, .. }
        | Event::Returned { by, .. }
        | Event::Accepted { by, .. }
        | Event::Locked { by, .. }
        | Event::Corrected { by, .. }
        | Event::Annulled { by, .. } => to((*by).into()),
        Event::SharedDeclared { counted_in, .. } => to((*counted_in).into()),
    }
}

fn intervention(event: &intervention::Event, to: Sink<'_>) {
    use intervention::Event;
    match event {
        Event::Proposed { programme, .. } | Event::Corrected { programme, .. } => {
            all(*programme, to);
        }
        Event::Adopted { by, .. } => {
            to((*by).into());
            all(ground(event), to);
        }
        Event::CorrectionProposed { by, .. }
        | Event::CorrectionConfirmed { by, .. }
        | Event::CorrectionRejected { by, .. }
        | Event::Annulled { by, .. } => to((*by).into()),
        Event::ParticipantAdded { actor, .. } => to((*actor).into()),
        Event::OriginLinked { .. } | Event::IntegratedInPlan { .. } => all(ground(event), to),
        Event::ParticipationCorrected { .. }
        | Event::ParticipationAnnulled { .. }
        | Event::PhaseCorrected { .. }
        | Event::DatesCorrected { .. }
        | Event::PartAnnulled { .. }
        | Event::ParticipationEnded { .. }
        | Event::PhaseStarted { .. }
        | Event::PhaseCompleted { .. }
        | Event::Completed { .. }
        | Event::Commissioned { .. }
        | Event::RecurringEventRecorded { .. }
        | Event::Classified { .. }
        | Event::Suspended { .. }
        | Event::Resumed { .. }
        | Event::Abandoned { .. }
        | Event::Closed { .. } => {}
    }
}

fn funding_call(event: &funding_call::Event, to: Sink<'_>) {
    match event {
        funding_call::Event::Drafted { programme, .. } => to((*programme).into()),
        funding_call::Event::WaiverRecorded { applicant: other, .. }
        | funding_call::Event::Annulled { by: other, .. } => to((*other).into()),
        _ => {}
    }
}

fn funding_request(event: &funding_request::Event, to: Sink<'_>) {
    use funding_request::Event;
    match event {
        Event::Submitted { applicant, call, programme, intervention, .. } => {
            to((*applicant).into());
            all(*call, to);
            to((*programme).into());
            all(*intervention, to);
        }
        Event::EligibilityChecked { by, .. }
        | Event::OpinionGiven { by, .. }
        | Event::Granted { by, .. }
        | Event::Refused { by, .. }
        | Event::Deferred { by, .. }
        | Event::ExpenditureValidated { by, .. }
        | Event::Revoked { by, .. }
        | Event::Closed { by, .. }
        | Event::CorrectionProposed { by, .. }
        | Event::CorrectionConfirmed { by, .. }
        | Event::CorrectionRejected { by, .. }
        | Event::Annulled { by, .. } => to((*by).into()),
        Event::Corrected { intervention, .. } => all(*intervention, to),
        Event::AgreementSigned { parties, document, .. } => {
            all(parties.iter().copied(), to);
            all(*document, to);
        }
        Event::DisbursementRecorded { funder, .. } => all(*funder, to),
        Event::ExpenditureDeclared { documents, .. } => all(documents.iter().copied(), to),
        Event::Reformulated { .. }
        | Event::AgreementAmended { .. }
        | Event::DisbursementPlanned { .. }
        | Event::RefundRecorded { .. } => {}
    }
}

fn commitment(event: &commitment::Event, to: Sink<'_>) {
    use commitment::Event;
    match event {
        Event::Offered { by, to: beneficiary, intervention, programme, .. } => {
            all([*by, *beneficiary], to);
            all(*intervention, to);
            all(*programme, to);
        }
        Event::EvidenceSubmitted { by, documents, .. } => {
            to((*by).into());
            all(documents.iter().copied(), to);
        }
        Event::Accepted { by }
        | Event::Declined { by, .. }
        | Event::FulfilmentConfirmed { by, .. }
        | Event::EvidenceRejected { by, .. }
        | Event::Withdrawn { by, .. }
        | Event::Lapsed { by, .. }
        | Event::Disputed { by, .. }
        | Event::Settled { by, .. }
        | Event::CorrectionProposed { by, .. }
        | Event::CorrectionConfirmed { by, .. }
        | Event::CorrectionRejected { by, .. }
        | Event::Annulled { by, .. } => to((*by).into()),
        Event::Corrected { intervention, programme, .. } => {
            all(*intervention, to);
            all(*programme, to);
        }
        Event::MilestoneAdded { .. }
        | Event::MilestoneRescheduled { .. }
        | Event::MilestoneCorrected { .. } => {}
    }
}
