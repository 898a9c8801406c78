//! What an event mentions.
use domain::ids::{
    ActorId, CommitmentId, DocumentId, FundingCallId, FundingRequestId, IndicatorId,
    InterventionId, LedgerId, PolicyFrameworkId, ProgrammeId,
};
use domain::recorded::{Fact, Recorded};
use domain::{
    actor, commitment, document, funding_call, funding_request, indicator, intervention,
    policy_framework, programme,
};

use super::{Kind, Subject};

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
            if let actor::Event::Merged { into, .. } = event {
                to((*into).into());
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
            if let document::Event::Attested { by, .. } = event {
                to((*by).into());
            }
        }
    }
}

fn policy_framework(event: &policy_framework::Event, to: Sink<'_>) {
    match event {
        policy_framework::Event::Adopted { by, .. } => all(*by, to),
        policy_framework::Event::Superseded { successor, .. } => all(*successor, to),
        policy_framework::Event::AxisDefined { .. } => {}
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
        Event::IndicatorDefined { indicator, .. }
        | Event::TargetSet { indicator, .. }
        | Event::TargetRevised { indicator, .. } => to((*indicator).into()),
        Event::EnvelopeOpened { funder, .. } => all(*funder, to),
        Event::EnvelopeReserved { request, .. } | Event::EnvelopeReleased { request, .. } => {
            to((*request).into());
        }
        Event::Started { .. }
        | Event::ResultDefined { .. }
        | Event::Extended { .. }
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
        | Event::Corrected { by, .. } => to((*by).into()),
        Event::SharedDeclared { counted_in, .. } => to((*counted_in).into()),
    }
}

fn intervention(event: &intervention::Event, to: Sink<'_>) {
    use intervention::Event;
    match event {
        Event::Proposed { programme, .. } => all(*programme, to),
        Event::Adopted { by, .. } => to((*by).into()),
        Event::ParticipantAdded { actor, .. } => to((*actor).into()),
        Event::OriginLinked { .. }
        | Event::ParticipationEnded { .. }
        | Event::PhaseStarted { .. }
        | Event::PhaseCompleted { .. }
        | Event::IntegratedInPlan { .. }
        | Event::Completed { .. }
        | Event::Commissioned { .. }
        | Event::RecurringEventRecorded { .. }
        | Event::Suspended { .. }
        | Event::Resumed { .. }
        | Event::Abandoned { .. }
        | Event::Closed { .. } => {}
    }
}

fn funding_call(event: &funding_call::Event, to: Sink<'_>) {
    match event {
        funding_call::Event::Drafted { programme, .. } => to((*programme).into()),
        funding_call::Event::WaiverRecorded { applicant, .. } => to((*applicant).into()),
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
        | Event::Closed { by, .. } => to((*by).into()),
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
        | Event::Settled { by, .. } => to((*by).into()),
        Event::MilestoneAdded { .. } | Event::MilestoneRescheduled { .. } => {}
    }
}
