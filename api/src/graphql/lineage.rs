//! Where a figure comes from: what it counts, and the events behind it.
use std::str::FromStr;

use async_graphql::{Context, Object, SimpleObject};
use domain::recorded::Position;
use infra::ledger::{Ledger, Stored};
use projections::Subject;
use projections::lineage::{Figure, Lineage};

use super::connection::{Connection, Page, Span, cost, cursor};
use super::event::EventObject;
use super::fault::Fault;
use super::list::List;
use super::subject::SubjectObject;
use super::view::View;
use crate::app::App;

/// What it costs to find out what a figure counts, in the terms of a query's complexity.
const WALK: usize = 1_000;

/// Where a figure comes from.
#[derive(Clone)]
pub struct LineageObject {
    view: View,
    figure: Figure,
}

impl LineageObject {
    /// That of `figure`, seen in `view`.
    pub fn of(view: &View, figure: impl Into<Figure>) -> Self {
        Self { view: view.clone(), figure: figure.into() }
    }

    /// That of what `subject` says of itself.
    pub fn own(view: &View, subject: impl Into<Subject>) -> Self {
        Self::of(view, Figure::Own(subject.into()))
    }

    fn read(&self) -> Lineage {
        self.view.models.lineage(&self.figure)
    }

    fn page(
        &self,
        ctx: &Context<'_>,
        subjects: impl IntoIterator<Item = Subject>,
        page: Page,
    ) -> Result<Connection<SubjectObject>, Fault> {
        let show = |it| SubjectObject::new(&self.view, it);
        page.keyed(ctx, &self.view, subjects, |it| *it, show)
    }

    /// The events of `subjects` that lie in `span`, in their order, and whether there are more of them
    /// beyond the end of the page.
    async fn gather(
        &self,
        ledger: &Ledger,
        subjects: &[Subject],
        span: &Span<Place>,
    ) -> Result<(Vec<(Subject, Stored)>, bool), Fault> {
        let rank = |place: &Place| {
            let rank = subjects.iter().position(|it| *it == place.subject);
            rank.map(|rank| (rank, place.position))
        };
        let after = span.after.as_ref().and_then(rank);
        let before = span.before.as_ref().and_then(rank);
        let least = after.map_or(0, |(rank, _)| rank);
        let most = before.map_or(subjects.len(), |(rank, _)| rank + 1);
        let mut ranks: Vec<_> = (least..most).collect();
        if span.backward {
            ranks.reverse();
        }
        let mut found = Vec::new();
        for rank in ranks {
            let subject = subjects[rank];
            let stream = ledger.stream(subject.kind.stored(), subject.id).await;
            let mut stream = stream.map_err(Fault::ledger)?;
            stream.retain(|it| {
                let place = Some((rank, it.position));
                it.position <= self.view.models.position
                    && (after.is_none() || place > after)
                    && (before.is_none() || place < before)
            });
            if span.backward {
                stream.reverse();
            }
            found.extend(stream.into_iter().map(|it| (subject, it)));
            if found.len() > span.size {
                break;
            }
        }
        let more = found.len() > span.size;
        found.truncate(span.size);
        if span.backward {
            found.reverse();
        }
        Ok((found, more))
    }
}

/// Where a figure comes from: who folds the events of what it counts, and of what it rests on, gets
/// the same figure.
#[Object(serial, name = "Lineage")]
impl LineageObject {
    /// The figure with all that was asked for it, as `tiwizi audit lineage` takes it.
    async fn figure(&self) -> String {
        self.figure.to_string()
    }

    /// What it counts, by their ids.
    #[graphql(complexity = "WALK + cost(first.or(last), child_complexity)")]
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn counts(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many of the last, from 1 to 100, instead of `first`.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Before the entry with this cursor.")] before: Option<String>,
    ) -> Result<Connection<SubjectObject>, Fault> {
        let page = Page::read((first, after), (last, before))?;
        self.page(ctx, self.read().counts, page)
    }

    /// What else decides whether and where that counts: programmes above, actors that were merged.
    #[graphql(complexity = "WALK + cost(first.or(last), child_complexity)")]
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn rests_on(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many of the last, from 1 to 100, instead of `first`.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Before the entry with this cursor.")] before: Option<String>,
    ) -> Result<Connection<SubjectObject>, Fault> {
        let page = Page::read((first, after), (last, before))?;
        self.page(ctx, self.read().rests_on, page)
    }

    /// The events behind it: those of what it counts, then those of what it rests on, one subject
    /// after the other, each in the order of recording.
    #[graphql(complexity = "WALK + cost(first.or(last), child_complexity)")]
    async fn events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the event with this cursor.")] after: Option<String>,
        #[graphql(desc = "How many of the last, from 1 to 100, instead of `first`.")] last: Option<
            i32,
        >,
        #[graphql(desc = "Before the event with this cursor.")] before: Option<String>,
    ) -> Result<LineageEvents, Fault> {
        let subjects: Vec<_> = self.read().subjects().collect();
        let span = Page::read((first, after), (last, before))?.span::<Place>()?;
        let span = span.fitting(|place| subjects.contains(&place.subject))?;
        let ledger = ctx.data_unchecked::<App>().ledger();
        let (found, more) = self.gather(ledger, &subjects, &span).await?;
        let place = |(subject, event): &(Subject, Stored)| {
            cursor(&Place { subject: *subject, position: event.position }.to_string())
        };
        let nodes = found.iter().map(|(_, event)| EventObject::read(&self.view, event));
        Ok(LineageEvents {
            nodes: nodes.collect::<Result<_, _>>()?,
            has_next_page: span.before.is_some() || more && !span.backward,
            has_previous_page: span.after.is_some() || more && span.backward,
            start_cursor: found.first().map(place),
            end_cursor: found.last().map(place),
        })
    }
}

/// Where an event stands among those behind a figure.
struct Place {
    subject: Subject,
    position: Position,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.subject, self.position)
    }
}

/// As it is displayed.
impl FromStr for Place {
    type Err = UnknownPlace;

    fn from_str(text: &str) -> Result<Self, UnknownPlace> {
        let (subject, position) = text.split_once(' ').ok_or(UnknownPlace)?;
        let subject = subject.parse().map_err(|_| UnknownPlace)?;
        Ok(Self { subject, position: Position(position.parse().map_err(|_| UnknownPlace)?) })
    }
}

/// A text names no event behind a figure.
struct UnknownPlace;

/// Some of the events behind a figure.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct LineageEvents {
    /// The events.
    nodes: List<EventObject>,
    /// Whether events follow.
    has_next_page: bool,
    /// Whether events come before.
    has_previous_page: bool,
    /// The cursor of the first of them: those before it come before this cursor.
    start_cursor: Option<String>,
    /// The cursor of the last of them: the next ones come after it.
    end_cursor: Option<String>,
}
