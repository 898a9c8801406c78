//! What is corrected counts as corrected from then on; what was a mistake counts nowhere.
use domain::funding_request::Figure;
use domain::ids::{AgreementId, CorrectionId, DisbursementId, ExpenditureId, UserId};
use domain::money::Money;
use domain::text::folded;
use domain::{funding_request, programme};
use jiff::civil::{Date, date};
use projections::Models;
use projections::corrections::{self, Answer, Value};
use projections::funding::Balance;

use crate::{
    ANARUZ, BELFAA, ENVELOPE, FUNDER, KHAMSA, Ledger, PRIM, WINDOW, asked, created, name, note,
    title, when,
};

mod others;
mod standing;

const FIRST: CorrectionId = CorrectionId::from_u128(80);
const SECOND: CorrectionId = CorrectionId::from_u128(81);
const AMINA: UserId = UserId::from_u128(1);
const BRAHIM: UserId = UserId::from_u128(2);
const PAYMENT: DisbursementId = DisbursementId::from_u128(82);
const BILL: ExpenditureId = ExpenditureId::from_u128(83);
const DAY: Date = date(2021, 1, 1);

fn paid(amount: i32) -> funding_request::Event {
    funding_request::Event::DisbursementRecorded {
        disbursement: PAYMENT,
        funder: None,
        amount: Money::dirhams(amount),
        exchange: None,
        on: when("2020"),
    }
}

fn spent(amount: i32) -> funding_request::Event {
    funding_request::Event::ExpenditureDeclared {
        expenditure: BILL,
        amount: Money::dirhams(amount),
        exchange: None,
        documents: Vec::new(),
        on: when("2020"),
    }
}

fn granted() -> Vec<funding_request::Event> {
    let (amount, on) = (Money::dirhams(300), when("2020"));
    vec![
        asked(PRIM, Some(amount), &["commune-belfaa"]),
        funding_request::Event::Granted { by: FUNDER, amount, envelope: None, on },
        funding_request::Event::AgreementSigned {
            agreement: AgreementId::from_u128(84),
            parties: Vec::new(),
            amount,
            document: None,
            on,
        },
    ]
}

fn validated() -> funding_request::Event {
    funding_request::Event::ExpenditureValidated { by: FUNDER, expenditure: BILL }
}

fn proposed(correction: CorrectionId, figure: Figure) -> funding_request::Event {
    let (by, person, reason) = (FUNDER, AMINA, note());
    funding_request::Event::CorrectionProposed { by, person, correction, figure, reason }
}

fn confirmed(correction: CorrectionId) -> funding_request::Event {
    funding_request::Event::CorrectionConfirmed { by: BELFAA, person: BRAHIM, correction }
}

fn pays(to: Option<Money>) -> Figure {
    Figure::Disbursement { disbursement: PAYMENT, to, exchange: None }
}

fn spends(to: Option<Money>) -> Figure {
    Figure::Expenditure { expenditure: BILL, to, exchange: None }
}

fn told(events: impl IntoIterator<Item = funding_request::Event>) -> Models {
    let ledger = Ledger::default().programme(PRIM, created(None, "2020", "2023"));
    let Ledger(models) = events.into_iter().fold(ledger, |ledger, event| ledger.request(1, event));
    models
}

fn balance(models: &Models) -> Balance {
    models.funding.balance_of(PRIM, true, &models.programmes, DAY)
}

#[test]
fn a_corrected_sum_is_the_one_that_counts_and_a_waiting_one_is_not() {
    let wrong: Vec<_> = granted().into_iter().chain([paid(200), spent(90), validated()]).collect();
    let waiting = wrong.clone().into_iter().chain([
        proposed(FIRST, pays(Some(Money::dirhams(150)))),
        proposed(SECOND, spends(Some(Money::dirhams(80)))),
    ]);
    let waiting: Vec<_> = waiting.collect();
    assert_eq!(balance(&told(waiting.clone())), balance(&told(wrong)));
    let right = granted().into_iter().chain([paid(150), spent(80), validated()]);
    let models = told(waiting.into_iter().chain([confirmed(FIRST), confirmed(SECOND)]));
    assert_eq!(balance(&models), balance(&told(right)));
    let request = models.funding.requests().next().expect("it was submitted");
    assert_eq!(request.corrections.len(), 2);
    assert_eq!(
        request.disbursements[0].paid.as_ref().map(|it| it.amount),
        Some(Money::dirhams(150))
    );
}

#[test]
fn a_flow_that_never_was_counts_nowhere_and_stays_visible() {
    let never = [proposed(FIRST, pays(None)), confirmed(FIRST), proposed(SECOND, spends(None))];
    let flows = [paid(200), spent(90), validated()];
    let models = told(granted().into_iter().chain(flows).chain(never).chain([confirmed(SECOND)]));
    assert_eq!(balance(&models), balance(&told(granted())));
    let request = models.funding.requests().next().expect("it was submitted");
    assert!(request.disbursements[0].annulled.is_some() && request.disbursements[0].paid.is_none());
    assert!(request.expenditures[0].annulled.is_some());
    assert_eq!(request.to_disburse().expect("it is agreed").sums(), [Money::dirhams(300)]);
}

#[test]
fn what_a_revocation_left_is_what_was_paid_for_true() {
    let revoked = || funding_request::Event::Revoked { by: FUNDER, reason: note() };
    let wrong = granted().into_iter().chain([paid(200), revoked()]);
    let corrections = [proposed(FIRST, pays(Some(Money::dirhams(150)))), confirmed(FIRST)];
    let right = granted().into_iter().chain([paid(150), revoked()]);
    assert_eq!(balance(&told(wrong.chain(corrections))), balance(&told(right)));
}

