//! What is corrected, by whom, and what can be annulled.
use super::*;
use crate::correction;
use crate::ids::{CorrectionId, UserId};

const AMINA: UserId = UserId::from_u128(10);
const BRAHIM: UserId = UserId::from_u128(11);
const CORRECTION: CorrectionId = CorrectionId::from_u128(12);

pub(super) fn annul(named_by: usize) -> Command {
    Command::Annul { by: COMMUNE, reason: note(), named_by }
}

fn corrects(title: Option<Title>, territories: Option<usize>, groups: Option<usize>) -> Command {
    let belfaa = "commune-belfaa".parse().expect("a territory");
    Command::Correct {
        title,
        summary: None,
        territories: territories.map(|number| vec![belfaa; number]),
        programme: None,
        groups: groups.map(|number| vec![PopulationGroup::Youth; number]),
        reason: note(),
    }
}

fn other_title() -> Title {
    Title::fr("Terrain de proximité de Belfaâ").expect("a title")
}

fn correct() -> Command {
    corrects(Some(other_title()), None, None)
}

fn rejoins(
    participation: ParticipationId,
    role: Option<Role>,
    from: Option<&str>,
    to: Option<&str>,
) -> Command {
    let (from, to) = (from.map(when), to.map(when));
    Command::CorrectParticipation { participation, role, from, to, note: None, reason: note() }
}

fn never_took_part(participation: ParticipationId) -> Command {
    Command::AnnulParticipation { participation, reason: note() }
}

fn redates_phase(phase: u16, started: Option<&str>, completed: Option<&str>) -> Command {
    let (started, completed) = (started.map(when), completed.map(when));
    Command::CorrectPhase { phase, title: None, started, completed, reason: note() }
}

fn redates(adopted: Option<&str>, completed: Option<&str>, commissioned: Option<&str>) -> Command {
    Command::CorrectDates {
        adopted: adopted.map(when),
        completed: completed.map(when),
        commissioned: commissioned.map(when),
        reason: note(),
    }
}

fn drops(part: Part, number: u16) -> Command {
    Command::AnnulPart { part, number, reason: note() }
}

fn proposes_budget(correction: CorrectionId, to: Option<Money>) -> Command {
    let figure = Figure::Budget { to };
    Command::ProposeCorrection { by: COMMUNE, person: AMINA, correction, figure, reason: note() }
}

fn propose_budget() -> Command {
    proposes_budget(CORRECTION, Some(Money::dirhams(90)))
}

fn confirm(person: UserId) -> Command {
    Command::ConfirmCorrection { by: ASSOCIATION, person, correction: CORRECTION }
}

fn reject(person: UserId) -> Command {
    let (by, correction) = (ASSOCIATION, CORRECTION);
    Command::RejectCorrection { by, person, correction, reason: note() }
}

#[test]
fn what_it_says_of_itself_is_corrected_at_every_stage_but_one() {
    for stage in RECORDED.into_iter().filter(|it| *it != Stage::Annulled) {
        takes(at(stage), correct(), "corrected");
    }
    let stage = Stage::Annulled;
    denies(at(stage), correct(), Refusal::OutOfTurn { stage });
    denies(vec![], correct(), Refusal::NotProposed);
}

#[test]
fn a_correction_that_changes_nothing_is_refused() {
    denies(at(Stage::Idea), corrects(None, None, None), Refusal::NothingCorrected);
    let same = corrects(Some(title()), Some(1), Some(1));
    denies(at(Stage::Idea), same, Refusal::NothingCorrected);
    denies(with(at(Stage::Idea), [correct()]), correct(), Refusal::NothingCorrected);
    let back = corrects(Some(title()), None, None);
    takes(with(at(Stage::Idea), [correct()]), back, "corrected");
    let programme = Command::Correct {
        title: None,
        summary: Some(note()),
        territories: None,
        programme: Some(ProgrammeId::from_u128(1)),
        groups: None,
        reason: note(),
    };
    takes(at(Stage::Idea), programme.clone(), "corrected");
    denies(with(at(Stage::Idea), [programme.clone()]), programme, Refusal::NothingCorrected);
}

#[test]
fn a_correction_keeps_the_limits() {
    let too_many = |max| Refusal::TooMany { max };
    let territories = corrects(None, Some(TERRITORIES_MAX + 1), None);
    denies(at(Stage::Idea), territories, too_many(TERRITORIES_MAX));
    denies(at(Stage::Idea), corrects(None, None, Some(GROUPS_MAX + 1)), too_many(GROUPS_MAX));
}

