//! The commitment board as it moves.
use std::sync::Arc;

use async_graphql::{Enum, SimpleObject};
use domain::ids::CommitmentId;
use domain::recorded::{Fact, Position};
use projections::commitments::Commitment;

use super::Course;
use crate::graphql::commitment::{CommitmentFilter, Wanted};
use crate::graphql::event::EventObject;
use crate::graphql::fault::Fault;
use crate::graphql::scalars::Shown;
use crate::graphql::view::{Told, View};

/// How a commitment moved on a board.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoardMove {
    /// It was not on the board and is now.
    Entered,
    /// It was on the board and still is.
    Changed,
    /// It was on the board and is no more.
    Left,
}

/// What one event changed on a commitment board.
#[derive(SimpleObject)]
#[graphql(serial)]
pub struct CommitmentChange {
    /// The position of the event.
    position: Shown<Position>,
    /// The id of the commitment.
    id: Shown<CommitmentId>,
    /// How the commitment moved.
    r#move: BoardMove,
    /// The commitment as of the event, and what it points to as it is known when it is shown; nothing
    /// where it left the board.
    commitment: Told<Commitment>,
    /// The event.
    event: EventObject,
}

/// The changes of one board, one after the other.
///
/// Whether an event moves a commitment follows from the commitment's own events alone, and from what
/// is known of programmes, actors and places when it is shown: a stream that is taken up again tells
/// the same as one that was never cut.
pub(super) struct Board {
    course: Course,
    filter: CommitmentFilter,
}

impl Board {
    /// The board of those that `filter` wants; refused where it cannot be read.
    pub(super) fn of(course: Course, filter: CommitmentFilter) -> Result<Self, Fault> {
        let view = View::live(course.app.now());
        Wanted::read(&view, filter.clone(), course.app.today())?;
        Ok(Self { course, filter })
    }

    pub(super) async fn next(mut self) -> Result<Option<(CommitmentChange, Self)>, Fault> {
        loop {
            let event = self.course.next().await?;
            let Fact::Commitment(id, _) = event.recorded.fact else { continue };
            let position = event.recorded.position;
            let turn = self.course.feed.turn(&self.course.app, id, position).await?;
            let view = View::live(self.course.app.now());
            let wanted = Wanted::read(&view, self.filter.clone(), self.course.app.today())?;
            let on_it =
                |it: &Option<Arc<Commitment>>| it.as_ref().is_some_and(|it| wanted.holds(it));
            let r#move = match (on_it(&turn.before), on_it(&turn.after)) {
                (false, false) => continue,
                (false, true) => BoardMove::Entered,
                (true, true) => BoardMove::Changed,
                (true, false) => BoardMove::Left,
            };
            let commitment = turn.after.filter(|_| r#move != BoardMove::Left);
            let view = self.course.show(&event);
            let change = CommitmentChange {
                position: Shown(position),
                id: Shown(id),
                r#move,
                commitment: view.tell(commitment.as_ref()),
                event: EventObject::seen(&view, event),
            };
            return Ok(Some((change, self)));
        }
    }
}
