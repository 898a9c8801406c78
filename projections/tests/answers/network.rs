//! Who has to do with whom, and what one actor does.
use std::collections::{BTreeMap, BTreeSet};

use domain::coordination_body::Seat;
use domain::ids::{
    ActionPointId, ActorId, AgreementId, FundingRequestId, MandateId, ParticipationId, UserId,
};
use domain::intervention::Role;
use domain::money::{Currency, Money};
use domain::permission::Power;
use domain::recorded::Fact;
use domain::{actor, commitment, funding_request, intervention, meeting};
use jiff::civil::date;
use projections::Subject;
use projections::card::Card;
use projections::network::{Network, Scope, Tie, neighbours};

use crate::governance::{COMMITTEE, OFFICE, agreed, constituted, decided, sits};
use crate::{
    ANARUZ, BELFAA, FIELD, FUNDER, KHAMSA, Ledger, PLEDGE, PRIM, asked, created, note, offered,
    registered, title, when,
};

const TWIN: ActorId = ActorId::from_u128(5);
const REQUEST: u128 = 70;

fn joined(id: u128, actor: ActorId, role: Role, from: &str) -> intervention::Event {
    let participation = ParticipationId::from_u128(id);
    intervention::Event::ParticipantAdded {
        participation,
        actor,
        role,
        from: when(from),
        note: None,
    }
}

fn granted(on: &str) -> funding_request::Event {
    let amount = Money::dirhams(60);
    funding_request::Event::Granted { by: FUNDER, amount, envelope: None, on: when(on) }
}

/// KHAMSA and its TWIN, which was merged into it, with BELFAA and the others.
fn told() -> Ledger {
    let proposed = intervention::Event::Proposed {
        title: title("Terrain de sport"),
        summary: None,
        territories: vec!["commune-belfaa".parse().expect("a territory")],
        programme: Some(PRIM),
        groups: Vec::new(),
        budget: None,
    };
    let ledger = [KHAMSA, ANARUZ, BELFAA, FUNDER, TWIN]
        .into_iter()
        .fold(Ledger::default(), |ledger, id| ledger.actor(id, registered("Acteur")));
    ledger
        .actor(TWIN, actor::Event::Merged { into: KHAMSA, reason: note() })
        .programme(PRIM, created(None, "2020", "2025"))
        .intervention(proposed)
        .intervention(joined(1, BELFAA, Role::Lead, "2020"))
        .intervention(joined(2, KHAMSA, Role::Facilitator, "2021"))
        .intervention(joined(3, TWIN, Role::Partner, "2022-03"))
        .commitment(offered(Some(date(2021, 6, 30))))
        .commitment(commitment::Event::Accepted { by: BELFAA })
        .request(REQUEST, asked(PRIM, Some(Money::dirhams(80)), &["commune-belfaa"]))
        .request(REQUEST, granted("2021-05"))
        .request(
            REQUEST,
            funding_request::Event::AgreementSigned {
                agreement: AgreementId::from_u128(1),
                parties: vec![FUNDER, BELFAA, ANARUZ],
                amount: Money::dirhams(60),
                document: None,
                on: when("2021-09-01"),
            },
        )
        .request(REQUEST + 1, asked(PRIM, None, &[]))
        .body(constituted())
        .body(sits(1, TWIN, Seat::Chair, "2021"))
        .body(sits(2, ANARUZ, Seat::Member, "2022"))
        .unit(decided())
        .unit(agreed(ANARUZ, "2022"))
}

/// Two actors, and how many things of each sort tie them.
type Link = (ActorId, ActorId, Vec<(Tie, u64)>);

fn pairs(network: &Network) -> Vec<Link> {
    let links = network.links.iter();
    links.map(|((a, b), ties)| (*a, *b, ties.iter().map(|(tie, n)| (*tie, *n)).collect())).collect()
}

#[test]
fn actors_are_linked_by_what_they_share_and_a_merged_one_is_who_it_became() {
    let Ledger(models) = told();
    let network = Network::of(&models, &Scope::default());
    assert!(network.complete);
    assert_eq!(network.actors, BTreeSet::from([KHAMSA, ANARUZ, BELFAA, FUNDER]));
    let expected = vec![
        (KHAMSA, ANARUZ, vec![(Tie::Body, 1)]),
        (KHAMSA, BELFAA, vec![(Tie::Intervention, 1), (Tie::Commitment, 1)]),
        // The agreement, and the referral agreement of the office.
        (ANARUZ, BELFAA, vec![(Tie::Agreement, 2)]),
        (ANARUZ, FUNDER, vec![(Tie::Agreement, 1)]),
        // The programme and the granted request; what is only asked for ties nobody.
        (BELFAA, FUNDER, vec![(Tie::Funding, 2), (Tie::Agreement, 1)]),
    ];
    assert_eq!(pairs(&network), expected);
}

#[test]
fn a_network_is_of_a_place_of_a_programme_or_of_a_day() {
    let Ledger(models) = told();
    let here = Scope { within: "commune-belfaa".parse().ok(), ..Scope::default() };
    let here = Network::of(&models, &here);
    // The committee is the region's, and the programme names no place.
    assert!(!here.links.contains_key(&(KHAMSA, ANARUZ)));
    let funding = here.links[&(BELFAA, FUNDER)].get(&Tie::Funding);
    assert_eq!(funding, Some(&1));
    let elsewhere = Scope { within: "province-tiznit".parse().ok(), ..Scope::default() };
    assert_eq!(Network::of(&models, &elsewhere).actors, BTreeSet::new());
    let all = Network::of(&models, &Scope { programme: Some(PRIM), ..Scope::default() });
    assert_eq!(all, Network::of(&models, &Scope::default()));
    let other = Scope { programme: Some(crate::WINDOW), ..Scope::default() };
    assert_eq!(Network::of(&models, &other).actors, BTreeSet::new());
    let early = Network::of(&models, &Scope { day: Some(date(2020, 6, 1)), ..Scope::default() });
    let expected = vec![
        (KHAMSA, BELFAA, vec![(Tie::Commitment, 1)]),
        (BELFAA, FUNDER, vec![(Tie::Funding, 1)]),
    ];
    assert_eq!(pairs(&early), expected);
}

