//! Once the agreement of 300 dirhams is signed: 350 granted, 50 brought by the applicant.
use super::*;

pub(super) fn amends(amendment: u128, amount: Money) -> Command {
    let amendment = AmendmentId::from_u128(amendment);
    Command::AmendAgreement { amendment, amount, reason: reason(), on: when("2023-09") }
}

fn plans(disbursement: u128, amount: Money) -> Command {
    let disbursement = DisbursementId::from_u128(disbursement);
    Command::PlanDisbursement { disbursement, amount, due: date(2025, 1, 1) }
}

pub(super) fn pays(
    disbursement: u128,
    amount: Money,
    exchange: Option<Exchange>,
    on: &str,
) -> Command {
    Command::RecordDisbursement {
        disbursement: DisbursementId::from_u128(disbursement),
        funder: Some(OPERATOR),
        amount,
        exchange,
        on: when(on),
        today: TODAY,
    }
}

pub(super) fn pay(disbursement: u128, whole: i32) -> Command {
    pays(disbursement, Money::dirhams(whole), None, "2023-08")
}

pub(super) fn spends(
    expenditure: u128,
    amount: Money,
    exchange: Option<Exchange>,
    on: &str,
) -> Command {
    Command::DeclareExpenditure {
        by: APPLICANT,
        expenditure: ExpenditureId::from_u128(expenditure),
        amount,
        exchange,
        documents: vec![DocumentId::from_u128(1)],
        on: when(on),
        today: TODAY,
    }
}

pub(super) fn spend(expenditure: u128, whole: i32) -> Command {
    spends(expenditure, Money::dirhams(whole), None, "2023-10")
}

fn validates(by: ActorId, expenditure: u128) -> Command {
    Command::ValidateExpenditure { by, expenditure: ExpenditureId::from_u128(expenditure) }
}

pub(super) fn validate(expenditure: u128) -> Command {
    validates(OPERATOR, expenditure)
}

fn gives_back(refund: u128, amount: Money, on: &str) -> Command {
    let refund = RefundId::from_u128(refund);
    Command::RecordRefund { refund, amount, on: when(on), today: TODAY }
}

pub(super) fn refund(refund: u128, whole: i32) -> Command {
    gives_back(refund, Money::dirhams(whole), "2024-02")
}

pub(super) fn contracted(more: impl IntoIterator<Item = Command>) -> Vec<Command> {
    with(at(Stage::Contracted), more)
}

pub(super) fn exchange(original: Money, rate_millionths: i64) -> Exchange {
    let source = Name::new("Bank Al-Maghrib").expect("a name");
    Exchange { original, rate_millionths, on: date(2023, 8, 1), source }
}

#[test]
fn money_flows_only_under_an_agreement() {
    only_at(&[Stage::Contracted], &amends(1, Money::dirhams(320)), "agreement_amended");
    only_at(&[Stage::Contracted], &plans(1, Money::dirhams(1)), "disbursement_planned");
    only_at(&[Stage::Contracted], &pay(1, 1), "disbursement_recorded");
    only_at(&[Stage::Contracted], &spend(1, 1), "expenditure_declared");
    takes(contracted([pay(1, 1), spend(1, 1)]), validate(1), "expenditure_validated");
    for stage in RECORDED.into_iter().filter(|it| *it != Stage::Contracted) {
        denies(at(stage), validate(1), Refusal::OutOfTurn { stage });
        if stage != Stage::Revoked {
            denies(at(stage), refund(1, 1), Refusal::OutOfTurn { stage });
        }
    }
    denies(vec![], validate(1), Refusal::NotSubmitted);
    denies(vec![], refund(1, 1), Refusal::NotSubmitted);
}

#[test]
fn what_is_paid_and_not_refunded_stays_within_the_agreement() {
    takes(contracted([]), pay(1, 300), "disbursement_recorded");
    let before = contracted([pay(1, 200)]);
    let (asked, left) = (Money::dirhams(101), Money::dirhams(100));
    denies(before.clone(), pay(2, 101), Refusal::ExceedsAgreement { asked, left });
    takes(with(before.clone(), [refund(1, 1)]), pay(2, 101), "disbursement_recorded");
    takes(with(before, [amends(1, Money::dirhams(301))]), pay(2, 101), "disbursement_recorded");
}

