use jiff::civil::date;

use super::*;
use crate::aggregate::Refused;
use crate::aggregate::given::{records, refuses};
use crate::ids::CoordinationBodyId;
use crate::text::Note;

const REGION: ActorId = ActorId::from_u128(1);
const COMMUNE: ActorId = ActorId::from_u128(2);
const DECISION: BodyDecisionId = BodyDecisionId::from_u128(3);
const ACTION: ActionPointId = ActionPointId::from_u128(4);
const OTHER: ActionPointId = ActionPointId::from_u128(5);
const DUE: Date = date(2024, 9, 30);

fn title() -> Title {
    Title::fr("Réunion du comité de pilotage").expect("a title")
}

fn note() -> Note {
    Note::fr("Suivi des interventions").expect("a note")
}

fn when(text: &str) -> Effective {
    text.parse().expect("a date")
}

fn convenes(body_stands: bool) -> Command {
    Command::Convene {
        body: CoordinationBodyId::from_u128(9),
        title: title(),
        agenda: Some(note()),
        on: when("2024-06-10"),
        body_stands,
    }
}

fn convene() -> Command {
    convenes(true)
}

fn holds(attending: &[ActorId], on: &str) -> Command {
    Command::Hold { attending: attending.to_vec(), on: when(on) }
}

fn hold() -> Command {
    holds(&[REGION, COMMUNE], "2024-06-12")
}

fn cancel() -> Command {
    Command::Cancel { reason: note() }
}

fn decides(decision: BodyDecisionId) -> Command {
    let note = Some(note());
    Command::RecordDecision { decision, title: title(), note, programme: None, intervention: None }
}

fn decide() -> Command {
    decides(DECISION)
}

fn assigns(action: ActionPointId, decision: Option<BodyDecisionId>, due: Date) -> Command {
    Command::AssignAction { action, decision, owner: COMMUNE, title: title(), due }
}

fn assign() -> Command {
    assigns(ACTION, None, DUE)
}

fn reschedules(action: ActionPointId, due: Date) -> Command {
    Command::RescheduleAction { action, due, reason: note() }
}

fn closes(action: ActionPointId, done: bool, on: &str) -> Command {
    Command::CloseAction { action, done, outcome: Some(note()), on: when(on) }
}

fn minutes(on: &str) -> Command {
    Command::RecordMinutes { document: None, on: when(on) }
}

fn approve(on: &str) -> Command {
    Command::ApproveMinutes { on: when(on) }
}

fn correct(title: Option<Title>, attending: Option<&[ActorId]>, on: Option<&str>) -> Command {
    let attending = attending.map(<[_]>::to_vec);
    Command::Correct { title, attending, on: on.map(when), reason: note() }
}

fn annul() -> Command {
    Command::Annul { by: REGION, reason: note() }
}

/// The commands that lead to `stage`, with an open action where it met.
fn at(stage: Stage) -> Vec<Command> {
    let held = vec![convene(), hold(), decide(), assign()];
    match stage {
        Stage::Unrecorded => vec![],
        Stage::Convened => vec![convene()],
        Stage::Held => held,
        Stage::Minuted => with(held, [minutes("2024-06-20")]),
        Stage::Approved => with(held, [minutes("2024-06-20"), approve("2024-07")]),
        Stage::Cancelled => vec![convene(), cancel()],
        Stage::Annulled => with(held, [annul()]),
    }
}

const STANDING: [Stage; 5] =
    [Stage::Convened, Stage::Held, Stage::Minuted, Stage::Approved, Stage::Cancelled];

fn with(mut before: Vec<Command>, more: impl IntoIterator<Item = Command>) -> Vec<Command> {
    before.extend(more);
    before
}

#[track_caller]
fn takes(before: Vec<Command>, command: Command, name: &str) {
    records::<Meeting>(before, command, name);
}

#[track_caller]
fn denies(before: Vec<Command>, command: Command, why: Refusal) {
    refuses::<Meeting>(before, command, why);
}

