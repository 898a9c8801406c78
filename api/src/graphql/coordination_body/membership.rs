//! Who sits in a coordination body, and as what.
use async_graphql::Object;
use domain::coordination_body::Seat;
use domain::effective::Effective;
use domain::ids::MembershipId;
use projections::actors;
use projections::bodies::{Body, Membership};

use crate::graphql::enums::Choice;
use crate::graphql::scalars::Shown;
use crate::graphql::values::Text;
use crate::graphql::view::{Seen, StampObject, Told, View};

/// An actor's seat in a coordination body, from a date to a date.
pub struct MembershipObject {
    body: Seen<Body>,
    it: Membership,
}

impl MembershipObject {
    /// One of the memberships of `body`.
    pub fn new(body: &Seen<Body>, it: &Membership) -> Self {
        Self { body: body.clone(), it: it.clone() }
    }

    fn view(&self) -> &View {
        &self.body.view
    }
}

/// An actor's seat in a coordination body, from a date to a date.
#[Object(serial, name = "Membership")]
impl MembershipObject {
    /// Its id.
    async fn id(&self) -> Shown<MembershipId> {
        Shown(self.it.id)
    }

    /// Who.
    async fn actor(&self) -> Told<actors::Actor> {
        self.view().actor(self.it.actor)
    }

    /// In what.
    async fn body(&self) -> Seen<Body> {
        self.body.clone()
    }

    /// In which way.
    async fn seat(&self) -> Choice<Seat> {
        Choice(self.it.seat)
    }

    /// Since when.
    async fn from(&self) -> Shown<Effective> {
        Shown(self.it.from)
    }

    /// Until when; nothing where it goes on.
    async fn to(&self) -> Option<Shown<Effective>> {
        self.it.to.map(Shown)
    }

    /// Why it ended.
    async fn end_reason(&self) -> Option<Text> {
        self.it.reason.as_deref().map(Into::into)
    }

    /// When the ledger learned that it began.
    async fn added(&self) -> StampObject {
        self.view().stamp(self.it.added)
    }

    /// When the ledger learned that it ended.
    async fn ended(&self) -> Option<StampObject> {
        self.it.ended.map(|stamp| self.view().stamp(stamp))
    }
}
