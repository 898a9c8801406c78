//! Which timelines an event belongs to beside its own: that of the intervention, the programme or the
//! body that its aggregate is part of.
use domain::recorded::{Fact, Recorded};

use crate::subjects::Kind;
use crate::{Models, Subject, interventions};

/// As many as most events belong to.
type Roots = Vec<Subject>;

impl Models {
    /// Notes `recorded` under everything that it mentions or belongs to.
    pub(crate) fn relate(&mut self, recorded: &Recorded) {
        let roots = self.roots(&recorded.fact);
        self.subjects.apply(recorded, roots);
        self.look_back(&recorded.fact);
    }

    /// What the aggregate of an event belongs to.
    fn roots(&self, fact: &Fact) -> Roots {
        match fact {
            Fact::Commitment(id, _) => self.commitments.get(*id).map_or_else(Roots::new, |it| {
                roots([it.intervention.map(Into::into), it.programme.map(Into::into)])
            }),
            Fact::FundingRequest(id, _) => {
                self.funding.request(*id).map_or_else(Roots::new, |it| {
                    roots([it.intervention.map(Into::into), Some(it.programme.into())])
                })
            }
            Fact::Intervention(id, _) => {
                let programme = self.interventions.get(*id).and_then(|it| it.programme);
                roots([programme.map(Into::into)])
            }
            Fact::Indicator(id, _) => {
                roots([self.programmes.indicator(*id).map(|it| it.programme.into())])
            }
            Fact::ServiceUnit(id, _) => {
                let intervention = self.service_units.get(*id).and_then(|it| it.intervention);
                roots([intervention.map(Into::into)])
            }
            Fact::CoordinationBody(id, _) => {
                let programme = self.bodies.get(*id).and_then(|it| it.programme);
                roots([programme.map(Into::into)])
            }
            Fact::Meeting(id, event) => {
                let body = self.meetings.get(*id).map(|it| it.body.into());
                roots([body, self.meetings.owner_of(event).map(Into::into)])
            }
            Fact::Sourcing(id, _) => roots([self.sourcing.get(*id).map(|it| it.subject)]),
            Fact::CitizenInitiative(id, _) => self.resting_on((*id).into()),
            Fact::Deliberation(id, _) => self.resting_on((*id).into()),
            Fact::CapitalisationItem(id, _) => self.learnt_from(*id),
            Fact::TrainingCohort(..)
            | Fact::AwarenessAction(..)
            | Fact::MobilityMap(..)
            | Fact::MobilityPlacement(..) => self.roots_of(fact),
            Fact::Ledger(..)
            | Fact::Actor(..)
            | Fact::PolicyFramework(..)
            | Fact::Programme(..)
            | Fact::FundingCall(..)
            | Fact::Document(..)
            | Fact::TerritorialPlan(..) => Roots::new(),
        }
    }

    /// The interventions that name a petition or a council's act.
    fn resting_on(&self, ground: Subject) -> Roots {
        self.interventions.ids_naming(ground).map(Into::into).collect()
    }

    /// What a capitalisation item tells about.
    fn learnt_from(&self, id: domain::ids::CapitalisationItemId) -> Roots {
        let Some(item) = self.capitalisation.get(id) else { return Roots::new() };
        let interventions = item.interventions.iter().map(|it| (*it).into());
        interventions.chain(item.programme.map(Into::into)).collect()
    }

    /// An intervention's timeline begins with the petition and the council's act that it names:
    /// those are older than the event that names them.
    fn look_back(&mut self, fact: &Fact) {
        let Fact::Intervention(id, event) = fact else { return };
        let Some(ground) = interventions::ground(event) else { return };
        let positions = match ground.kind {
            Kind::CitizenInitiative => {
                self.initiatives.get(ground.id.into()).map(|it| it.positions())
            }
            Kind::Deliberation => self.deliberations.get(ground.id.into()).map(|it| it.positions()),
            _ => None,
        };
        self.subjects.weave((*id).into(), &positions.unwrap_or_default());
    }
}

fn roots<const N: usize>(known: [Option<Subject>; N]) -> Roots {
    known.into_iter().flatten().collect()
}
