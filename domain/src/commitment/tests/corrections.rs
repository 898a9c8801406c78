//! What of a commitment is corrected, by whom, and what can be annulled.
use super::*;
use crate::correction;
use crate::ids::{CorrectionId, UserId};

const AMINA: UserId = UserId::from_u128(10);
const BRAHIM: UserId = UserId::from_u128(11);
const CORRECTION: CorrectionId = CorrectionId::from_u128(12);

pub(super) fn annul() -> Command {
    Command::Annul { by: STRANGER, reason: reason() }
}

fn corrects(by: ActorId, title: Option<Title>, due: Option<Date>) -> Command {
    Command::Correct { by, title, due, intervention: None, programme: None, reason: reason() }
}

fn other_title() -> Option<Title> {
    Title::fr("Matériel et filets du terrain").ok()
}

fn corrects_milestone(by: ActorId, title: Option<Title>, due: Option<Date>) -> Command {
    Command::CorrectMilestone { by, milestone: MILESTONE, title, due, reason: reason() }
}

fn kept(to: Option<i64>, exceeding: bool) -> Figure {
    Figure::Fulfilment { evidence: EVIDENCE, to: to.map(quantity), exceeding }
}

fn pledged(to: i64, exceeding: bool) -> Figure {
    Figure::Pledge { to: quantity(to), exceeding }
}

fn proposes(by: ActorId, figure: Figure) -> Command {
    let (person, correction) = (AMINA, CORRECTION);
    Command::ProposeCorrection { by, person, correction, figure, reason: reason() }
}

fn propose(figure: Figure) -> Command {
    proposes(PARTNER, figure)
}

fn agrees(by: ActorId, person: UserId) -> Command {
    Command::ConfirmCorrection { by, person, correction: CORRECTION }
}

fn disagrees(by: ActorId, person: UserId) -> Command {
    Command::RejectCorrection { by, person, correction: CORRECTION, reason: reason() }
}

fn corrected(before: Vec<Command>, figure: Figure) -> Vec<Command> {
    with(before, [propose(figure), agrees(COMMUNE, BRAHIM)])
}

#[test]
fn the_offerer_corrects_a_promise_that_nobody_has_answered() {
    let due = Some(date(2024, 7, 31));
    for stage in [Stage::Offered, Stage::Declined] {
        takes(at(stage), corrects(PARTNER, other_title(), due), "corrected");
        let why = Refusal::NotTheOfferer;
        denies(at(stage), corrects(COMMUNE, other_title(), None), why);
    }
    denies(vec![], corrects(PARTNER, other_title(), None), Refusal::NotOffered);
}

#[test]
fn either_side_corrects_an_answered_promise_and_who_waits_for_it_its_date() {
    let due = Some(date(2024, 7, 31));
    for stage in RECORDED {
        match stage {
            Stage::Offered | Stage::Declined => {}
            Stage::Annulled => {
                let why = Refusal::OutOfTurn { stage };
                denies(at(stage), corrects(COMMUNE, other_title(), due), why);
            }
            _ => {
                takes(at(stage), corrects(PARTNER, other_title(), None), "corrected");
                takes(at(stage), corrects(COMMUNE, None, due), "corrected");
                let own = Refusal::DueCorrectedByOfferer;
                denies(at(stage), corrects(PARTNER, None, due), own);
                denies(at(stage), corrects(STRANGER, other_title(), None), Refusal::NotAParty);
            }
        }
    }
}

#[test]
fn a_correction_that_changes_nothing_is_refused() {
    let before = at(Stage::Offered);
    denies(before.clone(), corrects(PARTNER, None, None), Refusal::NothingCorrected);
    let same = corrects(PARTNER, Some(title()), Some(DUE));
    denies(before, same, Refusal::NothingCorrected);
    for figure in [kept(Some(60), false), kept(Some(60), true), pledged(100, true)] {
        denies(at(Stage::PartFulfilled), propose(figure), Refusal::NothingCorrected);
    }
}

