use jiff::civil::date;

use super::*;
use crate::aggregate::Refused;
use crate::aggregate::given::{records, refuses, state};
use crate::ids::{DocumentId, IndicatorId};
use crate::population::PopulationGroup;
use crate::text::{Name, Note};

const ENABEL: ActorId = ActorId::from_u128(1);
const REGION: ActorId = ActorId::from_u128(2);
const FIRST: OpportunityId = OpportunityId::from_u128(3);
const SECOND: OpportunityId = OpportunityId::from_u128(4);
const TODAY: Date = date(2022, 6, 1);

fn country(code: &str) -> Country {
    code.to_owned().try_into().expect("a country")
}

fn title(text: &str) -> Title {
    Title::fr(text).expect("a title")
}

fn note() -> Note {
    Note::fr("L'appel est clos").expect("a note")
}

fn reference() -> Name {
    Name::new("service-public.fr").expect("a name")
}

fn when(text: &str) -> Effective {
    text.parse().expect("a date")
}

fn drafts(indicators: usize) -> Command {
    Command::Draft {
        by: ENABEL,
        title: title("Opportunités de mobilité en France"),
        country: country("FR"),
        programme: None,
        intervention: None,
        indicators: vec![IndicatorId::from_u128(5); indicators],
    }
}

fn draft() -> Command {
    drafts(1)
}

fn adds(opportunity: OpportunityId, verified_on: Date, closes: Option<Date>) -> Command {
    Command::AddOpportunity {
        opportunity,
        title: title("Volontariat franco-marocain"),
        pathway: Pathway::Volunteering,
        conditions: Some(note()),
        groups: vec![PopulationGroup::Youth],
        reference: reference(),
        verified_on,
        closes,
        today: TODAY,
    }
}

fn add() -> Command {
    adds(FIRST, date(2022, 3, 1), Some(date(2022, 12, 31)))
}

fn verify(opportunity: OpportunityId, on: Date) -> Command {
    Command::VerifyOpportunity { opportunity, reference: Some(reference()), on, today: TODAY }
}

fn close(opportunity: OpportunityId, on: &str) -> Command {
    let (reason, on) = (Some(note()), when(on));
    Command::ExpireOpportunity { opportunity, reason, on, today: TODAY }
}

fn validate(by: ActorId, on: &str) -> Command {
    Command::Validate { by, on: when(on), today: TODAY }
}

fn publish(on: &str) -> Command {
    let document = Some(DocumentId::from_u128(6));
    Command::Publish { document, on: when(on), today: TODAY }
}

fn expire(on: &str) -> Command {
    Command::Expire { on: when(on), reason: Some(note()), today: TODAY }
}

fn corrects(text: Option<&str>, code: Option<&str>) -> Command {
    Command::Correct { title: text.map(title), country: code.map(country), reason: note() }
}

fn annul() -> Command {
    Command::Annul { by: REGION, reason: note() }
}

/// The commands that lead to `stage`.
fn at(stage: Stage) -> Vec<Command> {
    let mut way = vec![draft(), add(), validate(REGION, "2022-04"), publish("2022-05")];
    match stage {
        Stage::Unrecorded => way.truncate(0),
        Stage::Draft => way.truncate(2),
        Stage::Validated => way.truncate(3),
        Stage::Published => {}
        Stage::Expired => way.push(expire("2022-06")),
        Stage::Annulled => way.push(annul()),
    }
    way
}

#[track_caller]
fn denies(before: Vec<Command>, command: Command, why: Refusal) {
    refuses::<MobilityMap>(before, command, why);
}

#[track_caller]
fn allows(before: Vec<Command>, command: Command, name: &str) {
    records::<MobilityMap>(before, command, name);
}

