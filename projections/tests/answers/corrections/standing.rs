//! What corrections do to commitments, interventions and actors.
use domain::ids::{EvidenceId, MilestoneId, ParticipationId};
use domain::intervention::{Part, Role};
use domain::{actor, commitment, intervention};
use jiff::civil::date;
use projections::commitments::{Lateness, Stage};
use projections::interventions;

use super::{AMINA, BRAHIM, CorrectionId, DAY, FIRST, SECOND};
use crate::{
    BELFAA, FIELD, KHAMSA, Ledger, PLEDGE, PRIM, WINDOW, many, name, note, offered, registered,
    title, when,
};

/// 40 of 100 dirhams shown for a milestone, and confirmed.
fn kept() -> Ledger {
    let (evidence, milestone) = (EvidenceId::from_u128(71), MilestoneId::from_u128(70));
    let due = date(2021, 3, 1);
    Ledger::default()
        .commitment(offered(Some(date(2021, 6, 30))))
        .commitment(commitment::Event::Accepted { by: BELFAA })
        .commitment(commitment::Event::MilestoneAdded { milestone, title: title("Jalon"), due })
        .commitment(commitment::Event::EvidenceSubmitted {
            by: KHAMSA,
            evidence,
            milestone: Some(milestone),
            documents: Vec::new(),
            claimed: many(4_000),
            note: None,
        })
        .commitment(commitment::Event::FulfilmentConfirmed {
            by: BELFAA,
            evidence,
            confirmed: many(4_000),
            exceeding: false,
        })
}

fn corrects(ledger: Ledger, correction: CorrectionId, figure: commitment::Figure) -> Ledger {
    let (by, person, reason) = (KHAMSA, AMINA, note());
    ledger
        .commitment(commitment::Event::CorrectionProposed {
            by,
            person,
            correction,
            figure,
            reason,
        })
        .commitment(commitment::Event::CorrectionConfirmed {
            by: BELFAA,
            person: BRAHIM,
            correction,
        })
}

#[test]
fn a_corrected_fulfilment_moves_the_stage_and_the_clock() {
    let evidence = EvidenceId::from_u128(71);
    let to = |to| commitment::Figure::Fulfilment { evidence, to, exceeding: false };
    let one = |ledger: &Ledger| ledger.0.commitments.get(PLEDGE).expect("it was offered").clone();
    let all = corrects(kept(), FIRST, to(Some(many(10_000))));
    assert_eq!((one(&all).stage, one(&all).outstanding()), (Stage::Fulfilled, 0));
    let none = corrects(all, SECOND, to(None));
    let commitment = one(&none);
    assert_eq!((commitment.stage, commitment.fulfilled), (Stage::Active, 0));
    assert_eq!(commitment.waiting().count(), 1);
    assert_eq!(commitment.milestones[0].reached, None);
    assert_eq!(
        commitment.lateness(date(2021, 3, 2)),
        Lateness::Late { due: date(2021, 3, 1), days: 1 }
    );
    assert_eq!(commitment.corrections.len(), 2);
    let pledge = commitment::Figure::Pledge { to: many(4_000), exceeding: false };
    let smaller = one(&corrects(kept(), FIRST, pledge));
    assert_eq!((smaller.stage, smaller.pledged()), (Stage::Fulfilled, 4_000));
}

#[test]
fn a_corrected_date_is_the_first_one_too_unless_it_was_moved_since() {
    let (milestone, due) = (MilestoneId::from_u128(70), date(2021, 4, 1));
    let redates = |due| commitment::Event::MilestoneCorrected {
        milestone,
        title: None,
        due: Some(due),
        reason: note(),
    };
    let first = |ledger: &Ledger| {
        ledger.0.commitments.get(PLEDGE).expect("it was offered").milestones[0].clone()
    };
    let ledger = kept().commitment(redates(due));
    assert_eq!((first(&ledger).first_due, first(&ledger).slipped_days()), (due, 0));
    let later = date(2021, 5, 1);
    let moved = commitment::Event::MilestoneRescheduled { milestone, due: later, reason: note() };
    let ledger = ledger.commitment(moved).commitment(redates(date(2021, 5, 2)));
    assert_eq!((first(&ledger).first_due, first(&ledger).slipped_days()), (due, 31));
}

#[test]
fn an_annulled_commitment_is_neither_due_nor_on_the_board() {
    let annulled = commitment::Event::Annulled { by: BELFAA, reason: note() };
    let corrected = commitment::Event::Corrected {
        title: Some(title("Filets")),
        due: Some(date(2020, 6, 30)),
        intervention: None,
        programme: Some(PRIM),
        reason: note(),
    };
    let ledger = Ledger::default()
        .commitment(offered(None))
        .commitment(commitment::Event::Accepted { by: BELFAA })
        .commitment(corrected);
    let models = &ledger.0.commitments;
    assert_eq!((models.of_programme(PRIM).count(), models.late(DAY).count()), (1, 1));
    assert!(models.get(PLEDGE).is_some_and(|it| it.matches("filets")));
    let Ledger(models) = ledger.commitment(annulled);
    let board = &models.commitments;
    assert_eq!(board.iter().count() + board.late(DAY).count(), 0);
    assert_eq!(board.offered_by(KHAMSA).count() + board.offered_to(BELFAA).count(), 0);
    assert_eq!(board.of_intervention(FIELD).count() + board.of_programme(PRIM).count(), 0);
    let known = board.get(PLEDGE).expect("it stays known");
    assert_eq!(known.lateness(DAY), Lateness::NotExpected);
    assert_eq!(models.subjects.count(PLEDGE.into()), 4);
}

