//! What one actor does, on one page: counts of what it takes part in, promised, asked for, decided
//! with others and hosts. Computed from the models when it is asked for, never stored; a card is read
//! for itself, so nothing orders actors by it.
use std::collections::{BTreeMap, BTreeSet};

use domain::ids::{
    ActorId, CoordinationBodyId, InterventionId, MembershipId, ProgrammeId, ServiceUnitId,
};
use domain::intervention::Role;
use jiff::civil::Date;
use serde::Serialize;

use crate::Models;
use crate::commitments::{Commitment, Lateness};
use crate::funding::{Balance, Request};

/// How many promises were kept, and how many are not kept yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Promises {
    /// Kept in full.
    pub kept: u64,
    /// Accepted, and still to be kept in full: late ones too.
    pub open: u64,
    /// Late on the day.
    pub late: u64,
    /// Waiting for the other side's answer.
    pub offered: u64,
}

impl Promises {
    fn of<'a>(all: impl Iterator<Item = &'a Commitment>, day: Date) -> Self {
        use crate::commitments::Stage;
        let mut sum = Self::default();
        for commitment in all {
            match commitment.lateness(day) {
                Lateness::Fulfilled => sum.kept += 1,
                Lateness::NotExpected => {
                    sum.offered += u64::from(commitment.stage == Stage::Offered);
                }
                lateness => {
                    sum.open += 1;
                    sum.late += u64::from(lateness.is_late());
                }
            }
        }
        sum
    }
}

/// What one actor does on a day. What it did before a merger counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Card {
    /// In how many interventions it has each role.
    pub roles: BTreeMap<Role, u64>,
    /// The programmes that it carries.
    pub operates: BTreeSet<ProgrammeId>,
    /// The programmes that it pays for.
    pub funds: BTreeSet<ProgrammeId>,
    /// The programmes in which it is a partner.
    pub partners: BTreeSet<ProgrammeId>,
    /// What it promised.
    pub made: Promises,
    /// What was promised to it.
    pub received: Promises,
    /// The funding that it asked for.
    pub asked: Balance,
    /// The funding that it pays.
    pub paid: Balance,
    /// The seats that it has.
    pub seats: BTreeSet<(CoordinationBodyId, MembershipId)>,
    /// How much it is to do because of meetings.
    pub open_actions: u64,
    /// How much of that is late.
    pub late_actions: u64,
    /// The service units that it hosts and that are not closed.
    pub hosts: BTreeSet<ServiceUnitId>,
    /// How many mandates of its own are in force.
    pub mandates: u64,
}

impl Card {
    /// The card of `actor` on `day`: that of the one that it was merged into, where it was.
    pub fn of(models: &Models, actor: ActorId, day: Date) -> Self {
        let all = models.actors.identities(actor);
        let promised = all.iter().flat_map(|id| models.commitments.offered_by(*id));
        let received = all.iter().flat_map(|id| models.commitments.offered_to(*id));
        let asked = all.iter().flat_map(|id| models.funding.requests_of_applicant(*id));
        let paid = paid(models, &all);
        let programmes = all.iter().flat_map(|id| models.programmes.of_actor(*id));
        let (mut operates, mut funds, mut partners) =
            <(BTreeSet<_>, BTreeSet<_>, BTreeSet<_>)>::default();
        for programme in programmes {
            let among = |others: &[ActorId]| others.iter().any(|it| all.contains(it));
            operates.extend(programme.operator.filter(|it| all.contains(it)).map(|_| programme.id));
            funds.extend(among(&programme.funders).then_some(programme.id));
            partners.extend(among(&programme.partners).then_some(programme.id));
        }
        let actions = || all.iter().flat_map(|id| models.meetings.owned_by(*id));
        let count = |number: usize| u64::try_from(number).unwrap_or(u64::MAX);
        let own = models.actors.get(models.actors.resolve(actor));
        let mandates = own.map_or(0, |it| it.mandates.iter().filter(|it| it.in_force(day)).count());
        Self {
            roles: roles(models, &all, day),
            operates,
            funds,
            partners,
            made: Promises::of(promised.map(AsRef::as_ref), day),
            received: Promises::of(received.map(AsRef::as_ref), day),
            asked: Balance::of(asked.map(AsRef::as_ref), day),
            paid: Balance::of(paid, day),
            seats: seats(models, &all, day),
            open_actions: count(actions().filter(|it| it.is_open(day)).count()),
            late_actions: count(actions().filter(|it| it.lateness(day).is_late()).count()),
            hosts: hosts(models, &all, day),
            mandates: count(mandates),
        }
    }
}

fn roles(models: &Models, all: &BTreeSet<ActorId>, day: Date) -> BTreeMap<Role, u64> {
    let mut held = BTreeSet::<(Role, InterventionId)>::new();
    for intervention in all.iter().flat_map(|id| models.interventions.of_actor(*id)) {
        let own = intervention.participations_on(day).filter(|it| all.contains(&it.actor));
        held.extend(own.map(|it| (it.role, intervention.id)));
    }
    let mut roles = BTreeMap::new();
    for (role, _) in held {
        *roles.entry(role).or_default() += 1;
    }
    roles
}

/// The requests that one of `all` pays for, each once.
fn paid<'a>(
    models: &'a Models,
    all: &BTreeSet<ActorId>,
) -> impl Iterator<Item = &'a Request> + use<'a> {
    let mut found = BTreeMap::new();
    for id in all {
        let envelopes = models.programmes.envelopes_paid_by(*id);
        let requests = envelopes.flat_map(|it| models.funding.requests_of_envelope(it));
        for request in requests.chain(models.funding.requests_backed_by(*id)) {
            let funder = models.funding.funder(request, &models.programmes);
            if request.granted.is_some() && funder.is_some_and(|it| all.contains(&it)) {
                found.insert(request.id, request.as_ref());
            }
        }
    }
    found.into_values()
}

fn seats(
    models: &Models,
    all: &BTreeSet<ActorId>,
    day: Date,
) -> BTreeSet<(CoordinationBodyId, MembershipId)> {
    let bodies = all.iter().flat_map(|id| models.bodies.of_actor(*id));
    bodies
        .flat_map(|body| {
            let own = body.members_on(day).filter(|it| all.contains(&it.actor));
            own.map(|it| (body.id, it.id))
        })
        .collect()
}

fn hosts(models: &Models, all: &BTreeSet<ActorId>, day: Date) -> BTreeSet<ServiceUnitId> {
    use crate::service_units::Stage;
    let units = all.iter().flat_map(|id| models.service_units.of_host(*id));
    let there = units.filter(|it| it.stage_on(day).is_some_and(|stage| stage != Stage::Closed));
    there.map(|it| it.id).collect()
}
