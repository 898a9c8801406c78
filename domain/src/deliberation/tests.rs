use super::*;
use crate::aggregate::Refused;
use crate::aggregate::given::{records, refuses, state};
use crate::ids::{ActorId, CitizenInitiativeId, DocumentId};
use crate::money::INTEGER_MAX;
use crate::text::Note;

const COMMUNE: ActorId = ActorId::from_u128(1);
const PETITION: CitizenInitiativeId = CitizenInitiativeId::from_u128(2);
const ACT: DocumentId = DocumentId::from_u128(3);

fn title() -> Title {
    Title::fr("Construction d'un terrain de sport").expect("a title")
}

fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

fn note() -> Note {
    Note::fr("Décision du conseil").expect("a note")
}

fn when(text: &str) -> Effective {
    text.parse().expect("a date")
}

fn many(count: i64) -> Quantity {
    Quantity::new(count).expect("in range")
}

/// In favour, against, abstained.
fn votes(counts: [i64; 3]) -> Votes {
    let [in_favour, against, abstained] = counts.map(many);
    Votes { members: None, quorum: None, present: None, in_favour, against, abstained }
}

fn council(members: i64, quorum: i64, present: i64, counts: [i64; 3]) -> Votes {
    let [members, quorum, present] = [members, quorum, present].map(|it| Some(many(it)));
    Votes { members, quorum, present, ..votes(counts) }
}

fn table() -> Command {
    Command::Table {
        council: COMMUNE,
        title: title(),
        session: Some(name("Session ordinaire de mai")),
        initiative: Some(PETITION),
        on: when("2018-05"),
    }
}

fn adopts(votes: Option<Votes>, on: &str) -> Command {
    Command::Adopt { number: Some(name("12/2018")), votes, document: Some(ACT), on: when(on) }
}

fn rejects(votes: Option<Votes>) -> Command {
    Command::Reject {
        number: None,
        votes,
        document: Some(ACT),
        reason: Some(note()),
        on: when("2018-06"),
    }
}

fn postpones(until: Option<&str>) -> Command {
    Command::Postpone { until: until.map(when), reason: Some(note()), on: when("2018-06") }
}

fn annul(on: &str) -> Command {
    Command::Annul { by: COMMUNE, reason: note(), on: when(on) }
}

fn correct() -> Command {
    let session = Some(name("Session extraordinaire"));
    Command::Correct { title: None, session, number: None, votes: None, on: None, reason: note() }
}

fn corrects(number: Option<&str>, votes: Option<Votes>, on: Option<&str>) -> Command {
    Command::Correct {
        title: None,
        session: None,
        number: number.map(name),
        votes,
        on: on.map(when),
        reason: note(),
    }
}

/// The commands that lead to `stage`.
fn at(stage: Stage) -> Vec<Command> {
    match stage {
        Stage::Unrecorded => vec![],
        Stage::Tabled => vec![table()],
        Stage::Postponed => vec![table(), postpones(Some("2018-07"))],
        Stage::Adopted => vec![table(), adopts(Some(votes([15, 2, 1])), "2018-06")],
        Stage::Rejected => vec![table(), rejects(Some(votes([2, 15, 1])))],
        Stage::Annulled => vec![table(), adopts(None, "2018-06"), annul("2019")],
    }
}

const RECORDED: [Stage; 5] =
    [Stage::Tabled, Stage::Postponed, Stage::Adopted, Stage::Rejected, Stage::Annulled];

#[track_caller]
fn takes(before: Vec<Command>, command: Command, name: &str) {
    records::<Deliberation>(before, command, name);
}

#[track_caller]
fn denies(before: Vec<Command>, command: Command, why: Refusal) {
    refuses::<Deliberation>(before, command, why);
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
    denies(vec![], command.clone(), Refusal::NotTabled);
}

#[test]
fn each_step_has_its_stages() {
    use Stage::{Adopted, Postponed, Rejected, Tabled};
    only_at(&[Tabled, Postponed], &adopts(None, "2018-07"), "adopted");
    only_at(&[Tabled, Postponed], &rejects(None), "rejected");
    only_at(&[Tabled, Postponed], &postpones(None), "postponed");
    only_at(&[Tabled, Postponed, Adopted, Rejected], &annul("2019"), "annulled");
    only_at(&[Tabled, Postponed, Adopted, Rejected], &correct(), "corrected");
}

#[test]
fn a_matter_is_tabled_once() {
    takes(vec![], table(), "tabled");
    for stage in RECORDED {
        denies(at(stage), table(), Refusal::AlreadyTabled);
    }
}

#[test]
fn votes_fit_together() {
    let takes_all = |votes: Votes| takes(at(Stage::Tabled), adopts(Some(votes), "2018"), "adopted");
    let denied = |votes: Votes, why| denies(at(Stage::Tabled), adopts(Some(votes), "2018"), why);
    takes_all(council(27, 14, 18, [15, 2, 1]));
    takes_all(council(27, 14, 20, [15, 2, 1]));
    takes_all(votes([1, 0, 0]));
    let crowd = |voters| Refusal::MoreVotesThanVoters { cast: 18, voters };
    denied(council(27, 14, 17, [15, 2, 1]), crowd(17));
    denied(Votes { members: Some(many(17)), ..votes([15, 2, 1]) }, crowd(17));
    let guests = Refusal::MorePresentThanMembers { present: 28, members: 27 };
    denied(council(27, 14, 28, [15, 2, 1]), guests);
    let far = Refusal::QuorumOutOfReach { quorum: 28, members: 27 };
    denied(council(27, 28, 27, [15, 2, 1]), far);
    let few = Refusal::NoQuorum { present: 13, quorum: 14 };
    denied(council(27, 14, 13, [13, 0, 0]), few);
    denied(votes([INTEGER_MAX, 1, 0]), Refusal::VotesOutOfRange);
    denied(votes([INTEGER_MAX, 0, 1]), Refusal::VotesOutOfRange);
}

