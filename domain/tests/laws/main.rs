//! Laws that hold after any sequence of commands, added up again from the events alone.
use std::collections::BTreeMap;

use domain::effective::{Effective, Period};
use domain::funding_request::{self, Advice, Figure, FundingRequest, Window};
use domain::ids::{
    ActorId, AgreementId, AmendmentId, CorrectionId, DisbursementId, EnvelopeId, ExpenditureId,
    FundingRequestId, ProgrammeId, RefundId, UserId,
};
use domain::money::{Currency, Money};
use domain::programme::{self, Kind, Programme};
use domain::text::{Note, Title};
use jiff::civil::{Date, date};
use proptest::prelude::*;

mod order;
mod sums;

use sums::Sums;

const TODAY: Date = date(2024, 6, 1);
const APPLICANT: ActorId = ActorId::from_u128(1);

fn title() -> Title {
    Title::fr("Loi").expect("a title")
}

fn reason() -> Note {
    Note::fr("Loi").expect("a note")
}

fn on() -> Effective {
    Effective::Day(TODAY)
}

/// Mostly dirhams, around the limits that the other numbers draw; now and then another currency.
fn money() -> impl Strategy<Value = Money> {
    let currency = prop_oneof![9 => Just(Currency::Mad), 1 => Just(Currency::Eur)];
    (-2_i64..60, currency).prop_map(|(minor, it)| Money::new(minor, it).expect("in range"))
}

fn envelope() -> impl Strategy<Value = EnvelopeId> {
    (0_u128..2).prop_map(EnvelopeId::from_u128)
}

fn request() -> impl Strategy<Value = FundingRequestId> {
    (0_u128..6).prop_map(FundingRequestId::from_u128)
}

fn create() -> programme::Command {
    programme::Command::Create {
        kind: Kind::Programme,
        title: title(),
        acronym: None,
        parent: None,
        period: Period { from: on(), to: Effective::Unknown },
        operator: None,
        funders: Vec::new(),
        partners: Vec::new(),
        territories: Vec::new(),
        budget: None,
    }
}

fn agree() -> programme::Command {
    programme::Command::Agree { parties: Vec::new(), document: None, on: on() }
}

fn programme_command() -> impl Strategy<Value = programme::Command> {
    use programme::Command;
    prop_oneof![
        1 => Just(create()),
        1 => Just(agree()),
        1 => Just(Command::Start { on: on() }),
        1 => Just(Command::BeginClosing { on: on() }),
        1 => Just(Command::Close { on: on() }),
        1 => Just(Command::Cancel { reason: reason() }),
        3 => (envelope(), money()).prop_map(|(envelope, amount)| {
            Command::OpenEnvelope { envelope, title: title(), funder: None, amount }
        }),
        12 => (envelope(), request(), money()).prop_map(|(envelope, request, amount)| {
            Command::ReserveEnvelope { envelope, request, amount }
        }),
        6 => (envelope(), request(), money()).prop_map(|(envelope, request, amount)| {
            Command::ReleaseEnvelope { envelope, request, amount }
        }),
        3 => (correction(), envelope(), money()).prop_map(|(correction, envelope, to)| {
            let (by, person) = (APPLICANT, UserId::from_u128(1));
            let figure = programme::Figure::Envelope { envelope, to };
            Command::ProposeCorrection { by, person, correction, figure, reason: reason() }
        }),
        3 => correction().prop_map(|correction| {
            let (by, person) = (APPLICANT, UserId::from_u128(2));
            Command::ConfirmCorrection { by, person, correction }
        }),
    ]
}

/// What each envelope has and what is reserved of it, from the events alone.
#[derive(Default)]
struct Allocation {
    opened: BTreeMap<EnvelopeId, Money>,
    held: BTreeMap<(EnvelopeId, FundingRequestId), i64>,
    proposed: BTreeMap<CorrectionId, (EnvelopeId, Money)>,
}

