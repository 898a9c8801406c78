//! The directory of actors: every name they go by, who may act for them, and who became whom.
use std::collections::BTreeSet;
use std::sync::Arc;

use domain::actor::{Event, Identifier, KeyAlgorithm, Kind};
use domain::ids::{ActorId, KeyId, MandateId, UserId};
use domain::permission::Power;
use domain::recorded::{Recorded, Source};
use domain::territory::TerritoryId;
use domain::text::{Country, Language, Name, Note, folded};
use imbl::OrdMap;
use jiff::civil::Date;
use serde::Serialize;

use crate::index::Index;
use crate::stamp::{Rectification, Stamp, source};
use crate::walk::{Between, EVERY, between};

/// Where an actor stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Status {
    /// It takes part.
    Registered,
    /// It takes no part for a time.
    Suspended,
    /// It was the same as another.
    Merged {
        /// That other.
        into: ActorId,
    },
    /// It is no more.
    Dissolved,
}

/// One name of an actor, as one source writes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Naming {
    /// The name.
    pub name: Arc<Name>,
    /// In which language, where that was said.
    pub language: Option<Language>,
    /// Where it was read.
    pub source: Option<Arc<Source>>,
    /// Who said it, and when.
    pub stamp: Stamp,
}

/// A name that was recorded by mistake.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Misnaming {
    /// The name, and where it was read.
    pub naming: Naming,
    /// Why it is a name of the actor no more.
    pub why: Rectification,
}

/// Somebody's right to act for an actor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Mandate {
    /// Its id.
    pub id: MandateId,
    /// Who holds it.
    pub holder: UserId,
    /// What it lets them do.
    pub powers: BTreeSet<Power>,
    /// Its first day.
    pub from: Date,
    /// Its last day.
    pub until: Option<Date>,
    /// When it was granted.
    pub granted: Stamp,
    /// When and why it was revoked.
    pub revoked: Option<(Stamp, Arc<Note>)>,
}

impl Mandate {
    /// Whether it binds on `day`. A revocation holds from the day that it was true, or from the day
    /// that it was recorded where the source does not say.
    pub fn in_force(&self, day: Date) -> bool {
        self.from <= day
            && self.until.is_none_or(|last| day <= last)
            && self.revoked.as_ref().is_none_or(|(stamp, _)| day < ended_on(stamp))
    }
}

/// A public key of an actor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Key {
    /// Its id.
    pub id: KeyId,
    /// How it signs.
    pub algorithm: KeyAlgorithm,
    /// The key.
    pub public_key: Arc<Name>,
    /// When it was enrolled.
    pub enrolled: Stamp,
    /// When and why it was revoked.
    pub revoked: Option<(Stamp, Arc<Note>)>,
}

/// The first day on which something that `stamp` ended does not hold any more.
fn ended_on(stamp: &Stamp) -> Date {
    let recorded = || stamp.recorded_at.to_zoned(jiff::tz::TimeZone::UTC).date();
    stamp.effective.earliest().unwrap_or_else(recorded)
}

/// A body that takes part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Actor {
    /// Its id.
    pub id: ActorId,
    /// The name that it was registered under.
    pub name: Arc<Name>,
    /// Every name, the registered one first.
    pub names: Vec<Naming>,
    /// What sort of body it is.
    pub kind: Kind,
    /// Where it has its seat.
    pub country: Country,
    /// Which territory it belongs to.
    pub territory: Option<TerritoryId>,
    /// Its codes elsewhere.
    pub identifiers: Arc<[Identifier]>,
    /// Where it stands.
    pub status: Status,
    /// Since when, and why where a reason was given.
    pub since: (Stamp, Option<Arc<Note>>),
    /// Who may act for it.
    pub mandates: Vec<Mandate>,
    /// Its keys.
    pub keys: Vec<Key>,
    /// When it was registered.
    pub registered: Stamp,
    /// Names that it never had.
    pub misnamings: Vec<Misnaming>,
    /// What of it was corrected.
    pub corrections: Vec<Rectification>,
    /// That it was recorded by mistake: it counts nowhere.
    pub annulled: Option<Rectification>,
}