/// `command` is recorded as `name` at `stages` and refused at every other one.
#[track_caller]
fn only_at(stages: &[Stage], command: &Command, name: &str) {
    for stage in STANDING {
        if stages.contains(&stage) {
            takes(at(stage), command.clone(), name);
        } else {
            denies(at(stage), command.clone(), Refusal::OutOfTurn { stage });
        }
    }
    denies(vec![], command.clone(), Refusal::NotConvened);
    denies(at(Stage::Annulled), command.clone(), Refusal::Annulled);
}

#[test]
fn each_step_has_its_stages() {
    use Stage::{Approved, Convened, Held, Minuted};
    let (deciding, met) = ([Held, Minuted], [Held, Minuted, Approved]);
    only_at(&[Convened], &hold(), "held");
    only_at(&[Convened], &cancel(), "cancelled");
    only_at(&deciding, &decides(BodyDecisionId::from_u128(33)), "decision_recorded");
    only_at(&deciding, &assigns(OTHER, None, DUE), "action_assigned");
    only_at(&met, &reschedules(ACTION, date(2024, 12, 31)), "action_rescheduled");
    only_at(&met, &closes(ACTION, true, "2024-09"), "action_closed");
    only_at(&[Held], &minutes("2024-06-20"), "minutes_recorded");
    only_at(&[Minuted], &approve("2024-07"), "minutes_approved");
    only_at(&met, &correct(None, Some(&[REGION]), None), "corrected");
    only_at(&STANDING, &correct(None, None, Some("2024")), "corrected");
    only_at(&STANDING, &annul(), "annulled");
}

#[test]
fn only_a_body_that_stands_is_called_together_and_each_meeting_once() {
    takes(vec![], convene(), "convened");
    denies(vec![], convenes(false), Refusal::BodyDoesNotStand);
    for stage in [Stage::Convened, Stage::Cancelled, Stage::Annulled] {
        denies(at(stage), convene(), Refusal::AlreadyConvened);
    }
}

#[test]
fn an_actor_attends_once() {
    let twice = [REGION, COMMUNE, REGION];
    denies(at(Stage::Convened), holds(&twice, "2024"), Refusal::AttendsTwice);
    takes(at(Stage::Convened), holds(&[], "unknown"), "held");
    denies(at(Stage::Held), correct(None, Some(&twice), None), Refusal::AttendsTwice);
}

#[test]
fn a_decision_is_recorded_once_and_an_action_follows_a_known_one() {
    denies(at(Stage::Held), decide(), Refusal::DuplicateDecision);
    takes(at(Stage::Held), assigns(OTHER, Some(DECISION), DUE), "action_assigned");
    let unknown = Some(BodyDecisionId::from_u128(33));
    denies(at(Stage::Held), assigns(OTHER, unknown, DUE), Refusal::UnknownDecision);
    denies(at(Stage::Held), assign(), Refusal::DuplicateAction);
}

#[test]
fn nothing_is_due_or_done_before_the_meeting() {
    let (due, held) = (date(2024, 6, 11), when("2024-06-12"));
    let early = Refusal::DueBeforeMeeting { due, held };
    denies(at(Stage::Held), assigns(OTHER, None, due), early.clone());
    denies(at(Stage::Held), reschedules(ACTION, due), early);
    takes(at(Stage::Held), assigns(OTHER, None, date(2024, 6, 12)), "action_assigned");
    let before = |on| Refusal::BeforeMeeting { on: when(on), held };
    denies(at(Stage::Held), closes(ACTION, true, "2024-05"), before("2024-05"));
    takes(at(Stage::Held), closes(ACTION, true, "2024-06"), "action_closed");
    denies(at(Stage::Held), minutes("2023"), before("2023"));
    takes(at(Stage::Held), minutes("unknown"), "minutes_recorded");
    let moved = with(at(Stage::Held), [correct(None, None, Some("2024-05-02"))]);
    takes(moved, assigns(OTHER, None, due), "action_assigned");
}

