//! Values of several fields: money, texts in languages, periods, and the receipt's plain parts.
use std::borrow::Cow;

use async_graphql::parser::types::Field;
use async_graphql::registry::Registry;
use async_graphql::{
    ContextSelectionSet, InputObject, Object, OneofObject, OutputType, Positioned, ServerResult,
    SimpleObject, Value,
};
use domain::effective::{Effective, Period};
use domain::money::{Currency, Money};
use domain::recorded::Position;
use domain::territory::Territory;
use domain::text::{Language, Note, Title};
use jiff::Timestamp;

use super::enums::Choice;
use super::list::{List, one};
use super::problem::Problem;
use super::scalars::{Given, Shown};

/// An amount of money.
#[derive(SimpleObject, Clone, Copy, Debug)]
#[graphql(serial, name = "Money")]
pub struct MoneyObject {
    /// In the currency's minor unit: centimes of a dirham, cents of a euro.
    minor: Shown<i64>,
    /// The currency.
    currency: Choice<Currency>,
    /// How many digits of `minor` stand after the decimal mark.
    decimals: u32,
}

impl From<Money> for MoneyObject {
    fn from(money: Money) -> Self {
        let currency = money.currency();
        Self {
            minor: Shown(money.minor()),
            currency: Choice(currency),
            decimals: currency.decimals(),
        }
    }
}

/// An amount of money.
#[derive(InputObject, Clone, Debug)]
pub struct MoneyInput {
    /// In the currency's minor unit: centimes of a dirham, cents of a euro.
    pub minor: Given<i64>,
    /// The currency.
    pub currency: Choice<Currency>,
}

/// A text in one or more languages.
pub enum Text {
    /// Of one line.
    Title(Title),
    /// Of several.
    Note(Note),
    /// A territory's name.
    Territory(&'static Territory),
    /// A name or a value that is written alike in every language.
    Plain(String),
}

impl From<&Title> for Text {
    fn from(title: &Title) -> Self {
        Self::Title(title.clone())
    }
}

impl From<&Note> for Text {
    fn from(note: &Note) -> Self {
        Self::Note(note.clone())
    }
}

impl Text {
    /// The wording in `language`, else in French, else in whichever language there is.
    pub fn in_language(&self, language: Language) -> &str {
        match self {
            Self::Title(title) => title.in_language(language),
            Self::Note(note) => note.in_language(language),
            Self::Territory(it) if language == Language::Ar => it.name_ar,
            Self::Territory(it) => it.name_fr,
            Self::Plain(text) => text,
        }
    }
}

/// Nearly every object has a text, so that it is told as the objects of a list are.
impl OutputType for Text {
    fn type_name() -> Cow<'static, str> {
        <Worded<'_> as OutputType>::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        <Worded<'_> as OutputType>::create_type_info(registry)
    }

    async fn resolve(
        &self,
        ctx: &ContextSelectionSet<'_>,
        field: &Positioned<Field>,
    ) -> ServerResult<Value> {
        one(&Worded(self), ctx, field).await
    }
}

struct Worded<'a>(&'a Text);

/// A text in one or more languages.
#[Object(serial, name = "Text")]
impl Worded<'_> {
    /// The wording in `language`, else in French, else in whichever language there is.
    async fn text(
        &self,
        #[graphql(desc = "In which language; French where it is left out.")] language: Option<
            Choice<Language>,
        >,
    ) -> &str {
        self.0.in_language(language.map_or(Language::Fr, |it| it.0))
    }

    /// Every wording.
    #[graphql(complexity = "super::connection::list_cost(child_complexity)")]
    async fn wordings(&self) -> List<Wording<'_>> {
        let wording = |(language, text)| Wording { language: Choice(language), text };
        match self.0 {
            Text::Title(title) => title.wordings().map(wording).collect(),
            Text::Note(note) => note.wordings().map(wording).collect(),
            Text::Territory(it) => {
                let names = [(Language::Fr, it.name_fr), (Language::Ar, it.name_ar)];
                names.into_iter().map(wording).collect()
            }
            Text::Plain(text) => [(Language::Fr, &**text)].into_iter().map(wording).collect(),
        }
    }
}

/// A text in one language.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct Wording<'a> {
    /// Which.
    language: Choice<Language>,
    /// The text.
    text: &'a str,
}

/// A text in one language. Where a list of them is asked for, one alone is taken too.
#[derive(InputObject, Clone, Debug)]
pub struct TextInput {
    /// The text.
    pub text: String,
    /// Which language it is in.
    #[graphql(default_with = "Choice(Language::Fr)")]
    pub language: Choice<Language>,
}

/// From when to when something holds.
#[derive(SimpleObject, Clone, Copy, Debug)]
#[graphql(serial, name = "Period")]
pub struct PeriodObject {
    /// When it begins.
    from: Shown<Effective>,
    /// When it ends.
    to: Shown<Effective>,
}

impl From<Period> for PeriodObject {
    fn from(period: Period) -> Self {
        Self { from: Shown(period.from), to: Shown(period.to) }
    }
}

/// From when to when something holds; a bound that no source gives is `unknown`.
#[derive(InputObject, Clone, Debug)]
pub struct PeriodInput {
    /// When it begins.
    pub from: Given<Effective>,
    /// When it ends.
    pub to: Given<Effective>,
}

/// Up to which event a question is answered: what was known then.
#[derive(OneofObject, Clone, Debug)]
pub enum AsOf {
    /// Once the event at this position had been recorded.
    Position(Given<Position>),
    /// At this instant.
    Instant(Given<Timestamp>),
}

impl AsOf {
    /// The point that it names.
    pub fn read(&self) -> Result<projections::AsOf, Problem> {
        match self {
            Self::Position(position) => {
                let position = position.read().map_err(|it| it.at("position"))?;
                Ok(projections::AsOf::Position(position))
            }
            Self::Instant(instant) => {
                let instant = instant.read().map_err(|it| it.at("instant"))?;
                Ok(projections::AsOf::Instant(instant))
            }
        }
    }
}