#[test]
fn a_corrected_participation_leaves_one_lead_at_a_time() {
    let seconded = joins(SECOND, ASSOCIATION, Role::Partner, "2018");
    let led = with(at(Stage::Idea), [leads(), seconded]);
    let promoted = rejoins(SECOND, Some(Role::Lead), None, None);
    denies(led.clone(), promoted.clone(), Refusal::SecondLead { lead: COMMUNE });
    // 2018 to 2019 and from 2019 on: nothing says that both led on one day.
    let left = with(led.clone(), [leaves(SECOND, "2019")]);
    takes(left, promoted.clone(), "participation_corrected");
    let overlapping = with(led.clone(), [leaves(SECOND, "2020")]);
    denies(overlapping, promoted.clone(), Refusal::SecondLead { lead: COMMUNE });
    takes(with(led.clone(), [never_took_part(FIRST)]), promoted, "participation_corrected");
    takes(led, rejoins(FIRST, None, Some("2020"), None), "participation_corrected");
}

#[test]
fn a_corrected_participation_runs_forward_and_stays_the_only_one_of_its_kind() {
    let before = with(at(Stage::Idea), [joins(FIRST, COMMUNE, Role::Funder, "2019")]);
    let lasts = rejoins(FIRST, None, None, Some("2021"));
    denies(before.clone(), lasts, Refusal::ParticipationLasts);
    let ended = with(before.clone(), [leaves(FIRST, "2021")]);
    let why = Refusal::EndsBeforeStart { from: when("2022"), to: when("2021") };
    denies(ended.clone(), rejoins(FIRST, None, Some("2022"), None), why);
    takes(ended, rejoins(FIRST, None, Some("2022"), Some("2023")), "participation_corrected");
    let twice = with(before.clone(), [joins(SECOND, COMMUNE, Role::Partner, "2019")]);
    let same = rejoins(SECOND, Some(Role::Funder), None, None);
    denies(twice, same, Refusal::AlreadyTakesPart);
    let nothing = rejoins(FIRST, Some(Role::Funder), Some("2019"), None);
    denies(before.clone(), nothing, Refusal::NothingCorrected);
    let unknown = rejoins(SECOND, Some(Role::Funder), None, None);
    denies(before, unknown, Refusal::UnknownParticipation);
}

#[test]
fn who_never_took_part_takes_part_no_more() {
    let before = with(at(Stage::Idea), [leads()]);
    takes(before.clone(), never_took_part(FIRST), "participation_annulled");
    denies(before.clone(), never_took_part(SECOND), Refusal::UnknownParticipation);
    let annulled = with(before, [never_took_part(FIRST)]);
    denies(annulled.clone(), never_took_part(FIRST), Refusal::UnknownParticipation);
    denies(annulled.clone(), leaves(FIRST, "2021"), Refusal::UnknownParticipation);
    takes(annulled, joins(SECOND, ASSOCIATION, Role::Lead, "2019"), "participant_added");
}

#[test]
fn a_corrected_phase_runs_forward_and_ends_before_the_works_do() {
    let phase = 1;
    let done = at(Stage::Completed);
    takes(done.clone(), redates_phase(1, Some("2021"), None), "phase_corrected");
    takes(done.clone(), redates_phase(1, None, Some("2022")), "phase_corrected");
    let why = Refusal::EndsBeforeStart { from: when("2022"), to: when("2021") };
    denies(done.clone(), redates_phase(1, Some("2022"), None), why);
    let why = Refusal::EndsBeforeStart { from: when("2023"), to: when("2022") };
    denies(done.clone(), redates_phase(1, None, Some("2023")), why);
    denies(done.clone(), redates_phase(1, Some("2020"), None), Refusal::NothingCorrected);
    denies(done, redates_phase(2, Some("2020"), None), Refusal::UnknownPhase { phase: 2 });
    let running = redates_phase(1, None, Some("2021"));
    denies(at(Stage::Started), running, Refusal::PhaseOpen { phase });
    takes(at(Stage::Started), redates_phase(1, Some("2019"), None), "phase_corrected");
}

