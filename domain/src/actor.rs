//! An actor: a body that takes part, with its names, its mandates and its keys.
//!
//! ```text
//! Unregistered ─Register─▶ Registered ─Suspend───▶ Suspended
//!                          │    ▲                  │   │
//!                          │    └─────Reinstate────┘   │
//!                          ├─Merge────▶ Merged ◀───────┤
//!                          └─Dissolve─▶ Dissolved ◀────┘
//! ```
//!
//! Registered takes names, mandates and keys; Suspended takes of these the revocation of a mandate
//! alone; both take corrections, and, where nobody may act for it, Annul ─▶ Annulled. Merged, Dissolved
//! and Annulled take nothing.
use std::collections::{BTreeMap, BTreeSet};
use std::future::Future;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use strum::IntoStaticStr;

use crate::aggregate::{aggregate, ensure, one};
use crate::correction::{differs, put};
use crate::ids::{ActorId, KeyId, MandateId};
use crate::permission::Acting;
use crate::territory::TerritoryId;
use crate::text::{Country, Name};

mod command;
mod event;
mod kind;
mod mandate;
mod organisation_type;
mod refusal;

pub use command::Command;
pub use event::Event;
pub use kind::{Identifier, KeyAlgorithm, Kind};
pub use mandate::Mandate;
pub use organisation_type::OrganisationType;
pub use refusal::Refusal;

/// The most codes that an actor brings when it is registered.
pub const IDENTIFIERS_MAX: usize = 20;
/// The most names and other spellings of one actor.
pub const NAMES_MAX: usize = 50;
/// The most mandates that an actor grants, revoked ones included.
pub const MANDATES_MAX: usize = 1_000;
/// The most keys that an actor enrols, revoked ones included.
pub const KEYS_MAX: usize = 100;

/// How far an actor has come.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Serialize,
    Deserialize,
    IntoStaticStr,
    strum::Display,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[expect(missing_docs, reason = "the diagram above says it")]
pub enum Stage {
    #[default]
    Unregistered,
    Registered,
    Suspended,
    Merged,
    Dissolved,
    Annulled,
}

/// Only what the next decision needs; what readers want to see is in the projections.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    stage: Stage,
    described: Described,
    /// The first name and every alias, as they are written.
    names: BTreeSet<Name>,
    mandates: BTreeMap<MandateId, Mandate>,
    /// Every key that was enrolled, and whether it was revoked.
    keys: BTreeMap<KeyId, bool>,
}

/// What it says of itself: kept to tell a correction from one that changes nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Described {
    name: Option<Name>,
    kind: Option<Kind>,
    country: Option<Country>,
    territory: Option<TerritoryId>,
    identifiers: Option<Vec<Identifier>>,
}

impl Described {
    /// Whether `given` says anything otherwise.
    fn changes_with(&self, given: &Self) -> bool {
        differs(given.name.as_ref(), self.name.as_ref())
            || differs(given.kind.as_ref(), self.kind.as_ref())
            || differs(given.country.as_ref(), self.country.as_ref())
            || differs(given.territory.as_ref(), self.territory.as_ref())
            || differs(given.identifiers.as_ref(), self.identifiers.as_ref())
    }
}

