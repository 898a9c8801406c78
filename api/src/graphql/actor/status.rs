//! Where an actor stands.
use async_graphql::Enum;
use projections::actors::Status;

/// Where an actor stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ActorStatus {
    /// It takes part.
    Registered,
    /// It takes no part for a time.
    Suspended,
    /// It was the same as another.
    Merged,
    /// It is no more.
    Dissolved,
}

impl ActorStatus {
    /// Its place among the values, from 0, and its name in the schema.
    pub fn place(self) -> (usize, String) {
        (self as usize, async_graphql::resolver_utils::enum_value(self).to_string())
    }
}

impl From<Status> for ActorStatus {
    fn from(status: Status) -> Self {
        match status {
            Status::Registered => Self::Registered,
            Status::Suspended => Self::Suspended,
            Status::Merged { .. } => Self::Merged,
            Status::Dissolved => Self::Dissolved,
        }
    }
}
