use super::*;
use crate::aggregate::given::{records, refuses};
use crate::measure::Quantity;
use crate::population::{PopulationGroup, Sex};
use crate::territory::TerritoryId;

const PARTNER: ActorId = ActorId::from_u128(1);
const REGION: ActorId = ActorId::from_u128(2);
const ITSELF: IndicatorId = IndicatorId::from_u128(3);
const OTHER: IndicatorId = IndicatorId::from_u128(4);

fn period() -> Effective {
    "2021".parse().expect("a date")
}

fn reason() -> Note {
    Note::fr("Recomptage").expect("a note")
}

fn quantity(value: i64) -> Quantity {
    Quantity::new(value).expect("in range")
}

fn territory(key: &str) -> TerritoryId {
    key.parse().expect("a territory")
}

fn cell(sex: Sex, count: i64) -> Cell {
    Cell { sex: Some(sex), group: None, territory: None, count: quantity(count) }
}

fn measured(value: i64, cells: Vec<Cell>, unknown: Option<i64>) -> Measurement {
    Measurement { value: quantity(value), territory: None, cells, unknown: unknown.map(quantity) }
}

fn submits(measurement: Measurement) -> Command {
    Command::Submit { by: PARTNER, period: period(), measurement }
}

fn submit() -> Command {
    submits(measured(24, vec![cell(Sex::Female, 11), cell(Sex::Male, 10)], Some(3)))
}

fn send_back() -> Command {
    Command::Return { by: REGION, period: period(), reason: reason() }
}

fn accept(by: ActorId) -> Command {
    Command::Accept { by, period: period() }
}

fn lock() -> Command {
    Command::Lock { by: REGION, period: period() }
}

fn corrects(measurement: Measurement) -> Command {
    Command::Correct { by: REGION, period: period(), measurement, reason: reason() }
}

fn correct() -> Command {
    corrects(measured(25, vec![], None))
}

fn share(counted_in: IndicatorId) -> Command {
    Command::DeclareShared { period: period(), counted_in, reason: reason(), itself: ITSELF }
}

/// The commands that lead the period to `stage`.
fn at(stage: Stage) -> Vec<Command> {
    match stage {
        Stage::Open => vec![],
        Stage::Submitted => vec![submit()],
        Stage::Returned => vec![submit(), send_back()],
        Stage::Accepted => vec![submit(), accept(REGION)],
        Stage::Locked => vec![submit(), accept(REGION), lock()],
    }
}

#[track_caller]
fn denies(before: Vec<Command>, command: Command, why: Refusal) {
    refuses::<Indicator>(before, command, why);
}

/// `command` is recorded as `name` at `stages` and refused at every other one.
#[track_caller]
fn only_at(stages: &[Stage], command: &Command, name: &str) {
    let all = [Stage::Open, Stage::Submitted, Stage::Returned, Stage::Accepted, Stage::Locked];
    for stage in all {
        if stages.contains(&stage) {
            records::<Indicator>(at(stage), command.clone(), name);
        } else {
            let period = period();
            denies(at(stage), command.clone(), Refusal::OutOfTurn { period, stage });
        }
    }
}

#[test]
fn a_report_is_submitted_returned_accepted_locked_and_corrected_in_turn() {
    only_at(&[Stage::Open, Stage::Returned], &submit(), "submitted");
    only_at(&[Stage::Submitted], &send_back(), "returned");
    only_at(&[Stage::Submitted], &accept(REGION), "accepted");
    only_at(&[Stage::Accepted], &lock(), "locked");
    only_at(&[Stage::Accepted, Stage::Locked], &correct(), "corrected");
}

#[test]
fn each_period_has_its_own_report() {
    let next: Effective = "2022".parse().expect("a date");
    let measurement = measured(1, vec![], None);
    let other_year = Command::Submit { by: PARTNER, period: next, measurement };
    records::<Indicator>(at(Stage::Locked), other_year, "submitted");
}

#[test]
fn who_accepts_is_not_who_submitted() {
    denies(at(Stage::Submitted), accept(PARTNER), Refusal::AcceptedBySubmitter);
    let resubmitted =
        Command::Submit { by: REGION, period: period(), measurement: measured(1, vec![], None) };
    let before = vec![submit(), send_back(), resubmitted];
    denies(before.clone(), accept(REGION), Refusal::AcceptedBySubmitter);
    records::<Indicator>(before, accept(PARTNER), "accepted");
}

#[test]
fn a_breakdown_adds_up_or_says_what_is_unknown() {
    let cells = || vec![cell(Sex::Female, 11), cell(Sex::Male, 10)];
    for right in [
        measured(21, cells(), None),
        measured(24, cells(), Some(3)),
        measured(24, vec![], Some(24)),
        measured(24, vec![], None),
    ] {
        records::<Indicator>(vec![], submits(right.clone()), "submitted");
        records::<Indicator>(at(Stage::Locked), corrects(right), "corrected");
    }
    let why = |cells, unknown| Refusal::DoesNotAddUp { value: 24, cells, unknown };
    denies(vec![], submits(measured(24, cells(), None)), why(21, 0));
    denies(vec![], submits(measured(24, cells(), Some(2))), why(21, 2));
    denies(vec![], submits(measured(24, vec![], Some(2))), why(0, 2));
    denies(at(Stage::Locked), corrects(measured(24, cells(), None)), why(21, 0));
    assert_eq!(why(21, 2).to_string(), "21 counted and 2 unknown do not add up to the value, 24");
}

