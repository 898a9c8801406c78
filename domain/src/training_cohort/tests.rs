use jiff::civil::date;

use super::*;
use crate::aggregate::Refused;
use crate::aggregate::given::{records, refuses};
use crate::ids::{IndicatorId, InterventionId, ProgrammeId};
use crate::population::{PARTS_MAX, Part, Sex};
use crate::text::Note;

const REGION: ActorId = ActorId::from_u128(1);
const PARTNER: ActorId = ActorId::from_u128(2);

fn note() -> Note {
    Note::fr("Feuilles de présence relues").expect("a note")
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

fn plan() -> Command {
    Command::Plan {
        by: REGION,
        title: title("Formation-action d'entrepreneurs de retour"),
        programme: Some(ProgrammeId::from_u128(3)),
        intervention: Some(InterventionId::from_u128(4)),
        territory: place("province-tiznit"),
        groups: vec![PopulationGroup::ReturnedMoroccans],
        professions: vec![Profession::Entrepreneur],
        places: Some(many(45)),
        period: period("2021-01", "2021-06"),
        indicators: vec![IndicatorId::from_u128(5)],
    }
}

fn meets(on: &str) -> Command {
    Command::RecordSession {
        title: Some(title("Étude de marché")),
        attended: Some(many(40)),
        hours: Some(6),
        on: when(on),
        today: date(2021, 7, 1),
    }
}

fn completes(enrolled: Headcount, completed: Headcount, on: &str) -> Command {
    let (on, today) = (when(on), date(2021, 7, 1));
    Command::RecordCompletion { by: PARTNER, enrolled, completed, on, today }
}

fn complete() -> Command {
    let enrolled = count(45, &[(Sex::Female, 20), (Sex::Male, 25)]);
    completes(enrolled, count(41, &[(Sex::Female, 20), (Sex::Male, 21)]), "2021-06-30")
}

fn cancel() -> Command {
    Command::Cancel { reason: note() }
}

fn recounts(by: ActorId, enrolled: Headcount, completed: Headcount) -> Command {
    Command::CorrectCompletion { by, enrolled, completed, reason: note() }
}

fn recount() -> Command {
    recounts(REGION, count(45, &[]), count(42, &[]))
}

fn corrects(territory: Option<&str>, change: impl FnOnce(&mut Plan)) -> Command {
    let mut empty = Plan {
        title: title("-"),
        territory: place("ma"),
        groups: vec![],
        professions: vec![],
        places: None,
        period: period("unknown", "unknown"),
    };
    let before = empty.clone();
    change(&mut empty);
    let Plan { title, groups, professions, places, period, .. } = empty;
    Command::Correct {
        title: (title != before.title).then_some(title),
        territory: territory.map(place),
        groups: (groups != before.groups).then_some(groups),
        professions: (professions != before.professions).then_some(professions),
        places,
        period: (period != before.period).then_some(period),
        reason: note(),
    }
}

fn correct() -> Command {
    corrects(None, |it| it.places = Some(many(50)))
}

fn annul() -> Command {
    Command::Annul { by: REGION, reason: note() }
}

/// The commands that lead to `stage`.
fn at(stage: Stage) -> Vec<Command> {
    match stage {
        Stage::Unrecorded => vec![],
        Stage::Planned => vec![plan()],
        Stage::Running => vec![plan(), meets("2021-02-01")],
        Stage::Completed => vec![plan(), meets("2021-02-01"), complete()],
        Stage::Cancelled => vec![plan(), cancel()],
        Stage::Annulled => vec![plan(), annul()],
    }
}

#[track_caller]
fn denies(before: Vec<Command>, command: Command, why: Refusal) {
    refuses::<TrainingCohort>(before, command, why);
}

#[track_caller]
fn allows(before: Vec<Command>, command: Command, name: &str) {
    records::<TrainingCohort>(before, command, name);
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
fn a_training_is_planned_once() {
    allows(vec![], plan(), "planned");
    denies(at(Stage::Planned), plan(), Refusal::AlreadyPlanned);
    denies(at(Stage::Annulled), plan(), Refusal::AlreadyPlanned);
}

#[test]
fn a_training_meets_completes_and_is_corrected_in_turn() {
    use Stage::{Cancelled, Completed, Planned, Running};
    only_at(&[Planned, Running], &meets("2021-03"), "session_recorded");
    only_at(&[Planned, Running], &complete(), "completion_recorded");
    only_at(&[Planned, Running], &cancel(), "cancelled");
    only_at(&[Completed], &recount(), "completion_corrected");
    let alive = &[Planned, Running, Completed, Cancelled];
    only_at(alive, &correct(), "corrected");
    only_at(alive, &annul(), "annulled");
}

#[test]
fn a_period_runs_forward() {
    let mut reversed = plan();
    if let Command::Plan { period: it, .. } = &mut reversed {
        *it = period("2021-06", "2021-01");
    }
    let why = || Refusal::EndsBeforeStart { from: when("2021-06"), to: when("2021-01") };
    denies(vec![], reversed, why());
    let command = corrects(None, |it| it.period = period("2021-06", "2021-01"));
    denies(at(Stage::Planned), command, why());
    let open = corrects(None, |it| it.period = period("2021-06", "unknown"));
    allows(at(Stage::Planned), open, "corrected");
}

#[test]
fn nothing_is_recorded_of_the_future() {
    let on = when("2021-07-02");
    denies(at(Stage::Planned), meets("2021-07-02"), Refusal::InTheFuture { on });
    let early = completes(count(1, &[]), count(1, &[]), "2021-07-02");
    denies(at(Stage::Running), early, Refusal::InTheFuture { on });
    allows(at(Stage::Planned), meets("2021"), "session_recorded");
}

#[test]
fn a_completion_follows_every_session() {
    let before = vec![plan(), meets("2021-03-01"), meets("2021-02-01")];
    let (on, session) = (when("2021-02"), when("2021-03-01"));
    let early = completes(count(1, &[]), count(1, &[]), "2021-02");
    denies(before.clone(), early, Refusal::CompletedBeforeSession { on, session });
    allows(before, completes(count(1, &[]), count(1, &[]), "2021-03"), "completion_recorded");
}

#[test]
fn no_more_complete_a_training_than_began_it() {
    use Sex::{Female, Male};
    let more = |completed, enrolled| Refusal::MoreCompletedThanEnrolled { completed, enrolled };
    let run = || at(Stage::Running);
    denies(run(), completes(count(45, &[]), count(46, &[]), "2021-06"), more(46, 45));
    let enrolled = || count(45, &[(Female, 20), (Male, 25)]);
    let women = count(41, &[(Female, 21), (Male, 20)]);
    denies(run(), completes(enrolled(), women, "2021-06"), more(21, 20));
    denies(at(Stage::Completed), recounts(REGION, enrolled(), count(46, &[])), more(46, 45));
}

#[test]
fn each_count_adds_up_and_counts_nobody_twice() {
    use Sex::{Female, Male};
    let half = || count(45, &[(Female, 20)]);
    let whole = || count(45, &[(Female, 20), (Male, 25)]);
    let why = |of| Refusal::DoesNotAddUp { of, total: 45, parts: 20, unknown: 0 };
    let run = || at(Stage::Running);
    denies(run(), completes(half(), whole(), "2021-06"), why(Counted::Enrolled));
    denies(run(), completes(whole(), half(), "2021-06"), why(Counted::Completed));
    denies(at(Stage::Completed), recounts(REGION, whole(), half()), why(Counted::Completed));
    let twice = count(40, &[(Female, 20), (Female, 20)]);
    let of = Counted::Completed;
    denies(run(), completes(whole(), twice, "2021-06"), Refusal::OverlappingParts { of });
    let parts = vec![(Female, 0); PARTS_MAX + 1];
    let many = completes(whole(), count(0, &parts), "2021-06");
    denies(run(), many, Refusal::TooMany { max: PARTS_MAX });
}

#[test]
fn small_counts_are_stored_for_a_province_and_not_below() {
    let few = || count(20, &[(Sex::Female, 3), (Sex::Male, 17)]);
    let why = |of| Refusal::SmallCell { of, count: 3 };
    let recorded = completes(few(), count(20, &[]), "2021-06");
    allows(at(Stage::Running), recorded.clone(), "completion_recorded");
    let near = corrects(Some("commune-belfaa"), |_| {});
    let mut before = at(Stage::Running);
    before.push(near.clone());
    denies(before.clone(), recorded.clone(), why(Counted::Enrolled));
    let wide = completes(count(20, &[]), few(), "2021-06");
    denies(before, wide, why(Counted::Completed));
    // Nor does a correction bring them there afterwards.
    let before = vec![plan(), recorded];
    denies(before, near, why(Counted::Enrolled));
}

#[test]
fn who_corrects_the_counts_is_not_who_recorded_them() {
    let done = || at(Stage::Completed);
    denies(done(), recounts(PARTNER, count(45, &[]), count(42, &[])), Refusal::CorrectedByRecorder);
    let mut before = done();
    before.push(recount());
    let again = recounts(PARTNER, count(45, &[]), count(43, &[]));
    denies(before, again, Refusal::CorrectedByRecorder);
}

#[test]
fn a_correction_changes_something() {
    let why = || Refusal::NothingCorrected;
    denies(at(Stage::Planned), corrects(None, |_| {}), why());
    denies(at(Stage::Planned), corrects(Some("province-tiznit"), |_| {}), why());
    let mut before = at(Stage::Completed);
    before.push(recount());
    denies(before, recount(), why());
    for command in [
        corrects(Some("province-tata"), |_| {}),
        corrects(None, |it| it.title = title("Formation-action")),
        corrects(None, |it| it.groups = vec![PopulationGroup::Youth]),
        corrects(None, |it| it.professions = vec![Profession::Other]),
    ] {
        allows(at(Stage::Planned), command, "corrected");
    }
}

#[test]
fn places_are_at_least_one_and_lists_have_their_limits() {
    denies(
        at(Stage::Planned),
        corrects(None, |it| it.places = Some(Quantity::ZERO)),
        Refusal::NoPlaces,
    );
    let max = GROUPS_MAX;
    let groups = vec![PopulationGroup::Youth; max + 1];
    let command = corrects(None, |it| it.groups = groups);
    denies(at(Stage::Planned), command, Refusal::TooMany { max });
    let max = PROFESSIONS_MAX;
    let professions = vec![Profession::Nurse; max + 1];
    let command = corrects(None, |it| it.professions = professions);
    denies(at(Stage::Planned), command, Refusal::TooMany { max });
    let mut command = plan();
    if let Command::Plan { indicators, .. } = &mut command {
        *indicators = vec![IndicatorId::from_u128(1); INDICATORS_MAX + 1];
    }
    denies(vec![], command, Refusal::TooMany { max: INDICATORS_MAX });
    let mut before = vec![plan()];
    before.extend(std::iter::repeat_with(|| meets("2021-02")).take(SESSIONS_MAX));
    denies(before, meets("2021-02"), Refusal::TooMany { max: SESSIONS_MAX });
}

#[test]
fn a_refusal_names_its_code_and_its_field() {
    let small = Refusal::SmallCell { of: Counted::Enrolled, count: 3 };
    assert_eq!(small.code(), "TRAINING_COHORT_SMALL_CELL");
    assert_eq!(small.field(), Some("enrolled"));
    assert_eq!(Refusal::NoPlaces.field(), Some("places"));
    assert_eq!(Refusal::CorrectedByRecorder.field(), Some("by"));
    let on = when("2030");
    assert_eq!(Refusal::InTheFuture { on }.field(), Some("on"));
    assert_eq!(Refusal::NothingCorrected.field(), None);
}
