//! Which way the money goes.
use domain::funding_request;
use domain::ids::{AgreementId, DisbursementId, InterventionId};
use domain::money::{Currency, Exchange, Money};
use domain::programme;
use jiff::civil::date;
use projections::funding::Balance;
use projections::funding::flows::{Flows, Layer, Measure, Purpose, Stop};

use super::{Said, TODAY, about, proposed};
use crate::{BELFAA, ENVELOPE, FIELD, FUNDER, Ledger, PRIM, asked, created, name, title, when};

fn for_intervention(
    territories: &[&str],
    intervention: Option<InterventionId>,
) -> funding_request::Event {
    let mut event = asked(PRIM, Some(Money::dirhams(7)), territories);
    if let funding_request::Event::Submitted { intervention: place, .. } = &mut event {
        *place = intervention;
    }
    event
}

fn envelope(amount: Money) -> programme::Event {
    programme::Event::EnvelopeOpened {
        envelope: ENVELOPE,
        title: title("Enveloppe"),
        funder: Some(FUNDER),
        amount,
    }
}

fn example() -> Ledger {
    let sectors = vec!["15190".parse().expect("a sector")];
    Ledger::default()
        .programme(PRIM, created(None, "2020", "2023"))
        .programme(PRIM, programme::Event::Classified { sectors, goals: Vec::new() })
        .programme(PRIM, envelope(Money::dirhams(1_000)))
        .says(
            FIELD,
            [
                proposed("Terrain", &["commune-belfaa", "commune-agadir"], None, None),
                about(&["16065", "15150"], &[]),
            ],
        )
        .request(1, for_intervention(&[], Some(FIELD)))
        .request(2, for_intervention(&["commune-belfaa"], None))
        .request(3, asked(PRIM, None, &[]))
}

#[test]
fn money_goes_to_the_theme_and_the_place_of_the_intervention_else_of_the_programme() {
    let Ledger(models) = example();
    let requests = models.funding.requests().map(AsRef::as_ref);
    let flows = Flows::of_requests(requests, Measure::Asked, &models);
    let category = Purpose::Category("151".parse().expect("a category"));
    let at = |slug: &str| Stop::Territory(Some(slug.parse().expect("a territory")));
    let link = |layer, from, to| {
        let flow = &flows.links[&(layer, from, to)];
        (flow.amounts.sums().to_vec(), flow.amounts.undeclared, flow.parts)
    };
    let programme = Stop::Programme(PRIM);
    let all = (vec![Money::dirhams(14)], 1, 3);
    assert_eq!(link(Layer::FunderToProgramme, Stop::Funder(Some(FUNDER)), programme), all);
    let (one, several) = (Stop::Purpose(category), Stop::Purpose(Purpose::Several));
    let seven = || vec![Money::dirhams(7)];
    assert_eq!(link(Layer::ProgrammeToTheme, programme, several), (seven(), 0, 1));
    assert_eq!(link(Layer::ProgrammeToTheme, programme, one), (seven(), 1, 2));
    let region = at("region-souss-massa");
    assert_eq!(link(Layer::ThemeToTerritory, several, region), (seven(), 0, 1));
    assert_eq!(link(Layer::ThemeToTerritory, one, at("commune-belfaa")), (seven(), 0, 1));
    assert_eq!(link(Layer::ThemeToTerritory, one, Stop::Territory(None)), (vec![], 1, 1));
    let total = Balance::of(models.funding.requests().map(AsRef::as_ref), TODAY).asked;
    for layer in Layer::ALL {
        assert_eq!(flows.layer(layer).amounts, total);
    }
    assert_eq!(flows.layer(Layer::ThemeToTerritory), flows.total);
}

#[test]
fn what_has_not_come_so_far_flows_nowhere_and_an_envelope_flows_from_its_funder() {
    let Ledger(models) = example();
    let requests = || models.funding.requests().map(AsRef::as_ref);
    assert_eq!(Flows::of_requests(requests(), Measure::Granted, &models), Flows::default());
    assert_eq!(Flows::of_requests(requests(), Measure::SetAside, &models), Flows::default());
    let envelopes = models.programmes.envelopes(PRIM).map(AsRef::as_ref);
    let flows = Flows::of_envelopes(envelopes, &models);
    assert_eq!(flows.total.amounts.sums(), [Money::dirhams(1_000)]);
    assert_eq!(flows.links.len(), 3);
    let places: Vec<_> = flows.links.keys().map(|(_, _, to)| to.place()).collect();
    assert_eq!(places, [PRIM.to_string(), "151".to_owned(), "~".to_owned()]);
    let bare = Ledger::default()
        .programme(PRIM, created(None, "2020", "2023"))
        .request(1, asked(PRIM, Some(Money::dirhams(1)), &[]));
    let requests = bare.0.funding.requests().map(AsRef::as_ref);
    let flows = Flows::of_requests(requests, Measure::Asked, &bare.0);
    let key = (Layer::FunderToProgramme, Stop::Funder(None), Stop::Programme(PRIM));
    assert!(flows.links.contains_key(&key), "nobody said who pays");
    let to = Stop::Purpose(Purpose::NotClassified);
    assert!(flows.links.contains_key(&(Layer::ProgrammeToTheme, key.2, to)));
}

#[test]
fn an_exchanged_sum_keeps_its_rate_its_day_and_its_source_and_nothing_else_is_converted() {
    let euros = Money::new(100_000, Currency::Eur).expect("in range");
    let exchange = Exchange {
        original: euros,
        rate_millionths: 10_900_000,
        on: date(2023, 8, 1),
        source: name("Bank Al-Maghrib"),
    };
    let (agreement, disbursement) = (AgreementId::from_u128(1), DisbursementId::from_u128(2));
    let paid = Money::dirhams(10_900);
    let ledger = Ledger::default()
        .programme(PRIM, created(None, "2020", "2023"))
        .request(1, asked(PRIM, Some(euros), &["commune-belfaa"]))
        .request(
            1,
            funding_request::Event::AgreementSigned {
                agreement,
                parties: vec![BELFAA],
                amount: paid,
                document: None,
                on: when("2023"),
            },
        )
        .request(
            1,
            funding_request::Event::DisbursementRecorded {
                disbursement,
                funder: None,
                amount: paid,
                exchange: Some(exchange.clone()),
                on: when("2023-08-01"),
            },
        );
    let models = &ledger.0;
    let request = models.funding.requests().next().expect("it was submitted");
    let kept = request.disbursements[0].paid.as_ref().expect("it was paid");
    assert_eq!(kept.exchange.as_deref(), Some(&exchange));
    let balance = Balance::of([request.as_ref()], TODAY);
    assert_eq!((balance.asked.sums(), balance.disbursed.sums()), (&[euros][..], &[paid][..]));
    let flows = Flows::of_requests([request.as_ref()], Measure::Asked, models);
    assert_eq!(flows.total.amounts.sums(), [euros]);
}
