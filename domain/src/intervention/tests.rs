use super::*;
use crate::aggregate::Refused;
use crate::aggregate::given::{records, refuses};
use crate::money::Currency;

mod corrections;

use corrections::annul;

mod classified;

const COMMUNE: ActorId = ActorId::from_u128(1);
const ASSOCIATION: ActorId = ActorId::from_u128(2);
const FIRST: ParticipationId = ParticipationId::from_u128(3);
const SECOND: ParticipationId = ParticipationId::from_u128(4);

fn title() -> Title {
    Title::fr("Terrain de sport de Belfaâ").expect("a title")
}

fn note() -> Note {
    Note::fr("Pétition portée par de jeunes habitants").expect("a note")
}

fn when(text: &str) -> Effective {
    text.parse().expect("a date")
}

fn proposes(budget: Option<Money>, territories: usize, groups: usize) -> Command {
    let belfaa = "commune-belfaa".parse().expect("a territory");
    Command::Propose {
        title: title(),
        summary: Some(note()),
        territories: vec![belfaa; territories],
        programme: None,
        groups: vec![PopulationGroup::Youth; groups],
        budget,
    }
}

fn propose() -> Command {
    proposes(Some(Money::dirhams(100)), 1, 1)
}

fn link() -> Command {
    let origin = Origin::CitizenInitiative { initiative: None, note: note() };
    Command::LinkOrigin { origin, on: when("2018") }
}

fn adopt() -> Command {
    Command::Adopt { by: COMMUNE, deliberation: None, on: when("2018") }
}

fn joins(id: ParticipationId, actor: ActorId, role: Role, from: &str) -> Command {
    Command::AddParticipant { participation: id, actor, role, from: when(from), note: None }
}

fn leads() -> Command {
    joins(FIRST, COMMUNE, Role::Lead, "2019")
}

fn leaves(participation: ParticipationId, to: &str) -> Command {
    Command::EndParticipation { participation, to: when(to), reason: Some(note()) }
}

fn start(phase: u16) -> Command {
    Command::StartPhase { phase, title: Some(title()), on: when("2020") }
}

fn end(phase: u16, on: &str) -> Command {
    Command::CompletePhase { phase, on: when(on) }
}

fn plan() -> Command {
    Command::IntegrateInPlan { plan: None, title: title(), on: when("2022") }
}

fn complete(on: &str) -> Command {
    Command::Complete { on: when(on) }
}

fn commission(on: &str) -> Command {
    Command::Commission { on: when(on) }
}

fn tournament() -> Command {
    Command::RecordRecurringEvent {
        title: title(),
        recurrence: Recurrence::Yearly,
        on: when("2024"),
    }
}

fn suspend() -> Command {
    Command::Suspend { on: when("2020-03"), reason: note() }
}

fn resume() -> Command {
    Command::Resume { on: when("2020-09") }
}

fn abandon() -> Command {
    Command::Abandon { on: when("2021"), reason: note() }
}

fn close() -> Command {
    Command::Close { on: when("2025") }
}

/// The commands that lead to `stage`.
fn at(stage: Stage) -> Vec<Command> {
    let idea = vec![propose()];
    let adopted = vec![propose(), adopt()];
    let started = vec![propose(), adopt(), start(1)];
    let completed = vec![propose(), adopt(), start(1), end(1, "2021"), complete("2022")];
    match stage {
        Stage::Unrecorded => vec![],
        Stage::Idea => idea,
        Stage::Adopted => adopted,
        Stage::Started => started,
        Stage::Suspended => with(started, [suspend()]),
        Stage::Completed => completed,
        Stage::InService => with(completed, [commission("2023")]),
        Stage::Closed => with(completed, [commission("2023"), close()]),
        Stage::Abandoned => with(idea, [abandon()]),
        Stage::Annulled => with(idea, [annul(0)]),
    }
}

const RECORDED: [Stage; 9] = [
    Stage::Idea,
    Stage::Adopted,
    Stage::Started,
    Stage::Suspended,
    Stage::Completed,
    Stage::InService,
    Stage::Closed,
    Stage::Abandoned,
    Stage::Annulled,
];