#[test]
fn a_disbursement_is_planned_once_and_paid_once() {
    let planned = contracted([plans(1, Money::dirhams(100))]);
    denies(planned.clone(), plans(1, Money::dirhams(1)), Refusal::DuplicateDisbursement);
    takes(planned.clone(), pay(1, 90), "disbursement_recorded");
    takes(planned.clone(), pay(2, 90), "disbursement_recorded");
    let paid = with(planned, [pay(1, 90)]);
    denies(paid.clone(), pay(1, 1), Refusal::DuplicateDisbursement);
    denies(paid, plans(1, Money::dirhams(1)), Refusal::DuplicateDisbursement);
}

#[test]
fn an_amendment_stays_between_what_is_paid_and_what_is_granted() {
    let before = contracted([pay(1, 200), refund(1, 50)]);
    takes(before.clone(), amends(1, Money::dirhams(150)), "agreement_amended");
    takes(before.clone(), amends(1, Money::dirhams(350)), "agreement_amended");
    let (asked, disbursed) = (Money::dirhams(149), Money::dirhams(150));
    denies(before.clone(), amends(1, asked), Refusal::BelowDisbursed { asked, disbursed });
    let (asked, granted) = (Money::dirhams(351), Money::dirhams(350));
    denies(before.clone(), amends(1, asked), Refusal::ExceedsGrant { asked, granted });
    let nothing = Money::zero(Currency::Mad);
    denies(before.clone(), amends(1, nothing), Refusal::NothingAsked);
    let mixed = Refusal::MixedCurrencies { one: Currency::Mad, other: Currency::Eur };
    denies(before.clone(), amends(1, euros(1)), mixed);
    let amended = with(before, [amends(1, Money::dirhams(320))]);
    denies(amended, amends(1, Money::dirhams(320)), Refusal::DuplicateAmendment);
}

#[test]
fn validated_expenditure_stays_within_paid_and_own_money() {
    let before = contracted([pay(1, 200), spend(1, 240), spend(2, 11), spend(3, 10)]);
    denies(before.clone(), validate(9), Refusal::UnknownExpenditure);
    let before = with(before, [validate(1)]);
    denies(before.clone(), validate(1), Refusal::AlreadyValidated);
    let (asked, left) = (Money::dirhams(11), Money::dirhams(10));
    denies(before.clone(), validate(2), Refusal::ExceedsMeans { asked, left });
    takes(before, validate(3), "expenditure_validated");
}

#[test]
fn the_applicant_alone_declares_and_somebody_else_validates() {
    let foreign = Command::DeclareExpenditure {
        by: OPERATOR,
        expenditure: ExpenditureId::from_u128(1),
        amount: Money::dirhams(1),
        exchange: None,
        documents: Vec::new(),
        on: when("2024"),
        today: TODAY,
    };
    denies(contracted([]), foreign, Refusal::NotTheApplicant);
    let declared = contracted([pay(1, 1), spend(1, 1)]);
    denies(declared.clone(), validates(APPLICANT, 1), Refusal::ValidatedByApplicant);
    takes(declared, validates(OPERATOR, 1), "expenditure_validated");
}

#[test]
fn without_an_own_contribution_only_paid_money_is_spent() {
    let before = vec![
        submits(Window::Open, None, None),
        check(true),
        opine(OPERATOR),
        grant(),
        sign(),
        pay(1, 10),
        spend(1, 11),
    ];
    let (asked, left) = (Money::dirhams(11), Money::dirhams(10));
    denies(before.clone(), validate(1), Refusal::ExceedsMeans { asked, left });
    takes(with(before, [pay(2, 1)]), validate(1), "expenditure_validated");
}

