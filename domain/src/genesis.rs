//! The ledger itself: its first event says what it is and how its time was kept.
//!
//! ```text
//! Unopened ─Open─▶ Opened ─MakeBundle─▶ Opened
//! ```
mod scope;

use std::future::Future;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumCount, IntoStaticStr, VariantNames};

pub use self::scope::{NoScope, Scope};
use crate::aggregate::{Refused, aggregate};
use crate::document::Digest;
use crate::ids::LedgerId;
use crate::text::{Name, Note};

/// Where `recorded_at` comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Clock {
    /// The machine's clock.
    Real,
    /// A clock that walked through the past while demonstration data was loaded.
    Simulated,
}

/// What is asked of a ledger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are those of the event")]
pub enum Command {
    Open { ledger: LedgerId, name: Name, origin: Name, purpose: Note, clock: Clock },
    MakeBundle { scope: Scope, manifest: Digest, size: u64, root: Digest },
}

/// What is recorded of a ledger.
#[derive(
    Clone,
    Debug,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    JsonSchema,
    IntoStaticStr,
    VariantNames,
    EnumCount,
)]
#[serde(tag = "type", content = "data", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Event {
    /// The ledger begins.
    Opened {
        /// Its own id, in every copy of it.
        ledger: LedgerId,
        /// What people call it.
        name: Name,
        /// The schema-less URL that its log will be published under, for ever.
        origin: Name,
        /// What it is kept for.
        purpose: Note,
        /// Whether its past was simulated.
        clock: Clock,
    },
    /// An evidence bundle was made of what was recorded so far.
    BundleMade {
        /// Which records it holds.
        scope: Scope,
        /// The SHA-256 of its manifest, which names every other file.
        manifest: Digest,
        /// How many events the ledger had, as the bundle shows it.
        size: u64,
        /// The root of the tree over them.
        root: Digest,
    },
}

/// Why a ledger refuses.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum Refusal {
    /// It has a first event.
    #[error("this ledger is open already")]
    AlreadyOpen,
    /// It has none.
    #[error("this ledger is not open yet")]
    NotOpen,
}

impl Refused for Refusal {
    fn code(&self) -> String {
        format!("LEDGER_{}", <&str>::from(self))
    }
}

/// Whether the ledger has begun.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ledger {
    /// No event yet.
    #[default]
    Unopened,
    /// Its first event is recorded.
    Opened,
}

impl Ledger {
    /// Which events `command` causes.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        match (self, command) {
            (Self::Unopened, Command::Open { ledger, name, origin, purpose, clock }) => {
                Ok(vec![Event::Opened { ledger, name, origin, purpose, clock }])
            }
            (Self::Opened, Command::Open { .. }) => Err(Refusal::AlreadyOpen),
            (Self::Opened, Command::MakeBundle { scope, manifest, size, root }) => {
                Ok(vec![Event::BundleMade { scope, manifest, size, root }])
            }
            (Self::Unopened, Command::MakeBundle { .. }) => Err(Refusal::NotOpen),
        }
    }

    /// The ledger after `event`.
    #[must_use]
    #[expect(clippy::needless_pass_by_value, reason = "every aggregate has this shape")]
    pub fn evolve(self, event: Event) -> Self {
        match event {
            Event::Opened { .. } => Self::Opened,
            Event::BundleMade { .. } => self,
        }
    }
}

aggregate!(Ledger, LedgerId, "ledger");

#[cfg(test)]
mod tests {
    use cqrs_es::test::TestFramework;

    use super::*;

    fn open() -> Command {
        Command::Open {
            ledger: LedgerId::from_u128(1),
            name: Name::new("Souss-Massa").expect("a name"),
            origin: Name::new("tiwizi.example/souss-massa").expect("an origin"),
            purpose: Note::fr("Coordonner").expect("a purpose"),
            clock: Clock::Real,
        }
    }

    #[test]
    fn a_bundle_is_made_of_an_open_ledger() {
        let digest = || Digest::new(&"ab".repeat(32)).expect("a digest");
        let make = || Command::MakeBundle {
            scope: Scope::All,
            manifest: digest(),
            size: 7,
            root: digest(),
        };
        let made =
            Event::BundleMade { scope: Scope::All, manifest: digest(), size: 7, root: digest() };
        let opened = Ledger::default().decide(open()).expect("it opens");
        let ledger = TestFramework::<Ledger>::with(());
        ledger.given_no_previous_events().when(make()).then_expect_error(Refusal::NotOpen);
        let ledger = TestFramework::<Ledger>::with(());
        ledger
            .given([opened, vec![made.clone()]].concat())
            .when(make())
            .then_expect_events(vec![made]);
    }

    #[test]
    fn a_ledger_opens_once() {
        let opened = Ledger::default().decide(open()).expect("it opens");
        assert!(matches!(opened.as_slice(), [Event::Opened { clock: Clock::Real, .. }]));
        TestFramework::<Ledger>::with(())
            .given(opened)
            .when(open())
            .then_expect_error(Refusal::AlreadyOpen);
    }
}
