//! A problem of a command's input, or a rule's refusal: data, never an error of the request.
use async_graphql::{Context, Object};
use domain::aggregate::Refusal;
use domain::text::{NAME_CHARS_MAX, TextError};
use serde_json::{Map, Value};

use super::code::Code;
use crate::languages::Tongue;

/// Why a command was not recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    code: String,
    field: Option<String>,
    details: Map<String, Value>,
}

impl Problem {
    /// One with this code and no more.
    pub fn new(code: Code) -> Self {
        Self { code: code.as_str().to_owned(), field: None, details: Map::new() }
    }

    /// A value that cannot be read, with what was written.
    pub fn misread(code: Code, written: String) -> Self {
        Self::new(code).with("written", written)
    }

    /// An id that names nothing here.
    pub fn unknown_reference(id: String) -> Self {
        Self::new(Code::UnknownReference).with("id", id)
    }

    /// A text that is not taken.
    pub fn text(error: TextError) -> Self {
        match error {
            TextError::TextEmpty => Self::new(Code::TextEmpty),
            TextError::TextTooLong { chars, max } => {
                Self::new(Code::TextTooLong).with("chars", chars).with("max", max)
            }
            TextError::TextUnprintable { hex } => Self::new(Code::TextUnprintable).with("hex", hex),
            TextError::PersonalDataEmail => Self::new(Code::PersonalDataEmail),
            TextError::PersonalDataPhone => Self::new(Code::PersonalDataPhone),
            TextError::PersonalDataIdentity => Self::new(Code::PersonalDataIdentity),
            TextError::PersonalDataBirth => Self::new(Code::PersonalDataBirth),
        }
    }

    /// The same with a placeholder of its message filled.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.details.insert(name.to_owned(), value.into());
        self
    }

    /// The same, about the input field `name`; one within it is named after a dot.
    #[must_use]
    pub fn at(mut self, name: &str) -> Self {
        self.field = Some(match self.field {
            Some(inner) => format!("{name}.{inner}"),
            None => name.to_owned(),
        });
        self
    }

    /// Stable, in capitals.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// The input field that it is about, as GraphQL names it.
    pub fn field_name(&self) -> Option<&str> {
        self.field.as_deref()
    }

    /// The message for people.
    pub fn said_in(&self, tongue: Tongue) -> String {
        tongue.say(&self.code, &self.details)
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let field = refusal.field.map(str::to_owned);
        Self { code: refusal.code, field, details: refusal.details }
    }
}

/// Why a command was not recorded.
#[Object(serial)]
impl Problem {
    /// Stable, for programs: `COMMITMENT_NOT_THE_OFFERER`.
    #[graphql(name = "code")]
    async fn code_field(&self) -> &str {
        &self.code
    }

    /// The input field that it is about.
    async fn field(&self) -> Option<&str> {
        self.field_name()
    }

    /// For people, in the language of the request's `Accept-Language`.
    async fn message(&self, ctx: &Context<'_>) -> String {
        let tongue = ctx.data_opt::<Tongue>().copied().unwrap_or_default();
        self.said_in(tongue)
    }
}

const _: () = assert!(NAME_CHARS_MAX == 200, "the scalar `Name` tells callers this limit");
