//! A recorded event as every reader meets it, and the stored form it is read from.
//!
//! Stored form, version 1: one JSON object in canonical form (RFC 8785) with the keys of
//! [`Envelope`]. Those bytes are what the ledger hashes and what is parsed here; nothing else is
//! kept of an event.
use std::{borrow::Cow, fmt};

use jiff::Timestamp;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::effective::Effective;
use crate::ids::{
    ActorId, AwarenessActionId, CapitalisationItemId, CitizenInitiativeId, CommandId, CommitmentId,
    CoordinationBodyId, DeliberationId, DocumentId, EventId, FundingCallId, FundingRequestId,
    IndicatorId, InterventionId, LedgerId, MandateId, MeetingId, MobilityMapId,
    MobilityPlacementId, PolicyFrameworkId, ProgrammeId, ServiceUnitId, SourcingId,
    TerritorialPlanId, TrainingCohortId, UserId,
};
use crate::text::Name;
use crate::{
    actor, awareness_action, capitalisation_item, citizen_initiative, commitment,
    coordination_body, deliberation, document, funding_call, funding_request, genesis, indicator,
    intervention, meeting, mobility_map, mobility_placement, policy_framework, programme,
    service_unit, sourcing, territorial_plan, training_cohort,
};

mod hex;
mod plain;
mod tagged;
mod upcast;

/// The version of the stored form that this program writes, and the newest that it reads.
pub const ENVELOPE_VERSION: u32 = 1;
/// The longest stored event, in bytes: what one entry of a C2SP log bundle can hold.
pub const EVENT_BYTES_MAX: usize = 65_535;

/// The place of an event in the ledger: 1, 2, 3 … without a gap. 0 is before the first.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(transparent)]
pub struct Position(pub u64);

impl Position {
    /// Before the first event.
    pub const START: Self = Self(0);

    /// The one after this.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// Where somebody read it: so that two sources that disagree stand side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// A document, a page, a meeting, in words or as an address.
    pub reference: Name,
    /// The document, where it is registered here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentId>,
    /// Where in it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locator: Option<Name>,
}

/// The command that caused an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CommandRef {
    /// Made by the client; one command id is executed once.
    pub id: CommandId,
    /// The first 16 bytes of the SHA-256 of the command, in hexadecimal: tells a retry from a
    /// second command that reuses the id.
    #[serde(with = "hex")]
    #[schemars(with = "String", regex(pattern = "^[0-9a-f]{32}$"))]
    pub digest: [u8; 16],
}

/// Who said so, why, and from where; the same for every event that one command causes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// When it was true in the world.
    pub effective: Effective,
    /// For whom somebody acted; nobody where the ledger itself did.
    pub actor: Option<ActorId>,
    /// By which right.
    pub mandate: Option<MandateId>,
    /// Who acted.
    pub user: Option<UserId>,
    /// The command.
    pub command: CommandRef,
    /// The event that led to it.
    pub cause: Option<Position>,
    /// Where it was read.
    pub source: Option<Source>,
    /// The event that it corrects or annuls.
    pub corrects: Option<Position>,
}

/// The stored form of an event. `D` is its data: raw JSON when read, the event when written.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct Envelope<'a> {
    /// [`ENVELOPE_VERSION`].
    pub v: u32,
    /// Unique for ever (UUID version 7).
    pub id: EventId,
    /// Which aggregate, and which of its events.
    #[serde(borrow)]
    pub agg: StreamPoint<'a>,
    /// The event's stored name.
    #[serde(borrow)]
    pub r#type: Cow<'a, str>,
    /// The version of that type's stored form.
    pub tv: u32,
    /// When the ledger wrote it, UTC, microseconds; never earlier than the event before it.
    #[schemars(with = "String", regex(pattern = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$"))]
    pub recorded_at: Timestamp,
    /// When it was true in the world.
    pub effective: Effective,
    /// For whom somebody acted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub actor: Option<ActorId>,
    /// By which right.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mandate: Option<MandateId>,
    /// Who acted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<UserId>,
    /// The command that caused it.
    pub cmd: CommandRef,
    /// The event that led to it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<Position>,
    /// Where it was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// The event that it corrects or annuls.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub corrects: Option<Position>,
    /// The event before it in the same stream.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prev: Option<Prev>,
    /// 16 random bytes in hexadecimal: nobody can guess an event from its hash.
    #[serde(with = "hex")]
    #[schemars(with = "String", regex(pattern = "^[0-9a-f]{32}$"))]
    pub salt: [u8; 16],
    /// The event's fields, as its JSON Schema says.
    #[serde(borrow)]
    #[schemars(with = "serde_json::Map<String, serde_json::Value>")]
    pub data: &'a RawValue,
}

/// Which aggregate, and which of its events.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
pub struct StreamPoint<'a> {
    /// The aggregate's stored type.
    #[serde(borrow)]
    pub r#type: Cow<'a, str>,
    /// The aggregate's id.
    pub id: Uuid,
    /// 1 for its first event, without a gap.
    pub seq: u64,
}