#[test]
fn what_waits_is_listed_with_what_the_figure_said_until_somebody_answers() {
    let figure = pays(Some(Money::dirhams(150)));
    let events = granted().into_iter().chain([paid(200), proposed(FIRST, figure)]);
    let models = told(events.clone());
    let waiting: Vec<_> = models.corrections.waiting().collect();
    let [it] = waiting.as_slice() else { panic!("one waits: {waiting:?}") };
    assert_eq!(it.figure, corrections::Figure::Disbursement(PAYMENT));
    assert_eq!(it.was, Some(Value::Money(Some(Money::dirhams(200)))));
    assert_eq!(it.to, Value::Money(Some(Money::dirhams(150))));
    assert_eq!((it.person, it.is_waiting()), (AMINA, true));
    let request = models.funding.requests().next().expect("it was submitted");
    assert_eq!(models.corrections.of(request.id.into()).count(), 1);
    let payment = request.disbursements[0].paid.as_ref().expect("it was paid");
    assert_eq!(it.corrects, Some(payment.stamp.position));

    let rejected = funding_request::Event::CorrectionRejected {
        by: BELFAA,
        person: BRAHIM,
        correction: FIRST,
        reason: note(),
    };
    let models = told(events.chain([rejected, confirmed(FIRST)]));
    assert_eq!(models.corrections.waiting().count(), 0);
    assert_eq!(balance(&models).disbursed.sums(), [Money::dirhams(200)]);
    let answered = models.corrections.get(FIRST).expect("it stays known");
    assert!(matches!(answered.answer, Answer::Rejected { person: BRAHIM, .. }));
}

#[test]
fn an_annulled_request_is_known_by_its_id_and_counts_nowhere() {
    let annulled = funding_request::Event::Annulled { by: FUNDER, reason: note() };
    let models = told([asked(PRIM, Some(Money::dirhams(9)), &["commune-belfaa"]), annulled]);
    let id = domain::ids::FundingRequestId::from_u128(1);
    assert!(models.funding.request(id).is_some_and(|it| it.annulled.is_some()));
    assert_eq!(balance(&models), Balance::default());
    let funding = &models.funding;
    assert_eq!(funding.requests().count() + funding.requests_of_programme(PRIM).count(), 0);
    assert_eq!(funding.requests_of_applicant(BELFAA).count(), 0);
    assert_eq!(funding.requests_of_envelope(ENVELOPE).count(), 0);
    assert!(funding.requests_within("ma".parse().expect("a territory")).is_empty());
    assert_eq!(models.subjects.count(id.into()), 2);
}

#[test]
fn an_envelope_and_a_budget_are_as_corrected() {
    let confirms = |correction| programme::Event::CorrectionConfirmed {
        by: BELFAA,
        person: BRAHIM,
        correction,
    };
    let proposes = |correction, figure| programme::Event::CorrectionProposed {
        by: FUNDER,
        person: AMINA,
        correction,
        figure,
        reason: note(),
    };
    let (envelope, amount) = (ENVELOPE, Money::dirhams(1_000));
    let opened =
        programme::Event::EnvelopeOpened { envelope, title: title("E"), funder: None, amount };
    let smaller = programme::Figure::Envelope { envelope, to: Money::dirhams(900) };
    let budget = programme::Figure::Budget { to: Some(Money::dirhams(5)) };
    let Ledger(models) = Ledger::default()
        .programme(PRIM, created(None, "2020", "2023"))
        .programme(PRIM, opened)
        .programme(PRIM, proposes(FIRST, smaller))
        .programme(PRIM, proposes(SECOND, budget))
        .programme(PRIM, confirms(FIRST))
        .programme(PRIM, confirms(SECOND));
    let programme = models.programmes.get(PRIM).expect("it was created");
    assert_eq!(programme.budget, Some(Money::dirhams(5)));
    assert_eq!(models.programmes.envelope(envelope).map(|it| it.left()), Some(Money::dirhams(900)));
    let was = |id| models.corrections.get(id).and_then(|it| it.was);
    assert_eq!(was(FIRST), Some(Value::Money(Some(amount))));
    assert_eq!(was(SECOND), Some(Value::Money(None)));
}

#[test]
fn a_corrected_programme_is_found_under_what_it_should_have_said() {
    let corrected = programme::Event::Corrected {
        title: Some(title("Fonds pour l'immigration")),
        acronym: Some(name("PRIM")),
        period: None,
        operator: Some(KHAMSA),
        funders: None,
        partners: Some(vec![ANARUZ]),
        territories: None,
        reason: note(),
    };
    let before = Ledger::default()
        .programme(PRIM, created(None, "2020", "2023"))
        .programme(WINDOW, created(Some(PRIM), "2020", "2023"))
        .programme(PRIM, corrected);
    let programme = before.0.programmes.get(PRIM).expect("it was created");
    assert!(programme.matches(&folded("immigration")) && programme.matches("prim"));
    let of = |models: &Models, actor| models.programmes.of_actor(actor).count();
    let counts = [BELFAA, KHAMSA, ANARUZ, FUNDER].map(|actor| of(&before.0, actor));
    assert_eq!(counts, [1, 1, 1, 2]);

    let annulled = programme::Event::Annulled { by: BELFAA, reason: note() };
    let Ledger(models) = before.programme(PRIM, annulled);
    assert_eq!(models.programmes.iter().map(|it| it.id).collect::<Vec<_>>(), [WINDOW]);
    assert_eq!(models.programmes.roots().map(|it| it.id).collect::<Vec<_>>(), [WINDOW]);
    assert!(models.programmes.ancestors(WINDOW).is_empty());
    assert_eq!(of(&models, FUNDER), 1);
    assert!(models.programmes.get(PRIM).is_some_and(|it| it.annulled.is_some()));
}