fn field() -> Ledger {
    let participation = ParticipationId::from_u128(90);
    Ledger::default()
        .intervention(intervention::Event::Proposed {
            title: title("Terrain"),
            summary: None,
            territories: vec!["commune-belfaa".parse().expect("a territory")],
            programme: Some(PRIM),
            groups: Vec::new(),
            budget: None,
        })
        .intervention(intervention::Event::Adopted {
            by: BELFAA,
            deliberation: None,
            on: when("2018"),
        })
        .intervention(intervention::Event::ParticipantAdded {
            participation,
            actor: KHAMSA,
            role: Role::Lead,
            from: when("2018"),
            note: None,
        })
        .intervention(intervention::Event::PhaseStarted { phase: 1, title: None, on: when("2019") })
}

#[test]
fn corrected_dates_and_roles_hold_on_the_days_that_they_say() {
    let participation = ParticipationId::from_u128(90);
    let Ledger(models) = field()
        .intervention(intervention::Event::ParticipationCorrected {
            participation,
            role: Some(Role::Funder),
            from: Some(when("2020")),
            to: None,
            note: None,
            reason: note(),
        })
        .intervention(intervention::Event::PhaseCorrected {
            phase: 1,
            title: Some(title("Terrassement")),
            started: Some(when("2020")),
            completed: None,
            reason: note(),
        })
        .intervention(intervention::Event::DatesCorrected {
            adopted: Some(when("2017")),
            completed: None,
            commissioned: None,
            reason: note(),
        });
    let it = models.interventions.get(FIELD).expect("it was proposed");
    assert_eq!(it.leads_on(date(2021, 1, 1)).count(), 0);
    assert_eq!(it.participations_on(date(2019, 6, 1)).count(), 0);
    assert_eq!(it.participations_on(date(2020, 6, 1)).count(), 1);
    assert_eq!(it.stage_on(date(2017, 6, 1)), Some(interventions::Stage::Adopted));
    assert_eq!(it.stage_on(date(2019, 6, 1)), Some(interventions::Stage::Adopted));
    assert_eq!(it.stage_on(date(2020, 6, 1)), Some(interventions::Stage::Started));
    assert_eq!((it.phases[0].started, it.corrections.len()), (when("2020"), 3));
}

#[test]
fn an_intervention_moves_to_where_it_is_and_an_annulled_one_is_nowhere() {
    let tiznit = "commune-tiznit".parse().expect("a territory");
    let ledger = field().intervention(intervention::Event::Corrected {
        title: None,
        summary: None,
        territories: Some(vec![tiznit]),
        programme: Some(WINDOW),
        groups: None,
        reason: note(),
    });
    let at = |ledger: &Ledger, slug: &str| {
        ledger.0.interventions.within(slug.parse().expect("a territory")).len()
    };
    assert_eq!((at(&ledger, "commune-belfaa"), at(&ledger, "province-tiznit")), (0, 1));
    let all = &ledger.0.interventions;
    assert_eq!((all.of_programme(PRIM).count(), all.of_programme(WINDOW).count()), (0, 1));
    let participation = ParticipationId::from_u128(90);
    let ledger = ledger
        .intervention(intervention::Event::ParticipationAnnulled { participation, reason: note() })
        .intervention(intervention::Event::PartAnnulled {
            part: Part::Origin,
            number: 9,
            reason: note(),
        });
    let all = &ledger.0.interventions;
    assert_eq!((all.of_actor(KHAMSA).count(), all.of_actor(BELFAA).count()), (0, 1));
    let ledger = ledger.intervention(intervention::Event::Annulled { by: BELFAA, reason: note() });
    let all = &ledger.0.interventions;
    assert_eq!(all.iter().count() + all.of_actor(BELFAA).count(), 0);
    assert_eq!(all.of_programme(WINDOW).count() + at(&ledger, "ma"), 0);
    assert!(all.get(FIELD).is_some_and(|it| it.annulled.is_some()));
}

#[test]
fn a_name_that_was_wrong_finds_nobody_and_stays_visible() {
    let renamed = actor::Event::Corrected {
        name: Some(name("Khamsa Italia")),
        kind: None,
        country: None,
        territory: None,
        identifiers: None,
        reason: note(),
    };
    let alias = |it| actor::Event::AliasAdded { alias: name(it), language: None };
    let ledger = Ledger::default()
        .actor(KHAMSA, registered("Anaruz"))
        .actor(KHAMSA, alias("Khamssa"))
        .actor(KHAMSA, renamed)
        .actor(KHAMSA, alias("Hamsa"))
        .actor(KHAMSA, actor::Event::AliasWithdrawn { alias: name("Hamsa"), reason: note() });
    let actors = &ledger.0.actors;
    let found = |text: &str| actors.named(text).count();
    assert_eq!((found("anaruz"), found("khamsa italia"), found("khamssa")), (0, 1, 1));
    assert!(actors.search("hamsa").contains(&KHAMSA));
    let known = actors.get(KHAMSA).expect("it was registered");
    assert_eq!((known.name.as_str(), known.names.len()), ("Khamsa Italia", 2));
    assert_eq!(known.misnamings.len(), 2);
    let Ledger(models) =
        ledger.actor(KHAMSA, actor::Event::Annulled { by: BELFAA, reason: note() });
    assert_eq!(models.actors.iter().count() + models.actors.search("khamsa").len(), 0);
}
