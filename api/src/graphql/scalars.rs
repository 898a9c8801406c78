//! The scalars of the contract: how a domain value is written in GraphQL, and read from it.
//!
//! [`Shown`] writes a value. [`Given`] keeps what the caller wrote until it is read, so that a
//! date that is no date becomes a problem of its field, in the caller's language, beside the
//! others, rather than an error of the whole request.
use std::borrow::Cow;

use async_graphql::parser::types::Field;
use async_graphql::registry::{MetaType, Registry};
use async_graphql::{
    ContextSelectionSet, InputType, InputValueError, InputValueResult, OutputType, Positioned,
    ServerResult, Value,
};
use domain::classification::{Goal, Sector, Theme};
use domain::document::Digest;
use domain::effective::Effective;
use domain::ids;
use domain::measure::Quantity;
use domain::money::INTEGER_MAX;
use domain::recorded::Position;
use domain::territory::TerritoryId;
use domain::text::{Country, Name};
use jiff::Timestamp;
use jiff::civil::Date;
use uuid::Uuid;

use super::code::Code;
use super::problem::Problem;
use crate::app::Models;

/// A domain value that GraphQL writes as one string or one number.
pub trait Scalar: Sized + Send + Sync + 'static {
    /// The scalar's name in the schema.
    const NAME: &'static str;
    /// What the schema says of it.
    const ABOUT: &'static str;
    /// Whether it is written as a number; as a string otherwise.
    const IS_NUMBER: bool = false;

    /// The value that the caller wrote.
    fn read(value: &Value) -> Result<Self, Problem>;

    /// The value as the caller reads it.
    fn write(&self) -> Value;

    /// Whether what it names is there; a value that names nothing always is.
    fn exists(&self, models: &Models) -> bool {
        let _ = models;
        true
    }
}

/// A value on its way out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown<T>(pub T);

/// A value on its way in, as the caller wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given<T> {
    written: Value,
    of: std::marker::PhantomData<fn() -> T>,
}

impl<T> std::fmt::Display for Given<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&quoted(&self.written))
    }
}

impl<T: Scalar> Given<T> {
    /// What it says; a problem where it cannot be read.
    pub fn read(&self) -> Result<T, Problem> {
        T::read(&self.written)
    }
}

/// Enters the scalar in the schema, once, whichever of the two types comes first.
fn enter<T: Scalar>(make: impl FnOnce(fn(&mut Registry) -> MetaType)) {
    make(|_| MetaType::Scalar {
        name: T::NAME.to_owned(),
        description: Some(T::ABOUT.to_owned()),
        is_valid: Some(std::sync::Arc::new(is_written::<T>)),
        visible: None,
        inaccessible: false,
        tags: Vec::new(),
        specified_by_url: None,
        directive_invocations: Vec::new(),
        requires_scopes: Vec::new(),
    });
}

fn is_written<T: Scalar>(value: &Value) -> bool {
    matches!((value, T::IS_NUMBER), (Value::String(_), false) | (Value::Number(_), true))
}

impl<T: Scalar> InputType for Given<T> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed(T::NAME)
    }

    fn create_type_info(registry: &mut Registry) -> String {
        enter::<T>(|make| {
            registry
                .create_input_type::<Self, _>(async_graphql::registry::MetaTypeId::Scalar, make);
        });
        Self::qualified_type_name()
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        let written = value.unwrap_or_default();
        if is_written::<T>(&written) {
            Ok(Self { written, of: std::marker::PhantomData })
        } else {
            Err(InputValueError::expected_type(written))
        }
    }

    fn to_value(&self) -> Value {
        self.written.clone()
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}

impl<T: Scalar> OutputType for Shown<T> {
    fn type_name() -> Cow<'static, str> {
        Cow::Borrowed(T::NAME)
    }

    fn create_type_info(registry: &mut Registry) -> String {
        enter::<T>(|make| {
            registry
                .create_output_type::<Self, _>(async_graphql::registry::MetaTypeId::Scalar, make);
        });
        Self::qualified_type_name()
    }

    async fn resolve(
        &self,
        _ctx: &ContextSelectionSet<'_>,
        _field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        Ok(self.0.write())
    }
}

/// The string that the caller wrote; validation has let nothing else through.
fn text(value: &Value) -> &str {
    match value {
        Value::String(text) => text,
        _ => "",
    }
}

/// What a problem quotes of a value that cannot be read.
fn quoted(value: &Value) -> String {
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    text.chars().take(40).collect()
}

