//! What an event mentions.
use domain::ids::{
    ActorId, AwarenessActionId, CapitalisationItemId, CitizenInitiativeId, CommitmentId,
    CoordinationBodyId, DeliberationId, DocumentId, FundingCallId, FundingRequestId, IndicatorId,
    InterventionId, LedgerId, MeetingId, MobilityMapId, MobilityPlacementId, PolicyFrameworkId,
    ProgrammeId, ServiceUnitId, SourcingId, TerritorialPlanId, TrainingCohortId,
};
use domain::recorded::{Fact, Recorded};
use domain::{
    actor, awareness_action, capitalisation_item, citizen_initiative, coordination_body,
    deliberation, document, meeting, mobility_map, mobility_placement, service_unit, sourcing,
    territorial_plan, training_cohort,
};

use super::{Kind, Subject};

mod dossiers;

use dossiers::{
    commitment, funding_call, funding_request, indicator, intervention, policy_framework, programme,
};

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
            citizen_initiative(event, to);
        }
        Fact::Deliberation(id, event) => {
            to((*id).into());
            deliberation(event, to);
        }
        Fact::TerritorialPlan(id, event) => {
            to((*id).into());
            territorial_plan(event, to);
        }
        Fact::ServiceUnit(id, event) => {
            to((*id).into());
            service_unit(event, to);
        }
        Fact::CoordinationBody(id, event) => {
            to((*id).into());
            coordination_body(event, to);
        }
        Fact::Meeting(id, event) => {
            to((*id).into());
            meeting(event, to);
        }
        Fact::CapitalisationItem(id, event) => {
            to((*id).into());
            capitalisation_item(event, to);
        }
        Fact::TrainingCohort(id, event) => {
            to((*id).into());
            training_cohort(event, to);
        }
        Fact::AwarenessAction(id, event) => {
            to((*id).into());
            awareness_action(event, to);
        }
        Fact::MobilityMap(id, event) => {
            to((*id).into());
            mobility_map(event, to);
        }
        Fact::MobilityPlacement(id, event) => {
            to((*id).into());
            mobility_placement(event, to);
        }
        Fact::Sourcing(id, event) => {
            to((*id).into());
            sourcing(event, to);
        }
    }
}

fn citizen_initiative(event: &citizen_initiative::Event, to: Sink<'_>) {
    use citizen_initiative::Event;
    match event {
        Event::Endorsed { by, .. } | Event::Annulled { by, .. } => {
            to((*by).into());
        }
        Event::Referred { to: target, .. } => {
            to((*target).into());
        }
        Event::DeliberationLinked { deliberation, .. } => {
            to((*deliberation).into());
        }
        Event::Received { .. } | Event::Corrected { .. } => {}
    }
}

fn deliberation(event: &deliberation::Event, to: Sink<'_>) {
    use deliberation::Event;
    match event {
        Event::Tabled { council, initiative, .. } => {
            to((*council).into());
            all(*initiative, to);
        }
        Event::Adopted { document, .. } | Event::Rejected { document, .. } => {
            all(*document, to);
        }
        Event::Annulled { by, .. } => {
            to((*by).into());
        }
        Event::Postponed { .. } | Event::Corrected { .. } => {}
    }
}

fn territorial_plan(event: &territorial_plan::Event, to: Sink<'_>) {
    use territorial_plan::Event;
    match event {
        Event::Started { by, programme, .. } => {
            to((*by).into());
            all(*programme, to);
        }
        Event::MainstreamingRecorded { supported_by, .. } => {
            all(*supported_by, to);
        }
        Event::InterventionLinked { intervention, .. } => {
            to((*intervention).into());
        }
        Event::Drafted { document, .. } | Event::Reviewed { document, .. } => {
            all(*document, to);
        }
        Event::Adopted { deliberation, .. } => {
            to((*deliberation).into());
        }
        Event::Annulled { by, .. } => {
            to((*by).into());
        }
        Event::ObjectiveDefined { .. }
        | Event::ActionAdded { .. }
        | Event::EnteredIntoForce { .. }
        | Event::Expired { .. }
        | Event::Corrected { .. }
        | Event::MainstreamingAnnulled { .. } => {}
    }
}

fn service_unit(event: &service_unit::Event, to: Sink<'_>) {
    use service_unit::Event;
    match event {
        Event::Decided { by, intervention, deliberation, .. } => {
            to((*by).into());
            all(*intervention, to);
            all(*deliberation, to);
        }
        Event::ReferralAgreed { partner, document, .. } => {
            to((*partner).into());
            all(*document, to);
        }
        Event::ActivityReported { by, .. }
        | Event::ActivityCorrected { by, .. }
        | Event::Annulled { by, .. } => {
            to((*by).into());
        }
        Event::Opened { .. }
        | Event::ReferralEnded { .. }
        | Event::Suspended { .. }
        | Event::Resumed { .. }
        | Event::Closed { .. }
        | Event::Corrected { .. } => {}
    }
}