#[test]
fn what_is_not_declared_contradicts_nothing() {
    let quorum = Votes { quorum: Some(many(14)), ..votes([3, 0, 0]) };
    takes(at(Stage::Tabled), adopts(Some(quorum), "2018"), "adopted");
    takes(at(Stage::Tabled), adopts(None, "unknown"), "adopted");
}

#[test]
fn the_votes_say_what_the_council_decided() {
    let adopted = |counts| adopts(Some(votes(counts)), "2018");
    let none = |in_favour, against| Refusal::NoMajority { in_favour, against };
    denies(at(Stage::Tabled), adopted([2, 15, 1]), none(2, 15));
    denies(at(Stage::Tabled), adopted([9, 9, 0]), none(9, 9));
    let rejected = |counts| rejects(Some(votes(counts)));
    takes(at(Stage::Tabled), rejected([9, 9, 0]), "rejected");
    takes(at(Stage::Tabled), rejected([2, 15, 1]), "rejected");
    let why = Refusal::MajorityInFavour { in_favour: 15, against: 2 };
    denies(at(Stage::Tabled), rejected([15, 2, 1]), why);
}

#[test]
fn a_council_decides_after_it_took_the_matter_up() {
    let why = |on, previous| Refusal::RunsBackwards { on: when(on), previous: when(previous) };
    denies(at(Stage::Tabled), adopts(None, "2018-04"), why("2018-04", "2018-05"));
    denies(at(Stage::Postponed), adopts(None, "2018-05"), why("2018-05", "2018-06"));
    denies(at(Stage::Tabled), annul("2018-04"), why("2018-04", "2018-05"));
    denies(at(Stage::Adopted), annul("2018-05"), why("2018-05", "2018-06"));
}

#[test]
fn a_matter_is_postponed_to_a_later_day_and_more_than_once() {
    let (until, on) = (when("2018-05"), when("2018-06"));
    let why = Refusal::PostponedBackwards { until, on };
    denies(at(Stage::Tabled), postpones(Some("2018-05")), why);
    takes(at(Stage::Postponed), postpones(Some("2018-09")), "postponed");
}

#[test]
fn a_correction_changes_something_and_stays_within_the_rules() {
    let adopted = || at(Stage::Adopted);
    denies(adopted(), corrects(None, None, None), Refusal::NothingCorrected);
    denies(adopted(), corrects(Some("12/2018"), None, None), Refusal::NothingCorrected);
    takes(adopted(), corrects(Some("13/2018"), None, None), "corrected");
    takes(adopted(), corrects(None, Some(votes([16, 2, 0])), None), "corrected");
    takes(adopted(), corrects(None, None, Some("2018-07")), "corrected");
    let why = Refusal::NoMajority { in_favour: 2, against: 15 };
    denies(adopted(), corrects(None, Some(votes([2, 15, 1])), None), why);
    let (on, previous) = (when("2018-04"), when("2018-05"));
    denies(
        adopted(),
        corrects(None, None, Some("2018-04")),
        Refusal::RunsBackwards { on, previous },
    );
    let twice = vec![table(), correct()];
    denies(twice, correct(), Refusal::NothingCorrected);
}

#[test]
fn what_was_not_decided_has_neither_a_number_nor_votes_nor_a_day() {
    let stage = Stage::Tabled;
    for none in [
        corrects(Some("12/2018"), None, None),
        corrects(None, Some(votes([1, 0, 0])), None),
        corrects(None, None, Some("2018-06")),
    ] {
        denies(at(stage), none, Refusal::NotDecided { stage });
    }
    let stage = Stage::Postponed;
    denies(at(stage), corrects(Some("12/2018"), None, None), Refusal::NotDecided { stage });
    takes(at(stage), corrects(None, None, Some("2018-07")), "corrected");
}

#[test]
fn only_an_adopted_act_bears_what_rests_on_it() {
    for stage in RECORDED {
        let act = state::<Deliberation>(at(stage));
        assert_eq!(act.stage(), stage);
        let adopted = stage == Stage::Adopted;
        let why = if adopted { Ok(()) } else { Err(Refusal::NotAdopted { stage }) };
        assert_eq!(act.must_be_adopted(), why);
        let decided = [Stage::Adopted, Stage::Rejected, Stage::Postponed].contains(&stage);
        let why = if decided { Ok(()) } else { Err(Refusal::NotDecided { stage }) };
        assert_eq!(act.must_have_decided(), why);
    }
}

#[test]
fn a_refusal_names_its_code_and_its_field() {
    let act = Refusal::NotAdopted { stage: Stage::Annulled };
    assert_eq!(
        (act.code().as_str(), act.field()),
        ("DELIBERATION_NOT_ADOPTED", Some("deliberation"))
    );
    assert_eq!(Refusal::VotesOutOfRange.field(), Some("votes"));
    let (until, on) = (when("2018"), when("2019"));
    assert_eq!(Refusal::PostponedBackwards { until, on }.field(), Some("until"));
    assert_eq!(Refusal::RunsBackwards { on, previous: until }.field(), Some("on"));
    assert_eq!(Refusal::NothingCorrected.field(), None);
}
