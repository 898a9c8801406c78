//! Which actors have to do with each other, and through what: computed from the models when it is
//! asked for, never stored.
//!
//! A merged actor counts as the one that it was merged into. Things are counted, actors are not
//! ranked: everything comes in the order of ids.
use std::collections::{BTreeMap, BTreeSet};

use domain::ids::{ActorId, InterventionId, ProgrammeId};
use domain::territory::TerritoryId;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Models;
use crate::subjects::Subject;

mod bonds;

use bonds::{Bond, Weaver};

/// The most pairs of actors that one network counts; where there are more, it says so.
pub const PAIRS_MAX: usize = 100_000;

/// What two actors have to do with each other.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Tie {
    /// Both take part in one intervention.
    Intervention,
    /// One pays for what the other does: a granted request, a payment, or a programme that one
    /// funds and the other carries.
    Funding,
    /// Both signed one agreement, or one takes on people whom the other's service unit sends.
    Agreement,
    /// One promised something to the other, whatever became of it.
    Commitment,
    /// Both sit in one coordination body.
    Body,
}

/// Which things count; all of the conditions hold.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// What lies in this territory, wholly or in part.
    pub within: Option<TerritoryId>,
    /// What belongs to this programme, or to one that is part of it.
    pub programme: Option<ProgrammeId>,
    /// What holds, or was there, on this day; whatever ever was where it is left out.
    pub day: Option<Date>,
}

/// Actors and what ties them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Network {
    /// Everybody who has to do with something that counts.
    pub actors: BTreeSet<ActorId>,
    /// Each pair that has something in common, the lesser id first, with how many things.
    pub links: BTreeMap<(ActorId, ActorId), BTreeMap<Tie, u64>>,
    /// Whether all pairs were counted: see [`PAIRS_MAX`].
    pub complete: bool,
}

impl Network {
    /// Everybody who has to do with what `scope` names, and what ties them.
    pub fn of(models: &Models, scope: &Scope) -> Self {
        let mut network = Self { complete: true, ..Self::default() };
        let mut left = PAIRS_MAX;
        for bond in bonds(models, scope) {
            network.actors.extend(bond.actors());
            for pair in bond.pairs() {
                if left == 0 {
                    network.complete = false;
                    return network;
                }
                left -= 1;
                *network.links.entry(pair).or_default().entry(bond.tie).or_default() += 1;
            }
        }
        network
    }
}

/// What an actor has in common with others, by the other's id: on `day`, or ever.
pub fn neighbours(
    models: &Models,
    actor: ActorId,
    day: Option<Date>,
) -> BTreeMap<ActorId, BTreeSet<(Tie, Subject)>> {
    let own = models.actors.resolve(actor);
    let mut found = BTreeMap::<_, BTreeSet<_>>::new();
    let mut left = PAIRS_MAX;
    for bond in bonds_of(models, own, day) {
        for other in bond.others_of(own).take(left) {
            left -= 1;
            found.entry(other).or_default().insert((bond.tie, bond.thing));
        }
    }
    found
}

/// The things that tie `pair` in the way of `tie`, as often as they do, among those that `scope`
/// names.
pub(crate) fn things_of<'a>(
    models: &'a Models,
    scope: &Scope,
    pair: (ActorId, ActorId),
    tie: Tie,
) -> impl Iterator<Item = Subject> + use<'a> {
    let tying = bonds(models, scope).filter(move |it| it.tie == tie);
    tying.filter(move |it| it.pairs().any(|it| it == pair)).map(|it| it.thing)
}

