use cqrs_es::test::TestFramework;
use jiff::civil::date;

use super::*;
use crate::aggregate::Refused;
use crate::text::Note;

mod corrections;

const APPLICANT: ActorId = ActorId::from_u128(1);
const ANOTHER: ActorId = ActorId::from_u128(2);
const PROGRAMME: ProgrammeId = ProgrammeId::from_u128(3);
const ENVELOPE: EnvelopeId = EnvelopeId::from_u128(4);

fn title() -> Title {
    Title::fr("Fonds régional Migration").expect("a title")
}

fn reason() -> Note {
    Note::fr("Dossier complété après une panne").expect("a note")
}

fn when(text: &str) -> Effective {
    text.parse().expect("a date")
}

fn territory(slug: &str) -> TerritoryId {
    slug.parse().expect("a territory")
}

fn draft(territories: Vec<TerritoryId>, ceiling: Option<Money>) -> Command {
    Command::Draft {
        title: title(),
        programme: PROGRAMME,
        envelope: Some(ENVELOPE),
        territories,
        ceiling,
    }
}

fn drafted() -> Event {
    Event::Drafted {
        title: title(),
        programme: PROGRAMME,
        envelope: Some(ENVELOPE),
        territories: vec![territory("region-souss-massa")],
        ceiling: Some(Money::dirhams(500_000)),
    }
}

fn open(on: &str, closes: Option<Date>) -> Command {
    Command::Open { on: when(on), closes }
}

fn opened(on: &str, closes: Option<Date>) -> Event {
    Event::Opened { on: when(on), closes }
}

fn waive(applicant: ActorId, until: Date) -> Command {
    Command::RecordWaiver { applicant, until, reason: reason() }
}

fn waived(applicant: ActorId, until: Date) -> Event {
    Event::WaiverRecorded { applicant, until, reason: reason() }
}

fn close(on: &str) -> Command {
    Command::Close { on: when(on) }
}

fn closed(on: &str) -> Event {
    Event::Closed { on: when(on) }
}

fn decide(on: &str) -> Command {
    Command::Decide { on: when(on) }
}

fn decided(on: &str) -> Event {
    Event::Decided { on: when(on) }
}

/// Drafted and opened in September 2022, until 15 October.
fn given(more: &[Event]) -> Vec<Event> {
    let mut events = vec![drafted(), opened("2022-09-01", Some(date(2022, 10, 15)))];
    events.extend_from_slice(more);
    events
}

fn causes(given: Vec<Event>, command: Command, event: Event) {
    TestFramework::<FundingCall>::with(())
        .given(given)
        .when(command)
        .then_expect_events(vec![event]);
}

fn refused(given: Vec<Event>, command: Command, refusal: Refusal) {
    TestFramework::<FundingCall>::with(()).given(given).when(command).then_expect_error(refusal);
}

fn call(events: Vec<Event>) -> FundingCall {
    events.into_iter().fold(FundingCall::default(), FundingCall::evolve)
}

fn window(events: Vec<Event>, today: Date) -> Window {
    call(events).window(APPLICANT, today)
}

#[test]
fn a_call_is_drafted_once() {
    let region = vec![territory("region-souss-massa")];
    let ceiling = Some(Money::dirhams(500_000));
    causes(vec![], draft(region, ceiling), drafted());
    refused(vec![drafted()], draft(vec![], None), Refusal::AlreadyDrafted);
}

#[test]
fn a_call_offers_more_than_nothing() {
    let nothing = draft(vec![], Some(Money::dirhams(0)));
    refused(vec![], nothing, Refusal::NothingOffered);
}

#[test]
fn territories_are_few_and_given_once() {
    let belfaa = territory("commune-belfaa");
    let twice = draft(vec![belfaa, territory("province-tata"), belfaa], None);
    refused(vec![], twice, Refusal::DuplicateTerritory);
    let max = TERRITORIES_MAX;
    let many = draft(vec![belfaa; max + 1], None);
    refused(vec![], many, Refusal::TooMany { max });
}

#[test]
fn nothing_precedes_the_draft() {
    let day = date(2022, 10, 15);
    for command in [open("2022", None), waive(APPLICANT, day), close("2022"), decide("2022")] {
        refused(vec![], command, Refusal::NotDrafted);
    }
}

#[test]
fn a_call_opens_once_and_closes_after_it_opens() {
    let last = Some(date(2022, 10, 15));
    causes(vec![drafted()], open("2022-09-01", last), opened("2022-09-01", last));
    causes(vec![drafted()], open("2022-09", None), opened("2022-09", None));
    let one_day = Some(date(2022, 9, 1));
    causes(vec![drafted()], open("2022-09-01", one_day), opened("2022-09-01", one_day));
    let reversed = open("2022-09-01", Some(date(2022, 8, 31)));
    refused(vec![drafted()], reversed, Refusal::ClosesBeforeItOpens);
    let stage = Stage::Open;
    refused(given(&[]), open("2022-09-01", last), Refusal::OutOfTurn { stage });
}

#[test]
fn a_waiver_is_recorded_while_the_call_is_open_or_closed() {
    let until = date(2022, 11, 30);
    causes(given(&[]), waive(APPLICANT, until), waived(APPLICANT, until));
    let after = given(&[closed("2022-10-15")]);
    causes(after, waive(APPLICANT, until), waived(APPLICANT, until));
    let stage = Stage::Drafted;
    refused(vec![drafted()], waive(APPLICANT, until), Refusal::OutOfTurn { stage });
    let stage = Stage::Decided;
    let after = given(&[closed("2022-10-15"), decided("2023-02")]);
    refused(after, waive(APPLICANT, until), Refusal::OutOfTurn { stage });
}

