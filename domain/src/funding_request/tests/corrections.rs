//! What of a request is corrected, by whom, and what can be annulled.
use super::account::{amends, contracted, exchange, pay, pays, refund, spend, validate};
use super::*;
use crate::correction;
use crate::ids::{CorrectionId, UserId};

const AMINA: UserId = UserId::from_u128(10);
const BRAHIM: UserId = UserId::from_u128(11);
const CORRECTION: CorrectionId = CorrectionId::from_u128(12);

pub(super) fn annul() -> Command {
    Command::Annul { by: OPERATOR, reason: reason() }
}

fn corrects(by: ActorId, title: Option<Title>, territories: Option<usize>) -> Command {
    let belfaa = "commune-belfaa".parse().expect("a territory");
    Command::Correct {
        by,
        title,
        intervention: None,
        territories: territories.map(|number| vec![belfaa; number]),
        reason: reason(),
    }
}

fn correct() -> Command {
    corrects(APPLICANT, Title::fr("Clôture du terrain de sport").ok(), None)
}

fn disbursed(disbursement: u128, to: Option<Money>) -> Figure {
    let disbursement = DisbursementId::from_u128(disbursement);
    Figure::Disbursement { disbursement, to, exchange: None }
}

fn spent(expenditure: u128, to: Option<Money>) -> Figure {
    let expenditure = ExpenditureId::from_u128(expenditure);
    Figure::Expenditure { expenditure, to, exchange: None }
}

fn refunded(refund: u128, to: Option<Money>) -> Figure {
    Figure::Refund { refund: RefundId::from_u128(refund), to }
}

fn agreed(whole: i32) -> Figure {
    Figure::Agreement { to: Money::dirhams(whole) }
}

fn proposes(figure: Figure) -> Command {
    let (by, person, correction) = (OPERATOR, AMINA, CORRECTION);
    Command::ProposeCorrection { by, person, correction, figure, reason: reason(), today: TODAY }
}

fn asks(by: ActorId, figure: Figure) -> Command {
    let (person, correction) = (AMINA, CORRECTION);
    Command::ProposeExpenditureCorrection {
        by,
        person,
        correction,
        figure,
        reason: reason(),
        today: TODAY,
    }
}

fn confirms(by: ActorId, person: UserId) -> Command {
    Command::ConfirmCorrection { by, person, correction: CORRECTION }
}

fn confirm() -> Command {
    confirms(OPERATOR, BRAHIM)
}

fn rejects(by: ActorId, person: UserId) -> Command {
    Command::RejectCorrection { by, person, correction: CORRECTION, reason: reason() }
}

/// 200 paid and 40 of it refunded, 100 spent and validated, 30 spent and waiting.
fn flowed() -> Vec<Command> {
    contracted([pay(1, 200), refund(1, 40), spend(1, 100), validate(1), spend(2, 30)])
}

fn corrected(before: Vec<Command>, figure: Figure) -> Vec<Command> {
    with(before, [proposes(figure), confirm()])
}

#[test]
fn the_applicant_corrects_what_the_request_says_of_itself_at_every_stage_but_one() {
    for stage in RECORDED.into_iter().filter(|it| *it != Stage::Annulled) {
        takes(at(stage), correct(), "corrected");
    }
    let stage = Stage::Annulled;
    denies(at(stage), correct(), Refusal::OutOfTurn { stage });
    denies(vec![], correct(), Refusal::NotSubmitted);
    let foreign = corrects(OPERATOR, None, Some(2));
    denies(at(Stage::Submitted), foreign, Refusal::NotTheApplicant);
    let territories = corrects(APPLICANT, None, Some(TERRITORIES_MAX + 1));
    denies(at(Stage::Submitted), territories, Refusal::TooMany { max: TERRITORIES_MAX });
}

#[test]
fn a_correction_that_changes_nothing_is_refused() {
    let before = at(Stage::Submitted);
    denies(before.clone(), corrects(APPLICANT, None, None), Refusal::NothingCorrected);
    let same = corrects(APPLICANT, Some(title()), Some(1));
    denies(before.clone(), same, Refusal::NothingCorrected);
    denies(with(before, [correct()]), correct(), Refusal::NothingCorrected);
    let figures =
        [disbursed(1, dirhams(200)), refunded(1, dirhams(40)), spent(1, dirhams(100)), agreed(300)];
    for figure in figures {
        denies(flowed(), proposes(figure), Refusal::NothingCorrected);
    }
}

