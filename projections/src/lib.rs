//! What can be asked: pure folds over the recorded events, held in memory.
//!
//! A fold never fails and never judges: what an event refers to and nobody recorded is not there,
//! and nothing else happens. Every model is a value of shared parts, so that a copy costs nothing and
//! the past can be kept: see [`History`].
use domain::recorded::{Fact, Position, Recorded};
use jiff::Timestamp;
use serde::Serialize;

pub mod actors;
pub mod amounts;
pub mod awareness;
pub mod bodies;
pub mod breakdown;
pub mod capitalisation;
pub mod card;
pub mod classified;
pub mod commitments;
pub mod contributions;
pub mod coordination;
pub mod corrections;
pub mod deliberations;
pub mod documents;
pub mod frameworks;
pub mod funding;
pub mod genesis;
pub mod history;
pub mod index;
pub mod initiatives;
pub mod interventions;
mod layout;
pub mod lineage;
pub mod meetings;
pub mod mobility;
pub mod network;
pub mod plans;
pub mod programmes;
pub mod quality;
pub mod register;
mod relate;
pub mod results;
pub mod service_units;
pub mod sourcing;
pub mod stamp;
pub mod state;
pub mod subjects;
pub mod trainings;
mod walk;

pub use actors::Actors;
pub use awareness::Awareness;
pub use bodies::Bodies;
pub use capitalisation::Capitalisation;
pub use classified::Classification;
pub use commitments::Commitments;
pub use corrections::Corrections;
pub use deliberations::Deliberations;
pub use documents::Documents;
pub use frameworks::Frameworks;
pub use funding::Funding;
pub use genesis::Genesis;
pub use history::{AsOf, History, Spacing, advance};
pub use initiatives::Initiatives;
pub use interventions::Interventions;
pub use meetings::Meetings;
pub use mobility::Mobility;
pub use plans::Plans;
pub use programmes::Programmes;
pub use service_units::ServiceUnits;
pub use sourcing::Sourcings;
pub use stamp::{Rectification, Stamp};
pub use subjects::{Subject, Subjects};
pub use trainings::Trainings;

#[cfg(debug_assertions)]
pub use walk::walked;
pub use walk::{Between, EVERY};

use corrections::Step;

/// Every read model after one event. A clone shares everything.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Models {
    /// The last event folded in.
    pub position: Position,
    /// When that event was recorded.
    pub recorded_at: Option<Timestamp>,
    /// What the ledger says of itself.
    pub ledger: Option<std::sync::Arc<Genesis>>,
    /// The directory of actors.
    pub actors: Actors,
    /// The strategies that programmes align with.
    pub frameworks: Frameworks,
    /// The tree of programmes, with results, indicators and envelopes.
    pub programmes: Programmes,
    /// What is done on the ground.
    pub interventions: Interventions,
    /// Calls, requests and balances.
    pub funding: Funding,
    /// The commitment board.
    pub commitments: Commitments,
    /// The documents that events point to.
    pub documents: Documents,
    /// What citizens ask councils for.
    pub initiatives: Initiatives,
    /// What councils decide.
    pub deliberations: Deliberations,
    /// Territorial plans, and how they take migration in.
    pub plans: Plans,
    /// The offices that receive people.
    pub service_units: ServiceUnits,
    /// The bodies in which actors decide together.
    pub bodies: Bodies,
    /// What those bodies decided, and who does what.
    pub meetings: Meetings,
    /// What was learnt, for others to use.
    pub capitalisation: Capitalisation,
    /// Who was trained: counts.
    pub trainings: Trainings,
    /// Who was reached: counts.
    pub awareness: Awareness,
    /// The regular pathways abroad, and who went.
    pub mobility: Mobility,
    /// Where things were read, and what sources disagree about.
    pub sourcing: Sourcings,
    /// What a second person has to confirm.
    pub corrections: Corrections,
    /// Which events concern whom.
    pub subjects: Subjects,
}

impl Models {
    /// Folds one event in. Events arrive in the order of their positions.
    pub fn apply(&mut self, recorded: &Recorded) {
        self.position = recorded.position;
        self.recorded_at = Some(recorded.recorded_at);
        self.correct(recorded);
        match &recorded.fact {
            Fact::Ledger(id, event) => {
                self.ledger = Genesis::after(self.ledger.as_ref(), *id, event, recorded);
            }
            Fact::Actor(id, event) => self.actors.apply(*id, event, recorded),
            Fact::PolicyFramework(id, event) => self.frameworks.apply(*id, event, recorded),
            Fact::Programme(id, event) => self.programmes.apply(*id, event, recorded),
            Fact::Indicator(id, event) => self.programmes.report(*id, event, recorded),
            Fact::Intervention(id, event) => self.interventions.apply(*id, event, recorded),
            Fact::FundingCall(id, event) => self.funding.apply_call(*id, event, recorded),
            Fact::FundingRequest(id, event) => self.funding.apply_request(*id, event, recorded),
            Fact::Commitment(id, event) => self.commitments.apply(*id, event, recorded),
            Fact::Document(id, event) => self.documents.apply(*id, event, recorded),
            Fact::CitizenInitiative(id, event) => self.initiatives.apply(*id, event, recorded),
            Fact::Deliberation(id, event) => self.deliberations.apply(*id, event, recorded),
            Fact::TerritorialPlan(id, event) => self.plans.apply(*id, event, recorded),
            Fact::ServiceUnit(id, event) => self.service_units.apply(*id, event, recorded),
            Fact::CoordinationBody(id, event) => self.bodies.apply(*id, event, recorded),
            Fact::Meeting(id, event) => self.meetings.apply(*id, event, recorded),
            Fact::CapitalisationItem(id, event) => self.capitalisation.apply(*id, event, recorded),
            Fact::TrainingCohort(id, event) => self.trainings.apply(*id, event, recorded),
            Fact::AwarenessAction(id, event) => self.awareness.apply(*id, event, recorded),
            Fact::MobilityMap(id, event) => self.mobility.apply_map(*id, event, recorded),
            Fact::MobilityPlacement(id, event) => {
                self.mobility.apply_placement(*id, event, recorded);
            }
            Fact::Sourcing(id, event) => self.sourcing.apply(*id, event, recorded),
        }
        self.relate(recorded);
    }

    /// Notes what is proposed, before it changes anything, and what became of it.
    fn correct(&mut self, recorded: &Recorded) {
        if let Some((subject, step)) = Step::of(&recorded.fact) {
            let mut corrections = std::mem::take(&mut self.corrections);
            let known = |figure| self.figure(&recorded.fact, figure);
            corrections.apply(subject, step, known, recorded);
            self.corrections = corrections;
        }
    }
}