#[test]
fn a_waiver_lasts_at_least_as_long_as_the_call() {
    let early = date(2022, 10, 14);
    refused(given(&[]), waive(APPLICANT, early), Refusal::WaiverEndsBeforeClosing);
    let after = given(&[closed("2022-10-15")]);
    refused(after, waive(APPLICANT, early), Refusal::WaiverEndsBeforeClosing);
    let unknown = given(&[closed("unknown")]);
    causes(unknown, waive(APPLICANT, early), waived(APPLICANT, early));
    let standing = vec![drafted(), opened("2022-09-01", None)];
    causes(standing, waive(APPLICANT, early), waived(APPLICANT, early));
}

#[test]
fn waivers_are_limited_and_a_second_one_of_an_applicant_counts_once() {
    let (max, until) = (WAIVERS_MAX, date(2022, 11, 30));
    let others = (1..max).map(|it| waived(ActorId::from_u128(1_000 + it as u128), until));
    let many: Vec<_> = others.chain([waived(APPLICANT, until)]).collect();
    refused(given(&many), waive(ANOTHER, until), Refusal::TooMany { max });
    let later = date(2022, 12, 31);
    causes(given(&many), waive(APPLICANT, later), waived(APPLICANT, later));
}

#[test]
fn a_call_closes_once_and_not_before_it_opened() {
    causes(given(&[]), close("2022-10-15"), closed("2022-10-15"));
    causes(given(&[]), close("2022"), closed("2022"));
    refused(given(&[]), close("2022-08"), Refusal::ClosedBeforeItOpened);
    let stage = Stage::Drafted;
    refused(vec![drafted()], close("2022-10"), Refusal::OutOfTurn { stage });
    let stage = Stage::Closed;
    refused(given(&[closed("2022-10-15")]), close("2022-10"), Refusal::OutOfTurn { stage });
}

#[test]
fn a_call_is_decided_once_and_after_it_closed() {
    let after = || given(&[closed("2022-10-15")]);
    causes(after(), decide("2023-02-22/2023-02-23"), decided("2023-02-22/2023-02-23"));
    refused(after(), decide("2022-10-14"), Refusal::DecidedBeforeClosing);
    let stage = Stage::Open;
    refused(given(&[]), decide("2023-02"), Refusal::OutOfTurn { stage });
    let stage = Stage::Decided;
    let over = given(&[closed("2022-10-15"), decided("2023-02")]);
    refused(over, decide("2023-03"), Refusal::OutOfTurn { stage });
}

#[test]
fn the_window_is_open_from_the_opening_to_the_closing_day() {
    assert_eq!(window(vec![], date(2022, 9, 1)), Window::NotYetOpen);
    assert_eq!(window(vec![drafted()], date(2022, 9, 1)), Window::NotYetOpen);
    assert_eq!(window(given(&[]), date(2022, 8, 31)), Window::NotYetOpen);
    assert_eq!(window(given(&[]), date(2022, 9, 1)), Window::Open);
    assert_eq!(window(given(&[]), date(2022, 10, 15)), Window::Open);
    assert_eq!(window(given(&[]), date(2022, 10, 16)), Window::Closed);
    let standing = vec![drafted(), opened("2022-09-01", None)];
    assert_eq!(window(standing, date(2030, 1, 1)), Window::Open);
}

#[test]
fn an_early_closing_ends_the_window_after_its_day() {
    let events = || given(&[closed("2022-10-01")]);
    assert_eq!(window(events(), date(2022, 10, 1)), Window::Open);
    assert_eq!(window(events(), date(2022, 10, 2)), Window::Closed);
    let unknown = given(&[closed("unknown")]);
    assert_eq!(window(unknown, date(2022, 9, 2)), Window::Closed);
    let late = given(&[closed("2022-12-31")]);
    assert_eq!(window(late, date(2022, 10, 16)), Window::Closed, "the announced day holds");
}

#[test]
fn a_waiver_opens_the_window_for_its_applicant_alone_until_its_day() {
    let until = date(2023, 3, 31);
    let history: [&[Event]; 2] =
        [&[closed("2022-10-15")], &[closed("2022-10-15"), decided("2023-02")]];
    for after in history {
        let mut events = given(&[waived(APPLICANT, until)]);
        events.extend_from_slice(after);
        let call = call(events);
        assert_eq!(call.window(APPLICANT, until), Window::Open);
        assert_eq!(call.window(APPLICANT, date(2023, 4, 1)), Window::Closed);
        assert_eq!(call.window(ANOTHER, until), Window::Closed);
    }
}

#[test]
fn a_decided_call_is_closed() {
    let over = given(&[closed("2022-10-15"), decided("2023-02")]);
    assert_eq!(window(over, date(2022, 10, 15)), Window::Closed);
}

#[test]
fn a_call_names_its_programme_and_its_envelope() {
    assert_eq!(FundingCall::default().programme(), None);
    let call = call(vec![drafted()]);
    assert_eq!(call.programme(), Some(PROGRAMME));
    assert_eq!(call.envelope(), Some(ENVELOPE));
}

#[test]
fn a_refusal_has_a_stable_code_and_names_its_field() {
    let refusal = Refusal::WaiverEndsBeforeClosing;
    assert_eq!(refusal.code(), "FUNDING_CALL_WAIVER_ENDS_BEFORE_CLOSING");
    assert_eq!(refusal.field(), Some("until"));
    assert_eq!(Refusal::ClosesBeforeItOpens.field(), Some("closes"));
    assert_eq!(Refusal::DecidedBeforeClosing.field(), Some("on"));
    assert_eq!(Refusal::NothingOffered.field(), Some("ceiling"));
    assert_eq!(Refusal::DuplicateTerritory.field(), Some("territories"));
    assert_eq!(Refusal::NotDrafted.field(), None);
}