impl Actor {
    /// Which events `command` causes. Reads the state, changes nothing.
    pub fn decide(&self, command: Command) -> Result<Vec<Event>, Refusal> {
        match command {
            Command::Register {
                name,
                kind,
                country,
                territory,
                identifiers,
                taken_by,
                homonym,
            } => {
                ensure(self.stage == Stage::Unregistered, Refusal::AlreadyRegistered)?;
                must_be_free(taken_by, homonym, "name")?;
                must_be_unique(&identifiers)?;
                one(Event::Registered { name, kind, country, territory, identifiers })
            }
            Command::AddAlias { alias, language, taken_by, homonym } => {
                self.must_stand_at(&[Stage::Registered])?;
                ensure(!self.names.contains(&alias), Refusal::DuplicateAlias)?;
                must_be_free(taken_by, homonym, "alias")?;
                must_fit(self.names.len() + 1, NAMES_MAX)?;
                one(Event::AliasAdded { alias, language })
            }
            Command::Merge { into, reason, itself } => {
                self.must_stand_at(LIVING)?;
                ensure(into != itself, Refusal::MergedIntoItself)?;
                one(Event::Merged { into, reason })
            }
            Command::Suspend { reason } => {
                self.must_stand_at(&[Stage::Registered])?;
                one(Event::Suspended { reason })
            }
            Command::Reinstate { reason } => {
                self.must_stand_at(&[Stage::Suspended])?;
                one(Event::Reinstated { reason })
            }
            Command::Dissolve { reason } => {
                self.must_stand_at(LIVING)?;
                one(Event::Dissolved { reason })
            }
            Command::GrantMandate { mandate, holder, powers, from, until } => {
                self.must_stand_at(&[Stage::Registered])?;
                let new = !self.mandates.contains_key(&mandate);
                ensure(new, Refusal::DuplicateMandate)?;
                ensure(!powers.is_empty(), Refusal::NoPower)?;
                let ordered = until.is_none_or(|last| from <= last);
                ensure(ordered, Refusal::MandateEndsBeforeItBegins)?;
                must_fit(self.mandates.len() + 1, MANDATES_MAX)?;
                one(Event::MandateGranted { mandate, holder, powers, from, until })
            }
            Command::RevokeMandate { mandate, reason } => {
                self.must_stand_at(LIVING)?;
                let granted = self.mandates.get(&mandate);
                let granted = granted.ok_or(Refusal::UnknownMandate)?;
                ensure(!granted.revoked, Refusal::MandateRevokedAlready)?;
                one(Event::MandateRevoked { mandate, reason })
            }
            Command::EnrolKey { key, algorithm, public_key } => {
                self.must_stand_at(&[Stage::Registered])?;
                ensure(!self.keys.contains_key(&key), Refusal::DuplicateKey)?;
                ensure(algorithm.takes(public_key.as_str()), Refusal::NotAPublicKey)?;
                must_fit(self.keys.len() + 1, KEYS_MAX)?;
                one(Event::KeyEnrolled { key, algorithm, public_key })
            }
            Command::RevokeKey { key, reason } => {
                self.must_stand_at(&[Stage::Registered])?;
                let revoked = self.keys.get(&key).ok_or(Refusal::UnknownKey)?;
                ensure(!revoked, Refusal::KeyRevokedAlready)?;
                one(Event::KeyRevoked { key, reason })
            }
            Command::Correct {
                name,
                kind,
                country,
                territory,
                identifiers,
                taken_by,
                homonym,
                reason,
            } => {
                self.must_stand_at(LIVING)?;
                let taken_by = taken_by.filter(|_| name.is_some());
                must_be_free(taken_by, homonym, "name")?;
                must_be_unique(identifiers.as_deref().unwrap_or_default())?;
                let given = Described { name, kind, country, territory, identifiers };
                ensure(self.described.changes_with(&given), Refusal::NothingCorrected)?;
                let Described { name, kind, country, territory, identifiers } = given;
                one(Event::Corrected { name, kind, country, territory, identifiers, reason })
            }
            Command::WithdrawAlias { alias, reason } => {
                self.must_have_alias(&alias)?;
                one(Event::AliasWithdrawn { alias, reason })
            }
            Command::Annul { by, reason, today } => {
                self.must_be_nobodys(today)?;
                one(Event::Annulled { by, reason })
            }
        }
    }