#[test]
fn money_is_corrected_by_two_persons_of_whom_the_second_is_not_the_applicants() {
    let figures = [
        disbursed(1, dirhams(220)),
        disbursed(1, dirhams(150)),
        spent(1, dirhams(120)),
        spent(1, None),
        spent(2, None),
        refunded(1, dirhams(60)),
        refunded(1, None),
        agreed(350),
        agreed(160),
    ];
    for figure in figures {
        takes(flowed(), proposes(figure.clone()), "correction_proposed");
        let before = with(flowed(), [proposes(figure)]);
        takes(before.clone(), confirm(), "correction_confirmed");
        takes(before.clone(), rejects(OPERATOR, BRAHIM), "correction_rejected");
        let same = || Refusal::from(correction::Refusal::SamePerson);
        denies(before.clone(), confirms(OPERATOR, AMINA), same());
        denies(before.clone(), rejects(OPERATOR, AMINA), same());
        denies(before.clone(), confirms(APPLICANT, BRAHIM), Refusal::AnsweredByApplicant);
        denies(before, rejects(APPLICANT, BRAHIM), Refusal::AnsweredByApplicant);
    }
    denies(flowed(), confirm(), correction::Refusal::Unknown.into());
    denies(flowed(), rejects(OPERATOR, BRAHIM), correction::Refusal::Unknown.into());
}

#[test]
fn the_applicant_asks_for_a_correction_of_its_expenditure_and_of_nothing_else() {
    takes(flowed(), asks(APPLICANT, spent(2, dirhams(31))), "correction_proposed");
    denies(flowed(), asks(OPERATOR, spent(2, dirhams(31))), Refusal::NotTheApplicant);
    denies(flowed(), asks(APPLICANT, agreed(310)), Refusal::UnknownFigure);
}

#[test]
fn money_is_corrected_once_an_agreement_is_signed_and_after_its_end() {
    use Stage::{Annulled, Completed, Contracted, Revoked};
    for stage in RECORDED {
        let before = at(stage);
        match stage {
            Contracted | Completed => takes(before, proposes(agreed(310)), "correction_proposed"),
            _ => denies(before, proposes(agreed(310)), Refusal::OutOfTurn { stage }),
        }
        match stage {
            Contracted | Completed | Revoked => {
                let unknown = proposes(disbursed(9, None));
                denies(at(stage), unknown, Refusal::UnknownFigure);
            }
            _ => denies(at(stage), proposes(disbursed(9, None)), Refusal::OutOfTurn { stage }),
        }
    }
    let stage = Annulled;
    denies(at(stage), confirm(), Refusal::OutOfTurn { stage });
    let ended = with(flowed(), [validate(2), close()]);
    takes(ended, proposes(spent(1, dirhams(90))), "correction_proposed");
}

#[test]
fn what_is_held_stays_between_nothing_and_the_agreement() {
    let (disbursed_, refunded_) = (Money::dirhams(39), Money::dirhams(40));
    let below = Refusal::BelowRefunded { disbursed: disbursed_, refunded: refunded_ };
    let idle = contracted([pay(1, 200), refund(1, 40)]);
    denies(idle.clone(), proposes(disbursed(1, dirhams(39))), below);
    let below =
        Refusal::BelowRefunded { disbursed: Money::dirhams(200), refunded: Money::dirhams(201) };
    denies(idle.clone(), proposes(refunded(1, dirhams(201))), below);
    let beyond = |held: i32, agreed: i32| Refusal::BeyondAgreement {
        held: Money::dirhams(held),
        agreed: Money::dirhams(agreed),
    };
    denies(idle.clone(), proposes(disbursed(1, dirhams(341))), beyond(301, 300));
    takes(idle.clone(), proposes(disbursed(1, dirhams(340))), "correction_proposed");
    denies(idle.clone(), proposes(agreed(159)), beyond(160, 159));
    let full = contracted([pay(1, 300), refund(1, 40), pay(2, 40)]);
    denies(full, proposes(refunded(1, None)), beyond(340, 300));
    let (asked, granted) = (Money::dirhams(351), Money::dirhams(350));
    denies(idle, proposes(agreed(351)), Refusal::ExceedsGrant { asked, granted });
}