fn coordination_body(event: &coordination_body::Event, to: Sink<'_>) {
    use coordination_body::Event;
    match event {
        Event::Constituted { programme, deliberation, .. } => {
            all(*programme, to);
            all(*deliberation, to);
        }
        Event::MemberAdded { actor, .. } => {
            to((*actor).into());
        }
        Event::Annulled { by, .. } => {
            to((*by).into());
        }
        Event::MembershipEnded { .. } | Event::Dissolved { .. } | Event::Corrected { .. } => {}
    }
}

fn meeting(event: &meeting::Event, to: Sink<'_>) {
    use meeting::Event;
    match event {
        Event::Convened { body, .. } => {
            to((*body).into());
        }
        Event::Held { attending, .. } => {
            all(attending.iter().copied(), to);
        }
        Event::DecisionRecorded { programme, intervention, .. } => {
            all(*programme, to);
            all(*intervention, to);
        }
        Event::ActionAssigned { owner, .. } => {
            to((*owner).into());
        }
        Event::MinutesRecorded { document, .. } => {
            all(*document, to);
        }
        Event::Corrected { attending, .. } => {
            all(attending.iter().flatten().copied(), to);
        }
        Event::Annulled { by, .. } => {
            to((*by).into());
        }
        Event::Cancelled { .. }
        | Event::ActionRescheduled { .. }
        | Event::ActionClosed { .. }
        | Event::MinutesApproved { .. } => {}
    }
}

fn capitalisation_item(event: &capitalisation_item::Event, to: Sink<'_>) {
    use capitalisation_item::Event;
    match event {
        Event::Drafted { by, programme, interventions, .. } => {
            to((*by).into());
            all(*programme, to);
            all(interventions.iter().copied(), to);
        }
        Event::EvidenceLinked { document, .. } => {
            all(*document, to);
        }
        Event::Reviewed { by, .. } | Event::Published { by, .. } | Event::Annulled { by, .. } => {
            to((*by).into());
        }
        Event::Superseded { successor, .. } => {
            to((*successor).into());
        }
        Event::Corrected { interventions, .. } => {
            all(interventions.iter().flatten().copied(), to);
        }
        Event::Withdrawn { .. } => {}
    }
}

fn training_cohort(event: &training_cohort::Event, to: Sink<'_>) {
    use training_cohort::Event;
    match event {
        Event::Planned { by, programme, intervention, indicators, .. } => {
            to((*by).into());
            all(*programme, to);
            all(*intervention, to);
            all(indicators.iter().copied(), to);
        }
        Event::CompletionCorrected { by, .. } | Event::Annulled { by, .. } => {
            to((*by).into());
        }
        Event::SessionRecorded { .. }
        | Event::CompletionRecorded { .. }
        | Event::Cancelled { .. }
        | Event::Corrected { .. } => {}
    }
}

fn awareness_action(event: &awareness_action::Event, to: Sink<'_>) {
    use awareness_action::Event;
    match event {
        Event::Planned { by, programme, intervention, indicators, .. } => {
            to((*by).into());
            all(*programme, to);
            all(*intervention, to);
            all(indicators.iter().copied(), to);
        }
        Event::CompletionCorrected { by, .. } | Event::Annulled { by, .. } => {
            to((*by).into());
        }
        Event::SessionRecorded { .. }
        | Event::CompletionRecorded { .. }
        | Event::Cancelled { .. }
        | Event::Corrected { .. } => {}
    }
}

fn mobility_map(event: &mobility_map::Event, to: Sink<'_>) {
    use mobility_map::Event;
    match event {
        Event::Drafted { by, programme, intervention, indicators, .. } => {
            to((*by).into());
            all(*programme, to);
            all(*intervention, to);
            all(indicators.iter().copied(), to);
        }
        Event::Validated { by, .. } | Event::Annulled { by, .. } => {
            to((*by).into());
        }
        Event::Published { document, .. } => {
            all(*document, to);
        }
        Event::OpportunityAdded { .. }
        | Event::OpportunityVerified { .. }
        | Event::OpportunityExpired { .. }
        | Event::Expired { .. }
        | Event::Corrected { .. } => {}
    }
}

fn mobility_placement(event: &mobility_placement::Event, to: Sink<'_>) {
    use mobility_placement::Event;
    match event {
        Event::Proposed { by, map, programme, intervention, indicators, .. } => {
            to((*by).into());
            all(*map, to);
            all(*programme, to);
            all(*intervention, to);
            all(indicators.iter().copied(), to);
        }
        Event::DepartureCorrected { by, .. } | Event::Annulled { by, .. } => {
            to((*by).into());
        }
        Event::DepartureRecorded { .. }
        | Event::ReturnRecorded { .. }
        | Event::Ended { .. }
        | Event::Corrected { .. } => {}
    }
}

fn sourcing(event: &sourcing::Event, to: Sink<'_>) {
    use sourcing::Event;
    match event {
        Event::Settled { by, .. } => {
            to((*by).into());
        }
        Event::Attributed { .. } | Event::ConflictRecorded { .. } | Event::ClaimAdded { .. } => {}
    }
}