impl Allocation {
    fn add(&mut self, event: &programme::Event) {
        use programme::Event;
        match event {
            Event::EnvelopeOpened { envelope, amount, .. } => {
                self.opened.insert(*envelope, *amount);
            }
            Event::EnvelopeReserved { envelope, request, amount } => {
                assert_eq!(amount.currency(), self.opened[envelope].currency());
                let first = self.held.insert((*envelope, *request), amount.minor());
                assert_eq!(first, None, "a request reserves once");
            }
            Event::EnvelopeReleased { envelope, request, amount } => {
                assert_eq!(amount.currency(), self.opened[envelope].currency());
                let held = self.held.get_mut(&(*envelope, *request));
                *held.expect("only what is reserved is released") -= amount.minor();
            }
            Event::CorrectionProposed {
                correction,
                figure: programme::Figure::Envelope { envelope, to },
                ..
            } => {
                assert_eq!(to.currency(), self.opened[envelope].currency());
                self.proposed.insert(*correction, (*envelope, *to));
            }
            Event::CorrectionConfirmed { correction, .. } => {
                let (envelope, to) = self.proposed[correction];
                self.opened.insert(envelope, to);
            }
            _ => {}
        }
    }

    fn left(&self, envelope: EnvelopeId) -> i64 {
        let held = self.held.iter().filter(|((it, _), _)| *it == envelope);
        self.opened[&envelope].minor() - held.map(|(_, minor)| minor).sum::<i64>()
    }
}

fn submit(own_contribution: Option<Money>) -> funding_request::Command {
    funding_request::Command::Submit {
        applicant: APPLICANT,
        title: title(),
        call: None,
        programme: ProgrammeId::from_u128(1),
        envelope: None,
        intervention: None,
        territories: Vec::new(),
        asked: None,
        own_contribution,
        window: Window::NoCall,
        today: TODAY,
    }
}

fn actor() -> impl Strategy<Value = ActorId> {
    (1_u128..3).prop_map(ActorId::from_u128)
}

fn stepping() -> impl Strategy<Value = funding_request::Command> {
    use funding_request::Command;
    let by = ActorId::from_u128(2);
    prop_oneof![
        prop::option::of(money()).prop_map(submit),
        any::<bool>().prop_map(move |eligible| Command::CheckEligibility {
            by,
            eligible,
            reason: None
        }),
        actor().prop_map(|by| {
            Command::GiveOpinion { by, advice: Advice::Favourable, note: None, on: on() }
        }),
        prop::option::of(money()).prop_map(|own_contribution| Command::Reformulate {
            by: APPLICANT,
            asked: None,
            own_contribution,
            reason: reason(),
            on: on(),
        }),
        money().prop_map(move |amount| Command::Grant { by, amount, envelope: None, on: on() }),
        Just(Command::Refuse { by, reason: reason(), on: on() }),
        Just(Command::Defer { by, reason: reason(), on: on() }),
        money().prop_map(|amount| Command::SignAgreement {
            agreement: AgreementId::from_u128(1),
            parties: Vec::new(),
            amount,
            document: None,
            on: on(),
        }),
        Just(Command::Revoke { by, reason: reason() }),
        Just(Command::Close { by, on: on() }),
    ]
}

fn correction() -> impl Strategy<Value = CorrectionId> {
    (0_u128..12).prop_map(CorrectionId::from_u128)
}

fn figure() -> impl Strategy<Value = Figure> {
    let flow = || (0_u128..8, prop::option::of(money()));
    prop_oneof![
        flow().prop_map(|(it, to)| Figure::Disbursement {
            disbursement: DisbursementId::from_u128(it),
            to,
            exchange: None,
        }),
        flow().prop_map(|(it, to)| Figure::Expenditure {
            expenditure: ExpenditureId::from_u128(it),
            to,
            exchange: None,
        }),
        flow().prop_map(|(it, to)| Figure::Refund { refund: RefundId::from_u128(it), to }),
        money().prop_map(|to| Figure::Agreement { to }),
    ]
}

