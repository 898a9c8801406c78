use jiff::civil::date;

use super::*;
use crate::aggregate::Refused;
use crate::aggregate::given::{records, refuses};
use crate::text::Note;

const COMMUNE: ActorId = ActorId::from_u128(1);
const HOSPITAL: ActorId = ActorId::from_u128(2);
const FIRST: ReferralId = ReferralId::from_u128(3);
const SECOND: ReferralId = ReferralId::from_u128(4);
const TODAY: Date = date(2025, 6, 15);

fn title() -> Title {
    Title::fr("Bureau d’accueil et d’orientation").expect("a title")
}

fn reason() -> Note {
    Note::fr("Travaux dans les locaux").expect("a note")
}

fn when(text: &str) -> Effective {
    text.parse().expect("a date")
}

fn place(slug: &str) -> TerritoryId {
    slug.parse().expect("a territory")
}

fn decides(services: &[Service], groups: usize) -> Command {
    Command::Decide {
        by: COMMUNE,
        title: title(),
        territory: place("commune-belfaa"),
        services: services.to_vec(),
        groups: vec![PopulationGroup::ReturnedMoroccans; groups],
        intervention: None,
        deliberation: None,
        on: when("2022"),
    }
}

fn decide() -> Command {
    decides(&[Service::Rights, Service::Care], 1)
}

fn open(on: &str) -> Command {
    Command::Open { on: when(on) }
}

fn suspend(on: &str) -> Command {
    Command::Suspend { on: when(on), reason: reason() }
}

fn resume(on: &str) -> Command {
    Command::Resume { on: when(on) }
}

fn close(on: &str) -> Command {
    Command::Close { on: when(on), reason: None }
}

fn agrees(referral: ReferralId, kind: PartnerKind, services: &[Service]) -> Command {
    Command::AgreeReferral {
        referral,
        partner: HOSPITAL,
        kind,
        services: services.to_vec(),
        document: None,
        on: when("2023-05"),
    }
}

fn agree() -> Command {
    agrees(FIRST, PartnerKind::ProvincialHospital, &[Service::Care])
}

fn ends(referral: ReferralId, on: &str) -> Command {
    Command::EndReferral { referral, reason: Some(reason()), on: when(on) }
}

fn count(service: Service, received: i64, referred: Option<i64>) -> Count {
    let many = |it| Quantity::new(it).expect("in range");
    Count { service, received: many(received), referred: referred.map(many) }
}

fn reports(month: &str, counts: &[Count]) -> Command {
    Command::ReportActivity {
        by: COMMUNE,
        month: when(month),
        counts: counts.to_vec(),
        today: TODAY,
    }
}

fn report(month: &str) -> Command {
    reports(month, &[count(Service::Rights, 12, Some(5)), count(Service::Care, 8, None)])
}

fn recounts(month: &str, counts: &[Count]) -> Command {
    Command::CorrectActivity {
        by: COMMUNE,
        month: when(month),
        counts: counts.to_vec(),
        reason: reason(),
    }
}

fn recount(month: &str) -> Command {
    recounts(month, &[count(Service::Rights, 13, Some(5))])
}

#[derive(Default)]
struct Better {
    title: Option<Title>,
    territory: Option<TerritoryId>,
    services: Option<Vec<Service>>,
    groups: Option<Vec<PopulationGroup>>,
    on: Option<Effective>,
}

fn correct(Better { title, territory, services, groups, on }: Better) -> Command {
    Command::Correct { title, territory, services, groups, on, reason: reason() }
}

fn annul() -> Command {
    Command::Annul { by: COMMUNE, reason: reason() }
}

/// The commands that lead to `stage`.
fn at(stage: Stage) -> Vec<Command> {
    let opened = vec![decide(), open("2023-02-10")];
    match stage {
        Stage::Unrecorded => vec![],
        Stage::Decided => vec![decide()],
        Stage::Open => opened,
        Stage::Suspended => with(opened, [suspend("2024-03")]),
        Stage::Closed => with(opened, [close("2025-03-31")]),
        Stage::Annulled => vec![decide(), annul()],
    }
}

const STANDING: [Stage; 4] = [Stage::Decided, Stage::Open, Stage::Suspended, Stage::Closed];

