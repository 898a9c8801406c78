use jiff::civil::{Date, date};

use super::*;
use crate::aggregate::Refused;
use crate::aggregate::given::{records, refuses, state};
use crate::effective::Effective;
use crate::ids::{AgreementId, DocumentId, FundingCallId};
use crate::money::{Currency, INTEGER_MAX};
use crate::text::{Name, Note};

mod account;
mod corrections;

use corrections::annul;

const APPLICANT: ActorId = ActorId::from_u128(1);
const OPERATOR: ActorId = ActorId::from_u128(2);
const PROGRAMME: ProgrammeId = ProgrammeId::from_u128(3);
const ENVELOPE: EnvelopeId = EnvelopeId::from_u128(4);
const OTHER_ENVELOPE: EnvelopeId = EnvelopeId::from_u128(5);
const TODAY: Date = date(2024, 6, 1);

fn title() -> Title {
    Title::fr("Achèvement du terrain de sport").expect("a title")
}

fn reason() -> Note {
    Note::fr("Avis du comité").expect("a note")
}

fn when(text: &str) -> Effective {
    text.parse().expect("a date")
}

fn euros(cents: i64) -> Money {
    Money::new(cents, Currency::Eur).expect("in range")
}

#[expect(clippy::unnecessary_wraps, reason = "it stands where nothing may be declared")]
fn dirhams(whole: i32) -> Option<Money> {
    Some(Money::dirhams(whole))
}

fn submits(window: Window, asked: Option<Money>, own_contribution: Option<Money>) -> Command {
    Command::Submit {
        applicant: APPLICANT,
        title: title(),
        call: (window != Window::NoCall).then_some(FundingCallId::from_u128(1)),
        programme: PROGRAMME,
        envelope: Some(ENVELOPE),
        intervention: None,
        territories: vec!["commune-belfaa".parse().expect("a territory")],
        asked,
        own_contribution,
        window,
        today: TODAY,
    }
}

/// 400 dirhams asked, 50 brought.
fn submit() -> Command {
    submits(Window::Open, dirhams(400), dirhams(50))
}

fn check(eligible: bool) -> Command {
    Command::CheckEligibility { by: OPERATOR, eligible, reason: None }
}

fn opine(by: ActorId) -> Command {
    Command::GiveOpinion { by, advice: Advice::Favourable, note: None, on: when("2023") }
}

fn reformulates(by: ActorId, asked: Option<Money>, own_contribution: Option<Money>) -> Command {
    Command::Reformulate { by, asked, own_contribution, reason: reason(), on: when("2023-05") }
}

fn reformulate(asked: Option<Money>, own_contribution: Option<Money>) -> Command {
    reformulates(APPLICANT, asked, own_contribution)
}

fn grants(amount: Money, envelope: Option<EnvelopeId>) -> Command {
    Command::Grant { by: OPERATOR, amount, envelope, on: when("2023-06") }
}

/// 350 dirhams.
fn grant() -> Command {
    grants(Money::dirhams(350), Some(ENVELOPE))
}

fn refuse() -> Command {
    Command::Refuse { by: OPERATOR, reason: reason(), on: when("2023-06") }
}

fn defer() -> Command {
    Command::Defer { by: OPERATOR, reason: reason(), on: when("2023-06") }
}

fn signs(amount: Money, parties: usize) -> Command {
    Command::SignAgreement {
        agreement: AgreementId::from_u128(1),
        parties: vec![APPLICANT; parties],
        amount,
        document: Some(DocumentId::from_u128(1)),
        on: when("2023-07"),
    }
}

/// 300 dirhams.
fn sign() -> Command {
    signs(Money::dirhams(300), 2)
}

fn revoke() -> Command {
    Command::Revoke { by: OPERATOR, reason: reason() }
}

fn close() -> Command {
    Command::Close { by: OPERATOR, on: when("2024-05") }
}

/// The commands that lead to `stage`.
fn at(stage: Stage) -> Vec<Command> {
    let eligible = vec![submit(), check(true)];
    let opined = vec![submit(), check(true), opine(OPERATOR)];
    let granted = with(opined.clone(), [grant()]);
    match stage {
        Stage::Unrecorded => vec![],
        Stage::Submitted => vec![submit()],
        Stage::Eligible => eligible,
        Stage::Ineligible => vec![submit(), check(false)],
        Stage::Opined => opined,
        Stage::Deferred => with(opined, [defer()]),
        Stage::Refused => with(opined, [refuse()]),
        Stage::Granted => granted,
        Stage::Contracted => with(granted, [sign()]),
        Stage::Completed => with(granted, [sign(), close()]),
        Stage::Revoked => with(granted, [sign(), revoke()]),
        Stage::Annulled => vec![submit(), annul()],
    }
}