#[test]
fn what_is_validated_stays_within_what_is_held_and_the_own_contribution() {
    let below = |means: i32, validated: i32| Refusal::BelowSpent {
        means: Money::dirhams(means),
        validated: Money::dirhams(validated),
    };
    // 160 held and 50 brought.
    denies(flowed(), proposes(spent(1, dirhams(211))), below(210, 211));
    takes(flowed(), proposes(spent(1, dirhams(210))), "correction_proposed");
    takes(flowed(), proposes(spent(2, dirhams(211))), "correction_proposed");
    denies(flowed(), proposes(disbursed(1, dirhams(89))), below(99, 100));
    denies(flowed(), proposes(refunded(1, dirhams(151))), below(99, 100));
}

#[test]
fn a_confirmed_correction_moves_the_sums_and_a_waiting_one_does_not() {
    let waiting = with(contracted([pay(1, 200)]), [proposes(disbursed(1, dirhams(100)))]);
    let (asked, left) = (Money::dirhams(101), Money::dirhams(100));
    denies(waiting.clone(), pay(2, 101), Refusal::ExceedsAgreement { asked, left });
    takes(with(waiting, [confirm()]), pay(2, 200), "disbursement_recorded");
    let freed = |before| state::<FundingRequest>(before).freed_by_revocation();
    assert_eq!(
        freed(corrected(contracted([pay(1, 200)]), disbursed(1, dirhams(150)))),
        dirhams(200)
    );
    let (asked, unspent) = (Money::dirhams(111), Money::dirhams(110));
    denies(flowed(), refund(2, 111), Refusal::RefundOfSpent { asked, unspent });
    takes(corrected(flowed(), spent(1, dirhams(99))), refund(2, 111), "refund_recorded");
    let more = corrected(contracted([pay(1, 200)]), agreed(310));
    takes(more, pay(2, 110), "disbursement_recorded");
}

#[test]
fn a_correction_is_checked_again_when_it_is_confirmed() {
    let before = with(contracted([pay(1, 200)]), [proposes(disbursed(1, dirhams(300)))]);
    let crowded = with(before, [pay(2, 50)]);
    let (held, agreed_) = (Money::dirhams(350), Money::dirhams(300));
    denies(crowded, confirm(), Refusal::BeyondAgreement { held, agreed: agreed_ });
    let moved = with(contracted([]), [proposes(agreed(310)), amends(1, Money::dirhams(320))]);
    denies(moved, confirm(), correction::Refusal::ChangedMeanwhile.into());
    let waiting = with(flowed(), [proposes(spent(2, dirhams(60)))]);
    let validated = with(waiting, [validate(2)]);
    takes(validated, confirm(), "correction_confirmed");
    let waiting = with(flowed(), [proposes(spent(2, dirhams(111)))]);
    let why = Refusal::BelowSpent { means: Money::dirhams(210), validated: Money::dirhams(211) };
    denies(with(waiting, [validate(2)]), confirm(), why);
}

#[test]
fn a_flow_that_never_was_counts_no_more() {
    let unpaid = corrected(contracted([pay(1, 200)]), disbursed(1, None));
    denies(unpaid.clone(), proposes(disbursed(1, dirhams(1))), Refusal::UnknownFigure);
    takes(unpaid, pay(1, 300), "disbursement_recorded");
    let unspent = corrected(flowed(), spent(2, None));
    denies(unspent.clone(), validate(2), Refusal::UnknownExpenditure);
    denies(unspent.clone(), spend(2, 30), Refusal::DuplicateExpenditure);
    takes(unspent, close(), "closed");
    let kept = corrected(flowed(), refunded(1, None));
    denies(kept, refund(1, 1), Refusal::DuplicateRefund);
}

