//! What of a programme is corrected, by whom, and what can be annulled.
use super::*;
use crate::correction;
use crate::ids::{CorrectionId, UserId};

const AMINA: UserId = UserId::from_u128(10);
const BRAHIM: UserId = UserId::from_u128(11);
const CORRECTION: CorrectionId = CorrectionId::from_u128(12);
const OPERATOR: ActorId = ActorId::from_u128(9);

fn annul(named_by: usize) -> Command {
    Command::Annul { by: OPERATOR, reason: reason(), named_by }
}

fn annulled() -> Vec<Command> {
    with(drafted(), [annul(0)])
}

/// A correction of one field at a time: `change` sets it.
fn corrects(change: impl FnOnce(&mut Command)) -> Command {
    let mut command = Command::Correct {
        title: None,
        acronym: None,
        period: None,
        operator: None,
        funders: None,
        partners: None,
        territories: None,
        reason: reason(),
    };
    change(&mut command);
    command
}

fn retitled(to: Title) -> Command {
    corrects(|command| {
        if let Command::Correct { title, .. } = command {
            *title = Some(to);
        }
    })
}

fn redated(from: &str, to: &str) -> Command {
    corrects(|command| {
        if let Command::Correct { period: known, .. } = command {
            *known = Some(period(from, to));
        }
    })
}

fn funded_by(number: usize) -> Command {
    corrects(|command| {
        if let Command::Correct { funders, .. } = command {
            *funders = Some(vec![OPERATOR; number]);
        }
    })
}

fn placed_in(number: usize) -> Command {
    let belfaa = "commune-belfaa".parse().expect("a territory");
    corrects(|command| {
        if let Command::Correct { territories, .. } = command {
            *territories = Some(vec![belfaa; number]);
        }
    })
}

fn other_title() -> Title {
    Title::fr("Programme régional de l'immigration").expect("a title")
}

fn corrects_result(title: Title) -> Command {
    Command::CorrectResult { result: RESULT, title, reason: reason() }
}

fn corrects_indicator(title: Option<Title>, unit: Option<&str>, baseline: Option<i64>) -> Command {
    Command::CorrectIndicator {
        indicator: INDICATOR,
        title,
        unit: unit.map(|it| Name::new(it).expect("a name")),
        baseline: baseline.map(|it| Quantity::new(it).expect("in range")),
        reason: reason(),
    }
}

fn budget(to: Option<Money>) -> Figure {
    Figure::Budget { to }
}

fn sized(whole: i32) -> Figure {
    Figure::Envelope { envelope: ENVELOPE, to: Money::dirhams(whole) }
}

fn propose(figure: Figure) -> Command {
    let (by, person, correction) = (OPERATOR, AMINA, CORRECTION);
    Command::ProposeCorrection { by, person, correction, figure, reason: reason() }
}

fn confirm(person: UserId) -> Command {
    Command::ConfirmCorrection { by: OPERATOR, person, correction: CORRECTION }
}

fn reject(person: UserId) -> Command {
    let (by, correction) = (OPERATOR, CORRECTION);
    Command::RejectCorrection { by, person, correction, reason: reason() }
}

fn corrected(before: Vec<Command>, figure: Figure) -> Vec<Command> {
    with(before, [propose(figure), confirm(BRAHIM)])
}

#[test]
fn what_it_says_of_itself_is_corrected_at_every_stage_but_one() {
    for before in [drafted(), agreed(), running(), closing(), closed(), with(drafted(), [cancel()])]
    {
        takes(before.clone(), retitled(other_title()), "corrected");
        takes(before.clone(), funded_by(2), "corrected");
        takes(before.clone(), placed_in(1), "corrected");
        takes(before, redated("2021", "2024"), "corrected");
    }
    denies(vec![], retitled(other_title()), Refusal::NotCreated);
    let stage = Stage::Annulled;
    denies(annulled(), retitled(other_title()), Refusal::OutOfTurn { stage });
}

#[test]
fn a_correction_that_changes_nothing_is_refused() {
    denies(drafted(), corrects(|_| ()), Refusal::NothingCorrected);
    for same in [retitled(title()), funded_by(1), placed_in(0), redated("2020", "2024")] {
        denies(drafted(), same, Refusal::NothingCorrected);
    }
    let again = with(drafted(), [retitled(other_title())]);
    denies(again, retitled(other_title()), Refusal::NothingCorrected);
    denies(drafted(), propose(budget(Some(Money::dirhams(9)))), Refusal::NothingCorrected);
    denies(endowed(), propose(sized(1_000)), Refusal::NothingCorrected);
    let settled = [
        report(Claim::Title(other_title())),
        settle(Claim::Title(other_title())),
        settle(Claim::Title(title())),
    ];
    denies(with(drafted(), settled), retitled(title()), Refusal::NothingCorrected);
}

#[test]
fn a_correction_keeps_the_limits_and_the_order_of_the_dates() {
    let too_many = |max| Refusal::TooMany { max };
    denies(drafted(), funded_by(PARTIES_MAX + 1), too_many(PARTIES_MAX));
    denies(drafted(), placed_in(TERRITORIES_MAX + 1), too_many(TERRITORIES_MAX));
    let (from, to) = (when("2024"), when("2020"));
    denies(drafted(), redated("2024", "2020"), Refusal::PeriodReversed { from, to });
    let moved = with(running(), [redated("2020", "2026")]);
    let (to, end) = (when("2025"), when("2026"));
    denies(moved, extend("2025"), Refusal::ExtendedBackwards { to, end });
}

