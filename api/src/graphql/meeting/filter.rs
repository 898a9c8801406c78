//! Which meetings are asked for.
use std::collections::BTreeSet;

use async_graphql::InputObject;
use domain::effective::Effective;
use domain::ids::{ActorId, CoordinationBodyId};
use domain::text::folded;
use jiff::civil::Date;
use projections::meetings::{Meeting, Stage};

use crate::graphql::enums::Choice;
use crate::graphql::fault::Fault;
use crate::graphql::noun::{self, joined};
use crate::graphql::scalars::Given;
use crate::graphql::view::{View, read};

/// Which meetings are asked for; all of the conditions hold.
#[derive(InputObject, Clone, Debug, Default)]
pub struct MeetingFilter {
    /// Those with a title that contains this, in any spelling.
    text: Option<String>,
    /// Those of this coordination body.
    body: Option<Given<CoordinationBodyId>>,
    /// Those on this day or later: one without a date too.
    from: Option<Given<Date>>,
    /// Those on this day or earlier: one without a date too.
    to: Option<Given<Date>>,
    /// Those at one of these stages.
    stage: Option<Vec<Choice<Stage>>>,
    /// Those at which this actor was; a merger is followed.
    attending: Option<Given<ActorId>>,
    /// Those on one of these days, where their date is known: `OrderBy.DATE` says which date it is.
    dated: Option<noun::Days>,
    /// Those that all of these hold for, too.
    and: Option<Vec<MeetingFilter>>,
    /// Those that one of these holds for, too.
    or: Option<Vec<MeetingFilter>>,
    /// Those that this does not hold for.
    not: Option<Box<MeetingFilter>>,
}

joined!(MeetingFilter);

/// A filter, read.
pub(super) struct Wanted {
    text: Option<String>,
    body: Option<CoordinationBodyId>,
    days: Days,
    stage: Option<Vec<Choice<Stage>>>,
    attending: Option<BTreeSet<ActorId>>,
}

impl Wanted {
    pub(super) fn read(view: &View, filter: MeetingFilter) -> Result<Self, Fault> {
        let attending = read(filter.attending, "filter.attending")?;
        Ok(Self {
            text: filter.text.as_deref().map(folded),
            body: read(filter.body, "filter.body")?,
            days: Days::read(filter.from, filter.to)?,
            stage: filter.stage,
            attending: attending.map(|id| view.models.actors.identities(id)),
        })
    }

    pub(super) fn holds(&self, it: &Meeting) -> bool {
        self.body.is_none_or(|body| it.body == body)
            && self.days.can_hold(it.on)
            && self.stage.as_ref().is_none_or(|any| any.contains(&Choice(it.stage)))
            && self
                .attending
                .as_ref()
                .is_none_or(|all| it.attending.iter().any(|it| all.contains(it)))
            && self.text.as_ref().is_none_or(|text| it.matches(text))
    }
}

/// From a day to a day; an open end excludes nothing.
pub(super) struct Days {
    from: Option<Date>,
    to: Option<Date>,
}

impl Days {
    pub(super) fn read(from: Option<Given<Date>>, to: Option<Given<Date>>) -> Result<Self, Fault> {
        Ok(Self { from: read(from, "filter.from")?, to: read(to, "filter.to")? })
    }

    /// Whether a day of `date` can be one of them.
    pub(super) fn can_hold(&self, date: Effective) -> bool {
        self.from.is_none_or(|first| !date.is_certainly_before(first.into()))
            && self.to.is_none_or(|last| !date.is_certainly_after(last))
    }
}
