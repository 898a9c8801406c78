//! What the events of knowledge, trainings and mobility mention.
use domain::{
    awareness_action, capitalisation_item, mobility_map, mobility_placement, sourcing,
    training_cohort,
};

use super::{Sink, all};
use crate::Subject;
use crate::subjects::Kind;

pub(super) fn capitalisation_item(event: &capitalisation_item::Event, to: Sink<'_>) {
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

pub(super) fn training_cohort(event: &training_cohort::Event, to: Sink<'_>) {
    use training_cohort::Event;
    match event {
        Event::Planned { by, programme, intervention, indicators, .. } => {
            to((*by).into());
            all(*programme, to);
            all(*intervention, to);
            all(indicators.iter().copied(), to);
        }
        Event::CompletionRecorded { by, .. }
        | Event::CompletionCorrected { by, .. }
        | Event::Annulled { by, .. } => to((*by).into()),
        Event::SessionRecorded { .. } | Event::Cancelled { .. } | Event::Corrected { .. } => {}
    }
}

pub(super) fn awareness_action(event: &awareness_action::Event, to: Sink<'_>) {
    use awareness_action::Event;
    match event {
        Event::Planned { by, programme, intervention, indicators, .. } => {
            to((*by).into());
            all(*programme, to);
            all(*intervention, to);
            all(indicators.iter().copied(), to);
        }
        Event::CompletionRecorded { by, .. }
        | Event::CompletionCorrected { by, .. }
        | Event::Annulled { by, .. } => to((*by).into()),
        Event::SessionRecorded { .. } | Event::Cancelled { .. } | Event::Corrected { .. } => {}
    }
}

pub(super) fn mobility_map(event: &mobility_map::Event, to: Sink<'_>) {
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

pub(super) fn mobility_placement(event: &mobility_placement::Event, to: Sink<'_>) {
    use mobility_placement::Event;
    match event {
        Event::Proposed { by, map, programme, intervention, indicators, .. } => {
            to((*by).into());
            all(*map, to);
            all(*programme, to);
            all(*intervention, to);
            all(indicators.iter().copied(), to);
        }
        Event::DepartureRecorded { by, .. }
        | Event::DepartureCorrected { by, .. }
        | Event::Annulled { by, .. } => to((*by).into()),
        Event::ReturnRecorded { .. } | Event::Ended { .. } | Event::Corrected { .. } => {}
    }
}

pub(super) fn sourcing(event: &sourcing::Event, to: Sink<'_>) {
    use sourcing::Event;
    let documents = |claims: &[sourcing::Claim], to: Sink<'_>| {
        all(claims.iter().filter_map(|it| it.source.document), to);
    };
    match event {
        Event::Attributed { subject, source, .. } => {
            subject_of(subject).into_iter().for_each(&mut *to);
            all(source.document, to);
        }
        Event::ConflictRecorded { subject, claims, .. } => {
            subject_of(subject).into_iter().for_each(&mut *to);
            documents(claims, to);
        }
        Event::ClaimAdded { claim, .. } => documents(std::slice::from_ref(claim), to),
        Event::Settled { by, .. } => to((*by).into()),
    }
}

/// The subject that a sourcing event is about, where the ledger keeps such things.
fn subject_of(subject: &sourcing::SubjectRef) -> Option<Subject> {
    let kind = Kind::of_stored(subject.r#type.as_str())?;
    Some(Subject { kind, id: subject.id })
}
