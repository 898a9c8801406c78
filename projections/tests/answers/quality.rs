//! What is doubtful or missing, on a day.
use domain::ids::{CapitalisationItemId, DocumentId, ParticipationId};
use domain::programme::{self, Claim, Comparator};
use domain::recorded::{Fact, Position};
use domain::{capitalisation_item, commitment, document, intervention};
use jiff::civil::{Date, date};
use projections::quality::{Concern, Issue, STALE_DAYS, Wanted};

use crate::sourcing::conflict;
use crate::{
    BELFAA, FIELD, KHAMSA, Ledger, PLEDGE, PRIM, RESULT, TRAINED, WINDOW, asked, created, many,
    name, note, offered, title, when,
};

impl Ledger {
    /// The concerns of sort `concern` on `day`: since when, and the events behind each.
    fn issues(&self, concern: Concern, day: Date) -> Vec<(Option<Date>, Vec<u64>)> {
        let wanted = Wanted { concerns: vec![concern], ..Wanted::default() };
        let all = self.0.issues(day, &wanted);
        assert!(all.iter().all(|it| it.concern == concern));
        all.into_iter().map(|it| (it.since, it.events.iter().map(|it| it.0).collect())).collect()
    }
}

fn proposed() -> intervention::Event {
    intervention::Event::Proposed {
        title: title("Terrain"),
        summary: None,
        territories: vec!["commune-belfaa".parse().expect("a territory")],
        programme: Some(PRIM),
        groups: Vec::new(),
        budget: None,
    }
}

fn started(on: &str) -> intervention::Event {
    intervention::Event::PhaseStarted { phase: 1, title: None, on: when(on) }
}

#[test]
fn sources_that_disagree_are_an_issue_until_somebody_settles_it() {
    let ledger = conflict();
    let day = date(2021, 1, 1);
    assert_eq!(ledger.issues(Concern::SourcesDisagree, day), [(Some(date(2020, 1, 3)), vec![2])]);
    let of = &ledger.0.issues(day, &Wanted::default())[0];
    assert_eq!(of.subject, KHAMSA.into());
    assert_eq!(of.days(date(2020, 1, 13)), Some(10));
}

#[test]
fn what_goes_on_past_its_end_is_an_issue_from_the_day_after() {
    let ledger = Ledger::default()
        .programme(PRIM, created(None, "2020", "2023-03"))
        .programme(PRIM, programme::Event::Started { on: when("2020") })
        .intervention(proposed())
        .intervention(started("2022"));
    let since = Some(date(2023, 4, 1));
    assert_eq!(ledger.issues(Concern::PastItsEnd, date(2023, 3, 31)), []);
    let all = ledger.issues(Concern::PastItsEnd, date(2023, 4, 1));
    assert_eq!(all, [(since, vec![1, 3, 4]), (since, vec![1, 2])]);
    let ledger = ledger
        .intervention(intervention::Event::Completed { on: when("2023-02") })
        .programme(PRIM, programme::Event::Closed { on: when("2023-03-31") });
    assert_eq!(ledger.issues(Concern::PastItsEnd, date(2024, 1, 1)), []);
    // The word of a source is enough: « en cours ».
    let ledger = Ledger::default()
        .programme(PRIM, created(None, "2020", "2023-03"))
        .programme(PRIM, programme::Event::Reported { claim: Claim::Status(name("EN COURS")) });
    assert_eq!(ledger.issues(Concern::PastItsEnd, date(2023, 4, 1)).len(), 1);
}

#[test]
fn an_amount_that_nobody_declared_is_missing() {
    let ledger = Ledger::default()
        .programme(PRIM, created(None, "2020", "2023"))
        .intervention(proposed())
        .request(90, asked(PRIM, None, &["commune-belfaa"]))
        .request(91, asked(PRIM, Some(domain::money::Money::dirhams(1)), &[]));
    let all = ledger.issues(Concern::AmountMissing, date(2024, 1, 1));
    let by_subject = [3, 2, 1];
    assert_eq!(all.iter().map(|(_, events)| events[0]).collect::<Vec<_>>(), by_subject);
    let abandoned = intervention::Event::Abandoned { on: when("2023"), reason: note() };
    let ledger = ledger.intervention(abandoned);
    assert_eq!(ledger.issues(Concern::AmountMissing, date(2024, 1, 1)).len(), 2);
}

#[test]
fn dates_wider_than_the_parents_name_both_events() {
    let ledger = Ledger::default()
        .programme(PRIM, created(None, "2020-05-01", "2023-03-31"))
        .programme(WINDOW, created(Some(PRIM), "2020-01", "2023-12"));
    let all = ledger.issues(Concern::DatesOutsideParent, date(2021, 1, 1));
    assert_eq!(all, [(Some(date(2020, 1, 3)), vec![1, 2])]);
}

