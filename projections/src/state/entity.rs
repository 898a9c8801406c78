//! What the models hold of one subject.
use std::collections::BTreeMap;
use std::fmt::Display;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;

use crate::subjects::Kind;
use crate::{Models, Subject};

impl Models {
    /// What the state holds of `subject`, with its parts that are kept apart: a programme's envelopes,
    /// an indicator's reports, a meeting's decisions and actions, the disagreements of sources, and
    /// the corrections that were proposed. Nothing where it is not known.
    pub fn entity(&self, subject: Subject) -> Option<Value> {
        let mut entity = self.own(subject)?;
        match subject.kind {
            Kind::Programme => {
                let all = self.programmes.envelopes(subject.id.into());
                keep(&mut entity, "envelopes", all, |it| it.id);
            }
            Kind::Indicator => {
                let reporting = self.programmes.reporting(subject.id.into());
                keep(&mut entity, "reporting", reporting.into_iter(), |_| subject.id);
            }
            Kind::Meeting => {
                let meeting = self.meetings.get(subject.id.into())?;
                keep(&mut entity, "decisions", self.meetings.decisions_of(meeting), |it| it.id);
                keep(&mut entity, "actions", self.meetings.actions_of(meeting), |it| it.id);
            }
            Kind::Sourcing => {
                let about = self.sourcing.get(subject.id.into())?.subject;
                keep(&mut entity, "conflicts", self.sourcing.conflicts_about(about), |it| it.id);
            }
            _ => {}
        }
        keep(&mut entity, "proposed_corrections", self.corrections.of(subject), |it| it.id);
        Some(entity)
    }

    fn own(&self, subject: Subject) -> Option<Value> {
        let id = subject.id;
        match subject.kind {
            Kind::Ledger => told(self.ledger.as_ref().filter(|it| it.id == id.into())),
            Kind::Actor => told(self.actors.get(id.into())),
            Kind::PolicyFramework => told(self.frameworks.get(id.into())),
            Kind::Programme => told(self.programmes.get(id.into())),
            Kind::Indicator => told(self.programmes.indicator(id.into())),
            Kind::Intervention => told(self.interventions.get(id.into())),
            Kind::FundingCall => told(self.funding.call(id.into())),
            Kind::FundingRequest => told(self.funding.request(id.into())),
            Kind::Commitment => told(self.commitments.get(id.into())),
            Kind::Document => told(self.documents.get(id.into())),
            Kind::CitizenInitiative => told(self.initiatives.get(id.into())),
            Kind::Deliberation => told(self.deliberations.get(id.into())),
            Kind::TerritorialPlan => told(self.plans.get(id.into())),
            Kind::ServiceUnit => told(self.service_units.get(id.into())),
            Kind::CoordinationBody => told(self.bodies.get(id.into())),
            Kind::Meeting => told(self.meetings.get(id.into())),
            Kind::CapitalisationItem => told(self.capitalisation.get(id.into())),
            Kind::TrainingCohort => told(self.trainings.get(id.into())),
            Kind::AwarenessAction => told(self.awareness.get(id.into())),
            Kind::MobilityMap => told(self.mobility.maps.get(id.into())),
            Kind::MobilityPlacement => told(self.mobility.placements.get(id.into())),
            Kind::Sourcing => told(self.sourcing.get(id.into())),
        }
    }
}

/// Every model has a JSON form: the digest of the state is made of it.
fn told<T: Serialize>(model: Option<&Arc<T>>) -> Option<Value> {
    serde_json::to_value(model?).ok()
}

/// Puts `parts` beside the members of `entity`, by their ids; nothing where there is none.
fn keep<'a, T: Serialize + 'a, K: Display>(
    entity: &mut Value,
    name: &str,
    parts: impl Iterator<Item = &'a Arc<T>>,
    id: impl Fn(&T) -> K,
) {
    let parts: BTreeMap<_, _> = parts.map(|it| (id(it).to_string(), told(Some(it)))).collect();
    if let Some(entity) = entity.as_object_mut().filter(|_| !parts.is_empty()) {
        entity.insert(name.to_owned(), parts.into_iter().collect());
    }
}