#[test]
fn a_milestone_is_corrected_as_the_promise_is() {
    let before = with(at(Stage::Accepted), [add(MILESTONE)]);
    let due = Some(date(2024, 7, 31));
    takes(before.clone(), corrects_milestone(PARTNER, other_title(), None), "milestone_corrected");
    takes(before.clone(), corrects_milestone(COMMUNE, None, due), "milestone_corrected");
    let own = corrects_milestone(PARTNER, None, due);
    denies(before.clone(), own, Refusal::DueCorrectedByOfferer);
    denies(before.clone(), corrects_milestone(STRANGER, None, due), Refusal::NotAParty);
    let same = corrects_milestone(COMMUNE, Some(title()), Some(DUE));
    denies(before.clone(), same.clone(), Refusal::NothingCorrected);
    let moved = with(before, [reschedule(MILESTONE)]);
    takes(moved, same, "milestone_corrected");
    let unknown = corrects_milestone(COMMUNE, None, due);
    denies(at(Stage::Accepted), unknown, Refusal::UnknownMilestone);
}

#[test]
fn what_was_confirmed_is_corrected_by_two_persons_of_whom_the_second_is_not_the_offerers() {
    for figure in [kept(Some(50), false), kept(None, false), pledged(80, false)] {
        takes(at(Stage::PartFulfilled), propose(figure), "correction_proposed");
        let before = with(at(Stage::PartFulfilled), [propose(figure)]);
        takes(before.clone(), agrees(COMMUNE, BRAHIM), "correction_confirmed");
        takes(before.clone(), disagrees(STRANGER, BRAHIM), "correction_rejected");
        let same = || Refusal::from(correction::Refusal::SamePerson);
        denies(before.clone(), agrees(COMMUNE, AMINA), same());
        denies(before.clone(), disagrees(COMMUNE, AMINA), same());
        denies(before.clone(), agrees(PARTNER, BRAHIM), Refusal::ConfirmedByOfferer);
        denies(before, disagrees(PARTNER, BRAHIM), Refusal::ConfirmedByOfferer);
    }
    let before = at(Stage::PartFulfilled);
    takes(before.clone(), proposes(STRANGER, kept(Some(50), false)), "correction_proposed");
    denies(before.clone(), proposes(COMMUNE, pledged(80, false)), Refusal::NotTheOfferer);
    denies(before, agrees(COMMUNE, BRAHIM), correction::Refusal::Unknown.into());
}

#[test]
fn what_was_confirmed_is_corrected_while_nobody_disputes_it() {
    let stage = Stage::Disputed;
    let disputed = with(at(Stage::PartFulfilled), [dispute()]);
    denies(disputed.clone(), propose(kept(None, false)), Refusal::OutOfTurn { stage });
    denies(disputed, propose(pledged(90, false)), Refusal::OutOfTurn { stage });
    let lapsed = with(at(Stage::PartFulfilled), [lapse()]);
    takes(lapsed.clone(), propose(kept(Some(50), false)), "correction_proposed");
    let over = Refusal::OutOfTurn { stage: Stage::Lapsed };
    denies(lapsed, propose(pledged(90, false)), over);
    denies(at(Stage::Active), propose(kept(Some(1), false)), Refusal::NothingConfirmed);
    for stage in [Stage::Offered, Stage::Accepted, Stage::Active, Stage::Fulfilled] {
        takes(at(stage), propose(pledged(120, false)), "correction_proposed");
    }
}

#[test]
fn a_corrected_promise_is_not_exceeded_but_on_purpose() {
    let before = at(Stage::PartFulfilled);
    let exceeds = |pledged, fulfilled| Refusal::ExceedsPledge { pledged, fulfilled };
    denies(before.clone(), propose(kept(Some(101), false)), exceeds(100, 101));
    takes(before.clone(), propose(kept(Some(101), true)), "correction_proposed");
    denies(before.clone(), propose(pledged(59, false)), exceeds(59, 60));
    takes(before.clone(), propose(pledged(59, true)), "correction_proposed");
    denies(before.clone(), propose(pledged(0, true)), Refusal::NothingPledged);
    denies(before.clone(), propose(kept(Some(0), false)), Refusal::NothingClaimed);
    // Checked again when it is confirmed: meanwhile more was kept.
    let second = EvidenceId::from_u128(55);
    let more = [shows(second, None, 30), confirms(COMMUNE, second, 30, false)];
    let waiting = with(with(before, [propose(kept(Some(80), false))]), more);
    denies(waiting, agrees(COMMUNE, BRAHIM), exceeds(100, 110));
}