fn with(mut before: Vec<Command>, more: impl IntoIterator<Item = Command>) -> Vec<Command> {
    before.extend(more);
    before
}

#[track_caller]
fn takes(before: Vec<Command>, command: Command, name: &str) {
    records::<ServiceUnit>(before, command, name);
}

#[track_caller]
fn denies(before: Vec<Command>, command: Command, why: Refusal) {
    refuses::<ServiceUnit>(before, command, why);
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
    denies(vec![], command.clone(), Refusal::NotDecided);
    denies(at(Stage::Annulled), command.clone(), Refusal::Annulled);
}

#[test]
fn each_step_has_its_stages() {
    use Stage::{Closed, Decided, Open, Suspended};
    only_at(&[Decided], &open("2025-04"), "opened");
    only_at(&[Open], &suspend("2025-04"), "suspended");
    only_at(&[Suspended], &resume("2025-04"), "resumed");
    only_at(&[Decided, Open, Suspended], &close("2025-04"), "closed");
    only_at(&[Decided, Open, Suspended], &agree(), "referral_agreed");
    only_at(&[Open, Suspended, Closed], &report("2024-02"), "activity_reported");
    only_at(&STANDING, &annul(), "annulled");
    let better = Better { title: Title::fr("Bureau").ok(), ..Better::default() };
    only_at(&STANDING, &correct(better), "corrected");
}

#[test]
fn a_service_unit_is_decided_once_within_its_limits() {
    takes(vec![], decide(), "decided");
    takes(vec![], decides(&[], 0), "decided");
    denies(at(Stage::Open), decide(), Refusal::AlreadyDecided);
    denies(at(Stage::Annulled), decide(), Refusal::AlreadyDecided);
    let twice = decides(&[Service::Care, Service::Rights, Service::Care], 0);
    denies(vec![], twice, Refusal::ServiceTwice { service: Service::Care });
    denies(vec![], decides(&[], GROUPS_MAX + 1), Refusal::TooMany { max: GROUPS_MAX });
}

#[test]
fn no_step_comes_before_the_one_before_it() {
    let early = |before, on| Refusal::OutOfOrder { before: when(before), on: when(on) };
    denies(at(Stage::Decided), open("2021-12"), early("2022", "2021-12"));
    takes(at(Stage::Decided), open("2022-01-01"), "opened");
    takes(at(Stage::Decided), open("unknown"), "opened");
    denies(at(Stage::Open), suspend("2023-01"), early("2023-02-10", "2023-01"));
    denies(at(Stage::Suspended), resume("2024-02"), early("2024-03", "2024-02"));
    denies(at(Stage::Open), close("2022"), early("2023-02-10", "2022"));
    let undated = vec![decide(), open("unknown")];
    denies(undated.clone(), suspend("2021"), early("2022", "2021"));
    takes(undated, suspend("2022"), "suspended");
    let again = with(at(Stage::Suspended), [resume("2024-06")]);
    takes(again, suspend("2025"), "suspended");
}

#[test]
fn a_partner_agrees_once_at_a_time_to_what_the_unit_offers() {
    let before = with(at(Stage::Open), [agree()]);
    denies(before.clone(), agree(), Refusal::DuplicateReferral);
    let hospital = PartnerKind::ProvincialHospital;
    denies(before.clone(), agrees(SECOND, hospital, &[]), Refusal::AlreadyAgreed);
    takes(before.clone(), agrees(SECOND, PartnerKind::HealthCentre, &[]), "referral_agreed");
    let ended = with(before, [ends(FIRST, "2024")]);
    takes(ended, agrees(SECOND, hospital, &[Service::Care]), "referral_agreed");
    let foreign = agrees(FIRST, hospital, &[Service::Information]);
    let service = Service::Information;
    denies(at(Stage::Open), foreign.clone(), Refusal::NotOffered { service });
    takes(vec![decides(&[], 0)], foreign, "referral_agreed");
    let twice = agrees(FIRST, hospital, &[Service::Care, Service::Care]);
    denies(at(Stage::Open), twice, Refusal::ServiceTwice { service: Service::Care });
}