/// Every bond that `scope` names, one sort of thing after the other, by their ids.
fn bonds<'a>(models: &'a Models, scope: &Scope) -> impl Iterator<Item = Bond> + use<'a> {
    let weaver = Weaver { models, day: scope.day };
    let programmes = scope.programme.map(|id| models.programmes.subtree(id));
    let programmes = programmes.map(BTreeSet::from_iter);
    let filter = Filter { models, within: scope.within, programmes };
    let filters = [(); 5].map(|()| filter.clone());
    let [of_programmes, of_requests, of_commitments, of_bodies, of_units] = filters;
    let interventions = models.interventions.iter();
    let interventions = interventions
        .filter(move |it| filter.is_part(it.programme) && filter.place(|at| it.is_within(at)))
        .map(move |it| weaver.intervention(it));
    let programmes = models
        .programmes
        .iter()
        .filter(move |it| {
            of_programmes.is_part(Some(it.id))
                && of_programmes.place(|at| it.territories.iter().any(|own| own.is_within(at)))
        })
        .flat_map(move |it| weaver.programme(it));
    let requests = models
        .funding
        .requests()
        .filter(move |it| {
            of_requests.is_part(Some(it.programme)) && of_requests.place(|at| it.is_within(at))
        })
        .flat_map(move |it| weaver.request(it));
    let commitments = models
        .commitments
        .iter()
        .filter(move |it| of_commitments.is_for(it.intervention, it.programme))
        .map(move |it| weaver.commitment(it));
    let bodies = models
        .bodies
        .iter()
        .filter(move |it| {
            of_bodies.is_part(it.programme)
                && of_bodies.place(|at| it.territory.is_some_and(|own| own.is_within(at)))
        })
        .map(move |it| weaver.body(it));
    let units = models
        .service_units
        .iter()
        .filter(move |it| {
            of_units.is_part(of_units.programme_of(it.intervention))
                && of_units.place(|at| it.territory.is_within(at))
        })
        .map(move |it| weaver.service_unit(it));
    let paid = interventions.chain(programmes).chain(requests);
    paid.chain(commitments).chain(bodies).chain(units)
}

/// Every bond of `actor`, who was merged into nobody.
fn bonds_of(models: &Models, actor: ActorId, day: Option<Date>) -> impl Iterator<Item = Bond> + '_ {
    let weaver = Weaver { models, day };
    let mut things = BTreeSet::<Subject>::new();
    for id in models.actors.identities(actor) {
        things.extend(models.interventions.of_actor(id).map(|it| Subject::from(it.id)));
        let programmes = models.programmes.of_actor(id).chain(models.programmes.agreed_by(id));
        things.extend(programmes.map(|it| Subject::from(it.id)));
        let envelopes = models.programmes.envelopes_paid_by(id);
        let requests = envelopes.flat_map(|it| models.funding.requests_of_envelope(it));
        let requests = requests
            .chain(models.funding.requests_of_applicant(id))
            .chain(models.funding.requests_backed_by(id));
        things.extend(requests.map(|it| Subject::from(it.id)));
        let commitments =
            models.commitments.offered_by(id).chain(models.commitments.offered_to(id));
        things.extend(commitments.map(|it| Subject::from(it.id)));
        things.extend(models.bodies.of_actor(id).map(|it| Subject::from(it.id)));
        let units = models.service_units.of_host(id).chain(models.service_units.of_partner(id));
        things.extend(units.map(|it| Subject::from(it.id)));
    }
    things.into_iter().flat_map(move |thing| weaver.of(thing))
}

/// A scope, read.
#[derive(Clone)]
struct Filter<'a> {
    models: &'a Models,
    within: Option<TerritoryId>,
    programmes: Option<BTreeSet<ProgrammeId>>,
}

impl Filter<'_> {
    fn is_part(&self, programme: Option<ProgrammeId>) -> bool {
        let wanted = self.programmes.as_ref();
        wanted.is_none_or(|all| programme.is_some_and(|id| all.contains(&id)))
    }

    fn place(&self, lies: impl Fn(TerritoryId) -> bool) -> bool {
        self.within.is_none_or(lies)
    }

    fn programme_of(&self, intervention: Option<InterventionId>) -> Option<ProgrammeId> {
        self.models.interventions.get(intervention?)?.programme
    }

    /// Whether something for `intervention`, within `programme`, counts.
    fn is_for(&self, intervention: Option<InterventionId>, programme: Option<ProgrammeId>) -> bool {
        let known = || self.models.interventions.get(intervention?);
        self.is_part(programme.or_else(|| known()?.programme))
            && self.place(|at| known().is_some_and(|it| it.is_within(at)))
    }
}