#[test]
fn the_stage_follows_what_is_kept_and_promised() {
    let stage_after =
        |before: Vec<Command>| crate::aggregate::given::state::<Commitment>(before).stage;
    let fulfilled = at(Stage::Fulfilled);
    let stage = |figure| stage_after(corrected(fulfilled.clone(), figure));
    assert_eq!(stage(kept(Some(60), false)), Stage::PartFulfilled);
    assert_eq!(stage(kept(None, false)), Stage::Active);
    assert_eq!(stage(pledged(120, false)), Stage::PartFulfilled);
    let part = at(Stage::PartFulfilled);
    assert_eq!(stage_after(corrected(part.clone(), pledged(60, false))), Stage::Fulfilled);
    assert_eq!(stage_after(corrected(at(Stage::Active), pledged(60, false))), Stage::Active);
    let lapsed = with(part, [lapse()]);
    assert_eq!(stage_after(corrected(lapsed, kept(None, false))), Stage::Lapsed);
}

#[test]
fn evidence_whose_confirmation_was_a_mistake_waits_again() {
    let waiting = corrected(at(Stage::Fulfilled), kept(None, false));
    takes(waiting.clone(), confirm(40), "fulfilment_confirmed");
    takes(waiting.clone(), reject(COMMUNE), "evidence_rejected");
    denies(waiting, propose(kept(Some(1), false)), Refusal::NothingConfirmed);
}

#[test]
fn one_correction_of_a_figure_waits_at_a_time() {
    let before = with(at(Stage::Fulfilled), [propose(kept(Some(60), false))]);
    let other = Command::ProposeCorrection {
        by: STRANGER,
        person: BRAHIM,
        correction: CorrectionId::from_u128(13),
        figure: kept(None, false),
        reason: reason(),
    };
    denies(before, other, correction::Refusal::AlreadyWaiting.into());
}

#[test]
fn a_commitment_is_annulled_where_nothing_of_it_was_confirmed() {
    for stage in RECORDED {
        match stage {
            Stage::PartFulfilled | Stage::Fulfilled => {
                denies(at(stage), annul(), Refusal::FulfilmentStands);
            }
            Stage::Annulled => denies(at(stage), annul(), Refusal::OutOfTurn { stage }),
            _ => takes(at(stage), annul(), "annulled"),
        }
    }
    denies(vec![], annul(), Refusal::NotOffered);
    takes(corrected(at(Stage::Fulfilled), kept(None, false)), annul(), "annulled");
    denies(at(Stage::Annulled), offer(), Refusal::AlreadyOffered);
}

#[test]
fn a_pledge_of_another_size_keeps_its_unit() {
    let financial = Pledge::Financial { amount: Money::dirhams(1) };
    let other = Pledge::Financial { amount: Money::dirhams(2) };
    assert_eq!(financial.resized(quantity(200)), other);
    assert_eq!(in_kind(20, None).resized(quantity(21)), in_kind(21, None));
    let days = Pledge::Human { days: quantity(3) };
    assert_eq!(days.resized(quantity(4)).size(), 4);
}

#[test]
fn a_refused_correction_names_its_code_and_its_field() {
    assert_eq!(Refusal::FulfilmentStands.code(), "COMMITMENT_FULFILMENT_STANDS");
    assert_eq!(Refusal::DueCorrectedByOfferer.field(), Some("due"));
    assert_eq!(Refusal::NothingConfirmed.field(), Some("figure"));
    let shared = Refusal::from(correction::Refusal::AlreadyWaiting);
    assert_eq!(
        (shared.code().as_str(), shared.field()),
        ("CORRECTION_ALREADY_WAITING", Some("figure"))
    );
}
