//! What each model answers, on histories small enough to read.
use domain::commitment::Pledge;
use domain::effective::{Effective, Period};
use domain::ids::{
    ActorId, CommandId, CommitmentId, EnvelopeId, EventId, ExpectedResultId, FundingRequestId,
    IndicatorId, InterventionId, LedgerId, ProgrammeId,
};
use domain::indicator::Measurement;
use domain::measure::Quantity;
use domain::money::Money;
use domain::recorded::{CommandRef, Fact, Provenance, Recorded};
use domain::text::{Country, Name, Note, Title};
use domain::{
    actor, commitment, funding_request, genesis as ledger, indicator, intervention, programme,
};
use jiff::civil::{Date, date};
use projections::Models;

mod actors;
mod capitalisation;
mod commitments;
mod coordination;
mod corrections;
mod funding;
mod genesis;
mod governance;
mod network;
mod people;
mod petitions;
mod plans;
mod programmes;
mod quality;
mod sourcing;

const KHAMSA: ActorId = ActorId::from_u128(1);
const ANARUZ: ActorId = ActorId::from_u128(2);
const BELFAA: ActorId = ActorId::from_u128(3);
const FUNDER: ActorId = ActorId::from_u128(4);
const PRIM: ProgrammeId = ProgrammeId::from_u128(10);
const WINDOW: ProgrammeId = ProgrammeId::from_u128(11);
const ENVELOPE: EnvelopeId = EnvelopeId::from_u128(20);
const FIELD: InterventionId = InterventionId::from_u128(30);
const PLEDGE: CommitmentId = CommitmentId::from_u128(40);
const TRAINED: IndicatorId = IndicatorId::from_u128(50);
const REACHED: IndicatorId = IndicatorId::from_u128(51);
const RESULT: ExpectedResultId = ExpectedResultId::from_u128(52);

/// Folds facts, one position and one day after the other.
#[derive(Default)]
struct Ledger(Models);

impl Ledger {
    fn then(mut self, fact: Fact) -> Self {
        let position = self.0.position.next();
        let day = date(2020, 1, 1).checked_add(jiff::Span::new().days(position.0.cast_signed()));
        let at = day.expect("a day").to_zoned(jiff::tz::TimeZone::UTC).expect("an instant");
        self.0.apply(&Recorded {
            position,
            id: EventId::from_u128(position.0.into()),
            sequence: 1,
            recorded_at: at.timestamp(),
            provenance: Provenance {
                effective: Effective::Unknown,
                actor: Some(BELFAA),
                mandate: None,
                user: None,
                command: CommandRef { id: CommandId::from_u128(1), digest: [0; 16] },
                cause: None,
                source: None,
                corrects: None,
            },
            fact,
        });
        self
    }

    fn actor(self, id: ActorId, event: actor::Event) -> Self {
        self.then(Fact::Actor(id, event))
    }

    fn ledger(self, id: LedgerId, event: ledger::Event) -> Self {
        self.then(Fact::Ledger(id, event))
    }

    fn programme(self, id: ProgrammeId, event: programme::Event) -> Self {
        self.then(Fact::Programme(id, event))
    }

    fn commitment(self, event: commitment::Event) -> Self {
        self.then(Fact::Commitment(PLEDGE, event))
    }

    fn request(self, id: u128, event: funding_request::Event) -> Self {
        self.then(Fact::FundingRequest(FundingRequestId::from_u128(id), event))
    }

    fn indicator(self, id: IndicatorId, event: indicator::Event) -> Self {
        self.then(Fact::Indicator(id, event))
    }

    fn intervention(self, event: intervention::Event) -> Self {
        self.then(Fact::Intervention(FIELD, event))
    }
}

fn when(text: &str) -> Effective {
    text.parse().expect("a date")
}

fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

fn title(text: &str) -> Title {
    Title::fr(text).expect("a title")
}

fn note() -> Note {
    Note::fr("exemple").expect("a note")
}

fn many(count: i64) -> Quantity {
    Quantity::new(count).expect("in range")
}

fn registered(text: &str) -> actor::Event {
    actor::Event::Registered {
        name: name(text),
        kind: actor::Kind::LocalAssociation,
        country: Country::MOROCCO,
        territory: None,
        identifiers: Vec::new(),
    }
}

fn created(parent: Option<ProgrammeId>, from: &str, to: &str) -> programme::Event {
    programme::Event::Created {
        kind: programme::Kind::Programme,
        title: title("Programme régional"),
        acronym: None,
        parent,
        period: Period { from: when(from), to: when(to) },
        operator: Some(BELFAA),
        funders: vec![FUNDER],
        partners: Vec::new(),
        territories: Vec::new(),
        budget: None,
    }
}

fn offered(due: Option<Date>) -> commitment::Event {
    commitment::Event::Offered {
        by: KHAMSA,
        to: BELFAA,
        title: title("Apport"),
        pledge: Pledge::Financial { amount: Money::dirhams(100) },
        intervention: Some(FIELD),
        programme: None,
        due,
    }
}

fn asked(
    programme: ProgrammeId,
    asked: Option<Money>,
    territories: &[&str],
) -> funding_request::Event {
    let territories = territories.iter().map(|slug| slug.parse().expect("a territory"));
    funding_request::Event::Submitted {
        applicant: BELFAA,
        title: title("Demande"),
        call: None,
        programme,
        envelope: Some(ENVELOPE),
        intervention: None,
        territories: territories.collect(),
        asked,
        own_contribution: None,
    }
}

fn reported(period: &str, value: i64) -> indicator::Event {
    let measurement =
        Measurement { value: many(value), territory: None, cells: Vec::new(), unknown: None };
    indicator::Event::Submitted { by: KHAMSA, period: when(period), measurement }
}

fn accepted(period: &str) -> indicator::Event {
    indicator::Event::Accepted { by: BELFAA, period: when(period) }
}

#[test]
fn what_nobody_recorded_is_not_there_and_nothing_else_happens() {
    let Ledger(models) = Ledger::default()
        .commitment(commitment::Event::Accepted { by: BELFAA })
        .programme(PRIM, programme::Event::Attached { parent: PRIM })
        .programme(PRIM, programme::Event::Cancelled { reason: note() })
        .request(9, funding_request::Event::Revoked { by: FUNDER, reason: note() })
        .actor(KHAMSA, actor::Event::Suspended { reason: note() });
    assert!(models.commitments.is_empty() && models.actors.is_empty());
    assert_eq!(models.programmes.iter().count() + models.funding.requests().count(), 0);
    assert_eq!(models.subjects.count(PLEDGE.into()), 1);
}