#[test]
fn corrected_dates_keep_the_order_of_the_steps() {
    let served = at(Stage::InService);
    takes(served.clone(), redates(Some("2017"), None, None), "dates_corrected");
    takes(served.clone(), redates(None, Some("2021"), Some("2021")), "dates_corrected");
    let (on, completed) = (when("2023"), when("2024"));
    let why = Refusal::CommissionedBeforeCompletion { on, completed };
    denies(served.clone(), redates(None, Some("2024"), None), why);
    let why = Refusal::EndsBeforeStart { from: when("2021"), to: when("2020") };
    denies(served.clone(), redates(None, Some("2020"), None), why);
    denies(served.clone(), redates(Some("2018"), None, None), Refusal::NothingCorrected);
    denies(served, redates(None, None, None), Refusal::NothingCorrected);
    denies(at(Stage::Idea), redates(Some("2018"), None, None), Refusal::NoSuchStep);
    denies(at(Stage::Completed), redates(None, None, Some("2023")), Refusal::NoSuchStep);
    takes(at(Stage::Adopted), redates(Some("2017"), None, None), "dates_corrected");
}

#[test]
fn a_part_without_an_id_is_annulled_once_by_its_number() {
    let before = with(at(Stage::Completed), [link(), plan(), tournament()]);
    for part in [Part::Origin, Part::Plan, Part::RecurringEvent] {
        takes(before.clone(), drops(part, 1), "part_annulled");
        for number in [0, 2] {
            denies(before.clone(), drops(part, number), Refusal::UnknownPart);
        }
        let dropped = with(before.clone(), [drops(part, 1)]);
        denies(dropped, drops(part, 1), Refusal::UnknownPart);
    }
}

#[test]
fn a_budget_is_corrected_by_two_persons() {
    let proposed = with(at(Stage::Closed), [propose_budget()]);
    takes(at(Stage::Closed), propose_budget(), "correction_proposed");
    for answer in [confirm(AMINA), reject(AMINA)] {
        denies(proposed.clone(), answer, correction::Refusal::SamePerson.into());
    }
    takes(proposed.clone(), confirm(BRAHIM), "correction_confirmed");
    takes(proposed.clone(), reject(BRAHIM), "correction_rejected");
    for answer in [confirm(BRAHIM), reject(BRAHIM)] {
        let answered = with(proposed.clone(), [answer.clone()]);
        denies(answered, answer.clone(), correction::Refusal::Unknown.into());
        denies(at(Stage::Idea), answer, correction::Refusal::Unknown.into());
    }
    let second = proposes_budget(CorrectionId::from_u128(13), None);
    denies(proposed, second, correction::Refusal::AlreadyWaiting.into());
}

#[test]
fn a_waiting_correction_changes_no_budget_and_a_confirmed_one_does() {
    let again = proposes_budget(CorrectionId::from_u128(13), Some(Money::dirhams(90)));
    let rejected = with(at(Stage::Idea), [propose_budget(), reject(BRAHIM)]);
    takes(rejected, again.clone(), "correction_proposed");
    let confirmed = with(at(Stage::Idea), [propose_budget(), confirm(BRAHIM)]);
    denies(confirmed, again, Refusal::NothingCorrected);
    let same = proposes_budget(CORRECTION, Some(Money::dirhams(100)));
    denies(at(Stage::Idea), same, Refusal::NothingCorrected);
    takes(at(Stage::Idea), proposes_budget(CORRECTION, None), "correction_proposed");
    let nothing = proposes_budget(CORRECTION, Some(Money::zero(Currency::Mad)));
    denies(at(Stage::Idea), nothing, Refusal::NothingBudgeted);
}

#[test]
fn what_was_recorded_by_mistake_takes_nothing_more() {
    for stage in RECORDED.into_iter().filter(|it| *it != Stage::Annulled) {
        takes(at(stage), annul(0), "annulled");
    }
    denies(at(Stage::Idea), annul(2), Refusal::StillNamed { named_by: 2 });
    denies(vec![], annul(0), Refusal::NotProposed);
    let stage = Stage::Annulled;
    for command in [annul(0), propose_budget(), confirm(BRAHIM), leaves(FIRST, "2021")] {
        denies(at(stage), command, Refusal::OutOfTurn { stage });
    }
    denies(at(stage), propose(), Refusal::AlreadyProposed);
}

#[test]
fn a_refused_correction_names_its_code_and_its_field() {
    let shared = Refusal::from(correction::Refusal::SamePerson);
    assert_eq!((shared.code().as_str(), shared.field()), ("CORRECTION_SAME_PERSON", None));
    assert_eq!(Refusal::NothingCorrected.code(), "INTERVENTION_NOTHING_CORRECTED");
    assert_eq!(Refusal::ParticipationLasts.field(), Some("to"));
    assert_eq!(Refusal::UnknownPart.field(), Some("number"));
    let full = Refusal::from(correction::Refusal::TooMany { max: 5 });
    let told = crate::aggregate::Refusal::from(full);
    assert_eq!(told.details["max"], 5);
}