#[test]
fn an_expenditure_and_a_refund_are_there_once() {
    denies(contracted([spend(1, 1)]), spend(1, 1), Refusal::DuplicateExpenditure);
    let before = contracted([pay(1, 2), refund(1, 1)]);
    denies(before, refund(1, 1), Refusal::DuplicateRefund);
}

#[test]
fn a_refund_is_at_most_what_is_held_and_not_spent() {
    let before = contracted([pay(1, 200), refund(1, 50)]);
    takes(before.clone(), refund(2, 150), "refund_recorded");
    let (asked, disbursed) = (Money::dirhams(151), Money::dirhams(150));
    denies(before.clone(), refund(2, 151), Refusal::ExceedsDisbursed { asked, disbursed });
    let spent = with(before, [spend(1, 180), validate(1)]);
    let (asked, unspent) = (Money::dirhams(21), Money::dirhams(20));
    denies(spent.clone(), refund(2, 21), Refusal::RefundOfSpent { asked, unspent });
    takes(spent, refund(2, 20), "refund_recorded");
}

#[test]
fn a_revocation_frees_only_what_is_undisbursed() {
    let freed = |before| state::<FundingRequest>(before).freed_by_revocation();
    assert_eq!(freed(at(Stage::Granted)), dirhams(350));
    assert_eq!(freed(contracted([pay(1, 200)])), dirhams(150));
    assert_eq!(freed(contracted([pay(1, 200), refund(1, 30)])), dirhams(180));
    let revoked = contracted([pay(1, 200), revoke()]);
    takes(revoked.clone(), refund(1, 200), "refund_recorded");
    denies(revoked, pay(2, 1), Refusal::OutOfTurn { stage: Stage::Revoked });
    let before_any_agreement = with(at(Stage::Granted), [revoke()]);
    let out = Refusal::OutOfTurn { stage: Stage::Revoked };
    denies(before_any_agreement, refund(1, 1), out);
}

#[test]
fn nothing_declared_is_left_waiting_at_the_closing() {
    let before = contracted([pay(1, 10), spend(1, 4), spend(2, 5), validate(1)]);
    denies(before.clone(), close(), Refusal::ExpenditureWaiting { waiting: 1 });
    takes(with(before, [validate(2)]), close(), "closed");
}

#[test]
fn no_flow_is_in_the_future() {
    let paid = contracted([pay(1, 10)]);
    let amount = Money::dirhams(1);
    for (on, happened) in
        [("2024-06-01", true), ("2024-06", true), ("unknown", true), ("2024-06-02", false)]
    {
        let flows = [
            (pays(2, amount, None, on), "disbursement_recorded"),
            (spends(2, amount, None, on), "expenditure_declared"),
            (gives_back(2, amount, on), "refund_recorded"),
        ];
        for (flow, name) in flows {
            if happened {
                takes(paid.clone(), flow, name);
            } else {
                denies(paid.clone(), flow, Refusal::InTheFuture { on: when(on) });
            }
        }
    }
    let rated_tomorrow = Exchange { on: date(2024, 6, 2), ..exchange(euros(10), 10_000_000) };
    let flow = pays(2, Money::dirhams(1), Some(rated_tomorrow), "2024-06-01");
    denies(paid, flow, Refusal::InTheFuture { on: when("2024-06-02") });
}

#[test]
fn a_flow_is_more_than_nothing_in_the_agreements_currency() {
    let flows = |amount| {
        [
            plans(2, amount),
            pays(2, amount, None, "2024"),
            spends(2, amount, None, "2024"),
            gives_back(2, amount, "2024"),
        ]
    };
    for flow in flows(Money::zero(Currency::Mad)) {
        denies(contracted([pay(1, 10)]), flow, Refusal::NothingAsked);
    }
    let other = || Refusal::OtherCurrency { agreement: Currency::Mad, given: Currency::Eur };
    for flow in flows(euros(1)) {
        denies(contracted([pay(1, 10)]), flow, other());
    }
}