const RECORDED: [Stage; 11] = [
    Stage::Submitted,
    Stage::Eligible,
    Stage::Ineligible,
    Stage::Opined,
    Stage::Deferred,
    Stage::Refused,
    Stage::Granted,
    Stage::Contracted,
    Stage::Completed,
    Stage::Revoked,
    Stage::Annulled,
];

fn with(mut before: Vec<Command>, more: impl IntoIterator<Item = Command>) -> Vec<Command> {
    before.extend(more);
    before
}

#[track_caller]
fn takes(before: Vec<Command>, command: Command, name: &str) {
    records::<FundingRequest>(before, command, name);
}

#[track_caller]
fn denies(before: Vec<Command>, command: Command, why: Refusal) {
    refuses::<FundingRequest>(before, command, why);
}

/// `command` is recorded as `name` at `stages` and refused at every other one.
#[track_caller]
fn only_at(stages: &[Stage], command: &Command, name: &str) {
    for stage in RECORDED {
        if stages.contains(&stage) {
            takes(at(stage), command.clone(), name);
        } else {
            denies(at(stage), command.clone(), Refusal::OutOfTurn { stage });
        }
    }
    denies(vec![], command.clone(), Refusal::NotSubmitted);
}

#[test]
fn each_step_has_its_stages() {
    use Stage::{Contracted, Deferred, Eligible, Granted, Opined, Submitted};
    only_at(&[Submitted], &check(true), "eligibility_checked");
    only_at(&[Submitted], &check(false), "eligibility_checked");
    only_at(&[Eligible, Opined, Deferred], &opine(OPERATOR), "opinion_given");
    only_at(&[Opined, Deferred], &reformulate(dirhams(380), None), "reformulated");
    only_at(&[Granted], &sign(), "agreement_signed");
    only_at(&[Granted, Contracted], &revoke(), "revoked");
    only_at(&[Contracted], &close(), "closed");
}

#[test]
fn a_decision_needs_an_opinion_from_outside() {
    let decisions = [(grant(), "granted"), (refuse(), "refused"), (defer(), "deferred")];
    for (decision, name) in decisions {
        denies(vec![], decision.clone(), Refusal::NotSubmitted);
        for stage in RECORDED {
            match stage {
                Stage::Opined | Stage::Deferred => takes(at(stage), decision.clone(), name),
                Stage::Eligible => denies(at(stage), decision.clone(), Refusal::NoOutsideOpinion),
                _ => denies(at(stage), decision.clone(), Refusal::OutOfTurn { stage }),
            }
        }
    }
    for stage in [Stage::Eligible, Stage::Opined] {
        denies(at(stage), opine(APPLICANT), Refusal::OpinionByApplicant);
    }
}

#[test]
fn a_request_is_submitted_while_its_call_is_open() {
    takes(vec![], submits(Window::Open, None, None), "submitted");
    takes(vec![], submits(Window::NoCall, None, None), "submitted");
    denies(vec![], submits(Window::NotYetOpen, None, None), Refusal::NotYetOpen);
    denies(vec![], submits(Window::Closed, None, None), Refusal::Closed);
    denies(at(Stage::Submitted), submit(), Refusal::AlreadySubmitted);
    let Command::Submit { applicant, title, programme, .. } = submit() else {
        unreachable!("it submits")
    };
    let to_an_unknown_call = Command::Submit {
        applicant,
        title,
        call: Some(FundingCallId::from_u128(1)),
        programme,
        envelope: None,
        intervention: None,
        territories: Vec::new(),
        asked: None,
        own_contribution: None,
        window: Window::NoCall,
        today: TODAY,
    };
    denies(vec![], to_an_unknown_call, Refusal::UnknownCall);
}

#[test]
fn a_request_names_a_limited_number_of_territories() {
    let Command::Submit { applicant, title, programme, territories, .. } = submit() else {
        unreachable!("it submits")
    };
    let everywhere = Command::Submit {
        applicant,
        title,
        call: None,
        programme,
        envelope: None,
        intervention: None,
        territories: vec![territories[0]; TERRITORIES_MAX + 1],
        asked: None,
        own_contribution: None,
        window: Window::NoCall,
        today: TODAY,
    };
    denies(vec![], everywhere, Refusal::TooMany { max: TERRITORIES_MAX });
}

