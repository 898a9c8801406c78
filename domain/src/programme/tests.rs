use super::*;
use crate::aggregate::Refused;
use crate::aggregate::given::{past, records, refuses, state};
use crate::ids::ActorId;
use crate::measure::Quantity;
use crate::money::Currency;
use crate::text::Note;

mod classified;
mod corrections;
mod envelope;

const ITSELF: ProgrammeId = ProgrammeId::from_u128(1);
const PARENT: ProgrammeId = ProgrammeId::from_u128(2);
const FRAMEWORK: PolicyFrameworkId = PolicyFrameworkId::from_u128(3);
const RESULT: ExpectedResultId = ExpectedResultId::from_u128(4);
const INDICATOR: IndicatorId = IndicatorId::from_u128(5);
const ENVELOPE: EnvelopeId = EnvelopeId::from_u128(6);
const REQUEST: FundingRequestId = FundingRequestId::from_u128(7);
const OTHER_REQUEST: FundingRequestId = FundingRequestId::from_u128(8);

fn title() -> Title {
    Title::fr("Programme régional des initiatives de la migration").expect("a title")
}

fn reason() -> Note {
    Note::fr("Décision du comité de pilotage").expect("a note")
}

fn when(text: &str) -> Effective {
    text.parse().expect("a date")
}

fn period(from: &str, to: &str) -> Period {
    Period { from: when(from), to: when(to) }
}

fn euros() -> Money {
    Money::new(1, Currency::Eur).expect("in range")
}

fn creates(period: Period, budget: Option<Money>, funders: usize) -> Command {
    Command::Create {
        kind: Kind::Programme,
        title: title(),
        acronym: Some(Name::new("PRIM").expect("a name")),
        parent: None,
        period,
        operator: None,
        funders: vec![ActorId::from_u128(9); funders],
        partners: Vec::new(),
        territories: Vec::new(),
        budget,
    }
}

fn create() -> Command {
    creates(period("2020", "2024"), Some(Money::dirhams(9)), 1)
}

fn attach(parent: ProgrammeId, ancestors: Vec<ProgrammeId>) -> Command {
    Command::Attach { parent, itself: ITSELF, ancestors }
}

fn agree() -> Command {
    Command::Agree { parties: vec![ActorId::from_u128(9)], document: None, on: when("2021-02-10") }
}

fn start() -> Command {
    Command::Start { on: when("2021") }
}

fn align() -> Command {
    Command::Align { framework: FRAMEWORK, axis: None }
}

fn define_result() -> Command {
    Command::DefineResult { result: RESULT, title: title() }
}

fn define_indicator() -> Command {
    let unit = Name::new("communes").expect("a name");
    let baseline = Some(Quantity::ZERO);
    Command::DefineIndicator {
        indicator: INDICATOR,
        result: RESULT,
        title: title(),
        unit,
        baseline,
    }
}

fn set_target() -> Command {
    let value = Quantity::new(45).expect("in range");
    let (comparator, due) = (Comparator::AtLeast, when("2023"));
    Command::SetTarget { indicator: INDICATOR, value, comparator, due }
}

fn revise_target() -> Command {
    let value = Quantity::new(40).expect("in range");
    let (comparator, due) = (Comparator::AtLeast, when("2024"));
    Command::ReviseTarget { indicator: INDICATOR, value, comparator, due, reason: reason() }
}

fn open(amount: Money) -> Command {
    Command::OpenEnvelope { envelope: ENVELOPE, title: title(), funder: None, amount }
}

fn reserve(request: FundingRequestId, amount: Money) -> Command {
    Command::ReserveEnvelope { envelope: ENVELOPE, request, amount }
}

fn release(request: FundingRequestId, amount: Money) -> Command {
    Command::ReleaseEnvelope { envelope: ENVELOPE, request, amount }
}

fn extend(to: &str) -> Command {
    Command::Extend { to: when(to), reason: reason() }
}

fn report(claim: Claim) -> Command {
    Command::Report { claim }
}

fn settle(claim: Claim) -> Command {
    Command::Settle { claim, reason: reason() }
}

