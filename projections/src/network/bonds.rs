//! What each sort of thing ties together.
use std::collections::BTreeSet;

use domain::effective::Effective;
use domain::ids::ActorId;
use jiff::civil::Date;

use super::Tie;
use crate::Models;
use crate::bodies::Body;
use crate::commitments::Commitment;
use crate::funding::{Outcome, Request};
use crate::interventions::Intervention;
use crate::programmes::Programme;
use crate::service_units::ServiceUnit;
use crate::subjects::{Kind, Subject};

/// Whom one thing ties: each of some with each other, or each on one side with each on the other.
#[derive(Debug)]
pub(super) struct Bond {
    pub(super) tie: Tie,
    pub(super) thing: Subject,
    one: BTreeSet<ActorId>,
    other: Option<BTreeSet<ActorId>>,
}

impl Bond {
    pub(super) fn actors(&self) -> impl Iterator<Item = ActorId> {
        self.one.iter().chain(self.other.iter().flatten()).copied()
    }

    /// Each pair once, the lesser id first.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (ActorId, ActorId)> {
        self.one.iter().flat_map(move |&one| {
            let across = self.other.as_ref().unwrap_or(&self.one).iter();
            across.filter_map(move |&other| {
                // Where both stand on both sides, the pair is met from each.
                let again = self
                    .other
                    .as_ref()
                    .is_none_or(|others| others.contains(&one) && self.one.contains(&other));
                let counts = one < other || (one > other && !again);
                counts.then_some((one.min(other), one.max(other)))
            })
        })
    }

    /// Everybody whom it ties to `actor`, each once.
    pub(super) fn others_of(&self, actor: ActorId) -> impl Iterator<Item = ActorId> {
        let across = self.other.as_ref().unwrap_or(&self.one);
        let mut others = BTreeSet::new();
        if self.one.contains(&actor) {
            others.extend(across);
        }
        if across.contains(&actor) {
            others.extend(&self.one);
        }
        others.into_iter().filter(move |it| *it != actor)
    }
}

/// Makes bonds of things, on a day or of all times.
#[derive(Clone, Copy)]
pub(super) struct Weaver<'a> {
    pub(super) models: &'a Models,
    pub(super) day: Option<Date>,
}

impl Weaver<'_> {
    /// The bonds of one thing.
    pub(super) fn of(&self, thing: Subject) -> Vec<Bond> {
        let (models, id) = (self.models, thing.id);
        let one = |bond: Option<Bond>| bond.into_iter().collect();
        match thing.kind {
            Kind::Intervention => {
                one(models.interventions.get(id.into()).map(|it| self.intervention(it)))
            }
            Kind::Programme => {
                models.programmes.get(id.into()).map_or(Vec::new(), |it| self.programme(it).into())
            }
            Kind::FundingRequest => {
                models.funding.request(id.into()).map_or(Vec::new(), |it| self.request(it).into())
            }
            Kind::Commitment => {
                one(models.commitments.get(id.into()).map(|it| self.commitment(it)))
            }
            Kind::CoordinationBody => one(models.bodies.get(id.into()).map(|it| self.body(it))),
            Kind::ServiceUnit => {
                one(models.service_units.get(id.into()).map(|it| self.service_unit(it)))
            }
            _ => Vec::new(),
        }
    }

    pub(super) fn intervention(&self, it: &Intervention) -> Bond {
        let part = it.participations.iter().filter(|it| self.day.is_none_or(|day| it.on(day)));
        self.among(Tie::Intervention, it.id, part.map(|it| it.actor))
    }

    /// Who pays for it and who carries it; who agreed on it.
    pub(super) fn programme(&self, it: &Programme) -> [Bond; 2] {
        let runs = self.day.is_none_or(|day| it.period.can_include(day));
        let funders = it.funders.iter().copied().filter(|_| runs);
        let agreement = it.agreement.as_ref().filter(|it| self.begun(it.on));
        let parties = agreement.into_iter().flat_map(|it| it.parties.iter().copied());
        [
            self.between(Tie::Funding, it.id, funders, it.operator.filter(|_| runs)),
            self.among(Tie::Agreement, it.id, parties),
        ]
    }

    /// Who pays and who asked; who signed.
    pub(super) fn request(&self, it: &Request) -> [Bond; 2] {
        let grant = |outcome: &Outcome| matches!(outcome, Outcome::Granted { .. });
        let grant = it.decisions.iter().rfind(|it| grant(&it.outcome));
        let grant = grant.filter(|it| self.begun(it.stamp.effective));
        let grant = grant.filter(|_| it.granted.is_some());
        let funder = grant.and_then(|_| self.models.funding.funder(it, &self.models.programmes));
        let paid = it.disbursements.iter().filter_map(|it| it.paid.as_ref());
        let paid = paid.filter(|it| self.begun(it.stamp.effective));
        let payers = funder.into_iter().chain(paid.filter_map(|it| it.funder));
        let applicant = Some(it.applicant).filter(|_| self.begun(it.submitted.effective));
        let agreement = it.agreement.as_ref().filter(|it| self.begun(it.signed.effective));
        let parties = agreement.into_iter().flat_map(|it| it.parties.iter().copied());
        [
            self.between(Tie::Funding, it.id, payers, applicant),
            self.among(Tie::Agreement, it.id, parties),
        ]
    }

    pub(super) fn commitment(&self, it: &Commitment) -> Bond {
        let made = self.begun(it.offered.effective);
        let [by, to] = [it.by, it.to].map(|id| Some(id).filter(|_| made));
        self.between(Tie::Commitment, it.id, by, to)
    }

    pub(super) fn body(&self, it: &Body) -> Bond {
        let members: BTreeSet<_> = match self.day {
            Some(day) => it.members_on(day).map(|it| it.actor).collect(),
            None => it.memberships.iter().map(|it| it.actor).collect(),
        };
        self.among(Tie::Body, it.id, members)
    }

    /// Who hosts it and who takes people on.
    pub(super) fn service_unit(&self, it: &ServiceUnit) -> Bond {
        let partners: BTreeSet<_> = match self.day {
            Some(day) => it.referrals_on(day).map(|it| it.partner).collect(),
            None => it.referrals.iter().map(|it| it.partner).collect(),
        };
        self.between(Tie::Agreement, it.id, Some(it.host), partners)
    }

    /// Whether what began on `date` can have been there on the day.
    fn begun(&self, date: Effective) -> bool {
        self.day.is_none_or(|day| !date.is_certainly_after(day))
    }

    fn resolved(&self, actors: impl IntoIterator<Item = ActorId>) -> BTreeSet<ActorId> {
        actors.into_iter().map(|id| self.models.actors.resolve(id)).collect()
    }

    fn among(
        &self,
        tie: Tie,
        thing: impl Into<Subject>,
        actors: impl IntoIterator<Item = ActorId>,
    ) -> Bond {
        Bond { tie, thing: thing.into(), one: self.resolved(actors), other: None }
    }

    fn between(
        &self,
        tie: Tie,
        thing: impl Into<Subject>,
        one: impl IntoIterator<Item = ActorId>,
        other: impl IntoIterator<Item = ActorId>,
    ) -> Bond {
        let (one, other) = (self.resolved(one), Some(self.resolved(other)));
        Bond { tie, thing: thing.into(), one, other }
    }
}
