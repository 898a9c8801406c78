//! What each model answers, on histories small enough to read.
use std::collections::BTreeSet;

use domain::commitment::{self, Pledge, Settlement};
use domain::effective::{Effective, Period};
use domain::ids::{
    ActorId, CommandId, CommitmentId, DisbursementId, EnvelopeId, EventId, EvidenceId,
    ExpectedResultId, FundingRequestId, IndicatorId, InterventionId, MandateId, MilestoneId,
    ParticipationId, ProgrammeId, UserId,
};
use domain::indicator::{self, Measurement};
use domain::intervention::{self, Role};
use domain::measure::Quantity;
use domain::money::{Currency, Money};
use domain::permission::Power;
use domain::programme::{self, Claim, Comparator};
use domain::recorded::{CommandRef, Fact, Position, Provenance, Recorded};
use domain::text::{Country, Name, Note, Title};
use domain::{actor, funding_request};
use jiff::civil::{Date, date};
use projections::Models;
use projections::actors::Status;
use projections::commitments::{Lateness, Stage};
use projections::funding::{Balance, Group, Grouping, covering};
use projections::programmes::{About, Flag, Verdict};

const KHAMSA: ActorId = ActorId::from_u128(1);
const ANARUZ: ActorId = ActorId::from_u128(2);
const BELFAA: ActorId = ActorId::from_u128(3);
const FUNDER: ActorId = ActorId::from_u128(4);
const PRIM: ProgrammeId = ProgrammeId::from_u128(10);
const WINDOW: ProgrammeId = ProgrammeId::from_u128(11);
const ENVELOPE: EnvelopeId = EnvelopeId::from_u128(20);
const FIELD: InterventionId = InterventionId::from_u128(30);
const PLEDGE: CommitmentId = CommitmentId::from_u128(40);
const TRAINED: IndicatorId = IndicatorId::from_u128(50);
const REACHED: IndicatorId = IndicatorId::from_u128(51);
const RESULT: ExpectedResultId = ExpectedResultId::from_u128(52);

/// Folds facts, one position and one day after the other.
#[derive(Default)]
struct Ledger(Models);

impl Ledger {
    fn then(mut self, fact: Fact) -> Self {
        let position = self.0.position.next();
        let day = date(2020, 1, 1).checked_add(jiff::Span::new().days(position.0.cast_signed()));
        let at = day.expect("a day").to_zoned(jiff::tz::TimeZone::UTC).expect("an instant");
        self.0.apply(&Recorded {
            position,
            id: EventId::from_u128(position.0.into()),
            sequence: 1,
            recorded_at: at.timestamp(),
            provenance: Provenance {
                effective: Effective::Unknown,
                actor: Some(BELFAA),
                mandate: None,
                user: None,
                command: CommandRef { id: CommandId::from_u128(1), digest: [0; 16] },
                cause: None,
                source: None,
                corrects: None,
            },
            fact,
        });
        self
    }

    fn actor(self, id: ActorId, event: actor::Event) -> Self {
        self.then(Fact::Actor(id, event))
    }

    fn programme(self, id: ProgrammeId, event: programme::Event) -> Self {
        self.then(Fact::Programme(id, event))
    }

    fn commitment(self, event: commitment::Event) -> Self {
        self.then(Fact::Commitment(PLEDGE, event))
    }

    fn request(self, id: u128, event: funding_request::Event) -> Self {
        self.then(Fact::FundingRequest(FundingRequestId::from_u128(id), event))
    }

    fn indicator(self, id: IndicatorId, event: indicator::Event) -> Self {
        self.then(Fact::Indicator(id, event))
    }

    fn intervention(self, event: intervention::Event) -> Self {
        self.then(Fact::Intervention(FIELD, event))
    }
}

fn when(text: &str) -> Effective {
    text.parse().expect("a date")
}

fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

fn title(text: &str) -> Title {
    Title::fr(text).expect("a title")
}

fn note() -> Note {
    Note::fr("exemple").expect("a note")
}

fn many(count: i64) -> Quantity {
    Quantity::new(count).expect("in range")
}

fn registered(text: &str) -> actor::Event {
    actor::Event::Registered {
        name: name(text),
        kind: actor::Kind::LocalAssociation,
        country: Country::MOROCCO,
        territory: None,
        identifiers: Vec::new(),
    }
}

fn created(parent: Option<ProgrammeId>, from: &str, to: &str) -> programme::Event {
    programme::Event::Created {
        kind: programme::Kind::Programme,
        title: title("Programme régional"),
        acronym: None,
        parent,
        period: Period { from: when(from), to: when(to) },
        operator: Some(BELFAA),
        funders: vec![FUNDER],
        partners: Vec::new(),
        territories: Vec::new(),
        budget: None,
    }
}

