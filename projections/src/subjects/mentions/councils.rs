//! What the events of petitions, councils, offices and other bodies mention.
use domain::{
    citizen_initiative, coordination_body, deliberation, meeting, service_unit, territorial_plan,
};

use super::{Sink, all};

pub(super) fn citizen_initiative(event: &citizen_initiative::Event, to: Sink<'_>) {
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

pub(super) fn deliberation(event: &deliberation::Event, to: Sink<'_>) {
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

pub(super) fn territorial_plan(event: &territorial_plan::Event, to: Sink<'_>) {
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

pub(super) fn service_unit(event: &service_unit::Event, to: Sink<'_>) {
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

pub(super) fn coordination_body(event: &coordination_body::Event, to: Sink<'_>) {
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

pub(super) fn meeting(event: &meeting::Event, to: Sink<'_>) {
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