fn begin_closing() -> Command {
    Command::BeginClosing { on: when("2024") }
}

fn close() -> Command {
    Command::Close { on: when("2025") }
}

fn cancel() -> Command {
    Command::Cancel { reason: reason() }
}

fn drafted() -> Vec<Command> {
    vec![create()]
}

fn agreed() -> Vec<Command> {
    vec![create(), agree()]
}

fn running() -> Vec<Command> {
    vec![create(), agree(), start()]
}

fn closing() -> Vec<Command> {
    vec![create(), agree(), start(), begin_closing()]
}

fn closed() -> Vec<Command> {
    vec![create(), agree(), start(), begin_closing(), close()]
}

fn with(mut before: Vec<Command>, more: impl IntoIterator<Item = Command>) -> Vec<Command> {
    before.extend(more);
    before
}

/// Agreed, with 1,000 dirhams to give.
fn endowed() -> Vec<Command> {
    with(agreed(), [open(Money::dirhams(1_000))])
}

#[track_caller]
fn takes(before: Vec<Command>, command: Command, name: &str) {
    records::<Programme>(before, command, name);
}

#[track_caller]
fn denies(before: Vec<Command>, command: Command, why: Refusal) {
    refuses::<Programme>(before, command, why);
}

#[test]
fn every_step_of_a_programmes_life_is_recorded() {
    takes(vec![], create(), "created");
    takes(drafted(), agree(), "agreed");
    takes(agreed(), start(), "started");
    takes(running(), begin_closing(), "closing_begun");
    takes(closing(), close(), "closed");
    for before in [drafted(), agreed(), running()] {
        takes(before, cancel(), "cancelled");
    }
}

#[test]
fn a_step_out_of_turn_is_refused_with_the_stage() {
    let at = |stage| Refusal::OutOfTurn { stage };
    denies(drafted(), start(), at(Stage::Drafted));
    denies(agreed(), agree(), at(Stage::Agreed));
    denies(agreed(), begin_closing(), at(Stage::Agreed));
    denies(running(), close(), at(Stage::Running));
    denies(closing(), cancel(), at(Stage::Closing));
    denies(with(drafted(), [cancel()]), agree(), at(Stage::Cancelled));
    denies(running(), create(), Refusal::AlreadyCreated);
}

#[test]
fn nothing_happens_to_a_programme_that_was_not_created() {
    let commands = [
        attach(PARENT, vec![]),
        agree(),
        start(),
        align(),
        define_result(),
        define_indicator(),
        set_target(),
        revise_target(),
        open(Money::dirhams(1)),
        reserve(REQUEST, Money::dirhams(1)),
        release(REQUEST, Money::dirhams(1)),
        extend("2025"),
        report(Claim::Title(title())),
        settle(Claim::Title(title())),
        begin_closing(),
        close(),
        cancel(),
    ];
    for command in commands {
        denies(vec![], command, Refusal::NotCreated);
    }
}

#[test]
fn a_period_does_not_end_before_it_begins() {
    let reversed = || Refusal::PeriodReversed { from: when("2024"), to: when("2023-12-31") };
    let wrong = period("2024", "2023-12-31");
    denies(vec![], creates(wrong, None, 0), reversed());
    denies(drafted(), report(Claim::Period(wrong)), reversed());
    denies(drafted(), settle(Claim::Period(wrong)), reversed());
    takes(vec![], creates(period("2024", "2024"), None, 0), "created");
    takes(vec![], creates(period("unknown", "2024"), None, 0), "created");
}

#[test]
fn a_budget_is_more_than_nothing_or_left_out() {
    let nothing = Money::zero(Currency::Mad);
    let why = || Refusal::NothingBudgeted;
    denies(vec![], creates(period("2020", "2024"), Some(nothing), 0), why());
    denies(drafted(), report(Claim::Budget(nothing)), why());
    denies(agreed(), open(nothing), why());
    denies(endowed(), reserve(REQUEST, nothing), why());
    let reserved = with(endowed(), [reserve(REQUEST, Money::dirhams(1))]);
    denies(reserved, release(REQUEST, nothing), why());
}