/// Every actor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Actors {
    by_id: OrdMap<ActorId, Arc<Actor>>,
    by_folded_name: Index<Arc<str>, ActorId>,
    /// Who was merged into whom.
    absorbed: Index<ActorId, ActorId>,
}

impl Actors {
    /// The actor, as it was registered: a merged one too.
    pub fn get(&self, id: ActorId) -> Option<&Arc<Actor>> {
        self.by_id.get(&id)
    }

    /// Every actor by its id, but for those that were recorded by mistake.
    pub fn iter(&self) -> impl Iterator<Item = &Arc<Actor>> {
        self.between(EVERY)
    }

    /// The same `between` two ids.
    pub fn between(&self, ids: Between) -> impl DoubleEndedIterator<Item = &Arc<Actor>> {
        between(&self.by_id, ids).filter(|it| it.annulled.is_none())
    }

    /// How many there are, merged and annulled ones included.
    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// Who `id` is today: itself, or the actor that it was merged into, however many times.
    pub fn resolve(&self, id: ActorId) -> ActorId {
        let mut survivor = id;
        for _ in 0..self.by_id.len() {
            match self.by_id.get(&survivor).map(|actor| actor.status) {
                Some(Status::Merged { into }) if into != id => survivor = into,
                _ => break,
            }
        }
        survivor
    }

    /// Every id that this actor goes by: who it is today, and all that were merged into that one.
    pub fn identities(&self, id: ActorId) -> BTreeSet<ActorId> {
        let mut known = BTreeSet::new();
        let mut waiting = vec![self.resolve(id), id];
        while let Some(next) = waiting.pop() {
            if known.insert(next) {
                waiting.extend(self.absorbed.of(next));
            }
        }
        known
    }

    /// The actors with a name that folds as `name` does.
    pub fn named(&self, name: &str) -> impl Iterator<Item = ActorId> + '_ {
        self.by_folded_name.of(folded(name).into())
    }

    /// The actors with a name that contains `text`, both folded.
    pub fn search(&self, text: &str) -> BTreeSet<ActorId> {
        let text = folded(text);
        let found = self.by_folded_name.keys().filter(|name| name.contains(&text));
        found.flat_map(|name| self.by_folded_name.of(Arc::clone(name))).collect()
    }

    /// The mandate, where `actor` granted it and it binds on `day`.
    pub fn mandate_in_force(
        &self,
        actor: ActorId,
        mandate: MandateId,
        day: Date,
    ) -> Option<&Mandate> {
        let actor = self.by_id.get(&actor)?;
        let granted = actor.mandates.iter().find(|it| it.id == mandate)?;
        granted.in_force(day).then_some(granted)
    }

    pub(crate) fn apply(&mut self, id: ActorId, event: &Event, recorded: &Recorded) {
        let stamp = Stamp::of(recorded);
        if let Event::Registered { name, kind, country, territory, identifiers } = event {
            let name = Arc::new(name.clone());
            self.by_folded_name.insert(name.folded().into(), id);
            let naming =
                Naming { name: Arc::clone(&name), language: None, source: source(recorded), stamp };
            let actor = Actor {
                id,
                name,
                names: vec![naming],
                kind: *kind,
                country: *country,
                territory: *territory,
                identifiers: identifiers.as_slice().into(),
                status: Status::Registered,
                since: (stamp, None),
                mandates: Vec::new(),
                keys: Vec::new(),
                registered: stamp,
                misnamings: Vec::new(),
                corrections: Vec::new(),
                annulled: None,
            };
            self.by_id.insert(id, Arc::new(actor));
            return;
        }
        let Some(actor) = self.by_id.get_mut(&id) else {
            return;
        };
        if let Event::AliasAdded { alias, .. } = event {
            self.by_folded_name.insert(alias.folded().into(), id);
        }
        if let Event::Merged { into, .. } = event {
            self.absorbed.insert(*into, id);
        }
        let actor = Arc::make_mut(actor);
        actor.apply(event, recorded, stamp);
        if let Event::Corrected { name: Some(_), .. }
        | Event::AliasWithdrawn { .. }
        | Event::Annulled { .. } = event
        {
            for it in actor.misnamings.iter().map(|it| &it.naming).chain(&actor.names) {
                self.by_folded_name.remove(it.name.folded().into(), id);
            }
            if actor.annulled.is_none() {
                for it in &actor.names {
                    self.by_folded_name.insert(it.name.folded().into(), id);
                }
            }
        }
    }
}

