//! Where a figure comes from: what it counts, and what else it rests on.
//!
//! A figure is a number that the models compute, or a few that are computed together, with all that was
//! asked for it. It has a name that can be printed, read again, and computed by whoever has the events:
//! `balance{"by":"funder","of":"0190…","on":"2026-05-01"}`. The events behind it are those in the
//! streams of its subjects: whoever folds these alone gets the same figure.
use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use domain::canonical;
use domain::ids::{ActorId, ProgrammeId};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::{Models, Subject};

mod coordination;
mod funding;
mod network;
mod people;
mod results;

pub use coordination::{CoverageOf, Done, MatrixOf};
pub use funding::{BalanceOf, EnvelopeOf, FlowOf, Funded};
pub use network::{CardOf, Part, TieOf};
pub use people::{IssuesOf, VisitsOf};
pub use results::{BreakdownOf, ResultsOf};

/// What a figure comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Lineage {
    /// What it counts.
    pub counts: BTreeSet<Subject>,
    /// What else decides whether and where that counts: programmes above, actors that were merged.
    pub rests_on: BTreeSet<Subject>,
}

impl Lineage {
    fn of(
        counts: impl IntoIterator<Item = Subject>,
        rests_on: impl IntoIterator<Item = Subject>,
    ) -> Self {
        let counts: BTreeSet<_> = counts.into_iter().collect();
        let rests_on = rests_on.into_iter().filter(|it| !counts.contains(it)).collect();
        Self { counts, rests_on }
    }

    /// All of it: the streams of these subjects hold the events behind the figure.
    pub fn subjects(&self) -> impl Iterator<Item = Subject> + '_ {
        self.counts.iter().chain(&self.rests_on).copied()
    }
}

/// One sort of figure.
trait Counting: Serialize + DeserializeOwned {
    /// What comes before its arguments in its name.
    const NAME: &'static str;

    /// What it comes from.
    fn lineage(&self, models: &Models) -> Lineage;

    /// What it says.
    fn value(&self, models: &Models) -> Value;
}

macro_rules! figures {
    ($($(#[$about:meta])* $Figure:ident($Of:ty)),+ $(,)?) => {
        /// A number that the models compute, or a few that are computed together.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Figure {
            /// What one subject says of itself.
            Own(Subject),
            $($(#[$about])* $Figure($Of),)+
        }

        $(impl From<$Of> for Figure {
            fn from(of: $Of) -> Self {
                Self::$Figure(of)
            }
        })+

        impl fmt::Display for Figure {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                match self {
                    Self::Own(subject) => subject.fmt(f),
                    $(Self::$Figure(of) => write!(f, "{}{}", <$Of>::NAME, arguments(of)),)+
                }
            }
        }

        impl FromStr for Figure {
            type Err = UnknownFigure;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let place = text.find('{').unwrap_or(text.len());
                let (name, arguments) = text.split_at(place);
                match name {
                    $(<$Of>::NAME => read(arguments).map(Self::$Figure),)+
                    _ => text.parse().map(Self::Own).map_err(|_| UnknownFigure::Name),
                }
            }
        }

        impl Models {
            /// What `figure` comes from.
            pub fn lineage(&self, figure: &Figure) -> Lineage {
                match figure {
                    Figure::Own(subject) => Lineage::of([*subject], []),
                    $(Figure::$Figure(of) => of.lineage(self),)+
                }
            }

            /// What `figure` says.
            pub fn value(&self, figure: &Figure) -> Value {
                match figure {
                    Figure::Own(subject) => self.entity(*subject).unwrap_or_default(),
                    $(Figure::$Figure(of) => of.value(self),)+
                }
            }
        }

        /// The names of all sorts of figures.
        const NAMES: &[&str] = &[$(<$Of>::NAME),+];
    };
}

figures! {
    /// What an envelope holds, and what is left of it.
    Envelope(EnvelopeOf),
    /// What was asked, granted, paid and spent.
    Balance(BalanceOf),
    /// What flows from funders to territories.
    Flow(FlowOf),
    /// Who does what, where and when.
    Matrix(MatrixOf),
    /// How many communes interventions name.
    Coverage(CoverageOf),
    /// What was measured and contributed.
    Results(ResultsOf),
    /// Of whom the value of an indicator is made up.
    Breakdown(BreakdownOf),
    /// What an actor does.
    Card(CardOf),
    /// What ties two actors.
    Tie(TieOf),
    /// How many came to service units.
    Visits(VisitsOf),
    /// What is doubtful or missing.
    Issues(IssuesOf),
}

/// A text names no figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnknownFigure {
    /// No figure has this name.
    Name,
    /// The figure has no such arguments.
    Arguments(String),
}

impl fmt::Display for UnknownFigure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name => {
                let names = NAMES.join(", ");
                write!(f, "write TYPE/ID, or NAME{{…}} where NAME is one of {names}")
            }
            Self::Arguments(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for UnknownFigure {}

/// The arguments as canonical JSON, without those that ask for nothing.
fn arguments(of: &impl Serialize) -> String {
    let mut text = Vec::new();
    // Arguments are dates, ids, codes and names: all of them have a canonical form.
    let written = canonical::write(&mut text, &members(of));
    written.map_or_else(|_| String::new(), |()| String::from_utf8(text).unwrap_or_default())
}

fn members(of: &impl Serialize) -> Map<String, Value> {
    let Ok(Value::Object(mut members)) = serde_json::to_value(of) else { return Map::new() };
    members.retain(|_, it| !matches!(it, Value::Null | Value::Bool(false)));
    members
}

/// Reads arguments; one that the figure does not have is refused, not passed over.
fn read<T: Counting>(text: &str) -> Result<T, UnknownFigure> {
    let wrong = |why: serde_json::Error| UnknownFigure::Arguments(why.to_string());
    let given: Map<String, Value> = serde_json::from_str(text).map_err(wrong)?;
    let of: T = serde_json::from_value(Value::Object(given.clone())).map_err(wrong)?;
    let taken = members(&of);
    match given.iter().find(|(name, it)| taken.get(*name) != Some(it)) {
        Some((name, _)) => Err(UnknownFigure::Arguments(format!("`{name}` asks for nothing here"))),
        None => Ok(of),
    }
}

impl Models {
    /// `programme`, and what it is part of.
    fn line_of(&self, programme: ProgrammeId) -> impl Iterator<Item = Subject> + use<> {
        let above = self.programmes.ancestors(programme);
        std::iter::once(programme).chain(above).map(Subject::from)
    }

    /// `actor`, and everybody who is one with it by mergers.
    fn merged_with(&self, actor: ActorId) -> impl Iterator<Item = Subject> + use<> {
        let all = self.actors.identities(actor);
        std::iter::once(actor).chain(all).map(Subject::from)
    }
}
