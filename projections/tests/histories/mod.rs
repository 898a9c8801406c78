//! Random histories: every event of every aggregate, over so few ids that they meet.
use std::collections::BTreeSet;

use domain::classification::Sector;
use domain::effective::{Effective, Period};
use domain::ids::{
    ActorId, AgreementId, AmendmentId, AxisId, DisbursementId, DocumentId, EnvelopeId, EvidenceId,
    ExpectedResultId, ExpenditureId, FundingCallId, IndicatorId, InterventionId, KeyId, MandateId,
    MilestoneId, ParticipationId, PolicyFrameworkId, ProgrammeId, RefundId, UserId,
};
use domain::indicator::Measurement;
use domain::intervention::{Origin, Recurrence, Role};
use domain::measure::Quantity;
use domain::money::{Currency, Money};
use domain::permission::Power;
use domain::population::PopulationGroup;
use domain::programme::{Claim, Comparator};
use domain::recorded::{Fact, Position, Source};
use domain::territory::TerritoryId;
use domain::text::{Country, Name, Note, Title};
use domain::{
    actor, commitment, document, funding_call, funding_request, indicator, intervention,
    policy_framework, programme,
};
use jiff::civil::{Date, date};
use proptest::prelude::*;

mod corrections;
mod genesis;
mod schema;

/// What one event is made from.
#[derive(Clone, Debug)]
pub struct Seed {
    kind: u8,
    id: u8,
    other: u8,
    amount: i64,
    days: i16,
    pub gap: u8,
}

pub fn seeds(most: usize) -> impl Strategy<Value = Vec<Seed>> {
    let seed = (0..124_u8, 0..4_u8, 0..4_u8, 1..5_000_i64, 0..900_i16, 0..4_u8).prop_map(
        |(kind, id, other, amount, days, gap)| Seed { kind, id, other, amount, days, gap },
    );
    prop::collection::vec(seed, 0..most)
}

impl Seed {
    /// One that registers an actor.
    pub fn plain() -> Self {
        Self { kind: 0, id: 0, other: 1, amount: 1, days: 0, gap: 1 }
    }

    /// Those that propose the intervention `id`, say what it is about, give it a lead, begin it and,
    /// for every second one, complete it.
    pub fn begun(&self, id: u8) -> Vec<Self> {
        let days = self.days | 1;
        let kinds = [33, 43, 37, 40].into_iter().chain(self.gap.is_multiple_of(2).then_some(44));
        kinds.map(|kind| Self { kind, id, days, ..self.clone() }).collect()
    }

    pub fn effective(&self) -> Effective {
        match self.days % 4 {
            0 => Effective::Unknown,
            1 => Effective::Year(date(2020 + self.days / 365, 1, 1)),
            _ => Effective::Day(self.day()),
        }
    }

    pub fn actor(&self) -> Option<ActorId> {
        (self.other > 0).then(|| self.other())
    }

    pub fn source(&self) -> Option<Source> {
        let document = Some(DocumentId::from_u128(self.other.into()));
        (self.days % 3 == 0).then(|| Source { reference: name("page 3"), document, locator: None })
    }

    pub fn corrects(&self) -> Option<Position> {
        (self.days % 50 == 0).then_some(Position(1))
    }

    fn day(&self) -> Date {
        let days = jiff::Span::new().days(i64::from(self.days));
        date(2020, 1, 1).checked_add(days).expect("a day")
    }

    fn id<T: From<uuid::Uuid>>(&self) -> T {
        uuid::Uuid::from_u128(u128::from(self.id)).into()
    }

    fn other<T: From<uuid::Uuid>>(&self) -> T {
        uuid::Uuid::from_u128(u128::from(self.other)).into()
    }

    fn money(&self) -> Money {
        let currency = if self.other == 3 { Currency::Eur } else { Currency::Mad };
        Money::new(self.amount, currency).expect("in range")
    }

    fn sectors(&self) -> Vec<Sector> {
        let codes = ["15190", "15150", "16065", "12220"];
        let sectors = codes[usize::from(self.other)..].iter().take(2);
        sectors.map(|code| code.parse().expect("a sector")).collect()
    }

    fn quantity(&self) -> Quantity {
        Quantity::new(self.amount).expect("in range")
    }

    fn territories(&self) -> Vec<TerritoryId> {
        let slugs = ["commune-belfaa", "province-tiznit", "region-souss-massa", "ma"];
        let from = usize::from(self.other);
        slugs[from..].iter().take(2).map(|slug| slug.parse().expect("a territory")).collect()
    }

