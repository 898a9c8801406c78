use jiff::civil::{Date, date};

use super::*;
use crate::aggregate::Refused;
use crate::aggregate::given::{records, refuses};
use crate::ids::{IndicatorId, MobilityMapId, OpportunityId};
use crate::mobility_map::{Pathway, Way};
use crate::population::{PARTS_MAX, Part, Sex};
use crate::text::Note;

const ENABEL: ActorId = ActorId::from_u128(1);
const REGION: ActorId = ActorId::from_u128(2);
const MAP: MobilityMapId = MobilityMapId::from_u128(3);
const VOLUNTEERS: OpportunityId = OpportunityId::from_u128(4);
const TODAY: Date = date(2022, 12, 31);

fn country(code: &str) -> Country {
    code.to_owned().try_into().expect("a country")
}

fn title(text: &str) -> Title {
    Title::fr(text).expect("a title")
}

fn note() -> Note {
    Note::fr("Un jeune a renoncé").expect("a note")
}

fn when(text: &str) -> Effective {
    text.parse().expect("a date")
}

fn many(count: i64) -> Quantity {
    Quantity::new(count).expect("in range")
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

fn propose() -> Command {
    Command::Propose {
        by: ENABEL,
        title: title("Volontariat de jeunes en Belgique"),
        pathway: Pathway::Volunteering,
        country: country("BE"),
        map: None,
        opportunity: None,
        programme: None,
        intervention: None,
        territory: place("region-souss-massa"),
        groups: vec![PopulationGroup::Youth],
        places: many(12),
        indicators: vec![IndicatorId::from_u128(5)],
        way: Way::NoMap,
    }
}

/// The same by a map that says `said`.
fn by_map(named: Option<MobilityMapId>, way_of: Option<OpportunityId>, said: Way) -> Command {
    let mut command = propose();
    if let Command::Propose { map, opportunity, way, .. } = &mut command {
        (*map, *opportunity, *way) = (named, way_of, said);
    }
    command
}

fn leaves(departed: Headcount, on: &str) -> Command {
    Command::RecordDeparture { by: ENABEL, departed, on: when(on), today: TODAY }
}

fn leave() -> Command {
    leaves(count(10, &[(Sex::Female, 6), (Sex::Male, 4)]), "2022-03")
}

fn back(returned: i64, on: &str) -> Command {
    Command::RecordReturn { returned: many(returned), on: when(on), today: TODAY }
}

fn end(on: &str) -> Command {
    Command::End { on: when(on), reason: note(), today: TODAY }
}

fn recounts(by: ActorId, departed: Headcount) -> Command {
    Command::CorrectDeparture { by, departed, reason: note() }
}

fn recount(departed: i64) -> Command {
    recounts(REGION, count(departed, &[]))
}

/// A correction of nothing, before somebody fills it in.
fn corrects(change: impl FnOnce(&mut Command)) -> Command {
    let mut command = Command::Correct {
        title: None,
        country: None,
        territory: None,
        groups: None,
        places: None,
        reason: note(),
    };
    change(&mut command);
    command
}

fn has_places(number: i64) -> Command {
    corrects(|it| {
        if let Command::Correct { places, .. } = it {
            *places = Some(many(number));
        }
    })
}

fn moves_to(key: &str) -> Command {
    corrects(|it| {
        if let Command::Correct { territory, .. } = it {
            *territory = Some(place(key));
        }
    })
}

fn annul() -> Command {
    Command::Annul { by: REGION, reason: note() }
}

/// The commands that lead to `stage`.
fn at(stage: Stage) -> Vec<Command> {
    match stage {
        Stage::Unrecorded => vec![],
        Stage::Proposed => vec![propose()],
        Stage::Departed => vec![propose(), leave()],
        Stage::Returned => vec![propose(), leave(), back(10, "2022-09")],
        Stage::Ended => vec![propose(), leave(), end("2022-10")],
        Stage::Annulled => vec![propose(), leave(), annul()],
    }
}

#[track_caller]
fn denies(before: Vec<Command>, command: Command, why: Refusal) {
    refuses::<MobilityPlacement>(before, command, why);
}

#[track_caller]
fn allows(before: Vec<Command>, command: Command, name: &str) {
    records::<MobilityPlacement>(before, command, name);
}

/// `command` is recorded as `name` at `stages`, and refused at every other one.
#[track_caller]
fn only_at(stages: &[Stage], command: &Command, name: &str) {
    use Stage::{Annulled, Departed, Ended, Proposed, Returned, Unrecorded};
    for stage in [Unrecorded, Proposed, Departed, Returned, Ended, Annulled] {
        let again = matches!(command, Command::RecordDeparture { .. }) && stage != Annulled;
        if stages.contains(&stage) {
            allows(at(stage), command.clone(), name);
        } else if stage == Unrecorded {
            denies(vec![], command.clone(), Refusal::NotProposed);
        } else if again {
            denies(at(stage), command.clone(), Refusal::AlreadyDeparted);
        } else {
            denies(at(stage), command.clone(), Refusal::OutOfTurn { stage });
        }
    }
}

#[test]
fn a_placement_is_proposed_once() {
    allows(vec![], propose(), "proposed");
    denies(at(Stage::Proposed), propose(), Refusal::AlreadyProposed);
    denies(at(Stage::Annulled), propose(), Refusal::AlreadyProposed);
}

#[test]
fn a_placement_departs_returns_ends_and_is_corrected_in_turn() {
    use Stage::{Departed, Ended, Proposed, Returned};
    only_at(&[Proposed], &leave(), "departure_recorded");
    only_at(&[Departed], &back(4, "2022-09"), "return_recorded");
    only_at(&[Proposed, Departed], &end("2022-10"), "ended");
    only_at(&[Departed, Returned, Ended], &recount(11), "departure_corrected");
    let alive = &[Proposed, Departed, Returned, Ended];
    only_at(alive, &has_places(20), "corrected");
    only_at(alive, &annul(), "annulled");
}

#[test]
fn what_ended_before_anybody_left_has_no_departure_to_correct() {
    let stage = Stage::Ended;
    denies(vec![propose(), end("2022-02")], recount(5), Refusal::OutOfTurn { stage });
}

#[test]
fn what_is_proposed_by_a_map_is_what_the_map_says() {
    let (belgium, france) = (country("BE"), country("FR"));
    let named = |country, pathway| Way::Named { country, pathway };
    let proposed = by_map(Some(MAP), None, named(belgium, None));
    allows(vec![], proposed, "proposed");
    let volunteering = Some(Pathway::Volunteering);
    let proposed = by_map(Some(MAP), Some(VOLUNTEERS), named(belgium, volunteering));
    allows(vec![], proposed, "proposed");
    let (way, study) = (Some(VOLUNTEERS), Pathway::Study);
    for (command, why) in [
        (by_map(None, way, Way::NoMap), Refusal::OpportunityWithoutMap),
        (by_map(Some(MAP), None, Way::NoMap), Refusal::UnknownMap),
        (by_map(Some(MAP), way, Way::NotNamed), Refusal::UnknownOpportunity),
        (
            by_map(Some(MAP), way, named(france, volunteering)),
            Refusal::OtherCountry { proposed: belgium, mapped: france },
        ),
        (
            by_map(Some(MAP), way, named(belgium, Some(study))),
            Refusal::OtherPathway { proposed: Pathway::Volunteering, mapped: study },
        ),
    ] {
        denies(vec![], command, why);
    }
}

#[test]
fn no_more_leave_than_there_are_places() {
    let why = |departed, places| Refusal::MoreDepartedThanPlaces { departed, places };
    denies(at(Stage::Proposed), leaves(count(13, &[]), "2022-03"), why(13, 12));
    denies(at(Stage::Departed), recount(13), why(13, 12));
    denies(at(Stage::Departed), has_places(9), why(10, 9));
    denies(at(Stage::Proposed), leaves(count(0, &[]), "2022-03"), Refusal::NobodyDeparted);
    denies(at(Stage::Departed), recount(0), Refusal::NobodyDeparted);
    denies(at(Stage::Proposed), has_places(0), Refusal::NoPlaces);
}

#[test]
fn no_more_come_back_than_left_and_their_number_only_grows() {
    let some = || vec![propose(), leave(), back(4, "2022-06")];
    let more = |returned, departed| Refusal::MoreReturnedThanDeparted { returned, departed };
    denies(some(), back(11, "2022-09"), more(11, 10));
    denies(some(), recount(3), more(4, 3));
    for returned in [3, 4] {
        denies(some(), back(returned, "2022-09"), Refusal::FewerReturned { returned, before: 4 });
    }
    allows(some(), back(10, "2022-09"), "return_recorded");
}

#[test]
fn all_are_back_once_as_many_returned_as_left() {
    let mut some = vec![propose(), leave(), back(4, "2022-06")];
    some.push(recount(4));
    let stage = Stage::Returned;
    denies(some.clone(), back(5, "2022-09"), Refusal::OutOfTurn { stage });
    // One more had left: not all are back.
    some.push(recount(5));
    allows(some, back(5, "2022-09"), "return_recorded");
}

#[test]
fn nothing_happens_before_the_departure_or_in_the_future() {
    let (on, departed) = (when("2022-02"), when("2022-03"));
    denies(at(Stage::Departed), back(4, "2022-02"), Refusal::BeforeDeparture { on, departed });
    denies(at(Stage::Departed), end("2022-02"), Refusal::BeforeDeparture { on, departed });
    let on = when("2023-01");
    denies(at(Stage::Proposed), leaves(count(5, &[]), "2023-01"), Refusal::InTheFuture { on });
    denies(at(Stage::Departed), back(4, "2023-01"), Refusal::InTheFuture { on });
    denies(at(Stage::Proposed), end("2023-01"), Refusal::InTheFuture { on });
}

#[test]
fn a_count_adds_up_and_counts_nobody_twice() {
    let half = || count(10, &[(Sex::Female, 6)]);
    let why = || Refusal::DoesNotAddUp { total: 10, parts: 6, unknown: 0 };
    denies(at(Stage::Proposed), leaves(half(), "2022-03"), why());
    denies(at(Stage::Departed), recounts(REGION, half()), why());
    let twice = count(12, &[(Sex::Female, 6), (Sex::Female, 6)]);
    denies(at(Stage::Proposed), leaves(twice, "2022-03"), Refusal::OverlappingParts);
    let parts = count(1, &[(Sex::Female, 0); PARTS_MAX + 1]);
    denies(at(Stage::Proposed), leaves(parts, "2022-03"), Refusal::TooMany { max: PARTS_MAX });
}

#[test]
fn small_counts_are_stored_for_a_province_and_not_below() {
    let near = moves_to("commune-belfaa");
    denies(vec![propose(), near.clone()], leave(), Refusal::SmallCell { count: 4 });
    // Nor does a correction bring them there afterwards.
    denies(at(Stage::Departed), near, Refusal::SmallCell { count: 4 });
    allows(at(Stage::Departed), moves_to("province-tiznit"), "corrected");
}

#[test]
fn who_corrects_the_count_is_not_who_recorded_it() {
    let by_recorder = recounts(ENABEL, count(11, &[]));
    denies(at(Stage::Departed), by_recorder, Refusal::CorrectedByRecorder);
}

#[test]
fn a_correction_changes_something() {
    let why = || Refusal::NothingCorrected;
    denies(at(Stage::Proposed), corrects(|_| {}), why());
    denies(at(Stage::Proposed), has_places(12), why());
    let same = recounts(REGION, count(10, &[(Sex::Female, 6), (Sex::Male, 4)]));
    denies(at(Stage::Departed), same, why());
    let other = corrects(|it| {
        if let Command::Correct { title: name, country: to, groups, .. } = it {
            *name = Some(title("Service citoyen"));
            *to = Some(country("FR"));
            *groups = Some(vec![PopulationGroup::Women]);
        }
    });
    allows(at(Stage::Proposed), other, "corrected");
}

#[test]
fn lists_have_their_limits() {
    let mut groups = propose();
    if let Command::Propose { groups, .. } = &mut groups {
        *groups = vec![PopulationGroup::Youth; GROUPS_MAX + 1];
    }
    denies(vec![], groups, Refusal::TooMany { max: GROUPS_MAX });
    let groups = corrects(|it| {
        if let Command::Correct { groups, .. } = it {
            *groups = Some(vec![PopulationGroup::Youth; GROUPS_MAX + 1]);
        }
    });
    denies(at(Stage::Proposed), groups, Refusal::TooMany { max: GROUPS_MAX });
    let mut indicators = propose();
    if let Command::Propose { indicators, .. } = &mut indicators {
        *indicators = vec![IndicatorId::from_u128(5); INDICATORS_MAX + 1];
    }
    denies(vec![], indicators, Refusal::TooMany { max: INDICATORS_MAX });
}

#[test]
fn a_refusal_names_its_code_and_its_field() {
    let more = Refusal::MoreReturnedThanDeparted { returned: 2, departed: 1 };
    assert_eq!(more.code(), "MOBILITY_PLACEMENT_MORE_RETURNED_THAN_DEPARTED");
    assert_eq!(more.field(), Some("returned"));
    assert_eq!(Refusal::NobodyDeparted.field(), Some("departed"));
    assert_eq!(Refusal::UnknownMap.field(), Some("map"));
    assert_eq!(Refusal::UnknownOpportunity.field(), Some("opportunity"));
    assert_eq!(Refusal::NoPlaces.field(), Some("places"));
    assert_eq!(Refusal::CorrectedByRecorder.field(), Some("by"));
    assert_eq!(Refusal::InTheFuture { on: when("2030") }.field(), Some("on"));
    assert_eq!(Refusal::NothingCorrected.field(), None);
    let (proposed, mapped) = (Pathway::Volunteering, Pathway::Study);
    let other = Refusal::OtherPathway { proposed, mapped };
    assert_eq!(other.to_string(), "the map names that way as study, not volunteering");
    assert_eq!(other.field(), Some("pathway"));
}
