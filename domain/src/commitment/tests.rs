use jiff::civil::date;

use super::*;
use crate::aggregate::Refused;
use crate::aggregate::given::{records, refuses};
use crate::ids::DocumentId;
use crate::money::Currency;
use crate::text::Note;

mod corrections;

use corrections::annul;

const PARTNER: ActorId = ActorId::from_u128(1);
const COMMUNE: ActorId = ActorId::from_u128(2);
const STRANGER: ActorId = ActorId::from_u128(3);
const MILESTONE: MilestoneId = MilestoneId::from_u128(4);
const EVIDENCE: EvidenceId = EvidenceId::from_u128(5);
const DUE: Date = date(2024, 6, 30);

fn title() -> Title {
    Title::fr("Matériel du terrain de sport").expect("a title")
}

fn reason() -> Note {
    Note::fr("Décision du bureau").expect("a note")
}

fn quantity(value: i64) -> Quantity {
    Quantity::new(value).expect("in range")
}

fn offers(to: ActorId, pledge: Pledge) -> Command {
    Command::Offer {
        by: PARTNER,
        to,
        title: title(),
        pledge,
        intervention: None,
        programme: None,
        due: Some(DUE),
    }
}

fn in_kind(pieces: i64, estimate: Option<Money>) -> Pledge {
    let unit = Name::new("ballons").expect("a name");
    Pledge::InKind { quantity: quantity(pieces), unit, estimate }
}

/// A hundred days of work.
fn offer() -> Command {
    offers(COMMUNE, Pledge::Human { days: quantity(100) })
}

fn accept(by: ActorId) -> Command {
    Command::Accept { by }
}

fn decline(by: ActorId) -> Command {
    Command::Decline { by, reason: reason() }
}

fn adds(by: ActorId, milestone: MilestoneId) -> Command {
    Command::AddMilestone { by, milestone, title: title(), due: DUE }
}

fn add(milestone: MilestoneId) -> Command {
    adds(COMMUNE, milestone)
}

fn reschedules(by: ActorId, milestone: MilestoneId) -> Command {
    Command::RescheduleMilestone { by, milestone, due: date(2024, 9, 30), reason: reason() }
}

fn reschedule(milestone: MilestoneId) -> Command {
    reschedules(PARTNER, milestone)
}

fn shows(evidence: EvidenceId, milestone: Option<MilestoneId>, claimed: i64) -> Command {
    Command::SubmitEvidence {
        by: PARTNER,
        evidence,
        milestone,
        documents: vec![DocumentId::from_u128(1)],
        claimed: quantity(claimed),
        note: Some(reason()),
    }
}

fn show() -> Command {
    shows(EVIDENCE, None, 60)
}

fn confirms(by: ActorId, evidence: EvidenceId, confirmed: i64, exceeding: bool) -> Command {
    Command::ConfirmFulfilment { by, evidence, confirmed: quantity(confirmed), exceeding }
}

fn confirm(confirmed: i64) -> Command {
    confirms(COMMUNE, EVIDENCE, confirmed, false)
}

fn reject(by: ActorId) -> Command {
    Command::RejectEvidence { by, evidence: EVIDENCE, reason: reason() }
}

fn withdraw(by: ActorId) -> Command {
    Command::Withdraw { by, reason: reason() }
}

fn lapse() -> Command {
    Command::Lapse { by: COMMUNE, reason: reason() }
}

fn disputes(by: ActorId) -> Command {
    Command::Dispute { by, reason: reason() }
}

fn dispute() -> Command {
    disputes(COMMUNE)
}

fn settle(settlement: Settlement) -> Command {
    Command::Settle { by: STRANGER, settlement, reason: reason() }
}

/// The commands that lead to `stage`.
fn at(stage: Stage) -> Vec<Command> {
    let accepted = vec![offer(), accept(COMMUNE)];
    match stage {
        Stage::Unrecorded => vec![],
        Stage::Offered => vec![offer()],
        Stage::Declined => vec![offer(), decline(COMMUNE)],
        Stage::Accepted => accepted,
        Stage::Active => with(accepted, [show()]),
        Stage::PartFulfilled => with(accepted, [show(), confirm(60)]),
        Stage::Fulfilled => with(accepted, [show(), confirm(100)]),
        Stage::Withdrawn => vec![offer(), withdraw(PARTNER)],
        Stage::Lapsed => with(accepted, [lapse()]),
        Stage::Disputed => with(accepted, [dispute()]),
        Stage::Annulled => vec![offer(), annul()],
    }
}

const RECORDED: [Stage; 10] = [
    Stage::Offered,
    Stage::Declined,
    Stage::Accepted,
    Stage::Active,
    Stage::PartFulfilled,
    Stage::Fulfilled,
    Stage::Withdrawn,
    Stage::Lapsed,
    Stage::Disputed,
    Stage::Annulled,
];

fn with(mut before: Vec<Command>, more: impl IntoIterator<Item = Command>) -> Vec<Command> {
    before.extend(more);
    before
}

