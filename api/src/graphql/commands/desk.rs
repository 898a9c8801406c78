//! Where an input is read: each field becomes a domain value, or a problem of that field.
use std::collections::BTreeSet;

use domain::ids::{ActorId, CommandId, CorrectionId, UserId};
use domain::recorded::Position;
use domain::text::{Language, Note, TextError, Title};
use jiff::civil::Date;
use projections::Models;
use uuid::Uuid;

use crate::graphql::code::Code;
use crate::graphql::enums::{Choice, Enumerated};
use crate::graphql::problem::Problem;
use crate::graphql::scalars::{Given, Scalar};
use crate::graphql::values::TextInput;

/// What a command is read against, and the problems met so far.
pub struct Desk<'a> {
    /// What is known.
    pub models: &'a Models,
    /// For whom somebody acts.
    pub actor: ActorId,
    /// Which person acts. Where the mandate is not in force nobody does, and the command is denied.
    pub person: UserId,
    /// What day it is.
    pub today: Date,
    command: CommandId,
    problems: Vec<Problem>,
}

/// An input as the domain takes it.
pub trait Take {
    /// What the domain takes.
    type Domain;

    /// The value, or what is wrong with it.
    fn take(self, desk: &Desk<'_>) -> Result<Self::Domain, Problem>;
}

impl<'a> Desk<'a> {
    /// Nothing read yet.
    pub fn new(
        models: &'a Models,
        (actor, person): (ActorId, UserId),
        today: Date,
        command: CommandId,
    ) -> Self {
        Self { models, actor, person, today, command, problems: Vec::new() }
    }

    /// The event that a proposed correction is about.
    pub fn corrected(&self, correction: CorrectionId) -> Option<Position> {
        self.models.corrections.get(correction).and_then(|it| it.corrects)
    }

    /// The value of the input field `field`, which is named as in Rust.
    pub fn take<T: Take>(&mut self, field: &str, input: T) -> Option<T::Domain> {
        let taken = input.take(self);
        taken.map_err(|problem| self.problems.push(problem.at(&camel(field)))).ok()
    }

    /// The value of an input field that may be left out.
    pub fn optional<T: Take>(&mut self, field: &str, input: Option<T>) -> Option<T::Domain> {
        self.take(field, input).flatten()
    }

    /// The aggregate that a command is for: the one in `named`, with the field's name, or a new
    /// one of the sort `noun`.
    pub fn target<I: Scalar + From<Uuid>>(
        &mut self,
        noun: &str,
        named: Option<(&str, Given<I>)>,
    ) -> Option<I> {
        match named {
            Some((field, id)) => self.take(field, id),
            None => Some(self.derived(noun)),
        }
    }

    /// The id of a new thing of the sort `noun`: the UUID of version 5 (RFC 9562) of `noun` under
    /// the command's id, so that the same command sent again makes the same id.
    pub fn derived<I: From<Uuid>>(&self, noun: &str) -> I {
        Uuid::new_v5(&self.command.into(), noun.as_bytes()).into()
    }

    /// Notes that `field` names something that is not there.
    pub fn unknown(&mut self, field: &str, id: Option<impl ToString>) {
        let id = id.map(|it| it.to_string()).unwrap_or_default();
        self.problems.push(Problem::unknown_reference(id).at(&camel(field)));
    }

    /// Every problem, in the order of the fields.
    pub fn problems(self) -> Vec<Problem> {
        self.problems
    }
}

/// A Rust field's name as GraphQL writes it.
pub fn camel(name: &str) -> String {
    let mut upper = false;
    let mut out = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '_' => upper = true,
            c if upper => {
                out.push(c.to_ascii_uppercase());
                upper = false;
            }
            c => out.push(c),
        }
    }
    out
}

impl<T: Scalar> Take for Given<T> {
    type Domain = T;

    fn take(self, desk: &Desk<'_>) -> Result<T, Problem> {
        let value = self.read()?;
        if value.exists(desk.models) {
            Ok(value)
        } else {
            Err(Problem::unknown_reference(self.to_string()))
        }
    }
}

impl<E: Enumerated> Take for Choice<E> {
    type Domain = E;

    fn take(self, _desk: &Desk<'_>) -> Result<E, Problem> {
        Ok(self.0)
    }
}

macro_rules! as_it_is {
    ($($Type:ty),+) => {$(
        impl Take for $Type {
            type Domain = Self;

            fn take(self, _desk: &Desk<'_>) -> Result<Self, Problem> {
                Ok(self)
            }
        }
    )+};
}
as_it_is!(bool, u16);

impl<T: Take> Take for Option<T> {
    type Domain = Option<T::Domain>;

    fn take(self, desk: &Desk<'_>) -> Result<Self::Domain, Problem> {
        self.map(|it| it.take(desk)).transpose()
    }
}

impl<T: Take> Take for Vec<T> {
    type Domain = Vec<T::Domain>;

    fn take(self, desk: &Desk<'_>) -> Result<Self::Domain, Problem> {
        let at = |(index, it): (usize, T)| it.take(desk).map_err(|it| it.at(&index.to_string()));
        self.into_iter().enumerate().map(at).collect()
    }
}

impl<T: Take<Domain: Ord> + Ord> Take for BTreeSet<T> {
    type Domain = BTreeSet<T::Domain>;

    fn take(self, desk: &Desk<'_>) -> Result<Self::Domain, Problem> {
        self.into_iter().map(|it| it.take(desk)).collect()
    }
}

/// A text that the domain takes in several languages.
pub trait Worded: Sized {
    /// The text with these wordings.
    fn of(wordings: &[(Language, &str)]) -> Result<Self, TextError>;
}

impl Worded for Title {
    fn of(wordings: &[(Language, &str)]) -> Result<Self, TextError> {
        Self::of(wordings.iter().copied())
    }
}

impl Worded for Note {
    fn of(wordings: &[(Language, &str)]) -> Result<Self, TextError> {
        Self::of(wordings.iter().copied())
    }
}

/// A text on its way in: one wording, or a list of them.
pub type Words<T> = super::inputs::Words<T>;

impl<T: Worded> Take for Words<T> {
    type Domain = T;

    fn take(self, _desk: &Desk<'_>) -> Result<T, Problem> {
        let wordings: Vec<_> = self
            .wordings()
            .iter()
            .map(|it: &TextInput| (it.language.0, it.text.as_str()))
            .collect();
        let mut languages: Vec<_> = wordings.iter().map(|(language, _)| language).collect();
        languages.sort_unstable();
        if languages.windows(2).any(|two| two[0] == two[1]) {
            return Err(Problem::new(Code::TextLanguageTwice));
        }
        T::of(&wordings).map_err(Problem::text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_named_as_graphql_names_it() {
        assert_eq!(camel("own_contribution"), "ownContribution");
        assert_eq!(camel("to"), "to");
    }

    #[test]
    fn the_same_command_derives_the_same_ids_and_another_command_others() {
        let models = Models::default();
        let today = Date::constant(2026, 11, 21);
        let derived = |command: u128, noun: &str| -> Uuid {
            let command = CommandId::from_u128(command);
            let who = (ActorId::from_u128(1), UserId::from_u128(1));
            Desk::new(&models, who, today, command).derived(noun)
        };
        assert_eq!(derived(1, "milestone"), derived(1, "milestone"));
        assert_ne!(derived(1, "milestone"), derived(2, "milestone"));
        assert_ne!(derived(1, "milestone"), derived(1, "evidence"));
    }
}