    pub fn fact(&self) -> Fact {
        match self.kind {
            0..8 => Fact::Actor(self.id(), self.actor_event()),
            8..11 => Fact::PolicyFramework(self.id(), self.framework_event()),
            11..27 => Fact::Programme(self.id(), self.programme_event()),
            27..33 => Fact::Indicator(self.id(), self.indicator_event()),
            33..45 => Fact::Intervention(self.id(), self.intervention_event()),
            45..48 => Fact::FundingCall(self.id(), self.call_event()),
            48..57 => Fact::FundingRequest(self.id(), self.request_event()),
            57..66 => Fact::Commitment(self.id(), self.commitment_event()),
            66 => Fact::Document(self.id(), self.document_event()),
            67 => Fact::Ledger(self.id(), self.ledger_event()),
            68..88 => self.correction(),
            _ => schema::fact(self),
        }
    }

    fn actor_event(&self) -> actor::Event {
        use actor::Event;
        match self.kind {
            0 | 1 => Event::Registered {
                name: name("Anaruz"),
                kind: actor::Kind::LocalAssociation,
                country: Country::MOROCCO,
                territory: self.territories().first().copied(),
                identifiers: Vec::new(),
            },
            2 => Event::AliasAdded { alias: name("Anarouz"), language: None },
            3 => Event::Merged { into: self.other(), reason: note() },
            4 => Event::Suspended { reason: note() },
            5 => Event::MandateGranted {
                mandate: MandateId::from_u128(self.other.into()),
                holder: UserId::from_u128(1),
                powers: BTreeSet::from([Power::Sign]),
                from: self.day(),
                until: None,
            },
            6 => Event::MandateRevoked { mandate: self.other(), reason: note() },
            _ => Event::KeyEnrolled {
                key: KeyId::from_u128(self.other.into()),
                algorithm: actor::KeyAlgorithm::Ed25519,
                public_key: name("00"),
            },
        }
    }

    fn framework_event(&self) -> policy_framework::Event {
        use policy_framework::Event;
        match self.kind {
            8 => Event::Adopted {
                title: title("SNIA"),
                acronym: None,
                by: Some(self.other()),
                on: self.effective(),
            },
            9 => Event::AxisDefined { axis: AxisId::from_u128(1), title: title("Axe") },
            _ => Event::Superseded { successor: Some(self.other()), reason: note() },
        }
    }

    fn programme_event(&self) -> programme::Event {
        use programme::Event;
        let envelope = EnvelopeId::from_u128(u128::from(self.other) % 2);
        let indicator = self.other::<IndicatorId>();
        match self.kind {
            11 | 12 => Event::Created {
                kind: programme::Kind::Programme,
                title: title("PRIM"),
                acronym: Some(name("PRIM")),
                parent: (self.other > 1).then(|| self.other()),
                period: Period { from: self.effective(), to: Effective::Unknown },
                operator: Some(self.other()),
                funders: vec![self.other()],
                partners: Vec::new(),
                territories: self.territories(),
                budget: None,
            },
            13 => Event::Attached { parent: self.other() },
            14 => Event::Started { on: self.effective() },
            15 => Event::Aligned { framework: self.other::<PolicyFrameworkId>(), axis: None },
            16 => {
                Event::ResultDefined { result: ExpectedResultId::from_u128(1), title: title("R") }
            }
            17 => Event::IndicatorDefined {
                indicator,
                result: ExpectedResultId::from_u128(1),
                title: title("Personnes formées"),
                unit: name("personnes"),
                baseline: None,
            },
            18 => Event::TargetSet {
                indicator,
                value: self.quantity(),
                comparator: Comparator::AtLeast,
                due: self.effective(),
            },
            19 => Event::TargetRevised {
                indicator,
                value: self.quantity(),
                comparator: Comparator::Exactly,
                due: self.effective(),
                reason: note(),
            },
            20 | 21 => Event::EnvelopeOpened {
                envelope,
                title: title("Enveloppe"),
                funder: Some(self.other()),
                amount: self.money(),
            },
            22 | 23 => {
                let (request, amount) = (self.other(), self.money());
                Event::EnvelopeReserved { envelope, request, amount }
            }
            24 => {
                let (request, amount) = (self.other(), self.money());
                Event::EnvelopeReleased { envelope, request, amount }
            }
            25 => Event::Reported { claim: Claim::Budget(self.money()) },
            _ => Event::Settled { claim: Claim::Budget(self.money()), reason: note() },
        }
    }

    fn indicator_event(&self) -> indicator::Event {
        use indicator::Event;
        let (by, period) =
            (self.other(), Effective::Year(date(2020 + i16::from(self.other), 1, 1)));
        let measurement = Measurement {
            value: self.quantity(),
            territory: None,
            cells: Vec::new(),
            unknown: None,
        };
        match self.kind {
            27 | 28 => Event::Submitted { by, period, measurement },
            29 => Event::Returned { by, period, reason: note() },
            30 => Event::Accepted { by, period },
            31 => Event::Corrected { by, period, measurement, reason: note() },
            _ => Event::SharedDeclared { period, counted_in: self.other(), reason: note() },
        }
    }

