//! Where the money stands.
use domain::funding_request;
use domain::ids::DisbursementId;
use domain::money::{Currency, Money};
use jiff::civil::date;
use projections::funding::{Balance, Group, Grouping, covering};

use crate::{FUNDER, Ledger, PRIM, WINDOW, asked, created, when};

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