#[test]
fn a_programme_is_never_above_itself() {
    takes(drafted(), attach(PARENT, vec![]), "attached");
    takes(closing(), attach(PARENT, vec![ProgrammeId::from_u128(99)]), "attached");
    denies(drafted(), attach(ITSELF, vec![]), Refusal::CycleOfParents);
    denies(drafted(), attach(PARENT, vec![ITSELF]), Refusal::CycleOfParents);
    let attached = with(drafted(), [attach(PARENT, vec![])]);
    denies(attached, attach(PARENT, vec![]), Refusal::AlreadyAttached);
    denies(closed(), attach(PARENT, vec![]), Refusal::OutOfTurn { stage: Stage::Closed });
    let deep = vec![ProgrammeId::from_u128(99); ANCESTORS_MAX];
    denies(drafted(), attach(PARENT, deep), Refusal::TooMany { max: ANCESTORS_MAX });
}

#[test]
fn what_it_is_for_is_written_down_until_it_closes() {
    for before in [drafted(), agreed(), running()] {
        takes(before.clone(), align(), "aligned");
        takes(before.clone(), define_result(), "result_defined");
        let before = with(before, [define_result()]);
        takes(before.clone(), define_indicator(), "indicator_defined");
        let before = with(before, [define_indicator()]);
        takes(before.clone(), set_target(), "target_set");
        takes(with(before, [set_target()]), revise_target(), "target_revised");
    }
    let late = || Refusal::OutOfTurn { stage: Stage::Closing };
    for command in [align(), define_result(), define_indicator(), set_target(), revise_target()] {
        denies(closing(), command, late());
    }
}

#[test]
fn an_alignment_a_result_and_an_indicator_are_there_once() {
    denies(with(drafted(), [align()]), align(), Refusal::AlreadyAligned);
    let axis = Some(AxisId::from_u128(1));
    takes(with(drafted(), [align()]), Command::Align { framework: FRAMEWORK, axis }, "aligned");
    let planned = with(drafted(), [define_result()]);
    denies(planned.clone(), define_result(), Refusal::DuplicateResult);
    denies(drafted(), define_indicator(), Refusal::UnknownResult);
    let measured = with(planned, [define_indicator()]);
    denies(measured, define_indicator(), Refusal::DuplicateIndicator);
}

#[test]
fn a_target_is_set_once_then_revised() {
    let measured = with(drafted(), [define_result(), define_indicator()]);
    denies(drafted(), set_target(), Refusal::UnknownIndicator);
    denies(drafted(), revise_target(), Refusal::UnknownIndicator);
    denies(measured.clone(), revise_target(), Refusal::NoTarget);
    denies(with(measured.clone(), [set_target()]), set_target(), Refusal::TargetAlreadySet);
    let revised = with(measured, [set_target(), revise_target()]);
    takes(revised, revise_target(), "target_revised");
}

#[test]
fn a_programme_is_extended_forward_only() {
    for before in [agreed(), running(), closing()] {
        takes(before.clone(), extend("2025-06-30"), "extended");
        let why = Refusal::ExtendedBackwards { to: when("2023"), end: when("2024") };
        denies(before, extend("2023"), why);
    }
    denies(drafted(), extend("2025"), Refusal::OutOfTurn { stage: Stage::Drafted });
    denies(closed(), extend("2026"), Refusal::OutOfTurn { stage: Stage::Closed });
    let why = Refusal::ExtendedBackwards { to: when("2025"), end: when("2026") };
    denies(with(running(), [extend("2026")]), extend("2025"), why);
    let openended = vec![creates(period("2020", "unknown"), None, 0), agree()];
    let why = Refusal::PeriodReversed { from: when("2020"), to: when("2019") };
    denies(openended, extend("2019"), why);
}

#[test]
fn an_extension_counts_from_the_settled_end() {
    let settled = Claim::Period(period("2020", "2027"));
    let before = with(running(), [report(settled.clone()), settle(settled)]);
    let why = Refusal::ExtendedBackwards { to: when("2026"), end: when("2027") };
    denies(before, extend("2026"), why);
}