fn offered(due: Option<Date>) -> commitment::Event {
    commitment::Event::Offered {
        by: KHAMSA,
        to: BELFAA,
        title: title("Apport"),
        pledge: Pledge::Financial { amount: Money::dirhams(100) },
        intervention: Some(FIELD),
        programme: None,
        due,
    }
}

fn asked(
    programme: ProgrammeId,
    asked: Option<Money>,
    territories: &[&str],
) -> funding_request::Event {
    let territories = territories.iter().map(|slug| slug.parse().expect("a territory"));
    funding_request::Event::Submitted {
        applicant: BELFAA,
        title: title("Demande"),
        call: None,
        programme,
        envelope: Some(ENVELOPE),
        intervention: None,
        territories: territories.collect(),
        asked,
        own_contribution: None,
    }
}

fn reported(period: &str, value: i64) -> indicator::Event {
    let measurement =
        Measurement { value: many(value), territory: None, cells: Vec::new(), unknown: None };
    indicator::Event::Submitted { by: KHAMSA, period: when(period), measurement }
}

fn accepted(period: &str) -> indicator::Event {
    indicator::Event::Accepted { by: BELFAA, period: when(period) }
}

#[test]
fn a_merged_actor_is_found_under_any_of_its_names_and_followed_to_who_it_became() {
    let Ledger(models) = Ledger::default()
        .actor(KHAMSA, registered("Khamsa"))
        .actor(ANARUZ, registered("Anaruz"))
        .actor(ANARUZ, actor::Event::AliasAdded { alias: name("Anarouz Agadir"), language: None })
        .actor(ANARUZ, actor::Event::Merged { into: KHAMSA, reason: note() })
        .actor(KHAMSA, actor::Event::Merged { into: BELFAA, reason: note() });
    assert_eq!(models.actors.named("KHAMSSA").collect::<Vec<_>>(), [KHAMSA]);
    assert_eq!(models.actors.search("agadir"), BTreeSet::from([ANARUZ]));
    assert_eq!(models.actors.resolve(ANARUZ), BELFAA);
    assert_eq!(models.actors.identities(KHAMSA), BTreeSet::from([KHAMSA, ANARUZ, BELFAA]));
    let merged = models.actors.get(ANARUZ).expect("it stays known");
    assert_eq!(merged.status, Status::Merged { into: KHAMSA });
    assert_eq!(merged.names.len(), 2);
}

#[test]
fn actors_merged_in_a_circle_are_still_answered() {
    let Ledger(models) = Ledger::default()
        .actor(KHAMSA, registered("Khamsa"))
        .actor(ANARUZ, registered("Anaruz"))
        .actor(KHAMSA, actor::Event::Merged { into: ANARUZ, reason: note() })
        .actor(ANARUZ, actor::Event::Merged { into: KHAMSA, reason: note() });
    assert_eq!(models.actors.identities(KHAMSA), BTreeSet::from([KHAMSA, ANARUZ]));
    assert_eq!(models.actors.resolve(KHAMSA), ANARUZ);
}

#[test]
fn a_mandate_binds_from_its_first_day_until_it_is_revoked() {
    let mandate = MandateId::from_u128(60);
    let granted = actor::Event::MandateGranted {
        mandate,
        holder: UserId::from_u128(1),
        powers: BTreeSet::from([Power::Sign]),
        from: date(2020, 1, 1),
        until: Some(date(2020, 12, 31)),
    };
    let ledger = Ledger::default().actor(KHAMSA, registered("Khamsa")).actor(KHAMSA, granted);
    let binds =
        |models: &Models, day| models.actors.mandate_in_force(KHAMSA, mandate, day).is_some();
    assert!(!binds(&ledger.0, date(2019, 12, 31)));
    assert!(binds(&ledger.0, date(2020, 12, 31)));
    assert!(!binds(&ledger.0, date(2021, 1, 1)));
    // Recorded on 4 January 2020, and no other day is said.
    let revoked = ledger.actor(KHAMSA, actor::Event::MandateRevoked { mandate, reason: note() });
    assert!(binds(&revoked.0, date(2020, 1, 3)));
    assert!(!binds(&revoked.0, date(2020, 1, 4)));
}

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