/// A value that is written as its text in the domain, and refused with one code.
macro_rules! written {
    ($($Type:ty = $name:literal, $about:literal, $code:expr, $read:expr;)+) => {$(
        impl Scalar for $Type {
            const NAME: &'static str = $name;
            const ABOUT: &'static str = $about;

            fn read(value: &Value) -> Result<Self, Problem> {
                let read: fn(&str) -> Option<$Type> = $read;
                read(text(value)).ok_or_else(|| Problem::misread($code, quoted(value)))
            }

            fn write(&self) -> Value {
                Value::String(self.to_string())
            }
        }
    )+};
}

written! {
    Date = "Date", "A calendar day, `YYYY-MM-DD`.", Code::DateInvalid,
        |it| (it.len() == 10).then(|| it.parse().ok()).flatten();
    Timestamp = "DateTime", "An instant with its offset (RFC 3339): `2026-11-21T09:00:00Z`.",
        Code::DateTimeInvalid, |it| it.parse().ok();
    Effective = "Effective", "When something was true in the world, with the precision of its \
        source (EDTF): `2018`, `2020-01`, `2020-05-01`, `2024-02-05/2024-03-20` or `unknown`.",
        Code::EffectiveInvalid, |it| it.parse().ok();
    TerritoryId = "TerritoryId", "A territory by its id: `region-souss-massa`, `commune-belfaa`.",
        Code::TerritoryUnknown, |it| it.parse().ok();
    Sector = "SectorCode", "A purpose code of the OECD's DAC, five digits: `15190`.",
        Code::SectorUnknown, |it| it.parse().ok();
    Theme = "ThemeCode", "A sector by its five digits, or all of a category by its three: `15190`, \
        `151`.", Code::SectorUnknown, |it| it.parse().ok();
    Goal = "GoalCode", "A sustainable development goal or one of its targets: `10`, `10.7`, `10.c`.",
        Code::GoalUnknown, |it| it.parse().ok();
    Uuid = "UUID", "128 bits that identify one thing for ever (RFC 9562).", Code::UuidInvalid,
        |it| it.parse().ok();
}

impl Scalar for Country {
    const NAME: &'static str = "Country";
    const ABOUT: &'static str = "A country by its two capital letters of ISO 3166-1: `MA`, `FR`.";

    fn read(value: &Value) -> Result<Self, Problem> {
        Self::try_from(text(value).to_owned())
            .map_err(|_| Problem::misread(Code::CountryInvalid, quoted(value)))
    }

    fn write(&self) -> Value {
        Value::String(self.as_str().to_owned())
    }
}

impl Scalar for Name {
    const NAME: &'static str = "Name";
    const ABOUT: &'static str = "A name as it is written: one line of 1 to 200 characters.";

    fn read(value: &Value) -> Result<Self, Problem> {
        Self::new(text(value)).map_err(Problem::text)
    }

    fn write(&self) -> Value {
        Value::String(self.as_str().to_owned())
    }
}

impl Scalar for i64 {
    const NAME: &'static str = "SafeInt";
    const ABOUT: &'static str = "A whole number within ±(2^53 − 1), which every JSON reader keeps.";
    const IS_NUMBER: bool = true;

    fn read(value: &Value) -> Result<Self, Problem> {
        let number = match value {
            Value::Number(number) => number.as_i64(),
            _ => None,
        };
        number
            .filter(|it| (-INTEGER_MAX..=INTEGER_MAX).contains(it))
            .ok_or_else(|| Problem::misread(Code::NumberOutOfRange, quoted(value)))
    }

    fn write(&self) -> Value {
        Value::Number((*self).into())
    }
}

impl Scalar for Quantity {
    const NAME: &'static str = i64::NAME;
    const ABOUT: &'static str = i64::ABOUT;
    const IS_NUMBER: bool = true;

    fn read(value: &Value) -> Result<Self, Problem> {
        Self::new(i64::read(value)?)
            .map_err(|_| Problem::misread(Code::QuantityOutOfRange, quoted(value)))
    }

    fn write(&self) -> Value {
        self.get().write()
    }
}

impl Scalar for Position {
    const NAME: &'static str = "Position";
    const ABOUT: &'static str =
        "The place of an event in the ledger: 1, 2, 3 … without a gap. 0 is before the first.";
    const IS_NUMBER: bool = true;

