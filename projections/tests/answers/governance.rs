//! Who sits where, what was decided, what is to be done, and how many came.
use std::collections::BTreeSet;

use domain::coordination_body::{self, Kind, Seat};
use domain::ids::{
    ActionPointId, BodyDecisionId, CoordinationBodyId, MeetingId, MembershipId, ReferralId,
    ServiceUnitId,
};
use domain::meeting;
use domain::recorded::{Fact, Position};
use domain::service_unit::{self, Count, PartnerKind, Service};
use domain::territory::TerritoryId;
use domain::text::folded;
use jiff::civil::date;
use projections::commitments::Lateness;
use projections::service_units::{Stage, by_month, totals};
use projections::{Models, Subject, bodies, meetings};

use crate::{ANARUZ, BELFAA, FIELD, FUNDER, KHAMSA, Ledger, PRIM, many, note, title, when};

pub const OFFICE: ServiceUnitId = ServiceUnitId::from_u128(60);
pub const COMMITTEE: CoordinationBodyId = CoordinationBodyId::from_u128(61);
const MEETING: MeetingId = MeetingId::from_u128(62);
const DECISION: BodyDecisionId = BodyDecisionId::from_u128(63);
const ACTION: ActionPointId = ActionPointId::from_u128(64);

impl Ledger {
    pub fn unit(self, event: service_unit::Event) -> Self {
        self.then(Fact::ServiceUnit(OFFICE, event))
    }

    pub fn body(self, event: coordination_body::Event) -> Self {
        self.then(Fact::CoordinationBody(COMMITTEE, event))
    }

    pub fn meeting(self, event: meeting::Event) -> Self {
        self.then(Fact::Meeting(MEETING, event))
    }
}

fn place(slug: &str) -> TerritoryId {
    slug.parse().expect("a territory")
}

pub fn decided() -> service_unit::Event {
    service_unit::Event::Decided {
        by: BELFAA,
        title: title("Bureau d’accueil et d’orientation"),
        territory: place("commune-belfaa"),
        services: vec![Service::Rights, Service::Care],
        groups: Vec::new(),
        intervention: Some(FIELD),
        deliberation: None,
        on: when("2021"),
    }
}

fn opened(on: &str) -> service_unit::Event {
    service_unit::Event::Opened { on: when(on) }
}

fn counted(month: &str, care: i64, referred: Option<i64>) -> service_unit::Event {
    let care = Count { service: Service::Care, received: many(care), referred: referred.map(many) };
    let rights = Count { service: Service::Rights, received: many(1), referred: Some(many(0)) };
    service_unit::Event::ActivityReported {
        by: BELFAA,
        month: when(month),
        counts: vec![care, rights],
    }
}

pub fn agreed(partner: domain::ids::ActorId, from: &str) -> service_unit::Event {
    service_unit::Event::ReferralAgreed {
        referral: ReferralId::from_u128(65),
        partner,
        kind: PartnerKind::HealthCentre,
        services: vec![Service::Care],
        document: None,
        on: when(from),
    }
}

pub fn constituted() -> coordination_body::Event {
    coordination_body::Event::Constituted {
        kind: Kind::SteeringCommittee,
        title: title("Comité de pilotage"),
        territory: Some(place("region-souss-massa")),
        programme: Some(PRIM),
        deliberation: None,
        on: when("2021"),
    }
}

pub fn sits(
    id: u128,
    actor: domain::ids::ActorId,
    seat: Seat,
    from: &str,
) -> coordination_body::Event {
    let membership = MembershipId::from_u128(id);
    coordination_body::Event::MemberAdded { membership, actor, seat, from: when(from) }
}

fn convened() -> meeting::Event {
    let (title, on) = (title("Réunion de suivi"), when("2021-03-01"));
    meeting::Event::Convened { body: COMMITTEE, title, agenda: None, on }
}

fn held() -> meeting::Event {
    meeting::Event::Held { attending: vec![KHAMSA, BELFAA], on: when("2021-03-04") }
}

fn recorded() -> meeting::Event {
    meeting::Event::DecisionRecorded {
        decision: DECISION,
        title: title("Éclairage du terrain"),
        note: Some(note()),
        programme: Some(PRIM),
        intervention: Some(FIELD),
    }
}

fn assigned() -> meeting::Event {
    meeting::Event::ActionAssigned {
        action: ACTION,
        decision: Some(DECISION),
        owner: KHAMSA,
        title: title("Demander un devis"),
        due: date(2021, 4, 30),
    }
}

fn annulled() -> meeting::Event {
    meeting::Event::Annulled { by: BELFAA, reason: note() }
}

fn office(ledger: &Ledger) -> &projections::service_units::ServiceUnit {
    ledger.0.service_units.get(OFFICE).expect("it was decided")
}