#[test]
fn a_shared_result_counts_once() {
    let shared = |counted_in| indicator::Event::SharedDeclared {
        period: when("2021"),
        counted_in,
        reason: note(),
    };
    let ledger = Ledger::default()
        .indicator(TRAINED, reported("2021", 45))
        .indicator(TRAINED, accepted("2021"))
        .indicator(REACHED, reported("2021", 60))
        .indicator(REACHED, accepted("2021"));
    let both = BTreeSet::from([TRAINED, REACHED]);
    assert_eq!(ledger.0.programmes.total(&both).agreed, 105);
    let ledger = ledger.indicator(TRAINED, shared(REACHED));
    let total = ledger.0.programmes.total(&both);
    assert_eq!((total.agreed, total.counted_elsewhere), (60, 45));
    assert_eq!(ledger.0.programmes.progress(TRAINED).agreed, 45);
    // Each says that the other counts it: one of them does.
    let ledger = ledger.indicator(REACHED, shared(TRAINED));
    assert_eq!(ledger.0.programmes.total(&both).agreed, 45);
}

#[test]
fn a_target_is_judged_on_what_was_agreed_and_on_the_day() {
    let ledger = Ledger::default()
        .programme(PRIM, created(None, "2020", "2023"))
        .programme(PRIM, programme::Event::ResultDefined { result: RESULT, title: title("R") })
        .programme(
            PRIM,
            programme::Event::IndicatorDefined {
                indicator: TRAINED,
                result: RESULT,
                title: title("Personnes formées"),
                unit: name("personnes"),
                baseline: None,
            },
        );
    let verdict = |ledger: &Ledger, day| {
        let indicator = ledger.0.programmes.indicator(TRAINED).expect("it was defined");
        ledger.0.programmes.verdict(indicator, day)
    };
    assert_eq!(verdict(&ledger, date(2021, 1, 1)), Verdict::NoTarget);
    let ledger = ledger.programme(
        PRIM,
        programme::Event::TargetSet {
            indicator: TRAINED,
            value: many(45),
            comparator: Comparator::AtLeast,
            due: when("2022"),
        },
    );
    assert_eq!(verdict(&ledger, date(2022, 12, 31)), Verdict::NotYetReported);
    assert_eq!(verdict(&ledger, date(2023, 1, 1)), Verdict::Overdue);
    let ledger = ledger.indicator(TRAINED, reported("2021", 45));
    assert_eq!(verdict(&ledger, date(2023, 1, 1)), Verdict::NotMet);
    let ledger = ledger.indicator(TRAINED, accepted("2021"));
    assert_eq!(verdict(&ledger, date(2023, 1, 1)), Verdict::Met);
    // A month of a year that is reported as a whole is not added to it.
    let ledger = ledger.indicator(TRAINED, reported("2021-03", 7));
    assert_eq!(ledger.0.programmes.progress(TRAINED).reported, 45);
    let ledger = ledger.programme(
        PRIM,
        programme::Event::TargetRevised {
            indicator: TRAINED,
            value: many(50),
            comparator: Comparator::AtLeast,
            due: when("2023"),
            reason: note(),
        },
    );
    assert_eq!(verdict(&ledger, date(2023, 1, 1)), Verdict::NotMet);
    let indicator = ledger.0.programmes.indicator(TRAINED).expect("it was defined");
    assert_eq!(indicator.targets.len(), 2);
}

#[test]
fn sources_that_disagree_stand_side_by_side_until_somebody_settles_it() {
    let claimed = |to| programme::Event::Reported {
        claim: Claim::Period(Period { from: when("2020-01"), to: when(to) }),
    };
    let ledger = Ledger::default()
        .programme(PRIM, created(None, "2020-05-01", "2023-03-31"))
        .programme(WINDOW, created(Some(PRIM), "2020-01", "2023-12"))
        .programme(WINDOW, claimed("2023-12"))
        .programme(WINDOW, claimed("2023-06"))
        .programme(WINDOW, programme::Event::Started { on: when("2020") });
    let of = |ledger: &Ledger, day| {
        let window = ledger.0.programmes.get(WINDOW).expect("it was created").clone();
        (window.disputed(), ledger.0.programmes.flags(&window, day))
    };
    let (disputed, flags) = of(&ledger, date(2024, 1, 1));
    assert_eq!(disputed, [About::Period]);
    let all = [
        Flag::DatesWiderThanParent,
        Flag::RunningPastItsEnd,
        Flag::BudgetNotDeclared,
        Flag::SourcesDisagree,
    ];
    assert_eq!(flags, all);
    let ledger = ledger.programme(
        WINDOW,
        programme::Event::Settled {
            claim: Claim::Period(Period { from: when("2020-06"), to: when("2023-03") }),
            reason: note(),
        },
    );
    let (disputed, flags) = of(&ledger, date(2023, 1, 1));
    assert_eq!((disputed, flags), (vec![], vec![Flag::BudgetNotDeclared]));
    assert_eq!(ledger.0.programmes.get(WINDOW).expect("it was created").claims.len(), 2);
    assert_eq!(ledger.0.programmes.ancestors(WINDOW), [PRIM]);
    assert_eq!(ledger.0.programmes.subtree(PRIM), [PRIM, WINDOW]);
    assert_eq!(ledger.0.programmes.roots().count(), 1);
}