#[test]
fn an_action_moves_while_it_is_open_and_is_closed_once() {
    let later = date(2024, 12, 31);
    let before = || at(Stage::Approved);
    denies(before(), reschedules(OTHER, later), Refusal::UnknownAction);
    denies(before(), closes(OTHER, true, "2024-09"), Refusal::UnknownAction);
    denies(before(), reschedules(ACTION, DUE), Refusal::NothingMoved { due: DUE });
    let moved = with(before(), [reschedules(ACTION, later)]);
    denies(moved.clone(), reschedules(ACTION, later), Refusal::NothingMoved { due: later });
    takes(moved.clone(), reschedules(ACTION, DUE), "action_rescheduled");
    for done in [true, false] {
        takes(moved.clone(), closes(ACTION, done, "2024-09"), "action_closed");
        let closed = with(moved.clone(), [closes(ACTION, done, "2024-09")]);
        denies(closed.clone(), closes(ACTION, true, "2024-10"), Refusal::ActionClosed);
        denies(closed, reschedules(ACTION, DUE), Refusal::ActionClosed);
    }
}

#[test]
fn minutes_are_written_and_then_approved() {
    denies(at(Stage::Held), approve("2024-07"), Refusal::OutOfTurn { stage: Stage::Held });
    let (on, written) = (when("2024-06-19"), when("2024-06-20"));
    let early = Refusal::ApprovedBeforeWritten { on, written };
    denies(at(Stage::Minuted), approve("2024-06-19"), early);
    takes(at(Stage::Minuted), approve("2024"), "minutes_approved");
}

#[test]
fn a_correction_changes_something() {
    denies(at(Stage::Held), correct(None, None, None), Refusal::NothingCorrected);
    let same = correct(Some(title()), Some(&[REGION, COMMUNE]), Some("2024-06-12"));
    denies(at(Stage::Held), same, Refusal::NothingCorrected);
    let other = || correct(Title::fr("Comité technique").ok(), None, None);
    takes(at(Stage::Convened), other(), "corrected");
    denies(with(at(Stage::Convened), [other()]), other(), Refusal::NothingCorrected);
}

#[test]
fn every_list_has_its_limit() {
    let number = |max: usize| u128::try_from(max).expect("a small number") + 100;
    let crowd: Vec<_> = (0..=number(ATTENDING_MAX)).map(ActorId::from_u128).collect();
    let too_many = |max| Refusal::TooMany { max };
    denies(at(Stage::Convened), holds(&crowd, "2024"), too_many(ATTENDING_MAX));
    let met = || vec![convene(), hold()];
    let decisions = (100..number(DECISIONS_MAX)).map(|it| decides(BodyDecisionId::from_u128(it)));
    denies(with(met(), decisions), decide(), too_many(DECISIONS_MAX));
    let actions = (100..number(ACTIONS_MAX)).map(|it| {
        let action = ActionPointId::from_u128(it);
        assigns(action, None, DUE)
    });
    denies(with(met(), actions), assign(), too_many(ACTIONS_MAX));
}

#[test]
fn a_refusal_names_its_code_and_its_field() {
    let held = when("2024");
    for (refusal, code, field) in [
        (Refusal::BodyDoesNotStand, "BODY_DOES_NOT_STAND", Some("body")),
        (Refusal::UnknownDecision, "UNKNOWN_DECISION", Some("decision")),
        (Refusal::ActionClosed, "ACTION_CLOSED", Some("action")),
        (Refusal::NothingMoved { due: DUE }, "NOTHING_MOVED", Some("due")),
        (Refusal::BeforeMeeting { on: held, held }, "BEFORE_MEETING", Some("on")),
        (Refusal::AttendsTwice, "ATTENDS_TWICE", Some("attending")),
        (Refusal::NothingCorrected, "NOTHING_CORRECTED", None),
    ] {
        assert_eq!(refusal.code(), format!("MEETING_{code}"));
        assert_eq!(refusal.field(), field);
    }
}
