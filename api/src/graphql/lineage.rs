//! Where a figure comes from: what it counts, and the events behind it.
use async_graphql::{Context, Object, SimpleObject};
use domain::recorded::Position;
use projections::Subject;
use projections::lineage::{Figure, Lineage};

use super::connection::{Connection, Page, cost, cursor, read_cursor, wrong_cursor};
use super::event::EventObject;
use super::fault::Fault;
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
        subjects: impl IntoIterator<Item = Subject>,
        first: Option<i32>,
        after: Option<String>,
    ) -> Result<Connection<SubjectObject>, Fault> {
        let show = |it| SubjectObject::new(&self.view, it);
        Page::new(first, after)?.keyed(subjects, |it| *it, show)
    }
}

/// Where a figure comes from: who folds the events of what it counts, and of what it rests on, gets
/// the same figure.
#[Object(name = "Lineage")]
impl LineageObject {
    /// The figure with all that was asked for it, as `tiwizi audit lineage` takes it.
    async fn figure(&self) -> String {
        self.figure.to_string()
    }

    /// What it counts, by their ids.
    #[graphql(complexity = "WALK + cost(first, child_complexity)")]
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn counts(
        &self,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
    ) -> Result<Connection<SubjectObject>, Fault> {
        self.page(self.read().counts, first, after)
    }

    /// What else decides whether and where that counts: programmes above, actors that were merged.
    #[graphql(complexity = "WALK + cost(first, child_complexity)")]
    #[expect(clippy::unused_async, reason = "every resolver is asynchronous")]
    async fn rests_on(
        &self,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the entry with this cursor.")] after: Option<String>,
    ) -> Result<Connection<SubjectObject>, Fault> {
        self.page(self.read().rests_on, first, after)
    }

    /// The events behind it: those of what it counts, then those of what it rests on, one subject
    /// after the other, each in the order of recording.
    #[graphql(complexity = "WALK + cost(first, child_complexity)")]
    async fn events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many, from 1 to 100; 20 where it is left out.")] first: Option<i32>,
        #[graphql(desc = "After the event with this cursor.")] after: Option<String>,
    ) -> Result<LineageEvents, Fault> {
        let size = Page::new(first, None)?.size();
        let after = after.as_deref().map(Place::read).transpose()?;
        let lineage = self.read();
        let before = |it: &Subject| after.as_ref().is_some_and(|place| place.subject != *it);
        let mut subjects = lineage.subjects().skip_while(before).peekable();
        if subjects.peek().is_none() && after.is_some() {
            return Err(wrong_cursor());
        }
        let ledger = ctx.data_unchecked::<App>().ledger();
        let (mut nodes, mut end) = (Vec::with_capacity(size), None);
        for subject in subjects {
            let stream = ledger.stream(subject.kind.stored(), subject.id).await;
            let done = after.as_ref().filter(|it| it.subject == subject).map(|it| it.position);
            let behind = stream
                .map_err(Fault::ledger)?
                .into_iter()
                .filter(|it| it.position <= self.view.models.position && Some(it.position) > done);
            for stored in behind {
                if nodes.len() == size {
                    return Ok(LineageEvents { nodes, has_next_page: true, end_cursor: end });
                }
                end = Some(cursor(&Place { subject, position: stored.position }.to_string()));
                nodes.push(EventObject::read(&self.view, &stored)?);
            }
        }
        Ok(LineageEvents { nodes, has_next_page: false, end_cursor: end })
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

impl Place {
    fn read(text: &str) -> Result<Self, Fault> {
        let text = read_cursor(text)?;
        let (subject, position) = text.split_once(' ').ok_or_else(wrong_cursor)?;
        let subject = subject.parse().map_err(|_| wrong_cursor())?;
        Ok(Self { subject, position: Position(position.parse().map_err(|_| wrong_cursor())?) })
    }
}

/// Some of the events behind a figure.
#[derive(SimpleObject)]
pub struct LineageEvents {
    /// The events.
    nodes: Vec<EventObject>,
    /// Whether more follow.
    has_next_page: bool,
    /// The cursor of the last of them: the next ones come after it.
    end_cursor: Option<String>,
}