#[track_caller]
fn takes(before: Vec<Command>, command: Command, name: &str) {
    records::<Commitment>(before, command, name);
}

#[track_caller]
fn denies(before: Vec<Command>, command: Command, why: Refusal) {
    refuses::<Commitment>(before, command, why);
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
    denies(vec![], command.clone(), Refusal::NotOffered);
}

#[test]
fn each_step_has_its_stages() {
    use Stage::{Accepted, Active, Disputed, Fulfilled, Offered, PartFulfilled};
    let running = [Accepted, Active, PartFulfilled];
    only_at(&[Offered], &accept(COMMUNE), "accepted");
    only_at(&[Offered], &decline(COMMUNE), "declined");
    only_at(&running, &add(MILESTONE), "milestone_added");
    only_at(&running, &shows(EvidenceId::from_u128(55), None, 1), "evidence_submitted");
    only_at(&[Offered, Accepted, Active], &withdraw(PARTNER), "withdrawn");
    only_at(&running, &lapse(), "lapsed");
    only_at(&[Accepted, Active, PartFulfilled, Fulfilled], &dispute(), "disputed");
    only_at(&[Disputed], &settle(Settlement::Upheld), "settled");
    only_at(&[Disputed], &settle(Settlement::Released), "settled");
}

#[test]
fn a_promise_is_more_than_nothing_and_to_somebody_else() {
    let nothing = Money::zero(Currency::Mad);
    for pledge in [
        Pledge::Financial { amount: nothing },
        Pledge::Human { days: Quantity::ZERO },
        in_kind(0, None),
    ] {
        denies(vec![], offers(COMMUNE, pledge), Refusal::NothingPledged);
    }
    for pledge in [
        Pledge::Financial { amount: Money::dirhams(1) },
        in_kind(20, None),
        in_kind(20, Some(Money::dirhams(1))),
    ] {
        takes(vec![], offers(COMMUNE, pledge), "offered");
    }
    denies(vec![], offers(COMMUNE, in_kind(20, Some(nothing))), Refusal::NothingEstimated);
    let own = offers(PARTNER, Pledge::Human { days: quantity(1) });
    denies(vec![], own, Refusal::OfferedToItself);
    denies(at(Stage::Offered), offer(), Refusal::AlreadyOffered);
}

#[test]
fn only_the_beneficiary_accepts_or_declines() {
    for by in [PARTNER, STRANGER] {
        denies(at(Stage::Offered), accept(by), Refusal::NotTheBeneficiary);
        denies(at(Stage::Offered), decline(by), Refusal::NotTheBeneficiary);
    }
}

#[test]
fn only_the_offerer_withdraws_and_shows_evidence() {
    denies(at(Stage::Accepted), withdraw(COMMUNE), Refusal::NotTheOfferer);
    let foreign = Command::SubmitEvidence {
        by: COMMUNE,
        evidence: EVIDENCE,
        milestone: None,
        documents: vec![],
        claimed: quantity(1),
        note: None,
    };
    denies(at(Stage::Accepted), foreign, Refusal::NotTheOfferer);
}

#[test]
fn only_the_two_parties_set_milestones_and_dispute() {
    let before = with(at(Stage::Accepted), [add(MILESTONE)]);
    let other = MilestoneId::from_u128(44);
    for by in [PARTNER, COMMUNE] {
        takes(before.clone(), adds(by, other), "milestone_added");
        takes(before.clone(), reschedules(by, MILESTONE), "milestone_rescheduled");
        takes(before.clone(), disputes(by), "disputed");
    }
    for command in [adds(STRANGER, other), reschedules(STRANGER, MILESTONE), disputes(STRANGER)] {
        denies(before.clone(), command, Refusal::NotAParty);
    }
    assert_eq!(Refusal::NotAParty.code(), "COMMITMENT_NOT_A_PARTY");
    assert_eq!(Refusal::NotAParty.field(), None);
}

#[test]
fn a_milestone_is_added_once_and_can_move() {
    let before = with(at(Stage::Accepted), [add(MILESTONE)]);
    denies(before.clone(), add(MILESTONE), Refusal::DuplicateMilestone);
    takes(before.clone(), reschedule(MILESTONE), "milestone_rescheduled");
    let unknown = MilestoneId::from_u128(44);
    denies(before.clone(), reschedule(unknown), Refusal::UnknownMilestone);
    takes(before.clone(), shows(EVIDENCE, Some(MILESTONE), 1), "evidence_submitted");
    denies(before.clone(), shows(EVIDENCE, Some(unknown), 1), Refusal::UnknownMilestone);
    let lapsed = Refusal::OutOfTurn { stage: Stage::Lapsed };
    denies(with(before, [lapse()]), reschedule(MILESTONE), lapsed);
    denies(vec![], reschedule(MILESTONE), Refusal::NotOffered);
}

