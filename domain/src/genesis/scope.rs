//! Which records an evidence bundle holds.
use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::ids::ProgrammeId;
use crate::recorded::{Fact, Position};

/// Which records an evidence bundle holds. The ledger's own events are always among them.
///
/// Written `all`, `subject:commitment/0198…`, `programme:0198…` or `positions:17-40`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "of", rename_all = "snake_case")]
pub enum Scope {
    /// Every record.
    All,
    /// Those of one aggregate and, whole, those of each aggregate that they name by its id.
    Subject {
        /// The aggregate's stored type.
        aggregate: String,
        /// Its id.
        id: Uuid,
    },
    /// Those that concern one programme: its own, those that mention it, and those of what belongs
    /// to it.
    Programme {
        /// Which.
        programme: ProgrammeId,
    },
    /// Those between two positions.
    Positions {
        /// The first.
        first: Position,
        /// The last, which is among them.
        last: Position,
    },
}

/// A text that names no scope.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("write all, subject:TYPE/ID, programme:ID or positions:FIRST-LAST")]
pub struct NoScope;

impl FromStr for Scope {
    type Err = NoScope;

    fn from_str(text: &str) -> Result<Self, NoScope> {
        let (of, which) = text.split_once(':').unwrap_or((text, ""));
        let id = |text: &str| text.parse::<Uuid>().map_err(|_| NoScope);
        let position = |text: &str| text.parse().map(Position).map_err(|_| NoScope);
        match of {
            "all" if which.is_empty() => Ok(Self::All),
            "subject" => {
                let (aggregate, subject) = which.split_once('/').ok_or(NoScope)?;
                let known = Fact::AGGREGATES.contains(&aggregate);
                let subject = id(subject).and_then(|it| known.then_some(it).ok_or(NoScope))?;
                Ok(Self::Subject { aggregate: aggregate.to_owned(), id: subject })
            }
            "programme" => Ok(Self::Programme { programme: id(which)?.into() }),
            "positions" => {
                let (first, last) = which.split_once('-').ok_or(NoScope)?;
                let (first, last) = (position(first)?, position(last)?);
                let some = Position::START < first && first <= last;
                some.then_some(Self::Positions { first, last }).ok_or(NoScope)
            }
            _ => Err(NoScope),
        }
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => f.write_str("all"),
            Self::Subject { aggregate, id } => write!(f, "subject:{aggregate}/{id}"),
            Self::Programme { programme } => write!(f, "programme:{programme}"),
            Self::Positions { first, last } => write!(f, "positions:{first}-{last}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_is_read_as_it_was_written() {
        for text in [
            "all",
            "subject:commitment/00000000-0000-0000-0000-000000000001",
            "programme:00000000-0000-0000-0000-000000000001",
            "positions:17-40",
            "positions:17-17",
        ] {
            assert_eq!(text.parse::<Scope>().map(|it| it.to_string()), Ok(text.to_owned()));
        }
        for text in [
            "",
            "ALL",
            "all:1",
            "subject:starship/00000000-0000-0000-0000-000000000001",
            "subject:commitment/1",
            "programme:",
            "positions:0-4",
            "positions:5-4",
            "positions:5",
        ] {
            assert_eq!(text.parse::<Scope>(), Err(NoScope), "{text}");
        }
    }
}
