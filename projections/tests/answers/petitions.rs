//! What citizens asked, what the council said, and what came of it.
use domain::citizen_initiative::{self as initiative, Event as Asked};
use domain::deliberation::{Event as Said, Votes};
use domain::ids::{CitizenInitiativeId, DeliberationId};
use domain::intervention::{self, Origin};
use domain::recorded::{Fact, Position};
use jiff::civil::date;
use projections::{Subject, deliberations, initiatives};
use proptest::prelude::*;

use crate::{ANARUZ, BELFAA, FIELD, KHAMSA, Ledger, many, name, note, title, when};

const PETITION: CitizenInitiativeId = CitizenInitiativeId::from_u128(80);
const ACT: DeliberationId = DeliberationId::from_u128(81);

fn asked(ledger: Ledger, event: Asked) -> Ledger {
    ledger.then(Fact::CitizenInitiative(PETITION, event))
}

fn said(ledger: Ledger, event: Said) -> Ledger {
    ledger.then(Fact::Deliberation(ACT, event))
}

fn received() -> Asked {
    Asked::Received {
        title: title("Un terrain de sport pour Belfaâ"),
        summary: None,
        territory: "commune-belfaa".parse().expect("a territory"),
        groups: Vec::new(),
        signatures: None,
        on: when("2018-03"),
    }
}

fn tabled() -> Said {
    Said::Tabled {
        council: BELFAA,
        title: title("Terrain de sport"),
        session: None,
        initiative: Some(PETITION),
        on: when("2018-05"),
    }
}

fn adopted(on: &str) -> Said {
    let votes = Votes {
        members: None,
        quorum: None,
        present: None,
        in_favour: many(15),
        against: many(2),
        abstained: many(1),
    };
    Said::Adopted { number: None, votes: Some(votes), document: None, on: when(on) }
}

/// Received, endorsed twice, referred, tabled, adopted, answered: seven events.
fn answered() -> Ledger {
    let ledger = asked(Ledger::default(), received());
    let endorsed = |by, on: &str| Asked::Endorsed { by, note: None, on: when(on) };
    let ledger = asked(ledger, endorsed(KHAMSA, "2018-04"));
    let ledger = asked(ledger, endorsed(ANARUZ, "2018-06"));
    let ledger = asked(ledger, Asked::Referred { to: BELFAA, on: when("unknown") });
    let ledger = said(said(ledger, tabled()), adopted("2018-06"));
    asked(ledger, Asked::DeliberationLinked { deliberation: ACT, on: when("2018-06") })
}

fn proposed() -> intervention::Event {
    intervention::Event::Proposed {
        title: title("Terrain de sport"),
        summary: None,
        territories: Vec::new(),
        programme: None,
        groups: Vec::new(),
        budget: None,
    }
}

fn linked() -> intervention::Event {
    let origin = Origin::CitizenInitiative { initiative: Some(PETITION), note: note() };
    intervention::Event::OriginLinked { origin, on: when("2018") }
}

fn taken_on() -> intervention::Event {
    intervention::Event::Adopted { by: BELFAA, deliberation: Some(ACT), on: when("2018-06") }
}

fn petition(ledger: &Ledger) -> &initiatives::Initiative {
    ledger.0.initiatives.get(PETITION).expect("it was received")
}

fn act(ledger: &Ledger) -> &deliberations::Deliberation {
    ledger.0.deliberations.get(ACT).expect("it was tabled")
}

#[test]
fn how_far_a_petition_had_come_depends_on_the_day() {
    use initiatives::Stage;
    let ledger = answered();
    let petition = petition(&ledger);
    let on = |day| petition.stage_on(day);
    assert_eq!(on(date(2018, 2, 28)), None);
    assert_eq!(on(date(2018, 3, 1)), Some(Stage::Received));
    // Nobody knows when it was referred: it was not before it was endorsed.
    assert_eq!(on(date(2018, 5, 1)), Some(Stage::Referred));
    assert_eq!(on(date(2018, 6, 1)), Some(Stage::Answered));
    assert_eq!(petition.signatures, None);
    assert_eq!(petition.positions(), [1, 2, 3, 4, 7].map(Position));
    let tabled: Vec<_> = ledger.0.deliberations.of_initiative(PETITION).map(|it| it.id).collect();
    assert_eq!(tabled, [ACT]);
    assert_eq!(ledger.0.initiatives.answered_by(ACT).count(), 1);
}

#[test]
fn a_correction_and_an_annulment_of_a_petition_stay_visible() {
    let corrected = initiative::Event::Corrected {
        title: Some(title("Terrain de proximité")),
        summary: None,
        territory: None,
        groups: None,
        signatures: Some(many(240)),
        on: Some(when("2018")),
        reason: note(),
    };
    let ledger = asked(answered(), corrected);
    assert!(petition(&ledger).matches("proximite") && !petition(&ledger).matches("belfa"));
    assert_eq!(petition(&ledger).signatures, Some(many(240)));
    assert_eq!(petition(&ledger).received.effective, when("2018"));
    assert_eq!(petition(&ledger).corrections.len(), 1);
    let ledger = asked(ledger, Asked::Annulled { by: BELFAA, reason: note() });
    assert_eq!(petition(&ledger).stage_on(date(2018, 6, 1)), Some(initiatives::Stage::Annulled));
    assert_eq!(petition(&ledger).answers.len(), 1);
    assert_eq!(ledger.0.initiatives.answered_by(ACT).count(), 0);
}

