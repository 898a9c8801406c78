//! Filters of filters: `and`, `or` and `not` in the filter of any noun.
use async_graphql::InputObject;
use jiff::civil::Date;

use super::Noun;
use crate::graphql::code::Code;
use crate::graphql::fault::Fault;
use crate::graphql::problem::Problem;
use crate::graphql::scalars::Given;
use crate::graphql::view::read;

/// How many filters one may hold, itself counted.
const FILTERS_MAX: usize = 32;

/// On which days something is.
#[derive(InputObject, Clone, Debug, Default)]
#[graphql(name = "DayRange")]
pub struct Days {
    /// The first of them; any before `to` where it is left out.
    from: Option<Given<Date>>,
    /// The last of them; any after `from` where it is left out.
    to: Option<Given<Date>>,
}

/// What the filter of every noun holds beside its own conditions.
pub struct Parts<F> {
    /// All of which hold.
    pub and: Option<Vec<F>>,
    /// One of which holds.
    pub or: Option<Vec<F>>,
    /// Which does not hold.
    pub not: Option<Box<F>>,
    /// On which days.
    pub dated: Option<Days>,
}

/// A filter that holds others of its kind.
pub trait Joined: Default {
    /// Takes them out: what is left are its own conditions.
    fn parts(&mut self) -> Parts<Self>;
}

/// [`Joined`] for filters with the fields `and`, `or`, `not` and `dated`.
macro_rules! joined {
    ($Filter:ty) => {
        impl $crate::graphql::noun::Joined for $Filter {
            fn parts(&mut self) -> $crate::graphql::noun::Parts<Self> {
                $crate::graphql::noun::Parts {
                    and: self.and.take(),
                    or: self.or.take(),
                    not: self.not.take(),
                    dated: self.dated.take(),
                }
            }
        }
    };
}
pub(crate) use joined;

/// A filter, read: `P` says whether something passes the conditions of one, without those of the others
/// that it holds.
pub struct Sieve<P> {
    own: P,
    from: Option<Date>,
    to: Option<Date>,
    and: Vec<Self>,
    or: Option<Vec<Self>>,
    not: Option<Box<Self>>,
}

impl<P> Sieve<P> {
    /// Reads `filter`, of which `own` reads the conditions.
    pub fn read<F: Joined>(
        filter: Option<F>,
        own: impl Fn(F) -> Result<P, Fault>,
    ) -> Result<Self, Fault> {
        Self::counted(filter.unwrap_or_default(), &own, &mut 0)
    }

    fn counted<F: Joined>(
        mut filter: F,
        own: &impl Fn(F) -> Result<P, Fault>,
        count: &mut usize,
    ) -> Result<Self, Fault> {
        *count += 1;
        if *count > FILTERS_MAX {
            let problem = Problem::new(Code::FilterTooLarge).with("max", FILTERS_MAX);
            return Err(Fault::BadUserInput(problem.at("filter")));
        }
        let Parts { and, or, not, dated } = filter.parts();
        let mut all = |filters: Vec<F>| -> Result<Vec<Self>, Fault> {
            filters.into_iter().map(|it| Self::counted(it, own, count)).collect()
        };
        let and = all(and.unwrap_or_default())?;
        let or = or.map(&mut all).transpose()?;
        let not = not.map(|it| Self::counted(*it, own, count)).transpose()?.map(Box::new);
        let Days { from, to } = dated.unwrap_or_default();
        let (from, to) = (read(from, "filter.dated.from")?, read(to, "filter.dated.to")?);
        Ok(Self { own: own(filter)?, from, to, and, or, not })
    }

    /// Whether `it` passes.
    pub fn holds<T: Noun>(&self, it: &T) -> bool
    where
        P: Fn(&T) -> bool,
    {
        (self.own)(it)
            && self.is_dated(it)
            && self.and.iter().all(|filter| filter.holds(it))
            && self.or.as_ref().is_none_or(|any| any.iter().any(|filter| filter.holds(it)))
            && self.not.as_ref().is_none_or(|filter| !filter.holds(it))
    }

    /// Whether the date of `it` may lie between the two days; one that nobody knows lies nowhere.
    fn is_dated<T: Noun>(&self, it: &T) -> bool {
        if self.from.is_none() && self.to.is_none() {
            return true;
        }
        let Some(date) = it.date() else { return false };
        let (Some(earliest), Some(latest)) = (date.earliest(), date.latest()) else { return false };
        self.from.is_none_or(|from| latest >= from) && self.to.is_none_or(|to| earliest <= to)
    }
}
