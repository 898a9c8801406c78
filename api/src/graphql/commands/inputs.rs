//! The inputs that have several fields, as the domain takes them.
use std::borrow::Cow;
use std::marker::PhantomData;

use async_graphql::registry::Registry;
use async_graphql::{InputObject, InputType, InputValueResult, OneofObject, Value};
use domain::actor::Identifier;
use domain::commitment::Pledge;
use domain::effective::Period;
use domain::ids::DocumentId;
use domain::indicator::{Cell, Measurement};
use domain::intervention::Origin;
use domain::measure::Quantity;
use domain::money::{Exchange, Money};
use domain::population::{PopulationGroup, Sex};
use domain::programme::Claim;
use domain::recorded::Source;
use domain::territory::TerritoryId;
use domain::text::{Name, Note, Title};
use jiff::civil::Date;
use uuid::Uuid;

use super::desk::{Desk, Take, camel};
use crate::graphql::code::Code;
use crate::graphql::enums::Choice;
use crate::graphql::problem::Problem;
use crate::graphql::scalars::{Given, Scalar};
use crate::graphql::values::{MoneyInput, PeriodInput, TextInput};

/// A text in one or more languages: in the schema, a list of wordings.
#[derive(Clone, Debug)]
pub struct Words<T>(Vec<TextInput>, PhantomData<fn() -> T>);

impl<T> Words<T> {
    /// Every wording, as given.
    pub fn wordings(&self) -> &[TextInput] {
        &self.0
    }
}

impl<T> InputType for Words<T> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        Vec::<TextInput>::type_name()
    }

    fn qualified_type_name() -> String {
        Vec::<TextInput>::qualified_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        Vec::<TextInput>::create_type_info(registry)
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        Vec::<TextInput>::parse(value)
            .map(|wordings| Self(wordings, PhantomData))
            .map_err(async_graphql::InputValueError::propagate)
    }

    fn to_value(&self) -> Value {
        self.0.to_value()
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}

/// The id of a part that may be there already; left out, one is derived from the command's.
#[derive(Clone, Debug)]
pub struct OrNew<I>(Option<Given<I>>);

impl<I: Scalar> InputType for OrNew<I> {
    type RawValueType = Self;

    fn type_name() -> Cow<'static, str> {
        Option::<Given<I>>::type_name()
    }

    fn qualified_type_name() -> String {
        Option::<Given<I>>::qualified_type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        Option::<Given<I>>::create_type_info(registry)
    }

    fn parse(value: Option<Value>) -> InputValueResult<Self> {
        Option::parse(value).map(Self).map_err(async_graphql::InputValueError::propagate)
    }

    fn to_value(&self) -> Value {
        self.0.to_value()
    }

    fn as_raw_value(&self) -> Option<&Self> {
        Some(self)
    }
}

impl<I: Scalar + From<Uuid>> Take for OrNew<I> {
    type Domain = I;

    fn take(self, desk: &Desk<'_>) -> Result<I, Problem> {
        self.0.map_or_else(|| Ok(desk.derived("part")), |it| it.take(desk))
    }
}

/// Reads each field of an input, in order, and names the field in the problem where one is wrong.
macro_rules! fields {
    ($input:expr, $desk:expr, $($Made:ident)::+ { $($field:ident),+ $(,)? }) => {
        Ok($($Made)::+ {
            $($field: $input.$field.take($desk).map_err(|it| it.at(&camel(stringify!($field))))?),+
        })
    };
}
pub(super) use fields;

impl Take for MoneyInput {
    type Domain = Money;

    fn take(self, desk: &Desk<'_>) -> Result<Money, Problem> {
        let minor = self.minor.take(desk).map_err(|it| it.at("minor"))?;
        // The scalar has the same limits, so this never refuses.
        Money::new(minor, self.currency.0).map_err(|_| Problem::new(Code::NumberOutOfRange))
    }
}

impl Take for PeriodInput {
    type Domain = Period;

    fn take(self, desk: &Desk<'_>) -> Result<Period, Problem> {
        fields!(self, desk, Period { from, to })
    }
}

/// Where something was read: so that two sources that disagree stand side by side.
#[derive(InputObject, Clone, Debug)]
pub struct SourceInput {
    /// A document, a page, a meeting, in words or as an address.
    reference: Given<Name>,
    /// The document, where it is registered here.
    document: Option<Given<DocumentId>>,
    /// Where in it.
    locator: Option<Given<Name>>,
}

impl Take for SourceInput {
    type Domain = Source;

    fn take(self, desk: &Desk<'_>) -> Result<Source, Problem> {
        fields!(self, desk, Source { reference, document, locator })
    }
}

/// A code that a body has elsewhere.
#[derive(InputObject, Clone, Debug)]
pub struct IdentifierInput {
    /// Whose code: a register, an institution.
    scheme: Given<Name>,
    /// The code.
    value: Given<Name>,
}

impl Take for IdentifierInput {
    type Domain = Identifier;

    fn take(self, desk: &Desk<'_>) -> Result<Identifier, Problem> {
        fields!(self, desk, Identifier { scheme, value })
    }
}

