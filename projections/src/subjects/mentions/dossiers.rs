//! What the events of programmes, interventions, funding and commitments mention.
use domain::{
    commitment, funding_call, funding_request, indicator, intervention, policy_framework, programme,
};

use super::{Sink, all};

pub(super) fn policy_framework(event: &policy_framework::Event, to: Sink<'_>) {
    match event {
        policy_framework::Event::Adopted { by, .. }
        | policy_framework::Event::Corrected { by, .. } => all(*by, to),
        policy_framework::Event::Superseded { successor, .. } => all(*successor, to),
        policy_framework::Event::Annulled { by, .. } => to((*by).into()),
        policy_framework::Event::AxisDefined { .. }
        | policy_framework::Event::AxisCorrected { .. } => {}
    }
}

pub(super) fn programme(event: &programme::Event, to: Sink<'_>) {
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

pub(super) fn indicator(event: &indicator::Event, to: Sink<'_>) {
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

pub(super) fn intervention(event: &intervention::Event, to: Sink<'_>) {
    use intervention::Event;
    match event {
        Event::Proposed { programme, .. } | Event::Corrected { programme, .. } => {
            all(*programme, to);
        }
        Event::Adopted { by, .. }
        | Event::CorrectionProposed { by, .. }
        | Event::CorrectionConfirmed { by, .. }
        | Event::CorrectionRejected { by, .. }
        | Event::Annulled { by, .. } => to((*by).into()),
        Event::ParticipantAdded { actor, .. } => to((*actor).into()),
        Event::OriginLinked { .. }
        | Event::ParticipationCorrected { .. }
        | Event::ParticipationAnnulled { .. }
        | Event::PhaseCorrected { .. }
        | Event::DatesCorrected { .. }
        | Event::PartAnnulled { .. }
        | Event::ParticipationEnded { .. }
        | Event::PhaseStarted { .. }
        | Event::PhaseCompleted { .. }
        | Event::IntegratedInPlan { .. }
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

pub(super) fn funding_call(event: &funding_call::Event, to: Sink<'_>) {
    match event {
        funding_call::Event::Drafted { programme, .. } => to((*programme).into()),
        funding_call::Event::WaiverRecorded { applicant: other, .. }
        | funding_call::Event::Annulled { by: other, .. } => to((*other).into()),
        _ => {}
    }
}

pub(super) fn funding_request(event: &funding_request::Event, to: Sink<'_>) {
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

pub(super) fn commitment(event: &commitment::Event, to: Sink<'_>) {
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