#[test]
fn a_sum_beyond_exact_integers_does_not_add_up() {
    let largest = crate::money::INTEGER_MAX;
    let cells = vec![cell(Sex::Female, largest), cell(Sex::Male, largest)];
    let why = Refusal::DoesNotAddUp { value: 24, cells: largest, unknown: 0 };
    denies(vec![], submits(measured(24, cells, None)), why);
}

#[test]
fn small_counts_are_not_stored_below_province() {
    let counted = |key: Option<&str>, women: i64| Measurement {
        territory: key.map(territory),
        ..measured(women + 20, vec![cell(Sex::Female, women), cell(Sex::Male, 20)], None)
    };
    for count in 1..=SMALL_CELL_MAX {
        let why = || Refusal::SmallCell { count };
        denies(vec![], submits(counted(Some("commune-belfaa"), count)), why());
        records::<Indicator>(vec![], submits(counted(Some("province-tiznit"), count)), "submitted");
        records::<Indicator>(vec![], submits(counted(None, count)), "submitted");
    }
    for count in [0, SMALL_CELL_MAX + 1] {
        records::<Indicator>(vec![], submits(counted(Some("commune-belfaa"), count)), "submitted");
    }
}

#[test]
fn the_cells_own_territory_decides_over_the_measurements() {
    let counted = |whole: &str, part: &str| Measurement {
        territory: Some(territory(whole)),
        ..measured(
            3,
            vec![Cell {
                sex: None,
                group: Some(PopulationGroup::Youth),
                territory: Some(territory(part)),
                count: quantity(3),
            }],
            None,
        )
    };
    let close = submits(counted("province-tiznit", "commune-belfaa"));
    denies(vec![], close, Refusal::SmallCell { count: 3 });
    let wide = submits(counted("commune-belfaa", "province-tiznit"));
    records::<Indicator>(vec![], wide, "submitted");
}

#[test]
fn nobody_is_counted_in_two_cells_alike() {
    let twice = vec![cell(Sex::Female, 11), cell(Sex::Female, 13)];
    denies(vec![], submits(measured(24, twice, None)), Refusal::DuplicateCell);
}

#[test]
fn a_result_is_shared_once_a_period_and_not_with_itself() {
    denies(vec![], share(ITSELF), Refusal::SharedWithItself);
    records::<Indicator>(at(Stage::Locked), share(OTHER), "shared_declared");
    let again = Refusal::AlreadyShared { period: period() };
    denies(vec![share(OTHER)], share(IndicatorId::from_u128(5)), again);
}

#[test]
fn cells_and_periods_have_their_limits() {
    let cells = vec![cell(Sex::Female, 0); CELLS_MAX + 1];
    denies(vec![], submits(measured(0, cells, None)), Refusal::TooMany { max: CELLS_MAX });
    let number = i16::try_from(PERIODS_MAX).expect("a small number");
    let full = (1_000..1_000 + number).map(|year| Command::Submit {
        by: PARTNER,
        period: Effective::Year(jiff::civil::date(year, 1, 1)),
        measurement: measured(1, vec![], None),
    });
    denies(full.clone().collect(), submit(), Refusal::TooMany { max: PERIODS_MAX });
    denies(full.collect(), share(OTHER), Refusal::TooMany { max: PERIODS_MAX });
}

#[test]
fn a_refusal_names_its_code_and_its_field() {
    let small = Refusal::SmallCell { count: 3 };
    assert_eq!(small.code(), "INDICATOR_SMALL_CELL");
    assert_eq!(small.field(), Some("cells"));
    assert_eq!(Refusal::TooMany { max: 1 }.field(), None);
}

fn annuls(by: ActorId) -> Command {
    Command::Annul { by, period: period(), reason: reason() }
}

#[test]
fn who_corrects_or_annuls_a_report_is_not_who_made_it() {
    let measurement = measured(25, vec![], None);
    let own = Command::Correct { by: PARTNER, period: period(), measurement, reason: reason() };
    for stage in [Stage::Accepted, Stage::Locked] {
        denies(at(stage), own.clone(), Refusal::CorrectedBySubmitter);
        denies(at(stage), annuls(PARTNER), Refusal::CorrectedBySubmitter);
    }
    assert_eq!(Refusal::CorrectedBySubmitter.code(), "INDICATOR_CORRECTED_BY_SUBMITTER");
    assert_eq!(Refusal::CorrectedBySubmitter.field(), Some("by"));
}

#[test]
fn a_report_made_by_mistake_is_annulled_and_another_one_can_be_made() {
    let reported = [Stage::Submitted, Stage::Returned, Stage::Accepted, Stage::Locked];
    only_at(&reported, &annuls(REGION), "annulled");
    let mut again = at(Stage::Locked);
    again.push(annuls(REGION));
    records::<Indicator>(again.clone(), submit(), "submitted");
    let out = Refusal::OutOfTurn { period: period(), stage: Stage::Open };
    denies(again, correct(), out);
}
