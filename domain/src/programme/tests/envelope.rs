//! Money set aside, taken and given back.
use super::*;

#[test]
fn an_envelope_is_opened_once_agreed() {
    takes(agreed(), open(Money::dirhams(1)), "envelope_opened");
    takes(running(), open(Money::dirhams(1)), "envelope_opened");
    denies(drafted(), open(Money::dirhams(1)), Refusal::OutOfTurn { stage: Stage::Drafted });
    denies(endowed(), open(Money::dirhams(1)), Refusal::DuplicateEnvelope);
}

#[test]
fn an_envelope_is_never_over_allocated() {
    takes(endowed(), reserve(REQUEST, Money::dirhams(1_000)), "envelope_reserved");
    let before = with(endowed(), [reserve(REQUEST, Money::dirhams(600))]);
    let left = Money::dirhams(400);
    assert_eq!(state::<Programme>(before.clone()).envelope_left(ENVELOPE), Some(left));
    takes(before.clone(), reserve(OTHER_REQUEST, left), "envelope_reserved");
    let asked = Money::new(40_001, Currency::Mad).expect("in range");
    let exhausted = Refusal::EnvelopeExhausted { asked, left };
    assert_eq!(
        exhausted.to_string(),
        "400.01 MAD is more than what is left of the envelope: 400.00 MAD"
    );
    denies(before.clone(), reserve(OTHER_REQUEST, asked), exhausted);
    denies(before, reserve(REQUEST, Money::dirhams(1)), Refusal::AlreadyReserved);
}

#[test]
fn an_envelope_keeps_one_currency_and_is_known() {
    let other = || Refusal::OtherCurrency { envelope: Currency::Mad, given: Currency::Eur };
    denies(endowed(), reserve(REQUEST, euros()), other());
    let reserved = with(endowed(), [reserve(REQUEST, Money::dirhams(10))]);
    denies(reserved, release(REQUEST, euros()), other());
    denies(agreed(), reserve(REQUEST, Money::dirhams(1)), Refusal::UnknownEnvelope);
    denies(agreed(), release(REQUEST, Money::dirhams(1)), Refusal::UnknownEnvelope);
    assert_eq!(state::<Programme>(agreed()).envelope_left(ENVELOPE), None);
    let late = with(endowed(), [start(), begin_closing()]);
    let out = Refusal::OutOfTurn { stage: Stage::Closing };
    denies(late, reserve(REQUEST, Money::dirhams(1)), out);
}

#[test]
fn a_request_releases_at_most_what_it_holds_at_any_stage() {
    let before = with(endowed(), [reserve(REQUEST, Money::dirhams(600))]);
    let after_close = with(before.clone(), [start(), begin_closing(), close()]);
    takes(after_close, release(REQUEST, Money::dirhams(600)), "envelope_released");
    let before = with(before, [release(REQUEST, Money::dirhams(200))]);
    let left = state::<Programme>(before.clone()).envelope_left(ENVELOPE);
    assert_eq!(left, Some(Money::dirhams(600)));
    let (asked, reserved) = (Money::dirhams(401), Money::dirhams(400));
    let why = Refusal::ReleasesTooMuch { asked, reserved };
    denies(before.clone(), release(REQUEST, asked), why);
    denies(before.clone(), release(OTHER_REQUEST, Money::dirhams(1)), Refusal::NotReserved);
    let other = Command::OpenEnvelope {
        envelope: EnvelopeId::from_u128(66),
        title: title(),
        funder: None,
        amount: Money::dirhams(5),
    };
    let elsewhere = Command::ReleaseEnvelope {
        envelope: EnvelopeId::from_u128(66),
        request: REQUEST,
        amount: Money::dirhams(1),
    };
    denies(with(before, [other]), elsewhere, Refusal::NotReserved);
}
