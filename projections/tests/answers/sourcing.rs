//! What sources disagree about, and where things were read.
use domain::effective::Period;
use domain::ids::{ClaimId, ConflictId, DocumentId, SourcingId};
use domain::programme::{self, Claim as OfProgramme};
use domain::recorded::{Fact, Position, Source};
use domain::sourcing::{Claim, Event, SubjectRef, Topic};
use projections::sourcing::{Disagreement, Wording};

use crate::{BELFAA, KHAMSA, Ledger, PRIM, created, name, note, registered, title, when};

const STREAM: SourcingId = SourcingId::from_u128(80);
const CONFLICT: ConflictId = ConflictId::from_u128(81);
const PAGE: DocumentId = DocumentId::from_u128(82);

fn subject() -> SubjectRef {
    SubjectRef { r#type: name("actor"), id: KHAMSA.into() }
}

fn source(locator: &str) -> Source {
    Source { reference: name("capsule"), document: Some(PAGE), locator: Some(name(locator)) }
}

fn claim(id: u128, value: &str) -> Claim {
    let source = source(&format!("§ {id}"));
    Claim { claim: ClaimId::from_u128(id), value: title(value), source }
}

fn recorded() -> Event {
    Event::ConflictRecorded {
        subject: subject(),
        conflict: CONFLICT,
        topic: Topic::Name,
        claims: vec![claim(1, "Khamsa"), claim(2, "Khamssa")],
        note: None,
    }
}

fn settled(claim: Option<u128>, value: Option<&str>) -> Event {
    Event::Settled {
        conflict: CONFLICT,
        by: BELFAA,
        claim: claim.map(ClaimId::from_u128),
        value: value.map(title),
        reason: note(),
    }
}

impl Ledger {
    pub(crate) fn sourcing(self, event: Event) -> Self {
        self.then(Fact::Sourcing(STREAM, event))
    }
}

pub(crate) fn conflict() -> Ledger {
    Ledger::default().actor(KHAMSA, registered("Khamsa")).sourcing(recorded())
}

#[test]
fn a_disagreement_is_open_until_it_is_settled_and_again_after_a_later_claim() {
    let at = |ledger: &Ledger| {
        let it = ledger.0.sourcing.conflict(CONFLICT).expect("it was recorded");
        (it.open, it.since.position, it.claims.len(), it.settlements.len())
    };
    let ledger = conflict();
    assert_eq!(at(&ledger), (true, Position(2), 2, 0));
    let ledger = ledger.sourcing(settled(Some(1), None));
    assert_eq!(at(&ledger), (false, Position(2), 2, 1));
    let added = Event::ClaimAdded { conflict: CONFLICT, claim: claim(3, "Khamsa France") };
    let ledger = ledger.sourcing(added);
    assert_eq!(at(&ledger), (true, Position(4), 3, 1));
    let ledger = ledger.sourcing(settled(None, Some("Khamsa (France)")));
    let [it] = &ledger.0.disagreements()[..] else { panic!("one disagreement") };
    let held: Vec<_> = it.settlements.iter().map(|it| it.wording.clone()).collect();
    let words = ["Khamsa", "Khamsa (France)"].map(|it| Wording::Words(title(it)));
    assert_eq!((held, it.open, it.since.position), (words.to_vec(), false, Position(5)));
}

#[test]
fn a_source_that_is_named_later_stands_beside_the_event() {
    let attributed = Event::Attributed {
        subject: subject(),
        event: Position(1),
        source: source("§ 6"),
        reason: None,
    };
    let Ledger(models) = conflict().sourcing(attributed);
    let [it] = models.sourcing.attributed(Position(1)) else { panic!("one source") };
    assert_eq!((&*it.source, it.stamp.position), (&source("§ 6"), Position(3)));
    assert!(models.sourcing.attributed(Position(2)).is_empty());
    assert_eq!(models.sourcing.get(STREAM).expect("it was begun").attributions.len(), 1);
}

#[test]
fn what_is_said_of_a_subject_is_in_its_trail_and_in_that_of_the_documents() {
    let added = Event::ClaimAdded { conflict: CONFLICT, claim: claim(3, "Khamsa France") };
    let Ledger(models) = conflict().sourcing(added).sourcing(settled(Some(1), None));
    assert_eq!(models.subjects.positions(KHAMSA.into()), [1, 2, 3, 4].map(Position));
    assert_eq!(models.subjects.positions(PAGE.into()), [2, 3].map(Position));
    assert_eq!(models.sourcing.conflicts_about(KHAMSA.into()).count(), 1);
}

#[test]
fn the_claims_of_programmes_are_in_the_same_list() {
    let claimed = |to| programme::Event::Reported {
        claim: OfProgramme::Period(Period { from: when("2020-01"), to: when(to) }),
    };
    let ledger = conflict()
        .programme(PRIM, created(None, "2020-05-01", "2023-03-31"))
        .programme(PRIM, claimed("2023-12"));
    let of = |ledger: &Ledger| {
        let all = ledger.0.disagreements();
        let it = all.into_iter().find(|it| it.subject == PRIM.into()).expect("they disagree");
        (
            it.open,
            it.topic,
            it.claims.iter().map(|it| it.own).collect::<Vec<_>>(),
            it.settlements.len(),
        )
    };
    assert_eq!(ledger.0.disagreements().len(), 2);
    assert_eq!(of(&ledger), (true, Topic::Dates, vec![true, false], 0));
    let ledger = ledger.programme(
        PRIM,
        programme::Event::Settled {
            claim: OfProgramme::Period(Period { from: when("2020-01"), to: when("2023-12") }),
            reason: note(),
        },
    );
    assert_eq!(of(&ledger), (false, Topic::Dates, vec![false], 1));
    let keys: Vec<_> = ledger.0.disagreements().iter().map(Disagreement::key).collect();
    assert!(keys.is_sorted() && keys.len() == 2, "{keys:?}");
}

#[test]
fn what_is_about_no_known_sort_of_thing_is_left_out() {
    let strange = SubjectRef { r#type: name("starship"), id: KHAMSA.into() };
    let Event::ConflictRecorded { conflict, topic, claims, note, .. } = recorded() else {
        unreachable!("it is recorded")
    };
    let event = Event::ConflictRecorded { subject: strange, conflict, topic, claims, note };
    let Ledger(models) = Ledger::default().sourcing(event).sourcing(settled(Some(1), None));
    assert!(models.disagreements().is_empty() && models.sourcing.get(STREAM).is_none());
}