/// `command` is recorded as `name` at `stages`, and refused at every other one.
#[track_caller]
fn only_at(stages: &[Stage], command: &Command, name: &str) {
    use Stage::{Annulled, Draft, Expired, Published, Unrecorded, Validated};
    for stage in [Unrecorded, Draft, Validated, Published, Expired, Annulled] {
        if stages.contains(&stage) {
            allows(at(stage), command.clone(), name);
        } else if stage == Unrecorded {
            denies(vec![], command.clone(), Refusal::NotDrafted);
        } else {
            denies(at(stage), command.clone(), Refusal::OutOfTurn { stage });
        }
    }
}

#[test]
fn a_map_is_drafted_once() {
    allows(vec![], draft(), "drafted");
    denies(at(Stage::Draft), draft(), Refusal::AlreadyDrafted);
    denies(at(Stage::Annulled), draft(), Refusal::AlreadyDrafted);
}

#[test]
fn a_map_is_filled_validated_published_and_expires_in_turn() {
    use Stage::{Draft, Expired, Published, Validated};
    let open = &[Draft, Validated, Published];
    only_at(open, &adds(SECOND, date(2022, 5, 1), None), "opportunity_added");
    only_at(open, &verify(FIRST, date(2022, 5, 1)), "opportunity_verified");
    only_at(open, &close(FIRST, "2022-05"), "opportunity_expired");
    only_at(&[Draft], &validate(REGION, "2022-04"), "validated");
    only_at(&[Validated], &publish("2022-05"), "published");
    only_at(&[Published], &expire("2022-06"), "expired");
    let alive = &[Draft, Validated, Published, Expired];
    only_at(alive, &corrects(None, Some("BE")), "corrected");
    only_at(alive, &annul(), "annulled");
}

#[test]
fn an_opportunity_was_checked_on_a_day_that_has_come() {
    let tomorrow = date(2022, 6, 2);
    let on = Effective::Day(tomorrow);
    denies(vec![draft()], adds(FIRST, tomorrow, None), Refusal::InTheFuture { on });
    denies(at(Stage::Draft), verify(FIRST, tomorrow), Refusal::InTheFuture { on });
    allows(vec![draft()], adds(FIRST, TODAY, Some(TODAY)), "opportunity_added");
}

#[test]
fn what_is_closed_is_no_opportunity() {
    let (closes, on) = (date(2022, 2, 28), date(2022, 3, 1));
    let why = Refusal::ClosedBeforeVerified { closes, on };
    denies(vec![draft()], adds(FIRST, on, Some(closes)), why);
    let before = vec![draft(), adds(FIRST, date(2022, 2, 1), Some(closes))];
    let why = Refusal::ClosedBeforeVerified { closes, on };
    denies(before, verify(FIRST, on), why);
}

#[test]
fn a_check_is_later_than_the_one_before() {
    let verified_on = date(2022, 3, 1);
    denies(at(Stage::Draft), verify(FIRST, verified_on), Refusal::VerifiedSince { verified_on });
    let mut before = at(Stage::Draft);
    before.push(verify(FIRST, date(2022, 5, 1)));
    let verified_on = date(2022, 5, 1);
    denies(before, verify(FIRST, date(2022, 4, 1)), Refusal::VerifiedSince { verified_on });
}

#[test]
fn an_opportunity_is_added_once_and_expires_once() {
    denies(at(Stage::Draft), add(), Refusal::DuplicateOpportunity);
    denies(at(Stage::Draft), verify(SECOND, TODAY), Refusal::UnknownOpportunity);
    denies(at(Stage::Draft), close(SECOND, "2022"), Refusal::UnknownOpportunity);
    let mut before = at(Stage::Draft);
    before.push(close(FIRST, "2022-05"));
    denies(before.clone(), close(FIRST, "2022-05"), Refusal::OpportunityExpired);
    denies(before, verify(FIRST, TODAY), Refusal::OpportunityExpired);
}

#[test]
fn who_validates_a_map_is_not_who_drafted_it() {
    denies(at(Stage::Draft), validate(ENABEL, "2022-04"), Refusal::ValidatedByDrafter);
}