#[test]
fn sources_stand_side_by_side_and_are_settled_once_reported() {
    let claims = || {
        [
            Claim::Title(title()),
            Claim::Period(period("2020-10", "unknown")),
            Claim::Budget(euros()),
            Claim::Status(Name::new("PROJET EN COURS").expect("a name")),
        ]
    };
    for claim in claims() {
        denies(closed(), settle(claim.clone()), Refusal::NothingToSettle);
        takes(closed(), report(claim.clone()), "reported");
        let twice = with(drafted(), [report(claim.clone()), report(claim.clone())]);
        takes(twice, settle(claim), "settled");
    }
    let [other, about, ..] = claims();
    denies(with(drafted(), [report(other)]), settle(about), Refusal::NothingToSettle);
}

#[test]
fn every_number_has_its_limit() {
    let too_many = |max| Refusal::TooMany { max };
    let many = creates(period("2020", "2024"), None, PARTIES_MAX + 1);
    denies(vec![], many, too_many(PARTIES_MAX));
    let parties = vec![ActorId::from_u128(9); PARTIES_MAX + 1];
    let crowd = Command::Agree { parties, document: None, on: when("2021") };
    denies(drafted(), crowd, too_many(PARTIES_MAX));
    let many_of = |max: usize, make: fn(u128) -> Command| {
        let numbers = 0..u128::try_from(max).expect("a small number");
        numbers.map(|it| make(it + 100)).collect::<Vec<_>>()
    };
    let aligns = many_of(ALIGNMENTS_MAX, |it| Command::Align {
        framework: PolicyFrameworkId::from_u128(it),
        axis: None,
    });
    denies(with(drafted(), aligns), align(), too_many(ALIGNMENTS_MAX));
    let results = many_of(RESULTS_MAX, |it| Command::DefineResult {
        result: ExpectedResultId::from_u128(it),
        title: title(),
    });
    denies(with(drafted(), results), define_result(), too_many(RESULTS_MAX));
    let indicators = many_of(INDICATORS_MAX, |it| Command::DefineIndicator {
        indicator: IndicatorId::from_u128(it),
        result: RESULT,
        title: title(),
        unit: Name::new("communes").expect("a name"),
        baseline: None,
    });
    let full = with(with(drafted(), [define_result()]), indicators);
    denies(full, define_indicator(), too_many(INDICATORS_MAX));
    let envelopes = many_of(ENVELOPES_MAX, |it| Command::OpenEnvelope {
        envelope: EnvelopeId::from_u128(it),
        title: title(),
        funder: None,
        amount: Money::dirhams(1),
    });
    denies(with(agreed(), envelopes), open(Money::dirhams(1)), too_many(ENVELOPES_MAX));
}

#[test]
fn a_territory_list_has_its_limit() {
    let Command::Create { kind, title, acronym, period, .. } = create() else {
        unreachable!("it creates")
    };
    let territory = "commune-belfaa".parse().expect("a territory");
    let everywhere = Command::Create {
        kind,
        title,
        acronym,
        parent: None,
        period,
        operator: None,
        funders: Vec::new(),
        partners: Vec::new(),
        territories: vec![territory; TERRITORIES_MAX + 1],
        budget: None,
    };
    denies(vec![], everywhere, Refusal::TooMany { max: TERRITORIES_MAX });
}

#[test]
fn a_refusal_names_its_code_and_its_field() {
    let (asked, left) = (Money::dirhams(2), Money::dirhams(1));
    let exhausted = Refusal::EnvelopeExhausted { asked, left };
    assert_eq!(exhausted.code(), "PROGRAMME_ENVELOPE_EXHAUSTED");
    assert_eq!(exhausted.field(), Some("amount"));
    assert_eq!(Refusal::NotCreated.field(), None);
}

#[test]
fn events_in_a_disorder_never_break_the_fold() {
    let mut events = past::<Programme>(with(
        endowed(),
        [reserve(REQUEST, Money::dirhams(600)), release(REQUEST, Money::dirhams(600))],
    ));
    events.reverse();
    let folded = events.into_iter().fold(Programme::default(), Programme::evolve);
    assert_eq!(folded.envelope_left(ENVELOPE), Some(Money::dirhams(1_000)));
}