#[test]
fn evidence_is_shown_once_and_proves_something() {
    denies(at(Stage::Active), show(), Refusal::DuplicateEvidence);
    denies(at(Stage::Accepted), shows(EVIDENCE, None, 0), Refusal::NothingClaimed);
    denies(at(Stage::Active), confirm(0), Refusal::NothingClaimed);
}

#[test]
fn who_confirms_or_rejects_is_not_who_offered() {
    denies(at(Stage::Active), confirms(PARTNER, EVIDENCE, 1, false), Refusal::ConfirmedByOfferer);
    denies(at(Stage::Active), reject(PARTNER), Refusal::ConfirmedByOfferer);
    takes(at(Stage::Active), confirms(STRANGER, EVIDENCE, 1, false), "fulfilment_confirmed");
    takes(at(Stage::Active), reject(COMMUNE), "evidence_rejected");
}

#[test]
fn evidence_is_answered_once() {
    denies(at(Stage::Accepted), confirm(1), Refusal::UnknownEvidence);
    denies(at(Stage::Accepted), reject(COMMUNE), Refusal::UnknownEvidence);
    denies(at(Stage::PartFulfilled), confirm(1), Refusal::UnknownEvidence);
    let rejected = with(at(Stage::Active), [reject(COMMUNE)]);
    denies(rejected, confirm(1), Refusal::UnknownEvidence);
    let stage = Stage::Disputed;
    let disputed = with(at(Stage::Active), [dispute()]);
    denies(disputed.clone(), confirm(1), Refusal::OutOfTurn { stage });
    denies(disputed, reject(COMMUNE), Refusal::OutOfTurn { stage });
    denies(vec![], confirm(1), Refusal::NotOffered);
}

#[test]
fn fulfilment_exceeds_the_promise_only_when_declared() {
    let (pledged, fulfilled) = (100, 101);
    let why = Refusal::ExceedsPledge { pledged, fulfilled };
    denies(at(Stage::Active), confirm(101), why);
    takes(at(Stage::Active), confirms(COMMUNE, EVIDENCE, 101, true), "fulfilment_confirmed");
    let second = EvidenceId::from_u128(55);
    let before = with(at(Stage::PartFulfilled), [shows(second, None, 41)]);
    let why = Refusal::ExceedsPledge { pledged, fulfilled };
    denies(before.clone(), confirms(COMMUNE, second, 41, false), why);
    takes(before, confirms(COMMUNE, second, 40, false), "fulfilment_confirmed");
}

#[test]
fn evidence_that_outlives_the_fulfilment_gets_its_answer() {
    let second = EvidenceId::from_u128(55);
    let before = with(at(Stage::Active), [shows(second, None, 1), confirm(100)]);
    let why = Refusal::ExceedsPledge { pledged: 100, fulfilled: 101 };
    denies(before.clone(), confirms(COMMUNE, second, 1, false), why);
    takes(before.clone(), confirms(COMMUNE, second, 1, true), "fulfilment_confirmed");
    let evidence = second;
    let rejects = Command::RejectEvidence { by: COMMUNE, evidence, reason: reason() };
    takes(before, rejects, "evidence_rejected");
}

#[test]
fn a_dispute_upheld_leaves_the_commitment_where_it_was() {
    let upheld = |stage| with(at(stage), [dispute(), settle(Settlement::Upheld)]);
    takes(upheld(Stage::Active), confirm(60), "fulfilment_confirmed");
    takes(upheld(Stage::Fulfilled), dispute(), "disputed");
    denies(upheld(Stage::Fulfilled), lapse(), Refusal::OutOfTurn { stage: Stage::Fulfilled });
}

#[test]
fn a_dispute_released_ends_the_commitment() {
    let released = with(at(Stage::Disputed), [settle(Settlement::Released)]);
    denies(released, add(MILESTONE), Refusal::OutOfTurn { stage: Stage::Withdrawn });
}

#[test]
fn every_number_has_its_limit() {
    let number = u128::try_from(PARTS_MAX).expect("a small number") + 100;
    let too_many = || Refusal::TooMany { max: PARTS_MAX };
    let milestones = (100..number).map(|it| add(MilestoneId::from_u128(it)));
    denies(with(at(Stage::Accepted), milestones), add(MILESTONE), too_many());
    let evidence = (100..number).map(|it| shows(EvidenceId::from_u128(it), None, 1));
    denies(with(at(Stage::Accepted), evidence), show(), too_many());
    let heavy = Command::SubmitEvidence {
        by: PARTNER,
        evidence: EVIDENCE,
        milestone: None,
        documents: vec![DocumentId::from_u128(1); PARTS_MAX + 1],
        claimed: quantity(1),
        note: None,
    };
    denies(at(Stage::Accepted), heavy, too_many());
}

#[test]
fn a_refusal_names_its_code_and_its_field() {
    let exceeds = Refusal::ExceedsPledge { pledged: 1, fulfilled: 2 };
    assert_eq!(exceeds.code(), "COMMITMENT_EXCEEDS_PLEDGE");
    assert_eq!(exceeds.field(), Some("exceeding"));
    assert_eq!(Refusal::NotOffered.field(), None);
}