/// What a sum was before it was turned into the agreement's currency.
#[derive(InputObject, Clone, Debug)]
pub struct ExchangeInput {
    /// The sum as it was paid.
    original: MoneyInput,
    /// Millionths of the agreement's currency for one unit of the original's.
    rate_millionths: Given<i64>,
    /// The day of the rate.
    on: Given<Date>,
    /// Who published the rate.
    source: Given<Name>,
}

impl Take for ExchangeInput {
    type Domain = Exchange;

    fn take(self, desk: &Desk<'_>) -> Result<Exchange, Problem> {
        fields!(self, desk, Exchange { original, rate_millionths, on, source })
    }
}

/// What is promised.
#[derive(OneofObject, Clone, Debug)]
pub enum PledgeInput {
    /// Money.
    Financial(MoneyInput),
    /// Things, or the use of them.
    InKind(InKindInput),
    /// Work: how many days of one person.
    Days(Given<Quantity>),
}

/// Things, or the use of them.
#[derive(InputObject, Clone, Debug)]
pub struct InKindInput {
    /// How many.
    quantity: Given<Quantity>,
    /// Of which unit: pieces, square metres, hours of a bus.
    unit: Given<Name>,
    /// What it is worth, where somebody estimated it.
    estimate: Option<MoneyInput>,
}

impl Take for PledgeInput {
    type Domain = Pledge;

    fn take(self, desk: &Desk<'_>) -> Result<Pledge, Problem> {
        match self {
            Self::Financial(amount) => amount
                .take(desk)
                .map(|amount| Pledge::Financial { amount })
                .map_err(|it| it.at("financial")),
            Self::InKind(input) => in_kind(input, desk).map_err(|it| it.at("inKind")),
            Self::Days(days) => {
                days.take(desk).map(|days| Pledge::Human { days }).map_err(|it| it.at("days"))
            }
        }
    }
}

fn in_kind(input: InKindInput, desk: &Desk<'_>) -> Result<Pledge, Problem> {
    fields!(input, desk, Pledge::InKind { quantity, unit, estimate })
}

/// What an intervention grew out of, in words.
#[derive(OneofObject, Clone, Debug)]
pub enum OriginInput {
    /// A petition of citizens.
    CitizenInitiative(Words<Note>),
    /// A council's act.
    Deliberation(Words<Note>),
    /// A study of needs.
    Diagnosis(Words<Note>),
    /// Something else.
    Other(Words<Note>),
}

impl Take for OriginInput {
    type Domain = Origin;

    fn take(self, desk: &Desk<'_>) -> Result<Origin, Problem> {
        match self {
            Self::CitizenInitiative(note) => {
                note.take(desk).map(|note| Origin::CitizenInitiative { initiative: None, note })
            }
            Self::Deliberation(note) => {
                note.take(desk).map(|note| Origin::Deliberation { deliberation: None, note })
            }
            Self::Diagnosis(note) => note.take(desk).map(|note| Origin::Diagnosis { note }),
            Self::Other(note) => note.take(desk).map(|note| Origin::Other { note }),
        }
    }
}

/// What one source says of a programme.
#[derive(OneofObject, Clone, Debug)]
pub enum ClaimInput {
    /// What it is called.
    Title(Words<Title>),
    /// From when to when it runs.
    Period(PeriodInput),
    /// What it costs.
    Budget(MoneyInput),
    /// How far it has come, in the source's words.
    Status(Given<Name>),
}

impl Take for ClaimInput {
    type Domain = Claim;

    fn take(self, desk: &Desk<'_>) -> Result<Claim, Problem> {
        match self {
            Self::Title(title) => title.take(desk).map(Claim::Title),
            Self::Period(period) => period.take(desk).map(Claim::Period),
            Self::Budget(budget) => budget.take(desk).map(Claim::Budget),
            Self::Status(status) => status.take(desk).map(Claim::Status),
        }
    }
}

/// A measured value, and how it breaks down: the cells and what is unknown add up to the value.
#[derive(InputObject, Clone, Debug)]
pub struct MeasurementInput {
    /// The value, in the indicator's unit.
    value: Given<Quantity>,
    /// Where it was measured.
    territory: Option<Given<TerritoryId>>,
    /// How it breaks down.
    #[graphql(default)]
    cells: Vec<CellInput>,
    /// How much of it is in no cell.
    unknown: Option<Given<Quantity>>,
}

impl Take for MeasurementInput {
    type Domain = Measurement;

    fn take(self, desk: &Desk<'_>) -> Result<Measurement, Problem> {
        fields!(self, desk, Measurement { value, territory, cells, unknown })
    }
}

/// One count of a breakdown.
#[derive(InputObject, Clone, Debug)]
pub struct CellInput {
    /// Of which sex.
    sex: Option<Choice<Sex>>,
    /// Of which group.
    group: Option<Choice<PopulationGroup>>,
    /// Where.
    territory: Option<Given<TerritoryId>>,
    /// How many.
    count: Given<Quantity>,
}

impl Take for CellInput {
    type Domain = Cell;

    fn take(self, desk: &Desk<'_>) -> Result<Cell, Problem> {
        fields!(self, desk, Cell { sex, group, territory, count })
    }
}
