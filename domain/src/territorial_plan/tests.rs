use super::*;
use crate::aggregate::Refused;
use crate::aggregate::given::{records, refuses, state};
use crate::deliberation::Stage as Act;
use crate::ids::{ActorId, DeliberationId, DocumentId, ProgrammeId};
use crate::text::Note;

const COMMUNE: ActorId = ActorId::from_u128(1);
const PRIM: ProgrammeId = ProgrammeId::from_u128(2);
const ACT: DeliberationId = DeliberationId::from_u128(3);
const FIELD: InterventionId = InterventionId::from_u128(4);
const WELCOME: ObjectiveId = ObjectiveId::from_u128(5);
const SPORT: ObjectiveId = ObjectiveId::from_u128(6);
const OFFICE: PlanActionId = PlanActionId::from_u128(7);
const TEXT: DocumentId = DocumentId::from_u128(8);

fn title() -> Title {
    Title::fr("Plan d'action communal de Belfaâ").expect("a title")
}

fn note() -> Note {
    Note::fr("Dimension migratoire").expect("a note")
}

fn when(text: &str) -> Effective {
    text.parse().expect("a date")
}

fn period(from: &str, to: &str) -> Period {
    Period { from: when(from), to: when(to) }
}

fn starts(kind: Kind, territory: &str, period: Period) -> Command {
    Command::Start {
        by: COMMUNE,
        kind,
        territory: territory.parse().expect("a territory"),
        title: title(),
        period,
        programme: Some(PRIM),
        on: when("2021"),
    }
}

fn start() -> Command {
    starts(Kind::CommunalActionPlan, "commune-belfaa", period("2022", "2027"))
}

fn define(objective: ObjectiveId) -> Command {
    Command::DefineObjective { objective, title: title() }
}

fn mainstreams(on: &str) -> Command {
    Command::RecordMainstreaming {
        title: Some(title()),
        note: Some(note()),
        supported_by: Some(PRIM),
        on: when(on),
    }
}

fn adds(action: PlanActionId, objective: Option<ObjectiveId>) -> Command {
    Command::AddAction { action, objective, title: title(), due: Some(when("2023")) }
}

fn links(objective: Option<ObjectiveId>, action: Option<PlanActionId>) -> Command {
    Command::LinkIntervention { intervention: FIELD, objective, action }
}

fn draft(on: &str) -> Command {
    Command::Draft { document: Some(TEXT), on: when(on) }
}

fn adopts(act: Option<Act>, on: &str) -> Command {
    Command::Adopt { deliberation: ACT, on: when(on), act }
}

fn adopt() -> Command {
    adopts(Some(Act::Adopted), "2022-05")
}

fn enter(on: &str) -> Command {
    Command::EnterIntoForce { on: when(on) }
}

fn review(on: &str) -> Command {
    Command::Review { note: note(), document: Some(TEXT), on: when(on) }
}

fn expire(on: &str) -> Command {
    Command::Expire { on: when(on), reason: Some(note()) }
}

fn corrects(kind: Option<Kind>, period: Option<Period>) -> Command {
    Command::Correct { kind, title: None, period, reason: note() }
}

fn correct() -> Command {
    corrects(None, Some(period("2022", "2028")))
}

fn withdraw(at: u64) -> Command {
    Command::AnnulMainstreaming { at: Position(at), reason: note() }
}

fn annul() -> Command {
    Command::Annul { by: COMMUNE, reason: note() }
}

/// The commands that lead to `stage`, by a plan that takes migration in.
fn at(stage: Stage) -> Vec<Command> {
    let preparing = vec![start(), mainstreams("2022")];
    let drafted = with(preparing.clone(), [draft("2022-02")]);
    let adopted = with(drafted.clone(), [adopt()]);
    let in_force = with(adopted.clone(), [enter("2022-06")]);
    match stage {
        Stage::Unrecorded => vec![],
        Stage::Preparing => preparing,
        Stage::Drafted => drafted,
        Stage::Adopted => adopted,
        Stage::InForce => in_force,
        Stage::Revised => with(in_force, [review("2024")]),
        Stage::Expired => with(in_force, [expire("2027")]),
        Stage::Annulled => with(preparing, [annul()]),
    }
}

const RECORDED: [Stage; 7] = [
    Stage::Preparing,
    Stage::Drafted,
    Stage::Adopted,
    Stage::InForce,
    Stage::Revised,
    Stage::Expired,
    Stage::Annulled,
];

fn with(mut before: Vec<Command>, more: impl IntoIterator<Item = Command>) -> Vec<Command> {
    before.extend(more);
    before
}