#[test]
fn an_envelope_says_what_is_left() {
    let (request, amount) = (FundingRequestId::from_u128(80), Money::dirhams(300));
    let reserve =
        |amount| programme::Event::EnvelopeReserved { envelope: ENVELOPE, request, amount };
    let euros = Money::new(1, Currency::Eur).expect("in range");
    let Ledger(models) = Ledger::default()
        .programme(PRIM, created(None, "2020", "2023"))
        .programme(
            PRIM,
            programme::Event::EnvelopeOpened {
                envelope: ENVELOPE,
                title: title("Enveloppe"),
                funder: Some(FUNDER),
                amount: Money::dirhams(1_000),
            },
        )
        .programme(PRIM, reserve(amount))
        .programme(PRIM, reserve(euros))
        .programme(
            PRIM,
            programme::Event::EnvelopeReleased {
                envelope: ENVELOPE,
                request,
                amount: Money::dirhams(100),
            },
        );
    let envelope = models.programmes.envelope(ENVELOPE).expect("it was opened");
    assert_eq!((envelope.reserved, envelope.left()), (Money::dirhams(200), Money::dirhams(800)));
    assert_eq!(envelope.reserved_for(request), Some(Money::dirhams(200)));
    assert_eq!(models.programmes.envelopes(PRIM).count(), 1);
}

#[test]
fn balances_never_convert_and_never_take_the_undeclared_for_nothing() {
    let euros = Money::new(500, Currency::Eur).expect("in range");
    let disbursement = DisbursementId::from_u128(90);
    let due = date(2021, 1, 31);
    let Ledger(models) = Ledger::default()
        .programme(PRIM, created(None, "2020", "2023"))
        .programme(WINDOW, created(Some(PRIM), "2020", "2023"))
        .request(1, asked(PRIM, Some(Money::dirhams(7)), &["commune-belfaa", "province-tiznit"]))
        .request(2, asked(WINDOW, Some(euros), &["commune-belfaa"]))
        .request(3, asked(WINDOW, None, &[]))
        .request(
            1,
            funding_request::Event::Granted {
                by: FUNDER,
                amount: Money::dirhams(5),
                envelope: None,
                on: when("2020"),
            },
        )
        .request(
            1,
            funding_request::Event::DisbursementPlanned {
                disbursement,
                amount: Money::dirhams(5),
                due,
            },
        );
    let day = date(2021, 2, 1);
    let all = models.funding.balance_of(PRIM, true, &models.programmes, day);
    assert_eq!(all.requests, 3);
    assert_eq!((all.asked.sums(), all.asked.undeclared), (&[Money::dirhams(7), euros][..], 1));
    assert_eq!(all.late.sums(), [Money::dirhams(5)]);
    let own = models.funding.balance_of(PRIM, false, &models.programmes, due);
    assert_eq!((own.requests, own.late.sums()), (1, &[][..]));

    let by = |grouping| {
        let requests = models.funding.requests().map(AsRef::as_ref);
        models.funding.balances(requests, grouping, &models.programmes, day)
    };
    let count =
        |groups: &std::collections::BTreeMap<Group, Balance>, group| groups[&group].requests;
    let territories = by(Grouping::Territory);
    let region = "region-souss-massa".parse().expect("a territory");
    assert_eq!(count(&territories, Group::Territory(Some(region))), 1);
    assert_eq!(count(&territories, Group::Territory(None)), 1);
    assert_eq!(count(&by(Grouping::Funder), Group::Funder(Some(FUNDER))), 1);
    assert_eq!(count(&by(Grouping::Currency), Group::Currency(None)), 1);
    let tree = by(Grouping::ProgrammeWithDescendants);
    assert_eq!(count(&tree, Group::Programme(PRIM)), 3);
    assert_eq!(count(&tree, Group::Programme(WINDOW)), 2);
    assert_eq!(covering(&[]), None);
    assert_eq!(models.funding.late(day).count(), 1);
}

#[test]
fn what_nobody_recorded_is_not_there_and_nothing_else_happens() {
    let Ledger(models) = Ledger::default()
        .commitment(commitment::Event::Accepted { by: BELFAA })
        .programme(PRIM, programme::Event::Attached { parent: PRIM })
        .programme(PRIM, programme::Event::Cancelled { reason: note() })
        .request(9, funding_request::Event::Revoked { by: FUNDER, reason: note() })
        .actor(KHAMSA, actor::Event::Suspended { reason: note() });
    assert!(models.commitments.is_empty() && models.actors.is_empty());
    assert_eq!(models.programmes.iter().count() + models.funding.requests().count(), 0);
    assert_eq!(models.subjects.count(PLEDGE.into()), 1);
}
