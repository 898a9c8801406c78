use super::*;
use crate::aggregate::Refused;
use crate::aggregate::given::{records, refuses, state};
use crate::text::Note;

const REGION: ActorId = ActorId::from_u128(1);
const COMMUNE: ActorId = ActorId::from_u128(2);
const FIRST: MembershipId = MembershipId::from_u128(3);
const SECOND: MembershipId = MembershipId::from_u128(4);

fn title() -> Title {
    Title::fr("Dispositif régional de la gouvernance des migrations").expect("a title")
}

fn reason() -> Note {
    Note::fr("Fin du mandat").expect("a note")
}

fn when(text: &str) -> Effective {
    text.parse().expect("a date")
}

fn constitute() -> Command {
    Command::Constitute {
        kind: Kind::GovernanceMechanism,
        title: title(),
        territory: "region-souss-massa".parse().ok(),
        programme: None,
        deliberation: None,
        on: when("2021"),
    }
}

fn joins(membership: MembershipId, actor: ActorId, seat: Seat, from: &str) -> Command {
    Command::AddMember { membership, actor, seat, from: when(from) }
}

fn chairs() -> Command {
    joins(FIRST, REGION, Seat::Chair, "2021-06")
}

fn leaves(membership: MembershipId, to: &str) -> Command {
    Command::EndMembership { membership, to: when(to), reason: Some(reason()) }
}

fn dissolve(on: &str) -> Command {
    Command::Dissolve { on: when(on), reason: reason() }
}

fn correct(kind: Option<Kind>, title: Option<Title>, on: Option<&str>) -> Command {
    Command::Correct { kind, title, on: on.map(when), reason: reason() }
}

fn annul() -> Command {
    Command::Annul { by: REGION, reason: reason() }
}

fn standing() -> Vec<Command> {
    vec![constitute(), chairs()]
}

fn with(mut before: Vec<Command>, more: impl IntoIterator<Item = Command>) -> Vec<Command> {
    before.extend(more);
    before
}

fn dissolved() -> Vec<Command> {
    with(standing(), [dissolve("2025")])
}

fn annulled() -> Vec<Command> {
    with(standing(), [annul()])
}

#[track_caller]
fn takes(before: Vec<Command>, command: Command, name: &str) {
    records::<CoordinationBody>(before, command, name);
}

#[track_caller]
fn denies(before: Vec<Command>, command: Command, why: Refusal) {
    refuses::<CoordinationBody>(before, command, why);
}

#[test]
fn a_body_is_constituted_once() {
    takes(vec![], constitute(), "constituted");
    for before in [standing(), dissolved(), annulled()] {
        denies(before, constitute(), Refusal::AlreadyConstituted);
    }
}

#[test]
fn each_step_has_its_stages() {
    let joins = joins(SECOND, COMMUNE, Seat::Member, "2022");
    let corrects = correct(Some(Kind::SteeringCommittee), None, None);
    let stage = Stage::Dissolved;
    for (command, name, after) in [
        (joins, "member_added", false),
        (dissolve("2026"), "dissolved", false),
        (leaves(FIRST, "2024"), "membership_ended", true),
        (corrects, "corrected", true),
        (annul(), "annulled", true),
    ] {
        takes(standing(), command.clone(), name);
        if after {
            takes(dissolved(), command.clone(), name);
        } else {
            denies(dissolved(), command.clone(), Refusal::OutOfTurn { stage });
        }
        denies(annulled(), command.clone(), Refusal::Annulled);
        denies(vec![], command, Refusal::NotConstituted);
    }
}

#[test]
fn one_chair_at_a_time() {
    let second = || joins(SECOND, COMMUNE, Seat::Chair, "2023");
    denies(standing(), second(), Refusal::SecondChair { chair: REGION });
    takes(standing(), joins(SECOND, COMMUNE, Seat::Secretariat, "2023"), "member_added");
    takes(with(standing(), [leaves(FIRST, "2022")]), second(), "member_added");
    takes(with(standing(), [leaves(FIRST, "2023")]), second(), "member_added");
    let chaired = with(standing(), [leaves(FIRST, "2024")]);
    denies(chaired, second(), Refusal::SecondChair { chair: REGION });
}

#[test]
fn an_actor_has_a_seat_once_at_a_time() {
    let sits = |id| joins(id, COMMUNE, Seat::Member, "2022");
    let before = with(standing(), [sits(SECOND)]);
    denies(before.clone(), sits(SECOND), Refusal::DuplicateMembership);
    let third = MembershipId::from_u128(5);
    denies(before.clone(), sits(third), Refusal::AlreadySits);
    takes(before.clone(), joins(third, COMMUNE, Seat::Secretariat, "2022"), "member_added");
    takes(with(before, [leaves(SECOND, "2023")]), sits(third), "member_added");
}

#[test]
fn a_membership_ends_once_and_after_it_began() {
    denies(standing(), leaves(SECOND, "2023"), Refusal::UnknownMembership);
    let (from, to) = (when("2021-06"), when("2021-05"));
    denies(standing(), leaves(FIRST, "2021-05"), Refusal::EndsBeforeStart { from, to });
    takes(standing(), leaves(FIRST, "2021"), "membership_ended");
    let over = Refusal::MembershipOver { to: when("2022") };
    denies(with(standing(), [leaves(FIRST, "2022")]), leaves(FIRST, "2023"), over);
}

#[test]
fn a_body_is_not_dissolved_before_it_is_constituted() {
    let (from, to) = (when("2021"), when("2020"));
    denies(standing(), dissolve("2020"), Refusal::EndsBeforeStart { from, to });
    takes(standing(), dissolve("2021-02"), "dissolved");
    let (from, to) = (when("2026"), when("2025"));
    let later = correct(None, None, Some("2026"));
    denies(dissolved(), later.clone(), Refusal::EndsBeforeStart { from, to });
    takes(standing(), later, "corrected");
}

#[test]
fn a_correction_changes_something() {
    denies(standing(), correct(None, None, None), Refusal::NothingCorrected);
    let same = correct(Some(Kind::GovernanceMechanism), Some(title()), Some("2021"));
    denies(standing(), same, Refusal::NothingCorrected);
    let other = || correct(None, Title::fr("Comité régional").ok(), Some("2020"));
    takes(standing(), other(), "corrected");
    denies(with(standing(), [other()]), other(), Refusal::NothingCorrected);
}

#[test]
fn memberships_have_their_limit() {
    let number = u128::try_from(MEMBERSHIPS_MAX).expect("a small number");
    let crowd = (0..number).map(|it| {
        let (id, actor) = (MembershipId::from_u128(it + 9), ActorId::from_u128(it + 9));
        joins(id, actor, Seat::Observer, "2022")
    });
    denies(with(vec![constitute()], crowd), chairs(), Refusal::TooMany { max: MEMBERSHIPS_MAX });
}

#[test]
fn a_body_stands_from_its_constitution_to_its_end() {
    let stands = |before| state::<CoordinationBody>(before).stands();
    assert!(stands(standing()));
    assert!(!stands(vec![]) && !stands(dissolved()) && !stands(annulled()));
}

#[test]
fn a_refusal_names_its_code_and_its_field() {
    let second = Refusal::SecondChair { chair: REGION };
    assert_eq!(second.code(), "COORDINATION_BODY_SECOND_CHAIR");
    assert_eq!(second.field(), Some("seat"));
    assert_eq!(Refusal::UnknownMembership.field(), Some("membership"));
    assert_eq!(Refusal::NothingCorrected.field(), None);
}
