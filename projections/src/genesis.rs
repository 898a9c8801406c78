//! What the ledger says of itself: what it is, and under which origins and by which keys its log is
//! signed.
use std::sync::Arc;

use domain::genesis::{Clock, Event};
use domain::ids::LedgerId;
use domain::published::{Checkpoint, VerifierKey};
use domain::recorded::Recorded;
use domain::text::{Name, Note};
use serde::Serialize;

use crate::Stamp;

/// What the ledger says of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Genesis {
    /// Its id.
    pub id: LedgerId,
    /// What people call it.
    pub name: Name,
    /// The schema-less URL that its log is published under.
    pub origin: Name,
    /// Since when.
    pub origin_since: Stamp,
    /// The origins before that one, the first one first.
    pub former_origins: Vec<FormerOrigin>,
    /// Every key that signs or signed its log, in the order in which they were recorded.
    pub keys: Vec<Key>,
    /// What it is kept for.
    pub purpose: Note,
    /// Whether its past was simulated.
    pub clock: Clock,
    /// Its first event.
    pub opened: Stamp,
}

/// A key, and when it signed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Key {
    /// As others verify by it; its name is the origin that it signs for.
    pub key: VerifierKey,
    /// The event that says that it signs. Where that is not true since a day, the key signed before
    /// the ledger named it.
    pub trusted: Stamp,
    /// The event since which it signs no more.
    pub retired: Option<Stamp>,
}

/// An origin that the log was published under.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FormerOrigin {
    /// The schema-less URL.
    pub origin: Name,
    /// Since when.
    pub since: Stamp,
    /// Until when.
    pub until: Stamp,
    /// The last checkpoint under it, where one was kept.
    pub last: Option<Checkpoint>,
    /// Why another one came after it.
    pub reason: Arc<Note>,
}

impl Genesis {
    /// What `known` becomes with `event`. Before its first event a ledger says nothing.
    pub(crate) fn after(
        known: Option<&Arc<Self>>,
        id: LedgerId,
        event: &Event,
        recorded: &Recorded,
    ) -> Option<Arc<Self>> {
        let stamp = Stamp::of(recorded);
        if let Event::Opened { name, origin, purpose, clock, .. } = event {
            let opened = Self {
                id,
                name: name.clone(),
                origin: origin.clone(),
                origin_since: stamp,
                former_origins: Vec::new(),
                keys: Vec::new(),
                purpose: purpose.clone(),
                clock: *clock,
                opened: stamp,
            };
            return Some(opened.into());
        }
        let mut genesis = Self::clone(known?);
        match event {
            Event::Opened { .. } | Event::BundleMade { .. } => {}
            Event::KeyTrusted { key } => genesis.trust(key, stamp),
            Event::KeyRetired { key } => genesis.retire(|it| it.key == *key, stamp),
            Event::OriginRenewed { origin, key, previous, reason } => {
                genesis.retire(|it| it.retired.is_none(), stamp);
                genesis.trust(key, stamp);
                genesis.former_origins.push(FormerOrigin {
                    origin: std::mem::replace(&mut genesis.origin, origin.clone()),
                    since: std::mem::replace(&mut genesis.origin_since, stamp),
                    until: stamp,
                    last: previous.clone(),
                    reason: Arc::new(reason.clone()),
                });
            }
        }
        Some(genesis.into())
    }

    fn trust(&mut self, key: &VerifierKey, stamp: Stamp) {
        self.keys.push(Key { key: key.clone(), trusted: stamp, retired: None });
    }

    fn retire(&mut self, which: impl Fn(&Key) -> bool, stamp: Stamp) {
        for key in self.keys.iter_mut().filter(|it| which(it)) {
            key.retired = Some(stamp);
        }
    }
}