#[test]
fn an_annulled_act_keeps_its_votes_and_held_until_then() {
    use deliberations::Stage;
    let annulled = Said::Annulled { by: BELFAA, reason: note(), on: when("2019") };
    let ledger = said(answered(), annulled);
    let act = act(&ledger);
    assert_eq!(act.stage, Stage::Annulled);
    assert_eq!(act.stage_on(date(2018, 12, 31)), Some(Stage::Adopted));
    assert_eq!(act.stage_on(date(2019, 1, 1)), Some(Stage::Annulled));
    let votes = act.decisions[0].votes.as_ref().expect("the votes are declared");
    assert_eq!(votes.in_favour, many(15));
    assert_eq!(ledger.0.deliberations.of_initiative(PETITION).count(), 0);
}

#[test]
fn a_postponed_matter_is_decided_later_and_its_record_can_be_corrected() {
    use deliberations::Stage;
    let ledger = said(Ledger::default(), tabled());
    let (until, reason) = (Some(when("2018-06")), Some(note()));
    let ledger = said(ledger, Said::Postponed { until, reason, on: when("2018-05") });
    let ledger = said(ledger, adopted("2018-06"));
    let corrected = Said::Corrected {
        title: None,
        session: Some(name("Session ordinaire")),
        number: Some(name("12/2018")),
        votes: None,
        on: Some(when("2018-07")),
        reason: note(),
    };
    let ledger = said(ledger, corrected);
    let act = act(&ledger);
    let stages: Vec<_> = act.decisions.iter().map(|it| it.stage).collect();
    assert_eq!(stages, [Stage::Postponed, Stage::Adopted]);
    assert_eq!(act.stage_on(date(2018, 6, 30)), Some(Stage::Postponed));
    assert_eq!(act.stage_on(date(2018, 7, 1)), Some(Stage::Adopted));
    assert_eq!(act.decisions[1].number.as_deref(), Some(&name("12/2018")));
    assert!(act.decisions[1].votes.is_some() && act.decisions[0].number.is_none());
    assert_eq!(act.positions(), [1, 2, 3, 4].map(Position));
}

#[test]
fn the_timeline_of_an_intervention_begins_with_the_petition_that_it_grew_out_of() {
    let trail = |ledger: &Ledger| ledger.0.subjects.positions(FIELD.into());
    let ledger = answered().intervention(proposed());
    assert_eq!(trail(&ledger), [8].map(Position));
    let ledger = ledger.intervention(linked());
    assert_eq!(trail(&ledger), [1, 2, 3, 4, 7, 8, 9].map(Position));
    let ledger = ledger.intervention(taken_on()).intervention(linked());
    assert_eq!(trail(&ledger), (1..=11).map(Position).collect::<Vec<_>>());
    // What becomes of the act later belongs to it too.
    let ledger = said(ledger, Said::Annulled { by: BELFAA, reason: note(), on: when("2019") });
    assert_eq!(trail(&ledger).last(), Some(&Position(12)));
    assert_eq!(ledger.0.subjects.count(FIELD.into()), 12);
    let resting =
        |ground| ledger.0.interventions.naming(ground).map(|it| it.id).collect::<Vec<_>>();
    assert_eq!(resting(Subject::from(PETITION)), [FIELD]);
    assert_eq!(resting(Subject::from(ACT)), [FIELD]);
    assert!(ledger.0.subjects.positions(ACT.into()).contains(&Position(10)));
}

#[test]
fn what_nobody_asked_or_tabled_is_not_there() {
    let ledger = asked(Ledger::default(), Asked::Referred { to: BELFAA, on: when("2018") });
    let ledger = said(ledger, adopted("2018"));
    assert_eq!(ledger.0.initiatives.iter().count() + ledger.0.deliberations.iter().count(), 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_timeline_has_each_event_of_what_it_names_once_and_in_order(
        kinds in prop::collection::vec(0..8_u8, 0..90)
    ) {
        let ledger = kinds.iter().fold(Ledger::default(), |ledger, kind| match kind {
            0 => asked(ledger, received()),
            1 => asked(ledger, Asked::Endorsed { by: KHAMSA, note: None, on: when("2018") }),
            2 => said(ledger, tabled()),
            3 => said(ledger, adopted("2018")),
            4 => ledger.intervention(proposed()),
            5 => ledger.intervention(linked()),
            6 => ledger.intervention(taken_on()),
            _ => asked(ledger, Asked::DeliberationLinked { deliberation: ACT, on: when("2018") }),
        });
        let models = &ledger.0;
        let trail = models.subjects.positions(FIELD.into());
        prop_assert!(trail.is_sorted_by(|one, next| one < next));
        prop_assert_eq!(trail.len(), models.subjects.count(FIELD.into()));
        let names = |ground: Subject| models.interventions.ids_naming(ground).any(|it| it == FIELD);
        let mut due = Vec::new();
        if let Some(it) = models.initiatives.get(PETITION).filter(|_| names(PETITION.into())) {
            due.extend(it.positions());
        }
        if let Some(it) = models.deliberations.get(ACT).filter(|_| names(ACT.into())) {
            due.extend(it.positions());
        }
        prop_assert!(due.iter().all(|it| trail.contains(it)), "{:?} lacks some of {:?}", trail, due);
    }
}
