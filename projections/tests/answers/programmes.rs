//! Results, targets, envelopes, and what sources disagree about.
use std::collections::BTreeSet;

use domain::effective::Period;
use domain::ids::FundingRequestId;
use domain::money::{Currency, Money};
use domain::programme::{Claim, Comparator};
use domain::{indicator, programme};
use jiff::civil::date;
use projections::programmes::{About, Flag, Verdict};

use crate::{
    ENVELOPE, FUNDER, Ledger, PRIM, REACHED, RESULT, TRAINED, WINDOW, accepted, created, many,
    name, note, reported, title, when,
};

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
