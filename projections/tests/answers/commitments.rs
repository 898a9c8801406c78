//! What was promised and done, and by whom.
use std::collections::BTreeSet;

use domain::commitment::Settlement;
use domain::ids::{EvidenceId, MilestoneId, ParticipationId};
use domain::intervention::Role;
use domain::recorded::Position;
use domain::{commitment, intervention};
use jiff::civil::date;
use projections::commitments::{Lateness, Stage};

use crate::{ANARUZ, BELFAA, FIELD, KHAMSA, Ledger, PLEDGE, many, note, offered, title, when};

#[test]
fn a_commitment_is_late_from_the_day_after_the_first_date_that_it_missed() {
    let milestone = MilestoneId::from_u128(70);
    let ledger = Ledger::default().commitment(offered(Some(date(2021, 6, 30))));
    let on = |ledger: &Ledger, day| {
        ledger.0.commitments.get(PLEDGE).expect("it was offered").lateness(day)
    };
    assert_eq!(on(&ledger, date(2022, 1, 1)), Lateness::NotExpected);
    let ledger = ledger.commitment(commitment::Event::Accepted { by: BELFAA });
    let due = date(2021, 6, 30);
    assert_eq!(on(&ledger, date(2021, 5, 30)), Lateness::NotDue { due, days: 31 });
    assert_eq!(on(&ledger, date(2021, 5, 31)), Lateness::DueSoon { due, days: 30 });
    assert_eq!(on(&ledger, due), Lateness::DueSoon { due, days: 0 });
    assert_eq!(on(&ledger, date(2021, 7, 1)), Lateness::Late { due, days: 1 });

    let first = date(2021, 3, 1);
    let added = commitment::Event::MilestoneAdded { milestone, title: title("Jalon"), due: first };
    let ledger = ledger.commitment(added);
    assert_eq!(on(&ledger, date(2021, 3, 11)), Lateness::Late { due: first, days: 10 });
    let moved = date(2021, 4, 1);
    let ledger = ledger.commitment(commitment::Event::MilestoneRescheduled {
        milestone,
        due: moved,
        reason: note(),
    });
    assert_eq!(on(&ledger, date(2021, 3, 11)), Lateness::DueSoon { due: moved, days: 21 });
    let kept = &ledger.0.commitments.get(PLEDGE).expect("it was offered").milestones[0];
    assert_eq!((kept.first_due, kept.slipped_days()), (first, 31));
}

#[test]
fn evidence_waits_until_it_is_answered_and_a_dispute_stops_no_clock() {
    let (evidence, milestone) = (EvidenceId::from_u128(71), MilestoneId::from_u128(70));
    let due = date(2021, 3, 1);
    let ledger = Ledger::default()
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
        });
    let one = |ledger: &Ledger| ledger.0.commitments.get(PLEDGE).expect("it was offered").clone();
    assert_eq!(one(&ledger).waiting().count(), 1);
    assert_eq!(ledger.0.commitments.late(date(2021, 3, 2)).count(), 1);
    let confirmed = commitment::Event::FulfilmentConfirmed {
        by: BELFAA,
        evidence,
        confirmed: many(4_000),
        exceeding: false,
    };
    let ledger = ledger.commitment(confirmed);
    assert_eq!(one(&ledger).waiting().count(), 0);
    assert_eq!((one(&ledger).stage, one(&ledger).outstanding()), (Stage::PartFulfilled, 6_000));
    assert_eq!(ledger.0.commitments.late(date(2021, 3, 2)).count(), 0);
    let ledger = ledger.commitment(commitment::Event::Disputed { by: KHAMSA, reason: note() });
    assert_eq!(ledger.0.commitments.late(date(2021, 7, 1)).count(), 1);
    let ledger = ledger.commitment(commitment::Event::Settled {
        by: BELFAA,
        settlement: Settlement::Upheld,
        reason: note(),
    });
    assert_eq!(one(&ledger).stage, Stage::PartFulfilled);
}

#[test]
fn the_lead_of_an_intervention_depends_on_the_day() {
    let joined = |id, actor, role, from: &str| intervention::Event::ParticipantAdded {
        participation: ParticipationId::from_u128(id),
        actor,
        role,
        from: when(from),
        note: None,
    };
    let Ledger(models) = Ledger::default()
        .intervention(intervention::Event::Proposed {
            title: title("Terrain de sport"),
            summary: None,
            territories: vec!["commune-belfaa".parse().expect("a territory")],
            programme: None,
            groups: Vec::new(),
            budget: None,
        })
        .intervention(joined(1, KHAMSA, Role::Lead, "2018"))
        .intervention(joined(2, ANARUZ, Role::Facilitator, "2021-03"))
        .intervention(intervention::Event::ParticipationEnded {
            participation: ParticipationId::from_u128(1),
            to: when("2019-12-31"),
            reason: None,
        })
        .intervention(joined(3, BELFAA, Role::Lead, "2020-01-01"))
        .commitment(offered(None));
    let field = models.interventions.get(FIELD).expect("it was proposed");
    let leads = |day| field.leads_on(day).collect::<Vec<_>>();
    assert_eq!(leads(date(2017, 12, 31)), []);
    assert_eq!(leads(date(2018, 1, 1)), [KHAMSA]);
    assert_eq!(leads(date(2020, 1, 1)), [BELFAA]);
    assert_eq!(field.participations_on(date(2021, 2, 28)).count(), 1);
    assert_eq!(field.participations_on(date(2021, 3, 1)).count(), 2);

    let region = "region-souss-massa".parse().expect("a territory");
    assert_eq!(models.interventions.within(region), BTreeSet::from([FIELD]));
    let elsewhere = "province-tiznit".parse().expect("a territory");
    assert!(models.interventions.within(elsewhere).is_empty());
    assert_eq!(models.interventions.of_actor(ANARUZ).count(), 1);
    let trail = models.subjects.positions(FIELD.into());
    assert_eq!(trail, (1..=6).map(Position).collect::<Vec<_>>());
}