#[test]
fn what_is_asked_and_what_is_brought_go_together() {
    let wrong = [
        (dirhams(0), None, Refusal::NothingAsked),
        (None, dirhams(-1), Refusal::NegativeContribution),
        (
            dirhams(1),
            Some(euros(1)),
            Refusal::MixedCurrencies { one: Currency::Mad, other: Currency::Eur },
        ),
    ];
    for (asked, own, why) in wrong {
        denies(vec![], submits(Window::Open, asked, own), why.clone());
        denies(at(Stage::Opined), reformulate(asked, own), why);
    }
    takes(vec![], submits(Window::Open, dirhams(1), dirhams(0)), "submitted");
    let mixed = Refusal::MixedCurrencies { one: Currency::Eur, other: Currency::Mad };
    denies(at(Stage::Opined), reformulate(Some(euros(1)), None), mixed.clone());
    denies(at(Stage::Opined), grants(euros(1), None), mixed);
    takes(at(Stage::Opined), reformulate(Some(euros(2)), Some(euros(1))), "reformulated");
    let in_euros = with(at(Stage::Opined), [reformulate(Some(euros(2)), Some(euros(1)))]);
    takes(in_euros, grants(euros(1), None), "granted");
}

#[test]
fn only_the_applicant_reformulates_its_request() {
    for stage in [Stage::Opined, Stage::Deferred] {
        let foreign = reformulates(OPERATOR, dirhams(380), None);
        denies(at(stage), foreign, Refusal::NotTheApplicant);
    }
}

#[test]
fn a_grant_is_more_than_nothing_and_an_agreement_at_most_the_grant() {
    let nothing = Money::zero(Currency::Mad);
    denies(at(Stage::Opined), grants(nothing, None), Refusal::NothingAsked);
    denies(at(Stage::Granted), signs(nothing, 2), Refusal::NothingAsked);
    let (asked, granted) = (Money::dirhams(351), Money::dirhams(350));
    denies(at(Stage::Granted), signs(asked, 2), Refusal::ExceedsGrant { asked, granted });
    takes(at(Stage::Granted), signs(granted, 2), "agreement_signed");
    let mixed = Refusal::MixedCurrencies { one: Currency::Mad, other: Currency::Eur };
    denies(at(Stage::Granted), signs(euros(1), 2), mixed);
    let crowd = signs(granted, PARTIES_MAX + 1);
    denies(at(Stage::Granted), crowd, Refusal::TooMany { max: PARTIES_MAX });
}

#[test]
fn it_says_who_asks_whose_money_and_what_was_granted() {
    let unrecorded = FundingRequest::default();
    assert_eq!((unrecorded.applicant(), unrecorded.programme()), (None, None));
    let submitted = state::<FundingRequest>(at(Stage::Submitted));
    assert_eq!(submitted.applicant(), Some(APPLICANT));
    assert_eq!(submitted.programme(), Some(PROGRAMME));
    assert_eq!(submitted.envelope(), Some(ENVELOPE));
    assert_eq!((submitted.granted(), submitted.freed_by_revocation()), (None, None));
    let same = with(at(Stage::Opined), [grants(Money::dirhams(350), None)]);
    let same = state::<FundingRequest>(same);
    assert_eq!((same.envelope(), same.granted()), (Some(ENVELOPE), dirhams(350)));
    let moved = with(at(Stage::Opined), [grants(Money::dirhams(1), Some(OTHER_ENVELOPE))]);
    assert_eq!(state::<FundingRequest>(moved).envelope(), Some(OTHER_ENVELOPE));
}

#[test]
fn a_refusal_names_its_code_and_its_field() {
    let (asked, left) = (Money::dirhams(2), Money::dirhams(1));
    let exceeds = Refusal::ExceedsAgreement { asked, left };
    assert_eq!(exceeds.code(), "FUNDING_REQUEST_EXCEEDS_AGREEMENT");
    assert_eq!(exceeds.field(), Some("amount"));
    assert_eq!(Refusal::NoOutsideOpinion.field(), None);
    assert_eq!(Refusal::NotTheApplicant.field(), None);
    assert_eq!(Refusal::ValidatedByApplicant.field(), None);
    assert_ne!(Refusal::Closed.code(), Refusal::NotYetOpen.code());
}