#[test]
fn after_a_revocation_nothing_more_is_held_than_was_left() {
    let revoked = contracted([pay(1, 200), revoke()]);
    takes(revoked.clone(), proposes(disbursed(1, dirhams(150))), "correction_proposed");
    let (held, kept) = (Money::dirhams(201), Money::dirhams(200));
    let why = Refusal::BeyondRevocation { held, kept };
    denies(revoked, proposes(disbursed(1, dirhams(201))), why);
}

#[test]
fn a_corrected_sum_is_positive_in_the_agreements_currency_with_a_rate_that_fits() {
    let nothing = Money::zero(Currency::Mad);
    denies(flowed(), proposes(disbursed(1, Some(nothing))), Refusal::NothingAsked);
    let other = Refusal::OtherCurrency { agreement: Currency::Mad, given: Currency::Eur };
    denies(flowed(), proposes(refunded(1, Some(euros(1)))), other);
    let rated = |to, exchange| Figure::Disbursement {
        disbursement: DisbursementId::from_u128(1),
        to,
        exchange: Some(exchange),
    };
    let ten = exchange(euros(1_000), 10_000_000);
    let before = contracted([pays(1, Money::dirhams(90), None, "2023")]);
    takes(before.clone(), proposes(rated(dirhams(100), ten.clone())), "correction_proposed");
    let (original, amount) = (euros(1_000), Money::dirhams(90));
    let why = Refusal::WrongExchange { original, amount };
    denies(before.clone(), proposes(rated(dirhams(90), ten.clone())), why);
    let needless = Refusal::NeedlessExchange { currency: Currency::Mad };
    denies(before.clone(), proposes(rated(None, ten.clone())), needless);
    let rated_tomorrow = Exchange { on: date(2024, 6, 2), ..ten };
    let future = Refusal::InTheFuture { on: when("2024-06-02") };
    denies(before, proposes(rated(dirhams(100), rated_tomorrow)), future);
}

#[test]
fn one_correction_of_a_figure_waits_at_a_time() {
    let before = with(flowed(), [proposes(disbursed(1, dirhams(210)))]);
    let again = |figure| Command::ProposeCorrection {
        by: OPERATOR,
        person: BRAHIM,
        correction: CorrectionId::from_u128(13),
        figure,
        reason: reason(),
        today: TODAY,
    };
    let waits = correction::Refusal::AlreadyWaiting;
    denies(before.clone(), again(disbursed(1, dirhams(205))), waits.into());
    takes(before, again(refunded(1, dirhams(30))), "correction_proposed");
}

#[test]
fn a_request_is_annulled_where_no_grant_is_in_force_and_no_money_has_flowed() {
    use Stage::{Annulled, Completed, Contracted, Granted};
    for stage in RECORDED {
        match stage {
            Granted | Contracted | Completed => denies(at(stage), annul(), Refusal::GrantInForce),
            Annulled => denies(at(stage), annul(), Refusal::OutOfTurn { stage }),
            _ => takes(at(stage), annul(), "annulled"),
        }
    }
    denies(vec![], annul(), Refusal::NotSubmitted);
    let paid = contracted([pay(1, 200), revoke()]);
    denies(paid.clone(), annul(), Refusal::MoneyFlowed);
    takes(corrected(paid, disbursed(1, None)), annul(), "annulled");
    denies(contracted([spend(1, 1), revoke()]), annul(), Refusal::MoneyFlowed);
    denies(at(Annulled), submit(), Refusal::AlreadySubmitted);
}

#[test]
fn a_refused_correction_names_its_code_and_its_field() {
    assert_eq!(Refusal::GrantInForce.code(), "FUNDING_REQUEST_GRANT_IN_FORCE");
    assert_eq!(Refusal::UnknownFigure.field(), Some("figure"));
    assert_eq!(Refusal::AnsweredByApplicant.field(), None);
    let shared = Refusal::from(correction::Refusal::ChangedMeanwhile);
    assert_eq!(shared.code(), "CORRECTION_CHANGED_MEANWHILE");
    assert_eq!(shared.field(), Some("correction"));
}