#[test]
fn a_month_is_missing_once_it_is_over_if_the_unit_was_open_on_some_day_of_it() {
    let ledger = Ledger::default().unit(decided()).unit(opened("2022-01-20"));
    let missing = |ledger: &Ledger, day| -> Vec<i16> {
        let months = office(ledger).missing_months(day).into_iter();
        months.map(|it| i16::from(it.month()) + 12 * (it.year() - 2022)).collect()
    };
    assert!(missing(&ledger, date(2022, 1, 31)).is_empty());
    assert_eq!(missing(&ledger, date(2022, 2, 1)), [1]);
    let ledger = ledger.unit(counted("2022-02", 3, None));
    assert_eq!(missing(&ledger, date(2022, 4, 15)), [1, 3]);
    let reason = note();
    let ledger = ledger
        .unit(service_unit::Event::Suspended { on: when("2022-04-10"), reason })
        .unit(service_unit::Event::Resumed { on: when("2022-07") })
        .unit(service_unit::Event::Closed { on: when("2022-09-01"), reason: None });
    assert_eq!(missing(&ledger, date(2023, 1, 1)), [1, 3, 4, 7, 8]);
    let undated = Ledger::default().unit(decided()).unit(opened("unknown"));
    assert!(missing(&undated, date(2023, 1, 1)).is_empty());
}

#[test]
fn activity_adds_up_by_service_over_a_period_and_what_was_not_declared_is_counted() {
    let ledger = Ledger::default()
        .unit(decided())
        .unit(opened("2022"))
        .unit(counted("2022-01", 5, Some(2)))
        .unit(counted("2022-03", 7, None))
        .unit(counted("2022-02", 11, Some(4)))
        .unit(service_unit::Event::ActivityCorrected {
            by: BELFAA,
            month: when("2022-02"),
            counts: vec![Count { service: Service::Care, received: many(10), referred: None }],
            reason: note(),
        });
    let unit = office(&ledger);
    let months = |from, to| unit.activity(from, to).map(|it| it.first.month()).collect::<Vec<_>>();
    assert_eq!(months(None, None), [1, 2, 3]);
    assert_eq!(months(Some(date(2022, 1, 31)), Some(date(2022, 2, 1))), [1, 2]);
    let all = totals(unit.activity(None, None));
    let care = all[&Service::Care];
    assert_eq!((care.reports, care.received, care.referred), (3, 22, 2));
    assert_eq!(care.referred_undeclared, 2);
    assert_eq!(all[&Service::Rights].reports, 2);
    let february = unit.month(date(2022, 2, 1)).expect("it was counted");
    assert_eq!(february.recounts[0].before[0].received, many(11));
    assert_eq!(february.said().position, Position(6));
    assert_eq!(february.reported.position, Position(5));
    let units = ledger.0.service_units.iter();
    assert_eq!(by_month(units, None, Some(date(2022, 2, 28))).len(), 2);
}

#[test]
fn referral_agreements_hold_from_a_day_to_a_day_and_not_past_the_closing() {
    let ledger = Ledger::default().unit(decided()).unit(agreed(KHAMSA, "2022-02"));
    let on = |ledger: &Ledger, day| office(ledger).referrals_on(day).count();
    assert_eq!(on(&ledger, date(2022, 1, 31)), 0);
    assert_eq!(on(&ledger, date(2030, 1, 1)), 1);
    let referral = ReferralId::from_u128(65);
    let ended = service_unit::Event::ReferralEnded { referral, reason: None, on: when("2022-12") };
    let ledger = ledger.unit(ended);
    assert_eq!((on(&ledger, date(2022, 12, 31)), on(&ledger, date(2023, 1, 1))), (1, 0));
    let closed = service_unit::Event::Closed { on: when("2022-06-30"), reason: None };
    let ledger = ledger.unit(opened("2022-03")).unit(closed);
    assert_eq!((on(&ledger, date(2022, 6, 29)), on(&ledger, date(2022, 6, 30))), (1, 0));
    assert_eq!(ledger.0.service_units.of_partner(KHAMSA).count(), 1);
}