    fn intervention_event(&self) -> intervention::Event {
        use intervention::Event;
        let (on, participation) = (self.effective(), self.other::<ParticipationId>());
        match self.kind {
            33 | 34 => Event::Proposed {
                title: title("Terrain de sport"),
                summary: Some(note()),
                territories: self.territories(),
                programme: Some(self.other::<ProgrammeId>()),
                groups: vec![PopulationGroup::Youth],
                budget: None,
            },
            35 => Event::OriginLinked { origin: Origin::Diagnosis { note: note() }, on },
            36 => Event::Adopted { by: self.other(), deliberation: None, on },
            37 | 38 => Event::ParticipantAdded {
                participation,
                actor: self.other(),
                role: Role::Lead,
                from: on,
                note: None,
            },
            39 => Event::ParticipationEnded { participation, to: on, reason: Some(note()) },
            40 => Event::PhaseStarted { phase: 1, title: None, on },
            41 => Event::PhaseCompleted { phase: 1, on },
            42 => Event::RecurringEventRecorded {
                title: title("Tournoi"),
                recurrence: Recurrence::Yearly,
                on,
            },
            43 if self.days % 2 == 0 => Event::Suspended { on, reason: note() },
            43 => Event::Classified { sectors: self.sectors(), goals: Vec::new() },
            _ => Event::Completed { on },
        }
    }

    fn call_event(&self) -> funding_call::Event {
        use funding_call::Event;
        match self.kind {
            45 => Event::Drafted {
                title: title("Guichet"),
                programme: self.other(),
                envelope: None,
                territories: self.territories(),
                ceiling: Some(self.money()),
            },
            46 => Event::Opened { on: self.effective(), closes: Some(self.day()) },
            _ => {
                Event::WaiverRecorded { applicant: self.other(), until: self.day(), reason: note() }
            }
        }
    }

    fn request_event(&self) -> funding_request::Event {
        use funding_request::Event;
        let (by, amount, on) = (self.other(), self.money(), self.effective());
        let disbursement = self.other::<DisbursementId>();
        match self.kind {
            48 => Event::Submitted {
                applicant: by,
                title: title("Demande"),
                call: Some(self.other::<FundingCallId>()),
                programme: self.other(),
                envelope: None,
                intervention: Some(self.other::<InterventionId>()),
                territories: self.territories(),
                asked: (self.amount % 2 == 0).then_some(amount),
                own_contribution: None,
            },
            49 => Event::EligibilityChecked { by, eligible: true, reason: None },
            50 => {
                let envelope = Some(self.other::<EnvelopeId>());
                Event::Granted { by, amount, envelope, on }
            }
            51 => Event::AgreementSigned {
                agreement: AgreementId::from_u128(1),
                parties: vec![by],
                amount,
                document: None,
                on,
            },
            52 => Event::AgreementAmended {
                amendment: AmendmentId::from_u128(1),
                amount,
                reason: note(),
                on,
            },
            53 => Event::DisbursementPlanned { disbursement, amount, due: self.day() },
            54 => Event::DisbursementRecorded {
                disbursement,
                funder: None,
                amount,
                exchange: None,
                on,
            },
            55 => Event::ExpenditureDeclared {
                expenditure: ExpenditureId::from_u128(self.other.into()),
                amount,
                exchange: None,
                documents: Vec::new(),
                on,
            },
            _ => Event::RefundRecorded { refund: RefundId::from_u128(1), amount, on },
        }
    }

    fn commitment_event(&self) -> commitment::Event {
        use commitment::Event;
        let (by, milestone) = (self.other(), self.other::<MilestoneId>());
        let evidence = EvidenceId::from_u128(self.other.into());
        match self.kind {
            57 | 58 => Event::Offered {
                by,
                to: ActorId::from_u128(9),
                title: title("Apport"),
                pledge: commitment::Pledge::Financial { amount: self.money() },
                intervention: Some(self.other()),
                programme: None,
                due: Some(self.day()),
            },
            59 => Event::Accepted { by },
            60 => Event::MilestoneAdded { milestone, title: title("Jalon"), due: self.day() },
            61 => Event::MilestoneRescheduled { milestone, due: self.day(), reason: note() },
            62 => Event::EvidenceSubmitted {
                by,
                evidence,
                milestone: Some(milestone),
                documents: vec![self.other::<DocumentId>()],
                claimed: self.quantity(),
                note: None,
            },
            63 => {
                let confirmed = self.quantity();
                Event::FulfilmentConfirmed { by, evidence, confirmed, exceeding: false }
            }
            64 => Event::Disputed { by, reason: note() },
            _ => Event::Settled { by, settlement: commitment::Settlement::Upheld, reason: note() },
        }
    }

    fn document_event(&self) -> document::Event {
        document::Event::Registered {
            title: title("Note"),
            sha256: None,
            bytes: None,
            media_type: None,
            language: None,
            address: None,
            published: self.effective(),
        }
    }
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