#[test]
fn a_referral_agreement_ends_once_and_after_it_began() {
    let before = with(at(Stage::Open), [agree()]);
    denies(before.clone(), ends(SECOND, "2024"), Refusal::UnknownReferral);
    let (from, to) = (when("2023-05"), when("2023-04"));
    denies(before.clone(), ends(FIRST, "2023-04"), Refusal::EndsBeforeStart { from, to });
    takes(before.clone(), ends(FIRST, "2023"), "referral_ended");
    takes(with(before.clone(), [close("2025")]), ends(FIRST, "2024"), "referral_ended");
    let over = Refusal::ReferralOver { to: when("2024") };
    denies(with(before, [ends(FIRST, "2024")]), ends(FIRST, "2025"), over);
    denies(vec![], ends(FIRST, "2024"), Refusal::NotDecided);
    denies(at(Stage::Annulled), ends(FIRST, "2024"), Refusal::Annulled);
}

#[test]
fn activity_is_counted_by_a_month_that_has_begun_while_the_unit_was_there() {
    for wrong in ["2025", "2025-03-01", "2025-03-01/2025-03-31", "unknown"] {
        let month = when(wrong);
        denies(at(Stage::Open), report(wrong), Refusal::NotAMonth { month });
    }
    takes(at(Stage::Open), report("2025-06"), "activity_reported");
    let month = when("2025-07");
    denies(at(Stage::Open), report("2025-07"), Refusal::InTheFuture { month });
    let (month, opened) = (when("2023-01"), when("2023-02-10"));
    denies(at(Stage::Open), report("2023-01"), Refusal::BeforeOpening { month, opened });
    takes(at(Stage::Open), report("2023-02"), "activity_reported");
    takes(vec![decide(), open("unknown")], report("2020-01"), "activity_reported");
    takes(at(Stage::Closed), report("2025-03"), "activity_reported");
    let (month, closed) = (when("2025-04"), when("2025-03-31"));
    denies(at(Stage::Closed), report("2025-04"), Refusal::AfterClosing { month, closed });
    let never = vec![decide(), close("2022")];
    denies(never, report("2024-01"), Refusal::OutOfTurn { stage: Stage::Closed });
}

#[test]
fn a_month_is_reported_once_and_corrected_after() {
    let before = with(at(Stage::Open), [report("2024-02")]);
    let month = when("2024-02");
    denies(before.clone(), report("2024-02"), Refusal::AlreadyReported { month });
    takes(before.clone(), report("2024-03"), "activity_reported");
    takes(before.clone(), recount("2024-02"), "activity_corrected");
    denies(before.clone(), recount("2024-03"), Refusal::NotReported { month: when("2024-03") });
    denies(before.clone(), recount("2024"), Refusal::NotAMonth { month: when("2024") });
    let once = with(before, [recount("2024-02")]);
    denies(once.clone(), recount("2024-02"), Refusal::NothingCorrected);
    denies(once.clone(), recounts("2024-02", &[]), Refusal::NothingCounted);
    takes(
        with(once, [close("2025")]),
        recounts("2024-02", &[count(Service::Care, 0, None)]),
        "activity_corrected",
    );
    denies(vec![], recount("2024-02"), Refusal::NotDecided);
    denies(at(Stage::Annulled), recount("2024-02"), Refusal::Annulled);
}

#[test]
fn each_service_is_counted_once_and_sends_on_no_more_than_came() {
    let denied = |counts: &[Count], why| denies(at(Stage::Open), reports("2024-02", counts), why);
    denied(&[], Refusal::NothingCounted);
    let care = count(Service::Care, 3, Some(3));
    denied(&[care.clone(), care.clone()], Refusal::ServiceTwice { service: Service::Care });
    let service = Service::Information;
    denied(&[count(service, 1, None)], Refusal::NotOffered { service });
    let service = Service::Care;
    let (received, referred) = (3, 4);
    let more = Refusal::MoreReferredThanReceived { service, received, referred };
    denied(&[count(Service::Care, 3, Some(4))], more.clone());
    takes(at(Stage::Open), reports("2024-02", &[care]), "activity_reported");
    let before = with(at(Stage::Open), [report("2024-02")]);
    denies(before, recounts("2024-02", &[count(Service::Care, 3, Some(4))]), more);
}

