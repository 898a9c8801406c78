use jiff::civil::date;

use super::*;
use crate::aggregate::Refused;
use crate::aggregate::given::{records, refuses};
use crate::ids::{IndicatorId, InterventionId};
use crate::measure::Quantity;
use crate::population::{PARTS_MAX, Part, Sex};
use crate::text::Note;

const COMMUNE: ActorId = ActorId::from_u128(1);
const ASSOCIATION: ActorId = ActorId::from_u128(2);

fn note() -> Note {
    Note::fr("Les familles de deux douars manquaient").expect("a note")
}

fn title(text: &str) -> Title {
    Title::fr(text).expect("a title")
}

fn when(text: &str) -> Effective {
    text.parse().expect("a date")
}

fn many(count: i64) -> Quantity {
    Quantity::new(count).expect("in range")
}

fn period(from: &str, to: &str) -> Period {
    Period { from: when(from), to: when(to) }
}

fn place(key: &str) -> TerritoryId {
    key.parse().expect("a territory")
}

fn count(total: i64, parts: &[(Sex, i64)]) -> Headcount {
    let part = |&(sex, it): &(Sex, i64)| Part {
        sex: Some(sex),
        group: None,
        profession: None,
        count: many(it),
    };
    Headcount { parts: parts.iter().map(part).collect(), ..Headcount::of(many(total)) }
}

fn plans(groups: usize, indicators: usize, period: Period) -> Command {
    Command::Plan {
        by: COMMUNE,
        title: title("Les 1000 premiers jours"),
        channel: Channel::Meeting,
        programme: None,
        intervention: Some(InterventionId::from_u128(3)),
        territory: place("province-chtouka-ait-baha"),
        groups: vec![PopulationGroup::Families; groups],
        period,
        indicators: vec![IndicatorId::from_u128(4); indicators],
    }
}

fn plan() -> Command {
    plans(1, 1, period("2022-01", "2022-12"))
}

fn meets(on: &str) -> Command {
    let reached = Some(many(30));
    Command::RecordSession { title: None, reached, on: when(on), today: date(2022, 12, 31) }
}

fn completes(reached: Headcount, on: &str) -> Command {
    let (on, today) = (when(on), date(2022, 12, 31));
    Command::RecordCompletion { by: ASSOCIATION, reached, estimated: true, on, today }
}

fn complete() -> Command {
    completes(count(120, &[(Sex::Female, 90), (Sex::Male, 30)]), "2022-12")
}

fn cancel() -> Command {
    Command::Cancel { reason: note() }
}

fn recounts(by: ActorId, reached: Headcount, estimated: bool) -> Command {
    Command::CorrectCompletion { by, reached, estimated, reason: note() }
}

fn recount() -> Command {
    recounts(COMMUNE, count(150, &[]), false)
}

/// A correction of nothing, before somebody fills it in.
fn corrects(change: impl FnOnce(&mut Command)) -> Command {
    let mut command = Command::Correct {
        title: None,
        channel: None,
        territory: None,
        groups: None,
        period: None,
        reason: note(),
    };
    change(&mut command);
    command
}

fn moves_to(key: &str) -> Command {
    corrects(|it| {
        if let Command::Correct { territory, .. } = it {
            *territory = Some(place(key));
        }
    })
}

fn lasts(new: Period) -> Command {
    corrects(|it| {
        if let Command::Correct { period, .. } = it {
            *period = Some(new);
        }
    })
}

fn annul() -> Command {
    Command::Annul { by: COMMUNE, reason: note() }
}

/// The commands that lead to `stage`.
fn at(stage: Stage) -> Vec<Command> {
    match stage {
        Stage::Unrecorded => vec![],
        Stage::Planned => vec![plan()],
        Stage::Running => vec![plan(), meets("2022-02-01")],
        Stage::Completed => vec![plan(), meets("2022-02-01"), complete()],
        Stage::Cancelled => vec![plan(), cancel()],
        Stage::Annulled => vec![plan(), annul()],
    }
}

#[track_caller]
fn denies(before: Vec<Command>, command: Command, why: Refusal) {
    refuses::<AwarenessAction>(before, command, why);
}

#[track_caller]
fn allows(before: Vec<Command>, command: Command, name: &str) {
    records::<AwarenessAction>(before, command, name);
}

/// `command` is recorded as `name` at `stages`, and refused at every other one.
#[track_caller]
fn only_at(stages: &[Stage], command: &Command, name: &str) {
    use Stage::{Annulled, Cancelled, Completed, Planned, Running, Unrecorded};
    for stage in [Unrecorded, Planned, Running, Completed, Cancelled, Annulled] {
        let again = matches!(command, Command::RecordCompletion { .. }) && stage == Completed;
        if stages.contains(&stage) {
            allows(at(stage), command.clone(), name);
        } else if stage == Unrecorded {
            denies(vec![], command.clone(), Refusal::NotPlanned);
        } else if again {
            denies(at(stage), command.clone(), Refusal::AlreadyCompleted);
        } else {
            denies(at(stage), command.clone(), Refusal::OutOfTurn { stage });
        }
    }
}

#[test]
fn an_action_is_planned_once() {
    allows(vec![], plan(), "planned");
    denies(at(Stage::Planned), plan(), Refusal::AlreadyPlanned);
    denies(at(Stage::Annulled), plan(), Refusal::AlreadyPlanned);
}