#[test]
fn a_corrected_unit_moves_and_an_annulled_one_is_found_by_its_id_alone() {
    let ledger = Ledger::default().unit(decided()).unit(service_unit::Event::Corrected {
        title: Some(title("Bureau des migrants")),
        territory: Some(place("province-tiznit")),
        services: None,
        groups: None,
        on: Some(when("2020")),
        reason: note(),
    });
    let within = |ledger: &Ledger, slug| ledger.0.service_units.within(place(slug)).len();
    assert_eq!((within(&ledger, "commune-belfaa"), within(&ledger, "province-tiznit")), (0, 1));
    let unit = office(&ledger);
    assert!(unit.matches(&folded("des migrants")) && !unit.matches(&folded("orientation")));
    assert_eq!((unit.decided.effective, unit.corrections.len()), (when("2020"), 1));
    assert_eq!(unit.stage_on(date(2020, 6, 1)), Some(Stage::Decided));
    let ledger = ledger
        .unit(agreed(KHAMSA, "2022"))
        .unit(service_unit::Event::Annulled { by: BELFAA, reason: note() })
        .unit(agreed(ANARUZ, "2023"));
    assert_eq!(within(&ledger, "ma"), 0);
    let units = &ledger.0.service_units;
    assert_eq!(units.iter().count() + units.of_host(BELFAA).count(), 0);
    assert_eq!(units.of_partner(KHAMSA).count() + units.of_partner(ANARUZ).count(), 0);
    assert_eq!(units.of_intervention(FIELD).count(), 0);
    assert!(office(&ledger).annulled.is_some());
    assert_eq!(ledger.0.subjects.count(FIELD.into()), 5);
}

#[test]
fn members_depend_on_the_day_and_nobody_sits_in_a_dissolved_body() {
    let ledger = Ledger::default()
        .body(constituted())
        .body(sits(1, KHAMSA, Seat::Chair, "2021-02"))
        .body(sits(2, BELFAA, Seat::Member, "2022"));
    let members = |ledger: &Ledger, day| {
        let body = ledger.0.bodies.get(COMMITTEE).expect("it was constituted");
        body.members_on(day).map(|it| it.actor).collect::<Vec<_>>()
    };
    assert_eq!(members(&ledger, date(2021, 1, 31)), []);
    assert_eq!(members(&ledger, date(2021, 2, 1)), [KHAMSA]);
    assert_eq!(members(&ledger, date(2022, 1, 1)), [KHAMSA, BELFAA]);
    let membership = MembershipId::from_u128(1);
    let to = when("2022-06");
    let ledger =
        ledger.body(coordination_body::Event::MembershipEnded { membership, to, reason: None });
    assert_eq!(members(&ledger, date(2022, 7, 1)), [BELFAA]);
    let dissolved = |on| coordination_body::Event::Dissolved { on: when(on), reason: note() };
    let ledger = ledger.body(dissolved("2023"));
    assert_eq!(members(&ledger, date(2023, 12, 31)), [BELFAA]);
    assert_eq!(members(&ledger, date(2024, 1, 1)), []);
    let stage =
        |ledger: &Ledger, day| ledger.0.bodies.get(COMMITTEE).and_then(|it| it.stage_on(day));
    assert_eq!(stage(&ledger, date(2020, 12, 31)), None);
    assert_eq!(stage(&ledger, date(2022, 1, 1)), Some(bodies::Stage::Constituted));
    assert_eq!(stage(&ledger, date(2024, 1, 1)), Some(bodies::Stage::Dissolved));
    // Nobody says when: it is over once the ledger knows of it, 2020-01-05.
    let unknown = Ledger::default()
        .body(constituted())
        .body(sits(1, KHAMSA, Seat::Chair, "unknown"))
        .body(dissolved("unknown"));
    assert_eq!(members(&unknown, date(2020, 1, 6)), []);
}

#[test]
fn an_annulled_body_counts_nowhere() {
    let annulled = coordination_body::Event::Annulled { by: BELFAA, reason: note() };
    let Ledger(models) = Ledger::default()
        .body(constituted())
        .body(sits(1, KHAMSA, Seat::Chair, "2021"))
        .body(annulled)
        .body(sits(2, ANARUZ, Seat::Member, "2021"));
    let all = &models.bodies;
    assert!(all.get(COMMITTEE).is_some_and(|it| it.annulled.is_some()));
    assert_eq!(all.iter().count() + all.of_programme(PRIM).count(), 0);
    assert_eq!(all.of_actor(KHAMSA).count() + all.of_actor(ANARUZ).count(), 0);
    assert_eq!(all.within(place("ma")), BTreeSet::new());
    assert_eq!(models.subjects.count(PRIM.into()), 4);
}

