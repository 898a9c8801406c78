//! What is asked of a funding call.
use jiff::civil::Date;
use serde::Serialize;

use crate::effective::Effective;
use crate::ids::{ActorId, EnvelopeId, ProgrammeId};
use crate::money::Money;
use crate::territory::TerritoryId;
use crate::text::{Note, Title};

/// What is asked of a funding call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are those of the events")]
pub enum Command {
    Draft {
        title: Title,
        programme: ProgrammeId,
        envelope: Option<EnvelopeId>,
        territories: Vec<TerritoryId>,
        ceiling: Option<Money>,
    },
    Open {
        on: Effective,
        closes: Option<Date>,
    },
    RecordWaiver {
        applicant: ActorId,
        until: Date,
        reason: Note,
    },
    Close {
        on: Effective,
    },
    Decide {
        on: Effective,
    },
    Correct {
        title: Option<Title>,
        envelope: Option<EnvelopeId>,
        territories: Option<Vec<TerritoryId>>,
        ceiling: Option<Money>,
        reason: Note,
    },
    CorrectDates {
        opened: Option<Effective>,
        closes: Option<Date>,
        closed: Option<Effective>,
        decided: Option<Effective>,
        reason: Note,
    },
    Annul {
        by: ActorId,
        reason: Note,
        // How many requests answer it: looked up, not in the event.
        #[serde(skip)]
        named_by: usize,
    },
}
