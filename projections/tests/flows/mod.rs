//! One request with flows of which some were recorded wrongly and corrected, and the same request
//! recorded right from the start.
use std::sync::Arc;

use domain::effective::Effective;
use domain::funding_request::{Event, Figure};
use domain::ids::{
    ActorId, AgreementId, CommandId, CorrectionId, DisbursementId, EventId, ExpenditureId,
    FundingRequestId, ProgrammeId, RefundId, UserId,
};
use domain::money::{Currency, Money};
use domain::recorded::{CommandRef, Fact, Position, Provenance, Recorded};
use domain::text::{Note, Title};
use jiff::Timestamp;
use proptest::prelude::*;

const ACTOR: ActorId = ActorId::from_u128(1);

/// What a flow is.
#[derive(Clone, Copy, Debug)]
pub enum Sort {
    Disbursement,
    Expenditure,
    Validated,
    Refund,
}

/// One flow: what was recorded of it, and what is true; nothing where it never was.
#[derive(Clone, Copy, Debug)]
pub struct Flow {
    sort: Sort,
    recorded: i64,
    truth: Option<i64>,
}

pub fn corrected_flows() -> impl Strategy<Value = Vec<Flow>> {
    let sort = prop_oneof![
        Just(Sort::Disbursement),
        Just(Sort::Expenditure),
        Just(Sort::Validated),
        Just(Sort::Refund),
    ];
    let flow = (sort, 1..1_000_i64, prop::option::of(1..1_000_i64));
    prop::collection::vec(
        flow.prop_map(|(sort, recorded, truth)| Flow { sort, recorded, truth }),
        0..12,
    )
}

fn money(minor: i64) -> Money {
    Money::new(minor, Currency::Mad).expect("in range")
}

fn note() -> Note {
    Note::fr("exemple").expect("a note")
}

/// The request, up to its agreement.
fn beginning() -> Vec<Event> {
    let (amount, on) = (money(1_000_000), Effective::Unknown);
    vec![
        Event::Submitted {
            applicant: ACTOR,
            title: Title::fr("Demande").expect("a title"),
            call: None,
            programme: ProgrammeId::from_u128(1),
            envelope: None,
            intervention: None,
            territories: Vec::new(),
            asked: Some(amount),
            own_contribution: None,
        },
        Event::Granted { by: ACTOR, amount, envelope: None, on },
        Event::AgreementSigned {
            agreement: AgreementId::from_u128(1),
            parties: Vec::new(),
            amount,
            document: None,
            on,
        },
    ]
}

/// The events that record the flow number `number`, over `minor`.
fn flows(sort: Sort, number: u128, minor: i64) -> Vec<Event> {
    let (amount, on, exchange) = (money(minor), Effective::Unknown, None);
    let expenditure = ExpenditureId::from_u128(number);
    let declared =
        Event::ExpenditureDeclared { expenditure, amount, exchange, documents: Vec::new(), on };
    match sort {
        Sort::Disbursement => vec![Event::DisbursementRecorded {
            disbursement: DisbursementId::from_u128(number),
            funder: None,
            amount,
            exchange: None,
            on,
        }],
        Sort::Expenditure => vec![declared],
        Sort::Validated => {
            vec![declared, Event::ExpenditureValidated { by: ACTOR, expenditure }]
        }
        Sort::Refund => {
            vec![Event::RefundRecorded { refund: RefundId::from_u128(number), amount, on }]
        }
    }
}

fn corrections(flow: Flow, number: u128) -> Vec<Event> {
    let to = flow.truth.map(money);
    let figure = match flow.sort {
        Sort::Disbursement => {
            let disbursement = DisbursementId::from_u128(number);
            Figure::Disbursement { disbursement, to, exchange: None }
        }
        Sort::Expenditure | Sort::Validated => {
            let expenditure = ExpenditureId::from_u128(number);
            Figure::Expenditure { expenditure, to, exchange: None }
        }
        Sort::Refund => Figure::Refund { refund: RefundId::from_u128(number), to },
    };
    let correction = CorrectionId::from_u128(number);
    let (by, person) = (ACTOR, UserId::from_u128(1));
    vec![
        Event::CorrectionProposed { by, person, correction, figure, reason: note() },
        Event::CorrectionConfirmed { by, person: UserId::from_u128(2), correction },
    ]
}

fn recorded(events: impl IntoIterator<Item = Event>) -> Vec<Arc<Recorded>> {
    let record = |(number, event)| {
        Arc::new(Recorded {
            position: Position(number),
            id: EventId::from_u128(number.into()),
            sequence: number,
            recorded_at: Timestamp::UNIX_EPOCH,
            provenance: Provenance {
                effective: Effective::Unknown,
                actor: Some(ACTOR),
                mandate: None,
                user: None,
                command: CommandRef { id: CommandId::from_u128(number.into()), digest: [0; 16] },
                cause: None,
                source: None,
                corrects: None,
            },
            fact: Fact::FundingRequest(FundingRequestId::from_u128(1), event),
        })
    };
    (1..).zip(events).map(record).collect()
}

fn ending(revoked: bool) -> Option<Event> {
    revoked.then(|| Event::Revoked { by: ACTOR, reason: note() })
}

/// Recorded wrongly, and corrected after the end.
pub fn wronged(all: &[Flow], revoked: bool) -> Vec<Arc<Recorded>> {
    let numbered = || (1_u128..).zip(all.iter().copied());
    let said = numbered().flat_map(|(number, it)| flows(it.sort, number, it.recorded));
    let corrected = numbered().flat_map(|(number, it)| corrections(it, number));
    recorded(beginning().into_iter().chain(said).chain(ending(revoked)).chain(corrected))
}

/// Recorded right.
pub fn righted(all: &[Flow], revoked: bool) -> Vec<Arc<Recorded>> {
    let numbered = (1_u128..).zip(all.iter().copied());
    let said = numbered.flat_map(|(number, it)| {
        it.truth.map(|minor| flows(it.sort, number, minor)).unwrap_or_default()
    });
    recorded(beginning().into_iter().chain(said).chain(ending(revoked)))
}