#[test]
fn an_action_is_late_from_the_day_after_it_was_due_until_it_is_closed() {
    let ledger = Ledger::default().meeting(convened()).meeting(held()).meeting(assigned());
    let action = |ledger: &Ledger| ledger.0.meetings.action(ACTION).expect("assigned").clone();
    let due = date(2021, 4, 30);
    let on = |ledger: &Ledger, day| action(ledger).lateness(day);
    assert_eq!(on(&ledger, date(2021, 3, 30)), Lateness::NotDue { due, days: 31 });
    assert_eq!(on(&ledger, due), Lateness::DueSoon { due, days: 0 });
    assert_eq!(on(&ledger, date(2021, 5, 1)), Lateness::Late { due, days: 1 });
    let later = date(2021, 6, 30);
    let moved = meeting::Event::ActionRescheduled { action: ACTION, due: later, reason: note() };
    let ledger = ledger.meeting(moved);
    assert_eq!(on(&ledger, date(2021, 7, 2)), Lateness::Late { due: later, days: 2 });
    assert_eq!((action(&ledger).first_due, action(&ledger).slipped_days()), (due, 61));
    let closed = |done| meeting::Event::ActionClosed {
        action: ACTION,
        done,
        outcome: Some(note()),
        on: when("2021-07-10"),
    };
    let done = ledger.meeting(closed(true));
    assert_eq!(on(&done, date(2021, 7, 9)), Lateness::Late { due: later, days: 9 });
    assert_eq!(on(&done, date(2021, 7, 10)), Lateness::Fulfilled);
    assert!(action(&done).is_open(date(2021, 7, 9)) && !action(&done).is_open(date(2021, 7, 10)));
    let dropped = Ledger::default().meeting(convened()).meeting(held()).meeting(assigned());
    assert_eq!(on(&dropped.meeting(closed(false)), date(2022, 1, 1)), Lateness::NotExpected);
}

#[test]
fn decisions_are_found_by_what_they_are_about_and_trails_lead_to_the_body() {
    let Ledger(models) = Ledger::default()
        .body(constituted())
        .meeting(convened())
        .meeting(held())
        .meeting(recorded())
        .meeting(assigned())
        .meeting(meeting::Event::MinutesRecorded { document: None, on: when("2021-03-10") })
        .meeting(meeting::Event::MinutesApproved { on: when("2021-04") })
        .meeting(meeting::Event::ActionClosed {
            action: ACTION,
            done: true,
            outcome: None,
            on: when("2021-04-02"),
        });
    let met = models.meetings.get(MEETING).expect("it was convened");
    assert_eq!((met.on, met.stage), (when("2021-03-04"), meetings::Stage::Approved));
    assert_eq!(
        models.meetings.decisions_of(met).count() + models.meetings.actions_of(met).count(),
        2
    );
    let taken = models.meetings.decision(DECISION).expect("it was recorded");
    assert!(taken.matches("eclairage") && taken.matches("exemple") && !taken.matches("devis"));
    assert_eq!(models.meetings.decided_on_intervention(FIELD).count(), 1);
    assert_eq!(models.meetings.decided_on_programme(PRIM).count(), 1);
    assert_eq!(models.meetings.owned_by(KHAMSA).count(), 1);
    let trail = |subject: Subject| models.subjects.positions(subject);
    assert_eq!(trail(COMMITTEE.into()), (1..=8).map(Position).collect::<Vec<_>>());
    assert_eq!(trail(FIELD.into()), [Position(4)]);
    // Attending, being given the action, and closing it.
    assert_eq!(trail(KHAMSA.into()), [3, 5, 8].map(Position));
}

#[test]
fn an_annulled_meeting_takes_its_decisions_and_actions_with_it() {
    let Ledger(models) = Ledger::default()
        .meeting(convened())
        .meeting(held())
        .meeting(recorded())
        .meeting(assigned())
        .meeting(annulled());
    let all: &Models = &models;
    let meetings = &all.meetings;
    assert_eq!(meetings.iter().count() + meetings.of_body(COMMITTEE).count(), 0);
    assert_eq!(meetings.decisions().count() + meetings.actions().count(), 0);
    assert_eq!(meetings.decided_on_intervention(FIELD).count(), 0);
    assert_eq!(meetings.decided_on_programme(PRIM).count(), 0);
    assert_eq!(meetings.owned_by(KHAMSA).count(), 0);
    let met = meetings.get(MEETING).expect("it stays visible");
    assert_eq!(meetings.decisions_of(met).count(), 1);
    assert_eq!(met.attending.as_ref(), [KHAMSA, BELFAA]);
    assert_eq!(all.subjects.count(FUNDER.into()), 0);
}

#[test]
fn a_corrected_meeting_keeps_what_it_decided() {
    let Ledger(models) =
        Ledger::default().meeting(convened()).meeting(held()).meeting(recorded()).meeting(
            meeting::Event::Corrected {
                title: Some(title("Réunion extraordinaire")),
                attending: Some(vec![ANARUZ]),
                on: Some(when("2021-03-05")),
                reason: note(),
            },
        );
    let met = models.meetings.get(MEETING).expect("it was convened");
    assert_eq!((met.on, met.attending.as_ref()), (when("2021-03-05"), &[ANARUZ][..]));
    assert!(met.matches("extraordinaire"));
    assert_eq!((met.corrections.len(), met.decisions.len()), (1, 1));
    let steps: Vec<_> = met.steps.iter().map(|it| it.stamp.effective).collect();
    assert_eq!(steps[1], when("2021-03-05"));
}
