use super::*;
use crate::aggregate::Refused;
use crate::aggregate::given::{records, refuses};
use crate::indicator::SMALL_CELL_MAX;

const ASSOCIATION: ActorId = ActorId::from_u128(1);
const COMMUNE: ActorId = ActorId::from_u128(2);
const FIRST: DeliberationId = DeliberationId::from_u128(3);
const SECOND: DeliberationId = DeliberationId::from_u128(4);

fn title() -> Title {
    Title::fr("Un terrain de sport pour Belfaâ").expect("a title")
}

fn note() -> Note {
    Note::fr("Portée par de jeunes habitants").expect("a note")
}

fn when(text: &str) -> Effective {
    text.parse().expect("a date")
}

fn territory(slug: &str) -> TerritoryId {
    slug.parse().expect("a territory")
}

fn many(count: i64) -> Quantity {
    Quantity::new(count).expect("in range")
}

fn receives(place: &str, signatures: Option<i64>, groups: usize) -> Command {
    Command::Receive {
        title: title(),
        summary: Some(note()),
        territory: territory(place),
        groups: vec![PopulationGroup::Youth; groups],
        signatures: signatures.map(many),
        on: when("2018"),
    }
}

fn receive() -> Command {
    receives("commune-belfaa", Some(240), 1)
}

fn endorses(by: ActorId) -> Command {
    Command::Endorse { by, note: Some(note()), on: when("2018") }
}

fn refer(on: &str) -> Command {
    Command::Refer { to: COMMUNE, on: when(on) }
}

fn link(deliberation: DeliberationId, on: &str) -> Command {
    Command::LinkDeliberation { deliberation, on: when(on) }
}

/// A correction of what `change` changes, and of nothing else.
fn corrects(change: impl FnOnce(&mut Said)) -> Command {
    let before = Said {
        title: title(),
        summary: None,
        territory: territory("commune-belfaa"),
        groups: vec![PopulationGroup::Youth],
        signatures: Some(many(240)),
        on: when("2018"),
    };
    let mut after = before.clone();
    change(&mut after);
    let changed = |differs: bool| differs.then_some(());
    Command::Correct {
        title: changed(after.title != before.title).map(|()| after.title),
        summary: after.summary,
        territory: changed(after.territory != before.territory).map(|()| after.territory),
        groups: changed(after.groups != before.groups).map(|()| after.groups),
        signatures: after.signatures.filter(|it| before.signatures != Some(*it)),
        on: changed(after.on != before.on).map(|()| after.on),
        reason: note(),
    }
}

fn correct() -> Command {
    corrects(|it| it.signatures = Some(many(420)))
}

fn annul() -> Command {
    Command::Annul { by: COMMUNE, reason: note() }
}

/// The commands that lead to `stage`.
fn at(stage: Stage) -> Vec<Command> {
    let endorsed = vec![receive(), endorses(ASSOCIATION)];
    match stage {
        Stage::Unrecorded => vec![],
        Stage::Received => vec![receive()],
        Stage::Endorsed => endorsed,
        Stage::Referred => with(endorsed, [refer("2018")]),
        Stage::Answered => with(endorsed, [refer("2018"), link(FIRST, "2018")]),
        Stage::Annulled => with(endorsed, [annul()]),
    }
}

const RECORDED: [Stage; 5] =
    [Stage::Received, Stage::Endorsed, Stage::Referred, Stage::Answered, Stage::Annulled];

fn with(mut before: Vec<Command>, more: impl IntoIterator<Item = Command>) -> Vec<Command> {
    before.extend(more);
    before
}

#[track_caller]
fn takes(before: Vec<Command>, command: Command, name: &str) {
    records::<CitizenInitiative>(before, command, name);
}

#[track_caller]
fn denies(before: Vec<Command>, command: Command, why: Refusal) {
    refuses::<CitizenInitiative>(before, command, why);
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
    denies(vec![], command.clone(), Refusal::NotReceived);
}

#[test]
fn each_step_has_its_stages() {
    use Stage::{Answered, Endorsed, Received, Referred};
    only_at(&[Received, Endorsed, Referred], &endorses(COMMUNE), "endorsed");
    only_at(&[Received, Endorsed], &refer("2018"), "referred");
    only_at(&[Referred, Answered], &link(SECOND, "2018"), "deliberation_linked");
    only_at(&[Received, Endorsed, Referred, Answered], &correct(), "corrected");
    only_at(&[Received, Endorsed, Referred, Answered], &annul(), "annulled");
}