    fn read(value: &Value) -> Result<Self, Problem> {
        u64::try_from(i64::read(value)?)
            .map(Self)
            .map_err(|_| Problem::misread(Code::QuantityOutOfRange, quoted(value)))
    }

    fn write(&self) -> Value {
        Value::Number(self.0.into())
    }

    /// A command that names a position names an event.
    fn exists(&self, models: &Models) -> bool {
        *self > Self::START && *self <= models.position
    }
}

impl Scalar for Digest {
    const NAME: &'static str = Hash::NAME;
    const ABOUT: &'static str = Hash::ABOUT;

    fn read(value: &Value) -> Result<Self, Problem> {
        Self::new(text(value)).map_err(|_| Problem::misread(Code::HashInvalid, quoted(value)))
    }

    fn write(&self) -> Value {
        Value::String(self.as_str().to_owned())
    }
}

/// A SHA-256 hash as 64 lower-case hexadecimal digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hash(pub [u8; 32]);

impl Scalar for Hash {
    const NAME: &'static str = "Hash";
    const ABOUT: &'static str = "A SHA-256 hash as 64 lower-case hexadecimal digits.";

    fn read(value: &Value) -> Result<Self, Problem> {
        let mut bytes = [0; 32];
        let lower = !text(value).bytes().any(|it| it.is_ascii_uppercase());
        match hex::decode_to_slice(text(value), &mut bytes) {
            Ok(()) if lower => Ok(Self(bytes)),
            _ => Err(Problem::misread(Code::HashInvalid, quoted(value))),
        }
    }

    fn write(&self) -> Value {
        Value::String(hex::encode(self.0))
    }
}

/// An id is a UUID. Those with a rule after them name an aggregate, which must be there.
macro_rules! ids {
    ($($Id:ident $(= $exists:expr)?),+ $(,)?) => {$(
        impl Scalar for ids::$Id {
            const NAME: &'static str = Uuid::NAME;
            const ABOUT: &'static str = Uuid::ABOUT;

            fn read(value: &Value) -> Result<Self, Problem> {
                Uuid::read(value).map(Self::from)
            }

            fn write(&self) -> Value {
                Value::String(self.to_string())
            }

            $(fn exists(&self, models: &Models) -> bool {
                let exists: fn(&Models, Self) -> bool = $exists;
                exists(models, *self)
            })?
        }
    )+};
}

ids! {
    LedgerId, MandateId, UserId, KeyId, AxisId, ExpectedResultId, ParticipationId, AgreementId, AmendmentId, DisbursementId, ExpenditureId, RefundId, MilestoneId, EvidenceId, EventId, CommandId, ObjectiveId, PlanActionId, ReferralId, MembershipId, BodyDecisionId, ActionPointId, OpportunityId, CorrectionId, ClaimId,
    ActorId = |models, id| models.actors.get(id).is_some(),
    PolicyFrameworkId = |models, id| models.frameworks.get(id).is_some(),
    ProgrammeId = |models, id| models.programmes.get(id).is_some(),
    IndicatorId = |models, id| models.programmes.indicator(id).is_some(),
    EnvelopeId = |models, id| models.programmes.envelope(id).is_some(),
    InterventionId = |models, id| models.interventions.get(id).is_some(),
    FundingCallId = |models, id| models.funding.call(id).is_some(),
    FundingRequestId = |models, id| models.funding.request(id).is_some(),
    CommitmentId = |models, id| models.commitments.get(id).is_some(),
    DocumentId = |models, id| models.documents.get(id).is_some(),
    CitizenInitiativeId = |models, id| models.initiatives.get(id).is_some(),
    DeliberationId = |models, id| models.deliberations.get(id).is_some(),
    TerritorialPlanId = |models, id| models.plans.get(id).is_some(),
    ServiceUnitId = |models, id| models.service_units.get(id).is_some(),
    CoordinationBodyId = |models, id| models.bodies.get(id).is_some(),
    MeetingId = |models, id| models.meetings.get(id).is_some(),
    CapitalisationItemId = |models, id| models.capitalisation.get(id).is_some(),
    ConflictId = |models, id| models.sourcing.conflict(id).is_some(),
    SourcingId = |models, id| models.sourcing.get(id).is_some(),
    TrainingCohortId = |models, id| models.trainings.get(id).is_some(),
    AwarenessActionId = |models, id| models.awareness.get(id).is_some(),
    MobilityMapId = |models, id| models.mobility.maps.get(id).is_some(),
    MobilityPlacementId = |models, id| models.mobility.placements.get(id).is_some(),
}