#[track_caller]
fn takes(before: Vec<Command>, command: Command, name: &str) {
    records::<TerritorialPlan>(before, command, name);
}

#[track_caller]
fn denies(before: Vec<Command>, command: Command, why: Refusal) {
    refuses::<TerritorialPlan>(before, command, why);
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
    denies(vec![], command.clone(), Refusal::NotStarted);
}

#[test]
fn each_step_has_its_stages() {
    use Stage::{Adopted, Drafted, Expired, InForce, Preparing, Revised};
    let alive = [Preparing, Drafted, Adopted, InForce, Revised];
    let standing = [Preparing, Drafted, Adopted, InForce, Revised, Expired];
    only_at(&alive, &define(WELCOME), "objective_defined");
    only_at(&alive, &mainstreams("2025"), "mainstreaming_recorded");
    only_at(&alive, &adds(OFFICE, None), "action_added");
    only_at(&alive, &links(None, None), "intervention_linked");
    only_at(&[Preparing], &draft("2025"), "drafted");
    only_at(&[Drafted], &adopts(Some(Act::Adopted), "2025"), "adopted");
    only_at(&[Adopted], &enter("2025"), "entered_into_force");
    only_at(&[InForce, Revised], &review("2025"), "reviewed");
    only_at(&[Adopted, InForce, Revised], &expire("2025"), "expired");
    only_at(&standing, &correct(), "corrected");
    only_at(&standing, &withdraw(2), "mainstreaming_annulled");
    only_at(&standing, &annul(), "annulled");
}

#[test]
fn a_plan_is_started_once() {
    takes(vec![], start(), "started");
    for stage in RECORDED {
        denies(at(stage), start(), Refusal::AlreadyStarted);
    }
    let (from, to) = (when("2027"), when("2022"));
    let reversed = starts(Kind::Other, "commune-belfaa", Period { from, to });
    denies(vec![], reversed, Refusal::PeriodReversed { from, to });
}

#[test]
fn the_sort_of_plan_fits_the_rank_of_the_territory() {
    let places = [
        (Level::Country, "ma"),
        (Level::Region, "region-souss-massa"),
        (Level::Province, "province-tiznit"),
        (Level::Commune, "commune-belfaa"),
    ];
    for (kind, wanted) in [
        (Kind::CommunalActionPlan, Some(Level::Commune)),
        (Kind::MigrationRoadmap, Some(Level::Commune)),
        (Kind::ProvincialPlan, Some(Level::Province)),
        (Kind::RegionalPlan, Some(Level::Region)),
        (Kind::Other, None),
    ] {
        for (level, slug) in places {
            let start = starts(kind, slug, period("2022", "2027"));
            if wanted.is_none_or(|it| it == level) {
                takes(vec![], start, "started");
            } else {
                denies(vec![], start, Refusal::KindDoesNotFit { kind, level });
            }
        }
    }
}

#[test]
fn a_plan_is_adopted_by_an_adopted_act() {
    takes(at(Stage::Drafted), adopt(), "adopted");
    for stage in [Act::Tabled, Act::Postponed, Act::Rejected, Act::Annulled] {
        let adopt = adopts(Some(stage), "2022-05");
        denies(at(Stage::Drafted), adopt, Refusal::ActNotAdopted { stage });
    }
    for act in [None, Some(Act::Unrecorded)] {
        denies(at(Stage::Drafted), adopts(act, "2022-05"), Refusal::UnknownAct);
    }
}

#[test]
fn its_steps_follow_one_another() {
    let why = |on, previous| Refusal::RunsBackwards { on: when(on), previous: when(previous) };
    denies(at(Stage::Preparing), draft("2020"), why("2020", "2021"));
    denies(at(Stage::Preparing), mainstreams("2020"), why("2020", "2021"));
    denies(at(Stage::Drafted), adopts(Some(Act::Adopted), "2022-01"), why("2022-01", "2022-02"));
    denies(at(Stage::Adopted), enter("2022-04"), why("2022-04", "2022-05"));
    denies(at(Stage::InForce), review("2022-05"), why("2022-05", "2022-06"));
    denies(at(Stage::Revised), expire("2023"), why("2023", "2024"));
    takes(at(Stage::Revised), expire("unknown"), "expired");
}