#[test]
fn an_initiative_is_received_once_within_its_limits() {
    takes(vec![], receive(), "received");
    takes(vec![], receives("commune-belfaa", None, 1), "received");
    for stage in RECORDED {
        denies(at(stage), receive(), Refusal::AlreadyReceived);
    }
    let crowd = receives("commune-belfaa", None, GROUPS_MAX + 1);
    denies(vec![], crowd, Refusal::TooMany { max: GROUPS_MAX });
}

#[test]
fn a_number_of_signatures_points_at_nobody() {
    denies(vec![], receives("commune-belfaa", Some(0), 1), Refusal::NothingSigned);
    for count in 1..=SMALL_CELL_MAX {
        let small = receives("commune-belfaa", Some(count), 1);
        denies(vec![], small, Refusal::SmallCount { count });
        takes(vec![], receives("province-chtouka-ait-baha", Some(count), 1), "received");
    }
    takes(vec![], receives("commune-belfaa", Some(SMALL_CELL_MAX + 1), 1), "received");
}

#[test]
fn an_actor_endorses_once() {
    denies(at(Stage::Endorsed), endorses(ASSOCIATION), Refusal::AlreadyEndorsed);
    let number = u128::try_from(ENDORSEMENTS_MAX).expect("a small number");
    let crowd = (0..number).map(|it| endorses(ActorId::from_u128(it + 9)));
    let full = with(at(Stage::Received), crowd);
    denies(full, endorses(COMMUNE), Refusal::TooMany { max: ENDORSEMENTS_MAX });
}

#[test]
fn a_council_may_answer_more_than_once_but_not_twice_by_one_act() {
    denies(at(Stage::Answered), link(FIRST, "2018"), Refusal::AlreadyLinked);
    let number = u128::try_from(DELIBERATIONS_MAX).expect("a small number");
    let many = (0..number).map(|it| link(DeliberationId::from_u128(it + 9), "2019"));
    let full = with(at(Stage::Referred), many);
    denies(full, link(FIRST, "2019"), Refusal::TooMany { max: DELIBERATIONS_MAX });
}

#[test]
fn nothing_answers_before_it_is_asked() {
    let why = || Refusal::BeforeReception { on: when("2017"), received: when("2018") };
    denies(at(Stage::Received), refer("2017"), why());
    denies(at(Stage::Referred), link(FIRST, "2017"), why());
    takes(at(Stage::Received), refer("2018-03"), "referred");
    takes(at(Stage::Received), refer("unknown"), "referred");
}

#[test]
fn a_correction_changes_something_and_stays_within_the_rules() {
    denies(at(Stage::Received), corrects(|_| ()), Refusal::NothingCorrected);
    let same = corrects(|it| it.summary = Some(note()));
    denies(at(Stage::Received), same, Refusal::NothingCorrected);
    let other = Title::fr("Terrain de sport").expect("a title");
    takes(at(Stage::Received), corrects(|it| it.title = other), "corrected");
    let elsewhere = corrects(|it| it.territory = territory("commune-biougra"));
    takes(at(Stage::Received), elsewhere, "corrected");
    let crowd = corrects(|it| it.groups = vec![PopulationGroup::Women; GROUPS_MAX + 1]);
    denies(at(Stage::Received), crowd, Refusal::TooMany { max: GROUPS_MAX });
    let small = corrects(|it| it.signatures = Some(many(2)));
    denies(at(Stage::Received), small, Refusal::SmallCount { count: 2 });
    let late = || corrects(|it| it.on = when("2019"));
    takes(at(Stage::Received), late(), "corrected");
    let why = Refusal::BeforeReception { on: when("2018"), received: when("2019") };
    denies(at(Stage::Referred), late(), why);
}

#[test]
fn what_was_corrected_is_what_the_next_correction_is_measured_by() {
    let corrected = with(at(Stage::Received), [correct()]);
    denies(corrected.clone(), correct(), Refusal::NothingCorrected);
    let back = Command::Correct {
        title: None,
        summary: None,
        territory: None,
        groups: None,
        signatures: Some(many(240)),
        on: None,
        reason: note(),
    };
    takes(corrected, back, "corrected");
}

#[test]
fn a_refusal_names_its_code_and_its_field() {
    let small = Refusal::SmallCount { count: 3 };
    assert_eq!(small.code(), "CITIZEN_INITIATIVE_SMALL_COUNT");
    assert_eq!(small.field(), Some("signatures"));
    assert_eq!(Refusal::AlreadyLinked.field(), Some("deliberation"));
    let early = Refusal::BeforeReception { on: when("2017"), received: when("2018") };
    assert_eq!(early.field(), Some("on"));
    assert_eq!(Refusal::NothingCorrected.field(), None);
}