/// The event before this one in the same stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Prev {
    /// Its place in the ledger.
    pub position: Position,
    /// Its leaf hash (RFC 6962, §2.1), in hexadecimal.
    #[serde(with = "hex")]
    #[schemars(with = "String", regex(pattern = "^[0-9a-f]{64}$"))]
    pub leaf: [u8; 32],
}

/// A recorded event, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    /// Its place in the ledger.
    pub position: Position,
    /// Its id.
    pub id: EventId,
    /// Its number in its aggregate's stream, from 1.
    pub sequence: u64,
    /// When the ledger wrote it.
    pub recorded_at: Timestamp,
    /// Who said so, why, and from where.
    pub provenance: Provenance,
    /// What happened.
    pub fact: Fact,
}

/// Why stored bytes cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Unreadable {
    /// Not the stored form at all.
    #[error("the event at position {position} is not in the stored form")]
    Malformed {
        /// Which event.
        position: Position,
        /// What the parser said.
        source: serde_json::Error,
    },
    /// Written by a later version of this program.
    #[error(
        "the event at position {position} has the form {found}, newer than this program knows: \
         use a newer version of tiwizi"
    )]
    Newer {
        /// Which event.
        position: Position,
        /// Its aggregate, type and version.
        found: String,
    },
}

impl Recorded {
    /// Reads the event stored as `bytes` at `position`.
    pub fn read(position: Position, bytes: &[u8]) -> Result<Self, Unreadable> {
        plain::read(position, bytes).map_or_else(|| Self::read_any(position, bytes), Ok)
    }