#[test]
fn an_action_and_an_intervention_serve_an_objective_that_is_there() {
    let before = with(at(Stage::Preparing), [define(WELCOME), define(SPORT)]);
    denies(before.clone(), define(SPORT), Refusal::DuplicateObjective);
    denies(at(Stage::Preparing), adds(OFFICE, Some(WELCOME)), Refusal::UnknownObjective);
    denies(at(Stage::Preparing), links(Some(SPORT), None), Refusal::UnknownObjective);
    denies(before.clone(), links(Some(SPORT), Some(OFFICE)), Refusal::UnknownAction);
    let before = with(before, [adds(OFFICE, Some(WELCOME))]);
    denies(before.clone(), adds(OFFICE, None), Refusal::DuplicateAction);
    denies(before.clone(), links(Some(SPORT), Some(OFFICE)), Refusal::OtherObjective);
    takes(before.clone(), links(Some(WELCOME), Some(OFFICE)), "intervention_linked");
    takes(before.clone(), links(None, Some(OFFICE)), "intervention_linked");
    let linked = with(before, [links(Some(SPORT), None)]);
    denies(linked.clone(), links(Some(SPORT), None), Refusal::AlreadyLinked);
    takes(linked, links(Some(WELCOME), None), "intervention_linked");
}

#[test]
fn a_record_of_mainstreaming_is_annulled_once() {
    let before = with(at(Stage::InForce), [mainstreams("2024"), withdraw(9)]);
    denies(before.clone(), withdraw(9), Refusal::MainstreamingAnnulledAlready);
    takes(before.clone(), withdraw(2), "mainstreaming_annulled");
    let none = with(before, [withdraw(2)]);
    denies(none, withdraw(3), Refusal::NoMainstreaming);
    denies(vec![start()], withdraw(1), Refusal::NoMainstreaming);
}

#[test]
fn a_correction_changes_something_and_stays_within_the_rules() {
    let before = || at(Stage::InForce);
    denies(before(), corrects(None, None), Refusal::NothingCorrected);
    let same = corrects(Some(Kind::CommunalActionPlan), Some(period("2022", "2027")));
    denies(before(), same, Refusal::NothingCorrected);
    takes(before(), corrects(Some(Kind::MigrationRoadmap), None), "corrected");
    let (kind, level) = (Kind::RegionalPlan, Level::Commune);
    denies(before(), corrects(Some(kind), None), Refusal::KindDoesNotFit { kind, level });
    let (from, to) = (when("2028"), when("2022"));
    let reversed = corrects(None, Some(Period { from, to }));
    denies(before(), reversed, Refusal::PeriodReversed { from, to });
    denies(with(before(), [correct()]), correct(), Refusal::NothingCorrected);
}

#[test]
fn every_list_has_its_limit() {
    let numbers = || (0..u128::try_from(PARTS_MAX).expect("a small number")).map(|it| it + 100);
    let full = |commands: Vec<Command>, more: Command| {
        denies(with(vec![start()], commands), more, Refusal::TooMany { max: PARTS_MAX });
    };
    full(numbers().map(|it| define(ObjectiveId::from_u128(it))).collect(), define(SPORT));
    full(numbers().map(|it| adds(PlanActionId::from_u128(it), None)).collect(), adds(OFFICE, None));
    full(numbers().map(|_| mainstreams("2022")).collect(), mainstreams("2022"));
    let other = |it| {
        let intervention = InterventionId::from_u128(it);
        Command::LinkIntervention { intervention, objective: None, action: None }
    };
    full(numbers().map(other).collect(), links(None, None));
}

#[test]
fn nothing_is_part_of_a_plan_that_was_annulled() {
    for stage in RECORDED {
        let counts = state::<TerritorialPlan>(at(stage)).must_count();
        let annulled = stage == Stage::Annulled;
        assert_eq!(counts, if annulled { Err(Refusal::OutOfTurn { stage }) } else { Ok(()) });
    }
    assert_eq!(TerritorialPlan::default().must_count(), Err(Refusal::NotStarted));
}

#[test]
fn a_refusal_names_its_code_and_its_field() {
    let act = Refusal::ActNotAdopted { stage: Act::Annulled };
    assert_eq!(act.code(), "TERRITORIAL_PLAN_ACT_NOT_ADOPTED");
    assert_eq!(
        act.to_string(),
        "a plan is adopted by an adopted deliberation, and this one is annulled"
    );
    for (refusal, field) in [
        (act, Some("deliberation")),
        (Refusal::KindDoesNotFit { kind: Kind::Other, level: Level::Region }, Some("kind")),
        (Refusal::PeriodReversed { from: when("2022"), to: when("2021") }, Some("period")),
        (Refusal::RunsBackwards { on: when("2021"), previous: when("2022") }, Some("on")),
        (Refusal::UnknownObjective, Some("objective")),
        (Refusal::OtherObjective, Some("action")),
        (Refusal::AlreadyLinked, Some("intervention")),
        (Refusal::NoMainstreaming, Some("at")),
        (Refusal::NothingCorrected, None),
    ] {
        assert_eq!(refusal.field(), field);
    }
}
