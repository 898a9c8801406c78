//! Until when an operation may be worked on.
use std::time::Instant;

use async_graphql::Context;

use super::fault::Fault;

/// The moment after which nobody waits for the answer. It is among the data of a request.
#[derive(Clone, Copy, Debug)]
pub struct Deadline(pub Instant);

impl Deadline {
    /// Refuses once the request's deadline is over. What goes through much asks before it begins:
    /// nothing else ends an operation whose parts never wait for anything.
    pub fn check(ctx: &Context<'_>) -> Result<(), Fault> {
        match ctx.data_opt::<Self>() {
            Some(deadline) if Instant::now() >= deadline.0 => Err(Fault::TimedOut),
            _ => Ok(()),
        }
    }
}
