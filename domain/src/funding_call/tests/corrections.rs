//! What of a call is corrected, and when it can be annulled.
use super::*;

fn correct(title: Option<Title>, slugs: Option<&[&str]>, ceiling: Option<Money>) -> Command {
    let territories = slugs.map(|slugs| slugs.iter().map(|it| territory(it)).collect());
    Command::Correct { title, envelope: None, territories, ceiling, reason: reason() }
}

fn corrected(title: Option<Title>, slugs: Option<&[&str]>, ceiling: Option<Money>) -> Event {
    let territories = slugs.map(|slugs| slugs.iter().map(|it| territory(it)).collect());
    Event::Corrected { title, envelope: None, territories, ceiling, reason: reason() }
}

fn other_title() -> Option<Title> {
    Title::fr("Fonds régional Migration et territoires").ok()
}

type Dates<'a> = (Option<&'a str>, Option<Date>, Option<&'a str>, Option<&'a str>);

fn redate((opened, closes, over, decided): Dates<'_>) -> Command {
    Command::CorrectDates {
        opened: opened.map(when),
        closes,
        closed: over.map(when),
        decided: decided.map(when),
        reason: reason(),
    }
}

fn redated((opened, closes, over, decided): Dates<'_>) -> Event {
    Event::DatesCorrected {
        opened: opened.map(when),
        closes,
        closed: over.map(when),
        decided: decided.map(when),
        reason: reason(),
    }
}

fn annul(named_by: usize) -> Command {
    Command::Annul { by: ANOTHER, reason: reason(), named_by }
}

fn annulled() -> Event {
    Event::Annulled { by: ANOTHER, reason: reason() }
}

fn over() -> Vec<Event> {
    given(&[closed("2022-10-15"), decided("2022-12")])
}

#[test]
fn what_it_says_of_itself_is_corrected_at_every_stage() {
    let changes = [
        (other_title(), None, None),
        (None, Some(&["commune-belfaa"][..]), None),
        (None, None, Some(Money::dirhams(400_000))),
    ];
    for before in [vec![drafted()], given(&[]), over()] {
        for (title, slugs, ceiling) in changes.clone() {
            let event = corrected(title.clone(), slugs, ceiling);
            causes(before.clone(), correct(title, slugs, ceiling), event);
        }
    }
    refused(vec![], correct(other_title(), None, None), Refusal::NotDrafted);
}

#[test]
fn a_correction_changes_something_within_the_rules_of_a_draft() {
    let nothing = Refusal::NothingCorrected;
    refused(given(&[]), correct(None, None, None), nothing.clone());
    let region = Some(&["region-souss-massa"][..]);
    let same = correct(Some(title()), region, Some(Money::dirhams(500_000)));
    refused(given(&[]), same, nothing.clone());
    let once = given(&[corrected(other_title(), None, None)]);
    refused(once, correct(other_title(), None, None), nothing);
    let twice = Some(&["commune-belfaa", "commune-belfaa"][..]);
    refused(given(&[]), correct(None, twice, None), Refusal::DuplicateTerritory);
    let free = Some(Money::dirhams(0));
    refused(given(&[]), correct(None, None, free), Refusal::NothingOffered);
}

#[test]
fn corrected_dates_keep_the_order_of_the_steps() {
    for dates in [
        (Some("2022-09-02"), None, None, None),
        (None, Some(date(2022, 10, 16)), None, None),
        (None, None, Some("2022-10-16"), None),
        (Some("2022-08"), None, None, Some("2023")),
    ] {
        causes(over(), redate(dates), redated(dates));
    }
    let late = redate((Some("2022-10-16"), None, None, None));
    refused(over(), late, Refusal::ClosesBeforeItOpens);
    let early = redate((None, None, Some("2022-08"), None));
    refused(over(), early, Refusal::ClosedBeforeItOpened);
    let hasty = redate((None, None, None, Some("2022-10-14")));
    refused(over(), hasty, Refusal::DecidedBeforeClosing);
    let waiting = given(&[waived(APPLICANT, date(2022, 10, 20))]);
    let longer = redate((None, Some(date(2022, 10, 21)), None, None));
    refused(waiting, longer, Refusal::WaiverEndsBeforeClosing);
}

#[test]
fn only_the_date_of_a_step_that_was_taken_is_corrected() {
    let steps = [
        (Some("2022-09"), None, None, None),
        (None, Some(date(2022, 10, 16)), None, None),
        (None, None, Some("2022-10"), None),
        (None, None, None, Some("2022-12")),
    ];
    for dates in steps {
        refused(vec![drafted()], redate(dates), Refusal::NoSuchStep);
    }
    refused(given(&[]), redate(steps[2]), Refusal::NoSuchStep);
    refused(over(), redate((None, None, None, None)), Refusal::NothingCorrected);
    let same = redate((Some("2022-09-01"), Some(date(2022, 10, 15)), None, Some("2022-12")));
    refused(over(), same, Refusal::NothingCorrected);
    refused(vec![], redate(steps[0]), Refusal::NotDrafted);
}

#[test]
fn a_corrected_last_day_is_the_one_that_holds() {
    let longer = redated((None, Some(date(2022, 10, 31)), None, None));
    let call = given(&[longer]).into_iter().fold(FundingCall::default(), FundingCall::evolve);
    assert_eq!(call.window(APPLICANT, date(2022, 10, 31)), Window::Open);
    assert_eq!(call.window(APPLICANT, date(2022, 11, 1)), Window::Closed);
}

#[test]
fn a_call_that_no_request_answers_is_annulled_and_takes_nothing_more() {
    for before in [vec![drafted()], given(&[]), over()] {
        causes(before.clone(), annul(0), annulled());
        refused(before, annul(2), Refusal::StillNamed { named_by: 2 });
    }
    refused(vec![], annul(0), Refusal::NotDrafted);
    let stage = Stage::Annulled;
    let before = given(&[annulled()]);
    let dates = redate((Some("2022-09-02"), None, None, None));
    for command in [annul(0), close("2022-10-15"), correct(other_title(), None, None), dates] {
        refused(before.clone(), command, Refusal::OutOfTurn { stage });
    }
    let call = before.into_iter().fold(FundingCall::default(), FundingCall::evolve);
    assert_eq!(call.window(APPLICANT, date(2022, 10, 1)), Window::Closed);
    assert_eq!(Refusal::StillNamed { named_by: 1 }.code(), "FUNDING_CALL_STILL_NAMED");
    assert_eq!(Refusal::NoSuchStep.field(), None);
}
