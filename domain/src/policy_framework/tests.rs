use cqrs_es::test::TestFramework;

use super::*;

const ITSELF: PolicyFrameworkId = PolicyFrameworkId::from_u128(1);
const NEXT: PolicyFrameworkId = PolicyFrameworkId::from_u128(2);
const AXIS: AxisId = AxisId::from_u128(3);

fn title() -> Title {
    Title::fr("Stratégie nationale d'immigration et d'asile").expect("a title")
}

fn reason() -> Note {
    Note::fr("Nouvelle stratégie").expect("a note")
}

fn on() -> Effective {
    "2014".parse().expect("a year")
}

fn adopt() -> Command {
    Command::Adopt { title: title(), acronym: Name::new("SNIA").ok(), by: None, on: on() }
}

fn adopted() -> Event {
    Event::Adopted { title: title(), acronym: Name::new("SNIA").ok(), by: None, on: on() }
}

fn define(axis: AxisId) -> Command {
    Command::DefineAxis { axis, title: title() }
}

fn defined(axis: AxisId) -> Event {
    Event::AxisDefined { axis, title: title() }
}

fn supersede(successor: Option<PolicyFrameworkId>) -> Command {
    Command::Supersede { successor, reason: reason(), itself: ITSELF }
}

fn superseded(successor: Option<PolicyFrameworkId>) -> Event {
    Event::Superseded { successor, reason: reason() }
}

fn causes(given: &[Event], command: Command, event: Event) {
    TestFramework::<PolicyFramework>::with(())
        .given(given.to_vec())
        .when(command)
        .then_expect_events(vec![event]);
}

fn refused(given: &[Event], command: Command, refusal: Refusal) {
    TestFramework::<PolicyFramework>::with(())
        .given(given.to_vec())
        .when(command)
        .then_expect_error(refusal);
}

#[test]
fn a_framework_is_adopted_once() {
    causes(&[], adopt(), adopted());
    refused(&[adopted()], adopt(), Refusal::AlreadyAdopted);
    refused(&[adopted(), superseded(None)], adopt(), Refusal::AlreadyAdopted);
}

#[test]
fn nothing_precedes_the_adoption() {
    refused(&[], define(AXIS), Refusal::NotAdopted);
    refused(&[], supersede(None), Refusal::NotAdopted);
}

#[test]
fn an_axis_is_defined_once() {
    causes(&[adopted()], define(AXIS), defined(AXIS));
    refused(&[adopted(), defined(AXIS)], define(AXIS), Refusal::DuplicateAxis);
}

#[test]
fn axes_are_limited() {
    let axes = (0..AXES_MAX).map(|it| defined(AxisId::from_u128(100 + it as u128)));
    let given: Vec<_> = std::iter::once(adopted()).chain(axes).collect();
    refused(&given, define(AXIS), Refusal::TooMany { max: AXES_MAX });
}

#[test]
fn a_framework_gives_way_to_another_or_to_none_and_never_to_itself() {
    causes(&[adopted()], supersede(Some(NEXT)), superseded(Some(NEXT)));
    causes(&[adopted()], supersede(None), superseded(None));
    refused(&[adopted()], supersede(Some(ITSELF)), Refusal::SucceedsItself);
}

#[test]
fn a_superseded_framework_takes_nothing_more() {
    let given = [adopted(), superseded(Some(NEXT))];
    refused(&given, define(AXIS), Refusal::Superseded);
    refused(&given, supersede(None), Refusal::Superseded);
}

#[test]
fn a_refusal_has_a_stable_code_and_names_its_field() {
    assert_eq!(Refusal::SucceedsItself.code(), "POLICY_FRAMEWORK_SUCCEEDS_ITSELF");
    assert_eq!(Refusal::SucceedsItself.field(), Some("successor"));
    assert_eq!(Refusal::DuplicateAxis.field(), Some("axis"));
    assert_eq!(Refusal::NotAdopted.field(), None);
}

fn correct(title: Option<Title>, on: Option<&str>) -> Command {
    let on = on.map(|it| it.parse().expect("a date"));
    Command::Correct { title, acronym: None, by: None, on, reason: reason() }
}

fn corrected(title: Option<Title>, on: Option<&str>) -> Event {
    let on = on.map(|it| it.parse().expect("a date"));
    Event::Corrected { title, acronym: None, by: None, on, reason: reason() }
}

fn other_title() -> Option<Title> {
    Title::fr("Stratégie nationale de l'immigration").ok()
}

fn annul(named_by: usize) -> Command {
    Command::Annul { by: ActorId::from_u128(9), reason: reason(), named_by }
}

fn annulled() -> Event {
    Event::Annulled { by: ActorId::from_u128(9), reason: reason() }
}

#[test]
fn what_it_says_of_itself_is_corrected_before_and_after_its_end() {
    for given in [vec![adopted()], vec![adopted(), superseded(None)]] {
        causes(&given, correct(other_title(), None), corrected(other_title(), None));
        causes(&given, correct(None, Some("2013")), corrected(None, Some("2013")));
        refused(&given, correct(Some(title()), Some("2014")), Refusal::NothingCorrected);
        refused(&given, correct(None, None), Refusal::NothingCorrected);
    }
    let given = [adopted(), corrected(other_title(), None)];
    refused(&given, correct(other_title(), None), Refusal::NothingCorrected);
    refused(&[], correct(other_title(), None), Refusal::NotAdopted);
}

#[test]
fn an_axis_is_corrected() {
    let title = other_title().expect("a title");
    let correct = |axis| Command::CorrectAxis { axis, title: title.clone(), reason: reason() };
    let corrected = Event::AxisCorrected { axis: AXIS, title: title.clone(), reason: reason() };
    let given = [adopted(), defined(AXIS)];
    causes(&given, correct(AXIS), corrected.clone());
    refused(&given, correct(AxisId::from_u128(33)), Refusal::UnknownAxis);
    refused(&[], correct(AXIS), Refusal::NotAdopted);
    refused(&[adopted(), defined(AXIS), corrected], correct(AXIS), Refusal::NothingCorrected);
}

#[test]
fn a_framework_that_no_programme_follows_is_annulled_and_takes_nothing_more() {
    causes(&[adopted()], annul(0), annulled());
    causes(&[adopted(), superseded(None)], annul(0), annulled());
    refused(&[adopted()], annul(2), Refusal::StillNamed { named_by: 2 });
    refused(&[], annul(0), Refusal::NotAdopted);
    let given = [adopted(), defined(AXIS), annulled()];
    for command in [annul(0), define(AXIS), supersede(None), correct(other_title(), None)] {
        refused(&given, command, Refusal::Annulled);
    }
    refused(&given, adopt(), Refusal::AlreadyAdopted);
    assert_eq!(Refusal::UnknownAxis.field(), Some("axis"));
    assert_eq!(Refusal::Annulled.code(), "POLICY_FRAMEWORK_ANNULLED");
}
