//! Laws that hold after any sequence of commands, added up again from the events alone.
use std::collections::BTreeMap;

use domain::effective::{Effective, Period};
use domain::funding_request::{self, Advice, FundingRequest, Window};
use domain::ids::{
    ActorId, AgreementId, AmendmentId, DisbursementId, EnvelopeId, ExpenditureId, FundingRequestId,
    ProgrammeId, RefundId,
};
use domain::money::{Currency, Money};
use domain::programme::{self, Kind, Programme};
use domain::text::{Note, Title};
use jiff::civil::{Date, date};
use proptest::prelude::*;

mod order;

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
    ]
}

/// What each envelope has and what is reserved of it, from the events alone.
#[derive(Default)]
struct Allocation {
    opened: BTreeMap<EnvelopeId, Money>,
    held: BTreeMap<(EnvelopeId, FundingRequestId), i64>,
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

/// The sums of a request in minor units, from the events alone.
#[derive(Debug, Default)]
struct Sums {
    currency: Option<Currency>,
    own: i64,
    granted: i64,
    agreed: i64,
    disbursed: i64,
    refunded: i64,
    declared: BTreeMap<ExpenditureId, i64>,
    validated: i64,
}

impl Sums {
    fn add(&mut self, event: &funding_request::Event) {
        use funding_request::Event;
        match event {
            Event::Submitted { own_contribution, .. }
            | Event::Reformulated { own_contribution, .. } => {
                self.own = own_contribution.map_or(self.own, Money::minor);
            }
            Event::Granted { amount, .. } => self.granted = amount.minor(),
            Event::AgreementSigned { amount, .. } => {
                self.currency = Some(amount.currency());
                self.agreed = amount.minor();
            }
            Event::AgreementAmended { amount, .. } => self.agreed = amount.minor(),
            Event::DisbursementRecorded { amount, on, .. } => {
                assert!(!on.is_certainly_after(TODAY), "no flow is in the future");
                self.disbursed += self.flow(*amount);
            }
            Event::RefundRecorded { amount, .. } => self.refunded += self.flow(*amount),
            Event::ExpenditureDeclared { expenditure, amount, .. } => {
                let first = self.declared.insert(*expenditure, self.flow(*amount));
                assert_eq!(first, None, "an expenditure is declared once");
            }
            Event::ExpenditureValidated { expenditure, .. } => {
                let declared = self.declared.remove(expenditure);
                self.validated += declared.expect("only what was declared is validated, once");
            }
            _ => {}
        }
    }

    fn flow(&self, amount: Money) -> i64 {
        assert_eq!(Some(amount.currency()), self.currency, "one currency per agreement");
        assert!(amount.is_positive());
        amount.minor()
    }

    fn hold(&self) {
        let held = self.disbursed - self.refunded;
        assert!(0 <= held && held <= self.agreed, "{self:?}");
        assert!(self.agreed <= self.granted, "{self:?}");
        assert!(self.validated <= held + self.own, "{self:?}");
    }
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
                prop_assert_eq!(freed.minor(), sums.granted - sums.disbursed + sums.refunded);
            }
        }
    }
}