    /// The actor after `event`. A recorded fact is never refused.
    #[must_use]
    pub fn evolve(mut self, event: Event) -> Self {
        match event {
            Event::Registered { name, kind, country, territory, identifiers } => {
                self.names.insert(name.clone());
                self.described = Described {
                    name: Some(name),
                    kind: Some(kind),
                    country: Some(country),
                    territory,
                    identifiers: Some(identifiers),
                };
                self.stage = Stage::Registered;
            }
            Event::AliasAdded { alias, .. } => {
                self.names.insert(alias);
            }
            Event::Merged { .. } => self.stage = Stage::Merged,
            Event::Suspended { .. } => self.stage = Stage::Suspended,
            Event::Reinstated { .. } => self.stage = Stage::Registered,
            Event::Dissolved { .. } => self.stage = Stage::Dissolved,
            Event::MandateGranted { mandate, holder, powers, from, until } => {
                let granted = Mandate { holder, powers, from, until, revoked: false };
                self.mandates.insert(mandate, granted);
            }
            Event::MandateRevoked { mandate, .. } => {
                if let Some(granted) = self.mandates.get_mut(&mandate) {
                    granted.revoked = true;
                }
            }
            Event::KeyEnrolled { key, .. } => {
                self.keys.insert(key, false);
            }
            Event::KeyRevoked { key, .. } => {
                self.keys.insert(key, true);
            }
            Event::Corrected { name, kind, country, territory, identifiers, .. } => {
                let known = &mut self.described;
                if let Some(name) = name {
                    let before = known.name.replace(name.clone());
                    before.map(|it| self.names.remove(&it));
                    self.names.insert(name);
                }
                put(&mut known.kind, kind);
                put(&mut known.country, country);
                put(&mut known.territory, territory);
                put(&mut known.identifiers, identifiers);
            }
            Event::AliasWithdrawn { alias, .. } => {
                self.names.remove(&alias);
            }
            Event::Annulled { .. } => self.stage = Stage::Annulled,
        }
        self
    }

    /// Whether it may act: registered, and neither suspended nor at an end.
    pub fn is_active(&self) -> bool {
        self.stage == Stage::Registered
    }

    /// The mandate, where it was granted, not revoked since, and `on` is one of its days.
    pub fn mandate_in_force(&self, mandate: MandateId, on: Date) -> Option<&Mandate> {
        let granted = self.mandates.get(&mandate);
        granted.filter(|granted| granted.is_in_force(on))
    }

    /// What somebody may do for this actor, whose id is `itself`, under `mandate` on the day `on`.
    pub fn acting(&self, itself: ActorId, mandate: MandateId, on: Date) -> Acting {
        let in_force = self.mandate_in_force(mandate, on);
        Acting {
            actor: itself,
            mandate,
            powers: in_force.map(|it| it.powers.clone()).unwrap_or_default(),
            actor_active: self.is_active(),
            mandate_in_force: in_force.is_some(),
        }
    }

    fn must_have_alias(&self, alias: &Name) -> Result<(), Refusal> {
        self.must_stand_at(LIVING)?;
        let first = self.described.name.as_ref() == Some(alias);
        ensure(!first, Refusal::RegisteredName)?;
        ensure(self.names.contains(alias), Refusal::UnknownAlias)
    }

    /// Refuses while somebody may act for it, today or later.
    fn must_be_nobodys(&self, today: Date) -> Result<(), Refusal> {
        self.must_stand_at(LIVING)?;
        let over = |it: &Mandate| it.revoked || it.until.is_some_and(|last| last < today);
        ensure(self.mandates.values().all(over), Refusal::MandateStands)
    }

    fn must_stand_at(&self, stages: &[Stage]) -> Result<(), Refusal> {
        let otherwise = match self.stage {
            Stage::Unregistered => Refusal::NotRegistered,
            stage => Refusal::OutOfTurn { stage },
        };
        ensure(stages.contains(&self.stage), otherwise)
    }
}

/// Registered and not at an end.
const LIVING: &[Stage] = &[Stage::Registered, Stage::Suspended];

/// Refuses a name that folds like another actor's, unless it was said to be a homonym.
fn must_be_free(
    taken_by: Option<ActorId>,
    homonym: bool,
    field: &'static str,
) -> Result<(), Refusal> {
    match taken_by {
        Some(by) if !homonym => Err(Refusal::NameTaken { by, field }),
        _ => Ok(()),
    }
}

fn must_be_unique(identifiers: &[Identifier]) -> Result<(), Refusal> {
    must_fit(identifiers.len(), IDENTIFIERS_MAX)?;
    let twice = |(at, it)| identifiers[..at].contains(it);
    let unique = !identifiers.iter().enumerate().any(twice);
    ensure(unique, Refusal::DuplicateIdentifier)
}

fn must_fit(parts: usize, max: usize) -> Result<(), Refusal> {
    ensure(parts <= max, Refusal::TooMany { max })
}

aggregate!(Actor, ActorId, "actor");

#[cfg(test)]
mod tests;