#[test]
fn a_map_is_published_with_an_open_opportunity() {
    let validated = || vec![draft(), validate(REGION, "2022-04")];
    denies(validated(), publish("2022-05"), Refusal::NothingOpen);
    let mut expired = at(Stage::Validated);
    expired.push(close(FIRST, "2022-05"));
    denies(expired, publish("2022-05"), Refusal::NothingOpen);
    let mut over = validated();
    over.push(adds(FIRST, date(2022, 3, 1), Some(date(2022, 3, 31))));
    denies(over.clone(), publish("2022-05"), Refusal::NothingOpen);
    allows(over.clone(), publish("2022"), "published");
    allows(over, publish("unknown"), "published");
}

#[test]
fn no_step_is_taken_in_the_future_and_a_map_expires_after_its_publication() {
    let on = when("2022-07");
    for (stage, command) in [
        (Stage::Draft, close(FIRST, "2022-07")),
        (Stage::Draft, validate(REGION, "2022-07")),
        (Stage::Validated, publish("2022-07")),
        (Stage::Published, expire("2022-07")),
    ] {
        denies(at(stage), command, Refusal::InTheFuture { on });
    }
    let (on, published) = (when("2022-04"), when("2022-05"));
    let why = Refusal::ExpiredBeforePublication { on, published };
    denies(at(Stage::Published), expire("2022-04"), why);
}

#[test]
fn a_correction_changes_something() {
    let why = || Refusal::NothingCorrected;
    denies(at(Stage::Draft), corrects(None, None), why());
    denies(at(Stage::Draft), corrects(None, Some("FR")), why());
    allows(at(Stage::Draft), corrects(Some("La France, pas à pas"), None), "corrected");
}

#[test]
fn lists_have_their_limits() {
    denies(vec![], drafts(INDICATORS_MAX + 1), Refusal::TooMany { max: INDICATORS_MAX });
    let mut command = add();
    if let Command::AddOpportunity { groups, .. } = &mut command {
        *groups = vec![PopulationGroup::Youth; GROUPS_MAX + 1];
    }
    denies(vec![draft()], command, Refusal::TooMany { max: GROUPS_MAX });
    let all = (0..OPPORTUNITIES_MAX as u128).map(|it| OpportunityId::from_u128(100 + it));
    let mut before = vec![draft()];
    before.extend(all.map(|it| adds(it, date(2022, 3, 1), None)));
    denies(before, add(), Refusal::TooMany { max: OPPORTUNITIES_MAX });
}

#[test]
fn a_map_says_of_a_way_whether_it_names_it() {
    let (country, volunteering) = (country("FR"), Some(Pathway::Volunteering));
    let map = state::<MobilityMap>(at(Stage::Published));
    assert_eq!(map.way(None), Way::Named { country, pathway: None });
    assert_eq!(map.way(Some(FIRST)), Way::Named { country, pathway: volunteering });
    assert_eq!(map.way(Some(SECOND)), Way::NotNamed);
    assert_eq!(state::<MobilityMap>(vec![]).way(None), Way::NoMap);
    assert_eq!(state::<MobilityMap>(at(Stage::Annulled)).way(Some(FIRST)), Way::NoMap);
}

#[test]
fn a_refusal_names_its_code_and_its_field() {
    assert_eq!(Refusal::NothingOpen.code(), "MOBILITY_MAP_NOTHING_OPEN");
    assert_eq!(Refusal::NothingOpen.field(), None);
    assert_eq!(Refusal::UnknownOpportunity.field(), Some("opportunity"));
    assert_eq!(Refusal::ValidatedByDrafter.field(), Some("by"));
    let closed = Refusal::ClosedBeforeVerified { closes: TODAY, on: TODAY };
    assert_eq!(closed.field(), Some("closes"));
    assert_eq!(Refusal::VerifiedSince { verified_on: TODAY }.field(), Some("on"));
}