    /// Reads any spelling of the stored form, and says what is wrong with it.
    fn read_any(position: Position, bytes: &[u8]) -> Result<Self, Unreadable> {
        let malformed = |source| Unreadable::Malformed { position, source };
        let envelope: Envelope<'_> = serde_json::from_slice(bytes).map_err(malformed)?;
        if envelope.v > ENVELOPE_VERSION {
            let found = format!("envelope v{}", envelope.v);
            return Err(Unreadable::Newer { position, found });
        }
        let fact = Fact::read(&envelope).map_err(|fault| match fault {
            Fault::Newer => {
                let (aggregate, name) = (&envelope.agg.r#type, &envelope.r#type);
                let found = format!("{aggregate}/{name} v{}", envelope.tv);
                Unreadable::Newer { position, found }
            }
            Fault::Malformed(source) => malformed(source),
        })?;
        Ok(Self {
            position,
            id: envelope.id,
            sequence: envelope.agg.seq,
            recorded_at: envelope.recorded_at,
            provenance: Provenance {
                effective: envelope.effective,
                actor: envelope.actor,
                mandate: envelope.mandate,
                user: envelope.user,
                command: envelope.cmd,
                cause: envelope.cause,
                source: envelope.source,
                corrects: envelope.corrects,
            },
            fact,
        })
    }
}

enum Fault {
    Newer,
    Malformed(serde_json::Error),
}

macro_rules! facts {
    ($($Aggregate:ident($Id:ty, $module:ident)),+ $(,)?) => {
        /// What happened, and to which aggregate.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[expect(missing_docs, reason = "each variant is named after its aggregate")]
        pub enum Fact {
            $($Aggregate($Id, $module::Event)),+
        }

        impl Fact {
            /// The stored type of every aggregate.
            pub const AGGREGATES: &[&str] =
                &[$(<$module::$Aggregate as cqrs_es::Aggregate>::TYPE),+];

            fn read(envelope: &Envelope<'_>) -> Result<Self, Fault> {
                let id = envelope.agg.id;
                match envelope.agg.r#type.as_ref() {
                    $(<$module::$Aggregate as cqrs_es::Aggregate>::TYPE => {
                        event::<$module::Event>(envelope).map(|it| Self::$Aggregate(id.into(), it))
                    })+
                    _ => Err(Fault::Newer),
                }
            }

            /// The event `name` in today's version, where `data` is nothing but that event's.
            fn plain(
                aggregate: &str,
                id: Uuid,
                name: &str,
                version: u32,
                data: &str,
            ) -> Option<Self> {
                match aggregate {
                    $(<$module::$Aggregate as cqrs_es::Aggregate>::TYPE => {
                        plain_event::<$module::Event>(name, version, data)
                            .map(|it| Self::$Aggregate(id.into(), it))
                    })+
                    _ => None,
                }
            }

            /// The aggregate's stored type, its id, and the event's stored name.
            pub fn subject(&self) -> (&'static str, Uuid, &'static str) {
                use crate::aggregate::Named;
                match self {
                    $(Self::$Aggregate(id, event) => (
                        <$module::$Aggregate as cqrs_es::Aggregate>::TYPE,
                        (*id).into(),
                        event.name(),
                    )),+
                }
            }
        }

        /// The JSON Schema of each aggregate's stored events, by the aggregate's stored type.
        pub fn schemas() -> Vec<(&'static str, schemars::Schema)> {
            vec![
                ("envelope", schemars::schema_for!(Envelope<'static>)),
                $((
                    <$module::$Aggregate as cqrs_es::Aggregate>::TYPE,
                    schemars::schema_for!($module::Event),
                )),+
            ]
        }
    };
}

facts! {
    Ledger(LedgerId, genesis),
    Actor(ActorId, actor),
    PolicyFramework(PolicyFrameworkId, policy_framework),
    Programme(ProgrammeId, programme),
    Indicator(IndicatorId, indicator),
    Intervention(InterventionId, intervention),
    FundingCall(FundingCallId, funding_call),
    FundingRequest(FundingRequestId, funding_request),
    Commitment(CommitmentId, commitment),
    Document(DocumentId, document),
    CitizenInitiative(CitizenInitiativeId, citizen_initiative),
    Deliberation(DeliberationId, deliberation),
    TerritorialPlan(TerritorialPlanId, territorial_plan),
    ServiceUnit(ServiceUnitId, service_unit),
    CoordinationBody(CoordinationBodyId, coordination_body),
    Meeting(MeetingId, meeting),
    CapitalisationItem(CapitalisationItemId, capitalisation_item),
    TrainingCohort(TrainingCohortId, training_cohort),
    AwarenessAction(AwarenessActionId, awareness_action),
    MobilityMap(MobilityMapId, mobility_map),
    MobilityPlacement(MobilityPlacementId, mobility_placement),
    Sourcing(SourcingId, sourcing),
}

/// Reads an event from its name and its data, lifted first where a later version renamed or
/// rearranged them.
fn event<E>(envelope: &Envelope<'_>) -> Result<E, Fault>
where
    E: crate::aggregate::Named + strum::VariantNames,
{
    let name = envelope.r#type.as_ref();
    let known = E::VARIANTS.contains(&name).then(|| E::version(name));
    match known {
        Some(version) if envelope.tv > version => Err(Fault::Newer),
        Some(version) if envelope.tv == version => {
            let stored = tagged::TypeThenData { name, data: Some(envelope.data.get()) };
            E::deserialize(stored).map_err(Fault::Malformed)
        }
        _ => upcast::lift(envelope),
    }
}

fn plain_event<'a, E>(name: &'a str, version: u32, data: &'a str) -> Option<E>
where
    E: crate::aggregate::Named,
{
    let stored = tagged::TypeThenData { name, data: Some(data) };
    (E::version(name) == version).then(|| E::deserialize(stored).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) const STORED: &[u8] = br#"{"agg":{"id":"00000000-0000-0000-0000-000000000001","seq":1,"type":"ledger"},"cmd":{"digest":"000102030405060708090a0b0c0d0e0f","id":"00000000-0000-0000-0000-000000000002"},"data":{"clock":"real","ledger":"00000000-0000-0000-0000-000000000001","name":"Souss-Massa","origin":"tiwizi.example/souss-massa","purpose":{"fr":"Coordonner"}},"effective":"2026-11-21","id":"00000000-0000-0000-0000-000000000003","recorded_at":"2026-11-21T22:10:57.123456Z","salt":"000102030405060708090a0b0c0d0e0f","tv":1,"type":"opened","v":1}"#;

    #[test]
    fn a_stored_event_is_read_whole() {
        let recorded = Recorded::read(Position(1), STORED).expect("it reads");
        assert_eq!(recorded.fact.subject().2, "opened");
        assert_eq!(recorded.recorded_at.to_string(), "2026-11-21T22:10:57.123456Z");
        assert!(matches!(
            recorded.fact,
            Fact::Ledger(id, genesis::Event::Opened { ledger, .. }) if id == ledger
        ));
    }

    #[test]
    fn a_form_newer_than_the_program_is_named() {
        let text = std::str::from_utf8(STORED).expect("ascii");
        for (known, newer, found) in [
            (r#""v":1"#, r#""v":2"#, "envelope v2"),
            (r#""tv":1"#, r#""tv":9"#, "ledger/opened v9"),
            (r#""type":"opened""#, r#""type":"sold""#, "ledger/sold v1"),
            (r#""type":"ledger""#, r#""type":"starship""#, "starship/opened v1"),
        ] {
            let bytes = text.replace(known, newer);
            let error = Recorded::read(Position(7), bytes.as_bytes()).expect_err(newer);
            assert!(matches!(error, Unreadable::Newer { found: it, .. } if it == found));
        }
    }

    #[test]
    fn what_is_not_the_stored_form_is_refused_with_its_position() {
        let error = Recorded::read(Position(7), b"{}").expect_err("no event");
        assert_eq!(error.to_string(), "the event at position 7 is not in the stored form");
    }
}
