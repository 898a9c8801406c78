//! Who may act for an actor, and the keys that it signs with.
use async_graphql::{Context, Object};
use domain::actor::KeyAlgorithm;
use domain::ids::{KeyId, MandateId, UserId};
use domain::permission::Power;
use jiff::civil::Date;
use projections::actors::{Key, Mandate};

use crate::graphql::enums::Choice;
use crate::graphql::scalars::Shown;
use crate::graphql::values::Text;
use crate::graphql::view::{StampObject, View};

/// Somebody's right to act for an actor.
pub struct MandateObject {
    pub(super) view: View,
    pub(super) it: Mandate,
}

/// Somebody's right to act for an actor.
#[Object(serial, name = "Mandate")]
impl MandateObject {
    /// Its id.
    async fn id(&self) -> Shown<MandateId> {
        Shown(self.it.id)
    }

    /// Who holds it: an account, whose person stands outside the ledger.
    async fn holder(&self) -> Shown<UserId> {
        Shown(self.it.holder)
    }

    /// What it lets them do.
    async fn powers(&self) -> Vec<Choice<Power>> {
        self.it.powers.iter().copied().map(Choice).collect()
    }

    /// Its first day.
    async fn from(&self) -> Shown<Date> {
        Shown(self.it.from)
    }

    /// Its last day.
    async fn until(&self) -> Option<Shown<Date>> {
        self.it.until.map(Shown)
    }

    /// Whether it binds on the day of the question.
    async fn in_force(&self, ctx: &Context<'_>) -> bool {
        self.it.in_force(self.view.day(ctx))
    }

    /// When it was granted.
    async fn granted(&self) -> StampObject {
        self.view.stamp(self.it.granted)
    }

    /// When it was revoked.
    async fn revoked(&self) -> Option<StampObject> {
        self.it.revoked.as_ref().map(|(stamp, _)| self.view.stamp(*stamp))
    }

    /// Why it was revoked.
    async fn revocation_reason(&self) -> Option<Text> {
        self.it.revoked.as_ref().map(|(_, reason)| (&**reason).into())
    }
}

/// A public key of an actor.
pub struct KeyObject {
    pub(super) view: View,
    pub(super) it: Key,
}

/// A public key of an actor.
#[Object(serial, name = "ActorKey")]
impl KeyObject {
    /// Its id.
    async fn id(&self) -> Shown<KeyId> {
        Shown(self.it.id)
    }

    /// How it signs.
    async fn algorithm(&self) -> Choice<KeyAlgorithm> {
        Choice(self.it.algorithm)
    }

    /// The key.
    async fn public_key(&self) -> &str {
        self.it.public_key.as_str()
    }

    /// When it was enrolled.
    async fn enrolled(&self) -> StampObject {
        self.view.stamp(self.it.enrolled)
    }

    /// When it was revoked.
    async fn revoked(&self) -> Option<StampObject> {
        self.it.revoked.as_ref().map(|(stamp, _)| self.view.stamp(*stamp))
    }
}