fn flowing() -> impl Strategy<Value = funding_request::Command> {
    use funding_request::Command;
    let by = ActorId::from_u128(2);
    prop_oneof![
        (0_u128..3, money()).prop_map(|(it, amount)| Command::AmendAgreement {
            amendment: AmendmentId::from_u128(it),
            amount,
            reason: reason(),
            on: on(),
        }),
        (0_u128..8, money()).prop_map(|(it, amount)| Command::PlanDisbursement {
            disbursement: DisbursementId::from_u128(it),
            amount,
            due: TODAY,
        }),
        (0_u128..8, money(), 0_i8..3).prop_map(|(it, amount, later)| {
            Command::RecordDisbursement {
                disbursement: DisbursementId::from_u128(it),
                funder: None,
                amount,
                exchange: None,
                on: Effective::Day(date(2024, 6, later.max(1))),
                today: TODAY,
            }
        }),
        (0_u128..8, money()).prop_map(|(it, amount)| Command::DeclareExpenditure {
            by: APPLICANT,
            expenditure: ExpenditureId::from_u128(it),
            amount,
            exchange: None,
            documents: Vec::new(),
            on: on(),
            today: TODAY,
        }),
        (0_u128..8).prop_map(move |it| {
            Command::ValidateExpenditure { by, expenditure: ExpenditureId::from_u128(it) }
        }),
        (0_u128..8, money()).prop_map(|(it, amount)| Command::RecordRefund {
            refund: RefundId::from_u128(it),
            amount,
            on: on(),
            today: TODAY,
        }),
        (correction(), figure()).prop_map(move |(correction, figure)| {
            let (person, reason) = (UserId::from_u128(1), reason());
            Command::ProposeCorrection { by, person, correction, figure, reason, today: TODAY }
        }),
        correction().prop_map(move |correction| {
            Command::ConfirmCorrection { by, person: UserId::from_u128(2), correction }
        }),
    ]
}

/// Half of the sequences begin under a signed agreement, so that money flows in them.
fn request_commands() -> impl Strategy<Value = Vec<funding_request::Command>> {
    use funding_request::Command;
    let (applicant_own, by) = (Money::new(20, Currency::Mad).ok(), ActorId::from_u128(2));
    let agreed = move |amount| {
        vec![
            submit(applicant_own),
            Command::CheckEligibility { by, eligible: true, reason: None },
            Command::GiveOpinion { by, advice: Advice::Favourable, note: None, on: on() },
            Command::Grant { by, amount, envelope: None, on: on() },
            Command::SignAgreement {
                agreement: AgreementId::from_u128(1),
                parties: Vec::new(),
                amount,
                document: None,
                on: on(),
            },
        ]
    };
    let before = prop_oneof![Just(Vec::new()), money().prop_map(agreed)];
    let more = prop::collection::vec(prop_oneof![1 => stepping(), 4 => flowing()], 0..60);
    (before, more).prop_map(|(before, more)| before.into_iter().chain(more).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn an_envelope_is_never_over_allocated(
        commands in prop::collection::vec(programme_command(), 0..60),
    ) {
        let mut programme = Programme::default();
        let mut allocation = Allocation::default();
        for command in [create(), agree()].into_iter().chain(commands) {
            for event in programme.decide(command).unwrap_or_default() {
                allocation.add(&event);
                programme = programme.evolve(event);
            }
            for (envelope, amount) in &allocation.opened {
                let left = allocation.left(*envelope);
                prop_assert!(0 <= left && left <= amount.minor());
                let said = programme.envelope_left(*envelope).map(Money::minor);
                prop_assert_eq!(said, Some(left));
            }
            prop_assert!(allocation.held.values().all(|held| *held >= 0));
        }
    }

    #[test]
    fn the_sums_of_a_request_always_hold(commands in request_commands()) {
        let mut request = FundingRequest::default();
        let mut sums = Sums::default();
        for command in commands {
            for event in request.decide(command).unwrap_or_default() {
                sums.add(&event);
                request = request.evolve(event);
            }
            sums.hold();
            if let Some(freed) = request.freed_by_revocation() {
                prop_assert_eq!(freed.minor(), sums.granted - sums.held());
            }
        }
    }
}
