//! What corrections do to reports, calls, frameworks and documents.
use domain::ids::{AxisId, DocumentId, FundingCallId, PolicyFrameworkId};
use domain::recorded::Fact;
use domain::{document, funding_call, indicator, policy_framework};
use jiff::civil::date;

use crate::{
    BELFAA, KHAMSA, Ledger, PRIM, TRAINED, accepted, created, note, reported, title, when,
};

#[test]
fn an_annulled_report_counts_nowhere_until_another_one_is_made() {
    let annulled = indicator::Event::Annulled { by: BELFAA, period: when("2020"), reason: note() };
    let ledger = Ledger::default()
        .indicator(TRAINED, reported("2020", 24))
        .indicator(TRAINED, accepted("2020"))
        .indicator(TRAINED, reported("2021", 5))
        .indicator(TRAINED, annulled);
    let progress = ledger.0.programmes.progress(TRAINED);
    assert_eq!((progress.reported, progress.agreed, progress.periods), (5, 0, 1));
    let report = |ledger: &Ledger| {
        ledger.0.programmes.reporting(TRAINED).expect("it reports").reports[&when("2020")].clone()
    };
    assert!(report(&ledger).annulled.is_some());
    let ledger = ledger.indicator(TRAINED, reported("2020", 23));
    assert_eq!(ledger.0.programmes.progress(TRAINED).reported, 28);
    let again = report(&ledger);
    assert_eq!((again.annulled, again.accepted, again.versions.len()), (None, None, 2));
}

#[test]
fn a_call_is_as_corrected_and_an_annulled_one_is_in_no_list() {
    let id = FundingCallId::from_u128(60);
    let (programme, envelope) = (PRIM, None);
    let closes = Some(date(2022, 10, 15));
    let call = |ledger: Ledger, event| ledger.then(Fact::FundingCall(id, event));
    let drafted = funding_call::Event::Drafted {
        title: title("Guichet"),
        programme,
        envelope,
        territories: Vec::new(),
        ceiling: None,
    };
    let ledger = Ledger::default().programme(PRIM, created(None, "2020", "2023"));
    let ledger = call(ledger, drafted);
    let ledger = call(ledger, funding_call::Event::Opened { on: when("2022-09"), closes: None });
    let ledger = call(
        ledger,
        funding_call::Event::DatesCorrected {
            opened: None,
            closes,
            closed: None,
            decided: None,
            reason: note(),
        },
    );
    let known = ledger.0.funding.call(id).expect("it was drafted");
    assert_eq!((known.opened_on, known.closes), (Some(when("2022-09")), closes));
    assert_eq!((ledger.0.funding.calls().count(), ledger.0.funding.calls_of(PRIM).count()), (1, 1));
    let annulled = funding_call::Event::Annulled { by: BELFAA, reason: note() };
    let Ledger(models) = call(ledger, annulled);
    assert_eq!(models.funding.calls().count() + models.funding.calls_of(PRIM).count(), 0);
    assert!(models.funding.call(id).is_some_and(|it| it.annulled.is_some()));
}

#[test]
fn a_framework_and_a_document_are_as_corrected_and_annulled_ones_are_in_no_list() {
    let (framework, paper) = (PolicyFrameworkId::from_u128(61), DocumentId::from_u128(62));
    let axis = AxisId::from_u128(63);
    let on = when("2014");
    let frame = |event| Fact::PolicyFramework(framework, event);
    let ledger = Ledger::default()
        .then(frame(policy_framework::Event::Adopted {
            title: title("SNIA"),
            acronym: None,
            by: None,
            on,
        }))
        .then(frame(policy_framework::Event::AxisDefined { axis, title: title("Axe") }))
        .then(frame(policy_framework::Event::AxisCorrected {
            axis,
            title: title("Santé"),
            reason: note(),
        }))
        .then(frame(policy_framework::Event::Corrected {
            title: None,
            acronym: None,
            by: Some(KHAMSA),
            on: None,
            reason: note(),
        }))
        .then(Fact::Document(
            paper,
            document::Event::Registered {
                title: title("Note"),
                sha256: None,
                bytes: None,
                media_type: None,
                language: None,
                address: None,
                published: on,
            },
        ))
        .then(Fact::Document(
            paper,
            document::Event::Corrected {
                title: Some(title("Convention")),
                sha256: None,
                bytes: None,
                media_type: None,
                language: None,
                address: None,
                published: None,
                reason: note(),
            },
        ));
    let known = ledger.0.frameworks.get(framework).expect("it was adopted");
    assert_eq!(
        (known.adopted_by, known.adopted_on, known.corrections.len()),
        (Some(KHAMSA), on, 2)
    );
    assert_eq!(known.axes[0].title, title("Santé"));
    let known = ledger.0.documents.get(paper).expect("it was registered");
    assert_eq!((&known.title, known.published), (&title("Convention"), on));
    let by = BELFAA;
    let Ledger(models) = ledger
        .then(frame(policy_framework::Event::Annulled { by, reason: note() }))
        .then(Fact::Document(paper, document::Event::Annulled { by, reason: note() }));
    assert_eq!(models.frameworks.iter().count() + models.documents.iter().count(), 0);
    assert!(models.documents.get(paper).is_some_and(|it| it.annulled.is_some()));
    assert!(models.frameworks.get(framework).is_some_and(|it| it.annulled.is_some()));
}