fn with(mut before: Vec<Command>, more: impl IntoIterator<Item = Command>) -> Vec<Command> {
    before.extend(more);
    before
}

/// `command` is recorded as `name` at `stages` and refused at every other one.
#[track_caller]
fn only_at(stages: &[Stage], command: &Command, name: &str) {
    for stage in RECORDED {
        if stages.contains(&stage) {
            records::<Intervention>(at(stage), command.clone(), name);
        } else {
            denies(at(stage), command.clone(), Refusal::OutOfTurn { stage });
        }
    }
    denies(vec![], command.clone(), Refusal::NotProposed);
}

#[track_caller]
fn takes(before: Vec<Command>, command: Command, name: &str) {
    records::<Intervention>(before, command, name);
}

#[track_caller]
fn denies(before: Vec<Command>, command: Command, why: Refusal) {
    refuses::<Intervention>(before, command, why);
}

#[test]
fn an_intervention_is_proposed_once_within_its_limits() {
    takes(vec![], propose(), "proposed");
    takes(vec![], proposes(None, 0, 0), "proposed");
    denies(at(Stage::Idea), propose(), Refusal::AlreadyProposed);
    let nothing = Some(Money::zero(Currency::Mad));
    denies(vec![], proposes(nothing, 1, 1), Refusal::NothingBudgeted);
    let too_many = |max| Refusal::TooMany { max };
    denies(vec![], proposes(None, TERRITORIES_MAX + 1, 1), too_many(TERRITORIES_MAX));
    denies(vec![], proposes(None, 1, GROUPS_MAX + 1), too_many(GROUPS_MAX));
}

#[test]
fn each_step_has_its_stages() {
    use Stage::{Adopted, Completed, Idea, InService, Started, Suspended};
    let alive = [Idea, Adopted, Started, Suspended, Completed, InService];
    only_at(&alive, &link(), "origin_linked");
    only_at(&alive, &plan(), "integrated_in_plan");
    only_at(&alive, &leads(), "participant_added");
    only_at(&[Idea], &adopt(), "adopted");
    only_at(&[Adopted, Started], &start(2), "phase_started");
    only_at(&[Started], &end(1, "2021"), "phase_completed");
    only_at(&[Completed], &commission("2023"), "commissioned");
    only_at(&[Completed, InService], &tournament(), "recurring_event_recorded");
    only_at(&[Completed, InService], &close(), "closed");
    only_at(&[Started], &suspend(), "suspended");
    only_at(&[Suspended], &resume(), "resumed");
    only_at(&[Idea, Adopted, Started, Suspended], &abandon(), "abandoned");
}

#[test]
fn works_go_on_where_they_stood_still() {
    let resumed = with(at(Stage::Suspended), [resume()]);
    takes(resumed.clone(), end(1, "2021"), "phase_completed");
    takes(resumed, suspend(), "suspended");
}

#[test]
fn works_start_after_the_adoption_and_before_any_outside_funding() {
    denies(at(Stage::Idea), start(1), Refusal::OutOfTurn { stage: Stage::Idea });
    takes(at(Stage::Adopted), start(1), "phase_started");
}

#[test]
fn one_lead_at_a_time() {
    let led = with(at(Stage::Idea), [leads()]);
    let second = || joins(SECOND, ASSOCIATION, Role::Lead, "2022");
    denies(led.clone(), second(), Refusal::SecondLead { lead: COMMUNE });
    takes(led.clone(), joins(SECOND, ASSOCIATION, Role::Funder, "2022"), "participant_added");
    takes(with(led.clone(), [leaves(FIRST, "2021")]), second(), "participant_added");
    takes(with(led.clone(), [leaves(FIRST, "2022")]), second(), "participant_added");
    let still_led = with(led, [leaves(FIRST, "2024")]);
    denies(still_led, second(), Refusal::SecondLead { lead: COMMUNE });
}