#[test]
fn an_action_meets_completes_and_is_corrected_in_turn() {
    use Stage::{Cancelled, Completed, Planned, Running};
    only_at(&[Planned, Running], &meets("2022-03"), "session_recorded");
    only_at(&[Planned, Running], &complete(), "completion_recorded");
    only_at(&[Planned, Running], &cancel(), "cancelled");
    only_at(&[Completed], &recount(), "completion_corrected");
    let alive = &[Planned, Running, Completed, Cancelled];
    only_at(alive, &moves_to("province-tata"), "corrected");
    only_at(alive, &annul(), "annulled");
}

#[test]
fn a_period_runs_forward() {
    let why = || Refusal::EndsBeforeStart { from: when("2022-06"), to: when("2022-01") };
    denies(vec![], plans(1, 1, period("2022-06", "2022-01")), why());
    denies(at(Stage::Planned), lasts(period("2022-06", "2022-01")), why());
    allows(at(Stage::Planned), lasts(period("2022-06", "unknown")), "corrected");
}

#[test]
fn nothing_is_recorded_of_the_future() {
    let on = when("2023");
    denies(at(Stage::Planned), meets("2023"), Refusal::InTheFuture { on });
    denies(at(Stage::Planned), completes(count(1, &[]), "2023"), Refusal::InTheFuture { on });
}

#[test]
fn a_completion_follows_every_session() {
    let before = vec![plan(), meets("2022-03-01"), meets("2022-02-01")];
    let (on, session) = (when("2022-02"), when("2022-03-01"));
    let early = completes(count(1, &[]), "2022-02");
    denies(before, early, Refusal::CompletedBeforeSession { on, session });
}

#[test]
fn a_count_adds_up_and_counts_nobody_twice() {
    use Sex::Female;
    let half = || count(45, &[(Female, 20)]);
    let why = || Refusal::DoesNotAddUp { total: 45, parts: 20, unknown: 0 };
    denies(at(Stage::Running), completes(half(), "2022-06"), why());
    denies(at(Stage::Completed), recounts(COMMUNE, half(), true), why());
    let twice = count(40, &[(Female, 20), (Female, 20)]);
    denies(at(Stage::Running), completes(twice, "2022-06"), Refusal::OverlappingParts);
    let parts = count(0, &[(Female, 0); PARTS_MAX + 1]);
    denies(at(Stage::Running), completes(parts, "2022-06"), Refusal::TooMany { max: PARTS_MAX });
}

#[test]
fn small_counts_are_stored_for_a_province_and_not_below() {
    let few = completes(count(20, &[(Sex::Female, 3), (Sex::Male, 17)]), "2022-06");
    allows(at(Stage::Running), few.clone(), "completion_recorded");
    let near = moves_to("commune-belfaa");
    denies(vec![plan(), near.clone()], few.clone(), Refusal::SmallCell { count: 3 });
    // Nor does a correction bring them there afterwards.
    denies(vec![plan(), few], near, Refusal::SmallCell { count: 3 });
}

#[test]
fn who_corrects_the_count_is_not_who_recorded_it() {
    let by_recorder = recounts(ASSOCIATION, count(150, &[]), false);
    denies(at(Stage::Completed), by_recorder, Refusal::CorrectedByRecorder);
}

#[test]
fn a_correction_changes_something() {
    let why = || Refusal::NothingCorrected;
    denies(at(Stage::Planned), corrects(|_| {}), why());
    denies(at(Stage::Planned), moves_to("province-chtouka-ait-baha"), why());
    let mut before = at(Stage::Completed);
    before.push(recount());
    denies(before.clone(), recount(), why());
    allows(before, recounts(COMMUNE, count(150, &[]), true), "completion_corrected");
    let other = corrects(|it| {
        if let Command::Correct { title: name, channel, groups, .. } = it {
            *name = Some(title("Santé de la mère et de l'enfant"));
            *channel = Some(Channel::Caravan);
            *groups = Some(vec![PopulationGroup::Women]);
        }
    });
    allows(at(Stage::Planned), other, "corrected");
}

#[test]
fn lists_have_their_limits() {
    let year = period("2022", "2022");
    let max = GROUPS_MAX;
    denies(vec![], plans(max + 1, 1, year), Refusal::TooMany { max });
    let groups = corrects(|it| {
        if let Command::Correct { groups, .. } = it {
            *groups = Some(vec![PopulationGroup::Youth; max + 1]);
        }
    });
    denies(at(Stage::Planned), groups, Refusal::TooMany { max });
    let max = INDICATORS_MAX;
    denies(vec![], plans(1, max + 1, year), Refusal::TooMany { max });
    let mut before = vec![plan()];
    before.extend(std::iter::repeat_with(|| meets("2022-02")).take(SESSIONS_MAX));
    denies(before, meets("2022-02"), Refusal::TooMany { max: SESSIONS_MAX });
}

#[test]
fn a_refusal_names_its_code_and_its_field() {
    let small = Refusal::SmallCell { count: 3 };
    assert_eq!(small.code(), "AWARENESS_ACTION_SMALL_CELL");
    assert_eq!(small.field(), Some("reached"));
    assert_eq!(Refusal::InTheFuture { on: when("2030") }.field(), Some("on"));
    assert_eq!(Refusal::CorrectedByRecorder.field(), Some("by"));
    let (from, to) = (when("2030"), when("2029"));
    assert_eq!(Refusal::EndsBeforeStart { from, to }.field(), Some("period"));
    assert_eq!(Refusal::NothingCorrected.field(), None);
}