#[test]
fn a_late_commitment_is_stale_after_a_long_silence() {
    let due = date(2020, 6, 30);
    let ledger = Ledger::default()
        .commitment(offered(Some(due)))
        .commitment(commitment::Event::Accepted { by: BELFAA });
    let last = due.checked_add(jiff::Span::new().days(STALE_DAYS)).expect("a day");
    let before = last.yesterday().expect("a day");
    assert_eq!(ledger.issues(Concern::CommitmentStale, before), []);
    assert_eq!(ledger.issues(Concern::CommitmentStale, last), [(Some(due), vec![1, 2])]);
    let kept = commitment::Event::Withdrawn { by: KHAMSA, reason: note() };
    assert_eq!(ledger.commitment(kept).issues(Concern::CommitmentStale, last), []);
}

#[test]
fn an_intervention_that_nobody_leads_is_an_issue_once_it_is_adopted() {
    let participation = ParticipationId::from_u128(1);
    let lead = intervention::Event::ParticipantAdded {
        participation,
        actor: BELFAA,
        role: intervention::Role::Lead,
        from: when("2019"),
        note: None,
    };
    let ledger = Ledger::default().intervention(proposed());
    assert_eq!(ledger.issues(Concern::LeadMissing, date(2021, 1, 1)), []);
    let ledger = ledger.intervention(started("2019-06-01"));
    let since = Some(date(2020, 1, 2));
    assert_eq!(ledger.issues(Concern::LeadMissing, date(2021, 1, 1)), [(since, vec![1])]);
    let ended = intervention::Event::ParticipationEnded {
        participation,
        to: when("2020-03-01"),
        reason: None,
    };
    let ledger = ledger.intervention(lead).intervention(ended);
    assert_eq!(ledger.issues(Concern::LeadMissing, date(2020, 3, 1)), []);
    let since = Some(date(2020, 3, 2));
    assert_eq!(ledger.issues(Concern::LeadMissing, date(2020, 3, 2)), [(since, vec![4])]);
}

#[test]
fn a_target_that_was_due_without_a_report_is_an_issue() {
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
        )
        .programme(
            PRIM,
            programme::Event::TargetSet {
                indicator: TRAINED,
                value: many(45),
                comparator: Comparator::AtLeast,
                due: when("2022"),
            },
        );
    assert_eq!(ledger.issues(Concern::ReportOverdue, date(2022, 12, 31)), []);
    let since = Some(date(2023, 1, 1));
    assert_eq!(ledger.issues(Concern::ReportOverdue, date(2023, 1, 1)), [(since, vec![4])]);
}

#[test]
fn a_published_item_without_consent_any_more_is_an_issue() {
    use capitalisation_item::Event;
    let (item, film) = (CapitalisationItemId::from_u128(60), DocumentId::from_u128(70));
    let drafted = Event::Drafted {
        by: BELFAA,
        kind: capitalisation_item::Kind::Capsule,
        title: title("Capsule"),
        summary: None,
        language: None,
        programme: None,
        interventions: vec![FIELD],
        territories: Vec::new(),
        sectors: Vec::new(),
        groups: Vec::new(),
        address: None,
        people_seen: true,
    };
    let registered = document::Event::Registered {
        title: title("Film"),
        sha256: None,
        bytes: None,
        media_type: None,
        language: None,
        address: None,
        published: when("2025"),
    };
    let withdrawn = document::Event::ConsentWithdrawn { reason: note() };
    let published = Event::Published { by: BELFAA, consent: None, on: when("2020") };
    let linked = Event::EvidenceLinked { document: Some(film), event: None, note: None };
    let tell = |event| Fact::CapitalisationItem(item, event);
    let ledger = Ledger::default()
        .then(Fact::Document(film, registered))
        .then(tell(drafted))
        .then(tell(linked))
        .then(tell(published));
    let day = date(2021, 1, 1);
    assert_eq!(ledger.issues(Concern::ConsentWithdrawn, day), []);
    let ledger = ledger.then(Fact::Document(film, withdrawn));
    let since = Some(date(2020, 1, 6));
    assert_eq!(ledger.issues(Concern::ConsentWithdrawn, day), [(since, vec![2, 4, 5])]);
}

#[test]
fn issues_are_asked_for_by_place_and_programme_in_an_order_that_stays() {
    let Ledger(models) = Ledger::default()
        .programme(PRIM, created(None, "2020", "2023"))
        .programme(WINDOW, created(None, "2020", "2023"))
        .intervention(proposed())
        .commitment(offered(Some(date(2020, 2, 1))))
        .commitment(commitment::Event::Accepted { by: BELFAA });
    let day = date(2024, 1, 1);
    let all = models.issues(day, &Wanted::default());
    let keys: Vec<_> = all.iter().map(Issue::key).collect();
    let mut once = keys.clone();
    once.dedup();
    assert!(keys.is_sorted() && once == keys, "{keys:?}");
    let within = "province-chtouka-ait-baha".parse().ok();
    let there = models.issues(day, &Wanted { within, ..Wanted::default() });
    assert_eq!(there.len(), 2, "the intervention and the commitment made for it: {there:?}");
    assert!(there.iter().any(|it| it.subject == PLEDGE.into()));
    let programmes = Some(vec![WINDOW]);
    let of = models.issues(day, &Wanted { programmes, ..Wanted::default() });
    let [of] = &of[..] else { panic!("one issue: {of:?}") };
    assert_eq!((of.subject, of.events.clone()), (WINDOW.into(), vec![Position(2)]));
}