#[test]
fn neighbours_are_the_links_of_one_actor_with_what_they_share() {
    let Ledger(models) = told();
    let network = Network::of(&models, &Scope::default());
    for actor in [KHAMSA, ANARUZ, BELFAA, FUNDER, TWIN] {
        let own = models.actors.resolve(actor);
        let mut linked = BTreeMap::new();
        for ((a, b), ties) in network.links.iter().filter(|((a, b), _)| [*a, *b].contains(&own)) {
            linked.insert(if *a == own { *b } else { *a }, ties.clone());
        }
        let found = neighbours(&models, actor, None).into_iter().map(|(other, shared)| {
            let mut ties = BTreeMap::<_, u64>::new();
            for (tie, _) in &shared {
                *ties.entry(*tie).or_default() += 1;
            }
            (other, ties)
        });
        assert_eq!(found.collect::<BTreeMap<_, _>>(), linked, "{actor}");
    }
    let shared = &neighbours(&models, TWIN, None)[&ANARUZ];
    assert_eq!(shared, &BTreeSet::from([(Tie::Body, Subject::from(COMMITTEE))]));
    let of_office = (Tie::Agreement, Subject::from(OFFICE));
    assert!(neighbours(&models, ANARUZ, None)[&BELFAA].contains(&of_office));
    assert!(!neighbours(&models, ANARUZ, Some(date(2021, 12, 1)))[&BELFAA].contains(&of_office));
    let with = &neighbours(&models, KHAMSA, None)[&BELFAA];
    assert!(with.contains(&(Tie::Intervention, FIELD.into())));
    assert!(with.contains(&(Tie::Commitment, PLEDGE.into())));
}

#[test]
fn a_card_says_what_one_actor_does_on_a_day() {
    let Ledger(models) = told();
    let day = date(2022, 6, 1);
    let card = Card::of(&models, TWIN, day);
    assert_eq!(card, Card::of(&models, KHAMSA, day));
    assert_eq!(card.roles, BTreeMap::from([(Role::Facilitator, 1), (Role::Partner, 1)]));
    assert_eq!((card.made.open, card.made.late, card.made.kept), (1, 1, 0));
    assert_eq!(card.seats.len(), 1);
    assert!(card.operates.is_empty() && card.hosts.is_empty());
    let before = Card::of(&models, KHAMSA, date(2021, 6, 30));
    assert_eq!(before.roles, BTreeMap::from([(Role::Facilitator, 1)]));
    assert_eq!((before.made.open, before.made.late), (1, 0));

    let commune = Card::of(&models, BELFAA, day);
    assert_eq!(commune.operates, BTreeSet::from([PRIM]));
    assert_eq!((commune.received.open, commune.made.open), (1, 0));
    assert_eq!(commune.asked.requests, 2);
    assert_eq!(commune.asked.asked.sums(), [Money::dirhams(80)]);
    assert_eq!(commune.asked.asked.undeclared, 1);
    assert_eq!(commune.asked.granted.sums(), [Money::dirhams(60)]);
    assert_eq!(commune.paid.requests, 0);
    assert_eq!(commune.hosts, BTreeSet::from([OFFICE]));
    assert_eq!(Card::of(&models, BELFAA, date(2020, 1, 1)).hosts, BTreeSet::new());

    let funder = Card::of(&models, FUNDER, day);
    assert_eq!(funder.funds, BTreeSet::from([PRIM]));
    assert_eq!((funder.paid.requests, funder.asked.requests), (1, 0));
    assert_eq!(funder.paid.granted.sums(), [Money::dirhams(60)]);
    assert_eq!(funder.paid.agreed.sums()[0].currency(), Currency::Mad);
    assert!(models.funding.request(FundingRequestId::from_u128(REQUEST)).is_some());
}

#[test]
fn a_card_counts_actions_and_mandates_of_the_day() {
    let id = domain::ids::MeetingId::from_u128(80);
    let on = when("2021-01-04");
    let meeting = |event| Fact::Meeting(id, event);
    let owned = |number, due| {
        meeting(meeting::Event::ActionAssigned {
            action: ActionPointId::from_u128(number),
            decision: None,
            owner: TWIN,
            title: title("Rendre compte"),
            due,
        })
    };
    let mandate = actor::Event::MandateGranted {
        mandate: MandateId::from_u128(1),
        holder: UserId::from_u128(1),
        powers: BTreeSet::from([Power::Sign]),
        from: date(2021, 1, 1),
        until: Some(date(2021, 12, 31)),
    };
    let (body, title) = (COMMITTEE, title("Réunion"));
    let Ledger(models) = told()
        .actor(KHAMSA, mandate)
        .then(meeting(meeting::Event::Convened { body, title, agenda: None, on }))
        .then(meeting(meeting::Event::Held { attending: Vec::new(), on }))
        .then(owned(1, date(2021, 3, 31)))
        .then(owned(2, date(2021, 9, 30)));
    let card = |day| Card::of(&models, KHAMSA, day);
    let day = card(date(2021, 5, 1));
    assert_eq!((day.open_actions, day.late_actions, day.mandates), (2, 1, 1));
    assert_eq!(card(date(2022, 1, 1)).mandates, 0);
}