#[test]
fn an_actor_has_a_role_once_at_a_time() {
    let supports = |id| joins(id, ASSOCIATION, Role::TechnicalSupport, "2018");
    let before = with(at(Stage::Idea), [supports(FIRST)]);
    denies(before.clone(), supports(FIRST), Refusal::DuplicateParticipation);
    denies(before.clone(), supports(SECOND), Refusal::AlreadyTakesPart);
    takes(before.clone(), joins(SECOND, ASSOCIATION, Role::Funder, "2018"), "participant_added");
    takes(with(before, [leaves(FIRST, "2020")]), supports(SECOND), "participant_added");
}

#[test]
fn a_participation_ends_once_and_after_it_began() {
    let before = with(at(Stage::Idea), [leads()]);
    denies(before.clone(), leaves(SECOND, "2021"), Refusal::UnknownParticipation);
    let why = Refusal::EndsBeforeStart { from: when("2019"), to: when("2018-12") };
    denies(before.clone(), leaves(FIRST, "2018-12"), why);
    takes(before.clone(), leaves(FIRST, "2019-06"), "participation_ended");
    takes(with(before.clone(), [abandon()]), leaves(FIRST, "2021"), "participation_ended");
    let over = Refusal::ParticipationOver { to: when("2021") };
    denies(with(before, [leaves(FIRST, "2021")]), leaves(FIRST, "2022"), over);
    denies(vec![], leaves(FIRST, "2021"), Refusal::NotProposed);
}

#[test]
fn participations_have_their_limit() {
    let number = u128::try_from(PARTICIPATIONS_MAX).expect("a small number");
    let crowd = (0..number).map(|it| {
        let (id, actor) = (ParticipationId::from_u128(it + 9), ActorId::from_u128(it + 9));
        joins(id, actor, Role::Partner, "2020")
    });
    let full = with(at(Stage::Idea), crowd);
    denies(full, leads(), Refusal::TooMany { max: PARTICIPATIONS_MAX });
}

#[test]
fn phases_are_numbered_from_one_and_several_run() {
    let max = PHASE_MAX;
    denies(at(Stage::Adopted), start(0), Refusal::PhaseNumber { max });
    denies(at(Stage::Adopted), start(max + 1), Refusal::PhaseNumber { max });
    denies(at(Stage::Started), start(1), Refusal::DuplicatePhase { phase: 1 });
    takes(at(Stage::Started), start(2), "phase_started");
}

#[test]
fn a_phase_ends_once_and_after_it_began() {
    denies(at(Stage::Started), end(2, "2021"), Refusal::UnknownPhase { phase: 2 });
    let why = Refusal::EndsBeforeStart { from: when("2020"), to: when("2019") };
    denies(at(Stage::Started), end(1, "2019"), why);
    let ended = with(at(Stage::Started), [end(1, "unknown")]);
    denies(ended, end(1, "2021"), Refusal::PhaseOver { phase: 1 });
}

#[test]
fn it_is_complete_once_every_phase_is() {
    denies(at(Stage::Adopted), complete("2022"), Refusal::OutOfTurn { stage: Stage::Adopted });
    let half = with(at(Stage::Started), [start(2), end(1, "2021")]);
    denies(half.clone(), complete("2022"), Refusal::PhaseOpen { phase: 2 });
    let done = with(half, [end(2, "2022")]);
    takes(done.clone(), complete("2022"), "completed");
    let why = Refusal::EndsBeforeStart { from: when("2022"), to: when("2021") };
    denies(done, complete("2021"), why);
    denies(vec![], complete("2022"), Refusal::NotProposed);
}

#[test]
fn it_serves_only_after_its_completion() {
    let (on, completed) = (when("2021"), when("2022"));
    let why = Refusal::CommissionedBeforeCompletion { on, completed };
    denies(at(Stage::Completed), commission("2021"), why);
    takes(at(Stage::Completed), commission("unknown"), "commissioned");
}

#[test]
fn a_refusal_names_its_code_and_its_field() {
    let second = Refusal::SecondLead { lead: COMMUNE };
    assert_eq!(second.code(), "INTERVENTION_SECOND_LEAD");
    assert_eq!(second.field(), Some("role"));
    assert_eq!(Refusal::PhaseOpen { phase: 2 }.field(), None);
}
