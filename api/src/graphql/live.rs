//! What happens, as it happens: streams of events, each from any position on.
//!
//! ```text
//! Last-Event-ID, `after` or now ─▶ wait until the models hold more ─▶ read a page ─▶ show ─┐
//!                                   ▲                                                      │
//!                                   └──────────────── nothing is left of the page ◀────────┘
//! ```
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use async_graphql::{Context, Subscription};
use domain::recorded::Position;
use futures_util::stream::{Stream, TryStreamExt as _, try_unfold};
use projections::Subject;
use projections::subjects::Kind;

use super::code::Code;
use super::commitment::CommitmentFilter;
use super::event::{EventObject, EventRead, SubjectKind};
use super::fault::Fault;
use super::problem::Problem;
use super::scalars::Given;
use super::subject::SubjectInput;
use super::view::{View, read};
use crate::app::App;

mod board;
mod bookmark;
mod feed;

pub use board::CommitmentChange;
pub use bookmark::Bookmark;
pub use feed::Feed;

use board::Board;
use feed::PAGE_EVENTS;

/// How long a position that another process recorded may take to come here.
const ARRIVAL_MAX: Duration = Duration::from_secs(2);

/// Everything that can be followed.
pub struct Subscription;

/// What happens, as it happens. Each stream is in the order of recording, without a gap, and goes on
/// without end. It can be taken up again after the position that was seen last.
#[Subscription]
impl Subscription {
    /// Every event after a position, each once, and then those that are recorded from now on. What an
    /// event speaks of is shown as it is known when the event is shown.
    async fn events(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "After this one; those recorded from now on where it is left out.")]
        after: Option<Given<Position>>,
        #[graphql(desc = "Those that concern it: its own, and those that mention it.")]
        subject: Option<SubjectInput>,
        #[graphql(desc = "Those of things of these kinds; of every kind where it is left out.")]
        kinds: Option<Vec<SubjectKind>>,
    ) -> Result<impl Stream<Item = async_graphql::Result<EventObject>>, Fault> {
        let subject = subject.map(|it| it.read()).transpose();
        let subject = subject.map_err(|it| Fault::BadUserInput(it.at("subject")))?;
        let kinds = kinds.into_iter().flatten().map(Kind::from).collect();
        let course = Course::begin(ctx, after, subject).await?;
        Ok(try_unfold(Events { course, kinds }, Events::next).map_err(Into::into))
    }

    /// The commitment board as it moves: for each event of a commitment that was on the board before
    /// it, or is on it after it, the commitment as of that event. The passing of days moves nothing
    /// here.
    async fn commitment_board(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which commitments are on the board; all where it is left out.")]
        filter: Option<CommitmentFilter>,
        #[graphql(desc = "After this event; those recorded from now on where it is left out.")]
        after: Option<Given<Position>>,
    ) -> Result<impl Stream<Item = async_graphql::Result<CommitmentChange>>, Fault> {
        let course = Course::begin(ctx, after, None).await?;
        let board = Board::of(course, filter.unwrap_or_default())?;
        Ok(try_unfold(board, Board::next).map_err(Into::into))
    }
}

/// The events of some kinds, one after the other.
struct Events {
    course: Course,
    /// Every kind where there is none.
    kinds: Vec<Kind>,
}

impl Events {
    async fn next(mut self) -> Result<Option<(EventObject, Self)>, Fault> {
        loop {
            let event = self.course.next().await?;
            let kind = Kind::of_stored(event.recorded.fact.subject().0);
            if self.kinds.is_empty() || kind.is_some_and(|it| self.kinds.contains(&it)) {
                let shown = EventObject::seen(&self.course.show(&event), event);
                return Ok(Some((shown, self)));
            }
        }
    }
}

/// The way of one stream through the ledger.
struct Course {
    app: App,
    feed: Arc<Feed>,
    bookmark: Bookmark,
    /// The events that concern it; all where there is none.
    subject: Option<Subject>,
    /// What it has come past.
    after: Position,
    /// What was read and comes next.
    page: VecDeque<Arc<EventRead>>,
}

impl Course {
    /// From where the reader stopped, else from `after`, else from what is recorded next.
    async fn begin(
        ctx: &Context<'_>,
        after: Option<Given<Position>>,
        subject: Option<Subject>,
    ) -> Result<Self, Fault> {
        let app = ctx.data_unchecked::<App>().clone();
        let bookmark = ctx.data_unchecked::<Bookmark>().clone();
        let after = bookmark.beginning(read(after, "after")?);
        if tokio::time::timeout(ARRIVAL_MAX, app.reach(after)).await.is_err() {
            let problem =
                Problem::new(Code::PositionBeyondHead).with("head", app.head().position.0);
            return Err(Fault::BadUserInput(problem.at("after")));
        }
        let feed = Arc::clone(ctx.data_unchecked::<Arc<Feed>>());
        Ok(Self { app, feed, bookmark, subject, after, page: VecDeque::new() })
    }

    /// The next event, once the models hold it.
    async fn next(&mut self) -> Result<Arc<EventRead>, Fault> {
        loop {
            if let Some(event) = self.page.pop_front() {
                self.after = event.recorded.position;
                return Ok(event);
            }
            let models = self.app.reach(self.after.next()).await.map_err(Fault::ledger)?;
            let limit = match self.subject {
                None => PAGE_EVENTS,
                Some(subject) => {
                    match models.subjects.page(subject, self.after, 1).first() {
                        None => {
                            self.after = models.position;
                            continue;
                        }
                        Some(next) => self.after = Position(next.0 - 1),
                    }
                    1
                }
            };
            self.page =
                self.feed.page(&self.app, self.after, limit).await?.iter().cloned().collect();
        }
    }

    /// Everything that is known when `event` is shown, which is noted as the last that was.
    fn show(&self, event: &EventRead) -> View {
        self.bookmark.turn_to(event.recorded.position);
        View::live(self.app.now())
    }
}