#[test]
fn a_result_and_an_indicator_are_corrected() {
    let planned = with(drafted(), [define_result(), define_indicator()]);
    takes(planned.clone(), corrects_result(other_title()), "result_corrected");
    denies(planned.clone(), corrects_result(title()), Refusal::NothingCorrected);
    denies(drafted(), corrects_result(other_title()), Refusal::UnknownResult);
    for change in [
        corrects_indicator(Some(other_title()), None, None),
        corrects_indicator(None, Some("plans"), None),
        corrects_indicator(None, None, Some(3)),
    ] {
        takes(planned.clone(), change.clone(), "indicator_corrected");
        denies(drafted(), change.clone(), Refusal::UnknownIndicator);
        denies(with(planned.clone(), [change.clone()]), change, Refusal::NothingCorrected);
    }
    let same = corrects_indicator(Some(title()), Some("communes"), Some(0));
    denies(planned.clone(), same, Refusal::NothingCorrected);
    let corrected = with(planned, [set_target(), corrects_indicator(None, None, Some(3))]);
    denies(corrected, set_target(), Refusal::TargetAlreadySet);
}

#[test]
fn an_envelope_and_a_budget_are_corrected_by_two_persons() {
    for figure in [sized(900), sized(1_100), budget(None), budget(Some(Money::dirhams(8)))] {
        takes(endowed(), propose(figure), "correction_proposed");
        let before = with(endowed(), [propose(figure)]);
        takes(before.clone(), confirm(BRAHIM), "correction_confirmed");
        takes(before.clone(), reject(BRAHIM), "correction_rejected");
        for answer in [confirm(AMINA), reject(AMINA)] {
            denies(before.clone(), answer, correction::Refusal::SamePerson.into());
        }
    }
    for answer in [confirm(BRAHIM), reject(BRAHIM)] {
        denies(endowed(), answer, correction::Refusal::Unknown.into());
    }
    denies(drafted(), propose(sized(1)), Refusal::UnknownEnvelope);
    let nothing = Money::zero(Currency::Mad);
    denies(drafted(), propose(budget(Some(nothing))), Refusal::NothingBudgeted);
}

#[test]
fn an_envelope_that_shrinks_still_holds_what_is_reserved_of_it() {
    let reserved = with(endowed(), [reserve(REQUEST, Money::dirhams(600))]);
    let (asked, held) = (Money::dirhams(599), Money::dirhams(600));
    let below = || Refusal::EnvelopeBelowReserved { asked, reserved: held };
    denies(reserved.clone(), propose(sized(599)), below());
    let small = corrected(reserved.clone(), sized(700));
    let left = Money::dirhams(100);
    assert_eq!(state::<Programme>(small.clone()).envelope_left(ENVELOPE), Some(left));
    takes(small.clone(), reserve(OTHER_REQUEST, left), "envelope_reserved");
    let asked_more = Money::dirhams(101);
    let exhausted = Refusal::EnvelopeExhausted { asked: asked_more, left };
    denies(small, reserve(OTHER_REQUEST, asked_more), exhausted);
    // Checked again when it is confirmed: meanwhile a part was taken.
    let waiting = with(endowed(), [propose(sized(599)), reserve(REQUEST, held)]);
    assert_eq!(
        state::<Programme>(waiting.clone()).envelope_left(ENVELOPE),
        Some(Money::dirhams(400))
    );
    denies(waiting, confirm(BRAHIM), below());
    let freed = with(reserved, [release(REQUEST, held)]);
    takes(freed, propose(sized(1)), "correction_proposed");
    let other = Figure::Envelope { envelope: ENVELOPE, to: euros() };
    let mixed = Refusal::OtherCurrency { envelope: Currency::Mad, given: Currency::Eur };
    denies(endowed(), propose(other), mixed);
}

#[test]
fn a_budget_that_was_settled_meanwhile_is_not_the_one_that_was_looked_at() {
    let settled = [
        propose(budget(Some(Money::dirhams(8)))),
        report(Claim::Budget(Money::dirhams(7))),
        settle(Claim::Budget(Money::dirhams(7))),
    ];
    let before = with(drafted(), settled);
    denies(before.clone(), confirm(BRAHIM), correction::Refusal::ChangedMeanwhile.into());
    takes(before, reject(BRAHIM), "correction_rejected");
}

#[test]
fn a_programme_is_annulled_where_nobody_holds_its_money_and_nothing_is_part_of_it() {
    for before in [drafted(), running(), closed(), with(drafted(), [cancel()]), endowed()] {
        takes(before.clone(), annul(0), "annulled");
        denies(before, annul(3), Refusal::StillNamed { named_by: 3 });
    }
    let reserved = with(endowed(), [reserve(REQUEST, Money::dirhams(600))]);
    denies(reserved.clone(), annul(0), Refusal::MoneyReserved);
    takes(with(reserved, [release(REQUEST, Money::dirhams(600))]), annul(0), "annulled");
    denies(vec![], annul(0), Refusal::NotCreated);
    let stage = Stage::Annulled;
    for command in [annul(0), agree(), propose(budget(None)), confirm(BRAHIM), cancel()] {
        denies(annulled(), command, Refusal::OutOfTurn { stage });
    }
    denies(annulled(), create(), Refusal::AlreadyCreated);
}

#[test]
fn a_refused_correction_names_its_code_and_its_field() {
    assert_eq!(Refusal::MoneyReserved.code(), "PROGRAMME_MONEY_RESERVED");
    let (asked, reserved) = (Money::dirhams(1), Money::dirhams(2));
    assert_eq!(Refusal::EnvelopeBelowReserved { asked, reserved }.field(), Some("figure"));
    let shared = Refusal::from(correction::Refusal::Duplicate);
    assert_eq!(
        (shared.code().as_str(), shared.field()),
        ("CORRECTION_DUPLICATE", Some("correction"))
    );
}