#[test]
fn a_correction_changes_something_and_takes_no_counted_service_away() {
    let before = || with(at(Stage::Open), [report("2024-02")]);
    denies(before(), correct(Better::default()), Refusal::NothingCorrected);
    let same = Better {
        title: Some(title()),
        territory: Some(place("commune-belfaa")),
        services: Some(vec![Service::Rights, Service::Care]),
        groups: Some(vec![PopulationGroup::ReturnedMoroccans]),
        on: Some(when("2022")),
    };
    denies(before(), correct(same), Refusal::NothingCorrected);
    let services =
        |it: &[Service]| correct(Better { services: Some(it.to_vec()), ..Better::default() });
    let lost = Refusal::ServiceCounted { service: Service::Rights };
    denies(before(), services(&[Service::Care]), lost);
    takes(at(Stage::Open), services(&[Service::Care]), "corrected");
    takes(before(), services(&[]), "corrected");
    let twice = Refusal::ServiceTwice { service: Service::Care };
    denies(before(), services(&[Service::Care, Service::Care]), twice);
    let groups = Some(vec![PopulationGroup::Families; GROUPS_MAX + 1]);
    let many = correct(Better { groups, ..Better::default() });
    denies(before(), many, Refusal::TooMany { max: GROUPS_MAX });
    let moved = |on| correct(Better { on: Some(when(on)), ..Better::default() });
    takes(before(), moved("2023-02"), "corrected");
    let (before_it, on) = (when("2023-03"), when("2023-02-10"));
    denies(before(), moved("2023-03"), Refusal::OutOfOrder { before: before_it, on });
    let earlier = with(at(Stage::Decided), [moved("2021")]);
    takes(earlier, open("2021-06"), "opened");
}

#[test]
fn what_was_corrected_counts_from_then_on() {
    let place = Better { territory: Some(place("commune-sidi-bibi")), ..Better::default() };
    let moved = with(at(Stage::Open), [correct(place)]);
    let back =
        Better { territory: Some("commune-belfaa".parse().expect("it")), ..Better::default() };
    takes(moved, correct(back), "corrected");
    let more = Better { services: Some(vec![Service::Information]), ..Better::default() };
    let offers = with(at(Stage::Open), [correct(more)]);
    denies(offers.clone(), report("2024-02"), Refusal::NotOffered { service: Service::Rights });
    let told = [count(Service::Information, 4, None)];
    takes(offers, reports("2024-02", &told), "activity_reported");
}

#[test]
fn every_list_has_its_limit() {
    let number = u128::try_from(REFERRALS_MAX).expect("a small number");
    let agreed = (0..number).map(|it| Command::AgreeReferral {
        referral: ReferralId::from_u128(it + 9),
        partner: ActorId::from_u128(it + 9),
        kind: PartnerKind::Association,
        services: vec![],
        document: None,
        on: when("2023"),
    });
    let full = with(at(Stage::Open), agreed);
    denies(full, agree(), Refusal::TooMany { max: REFERRALS_MAX });
    let months =
        (0..MONTHS_MAX).map(|it| report(&format!("{:04}-{:02}", 1900 + it / 12, 1 + it % 12)));
    let full = with(vec![decide(), open("unknown")], months);
    denies(full, report("2024-02"), Refusal::TooMany { max: MONTHS_MAX });
}

#[test]
fn a_refusal_names_its_code_and_its_field() {
    let month = when("2025");
    let service = Service::Care;
    for (refusal, code, field) in [
        (Refusal::NotAMonth { month }, "NOT_A_MONTH", Some("month")),
        (Refusal::NotReported { month }, "NOT_REPORTED", Some("month")),
        (Refusal::ServiceCounted { service }, "SERVICE_COUNTED", Some("services")),
        (Refusal::NothingCounted, "NOTHING_COUNTED", Some("counts")),
        (Refusal::AlreadyAgreed, "ALREADY_AGREED", Some("partner")),
        (Refusal::UnknownReferral, "UNKNOWN_REFERRAL", Some("referral")),
        (Refusal::OutOfOrder { before: month, on: month }, "OUT_OF_ORDER", Some("on")),
        (Refusal::NotOffered { service }, "NOT_OFFERED", None),
    ] {
        assert_eq!(refusal.code(), format!("SERVICE_UNIT_{code}"));
        assert_eq!(refusal.field(), field);
    }
}