#[test]
fn another_currency_comes_with_a_rate_that_fits() {
    // 10.00 EUR at 10.8765 are 108.765 MAD: 108.76 and 108.77 are both within one centime.
    let rated = || Some(exchange(euros(1_000), 10_876_500));
    let mad = |minor| Money::new(minor, Currency::Mad).expect("in range");
    for near in [10_876, 10_877] {
        takes(contracted([]), pays(1, mad(near), rated(), "2023"), "disbursement_recorded");
        takes(contracted([]), spends(1, mad(near), rated(), "2023"), "expenditure_declared");
    }
    for far in [10_875, 10_878] {
        let why = || Refusal::WrongExchange { original: euros(1_000), amount: mad(far) };
        denies(contracted([]), pays(1, mad(far), rated(), "2023"), why());
        denies(contracted([]), spends(1, mad(far), rated(), "2023"), why());
    }
    // One CFA franc has no minor unit: 6,560 XOF at 0.0165 are 108.24 MAD.
    let francs = Money::new(6_560, Currency::Xof).expect("in range");
    let rated = exchange(francs, 16_500);
    let amount = mad(10_824);
    takes(contracted([]), pays(1, amount, Some(rated), "2023"), "disbursement_recorded");
}

#[test]
fn a_rate_is_positive_and_between_two_currencies() {
    let amount = Money::dirhams(1);
    let own = exchange(amount, 1_000_000);
    let why = Refusal::NeedlessExchange { currency: Currency::Mad };
    denies(contracted([]), pays(1, amount, Some(own), "2023"), why);
    for (original, rate) in [(euros(-10), -10_000_000), (euros(10), 0), (euros(10), i64::MAX)] {
        let why = Refusal::WrongExchange { original, amount };
        let flow = pays(1, amount, Some(exchange(original, rate)), "2023");
        denies(contracted([]), flow, why);
    }
}

#[test]
fn sums_stay_within_exact_integers() {
    let most = Money::new(INTEGER_MAX, Currency::Mad).expect("in range");
    let paid = |own| {
        vec![
            submits(Window::Open, None, own),
            check(true),
            opine(OPERATOR),
            grants(most, None),
            signs(most, 2),
            pays(1, most, None, "2023"),
        ]
    };
    let refunded = with(paid(None), [gives_back(1, most, "2024")]);
    denies(refunded, pays(2, most, None, "2024"), Refusal::AmountOutOfRange);
    let spent = with(paid(Some(most)), [spend(1, 1)]);
    denies(spent, validate(1), Refusal::AmountOutOfRange);
}

#[test]
fn every_number_has_its_limit() {
    let many = |max: usize| 100..u128::try_from(max + 100).expect("a small number");
    let flows = || many(FLOWS_MAX);
    let full = || Refusal::TooMany { max: FLOWS_MAX };
    let one = Money::new(1, Currency::Mad).expect("in range");
    let amount = Money::dirhams(300);
    denies(contracted(flows().map(|it| amends(it, amount))), amends(1, amount), full());
    let planned = contracted(flows().map(|it| plans(it, one)));
    denies(planned.clone(), plans(1, one), full());
    denies(planned.clone(), pay(1, 1), full());
    takes(planned, pay(100, 1), "disbursement_recorded");
    let refunded = flows().map(|it| gives_back(it, one, "2024"));
    denies(contracted([pay(1, 100)].into_iter().chain(refunded)), refund(1, 1), full());
    let spent = contracted(many(EXPENDITURES_MAX).map(|it| spends(it, one, None, "2024")));
    denies(spent, spend(1, 1), Refusal::TooMany { max: EXPENDITURES_MAX });
    let documents = vec![DocumentId::from_u128(1); DOCUMENTS_MAX + 1];
    let proven = Command::DeclareExpenditure {
        by: APPLICANT,
        expenditure: ExpenditureId::from_u128(1),
        amount,
        exchange: None,
        documents,
        on: when("2024"),
        today: TODAY,
    };
    denies(contracted([]), proven, Refusal::TooMany { max: DOCUMENTS_MAX });
}