impl Actor {
    /// The reason of its last change of status, where one was given.
    pub fn reason(&self) -> Option<&Note> {
        self.since.1.as_deref()
    }

    /// It was written down wrongly: another name takes the place of the registered one.
    fn correct(&mut self, event: &Event, recorded: &Recorded) {
        let Event::Corrected { name, kind, country, territory, identifiers, reason } = event else {
            return;
        };
        let why = Rectification::of(recorded, reason);
        if let Some(name) = name {
            self.name = Arc::new(name.clone());
            let stamp = why.stamp;
            let source = source(recorded);
            let naming = Naming { name: Arc::clone(&self.name), language: None, source, stamp };
            if let Some(first) = self.names.first_mut() {
                let naming = std::mem::replace(first, naming);
                self.misnamings.push(Misnaming { naming, why: why.clone() });
            }
        }
        self.kind = kind.unwrap_or(self.kind);
        self.country = country.unwrap_or(self.country);
        self.territory = territory.or(self.territory);
        if let Some(identifiers) = identifiers {
            self.identifiers = identifiers.as_slice().into();
        }
        self.corrections.push(why);
    }

    fn apply(&mut self, event: &Event, recorded: &Recorded, stamp: Stamp) {
        let mut stand = |status, reason: &Note| {
            self.status = status;
            self.since = (stamp, Some(Arc::new(reason.clone())));
        };
        match event {
            Event::Registered { .. } => {}
            Event::AliasAdded { alias, language } => self.names.push(Naming {
                name: Arc::new(alias.clone()),
                language: *language,
                source: source(recorded),
                stamp,
            }),
            Event::Merged { into, reason } => stand(Status::Merged { into: *into }, reason),
            Event::Suspended { reason } => stand(Status::Suspended, reason),
            Event::Reinstated { reason } => stand(Status::Registered, reason),
            Event::Dissolved { reason } => stand(Status::Dissolved, reason),
            Event::MandateGranted { mandate, holder, powers, from, until } => {
                self.mandates.push(Mandate {
                    id: *mandate,
                    holder: *holder,
                    powers: powers.clone(),
                    from: *from,
                    until: *until,
                    granted: stamp,
                    revoked: None,
                });
            }
            Event::MandateRevoked { mandate, reason } => {
                if let Some(it) = self.mandates.iter_mut().rfind(|it| it.id == *mandate) {
                    it.revoked = Some((stamp, Arc::new(reason.clone())));
                }
            }
            Event::KeyEnrolled { key, algorithm, public_key } => self.keys.push(Key {
                id: *key,
                algorithm: *algorithm,
                public_key: Arc::new(public_key.clone()),
                enrolled: stamp,
                revoked: None,
            }),
            Event::Corrected { .. } => self.correct(event, recorded),
            Event::AliasWithdrawn { alias, reason } => {
                let place = self.names.iter().rposition(|it| *it.name == *alias);
                if let Some(place) = place.filter(|place| *place > 0) {
                    let why = Rectification::of(recorded, reason);
                    let naming = self.names.remove(place);
                    self.misnamings.push(Misnaming { naming, why });
                }
            }
            Event::Annulled { reason, .. } => {
                self.annulled = Some(Rectification::of(recorded, reason));
            }
            Event::KeyRevoked { key, reason } => {
                if let Some(it) = self.keys.iter_mut().rfind(|it| it.id == *key) {
                    it.revoked = Some((stamp, Arc::new(reason.clone())));
                }
            }
        }
    }
}
